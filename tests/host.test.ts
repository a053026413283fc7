import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { BUILT_IN, builtInNames, builtInText, type FileProblem, type Host, Projects } from '../server/host';
import { remoteHost } from '../server/remote';

/** A host whose files are in memory, below `memfs:/`. Counts what is read. */
class Memory implements Host {
  readonly files = new Map<string, string>();
  reads = 0;

  constructor(files: Readonly<Record<string, string>>) {
    for (const [name, text] of Object.entries(files)) this.files.set(`memfs:/${name}`, text);
  }

  async read(uri: string) {
    this.reads++;
    const text = this.files.get(uri);
    return text === undefined ? undefined : { text };
  }

  documents() {
    return [...this.files.keys()];
  }
}

const GLOSSARY =
  'name: words\nconcepts:\n  - id: edge\n    gist: a computer near the machines\n    terms: [edge node]\n';

const at = (name: string) => ({ document: `memfs:/${name}` });

/** The problems with their place as text. */
function shown(problems: readonly FileProblem[]): string[] {
  const errors = problems.filter(({ problem }) => problem.severity === 'error');
  return errors.map(({ uri, text, problem }) => `${uri?.slice(7)}: ${text.slice(problem.start, problem.end)}`);
}

describe('a project', () => {
  it('without settings has the defaults, and is the same for all documents', async () => {
    const projects = new Projects(new Memory({}));
    const project = await projects.of(at('a/b/c.md'));
    assert.equal(project.settingsFile, undefined);
    assert.deepEqual(
      project.glossaries.map(({ uri }) => uri),
      ['termlint:/glossaries/iot-m2m.yaml'],
    );
    assert.deepEqual(project.problems, []);
    for (const place of [at('d.md'), { folder: 'memfs:/a' }, undefined])
      assert.equal(await projects.of(place), project);
  });

  it('is read once for all documents that share a settings file', async () => {
    const host = new Memory({ 'termlint.yaml': 'rules:\n  alias: hint\n' });
    const projects = new Projects(host);
    const [first, second] = await Promise.all([projects.of(at('a/b.md')), projects.of(at('a/c.md'))]);
    assert.equal(first, second);
    assert.equal(host.reads, 2, 'memfs:/a/termlint.yaml and memfs:/termlint.yaml');
    assert.equal(first.settingsFile, 'memfs:/termlint.yaml');
    assert.equal(first.workspace.settings.rules.alias, 'hint');
  });

  it('shares its lexicon with projects of the same glossaries', async () => {
    const projects = new Projects(new Memory({ 'a/termlint.yaml': '', 'b/termlint.yaml': 'rules:\n  form: off\n' }));
    const [a, b] = [await projects.of(at('a/a.md')), await projects.of(at('b/a.md'))];
    assert.notEqual(a, b);
    assert.equal(a.workspace.lexicon, b.workspace.lexicon);
  });

  it('builds on an editor, whose settings are weaker than any file', async () => {
    const host = new Memory({ 'a/termlint.yaml': 'rules:\n  alias: hint\n', 'words.yaml': GLOSSARY });
    const layer = {
      settings: { rules: { alias: 'error', form: 'off' }, glossaries: ['./words.yaml'] },
      folder: 'memfs:/',
    } as const;
    const project = await new Projects(host).of(at('a/b.md'), layer);
    assert.deepEqual(project.workspace.settings.rules, { alias: 'hint', form: 'off' });
    assert.deepEqual(
      project.glossaries.map(({ uri }) => uri),
      ['memfs:/words.yaml'],
    );
    const missing = { settings: { glossaries: ['./none.yaml'] }, folder: 'memfs:/' };
    assert.deepEqual(shown((await new Projects(host).of(at('b.md'), missing)).problems), ['undefined: ']);
  });

  it('resolves paths and patterns from the file that they stand in', async () => {
    const host = new Memory({
      'team/base.yaml': 'glossaries: [words.yaml]\nexclude: [old/]\n',
      'team/words.yaml': GLOSSARY,
      'docs/termlint.yaml': 'extends: ..\\team\\base.yaml\n',
    });
    const project = await new Projects(host).of(at('docs/a.md'));
    assert.deepEqual(
      project.glossaries.map(({ uri }) => uri),
      ['memfs:/team/words.yaml'],
    );
    assert.deepEqual(
      ['team/old/a.md', 'docs/old/a.md', 'team/a.md'].map((name) => project.wants(`memfs:/${name}`)),
      [false, true, true],
    );
    assert.equal(project.wants('other:/team/old/a.md'), true);
  });

  it('wants documents of the languages that the settings name', async () => {
    const project = await new Projects(new Memory({ 'termlint.yaml': 'documents: [markdown]' })).of(at('a.md'));
    assert.deepEqual([project.wants('memfs:/a.md'), project.wants('memfs:/a.txt')], [true, false]);
    assert.deepEqual(
      [project.wants('untitled:a', 'markdown'), project.wants('memfs:/a.md', 'plaintext')],
      [true, false],
    );
  });

  it('keeps what is right of settings and glossaries, and gives every problem its place', async () => {
    const host = new Memory({
      'termlint.yaml':
        'extends: [none.yaml, b.yaml]\nglossaries:\n  - iot-m2m\n  - nothing\n  - "https://example.org/x.yaml"\nrules: {aliass: off}\n',
      'b.yaml': 'extends:\n  - c.yaml\nrules: {alias: hint}\n',
      'c.yaml': 'extends: [b.yaml]\n',
    });
    const project = await new Projects(host).of(at('a.md'));
    assert.deepEqual(shown(project.problems).sort(), [
      'c.yaml: b.yaml',
      'termlint.yaml: "https://example.org/x.yaml"',
      'termlint.yaml: aliass',
      'termlint.yaml: none.yaml',
      'termlint.yaml: nothing',
    ]);
    assert.equal(project.workspace.settings.rules.alias, 'hint');
    assert.deepEqual(
      project.glossaries.map(({ glossary }) => glossary.name),
      ['iot-m2m'],
    );
  });

  it('is found at once however often settings extend each other', async () => {
    const files: Record<string, string> = { 'termlint.yaml': 'extends: [s0.yaml]\n', 's40.yaml': '' };
    for (let index = 0; index < 40; index++)
      files[`s${index}.yaml`] = `extends: [s${index + 1}.yaml, ./s${index + 1}.yaml]\n`;
    assert.deepEqual((await new Projects(new Memory(files)).of(at('a.md'))).problems, []);
  });

  it('outlives a host that fails', async () => {
    const host: Host = { read: () => Promise.reject(new Error('The connection is gone.')), documents: () => [] };
    const { problems } = await new Projects(host).of(at('a.md'));
    assert.deepEqual(
      problems.map(({ problem }) => problem.message),
      ['The connection is gone.'],
    );
  });
});

describe('a changed file', () => {
  it('makes a new project if it counts, and none if it does not', async () => {
    const host = new Memory({ 'termlint.yaml': 'glossaries: [words.yaml]', 'words.yaml': GLOSSARY });
    const projects = new Projects(host);
    const before = await projects.of(at('a.md'));
    assert.equal(projects.changed('memfs:/a.md'), false);
    assert.equal(await projects.of(at('a.md')), before);

    host.files.set('memfs:/words.yaml', GLOSSARY.replace('edge node', 'fog node'));
    assert.equal(projects.changed('memfs:/words.yaml'), true);
    const after = await projects.of(at('a.md'));
    assert.deepEqual(
      [...after.workspace.lexicon.concepts.values()].map(({ label }) => label),
      ['fog node'],
    );
    assert.equal(host.reads, 3, 'only what changed is read again');
  });

  it('counts also where there was none, and where it is gone', async () => {
    const host = new Memory({ 'termlint.yaml': 'extends: [base.yaml]' });
    const projects = new Projects(host);
    const severity = async () => (await projects.of(at('a/b.md'))).workspace.settings.rules.alias;
    assert.equal(await severity(), undefined);
    host.files.set('memfs:/base.yaml', 'rules: {alias: hint}');
    assert.equal(projects.changed('memfs:/base.yaml'), true);
    assert.equal(await severity(), 'hint');
    host.files.set('memfs:/a/termlint.yaml', 'rules: {alias: error}');
    assert.equal(projects.changed('memfs:/a/termlint.yaml'), true);
    assert.equal(await severity(), 'error');
    host.files.delete('memfs:/a/termlint.yaml');
    assert.equal(projects.changed('memfs:/a/termlint.yaml'), true);
    assert.equal(await severity(), 'hint');
  });

  it('is recognized however its name is encoded', async () => {
    const projects = new Projects(new Memory({}));
    await projects.of({ document: 'file:///c%3A/docs/a.md' });
    assert.equal(projects.changed('file:///c:/docs/termlint.yaml'), true);
  });
});

it('the files that an editor finds are filtered as git does', async () => {
  const files: Readonly<Record<string, string>> = {
    '.gitignore': '\uFEFFbuild/\n*.tmp.md\n',
    'a.md': '',
    'b.tmp.md': '',
    'build/.gitignore': '!*.md\n',
    'build/a.md': '',
    'docs/.gitignore': '!keep.tmp.md\n/draft.md\n',
    'docs/draft.md': '',
    'docs/keep.tmp.md': '',
    'docs/deep/draft.md': '',
    'node_modules/a.md': '',
  };
  const editor = {
    async sendRequest(method: string, params: unknown): Promise<never> {
      const { uri, pattern } = params as { uri: string; pattern: string };
      if (method === 'termlint/readFile') return { text: files[uri.slice('memfs:/w/'.length)] } as never;
      const ending = pattern.endsWith('.gitignore') ? '.gitignore' : '.md';
      const found = Object.keys(files).filter((name) => name.endsWith(ending));
      return found.map((name) => `memfs:/w/${name}`) as never;
    },
  };
  const found = await remoteHost(editor).documents('memfs:/w');
  assert.deepEqual(
    found.map((uri) => uri.slice('memfs:/w/'.length)),
    ['a.md', 'docs/deep/draft.md', 'docs/keep.tmp.md'],
  );
});

it('every built-in glossary can be read and is right', async () => {
  const host = new Memory({ 'termlint.yaml': `glossaries: [${builtInNames.join(', ')}]` });
  const { problems, glossaries } = await new Projects(host).of(at('a.md'));
  assert.deepEqual(problems, []);
  assert.deepEqual(
    glossaries.map(({ glossary }) => glossary.name),
    [...builtInNames],
  );
  for (const { uri, text } of glossaries) assert.equal(builtInText(uri), text);
  assert.equal(builtInText(`${BUILT_IN}:/glossaries/none.yaml`), undefined);
});
