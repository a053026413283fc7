import type { Block, BlockKind, Comment, Format } from '../document';
import { type Edit, overlaps } from '../text';
import { attributesOf, readInline } from './asciidoc-inline';
import { cellsOf, columnsOf, type TableCell, type TableForm } from './asciidoc-table';
import { readFrontMatter } from './front-matter';
import { lineAt, titleEdits } from './layout';
import { copyOf, isSpace, type Standing } from './prose';
import { type InlineReader, type Line, linesOf, readRun, readVerse } from './run';

/** AsciiDoc as Asciidoctor reads it. What is included is not read, and of conditions both sides are. */
export const asciidoc: Format = {
  name: 'asciidoc',
  languages: ['asciidoc'],
  extensions: ['.adoc', '.asciidoc', '.ad'],
  comment: () => ({ open: '// ', close: '', place: 'own line' }),
  marks: {
    pattern:
      /footnote(?:ref)?:[^\s[\]]*\[(?:[^[\]]|\[[^\]]*\])*\]|\/\/.*|\[[^[\]\n]*\](?:\*+|_+|#+)|[a-z]+:[^\s[\]]*\[|<<[^,>\n]*,|>>|\^?(?:,[^\]\n]*)?\]|\*+|_+|#+|\(\(|\)\)|[\s\S]/gy,
    closes: isClosedBy,
  },
  // A backslash would be seen where there is nothing to escape; a character reference never is.
  escape: (words) =>
    words.replace(/[*`#^~{|\\<\]]|\+\++|__+|\b_|_\b/g, (signs) =>
      [...signs].map((sign) => `&#${sign.charCodeAt(0)};`).join(''),
    ),
  relaid: (text, edits, blocks) => [...edits, ...underlineEdits(text, edits, blocks)],
  read(text) {
    const front = readFrontMatter(text);
    const reading: Output = {
      text,
      blocks: [...front.blocks],
      comments: [...front.comments],
      tables: 0,
      breaks: false,
    };
    const lines = withoutConditions(text, linesOf(text, front.end));
    new Part(reading, lines, TOP).readDocument();
    return { blocks: reading.blocks, comments: reading.comments };
  },
};

function isClosedBy(closer: string, opener: string): boolean {
  if (opener.endsWith('[')) return closer.endsWith(']') && !/^(?:\[|footnote)/.test(closer);
  if (opener.startsWith('<<')) return closer === '>>';
  if (opener === '((') return closer === '))';
  if (!/^[*_#`^~]/.test(closer)) return false;
  return opener === closer || (opener.startsWith('[') && opener.endsWith(`]${closer}`));
}

/** What is read of a document, by all of its parts. */
interface Output {
  readonly text: string;
  readonly blocks: Block[];
  readonly comments: Comment[];
  tables: number;
  /** True if each line of a paragraph stays a line. */
  breaks: boolean;
}

/** What a part of a document is in, and so what a paragraph there is. */
interface Context extends Standing {
  readonly depth: number;
}

/** What the lines before a block say of it. */
interface Metadata {
  /** The first attribute, such as `source` or `NOTE`. */
  readonly style: string;
  readonly options: readonly string[];
  readonly attributes: ReadonlyMap<string, string>;
}

const TOP: Context = { kind: 'paragraph', quoted: false, depth: 0 };
const NO_METADATA: Metadata = { style: '', options: [], attributes: new Map() };
const MAXIMUM_DEPTH = 40;

/** What is no prose in paragraphs and open blocks of this style: code, math, and diagrams of Asciidoctor Diagram. */
const SILENT_STYLES: ReadonlySet<string> = new Set(
  (
    'source listing literal stem latexmath asciimath pass a2s actdiag barcode blockdiag bpmn bytefield d2 dbml ditaa dpic erd ' +
    'gnuplot graphviz graphviz_py lilypond meme mermaid msc nomnoml nwdiag packetdiag penrose pikchr pintora plantuml rackdiag ' +
    'salt seqdiag shaape smcat structurizr svgbob symbolator syntrax tikz umlet vega vegalite wavedrom'
  ).split(' '),
);
/** Attributes of a document whose values readers see as text. */
const PROSE_ATTRIBUTES: ReadonlySet<string> = new Set(
  'description doctitle navtitle subtitle summary title'.split(' '),
);

const ATTRIBUTE_LINE = /^\[(?:|[\p{L}\p{N}_.#%{,"'].*|\[.*\])\]$/u;
const ATTRIBUTE_ENTRY = /^:(!?[\p{L}\p{N}_][^:]*):(?:[ \t]+|$)/u;
const BLOCK_MACRO = /^([\p{L}\p{N}_][\w-]*)::(?:|\S|\S.*\S)\[(.*)\]$/u;
const BREAK = /^(?:'{3,}|<{3,}|([-*_])( *)\1\2\1)$/;
const HEADING = /^(={1,6}|#{1,6})[ \t]+(?=\S)/;
const MARKER = /^(?:[ \t]*(?:-|\*+|\.+|•|\d+\.|[a-zA-Z]\.|[IVXivx]+\))|<(?:\d+|\.)>)[ \t]+/;
const CHECKBOX = /^\[[ xX*]\][ \t]+/;
const TERM = /(?:::{1,3}|;;)(?=[ \t]|$)/;
const ADMONITION = /^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+/;
const AUTHOR = /^[\p{L}\p{N}_][\p{L}\p{N}_'.-]*(?: +[\p{L}\p{N}_'.-]+){0,2}(?: +<[^>]*>)?$/u;
const REVISION = /^v?\d|^\{|\d{4}/;

/** Lines that are read in the same way: a document, or what a block or a cell encloses. */
class Part {
  readonly #output: Output;
  readonly #text: string;
  readonly #lines: readonly Line[];
  readonly #context: Context;
  #at = 0;
  #metadata = NO_METADATA;
  /** True if what was read last belongs to a list. */
  #list = false;
  /** True if the next block belongs to the list, because a `+` or a term without text stands before it. */
  #attached = false;

  constructor(output: Output, lines: readonly Line[], context: Context) {
    this.#output = output;
    this.#text = output.text;
    this.#lines = lines;
    this.#context = context;
  }

  /** Reads a document, which may begin with a title, authors and a revision. */
  readDocument(): void {
    const { blocks } = this.#output;
    const before = blocks.length;
    while (this.#at < this.#lines.length && blocks.length === before) this.#readNext();
    const title = blocks[before];
    const isTitle = title?.kind === 'heading' && title.level === 1 && blocks.length === before + 1;
    if (isTitle) this.#readHeader();
    this.read();
  }

  read(): void {
    while (this.#at < this.#lines.length) this.#readNext();
  }

  #readNext(): void {
    const written = this.#written(this.#at);
    if (written === '') this.#at++;
    else if (!this.#readMetadata(written)) this.#readBlock(written);
  }

  #written(index: number): string {
    const line = this.#lines[index];
    return line ? this.#text.slice(line.start, line.end) : '';
  }

  /** Reads the lines below the title up to the next blank one, if they are what is expected there. */
  #readHeader(): void {
    for (let expected = 2; this.#at < this.#lines.length; ) {
      const written = this.#written(this.#at);
      if (isComment(written)) this.#addComment(this.#lines[this.#at++]!);
      else if (ATTRIBUTE_ENTRY.test(written)) this.#readEntry(written);
      else if (expected === 2 && written.split(/;(?: |$)/).every((author) => AUTHOR.test(author))) {
        expected = 1;
        this.#at++;
      } else if (expected > 0 && REVISION.test(written)) {
        expected = 0;
        this.#at++;
      } else return;
    }
  }

  /* -------------------------------------------------------------- what stands before a block */

  /** Reads a line that says something of the next block, or of the document; false if it is none. */
  #readMetadata(written: string): boolean {
    const line = this.#lines[this.#at]!;
    switch (written[0]) {
      case '[':
        if (!ATTRIBUTE_LINE.test(written)) return false;
        if (written[1] !== '[') this.#readAttributes(line);
        break;
      case '.':
        if (!/^\.\.?[^ \t.]/.test(written)) return false;
        this.#add([{ start: line.start + 1, end: line.end }], { kind: 'caption', quoted: this.#context.quoted });
        break;
      case '/':
        if (!isComment(written)) return false;
        this.#addComment(line);
        break;
      case ':':
        if (!ATTRIBUTE_ENTRY.test(written)) return false;
        this.#readEntry(written);
        return true;
      case '+':
        if (written !== '+') return false;
        this.#attached = this.#list;
        break;
      default:
        return false;
    }
    this.#at++;
    return true;
  }

  #readAttributes({ start, end }: Line): void {
    const values = new Map(this.#metadata.attributes);
    const options = [...this.#metadata.options];
    let { style } = this.#metadata;
    attributesOf(this.#text, start + 1, end - 1).forEach((attribute, index) => {
      const value = this.#text.slice(attribute.start, attribute.end);
      if (attribute.name) values.set(attribute.name, value);
      if (attribute.name === 'title') this.#add([attribute], { kind: 'caption', quoted: this.#context.quoted });
      if (attribute.name === 'options' || attribute.name === 'opts') options.push(...value.split(/[, ]+/));
      if (attribute.name || index > 0) return;
      style = /^[^#.%]*/.exec(value)![0] || style;
      options.push(...[...value.matchAll(/%([^#.%]+)/g)].map((match) => match[1]!));
    });
    this.#metadata = { style, options, attributes: values };
  }

  /** An attribute of the document; its value goes on where a line ends with a backslash. */
  #readEntry(written: string): void {
    const [prefix, name] = ATTRIBUTE_ENTRY.exec(written)!;
    const { start, end } = this.#lines[this.#at]!;
    if (name === 'hardbreaks' || name === 'hardbreaks-option') this.#output.breaks = true;
    const goesOn = () => / [+]?\\$|\\ \+$/.test(this.#written(this.#at));
    if (PROSE_ATTRIBUTES.has(name!) && !goesOn()) {
      this.#add([{ start: start + prefix.length, end }], { kind: 'title', level: 0, quoted: false });
    }
    while (goesOn()) this.#at++;
    this.#at++;
  }

  /* -------------------------------------------------------------- blocks */

  #readBlock(written: string): void {
    const { start, end } = this.#lines[this.#at]!;
    const delimiter = delimiterOf(written);
    const heading = delimiter ? null : HEADING.exec(written);
    if (delimiter !== undefined) this.#readDelimited(written, delimiter);
    else if (heading) {
      this.#at++;
      const close = written.endsWith(` ${heading[1]}`) ? heading[1]!.length + 1 : 0;
      this.#addHeading({ start: start + heading[0].length, end: end - close }, heading[1]!.length);
    } else if (BREAK.test(written)) this.#at++;
    else if (this.#isMacro(written)) this.#readMacro(written);
    else if (this.#readItem(written)) return;
    else if (this.#underlineLevel(written) > 0) {
      this.#at += 2;
      this.#addHeading({ start, end }, this.#underlineLevel(written, this.#at - 1));
    } else this.#readParagraph(written);
    this.#endBlock();
  }

  /** What was said of the block does not hold for the next. */
  #endBlock(): void {
    this.#list = this.#attached;
    this.#attached = false;
    this.#metadata = NO_METADATA;
  }

  #addHeading(line: Line, level: number): void {
    const { quoted, cell } = this.#context;
    this.#add([line], cell ? { kind: 'cell', quoted, cell } : { kind: 'heading', level, quoted });
  }

  /** The level of a heading that is underlined, as the first line of two; 0 if it is none. */
  #underlineLevel(written: string, next = this.#at + 1): number {
    const line = this.#lines[next];
    if (!line || this.#attached || this.#context.depth > 0 || Math.abs(line.end - line.start - written.length) > 100)
      return 0;
    const level = UNDERLINES.indexOf(this.#text[line.start]!) + 1;
    if (level === 0) return 0;
    const underline = this.#written(next);
    if (Math.abs(underline.length - [...written].length) > 1) return 0;
    return isRepeated(underline) && /[\p{L}\p{N}]/u.test(written) ? level : 0;
  }

  #isMacro(written: string): boolean {
    return written.endsWith(']') && written.includes('::') && BLOCK_MACRO.test(written);
  }

  #readMacro(written: string): void {
    const [, name, list] = BLOCK_MACRO.exec(written)!;
    const { end } = this.#lines[this.#at++]!;
    if (name !== 'image' && name !== 'video' && name !== 'audio') return;
    attributesOf(this.#text, end - 1 - list!.length, end - 1).forEach((attribute, index) => {
      const isAlternative = name === 'image' && (attribute.name === 'alt' || (!attribute.name && index === 0));
      if (isAlternative || attribute.name === 'title')
        this.#add([attribute], { kind: 'caption', quoted: this.#context.quoted });
    });
  }

  /** Reads an item of a list, or a term with its text; false if the line is none. */
  #readItem(written: string): boolean {
    const { start, end } = this.#lines[this.#at]!;
    const marker = MARKER.exec(written);
    const term = marker ? undefined : termOf(written);
    if (!marker && !term) return false;
    let text = start + (marker ? marker[0].length : term!.end);
    if (marker) text += CHECKBOX.exec(written.slice(marker[0].length))?.[0].length ?? 0;
    else this.#add([{ start, end: text }], this.#standing('paragraph'), readTerm);
    while (text < end && isSpace(this.#text.charCodeAt(text))) text++;
    const isTermOnly = text >= end;
    if (!isTermOnly) this.#add(this.#linesOfParagraph({ start: text, end }, true), this.#standing('item'));
    else this.#at++;
    this.#list = true;
    this.#attached = isTermOnly;
    this.#metadata = NO_METADATA;
    return true;
  }

  /** The lines of a paragraph, of which the first was begun to read. */
  #linesOfParagraph(first: Line, inList: boolean): readonly Line[] {
    const lines = [first];
    for (this.#at++; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at]!;
      const written = this.#written(this.#at);
      if (isComment(written)) this.#addComment(line);
      else if (this.#endsParagraph(written, inList)) break;
      else lines.push(line);
    }
    return lines;
  }

  #endsParagraph(written: string, inList: boolean): boolean {
    if (written === '' || delimiterOf(written) !== undefined) return true;
    if (written[0] === '[' && ATTRIBUTE_LINE.test(written)) return true;
    if (inList && (written === '+' || MARKER.test(written) || termOf(written) !== undefined)) return true;
    return this.#isMacro(written);
  }

  #readParagraph(written: string): void {
    const { style, options } = this.#metadata;
    const line = this.#lines[this.#at]!;
    this.#list = this.#attached;
    const label = ADMONITION.exec(written)?.[0].length ?? 0;
    const isLiteral = isSpace(written.charCodeAt(0)) && style === '' && !this.#attached;
    const first = this.#at;
    const lines = this.#linesOfParagraph({ start: line.start + label, end: line.end }, this.#attached);
    if (isLiteral || SILENT_STYLES.has(style)) return;
    if (style === 'comment')
      this.#addCommentBlock({ start: line.start, end: this.#lines[this.#at - 1]!.end }, line.start);
    else if (style === 'verse') this.#add(lines, this.#quotation(), readLines);
    else if (style === 'quote') this.#add(lines, this.#quotation());
    else if (written.startsWith('> ') && this.#context.depth < MAXIMUM_DEPTH) this.#readQuotedLines(lines);
    else if (written[0] === '"' && this.#isAttributed(lines)) this.#add(lines.slice(0, -1), this.#quotation());
    else this.#add(lines, this.#standing(), options.includes('hardbreaks') ? readLines : undefined);
    if (this.#at === first) this.#at++;
  }

  /** A quotation as in Markdown, of lines that begin with `>`. */
  #readQuotedLines(lines: readonly Line[]): void {
    const inner = (this.#isAttributed(lines) ? lines.slice(0, -1) : lines).map(({ start, end }) => {
      const mark = /^>(?: |$)/.exec(this.#text.slice(start, Math.min(end, start + 2)))?.[0].length ?? 0;
      return { start: start + mark, end };
    });
    this.#readInside(inner, this.#quotation());
  }

  /** True if the last line says whose words the lines are. */
  #isAttributed(lines: readonly Line[]): boolean {
    return lines.length > 1 && this.#text.startsWith('-- ', lines.at(-1)!.start);
  }

  /* -------------------------------------------------------------- delimited blocks */

  #readDelimited(written: string, delimiter: string): void {
    const { style } = this.#metadata;
    const open = this.#at;
    const close = this.#closing(delimiter);
    this.#at = close + 1;
    const inner = this.#lines.slice(open + 1, close);
    const sign = written[0]!;
    if (sign === '/' || (style === 'comment' && delimiter === '--')) {
      const end = (this.#lines[close] ?? this.#lines.at(-1)!).end;
      this.#addCommentBlock({ start: this.#lines[open]!.start, end }, inner[0]?.start ?? end, inner.at(-1)?.end);
    } else if (written[1] === '=' && sign !== '=') this.#readTable(inner, sign);
    else if (delimiter !== '--' && '-.+`'.includes(sign)) return;
    else if (SILENT_STYLES.has(style) || this.#context.depth >= MAXIMUM_DEPTH) return;
    else if (style === 'verse') this.#add(inner, this.#quotation(), readLines);
    else if (sign === '_' || style === 'quote') this.#readInside(inner, this.#quotation());
    else this.#readInside(inner, this.#standing());
  }

  /** The index of the line that closes the block that is opened here; that behind the last if there is none. */
  #closing(delimiter: string): number {
    for (let index = this.#at + 1; index < this.#lines.length; index++) {
      const { start, end } = this.#lines[index]!;
      if (end - start === delimiter.length && this.#text.startsWith(delimiter, start)) return index;
    }
    return this.#lines.length;
  }

  #readInside(lines: readonly Line[], standing: Standing): void {
    new Part(this.#output, lines, { ...standing, depth: this.#context.depth + 1 }).read();
  }

  #readTable(lines: readonly Line[], sign: string): void {
    const table = this.#output.tables++;
    const rows = lines.filter((line) => {
      const isText = !isComment(this.#text.slice(line.start, line.end));
      if (!isText) this.#addComment(line);
      return isText;
    });
    for (const cell of cellsOf(this.#text, rows, tableForm(sign, this.#metadata))) this.#readCell(cell, table);
  }

  #readCell({ lines, row, column, style }: TableCell, table: number): void {
    if (style === 'l' || style === 'm') return;
    const standing: Standing = { kind: 'cell', quoted: this.#context.quoted, cell: { table, row, column } };
    const trimmed = lines.map((line, index) => this.#trimmed(line, index === 0));
    if (style === 'a') this.#readInside(trimmed, standing);
    else for (const paragraph of paragraphsOf(trimmed)) this.#add(paragraph, standing);
  }

  #trimmed({ start, end }: Line, isFirst: boolean): Line {
    let [from, to] = [start, end];
    while (to > from && isSpace(this.#text.charCodeAt(to - 1))) to--;
    while (isFirst && from < to && isSpace(this.#text.charCodeAt(from))) from++;
    return { start: from, end: to };
  }

  /* -------------------------------------------------------------- output */

  /** What a block is that is read next. All that stands in a cell is the cell. */
  #standing(kind: BlockKind = this.#attached ? 'item' : this.#context.kind): Standing {
    const { quoted, cell } = this.#context;
    return cell ? { kind: 'cell', quoted, cell } : { kind, quoted };
  }

  #quotation(): Standing {
    return { ...this.#standing('quotation'), quoted: true };
  }

  #add(
    lines: readonly Line[],
    standing: Standing,
    inline: InlineReader = this.#output.breaks ? readLines : readInline,
  ): void {
    this.#output.blocks.push(...readRun(this.#text, { lines, standing, inline }));
  }

  #addComment({ start, end }: Line): void {
    this.#addCommentBlock({ start, end }, start + 2);
  }

  #addCommentBlock({ start, end }: Line, textStart: number, textEnd = end): void {
    this.#output.comments.push({ start, end, textStart, text: copyOf(this.#text.slice(textStart, textEnd)) });
  }
}

/** The signs that underline headings, from level 1 on. */
const UNDERLINES = '=-~^+';

/** The lines of a text without those that say which lines count; what such a line holds itself stays. */
function withoutConditions(text: string, lines: readonly Line[]): readonly Line[] {
  const marks = [...text.matchAll(/^(ifn?def|ifeval|endif)::[^\s[]*\[/gm)];
  if (marks.length === 0) return lines;
  const kept: Line[] = [];
  let next = 0;
  for (const line of lines) {
    while (next < marks.length && marks[next]!.index < line.start) next++;
    const mark = marks[next]?.index === line.start && text[line.end - 1] === ']' ? marks[next] : undefined;
    if (!mark) kept.push(line);
    else if (mark[1]!.endsWith('def') && line.start + mark[0].length < line.end - 1)
      kept.push({ start: line.start + mark[0].length, end: line.end - 1 });
  }
  return kept;
}

function isComment(written: string): boolean {
  return written.startsWith('//') && written[2] !== '/';
}

/** The line that closes the block which a line opens; `undefined` if it opens none. */
function delimiterOf(written: string): string | undefined {
  const sign = written[0]!;
  if (!'-.=*_+/|,:!`'.includes(sign)) return undefined;
  if (written === '--') return written;
  if (sign === '`') return /^```[^`\s]*$/.test(written) ? '```' : undefined;
  if ('|,:!'.includes(sign)) return /^.={3,}$/.test(written) ? written : undefined;
  return written.length >= 4 && isRepeated(written) ? written : undefined;
}

function isRepeated(written: string): boolean {
  for (let at = 1; at < written.length; at++) if (written[at] !== written[0]) return false;
  return true;
}

/** Where the mark behind a term ends, as in `term:: text`; `undefined` if the line has no term. */
function termOf(written: string): { readonly end: number } | undefined {
  if (!written.includes('::') && !written.includes(';;')) return undefined;
  const match = TERM.exec(written);
  if (!match || written.slice(0, match.index).trim() === '' || written.startsWith('//')) return undefined;
  return { end: match.index + match[0].length };
}

function tableForm(sign: string, { options, attributes }: Metadata): TableForm {
  const format = attributes.get('format') ?? { ',': 'csv', ':': 'dsv' }[sign] ?? 'psv';
  const usual = { csv: ',', tsv: '\t', dsv: ':' }[format] ?? (sign === '!' ? '!' : '|');
  const separator = attributes.get('separator')?.replace('\\t', '\t') || usual;
  return {
    syntax: format === 'csv' || format === 'tsv' ? 'quoted' : format === 'dsv' ? 'escaped' : 'separated',
    separator,
    columns: columnsOf(attributes.get('cols') ?? ''),
    header: options.includes('header') ? true : options.includes('noheader') ? false : undefined,
  };
}

function paragraphsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const paragraphs: Line[][] = [];
  let isOpen = false;
  for (const line of lines) {
    if (line.end > line.start && isOpen) paragraphs.at(-1)!.push(line);
    else if (line.end > line.start) paragraphs.push([line]);
    isOpen = line.end > line.start;
  }
  return paragraphs;
}

/** Reads a term with the mark behind it. */
function readTerm(run: string): ReturnType<InlineReader> {
  const { signs, asides } = readInline(run);
  const mark = /(?:::{1,3}|;;)$/.exec(run)![0].length;
  return { signs: [...signs, { start: run.length - mark, end: run.length, as: '' }], asides };
}

const readLines = readVerse(readInline);

/** A title of two lines is one only as long as its second line is as long as the first. */
function underlineEdits(text: string, edits: readonly Edit[], blocks: readonly Block[]): readonly Edit[] {
  const titles = blocks.filter((block) => block.kind === 'heading' && edits.some((edit) => overlaps(block, edit)));
  return titles.flatMap((block) => {
    const line = lineAt(text, block.start);
    const own = edits.filter(({ start, end }) => start >= line.start && end <= line.end);
    return text.startsWith('=', line.start) ? [] : titleEdits(text, line, own, 'exactly');
  });
}
