import type { Block } from '../document';
import { type Edit, Lines, overlaps, type Span } from '../text';
import { growth, lineAbove, lineAt, titleEdits } from './layout';
import { isBottomBorder, isGridBorder, isSimpleBorder } from './rst-table';

/**
 * The lines around a place that a comment must not divide: a comment in a table, a list or the content of a directive
 * would end it, and one before a literal block make that a quotation.
 */
export function linesAround(text: string, place: Span): Span {
  const lines = new Lines(text);
  const written = (line: number) => text.slice(lines.line(line).start, lines.line(line).end).trimEnd();
  let first = lines.positionAt(place.start).line;
  let last = lines.positionAt(place.end).line;
  while (first > 0 && !mayDivide(written, first)) first--;
  while (last + 1 < lines.count && !mayDivide(written, last + 1)) last++;
  while (last > first && written(last) === '') last--;
  return { start: lines.line(first).start, end: lines.line(last).end };
}

/**
 * The edits of a repair with those that the layout around them needs: the lines below and above a title are at least as
 * long as it, and the borders of a table stand below each other. `undefined` if a cell has not the room.
 */
export function relaid(text: string, edits: readonly Edit[], blocks: readonly Block[]): readonly Edit[] | undefined {
  const result = [...edits];
  const done = new Set<number>();
  for (const edit of edits) {
    const line = lineAt(text, edit.start);
    if (done.has(line.start)) continue;
    done.add(line.start);
    const own = edits.filter(({ start }) => start >= line.start && start <= line.end);
    const more = blocks.some((block) => block.kind === 'heading' && overlaps(block, line))
      ? titleEdits(text, line, own, 'at least')
      : tableEdits(text, line, own);
    if (!more) return undefined;
    result.push(...more);
  }
  return result;
}

function tableEdits(text: string, line: Span, edits: readonly Edit[]): readonly Edit[] | undefined {
  const borders = bordersOf(text, line);
  if (!borders) return [];
  return edits.some((edit) => edit.end > line.end) ? undefined : cellEdits(text, borders, edits);
}

/* ---------------------------------------------------------------- comments */

const LIST_MARK = /^(?:[-*+•‣⁃]|\(?(?:#|\d{1,9}|[a-zA-Z]|[ivxlcdmIVXLCDM]{2,12})[.)])(?: |$)/;

/** True if a comment above a line divides nothing. */
function mayDivide(written: (line: number) => string, line: number): boolean {
  const own = written(line);
  if (own === '' || /^\s/.test(own) || (line > 0 && written(line - 1) !== '')) return false;
  let before = line - 1;
  while (before >= 0 && written(before) === '') before--;
  if (before < 0) return true;
  if (written(before).endsWith('::') && /^[!-/:-@[-`{-~]/.test(own)) return false;
  while (before > 0 && /^(?:\s|$)/.test(written(before))) before--;
  return !(LIST_MARK.test(own) && LIST_MARK.test(written(before)));
}

/* ---------------------------------------------------------------- tables */

/** Where the cells of a line end: at a bar, or where the next column of a simple table begins, behind some space. */
interface Border {
  readonly at: number;
  /** How many spaces have to stand before it. */
  readonly margin: number;
}

/** Keeps the borders behind the cells of a line where they are. */
function cellEdits(text: string, borders: readonly Border[], edits: readonly Edit[]): readonly Edit[] | undefined {
  const result: Edit[] = [];
  let from = Number.NEGATIVE_INFINITY;
  for (const { at, margin } of borders) {
    const own = edits.filter((edit) => edit.start >= from && edit.start < at);
    if (own.some((edit) => edit.end > at)) return undefined;
    const by = growth(own);
    let room = 0;
    while (text[at - 1 - room] === ' ') room++;
    if (by > room - margin) return undefined;
    if (by > 0) result.push({ start: at - by, end: at, text: '' });
    if (by < 0) result.push({ start: at, end: at, text: ' '.repeat(-by) });
    from = at;
  }
  return result;
}

/** The borders of a line in a table that is drawn; `undefined` if it is in none. */
function bordersOf(text: string, line: Span): readonly Border[] | undefined {
  const written = text.slice(line.start, line.end).trim();
  return written.startsWith('|') && written.endsWith('|') ? gridBorders(text, line) : simpleBorders(text, line);
}

/** The bars of a line that stand below a plus sign of a border above. */
function gridBorders(text: string, line: Span): readonly Border[] | undefined {
  const columns = new Set<number>();
  let top = '';
  for (const above of linesAbove(text, line)) {
    const written = text.slice(above.start, above.end);
    if (!/^\s*[+|]/.test(written)) break;
    top = written.trim();
    for (const sign of written.matchAll(/\+/g)) columns.add(sign.index);
  }
  if (!isGridBorder(top)) return undefined;
  const bars = [...text.slice(line.start, line.end).matchAll(/\|/g)].filter((bar) => columns.has(bar.index));
  return bars.map((bar) => ({ at: line.start + bar.index, margin: 0 }));
}

/** How far above a line the border of its simple table is looked for. */
const FARTHEST = 500;

/** The columns that begin in a line, by the next border above it. The last column has no end. */
function simpleBorders(text: string, line: Span): readonly Border[] | undefined {
  let isBlankBelow = false;
  let count = 0;
  for (const above of linesAbove(text, line)) {
    const written = text.slice(above.start, above.end).trimEnd();
    if (isSimpleBorder(written.trim())) {
      if (isBlankBelow) return undefined;
      const gaps = [...written.trim().matchAll(/(?<==) +(?==)/g)];
      const left = written.length - written.trim().length;
      return gaps
        .map((gap) => ({ at: line.start + left + gap.index + gap[0].length, margin: gap[0].length }))
        .filter(({ at }) => at <= line.end && text[at - 1] === ' ');
    }
    if (isBottomBorder(written.trim()) || ++count > FARTHEST) return undefined;
    isBlankBelow = written === '';
  }
  return undefined;
}

function* linesAbove(text: string, line: Span): Iterable<Span> {
  for (let above = lineAbove(text, line); above; above = lineAbove(text, above)) yield above;
}
