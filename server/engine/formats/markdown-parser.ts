import {
  type BlockContext,
  type BlockParser,
  parser as commonMark,
  type Element,
  type InlineContext,
  type InlineParser,
  type LeafBlock,
  type LeafBlockParser,
  type Line,
  type MarkdownConfig,
  type MarkdownParser,
  Strikethrough,
  TaskList,
} from '@lezer/markdown';
import { bracesEnd, commentAt, tagAt, templateClose, templateEnd } from './html';
import { isSpace } from './prose';

/**
 * Nodes beside those of CommonMark and GFM. `Footnote`, `Definition` and `Admonition` hold blocks; a `Caption` is the
 * line with the title of a directive; what is `Hidden` is markup of any kind, an `Object` one word that is no prose, and
 * a `Directive` marked prose, as in `:term[text]`. A `BraceComment` is one of MDX.
 */
const NODES: MarkdownConfig = {
  defineNodes: [
    { name: 'Footnote', block: true, composite: continueIndented },
    { name: 'Definition', block: true, composite: continueIndented },
    { name: 'Admonition', block: true, composite: continueIndented },
    { name: 'Caption', block: true },
    { name: 'HiddenBlock', block: true },
    { name: 'BraceCommentBlock', block: true },
    { name: 'Table', block: true },
    'TableHeader',
    'TableRow',
    'TableCell',
    'TableDelimiter',
    'Hidden',
    'Object',
    'Directive',
    'BraceComment',
  ],
};

/** A deeper nesting of lists and quotations is read as text, so that each line is read in bounded time. */
const MAXIMUM_DEPTH = 100;
/** A longer run of text without a blank line is not read for markup. */
const MAXIMUM_LEAF = 32_768;
/** The most that the length of a leaf times the number of its signs may be: inline parsing is quadratic in them. */
const MAXIMUM_WORK = 16_000_000;

const deepNesting: BlockParser = {
  name: 'DeepNesting',
  before: 'LinkReference',
  parse(context, line) {
    if (context.depth < MAXIMUM_DEPTH) return false;
    return readLine(context, line, 'Paragraph');
  },
};

/** The definition of a link: label, target and title on one line, or each on its own. */
const linkReference: BlockParser = {
  name: 'LinkReference',
  leaf: (context, leaf) => (leaf.content.startsWith('[') ? LinkDefinition.begin(context, leaf) : null),
};

const table: BlockParser = {
  name: 'Table',
  before: 'SetextHeading',
  leaf: (_, leaf) => (leaf.content.includes('|') ? new TableBlock() : null),
  endLeaf(context, line, leaf) {
    if (leaf.parsers.some((parser) => parser instanceof TableBlock)) return false;
    if (!line.text.includes('|', line.basePos)) return false;
    const columns = delimiterRow(context.peekLine(), 0);
    return columns > 0 && columns === rowCells(line.text, line.basePos).length;
  },
};

const footnote: BlockParser = {
  name: 'Footnote',
  before: 'FencedCode',
  parse(context, line) {
    const end = footnoteMarkEnd(line);
    return end < 0 ? false : startIndented(context, line, { type: 'Footnote', end, indent: 4 });
  },
  endLeaf: (_, line) => footnoteMarkEnd(line) >= 0,
};

const definition: BlockParser = {
  name: 'Definition',
  before: 'FencedCode',
  parse(context, line) {
    return isDefinition(line) && startIndented(context, line, { type: 'Definition', end: line.pos + 1, indent: 2 });
  },
  endLeaf: (_, line) => isDefinition(line),
};

/** Python-Markdown's `!!! note "Title"`, with its text indented by four. */
const admonition: BlockParser = {
  name: 'Admonition',
  before: 'FencedCode',
  parse(context, line) {
    const title = admonitionTitle(line);
    if (title === undefined) return false;
    const from = context.lineStart + line.pos;
    const to = context.lineStart + line.text.length;
    context.startComposite('Admonition', line.pos, 4);
    const inner = context.parser.parseInline(title.text, context.lineStart + title.start);
    const marks = [context.elt('Hidden', from, context.lineStart + title.start), ...inner];
    if (title.end < line.text.length) marks.push(context.elt('Hidden', context.lineStart + title.end, to));
    context.addElement(context.elt('Caption', from, to, marks));
    line.moveBase(line.text.length);
    return null;
  },
  endLeaf: (_, line) => admonitionTitle(line) !== undefined,
};

/** A fence of a container directive, `:::note Title`. */
const directiveFence: BlockParser = {
  name: 'DirectiveFence',
  before: 'FencedCode',
  parse(context, line) {
    const title = fenceTitle(line);
    if (!title) return false;
    const from = context.lineStart + line.pos;
    const to = context.lineStart + line.text.length;
    const [start, end] = title.map((at) => context.lineStart + at) as [number, number];
    const inner = context.parser.parseInline(line.text.slice(title[0], title[1]), start);
    const marks = [context.elt('Hidden', from, start), ...inner];
    if (end < to) marks.push(context.elt('Hidden', end, to));
    context.nextLine();
    context.addElement(context.elt('Caption', from, to, marks));
    return true;
  },
  endLeaf: (_, line) => fenceTitle(line) !== undefined,
};

/** Display math between `$$`; a blank line ends it, which TeX does not allow in a formula. */
const displayMath: BlockParser = {
  name: 'DisplayMath',
  before: 'FencedCode',
  parse(context, line) {
    if (!line.text.startsWith('$$', line.pos)) return false;
    const close = line.text.indexOf('$$', line.pos + 2);
    if (close >= 0)
      return /^[\s.,;{}#:\w()-]*$/.test(line.text.slice(close + 2)) && readLine(context, line, 'HiddenBlock');
    return readLines(context, line, 'HiddenBlock', (text) =>
      text.includes('$$') ? 'last' : !text.trim() ? 'after' : 'more',
    );
  },
  endLeaf: (_, line) => line.text.startsWith('$$', line.pos) && line.text.trimEnd().length === line.pos + 2,
};

/** Lines of nothing but shortcodes of Hugo, Liquid or Jinja, and what they say is code. */
const shortcode: BlockParser = {
  name: 'Shortcode',
  before: 'FencedCode',
  parse(context, line) {
    const close = shortcodeLine(line);
    if (close === undefined) return false;
    if (close === '') return readLine(context, line, 'HiddenBlock');
    const verbatim = close.length > 2;
    return readLines(context, line, 'HiddenBlock', (text) =>
      text.includes(close) ? 'last' : verbatim || text.trim() ? 'more' : 'after',
    );
  },
  endLeaf: (_, line) => shortcodeLine(line) === '',
};

/** Lines that MDX reads as code or as a comment, and targets of MyST. */
const codeLines: BlockParser = {
  name: 'CodeLines',
  before: 'FencedCode',
  parse(context, line) {
    const { text, pos } = line;
    if (text.startsWith('{/*', pos)) {
      return readLines(context, line, 'BraceCommentBlock', (line) => (line.includes('*/}') ? 'last' : 'more'));
    }
    if (/^\([\w .:/-]{1,200}\)=\s*$/.test(text.slice(pos, pos + 210))) return readLine(context, line, 'HiddenBlock');
    if (context.depth > 1 || pos > 0 || !isModuleLine(text)) return false;
    return readLines(context, line, 'HiddenBlock', (text) => (text.trim() ? 'more' : 'after'));
  },
};

/** A tag that begins a line and is closed on a later one. */
const longTag: BlockParser = {
  name: 'LongTag',
  after: 'HTMLBlock',
  parse(context, line) {
    if (line.next !== 60 || !/^<[A-Za-z][\w.-]{0,99}(\s|$)/.test(line.text.slice(line.pos, line.pos + 110)))
      return false;
    if (tagAt(line.text, line.pos, line.text.length)) return false;
    let tag = line.text.slice(line.pos);
    if (!context.peekLine().trim() || /[<>]/.test(tag.slice(1))) return false;
    return readLines(context, line, 'HTMLBlock', (text) => {
      if (!text.trim()) return 'after';
      tag += `\n${text}`;
      // A tag this long is none; what was read stays what it is, a block of HTML.
      return tag.length > 5000 || tagAt(tag, 0, tag.length) ? 'last' : 'more';
    });
  },
};

/** A heading without a space after its signs, as many people write it; one sign alone may be something else. */
const tightHeading: BlockParser = {
  name: 'TightHeading',
  after: 'ATXHeading',
  parse(context, line) {
    const level = tightHeadingLevel(line);
    if (level === 0) return false;
    const from = context.lineStart + line.pos;
    const start = line.pos + level;
    const end = start + line.text.slice(start).replace(/#+$/, '').length;
    const inner = context.parser.parseInline(line.text.slice(start, end), context.lineStart + start);
    const marks = [context.elt('HeaderMark', from, from + level), ...inner];
    const to = context.lineStart + line.text.length;
    if (context.lineStart + end < to) marks.push(context.elt('HeaderMark', context.lineStart + end, to));
    context.nextLine();
    context.addElement(context.elt(`ATXHeading${level}`, from, to, marks));
    return true;
  },
  endLeaf: (_, line) => tightHeadingLevel(line) > 0,
};

/** Jumps over the characters at which nothing can begin, which makes the parser three times as fast. */
export const skipText: InlineParser = {
  name: 'SkipText',
  before: 'Escape',
  parse(context, next, pos) {
    if (next < 128 && STOPS[next]) return -1;
    const { text, offset } = context;
    let at = pos - offset + 1;
    if (next === 32) at = spacesEnd(text, at - 1);
    if (at < 0) return -1;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 32) {
        const end = spacesEnd(text, at);
        if (end < 0) break;
        at = end - 1;
      } else if (code < 128 && STOPS[code]) break;
    }
    return at + offset;
  },
};

/** The characters at which an inline parser may find something; a space is one before a line break. */
const STOPS = new Uint8Array(128);
for (const character of '\\&`<*_![]~$:{') STOPS[character.charCodeAt(0)] = 1;

function configure(first: readonly InlineParser[], remove: readonly string[] = []): MarkdownParser {
  const blocks = [deepNesting, linkReference, table, footnote, definition, admonition, directiveFence];
  const parser = commonMark.configure([
    NODES,
    Strikethrough,
    TaskList,
    { parseBlock: [...blocks, displayMath, shortcode, codeLines, longTag, tightHeading] },
    { parseInline: [...first, ownSyntax, htmlTag] },
    { remove },
  ]);
  const parseInline = parser.parseInline.bind(parser);
  parser.parseInline = (text, offset) => (isTooDense(text) ? [] : parseInline(text, offset));
  return parser;
}

/** Math, footnotes, directives, emoji, and everything in braces. */
const ownSyntax: InlineParser = {
  name: 'OwnSyntax',
  before: 'Escape',
  parse(context, next, pos) {
    switch (next) {
      case 36: // $
        return readMath(context, pos);
      case 91: // [
        return context.char(pos + 1) === 94 ? readFootnoteReference(context, pos) : -1;
      case 58: // :
        return readDirective(context, pos);
      case 123: // {
        return readBraces(context, pos);
      default:
        return -1;
    }
  },
};

/** Replaces the parser of CommonMark, whose patterns may take quadratic time, and understands JSX. */
const htmlTag: InlineParser = {
  name: 'HTMLTag',
  parse(context, next, pos) {
    if (next !== 60) return -1;
    const { text, offset } = context;
    const at = pos - offset;
    const add = (type: string, end: number) => context.addElement(context.elt(type, pos, offset + end));
    const autolink = /^<(?:[a-z][\w+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d.-]{1,255})>/i;
    const address = autolink.exec(text.slice(at, at + 2000));
    if (address) return add('Autolink', at + address[0].length);
    if (text.startsWith('<!--', at)) {
      const comment = commentAt(text, at, text.length);
      return comment.closed ? add('Comment', comment.end) : -1;
    }
    const tag = tagAt(text, at, text.length);
    if (tag) return add('HTMLTag', tag.end);
    const end = declarationEnd(text, at);
    return end < 0 ? -1 : add('ProcessingInstruction', end);
  },
};

/** The parser of this format. */
export const markdownParser = configure([skipText]);
/** The same without `skipText`: slower, with the same trees. */
export const plainMarkdownParser = configure([]);
/** For text between the tags of HTML, where indentation and tags make no blocks. */
export const fragmentParser = configure([skipText], ['IndentedCode', 'HTMLBlock', 'LongTag', 'LinkReference']);

/** The end of `<?…?>`, `<!NAME…>` or `<![CDATA[…]]>`. */
function declarationEnd(text: string, at: number): number {
  const next = text[at + 1];
  if (next === '?') return endOf(text, '?>', at + 2);
  if (next !== '!') return -1;
  if (text.startsWith('[CDATA[', at + 2)) return endOf(text, ']]>', at + 9);
  return /[A-Za-z]/.test(text[at + 2] ?? '') ? endOf(text, '>', at + 2) : -1;
}

function endOf(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

function readMath(context: InlineContext, pos: number): number {
  const { text, offset } = context;
  const end = mathEnd(text, pos - offset);
  if (end < 0) return -1;
  return context.addElement(context.elt('Object', pos, offset + end));
}

/**
 * Where the formula ends that begins at the dollar sign at `at`; -1 if that is a price or a variable of the shell. As in
 * Pandoc, a formula has no white space at its ends, and no digit or letter may follow it.
 */
function mathEnd(text: string, at: number): number {
  if (text[at + 1] === '{') return bracesEnd(text, at + 1, Math.min(text.length, at + 500));
  if (text[at + 1] === '$') {
    const close = text.indexOf('$$', at + 2);
    return close > at + 2 ? close + 2 : -1;
  }
  if (isSpace(text.charCodeAt(at + 1)) || /[\w$]/.test(text[at - 1] ?? '')) return -1;
  let close = at + 1;
  while (close < text.length && text[close] !== '$') close += text[close] === '\\' ? 2 : 1;
  if (close >= text.length || isSpace(text.charCodeAt(close - 1)) || /[\w$]/.test(text[close + 1] ?? '')) return -1;
  return isFormula(text.slice(at + 1, close)) ? close + 1 : -1;
}

function isFormula(content: string): boolean {
  if (content.length > 1000) return false;
  const plain = content.replace(/\\[A-Za-z]+(?:\{[^{}]*\})?/g, ' ');
  if (/[A-Za-z]{3,}\s+[A-Za-z]{3,}/.test(plain)) return false;
  return content.includes('\\') || !/^\d/.test(content) || !content.includes(' ') || /[_^=<>+*{}]/.test(content);
}

function readFootnoteReference(context: InlineContext, pos: number): number {
  const match = /^\[\^[^\][\s]{1,100}\]/.exec(context.slice(pos, pos + 110));
  return match ? context.addElement(context.elt('Hidden', pos, pos + match[0].length)) : -1;
}

/** Reads `:name[text]{attributes}`, `::name{attributes}` and `:emoji:`. */
function readDirective(context: InlineContext, pos: number): number {
  const { text, offset } = context;
  const at = pos - offset;
  if (/[\w:]/.test(text[at - 1] ?? '')) return -1;
  const head = /^::?([A-Za-z][\w+-]{0,60})(\[|\{|:(?!\w))?/.exec(text.slice(at, at + 66));
  const end = at + (head?.[0].length ?? 0);
  if (!head?.[2]) return -1;
  if (head[2] === ':') return context.addElement(context.elt('Hidden', pos, offset + end));
  const labelEnd = head[2] === '[' ? bracketsEnd(text, end - 1) : end - 1;
  if (labelEnd < 0) return -1;
  const attributesEnd =
    text[labelEnd] === '{' ? bracesEnd(text, labelEnd, Math.min(text.length, labelEnd + 500)) : labelEnd;
  if (attributesEnd < 0) return -1;
  if (head[2] === '{') return context.addElement(context.elt('Hidden', pos, offset + attributesEnd));
  const inner = context.parser.parseInline(text.slice(end, labelEnd - 1), offset + end);
  const marks = [context.elt('Hidden', pos, offset + end), ...inner];
  marks.push(context.elt('Hidden', offset + labelEnd - 1, offset + attributesEnd));
  return context.addElement(context.elt('Directive', pos, offset + attributesEnd, marks));
}

function bracketsEnd(text: string, at: number): number {
  let depth = 0;
  const to = Math.min(text.length, at + 1000);
  for (let position = at; position < to; position++) {
    if (text[position] === '[') depth++;
    else if (text[position] === ']' && --depth === 0) return position + 1;
    else if (text[position] === '\\') position++;
  }
  return -1;
}

/** Reads templates, MDX expressions and comments, and attributes. Braces around plain words stay. */
function readBraces(context: InlineContext, pos: number): number {
  const { text, offset } = context;
  const at = pos - offset;
  const template = templateEnd(text, at);
  const end = template > 0 ? template : bracesEnd(text, at, Math.min(text.length, at + 2000));
  if (end < 0) return -1;
  const type =
    template > 0 ? (text[at + 1] === '{' ? 'Object' : 'Hidden') : bracesType(text.slice(at + 1, end - 1), text[end]);
  return type ? context.addElement(context.elt(type, pos, offset + end)) : -1;
}

/** What `{content}` is, or `undefined` if it reads as prose. */
function bracesType(content: string, next: string | undefined): string | undefined {
  const inner = content.trim();
  if (inner.startsWith('/*') && inner.endsWith('*/')) return 'BraceComment';
  if (next === '`' || /^[#.:]\S/.test(inner) || /^[\w:-]+=/.test(inner)) return 'Hidden';
  if (/^(["'`])\s*\1$/.test(inner)) return 'Hidden';
  if (!inner || /^[\p{L}\p{N}\s,;'’-]*[\s,][\p{L}\p{N}\s,;'’-]*$/u.test(inner)) return undefined;
  return 'Object';
}

/** One line as a block of its own. */
function readLine(context: BlockContext, line: Line, type: string): true {
  const from = context.lineStart + line.pos;
  const to = context.lineStart + line.text.length;
  context.nextLine();
  context.addElement(context.elt(type, from, to));
  return true;
}

/** Lines from this one on: `last` ends with the line that was asked about, `after` before it. */
function readLines(
  context: BlockContext,
  line: Line,
  type: string,
  next: (text: string) => 'more' | 'last' | 'after',
): true {
  const from = context.lineStart + line.pos;
  const marks: Element[] = [];
  let to = context.lineStart + line.text.length;
  let state = type === 'BraceCommentBlock' ? next(line.text.slice(line.pos)) : 'more';
  while (context.nextLine() && state === 'more' && !leaves(line, context)) {
    state = next(line.text.slice(line.pos));
    if (state === 'after') break;
    marks.push(...line.markers);
    to = context.lineStart + line.text.length;
  }
  context.addElement(context.elt(type, from, to, marks));
  return true;
}

/** True if the line does not belong to the innermost open block. The parser itself asks this, but does not publish `depth`. */
function leaves(line: Line, context: BlockContext): boolean {
  return (line as unknown as { depth: number }).depth < context.depth;
}

/** Begins a block whose further lines are indented, and whose mark on this line ends at `end`. */
function startIndented(
  context: BlockContext,
  line: Line,
  { type, end, indent }: { type: string; end: number; indent: number },
): null {
  const from = context.lineStart + line.pos;
  context.startComposite(type, line.pos, indent);
  context.addElement(context.elt('Hidden', from, context.lineStart + end));
  line.moveBase(end);
  return null;
}

function continueIndented(_: BlockContext, line: Line, indent: number): boolean {
  if (line.pos === line.text.length) return true;
  if (line.indent < line.baseIndent + indent) return false;
  line.moveBaseColumn(line.baseIndent + indent);
  return true;
}

function tightHeadingLevel(line: Line): number {
  if (line.next !== 35) return 0;
  const match = /^(#{2,6})[^\s#\d\W]/.exec(line.text.slice(line.pos, line.pos + 8));
  return match ? match[1]!.length : 0;
}

function footnoteMarkEnd(line: Line): number {
  if (line.next !== 91 || line.text[line.pos + 1] !== '^') return -1;
  const match = /^\[\^[^\][\s]{1,100}\]:/.exec(line.text.slice(line.pos, line.pos + 110));
  return match ? line.pos + match[0].length : -1;
}

function isDefinition(line: Line): boolean {
  if (line.next !== 58 || !isSpace(line.text.charCodeAt(line.pos + 1))) return false;
  return line.skipSpace(line.pos + 1) < line.text.length;
}

function admonitionTitle(line: Line): { text: string; start: number; end: number } | undefined {
  if (line.next !== 33 && line.next !== 63 && line.next !== 61) return undefined;
  const match = /^(?:!!!|\?\?\?\+?|===[!+]?(?= *"))[ \t]*(?:[A-Za-z][\w -]{0,60})?/.exec(
    line.text.slice(line.pos, line.pos + 80),
  );
  if (!match) return undefined;
  const at = line.pos + match[0].length;
  const rest = /^"([^"]*)"\s*$|^\s*$/.exec(line.text.slice(at, at + 1000));
  if (!rest) return undefined;
  const start = rest[1] === undefined ? line.text.length : at + 1;
  return { text: rest[1] ?? '', start, end: start + (rest[1]?.length ?? 0) };
}

/** Where the title of a container directive starts and ends in its line, both at the end if it has none. */
function fenceTitle(line: Line): [number, number] | undefined {
  const { text, pos } = line;
  if (line.next !== 58 || !text.startsWith(':::', pos)) return undefined;
  let at = pos;
  while (text[at] === ':') at++;
  at = line.skipSpace(at);
  if (at === text.length) return [at, at];
  const name = /^[A-Za-z][\w-]*/.exec(text.slice(at, at + 100));
  if (name) at += name[0].length;
  else if (text[at] === '{') at = Math.max(at, bracesEnd(text, at, text.length));
  else return undefined;
  if (text[at] === '[') {
    const end = bracketsEnd(text, at);
    if (end > 0) return [at + 1, end - 1];
  }
  at = line.skipSpace(at);
  return text[at] === '{' ? [text.length, text.length] : [at, text.length];
}

/**
 * The mark that ends what a line of shortcodes begins: empty if the line is complete, `undefined` if it is no such line.
 * What `highlight` and the like enclose belongs to them.
 */
function shortcodeLine(line: Line): string | undefined {
  const { text } = line;
  let at = line.pos;
  if (text[at] !== '{' || (text[at + 1] !== '{' && text[at + 1] !== '%')) return undefined;
  const verbatim = /^\{[{%][<%-]?\s*(highlight|comment|mermaid|plantuml|codeblock)\b/.exec(text.slice(at, at + 40));
  while (at < text.length) {
    const end = templateEnd(text, at);
    if (end < 0)
      return at === line.pos && /^\{(?:%|\{[<%])/.test(text.slice(at, at + 3)) ? templateClose(text, at) : undefined;
    at = line.skipSpace(end);
  }
  if (!verbatim) return '';
  const close = (text[line.pos + 1] === '%' ? 'end' : '/') + verbatim[1];
  return text.includes(close, line.pos + 2) || /\/[>%]?\}\}\s*$/.test(text.slice(-20)) ? '' : close;
}

/** True for the first line of an import or export of MDX. */
function isModuleLine(line: string): boolean {
  const text = line.slice(0, 300);
  return (
    /^import\s*(?:["'{*]|[\w$]+\s*(?:,|from\s*["']))/.test(text) ||
    /^export\s+(?:default\b|const\b|let\b|var\b|function\b|class\b|async\b|\{|\*)/.test(text)
  );
}

/** True if a leaf is too long or has too many signs for inline parsing. */
function isTooDense(text: string): boolean {
  if (text.length > MAXIMUM_LEAF) return true;
  if (text.length * text.length <= MAXIMUM_WORK) return false;
  let signs = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 128 && STOPS[code]) signs++;
  }
  return signs * text.length > MAXIMUM_WORK;
}

/** The end of the spaces at `at`, or -1 if they make a hard line break. */
function spacesEnd(text: string, at: number): number {
  let end = at + 1;
  while (text.charCodeAt(end) === 32) end++;
  return end > at + 1 && text.charCodeAt(end) === 10 ? -1 : end;
}

/** The parser of CommonMark reads the whole definition again for each line of it, and so takes quadratic time. */
class LinkDefinition implements LeafBlockParser {
  readonly #elements: Element[];
  #stage: 'target' | 'title' | 'done' | 'failed' = 'target';
  #end = -1;

  static begin(context: BlockContext, leaf: LeafBlock): LinkDefinition | null {
    const colon = labelEnd(leaf.content);
    return colon > 0 ? new LinkDefinition(context, leaf, colon) : null;
  }

  constructor(context: BlockContext, leaf: LeafBlock, colon: number) {
    const { start, content } = leaf;
    this.#elements = [
      context.elt('LinkLabel', start, start + colon),
      context.elt('LinkMark', start + colon, start + colon + 1),
    ];
    this.#readTarget(context, content.slice(colon + 1), start + colon + 1);
  }

  nextLine(context: BlockContext, line: Line, leaf: LeafBlock): boolean {
    if (this.#stage === 'failed') return false;
    const text = line.text.slice(line.pos);
    const start = context.lineStart + line.pos;
    if (this.#stage === 'target') {
      this.#readTarget(context, text, start);
      if ((this.#stage as string) === 'target') this.#stage = 'failed';
      return false;
    }
    if (this.#stage === 'title' && this.#readTitle(context, text, start)) return false;
    return this.finish(context, leaf);
  }

  finish(context: BlockContext, leaf: LeafBlock): boolean {
    if (this.#stage !== 'title' && this.#stage !== 'done') return false;
    context.addLeafElement(leaf, context.elt('LinkReference', leaf.start, this.#end, this.#elements));
    return true;
  }

  #readTarget(context: BlockContext, text: string, start: number): void {
    const from = blankEnd(text, 0);
    if (from === text.length) return;
    const to = targetEnd(text, from);
    const rest = blankEnd(text, to);
    if (to < 0) {
      this.#stage = 'failed';
      return;
    }
    this.#elements.push(context.elt('URL', start + from, start + to));
    this.#end = start + text.length;
    this.#stage = rest === text.length ? 'title' : 'failed';
    if (rest < text.length && rest > to) this.#readTitle(context, text.slice(rest), start + rest);
  }

  #readTitle(context: BlockContext, text: string, start: number): boolean {
    const end = titleEnd(text);
    if (end < 0 || blankEnd(text, end) < text.length) return false;
    this.#elements.push(context.elt('LinkTitle', start, start + end));
    this.#end = start + text.length;
    this.#stage = 'done';
    return true;
  }
}

/** Where the colon after the label at the start of `text` stands, or -1. */
function labelEnd(text: string): number {
  const to = Math.min(text.length, 1000);
  for (let at = 1; at < to; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') return -1;
    else if (text[at] === ']') return text[at + 1] === ':' && text.slice(1, at).trim() ? at + 1 : -1;
  }
  return -1;
}

function targetEnd(text: string, from: number): number {
  if (text[from] === '<') return endOf(text, '>', from);
  let to = from;
  while (to < text.length && !isSpace(text.charCodeAt(to))) to++;
  return to;
}

function titleEnd(text: string): number {
  const close = text[0] === '(' ? ')' : text[0];
  if (close !== ')' && close !== '"' && close !== "'") return -1;
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === close) return at + 1;
  }
  return -1;
}

function blankEnd(text: string, at: number): number {
  let end = Math.max(0, at);
  while (end < text.length && isSpace(text.charCodeAt(end))) end++;
  return end;
}

/** The parser of GFM loses a table when white space follows its delimiter row, and searches for one in quadratic time. */
class TableBlock implements LeafBlockParser {
  /** `undefined` before the second line, `null` if this is no table. */
  #rows: Element[] | null | undefined;

  nextLine(context: BlockContext, line: Line, leaf: LeafBlock): boolean {
    const to = context.lineStart + line.text.length;
    if (this.#rows === undefined) {
      const columns = delimiterRow(line.text, line.pos);
      const isTable = columns > 0 && columns === rowCells(leaf.content, 0).length;
      this.#rows = isTable
        ? [
            row(context, 'TableHeader', { text: leaf.content, from: 0, offset: leaf.start }),
            context.elt('TableDelimiter', context.lineStart + line.pos, to),
          ]
        : null;
    } else if (this.#rows) {
      this.#rows.push(row(context, 'TableRow', { text: line.text, from: line.pos, offset: context.lineStart }));
    }
    return false;
  }

  finish(context: BlockContext, leaf: LeafBlock): boolean {
    if (!this.#rows) return false;
    context.addLeafElement(leaf, context.elt('Table', leaf.start, leaf.start + leaf.content.length, this.#rows));
    return true;
  }
}

/** A row; a `TableDelimiter` stands between two cells, and an empty cell has no node. */
function row(
  context: BlockContext,
  type: string,
  { text, from, offset }: { text: string; from: number; offset: number },
): Element {
  const children: Element[] = [];
  rowCells(text, from).forEach((cell, index) => {
    if (index > 0) children.push(context.elt('TableDelimiter', offset + cell.pipe, offset + cell.pipe + 1));
    if (cell.start === cell.end) return;
    const content = context.parser.parseInline(text.slice(cell.start, cell.end), offset + cell.start);
    children.push(context.elt('TableCell', offset + cell.start, offset + cell.end, content));
  });
  return context.elt(type, offset + from, offset + text.length, children);
}

interface Cell {
  readonly start: number;
  readonly end: number;
  /** The place of the pipe before it. */
  readonly pipe: number;
}

/** The cells of a row without the white space around them. */
function rowCells(text: string, from: number): Cell[] {
  const cells: Cell[] = [];
  let at = blankEnd(text, from);
  let pipe = at;
  if (text[at] === '|') at++;
  while (at < text.length) {
    const start = blankEnd(text, at);
    let end = start;
    while (end < text.length && text[end] !== '|') end += text[end] === '\\' ? 2 : 1;
    end = Math.min(end, text.length);
    if (end === text.length && start === end) break;
    let last = end;
    while (last > start && isSpace(text.charCodeAt(last - 1))) last--;
    cells.push({ start: Math.min(start, last), end: last, pipe });
    pipe = end;
    at = end + 1;
  }
  return cells;
}

/** How many columns a delimiter row such as `|---|:-:|` has; 0 if it is none. */
function delimiterRow(text: string, from: number): number {
  let at = from;
  while (text[at] === '>' || isSpace(text.charCodeAt(at))) at++;
  let pipes = 0;
  let columns = 0;
  if (text[at] === '|') {
    pipes++;
    at++;
  }
  at = blankEnd(text, at);
  while (at < text.length) {
    if (text[at] === ':') at++;
    if (text[at] !== '-') return 0;
    while (text[at] === '-') at++;
    if (text[at] === ':') at++;
    columns++;
    at = blankEnd(text, at);
    if (at === text.length) break;
    if (text[at] !== '|') return 0;
    pipes++;
    at = blankEnd(text, at + 1);
  }
  return pipes > 0 ? columns : 0;
}
