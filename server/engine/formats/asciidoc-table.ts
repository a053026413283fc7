import type { Line } from './run';

/** How a table of AsciiDoc is written. */
export interface TableForm {
  /** `separated`: each cell begins behind a separator. `quoted` and `escaped`: cells stand between separators, as in CSV and in `/etc/passwd`. */
  readonly syntax: 'separated' | 'quoted' | 'escaped';
  readonly separator: string;
  /** The style of each column, `''` if it has none; empty if the first line says how many columns there are. */
  readonly columns: readonly string[];
  /** `undefined` if the first row is a header row when a blank line follows it. */
  readonly header: boolean | undefined;
}

/** A cell with the parts of lines that it is written in. Row 0 is the header row. */
export interface TableCell {
  readonly lines: readonly Line[];
  readonly row: number;
  readonly column: number;
  /** `a` for AsciiDoc, `l` for literal text, `m` for code; `''` if there is nothing special about it. */
  readonly style: string;
}

/** The styles of columns that `cols="1,3*<.^2a"` or `cols=4` asks for. */
export function columnsOf(specification: string): readonly string[] {
  if (specification.trim() === '') return [];
  const entries = /^\d{1,3}$/.test(specification.trim())
    ? [`${specification.trim()}*`]
    : specification.split(specification.includes(',') ? ',' : ';');
  const columns = entries.flatMap((entry) => {
    const [, count = '1', style = ''] = /^\s*(?:(\d{1,3})\*)?[^a-z]*([a-z])?\s*$/.exec(entry.slice(0, 50)) ?? [];
    return Array<string>(Math.min(Number(count), MOST_COLUMNS)).fill(style);
  });
  return columns.slice(0, MOST_COLUMNS);
}

/** The cells between the first line of a table and the last. */
export function cellsOf(text: string, lines: readonly Line[], form: TableForm): readonly TableCell[] {
  const written =
    form.syntax === 'separated' ? separatedCells(text, lines, form.separator) : delimitedCells(text, lines, form);
  const first = written.findIndex((cell) => cell.line !== written[0]!.line);
  const firstLine = first < 0 ? written : written.slice(0, first);
  const width = firstLine.reduce((sum, cell) => sum + cell.columns * cell.count, 0);
  const columns = Math.min(MOST_COLUMNS, form.columns.length || width);
  const isBlank = ({ start, end }: Line) => text.slice(start, end).trim() === '';
  // A first row is no header if its last cell goes on behind the blank line.
  const isRow = firstLine.every((cell) => cell.lines.slice(1).every(isBlank));
  const implied = lines.length > 1 && !isBlank(lines[0]!) && isBlank(lines[1]!) && isRow;
  return placed(written, { ...form, width: columns, header: form.header ?? implied });
}

const MOST_COLUMNS = 200;
const MOST_ROWS = 200;

/** A cell as it is written, before it has a place. */
interface WrittenCell {
  readonly lines: Line[];
  /** Index of the line that it begins in. */
  readonly line: number;
  /** How many cells it stands for, and how many columns and rows each covers. */
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  /** `undefined` if its column says. */
  readonly style: string | undefined;
}

const PLAIN = { count: 1, columns: 1, rows: 1, style: undefined };

/** What may stand before a separator, as in `2.3+^.>a|`: copies or spans, alignment, style. */
const SPECIFICATION =
  /(^|[ \t])(?:(\d{1,3})?(?:\.(\d{1,3}))?([*+]))?(?:[<^>](?:\.[<^>]?)?|(?:[<^>]?\.)?[<^>])?([a-z])?$/;
const LONGEST_SPECIFICATION = 20;

function separatedCells(text: string, lines: readonly Line[], separator: string): readonly WrittenCell[] {
  const cells: WrittenCell[] = [];
  lines.forEach(({ start, end }, line) => {
    const written = text.slice(start, end);
    let from = 0;
    const add = (to: number) => {
      if (cells.length === 0 && to > from) cells.push({ ...PLAIN, lines: [], line });
      cells.at(-1)?.lines.push({ start: start + from, end: start + to });
    };
    for (let at = separatorIn(written, separator, 0); at >= 0; at = separatorIn(written, separator, from)) {
      const match = at > from ? specificationBefore(written, at, from) : null;
      const to = match ? match.index : at;
      if (to > from) add(to);
      const { count, columns, rows, style } = match ? specified(match) : PLAIN;
      cells.push({ lines: [], line, count, columns, rows, style });
      from = at + separator.length;
    }
    add(written.length);
  });
  return cells;
}

/** What is asked of the cell whose separator stands at `at`: white space or the start of the line stands before it. */
function specificationBefore(written: string, at: number, from: number): RegExpExecArray | null {
  if (!/[a-z\d<^>*+.]/.test(written[at - 1]!)) return null;
  const near = Math.max(from, at - LONGEST_SPECIFICATION);
  const match = SPECIFICATION.exec(written.slice(near, at));
  if (!match || (match[1] === '' && near > 0)) return null;
  match.index += near;
  return match;
}

function specified(match: RegExpExecArray): Omit<WrittenCell, 'lines' | 'line'> {
  const [, , first = '1', second = '1', sign, style] = match;
  const copies = sign === '*' ? Math.max(1, Number(first)) : 1;
  return {
    count: Math.min(copies, MOST_COLUMNS),
    columns: sign === '+' ? Math.max(1, Number(first)) : 1,
    rows: sign === '+' ? Math.max(1, Math.min(Number(second), MOST_ROWS)) : 1,
    style,
  };
}

/** Where the next separator stands that has no backslash before it; -1 if the line has none. */
function separatorIn(written: string, separator: string, from: number): number {
  let at = written.indexOf(separator, from);
  while (at > 0 && written[at - 1] === '\\') at = written.indexOf(separator, at + 1);
  return at;
}

function delimitedCells(
  text: string,
  lines: readonly Line[],
  { syntax, separator }: TableForm,
): readonly WrittenCell[] {
  const cells: WrittenCell[] = [];
  const last = lines.at(-1)?.end ?? 0;
  let unclosed = false;
  for (let line = 0; line < lines.length; line++) {
    const row = line;
    if (lines[line]!.end === lines[line]!.start) continue;
    for (let from = lines[line]!.start; from <= lines[line]!.end; ) {
      while (text[from] === ' ' && from < lines[line]!.end) from++;
      const close = syntax === 'quoted' && text[from] === '"' && !unclosed ? closingQuote(text, from + 1, last) : -1;
      if (syntax === 'quoted' && text[from] === '"' && close < 0) unclosed = true;
      const parts: Line[] = [];
      let start = close < 0 ? from : from + 1;
      for (; close > lines[line]!.end; start = lines[line]!.start) {
        parts.push({ start, end: lines[line]!.end });
        line++;
      }
      const { start: lineStart, end: lineEnd } = lines[line]!;
      const at = separatorIn(text.slice(lineStart, lineEnd), separator, (close < 0 ? from : close) - lineStart);
      const next = at < 0 ? -1 : lineStart + at;
      const end = next < 0 ? lineEnd : next;
      parts.push({ start, end: close < 0 ? end : close });
      cells.push({ ...PLAIN, lines: parts, line: row });
      from = next < 0 ? lines[line]!.end + 1 : next + separator.length;
    }
  }
  return cells;
}

/** Where the quotation mark stands that is not doubled; -1 if there is none before `to`. */
function closingQuote(text: string, from: number, to: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && at < to && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at < to ? at : -1;
}

/** Gives each cell its place: rows are filled from left to right, around cells that reach down from rows above. */
function placed(
  cells: readonly WrittenCell[],
  { columns, width, header }: TableForm & { width: number },
): readonly TableCell[] {
  const result: TableCell[] = [];
  /** Of each column, the first row that no cell above covers. */
  const free = Array<number>(width).fill(0);
  let row = 0;
  let column = 0;
  const skipCovered = () => {
    while (column >= width || free[column]! > row) {
      column++;
      if (column < width) continue;
      column = 0;
      row = Math.max(row + 1, Math.min(...free));
    }
  };
  for (const cell of cells) {
    skipCovered();
    const style = header && row === 0 ? '' : (cell.style ?? columns[column] ?? '');
    result.push({ lines: cell.lines, row: header ? row : row + 1, column, style });
    for (let copy = 0; copy < cell.count; copy++) {
      if (copy > 0) skipCovered();
      const end = Math.min(width, column + cell.columns);
      for (; column < end; column++) free[column] = row + cell.rows;
    }
  }
  return result;
}
