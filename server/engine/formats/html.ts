import { type Block, type BlockKind, type Comment, type Format, OBJECT } from '../document';
import type { Span } from '../text';
import { readFrontMatter } from './front-matter';
import { characterOf, isOldName, isSpace, Prose, type Standing, visible } from './prose';

/** What matches a tag, whatever its attributes hold. */
export const TAG = '<(?:[^<>"\']|"[^"]{0,999}"|\'[^\']{0,999}\'){0,999}>';
/** A reference, or the tag of a quotation, which reads as its mark. */
export const CHARACTER = /&#?\w{1,31};?|<\/?(?:\w+:)?(?:q|quote)(?=[\s/>])[^<>]*>/y;

/** HTML, also as a template of Jekyll and the like: with front matter, and with expressions in braces. */
export const html: Format = {
  name: 'html',
  languages: ['html'],
  extensions: ['.html', '.htm', '.xhtml'],
  comment: () => ({ open: '<!-- ', close: ' -->', place: 'within line' }),
  marks: { pattern: new RegExp(`${TAG}|[\\s\\S]`, 'gy'), closes: isEndTag, character: CHARACTER },
  escape: (words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
  read(text) {
    const front = readFrontMatter(text);
    const region = {
      start: front.end,
      end: text.length,
      kind: 'paragraph',
      quoted: false,
      hidden: [],
      table: 0,
    } as const;
    const { blocks, comments } = readHtml(text, region);
    return { blocks: [...front.blocks, ...blocks], comments: [...front.comments, ...comments] };
  },
};

/** A tag, from `<` to `>`. */
export interface Tag {
  readonly end: number;
  /** In lower case unless it is a component's, such as `Tabs.Item`. */
  readonly name: string;
  readonly closing: boolean;
  /** Written with `/>`, or of an element that has no content, such as `<br>`. */
  readonly empty: boolean;
  readonly attributes: readonly Attribute[];
}

/** An attribute with the span of its value, without quotation marks. */
export interface Attribute extends Span {
  readonly name: string;
}

/** A part of a text that is HTML, and where it stands. */
export interface Region extends Span {
  /** What text is that stands in no element which says so. */
  readonly kind: BlockKind;
  readonly quoted: boolean;
  /** Markup of what surrounds the region, such as `>` at the start of its lines; in order. */
  readonly hidden: readonly Span[];
  /** The number of the region's first table. */
  readonly table: number;
  /** Reads text between tags that has markup of another format in it; without it all text is read as HTML. */
  readonly readOther?: (span: Span, standing: Standing) => readonly Block[] | undefined;
}

/** What the elements do to the text around or in them. */
const BORDERS = words(
  'address article aside base basefont blockquote body button caption center col colgroup dd details dialog dir div dl dt ' +
    'fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li link ' +
    'main menu menuitem meta nav noframes noscript ol optgroup option p param picture search section select source summary ' +
    'table tbody td template tfoot th thead title tr track ul',
);
const SILENT = words(
  'audio canvas iframe listing noembed noframes object pre script select style template textarea video xmp',
);
const OBJECTS = words('code kbd math samp svg tt var');
/** What is struck out is said no more. */
const STRUCK = words('del s strike');
/** In these, what looks like a tag is none, HTML 13.2.5. */
const RAW = words('iframe noembed noframes script style textarea title xmp');
const EMPTY = words('area base br col embed frame hr img input link meta param source track wbr');
const IMAGES = words('img Image');
const CAPTIONS = words('caption figcaption legend summary');
const ITEMS = words('li dd');
const CELLS = words('td th');
/** What a start tag closes without an end tag, HTML 13.1.2.4; every other border closes a paragraph. */
const CLOSES: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['li', words('p li')],
  ['dt', words('p dt dd')],
  ['dd', words('p dt dd')],
  ['td', words('p td th')],
  ['th', words('p td th')],
  ['tr', words('p td th tr caption')],
  ['tbody', words('p td th tr caption thead tbody tfoot')],
  ...[1, 2, 3, 4, 5, 6].map((level): [string, ReadonlySet<string>] => [`h${level}`, words('p h1 h2 h3 h4 h5 h6')]),
]);
const PARAGRAPH = words('p');
/** An end tag in one of these closes nothing around it, but for the parts of their table. */
const SCOPES = words('td th caption');
const TABLE_PARTS = words('table thead tbody tfoot tr td th caption');
const MAXIMUM_DEPTH = 200;
/** How many tags are looked at for the end of an element that may hold others of its name. */
const MAXIMUM_NESTING = 40;

/** True for an element that begins a new block, or ends one. */
export function isBorder(name: string): boolean {
  return BORDERS.has(name);
}

/** True for an element whose content stands for one word that is no prose. */
export function isObject(name: string): boolean {
  return OBJECTS.has(name);
}

/** The tag that begins at `at`, where a `<` is; `undefined` if there is none. Values in braces, as in JSX, are understood. */
export function tagAt(text: string, at: number, to: number): Tag | undefined {
  const closing = text[at + 1] === '/';
  const nameStart = closing ? at + 2 : at + 1;
  if (!isLetter(text.charCodeAt(nameStart))) return undefined;
  let position = nameStart + 1;
  while (position < to && isNameCode(text.charCodeAt(position))) position++;
  const written = text.slice(nameStart, position);
  const name = /^[A-Z]+[1-6]?$|^[a-z]/.test(written) ? written.toLowerCase() : written;
  const attributes: Attribute[] = [];
  for (;;) {
    const next = skipSpace(text, position, to);
    if (text[next] === '>' && next < to) {
      return { end: next + 1, name, closing, empty: EMPTY.has(name), attributes };
    }
    if (closing || next >= to) return undefined;
    if (text[next] === '/' && text[next + 1] === '>' && next + 1 < to) {
      return { end: next + 2, name, closing, empty: true, attributes };
    }
    const end = next > position ? readAttribute(text, next, to, attributes) : -1;
    if (end < 0) return undefined;
    position = end;
  }
}

/** True for `</b>` after `<b class="x">`. */
export function isEndTag(closer: string, opener: string): boolean {
  const name = /^<([\w:-]+)/.exec(opener)?.[1];
  return name !== undefined && closer === `</${name}>`;
}

/** The comment that begins at `at` with `<!--`; one that is not closed reaches to the end. */
export function commentAt(text: string, at: number, to: number): Comment & { readonly closed: boolean } {
  const textStart = Math.min(at + 4, to);
  const close = /--!?>/g;
  close.lastIndex = at + 2;
  const mark = close.exec(text);
  const closed = mark !== null && close.lastIndex <= to;
  const end = closed ? close.lastIndex : to;
  const textEnd = Math.max(textStart, closed ? mark.index : to);
  return { start: at, end, textStart, text: text.slice(textStart, textEnd), closed };
}

/**
 * The tag at `at` as a browser reads it, which takes anything for an attribute, such as `[ngIf]="wide"` or `href=?a=b`; `undefined` if there
 * is none. Its attributes are not read.
 */
function looseTagAt(text: string, at: number, to: number): Tag | undefined {
  const closing = text[at + 1] === '/';
  const name = /^[a-z][^\s/>]{0,60}/i.exec(text.slice(at + (closing ? 2 : 1), at + 70))?.[0].toLowerCase();
  if (name === undefined) return undefined;
  for (let position = at + 1 + name.length; position < to; position++) {
    const character = text[position];
    if (character === '>') {
      const empty = EMPTY.has(name) || text[position - 1] === '/';
      return { end: position + 1, name, closing, empty, attributes: [] };
    }
    if (character === '<') return undefined;
    if (character !== '=') continue;
    const value = skipSpace(text, position + 1, to);
    const quote = text[value];
    if (quote !== '"' && quote !== "'") continue;
    position = text.indexOf(quote, value + 1);
    if (position < 0) return undefined;
  }
  return undefined;
}

/** The character reference at `at`, where a `&` is. */
export function referenceAt(
  text: string,
  at: number,
): { readonly end: number; readonly character: string } | undefined {
  const reference = /^&(?:#[xX]?[\da-fA-F]{1,7}|[A-Za-z][A-Za-z\d]{1,31});/.exec(text.slice(at, at + 40));
  const character = reference ? characterOf(reference[0]) : undefined;
  return character === undefined ? undefined : { end: at + reference![0].length, character };
}

/** The reference at `at` as a browser reads it: those of old may lack their semicolon. */
function looseReferenceAt(text: string, at: number): ReturnType<typeof referenceAt> {
  const written = /^&(?:#x[\da-f]{1,7}|#\d{1,7}|[a-z\d]{2,8})/i.exec(text.slice(at, at + 12))?.[0] ?? '';
  for (let length = written.length; length > 2; length--) {
    const name = written.slice(1, length);
    const character = name.startsWith('#') || isOldName(name) ? characterOf(`&${name};`) : undefined;
    if (character !== undefined) return { end: at + length, character };
  }
  return undefined;
}

/** A trademark sign, or the number of a note. */
export function isMark(text: string): boolean {
  return !visible(text) || /^[\u2060\s[(]*(?:[\d*†‡,]{1,5}|TM|SM|R|®|™|℠)[\u2060\s\])]*$/i.test(text);
}

/** Where the tag's `{…}` value or expression ends that begins at `at`; -1 if it does not before `to`. */
export function bracesEnd(text: string, at: number, to: number): number {
  let depth = 0;
  for (let position = at; position < to; position++) {
    const character = text[position];
    if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return position + 1;
    else if (character === '"' || character === "'" || character === '`') {
      const close = closingQuote(text, position, to);
      if (close > 0) position = close;
    }
  }
  return -1;
}

/** Where the template expression `{{ }}` or `{% %}` ends that begins at `at`; -1 if there is none. */
export function templateEnd(text: string, at: number): number {
  const close = text[at] === '{' ? templateClose(text, at) : undefined;
  const end = close ? text.slice(at + 2, at + 2000).indexOf(close) : -1;
  return end < 0 ? -1 : at + end + 4;
}

/** What closes the template expression whose brace is at `at`. */
export function templateClose(text: string, at: number): string | undefined {
  return text[at + 1] === '{' ? '}}' : text[at + 1] === '%' ? '%}' : undefined;
}

/** Reads a part of a text as HTML. Components are borders when they stand alone on their line. */
export function readHtml(text: string, region: Region): { blocks: Block[]; comments: Comment[]; tables: number } {
  const reader = new Reader(text, region);
  reader.read();
  return reader;
}

interface OpenElement {
  readonly name: string;
  /** Of a table: where in it we are. */
  readonly table: { readonly number: number; row: number; column: number } | undefined;
}

class Reader {
  readonly blocks: Block[] = [];
  readonly comments: Comment[] = [];
  tables = 0;
  readonly #text: string;
  readonly #region: Region;
  readonly #open: OpenElement[] = [];
  /** Names of elements that are not closed in the rest of the region, so that they are searched for once. */
  readonly #unclosed = new Set<string>();
  #prose: Prose;
  #captions: Block[] = [];
  #nextHidden = 0;
  /** Where a raised text begins that is not closed yet. */
  #raised: number | undefined;
  /** How much may yet be read in vain, so that the time stays linear. */
  #patience: number;

  constructor(text: string, region: Region) {
    this.#text = text;
    this.#region = region;
    this.#prose = new Prose(text, region.start);
    this.#patience = 100_000 + 8 * (region.end - region.start);
  }

  read(): void {
    const { end } = this.#region;
    while (this.#prose.at < end) {
      const next = this.#text.indexOf('<', this.#prose.at);
      this.#keep(next < 0 || next > end ? end : next);
      if (this.#prose.at < end) this.#readMarkup(this.#prose.at);
    }
    this.#flush(end);
  }

  #readMarkup(at: number): void {
    const { end } = this.#region;
    if (this.#text.startsWith('<!--', at)) {
      this.#readComment(at);
      return;
    }
    // HTML 13.2.5.6 takes these for comments.
    if (/^<(?:[!?]|\/(?![a-z]|$))/i.test(this.#text.slice(at, at + 3))) {
      const close = this.#text.indexOf('>', at);
      this.#prose.gone(close < 0 || close >= end ? end : close + 1);
      return;
    }
    const limit = Math.min(end, at + 20_000);
    const tag = this.#patience > 0 ? (tagAt(this.#text, at, limit) ?? looseTagAt(this.#text, at, limit)) : undefined;
    if (tag) {
      this.#readTag(tag, at);
    } else {
      this.#patience -= this.#lookedAt(at);
      this.#keep(at + 1);
    }
  }

  /** What a failed look for a tag may have cost. */
  #lookedAt(at: number): number {
    const next = this.#text.charCodeAt(at + 1);
    return isLetter(next) ? Math.min(this.#region.end - at, 20_000) : 1;
  }

  #readComment(at: number): void {
    const { closed, ...comment } = commentAt(this.#text, at, this.#region.end);
    this.comments.push(comment);
    if (comment.text.includes('\n')) this.#flush(comment.end);
    else this.#prose.gone(comment.end);
  }

  #readTag(tag: Tag, at: number): void {
    const { name } = tag;
    if (SILENT.has(name) || OBJECTS.has(name) || STRUCK.has(name)) this.#readOpaque(tag);
    else if (name === 'br') this.#prose.break(tag.end);
    else if (IMAGES.has(name)) this.#readImage(tag);
    else if (name === 'title' && !tag.closing) this.#readTitle(tag);
    else if (name === 'sup') this.#readRaised(tag, at);
    else if (name === 'abbr' && !tag.closing) this.#readAbbreviation(tag);
    else if (name === 'q') this.#prose.replace(tag.closing ? '”' : '“', tag.end);
    else if (BORDERS.has(name) || this.#standsAlone(tag, at)) this.#readBorder(tag);
    else this.#prose.gone(tag.end);
  }

  /** Reads an element whose content is no prose. */
  #readOpaque(tag: Tag): void {
    const end = tag.closing || tag.empty ? tag.end : (this.#elementEnd(tag)?.end ?? this.#openEnd(tag));
    if (SILENT.has(tag.name)) this.#flush(end);
    else if (OBJECTS.has(tag.name) && end > tag.end) this.#prose.object(end);
    else this.#prose.gone(end);
  }

  /** Where an element that is not closed ends: that of a word at once, so that not all the rest is none. */
  #openEnd({ name, end }: Tag): number {
    return SILENT.has(name) ? this.#region.end : end;
  }

  /**
   * The end tag of an element: of those within each other the outer one's, but the first there is if one of them is not closed;
   * `undefined` if there is none.
   */
  #elementEnd({ name, end }: Tag): Span | undefined {
    if (this.#unclosed.has(name)) return undefined;
    const tags = new RegExp(`<(/?)${name}(?=[\\s/>])[^<>]{0,999}>`, 'gi');
    tags.lastIndex = end;
    let first: Span | undefined;
    let depth = 1;
    for (let count = 0; count < MAXIMUM_NESTING; count++) {
      const match = tags.exec(this.#text);
      if (!match || tags.lastIndex > this.#region.end) break;
      const closing = match[1] === '/';
      if (closing) first ??= { start: match.index, end: tags.lastIndex };
      if (closing) depth--;
      else if (!RAW.has(name) && !match[0].endsWith('/>')) depth++;
      if (depth === 0) return { start: match.index, end: tags.lastIndex };
    }
    if (!first) this.#unclosed.add(name);
    return first;
  }

  /** A title holds text and references, but no tags. */
  #readTitle(tag: Tag): void {
    const close = this.#elementEnd(tag);
    this.#flush(tag.end);
    if (!close) return;
    this.#openElement(tag.name);
    this.#keep(close.start);
    this.#flush(close.end);
    this.#close(tag.name);
  }

  /** An abbreviation with its title is a caption of its own, which reads as "title (abbreviation)". */
  #readAbbreviation(tag: Tag): void {
    const title = tag.attributes.find((attribute) => attribute.name === 'title');
    const close = title && title.end + 2 <= tag.end ? this.#elementEnd(tag) : undefined;
    this.#prose.gone(tag.end);
    if (!title || !close || this.#text.slice(tag.end, close.start).includes('<')) return;
    const prose = new Prose(this.#text, title.start);
    keepText(prose, this.#text, title.end);
    prose.replace(' (', tag.end);
    keepText(prose, this.#text, close.start);
    prose.replace(')', close.end);
    const block = prose.block({ kind: 'caption', quoted: this.#quoted() });
    if (block) this.#captions.push(block);
  }

  /** The number of a note or a trademark sign is no part of the word before it. */
  #readRaised(tag: Tag, at: number): void {
    if (!tag.closing) this.#raised = tag.empty ? undefined : at;
    this.#prose.gone(tag.end);
    if (!tag.closing || this.#raised === undefined) return;
    if (isMark(this.#prose.since(this.#raised))) {
      this.#prose.rewind(this.#raised);
      this.#prose.gone(tag.end);
    }
    this.#raised = undefined;
  }

  #readImage(tag: Tag): void {
    const alternative = tag.attributes.find((attribute) => attribute.name === 'alt');
    if (alternative) {
      const prose = new Prose(this.#text, alternative.start);
      keepText(prose, this.#text, alternative.end);
      const block = prose.block({ kind: 'caption', quoted: this.#quoted() });
      if (block) this.#captions.push(block);
    }
    this.#prose.object(tag.end);
  }

  #readBorder(tag: Tag): void {
    this.#flush(tag.end);
    if (tag.closing) this.#close(tag.name);
    else if (!tag.empty) this.#openElement(tag.name);
  }

  #openElement(name: string): void {
    const closes = CLOSES.get(name) ?? PARAGRAPH;
    while (closes.has(this.#open.at(-1)?.name ?? '')) this.#open.pop();
    const isTable = name === 'table';
    const table = isTable ? { number: this.#region.table + this.tables++, row: -1, column: -1 } : undefined;
    if (this.#open.length < MAXIMUM_DEPTH) this.#open.push({ name, table });
    const around = isTable ? undefined : this.#table();
    if (!around) return;
    if (name === 'tr') {
      around.row++;
      around.column = -1;
    } else if (CELLS.has(name)) {
      // A table whose first cell is no header has no header row.
      if (name === 'td' && around.row === 0 && around.column === -1) around.row = 1;
      around.column++;
    }
  }

  /** The innermost table that is open. */
  #table(): OpenElement['table'] {
    return this.#open.findLast(({ table }) => table !== undefined)?.table;
  }

  #close(name: string): void {
    for (let at = this.#open.length - 1; at >= 0; at--) {
      const open = this.#open[at]!.name;
      if (open === name || (isTitle(open) && isTitle(name))) {
        this.#open.length = at;
        return;
      }
      const isScope = open === 'table' || (SCOPES.has(open) && !TABLE_PARTS.has(name));
      if (isScope || (name === 'li' && (open === 'ul' || open === 'ol'))) return;
    }
  }

  /** Ends the block that is being read, and skips to `end`. */
  #flush(end: number): void {
    if (visible(this.#prose.since(this.#prose.start))) this.#addRun();
    this.#captions = [];
    this.#prose = new Prose(this.#text, end);
  }

  #addRun(): void {
    const { start, at } = this.#prose;
    const standing = this.#standing();
    const others = this.#region.readOther?.({ start, end: at }, standing);
    const block = others ? undefined : this.#prose.block(standing);
    if (others) this.blocks.push(...others);
    else if (block) this.blocks.push(block, ...this.#captions);
  }

  #standing(): Standing {
    const quoted = this.#quoted();
    for (let at = this.#open.length - 1; at >= 0; at--) {
      const { name } = this.#open[at]!;
      if (isTitle(name)) return { kind: 'heading', level: Number(name[1]), quoted };
      if (name === 'title') return { kind: 'title', level: 0, quoted };
      if (name === 'dt') return { kind: 'paragraph', quoted };
      if (ITEMS.has(name)) return { kind: 'item', quoted };
      if (CAPTIONS.has(name)) return { kind: 'caption', quoted };
      const table = CELLS.has(name) ? this.#table() : undefined;
      if (table) {
        const cell = { table: table.number, row: Math.max(0, table.row), column: Math.max(0, table.column) };
        return { kind: 'cell', quoted, cell };
      }
    }
    const { kind } = this.#region;
    return { kind: kind === 'paragraph' && quoted ? 'quotation' : kind, quoted };
  }

  #quoted(): boolean {
    return this.#region.quoted || this.#open.some(({ name }) => name === 'blockquote');
  }

  /** True if nothing but white space is beside the tag on its line. */
  #standsAlone(tag: Tag, at: number): boolean {
    let before = at;
    while (before > this.#region.start && isBlank(this.#text.charCodeAt(before - 1))) before--;
    let after = tag.end;
    while (after < this.#region.end && isBlank(this.#text.charCodeAt(after))) after++;
    const starts = before === this.#region.start || this.#text[before - 1] === '\n';
    return starts && (after === this.#region.end || this.#text[after] === '\n');
  }

  #keep(to: number): void {
    const { hidden } = this.#region;
    for (; this.#nextHidden < hidden.length && hidden[this.#nextHidden]!.start < to; this.#nextHidden++) {
      const span = hidden[this.#nextHidden]!;
      if (span.start < this.#prose.at) continue;
      keepText(this.#prose, this.#text, span.start);
      this.#prose.gone(span.end);
    }
    keepText(this.#prose, this.#text, to);
  }
}

/** Keeps the text up to `to`: character references are decoded, and template expressions are no prose. */
function keepText(prose: Prose, text: string, to: number): void {
  const start = prose.at;
  const run = text.slice(start, to);
  for (const sign of run.matchAll(/&|\{[{%]/g)) {
    const reference = sign[0] === '&' ? (referenceAt(run, sign.index) ?? looseReferenceAt(run, sign.index)) : undefined;
    const end = reference?.end ?? templateEnd(run, sign.index);
    if (end < 0 || start + sign.index < prose.at) continue;
    prose.keep(start + sign.index);
    if (sign[0] === '{%') prose.gone(start + end);
    else prose.replace(reference?.character ?? OBJECT, start + end);
  }
  prose.keep(to);
}

/** Reads the attribute at `at`, and returns where it ends; -1 if there is none. */
function readAttribute(text: string, at: number, to: number, attributes: Attribute[]): number {
  if (text[at] === '{') return bracesEnd(text, at, to);
  let end = at;
  while (end < to && isAttributeCode(text.charCodeAt(end), end === at)) end++;
  if (end === at) return -1;
  const name = text.slice(at, end);
  const equals = skipSpace(text, end, to);
  if (text[equals] !== '=' || equals >= to) {
    attributes.push({ name, start: end, end });
    return end;
  }
  const start = skipSpace(text, equals + 1, to);
  const quote = text[start];
  const quoted = quote === '"' || quote === "'";
  const close = quoted ? text.indexOf(quote, start + 1) : valueEnd(text, start, to);
  if (close < 0 || close >= to || (!quoted && close === start)) return -1;
  attributes.push({ name, start: quoted ? start + 1 : start, end: close });
  return quoted ? close + 1 : close;
}

/** True for `h1` and the like: the end tag of any closes another. */
function isTitle(name: string): boolean {
  return /^h[1-6]$/.test(name);
}

function valueEnd(text: string, start: number, to: number): number {
  if (text[start] === '{') return bracesEnd(text, start, to);
  let end = start;
  while (end < to && !isSpace(text.charCodeAt(end)) && !'"\'=<>`'.includes(text[end]!)) end++;
  return end;
}

/** The place of the quotation mark that closes the one at `at`, on the same line. */
function closingQuote(text: string, at: number, to: number): number {
  for (let position = at + 1; position < to && position < at + 500; position++) {
    if (text[position] === '\\') position++;
    else if (text[position] === text[at]) return position;
    else if (text[position] === '\n' && text[at] !== '`') return -1;
  }
  return -1;
}

function skipSpace(text: string, at: number, to: number): number {
  let end = at;
  while (end < to && isSpace(text.charCodeAt(end))) end++;
  return end;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function isNameCode(code: number): boolean {
  return isLetter(code) || (code >= 45 && code <= 46) || (code >= 48 && code <= 58) || code === 95;
}

/** `_` and `:` begin a name in HTML, `@` and `#` in Vue. */
function isAttributeCode(code: number, first: boolean): boolean {
  if (isLetter(code) || code === 58 || code === 95) return true;
  return first ? code === 64 || code === 35 : code === 45 || code === 46 || (code >= 48 && code <= 57);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
