import { type ExtensionContext, Uri } from 'vscode';
import { BrowserMessageReader, BrowserMessageWriter, LanguageClient } from 'vscode-languageclient/browser';
import { activate as start } from './extension';

/** Starts the server in a web worker. */
export function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server.browser.js').toString(true);
  let worker: Worker | undefined;
  const stop = () => worker?.terminate();
  const connect = async () => {
    // A worker that was told to exit is still there.
    stop();
    worker = new Worker(script);
    // Not the worker itself: VS Code hands out workers of a class of its own, which the client does not know.
    return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
  };
  context.subscriptions.push({ dispose: stop });
  return start(context, (options) => new LanguageClient('termlint', 'Termlint', connect, options));
}
