import { createScanner } from 'jsonc-parser';
import type { Block, Comment, Format, Reading } from '../document';
import type { Span } from '../text';
import { type Excerpt, inWhole } from './excerpt';
import { markdown } from './markdown';
import { movedBlock } from './prose';

/**
 * Notebooks of Jupyter, nbformat 3 and 4: the Markdown in their cells, as it stands in the strings of JSON. Code and what it put out
 * is no prose. JSON that is not whole is read as far as it can be.
 */
export const notebook: Format = {
  name: 'notebook',
  languages: ['ipynb'],
  extensions: ['.ipynb'],
  comment: () => markdown.comment!('markdown'),
  // A line break is no such character: with it goes what stands between the strings of two lines.
  marks: { ...markdown.marks!, character: /&#?\w{1,31};|\\(?:u[\da-fA-F]{4}|[^nr])/y },
  escape: (words) => JSON.stringify(words).slice(1, -1),
  // The letter of an escape would stick to the word behind it.
  searched: (text) => text.replaceAll(/\\[bfnrt]/g, '  '),
  read: readNotebook,
};

/** What the texts of cells read as. */
type Memory = ReadonlyMap<string, Pick<Reading, 'blocks' | 'comments'>>;

function readNotebook(text: string, previous?: { readonly text: string; readonly reading: Reading }): Reading {
  const known = previous?.reading.memory as Memory | undefined;
  const memory = new Map<string, Pick<Reading, 'blocks' | 'comments'>>();
  const blocks: Block[] = [];
  const comments: Comment[] = [];
  let tables = 0;
  for (const cell of cellsOf(text)) {
    const excerpt = excerptOf(text, cell.source);
    const reading = known?.get(excerpt.text) ?? readCell(excerpt.text);
    memory.set(excerpt.text, reading);
    const placed = inWhole(reading, excerpt, text);
    for (const block of placed.blocks) blocks.push(movedBlock(inCell(block, cell), 0, tables));
    comments.push(...placed.comments);
    tables += reading.blocks.reduce((count, { cell }) => Math.max(count, cell ? cell.table + 1 : 0), 0);
  }
  return { blocks, comments, memory };
}

function readCell(text: string): Pick<Reading, 'blocks' | 'comments'> {
  const { blocks, comments } = markdown.read(text);
  return { blocks, comments };
}

/** In nbformat 3 a heading is a cell of its own, without marks. */
function inCell(block: Block, { type, level }: Cell): Block {
  return type === 'heading' && block.kind === 'paragraph' ? { ...block, kind: 'heading', level } : block;
}

/* ---------------------------------------------------------------- cells */

/** A cell of text. */
interface Cell {
  readonly type: string;
  readonly level: number;
  /** The insides of the strings that its text is put together from. */
  readonly source: readonly Span[];
}

/** The cells whose text is Markdown, in order. */
function cellsOf(text: string): readonly Cell[] {
  const cells: Cell[] = [];
  const objects = new Json(text).read().filter(({ source, said }) => source.length > 0 && said.has('cell_type'));
  for (const { source, said } of objects.sort((a, b) => a.source[0]!.start - b.source[0]!.start)) {
    const type = said.get('cell_type')!;
    // A raw cell of no format is front matter or notes more often than code.
    const isText = type === 'markdown' || type === 'heading' || (type === 'raw' && isMarkdown(said.get('format')));
    const isBehind = source[0]!.start >= (cells.at(-1)?.source.at(-1)?.end ?? 0);
    const level = Math.max(1, Math.min(6, Math.trunc(Number(said.get('level'))) || 1));
    if (isText && isBehind) cells.push({ type, level, source });
  }
  return cells;
}

function isMarkdown(format: string | undefined): boolean {
  return format === undefined || format === 'text/markdown';
}

/** An object or an array. */
interface Container {
  readonly opened: '{' | '[';
  /** Of an object, the key whose value is read; of an array, its own. */
  key: string | undefined;
  /** What an object says of a cell. */
  readonly said: Map<string, string>;
  readonly source: Span[];
}

const SAID: ReadonlySet<string> = new Set(['cell_type', 'level', 'format', 'raw_mimetype']);

/** That of the scanner's errors with which a string ends before it is closed. */
const END_OF_STRING = 2;

/** Finds the objects of a text, the inner ones first. A bracket that is not closed is closed by those around it. */
class Json {
  readonly objects: Container[] = [];
  readonly #text: string;
  readonly #open: Container[] = [];
  readonly #count = { '{': 0, '[': 0 };

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly Container[] {
    const scanner = createScanner(this.#text, true);
    /** A string that is a value unless a colon follows. */
    let string: Span | undefined;
    for (let sign: string | undefined = ' '; sign !== undefined; ) {
      scanner.scan();
      const start = scanner.getTokenOffset();
      const end = start + scanner.getTokenLength();
      sign = this.#text[start];
      if (string && sign === ':') this.#addKey(string);
      else if (string) this.#addValue(string);
      const error: number = scanner.getTokenError();
      string = sign === '"' ? { start: start + 1, end: error === END_OF_STRING ? end : end - 1 } : undefined;
      if (sign === '{' || sign === '[') this.#begin(sign);
      else if (sign === '}') this.#end('{');
      else if (sign === ']') this.#end('[');
      else if (sign !== undefined && /\d/.test(sign)) this.#addValue({ start, end });
    }
    while (this.#open.length > 0) this.#closeLast();
    return this.objects;
  }

  #begin(opened: '{' | '['): void {
    const key = opened === '[' ? this.#open.at(-1)?.key : undefined;
    this.#open.push({ opened, key, said: new Map(), source: [] });
    this.#count[opened]++;
  }

  #end(opened: '{' | '['): void {
    this.#closeTo(opened);
    if (this.#count[opened] > 0) this.#closeLast();
  }

  #closeTo(opened: '{' | '['): void {
    while (this.#count[opened] > 0 && this.#open.at(-1)!.opened !== opened) this.#closeLast();
  }

  #closeLast(): void {
    const closed = this.#open.pop()!;
    const around = this.#open.at(-1);
    this.#count[closed.opened]--;
    if (closed.opened === '[') return;
    this.objects.push(closed);
    const format = closed.said.get('format') ?? closed.said.get('raw_mimetype');
    if (around?.key === 'metadata' && format) around.said.set('format', format);
  }

  #addKey({ start, end }: Span): void {
    this.#closeTo('{');
    const object = this.#open.at(-1);
    if (object) object.key = this.#text.slice(start, end);
  }

  #addValue(span: Span): void {
    const container = this.#open.at(-1);
    const { key } = container ?? {};
    if (key === 'source') (container!.opened === '{' ? container : this.#open.at(-2))?.source.push(span);
    else if (key !== undefined && SAID.has(key)) container!.said.set(key, this.#text.slice(span.start, span.end));
  }
}

/* ---------------------------------------------------------------- strings */

/** The text that strings of JSON say together. */
function excerptOf(whole: string, strings: readonly Span[]): Excerpt {
  const writer = new Writer(whole);
  for (const { start, end } of strings) {
    let at = start;
    for (const { 0: written, index } of whole.slice(start, end).matchAll(/\\(?:u[\da-fA-F]{4}|[\s\S])?/g)) {
      writer.keep(at, start + index);
      at = start + index + written.length;
      writer.replace(characterOf(written), start + index, at);
    }
    writer.keep(at, end);
  }
  return writer.excerpt();
}

/** Puts an excerpt together from left to right. */
class Writer {
  readonly #whole: string;
  readonly #cuts: number[] = [];
  readonly #left: number[] = [];
  readonly #tails: number[] = [];
  #text = '';
  /** How much was left out so far, and how much of it belongs to the last character. */
  #count = 0;
  #tail = 0;

  constructor(whole: string) {
    this.#whole = whole;
  }

  keep(start: number, end: number): void {
    if (end <= start) return;
    this.#cutTo(start);
    this.#text += this.#whole.slice(start, end);
  }

  /** What is written from `start` to `end` as one character. */
  replace(character: string, start: number, end: number): void {
    // As the formats see a text, its lines end with LF.
    if (character === '\r' && this.#whole.startsWith('\\n', end)) return;
    this.#cutTo(start);
    this.#text += character === '\r' ? '\n' : character;
    this.#tail = end - start - character.length;
  }

  excerpt(): Excerpt {
    if (this.#tail > 0) this.#cutTo(this.#text.length + this.#count + this.#tail);
    return { text: this.#text, cuts: this.#cuts, left: this.#left, tails: this.#tails };
  }

  #cutTo(start: number): void {
    const more = start - this.#text.length - this.#count;
    if (more === 0) return;
    this.#count += more;
    this.#cuts.push(this.#text.length);
    this.#left.push(this.#count);
    this.#tails.push(this.#tail);
    this.#tail = 0;
  }
}

const ESCAPED: ReadonlyMap<string, string> = new Map([
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);

/** The character that an escape stands for. */
function characterOf(written: string): string {
  if (written.length > 2) return String.fromCharCode(Number.parseInt(written.slice(2), 16));
  return ESCAPED.get(written[1] ?? '') ?? written.at(-1)!;
}
