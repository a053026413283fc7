import { version } from '../package.json';
import { type Edit, type Finding, Lines, type Problem, type Severity, type Span } from './engine';
import { type Colors, excerpt, harmless } from './terminal';

/** What became of one file. */
export type FileReport = { readonly path: string; readonly problem: string } | DocumentReport;

/** What was found in a document. */
export interface DocumentReport {
  readonly path: string;
  readonly text: string;
  /** What a line of the text is to people. A document whose lines are paragraphs cannot be written back. */
  readonly unit: Unit;
  readonly findings: readonly Finding[];
  /** How many findings are gone because of `--fix`. */
  readonly fixed: number;
}

type Unit = 'line' | 'paragraph';

/** What was counted over all files. */
export interface Summary {
  readonly files: number;
  readonly unreadable: number;
  readonly filesWithFindings: number;
  readonly found: Readonly<Record<Severity, number>>;
  readonly fixable: number;
  readonly fixed: number;
  /** True if settings or a glossary had errors, so that not all was looked for. */
  readonly broken: boolean;
}

/** Writes a report piece by piece, so that none of it has to be kept. */
export interface Format {
  begin(): string;
  file(report: FileReport): string;
  end(summary: Summary): string;
}

export interface PrettyOptions {
  readonly colors: Colors;
  readonly columns: number;
  /** The findings to show; all are counted. */
  readonly shows: (severity: Severity) => boolean;
  readonly summary: boolean;
}

/** The severities, strongest first. */
export const severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** For people: each finding with its line, and what can be done. */
export function pretty(options: PrettyOptions): Format {
  return {
    begin: () => '',
    file: (report) => ('problem' in report ? '' : prettyFile(report, options)),
    end: (summary) => (options.summary ? `${summaryLine(summary, options.colors)}\n` : ''),
  };
}

/** For programs: one object, a line for each file. Places count from 1, offsets from 0, both in UTF-16 code units of the text. */
export function json(): Format {
  let files = 0;
  return {
    begin: () => `{"version":${JSON.stringify(version)},"files":[`,
    file: (report) => `${files++ === 0 ? '\n' : ',\n'}${JSON.stringify(jsonFile(report))}`,
    end: (summary) => `${files === 0 ? '' : '\n'}],"summary":${JSON.stringify(jsonSummary(summary))}}\n`,
  };
}

/** A problem of a settings file or a glossary, with its line. */
export function prettyProblem(path: string, text: string, problem: Problem, options: PrettyOptions): string {
  const { severity, message } = problem;
  const heading = {
    path,
    lines: new Lines(text),
    text,
    unit: 'line',
    span: problem,
    severity,
    label: '',
    message,
  } as const;
  return `${block(heading, options)}\n`;
}

/** Why something could not be read, on one line. */
export function prettyFailure(path: string, problem: string, { colors }: PrettyOptions): string {
  return `${harmless(path)}  ${severityIn(colors, 'error')}  ${harmless(problem)}\n`;
}

/** What there is to say of a file that is no reason to fail, on one line. */
export function prettyNote(path: string, message: string, { colors }: PrettyOptions): string {
  return `${harmless(path)}  ${severityIn(colors, 'information')}  ${harmless(message)}\n`;
}

interface Block {
  readonly path: string;
  readonly lines: Lines;
  readonly text: string;
  readonly unit: Unit;
  readonly span: Span;
  readonly severity: Severity;
  readonly label: string;
  readonly message: string;
}

/** At most so many lines of one finding are shown. */
const LINES_SHOWN = 3;

function prettyFile(report: DocumentReport, options: PrettyOptions): string {
  const { path, text, unit } = report;
  const findings = report.findings.filter((finding) => options.shows(finding.severity));
  if (findings.length === 0) return '';
  const lines = new Lines(text);
  const blocks = findings.map((finding) => {
    const { severity, message, rule: label } = finding;
    const about = [
      ...finding.related.map(({ start, message }) => `see ${placeIn({ lines, text, unit }, start)}: ${message}`),
      ...finding.evidence.map(because),
      ...finding.fixes.map((fix) => fixLine(fix, unit)),
    ];
    const dimmed = about.map((line) => `  ${options.colors.dim(harmless(line))}\n`).join('');
    return `${block({ path, lines, text, unit, span: finding, severity, label, message }, options)}${dimmed}\n`;
  });
  return blocks.join('');
}

/** The place, the message, and the lines of the span with carets below. */
function block({ path, span, severity, label, message, ...ground }: Block, options: PrettyOptions): string {
  const { colors } = options;
  const { lines, text, unit } = ground;
  const separator = unit === 'line' ? ':' : ': ';
  const place = colors.underline(`${harmless(path)}${separator}${placeIn(ground, span.start)}`);
  const heading = [place, severityIn(colors, severity), colors.dim(label)].filter((part) => part !== '').join('  ');
  return `${heading}\n  ${harmless(message)}\n${quotation(lines, text, span, severity, options)}`;
}

function quotation(lines: Lines, text: string, span: Span, severity: Severity, options: PrettyOptions): string {
  if (text === '') return '';
  const first = lines.positionAt(span.start).line;
  const last = Math.max(first, lines.positionAt(Math.max(span.start, span.end - 1)).line);
  const end = Math.min(last, first + LINES_SHOWN - 1);
  const gutter = Math.max(4, String(end + 1).length + 2);
  const margin = options.colors.dim(`${' '.repeat(gutter)} | `);
  let shown = '';
  for (let index = first; index <= end; index++) {
    const number = options.colors.dim(`${String(index + 1).padStart(gutter)} | `);
    const part = lineExcerpt(lines, text, span, index, options.columns - gutter - 3);
    const carets = colorOf(options.colors, severity)('^'.repeat(part.width));
    shown += `${number}${part.text}`.trimEnd();
    shown += `\n${margin}${' '.repeat(part.column)}${carets}\n`;
  }
  return end < last ? `${shown}${margin}…\n` : shown;
}

function lineExcerpt(lines: Lines, text: string, span: Span, index: number, columns: number) {
  const line = lines.line(index);
  // A byte order mark is no part of the line that people see.
  const start = text.startsWith('\uFEFF', line.start) ? line.start + 1 : line.start;
  const inLine = (offset: number) => Math.max(0, Math.min(offset, line.end) - start);
  return excerpt(text.slice(start, line.end), { start: inLine(span.start), end: inLine(span.end) }, columns);
}

/** A place as people look for it: `3:5`, or `paragraph 3`. */
function placeIn({ lines, text, unit }: Pick<Block, 'lines' | 'text' | 'unit'>, offset: number): string {
  const { line, column } = placeOf(lines, text, offset);
  return unit === 'line' ? `${line}:${column}` : `${unit} ${line}`;
}

function because(evidence: string): string {
  return `because: ${evidence}`;
}

function fixLine({ title, safe }: Finding['fixes'][number], unit: Unit): string {
  return `fix: ${title}${safe && unit === 'line' ? ' (--fix)' : ''}`;
}

/** Line and column as editors show them: from 1, without the byte order mark, which no editor counts. */
function placeOf(lines: Lines, text: string, offset: number): { line: number; column: number } {
  const { line, character } = lines.positionAt(offset);
  const mark = line === 0 && character > 0 && text.startsWith('\uFEFF') ? 1 : 0;
  return { line: line + 1, column: character + 1 - mark };
}

function severityIn(colors: Colors, severity: Severity): string {
  return colorOf(colors, severity)(severity);
}

function colorOf(colors: Colors, severity: Severity): (text: string) => string {
  return { error: colors.red, warning: colors.yellow, information: colors.blue, hint: colors.dim }[severity];
}

function summaryLine(summary: Summary, colors: Colors): string {
  const { files, unreadable, filesWithFindings, found, fixable, fixed, broken } = summary;
  const counts = severities.flatMap((severity) => (found[severity] > 0 ? [counted(found[severity], severity)] : []));
  const read = counted(files - unreadable, 'file');
  const where =
    counts.length > 0 ? `${counts.join(', ')} in ${filesWithFindings} of ${read}` : `Nothing found in ${read}`;
  const parts = [where];
  if (fixed > 0) parts.push(`${fixed} fixed`);
  if (fixable > 0) parts.push(`${fixable} fixable with --fix`);
  if (unreadable > 0) parts.push(`${unreadable} could not be read`);
  if (broken) parts.push('but settings or a glossary have errors');
  return colors.bold(parts.join(', '));
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 || noun === 'information' ? '' : 's'}`;
}

function jsonFile(report: FileReport): unknown {
  if ('problem' in report) return { path: report.path, findings: [], problem: report.problem };
  const { path, text, findings } = report;
  if (findings.length === 0) return { path, findings };
  const lines = new Lines(text);
  return { path, findings: findings.map((finding) => jsonFinding(finding, lines, text)) };
}

function jsonFinding(finding: Finding, lines: Lines, text: string): unknown {
  const { rule, severity, message, start, end, concepts, evidence } = finding;
  const first = placeOf(lines, text, start);
  const last = placeOf(lines, text, end);
  return {
    rule,
    severity,
    message,
    start,
    end,
    line: first.line,
    column: first.column,
    endLine: last.line,
    endColumn: last.column,
    concepts,
    related: finding.related.map((related) => ({
      start: related.start,
      end: related.end,
      ...placeOf(lines, text, related.start),
      message: related.message,
    })),
    evidence,
    fixes: finding.fixes.map(({ title, safe, preferred, edits }) => ({
      title,
      safe,
      preferred,
      edits: inOrder(edits),
    })),
  };
}

/** The edits in the order of the text, none of which touches another: what is inserted before a replacement is part of it. */
function inOrder(edits: readonly Edit[]): readonly Edit[] {
  const ordered: Edit[] = [];
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const before = ordered.at(-1);
    const isInserted = before?.start === start && before.end === start;
    if (isInserted) ordered.pop();
    ordered.push({ start, end, text: isInserted ? before.text + text : text });
  }
  return ordered;
}

function jsonSummary({ files, found }: Summary): unknown {
  const { error: errors, warning: warnings, information, hint: hints } = found;
  return { files, errors, warnings, information, hints };
}
