import type { Document } from './claim';
import { type Block, type Comment, GONE, type Reading, type Source } from './document';
import { commentOf, readSource } from './formats';
import type { Finding } from './rule';
import { rules } from './rules';
import { applyEdits, type Edit, Lines, overlaps, type Span } from './text';

/** The name under which directives that suppress nothing or cannot be read are reported. */
export const DIRECTIVE = 'directive';

/** Which findings the writer does not want to see: comments in the document, and phrases that are allowed everywhere. */
export interface Suppressions {
  /** The findings that are left. */
  readonly kept: readonly Finding[];
  /** Reports about the directives themselves. */
  readonly own: readonly Finding[];
}

/** Sorts out the findings that a directive or an allowed phrase suppresses. */
export function suppress(document: Document, allow: readonly string[], findings: readonly Finding[]): Suppressions {
  const { directives, problems } = readDirectives(document);
  const used = new Set<Directive>();
  const kept = findings.filter((finding) => {
    const by = directives.filter((directive) => silences(directive, finding, document));
    for (const directive of by) used.add(directive);
    return by.length === 0 && !allow.some((phrase) => touches(phrase, finding, document));
  });
  const unused = directives.filter((directive) => directive.verb !== 'enable' && !used.has(directive));
  return { kept, own: [...problems, ...unused.map(unusedFinding)] };
}

/**
 * The directive that suppresses a finding, as edits; none if the format has no comment that can stand there. It is a line of its own where that
 * leaves the document as it is, and else a comment in the line: a line of its own would end a paragraph or a table. In a format whose comments
 * stand between blocks, two directives enclose the lines around. Of places in the line the first is taken at which the directive reads as one.
 */
export function suppression(source: Source, finding: Finding): readonly Edit[] {
  const comment = commentOf(source.format);
  if (!comment) return [];
  const { text } = source;
  const lines = new Lines(text);
  const at = lines.positionAt(finding.start).line;
  const line = lines.line(at);
  const block = readSource(source).blocks.find((each) => overlaps(each, finding));
  const lineBreak = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  const directive = (verb: string) => `${comment.open}termlint-${verb} ${finding.rule}${comment.close}`;
  const above = { start: line.start, end: line.start, text: directive('disable-next-line') + lineBreak };
  if (comment.place === 'own line') return block?.kind === 'cell' ? [] : [above];
  if (comment.place === 'between blocks') {
    const { start, end } = comment.around?.(text, finding) ?? line;
    const indent = /^[ \t]*/.exec(text.slice(start, end))![0];
    const [disable, enable] = [indent + directive('disable'), indent + directive('enable')];
    const after = { start: end, end, text: lineBreak + lineBreak + enable };
    return [{ start, end: start, text: disable + lineBreak + lineBreak }, after];
  }
  const behind = (end: number) => ({ start: end, end, text: ` ${directive('disable-line')}` });
  const lineEnd = line.start + text.slice(line.start, line.end).trimEnd().length;
  const edits: Edit[] = !block || beginsLine(block, line, text) ? [above] : [];
  if (block && comment.place === 'within line') {
    if (block.kind !== 'cell') edits.push(behind(lineEnd));
    edits.push(...endsWithin(block, line, text).map(behind));
  } else edits.push(behind(lineEnd));
  const edit = edits.find((each) => isRead(source, each));
  return edit ? [edit] : [];
}

/** Where what is seen of a block on a line ends: with the marks that close behind it, and with the last character that is written as it reads. */
function endsWithin({ start, end, text }: Block, line: Span, source: string): readonly number[] {
  const limit = Math.min(end, line.end) - start;
  let seen = limit;
  while (seen > 0 && (text[seen - 1] === GONE || /\s/.test(text[seen - 1]!))) seen--;
  let marked = seen;
  while (marked < limit && text[marked] === GONE) marked++;
  while (seen > 0 && (text[seen - 1] !== source[start + seen - 1] || /\s/.test(text[seen - 1]!))) seen--;
  return [end <= line.end ? end : start + marked, start + seen];
}

/** True if a directive that is put in reads as a comment, and all else as before. */
function isRead({ text, format }: Source, edit: Edit): boolean {
  const before = readSource({ text, format });
  const after = readSource({ text: applyEdits(text, [edit]), format });
  const at = edit.start + edit.text.search(/\S/);
  const seen = ({ blocks }: Reading) => blocks.map((block) => block.text.replace(/[\s\u2060]/g, '')).join('\n');
  return after.comments.some(({ start }) => start === at) && seen(before) === seen(after);
}

/** True if a line begins with the block, or is its heading, with no mark of a list, a quotation or a table before it. */
function beginsLine(block: Block, line: Span, text: string): boolean {
  const before = text.slice(line.start, Math.max(line.start, block.start));
  const isHeading = block.kind === 'heading' && !/[\p{L}\p{N}]/u.test(before);
  return block.kind !== 'cell' && block.start >= line.start && (before === '' || isHeading);
}

/* ---------------------------------------------------------------- reading */

interface Directive extends Span {
  readonly verb: 'disable' | 'enable' | 'disable-line' | 'disable-next-line' | 'disable-file';
  readonly rules: readonly string[];
  readonly phrase: string | undefined;
  /** Where it counts; of `disable` and `enable` to the end of the document. */
  readonly scope: Span;
  /** Where an `enable` behind a `disable` turns a rule on again; infinite if none does. */
  readonly endFor: (rule: string) => number;
}

// In a string of JSON, quotation marks are escaped.
const DIRECTIVE_LINE =
  /^termlint-(\S+)((?:[\s,]+[a-z][\w-]*)*)[\s,]*(?:\\?"([^"\\]*)\\?"|“([^”]*)”)?\s*(?:(?:--|—)\s.*)?$/su;
const VERBS: ReadonlySet<string> = new Set(['disable', 'enable', 'disable-line', 'disable-next-line', 'disable-file']);

function readDirectives({ source, reading }: Document): {
  directives: readonly Directive[];
  problems: readonly Finding[];
} {
  const directives: Omit<Directive, 'endFor'>[] = [];
  const problems: Finding[] = [];
  const comments = reading.comments.filter((comment) => /^\s*termlint-/.test(comment.text));
  if (comments.length === 0) return { directives: [], problems };
  const lines = new Lines(source.text);
  for (const comment of comments) {
    const read = readDirective(comment);
    if (typeof read === 'string') problems.push(directiveFinding(comment, read));
    else directives.push({ ...read, scope: scopeOf(read, lines, source.text) });
  }
  const enables = directives.filter(({ verb }) => verb === 'enable');
  const never = () => Number.POSITIVE_INFINITY;
  return {
    directives: directives.map((directive) => ({
      ...directive,
      endFor: directive.verb === 'disable' ? nextEnable(enables, directive.end) : never,
    })),
    problems,
  };
}

/** A directive, or what is wrong with it. */
function readDirective(comment: Comment): Omit<Directive, 'scope' | 'endFor'> | string {
  const match = DIRECTIVE_LINE.exec(comment.text.trim());
  const verb = match?.[1] ?? /termlint-(\S+)/.exec(comment.text)?.[1] ?? '';
  if (!VERBS.has(verb))
    return `"termlint-${verb}" is no directive: use termlint-disable, -enable, -disable-line, -disable-next-line or -disable-file.`;
  if (!match)
    return `This directive cannot be read: write termlint-${verb}, then rule names, then a phrase in quotes, then -- and a reason.`;
  const names = match[2]!.split(/[\s,]+/).filter(Boolean);
  const known = [...rules.map((rule) => rule.name), DIRECTIVE];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) return `"${unknown}" is no rule: the rules are ${known.join(', ')}.`;
  return {
    start: comment.start,
    end: comment.end,
    verb: verb as Directive['verb'],
    rules: names,
    phrase: match[3] ?? match[4],
  };
}

function scopeOf({ verb, end }: Pick<Directive, 'verb' | 'end'>, lines: Lines, text: string): Span {
  const { line } = lines.positionAt(end);
  if (verb === 'disable-file') return { start: 0, end: text.length };
  if (verb === 'disable-line') return lines.line(line);
  if (verb === 'disable-next-line') return lines.line(nextFullLine(lines, line, text));
  return { start: end, end: text.length };
}

/** The next line that is not blank: a comment is often set off by one. */
function nextFullLine(lines: Lines, line: number, text: string): number {
  for (let next = line + 1; next < lines.count; next++) {
    const { start, end } = lines.line(next);
    if (text.slice(start, end).trim() !== '') return next;
  }
  return line + 1;
}

/* ---------------------------------------------------------------- effect */

function silences(
  { verb, rules: names, phrase, scope, endFor }: Directive,
  finding: Finding,
  document: Document,
): boolean {
  if (verb === 'enable' || (names.length > 0 && !names.includes(finding.rule))) return false;
  if (finding.end <= scope.start || finding.start >= Math.min(scope.end, endFor(finding.rule))) return false;
  return phrase === undefined || touches(phrase, finding, document);
}

/** Where the next of some directives `enable`, in the order of the text, turns a rule on again behind a place. */
function nextEnable(enables: readonly Omit<Directive, 'endFor'>[], from: number): (rule: string) => number {
  const known = new Map<string, number>();
  return (rule) => {
    const end =
      known.get(rule) ??
      enables.find(({ start, rules: names }) => start >= from && (names.length === 0 || names.includes(rule)))?.start ??
      Number.POSITIVE_INFINITY;
    known.set(rule, end);
    return end;
  };
}

/** True if a phrase stands in the text so that it shares letters with the finding; letter case makes no difference. */
function touches(phrase: string, finding: Finding, { blocks }: Document): boolean {
  if (phrase === '') return false;
  const wanted = new RegExp(phrase.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'giu');
  // A note or a caption may stand inside another block.
  return blocks.some((block) => overlaps(block, finding) && holds(block, wanted, finding));
}

function holds(block: Block, wanted: RegExp, finding: Finding): boolean {
  for (const { 0: found, index } of block.text.matchAll(wanted))
    if (overlaps({ start: block.start + index, end: block.start + index + found.length }, finding)) return true;
  return false;
}

/* ---------------------------------------------------------------- reports */

function unusedFinding(directive: Directive): Finding {
  const edits = [{ start: directive.start, end: directive.end, text: '' }];
  const fix = { title: 'Remove the directive', edits, safe: false, preferred: true };
  return directiveFinding(directive, 'This directive suppresses nothing: remove it.', [fix]);
}

function directiveFinding({ start, end }: Span, message: string, fixes: Finding['fixes'] = []): Finding {
  const nothing = { related: [], evidence: [], concepts: [] };
  return { start, end, rule: DIRECTIVE, severity: 'information', message, fixes, ...nothing };
}
