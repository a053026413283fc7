import type { Block, Comment, Format, Reading } from '../document';
import { Prose } from './prose';

/** Text without markup, as people lay it out: wrapped or not, with lists, quoted mail, headings and simple tables. */
export const plain: Format = {
  name: 'plain',
  languages: ['plaintext'],
  extensions: ['.txt', '.text'],
  read: (text) => new Reader(text).read(),
};

/** A line without its line break and the white space at its ends. */
interface Line {
  readonly start: number;
  readonly end: number;
  /** The columns before `start`, after quotation marks. */
  readonly indent: number;
  /** How many `>` stand before it. */
  readonly quotes: number;
}

/** Lines without a blank line between them and quoted alike. */
interface Chunk {
  readonly lines: readonly Line[];
  readonly first: boolean;
}

/** Lines that are shorter than this are broken on purpose, and lines that are longer are not wrapped at all. */
const NARROW = 50;
const UNWRAPPED = 120;
const LONGEST_HEADING = 80;

class Reader {
  readonly #text: string;
  readonly #blocks: Block[] = [];
  readonly #comments: Comment[] = [];
  #tables = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Reading {
    const chunks = this.#chunks();
    chunks.forEach((chunk, index) => {
      this.#readChunk(chunk, chunks[index + 1]);
    });
    return { blocks: this.#blocks, comments: this.#comments };
  }

  #chunks(): Chunk[] {
    const chunks: Chunk[] = [];
    let lines: Line[] = [];
    const end = () => {
      if (lines.length > 0) chunks.push({ lines, first: chunks.length === 0 });
      lines = [];
    };
    for (let at = 0; at <= this.#text.length; ) {
      const lineBreak = this.#text.indexOf('\n', at);
      const lineEnd = lineBreak < 0 ? this.#text.length : lineBreak;
      const line = readLine(this.#text, at, lineEnd);
      if (!line || line.quotes !== lines[0]?.quotes) end();
      if (line && !this.#readComment(line)) lines.push(line);
      else end();
      at = lineEnd + 1;
    }
    end();
    return chunks;
  }

  /** A directive may stand on a line that begins with the comment sign of a common language. */
  #readComment({ start, end }: Line): boolean {
    const mark = /^(?:#|\/\/|%)(?= termlint-)/.exec(this.#text.slice(start, start + 14));
    if (!mark) return false;
    const textStart = start + mark[0].length;
    this.#comments.push({ start, end, textStart, text: this.#text.slice(textStart, end) });
    return true;
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
    for (const gap of text.matchAll(/ {4,}|\t+/g)) {
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
    if (lines.length < 2) return false;
    const text = this.#text.slice(lines[0]!.start, Math.min(lines.at(-1)!.end, lines[0]!.start + 5000));
    const marks = text.match(/[|+\-_/\\<>=*^v]/g)?.length ?? 0;
    const seen = text.match(/\S/g)?.length ?? 0;
    return /[+|][-=]{2}|[-=]{2}[+>|]|^\s*\|/m.test(text) && marks > 0.35 * seen;
  }

  /** The cells of each line, if all lines are surely rows of one table; a line of signs has none. */
  #cells(lines: readonly Line[]): readonly Line[][] | undefined {
    if (lines.length < 2) return undefined;
    const rows = lines.map((line) => (this.#isRule(line) || this.#isGrid(line) ? [] : this.#rowCells(line)));
    const filled = rows.filter((row) => row.length > 0);
    const columns = filled[0]?.length ?? 0;
    if (columns < 2 || filled.length < 2 || filled.some((row) => row.length !== columns)) return undefined;
    const piped = this.#text[lines.find((_, index) => rows[index]!.length > 0)!.start] === '|';
    const tabbed = filled.every((row) => this.#text.slice(row[0]!.end, row[1]!.start).includes('\t'));
    if (piped || tabbed) return rows;
    const aligned = filled.every((row) => row.every((cell, column) => cell.indent === filled[0]![column]!.indent));
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

  #addTable(lines: readonly Line[], rows: readonly (readonly Line[])[]): void {
    const table = this.#tables++;
    // A table without a rule below its first row has no header row.
    let row = this.#isRule(lines[1]!) || this.#isGrid(lines[0]!) || this.#isGrid(lines[1]!) ? 0 : 1;
    for (const cells of rows) {
      if (cells.length === 0) continue;
      cells.forEach((cell, column) => {
        if (cell.end > cell.start) this.#addProse([cell], { kind: 'cell', cell: { table, row, column } });
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
