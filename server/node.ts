import { createConnection } from 'vscode-languageserver/node';
import { fileHost } from './files';
import { serve } from './lsp';
import { hostByScheme, remoteHost } from './remote';

// The library reads how to talk from the arguments. Editors that start a command talk to it over its standard streams.
if (process.argv.length <= 2) process.argv.push('--stdio');

const connection = createConnection();
serve(connection, hostByScheme(['file'], fileHost, remoteHost(connection)));
// The editor has gone without a word. Over standard streams the library sees to it.
process.on('disconnect', () => process.exit(1));
connection.listen();
