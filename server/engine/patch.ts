import { type Block, GONE } from './document';
import type { Edit, Span } from './text';

/** A block and the text that it was read from: what edits that keep the markup need to know. */
export interface Ground {
  readonly source: string;
  readonly block: Block;
}

/** A span written anew. Markup that reaches out of it stays, markup around what is left out goes. */
export function written(ground: Ground, span: Span, text: string): readonly Edit[] {
  const whole = withTail(ground, span);
  const first = pieces(ground, whole).find((piece) => piece.kind === 'visible');
  if (!first) return [{ start: span.start, end: span.start, text }];
  return [{ start: first.start, end: first.end, text }, ...removed(ground, { start: first.end, end: whole.end })];
}

/** A span taken out, with the markup that opens and closes around what is taken out; other markup stays. */
export function removed(ground: Ground, span: Span): readonly Edit[] {
  if (span.start >= span.end) return [];
  const whole = withTail(ground, span);
  const around = withMarkupAround(ground, whole);
  const all = pieces(ground, around);
  const paired = pairedMarks(ground.source, all);
  const gone = all.filter((piece) =>
    piece.kind === 'mark' ? paired.has(piece) : whole.start <= piece.start && piece.end <= whole.end,
  );
  return joined(gone).map((piece) => ({ ...piece, text: '' }));
}

/* ---------------------------------------------------------------- pieces */

/** A run of a span: what shows, with the rest of character references and of line starts, or one mark of markup. */
interface Piece extends Span {
  readonly kind: 'visible' | 'mark';
}

const MARK = /\[\^[^\]\n]*\]|\*+|_+|~+|\]\([^)\n]*\)|\]\[[^\]\n]*\]|\[|\]|<[^>\n]*>|[\s\S]/gy;

/** The runs of a span in its order. */
function pieces({ source, block }: Ground, span: Span): readonly Piece[] {
  const found: { start: number; end: number; kind: Piece['kind'] }[] = [];
  let at = span.start;
  while (at < span.end) {
    const isMark = block.text[at - block.start] === GONE && !isTail({ source, block }, at);
    const end = isMark ? markEnd(source, at, goneEnd({ source, block }, at, span.end)) : at + 1;
    const last = found.at(-1);
    if (!isMark && last?.kind === 'visible' && last.end === at) last.end = end;
    else found.push({ start: at, end, kind: isMark ? 'mark' : 'visible' });
    at = end;
  }
  return found;
}

function goneEnd({ block }: Ground, at: number, limit: number): number {
  let end = at;
  while (end < limit && block.text[end - block.start] === GONE) end++;
  return end;
}

function markEnd(source: string, at: number, limit: number): number {
  MARK.lastIndex = at;
  return Math.min(limit, at + (MARK.exec(source)?.[0].length ?? 1));
}

/** True if a blank belongs to what shows before it: a character reference, or a line break and the marks with which the next line begins. */
function isTail({ source, block }: Ground, at: number): boolean {
  if (source[at] === '\r' || source[at] === '\n') return true;
  let from = at;
  while (from > block.start && block.text[from - block.start] === GONE) from--;
  if (block.text[from - block.start] === GONE) return false;
  const shown = source[from];
  return (
    shown === '\n' ||
    shown === '\r' ||
    (shown === '&' && block.text[from - block.start] !== '&') ||
    (shown === '&' && /^&#?\w+;/.test(source.slice(from, from + 32)) && at <= source.indexOf(';', from))
  );
}

/** A span with the rest of the character reference at its end, and with the CR of a line break before its LF. */
function withTail(ground: Ground, { start, end }: Span): Span {
  let last = end;
  const { block, source } = ground;
  while (
    last < block.end &&
    block.text[last - block.start] === GONE &&
    isTail(ground, last) &&
    source[last - 1] !== ';' &&
    !/[\r\n]/.test(source[last - 1]! + source[last]!)
  )
    last++;
  const first = source[start] === '\n' && source[start - 1] === '\r' ? start - 1 : start;
  return { start: first, end: last };
}

/** A span with the marks that stand directly before and behind it. */
function withMarkupAround(ground: Ground, { start, end }: Span): Span {
  const { block } = ground;
  const isMark = (at: number) =>
    at >= block.start && at < block.end && block.text[at - block.start] === GONE && !isTail(ground, at);
  let [first, last] = [start, end];
  while (isMark(first - 1)) first--;
  while (isMark(last)) last++;
  return { start: first, end: last };
}

/* ---------------------------------------------------------------- marks */

/** Marks that open and close within the pieces, by their shape and by what stands beside them (CommonMark's flanking rules, roughly). */
function pairedMarks(source: string, all: readonly Piece[]): ReadonlySet<Piece> {
  const open: Piece[] = [];
  const paired = new Set<Piece>();
  for (const piece of all) {
    if (piece.kind !== 'mark') continue;
    const opener = canClose(source, piece) ? open.findLast((other) => closes(source, piece, other)) : undefined;
    if (opener) {
      open.length = open.indexOf(opener);
      paired.add(opener).add(piece);
    } else if (canOpen(source, piece)) open.push(piece);
  }
  return paired;
}

function closes(source: string, closer: Piece, opener: Piece): boolean {
  const [a, b] = [source.slice(opener.start, opener.end), source.slice(closer.start, closer.end)];
  if (a === '[') return b.startsWith(']');
  if (a.startsWith('<')) return b === `</${/^<([\w-]+)/.exec(a)?.[1]}>`;
  return a === b && /^[*_~]/.test(a);
}

function canOpen(source: string, { start, end }: Piece): boolean {
  const mark = source.slice(start, end);
  if (!/^[*_~]/.test(mark)) return mark === '[' || /^<\w/.test(mark);
  return /\S/.test(source[end] ?? ' ') && !/[\p{L}\p{N}]/u.test(source[start - 1] ?? ' ');
}

function canClose(source: string, { start, end }: Piece): boolean {
  const mark = source.slice(start, end);
  if (!/^[*_~]/.test(mark)) return mark.startsWith(']') || mark.startsWith('</');
  return /\S/.test(source[start - 1] ?? ' ');
}

/** Neighboring pieces as one. */
function joined(all: readonly Span[]): readonly Span[] {
  const found: { start: number; end: number }[] = [];
  for (const { start, end } of all) {
    const last = found.at(-1);
    if (last?.end === start) last.end = end;
    else found.push({ start, end });
  }
  return found;
}
