import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { formats, readGlossary, readSettings, rules } from '../server/engine';
import { glossaryFormat } from '../server/engine/glossary';
import { builtInNames } from '../server/host';
import { draw, examplesOf, lint, projectFile, undrawn, workspaceWith } from './helper';

const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const CLI = join(__dirname, '../../dist/cli.js');

const readme = projectFile('README.md');
const manifest = JSON.parse(projectFile('package.json'));

describe('the README', () => {
  test('shows what the command line prints', () => {
    const [, shown] = fencedIn(readme, 'console')[0]!.split(/^\$ termlint gateway\.md\n/m);
    const [, line] = /^ +1 \| (.*)$/m.exec(shown!)!;
    const printed = withFile('gateway.md', `${line}\n`, (cwd) => termlint(cwd, '--config', 'none', 'gateway.md'));
    assert.equal(printed.slice(0, shown!.length), shown);
  });

  test('names every option of the command line, and no other', () => {
    const named = rowsIn(sectionOf(readme, 'Command line')).flatMap(([option]) => optionsIn(option!));
    assert.deepEqual(named.sort(), [...new Set(optionsIn(termlint('.', '--help')))].filter(isOwnOption).sort());
  });

  test('names every command and every setting of the extension, and no other', () => {
    const { commands, configuration } = manifest.contributes;
    const section = sectionOf(readme, 'VS Code');
    const [first, second] = [commandsIn(section), settingsIn(section)];
    assert.deepEqual(
      first,
      commands.map(({ category, title }: Record<string, string>) => `${category}: ${title}`),
    );
    assert.deepEqual(second, Object.keys(configuration.properties));
  });

  test('names the versions that the manifest asks for', () => {
    const [, vscode] = /VS Code (\S+) or newer/.exec(readme)!;
    const [, node] = /(\d+) or newer and npm/.exec(readme)!;
    assert.equal(`^${vscode}.0`, manifest.engines.vscode);
    assert.equal(`>=${node}`, manifest.engines.node);
  });

  test('lists every rule', () => {
    const listed = rowsIn(sectionOf(readme, 'Rules')).map(([cell]) => cell);
    assert.deepEqual(
      listed,
      rules.map(({ name }) => `[\`${name}\`](server/engine/rules/${name}.md)`),
    );
  });

  test('shows every key of termlint.yaml in one file that has no problem', () => {
    const [example] = fencedIn(sectionOf(readme, 'Settings'), 'yaml');
    const { settings, problems } = readSettings(example!);
    assert.deepEqual(problems, []);
    const keys = Object.keys(JSON.parse(projectFile('server/settings.schema.json')).properties);
    assert.deepEqual(Object.keys(settings).sort(), keys.sort());
  });

  test('names every built-in glossary', () => {
    const [, list] = /^Two glossaries are built in: (.*?)\.$/ms.exec(sectionOf(readme, 'Settings'))!;
    assert.deepEqual(codeIn(list!), builtInNames);
  });

  test('shows directives of every kind, none of which is needless', () => {
    const [example] = fencedIn(sectionOf(readme, 'Settings'), 'md');
    const verbs = [...example!.matchAll(/<!-- termlint-([a-z-]+)/g)].map(([, verb]) => verb);
    assert.deepEqual(verbs.sort(), ['disable', 'disable-file', 'disable-line', 'disable-next-line', 'enable']);
    assert.deepEqual(lint(example!).findings, []);
    for (const [directive] of example!.matchAll(/<!-- termlint-disable.*? -->/g))
      assert.notDeepEqual(lint(example!.replace(directive, '')).findings, [], directive);
  });

  test('shows a glossary that finds what is said of it', () => {
    const [glossary] = fencedIn(sectionOf(readme, 'Your own glossary'), 'yaml');
    const [text] = fencedIn(sectionOf(readme, 'Your own glossary'), 'md');
    assert.deepEqual(readGlossary(glossary!).problems, []);
    const { findings } = lint(text!, 'markdown', workspaceWith({}, [glossary!]));
    const [, said] = /has two findings, an `(.*)`; its last/.exec(readme)!;
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      said!.split('` and a `'),
    );
    assert.ok(findings.every(({ end }) => end < text!.trimEnd().lastIndexOf('\n')));
  });

  test('names every key and every fixed word of a glossary', () => {
    const { keys, values } = glossaryFormat;
    const named = new Set(codeIn(sectionOf(readme, 'Your own glossary')));
    for (const word of [...Object.values(keys), ...Object.values(values)].flat())
      assert.ok(named.has(word) || word === '$schema', word);
    assert.deepEqual(
      rowsIn(sectionOf(readme, 'Your own glossary'))
        .flatMap(([cell]) => codeIn(cell!))
        .sort(),
      [...keys.concept].sort(),
    );
  });

  test('names every language id and every file name ending that is read, and no other', () => {
    const listed = rowsIn(sectionOf(readme, 'What is read')).map(([, ids, endings]) => [
      codeIn(ids!),
      codeIn(endings!),
    ]);
    assert.deepEqual(
      listed,
      formats.map(({ languages, extensions }) => [languages, extensions]),
    );
  });
});

for (const page of PAGES) {
  describe(page, () => {
    const text = projectFile(page);

    test('links to what exists', () => {
      for (const [, target] of withoutFences(text).matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^https?:/.test(target!)) continue;
        const [path, anchor] = target!.split('#') as [string, string?];
        assert.ok(path === '' || existsSync(path), target);
        if (anchor !== undefined) assert.ok(anchorsIn(path === '' ? text : projectFile(path)).includes(anchor), target);
      }
    });

    test('names npm scripts that exist', () => {
      for (const [, run, short] of text.matchAll(/\bnpm (?:run ([a-z]+)|(start|test))\b/g))
        assert.ok((run ?? short!) in manifest.scripts, run ?? short);
    });

    test('has no terminology finding itself', () => {
      assert.equal(draw(text, lint(text).findings), text);
    });
  });
}

describe('the page for contributors', () => {
  const page = projectFile('CONTRIBUTING.md');

  test('names every npm script', () => {
    const named = rowsIn(sectionOf(page, 'Setup')).map(([cell]) => codeIn(cell!)[0]!.replace(/^npm (?:run )?/, ''));
    assert.deepEqual(named.sort(), Object.keys(manifest.scripts).sort());
  });

  test('shows an example as the tests draw it', () => {
    const [example] = examplesOf(page);
    assert.equal(draw(undrawn(example!.drawn), lint(undrawn(example!.drawn)).findings, 'alias'), example!.drawn);
  });
});

describe('the page on architecture', () => {
  const page = projectFile('ARCHITECTURE.md');

  test('names every source file of the product, and none that is gone', () => {
    const files = ['server/engine', 'server/engine/formats', 'server', 'client'].flatMap(sourcesIn);
    const map = codeIn(sectionOf(page, 'Code map'));
    assert.deepEqual(
      [...new Set(files)].filter((file) => !map.includes(file)),
      [],
    );
    assert.deepEqual(
      map.filter((word) => /^[a-z-]+\.ts$/.test(word)).filter((word) => !files.includes(word)),
      [],
    );
    for (const { name } of rules) assert.ok(map.includes(name), name);
  });

  test('shows constructions as they are', () => {
    const rows = fencedIn(sectionOf(page, 'How claims are found'), '').flatMap((block) => block.trim().split('\n'));
    const source = projectFile('server/engine/construction.ts');
    for (const row of rows) assert.ok(source.includes(row), row);
  });
});

test('the changelog begins with the version of the manifest', () => {
  assert.equal(/^## (\S+)/m.exec(projectFile('CHANGELOG.md'))![1], manifest.version);
});

/* ---------------------------------------------------------------- reading pages */

/** The text below a heading of level 2, up to the next. */
function sectionOf(page: string, title: string): string {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${title}\n`));
  assert.ok(section, `there is no section "${title}"`);
  return section;
}

/** What stands in the code blocks of a language. */
function fencedIn(text: string, language: string): readonly string[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].flatMap(([, name, code]) =>
    name === language ? code! : [],
  );
}

function withoutFences(text: string): string {
  return text.replace(/^(`{3,}).*\n[\s\S]*?^\1$/gm, '');
}

/** What stands between backticks, outside of code blocks. */
function codeIn(text: string): string[] {
  return [...withoutFences(text).matchAll(/`([^`]+)`/g)].map(([, code]) => code!.replaceAll('\\|', '|'));
}

/** The cells of all rows of tables but their heads. */
function rowsIn(text: string): readonly string[][] {
  const rows = withoutFences(text).matchAll(/^\| (.*) \|$/gm);
  const heads = new Set([...text.matchAll(/^(\|.*\|)\n\|-/gm)].map(([, head]) => head));
  return [...rows].filter(([row]) => !heads.has(row)).map(([, cells]) => cells!.split(/(?<!\\) \| /));
}

function optionsIn(text: string): string[] {
  return [...text.matchAll(/(?<![\w-])--?[a-z][a-z-]*/g)].map(([option]) => option);
}

/** Of the words in the help, the one option that is the server's. */
function isOwnOption(option: string): boolean {
  return option !== '--stdio';
}

function commandsIn(section: string): readonly string[] {
  return codeIn(section).filter((code) => code.startsWith('Termlint: '));
}

function settingsIn(section: string): readonly string[] {
  return codeIn(section).filter((code) => code.startsWith('termlint.') && /^termlint\.(?!yaml|vsix)/.test(code));
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsIn(page: string): readonly string[] {
  const headings = withoutFences(page).matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, title]) =>
    title!
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  );
}

function sourcesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
}

/* ---------------------------------------------------------------- trying commands */

function termlint(cwd: string, ...args: readonly string[]): string {
  return spawnSync(process.execPath, [CLI, '--color', 'never', ...args], { cwd, encoding: 'utf8' }).stdout;
}

function withFile<Result>(name: string, text: string, use: (folder: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'termlint-readme-'));
  try {
    writeFileSync(join(folder, name), text);
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
