// Runs a Mocha suite in a real VS Code: in the Node extension host of the one that `nodeHost` finds, or in the web's.
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';

/** One run of a suite. Every path is absolute. */
export interface SuiteRun {
  /** The bundled suite: a file that exports `run()`. In the web host it must lie below the extension's folder. */
  readonly suite: string;
  /** The extension's folder, or, in the Node host, a `.vsix` file that is installed first. */
  readonly extension: string;
  /** What VS Code opens: a folder or, in the Node host, a `.code-workspace` file. */
  readonly workspace: string;
  /** Where the pictures go that the suite asks for; default `out/screenshots`. Desktop VS Code takes none. */
  readonly screenshots?: string;
  /** User settings, beside those that keep VS Code quiet. Not for the web host. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** What a suite printed at its end. */
export interface Outcome {
  readonly exitCode: number;
  readonly passing: number;
  readonly failing: number;
  readonly pending: number;
}

/** A VS Code with a Node extension host. */
export interface NodeHost {
  /** The program; it understands VS Code's command line. */
  readonly executable: string;
  readonly kind: 'desktop' | 'code-server';
}

/** The repository, seen from `out/tests/vscode`. */
export const root = resolve(__dirname, '../../..');

const hosts = join(root, 'tests/vscode/hosts');
/** The hosts inside watch their own, shorter limit, and can say more when it is over. */
const suiteSeconds = 300;
const installationSeconds = 900;
const quietSettings = {
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Runs the suite in the Node extension host, through @vscode/test-electron. Prints the suite's output as it comes. */
export async function runInNodeHost(run: SuiteRun): Promise<Outcome> {
  const host = await nodeHost();
  const profile = temporaryFolder('vscode');
  writeJson(join(profile, 'user/User/settings.json'), { ...quietSettings, ...run.settings });
  const flags = [`--user-data-dir=${join(profile, 'user')}`, `--extensions-dir=${join(profile, 'extensions')}`];
  const options = {
    vscodeExecutablePath: host.executable,
    extensionDevelopmentPath: run.extension,
    extensionTestsPath: run.suite,
    launchArgs: [run.workspace, ...flags],
    extensionTestsEnv: host.kind === 'code-server' ? screenshotEnvironment(run) : {},
  };
  if (run.extension.endsWith('.vsix')) {
    await installExtension(host, run.extension, flags);
    options.extensionDevelopmentPath = emptyExtension(join(profile, 'suite'));
  }
  return readOutcome(await runNode([join(hosts, 'electron.mjs'), JSON.stringify(options)]));
}

/** Runs the suite in the web extension host, through @vscode/test-web. Prints the suite's output as it comes. */
export async function runInWebHost(run: SuiteRun): Promise<Outcome> {
  await installHosts();
  const flags = [`--extensionDevelopmentPath=${run.extension}`, `--extensionTestsPath=${run.suite}`];
  const args = [join(hosts, 'web-host.mjs'), ...flags, run.workspace];
  return readOutcome(await runNode(args, { env: screenshotEnvironment(run) }));
}

/**
 * The VS Code that `TERMLINT_VSCODE` names: the path of a desktop VS Code's executable, or "download" for its newest version.
 * Without it code-server, which needs the npm registry only, save on Windows, where it does not run.
 */
export async function nodeHost(): Promise<NodeHost> {
  const wanted = process.env.TERMLINT_VSCODE ?? (process.platform === 'win32' ? 'download' : undefined);
  if (wanted === 'download') return { kind: 'desktop', executable: await downloadAndUnzipVSCode() };
  if (wanted) return { kind: 'desktop', executable: wanted };
  await installHosts();
  const executable = join(hosts, 'code-server-host.mjs');
  chmodSync(executable, 0o755);
  return { kind: 'code-server', executable };
}

/** A new folder that is removed when this process ends. Its path is short, because sockets in it allow no long one. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `termlint-${name}-`));
  process.on('exit', () => {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // A program that is just ending still writes into it.
    }
  });
  return folder;
}

async function installExtension(host: NodeHost, vsix: string, flags: readonly string[]): Promise<void> {
  const desktop = host.kind === 'desktop';
  const [command, ...args] = desktop ? resolveCliArgsFromVSCodeExecutablePath(host.executable) : [host.executable];
  const { code } = await runProcess(command!, [...args, '--install-extension', vsix, ...flags], {});
  if (code !== 0) throw new Error(`VS Code did not install "${vsix}" (code ${code})`);
}

/** VS Code runs suites only beside an extension in development; this one does nothing. */
function emptyExtension(folder: string): string {
  const manifest = { name: 'termlint-suite', publisher: 'termlint', version: '0.0.0', engines: { vscode: '*' } };
  writeJson(join(folder, 'package.json'), manifest);
  return folder;
}

function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value, null, 2));
}

/** Once a lock file; the time it takes is not the suite's. */
async function installHosts(): Promise<void> {
  const { code } = await runNode([join(hosts, 'install.mjs')], { seconds: installationSeconds });
  if (code !== 0) throw new Error('VS Code for the tests could not be installed from the npm registry');
}

function screenshotEnvironment(run: SuiteRun): Record<string, string> {
  return { TERMLINT_SCREENSHOTS: run.screenshots ?? join(root, 'out/screenshots') };
}

function readOutcome({ code, output }: Ended): Outcome {
  const count = (word: string) => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);
  return { exitCode: code, passing: count('passing'), failing: count('failing'), pending: count('pending') };
}

interface Limits {
  readonly seconds?: number;
  readonly env?: Record<string, string>;
}

interface Ended {
  readonly code: number;
  /** Both streams, without color codes. */
  readonly output: string;
}

function runNode(args: readonly string[], limits: Limits = {}): Promise<Ended> {
  return runProcess(process.execPath, args, limits);
}

/** Runs a program to its end and prints what it prints. It and its children end with us, and at the time limit. */
async function runProcess(command: string, args: readonly string[], limits: Limits): Promise<Ended> {
  const { seconds = suiteSeconds } = limits;
  const { NODE_TEST_CONTEXT: _, ...own } = process.env;
  const detached = process.platform !== 'win32';
  const child = spawn(command, args, { env: { ...own, ...limits.env }, detached, stdio: ['ignore', 'pipe', 'pipe'] });
  const kill = () => killGroup(child.pid!, detached);
  const stopWatching = onOurEnd(kill);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      process.stdout.write(text);
    });
  }
  const timer = setTimeout(() => {
    output += `\nStopped after ${seconds} s: ${command} ${args.join(' ')}\n`;
    kill();
  }, seconds * 1000);
  try {
    const code = await new Promise<number>((done, failed) => {
      child.on('error', failed).on('close', (code) => done(code ?? 1));
    });
    return { code, output: stripVTControlCharacters(output) };
  } finally {
    clearTimeout(timer);
    stopWatching();
  }
}

function killGroup(pid: number, group: boolean): void {
  try {
    process.kill(group ? -pid : pid, 'SIGTERM');
  } catch {
    // It has ended already.
  }
}

/** Calls back when this process exits or is told to, and gives the function that ends the watching. */
function onOurEnd(callback: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const exit = () => process.exit(130);
  process.on('exit', callback);
  for (const signal of signals) process.on(signal, exit);
  return () => {
    process.off('exit', callback);
    for (const signal of signals) process.off(signal, exit);
  };
}
