import JSZip from 'jszip';
import { convertToHtml } from 'mammoth';
import { type Block, GONE, OBJECT, type Source } from './engine';

// A bundle of its own, which the command line loads for the first Word document: what this file imports is large.

/** A Word document (.docx) as a source in which each line is one paragraph, also of tables; notes come last. */
export async function readWord(bytes: Uint8Array): Promise<Source | { readonly problem: string }> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b)
    return { problem: 'This is no Word document, although it is named so. Save it anew in Word, or rename it.' };
  const tree = await treeOf(bytes).catch((error: unknown) => ({ problem: problemOf(error) }));
  return 'problem' in tree ? tree : sourceOf(tree);
}

/**
 * More than this is not read of one document, in bytes and in tags: a small archive may stand for gigabytes, and a tag
 * takes about a kilobyte of memory.
 */
const LARGEST_CONTENT = 20_000_000;
const MOST_TAGS = 1_000_000;

/** An element of the tree that mammoth makes of a document; which properties there are depends on its type. */
interface Element {
  readonly type: string;
  readonly children?: readonly Element[];
  readonly value?: string;
  readonly styleName?: string | null;
  readonly styleId?: string | null;
  /** Of a paragraph in a list. */
  readonly numbering?: object | null;
  readonly isStrikethrough?: boolean;
  readonly altText?: string | null;
  readonly checked?: boolean;
  readonly colSpan?: number;
  readonly rowSpan?: number;
}

interface Note {
  readonly body: readonly Element[];
}

interface Tree extends Element {
  readonly children: readonly Element[];
  readonly notes: { resolve(reference: Element): Note | null };
}

class TooLarge extends Error {}

async function treeOf(bytes: Uint8Array): Promise<Tree> {
  let tree: Tree | undefined;
  const file = boundedFile(await JSZip.loadAsync(bytes));
  // The tree is all that is wanted, so that nothing is left to convert.
  const transformDocument = (document: Tree) => {
    tree = document;
    return { ...document, children: [] };
  };
  await convertToHtml({ file } as never, { transformDocument, includeEmbeddedStyleMap: false });
  return tree!;
}

/** The files of an archive, as mammoth asks for them; together they must not be too large. */
function boundedFile(archive: JSZip) {
  let room = LARGEST_CONTENT;
  let tags = MOST_TAGS;
  const read = async (name: string, encoding?: string) => {
    const content = await unpacked(archive.file(name)!, () => room);
    room -= content.length;
    tags -= tagsIn(content);
    if (tags < 0) throw new TooLarge();
    return encoding ? new TextDecoder(encoding).decode(content) : content;
  };
  return { exists: (name: string) => archive.file(name) !== null, read };
}

function tagsIn(content: Buffer): number {
  let count = 0;
  for (let at = content.indexOf('<'); at >= 0; at = content.indexOf('<', at + 1)) count++;
  return count;
}

/** The size that an archive states may be wrong, so that it is counted. */
function unpacked(entry: JSZip.JSZipObject, room: () => number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const stream = entry.nodeStream();
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size <= room()) return;
      stream.pause();
      chunks.length = 0;
      reject(new TooLarge());
    });
    stream.on('error', reject);
    stream.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

function problemOf(error: unknown): string {
  if (error instanceof TooLarge) {
    return `It is too large: unpacked, it has more than ${LARGEST_CONTENT / 1_000_000} MB or a million tags. Split it, or leave it out.`;
  }
  const message = error instanceof Error ? error.message : String(error);
  return `This Word document is damaged (${message.replace(/\s+/g, ' ').slice(0, 120)}). Save it anew in Word.`;
}

function sourceOf(tree: Tree): Source {
  const writer = new Writer(tree);
  writer.write();
  return { text: writer.lines.join('\n'), format: 'docx', blocks: writer.blocks };
}

/** What a block is, apart from its place and text. */
type Standing = Pick<Block, 'kind' | 'level' | 'cell' | 'quoted'>;

const PARAGRAPH: Standing = { kind: 'paragraph', quoted: false };
const ITEM: Standing = { kind: 'item', quoted: false };
const NOTE: Standing = { kind: 'note', quoted: false };

/** A table has at most so many columns in Word, whatever a cell says. */
const MOST_COLUMNS = 63;

/** Writes the paragraphs of a document one below the other. */
class Writer {
  readonly lines: string[] = [];
  readonly blocks: Block[] = [];
  readonly #tree: Tree;
  /** In the order in which the document refers to them. */
  readonly #notes = new Set<Note>();
  #length = 0;
  #tables = 0;
  /** A document with a title has its headings one level below. */
  #titles = 0;

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  write(): void {
    this.#writeAll(this.#tree.children, PARAGRAPH);
    // Notes can refer to notes, which then come behind them.
    for (const { body } of this.#notes) this.#writeAll(body, NOTE);
  }

  /** Writes paragraphs and tables; `around` is what a paragraph is that nothing else is said of. */
  #writeAll(elements: readonly Element[], around: Standing): void {
    for (const element of elements) this.#writeElement(element, around);
  }

  #writeElement(element: Element, around: Standing): void {
    if (element.type === 'paragraph') this.#writeParagraph(element, around);
    else if (element.type === 'table') this.#writeTable(element, around);
    else if (isInline(element)) this.#writeParagraph({ type: 'paragraph', children: [element] }, around);
    else this.#writeAll(element.children ?? [], around);
  }

  #writeParagraph(paragraph: Element, around: Standing): void {
    const line = new Line(this.#length, (reference) => this.#refer(reference));
    for (const child of paragraph.children ?? []) line.add(child);
    this.lines.push(line.text);
    this.#length += line.text.length + 1;
    const standing = this.#standingOf(paragraph, around);
    if (standing) this.blocks.push(...line.blocks(standing));
    // What floats beside a paragraph, such as a text box, is not part of its sentences.
    this.#writeAll(line.floating, around);
  }

  #refer(reference: Element): void {
    const note = this.#tree.notes.resolve(reference);
    if (note) this.#notes.add(note);
  }

  /** The first row is the header row: few documents say which one is, and most tables have one. */
  #writeTable(table: Element, around: Standing): void {
    const number = this.#tables++;
    /** How many rows are yet taken of each column, by cells that reach over several. */
    const taken: number[] = [];
    let row = 0;
    for (const child of table.children ?? []) {
      if (child.type === 'tableRow') this.#writeRow(child, { table: number, row: row++, taken }, around);
      else this.#writeElement(child, around);
    }
  }

  #writeRow(line: Element, place: { table: number; row: number; taken: number[] }, around: Standing): void {
    const { table, row, taken } = place;
    let column = 0;
    for (const child of line.children ?? []) {
      while (taken[column]) column++;
      const { children = [], colSpan = 1, rowSpan = 1 } = child;
      const standing =
        around.kind === 'note' ? around : ({ kind: 'cell', cell: { table, row, column }, quoted: false } as const);
      this.#writeAll(children, standing);
      const end = column + Math.max(1, Math.min(colSpan, MOST_COLUMNS));
      for (; column < end; column++) taken[column] = rowSpan;
    }
    for (let at = 0; at < taken.length; at++) taken[at] = Math.max(0, (taken[at] ?? 0) - 1);
  }

  /** What the style of a paragraph says that it is; `undefined` if it is no prose. */
  #standingOf(paragraph: Element, around: Standing): Standing | undefined {
    const style = styleOf(paragraph);
    if (SILENT.test(style)) return undefined;
    if (around.kind === 'note') return around;
    const level = levelOf(style);
    if (level === 0) this.#titles++;
    if (level !== undefined) {
      return { kind: 'heading', level: Math.min(6, level + (this.#titles > 0 ? 1 : 0)), quoted: false };
    }
    if (CAPTION.test(style)) return { kind: 'caption', quoted: false };
    if (QUOTATION.test(style)) return { kind: 'quotation', quoted: true };
    return paragraph.numbering || ITEMS.test(style) ? ITEM : around;
  }
}

// The names that Word, LibreOffice and pandoc give to styles. Word keeps the English names in documents of any language.
const SILENT =
  /\b(?:code|html|index|listing|macro|preformatted|verbatim)\b|^(?:contents \d|contents heading|source text|table of|toc)\b/;
const CAPTION = /\bcaption\b|^(?:drawing|figure|illustration|table)$/;
const QUOTATION = /\b(?:quote|quotations?)\b|^block text$/;
const ITEMS = /^list (?:bullet|continue|number)\b|^definition$/;

/** The name of an element's style in lower case, with spaces between its words, as in "heading 1". */
function styleOf({ styleName, styleId }: Element): string {
  return (styleName ?? styleId ?? '').replace(/(?<=\p{Ll})(?=[\p{Lu}\d])/gu, ' ').toLowerCase();
}

/** The level of a heading, 0 for the title of the document; `undefined` for anything else. */
function levelOf(style: string): number | undefined {
  if (style === 'title') return 0;
  if (style === 'heading') return 1;
  const [, level] = /\bheading (\d)/.exec(style) ?? [];
  return level === undefined ? undefined : Number(level);
}

const INLINE = new Set(['break', 'checkbox', 'hyperlink', 'image', 'noteReference', 'run', 'tab', 'text']);

function isInline({ type }: Element): boolean {
  return INLINE.has(type);
}

/** One paragraph as it is written: its text as people see it, and beside it, as long, what a block says of it. */
class Line {
  text = '';
  /** What stands within the paragraph, but is none of its words. */
  readonly floating: Element[] = [];
  readonly #start: number;
  readonly #refer: (reference: Element) => void;
  readonly #captions: Block[] = [];
  #prose = '';
  /** What the next piece reads as, if it is no prose. */
  #instead: string | undefined;

  constructor(start: number, refer: (reference: Element) => void) {
    this.#start = start;
    this.#refer = refer;
  }

  add(element: Element): void {
    const { type, children = [] } = element;
    if (type === 'text') this.#write(plain(element.value));
    else if (type === 'tab') this.#write('\t');
    else if (type === 'break') this.#write(' ', '\n');
    else if (type === 'checkbox') this.#write(element.checked ? '\u2612' : '\u2610', OBJECT);
    else if (type === 'image') this.#addImage(plain(element.altText).trim());
    else if (type === 'noteReference') this.#refer(element);
    else if (type === 'run') this.#addRun(element);
    else if (type === 'paragraph' || type === 'table') this.floating.push(element);
    else for (const child of children) this.add(child);
  }

  /** The paragraph as a block, with the alternative texts of its pictures; none if nothing in it can be seen. */
  blocks(standing: Standing): readonly Block[] {
    const text = this.#prose.trim();
    if (text.replaceAll(GONE, '') === '') return [];
    const margin = this.#prose.length - this.#prose.trimStart().length;
    return [blockAt(this.#start + margin, text, standing), ...this.#captions];
  }

  /** Word divides runs wherever it likes, also within words. What is struck out is said no more, and code is one word. */
  #addRun(run: Element): void {
    const outside = this.#instead;
    if (run.isStrikethrough) this.#instead ??= GONE;
    else if (SILENT.test(styleOf(run))) this.#instead ??= OBJECT;
    for (const child of run.children ?? []) this.add(child);
    this.#instead = outside;
  }

  /** A picture reads as one word; its alternative text stands in brackets, as in Markdown. */
  #addImage(alternative: string): void {
    const shown = alternative === '' ? OBJECT : `[${alternative}]`;
    const start = this.#start + this.text.length + 1;
    const isShown = alternative !== '' && this.#instead === undefined;
    this.#write(shown, OBJECT + GONE.repeat(shown.length - 1));
    if (isShown) this.#captions.push(blockAt(start, alternative, { kind: 'caption', quoted: false }));
  }

  #write(text: string, prose = text): void {
    if (text === '') return;
    this.text += text;
    this.#prose += this.#instead === undefined ? prose : this.#instead + GONE.repeat(text.length - 1);
    if (this.#instead !== undefined) this.#instead = GONE;
  }
}

/** All blocks are made with the same properties in the same order, which is fast. */
function blockAt(start: number, text: string, { kind, level, cell, quoted }: Standing): Block {
  return { start, end: start + text.length, kind, text, level, cell, quoted };
}

/** Text without line breaks and controls, which Word shows as spaces, so that it stays on its line. */
function plain(text: string | null | undefined): string {
  return (text ?? '').replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ');
}
