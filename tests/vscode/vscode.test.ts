import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Outcome, root, runInNodeHost, runInWebHost, temporaryFolder } from './host';

const nodeSuite = join(root, 'out/tests/vscode/suite.js');
const webSuite = join(root, 'out/tests/vscode/web.js');

test('the suite passes in a real VS Code (Node extension host)', async () => {
  assertPassed(await runInNodeHost({ workspace: samples(), suite: nodeSuite, extension: root }));
});

test('the suite passes in a real VS Code with the installed .vsix and two folders', async () => {
  assertPassed(
    await runInNodeHost({ workspace: twoFolders(), suite: nodeSuite, extension: await packagedExtension() }),
  );
});

test('the suite passes in the web extension host of a real VS Code', async () => {
  assertPassed(await runInWebHost({ workspace: samples(), suite: webSuite, extension: root }));
});

/** An exit status of 0 is not enough: a suite that was not found, or that is empty, gives it too. */
function assertPassed(outcome: Outcome): void {
  assert.equal(outcome.failing, 0, 'some cases failed in VS Code; its output is above');
  assert.equal(outcome.exitCode, 0, 'VS Code did not end well; its output is above');
  assert.ok(outcome.passing > 0, 'VS Code ran no case');
}

/** A new copy of the samples, which the suite may change. */
function samples(): string {
  const folder = temporaryFolder('workspace');
  cpSync(join(root, 'samples'), folder, { recursive: true });
  return folder;
}

/** A `.code-workspace` of the samples and an empty folder. */
function twoFolders(): string {
  const folders = [{ path: samples() }, { path: temporaryFolder('second') }];
  const file = join(temporaryFolder('folders'), 'two.code-workspace');
  writeFileSync(file, JSON.stringify({ folders }));
  return file;
}

/** What `vsce package` makes of the bundles as they are, or the file that `TERMLINT_VSIX` names. */
async function packagedExtension(): Promise<string> {
  if (process.env.TERMLINT_VSIX) return process.env.TERMLINT_VSIX;
  const { pack } = require('@vscode/vsce/out/package') as { pack(options: object): Promise<unknown> };
  const packagePath = join(root, 'out/vscode-test/termlint.vsix');
  mkdirSync(join(packagePath, '..'), { recursive: true });
  await pack({ cwd: root, packagePath, dependencies: false, allowMissingRepository: true, skipLicense: true });
  return packagePath;
}
