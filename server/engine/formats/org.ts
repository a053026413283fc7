import type { Block, BlockKind, Comment, Format } from '../document';
import { readInline } from './org-inline';
import { copyOf, isSpace, type Standing } from './prose';
import { type InlineReader, type Line, linesOf, readRun, readVerse } from './run';

/** Org as Emacs exports it, with what is not exported as such but is the author's text nevertheless. */
export const org: Format = {
  name: 'org',
  languages: ['org'],
  extensions: ['.org'],
  comment: () => ({ open: '# ', close: '', place: 'between blocks' }),
  marks: {
    pattern: /\[fn:(?:[^[\]]|\[(?:[^[\]]|\[[^[\]]*\])*\])*\]|\[\[[^\]\n]*\]\[|\]\]|<<<|>>>|[*/_+]|[\s\S]/gy,
    closes: (closer, opener) => {
      if (opener.startsWith('[[')) return closer === ']]';
      return opener === '<<<' ? closer === '>>>' : closer === opener && /^[*/_+]$/.test(opener);
    },
  },
  escape: (words) => words.replaceAll('|', '\\vert{}'),
  read(text) {
    const output: Output = { text, blocks: [], comments: [], states: statesOf(text), tables: 0 };
    new Part(output, linesOf(text), { kind: 'paragraph', quoted: false, depth: 0 }).read();
    return { blocks: output.blocks, comments: output.comments };
  },
};

/** What is read of a document, by all of its parts. */
interface Output {
  readonly text: string;
  readonly blocks: Block[];
  readonly comments: Comment[];
  /** The states of tasks, such as `TODO`. */
  readonly states: ReadonlySet<string>;
  tables: number;
}

/** What a part of a document is in, and so what a paragraph there is. */
interface Context extends Standing {
  readonly depth: number;
}

const STATES = 'TODO DONE NEXT WAITING WAIT HOLD STARTED CANCELLED CANCELED SOMEDAY';
const SILENT_BLOCKS: ReadonlySet<string> = new Set(
  'SRC EXAMPLE EXPORT COMMENT ASCII BEAMER DITAA HTML LATEX ODT'.split(' '),
);
const TITLES: ReadonlySet<string> = new Set('TITLE SUBTITLE DESCRIPTION'.split(' '));
const SILENT_DRAWERS: ReadonlySet<string> = new Set('PROPERTIES LOGBOOK CLOCK'.split(' '));
const MAXIMUM_DEPTH = 40;

const HEADLINE = /^(\*+)[ \t]+(?=\S)/;
const PRIORITY = /^\[#[A-Za-z\d]{1,2}\][ \t]*/;
const TAGS = /[ \t]+:[\p{L}\p{N}_@#%:]+:$/u;
const PLANNING = /^[ \t]*(?:SCHEDULED|DEADLINE|CLOSED|CLOCK):/;
const BLOCK = /^[ \t]*#\+BEGIN(?:_(\S+)|:)/i;
const KEYWORD = /^[ \t]*#\+([^\s:[]+)(?:\[[^\]]*\])?:[ \t]*/;
const COMMENT = /^[ \t]*#(?: |$)/;
const FIXED_WIDTH = /^[ \t]*:(?: |$)/;
const DRAWER = /^[ \t]*:([\w-]+):$/;
const TABLE = /^[ \t]*\|/;
const RULE = /^[ \t]*-{5,}$/;
const ENVIRONMENT = /^[ \t]*\\begin\{([^}\s]{1,40})\}/;
/** A line that closes a block, a drawer or an environment. */
const END = /^[ \t]*(#\+END(?:_\S+|:)|:END:|\\end\{[^}\s]{1,40}\})$/i;
const DIARY = /^%%\(/;
const NOTE = /^\[fn:[^\]\s:]+\][ \t]*/;
/** What the lines begin with that are no text, among them those that plan a task. */
const SPECIAL_SIGNS = '#:\\-%SDC';
const MARKER = /^(?:[ \t]*(?:[-+]|\d+[.)])|[ \t]+\*)(?:[ \t]+|$)/;
const ITEM_STATE = /^(?:\[@\d{1,5}\][ \t]*)?(?:\[[ xX-]\](?:[ \t]+|$))?/;
const TERM = /(?:^|[ \t])::(?=[ \t]|$)/;
/** Rows that say how the columns of a table are set, and no more. */
const SETTINGS_CELL = /^(?:[/<>]*|<[lcr]?\d*>)$/;

/** Lines that are read in the same way: a document, or what a block encloses. */
class Part {
  readonly #output: Output;
  readonly #text: string;
  readonly #lines: readonly Line[];
  readonly #context: Context;
  /** The lines that close something by what they say in upper case, and the headlines; the last ones first. */
  #ends: ReadonlyMap<string, number[]> | undefined;
  /** The columns where the marks of the items stand that lines may belong to. */
  #items: number[] = [];
  #inNote = false;
  #blankLines = 0;
  #at = 0;

  constructor(output: Output, lines: readonly Line[], context: Context) {
    this.#output = output;
    this.#text = output.text;
    this.#lines = lines;
    this.#context = context;
  }

  read(): void {
    while (this.#at < this.#lines.length) {
      const written = this.#written(this.#at);
      if (written === '') this.#readBlank();
      else {
        this.#blankLines = 0;
        this.#readBlock(written);
      }
    }
  }

  #written(index: number): string {
    const line = this.#lines[index];
    return line ? this.#text.slice(line.start, line.end) : '';
  }

  /** Two blank lines end a list and a footnote. */
  #readBlank(): void {
    this.#at++;
    if (++this.#blankLines < 2) return;
    this.#items = [];
    this.#inNote = false;
  }

  #readBlock(written: string): void {
    if (HEADLINE.test(written)) this.#readHeadline(written);
    else this.#readBody(written);
  }

  #readBody(written: string): void {
    const sign = written[skipSpace(written, 0)]!;
    const marker = '-+*0123456789'.includes(sign) ? MARKER.exec(written) : null;
    const note = sign === '[' ? NOTE.exec(written) : null;
    this.#leaveItems(indentOf(written), marker !== null);
    if (marker) this.#readItem(written, marker[0].length);
    else if (note) this.#readNote(note[0].length);
    else if (sign === '|') this.#readTable();
    else if (!SPECIAL_SIGNS.includes(sign) || !this.#readSpecial(written)) {
      this.#add(this.#linesOfParagraph(this.#lines[this.#at]!), this.#standing());
    }
  }

  /** Leaves the items whose marks do not stand before a column. */
  #leaveItems(indent: number, isItem: boolean): void {
    while (this.#items.length > 0 && indent <= this.#items.at(-1)!) this.#items.pop();
    if (isItem) this.#items.push(indent);
  }

  /* -------------------------------------------------------------- headlines, items, notes */

  #readHeadline(written: string): void {
    const [prefix = '', { length: stars } = ''] = HEADLINE.exec(written) ?? [];
    const { start, end } = this.#lines[this.#at++]!;
    this.#items = [];
    this.#inNote = false;
    let from = prefix.length;
    const state = /^[^\s]+/.exec(written.slice(from))![0];
    if (state === 'COMMENT') {
      this.#skipTree(stars);
      return;
    }
    if (this.#output.states.has(state)) from = skipSpace(written, from + state.length);
    from += PRIORITY.exec(written.slice(from, from + 20))?.[0].length ?? 0;
    const tags = TAGS.exec(written.slice(Math.max(from, written.length - 500)))?.[0].length ?? 0;
    const line = { start: start + from, end: Math.max(start + from, end - tags) };
    this.#add([line], { kind: 'heading', level: Math.min(6, stars), quoted: this.#context.quoted });
  }

  /** Skips what stands below a headline that is commented out. */
  #skipTree(stars: number): void {
    while (this.#at < this.#lines.length) {
      const headline = HEADLINE.exec(this.#written(this.#at));
      if (headline && headline[1]!.length <= stars) return;
      this.#at++;
    }
  }

  #readItem(written: string, marker: number): void {
    const { start, end } = this.#lines[this.#at]!;
    let from = marker + ITEM_STATE.exec(written.slice(marker, marker + 30))![0].length;
    const term = /^[ \t]*\d/.test(written) ? null : TERM.exec(written.slice(from));
    if (term && term.index > 0) {
      this.#add([{ start: start + from, end: start + from + term.index }], { ...this.#standing(), kind: 'paragraph' });
      from += term.index + term[0].length;
    }
    const lines = this.#linesOfParagraph({ start: start + from, end });
    this.#add(start + from < end ? lines : lines.slice(1), this.#standing());
  }

  #readNote(label: number): void {
    const { start, end } = this.#lines[this.#at]!;
    this.#items = [];
    this.#inNote = true;
    this.#add(this.#linesOfParagraph({ start: start + label, end }), this.#standing());
  }

  /** The lines of a paragraph, of which the first was begun to read. */
  #linesOfParagraph(first: Line): readonly Line[] {
    const lines = [first];
    const item = this.#items.at(-1) ?? -1;
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      const written = this.#written(this.#at);
      if (written === '' || indentOf(written) <= item || this.#endsParagraph(written)) break;
      lines.push(this.#lines[this.#at]!);
    }
    return lines;
  }

  #endsParagraph(written: string): boolean {
    const sign = written[skipSpace(written, 0)]!;
    if (sign === '*') return HEADLINE.test(written) || MARKER.test(written);
    if (sign === '#') return COMMENT.test(written) || BLOCK.test(written) || KEYWORD.test(written);
    if (sign === ':') return FIXED_WIDTH.test(written) || DRAWER.test(written);
    if (sign === '\\') return ENVIRONMENT.test(written);
    if (sign === '[') return NOTE.test(written);
    return sign === '|' || MARKER.test(written) || RULE.test(written) || PLANNING.test(written);
  }

  /* -------------------------------------------------------------- what begins with a sign */

  /** Reads lines that are no text themselves; false if the line is text. */
  #readSpecial(written: string): boolean {
    const block = BLOCK.exec(written);
    const drawer = DRAWER.exec(written);
    const environment = ENVIRONMENT.exec(written);
    if (block) this.#readDelimited(block[1]?.toUpperCase());
    else if (COMMENT.test(written)) this.#addComment(this.#lines[this.#at++]!, written.indexOf('#') + 1);
    else if (KEYWORD.test(written)) this.#readKeyword(written);
    else if (drawer) return this.#readDrawer(drawer[1]!.toUpperCase());
    else if (environment) return this.#skipEnvironment(written, environment[1]!);
    else if (FIXED_WIDTH.test(written) || PLANNING.test(written) || RULE.test(written) || DIARY.test(written))
      this.#at++;
    else return false;
    return true;
  }

  #readKeyword(written: string): void {
    const { start, end } = this.#lines[this.#at++]!;
    const [prefix, key] = KEYWORD.exec(written)!;
    const name = key!.toUpperCase();
    const line = { start: start + prefix.length, end };
    if (TITLES.has(name)) this.#add([line], { kind: 'title', level: 0, quoted: false });
    else if (name === 'CAPTION') this.#add([line], { kind: 'caption', quoted: this.#context.quoted });
  }

  /** A block; one without a name is written by Emacs. */
  #readDelimited(name: string | undefined): void {
    const open = this.#at++;
    const close = this.#closing(name === undefined ? '#+END:' : `#+END_${name}`);
    if (close < 0) return;
    this.#at = close + 1;
    const inner = this.#lines.slice(open + 1, close);
    if (name === 'COMMENT' && inner.length > 0) this.#addComment({ start: inner[0]!.start, end: inner.at(-1)!.end }, 0);
    if (name === undefined || SILENT_BLOCKS.has(name) || this.#context.depth >= MAXIMUM_DEPTH) return;
    const standing = this.#standing();
    const quotation: Standing = { kind: 'quotation', quoted: true };
    if (name === 'VERSE') this.#add(inner, quotation, readVerse(readInline));
    else
      new Part(this.#output, inner, {
        ...(name === 'QUOTE' ? quotation : standing),
        depth: this.#context.depth + 1,
      }).read();
  }

  /** The drawer's own lines are no text; what is in it may be. */
  #readDrawer(name: string): boolean {
    if (name === 'END') {
      this.#at++;
      return true;
    }
    const open = this.#at++;
    const close = this.#closing(':END:');
    if (close > 0 && SILENT_DRAWERS.has(name)) this.#at = close + 1;
    else if (close < 0) this.#at = open;
    return close > 0;
  }

  #skipEnvironment(written: string, name: string): boolean {
    const end = `\\end{${name}}`;
    const close = written.includes(end) ? this.#at : this.#closing(end.toUpperCase());
    if (close >= 0) this.#at = close + 1;
    return close >= 0;
  }

  /** The index of the line that closes what is open; -1 if there is none, or a headline before it. `end` is in upper case. */
  #closing(end: string): number {
    this.#ends ??= this.#linesThatEnd();
    const close = this.#nextOf(end);
    const headline = this.#nextOf('*');
    return close !== undefined && (headline === undefined || close < headline) ? close : -1;
  }

  #nextOf(end: string): number | undefined {
    const indexes = this.#ends?.get(end) ?? [];
    while (indexes.length > 0 && indexes.at(-1)! < this.#at) indexes.pop();
    return indexes.at(-1);
  }

  #linesThatEnd(): ReadonlyMap<string, number[]> {
    const ends = new Map<string, number[]>();
    for (let index = this.#lines.length - 1; index >= 0; index--) {
      const written = this.#written(index);
      const end = HEADLINE.test(written) ? '*' : END.exec(written)?.[1]?.toUpperCase();
      if (end === undefined) continue;
      const indexes = ends.get(end);
      if (indexes) indexes.push(index);
      else ends.set(end, [index]);
    }
    return ends;
  }

  /* -------------------------------------------------------------- tables */

  #readTable(): void {
    const rows: Line[] = [];
    for (; this.#at < this.#lines.length && TABLE.test(this.#written(this.#at)); this.#at++)
      rows.push(this.#lines[this.#at]!);
    const isRule = ({ start, end }: Line) => /^[ \t]*\|-/.test(this.#text.slice(start, end));
    const table = this.#output.tables++;
    // What stands above the first rule is the header row; without a rule there is none.
    const head = rows.findIndex(isRule);
    const hasHeader = head > 0 && !rows.slice(head).every(isRule);
    let row = hasHeader ? 0 : 1;
    rows.forEach((line, index) => {
      if (hasHeader && index === head) row = 1;
      if (!isRule(line) && this.#readRow(line, table, row) && !(hasHeader && index < head)) row++;
    });
  }

  /** Reads a row; false if it only says how columns are set. */
  #readRow({ start, end }: Line, table: number, row: number): boolean {
    const written = this.#text.slice(start, end);
    const cells: Line[] = [];
    for (let from = written.indexOf('|') + 1; from <= written.length; ) {
      const next = written.indexOf('|', from);
      const to = next < 0 ? written.length : next;
      if (next >= 0 || to > from) cells.push({ start: start + from, end: start + to });
      from = to + 1;
    }
    const isSetting = ({ start, end }: Line) =>
      SETTINGS_CELL.test(this.#text.slice(start, Math.min(end, start + 50)).trim());
    if (cells.every(isSetting)) return false;
    cells.forEach((cell, column) => {
      this.#add([cell], { kind: 'cell', quoted: this.#context.quoted, cell: { table, row, column } });
    });
    return true;
  }

  /* -------------------------------------------------------------- output */

  #standing(): Standing {
    const { quoted } = this.#context;
    const kind: BlockKind = this.#items.length > 0 ? 'item' : this.#inNote ? 'note' : this.#context.kind;
    return { kind, quoted };
  }

  #add(lines: readonly Line[], standing: Standing, inline: InlineReader = readInline): void {
    this.#output.blocks.push(...readRun(this.#text, { lines, standing, inline }));
  }

  #addComment({ start, end }: Line, mark: number): void {
    const textStart = start + mark;
    this.#output.comments.push({ start, end, textStart, text: copyOf(this.#text.slice(textStart, end)) });
  }
}

/** The states that tasks may have: those that the document names, and what people commonly use. */
function statesOf(text: string): ReadonlySet<string> {
  const states = new Set(STATES.split(' '));
  for (const [, list] of text.matchAll(/^#\+(?:SEQ_|TYP_)?TODO:(.{1,500})/gim)) {
    for (const state of list!.split(/[\s|]+/)) if (state !== '') states.add(state.replace(/\(.*/, ''));
  }
  return states;
}

/** The column where the text of a line begins; tabs reach to columns of eight. */
function indentOf(written: string): number {
  let column = 0;
  for (let at = 0; at < written.length; at++) {
    if (written[at] === '\t') column += 8 - (column % 8);
    else if (isSpace(written.charCodeAt(at))) column++;
    else break;
  }
  return column;
}

function skipSpace(written: string, from: number): number {
  let at = from;
  while (at < written.length && isSpace(written.charCodeAt(at))) at++;
  return at;
}
