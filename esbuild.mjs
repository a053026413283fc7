// The one build script. `node esbuild.mjs [--watch | --production | --tests] [--start PATH... | --run NAME...]`
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import esbuild from 'esbuild';

const has = (flag) => process.argv.includes(flag);

/** What every bundle shares: glossaries and rule pages are carried as text, libraries as their ES modules. */
const common = {
  bundle: true,
  logLevel: 'warning',
  minify: has('--production'),
  sourcemap: !has('--production'),
  sourcesContent: false,
  loader: { '.yaml': 'text', '.md': 'text' },
  mainFields: ['module', 'main'],
};
const node = { ...common, platform: 'node', target: 'node20', format: 'cjs' };
const web = {
  ...common,
  platform: 'browser',
  target: 'es2022',
  mainFields: ['browser', 'module', 'main'],
  define: { global: 'globalThis' },
};

/** Every `*.test.ts` below `tests`, and the programs that stand beside them. */
function testEntries() {
  const programs = ['update.ts', 'score.ts', 'bench.ts', join('vscode', 'open.ts')];
  const all = readdirSync('tests', { recursive: true });
  return all.filter((file) => file.endsWith('.test.ts') || programs.includes(file)).map((file) => join('tests', file));
}

const product = [
  { ...node, entryPoints: ['client/node.ts'], outfile: 'dist/client.js', external: ['vscode'] },
  {
    ...web,
    entryPoints: ['client/browser.ts'],
    outfile: 'dist/client.browser.js',
    external: ['vscode'],
    format: 'cjs',
  },
  { ...node, entryPoints: ['server/node.ts'], outfile: 'dist/server.js' },
  { ...web, entryPoints: ['server/browser.ts'], outfile: 'dist/server.browser.js', format: 'iife' },
  { ...node, entryPoints: ['server/cli.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  { ...node, entryPoints: ['server/word.ts'], outfile: 'dist/word.js' },
];
const tests = [
  {
    ...node,
    entryPoints: testEntries(),
    outdir: 'out/tests',
    outbase: 'tests',
    packages: 'external',
    sourcemap: 'inline',
  },
  {
    ...node,
    entryPoints: ['tests/vscode/suite.ts'],
    outfile: 'out/tests/vscode/suite.js',
    external: ['vscode', 'mocha'],
  },
  {
    ...web,
    entryPoints: ['tests/vscode/web.ts'],
    outfile: 'out/tests/vscode/web.js',
    external: ['vscode'],
    format: 'cjs',
  },
];

const builds = has('--tests') ? [...product, ...tests] : product;
if (has('--watch')) {
  for (const build of builds) await (await esbuild.context(build)).watch();
} else {
  await Promise.all(builds.map((build) => esbuild.build(build)));
}

/** Runs Node with the same console, and ends with its exit code. */
function run(...args) {
  process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 2;
}

// `npm start -- PATH...` lints the documents named, by default the samples.
if (has('--start')) {
  const paths = process.argv.slice(process.argv.indexOf('--start') + 1);
  run('dist/cli.js', '--fail-on', 'never', ...(paths.length > 0 ? paths : ['samples']));
}

// `npm test -- NAME...` runs the tests whose path holds one of the names, by default all.
if (has('--run')) {
  const names = process.argv.slice(process.argv.indexOf('--run') + 1);
  const built = testEntries().filter((file) => file.endsWith('.test.ts'));
  const wanted = names.length > 0 ? built.filter((file) => names.some((name) => file.includes(name))) : built;
  run(
    '--test',
    '--test-timeout=400000',
    '--test-reporter=spec',
    ...wanted.map((file) => join('out', file.replace(/\.ts$/, '.js'))),
  );
}
