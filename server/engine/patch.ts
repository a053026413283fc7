import type { Document } from './claim';
import { type Block, type Format, GONE, OBJECT } from './document';
import { formatFor, readSource } from './formats';
import { applyEdits, type Edit, type Span } from './text';

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

/**
 * The edits of a repair with those that the layout of the format needs as well; `undefined` if there is no room for them, or if the document
 * would not read as it should afterwards.
 */
export function fitted(document: Document, edits: readonly Edit[]): readonly Edit[] | undefined {
  const { source, blocks } = document;
  const { relaid } = formatFor(source);
  const all = relaid ? relaid(source.text, edits, blocks) : edits;
  if (!all || (touchesMarkup(edits, document) && !keepsMarkup(edits, all, document))) return undefined;
  return all;
}

/** True if edits change words that a link goes by, or take out where it goes: then nobody can say that they are safe. */
export function touchesLink(document: Document, edits: readonly Edit[]): boolean {
  return edits.some((edit) => isLabel(document.source.text, edit) || cutsLink(document, edit));
}

/* ---------------------------------------------------------------- what repairs must keep */

/** True for the words of a link that are also what it refers to: `[term]`, `` `term`_ ``, `[[term]]`. */
function isLabel(text: string, { start, end }: Edit): boolean {
  const [before, after] = [text.slice(Math.max(0, start - 1), start), text.slice(end, end + 2)];
  return (before === '[' && /^[\]|]/.test(after) && after !== '](') || (before === '`' && after === '`_');
}

/** True if an edit takes out the target of a link. */
function cutsLink({ source, blocks }: Document, { start, end }: Edit): boolean {
  const text = source.text.slice(start, end);
  if (!/[:/]/.test(text)) return false;
  return blocks.some(
    (block) =>
      block.start <= start &&
      end <= block.end &&
      block.text.slice(start - block.start, end - block.start).includes(GONE),
  );
}

/** True if an edit stands in a title, over a line break, or beside or over something that does not show as it is written. */
function touchesMarkup(edits: readonly Edit[], { source, blocks }: Document): boolean {
  return blocks.some((block) =>
    edits.some((edit) => {
      if (edit.end < block.start || edit.start > block.end) return false;
      const [from, to] = [Math.max(block.start, edit.start - 1), Math.min(block.end, edit.end + 1)];
      const shown = block.text.slice(from - block.start, to - block.start);
      return block.kind === 'heading' || shown !== source.text.slice(from, to);
    }),
  );
}

/** True if a document that is repaired reads as it should: the same blocks, with the words that the edits put or leave there, and no others. */
function keepsMarkup(words: readonly Edit[], edits: readonly Edit[], { source, blocks, reading }: Document): boolean {
  if (source.blocks) return true;
  const after = readSource({ ...source, text: applyEdits(source.text, edits) }, { source, reading }).blocks;
  return (
    after.length === blocks.length &&
    blocks.every((block, at) => {
      const { kind, level, text } = after[at]!;
      return kind === block.kind && level === block.level && seenOf(text) === seenOf(editedText(block, words));
    })
  );
}

/** What shows of a block when edits are made. */
function editedText({ start, end, text }: Block, edits: readonly Edit[]): string {
  // What is edited in a caption or a note within the block shows there and not here.
  const shows = (from: number, to: number) => /[^\u2060\uFFFC]/.test(text.slice(Math.max(0, from - start), to - start));
  const isOwn = (edit: Edit) =>
    edit.end > edit.start ? shows(edit.start, edit.end) : shows(edit.start - 1, edit.end + 1);
  const own = edits.filter((edit) => edit.start >= start && edit.end <= end && isOwn(edit));
  return applyEdits(
    text,
    own.map((edit) => ({ start: edit.start - start, end: edit.end - start, text: edit.text })),
  );
}

/** What can be seen of a text, apart from white space and what only escapes. */
function seenOf(text: string): string {
  return text.replace(/[\s\u2060\\{}]/g, '');
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
    const isBlank = block.text[at - block.start] === GONE;
    // A tag that shows, such as that of a quotation, has its partner all the same.
    const tagEnd = !isBlank && ground.source[at] === '<' ? characterEnd(ground, at) : undefined;
    const isGone = tagEnd !== undefined || (isBlank && !isTail(ground, at));
    const blankEnd = () => markEnd(ground, at, goneEnd(ground, at, span.end));
    const end = isGone ? Math.min(span.end, tagEnd ?? blankEnd()) : at + 1;
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
  const from = shownBefore(ground, at);
  const shown = block.text[from - block.start]!;
  if (shown === GONE || shown === OBJECT) return false;
  const end = characterEnd(ground, from);
  return end === undefined ? source[from] !== shown || shown === '\n' : at < end;
}

/** Where the last character at or before an offset is that shows. */
function shownBefore({ block }: Ground, at: number): number {
  let from = at;
  while (from > block.start && block.text[from - block.start] === GONE) from--;
  return from;
}

const REFERENCE = /&#?\w{1,31};/y;

/** Where a character ends that is written as several; `undefined` if it is written as it shows, or as no such character. */
function characterEnd({ source, block, format }: Ground, at: number): number | undefined {
  const shows = (place: number) => block.text[place - block.start]!;
  if (source[at] === shows(at) && !/[&\n]/.test(shows(at))) return undefined;
  const written = format.marks?.character ?? REFERENCE;
  // Such characters may stand next to each other, or show in two code units: they are read from the first of them on.
  let end = at;
  while (end > block.start && shows(end - 1) !== source[end - 1] && shows(end - 1) !== GONE) end--;
  while (end <= at) {
    written.lastIndex = end;
    const length = written.exec(source)?.[0].length;
    if (!length && end === at) return undefined;
    end += length || 1;
  }
  return end;
}

/** A span with the rest of the character at its end, and with the CR of a line break before its LF, but without the rest of the one before it. */
function withTail(ground: Ground, { start, end }: Span): Span {
  const { block, source } = ground;
  const isBlank = (at: number) => at < block.end && block.text[at - block.start] === GONE;
  const isBroken = (at: number) => /[\r\n]/.test(source[at - 1]! + source[at]!);
  const written = isBlank(end) && !isBroken(end) ? characterEnd(ground, shownBefore(ground, end)) : undefined;
  let last = written === undefined ? end : Math.max(end, Math.min(written, block.end));
  if (written === undefined) while (isBlank(last) && isTail(ground, last) && !isBroken(last)) last++;
  if (source[start] === '\n' && source[start - 1] === '\r') return { start: start - 1, end: last };
  const before = isBlank(start) ? characterEnd(ground, shownBefore(ground, start)) : undefined;
  return { start: Math.min(last, Math.max(start, before ?? start)), end: last };
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
