import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import picomatch from 'picomatch';
import { URI } from 'vscode-uri';
import { analyze, type Finding, type Severity } from './engine';
import {
  type DecodedDocument,
  decodeDocument,
  type Encoding,
  fileHost,
  filesBelow,
  isDocument,
  isWord,
  readDocument,
  reason,
  slashed,
  writeText,
} from './files';
import { applySafeFixes } from './fixes';
import { type Project, Projects, type SettingsChoice } from './host';
import {
  type FileReport,
  type Format,
  json,
  type PrettyOptions,
  pretty,
  prettyFailure,
  prettyNote,
  prettyProblem,
  type Summary,
  severities,
} from './report';
import { type ColorChoice, colorsFor, columnsOf } from './terminal';

/** What `termlint check` was asked to do. */
export interface CheckRequest {
  /** Files, folders, patterns, and patterns after `!` for what is left out. */
  readonly paths: readonly string[];
  /** The document comes from the standard input, under this name. */
  readonly stdin: string | undefined;
  readonly settings: SettingsChoice;
  readonly format: 'pretty' | 'json';
  /** Whether safe fixes are written, shown as a patch, or left. */
  readonly fixes: 'write' | 'show' | 'leave';
  /** The weakest severity that makes the exit status 1. */
  readonly failOn: Severity | 'never';
  /** How many warnings are let pass, whatever `failOn` says of warnings. */
  readonly maxWarnings: number | undefined;
  readonly quiet: boolean;
  readonly color: ColorChoice;
  /** The file that gets the report instead of the standard output. */
  readonly output: string | undefined;
}

/** Checks documents, writes the report, and gives the exit status. */
export async function check(request: CheckRequest): Promise<0 | 1 | 2> {
  try {
    return await checkInto(outputFor(request), request);
  } catch (error) {
    if (!(error instanceof Unwritable)) throw error;
    process.stderr.write(`termlint: "${request.output}" cannot be written. ${error.message}\n`);
    return 2;
  }
}

/** The file of `--output` does not take the report; the message says why. */
class Unwritable extends Error {}

async function checkInto(output: Output, request: CheckRequest): Promise<0 | 1 | 2> {
  const run = new Run(request, output.write);
  try {
    await run.all(request.stdin === undefined ? targetsOf(request, run.progress) : [stdinTarget(request.stdin)]);
  } finally {
    output.close();
  }
  return run.status();
}

/** A document that was read. */
type Content = Exclude<DecodedDocument, { problem: string }>;

/** Something to read. What was not named itself, but found in a folder, can be excluded by settings. */
type Target =
  | { readonly path: string; readonly named: boolean; readonly read: () => Promise<DecodedDocument | undefined> }
  | { readonly path: string; readonly problem: string };

/** One check of many files. */
class Run {
  readonly progress: Progress;
  readonly #request: CheckRequest;
  readonly #write: (text: string) => void;
  readonly #projects: Projects;
  readonly #format: Format;
  readonly #shown = new Set<string>();
  readonly #found: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
  #files = 0;
  #unreadable = 0;
  #filesWithFindings = 0;
  #fixable = 0;
  #fixed = 0;
  #changes = 0;
  #broken = false;

  constructor(request: CheckRequest, write: (text: string) => void) {
    this.#request = request;
    this.#projects = new Projects(fileHost, request.settings);
    this.progress = new Progress(request.quiet);
    this.#format = formatFor(request);
    this.#write = (text) => {
      if (text === '') return;
      this.progress.clear();
      write(text);
    };
  }

  async all(targets: readonly Target[]): Promise<void> {
    const reports = this.#reports();
    reports?.(this.#format.begin());
    for (const [index, target] of targets.entries()) {
      this.progress.show(() => `${index} of ${targets.length} files`);
      const report = await this.#check(target);
      if (!report) continue;
      this.#count(report);
      reports?.(this.#format.file(report));
      if ('problem' in report) this.#complain(prettyFailure(report.path, report.problem, this.#plain()));
    }
    this.progress.clear();
    reports?.(this.#format.end(this.#summary()));
  }

  status(): 0 | 1 | 2 {
    if (this.#broken || this.#unreadable > 0) return 2;
    const { fixes, failOn, maxWarnings } = this.#request;
    if (fixes === 'show') return this.#changes > 0 ? 1 : 0;
    if (failOn === 'never') return 0;
    if (maxWarnings !== undefined && this.#found.warning > maxWarnings) return 1;
    const counted = severities.slice(0, severities.indexOf(failOn) + 1);
    const failing = counted.filter((severity) => severity !== 'warning' || maxWarnings === undefined);
    return failing.some((severity) => this.#found[severity] > 0) ? 1 : 0;
  }

  /** Where the report goes: a patch or a repaired document takes the output for itself. */
  #reports(): ((text: string) => void) | undefined {
    if (this.#request.fixes === 'show') return undefined;
    const documentGoesOut = this.#request.fixes === 'write' && this.#request.stdin !== undefined;
    return documentGoesOut ? (text) => this.#complain(text) : this.#write;
  }

  async #check(target: Target): Promise<FileReport | undefined> {
    const { path } = target;
    if ('problem' in target) return target;
    const uri = URI.file(resolve(path)).toString();
    const project = await this.#projects.of({ document: uri });
    this.#showProblems(project);
    if (!target.named && !project.wants(uri, isWord(path) ? 'docx' : undefined)) return undefined;
    try {
      const content = (await target.read()) ?? { problem: 'There is no such file. Check the path.' };
      return 'problem' in content ? { path, problem: content.problem } : this.#lint(path, content, project);
    } catch (error) {
      if (error instanceof Unwritable) throw error;
      return { path, problem: `Termlint failed here; this is a bug of Termlint. Please report it. ${detail(error)}` };
    }
  }

  #lint(path: string, { source, encoding }: Content, { workspace }: Project): FileReport {
    const unit = source.blocks ? 'paragraph' : 'line';
    if (this.#request.fixes === 'leave' || encoding === undefined) {
      const { findings, failures } = analyze(source, workspace);
      for (const { error } of failures) throw error;
      const unwritten = this.#request.fixes === 'leave' ? undefined : this.#leaveUnwritten(path, findings);
      return unwritten ?? { path, text: source.text, unit, findings, fixed: 0 };
    }
    const { text, analysis, fixed } = applySafeFixes(source, workspace);
    const failure = this.#deliver(path, { text, encoding }, source.text);
    return failure ? { path, ...failure } : { path, text, unit, findings: analysis.findings, fixed };
  }

  /** Says what is not repaired in a document that cannot be written back. */
  #leaveUnwritten(path: string, findings: readonly Finding[]): { path: string; problem: string } | undefined {
    if (this.#request.fixes === 'write' && this.#request.stdin !== undefined)
      return { path, problem: 'A Word document cannot be written back. Leave out --fix, and repair it in Word.' };
    const count = findings.filter(isFixable).length;
    const repairs = count === 1 ? 'its safe repair' : `its ${count} safe repairs`;
    const message = `A Word document cannot be written back: make ${repairs} in Word.`;
    if (count > 0 && !this.#request.quiet) this.#complain(prettyNote(path, message, this.#plain()));
    return undefined;
  }

  /** Writes a repaired text, or shows what would be written. */
  #deliver(path: string, { text, encoding }: { text: string; encoding: Encoding }, before: string) {
    if (text !== before) this.#changes++;
    if (this.#request.fixes === 'show') {
      this.#write(patch(path, before, text));
      return undefined;
    }
    if (this.#request.stdin !== undefined) {
      this.#write(text);
      return undefined;
    }
    return text === before ? undefined : writeText(path, text, encoding);
  }

  #showProblems({ problems }: Project): void {
    for (const { uri, text, problem } of problems) {
      const key = `${uri} ${problem.start} ${problem.message}`;
      if (this.#shown.has(key)) continue;
      this.#shown.add(key);
      if (problem.severity === 'error') this.#broken = true;
      this.#complain(prettyProblem(nameOf(uri), text, problem, this.#plain()));
    }
  }

  #complain(text: string): void {
    this.progress.clear();
    process.stderr.write(text);
  }

  #plain(): PrettyOptions {
    return prettyOptions(this.#request, process.stderr);
  }

  #count(report: FileReport): void {
    this.#files++;
    if ('problem' in report) {
      this.#unreadable++;
      return;
    }
    if (report.findings.length > 0) this.#filesWithFindings++;
    for (const finding of report.findings) this.#found[finding.severity]++;
    if (report.unit === 'line') this.#fixable += report.findings.filter(isFixable).length;
    this.#fixed += report.fixed;
  }

  #summary(): Summary {
    return {
      files: this.#files,
      unreadable: this.#unreadable,
      filesWithFindings: this.#filesWithFindings,
      found: this.#found,
      fixable: this.#fixable,
      fixed: this.#fixed,
      broken: this.#broken,
    };
  }
}

/** Says on a terminal how far long work is, on a line that goes away again. */
class Progress {
  readonly #on: boolean;
  #next = Date.now() + 500;
  #visible = false;

  constructor(quiet: boolean) {
    this.#on = !quiet && process.stderr.isTTY === true;
  }

  show(message: () => string): void {
    if (!this.#on || Date.now() < this.#next) return;
    this.#next = Date.now() + 100;
    this.#visible = true;
    process.stderr.write(`\r\u001B[K${message()}`);
  }

  clear(): void {
    if (this.#visible) process.stderr.write('\r\u001B[K');
    this.#visible = false;
  }
}

interface Output {
  write(text: string): void;
  close(): void;
}

function outputFor({ output }: CheckRequest): Output {
  if (output === undefined) return { write: (text) => process.stdout.write(text), close: () => {} };
  const file = writing(() => openSync(output, 'w'));
  // Not `writeSync`, which may write a part only.
  return { write: (text) => writing(() => writeFileSync(file, text)), close: () => closeSync(file) };
}

function writing<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw new Unwritable(reason(error));
  }
}

function formatFor(request: CheckRequest): Format {
  if (request.format === 'json') return json();
  return pretty(prettyOptions(request, request.output === undefined ? process.stdout : undefined));
}

function prettyOptions({ quiet, failOn, color }: CheckRequest, stream: NodeJS.WriteStream | undefined): PrettyOptions {
  const weakest = failOn === 'never' ? severities.length : severities.indexOf(failOn);
  return {
    colors: colorsFor(color, stream),
    columns: columnsOf(stream),
    shows: (severity) => !quiet || severities.indexOf(severity) <= weakest,
    summary: !quiet,
  };
}

/** What the paths name, in their order, each file once. */
function targetsOf({ paths, output }: CheckRequest, progress: Progress): Target[] {
  const left = paths.filter((path) => path.startsWith('!') && !statusOf(path));
  const isLeft = left.length > 0 ? picomatch(left.map(patternOf), { dot: true }) : () => false;
  const wanted = paths.filter((path) => !left.includes(path));
  const seen = new Set(output === undefined ? [] : [resolve(output)]);
  const targets: Target[] = [];
  let found = 0;
  for (const path of wanted.length > 0 ? wanted : ['.']) {
    const named = targetsAt(path, () => progress.show(() => `Looking for documents: ${++found} folders`));
    for (const target of named) {
      const file = resolve(target.path);
      if (seen.has(file) || (!('problem' in target) && !target.named && isLeft(slashed(relative('.', file))))) continue;
      seen.add(file);
      targets.push(target);
    }
  }
  return targets;
}

function targetsAt(path: string, visited: () => void): Target[] {
  const status = statusOf(path);
  if (status?.isDirectory()) return targetsBelow(path, isReadable, visited);
  if (status || !picomatch.scan(path).isGlob) return [fileTarget(path, true)];
  const targets = targetsMatching(path, visited);
  return targets.length > 0
    ? targets
    : [{ path, problem: 'No file matches this pattern. Check it, and what .gitignore excludes.' }];
}

/** A pattern that names the ending of its files means them whatever their format. */
function targetsMatching(pattern: string, visited: () => void): Target[] {
  const { base, glob } = picomatch.scan(slashed(pattern));
  const matches = picomatch(glob, { dot: true });
  const namesEnding = /\.[^.*?{}[\]()!/]+$|\.\{[^{}/]+\}$/.test(glob);
  return targetsBelow(base || '.', (path) => matches(path) && (namesEnding || isReadable(path)), visited);
}

function targetsBelow(folder: string, wanted: (path: string) => boolean, visited: () => void): Target[] {
  const { files, problems } = filesBelow(folder, wanted, visited);
  return [...problems, ...files.map((file) => fileTarget(file, false))];
}

function fileTarget(path: string, named: boolean): Target {
  return { path, named, read: () => readDocument(path) };
}

/** True for the name of a file that is looked for in folders. */
function isReadable(path: string): boolean {
  return isDocument(path) || isWord(path);
}

function stdinTarget(name: string): Target {
  return { path: name, named: true, read: () => readStandardInput(name) };
}

async function readStandardInput(name: string): Promise<DecodedDocument> {
  try {
    return await decodeDocument(name, readFileSync(0));
  } catch (error) {
    // A terminal that was closed, or no input at all.
    return { problem: reason(error) };
  }
}

function statusOf(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The pattern after `!`; one without a slash means any folder, and one that names a folder all in it. */
function patternOf(excluding: string): string {
  const pattern = slashed(excluding.slice(1)).replace(/^\.\//, '').replace(/\/$/, '');
  const anywhere = pattern.includes('/') ? pattern : `**/${pattern}`;
  return `${anywhere}{,/**}`;
}

/** A unified diff that `patch -p1` and `git apply` understand; nothing if nothing changes. */
function patch(path: string, before: string, after: string): string {
  if (before === after) return '';
  const below = slashed(relative('.', path));
  const outside = isAbsolute(below) || below.startsWith('..');
  const [from, to] = outside ? [path, path] : [`a/${below}`, `b/${below}`];
  return createTwoFilesPatch(from, to, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

/** A file as people call it from here. */
function nameOf(uri: string | undefined): string {
  if (!uri) return 'settings';
  const parsed = URI.parse(uri);
  if (parsed.scheme !== 'file') return uri;
  const below = relative('.', parsed.fsPath);
  return below.startsWith('..') ? parsed.fsPath : join(below);
}

function isFixable(finding: Finding): boolean {
  return finding.fixes.some((fix) => fix.safe);
}

function detail(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
