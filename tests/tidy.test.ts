import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { projectFile } from './helper';

/** The modules of the engine from the bottom up, as ARCHITECTURE.md lists them: each imports only what stands before it. */
const LAYERS = [
  'text',
  'document',
  'english',
  'glossary',
  'lexicon',
  'formats',
  'mention',
  'recall',
  'construction',
  'stance',
  'line',
  'attribution',
  'phrase',
  'locator',
  'story',
  'identity',
  'referent',
  'anaphora',
  'claim',
  'patch',
  'repair',
  'rule',
  'rules',
  'directive',
  'lint',
  'why',
  'index',
];
const PURE_PACKAGES =
  /^(?:yaml|@lezer\/(?:common|markdown|html|highlight)|decode-named-character-reference|entities|jsonc-parser)/;
/** Registry hosts and folders of a single machine, put together so that this file does not name them. */
const LOCAL = new RegExp(['registry\\.npm' + 'js', 'npm' + 'mirror', '/wo' + 'rk/', '/ro' + 'ot/'].join('|'));

const engine = filesBelow('server/engine');

test('inside the engine a file imports only what stands below it', () => {
  for (const file of engine)
    for (const imported of importsOf(file)) {
      if (!imported.startsWith('.')) continue;
      const target = layerOf(normalize(join(dirname(file), imported)));
      if (dirname(file) === join('server/engine', target)) continue; // Within one folder: formats, rules.
      assert.ok(LAYERS.indexOf(target) <= LAYERS.indexOf(layerOf(file)), `${file} imports ${imported}`);
    }
});

test('the engine imports itself and pure packages only', () => {
  for (const file of engine)
    for (const imported of importsOf(file))
      assert.ok(imported.startsWith('.') || PURE_PACKAGES.test(imported), `${file} imports ${imported}`);
});

test('a rule imports ../rule and nothing else', () => {
  for (const file of engine.filter((path) => /rules\/[a-z]+\.ts$/.test(path) && basename(path) !== 'index.ts'))
    assert.deepEqual([...new Set(importsOf(file))], ['../rule'], file);
});

test('the server imports the engine only as ./engine', () => {
  for (const file of readdirSync('server').filter((name) => name.endsWith('.ts')))
    for (const imported of importsOf(join('server', file)))
      assert.ok(!imported.startsWith('./engine/') || imported.endsWith('.md'), `server/${file} imports ${imported}`);
});

test('the client imports of the server only its messages', () => {
  for (const file of readdirSync('client').filter((name) => name.endsWith('.ts')))
    for (const imported of importsOf(join('client', file)).filter((path) => path.startsWith('../')))
      assert.match(imported, /^\.\.\/(?:server\/messages|package\.json)$/, `client/${file}`);
});

test('nothing in the engine knows the built-in pair', () => {
  for (const file of engine)
    assert.doesNotMatch(
      withoutComments(projectFile(file)),
      /\b(?:iot|m2m|internet of things|machine[- ]to[- ]machine)\b/i,
      file,
    );
});

test('nothing committed names a registry or a path of one machine', () => {
  // Git lists a file that was just removed until that is staged.
  const files = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n').filter(existsSync);
  for (const file of files.filter((path) => /\.(?:json|npmrc|mjs|ts|md|ya?ml|sh|run)$|\.ci\/run$/.test(path)))
    assert.doesNotMatch(projectFile(file), LOCAL, file);
});

test('the extension holds what it runs, and the package the command line as well', async () => {
  const { listFiles } = require('@vscode/vsce') as { listFiles(options: object): Promise<string[]> };
  const npm = execFileSync('npm', ['pack', '--dry-run', '--json'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  const [{ files }] = JSON.parse(npm) as [{ files: { path: string }[] }];
  const bundles = (paths: readonly string[]) =>
    paths.filter((path) => /^dist\/.*\.js$/.test(path)).map((path) => basename(path, '.js'));
  const extension = ['client.browser', 'client', 'server.browser', 'server'];
  assert.deepEqual(bundles(await listFiles({ dependencies: false })).sort(), [...extension].sort());
  assert.deepEqual(bundles(files.map(({ path }) => path)).sort(), [...extension, 'cli', 'word'].sort());
});

function filesBelow(folder: string): readonly string[] {
  const all = readdirSync(folder, { recursive: true }) as string[];
  return all.filter((file) => file.endsWith('.ts')).map((file) => join(folder, file));
}

function importsOf(file: string): readonly string[] {
  return [...projectFile(file).matchAll(/^(?:import|export)\b[^;']*?from '([^']+)';|\bimport\('([^']+)'\)/gm)].map(
    (match) => match[1] ?? match[2]!,
  );
}

function layerOf(path: string): string {
  const [, , first = ''] = path.split(/[\\/]/);
  return first.replace(/\.ts$/, '');
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
