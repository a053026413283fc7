// What VS Code's Node extension host runs: `extensionTestsPath`.
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Mocha from 'mocha';
import { cases } from './cases';

const pictures = process.env.TERMLINT_SCREENSHOTS;

/** Runs every case; rejects when one failed. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', reporter: 'spec', timeout: 30_000 });
  mocha.suite.emit('pre-require', globalThis as unknown as Mocha.MochaGlobals, 'cases', mocha);
  cases({ screenshot });
  console.log('::suite::');
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} cases failed`))));
  });
}

/** The host sees the line, and the file appears when the picture is complete. */
async function screenshot(name: string): Promise<void> {
  if (!pictures) return;
  const file = join(pictures, `${name}.png`);
  rmSync(file, { force: true });
  console.log(`::screenshot ${name}::`);
  const deadline = Date.now() + 15_000;
  while (!existsSync(file)) {
    if (Date.now() > deadline) throw new Error(`No screenshot "${name}" within 15 s`);
    await pause(20);
  }
}
