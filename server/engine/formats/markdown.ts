import { Tree, type TreeCursor, TreeFragment } from '@lezer/common';
import type { MarkdownParser } from '@lezer/markdown';
import { type Block, type Comment, changeBetween, type Format, GONE, OBJECT, type Reading } from '../document';
import type { Span } from '../text';
import { type FrontMatter, readFrontMatter } from './front-matter';
import {
  commentAt,
  isBorder,
  isEndTag,
  isMark,
  isObject,
  readHtml,
  referenceAt,
  TAG,
  tagAt,
  templateEnd,
} from './html';
import { fragmentParser, markdownParser } from './markdown-parser';
import { blanks, copyOf, movedBlock, movedComment, Prose, type Standing } from './prose';

/** CommonMark with the extensions of GFM, and what documentation sites add to it; a document of MDX reads as well. */
export const markdown: Format = {
  name: 'markdown',
  languages: ['markdown', 'mdx', 'quarto', 'rmd'],
  extensions: ['.md', '.markdown', '.mdown', '.mkd', '.mkdn', '.mdx', '.qmd', '.rmd'],
  comment: (language) => ({
    ...(language === 'mdx' ? { open: '{/* ', close: ' */}' } : { open: '<!-- ', close: ' -->' }),
    place: 'within line',
  }),
  marks: {
    pattern: new RegExp(
      `${/\[\^[^\]\n]*\]|\*+|_+|~+|\]\([^)\n]*\)|\]\[[^\]\n]*\]|\[|\]/.source}|${TAG}|[\\s\\S]`,
      'gy',
    ),
    closes: (closer, opener) =>
      opener === '[' ? closer.startsWith(']') : closer === opener ? /^[*_~]/.test(opener) : isEndTag(closer, opener),
  },
  read: readMarkdown,
};

/** What is kept of a reading for the next one. */
interface Memory {
  readonly body: string;
  readonly tree: Tree;
  readonly definitions: ReadonlySet<string>;
  /** What the parts of trees read as. The parser keeps the parts that an edit does not touch. */
  readonly pieces: Pieces;
}

type Pieces = WeakMap<Tree, Piece>;

/** What a part of the tree reads as, in its context. */
type Piece = Leaf | Group;

interface PieceBase {
  readonly context: Context;
  /** How many tables it has. */
  readonly tables: number;
  /** True if it depends on which links are defined. */
  readonly refers: boolean;
  /** The labels of the links that it defines. */
  readonly labels: readonly string[];
}

interface Group extends PieceBase {
  readonly parts: readonly Piece[];
  /** Where each part begins, from the start of the group. */
  readonly offsets: readonly number[];
}

/** Its blocks and comments are as they were last placed; placing it elsewhere replaces them. */
interface Leaf extends PieceBase {
  readonly parts?: undefined;
  at: number;
  firstTable: number;
  blocks: readonly Block[];
  comments: readonly Comment[];
}

/** What a part of the tree is in, and so what a paragraph there is. */
interface Context extends Standing {
  /** Directly in a quotation that is a remark of GitHub's, such as `> [!NOTE]`. */
  readonly alert?: true;
}

const TOP: Context = { kind: 'paragraph', quoted: false };
const ALERTED: Context = { kind: 'paragraph', quoted: false, alert: true };
const ITEM: Context = { kind: 'item', quoted: false };
const NOTE: Context = { kind: 'note', quoted: false };
const QUOTED: Context = { kind: 'quotation', quoted: true };
const QUOTED_ITEM: Context = { kind: 'item', quoted: true };
const QUOTED_NOTE: Context = { kind: 'note', quoted: true };

/** How deep Markdown may stand in fences and tags of Markdown. */
const MAXIMUM_DEPTH = 8;
/** What text between tags has that is more than text. */
const MARKDOWN_SIGN = /[`*_[|{$~]|^[ \t]*(?:[-+>]|\d{1,9}[.)]|#{1,6})[ \t]/m;

function readMarkdown(text: string, previous?: { readonly text: string; readonly reading: Reading }): Reading {
  const front = readFrontMatter(text);
  const body = front.end > 0 ? text.slice(front.end) : text;
  const memory = previous?.reading.memory as Memory | undefined;
  const tree = markdownParser.parse(body, memory && fragmentsOf(memory, body));
  const pieces: Pieces = memory?.pieces ?? new WeakMap();
  const read = (definitions: ReadonlySet<string>, linksKept: boolean) =>
    new Reader({ body, base: front.end, definitions, depth: 0 }, { pieces, linksKept }).read(tree, 0, TOP);
  let definitions = memory?.definitions ?? likelyLabels(body);
  let piece = read(definitions, true);
  if (!sameSet(definitions, piece.labels)) {
    definitions = new Set(piece.labels);
    piece = read(definitions, false);
  }
  const { blocks, comments } = placed(piece, front);
  return { blocks, comments, memory: { body, tree, definitions, pieces } satisfies Memory };
}

function fragmentsOf(memory: Memory, body: string): readonly TreeFragment[] {
  const change = changeBetween(memory.body, body);
  const whole = TreeFragment.addTree(memory.tree);
  if (change.start === change.end && change.end === change.newEnd) return whole;
  const start = openBlockStart(memory.tree, change.start);
  // At the start of a text the parser would reuse an indented block of which the indentation was removed.
  const lineBreak = body.indexOf('\n', change.newEnd);
  const rest = (lineBreak < 0 ? body.length : lineBreak) - change.newEnd;
  const [toA, toB] = [change.end + rest, change.newEnd + rest];
  return TreeFragment.applyChanges(whole, [{ fromA: start, toA, fromB: start, toB }]);
}

/**
 * `at`, or the start of a block before it that could go on after a blank line: the parser knows that of lists, but not
 * of blocks that an extension defines.
 */
function openBlockStart(tree: Tree, at: number): number {
  let start = at;
  for (let node: ReturnType<Tree['resolve']> | null = tree.resolve(at, -1); node; node = node.parent) {
    const before = node.childBefore(start + 1);
    for (const block of [before, node]) {
      if (block && OPEN_BLOCKS.has(block.name) && block.from < start) start = block.from;
    }
  }
  return start;
}

const OPEN_BLOCKS: ReadonlySet<string> = new Set(['Footnote', 'Definition', 'Admonition']);

/** The labels that lines of the text seem to define; a guess, so that the text need be read once only. */
function likelyLabels(body: string): ReadonlySet<string> {
  const labels = new Set<string>();
  if (!body.includes(']:')) return labels;
  for (const match of body.matchAll(/^[ >]{0,9}\[([^\]\n^][^\]\n]{0,200})\]:/gm)) labels.add(normalLabel(match[1]!));
  return labels;
}

/** CommonMark 4.7: labels match without regard to case and to runs of white space. */
function normalLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();
}

/** True if the entries, some of them perhaps repeated, are those of the set. */
function sameSet(set: ReadonlySet<string>, entries: readonly string[]): boolean {
  return entries.every((entry) => set.has(entry)) && new Set(entries).size === set.size;
}

/** Where and how a tree is read: offsets of the tree are those of the body, which begins at `base` of the text. */
interface Surroundings {
  readonly body: string;
  readonly base: number;
  readonly definitions: ReadonlySet<string>;
  /** How many fences of directives it is in. */
  readonly depth: number;
}

/** Reads the parts of a tree, unless they are known. */
class Reader {
  readonly #surroundings: Surroundings;
  readonly #pieces: Pieces;
  /** False if links may be defined otherwise than when the pieces were read. */
  readonly #linksKept: boolean;

  constructor(surroundings: Surroundings, known: { pieces: Pieces; linksKept: boolean }) {
    this.#surroundings = surroundings;
    this.#pieces = known.pieces;
    this.#linksKept = known.linksKept;
  }

  read(tree: Tree, at: number, context: Context): Piece {
    const known = this.#pieces.get(tree);
    if (known && known.context === context && (this.#linksKept || !known.refers)) return known;
    // Lists, quotations and the like, and the parts into which the parser divides them, hold other blocks.
    const isGroup = tree.type.isAnonymous || tree.type.is('BlockContext');
    const piece = isGroup ? this.#readGroup(tree, at, context) : this.#readLeaf(tree, at, context);
    this.#pieces.set(tree, piece);
    return piece;
  }

  #readGroup(tree: Tree, at: number, context: Context): Group {
    const inner = innerContext(tree.type.name, context, () => isAlert(this.#surroundings.body, at));
    const parts: Piece[] = [];
    const offsets: number[] = [];
    let labels: readonly string[] = [];
    for (let index = 0; index < tree.children.length; index++) {
      const child = tree.children[index]!;
      if (!(child instanceof Tree) || SILENT.has(child.type.name)) continue;
      const offset = tree.positions[index]!;
      const part = this.read(child, at + offset, inner);
      parts.push(part);
      offsets.push(offset);
      if (part.labels.length > 0) labels = [...labels, ...part.labels];
    }
    const tables = parts.reduce((sum, part) => sum + part.tables, 0);
    return { context, tables, refers: parts.some((part) => part.refers), labels, parts, offsets };
  }

  #readLeaf(tree: Tree, at: number, context: Context): Leaf {
    const { body, base, definitions, depth } = this.#surroundings;
    const leaf = new LeafReader(
      { body: body.slice(at, at + tree.length), base: base + at, definitions, depth },
      context,
    );
    return leaf.read(tree.cursor());
  }
}

const SILENT: ReadonlySet<string> = new Set(
  'CodeBlock HiddenBlock Hidden HorizontalRule ListMark ProcessingInstructionBlock QuoteMark'.split(' '),
);

/** What the children of a node are in. */
function innerContext(name: string, context: Context, alert: () => boolean): Context {
  switch (name) {
    case 'Blockquote':
      if (alert()) return context.quoted ? QUOTED : ALERTED;
      return context.kind === 'note' ? QUOTED_NOTE : QUOTED;
    case 'BulletList':
    case 'OrderedList':
    case 'ListItem':
    case 'Definition':
      return context.quoted ? QUOTED_ITEM : ITEM;
    case 'Footnote':
      return context.quoted ? QUOTED_NOTE : NOTE;
    default:
      return context;
  }
}

const ALERT = /^\[![A-Za-z]{1,20}\][+-]?/;

/** GitHub's `> [!NOTE]` is a remark of the author, no quotation. */
function isAlert(body: string, at: number): boolean {
  return ALERT.test(body.slice(at + 1, at + 30).trimStart());
}

/** The blocks and comments of a piece that stands behind front matter. */
function placed(piece: Piece, front: FrontMatter): Pick<Reading, 'blocks' | 'comments'> & { tables: number } {
  const reading = { blocks: [...front.blocks], comments: [...front.comments], tables: 0 };
  place(piece, front.end, reading);
  return reading;
}

function place(piece: Piece, at: number, reading: { blocks: Block[]; comments: Comment[]; tables: number }): void {
  if (piece.parts) {
    for (let index = 0; index < piece.parts.length; index++) {
      place(piece.parts[index]!, at + piece.offsets[index]!, reading);
    }
    return;
  }
  if (piece.at !== at || (piece.firstTable !== reading.tables && piece.tables > 0)) move(piece, at, reading.tables);
  for (const block of piece.blocks) reading.blocks.push(block);
  for (const comment of piece.comments) reading.comments.push(comment);
  reading.tables += piece.tables;
}

function move(leaf: Leaf, at: number, firstTable: number): void {
  const by = at - leaf.at;
  const tables = firstTable - leaf.firstTable;
  leaf.at = at;
  leaf.firstTable = firstTable;
  const { blocks, comments } = leaf;
  const moved: Block[] = [];
  for (const block of blocks) moved.push(movedBlock(block, by, tables));
  leaf.blocks = moved;
  if (comments.length > 0) leaf.comments = comments.map((comment) => movedComment(comment, by));
}

const NO_LABELS: readonly string[] = [];

/** Reads one leaf of the tree; its body is the leaf alone. */
class LeafReader {
  readonly #body: string;
  readonly #base: number;
  readonly #surroundings: Surroundings;
  readonly #context: Context;
  readonly #blocks: Block[] = [];
  readonly #comments: Comment[] = [];
  #captions: Block[] = [];
  #tables = 0;
  #refers = false;
  #labels: readonly string[] = NO_LABELS;
  /** The HTML elements that were begun in this line of prose and whose content may yet turn out to be none. */
  #open: { readonly name: string; readonly start: number; readonly contentStart: number }[] = [];

  constructor(surroundings: Surroundings, context: Context) {
    this.#surroundings = surroundings;
    this.#body = surroundings.body;
    this.#base = surroundings.base;
    this.#context = context;
  }

  read(cursor: TreeCursor): Leaf {
    this.#readLeaf(cursor);
    return {
      at: this.#base,
      context: this.#context,
      firstTable: 0,
      tables: this.#tables,
      blocks: this.#blocks,
      comments: this.#comments,
      refers: this.#refers,
      labels: this.#labels,
    };
  }

  #readLeaf(cursor: TreeCursor): void {
    const { name } = cursor;
    const { quoted } = this.#context;
    switch (name) {
      case 'Paragraph':
      case 'Task':
        this.#readProse(cursor, this.#context);
        return;
      case 'Caption':
        this.#readProse(cursor, { kind: 'caption', quoted });
        return;
      case 'Table':
        this.#readTable(cursor);
        return;
      case 'HTMLBlock':
      case 'CommentBlock':
        this.#readHtml(cursor);
        return;
      case 'BraceCommentBlock':
        this.#addComment(braceComment(this.#body, cursor.from, cursor.to));
        return;
      case 'LinkReference':
        this.#readDefinition(cursor);
        return;
      case 'FencedCode':
        this.#readFence(cursor);
        return;
    }
    if (/^(?:ATX|Setext)Heading[1-6]$/.test(name)) {
      this.#readProse(cursor, { kind: 'heading', level: Number(name.at(-1)), quoted });
    }
  }

  #readProse(cursor: TreeCursor, standing: Standing): void {
    const prose = new Prose(this.#body, cursor.from);
    this.#open = [];
    prose.gone(this.#alertEnd(cursor.from));
    this.#readInline(cursor, prose);
    prose.keep(cursor.to);
    prose.revise(mended);
    this.#addBlock(prose, standing);
    this.#blocks.push(...this.#captions);
    this.#captions = [];
  }

  /** Where the mark of an alert ends, as in `> [!NOTE]`, if the leaf begins with one. */
  #alertEnd(from: number): number {
    const alert = this.#context.alert && from === 0 ? ALERT.exec(this.#body.slice(0, 30)) : null;
    return alert ? alert[0].length : from;
  }

  #addBlock(prose: Prose, standing: Standing, blocks = this.#blocks): void {
    const block = prose.block(standing, this.#base);
    if (block) blocks.push(block);
  }

  #addComment(comment: Comment): void {
    this.#comments.push(movedComment({ ...comment, text: copyOf(comment.text) }, this.#base));
  }

  #readInline(cursor: TreeCursor, prose: Prose): void {
    if (!cursor.firstChild()) return;
    do this.#readNode(cursor, prose);
    while (cursor.nextSibling());
    cursor.parent();
  }

  #readNode(cursor: TreeCursor, prose: Prose): void {
    const { name, from } = cursor;
    if (from < prose.at) return;
    if (MARKED.has(name)) this.#readInline(cursor, prose);
    else if (name === 'Link') this.#readLink(cursor, prose);
    else {
      prose.keep(from);
      this.#readSign(cursor, prose);
    }
  }

  /** Reads a node that is no prose itself. */
  #readSign(cursor: TreeCursor, prose: Prose): void {
    const { name, from, to } = cursor;
    if (OBJECTS.has(name)) prose.object(to);
    else if (name === 'HardBreak') prose.break(to);
    else if (name === 'Escape') prose.gone(from + 1);
    else if (name === 'Entity')
      prose.replace(referenceAt(this.#body, from)?.character ?? this.#body.slice(from, to), to);
    else if (name === 'Image') this.#readImage(cursor, prose);
    else if (name === 'HTMLTag') this.#readTag(prose, to);
    else {
      if (name === 'Comment') this.#addComment(commentAt(this.#body, from, to));
      if (name === 'BraceComment') this.#addComment(braceComment(this.#body, from, to));
      prose.gone(to);
    }
  }

  /** A link to nowhere is text in brackets; its parts are read nevertheless. */
  #readLink(cursor: TreeCursor, prose: Prose): void {
    const { from, to } = cursor;
    const end = this.#linkEnd(cursor);
    if (!cursor.firstChild()) return;
    if (end === undefined) {
      do {
        if (cursor.name !== 'LinkMark' && cursor.name !== 'LinkLabel') this.#readNode(cursor, prose);
      } while (cursor.nextSibling());
      cursor.parent();
      prose.keep(to);
      return;
    }
    prose.keep(from);
    prose.gone(cursor.to);
    while (cursor.nextSibling() && cursor.name !== 'LinkMark') this.#readNode(cursor, prose);
    prose.keep(cursor.from);
    prose.gone(end);
    cursor.parent();
  }

  /** Where the link ends with its target; `undefined` if its label is not defined. */
  #linkEnd(cursor: TreeCursor): number | undefined {
    const { from, to } = cursor;
    cursor.lastChild();
    const last = cursor.name;
    const lastFrom = cursor.from;
    cursor.parent();
    const body = this.#body;
    if (last === 'LinkMark' && body[lastFrom] === ')') return to;
    this.#refers = true;
    const target = templateTargetEnd(body, to);
    if (target > 0) return target;
    const label = last === 'LinkLabel' && to - lastFrom > 2 ? body.slice(lastFrom + 1, to - 1) : '';
    // A label such as `[text][guide-2]` is meant for one even where its definition is in another file.
    if (/^[a-z][a-z\d]*[-_.\d][a-z\d._-]*$/.test(label)) return to;
    return this.#surroundings.definitions.has(normalLabel(label || linkText(body, from, to, lastFrom)))
      ? to
      : undefined;
  }

  #readImage(cursor: TreeCursor, prose: Prose): void {
    const { from, to } = cursor;
    const end = this.#linkEnd(cursor);
    if (end === undefined) {
      prose.keep(to);
      return;
    }
    const caption = new Prose(this.#body, from + 2);
    if (cursor.firstChild()) {
      while (cursor.nextSibling() && cursor.name !== 'LinkMark') this.#readNode(cursor, caption);
      caption.keep(cursor.from);
      cursor.parent();
    }
    this.#addBlock(caption, { kind: 'caption', quoted: this.#context.quoted }, this.#captions);
    prose.object(end);
  }

  #readTag(prose: Prose, to: number): void {
    const start = prose.at;
    const tag = tagAt(this.#body, start, to);
    if (tag && (tag.name === 'br' || isBorder(tag.name))) prose.break(to);
    else if (tag?.name === 'img') this.#readImageTag(prose, to);
    else prose.gone(to);
    if (!tag || tag.empty || !(isObject(tag.name) || tag.name === 'sup')) return;
    if (tag.closing) this.#closeElement(prose, tag.name, to);
    else this.#open.push({ name: tag.name, start, contentStart: to });
  }

  /** What `<code>` and the like enclose is one word that is no prose; a raised mark is none at all. */
  #closeElement(prose: Prose, name: string, to: number): void {
    const index = this.#open.findLastIndex((element) => element.name === name);
    const open = this.#open[index];
    if (!open) return;
    this.#open.length = index;
    if (isObject(name)) {
      prose.rewind(open.start);
      prose.object(to);
    } else if (isMark(prose.since(open.contentStart))) {
      prose.rewind(open.start);
      prose.gone(to);
    }
  }

  #readImageTag(prose: Prose, to: number): void {
    const { at } = prose;
    this.#readRegion({ start: at, end: to }, this.#captions, []);
    this.#captions = this.#captions.filter((block) => block.kind === 'caption');
    prose.object(to);
  }

  #readHtml(cursor: TreeCursor): void {
    const { from, to } = cursor;
    const hidden: Span[] = [];
    if (cursor.firstChild()) {
      do hidden.push({ start: cursor.from, end: cursor.to });
      while (cursor.nextSibling());
      cursor.parent();
    }
    this.#readRegion({ start: from, end: to }, this.#blocks, hidden);
  }

  #readRegion(span: Span, blocks: Block[], hidden: readonly Span[]): void {
    const table = this.#tables;
    const { kind, quoted } = this.#context;
    const readOther =
      hidden.length > 0 ? undefined : (run: Span, standing: Standing) => this.#readFragment(run, standing);
    const html = readHtml(this.#body, { ...span, kind, quoted, hidden, table, readOther });
    this.#tables += html.tables;
    for (const block of html.blocks) blocks.push(movedBlock(block, this.#base, 0));
    for (const comment of html.comments) this.#addComment(comment);
  }

  /** CommonMark reads what is between tags as HTML only, but authors write Markdown there, and most tools read it. */
  #readFragment({ start, end }: Span, standing: Standing): readonly Block[] | undefined {
    const body = this.#body.slice(start, end);
    if (this.#surroundings.depth >= MAXIMUM_DEPTH || !MARKDOWN_SIGN.test(body)) return undefined;
    this.#refers = true;
    const { blocks } = this.#readInside(body, start, { parser: fragmentParser, context: standing });
    return blocks.map((block) => movedBlock(block, -this.#base, 0));
  }

  #readInside(body: string, start: number, { parser, context }: { parser: MarkdownParser; context: Context }) {
    const { definitions, depth } = this.#surroundings;
    const inside = { body, base: this.#base + start, definitions, depth: depth + 1 };
    const reader = new Reader(inside, { pieces: new WeakMap(), linksKept: true });
    return placed(reader.read(parser.parse(body), 0, context), { end: inside.base, blocks: [], comments: [] });
  }

  #readTable(cursor: TreeCursor): void {
    const table = this.#tables++;
    let row = 0;
    if (!cursor.firstChild()) return;
    do {
      if (cursor.name !== 'TableHeader' && cursor.name !== 'TableRow') continue;
      this.#readRow(cursor, table, row++);
    } while (cursor.nextSibling());
    cursor.parent();
  }

  #readRow(cursor: TreeCursor, table: number, row: number): void {
    let column = 0;
    if (!cursor.firstChild()) return;
    do {
      if (cursor.name === 'TableDelimiter') column++;
      else if (cursor.name === 'TableCell') {
        this.#readProse(cursor, { kind: 'cell', quoted: this.#context.quoted, cell: { table, row, column } });
      }
    } while (cursor.nextSibling());
    cursor.parent();
  }

  /** `[//]: # (text)` is how Markdown writes a comment without HTML. */
  #readDefinition(cursor: TreeCursor): void {
    const { from, to } = cursor;
    if (!cursor.firstChild()) return;
    const label = normalLabel(this.#body.slice(cursor.from + 1, cursor.to - 1));
    this.#labels = [label];
    while (cursor.nextSibling());
    if (cursor.name === 'LinkTitle' && (label === '//' || label === 'COMMENT')) {
      const textStart = cursor.from + 1;
      this.#addComment({ start: from, end: to, textStart, text: this.#body.slice(textStart, cursor.to - 1) });
    }
    cursor.parent();
  }

  /**
   * A fenced directive of MyST such as `{note}` holds Markdown. One in a list or quotation stays silent,
   * because its lines do not stand together in the source.
   */
  #readFence(cursor: TreeCursor): void {
    if (this.#surroundings.depth >= MAXIMUM_DEPTH || !cursor.firstChild()) return;
    let info = '';
    let content: Span | undefined;
    let runs = 0;
    do {
      if (cursor.name === 'CodeInfo') info = this.#body.slice(cursor.from, cursor.to);
      if (cursor.name === 'CodeText' && runs++ === 0) content = { start: cursor.from, end: cursor.to };
    } while (cursor.nextSibling());
    cursor.parent();
    const directive = /^\{([a-z-]+)\}/.exec(info);
    if (!content || runs !== 1 || !directive || !PROSE_DIRECTIVES.has(directive[1]!)) return;
    const start = contentStart(this.#body, content);
    const body = this.#body.slice(start, content.end);
    const { blocks, comments, tables } = this.#readInside(body, start, {
      parser: markdownParser,
      context: this.#context,
    });
    this.#refers = true;
    this.#tables = tables;
    this.#blocks.push(...blocks);
    this.#comments.push(...comments);
  }
}

/** Nodes whose children and text are prose. What is struck out is said no more, so it is none. */
const MARKED: ReadonlySet<string> = new Set(['Emphasis', 'StrongEmphasis', 'Directive']);
const OBJECTS: ReadonlySet<string> = new Set(['InlineCode', 'Object', 'Autolink']);
const PROSE_DIRECTIVES: ReadonlySet<string> = new Set(
  (
    'note warning tip important caution attention danger error hint seealso admonition dropdown card grid grid-item ' +
    'grid-item-card tab-set tab-item margin sidebar topic epigraph pull-quote versionadded versionchanged deprecated ' +
    'definition theorem proof exercise solution details aside abstract'
  ).split(' '),
);

/** Where a directive's content begins after its options, such as `:class: wide`. */
function contentStart(body: string, { start, end }: Span): number {
  let at = start;
  while (at < end && /^:[\w-]{1,40}:/.test(body.slice(at, at + 42))) {
    const lineBreak = body.indexOf('\n', at);
    at = lineBreak < 0 || lineBreak >= end ? end : lineBreak + 1;
  }
  return at;
}

/** A text in which marks that CommonMark does not read, but that their author meant, are blank. */
function mended(given: string, source: string): string {
  const text = source.includes('\n') || source.startsWith('*[') ? withEntries(given, source) : given;
  const result = text.includes('](') ? mendedLinks(text, source) : text;
  if (!result.includes('**')) return result;
  const parts = result.split('**');
  return parts.length % 2 === 1 ? parts.join(blanks(2)) : result;
}

/** A line such as `**TERM**: meaning`, or `*[TERM]: meaning` of PHP Markdown Extra. */
const ENTRY = /^(?:\*\*[^*\n]{1,80}(?:\*\*[ \t]*[:–—-]|:\*\*)|\*\[[^\]\n]{1,80}\]:)/;

/** A text in which lines that are entries, one below the other, are lines of their own. */
function withEntries(text: string, source: string): string {
  if (!ENTRY.test(source)) return text;
  let result = '';
  for (let at = 0; at < source.length; ) {
    const lineBreak = source.indexOf('\n', at);
    const end = lineBreak < 0 ? source.length : lineBreak + 1;
    const isNext = lineBreak >= 0 && ENTRY.test(source.slice(end, end + 200).trimStart());
    const line = text.slice(at, end);
    const close = source.startsWith('*[', at) ? source.indexOf(']', at) - at : -1;
    const unmarked = close > 0 ? `${blanks(2)}${line.slice(2, close)}${blanks(1)}${line.slice(close + 1)}` : line;
    result += isNext && unmarked.endsWith(' ') ? `${unmarked.slice(0, -1)}\n` : unmarked;
    at = end;
  }
  return result;
}

/** Links that are no links because of brackets in their text or of spaces in their target. */
function mendedLinks(text: string, source: string): string {
  let result = '';
  let at = 0;
  for (let close = text.indexOf(']('); close >= 0; close = text.indexOf('](', close + 1)) {
    const end = text.indexOf(')', close);
    if (end < 0) break;
    const open = openBracket(text, close, at);
    if (open < 0 || source[open - 1] === '\\' || !isTarget(text.slice(close + 2, Math.min(end, close + 500)))) continue;
    const image = text[open - 1] === '!' && open > at;
    if (image) result += text.slice(at, open - 1) + OBJECT + blanks(end - open + 1);
    else result += text.slice(at, open) + blanks(1) + text.slice(open + 1, close) + blanks(end + 1 - close);
    at = end + 1;
    close = end;
  }
  return result + text.slice(at);
}

/** Where the bracket opens that is closed at `close`, or -1. */
function openBracket(text: string, close: number, from: number): number {
  let depth = 0;
  for (let at = close - 1; at >= from && at > close - 1000; at--) {
    if (text[at] === ']') depth++;
    else if (text[at] === '[' && depth-- === 0) return at;
  }
  return -1;
}

function isTarget(text: string): boolean {
  const target = text.replaceAll(GONE, '').trim();
  if (target.includes('\n')) return false;
  return !/\s/.test(target) || target.includes(OBJECT) || /^(?:@ref|[#./])|:\/\/|\.\w{2,5}$/.test(target);
}

/** The label of `[label]` or `[label][]`. */
function linkText(body: string, from: number, to: number, lastFrom: number): string {
  const start = body[from] === '!' ? from + 2 : from + 1;
  const end = body[lastFrom] === '[' ? lastFrom - 1 : to - 1;
  return body.slice(start, end);
}

/** The end of a target that is a template, as in `({{< ref "page" >}})`: it may hold white space, which ends a link. */
function templateTargetEnd(body: string, at: number): number {
  if (body[at] !== '(' || body[at + 1] !== '{') return -1;
  const end = templateEnd(body, at + 1);
  if (end < 0) return -1;
  const close = body.indexOf(')', end);
  return close < 0 || close > end + 500 || /\s/.test(body.slice(end, close)) ? -1 : close + 1;
}

/** The comment of MDX, in braces, between `start` and `end`. */
function braceComment(body: string, start: number, end: number): Comment {
  const textStart = Math.min(body.indexOf('/*', start) + 2, end);
  const close = body.lastIndexOf('*/', end);
  return { start, end, textStart, text: body.slice(textStart, Math.max(textStart, close < textStart ? end : close)) };
}
