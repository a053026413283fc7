import { type Block, type BlockKind, type Comment, type Format, OBJECT, type Reading } from '../document';
import type { Span } from '../text';
import { CHARACTER, isEndTag, isMark, referenceAt, TAG } from './html';
import { blanks, copyOf, isSpace, Prose, type Standing } from './prose';

/**
 * DITA and DocBook. Other XML has no prose that we know of, and reads as nothing. A document that is not well-formed, as most are
 * while they are written, is read to its end all the same: what is wrong is left out, and what is open is closed by the elements around.
 */
export const xml: Format = {
  name: 'xml',
  languages: ['xml', 'dita', 'docbook'],
  extensions: ['.dita', '.ditamap', '.docbook', '.dbk', '.xml'],
  comment: () => ({ open: '<!-- ', close: ' -->', place: 'within line' }),
  // What an index entry and the like enclose is no prose, so that each is one mark without a partner, which stays.
  marks: {
    pattern: new RegExp(
      `<(indexterm|remark|draft-comment|fn|footnote)\\b[^<>]*>(?:[^<]|<(?!/\\1>))*</\\1>|${TAG}|[\\s\\S]`,
      'gy',
    ),
    closes: isEndTag,
    character: CHARACTER,
  },
  escape: (words) => words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  read: (text) => (isDocument(text) ? new Reader(text).read() : { blocks: [], comments: [] }),
};

/* ---------------------------------------------------------------- vocabularies */

/** What an element does to the text in it and around it. */
type Role = Border | Inner | 'information' | 'inline' | 'note' | 'image';
/** An element that begins and ends blocks. */
type Border =
  | Kind
  | 'section'
  | 'block'
  | 'group'
  | 'entry'
  | 'table'
  | 'head'
  | 'row'
  | 'header row'
  | 'code'
  | 'metadata';
/** A border whose text is a block of some kind. */
type Kind = 'title' | 'subtitle' | 'item' | 'term' | 'quotation' | 'caption' | 'cell' | 'header cell';
/** An element that stands in text and is no prose itself. */
type Inner = 'quote' | 'raised' | 'reference' | 'object' | 'hidden';

/** The elements of DITA 1.3 and DocBook 4 and 5. They share names, but hardly one that they use otherwise. */
const NAMES: Readonly<Record<Role, string>> = {
  // Their title is a heading.
  section:
    'topic concept task reference troubleshooting glossgroup map bookmap dita learningContent learningOverview learningSummary ' +
    'learningPlan learningAssessment subjectScheme section article book part chapter appendix preface set partintro acknowledgements ' +
    'colophon dedication glossary glossdiv bibliography sect1 sect2 sect3 sect4 sect5 simplesect refentry refsection refsect1 refsect2 ' +
    'refsect3 refsynopsisdiv',
  title: 'title mainbooktitle bridgehead',
  subtitle: 'subtitle booktitlealt',
  block:
    'p para simpara formalpara shortdesc abstract body conbody taskbody refbody troublebody bodydiv conbodydiv refbodydiv sectiondiv div ' +
    'related-links linklist linkpool linkinfo linktext note tip warning caution important danger hazardstatement messagepanel ' +
    'typeofhazard consequence howtoavoid context prereq result postreq steps steps-unordered steps-informal tasktroubleshooting cmd ' +
    'stepxmp stepresult steptroubleshooting tutorialinfo choices substeps example fig figgroup figure informalfigure informalexample ' +
    'mediaobject condition cause remedy troubleSolution refnamediv refpurpose sidebar topicref topichead topicgroup highlights ul ol sl ' +
    'dl parml itemizedlist orderedlist simplelist variablelist procedure qandaset qandadiv qandaentry calloutlist segmentedlist ' +
    'seglistitem glosslist lines epigraph attribution glossBody glossAlt glossUsage glossSurfaceForm glossScopeNote tgroup tbody tfoot',
  // As if it were not there.
  group: 'booktitle titlealts frontmatter backmatter topicset',
  item: 'li sli listitem step substep choice stepsection member callout question answer seg dd ddhd pd glossdef',
  entry: 'dlentry dlhead plentry varlistentry glossentry',
  // Elsewhere than in an entry, a term is a part of its sentence.
  term: 'dt dthd pt term glossterm',
  quotation: 'lq blockquote',
  caption: 'caption desc alt textobject navtitle searchtitle titleabbrev',
  table: 'table informaltable simpletable choicetable properties',
  head: 'thead',
  row: 'row tr strow chrow property',
  'header row': 'sthead chhead prophead',
  cell: 'entry td stentry choption chdesc proptype propvalue propdesc',
  'header cell': 'th choptionhd chdeschd proptypehd propvaluehd propdeschd',
  note: 'fn footnote',
  image: 'image inlinemediaobject',
  inline:
    'b i u em strong sub ph tm uicontrol menucascade wintitle shortcut emphasis phrase trademark subscript firstterm ' +
    'wordasword foreignphrase foreign acronym abbrev application guilabel guibutton guiicon guimenu guimenuitem guisubmenu menuchoice ' +
    'interface orgname personname firstname surname mousebutton accel optional date hardware database',
  quote: 'q quote',
  // Perhaps the number of a note, which is no part of the word before it.
  raised: 'sup superscript',
  // If it is empty, it stands for a text of elsewhere.
  reference: 'xref link olink ulink abbreviated-form keyword cite citation citetitle productname productnumber',
  object:
    'codeph filepath systemoutput userinput apiname cmdname msgnum option parmname synph kwd var delim oper sep fragref varname ' +
    'xmlelement xmlatt textentity parameterentity numcharref xmlnsname xmlpi tt msgph markupname equation-inline mathml math ' +
    'inlineequation mathphrase code literal command filename systemitem parameter replaceable envar function methodname classname ' +
    'constant type returnvalue structfield structname symbol token computeroutput prompt sgmltag tag uri email errorcode errorname ' +
    'exceptionname interfacename ooclass oointerface ooexception package keycap keycombo keysym keycode svg citerefentry',
  code:
    'codeblock pre screen msgblock syntaxdiagram coderef programlisting programlistingco screenco literallayout synopsis cmdsynopsis ' +
    'funcsynopsis classsynopsis address equation informalequation equation-block equation-figure refname refmeta biblioentry bibliomixed ' +
    'toc lot index indexlist reltable revhistory keydef imageobject imageobjectco audioobject videoobject',
  hidden:
    'indexterm draft-comment required-cleanup remark data data-about unknown object param state line-through anchor co area areaspec ' +
    'colspec spanspec include glosssee glossseealso glossStatus glossProperty glossPartOfSpeech',
  // Nothing in them is prose but `REVEALED`.
  metadata:
    'prolog topicmeta bookmeta articleinfo bookinfo chapterinfo sectioninfo sect1info sect2info sect3info sect4info sect5info ' +
    'appendixinfo partinfo prefaceinfo refentryinfo refsect1info refsectioninfo glossaryinfo setinfo objectinfo blockinfo',
  // Metadata of a section in DocBook, a remark on a step in DITA.
  information: 'info',
};

const ROLES: ReadonlyMap<string, Role> = new Map(
  Object.entries(NAMES).flatMap(([role, names]) => names.split(' ').map((name) => [name, role as Role] as const)),
);
const REVEALED: ReadonlySet<string> = new Set(
  'title subtitle titleabbrev abstract navtitle linktext shortdesc searchtitle'.split(' '),
);
/** What comes first in a document that says in no other way what it is. */
const FIRST: ReadonlySet<string> = new Set(
  (
    'title titlealts shortdesc abstract prolog info articleinfo bookinfo chapterinfo sectioninfo sect1info refentryinfo refmeta ' +
    'refnamediv glossentry glossterm booktitle topicmeta topicref topic concept task reference para simpara chapter sect1'
  ).split(' '),
);
const DECLARATION = /^<!DOCTYPE\s[^[]*(?:DITA|DocBook)|^<\?xml-model\s.*(?:dita|docbook)/is;
const NAMESPACE = /\sxmlns(?::\w+)?\s*=\s*["']http:\/\/docbook\.org\/|\bditaarch\b|["']-\s+(?:topic|map)\//;
/** An attribute whose value is shown, up to it. */
const SHOWN = /\s(?:alt|navtitle)\s*=\s*(["'])/g;

/** True if the text says by its declarations, its namespace or its first elements that it is of one of the vocabularies. */
function isDocument(text: string): boolean {
  const scanner = new Scanner(text);
  let isRoot = true;
  for (let at = text.indexOf('<'); at >= 0; ) {
    const markup = scanner.markupAt(at);
    const written = text.slice(at, Math.min(markup.end, at + 2000));
    if (markup.kind === 'tag') {
      const name = localName(markup.name);
      if (!isRoot) return !markup.closing && FIRST.has(name);
      if (ROLES.get(name) !== 'section' && name !== 'glossentry') return false;
      if (NAMESPACE.test(written)) return true;
      isRoot = false;
    } else if (markup.kind === 'other' && DECLARATION.test(written)) return true;
    at = text.indexOf('<', Math.max(markup.end, at + 1));
  }
  return false;
}

/* ---------------------------------------------------------------- markup */

/** What begins with `<`. */
type Markup =
  | Tag
  | { readonly kind: 'comment' | 'cdata'; readonly end: number; readonly inner: Span }
  | { readonly kind: 'other' | 'text'; readonly end: number };

interface Tag {
  readonly kind: 'tag';
  readonly end: number;
  readonly name: string;
  readonly closing: boolean;
  readonly empty: boolean;
}

/** Finds markup from left to right. What is not closed ends with its line at the latest, so that the rest of the text can be read. */
class Scanner {
  readonly #text: string;
  /** Where each string was found last, so that none is searched for twice. */
  readonly #found = new Map<string, number>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The markup that begins at `at`, where a `<` is. */
  markupAt(at: number): Markup {
    const text = this.#text;
    if (text[at + 1] === '!') return this.#declarationAt(at);
    if (text[at + 1] === '?') return { kind: 'other', end: this.#enclosed(at, 'comment', '<?', '?>').end };
    const closing = text[at + 1] === '/';
    const start = closing ? at + 2 : at + 1;
    // A lone `<` was meant as a sign.
    if (!isNameStart(text.charCodeAt(start))) return { kind: closing ? 'other' : 'text', end: start };
    let nameEnd = start + 1;
    while (isNameCode(text.charCodeAt(nameEnd))) nameEnd++;
    const { end, closed } = this.#tagEnd(nameEnd);
    if (!closed) return { kind: 'other', end };
    return { kind: 'tag', end, name: text.slice(start, nameEnd), closing, empty: text[end - 2] === '/' };
  }

  #declarationAt(at: number): Markup {
    const text = this.#text;
    if (text.startsWith('<!--', at)) return this.#enclosed(at, 'comment', '<!--', '-->');
    if (text.startsWith('<![CDATA[', at)) return this.#enclosed(at, 'cdata', '<![CDATA[', ']]>');
    const { end } = this.#tagEnd(at + 2);
    const subset = text.startsWith('<!DOCTYPE', at) ? this.#next('[', at) : text.length;
    return { kind: 'other', end: subset < end ? this.#subsetEnd(subset) : end };
  }

  /** Where a document type ends that has declarations of its own, in brackets. */
  #subsetEnd(at: number): number {
    const close = this.#next(']', at);
    const end = this.#next('>', close) + 1;
    return end <= this.#text.length ? end : this.#next('\n', at);
  }

  /** What is closed before the next of its kind is opened, or else ends with its line. */
  #enclosed(at: number, kind: 'comment' | 'cdata', open: string, close: string): Markup {
    const start = at + open.length;
    const found = this.#next(close, start);
    const closed = found < this.#text.length && found < this.#next(open, start);
    const innerEnd = closed ? found : this.#next('\n', start);
    return { kind, end: closed ? innerEnd + close.length : innerEnd, inner: { start, end: innerEnd } };
  }

  /**
   * Where the tag ends whose name ends at `at`. One that is not closed before the next begins ends with its line, unless a quotation mark
   * is all that it lacks.
   */
  #tagEnd(at: number): { readonly end: number; readonly closed: boolean } {
    const text = this.#text;
    let bracket = -1;
    let quote = 0;
    let position = at;
    for (; position < text.length; position++) {
      const code = text.charCodeAt(position);
      if (code === LESS) break;
      if (code === GREATER) {
        if (quote === 0) return { end: position + 1, closed: true };
        if (bracket < 0) bracket = position + 1;
      } else if (code === quote) {
        quote = 0;
        bracket = -1;
      } else if (quote === 0 && (code === 34 || code === 39)) quote = code;
    }
    if (bracket > 0) return { end: bracket, closed: true };
    return { end: Math.min(position, this.#next('\n', at)), closed: false };
  }

  /** Where a string is next; the end of the text if it is nowhere. Each is asked for at offsets that grow. */
  #next(string: string, from: number): number {
    const known = this.#found.get(string);
    if (known !== undefined && known >= from) return known;
    const found = this.#text.indexOf(string, from);
    const next = found < 0 ? this.#text.length : found;
    this.#found.set(string, next);
    return next;
  }
}

const LESS = 60;
const GREATER = 62;

/** A name without the prefix of its namespace. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

function isNameStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code > 191;
}

function isNameCode(code: number): boolean {
  return isNameStart(code) || (code >= 48 && code <= 58) || code === 45 || code === 46;
}

/* ---------------------------------------------------------------- reading */

/** What an element makes of the text in it. */
interface Context {
  readonly standing: Standing;
  /** How many sections it is in. */
  readonly depth: number;
  /** Of the nearest border: whether its title is that of a section, and its term that of an entry. */
  readonly owner: Role;
  readonly table: Table | undefined;
  /** True in the head of a table. */
  readonly head: boolean;
  /** In a note or an image all blocks are of this kind, whatever lists or tables there are. */
  readonly inserted: 'note' | 'caption' | undefined;
  /** Which text in it is prose: of `some` only that in elements of `REVEALED`. */
  readonly prose: 'all' | 'some' | 'none';
  /** The contexts of elements in it, as far as they are known. */
  readonly inside: Map<Role, Context>;
}

interface Table {
  readonly number: number;
  row: number;
  column: number;
}

/** An element that is open. It has no role if it stands in one whose content is no prose. */
interface Element {
  readonly name: string;
  readonly role: Role | undefined;
  /** Where its start tag begins. */
  readonly start: number;
  /** The context that it stands in. */
  readonly around: Context;
}

/** What was written when a note or an image began in it. */
interface Outer {
  readonly prose: Prose;
  readonly within: Block[];
}

const TOP = {
  standing: { kind: 'paragraph', quoted: false },
  depth: 0,
  owner: 'block',
  table: undefined,
  head: false,
  inserted: undefined,
  prose: 'all',
} as const;
const ROWS: ReadonlySet<Role> = new Set<Role>(['row', 'header row']);
const CELLS: ReadonlySet<Role> = new Set<Role>(['cell', 'header cell']);
const PLAIN: ReadonlySet<Role> = new Set<Role>(['inline', 'quote', 'raised', 'reference']);
const REFERENCE = /^&(#x?[\da-fA-F]{1,7}|[A-Za-z_][\w.:-]{0,60});/;
/** How deep notes and images are read that stand within each other. */
const MAXIMUM_NESTING = 3;

class Reader {
  readonly #text: string;
  readonly #scanner: Scanner;
  readonly #blocks: Block[] = [];
  readonly #comments: Comment[] = [];
  readonly #open: Element[] = [];
  /** How many elements of each name are open. */
  readonly #count = new Map<string, number>();
  readonly #outer: Outer[] = [];
  /** That of the innermost element that is open. */
  #context: Context = { ...TOP, inside: new Map() };
  #prose: Prose;
  /** Blocks that stand within the one that is being written. */
  #within: Block[] = [];
  #tables = 0;
  /** The entities that the document declares itself. */
  readonly #declared = new Set<string>();

  constructor(text: string) {
    this.#text = text;
    this.#scanner = new Scanner(text);
    this.#prose = new Prose(text, 0);
  }

  read(): Reading {
    const text = this.#text;
    for (let at = 0; at < text.length; ) {
      const next = text.indexOf('<', at);
      const to = next < 0 ? text.length : next;
      if (this.#isProse) this.#keep(this.#prose, at, to);
      at = to < text.length ? this.#readMarkup(to) : to;
    }
    while (this.#open.length > 0) this.#closeLast(text.length, false);
    this.#flush(text.length);
    return { blocks: this.#blocks, comments: this.#comments };
  }

  get #isProse(): boolean {
    return this.#context.prose === 'all';
  }

  /** Reads the markup at `at`, and returns where it ends. */
  #readMarkup(at: number): number {
    const markup = this.#scanner.markupAt(at);
    const { end } = markup;
    if (markup.kind === 'tag') {
      if (markup.closing) this.#readEndTag(markup, at);
      else this.#readStartTag(markup, at);
      return end;
    }
    if (markup.kind === 'comment') this.#addComment(at, end, markup.inner);
    if (markup.kind === 'other') this.#readDeclarations(at, end);
    if (!this.#isProse) return end;
    if (markup.kind === 'cdata') {
      this.#prose.gone(markup.inner.start);
      this.#prose.keep(markup.inner.end);
    } else if (markup.kind === 'text') this.#prose.keep(end);
    this.#prose.gone(end);
    return end;
  }

  #addComment(start: number, end: number, inner: Span): void {
    this.#comments.push({ start, end, textStart: inner.start, text: copyOf(this.#text.slice(inner.start, inner.end)) });
  }

  #readDeclarations(start: number, end: number): void {
    if (!this.#text.startsWith('<!DOCTYPE', start)) return;
    for (const [, name] of this.#text.slice(start, end).matchAll(/<!ENTITY\s{1,99}([\w.:-]+)/g))
      this.#declared.add(name!);
  }

  /** Keeps text: a character reference is its character, and any other entity stands for one word. */
  #keep(prose: Prose, at: number, to: number): void {
    const run = this.#text.slice(at, to);
    for (let sign = run.indexOf('&'); sign >= 0; sign = run.indexOf('&', sign + 1)) {
      const reference = REFERENCE.exec(run.slice(sign, sign + 64));
      if (!reference) continue;
      const character = this.#declared.has(reference[1]!) ? undefined : referenceAt(run, sign)?.character;
      prose.keep(at + sign);
      prose.replace(character ?? OBJECT, at + sign + reference[0].length);
    }
    prose.keep(to);
  }

  #readStartTag(tag: Tag, at: number): void {
    const { prose } = this.#context;
    const name = localName(tag.name);
    if (prose === 'none' || (prose === 'some' && !REVEALED.has(name))) {
      if (!tag.empty) this.#push(tag.name, undefined, at);
      return;
    }
    const role = this.#roleOf(name, tag, at);
    const inside = this.#contextIn(role);
    if (PLAIN.has(role)) this.#readPlain(role, tag);
    else if (role === 'object' || role === 'hidden') {
      if (tag.empty) this.#prose.gone(tag.end);
    } else if (role === 'note' || role === 'image') this.#readInserted(role, tag, at);
    else {
      this.#flush(tag.end);
      for (const block of this.#shownIn(tag, at)) this.#target.push(block);
    }
    if (tag.empty) return;
    this.#push(tag.name, role, at);
    this.#context = inside;
  }

  #readPlain(role: Role, tag: Tag): void {
    if (role === 'quote' && !tag.empty) this.#prose.replace('“', tag.end);
    else if (role === 'reference' && tag.empty) this.#prose.object(tag.end);
    else this.#prose.gone(tag.end);
  }

  /** A note or an image stands in a block, and has blocks of its own. */
  #readInserted(role: 'note' | 'image', tag: Tag, at: number): void {
    for (const block of this.#shownIn(tag, at)) this.#within.push(block);
    if (!tag.empty) {
      this.#outer.push({ prose: this.#prose, within: this.#within });
      this.#prose = new Prose(this.#text, tag.end);
      this.#within = [];
    } else if (role === 'image') this.#prose.object(tag.end);
    else this.#prose.gone(tag.end);
  }

  #readEndTag(tag: Tag, at: number): void {
    if (!this.#count.get(tag.name)) {
      if (this.#isProse) this.#prose.gone(tag.end);
      return;
    }
    while (this.#open.at(-1)!.name !== tag.name) this.#closeLast(at, false);
    this.#closeLast(tag.end, true);
  }

  #push(name: string, role: Role | undefined, start: number): void {
    this.#open.push({ name, role, start, around: this.#context });
    this.#count.set(name, (this.#count.get(name) ?? 0) + 1);
    if (this.#context.prose === 'some') this.#context = this.#contextIn('hidden');
  }

  /** Closes the innermost element, which ends at `to`: with an end tag of its own or by another's. */
  #closeLast(to: number, own: boolean): void {
    const { name, role, start, around } = this.#open.pop()!;
    if (role === 'raised' && isMark(this.#prose.since(start))) this.#prose.rewind(start);
    if (role === 'quote' && own) this.#prose.replace('”', to);
    else if (role === 'object') this.#prose.object(to);
    else if (role === 'hidden' || (role && PLAIN.has(role))) this.#prose.gone(to);
    else if (role) this.#flush(to);
    this.#context = around;
    this.#count.set(name, this.#count.get(name)! - 1);
    if (role !== 'note' && role !== 'image') return;
    const { prose, within } = this.#outer.pop()!;
    this.#prose = prose;
    this.#within = within;
    if (role === 'image') prose.object(to);
    else prose.gone(to);
  }

  #roleOf(name: string, tag: Tag, at: number): Role {
    const role = ROLES.get(name);
    const { owner } = this.#context;
    if (role === undefined) return this.#standsAlone(tag, at) ? 'block' : 'inline';
    if (role === 'term') return owner === 'entry' ? 'term' : 'inline';
    if (role === 'information') return owner === 'section' ? 'metadata' : 'block';
    // A row of `properties` in DITA, a word in DocBook.
    if (name === 'property') return owner === 'table' ? 'row' : 'object';
    const inserted = role === 'note' || role === 'image';
    return inserted && this.#outer.length >= MAXIMUM_NESTING ? 'hidden' : role;
  }

  /** What text in an element is. Elements of one role in one place share it, except tables and cells. */
  #contextIn(role: Role): Context {
    const context = this.#context;
    const { table, head, standing } = context;
    if (role === 'table')
      return changed(context, { table: { number: this.#tables++, row: -1, column: -1 }, owner: role });
    if (table && ROWS.has(role)) {
      table.row++;
      table.column = -1;
    } else if (table && CELLS.has(role)) {
      // A table whose first row is neither in its head nor of header cells has no header row.
      if (table.row === 0 && table.column === -1 && !head && role === 'cell') table.row = 1;
      const cell = { table: table.number, row: Math.max(0, table.row), column: ++table.column };
      return changed(context, { standing: { kind: 'cell', quoted: standing.quoted, cell }, owner: 'block' });
    }
    const inside = context.inside.get(role) ?? contextIn(role, context);
    context.inside.set(role, inside);
    return inside;
  }

  /** Ends the block that is being written, and goes on at `end`. */
  #flush(end: number): void {
    const { standing, inserted } = this.#context;
    const block = this.#prose.block(inserted ? { kind: inserted, quoted: standing.quoted } : standing);
    if (this.#within.length > 0) this.#addWithin(block);
    else if (block) this.#target.push(block);
    this.#prose = new Prose(this.#text, end);
  }

  /** Adds a block and those that stand in it: markup at its ends belongs to it, but no half of a note. */
  #addWithin(block: Block | undefined): void {
    const within = this.#within;
    this.#within = [];
    let { start, end } = block ?? { start: this.#prose.at, end: this.#prose.at };
    for (const other of within) {
      if (other.start < start) start = Math.max(start, other.end);
      else if (other.start < end) end = Math.max(end, other.end);
    }
    for (const other of within) if (other.start < start) this.#target.push(other);
    if (block) {
      const text = block.text.slice(start - block.start) + blanks(end - block.end);
      this.#target.push({ ...block, start, end, text });
    }
    for (const other of within) if (other.start >= start) this.#target.push(other);
  }

  get #target(): Block[] {
    return this.#outer.at(-1)?.within ?? this.#blocks;
  }

  /** The captions that stand in attributes of a tag. */
  #shownIn({ end }: Tag, at: number): readonly Block[] {
    const written = this.#text.slice(at, end);
    if (!written.includes('alt') && !written.includes('navtitle')) return [];
    const blocks: Block[] = [];
    for (const { 0: opening, 1: quote, index } of written.matchAll(SHOWN)) {
      const start = index + opening.length;
      const close = written.indexOf(quote!, start);
      const prose = new Prose(this.#text, at + start);
      this.#keep(prose, at + start, at + Math.max(start, close));
      const block = prose.block({ kind: 'caption', quoted: this.#context.standing.quoted });
      if (block) blocks.push(block);
    }
    return blocks;
  }

  /** True if nothing but white space is beside the tag on its line. */
  #standsAlone(tag: Tag, at: number): boolean {
    const text = this.#text;
    let before = at - 1;
    while (before >= 0 && isSpace(text.charCodeAt(before)) && text[before] !== '\n') before--;
    let after = tag.end;
    while (after < text.length && isSpace(text.charCodeAt(after)) && text[after] !== '\n') after++;
    return (before < 0 || text[before] === '\n') && (after >= text.length || text[after] === '\n');
  }
}

/** The context in an element of a role that is in another context. */
function contextIn(role: Role, context: Context): Context {
  const { depth, owner, standing, head } = context;
  const within = (kind: BlockKind, level?: number) => {
    const quoted = standing.quoted || kind === 'quotation';
    return changed(context, { standing: { kind, level, quoted }, owner: 'block', prose: 'all' });
  };
  switch (role) {
    case 'object':
    case 'hidden':
    case 'code':
      return changed(context, { prose: 'none' });
    case 'metadata':
      return changed(context, { prose: 'some' });
    case 'section':
      return changed(within('paragraph'), { depth: depth + 1, owner: role });
    case 'title':
      return owner === 'section' ? within('heading', levelOf(depth)) : within('caption');
    case 'subtitle':
      return owner === 'section' ? within('heading', levelOf(depth + 1)) : within('caption');
    case 'term':
      return within('paragraph');
    case 'item':
    case 'quotation':
    case 'caption':
      return within(role);
    case 'note':
      return changed(context, { owner: 'block', inserted: 'note' });
    case 'image':
      return changed(context, { owner: 'block', inserted: 'caption' });
    case 'head':
    case 'header row':
      return changed(context, { owner: role, head: true });
    case 'row':
      return changed(context, { owner: role, head });
    case 'group':
      return context;
    default:
      return PLAIN.has(role) ? context : changed(context, { owner: role, prose: 'all' });
  }
}

/** All contexts are made with the same properties in the same order, which is fast. */
function changed(context: Context, changes: Partial<Context>): Context {
  return {
    standing: changes.standing ?? context.standing,
    depth: changes.depth ?? context.depth,
    owner: changes.owner ?? context.owner,
    table: changes.table ?? context.table,
    head: changes.head ?? (changes.table ? false : context.head),
    inserted: changes.inserted ?? context.inserted,
    prose: changes.prose ?? context.prose,
    inside: new Map(),
  };
}

function levelOf(depth: number): number {
  return Math.max(1, Math.min(6, depth));
}
