import type { Block, Comment, Format } from '../document';
import { GONE } from '../document';
import type { Span } from '../text';
import { blanks, copyOf, isSpace, movedBlock, Prose, type Standing } from './prose';
import { PROSE_OPTIONS, type Treatment, treatmentOf, treatmentOfUnknown } from './rst-directives';
import { escapeInline, INLINE_MARK, isInlinePair, type RoleText, readInline, roleText } from './rst-inline';
import {
  csvCells,
  gridCells,
  isBottomBorder,
  isGridBorder,
  isSimpleBorder,
  simpleCells,
  type TableCell,
} from './rst-table';

/** reStructuredText as docutils and Sphinx read it. */
export const rst: Format = {
  name: 'rst',
  languages: ['restructuredtext'],
  extensions: ['.rst', '.rest'],
  comment: () => ({ open: '.. ', close: '', place: 'between blocks' }),
  marks: { pattern: INLINE_MARK, closes: isInlinePair },
  escape: escapeInline,
  read(text) {
    const reader = new Reader(text, { tables: 0, titles: [], level: 0, roles: new Map() });
    reader.read({ context: TOP, depth: 0 });
    return { blocks: reader.blocks, comments: reader.comments };
  },
};

/** What the parts of a document share. */
interface Shared {
  tables: number;
  /** The signs of section titles, in the order of their levels. */
  titles: string[];
  /** The level of the section that is being read. */
  level: number;
  /** The roles that the document defines. */
  readonly roles: Map<string, RoleText>;
}

/** What text is in a part of a document; `list` says what the lists of a `list-table` are. */
interface Context extends Standing {
  readonly list?: {
    readonly of: 'rows' | 'cells';
    readonly table: number;
    readonly header: number;
    row: number;
    column: number;
  };
}

/** Lines that belong together: those up to `last`, with their text at the column `indent`. */
interface Body {
  readonly last: number;
  readonly indent: number;
  readonly context: Context;
  readonly depth: number;
}

const TOP: Context = { kind: 'paragraph', quoted: false };
const ITEM: Context = { kind: 'item', quoted: false };
const QUOTED_ITEM: Context = { kind: 'item', quoted: true };
const MAXIMUM_DEPTH = 50;
const LONGEST_MARK = 200;

/** A comment, a target or the like: what is indented below it and is no part of it stands by itself. */
const EXPLICIT = /^(?:\.\.|__)(?: |$)/;

const ENUMERATOR = /^\(?(?:#|\d{1,9}|[a-zA-Z]|[ivxlcdm]{2,12}|[IVXLCDM]{2,12})[.)](?= |$)/;
const ROMAN = /^m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/i;
const FIELD = /^:(?![: ])((?:[^:\\\n]|\\.|:(?![ `]|$))+):(?= |$)/;
const OPTION = /^(?:[-+][a-zA-Z\d]|--?[a-zA-Z\d][\w-]*|\/[a-zA-Z\d][\w-]*)(?:[ =]?(?:[a-zA-Z][\w-]*|<[^<>\n]+>))?/;
const DIRECTIVE = /^([\p{L}\p{N}][\p{L}\p{N}._+:-]*?) ?::(?= |$)/u;
/** Fields that say something of the document or of a signature; of these the name is a key. */
const KEY_FIELD =
  /^(?:param(?:eter)?|arg(?:ument)?|key(?:word)?|raises?|except(?:ion)?|i?var|cvar|vartype|returns?|rtype|type|yields?|meta|throws?|orphan|tocdepth|nocomments|nosearch|no-?search|authors?|organization|contact|address|version|revision|status|date|copyright|license)(?: |$)/i;

/** Reads lines one construct after another, as a recursive descent by indentation. */
class Reader {
  readonly blocks: Block[] = [];
  readonly comments: Comment[] = [];
  readonly #text: string;
  readonly #shared: Shared;
  /** Of each line: where its text begins and ends, and the column where it begins; -1 if it is blank. What has been read of a line is left out. */
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #indents: number[] = [];

  constructor(text: string, shared: Shared) {
    this.#text = text;
    this.#shared = shared;
    for (let at = 0; at <= text.length; ) {
      const lineBreak = text.indexOf('\n', at);
      const end = lineBreak < 0 ? text.length : lineBreak;
      this.#addLine(at, end);
      at = end + 1;
    }
  }

  /** Reads all lines: of a document if `depth` is 0, and else of something in it. */
  read({ context, depth }: Pick<Body, 'context' | 'depth'>): void {
    const last = this.#starts.length;
    this.#readBody(0, { last, indent: depth > 0 ? this.#leastIndent(0, last) : 0, context, depth });
  }

  /* -------------------------------------------------------------- lines */

  #addLine(from: number, to: number): void {
    let start = from;
    let column = 0;
    for (; start < to && isSpace(this.#text.charCodeAt(start)); start++) {
      column += this.#text[start] === '\t' ? 8 - (column % 8) : 1;
    }
    let end = to;
    while (end > start && isSpace(this.#text.charCodeAt(end - 1))) end--;
    this.#starts.push(start);
    this.#ends.push(end);
    this.#indents.push(end > start ? column : -1);
  }

  #isBlank(line: number): boolean {
    return this.#indents[line]! < 0;
  }

  #line(line: number): string {
    return this.#text.slice(this.#starts[line], this.#ends[line]);
  }

  #head(line: number): string {
    const start = this.#starts[line]!;
    return this.#text.slice(start, Math.min(this.#ends[line]!, start + LONGEST_MARK));
  }

  /** Where lines end that are blank or indented more than a column, from a line on. */
  #regionEnd(from: number, last: number, indent: number): number {
    let end = from;
    for (let at = from; at < last && (this.#isBlank(at) || this.#indents[at]! > indent); at++) {
      if (!this.#isBlank(at)) end = at + 1;
    }
    return end;
  }

  #leastIndent(from: number, to: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (let at = from; at < to; at++) if (!this.#isBlank(at)) least = Math.min(least, this.#indents[at]!);
    return least === Number.POSITIVE_INFINITY ? 0 : least;
  }

  /** The line behind those that follow without a blank one and are not indented more than a column. */
  #paragraphEnd(from: number, { last, indent }: Body): number {
    let end = from;
    while (end < last && !this.#isBlank(end) && this.#indents[end]! <= indent) end++;
    return end;
  }

  #nextFull(from: number, last: number): number {
    let at = from;
    while (at < last && this.#isBlank(at)) at++;
    return at;
  }

  /** Leaves out of a line what stands before an offset. */
  #cut(line: number, to: number): void {
    let start = to;
    const end = this.#ends[line]!;
    while (start < end && isSpace(this.#text.charCodeAt(start))) start++;
    this.#indents[line] = start < end ? this.#indents[line]! + start - this.#starts[line]! : -1;
    this.#starts[line] = start;
  }

  /* -------------------------------------------------------------- blocks */

  #readBody(first: number, body: Body): void {
    let at = first;
    /** True behind text, and not behind a list or the like, which an indented text goes on with. */
    let behindText = true;
    while (at < body.last) {
      if (this.#isBlank(at)) at++;
      else if (this.#indents[at]! > body.indent) at = this.#readIndented(at, body, behindText && this.#isBlank(at - 1));
      else {
        const next = this.#readElement(at, body);
        behindText = next === undefined || EXPLICIT.test(this.#head(at));
        at = next ?? this.#readText(at, body);
      }
    }
  }

  /** Reads the construct that begins on a line with its mark, and says where to go on; `undefined` if it is text. */
  #readElement(at: number, body: Body): number | undefined {
    if (body.depth > MAXIMUM_DEPTH) return undefined;
    const start = this.#starts[at]!;
    const bare = start + 1 === this.#ends[at];
    const spaced = bare || this.#text.charCodeAt(start + 1) === 32;
    switch (this.#text[start]) {
      case '-':
      case '*':
      case '+':
      case '•':
      case '‣':
      case '⁃':
        if (spaced) return this.#readListItem(at, start + 1, body);
        return this.#text[start] === '+' && this.#isTable(at, isGridBorder)
          ? this.#readGridTable(at, body)
          : (this.#readOption(at, body) ?? this.#readRule(at, body));
      case '/':
        return this.#readOption(at, body) ?? this.#readRule(at, body);
      case '=':
        return this.#isTable(at, isSimpleBorder) ? this.#readSimpleTable(at, body) : this.#readRule(at, body);
      case '.':
        if (this.#text.startsWith('..', start) && this.#isMarkEnd(start + 2, at)) return this.#readExplicit(at, body);
        return this.#readRule(at, body);
      case '_':
        if (this.#text.startsWith('__', start) && this.#isMarkEnd(start + 2, at)) return this.#targetEnd(at, body);
        return this.#readRule(at, body);
      case '|':
        return spaced ? this.#readLineBlock(at, body) : this.#readRule(at, body);
      case ':':
        return this.#readField(at, body) ?? this.#readRule(at, body);
      case '>':
        if (this.#text.startsWith('>>>', start) && this.#isMarkEnd(start + 3, at)) return this.#paragraphEnd(at, body);
        return this.#readRule(at, body);
      default:
        return this.#readEnumerated(at, body) ?? this.#readRule(at, body);
    }
  }

  #isMarkEnd(offset: number, line: number): boolean {
    return offset === this.#ends[line] || isSpace(this.#text.charCodeAt(offset));
  }

  #isTable(at: number, isBorder: (line: string) => boolean): boolean {
    return isBorder(this.#line(at));
  }

  #addProse(start: number, end: number, standing: Standing): void {
    if (start >= end) return;
    const prose = new Prose(this.#text, start);
    readInline(prose, this.#text, end, this.#shared.roles);
    this.#addBlock(prose, standing);
  }

  #addBlock(prose: Prose, standing: Standing): void {
    const block = prose.block(standing);
    if (block) this.blocks.push(block);
  }

  /** Reads indented text: a quotation, or what goes on with a list or the like and should have been indented otherwise. */
  #readIndented(at: number, body: Body, separate: boolean): number {
    const end = this.#regionEnd(at, body.last, body.indent);
    const source = this.#attribution(at, end);
    const quoted = separate || source !== undefined || body.context.quoted;
    const context: Context =
      quoted && body.context.kind !== 'cell' ? { kind: 'quotation', quoted: true } : body.context;
    const inside = { indent: this.#leastIndent(at, end), context, depth: body.depth + 1 };
    this.#readBody(at, { ...inside, last: source ?? end });
    if (source !== undefined) {
      this.#cut(source, this.#starts[source]! + /^(?:---?|—) ?/.exec(this.#head(source))![0].length);
      this.#addProse(this.#starts[source]!, this.#ends[end - 1]!, context);
    }
    return end;
  }

  /** The line from which on the end of a quotation says where it is from. */
  #attribution(from: number, to: number): number | undefined {
    let at = to - 1;
    while (at > from && !this.#isBlank(at - 1)) at--;
    return at > from && /^(?:---?(?!-)|—) ?\S/.test(this.#head(at)) ? at : undefined;
  }

  /** Reads text that no mark stands before: a title, a term with its definition, or a paragraph. */
  #readText(at: number, body: Body): number {
    const next = at + 1;
    const follows = next < body.last && !this.#isBlank(next);
    if (follows && this.#underlines(next, at, body)) {
      this.#addTitle(at, this.#text[this.#starts[next]!]!);
      return next + 1;
    }
    if (follows && this.#indents[next]! > this.#indents[at]! && this.#indents[next]! > body.indent) {
      if (!this.#line(at).endsWith('::')) return this.#readDefinition(at, body);
    }
    const end = this.#paragraphEnd(next, body);
    return this.#readParagraph(at, end, body);
  }

  /** Reads a paragraph, and behind a double colon the literal block that it announces. */
  #readParagraph(first: number, end: number, body: Body): number {
    const start = this.#starts[first]!;
    const stop = this.#ends[end - 1]!;
    if (!this.#text.endsWith('::', stop) && this.#text.slice(stop - 2, stop) !== '::') {
      this.#addProse(start, stop, body.context);
      return end;
    }
    const shown = isSpace(this.#text.charCodeAt(stop - 3)) || stop - 2 === start ? stop - 2 : stop - 1;
    this.#addProse(start, shown, body.context);
    return this.#literalEnd(end, body);
  }

  /** Where a literal block ends: it is indented, or each of its lines begins with the same sign. */
  #literalEnd(from: number, { last, indent }: Body): number {
    const first = this.#nextFull(from, last);
    if (first >= last) return from;
    if (this.#indents[first]! > indent) return this.#regionEnd(first, last, indent);
    const sign = this.#text[this.#starts[first]!]!;
    let end = first;
    if (!/[!-/:-@[-`{-~]/.test(sign) || first === from) return from;
    while (end < last && !this.#isBlank(end) && this.#text[this.#starts[end]!] === sign) end++;
    return end;
  }

  #readDefinition(at: number, body: Body): number {
    const end = this.#regionEnd(at + 1, body.last, Math.max(body.indent, this.#indents[at]!));
    const { context } = body;
    const classifier = this.#line(at).indexOf(' : ');
    const stop = classifier > 0 ? this.#starts[at]! + classifier : this.#ends[at]!;
    this.#addProse(this.#starts[at]!, stop, context.kind === 'cell' ? context : { ...context, kind: 'paragraph' });
    this.#readBody(at + 1, {
      last: end,
      indent: this.#leastIndent(at + 1, end),
      context: itemOf(context),
      depth: body.depth + 1,
    });
    return end;
  }

  /* -------------------------------------------------------------- titles */

  /** The sign of which a line consists; `undefined` if it is another line. */
  #ruleSign(line: number): string | undefined {
    const start = this.#starts[line]!;
    const sign = this.#text[start]!;
    if (!/[!-/:-@[-`{-~]/.test(sign)) return undefined;
    for (let at = start + 1; at < this.#ends[line]!; at++) if (this.#text[at] !== sign) return undefined;
    return sign;
  }

  #length(line: number): number {
    return this.#ends[line]! - this.#starts[line]!;
  }

  #underlines(rule: number, title: number, { indent }: Body): boolean {
    if (this.#indents[rule]! > indent || this.#ruleSign(rule) === undefined) return false;
    return this.#length(rule) >= Math.min(4, this.#length(title));
  }

  /** Reads a line of one sign: a transition, or what stands above a title. */
  #readRule(at: number, body: Body): number | undefined {
    const sign = this.#ruleSign(at);
    if (sign === undefined) return undefined;
    const [title, below] = [at + 1, at + 2];
    const isTitle =
      below < body.last && !this.#isBlank(title) && !this.#isBlank(below) && this.#ruleSign(below) === sign;
    if (
      isTitle &&
      this.#length(at) >= Math.min(4, this.#length(title)) &&
      this.#length(below) >= Math.min(4, this.#length(title))
    ) {
      this.#addTitle(title, sign + sign);
      return below + 1;
    }
    return this.#length(at) >= 4 ? at + 1 : undefined;
  }

  #addTitle(line: number, style: string): void {
    const { titles } = this.#shared;
    if (!titles.includes(style)) titles.push(style);
    this.#shared.level = titles.indexOf(style) + 1;
    this.#addHeading(this.#starts[line]!, this.#ends[line]!, this.#shared.level);
  }

  #addHeading(start: number, end: number, level: number): void {
    this.#addProse(start, end, { kind: 'heading', level: Math.min(6, level), quoted: false });
  }

  /* -------------------------------------------------------------- lists */

  /** Reads what stands behind a mark, and the lines below that are indented as far. */
  #readListItem(at: number, markEnd: number, body: Body): number {
    const { list } = body.context;
    let context = itemOf(body.context);
    if (list?.of === 'rows') {
      list.row++;
      list.column = -1;
      context = { ...body.context, list: { ...list, of: 'cells' } };
    } else if (list) {
      const { table, header } = list;
      const row = header > 0 ? Math.max(0, list.row - header + 1) : list.row + 1;
      context = { kind: 'cell', quoted: false, cell: { table, row, column: ++list.column } };
    }
    const column = this.#indents[at]!;
    this.#cut(at, markEnd);
    const isBare = this.#isBlank(at);
    const end = this.#regionEnd(at + 1, body.last, isBare ? column : this.#indents[at]! - 1);
    const indent = isBare ? this.#leastIndent(at, end) : this.#indents[at]!;
    this.#readBody(at, { last: end, indent, context, depth: body.depth + 1 });
    return end;
  }

  #readEnumerated(at: number, body: Body): number | undefined {
    const mark = ENUMERATOR.exec(this.#head(at));
    if (!mark || !isNumber(mark[0])) return undefined;
    const next = at + 1;
    const goesOn = next < body.last && !this.#isBlank(next) && this.#indents[next]! <= this.#indents[at]!;
    if (goesOn && !isNext(ENUMERATOR.exec(this.#head(next))?.[0], mark[0])) return undefined;
    return this.#readListItem(at, this.#starts[at]! + mark[0].length, body);
  }

  #readField(at: number, body: Body): number | undefined {
    const field = FIELD.exec(this.#line(at));
    if (!field) return undefined;
    const start = this.#starts[at]!;
    if (!KEY_FIELD.test(field[1]!)) {
      this.#addProse(start + 1, start + field[0].length - 1, { ...body.context, kind: 'paragraph', cell: undefined });
    }
    return this.#readBehind(at, start + field[0].length, { ...body, context: itemOf(body.context) });
  }

  /** An option of a command is no prose, its description is. */
  #readOption(at: number, body: Body): number | undefined {
    const line = this.#head(at);
    let length = 0;
    for (let option = OPTION.exec(line); option; option = OPTION.exec(line.slice(length))) {
      length += option[0].length;
      if (!line.startsWith(', ', length)) break;
      length += 2;
    }
    const ends = length === line.length ? this.#length(at) === length : line.startsWith('  ', length);
    if (length === 0 || !ends) return undefined;
    const next = at + 1;
    if (length === line.length && !(next < body.last && this.#indents[next]! > this.#indents[at]!)) return undefined;
    return this.#readBehind(at, this.#starts[at]! + length, { ...body, context: itemOf(body.context) });
  }

  /** Reads what stands behind a mark whose width is of no account: the lines below have an indentation of their own. */
  #readBehind(at: number, markEnd: number, body: Body): number {
    const end = this.#regionEnd(at + 1, body.last, this.#indents[at]!);
    const indent = this.#leastIndent(at + 1, end);
    this.#cut(at, markEnd);
    if (!this.#isBlank(at)) this.#indents[at] = indent;
    this.#readBody(at, { last: end, indent, context: body.context, depth: body.depth + 1 });
    return end;
  }

  /** Each line of a line block ends with a break. */
  #readLineBlock(at: number, body: Body): number {
    const prose = new Prose(this.#text, this.#starts[at]!);
    let end = at;
    while (end < body.last && !this.#isBlank(end)) {
      const start = this.#starts[end]!;
      if (this.#text[start] !== '|' || !this.#isMarkEnd(start + 1, end)) break;
      let next = end + 1;
      while (next < body.last && this.#indents[next]! > this.#indents[end]!) next++;
      prose.break(start);
      prose.gone(start + 1);
      while (isSpace(this.#text.charCodeAt(prose.at)) && prose.at < this.#ends[end]!) prose.gone(prose.at + 1);
      readInline(prose, this.#text, this.#ends[next - 1]!, this.#shared.roles);
      end = next;
    }
    this.#addBlock(prose, body.context);
    return end;
  }

  /* -------------------------------------------------------------- explicit markup */

  #readExplicit(at: number, body: Body): number {
    const start = this.#starts[at]!;
    const end = this.#regionEnd(at + 1, body.last, this.#indents[at]!);
    let rest = start + 2;
    while (rest < this.#ends[at]! && isSpace(this.#text.charCodeAt(rest))) rest++;
    const line = this.#text.slice(rest, Math.min(this.#ends[at]!, rest + 1000));
    if (line.startsWith('_') && line.includes(':')) return this.#targetEnd(at, body);
    const note = /^\[(?:\d+|#[\w.-]*|\*|[\p{L}\p{N}][\w.+:-]*)\](?= |$)/u.exec(line);
    if (note) {
      const context: Context = { kind: 'note', quoted: body.context.quoted };
      return this.#readBehind(at, rest + note[0].length, { ...body, context });
    }
    const substitution = /^\|[^|\n]+\| /.exec(line)?.[0].length ?? 0;
    const directive = DIRECTIVE.exec(line.slice(substitution));
    if (directive) {
      this.#cut(at, rest + substitution + directive[0].length);
      this.#readDirective(directive[1]!, at, { ...body, last: end });
      return end;
    }
    return this.#readComment(at, rest, end, body);
  }

  #targetEnd(at: number, { last }: Body): number {
    let end = at + 1;
    while (end < last && this.#indents[end]! > this.#indents[at]!) end++;
    return end;
  }

  #readComment(at: number, rest: number, end: number, { last }: Body): number {
    const isBare = rest >= this.#ends[at]!;
    // Two dots alone above a blank line are an empty comment, and what is indented below them is no part of it.
    if (isBare && (at + 1 >= last || this.#isBlank(at + 1))) return at + 1;
    const stop = this.#ends[Math.max(at, end - 1)]!;
    const textStart = Math.min(stop, isBare ? (this.#starts[at + 1] ?? stop) : rest);
    const text = copyOf(this.#text.slice(textStart, stop));
    this.comments.push({ start: this.#starts[at]!, end: stop, textStart, text });
    return Math.max(at + 1, end);
  }

  /** Reads a directive, whose name has been read: its argument, its options, its content. */
  #readDirective(name: string, at: number, body: Body): void {
    const { last } = body;
    let headEnd = at + 1;
    while (headEnd < last && !this.#isBlank(headEnd)) headEnd++;
    let argumentEnd = at;
    while (argumentEnd < headEnd && !FIELD.test(this.#line(argumentEnd))) argumentEnd++;
    const options = this.#optionsIn(argumentEnd, headEnd);
    const content = this.#nextFull(headEnd, last);
    const treatment = treatmentOf(name) ?? treatmentOfUnknown(this.#paragraph(content, last));
    const inside = { last, indent: this.#leastIndent(at + 1, last), context: body.context, depth: body.depth + 1 };
    if (treatment.argument === 'version') this.#cut(at, this.#starts[at]! + /^\S*/.exec(this.#line(at))![0].length);
    if (name === 'role' || name === 'default-role') this.#defineRole(name, this.#line(at));
    if (!this.#isBlank(at)) this.#indents[at] = inside.indent;
    // Without options the content begins with the argument.
    const together = isContent(treatment) && argumentEnd === headEnd;
    if (!together) this.#readArgument(treatment, at, { ...inside, last: argumentEnd });
    this.#readProseOptions(options);
    this.#readContent(treatment, together ? at : content, { body: inside, options });
  }

  #readArgument({ argument }: Treatment, at: number, body: Body): void {
    const { last } = body;
    const first = this.#nextFull(at, last);
    if (first >= last || argument === 'silent') return;
    if (argument === 'content' || argument === 'version') {
      this.#readBody(first, body);
      return;
    }
    const [start, end] = [this.#starts[first]!, this.#ends[last - 1]!];
    if (argument === 'heading') this.#addHeading(start, end, this.#shared.level + 1);
    else if (argument === 'title') this.#addProse(start, end, { kind: 'title', level: 0, quoted: false });
    else this.#addProse(start, end, { kind: 'caption', quoted: body.context.quoted });
  }

  #readContent(
    { content }: Treatment,
    at: number,
    { body, options }: { body: Body; options: readonly Option[] },
  ): void {
    const { last, context } = body;
    const first = this.#nextFull(at, last);
    if (first >= last) return;
    switch (content) {
      case 'text':
        this.#readBody(first, body);
        return;
      case 'quotation':
        this.#readIndented(first, { ...body, indent: -1 }, true);
        return;
      case 'caption': {
        const captionEnd = this.#paragraphEnd(first, body);
        this.#addProse(this.#starts[first]!, this.#ends[captionEnd - 1]!, { kind: 'caption', quoted: context.quoted });
        this.#readBody(captionEnd, body);
        return;
      }
      case 'glossary':
        this.#readGlossary(first, body);
        return;
      case 'list-table': {
        const list = {
          of: 'rows',
          table: this.#shared.tables++,
          header: this.#headerRows(options),
          row: -1,
          column: -1,
        } as const;
        this.#readBody(first, { ...body, context: { kind: 'paragraph', quoted: false, list } });
        return;
      }
      case 'csv-table':
        this.#readCsv({ start: this.#starts[first]!, end: this.#ends[last - 1]! }, options);
    }
  }

  /** Terms may stand above each other, and have a key for sorting behind them. */
  #readGlossary(first: number, body: Body): void {
    const { last, indent, context } = body;
    for (let at = first; at < last; ) {
      if (this.#isBlank(at)) at++;
      else if (this.#indents[at]! > indent) {
        const end = this.#regionEnd(at, last, indent);
        const inside = {
          last: end,
          indent: this.#leastIndent(at, end),
          context: itemOf(context),
          depth: body.depth + 1,
        };
        this.#readBody(at, inside);
        at = end;
      } else if (this.#line(at).startsWith('.. ')) at = this.#readExplicit(at, body);
      else {
        const key = this.#line(at).indexOf(' : ');
        const end = key > 0 ? this.#starts[at]! + key : this.#ends[at]!;
        this.#addProse(this.#starts[at]!, end, { kind: 'paragraph', quoted: context.quoted });
        at++;
      }
    }
  }

  /** The first lines from a line on up to a blank one. */
  #paragraph(from: number, last: number): string {
    let end = from;
    while (end < last && !this.#isBlank(end)) end++;
    return end > from ? this.#text.slice(this.#starts[from], this.#ends[end - 1]) : '';
  }

  /* -------------------------------------------------------------- options */

  #optionsIn(from: number, to: number): readonly Option[] {
    const options: Option[] = [];
    for (let at = from; at < to; ) {
      const field = FIELD.exec(this.#line(at));
      let end = at + 1;
      while (end < to && !FIELD.test(this.#line(end))) end++;
      if (field) {
        const start = this.#starts[at]! + field[0].length;
        const name = field[1]!.split(' ')[0]!.toLowerCase();
        options.push({ name, start, end: Math.max(start, this.#ends[end - 1]!) });
      }
      at = end;
    }
    return options;
  }

  #readProseOptions(options: readonly Option[]): void {
    for (const { name, start, end } of options) {
      const standing = PROSE_OPTIONS.get(name);
      if (standing) this.#addProse(start, end, standing);
    }
  }

  #option(options: readonly Option[], name: string): string | undefined {
    const option = options.find((each) => each.name === name);
    return option && this.#text.slice(option.start, option.end).trim();
  }

  #headerRows(options: readonly Option[]): number {
    return Number(this.#option(options, 'header-rows')) || 0;
  }

  #defineRole(directive: string, argument: string): void {
    const role = /^([\w.+:-]+)(?:\(([\w.+:-]+)\))?/.exec(argument);
    if (!role) return;
    if (directive === 'role') this.#shared.roles.set(role[1]!, role[2] ? roleText(role[2]) : 'prose');
    else this.#shared.roles.set('', roleText(role[1]!));
  }

  /* -------------------------------------------------------------- tables */

  #readGridTable(at: number, { last, depth }: Body): number {
    let end = at;
    while (end < last && !this.#isBlank(end) && '+|'.includes(this.#text[this.#starts[end]!]!)) end++;
    const lines: Span[] = [];
    for (let line = at; line < end; line++) lines.push({ start: this.#starts[line]!, end: this.#ends[line]! });
    this.#readCells(gridCells(this.#text, lines), depth);
    return end;
  }

  /** A simple table ends with a border above a blank line, or with its third border. */
  #readSimpleTable(at: number, body: Body): number {
    const indent = this.#indents[at]!;
    let borders = 1;
    let end = at + 1;
    for (let line = at + 1; line < body.last && borders < 3; line++) {
      if (this.#isBlank(line)) continue;
      if (this.#indents[line]! < indent) break;
      if (!isBottomBorder(this.#line(line))) continue;
      end = line + 1;
      borders = end === body.last || this.#isBlank(end) ? 3 : borders + 1;
    }
    if (borders < 2) return this.#paragraphEnd(at, body);
    const lines: Span[] = [];
    for (let line = at; line < end; line++) {
      const start = this.#starts[line]! - Math.max(0, this.#indents[line]! - indent);
      lines.push({ start, end: Math.max(start, this.#ends[line]!) });
    }
    this.#readCells(simpleCells(this.#text, lines), body.depth);
    return end;
  }

  #readCells(cells: readonly TableCell[], depth: number): void {
    const table = this.#shared.tables++;
    const first = this.blocks.length;
    for (const { row, column, parts } of cells) {
      this.#readCell(parts, { kind: 'cell', quoted: false, cell: { table, row, column } }, depth);
    }
    const blocks = this.blocks.splice(first);
    this.blocks.push(...blocks.sort((a, b) => a.start - b.start));
  }

  /** Reads the lines of a cell as a text of its own, and puts what is read back between the lines of other cells. */
  #readCell(parts: readonly Span[], context: Context, depth: number): void {
    const text = parts.map(({ start, end }) => this.#text.slice(start, end)).join('\n');
    if (text.trim() === '') return;
    const reader = new Reader(text, this.#shared);
    reader.read({ context, depth: depth + 1 });
    const places = new Places(this.#text, parts);
    for (const block of reader.blocks) this.blocks.push(...places.ofBlock(block));
    for (const comment of reader.comments) this.comments.push(...places.ofComment(comment));
  }

  #readCsv(content: Span, options: readonly Option[]): void {
    const table = this.#shared.tables++;
    const delimiter = this.#option(options, 'delim') ?? ',';
    const names: Readonly<Record<string, string>> = { tab: '\t', space: ' ' };
    const marks = {
      delimiter: names[delimiter] ?? delimiter[0] ?? ',',
      quote: this.#option(options, 'quote')?.[0] ?? '"',
    };
    const header = options.find((option) => option.name === 'header');
    const headerRows = this.#headerRows(options);
    const add = (span: Span, rowOf: (row: number) => number) => {
      for (const { start, end, row, column, quoted } of csvCells(this.#text, span, marks)) {
        const prose = new Prose(this.#text, start);
        readInline(prose, this.#text, end, this.#shared.roles);
        if (quoted) prose.revise((text) => text.replaceAll(marks.quote + marks.quote, marks.quote + GONE));
        this.#addBlock(prose, { kind: 'cell', quoted: false, cell: { table, row: rowOf(row), column } });
      }
    };
    if (header) add(header, () => 0);
    add(content, (row) => Math.max(0, row - headerRows + 1));
  }
}

/** An option of a directive: its name, and where its value is. */
interface Option extends Span {
  readonly name: string;
}

/** Puts what was read of the lines of a cell back to where these lines stand. */
class Places {
  readonly #source: string;
  readonly #parts: readonly Span[];
  /** Where each part begins in the text of the cell. */
  readonly #starts: number[] = [];

  constructor(source: string, parts: readonly Span[]) {
    this.#source = source;
    this.#parts = parts;
    let at = 0;
    for (const { start, end } of parts) {
      this.#starts.push(at);
      at += end - start + 1;
    }
  }

  /** The block, or one for each of its lines if other cells stand between them. */
  ofBlock(block: Block): readonly Block[] {
    const first = this.#partAt(block.start);
    const last = this.#partAt(block.end);
    if (first === last) return [movedBlock(block, this.#shift(first))];
    const gaps = this.#parts
      .slice(first, last)
      .map((part, index) => this.#source.slice(part.end, this.#parts[first + index + 1]!.start));
    const lines = this.#linesOf(block, first, last);
    if (!gaps.every((gap) => /^[\s|+=-]*$/.test(gap))) return lines.flatMap((line) => trimmed(line));
    let text = lines[0]!.text;
    gaps.forEach((gap, index) => {
      const lineBreak = gap.indexOf('\n');
      const sign = block.text[this.#starts[first + index + 1]! - 1 - block.start]!;
      text += blanks(lineBreak) + sign + blanks(gap.length - lineBreak - 1) + lines[index + 1]!.text;
    });
    const start = block.start + this.#shift(first);
    return [{ ...block, start, end: start + text.length, text }];
  }

  ofComment(comment: Comment): readonly Comment[] {
    const part = this.#partAt(comment.start);
    if (part !== this.#partAt(comment.end)) return [];
    const by = this.#shift(part);
    return [{ ...comment, start: comment.start + by, end: comment.end + by, textStart: comment.textStart + by }];
  }

  /** What of a block stands on each of its lines, as cells without a place in the table, because they are parts of one. */
  #linesOf(block: Block, first: number, last: number): readonly Block[] {
    const lines: Block[] = [];
    for (let part = first; part <= last; part++) {
      const from = Math.max(block.start, this.#starts[part]!);
      const to = part === last ? block.end : this.#starts[part + 1]! - 1;
      const by = this.#shift(part);
      const text = block.text.slice(from - block.start, to - block.start);
      lines.push({ ...block, start: from + by, end: to + by, text, cell: undefined });
    }
    return lines;
  }

  #shift(part: number): number {
    return this.#parts[part]!.start - this.#starts[part]!;
  }

  #partAt(offset: number): number {
    let [low, high] = [0, this.#starts.length];
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return low;
  }
}

/** The block without what cannot be seen at its ends; none if nothing is left. */
function trimmed(block: Block): readonly Block[] {
  const text = block.text;
  const isNothing = (at: number) => text[at] === GONE || isSpace(text.charCodeAt(at));
  let [from, to] = [0, text.length];
  while (from < to && isNothing(from)) from++;
  while (to > from && isNothing(to - 1)) to--;
  return from === to
    ? []
    : [{ ...block, start: block.start + from, end: block.start + to, text: text.slice(from, to) }];
}

function isContent({ argument }: Treatment): boolean {
  return argument === 'content' || argument === 'version';
}

function itemOf({ quoted }: Context): Context {
  return quoted ? QUOTED_ITEM : ITEM;
}

/** True for the mark of an enumerated list; letters that are no Roman number are a word. */
function isNumber(mark: string): boolean {
  const letters = /[a-zA-Z]{2,}/.exec(mark);
  return letters === null || ROMAN.test(letters[0]);
}

/** True if a mark of an enumerated list is the one behind another: `2.` behind `1.`, but not `a)`. */
function isNext(mark: string | undefined, before: string): boolean {
  if (!mark || mark.replace(/[^()._]/g, '') !== before.replace(/[^()._]/g, '')) return false;
  const [value, last] = [mark, before].map((each) => each.replace(/[().]/g, '')) as [string, string];
  if (value === '#') return true;
  if (/^\d/.test(value)) return Number(value) === Number(last) + 1;
  return value.length > 1 || last.length > 1 || value.charCodeAt(0) === last.charCodeAt(0) + 1 || ROMAN.test(value);
}
