import { type Block, type Comment, type Format, type Marks, OBJECT } from '../document';
import { Flow } from './flow';
import { copyOf, isSpace, type Prose, type Standing } from './prose';
import { blankEnd, isAloneOnLine, isBlankAfter, lineEnd, matchAt, spaceEnd, words } from './scan';

/**
 * Typst as it is written: nothing is evaluated, and no file is included. Content in brackets is prose wherever it stands,
 * also in a definition or as the argument of a function that is not known; other code, strings too, is not.
 */
export const typst: Format = {
  name: 'typst',
  languages: ['typst'],
  extensions: ['.typ'],
  comment: () => ({ open: '// ', close: '', place: 'end of line' }),
  get marks() {
    return MARKS;
  },
  escape: (words) => words.replace(/[\\*_`$#<@~[\]]|\/(?=[/*])/g, '\\$&'),
  read(text) {
    const reader = new Reader(text);
    reader.read();
    return { blocks: reader.blocks, comments: reader.comments };
  },
};

/** Matches a comment, a label, and what opens content: all of it is one mark; and what is content of its own. */
function markPattern(): RegExp {
  const brackets = '\\[(?:[^\\][]|\\[(?:[^\\][]|\\[[^\\][]*\\])*\\])*\\]';
  const parentheses = '(?:\\((?:[^()"]|"[^"]*"|\\((?:[^()]|\\([^()]*\\))*\\))*\\))?';
  return new RegExp(
    [
      '//[^\\n]*|/\\*[\\s\\S]*?\\*/|<[\\w.:-]+>',
      `#(?:${[...NESTED, ...SILENT].join('|')})${parentheses}${brackets}`,
      `#(?:[A-Za-z_][\\w.-]*${parentheses})?\\[`,
      '[\\s\\S]',
    ].join('|'),
    'gy',
  );
}

/* ---------------------------------------------------------------- what functions do */

/** Functions whose content stands in the line. */
const INLINE = words(
  'emph strong text underline overline highlight smallcaps upper lower link sub super box ref cite math.text',
);
/** Functions whose content is a block of its own. */
const BORDERS = words(
  'figure align block par page columns colbreak grid grid.cell pad place rect square circle ellipse stack move rotate scale ' +
    'layout measure polygon outline bibliography document table.hline table.vline',
);
const SILENT = words('strike hide metadata todo');
const NESTED = words('footnote sidenote note margin-note');
const ITEMS = words('list enum list.item enum.item terms terms.item');
const HEADINGS = words('heading title');
const TABLES = words('table');
const HEADERS = words('table.header');
/** What is printed for a function without content: white space, the end of a line, the end of a block. */
const LAYOUT: ReadonlyMap<string, ' ' | '\n' | ''> = new Map([
  ['h', ' '],
  ['linebreak', '\n'],
  ['parbreak', ''],
  ['pagebreak', ''],
  ['v', ''],
  ['line', ''],
]);
/** Keywords of statements, which end with their line. */
const STATEMENTS = words('let set show import include');
const CONTROLS = words('if for while');
/** A formula that is nothing but one of these is a sign of its sentence. */
const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '=': '=',
    '/': '/',
    '+': '+',
    '!=': '≠',
    'eq.not': '≠',
    equiv: '≡',
    approx: '≈',
    '->': '→',
    arrow: '→',
    '=>': '⇒',
  }),
);
const MAXIMUM_DEPTH = 100;

const MARKS: Marks = {
  pattern: markPattern(),
  character: /\s+|\\u\{[\da-fA-F]*\}|\\[\s\S]|-+\??|\.+|\$[^$]*\$|#quote(?:\([^()]*\))?\[|[\s\S]/y,
  closes: (closer, opener) => (closer === ']' ? opener.endsWith('[') : closer === opener && /^[*_]$/.test(opener)),
};

/* ---------------------------------------------------------------- reading */

/** A call of a function whose arguments are being read. */
interface Call {
  /** Its name, with what it belongs to: `table.header`. */
  readonly path: string;
  /** The name of the argument that is being read, if it has one. */
  argument: string | undefined;
  /** How many contents it has, and how many were read before it. */
  contents: number;
  readonly before: number;
  level: number;
  isBlock: boolean;
  /** True if it stands in a line of markup, perhaps in a function whose content does. */
  readonly isInLine: boolean;
  /** True if it makes of a template what the document is shown with: `conf.with(title: [..])`. */
  readonly isTemplate: boolean;
  readonly table?: Table;
}

interface Table {
  readonly number: number;
  columns: number;
  /** How many cells stand before the present one, apart from those of the header. */
  cells: number;
  /** The column of the header cell that is being read, if one is. */
  header: number | undefined;
  /** How many columns the present cell takes; none if the present argument is no cell. */
  span: number;
  /** True if something of the present cell was read. */
  isBegun: boolean;
}

/** The lines of a content: what is begun in them and ends with a line. */
interface Layout {
  readonly standing: Standing;
  readonly items: { readonly indent: number; readonly standing: Standing }[];
  isHeading: boolean;
  isTerm: boolean;
}

const PARAGRAPH: Standing = { kind: 'paragraph', quoted: false };
const NAME = /[\p{L}_][\p{L}\p{N}_-]*(?:\.[\p{L}_][\p{L}\p{N}_-]*)*/uy;
const HEADING_MARK = /=+(?=[ \t\n]|$)/y;
const ITEM_MARK = /(?:[-+]|\d{1,9}\.)(?=[ \t\n]|$)/y;
const TERM_MARK = /\/[ \t]+(?=[^:\n]{1,200}:)/y;
const LABEL = /<[\w.:-]{1,200}>/y;
const REFERENCE = /@[\p{L}\p{N}_](?:[\w.:-]{0,200}\w)?/uy;
const CHARACTER_CODE = /\\u\{([\da-fA-F]{1,6})\}/y;
const ADDRESS = /\/\/[^\s"<>[\]{}()]{1,2000}/y;
const VALUE = /\w+(?:\.\w+)?%?/y;
const ELSE = /\s{0,200}else\b/y;
const NUMBER = /\s{0,20}(\d{1,3})/y;
const COLUMNS =
  /\s{0,20}(?:(\d{1,3})\b|\(([^()]{0,500}(?:\([^()]*\)[^()]{0,200}){0,20})\)(?:\s{0,9}\*\s{0,9}(\d{1,2}))?)/y;

class Reader {
  readonly comments: Comment[] = [];
  readonly #text: string;
  readonly #flow: Flow;
  #standing = PARAGRAPH;
  /** True in content that is not printed. */
  #muted = false;
  #at = 0;
  #depth = 0;
  #tables = 0;
  /** How many contents were read. */
  #contents = 0;

  constructor(text: string) {
    this.#text = text;
    this.#flow = new Flow(text);
  }

  read(): void {
    while (this.#at < this.#text.length) {
      this.#readMarkup();
      // A bracket that nothing opened is text.
      this.#keep(Math.min(this.#at + 1, this.#text.length));
    }
    this.#flush(this.#text.length);
  }

  get blocks(): Block[] {
    return this.#flow.blocks;
  }

  get #prose(): Prose {
    return this.#flow.prose;
  }

  #gone(to: number): void {
    this.#prose.gone(to);
    this.#at = Math.max(this.#at, to);
  }

  #keep(to: number): void {
    this.#prose.gone(this.#at);
    if (this.#muted) this.#prose.gone(to);
    else this.#prose.keep(to);
    this.#at = Math.max(this.#at, to);
  }

  #replace(characters: string, to: number): void {
    this.#prose.gone(this.#at);
    if (this.#muted) this.#prose.gone(to);
    else if (characters === '\n') this.#prose.break(to);
    else this.#prose.replace(characters, to);
    this.#at = Math.max(this.#at, to);
  }

  /* -------------------------------------------------------------- markup */

  /** Reads markup up to the bracket that closes it, or the end. */
  #readMarkup(): void {
    const text = this.#text;
    const layout: Layout = { standing: this.#standing, items: [], isHeading: false, isTerm: false };
    let brackets = 0;
    this.#readLineStart(layout);
    while (this.#at < text.length) {
      this.#keep(nextSign(text, this.#at));
      const sign = text[this.#at];
      if (sign === ']' && brackets-- === 0) break;
      if (sign === '[') brackets++;
      if (sign === '\n') this.#readLineBreak(layout);
      else if (sign === ':' && layout.isTerm) this.#endTerm(layout);
      else if (sign !== undefined) this.#readSign(sign);
    }
    if (layout.isHeading || layout.items.length > 0) this.#flush(this.#at);
    this.#standing = layout.standing;
  }

  #readSign(sign: string): void {
    const text = this.#text;
    const at = this.#at;
    const next = text[at + 1];
    if (sign === '\\') this.#readEscape(at);
    else if (sign === '/' && (next === '/' || next === '*')) this.#readSlashes(at);
    else if (sign === '`') this.#readRaw(at);
    else if (sign === '$') this.#readMath(at);
    else if (sign === '#') this.#readHash(at);
    else if (sign === '@') this.#readReference(at);
    else if (sign === '<') this.#gone(at + (matchAt(LABEL, text, at)?.[0].length ?? 0));
    else if (sign === '~') this.#replace('\u00A0', at + 1);
    else if (text.startsWith('---', at)) this.#replace('—', at + 3);
    else if (text.startsWith('--', at)) this.#replace('–', at + 2);
    else if (text.startsWith('-?', at)) this.#gone(at + 2);
    else if (text.startsWith('...', at)) this.#replace('…', at + 3);
    else if (/[*_]/.test(sign) && !(isWord(text, at - 1) && isWord(text, at + 1))) this.#gone(at + 1);
    if (this.#at === at) this.#keep(at + 1);
  }

  #readLineBreak(layout: Layout): void {
    const text = this.#text;
    const isBlank = isBlankAfter(text, this.#at);
    if (layout.isHeading) this.#endHeading(layout);
    if (isBlank) {
      const end = spaceEnd(text, this.#at);
      // The white space before the next line tells to which item it belongs.
      this.#flush(end < text.length ? text.lastIndexOf('\n', end) + 1 : end);
    } else this.#keep(this.#at + 1);
    layout.isTerm = false;
    this.#readLineStart(layout);
  }

  #endHeading(layout: Layout): void {
    this.#flush(this.#at);
    layout.isHeading = false;
    this.#stand(layout.items.at(-1)?.standing ?? layout.standing);
  }

  #endTerm(layout: Layout): void {
    this.#flush(this.#at + 1);
    layout.isTerm = false;
    this.#stand({ kind: 'item', quoted: this.#standing.quoted });
  }

  /** Reads the marks of headings and lists, with which a line begins. */
  #readLineStart(layout: Layout): void {
    const text = this.#text;
    const start = blankEnd(text, this.#at);
    const indent = start - this.#at;
    if (start >= text.length) return;
    const { items } = layout;
    const depth = items.length;
    while (items.length > 0 && indent <= items.at(-1)!.indent) items.pop();
    const around = items.at(-1)?.standing ?? layout.standing;
    if (items.length < depth) {
      this.#flush(start);
      this.#stand(around);
    }
    const { quoted } = around;
    const heading = matchAt(HEADING_MARK, text, start);
    const mark = heading ?? matchAt(ITEM_MARK, text, start) ?? matchAt(TERM_MARK, text, start);
    if (!mark) return;
    this.#flush(start + mark[0].length);
    layout.isHeading = heading !== null;
    layout.isTerm = text[start] === '/';
    if (heading) this.#stand({ kind: 'heading', level: Math.min(6, mark[0].length), quoted });
    else this.#stand({ kind: layout.isTerm ? 'paragraph' : 'item', quoted });
    if (!heading) items.push({ indent, standing: { kind: 'item', quoted } });
  }

  /** A backslash before white space ends a line. */
  #readEscape(at: number): void {
    const next = this.#text[at + 1] ?? '\n';
    const code = matchAt(CHARACTER_CODE, this.#text, at);
    const point = code ? Number.parseInt(code[1]!, 16) : 0;
    if (code) this.#replace(point <= 0x10ffff ? String.fromCodePoint(point) : '\uFFFD', at + code[0].length);
    else if (isSpace(next.charCodeAt(0))) this.#replace('\n', at + 1);
    else this.#replace(next, at + 2);
  }

  /** A comment, unless it is part of an address. */
  #readSlashes(at: number): void {
    const isAddress = /https?:$/.test(this.#text.slice(Math.max(0, at - 6), at));
    const address = isAddress ? matchAt(ADDRESS, this.#text, at) : null;
    if (address) this.#keep(at + address[0].length);
    else this.#gone(this.#readComment(at));
  }

  #readComment(at: number): number {
    const text = this.#text;
    const isLine = text[at + 1] === '/';
    const end = isLine ? lineEnd(text, at) : commentEnd(text, at);
    const inner = isLine ? end : Math.max(at + 2, text.startsWith('*/', end - 2) ? end - 2 : end);
    // A directive may stand behind another comment.
    const directive = isLine ? text.slice(at + 2, end).indexOf('// termlint-') : -1;
    for (const start of directive < 0 ? [at] : [at, at + 2 + directive])
      this.comments.push({ start, end, textStart: start + 2, text: copyOf(text.slice(start + 2, inner)) });
    return end;
  }

  #readRaw(at: number): void {
    const end = rawEnd(this.#text, at);
    const isBlock = this.#text.startsWith('```', at) && this.#text.slice(at, end).includes('\n');
    if (isBlock && isAloneOnLine(this.#text, { start: at, end }, '//')) this.#flush(end);
    else if (end > at + 2) this.#replace(OBJECT, end);
    else this.#gone(end);
  }

  #readMath(at: number): void {
    const end = mathEnd(this.#text, at);
    const inner = this.#text.slice(at + 1, Math.min(end - 1, at + 20)).trim();
    // A formula that ends with a full stop ends its sentence.
    const stops = /\.\s*\$$/.test(this.#text.slice(Math.max(at, end - 8), end));
    this.#replace(stops ? '\n' : (SIGNS.get(inner) ?? OBJECT), end);
  }

  /** `@label`, perhaps with what is written for it: `@label[Figure]`. */
  #readReference(at: number): void {
    const reference = isWord(this.#text, at - 1) ? null : matchAt(REFERENCE, this.#text, at);
    if (!reference) return;
    const end = at + reference[0].length;
    this.#replace(OBJECT, end);
    if (this.#text[end] === '[') this.#readInline();
  }

  /* -------------------------------------------------------------- code */

  /** Reads code in markup. What has no content stands for a word, unless it is alone on its line. */
  #readHash(at: number): void {
    const text = this.#text;
    const name = matchAt(NAME, text, at + 1)?.[0];
    const [contents, { length }] = [this.#contents, this.comments];
    if (!name && !/["([{\d]/.test(text[at + 1] ?? '')) return;
    this.#at = at + 1;
    if (name && STATEMENTS.has(name)) this.#readStatement(name);
    else if (name && CONTROLS.has(name)) this.#readControl(name);
    else if (name === 'context') this.#readContext();
    else if (name) this.#readCall(name, true);
    else if (text[this.#at] === '[') this.#readInline();
    else if (/[({]/.test(text[this.#at]!)) this.#readGroup();
    else if (text[this.#at] === '"') this.#at = stringEnd(text, this.#at);
    else this.#at += matchAt(VALUE, text, this.#at)![0].length;
    if (text[this.#at] === ';') this.#at++;
    const isCode = contents === this.#contents && length === this.comments.length;
    if (!isCode || (name && STATEMENTS.has(name))) this.#gone(this.#at);
    else this.#readValue(name ?? '', at);
  }

  /** What is printed for code without content. */
  #readValue(name: string, at: number): void {
    const end = this.#at;
    const layout = LAYOUT.get(name);
    this.#at = at;
    if (layout === '') this.#flush(end);
    else if (layout === undefined && isAloneOnLine(this.#text, { start: at, end }, '//')) this.#gone(end);
    else this.#replace(layout ?? OBJECT, end);
  }

  /** `#let x = 1`: up to the end of its line. */
  #readStatement(name: string): void {
    this.#at += name.length;
    this.#readCode('\n');
  }

  /** `#context x` is what `x` is. */
  #readContext(): void {
    this.#at = blankEnd(this.#text, this.#at + 'context'.length);
    const name = matchAt(NAME, this.#text, this.#at)?.[0];
    if (name) this.#readCall(name, true);
    else if (this.#text[this.#at] === '[') this.#readInline();
    else if (/[({]/.test(this.#text[this.#at] ?? '')) this.#readGroup();
  }

  /** `#if x [..] else [..]` */
  #readControl(name: string): void {
    this.#at += name.length;
    for (let first = true; ; first = false) {
      this.#readCode('[');
      if (this.#text[this.#at] === '[') this.#readFollowing(first);
      else if (this.#text[this.#at] === '{') this.#readGroup();
      const otherwise = matchAt(ELSE, this.#text, this.#at);
      if (!otherwise) return;
      this.#at += otherwise[0].length;
    }
  }

  /** Reads what is in parentheses or braces: the arguments of a call, or a part of one. */
  #readGroup(call?: Call, isPart = false): void {
    const close = this.#text[this.#at] === '(' ? ')' : '}';
    this.#at++;
    if (this.#depth >= MAXIMUM_DEPTH) return;
    this.#depth++;
    this.#readCode(close, call, isPart);
    this.#depth--;
    if (this.#text[this.#at] === close) this.#at++;
  }

  /** Reads code up to a bracket, or to the end of the line, and the contents in it. */
  #readCode(closer: ')' | '}' | '[' | '\n', call?: Call, isPart = false): void {
    const text = this.#text;
    for (this.#at = codeSignAt(text, this.#at); this.#at < text.length; this.#at = codeSignAt(text, this.#at)) {
      const at = this.#at;
      const sign = text[at]!;
      if (sign === ')' || sign === ']' || sign === '}' || sign === closer) return;
      if (closer === '[' ? sign === '{' || sign === '\n' : closer === '\n' && sign === ';') return;
      const name = isNameStart(text, at) ? matchAt(NAME, text, at)?.[0] : undefined;
      if (name) this.#readName(name, call, isPart);
      else if (sign === '(' || sign === '{') this.#readGroup(sign === '(' ? call : undefined, true);
      else if (sign === '[') this.#readContent(call);
      else if (sign === '"') this.#at = stringEnd(text, at);
      else if (sign === '`') this.#at = rawEnd(text, at);
      else if (sign === '$') this.#at = mathEnd(text, at);
      else if (sign === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) this.#at = this.#readComment(at);
      else this.#at++;
      if (sign === ',' && closer === ')' && !isPart) this.#endArgument(call);
      if (this.#at === at) this.#at++;
    }
  }

  #readName(name: string, call: Call | undefined, isPart: boolean): void {
    const text = this.#text;
    const end = this.#at + name.length;
    const table = call?.argument === undefined && !name.startsWith('table.') ? call?.table : undefined;
    if (/[([]/.test(text[end] ?? '')) {
      const around = this.#standing;
      if (table) this.#stand(cellOf(table, around.quoted));
      this.#readCall(name, false, call);
      if (table) this.#flush(this.#at);
      this.#standing = around;
      return;
    }
    this.#at = end;
    const colon = blankEnd(text, end);
    if (call && !isPart && text[colon] === ':') this.#nameArgument(name, colon + 1, call);
    else if (call?.argument === 'block' && name === 'true') call.isBlock = true;
  }

  #nameArgument(name: string, valueStart: number, call: Call): void {
    this.#at = valueStart;
    call.argument = name;
    const number = matchAt(NUMBER, this.#text, valueStart);
    if (name === 'level' && number) call.level = Math.max(1, Math.min(6, Number(number[1])));
    if (name === 'colspan' && number && call.table) call.table.span = Math.max(1, Number(number[1]));
    if (name === 'columns' && call.table) call.table.columns = columnsOf(matchAt(COLUMNS, this.#text, valueStart));
  }

  #endArgument(call?: Call): void {
    if (!call) return;
    if (call.table && call.argument === undefined) this.#nextCell(call.table);
    if (this.#contents > call.before && !INLINE.has(call.path)) this.#flush(this.#at);
    call.argument = undefined;
  }

  /** Reads a call: its arguments in parentheses, and contents directly behind them. */
  #readCall(name: string, isInMarkup: boolean, outer?: Call): void {
    const text = this.#text;
    const path = name.endsWith('.with') ? name.slice(0, -5) : name;
    const start = this.#at;
    this.#at = start + name.length;
    const table = TABLES.has(path)
      ? { number: this.#tables++, columns: 1, cells: 0, header: undefined, span: 1, isBegun: false }
      : path.startsWith('table.')
        ? outer?.table
        : undefined;
    const call: Call = {
      path,
      argument: undefined,
      contents: 0,
      before: this.#contents,
      level: 1,
      isBlock: false,
      isInLine: isInMarkup || (outer !== undefined && INLINE.has(outer.path)),
      isTemplate: path !== name,
      table,
    };
    const isBorder = BORDERS.has(path) || TABLES.has(path) || ITEMS.has(path);
    if (isBorder && /[([]/.test(text[this.#at] ?? '')) this.#flush(this.#at);
    if (HEADERS.has(path) && table) table.header = 0;
    for (;;) {
      const sign = text[this.#at];
      if (sign === '(') this.#readArguments(call);
      else if (sign === '[') this.#readContent(call, true);
      else if (sign === '.' && isNameStart(text, this.#at + 1))
        this.#at += 1 + matchAt(NAME, text, this.#at + 1)![0].length;
      else break;
      call.argument = undefined;
    }
    if (HEADERS.has(path) && table) table.header = undefined;
    // Lines and headers are no cells.
    if (outer?.table && path.startsWith('table.') && path !== 'table.cell') outer.table.span = 0;
    if (isBorder) this.#flush(this.#at);
  }

  #readArguments(call: Call): void {
    this.#readGroup(call);
    // No comma needs to stand behind the last one.
    if (call.table?.isBegun && call.path !== 'table.cell') this.#nextCell(call.table);
  }

  #nextCell(table: Table): void {
    if (table.header !== undefined) table.header += table.span;
    else table.cells += table.span;
    table.span = 1;
    table.isBegun = false;
  }

  /* -------------------------------------------------------------- contents */

  /** Reads content in the line. */
  #readInline(): void {
    this.#readBetween('', '');
  }

  /** Reads content in the line, of which the brackets are printed as something else. */
  #readBetween(opener: '' | '“' | '\n', closer: '' | '”'): void {
    this.#contents++;
    if (opener) this.#replace(opener, this.#at + 1);
    else this.#gone(this.#at + 1);
    if (this.#depth >= MAXIMUM_DEPTH) return;
    this.#depth++;
    this.#readMarkup();
    this.#depth--;
    const end = Math.min(this.#at + 1, this.#text.length);
    if (closer && end > this.#at) this.#replace(closer, end);
    else this.#gone(end);
  }

  /** Reads the content that is an argument of a call, or a value in code. */
  #readContent(call: Call | undefined, isBehind = false): void {
    const path = call?.path ?? '';
    const first = (call?.contents ?? 0) === 0;
    if (call) call.contents++;
    if (SILENT.has(path)) this.#readMuted();
    else if (NESTED.has(path)) this.#readNote();
    else if (call && INLINE.has(path)) this.#readInline();
    else if (path === 'quote' && !call?.isBlock && call?.argument === undefined) this.#readBetween('“', '”');
    else if (call?.table) this.#readCell(call.table, isBehind && path !== 'table.cell');
    else if (isBehind && call?.isInLine && this.#isInline(path)) this.#readFollowing(first);
    else this.#readBlock(this.#standingOf(call, first));
  }

  /** True for the content of a function that is not known and that begins in the line. */
  #isInline(path: string): boolean {
    const isKnown =
      BORDERS.has(path) || ITEMS.has(path) || HEADINGS.has(path) || path === 'quote' || path === 'figure.caption';
    return !isKnown && this.#text[this.#at + 1] !== '\n';
  }

  /** Contents that follow each other, of one function or of one condition, do not make one word. */
  #readFollowing(first: boolean): void {
    if (first) this.#readInline();
    else this.#readBetween('\n', '');
  }

  #readMuted(): void {
    const muted = this.#muted;
    this.#muted = true;
    this.#readInline();
    this.#muted = muted;
  }

  /** All that stands in a note is the note. */
  #readNote(): void {
    const standing = this.#standing;
    this.#prose.gone(this.#at);
    this.#flow.openNote(this.#at);
    this.#standing = { kind: 'note', quoted: standing.quoted };
    this.#readInline();
    this.#flush(this.#at);
    this.#flow.closeNote();
    this.#standing = standing;
    this.#prose.gone(this.#at);
  }

  #readCell(table: Table, isWhole: boolean): void {
    this.#readBlock(cellOf(table, this.#standing.quoted));
    // Contents behind the parentheses are a cell each.
    if (isWhole) this.#nextCell(table);
  }

  #readBlock(standing: Standing): void {
    const around = this.#standing;
    this.#flush(this.#at);
    this.#stand(standing);
    this.#readInline();
    this.#flush(this.#at);
    this.#standing = around;
  }

  #standingOf(call: Call | undefined, first: boolean): Standing {
    const around = this.#standing;
    const { quoted } = around;
    const { path = '', argument, level = 1, isTemplate } = call ?? {};
    if (argument === 'caption' || argument === 'attribution' || path === 'figure.caption')
      return { kind: 'caption', quoted };
    if (argument === 'title')
      return isTemplate || path === 'document' ? { kind: 'heading', level: 1, quoted } : { kind: 'caption', quoted };
    if (HEADINGS.has(path)) return { kind: 'heading', level, quoted };
    if (path === 'terms.item' && first) return { kind: 'paragraph', quoted };
    if (ITEMS.has(path)) return { kind: 'item', quoted };
    if (path === 'quote') return { kind: 'quotation', quoted: true };
    return around.kind === 'heading' ? { kind: 'paragraph', quoted } : around;
  }

  /* -------------------------------------------------------------- blocks */

  #stand(standing: Standing): void {
    if (!this.#flow.isInNote) this.#standing = standing;
  }

  /** Ends the block that is being read, and goes on at `to`. */
  #flush(to: number): void {
    this.#flow.endBlock(this.#standing, to);
    this.#at = Math.max(this.#at, to);
  }
}

/** Begins a cell. */
function cellOf(table: Table, quoted: boolean): Standing {
  const { number, columns, cells, header } = table;
  table.isBegun = true;
  const row = header === undefined ? 1 + Math.floor(cells / columns) : 0;
  return { kind: 'cell', cell: { table: number, row, column: header ?? cells % columns }, quoted };
}

/* ---------------------------------------------------------------- places in the text */

const SIGN = new Uint8Array(128);
for (const sign of '\\*_`$#@<~[]\n') SIGN[sign.charCodeAt(0)] = 1;
// These are signs before some others only.
const PAIRS: ReadonlyMap<number, string> = new Map([
  [45, '-?'],
  [46, '.'],
  [47, '/*'],
  [58, ' \t\n'],
]);
for (const code of PAIRS.keys()) SIGN[code] = 2;

function nextSign(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const sign = code < 128 ? SIGN[code] : 0;
    if (sign === 1 || (sign === 2 && PAIRS.get(code)!.includes(text[at + 1] ?? ' '))) return at;
  }
  return text.length;
}

const CODE_SIGN = new Uint8Array(128);
for (let code = 0; code < 128; code++)
  if (/[A-Za-z_()[\]{}"`$/,;\n]/.test(String.fromCharCode(code))) CODE_SIGN[code] = 1;

function codeSignAt(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) < 128 && CODE_SIGN[text.charCodeAt(at)] === 0) at++;
  return at;
}

function columnsOf(match: RegExpExecArray | null): number {
  if (!match) return 1;
  if (match[1]) return Math.max(1, Number(match[1]));
  const widths = match[2]!
    .replace(/\([^()]*\)/g, '')
    .split(',')
    .filter((width) => width.trim() !== '');
  return Math.max(1, widths.length * Number(match[3] ?? 1));
}

/** Where raw text ends that begins at `at`: with as many backticks as it begins with. */
function rawEnd(text: string, start: number): number {
  let marks = start;
  while (text[marks] === '`') marks++;
  const count = marks - start;
  if (count === 2) return marks;
  const close = text.indexOf(count === 1 ? '`' : text.slice(start, marks), marks);
  return close < 0 ? text.length : close + count;
}

/** Where the formula ends that begins at `at`; it holds no blank line. */
function mathEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const sign = text[at];
    if (sign === '\\') at++;
    else if (sign === '$') return at + 1;
    else if (sign === '"') at = stringEnd(text, at) - 1;
    else if (sign === '\n' && isBlankAfter(text, at)) return at;
  }
  return text.length;
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** Where the comment ends that begins at `at`; comments may stand in comments. */
function commentEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    if (text[at] === '/' && text[at + 1] === '*') {
      depth++;
      at++;
    } else if (text[at] === '*' && text[at + 1] === '/') {
      at++;
      if (--depth === 0) return at + 1;
    }
  }
  return text.length;
}

function isNameStart(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95 || code > 127;
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code >= 48 && code <= 57) || (isNameStart(text, at) && code !== 95);
}
