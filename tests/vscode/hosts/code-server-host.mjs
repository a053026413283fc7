#!/usr/bin/env node
// VS Code's command line, answered by code-server: what is understood here is done as desktop VS Code does it.
//   --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [--user-data-dir=DIR] [--extensions-dir=DIR] [FOLDER | FILE.code-workspace]
//     runs a suite in headless Chromium; the exit status is the suite's
//   --extensionDevelopmentPath=DIR [FOLDER]    prints the address to open in a browser, and stays until Ctrl-C
//   --install-extension FILE.vsix [--extensions-dir=DIR]
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runSuiteAt } from './browser.mjs';
import { installedHosts } from './install.mjs';
import { exitWith, startServer } from './server.mjs';

/** An empty gallery, or each start asks one on the internet. */
const NO_GALLERY = JSON.stringify({ serviceUrl: '', itemUrl: '', resourceUrlTemplate: '' });

const { values: asked, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true, default: [] },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
    'install-extension': { type: 'string' },
  },
});
const scratch = mkdtempSync(join(tmpdir(), 'termlint-code-server-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 3 }));
exitWith(main);

async function main() {
  const hosts = await installedHosts();
  const server = startServer([hosts.codeServer, ...serverArguments()], {
    cwd: scratch,
    env: serverEnvironment(),
    ready: /HTTP server listening on (http:\S+)/,
    print: asked['install-extension'] !== undefined,
  });
  if (asked['install-extension']) return server.ended;
  const [, origin] = await server.ready;
  const address = pageAddress(origin);
  if (asked.extensionTestsPath) return runSuiteAt(hosts, address, server.failure);
  console.log(`VS Code with the extension is open at\n\n  ${address}\n\nCtrl-C ends it.`);
  return server.failure;
}

function serverArguments() {
  const userData = resolve(asked['user-data-dir'] ?? join(scratch, 'user'));
  const extensions = resolve(asked['extensions-dir'] ?? join(scratch, 'extensions'));
  for (const folder of [userData, extensions]) mkdirSync(folder, { recursive: true });
  const places = [
    '--user-data-dir',
    userData,
    '--extensions-dir',
    extensions,
    '--config',
    join(scratch, 'config.yaml'),
  ];
  if (asked['install-extension']) return [...places, '--install-extension', resolve(asked['install-extension'])];
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  return [...places, ...quiet, '--disable-workspace-trust', '--auth', 'none', '--bind-addr', '127.0.0.1:0'];
}

/** Started from a terminal inside VS Code, code-server would hand everything over to that one. */
function serverEnvironment() {
  const foreign = /^(VSCODE_|CODE_SERVER_|ELECTRON_|PORT$|PASSWORD$)/;
  const own = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  // Sockets of a server that was killed stay behind, so they go where we clean up; elsewhere that path may be too long for them.
  const sockets = process.platform === 'linux' ? { TMPDIR: scratch, XDG_RUNTIME_DIR: scratch } : {};
  const home = { XDG_DATA_HOME: scratch, XDG_CACHE_HOME: scratch };
  return { ...Object.fromEntries(own), ...home, ...sockets, EXTENSIONS_GALLERY: NO_GALLERY };
}

/** The page that opens the folder or workspace with the extension in development, and runs its suite. */
function pageAddress(origin) {
  const { host } = new URL(origin);
  const remote = (path) => `vscode-remote://${host}${encodeURI(resolve(path))}`;
  const payload = asked.extensionDevelopmentPath.map((path) => ['extensionDevelopmentPath', remote(path)]);
  if (asked.extensionTestsPath) payload.push(['extensionTestsPath', remote(asked.extensionTestsPath)]);
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  const [opened] = positionals;
  if (opened) query.set(opened.endsWith('.code-workspace') ? 'workspace' : 'folder', resolve(opened));
  return `${origin}?${query}`;
}
