import { type Block, type Format, GONE, OBJECT } from './document';
import type { Edit, Span } from './text';

/** A block, and the text and the format that it was read from: what edits that keep the markup need to know. */
export interface Ground {
  readonly source: string;
  readonly block: Block;
  readonly format: Format;
}

/** A span written anew. Markup that reaches out of it stays, markup around what is left out goes. */
export function written(ground: Ground, span: Span, words: string): readonly Edit[] {
  const text = ground.format.escape?.(words) ?? words;
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
  const paired = pairedMarks(ground, all);
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

/** The runs of a span in its order. */
function pieces(ground: Ground, span: Span): readonly Piece[] {
  const { block } = ground;
  const found: { start: number; end: number; kind: Piece['kind'] }[] = [];
  let at = span.start;
  while (at < span.end) {
    const isGone = block.text[at - block.start] === GONE && !isTail(ground, at);
    const end = isGone ? markEnd(ground, at, goneEnd(ground, at, span.end)) : at + 1;
    // Without the words before it, a comment to the end of its line would swallow those behind it.
    const isMark = isGone && !isLineComment(ground, at);
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

function markEnd({ source, format }: Ground, at: number, limit: number): number {
  if (!format.marks) return at + 1;
  const { pattern } = format.marks;
  pattern.lastIndex = at;
  return Math.min(limit, at + (pattern.exec(source)?.[0].length || 1));
}

function isLineComment({ source, format }: Ground, at: number): boolean {
  const comment = format.comment?.(format.languages[0]!);
  return comment?.close === '' && source.startsWith(comment.open.trim(), at);
}

/** True if a blank belongs to what shows before it: a character reference, or a line break and the marks with which the next line begins. */
function isTail(ground: Ground, at: number): boolean {
  const { source, block } = ground;
  if (source[at] === '\r' || source[at] === '\n') return true;
  let from = at;
  while (from > block.start && block.text[from - block.start] === GONE) from--;
  const shown = block.text[from - block.start]!;
  if (shown === GONE || shown === OBJECT) return false;
  if (source[from] !== shown || shown === '\n') return at < writtenEnd(ground, from);
  return shown === '&' && /^&#?\w+;/.test(source.slice(from, from + 32)) && at <= source.indexOf(';', from);
}

/** Where what is written otherwise ends, of which `at` shows; by default it reaches over all that is blank behind it. */
function writtenEnd({ source, block, format }: Ground, at: number): number {
  if (!format.character) return source.length;
  const isWritten = (place: number) => ![source[place], GONE].includes(block.text[place - block.start]);
  let end = at;
  while (end > block.start && isWritten(end - 1)) end--;
  while (end <= at) {
    format.character.lastIndex = end;
    end += format.character.exec(source)?.[0].length || 1;
  }
  return end;
}

/** A span with the rest of what is written otherwise at its end but not at its start, and with the CR of a line break before its LF. */
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
  let first = source[start] === '\n' && source[start - 1] === '\r' ? start - 1 : start;
  while (first > block.start && first < last && block.text[first - block.start] === GONE && isTail(ground, first))
    first++;
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
function pairedMarks({ source, format }: Ground, all: readonly Piece[]): ReadonlySet<Piece> {
  const open: Piece[] = [];
  const paired = new Set<Piece>();
  if (!format.marks) return paired;
  const { closes } = format.marks;
  const written = (piece: Piece) => source.slice(piece.start, piece.end);
  for (const piece of all) {
    if (piece.kind !== 'mark') continue;
    const mark = written(piece);
    const alike = closes(mark, mark);
    const closing = !alike || /\S/.test(source[piece.start - 1] ?? ' ');
    const opener = closing ? open.findLast((other) => closes(mark, written(other))) : undefined;
    if (opener) {
      open.length = open.indexOf(opener);
      paired.add(opener).add(piece);
    } else if (!alike || opensWord(source, piece)) open.push(piece);
  }
  return paired;
}

function opensWord(source: string, { start, end }: Span): boolean {
  return /\S/.test(source[end] ?? ' ') && !/[\p{L}\p{N}]/u.test(source[start - 1] ?? ' ');
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
