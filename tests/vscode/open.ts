// `npm run vscode`: opens the extension, as it was built, on the samples; in desktop VS Code where there is one.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { nodeHost, root } from './host';

const flags = [`--extensionDevelopmentPath=${root}`, '--disable-workspace-trust'];

open().then(
  (code) => process.exit(code),
  (error: Error) => {
    console.error(error.message);
    process.exit(1);
  },
);

/** Tries the VS Code that is asked for, the one that is installed, one that can be had, and last code-server. */
async function open(): Promise<number> {
  if (process.env.TERMLINT_VSCODE) return start((await nodeHost()).executable);
  if (hasScreen()) {
    const installed = await start('code', ['--new-window']).catch(() => 1);
    if (installed === 0) return 0;
    const downloaded = await downloadAndUnzipVSCode({ timeout: 5000 }).catch(() => undefined);
    if (downloaded) return start(downloaded, ['--no-sandbox']);
  }
  return start((await nodeHost()).executable);
}

function hasScreen(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Runs VS Code to its end; what would end us ends it. */
function start(command: string, more: readonly string[] = []): Promise<number> {
  const windowsScript = process.platform === 'win32' && command === 'code';
  const child = spawn(command, [...more, ...flags, join(root, 'samples')], { stdio: 'inherit', shell: windowsScript });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((done, failed) => {
    child.on('error', failed).on('exit', (code) => done(code ?? 1));
  });
}
