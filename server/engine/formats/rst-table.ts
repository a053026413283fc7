import { type Block, type Comment, GONE } from '../document';
import type { Span } from '../text';
import { blanks, isSpace, movedBlock } from './prose';

/** A cell of a table: the parts of its lines, which other cells may stand between. */
export interface TableCell {
  /** 0 in the header. */
  readonly row: number;
  readonly column: number;
  readonly parts: Span[];
}

/** True for the line above a grid table, such as `+---+---+`. */
export function isGridBorder(line: string): boolean {
  return /^\+-[-+]*-\+$/.test(line);
}

/** True for a line above, in or below a simple table, such as `===  ===`. */
export function isSimpleBorder(line: string): boolean {
  return /^=+(?: +=+)+$/.test(line);
}

/** True for a line below a row of a simple table, which may join all its columns. */
export function isBottomBorder(line: string): boolean {
  return /^=[= ]*$/.test(line);
}

/** The cells of a grid table by the row in which they begin. `lines` are whole, from the left border on. */
export function gridCells(text: string, lines: readonly Span[]): readonly TableCell[] {
  const written = lines.map(({ start, end }) => text.slice(start, end));
  const borders = gridColumns(written);
  const headerEnd = written.findIndex((line) => /^\+[=+]+\+$/.test(line));
  const cells = new Cells();
  let row = headerEnd < 0 ? 0 : -1;
  written.forEach((line, index) => {
    const { start } = lines[index]!;
    const parts = gridParts(line, bordersOf(line, borders, written[0]!.length));
    if (parts.some((part) => part.isRule)) row++;
    for (const { column, from, to, isRule } of parts) {
      if (isRule) cells.close(column);
      else cells.add({ row: index < headerEnd ? 0 : row, column }, { start: start + from, end: start + to });
    }
  });
  return cells.all;
}

/** The cells of a simple table; `lines` have their indentation left out, and the first and last are its borders. */
export function simpleCells(text: string, lines: readonly Span[]): readonly TableCell[] {
  const written = lines.map(({ start, end }) => text.slice(start, end));
  const xs = [...written[0]!.matchAll(/=+/g)].map((border) => border.index);
  const inner = written.slice(0, -1);
  const headerEnd = inner.findIndex((line, index) => index > 0 && isBottomBorder(line));
  const cells = new Cells();
  let row = 0;
  for (let index = 1; index < inner.length; index++) {
    const line = inner[index]!;
    const isRule = isSpanRule(line) || isBottomBorder(line);
    // A blank first cell goes on with the row above.
    if (isRule || line.slice(0, xs[1]).trim() !== '') cells.closeAll();
    if (isRule || line === '') continue;
    if (cells.allClosed && index > headerEnd) row++;
    const { start } = lines[index]!;
    for (const { column, from, to } of simpleParts(line, inner[index + 1] ?? '', xs)) {
      const place = { row: index < headerEnd ? 0 : row, column };
      if (line.slice(from, to).trim() !== '') cells.add(place, { start: start + from, end: start + to }, index);
    }
  }
  return cells.all;
}

/** The cells of a table, put together line by line. */
class Cells {
  readonly all: TableCell[] = [];
  /** By column: the cell that goes on there, and the line that was last added to it. */
  #open: ({ readonly cell: TableCell; line: number } | undefined)[] = [];

  get allClosed(): boolean {
    return this.#open.length === 0;
  }

  /** Adds a part of a line. If lines are numbered, an empty part stands for those that are left out. */
  add(place: Pick<TableCell, 'row' | 'column'>, part: Span, line = 0): void {
    let open = this.#open[place.column];
    if (!open) {
      open = { cell: { ...place, parts: [] }, line };
      this.#open[place.column] = open;
      this.all.push(open.cell);
    }
    const { parts } = open.cell;
    if (line > open.line + 1) parts.push({ start: parts.at(-1)!.end, end: parts.at(-1)!.end });
    parts.push(part);
    open.line = line;
  }

  close(column: number): void {
    this.#open[column] = undefined;
  }

  closeAll(): void {
    this.#open = [];
  }
}

/** A part of a line that belongs to one cell, or to the border below one. */
interface LinePart {
  readonly column: number;
  readonly from: number;
  readonly to: number;
  readonly isRule?: boolean;
}

/** The parts of a line of a grid table. A cell that reaches over a border has no bar there. */
function gridParts(line: string, xs: readonly number[]): readonly LinePart[] {
  const parts: LinePart[] = [];
  for (let column = 0; column + 1 < xs.length && xs[column]! < line.length; ) {
    const rule = isRule(line, xs[column]!, xs[column + 1]! + 1);
    let next = column + 1;
    while (!rule && next + 1 < xs.length && xs[next]! < line.length && !'|+'.includes(line[xs[next]!]!)) next++;
    parts.push({ column, from: xs[column]! + 1, to: Math.min(line.length, xs[next]!), isRule: rule });
    column = next;
  }
  return parts;
}

/** The parts of a line of a simple table. A cell of more than one column reaches over the space between them, and a rule below shows it. */
function simpleParts(line: string, below: string, xs: readonly number[]): readonly LinePart[] {
  const ruled = isSpanRule(below) || isBottomBorder(below);
  const parts: LinePart[] = [];
  let column = 0;
  for (let next = 1; xs[column]! < line.length; next++) {
    const x = next < xs.length ? xs[next]! : line.length;
    const isBorder = x >= line.length || (line[x - 1] === ' ' && (!ruled || below[x - 1] === ' '));
    if (!isBorder) continue;
    parts.push({ column, from: xs[column]!, to: Math.min(x, line.length) });
    if (next >= xs.length) break;
    column = next;
  }
  return parts;
}

/** How the values of a `csv-table` are written. */
export interface CsvMarks {
  readonly delimiter: string;
  readonly quote: string;
}

/** A value of a `csv-table`; in a quoted one a doubled quotation mark stands for one. */
export interface CsvCell extends Span {
  readonly row: number;
  readonly column: number;
  readonly quoted: boolean;
}

/** The values of a text of comma-separated values. */
export function csvCells(text: string, { start, end }: Span, { delimiter, quote }: CsvMarks): readonly CsvCell[] {
  const cells: CsvCell[] = [];
  let row = 0;
  let column = 0;
  for (let at = start; at < end; ) {
    while (at < end && (text[at] === ' ' || (text[at] === '\t' && delimiter !== '\t'))) at++;
    if (text[at] === '\n' && column === 0) {
      at++;
      continue;
    }
    const quoted = text[at] === quote && at < end;
    const from = quoted ? at + 1 : at;
    const close = quoted ? quoteEnd(text, from, { end, quote }) : from;
    at = close;
    while (at < end && text[at] !== delimiter && text[at] !== '\n') at++;
    cells.push({ row, column: column++, start: from, end: quoted ? close : at, quoted });
    if (at >= end || text[at] === '\n') {
      row++;
      column = 0;
    }
    at++;
  }
  return cells;
}

function quoteEnd(text: string, from: number, { end, quote }: { end: number; quote: string }): number {
  for (let at = from; at < end; at++) {
    if (text[at] !== quote) continue;
    if (text[at + 1] !== quote) return at;
    at++;
  }
  return end;
}

/** Where columns of a grid may begin and end: below each plus sign of a border. */
function gridColumns(lines: readonly string[]): readonly number[] {
  const columns = new Set<number>();
  for (const line of lines) {
    for (const border of line.matchAll(/\+(?:[-=]+\+)+/g)) {
      for (let at = border[0].indexOf('+'); at >= 0; at = border[0].indexOf('+', at + 1))
        columns.add(border.index + at);
    }
  }
  return [...columns].sort((a, b) => a - b);
}

/** The borders of a line: where they are above, or at its bars if signs of double width have moved them. */
function bordersOf(line: string, borders: readonly number[], width: number): readonly number[] {
  if (line.length === width || !line.startsWith('|')) return borders;
  const bars = [...line.matchAll(/\|/g)].map((bar) => bar.index);
  return bars.length === borders.length ? bars : borders;
}

/** True if a part of a line is nothing but a border. */
function isRule(line: string, from: number, to: number): boolean {
  if (to > line.length) return false;
  for (let at = from; at < to; at++) {
    const sign = line[at];
    if (sign !== '-' && sign !== '=' && sign !== '+') return false;
  }
  return true;
}

/** True for a line of hyphens, which tells below a row of a simple table which columns it has. */
function isSpanRule(line: string): boolean {
  return /^-[- ]*-$/.test(line) && line.length > 2;
}

/* ---------------------------------------------------------------- places */

/** Puts what was read of the lines of a cell back to where these lines stand. */
export class Places {
  readonly #source: string;
  readonly #parts: readonly Span[];
  /** Where each part begins in the text of the cell. */
  readonly #starts: number[] = [];

  constructor(source: string, parts: readonly Span[]) {
    this.#source = source;
    this.#parts = parts;
    let at = 0;
    for (const { start, end } of parts) {
      this.#starts.push(at);
      at += end - start + 1;
    }
  }

  /** The block, or one for each of its lines if other cells stand between them. */
  ofBlock(block: Block): readonly Block[] {
    const first = this.#partAt(block.start);
    const last = this.#partAt(block.end);
    if (first === last) return [movedBlock(block, this.#shift(first))];
    const gaps = this.#parts
      .slice(first, last)
      .map((part, index) => this.#source.slice(part.end, this.#parts[first + index + 1]!.start));
    const lines = this.#linesOf(block, first, last);
    if (!gaps.every((gap) => /^[\s|+=-]*$/.test(gap))) return lines.flatMap((line) => trimmed(line));
    let text = lines[0]!.text;
    gaps.forEach((gap, index) => {
      const lineBreak = gap.indexOf('\n');
      const sign = block.text[this.#starts[first + index + 1]! - 1 - block.start]!;
      text += blanks(lineBreak) + sign + blanks(gap.length - lineBreak - 1) + lines[index + 1]!.text;
    });
    const start = block.start + this.#shift(first);
    return [{ ...block, start, end: start + text.length, text }];
  }

  ofComment(comment: Comment): readonly Comment[] {
    const part = this.#partAt(comment.start);
    if (part !== this.#partAt(comment.end)) return [];
    const by = this.#shift(part);
    return [{ ...comment, start: comment.start + by, end: comment.end + by, textStart: comment.textStart + by }];
  }

  /** What of a block stands on each of its lines, as cells without a place in the table, because they are parts of one. */
  #linesOf(block: Block, first: number, last: number): readonly Block[] {
    const lines: Block[] = [];
    for (let part = first; part <= last; part++) {
      const from = Math.max(block.start, this.#starts[part]!);
      const to = part === last ? block.end : this.#starts[part + 1]! - 1;
      const by = this.#shift(part);
      const text = block.text.slice(from - block.start, to - block.start);
      lines.push({ ...block, start: from + by, end: to + by, text, cell: undefined });
    }
    return lines;
  }

  #shift(part: number): number {
    return this.#parts[part]!.start - this.#starts[part]!;
  }

  #partAt(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** The block without what cannot be seen at its ends; none if nothing is left. */
function trimmed(block: Block): readonly Block[] {
  const text = block.text;
  const isNothing = (at: number) => text[at] === GONE || isSpace(text.charCodeAt(at));
  let [from, to] = [0, text.length];
  while (from < to && isNothing(from)) from++;
  while (to > from && isNothing(to - 1)) to--;
  return from === to
    ? []
    : [{ ...block, start: block.start + from, end: block.start + to, text: text.slice(from, to) }];
}
