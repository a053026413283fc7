// VS Code for the Web, served by @vscode/test-web: the command line of code-server-host.mjs, for the web extension host.
//   --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [FOLDER]    FILE lies below DIR, which is all that is served
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runSuiteAt } from './browser.mjs';
import { installedHosts } from './install.mjs';
import { exitWith, startServer } from './server.mjs';

const { values: asked, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: { extensionDevelopmentPath: { type: 'string' }, extensionTestsPath: { type: 'string' } },
});
exitWith(main);

async function main() {
  const hosts = await installedHosts();
  const options = JSON.stringify(await serverOptions(hosts));
  // Without a browser of its own: the page is opened here, as it is for code-server.
  const script = `require('@vscode/test-web').open(${options})`;
  const server = startServer(['-e', script], { cwd: hosts.folder, ready: /Listening on (http:\S+)/ });
  const [, origin] = await server.ready;
  return runSuiteAt(hosts, origin, server.failure);
}

async function serverOptions(hosts) {
  return {
    browserType: 'none',
    // Web views are served from subdomains of this name.
    host: 'localhost',
    port: await freePort(),
    quality: 'stable',
    commit: hosts.webCommit,
    testRunnerDataDir: hosts.webBuilds,
    extensionDevelopmentPath: resolve(asked.extensionDevelopmentPath),
    extensionTestsPath: resolve(asked.extensionTestsPath),
    folderPath: positionals[0] && resolve(positionals[0]),
  };
}

async function freePort() {
  const probe = createServer().listen(0, 'localhost');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}
