// What VS Code's web extension host runs: `extensionTestsPath`.
import 'mocha/mocha';
import { cases } from './cases';

/** Runs every case; rejects when one failed. */
export async function run(): Promise<void> {
  mocha.setup({ ui: 'tdd', reporter: 'spec', timeout: 30_000 });
  cases({ screenshot });
  console.log('::suite::');
  await new Promise<void>((resolve, reject) => {
    mocha.run((failures) => (failures === 0 ? resolve() : reject(new Error(`${failures} cases failed`))));
  });
}

/** A worker in the browser sees no files, so that it could not tell when a picture is complete. */
async function screenshot(): Promise<void> {}
