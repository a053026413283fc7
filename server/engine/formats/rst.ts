import type { Block, Comment, Format } from '../document';
import { GONE } from '../document';
import type { Span } from '../text';
import { copyOf, isSpace, Prose, type Standing } from './prose';
import { PROSE_OPTIONS, type Treatment, treatmentOf, treatmentOfUnknown } from './rst-directives';
import { escapeInline, INLINE_MARK, isInlinePair, type RoleText, readInline, roleText } from './rst-inline';
import { linesAround, relaid } from './rst-layout';
import { SourceLines } from './rst-lines';
import {
  csvCells,
  gridCells,
  isBottomBorder,
  isGridBorder,
  isSimpleBorder,
  Places,
  simpleCells,
  type TableCell,
} from './rst-table';

/** reStructuredText as docutils and Sphinx read it. */
export const rst: Format = {
  name: 'rst',
  languages: ['restructuredtext'],
  extensions: ['.rst'],
  comment: () => ({ open: '.. ', close: '', place: 'between blocks', around: linesAround }),
  marks: { pattern: INLINE_MARK, closes: isInlinePair },
  escape: escapeInline,
  relaid,
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

/** A comment, a target or the like: what is indented below it and is no part of it stands by itself. */
const EXPLICIT = /^(?:\.\.|__)(?: |$)/;

const ENUMERATOR = /^\(?(?:#|\d{1,9}|[a-zA-Z]|[ivxlcdm]{2,12}|[IVXLCDM]{2,12})[.)](?= |$)/;
const ROMAN = /^m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/i;
const FIELD = /^:(?![: ])((?:[^:\\\n]|\\.|:(?![ `]|$))+):(?= |$)/;
const OPTION = /^(?:[-+][a-zA-Z\d]|--?[a-zA-Z\d][\w-]*|\/[a-zA-Z\d][\w-]*)(?:[ =]?(?:[a-zA-Z][\w-]*|<[^<>\n]+>))?/;
const DIRECTIVE = /^([\p{L}\p{N}][\p{L}\p{N}._+:-]*?) ?::(?= |$)/u;
/** Fields that say something of the document or of a signature, by their first word; of these the name is a key. */
const KEY_FIELDS: ReadonlySet<string> = new Set(
  (
    'param parameter arg argument key keyword raise raises except exception var ivar cvar vartype return returns rtype type yield yields ' +
    'throw throws meta orphan tocdepth nocomments nosearch no-search author authors organization contact address version revision ' +
    'status date copyright license'
  ).split(' '),
);

/** Reads lines one construct after another, as a recursive descent by indentation. */
class Reader {
  readonly blocks: Block[] = [];
  readonly comments: Comment[] = [];
  readonly #text: string;
  readonly #shared: Shared;
  readonly #lines: SourceLines;

  constructor(text: string, shared: Shared) {
    this.#text = text;
    this.#shared = shared;
    this.#lines = new SourceLines(text);
  }

  /** Reads all lines: of a document if `depth` is 0, and else of something in it. */
  read({ context, depth }: Pick<Body, 'context' | 'depth'>): void {
    const last = this.#lines.count;
    this.#readBody(0, { last, indent: depth > 0 ? this.#lines.leastIndent(0, last) : 0, context, depth });
  }

  /* -------------------------------------------------------------- blocks */

  #readBody(first: number, body: Body): void {
    let at = first;
    /** True behind text, and not behind a list or the like, which an indented text goes on with. */
    let behindText = true;
    while (at < body.last) {
      if (this.#lines.isBlank(at)) at++;
      else if (this.#lines.indents[at]! > body.indent)
        at = this.#readIndented(at, body, behindText && this.#lines.isBlank(at - 1));
      else {
        const next = this.#readElement(at, body);
        behindText = next === undefined || EXPLICIT.test(this.#lines.head(at));
        at = next ?? this.#readText(at, body);
      }
    }
  }

  /** Reads the construct that begins on a line with its mark, and says where to go on; `undefined` if it is text. */
  #readElement(at: number, body: Body): number | undefined {
    if (body.depth > MAXIMUM_DEPTH) return undefined;
    const start = this.#lines.starts[at]!;
    const bare = start + 1 === this.#lines.ends[at];
    const spaced = bare || this.#text.charCodeAt(start + 1) === 32;
    switch (this.#text[start]) {
      case '-':
      case '*':
      case '+':
      case '•':
      case '‣':
      case '⁃':
        if (spaced) return this.#readListItem(at, start + 1, body);
        return isGridBorder(this.#lines.written(at))
          ? this.#readGridTable(at, body)
          : (this.#readOption(at, body) ?? this.#readRule(at, body));
      case '/':
        return this.#readOption(at, body) ?? this.#readRule(at, body);
      case '=':
        return isSimpleBorder(this.#lines.written(at)) ? this.#readSimpleTable(at, body) : this.#readRule(at, body);
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
        if (this.#text.startsWith('>>>', start) && this.#isMarkEnd(start + 3, at))
          return this.#lines.paragraphEnd(at, body);
        return this.#readRule(at, body);
      default:
        return this.#readEnumerated(at, body) ?? this.#readRule(at, body);
    }
  }

  #isMarkEnd(offset: number, line: number): boolean {
    return offset === this.#lines.ends[line] || isSpace(this.#text.charCodeAt(offset));
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
    const end = this.#lines.regionEnd(at, body.last, body.indent);
    const source = this.#attribution(at, end);
    const quoted = separate || source !== undefined || body.context.quoted;
    const context: Context =
      quoted && body.context.kind !== 'cell' ? { kind: 'quotation', quoted: true } : body.context;
    const inside = { indent: this.#lines.leastIndent(at, end), context, depth: body.depth + 1 };
    this.#readBody(at, { ...inside, last: source ?? end });
    if (source !== undefined) {
      this.#lines.cut(source, this.#lines.starts[source]! + /^(?:---?|—) ?/.exec(this.#lines.head(source))![0].length);
      this.#addProse(this.#lines.starts[source]!, this.#lines.ends[end - 1]!, context);
    }
    return end;
  }

  /** The line from which on the end of a quotation says where it is from. */
  #attribution(from: number, to: number): number | undefined {
    let at = to - 1;
    while (at > from && !this.#lines.isBlank(at - 1)) at--;
    return at > from && /^(?:---?(?!-)|—) ?\S/.test(this.#lines.head(at)) ? at : undefined;
  }

  /** Reads text that no mark stands before: a title, a term with its definition, or a paragraph. */
  #readText(at: number, body: Body): number {
    const next = at + 1;
    const follows = next < body.last && !this.#lines.isBlank(next);
    if (follows && this.#underlines(next, at, body)) {
      this.#addTitle(at, this.#text[this.#lines.starts[next]!]!);
      return next + 1;
    }
    if (follows && this.#lines.indents[next]! > this.#lines.indents[at]! && this.#lines.indents[next]! > body.indent) {
      if (!this.#lines.written(at).endsWith('::')) return this.#readDefinition(at, body);
    }
    const end = this.#lines.paragraphEnd(next, body);
    return this.#readParagraph(at, end, body);
  }

  /** Reads a paragraph, and behind a double colon the literal block that it announces. */
  #readParagraph(first: number, end: number, body: Body): number {
    const start = this.#lines.starts[first]!;
    const stop = this.#lines.ends[end - 1]!;
    if (!this.#text.endsWith('::', stop)) {
      this.#addProse(start, stop, body.context);
      return end;
    }
    const shown = isSpace(this.#text.charCodeAt(stop - 3)) || stop - 2 === start ? stop - 2 : stop - 1;
    this.#addProse(start, shown, body.context);
    return this.#literalEnd(end, body);
  }

  /** Where a literal block ends: it is indented, or each of its lines begins with the same sign. */
  #literalEnd(from: number, { last, indent }: Body): number {
    const first = this.#lines.nextFull(from, last);
    if (first >= last) return from;
    if (this.#lines.indents[first]! > indent) return this.#lines.regionEnd(first, last, indent);
    const sign = this.#text[this.#lines.starts[first]!]!;
    let end = first;
    if (!/[!-/:-@[-`{-~]/.test(sign) || first === from) return from;
    while (end < last && !this.#lines.isBlank(end) && this.#text[this.#lines.starts[end]!] === sign) end++;
    return end;
  }

  #readDefinition(at: number, body: Body): number {
    const end = this.#lines.regionEnd(at + 1, body.last, Math.max(body.indent, this.#lines.indents[at]!));
    const { context } = body;
    const classifier = this.#lines.written(at).indexOf(' : ');
    const stop = classifier > 0 ? this.#lines.starts[at]! + classifier : this.#lines.ends[at]!;
    this.#addProse(
      this.#lines.starts[at]!,
      stop,
      context.kind === 'cell' ? context : { ...context, kind: 'paragraph' },
    );
    this.#readBody(at + 1, {
      last: end,
      indent: this.#lines.leastIndent(at + 1, end),
      context: itemOf(context),
      depth: body.depth + 1,
    });
    return end;
  }

  /* -------------------------------------------------------------- titles */

  #underlines(rule: number, title: number, { indent }: Body): boolean {
    if (this.#lines.indents[rule]! > indent || this.#lines.ruleSign(rule) === undefined) return false;
    return this.#lines.length(rule) >= Math.min(4, this.#lines.length(title));
  }

  /** Reads a line of one sign: a transition, or what stands above a title. */
  #readRule(at: number, body: Body): number | undefined {
    const sign = this.#lines.ruleSign(at);
    if (sign === undefined) return undefined;
    const [title, below] = [at + 1, at + 2];
    const isTitle =
      below < body.last &&
      !this.#lines.isBlank(title) &&
      !this.#lines.isBlank(below) &&
      this.#lines.ruleSign(below) === sign;
    if (
      isTitle &&
      this.#lines.length(at) >= Math.min(4, this.#lines.length(title)) &&
      this.#lines.length(below) >= Math.min(4, this.#lines.length(title))
    ) {
      this.#addTitle(title, sign + sign);
      return below + 1;
    }
    return this.#lines.length(at) >= 4 ? at + 1 : undefined;
  }

  #addTitle(line: number, style: string): void {
    const { titles } = this.#shared;
    if (!titles.includes(style)) titles.push(style);
    this.#shared.level = titles.indexOf(style) + 1;
    this.#addHeading(this.#lines.starts[line]!, this.#lines.ends[line]!, this.#shared.level);
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
    const column = this.#lines.indents[at]!;
    this.#lines.cut(at, markEnd);
    const isBare = this.#lines.isBlank(at);
    const end = this.#lines.regionEnd(at + 1, body.last, isBare ? column : this.#lines.indents[at]! - 1);
    const indent = isBare ? this.#lines.leastIndent(at, end) : this.#lines.indents[at]!;
    this.#readBody(at, { last: end, indent, context, depth: body.depth + 1 });
    return end;
  }

  #readEnumerated(at: number, body: Body): number | undefined {
    const mark = ENUMERATOR.exec(this.#lines.head(at));
    if (!mark || !isNumber(mark[0])) return undefined;
    const next = at + 1;
    const goesOn =
      next < body.last && !this.#lines.isBlank(next) && this.#lines.indents[next]! <= this.#lines.indents[at]!;
    if (goesOn && !isNext(ENUMERATOR.exec(this.#lines.head(next))?.[0], mark[0])) return undefined;
    return this.#readListItem(at, this.#lines.starts[at]! + mark[0].length, body);
  }

  #readField(at: number, body: Body): number | undefined {
    const field = FIELD.exec(this.#lines.written(at));
    if (!field) return undefined;
    const start = this.#lines.starts[at]!;
    if (!KEY_FIELDS.has(field[1]!.split(' ')[0]!.toLowerCase())) {
      this.#addProse(start + 1, start + field[0].length - 1, { ...body.context, kind: 'paragraph', cell: undefined });
    }
    return this.#readBehind(at, start + field[0].length, { ...body, context: itemOf(body.context) });
  }

  /** An option of a command is no prose, its description is. */
  #readOption(at: number, body: Body): number | undefined {
    const line = this.#lines.head(at);
    let length = 0;
    for (let option = OPTION.exec(line); option; option = OPTION.exec(line.slice(length))) {
      length += option[0].length;
      if (!line.startsWith(', ', length)) break;
      length += 2;
    }
    const ends = length === line.length ? this.#lines.length(at) === length : line.startsWith('  ', length);
    if (length === 0 || !ends) return undefined;
    const next = at + 1;
    if (length === line.length && !(next < body.last && this.#lines.indents[next]! > this.#lines.indents[at]!))
      return undefined;
    return this.#readBehind(at, this.#lines.starts[at]! + length, { ...body, context: itemOf(body.context) });
  }

  /** Reads what stands behind a mark whose width is of no account: the lines below have an indentation of their own. */
  #readBehind(at: number, markEnd: number, body: Body): number {
    const end = this.#lines.regionEnd(at + 1, body.last, this.#lines.indents[at]!);
    const indent = this.#lines.leastIndent(at + 1, end);
    this.#lines.cut(at, markEnd);
    if (!this.#lines.isBlank(at)) this.#lines.indents[at] = indent;
    this.#readBody(at, { last: end, indent, context: body.context, depth: body.depth + 1 });
    return end;
  }

  /** Each line of a line block ends with a break. */
  #readLineBlock(at: number, body: Body): number {
    const prose = new Prose(this.#text, this.#lines.starts[at]!);
    let end = at;
    while (end < body.last && !this.#lines.isBlank(end)) {
      const start = this.#lines.starts[end]!;
      if (this.#text[start] !== '|' || !this.#isMarkEnd(start + 1, end)) break;
      let next = end + 1;
      while (next < body.last && this.#lines.indents[next]! > this.#lines.indents[end]!) next++;
      prose.break(start);
      prose.gone(start + 1);
      while (isSpace(this.#text.charCodeAt(prose.at)) && prose.at < this.#lines.ends[end]!) prose.gone(prose.at + 1);
      readInline(prose, this.#text, this.#lines.ends[next - 1]!, this.#shared.roles);
      end = next;
    }
    this.#addBlock(prose, body.context);
    return end;
  }

  /* -------------------------------------------------------------- explicit markup */

  #readExplicit(at: number, body: Body): number {
    const start = this.#lines.starts[at]!;
    const end = this.#lines.regionEnd(at + 1, body.last, this.#lines.indents[at]!);
    let rest = start + 2;
    while (rest < this.#lines.ends[at]! && isSpace(this.#text.charCodeAt(rest))) rest++;
    const line = this.#text.slice(rest, Math.min(this.#lines.ends[at]!, rest + 1000));
    if (line.startsWith('_') && line.includes(':')) return this.#targetEnd(at, body);
    const note = /^\[(?:\d+|#[\w.-]*|\*|[\p{L}\p{N}][\w.+:-]*)\](?= |$)/u.exec(line);
    if (note) {
      const context: Context = { kind: 'note', quoted: body.context.quoted };
      return this.#readBehind(at, rest + note[0].length, { ...body, context });
    }
    const substitution = /^\|[^|\n]+\| /.exec(line)?.[0].length ?? 0;
    const directive = DIRECTIVE.exec(line.slice(substitution));
    if (directive) {
      this.#lines.cut(at, rest + substitution + directive[0].length);
      this.#readDirective(directive[1]!, at, { ...body, last: end });
      return end;
    }
    return this.#readComment(at, rest, end, body);
  }

  #targetEnd(at: number, { last }: Body): number {
    let end = at + 1;
    while (end < last && this.#lines.indents[end]! > this.#lines.indents[at]!) end++;
    return end;
  }

  #readComment(at: number, rest: number, end: number, { last }: Body): number {
    const isBare = rest >= this.#lines.ends[at]!;
    // Two dots alone above a blank line are an empty comment, and what is indented below them is no part of it.
    if (isBare && (at + 1 >= last || this.#lines.isBlank(at + 1))) return at + 1;
    const stop = this.#lines.ends[Math.max(at, end - 1)]!;
    const textStart = Math.min(stop, isBare ? (this.#lines.starts[at + 1] ?? stop) : rest);
    const text = copyOf(this.#text.slice(textStart, stop));
    this.comments.push({ start: this.#lines.starts[at]!, end: stop, textStart, text });
    return Math.max(at + 1, end);
  }

  /** Reads a directive, whose name has been read: its argument, its options, its content. */
  #readDirective(name: string, at: number, body: Body): void {
    const { last } = body;
    let headEnd = at + 1;
    while (headEnd < last && !this.#lines.isBlank(headEnd)) headEnd++;
    let argumentEnd = at;
    while (argumentEnd < headEnd && !FIELD.test(this.#lines.written(argumentEnd))) argumentEnd++;
    const options = this.#optionsIn(argumentEnd, headEnd);
    const content = this.#lines.nextFull(headEnd, last);
    const treatment = treatmentOf(name) ?? treatmentOfUnknown(this.#paragraph(content, last));
    const inside = {
      last,
      indent: this.#lines.leastIndent(at + 1, last),
      context: body.context,
      depth: body.depth + 1,
    };
    if (treatment.argument === 'version')
      this.#lines.cut(at, this.#lines.starts[at]! + /^\S*/.exec(this.#lines.written(at))![0].length);
    if (name === 'role' || name === 'default-role') this.#defineRole(name, this.#lines.written(at));
    if (!this.#lines.isBlank(at)) this.#lines.indents[at] = inside.indent;
    // Without options the content begins with the argument.
    const together = isContent(treatment) && argumentEnd === headEnd;
    if (!together) this.#readArgument(treatment, at, { ...inside, last: argumentEnd });
    this.#readProseOptions(options);
    this.#readContent(treatment, together ? at : content, { body: inside, options });
  }

  #readArgument({ argument }: Treatment, at: number, body: Body): void {
    const { last } = body;
    const first = this.#lines.nextFull(at, last);
    if (first >= last || argument === 'silent') return;
    if (argument === 'content' || argument === 'version') {
      this.#readBody(first, body);
      return;
    }
    const [start, end] = [this.#lines.starts[first]!, this.#lines.ends[last - 1]!];
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
    const first = this.#lines.nextFull(at, last);
    if (first >= last) return;
    switch (content) {
      case 'text':
        this.#readBody(first, body);
        return;
      case 'quotation':
        this.#readIndented(first, { ...body, indent: -1 }, true);
        return;
      case 'caption': {
        const captionEnd = this.#lines.paragraphEnd(first, body);
        this.#addProse(this.#lines.starts[first]!, this.#lines.ends[captionEnd - 1]!, {
          kind: 'caption',
          quoted: context.quoted,
        });
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
        this.#readCsv({ start: this.#lines.starts[first]!, end: this.#lines.ends[last - 1]! }, options);
    }
  }

  /** Terms may stand above each other, and have a key for sorting behind them. */
  #readGlossary(first: number, body: Body): void {
    const { last, indent, context } = body;
    for (let at = first; at < last; ) {
      if (this.#lines.isBlank(at)) at++;
      else if (this.#lines.indents[at]! > indent) {
        const end = this.#lines.regionEnd(at, last, indent);
        const inside = {
          last: end,
          indent: this.#lines.leastIndent(at, end),
          context: itemOf(context),
          depth: body.depth + 1,
        };
        this.#readBody(at, inside);
        at = end;
      } else if (this.#lines.written(at).startsWith('.. ')) at = this.#readExplicit(at, body);
      else {
        const key = this.#lines.written(at).indexOf(' : ');
        const end = key > 0 ? this.#lines.starts[at]! + key : this.#lines.ends[at]!;
        this.#addProse(this.#lines.starts[at]!, end, { kind: 'paragraph', quoted: context.quoted });
        at++;
      }
    }
  }

  /** The first lines from a line on up to a blank one. */
  #paragraph(from: number, last: number): string {
    let end = from;
    while (end < last && !this.#lines.isBlank(end)) end++;
    return end > from ? this.#text.slice(this.#lines.starts[from], this.#lines.ends[end - 1]) : '';
  }

  /* -------------------------------------------------------------- options */

  #optionsIn(from: number, to: number): readonly Option[] {
    const options: Option[] = [];
    for (let at = from; at < to; ) {
      const field = FIELD.exec(this.#lines.written(at));
      let end = at + 1;
      while (end < to && !FIELD.test(this.#lines.written(end))) end++;
      if (field) {
        const start = this.#lines.starts[at]! + field[0].length;
        const name = field[1]!.split(' ')[0]!.toLowerCase();
        options.push({ name, start, end: Math.max(start, this.#lines.ends[end - 1]!) });
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
    while (end < last && !this.#lines.isBlank(end) && '+|'.includes(this.#text[this.#lines.starts[end]!]!)) end++;
    const lines: Span[] = [];
    for (let line = at; line < end; line++)
      lines.push({ start: this.#lines.starts[line]!, end: this.#lines.ends[line]! });
    this.#readCells(gridCells(this.#text, lines), depth);
    return end;
  }

  /** A simple table ends with a border above a blank line, or with its third border. */
  #readSimpleTable(at: number, body: Body): number {
    const indent = this.#lines.indents[at]!;
    let borders = 1;
    let end = at + 1;
    for (let line = at + 1; line < body.last && borders < 3; line++) {
      if (this.#lines.isBlank(line)) continue;
      if (this.#lines.indents[line]! < indent) break;
      if (!isBottomBorder(this.#lines.written(line))) continue;
      end = line + 1;
      borders = end === body.last || this.#lines.isBlank(end) ? 3 : borders + 1;
    }
    if (borders < 2) return this.#lines.paragraphEnd(at, body);
    const lines: Span[] = [];
    for (let line = at; line < end; line++) {
      const start = this.#lines.starts[line]! - Math.max(0, this.#lines.indents[line]! - indent);
      lines.push({ start, end: Math.max(start, this.#lines.ends[line]!) });
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
    const blocks = this.blocks.splice(first).sort((a, b) => a.start - b.start);
    for (const block of blocks) this.blocks.push(block);
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
