import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { docx, footnote, p, r } from './docx';

const CLI = join(__dirname, '../../dist/cli.js');

/** A sentence with a warning, and nothing that a safe fix repairs. */
const MIXED = 'The IoT/M2M gateway forwards every reading.\n';
/** A sentence with an information, which a safe fix repairs. */
const FIXABLE = 'Our IOT platform stores every reading.\n';
const FIXED = 'Our IoT platform stores every reading.\n';
const CLEAN = 'The gateway forwards every reading.\n';

const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files. */
function project(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'termlint-cli-'));
  folders.push(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function termlint(cwd: string, args: readonly string[], more: { input?: string | Buffer; env?: object } = {}): Result {
  const { NO_COLOR, FORCE_COLOR, ...plain } = process.env;
  const options = { cwd, input: more.input ?? '', env: { ...plain, ...more.env }, maxBuffer: 1 << 28 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [CLI, ...args], options);
  return { status, stdout: stdout.toString(), stderr: stderr.toString() };
}

interface Report {
  version: string;
  files: {
    path: string;
    problem?: string;
    findings: { rule: string; severity: string; start: number; end: number; line: number; column: number }[];
  }[];
  summary: object;
}

/** The report of the files below or among the paths. */
function reported(cwd: string, ...args: readonly string[]): Report & Result {
  const result = termlint(cwd, ['--format', 'json', ...args]);
  return { ...(JSON.parse(result.stdout) as Report), ...result };
}

function paths({ files }: Report): string[] {
  return files.map(({ path }) => path);
}

describe('the pretty report', () => {
  it('shows place, severity, rule, message, the line with carets, and the fixes', () => {
    const cwd = project({ 'a.md': `# Gateways\n\n${MIXED}` });
    const { stdout, stderr, status } = termlint(cwd, []);
    assert.match(stdout, /^a\.md:3:5 {2}warning {2}alias\n {2}".*" .+\n/);
    assert.match(stdout, /\n {3}3 \| The IoT\/M2M gateway forwards every reading\.\n {5}\| {5}\^{7}\n/);
    assert.match(stdout, /\n {2}fix: .+M2M/);
    assert.match(stdout, /\n1 warning in 1 of 1 file\n$/);
    assert.equal(stderr, '');
    assert.equal(status, 1);
  });

  it('counts what was found and what --fix would repair', () => {
    const cwd = project({ 'a.md': MIXED + FIXABLE, 'b.md': MIXED, 'c.md': CLEAN });
    const { stdout } = termlint(cwd, []);
    assert.match(stdout, /\n {2}fix: .*"IoT" \(--fix\)\n/);
    assert.match(stdout, /\n2 warnings, 1 information in 2 of 3 files, 1 fixable with --fix\n$/);
  });

  it('says so if nothing was found', () => {
    const { stdout, status } = termlint(project({ 'a.md': CLEAN }), []);
    assert.deepEqual({ stdout, status }, { stdout: 'Nothing found in 1 file\n', status: 0 });
  });

  it('does not say so alone if a glossary is broken', () => {
    const cwd = project({
      'a.md': CLEAN,
      'termlint.yaml': 'glossaries: [words.yaml]\n',
      'words.yaml': 'concepts: [\n',
    });
    const { stdout, status } = termlint(cwd, []);
    assert.deepEqual(
      { stdout, status },
      { stdout: 'Nothing found in 1 file, but settings or a glossary have errors\n', status: 2 },
    );
  });

  it('puts carets below wide characters and tabs', () => {
    const cwd = project({ 'a.txt': `Über\t\u{1F680} 網関: the IoT/M2M gateway.\n` });
    const [line = '', carets = ''] = termlint(cwd, []).stdout.split('\n').slice(2, 4);
    const columns = line.indexOf('IoT/M2M') - line.indexOf('| ') - 2;
    // The rocket takes two columns and two code units; each of the two ideographs takes two columns and one code unit.
    assert.equal(carets, `     | ${' '.repeat(columns + 2)}^^^^^^^`);
    assert.ok(line.includes('Über    \u{1F680}'));
  });

  it('crops a very long line around the finding', () => {
    const filler = 'reading and writing '.repeat(400);
    const cwd = project({ 'a.txt': `${filler}the IoT/M2M gateway ${filler}\n` });
    const [line = '', carets = ''] = termlint(cwd, []).stdout.split('\n').slice(2, 4);
    assert.ok(line.length <= 120, String(line.length));
    assert.match(line, /^ {3}1 \| ….* the IoT\/M2M gateway .*…$/);
    assert.equal(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), 'IoT/M2M');
  });

  it('shows a line of many zero-width characters without showing all of it', () => {
    const cwd = project({ 'a.txt': `${'\u0301'.repeat(100_000)} the IoT/M2M gateway.\n` });
    const { stdout, status } = termlint(cwd, []);
    assert.equal(status, 1);
    assert.ok(stdout.length < 5000, String(stdout.length));
  });

  it('lets no document steer the terminal', () => {
    const cwd = project({ 'a.txt': 'A \u001B[31mred\u001B[0m \u202Eevil\u202C IoT/M2M gateway.\n' });
    const { stdout } = termlint(cwd, []);
    assert.match(stdout, /A \uFFFD\[31mred/);
    assert.ok(!stdout.includes('\u001B') && !stdout.includes('\u202E'));
  });

  it('with --quiet shows only what makes it fail, and no summary', () => {
    const cwd = project({ 'a.md': MIXED + FIXABLE });
    const { stdout } = termlint(cwd, ['--quiet']);
    assert.match(stdout, /warning {2}alias/);
    assert.doesNotMatch(stdout, /information| file/);
    assert.equal(termlint(cwd, ['--quiet', '--fail-on', 'error']).stdout, '');
  });
});

describe('the JSON report', () => {
  it('has an entry for every file, in the order asked for, with all that is known of a finding', () => {
    const cwd = project({ 'b.md': `\uFEFF\u{1F680} ${MIXED}`, 'a.md': CLEAN });
    const { version, files, summary } = reported(cwd, 'b.md', 'missing.md', 'a.md');
    const manifest = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8'));
    assert.equal(version, manifest.version);
    assert.deepEqual(summary, { files: 3, errors: 0, warnings: 1, information: 0, hints: 0 });
    const [mixed, missing, clean] = files;
    assert.deepEqual(clean, { path: 'a.md', findings: [] });
    assert.deepEqual({ ...missing, problem: '' }, { path: 'missing.md', findings: [], problem: '' });
    const { message, evidence, related, fixes, concepts, ...place } = mixed!.findings[0] as Record<string, unknown>;
    // The byte order mark counts for offsets, which are the text's, but not for columns, which are an editor's.
    const alias = {
      rule: 'alias',
      severity: 'warning',
      start: 8,
      end: 15,
      line: 1,
      column: 8,
      endLine: 1,
      endColumn: 15,
    };
    assert.deepEqual(place, alias);
    assert.deepEqual([...(concepts as string[])].sort(), ['iot', 'm2m']);
    assert.equal(typeof message, 'string');
    assert.ok(Array.isArray(evidence) && Array.isArray(related));
    for (const fix of fixes as Record<string, unknown>[]) {
      assert.deepEqual(Object.keys(fix), ['title', 'safe', 'preferred', 'edits']);
      for (const edit of fix.edits as object[]) assert.deepEqual(Object.keys(edit), ['start', 'end', 'text']);
    }
  });

  it('gives the edits of a fix in the order of the text, and no two at one place', () => {
    const { files } = reported(
      project({ 'a.md': 'M2M evolved from the Internet of Things.\n\nM2M, also known as IoT, grows.\n' }),
    );
    type Fixes = readonly { readonly edits: readonly { readonly start: number; readonly end: number }[] }[];
    const fixes = files[0]!.findings.flatMap((finding) => (finding as unknown as { fixes: Fixes }).fixes);
    assert.ok(fixes.some(({ edits }) => edits.length > 1));
    const isInOrder = ({ edits }: Fixes[number]) =>
      edits.every(({ start }, at) => at === 0 || (edits[at - 1]!.end <= start && edits[at - 1]!.start < start));
    assert.ok(fixes.every(isInOrder));
  });

  it('counts lines that end with CRLF', () => {
    const { files } = reported(project({ 'a.md': `${CLEAN}\n${MIXED}`.replaceAll('\n', '\r\n') }));
    const { line, column, start } = files[0]!.findings[0]!;
    assert.deepEqual({ line, column, start }, { line: 3, column: 5, start: CLEAN.length + 7 });
  });

  it('is one valid object if there is nothing to read', () => {
    const { files, status } = reported(project({}));
    assert.deepEqual({ files, status }, { files: [], status: 0 });
  });

  it('is the same in every run', () => {
    const cwd = project({ 'b/b.md': MIXED, 'a.md': MIXED, 'b.md': FIXABLE, 'c/a.md': MIXED, '.x/a.md': MIXED });
    const first = reported(cwd);
    assert.deepEqual(paths(first), ['.x/a.md', 'a.md', 'b/b.md', 'b.md', 'c/a.md'].sort());
    for (let run = 0; run < 3; run++) assert.equal(reported(cwd).stdout, first.stdout);
    assert.equal(termlint(cwd, []).stdout, termlint(cwd, []).stdout);
  });
});

describe('a Word document', () => {
  const note = p(r('The M2M gateway, also called the IoT gateway, is old.'));
  const body =
    p('Gateways', 'berschrift1') + p(r('The Io') + r('T/M2M gateway') + footnote(1)) + p('Our IOT platform.');
  let cwd: string;
  before(async () => {
    const word = await docx({ body, footnotes: [note] });
    const old = Buffer.from('d0cf11e0a1b11ae10000', 'hex');
    cwd = project({ 'report.docx': word, 'd/old.doc': old, 'a.md': FIXABLE, '~$report.docx': 'owner' });
  });

  it('is found in folders, and reported by paragraphs', () => {
    const { stdout, stderr, status } = termlint(cwd, []);
    assert.match(stdout, /^report\.docx: paragraph 2 {2}warning {2}alias\n/m);
    assert.match(stdout, /\n {3}2 \| The IoT\/M2M gateway\n {5}\| {5}\^{7}\n/);
    assert.match(stdout, /^report\.docx: paragraph 4 {2}warning {2}alias\n.*\n {3}4 \| The M2M gateway, also called/m);
    assert.match(stdout, /\n2 warnings, 2 information in 2 of 2 files, 1 fixable with --fix\n$/);
    assert.deepEqual([stderr, status], ['', 1]);
  });

  it('has the numbers of paragraphs as lines in the JSON report', () => {
    const [file] = reported(cwd, 'report.docx').files;
    assert.deepEqual(
      file!.findings.map(({ rule, line, column, start }) => [rule, line, column, start]),
      [
        ['alias', 2, 5, 13],
        ['form', 3, 5, 33],
        ['alias', 4, 5, 51],
      ],
    );
  });

  it('is what a name says that the standard input has, and what explain --why reads', () => {
    const input = readFileSync(join(cwd, 'report.docx'));
    const { stdout } = termlint(cwd, ['--stdin-filename', 'new.docx'], { input });
    assert.match(stdout, /^new\.docx: paragraph 2 /);
    assert.match(termlint(cwd, ['explain', '--why', 'report.docx:2']).stdout, /^paragraph 2 .*\n {2}Reported by alias/);
    assert.match(termlint(cwd, ['explain', '--why', 'report.docx:9']).stderr, /has 4 paragraphs, and no paragraph 9/);
  });

  it('is left as it is by --fix, which says so', () => {
    const before = readFileSync(join(cwd, 'report.docx'));
    const note = 'report.docx  information  A Word document cannot be written back: make its safe repair in Word.\n';
    const { stdout, stderr, status } = termlint(cwd, ['--fix', 'report.docx']);
    assert.deepEqual([stderr, status], [note, 1]);
    assert.match(stdout, /\n {2}fix: Write "IoT"\n[\s\S]*\n2 warnings, 1 information in 1 of 1 file\n$/);
    const diff = termlint(cwd, ['--diff', 'report.docx']);
    assert.deepEqual([diff.stdout, diff.stderr, diff.status], ['', note, 0]);
    assert.equal(termlint(cwd, ['--fix', '--quiet', 'report.docx']).stderr, '');
    const stdin = termlint(cwd, ['--stdin-filename', 'new.docx', '--fix'], { input: before });
    assert.deepEqual([stdin.stdout, stdin.status], ['', 2]);
    assert.match(stdin.stderr, /^new\.docx {2}error {2}A Word document cannot be written back\. Leave out --fix/);
    assert.deepEqual(readFileSync(join(cwd, 'report.docx')), before);
  });

  it('obeys settings under the name "docx"', () => {
    const settings = (documents: string) => {
      writeFileSync(join(cwd, 'termlint.yaml'), `documents: [${documents}]\n`);
      return paths(reported(cwd));
    };
    assert.deepEqual(settings('docx'), ['report.docx']);
    assert.deepEqual(settings('markdown'), ['a.md']);
    rmSync(join(cwd, 'termlint.yaml'));
  });

  it('that cannot be read is a problem, and the others are reported', () => {
    const old = readFileSync(join(cwd, 'd/old.doc'));
    const mixed = project({ 'a.docx': 'text', 'b.docx': old, 'c.doc': old, 'd.md': MIXED });
    const { files, status } = reported(mixed, '.', 'c.doc');
    assert.equal(status, 2);
    assert.deepEqual(
      files.map(({ path, problem, findings }) => [path, problem?.replace(/[,.:].*/, '') ?? findings.length]),
      [
        ['a.docx', 'This is no Word document'],
        ['b.docx', 'This is a Word document of the old format ('],
        ['d.md', 1],
        ['c.doc', 'This is a Word document of the old format ('],
      ],
    );
  });
});

describe('the exit status', () => {
  const cwd = project({ 'warning.md': MIXED, 'information.md': FIXABLE, 'clean.md': CLEAN });
  const status = (...args: string[]) => termlint(cwd, args).status;

  it('is 1 from the level of --fail-on, by default from a warning', () => {
    assert.equal(status('warning.md'), 1);
    assert.equal(status('information.md'), 0);
    assert.equal(status('clean.md'), 0);
    assert.equal(status('--fail-on', 'error', 'warning.md'), 0);
    assert.equal(status('--fail-on', 'information', 'information.md'), 1);
    assert.equal(status('--fail-on', 'hint', 'information.md'), 1);
    assert.equal(status('--fail-on', 'never', 'warning.md'), 0);
  });

  it('lets as many warnings pass as --max-warnings says', () => {
    assert.equal(status('--max-warnings', '1', 'warning.md'), 0);
    assert.equal(status('--max-warnings', '0', 'warning.md'), 1);
    assert.equal(status('--max-warnings', '0', '--fail-on', 'error', 'warning.md'), 1);
    assert.equal(status('--max-warnings', '5', '--fail-on', 'information', 'information.md'), 1);
  });

  it('is 2 if something could not be read, whatever --fail-on says', () => {
    assert.equal(status('warning.md', 'missing.md'), 2);
    assert.equal(status('--fail-on', 'never', 'missing.md'), 2);
  });
});

describe('wrong use', () => {
  const cwd = project({ 'a.md': MIXED });
  const wrong = (...args: string[]) => {
    const { status, stdout, stderr } = termlint(cwd, args);
    assert.deepEqual({ status, stdout }, { status: 2, stdout: '' });
    assert.match(stderr, /See "termlint --help"/);
    assert.doesNotMatch(stderr, /^\s+at /m);
    return stderr;
  };

  it('of an option says which is meant', () => {
    assert.match(wrong('--fromat', 'json'), /no option "--fromat".* Did you mean "--format"\?/);
    assert.doesNotMatch(wrong('--frobnicate'), /Did you mean/);
    assert.match(wrong('-x'), /no option "-x"/);
  });

  it('of a value says which there are', () => {
    assert.match(wrong('--format', 'jsn'), /"jsn" is none of "pretty", "json"\. Did you mean "json"\?/);
    assert.match(wrong('--fail-on', 'fatal'), /"fatal" is none of/);
    assert.match(wrong('--color', 'blue'), /"blue" is none of/);
    assert.match(wrong('--max-warnings', 'few'), /"few" is not a whole number/);
    assert.match(wrong('--max-warnings=-1'), /"-1" is not a whole number/);
    assert.match(wrong('--format'), /format/);
  });

  it('of the standard input together with files is refused', () => {
    assert.match(wrong('--stdin', 'a.md'), /"a\.md" cannot be checked together with the standard input/);
  });

  it('of --config with a file that is not there is refused', () => {
    assert.match(wrong('--config', 'missing.yaml'), /no file "missing\.yaml"/);
  });

  it('of --output where nothing can be written is refused', () => {
    const { status, stderr } = termlint(cwd, ['--output', 'no/such/folder.txt']);
    assert.equal(status, 2);
    assert.match(stderr, /"no\/such\/folder\.txt" cannot be written/);
  });
});

describe('what cannot be read', () => {
  const png = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]);
  const cwd = project({
    'binary.png': png,
    'latin1.md': Buffer.concat([Buffer.from(CLEAN.repeat(3)), Buffer.from('Ger\u00e4te\n', 'latin1')]),
    'odd.md': Buffer.from([0xff, 0xfe, 0x41]),
    'long.txt': Buffer.alloc(50_000_000, 'IoT/M2M '),
    'first.md': MIXED,
    'last.md': MIXED,
  });
  symlinkSync('circle.md', join(cwd, 'circle.md'));
  const hasPipes = spawnSync('mkfifo', [join(cwd, 'pipe.md')]).status === 0;
  const problems: Readonly<Record<string, RegExp>> = {
    'missing.md': /^There is no such file\. Check the path\.$/,
    'first.md/below.md': /^There is no such file\./,
    'binary.png': /^This is not a text file: byte 9 is NUL/,
    'latin1.md': /^This is not valid UTF-8: see byte 112 in line 4\. Save it as UTF-8\.$/,
    'odd.md': /^This is not valid UTF-16/,
    'long.txt': /^It has 50 MB; files above 20 MB are not read\./,
    'circle.md': /links lead in a circle/,
    '*.rst': /^No file matches this pattern\./,
    ...(hasPipes ? { 'pipe.md': /^This is not a regular file\./ } : {}),
  };
  const asked = ['first.md', ...Object.keys(problems), 'last.md'];

  it('has a message in the JSON report, and the rest is reported', () => {
    const { files, status } = reported(cwd, ...asked);
    assert.equal(status, 2);
    assert.deepEqual(paths({ files } as Report), asked);
    for (const { path, problem, findings } of files) {
      assert.match(problem ?? '', problems[path] ?? /^$/, path);
      assert.equal(findings.length, path in problems ? 0 : 1);
    }
  });

  it('has a message for people, and the rest is reported', () => {
    const { stdout, stderr, status } = termlint(cwd, asked);
    assert.equal(status, 2);
    const lines = stderr.trimEnd().split('\n');
    for (const [index, [path, problem]] of Object.entries(problems).entries()) {
      const [name, severity, message = ''] = lines[index]!.split('  ');
      assert.deepEqual([name, severity], [path, 'error']);
      assert.match(message, problem);
    }
    assert.match(stdout, /first\.md:1:5[\s\S]*last\.md:1:5/);
    const unreadable = Object.keys(problems).length;
    assert.ok(stdout.endsWith(`\n2 warnings in 2 of 2 files, ${unreadable} could not be read\n`), stdout);
  });

  it('can be a file or a folder without permission', { skip: process.platform === 'win32' && 'no modes' }, () => {
    const closed = project({ 'a.md': MIXED, 'file.md': MIXED, 'folder/b.md': MIXED, 'z.md': MIXED });
    copyFileSync(CLI, join(closed, 'cli.js'));
    chmodSync(closed, 0o755);
    chmodSync(join(closed, 'file.md'), 0);
    chmodSync(join(closed, 'folder'), 0);
    // The superuser may read everything, so that somebody else has to try.
    const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
    const args = [join(closed, 'cli.js'), '--format', 'json'];
    const { stdout, status } = spawnSync(process.execPath, args, { cwd: closed, encoding: 'utf8', ...nobody });
    chmodSync(join(closed, 'folder'), 0o755);
    const { files } = JSON.parse(stdout) as Report;
    assert.equal(status, 2);
    const denied = 'Permission denied: this user may not access it.';
    assert.deepEqual(
      files.map(({ path, problem, findings }) => [path, problem ?? findings.length]),
      [
        ['folder', denied],
        ['a.md', 1],
        ['file.md', denied],
        ['z.md', 1],
      ],
    );
  });
});

describe('settings', () => {
  const alias = (...args: readonly [string, ...string[]]) => {
    const { files } = reported(...args);
    return files.flatMap(({ path, findings }) => findings.map(({ rule, severity }) => `${path} ${rule} ${severity}`));
  };

  it('are those of the nearest termlint.yaml', () => {
    const cwd = project({
      'termlint.yaml': 'rules:\n  alias: error\n',
      'a.md': MIXED,
      'b/termlint.yaml': 'rules:\n  alias: hint\n',
      'b/c/a.md': MIXED,
    });
    assert.deepEqual(alias(cwd), ['a.md alias error', 'b/c/a.md alias hint']);
    assert.deepEqual(alias(join(cwd, 'b/c'), '../../a.md', 'a.md'), ['../../a.md alias error', 'a.md alias hint']);
  });

  it('of --config count for all files, and --config none means the defaults', () => {
    const cwd = project({
      'termlint.yaml': 'rules:\n  alias: off\n',
      'x.yaml': 'rules:\n  alias: error\n',
      'a.md': MIXED,
    });
    assert.deepEqual(alias(cwd), []);
    assert.deepEqual(alias(cwd, '--config', 'x.yaml'), ['a.md alias error']);
    assert.deepEqual(alias(cwd, '--config', 'none'), ['a.md alias warning']);
  });

  it('build on those that they extend', () => {
    const cwd = project({
      'team/base.yaml': 'rules:\n  alias: error\n  form: off\n',
      'docs/termlint.yaml': 'extends: [../team/base.yaml]\nrules:\n  alias: hint\n',
      'docs/a.md': MIXED + FIXABLE,
    });
    assert.deepEqual(alias(cwd), ['docs/a.md alias hint']);
  });

  it('exclude documents by patterns from their own folder, except those that are named', () => {
    const cwd = project({
      'termlint.yaml': 'exclude:\n  - old/\n  - "*.txt"\n  - "!keep.txt"\n',
      'old/a.md': MIXED,
      'new/a.md': MIXED,
      'new/a.txt': MIXED,
      'keep.txt': MIXED,
    });
    assert.deepEqual(paths(reported(cwd)), ['keep.txt', 'new/a.md']);
    assert.deepEqual(paths(reported(join(cwd, 'new'))), ['a.md']);
    assert.equal(reported(cwd, 'old/a.md').files[0]!.findings.length, 1);
  });

  it('can turn everything off, or all formats but some', () => {
    assert.deepEqual(paths(reported(project({ 'termlint.yaml': 'enable: false', 'a.md': MIXED }))), []);
    const cwd = project({ 'termlint.yaml': 'documents: [markdown]', 'a.md': MIXED, 'a.txt': MIXED });
    assert.deepEqual(paths(reported(cwd)), ['a.md']);
  });

  /** What is said of a broken project. The document in it must still be reported. */
  function problemOf(files: Readonly<Record<string, string>>): string {
    const result = reported(project({ 'a.md': MIXED, ...files }));
    assert.equal(result.status, 2);
    assert.deepEqual(paths(result), ['a.md']);
    return result.stderr;
  }

  it('that do not exist are errors at their place', () => {
    const stderr = problemOf({ 'termlint.yaml': 'rules:\n  alias: error\nglosaries: [iot-m2m]\n' });
    assert.match(stderr, /^termlint\.yaml:3:1 {2}error\n {2}.*"glosaries"/);
    assert.match(stderr, /\n {3}3 \| glosaries: \[iot-m2m\]\n {5}\| \^{9}\n/);
  });

  it('of rules that do not exist are errors at their place', () => {
    assert.match(
      problemOf({ 'termlint.yaml': 'rules:\n  alias: off\n  aliass: off\n' }),
      /^termlint\.yaml:3:3 {2}error\n.*"aliass"/,
    );
  });

  it('that are no YAML are an error', () => {
    assert.match(problemOf({ 'termlint.yaml': 'rules: [\n' }), /^termlint\.yaml:\d+:\d+ {2}error/);
  });

  it('that extend a missing file, themselves or a URL are errors at their place', () => {
    const missing = problemOf({ 'termlint.yaml': 'extends:\n  - ./base.yaml\n' });
    assert.match(missing, /^termlint\.yaml:2:5 {2}error\n {2}There is no file "\.\/base\.yaml"/);
    assert.match(missing, /\n {5}\| {5}\^{11}\n/);
    const circle = problemOf({ 'termlint.yaml': 'extends: [b.yaml]', 'b.yaml': 'extends: [termlint.yaml]' });
    assert.match(circle, /^b\.yaml:1:11 {2}error\n.*"termlint\.yaml" leads back/);
    assert.match(problemOf({ 'termlint.yaml': 'extends: [termlint.yaml]' }), /leads back/);
    assert.match(problemOf({ 'termlint.yaml': 'extends: [https://example.org/a.yaml]' }), /Nothing is fetched/);
  });

  it('that name no glossary, or one on another machine, are errors at their place', () => {
    assert.match(problemOf({ 'termlint.yaml': 'glossaries: [iot]' }), /no built-in glossary "iot".*"iot-m2m"/);
    assert.match(problemOf({ 'termlint.yaml': 'glossaries: [./none.yaml]' }), /no file "\.\/none\.yaml"/);
    const remote = ['https://a.example/a.yaml', '//host/a.yaml', '"\\\\\\\\host\\\\a.yaml"', 'file:///a.yaml'];
    const stderr = problemOf({ 'termlint.yaml': `glossaries: [iot-m2m, ${remote.join(', ')}]` });
    assert.equal(stderr.match(/Nothing is fetched/g)?.length, 4);
  });

  it('with a broken glossary show it with carets, and the rest is checked with what is left', () => {
    const cwd = project({
      'a.md': MIXED,
      'termlint.yaml': 'glossaries: [iot-m2m, words.yaml]\n',
      'words.yaml': 'name: words\nconcepts:\n  - id: a\n    terms: [alpha\n',
    });
    const { status, stderr, files } = reported(cwd);
    assert.equal(status, 2);
    assert.match(stderr, /^words\.yaml:\d+:\d+ {2}error\n.*\n(?: +\d+ \|.*\n)? {5}\| *\^+\n/m);
    assert.equal(files[0]!.findings.length, 1);
  });

  it('say what is wrong once, however many documents they hold for', () => {
    const cwd = project({ 'a.md': MIXED, 'b.md': MIXED, 'c/d.md': MIXED, 'termlint.yaml': 'nonsense: 1\n' });
    assert.equal(termlint(cwd, []).stderr.match(/"nonsense" is/g)?.length, 1);
  });
});

describe('finding documents', () => {
  it('searches folders for known formats, and checks whatever is named', () => {
    const cwd = project({ 'a.md': MIXED, 'b.txt': MIXED, 'c.unknown': MIXED, 'd.png': MIXED, Makefile: MIXED });
    assert.deepEqual(paths(reported(cwd)), ['a.md', 'b.txt']);
    const { files, status } = reported(cwd, 'c.unknown', 'Makefile');
    assert.deepEqual([status, ...files.map(({ findings }) => findings.length)], [1, 1, 1]);
  });

  it('respects .gitignore files, nested, negated, and those above', () => {
    const cwd = project({
      '.git/HEAD': '',
      '.gitignore': 'build/\n*.tmp.md\n/top.md\n!special.tmp.md\n# comment\n',
      'a.md': MIXED,
      'top.md': MIXED,
      'x.tmp.md': MIXED,
      'special.tmp.md': MIXED,
      'build/a.md': MIXED,
      'docs/build/a.md': MIXED,
      'docs/top.md': MIXED,
      'docs/.gitignore': 'drafts/*\n!drafts/keep.md\n!y.tmp.md\n',
      'docs/drafts/a.md': MIXED,
      'docs/drafts/keep.md': MIXED,
      'docs/y.tmp.md': MIXED,
    });
    const docs = ['docs/drafts/keep.md', 'docs/top.md', 'docs/y.tmp.md'];
    assert.deepEqual(paths(reported(cwd)), ['a.md', ...docs, 'special.tmp.md']);
    assert.deepEqual(paths(reported(cwd, 'docs')), docs);
    assert.deepEqual(
      paths(reported(join(cwd, 'docs'))),
      docs.map((path) => path.slice(5)),
    );
    assert.deepEqual(paths(reported(cwd, 'build')), ['build/a.md'], 'what is asked for is searched');
  });

  it('never searches .git and node_modules', () => {
    const cwd = project({
      '.git/a.md': MIXED,
      'node_modules/x/readme.md': MIXED,
      'b/node_modules/a.md': MIXED,
      'a.md': MIXED,
    });
    assert.deepEqual(paths(reported(cwd)), ['a.md']);
  });

  it('follows no symbolic links, so that loops end', () => {
    const cwd = project({ 'a/a.md': MIXED });
    symlinkSync('..', join(cwd, 'a/loop'));
    symlinkSync('a.md', join(cwd, 'a/b.md'));
    assert.deepEqual(paths(reported(cwd)), ['a/a.md']);
    assert.deepEqual(
      paths(reported(cwd, 'a/b.md', 'a/loop/a')),
      ['a/b.md', 'a/loop/a/a.md'],
      'what is asked for is read',
    );
  });

  it('reads a file once, however often it is named', () => {
    const cwd = project({ 'a/a.md': MIXED });
    assert.deepEqual(paths(reported(cwd, 'a/a.md', 'a', './a/a.md', '.', '**/*.md')), ['a/a.md']);
  });

  it('expands patterns that the shell left, and leaves out what stands after "!"', () => {
    const cwd = project({
      'a.md': MIXED,
      'b.foo': MIXED,
      'd/a.md': MIXED,
      'd/e/b.md': MIXED,
      'd/e/c.txt': MIXED,
      'p.png': '\0',
    });
    assert.deepEqual(paths(reported(cwd, '*.md')), ['a.md']);
    assert.deepEqual(paths(reported(cwd, 'd/**/*.{md,txt}')), ['d/a.md', 'd/e/b.md', 'd/e/c.txt']);
    assert.deepEqual(paths(reported(cwd, '*.foo')), ['b.foo'], 'a named ending is meant');
    assert.deepEqual(paths(reported(cwd, './**')), ['a.md', 'd/a.md', 'd/e/b.md', 'd/e/c.txt']);
    assert.deepEqual(paths(reported(cwd, '.', '!d/e')), ['a.md', 'd/a.md']);
    assert.deepEqual(paths(reported(cwd, '!*.md', '!p.png')), ['d/e/c.txt']);
  });

  it('takes a name with pattern characters as it is if there is such a file', () => {
    const cwd = project({ '[id].md': MIXED, 'i.md': CLEAN, '!a.md': MIXED });
    assert.deepEqual(paths(reported(cwd, '[id].md', '!a.md')), ['[id].md', '!a.md']);
  });
});

describe('--fix', () => {
  it('makes the safe fixes and nothing else', () => {
    const cwd = project({ 'a.md': MIXED + FIXABLE, 'b.md': CLEAN });
    const before = statSync(join(cwd, 'b.md')).mtimeMs;
    const { stdout, status } = termlint(cwd, ['--fix']);
    assert.equal(readFileSync(join(cwd, 'a.md'), 'utf8'), MIXED + FIXED);
    assert.equal(statSync(join(cwd, 'b.md')).mtimeMs, before);
    assert.match(stdout, /\n1 warning in 1 of 2 files, 1 fixed\n$/);
    assert.equal(status, 1);
    assert.equal(termlint(cwd, ['--diff']).stdout, '', 'nothing fixable remains');
    assert.deepEqual(readdirSync(cwd).sort(), ['a.md', 'b.md'], 'nothing is left behind');
  });

  it('keeps the byte order mark, the line ends, the mode and the link', () => {
    const text = `\uFEFF${FIXABLE}\n${CLEAN}`.replaceAll('\n', '\r\n');
    const cwd = project({ 'real/a.md': text });
    chmodSync(join(cwd, 'real/a.md'), 0o754);
    symlinkSync('real/a.md', join(cwd, 'link.md'));
    assert.equal(termlint(cwd, ['--fix', 'link.md']).status, 0);
    assert.equal(readFileSync(join(cwd, 'real/a.md'), 'utf8'), text.replace('IOT', 'IoT'));
    assert.equal(statSync(join(cwd, 'real/a.md')).mode & 0o777, 0o754);
    assert.ok(lstatSync(join(cwd, 'link.md')).isSymbolicLink());
  });

  it('keeps UTF-16', () => {
    const little = Buffer.from(`\uFEFF${FIXABLE}`, 'utf16le');
    const big = Buffer.from(little).swap16();
    const cwd = project({ 'little.md': little, 'big.md': big });
    assert.equal(termlint(cwd, ['--fix']).status, 0);
    const fixed = Buffer.from(`\uFEFF${FIXED}`, 'utf16le');
    assert.deepEqual(readFileSync(join(cwd, 'little.md')), fixed);
    assert.deepEqual(readFileSync(join(cwd, 'big.md')), Buffer.from(fixed).swap16());
  });

  it('as --diff shows a patch and writes nothing', () => {
    const cwd = project({ 'd/a.md': `${CLEAN.repeat(5)}${FIXABLE}${CLEAN.repeat(5)}`, 'b.md': MIXED });
    const before = readFileSync(join(cwd, 'd/a.md'), 'utf8');
    const { stdout, stderr, status } = termlint(cwd, ['--diff', '--fix']);
    const context = CLEAN.repeat(3).replaceAll('The', ' The');
    const change = `-${FIXABLE}+${FIXED}`;
    assert.equal(stdout, `--- a/d/a.md\n+++ b/d/a.md\n@@ -3,7 +3,7 @@\n${context}${change}${context}`);
    assert.deepEqual({ stderr, status }, { stderr: '', status: 1 });
    assert.equal(readFileSync(join(cwd, 'd/a.md'), 'utf8'), before);
    assert.equal(termlint(cwd, ['--diff', 'b.md']).status, 0);
  });

  it('as --diff gives a patch that git applies', { skip: spawnSync('git', ['--version']).error && 'no git' }, () => {
    const cwd = project({ 'a.md': `${FIXABLE}${CLEAN}`.replaceAll('\n', '\r\n'), 'b.md': FIXABLE.trimEnd() });
    const { stdout } = termlint(cwd, ['--diff']);
    const { status, stderr } = spawnSync('git', ['apply', '-'], { cwd, input: stdout });
    assert.equal(status, 0, String(stderr));
    assert.equal(readFileSync(join(cwd, 'b.md'), 'utf8'), FIXED.trimEnd());
    assert.equal(readFileSync(join(cwd, 'a.md'), 'utf8'), `${FIXED}${CLEAN}`.replaceAll('\n', '\r\n'));
  });
});

describe('the standard input', () => {
  it('is a document of the name and settings that are given', () => {
    const cwd = project({ 'docs/termlint.yaml': 'rules:\n  alias: error\n' });
    const html = '<p>The <b>IoT/M2M</b> gateway.</p><!-- IoT/M2M -->';
    const { stdout, status } = termlint(cwd, ['--format', 'json', '--stdin-filename', 'docs/new.md'], { input: MIXED });
    const [file] = (JSON.parse(stdout) as Report).files;
    assert.equal(status, 1);
    assert.equal(file!.path, 'docs/new.md');
    assert.deepEqual(
      file!.findings.map(({ severity }) => severity),
      ['error'],
    );
    const comment = '<!-- The IoT/M2M gateway. -->\n';
    assert.equal(termlint(cwd, ['--stdin', '--stdin-filename', 'a.md'], { input: comment }).status, 0);
    assert.equal(termlint(cwd, ['--stdin'], { input: comment }).status, 1, 'without a name it is plain text');
    assert.equal(termlint(cwd, ['-'], { input: html }).status, 1);
  });

  it('with --fix comes out fixed, and the report goes elsewhere', () => {
    const { stdout, stderr } = termlint(project({}), ['--stdin', '--fix'], { input: FIXABLE + MIXED });
    assert.equal(stdout, FIXED + MIXED);
    assert.match(stderr, /<stdin>:2:5 {2}warning {2}alias[\s\S]*1 fixed\n$/);
  });

  it('with --diff is shown as a patch', () => {
    const { stdout } = termlint(project({}), ['--stdin', '--stdin-filename', 'a.md', '--diff'], { input: FIXABLE });
    assert.match(stdout, /^--- a\/a\.md\n\+\+\+ b\/a\.md\n@@ -1,1 \+1,1 @@\n-Our IOT/);
  });

  it('that is no text is a problem', () => {
    const { status, stderr } = termlint(project({}), ['--stdin'], { input: Buffer.from([0, 1, 2]) });
    assert.equal(status, 2);
    assert.match(stderr, /<stdin> {2}error {2}This is not a text file/);
  });
});

describe('colors', () => {
  const cwd = project({ 'a.md': MIXED });
  const isColored = (args: string[], env: object) => termlint(cwd, args, { env }).stdout.includes('\u001B[');

  it('come only on a terminal, or if they are wanted', () => {
    assert.equal(isColored([], {}), false);
    assert.equal(isColored([], { FORCE_COLOR: '1' }), true);
    assert.equal(isColored([], { FORCE_COLOR: '0' }), false);
    assert.equal(isColored(['--color', 'always'], {}), true);
  });

  it('obey NO_COLOR more than FORCE_COLOR, and --color more than both', () => {
    assert.equal(isColored([], { NO_COLOR: '1', FORCE_COLOR: '1' }), false);
    assert.equal(isColored([], { NO_COLOR: '', FORCE_COLOR: '1' }), true);
    assert.equal(isColored(['--color=always'], { NO_COLOR: '1' }), true);
    assert.equal(isColored(['--color=never'], { FORCE_COLOR: '1' }), false);
  });

  it('change nothing but the color', () => {
    const colored = termlint(cwd, ['--color', 'always']).stdout;
    const escapes = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');
    assert.equal(colored.replace(escapes, ''), termlint(cwd, []).stdout);
  });
});

describe('the output', () => {
  it('goes into the file of --output, which is not checked itself', () => {
    const cwd = project({ 'a.md': MIXED });
    const { stdout, status } = termlint(cwd, ['--output', 'report.txt']);
    assert.deepEqual({ stdout, status }, { stdout: '', status: 1 });
    const report = readFileSync(join(cwd, 'report.txt'), 'utf8');
    assert.match(report, /^a\.md:1:5 {2}warning {2}alias[\s\S]*1 warning in 1 of 1 file\n$/);
    termlint(cwd, ['--output', 'report.txt', '--color', 'never']);
    assert.equal(readFileSync(join(cwd, 'report.txt'), 'utf8'), report);
  });

  it('that cannot be written to the end is no finding', { skip: !existsSync('/dev/full') && 'no full device' }, () => {
    const cwd = project({ 'a.md': MIXED });
    const { status, stderr } = termlint(cwd, ['--output', '/dev/full']);
    assert.deepEqual([status, stderr], [2, 'termlint: "/dev/full" cannot be written. The disk is full.\n']);
    const piped = spawnSync('sh', ['-c', `"${process.execPath}" "${CLI}" > /dev/full`], { cwd, encoding: 'utf8' });
    assert.equal(piped.status, 2);
    assert.match(piped.stderr, /^termlint: The output cannot be written to the end \(ENOSPC/);
  });

  it('may be read only in part', { skip: process.platform === 'win32' && 'no sh' }, () => {
    const cwd = project({ 'a.md': MIXED.repeat(500) });
    const command = `"${process.execPath}" "${CLI}" a.md | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { cwd, encoding: 'utf8' });
    assert.match(stdout, /^a\.md:1:5/);
    assert.equal(stderr, '');
  });
});

describe('commands', () => {
  it('--help shows every option, and --version the version', () => {
    const help = termlint(project({}), ['--help']);
    assert.deepEqual([help.status, help.stderr], [0, '']);
    const shown = [
      'check',
      'explain',
      'init',
      'lsp --stdio',
      '--fix',
      '--diff',
      '--stdin-filename',
      '--config',
      '--fail-on',
    ];
    for (const word of [...shown, '--max-warnings', '--quiet', '--color', '--output', '--format'])
      assert.ok(help.stdout.includes(word), word);
    for (const line of help.stdout.split('\n')) assert.ok(line.length <= 120, line);
    assert.match(termlint(project({}), ['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('check is what is done anyway', () => {
    const cwd = project({ 'a.md': MIXED, check: MIXED });
    assert.equal(termlint(cwd, ['check', 'a.md']).stdout, termlint(cwd, ['a.md']).stdout);
    assert.deepEqual(paths(reported(cwd, 'check', 'check')), ['check']);
  });

  it('explain shows what a rule and a term mean', () => {
    const cwd = project({});
    assert.match(termlint(cwd, ['explain', 'alias']).stdout, /alias/i);
    for (const term of ['M2M', 'machine to machine', 'm2m']) {
      const { stdout, status } = termlint(cwd, ['explain', term]);
      assert.equal(status, 0);
      assert.match(stdout, /^M2M/);
      assert.match(stdout, /Not the same as IoT:\n\n +M2M +IoT\n {2}connectivity +\S/);
    }
    const all = termlint(cwd, ['explain']).stdout;
    assert.match(all, /alias[\s\S]*IoT/);
  });

  it('explain knows the terms of the project', () => {
    const glossary =
      'name: words\nconcepts:\n  - id: edge\n    gist: a computer near the machines\n    terms: [edge node]\n';
    const cwd = project({ 'termlint.yaml': 'glossaries: [words.yaml]', 'words.yaml': glossary });
    assert.match(termlint(cwd, ['explain', 'Edge', 'Node']).stdout, /a computer near the machines/);
    assert.equal(termlint(cwd, ['explain', 'IoT']).status, 2);
  });

  it('explain --why says why a place was reported, and why the one beside it was not', () => {
    const cwd = project({ 'a.md': 'Our IoT/M2M box.\n\nIoT is not M2M.\n' });
    assert.match(termlint(cwd, ['explain', '--why', 'a.md:1']).stdout, /Reported by alias \(warning\)/);
    assert.match(termlint(cwd, ['explain', '--why', 'a.md:3']).stdout, /Not reported\.[\s\S]*denied/);
    assert.match(termlint(cwd, ['explain', '--why', 'a.md:2']).stdout, /Nothing in this line/);
    for (const place of ['a.md', 'a.md:99', 'b.md:1'])
      assert.equal(termlint(cwd, ['explain', '--why', place]).status, 2);
  });

  it('explain of something else says what is meant', () => {
    const { status, stderr } = termlint(project({}), ['explain', 'aliass']);
    assert.equal(status, 2);
    assert.match(stderr, /no rule and no term "aliass"\. Did you mean "alias"\?/);
  });

  it('init writes settings that hold, and overwrites nothing', () => {
    const cwd = project({ 'a.md': MIXED });
    assert.equal(termlint(cwd, ['init']).status, 0);
    const written = readFileSync(join(cwd, 'termlint.yaml'), 'utf8');
    const { status, stderr, files } = reported(cwd);
    assert.deepEqual({ status, stderr, findings: files[0]!.findings.length }, { status: 1, stderr: '', findings: 1 });
    const all = written
      .replace(/^# ?(?=( {2}|\w+:))/gm, '')
      .replace(/^extends:\n.*\n/m, '')
      .replace(/^enable.*\n/m, '');
    writeFileSync(join(cwd, 'termlint.yaml'), all.replace(/^#? +- \.\/glossary\.yaml$/m, ''));
    assert.equal(reported(cwd).stderr, '', 'what is commented out holds as well');
    writeFileSync(join(cwd, 'termlint.yaml'), 'enable: true\n');
    const again = termlint(cwd, ['init']);
    assert.equal(again.status, 2);
    assert.match(again.stderr, /"termlint\.yaml" is there already/);
    assert.equal(readFileSync(join(cwd, 'termlint.yaml'), 'utf8'), 'enable: true\n');
  });

  it('lsp --stdio runs the language server', {
    skip: !existsSync(join(dirname(CLI), 'server.js')) && 'not built',
  }, async () => {
    const server = spawn(process.execPath, [CLI, 'lsp', '--stdio'], { cwd: project({}) });
    const message = JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { capabilities: {}, processId: null, rootUri: null },
    });
    server.stdin.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
    let answer = '';
    for await (const chunk of server.stdout) {
      answer += chunk;
      if (answer.includes('"capabilities"')) break;
    }
    server.kill();
    assert.match(answer, /^Content-Length: \d+\r\n[\s\S]*"id":1[\s\S]*"capabilities"/);
  });
});
