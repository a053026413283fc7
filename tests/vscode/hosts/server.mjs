// A server that a host needs: started in a process group of its own, it and its children never outlive the host.
import { spawn } from 'node:child_process';

/**
 * @typedef {object} Server
 * @property {Promise<RegExpExecArray>} ready what it printed when it began to listen; rejects when it ended before that
 * @property {Promise<never>} failure rejects when it ends, with its last output
 * @property {Promise<number>} ended its exit code
 */

const END_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @param {readonly string[]} args of Node
 * @param {{ cwd: string, env?: NodeJS.ProcessEnv, ready: RegExp, print?: boolean }} options `ready` is what it prints when it listens
 * @returns {Server}
 */
export function startServer(args, { cwd, env = process.env, ready, print = false }) {
  const child = spawn(process.execPath, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  endTogether(child.pid);
  let output = '';
  const listening = new Promise((found) => {
    const read = (data) => {
      output = (output + data).slice(-8000);
      if (print) process.stdout.write(data);
      const match = ready.exec(output);
      if (match) found(match);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const ended = new Promise((done) => child.on('close', (code) => done(code ?? 1)));
  const failure = ended.then((code) => {
    throw new Error(`The server of VS Code ended with code ${code}:\n${output}`);
  });
  failure.catch(() => {});
  return { ready: Promise.race([listening, failure]), failure, ended };
}

/** Runs a host's program to its exit status; whatever goes wrong is said in one message. */
export async function exitWith(main) {
  const code = await main().catch((error) => {
    console.error(error.message);
    return 1;
  });
  process.exit(code);
}

function endTogether(pid) {
  process.on('exit', () => {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  });
  for (const signal of END_SIGNALS) process.on(signal, () => process.exit(130));
  // A parent that was killed cannot say so.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && process.exit(1), 1000).unref();
}
