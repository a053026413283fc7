import { type Block, type Comment, changeBetween, type Format, type Reading } from '../document';
import { copyOf, movedBlock, movedComment, Prose } from './prose';

/** Text without markup, as people lay it out: wrapped or not, with lists, quoted mail, headings and simple tables. */
export const plain: Format = {
  name: 'plain',
  languages: ['plaintext', 'scminput', 'git-commit'],
  extensions: ['.txt', '.text'],
  read: readPlain,
};

function readPlain(text: string, previous?: { readonly text: string; readonly reading: Reading }): Reading {
  const sections = readSections(
    text,
    previous && { text: previous.text, sections: previous.reading.memory as Section[] },
  );
  return {
    blocks: sections.flatMap((section) => section.blocks),
    comments: sections.flatMap((section) => section.comments),
    memory: sections,
  };
}

/** What lines between blank lines read as. It depends on nothing but them and the first line of the next section. */
interface Section {
  /** Where its first line begins. */
  readonly start: number;
  readonly blocks: readonly Block[];
  readonly comments: readonly Comment[];
  readonly tables: number;
}

/** Reads the sections of a text; those before and after what was changed are taken from the previous reading. */
function readSections(text: string, previous?: { text: string; sections: readonly Section[] }): readonly Section[] {
  const change = previous ? changeBetween(previous.text, text) : { start: 0, end: 0, newEnd: 0 };
  const old = previous?.sections ?? [];
  let kept = 0;
  while (kept + 2 < old.length && old[kept + 2]!.start <= change.start) kept++;
  const sections = old.slice(0, kept);
  const reader = new Reader(
    text,
    sections.reduce((sum, section) => sum + section.tables, 0),
  );
  const by = change.newEnd - change.end;
  let rest = kept;
  let chunk = reader.chunkAt(kept > 0 ? old[kept]!.start : 0, kept === 0);
  while (chunk) {
    while (rest < old.length && (old[rest]!.start < change.end || old[rest]!.start + by < chunk.start)) rest++;
    if (
      rest < old.length &&
      rest > 0 &&
      sections.length > 0 &&
      old[rest]!.start + by === chunk.start &&
      chunk.start > change.newEnd
    ) {
      return [...sections, ...movedSections(old.slice(rest), by, reader.tables - tablesBefore(old, rest))];
    }
    const next = reader.chunkAt(chunk.end, false);
    sections.push(reader.read(chunk, next));
    chunk = next;
  }
  return sections;
}

function tablesBefore(sections: readonly Section[], index: number): number {
  let tables = 0;
  for (let at = 0; at < index; at++) tables += sections[at]!.tables;
  return tables;
}

function movedSections(sections: readonly Section[], by: number, tables: number): readonly Section[] {
  if (by === 0 && tables === 0) return sections;
  return sections.map((section) => ({
    start: section.start + by,
    blocks: section.blocks.map((block) => movedBlock(block, by, tables)),
    comments: section.comments.map((comment) => movedComment(comment, by)),
    tables: section.tables,
  }));
}

/** A line without its line break and the white space at its ends. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** The columns before `start`, after quotation marks. */
  readonly indent: number;
  /** How many `>` stand before it. */
  readonly quotes: number;
}

/** Lines without a blank line between them and quoted alike, or a comment. */
interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly Line[];
  readonly comment?: Comment;
  readonly first: boolean;
}

/** The cells of a row of a table, each with its lines. */
type Row = readonly (readonly Line[])[];

/** Lines that are shorter than this are broken on purpose, and lines that are longer are not wrapped at all. */
const NARROW = 50;
const UNWRAPPED = 120;
const LONGEST_HEADING = 80;

class Reader {
  readonly #text: string;
  #blocks: Block[] = [];
  tables: number;

  constructor(text: string, tables: number) {
    this.#text = text;
    this.tables = tables;
  }

  /** The next chunk from the line on that begins at `at`. */
  chunkAt(at: number, first: boolean): Chunk | undefined {
    const lines: Line[] = [];
    let start = at;
    let lineStart = at;
    for (let lineEnd = 0; lineStart < this.#text.length; lineStart = lineEnd + 1) {
      const lineBreak = this.#text.indexOf('\n', lineStart);
      lineEnd = lineBreak < 0 ? this.#text.length : lineBreak;
      const line = readLine(this.#text, lineStart, lineEnd);
      if (!line && lines.length === 0) continue;
      const comment = line && this.#commentOf(line);
      if (comment && lines.length === 0) return { start: lineStart, end: lineEnd + 1, lines, comment, first };
      if (!line || comment || (lines.length > 0 && line.quotes !== lines[0]!.quotes)) break;
      if (lines.length === 0) start = lineStart;
      lines.push(line);
    }
    return lines.length > 0 ? { start, end: lineStart, lines, first } : undefined;
  }

  read(chunk: Chunk, next: Chunk | undefined): Section {
    const { start, comment } = chunk;
    const before = this.tables;
    this.#blocks = [];
    if (!comment) this.#readChunk(chunk, next?.comment ? undefined : next);
    return { start, blocks: this.#blocks, comments: comment ? [comment] : [], tables: this.tables - before };
  }

  /** A directive may stand on a line that begins with the comment sign of a common language. */
  #commentOf({ start, end }: Line): Comment | undefined {
    const mark = /^(?:#|\/\/|%)(?= termlint-)/.exec(this.#text.slice(start, start + 14));
    if (!mark) return undefined;
    const textStart = start + mark[0].length;
    return { start, end, textStart, text: copyOf(this.#text.slice(textStart, end)) };
  }

  #readChunk(chunk: Chunk, next: Chunk | undefined): void {
    const { lines } = chunk;
    const cells = this.#cells(lines);
    if (cells) {
      this.#addTable(lines, cells);
      return;
    }
    if (this.#isDrawing(lines)) return;
    const level = lines.length === 1 ? this.#headingLevel(chunk, next) : undefined;
    if (level !== undefined) this.#addProse(lines, { kind: 'heading', level });
    else this.#readLines(lines);
  }

  /** Reads lines of prose: underlined headings, list items, paragraphs. */
  #readLines(lines: readonly Line[]): void {
    let from = 0;
    const end = (to: number) => {
      if (to > from) this.#readRun(lines.slice(from, to));
      from = to;
    };
    for (let index = 0; index < lines.length; index++) {
      if (this.#isRule(lines[index]!)) {
        const underlined = index > from && this.#underlines(lines[index]!, lines[index - 1]!);
        end(underlined ? index - 1 : index);
        if (underlined) this.#addProse([lines[index - 1]!], { kind: 'heading', level: this.#ruleLevel(lines[index]!) });
        from = index + 1;
      } else if (index > from && this.#markerEnd(lines[index]!) > 0) end(index);
    }
    end(lines.length);
  }

  #readRun(lines: readonly Line[]): void {
    const first = lines[0]!;
    const marker = this.#markerEnd(first);
    if (marker > 0) this.#addProse([{ ...first, start: marker }, ...lines.slice(1)], { kind: 'item' });
    else this.#addProse(lines, { kind: first.quotes > 0 ? 'quotation' : 'paragraph' });
  }

  #addProse(lines: readonly Line[], standing: Pick<Block, 'kind' | 'level' | 'cell'>): void {
    const prose = new Prose(this.#text, lines[0]!.start);
    const width = Math.max(...lines.slice(0, 200).map(length));
    lines.forEach((line, index) => {
      prose.gone(line.start);
      this.#keepLine(prose, line);
      const next = lines[index + 1];
      if (!next) return;
      prose.gone(this.#text.indexOf('\n', line.end));
      if (this.#breaksAfter(line, next, width < NARROW && lines.length > 2 ? width : 0.6 * width))
        prose.break(next.start);
      else prose.replace(' ', next.start);
    });
    const { kind, level, cell } = standing;
    const block = prose.block({ kind, level, cell, quoted: lines[0]!.quotes > 0 });
    if (block) this.#blocks.push(block);
  }

  /** A wide gap within a line stands between two things, such as the two ends of a page's head. */
  #keepLine(prose: Prose, line: Line): void {
    const text = this.#text.slice(line.start, line.end);
    const gaps = text.includes('    ') || text.includes('\t') ? text.matchAll(/ {4,}|\t+/g) : [];
    for (const gap of gaps) {
      prose.keep(line.start + gap.index);
      prose.break(line.start + gap.index + gap[0].length);
    }
    prose.keep(line.end);
  }

  /** True if the line was broken on purpose; `wrapped` is what a line that was wrapped is at least long. */
  #breaksAfter(line: Line, next: Line, wrapped: number): boolean {
    if (length(line) > UNWRAPPED) return true;
    return length(line) <= wrapped && !/[a-z]/.test(this.#text[next.start]!);
  }

  #headingLevel({ lines, first }: Chunk, next: Chunk | undefined): number | undefined {
    const line = lines[0]!;
    if (length(line) > LONGEST_HEADING || line.quotes > 0 || !next) return undefined;
    const text = this.#text.slice(line.start, line.end);
    if (/[.,;:?!]$/.test(text) || !/[A-Za-z]{2}/.test(text)) return undefined;
    const number = /^(?:Appendix )?([\dA-Z]{1,2}(?:\.\d{1,2}){0,4})\.?\s+[A-Z"]/.exec(text);
    if (number && line.indent === 0) {
      const parts = number[1]!.split('.').length;
      // Of a list, the next item or the text below it follows; of a section, its text.
      const listed = next.lines[0]!.indent === 0 && /^\d{1,3}[.)]\s/.test(this.#text.slice(next.lines[0]!.start));
      return parts > 1 || !listed ? Math.min(6, parts) : undefined;
    }
    if (this.#markerEnd(line) > 0) return undefined;
    if (!/[a-z]/.test(text)) return first ? 1 : 2;
    return first ? 1 : undefined;
  }

  /** Where the text after the mark of a list item begins; -1 if the line has none. */
  #markerEnd({ start, end }: Line): number {
    const head = this.#text.slice(start, Math.min(end, start + 20));
    const marker =
      /^(?:[-*+•‣◦▪▫●○·–—](?: ?\[[ xX]?\])?|\[[ xX]?\]|\(?\d{1,3}[.)]|\([a-zA-Z]\)|[a-z][.)]|[A-Z]\)|o(?= {2}))[ \t]+(?=\S)/.exec(
        head,
      );
    return marker ? start + marker[0].length : -1;
  }

  /** True for a line of nothing but signs, such as `-----`. */
  #isRule({ start, end }: Line): boolean {
    return end - start >= 3 && /^[-=~*_#^"+ ]+$/.test(this.#text.slice(start, Math.min(end, start + 300)));
  }

  #underlines(rule: Line, line: Line): boolean {
    const text = this.#text.slice(rule.start, rule.end);
    return !text.includes(' ') && rule.indent <= line.indent && length(rule) >= length(line) - 2 && length(line) <= 120;
  }

  #ruleLevel(rule: Line): number {
    return this.#text[rule.start] === '=' ? 1 : 2;
  }

  /** True for figures drawn with signs. */
  #isDrawing(lines: readonly Line[]): boolean {
    if (lines.length < 2 || !/[-=]{2}|\|/.test(this.#text.slice(lines[0]!.start, lines[1]!.end))) return false;
    const text = this.#text.slice(lines[0]!.start, Math.min(lines.at(-1)!.end, lines[0]!.start + 5000));
    const marks = text.match(/[|+\-_/\\<>=*^v]/g)?.length ?? 0;
    const seen = text.match(/\S/g)?.length ?? 0;
    return /[+|][-=]{2}|[-=]{2}[+>|]|^\s*\|/m.test(text) && marks > 0.35 * seen;
  }

  /** The cells of each row, if all lines are surely of one table; a line of signs is a row without any. */
  #cells(lines: readonly Line[]): readonly Row[] | undefined {
    if (lines.length < 2 || !/ {2}|\t|\|/.test(this.#text.slice(lines[0]!.start, lines[1]!.end))) return undefined;
    const rows: Line[][][] = [];
    for (const line of lines) {
      const cells = this.#isRule(line) || this.#isGrid(line) ? [] : this.#rowCells(line);
      const last = rows.at(-1)?.at(-1);
      // The last column may be wrapped.
      if (last && rows.at(-1)!.length > 1 && cells.length === 1 && line.indent === last[0]!.indent) last.push(line);
      else rows.push(cells.map((cell) => [cell]));
    }
    const filled = rows.filter((row) => row.length > 0);
    const columns = filled[0]?.length ?? 0;
    if (columns < 2 || filled.length < 2 || filled.some((row) => row.length !== columns)) return undefined;
    const piped = lines.some(({ start }) => this.#text[start] === '|');
    const tabbed = filled.every(([one, other]) => this.#text.slice(one![0]!.end, other![0]!.start).includes('\t'));
    if (piped || tabbed) return rows;
    const indentOf = (row: Row, column: number) => row[column]![0]!.indent;
    const aligned = filled.every((row) =>
      row.every((_, column) => indentOf(row, column) === indentOf(filled[0]!, column)),
    );
    return aligned && filled.length > 2 ? rows : undefined;
  }

  #isGrid({ start, end }: Line): boolean {
    return /^[+|][-=+|:\s]+[+|]$/.test(this.#text.slice(start, Math.min(end, start + 300)));
  }

  #rowCells(line: Line): Line[] {
    const text = this.#text.slice(line.start, line.end);
    const piped = text.startsWith('|') && text.endsWith('|') && text.length > 2;
    const cells: Line[] = [];
    let at = piped ? 1 : 0;
    for (const gap of text.slice(0, 2000).matchAll(piped ? /\|/g : /[ \t]*\t[ \t]*| {2,}/g)) {
      if (gap.index < at) continue;
      cells.push(this.#cell(line, at, gap.index));
      at = gap.index + gap[0].length;
    }
    if (!piped) cells.push(this.#cell(line, at, text.length));
    return cells;
  }

  #cell(line: Line, from: number, to: number): Line {
    const span = readLine(this.#text, line.start + from, line.start + to);
    const start = span?.start ?? line.start + from;
    return { start, end: span?.end ?? start, indent: line.indent + start - line.start, quotes: line.quotes };
  }

  #addTable(lines: readonly Line[], rows: readonly Row[]): void {
    const table = this.tables++;
    // A table without a rule below its first row has no header row.
    let row = this.#isRule(lines[1]!) || this.#isGrid(lines[0]!) || this.#isGrid(lines[1]!) ? 0 : 1;
    for (const cells of rows) {
      if (cells.length === 0) continue;
      cells.forEach((cell, column) => {
        if (cell[0]!.end > cell[0]!.start) this.#addProse(cell, { kind: 'cell', cell: { table, row, column } });
      });
      row++;
    }
  }
}

function length({ start, end }: Line): number {
  return end - start;
}

/** Reads the line between two offsets; `undefined` if it is blank. */
function readLine(text: string, from: number, to: number): Line | undefined {
  let start = from;
  let indent = 0;
  let quotes = 0;
  for (; start < to; start++) {
    const code = text.charCodeAt(start);
    if (code === 62 && (text[start + 1] === ' ' || text[start + 1] === '>' || quotes > 0)) {
      quotes++;
      indent = 0;
    } else if (code === 9) indent += 8 - (indent % 8);
    else if (code === 32 || code === 12 || code === 11 || code === 13) indent++;
    else break;
  }
  let end = to;
  while (end > start && /\s/.test(text[end - 1]!)) end--;
  return end > start ? { start, end, indent, quotes } : undefined;
}
