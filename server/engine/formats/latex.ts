import { type Block, type Comment, type Format, type Marks, OBJECT } from '../document';
import type { Span } from '../text';
import { Flow } from './flow';
import {
  ACCENTS,
  CHARACTERS,
  COMMANDS,
  type Command,
  ENVIRONMENTS,
  type Environment,
  ITEMS,
  LAYOUT,
  LETTERS,
  LEVELS,
  MEANING_KEYS,
  REFERRING,
  SHORTENING,
  SIGNS,
  type Signature,
  SPACES,
  TERM_KEYS,
  UNKNOWN_ENVIRONMENT,
} from './latex-commands';
import { copyOf, isSpace, type Prose, type Standing } from './prose';
import { blankEnd, isAloneOnLine, isBlankAfter, lineEnd, matchAt, spaceEnd, words } from './scan';

/**
 * LaTeX as it is written: macros are not expanded, files are not included, and what a command does is looked up by its
 * name. Of a command that is not known the arguments in braces are prose, those in brackets are not; without arguments
 * it stands for a word, unless it is alone on its line.
 */
export const latex: Format = {
  name: 'latex',
  languages: ['latex', 'tex'],
  extensions: ['.tex', '.ltx', '.latex'],
  comment: () => ({ open: '% ', close: '', place: 'end of line' }),
  get marks() {
    return MARKS;
  },
  escape: (words) => words.replace(/[&%$#_{}~^\\]/g, (sign) => ESCAPED[sign] ?? `\\${sign}`),
  read(text) {
    const reader = new Reader(text);
    reader.read();
    return { blocks: reader.blocks, comments: reader.comments };
  },
};

const ESCAPED: Readonly<Record<string, string>> = {
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '\\': '\\textbackslash{}',
};

/* ---------------------------------------------------------------- marks */

/** Matches how a character, or a word, is written that the reader replaces. */
const CHARACTER = new RegExp(
  [
    '\\s+|\\\\enquote\\*?\\{',
    `\\\\(?:${[...SHORTENING].join('|')})(?![A-Za-z])\\*?(?:\\[[^\\]]*\\])?\\{[^{}]*\\}`,
    '\\\\(?:["\'`^~=.]|[uvHckrdb](?![A-Za-z]))\\s?(?:\\{[^{}]*\\}|\\\\?[A-Za-z])',
    '\\\\\\\\\\*?(?:\\[[^\\]]*\\])?',
    '\\\\[A-Za-z]+[ \\t]*',
    '\\\\[\\s\\S]',
    '\\$[^$]*\\$',
    "-+|`+|'+|[\\s\\S]",
  ].join('|'),
  'y',
);

const MARKS: Marks = {
  pattern: markPattern(),
  character: CHARACTER,
  closes: (closer, opener) => closer === '}' && opener.endsWith('{'),
};

/** Matches a comment, a command with what is no prose of it, and how braces open; so that what opens is one mark. */
function markPattern(): RegExp {
  const named = (form: RegExp) =>
    [...COMMANDS].filter(([, { signature }]) => form.test(signature)).map(([name]) => name);
  const braces = '\\{(?:[^{}]|\\{(?:[^{}]|\\{[^{}]*\\})*\\})*\\}';
  const brackets = '(?:\\[[^\\][]*\\])?';
  const command = (names: readonly string[]) => `\\\\(?:${names.join('|')})(?![A-Za-z])\\*?`;
  return new RegExp(
    [
      '%[^\\n]*(?:\\n[ \\t]*)?',
      `${command(named(/^[svormubdkNn]*$/))}(?:\\[[^\\][]*\\]|${braces})*`,
      `${command(named(/^o?[mu]p/))}${brackets}${braces}\\{`,
      `${command(named(/^mmp/))}${braces}${braces}\\{`,
      `\\{(?:${command([...LAYOUT])}[ \\t]*)+`,
      `\\\\[A-Za-z]+\\*?(?:<[^>\\n]*>)?${brackets}\\{`,
      '\\\\[A-Za-z]+',
      '[\\s\\S]',
    ].join('|'),
    'gy',
  );
}

/* ---------------------------------------------------------------- reading */

/** An argument that is a key, a file, a number or nothing, of a command that is not known. */
const KEY_ARGUMENT = /\{(?:[^\s{}\\]{0,60}\w[:_.@]\w[^\s{}\\]{0,60}|-?\d[\d.,]{0,9}\w{0,2}|)\}/y;
const HEADER_RULE =
  /(?:\s|%[^\n]*\n){0,20}\\(?:hline|midrule|cmidrule|cline|hhline|Xhline|specialrule|endhead|endfirsthead)/y;
const ROW_SPACING = /\*?(?:\[[^\]\n]{0,30}\])?/y;
const PARENTHESES = /\([^()\n]{0,60}\)/y;
const OVERLAY = /<[\d+\-.,|@a-z:()]{1,24}>/y;
const NAME_IN_BRACES = /[ \t]?\{([^{}\\\n]{1,40})\}/y;
const ACCENTED = /\s?(?:\{(\\[ij]|[A-Za-z])\}|(\\[ij](?![A-Za-z])|[A-Za-z]))/y;
const KEY = /(?:[\s,]|%[^\n]*\n){0,200}([A-Za-z][\w-]*)\s*=\s*/y;
const ACRONYM_KEY = /\*?(?:\[[^\]\n]{0,60}\])?\{([^{}\n]{1,60})\}/y;
const SHORT_FORM = /[{[]{0,2}([A-Za-z\d][\w -]{0,40}?)\s?[}\],\n]/y;
const MACRO = /\*?\s?\{?\\([A-Za-z]+)\}?\s?\{([A-Za-z\d][\w -]{0,40}?)(?:\\xspace)?(?:\{\})?\s?\}/y;
const DEFINED = /\s?\\[A-Za-z@]+[^{}\n\\]{0,60}/y;
const MAXIMUM_DEPTH = 200;

/** A table that is being read. */
interface Table {
  readonly number: number;
  row: number;
  column: number;
  /** How many columns the present cell takes. */
  columns: number;
  /** The places of the cells in the first row, before it is known whether that is a header row. */
  readonly first: { row: number }[];
}

/** What was begun and will be ended: an environment, a group, or an argument that is prose. */
interface Frame {
  /** The letter of an argument, `{` of a group, nothing of an environment. */
  readonly kind: string;
  readonly close: '}' | ']' | '';
  /** The environment, or the command whose argument it is. */
  readonly name: string;
  /** The arguments behind this one. */
  readonly rest: Signature;
  readonly table?: Table;
  /** What holds again behind it. */
  readonly standing: Standing;
  readonly muted: boolean;
}

/** Arguments that are blocks of their own. */
const BLOCKS = words('h c a C t T e i');
/** What paragraphs may stand in. */
const LONG = words('{ n U');
const OPTIONAL = words('o C T');
const PROSE = words('p U q n h c a C t T e i');

class Reader {
  readonly comments: Comment[] = [];
  readonly #text: string;
  readonly #flow: Flow;
  readonly #frames: Frame[] = [];
  /** What the keys of acronyms, and macros with their backslash, stand for. */
  readonly #words = new Map<string, string>();
  #standing: Standing = { kind: 'paragraph', quoted: false };
  /** True where only blocks are read that commands make: before the document begins. */
  #muted: boolean;
  #key = '';
  #isInKeys = false;
  #tables = 0;
  #end: number;

  constructor(text: string) {
    this.#text = text;
    this.#end = text.length;
    this.#flow = new Flow(text);
    this.#muted =
      text.includes('\\begin{document}') ||
      (text.includes('\\documentclass') && /^[ \t]*\\documentclass\b/m.test(text));
  }

  read(): void {
    this.#readUntil(this.#end);
    this.#popUntil(0, this.#end);
    this.#flush(this.#end);
  }

  get blocks(): Block[] {
    return this.#flow.blocks;
  }

  get #prose(): Prose {
    return this.#flow.prose;
  }

  /** The table of which the text stands directly in a cell. */
  get #table(): Table | undefined {
    return this.#frames.at(-1)?.table;
  }

  #readUntil(to: number): void {
    while (this.#prose.at < Math.min(to, this.#end)) {
      const sign = nextSign(this.#text, this.#prose.at, to);
      this.#keep(sign);
      if (sign < to) this.#readSign(sign);
    }
  }

  #readSign(at: number): void {
    const [sign, next, third] = [this.#text[at]!, this.#text[at + 1], this.#text[at + 2]];
    if (sign === '\\') this.#readCommand(at);
    else if (sign === '%') this.#readComment(at);
    else if (sign === '\n') this.#readLineBreak(at);
    else if (sign === '{') this.#openGroup(at);
    else if (sign === '}' || sign === ']') this.#readClose(at);
    else if (sign === '$') this.#readMath(at, next === '$' ? '$$' : '$');
    else if (sign === '&' && this.#table) this.#nextCell(at + 1);
    else if (sign === '~') this.#replace('\u00A0', at + 1);
    else if (sign === '-') this.#replace(third === '-' ? '—' : '–', third === '-' ? at + 3 : at + 2);
    else if (sign === '`') this.#replace(next === '`' ? '“' : '‘', next === '`' ? at + 2 : at + 1);
    else if (sign === "'") this.#replace('”', at + 2);
    else this.#keep(at + 1);
  }

  #keep(to: number): void {
    if (this.#muted) this.#prose.gone(to);
    else this.#prose.keep(to);
  }

  #replace(characters: string, to: number): void {
    if (this.#muted) this.#prose.gone(to);
    else this.#prose.replace(characters, to);
  }

  #break(to: number): void {
    if (this.#muted) this.#prose.gone(to);
    else this.#prose.break(to);
  }

  /** A comment takes its line break and the white space behind that, unless a blank line follows. */
  #readComment(at: number): void {
    const text = this.#text;
    const lineBreak = text.indexOf('\n', at);
    const end = lineBreak < 0 ? text.length : lineBreak;
    // A directive may stand behind another comment.
    const directive = text.slice(at + 1, end).indexOf('% termlint-');
    for (const start of directive < 0 ? [at] : [at, at + 1 + directive])
      this.comments.push({ start, end, textStart: start + 1, text: copyOf(text.slice(start + 1, end)) });
    this.#prose.gone(isBlankAfter(text, end) ? end : blankEnd(text, end + 1));
  }

  #readLineBreak(at: number): void {
    if (!isBlankAfter(this.#text, at)) {
      this.#keep(at + 1);
      return;
    }
    // An argument that is not closed ends with its paragraph.
    let depth = this.#frames.length;
    while (depth > 0 && this.#frames[depth - 1]!.close !== '' && !LONG.has(this.#frames[depth - 1]!.kind)) depth--;
    this.#popUntil(depth, at);
    this.#flush(spaceEnd(this.#text, at));
  }

  #openGroup(at: number): void {
    this.#prose.gone(at + 1);
    this.#push({ kind: '{', close: '}', name: '', rest: '' });
  }

  #readClose(at: number): void {
    const frame = this.#frames.at(-1);
    if (frame && frame.close === this.#text[at]) {
      this.#pop(at, at + 1);
      if (frame.rest !== '') this.#readArguments(frame.rest, at + 1, frame.name);
    } else if (this.#text[at] === ']') this.#keep(at + 1);
    else this.#prose.gone(at + 1);
  }

  /** A formula is one word; one on lines of its own that ends with a full stop ends the sentence. */
  #readMath(at: number, closer: string): void {
    const start = at + closer.length;
    const end = mathEnd(this.#text, start, closer);
    const inner = this.#text.slice(start, Math.min(end - closer.length, start + 20)).trim();
    this.#formula(SIGNS.get(inner), closer === '$$' || closer === '\\]' ? end - closer.length : 0, end);
  }

  #formula(sign: string | undefined, innerEnd: number, end: number): void {
    const stops = innerEnd > 0 && /[.?!]\s*$/.test(this.#text.slice(innerEnd - 8, innerEnd));
    if (stops) this.#break(end);
    else this.#replace(sign ?? OBJECT, end);
  }

  /* -------------------------------------------------------------- commands */

  #readCommand(at: number): void {
    const end = nameEnd(this.#text, at);
    if (end === at + 1) this.#readControlSymbol(at);
    else this.#readNamed(this.#text.slice(at + 1, end), at, end);
  }

  #readControlSymbol(at: number): void {
    const sign = this.#text[at + 1] ?? '';
    const end = at + 1 + sign.length;
    if (sign === '\\') this.#readRowEnd(end);
    else if (sign === '(') this.#readMath(at, '\\)');
    else if (sign === '[') this.#readMath(at, '\\]');
    else if (SPACES.has(sign) || isSpace(sign.charCodeAt(0))) this.#replace(' ', end);
    else if (CHARACTERS.has(sign)) this.#replace(CHARACTERS.get(sign)!, end);
    else if (!this.#readAccent(sign, end)) this.#prose.gone(end);
  }

  #readNamed(name: string, at: number, end: number): void {
    if (name === 'begin') this.#begin(end);
    else if (name === 'end') this.#finish(at, end);
    else if (name === 'par' || name === 'frame') this.#flush(end);
    else if (name === 'tabularnewline') this.#readRowEnd(end);
    else if (name === 'newline' || name === 'linebreak') this.#break(end);
    else if (name === 'verb' || name === 'lstinline' || name === 'mintinline') this.#readVerbatim(name, end);
    else if (name === 'def' || name === 'gdef' || name === 'edef') this.#readDefinition(end);
    else if (name === 'iffalse') this.#prose.gone(behind(this.#text, '\\fi', end));
    else if (!this.#readCharacter(name, end)) this.#readMacro(name, at, end);
  }

  #readCharacter(name: string, end: number): boolean {
    const character = CHARACTERS.get(name) ?? (SPACES.has(name) ? ' ' : undefined);
    if (character) this.#replace(character, end);
    else if (LETTERS.has(name)) this.#replace(LETTERS.get(name)!, blankEnd(this.#text, end));
    else return this.#readAccent(name, end);
    return true;
  }

  #readAccent(name: string, end: number): boolean {
    const accent = ACCENTS.get(name);
    if (!accent) return false;
    const letter = matchAt(ACCENTED, this.#text, end);
    if (letter) {
      const base = (letter[1] ?? letter[2])!.replace('\\', '');
      this.#replace((base + accent).normalize('NFC'), end + letter[0].length);
    } else if (/^[~^]$/.test(name)) this.#replace(name, end);
    else return false;
    return true;
  }

  #readMacro(name: string, at: number, end: number): void {
    const text = this.#text;
    const command = COMMANDS.get(name);
    const word = this.#wordOf(name, at, end);
    if (word) this.#replace(word.text, word.end);
    else if (command) this.#readKnown(name, command, end);
    else if (LAYOUT.has(name) || /^if|^else$|^fi$/.test(name)) this.#prose.gone(blankEnd(text, end));
    else if (this.#muted) this.#prose.gone(argumentsEnd(text, end));
    else if (REFERRING.test(name)) this.#replace(OBJECT, argumentsEnd(text, end));
    else this.#readUnknown(at, end);
  }

  #readKnown(name: string, { signature, isWord }: Command, end: number): void {
    if (ITEMS.has(name) && !(name === 'part' && hasArgument(this.#text, end))) {
      this.#flush(end);
      if (!this.#flow.isInNote) this.#standing = { kind: 'item', quoted: this.#standing.quoted };
    }
    const macro = /^(?:re)?newcommand$/.test(name) ? matchAt(MACRO, this.#text, end) : null;
    if (macro) this.#words.set(`\\${macro[1]}`, macro[2]!);
    const stop = this.#readArguments(signature, end, name, isWord);
    if (stop !== undefined && isWord) this.#replace(OBJECT, stop);
    else if (stop !== undefined) this.#prose.gone(stop);
  }

  #readUnknown(at: number, from: number): void {
    const text = this.#text;
    const star = text[from] === '*' ? from + 1 : from;
    const stop = text[star] === '[' ? groupEnd(text, star, 'o') : star;
    const end = text[stop] === '{' ? this.#readArguments('U', stop, '', true) : stop;
    if (end !== undefined && isAloneOnLine(text, { start: at, end }, '%')) this.#prose.gone(end);
    else if (end !== undefined) this.#replace(OBJECT, end);
  }

  /** What is printed for a macro or the key of an acronym that the text has defined as a word, if there is room for it. */
  #wordOf(name: string, at: number, end: number): { readonly text: string; readonly end: number } | undefined {
    if (this.#words.size === 0) return undefined;
    const key = SHORTENING.has(name) ? matchAt(ACRONYM_KEY, this.#text, end) : undefined;
    const word = this.#words.get(key ? key[1]! : `\\${name}`);
    const text = word && key && /(?:p|pl)$/.test(name) ? `${word}s` : word;
    const stop = end + (key?.[0].length ?? 0);
    return text && text.length <= stop - at && !(key === undefined && COMMANDS.has(name))
      ? { text, end: stop }
      : undefined;
  }

  /** `\verb|x|`, and what else takes any two alike signs as its braces. */
  #readVerbatim(name: string, end: number): void {
    const text = this.#text;
    let at = text[end] === '*' ? end + 1 : end;
    if (name !== 'verb' && text[at] === '[') at = groupEnd(text, at, 'o');
    if (name === 'mintinline' && text[at] === '{') at = groupEnd(text, at, 'm');
    const inner = text.slice(at + 1, at + 1000);
    const close = inner.indexOf(text[at]!);
    const lineBreak = inner.indexOf('\n');
    if (name !== 'verb' && text[at] === '{') this.#replace(OBJECT, groupEnd(text, at, 'm'));
    else if (close >= 0 && (lineBreak < 0 || close < lineBreak)) this.#replace(OBJECT, at + close + 2);
    else this.#prose.gone(end);
  }

  /** `\def\name#1#2{body}` */
  #readDefinition(end: number): void {
    const body = end + (matchAt(DEFINED, this.#text, end)?.[0].length ?? 0);
    this.#prose.gone(this.#text[body] === '{' ? groupEnd(this.#text, body, 'b') : body);
  }

  /* -------------------------------------------------------------- arguments */

  /**
   * Reads arguments up to the first that is prose, which is read as the text around it is, and those behind it when it is
   * closed. Returns where the arguments end if none is prose.
   */
  #readArguments(signature: Signature, from: number, name: string, isWord = false): number | undefined {
    const text = this.#text;
    let at = from;
    for (let index = 0; index < signature.length; index++) {
      const kind = signature[index]!;
      const start = kind === 'a' || kind === 'U' ? at : argumentStart(text, at);
      if (kind === 's') at += text[at] === '*' ? 1 : 0;
      else if (kind === 'v') at += matchAt(OVERLAY, text, at)?.[0].length ?? 0;
      else if (kind === 'r') at += matchAt(PARENTHESES, text, at)?.[0].length ?? 0;
      else if (kind === 'd' && text[start] === '\\') at = nameEnd(text, start);
      else if (text[start] !== (OPTIONAL.has(kind) ? '[' : '{')) {
        if (!OPTIONAL.has(kind) && kind !== 'a') break;
      } else if (this.#isProse(kind, start)) {
        const isJoined = kind !== 'U' || text[start - 1] !== '}';
        return this.#open({ kind, start, name, isJoined, rest: signature.slice(kind === 'U' ? index : index + 1) });
      } else {
        at = groupEnd(text, start, kind);
        this.#readSilent(kind, start, at);
        // More arguments of a command that is not known may follow.
        if (kind === 'U') index--;
      }
    }
    if (!isWord) this.#prose.gone(at);
    return at;
  }

  #isProse(kind: string, start: number): boolean {
    if (kind === 'e') return this.#text[argumentStart(this.#text, groupEnd(this.#text, start, kind))] !== '[';
    if (!PROSE.has(kind) || (this.#muted && !BLOCKS.has(kind))) return false;
    return kind !== 'U' || !matchAt(KEY_ARGUMENT, this.#text, start);
  }

  /** Reads an argument that is no prose. */
  #readSilent(kind: string, start: number, end: number): void {
    const inner = this.#text.slice(start + 1, Math.min(end - 1, start + 80));
    const table = this.#table;
    if (kind === 'k' || kind === 'e') this.#key = inner;
    else if (kind === 'N' && table) table.columns = Math.max(1, Math.min(99, Number.parseInt(inner, 10) || 1));
    else if (kind === 'K') this.#readKeys(start + 1, end - 1);
  }

  /** Begins an argument that is prose. */
  #open(argument: Pick<Frame, 'kind' | 'name' | 'rest'> & { start: number; isJoined: boolean }): undefined {
    const { kind, name, rest, start, isJoined } = argument;
    if (this.#frames.length >= MAXIMUM_DEPTH) return this.#prose.gone(start + 1) as undefined;
    if (BLOCKS.has(kind)) this.#flush(start + 1);
    else if (kind === 'q') this.#replace('“', start + 1);
    else if (!isJoined) this.#break(start + 1);
    else this.#prose.gone(start + 1);
    this.#push({ kind, close: this.#text[start] === '[' ? ']' : '}', name, rest });
    if (kind === 'n') this.#flow.openNote(start + 1);
    if (BLOCKS.has(kind)) this.#muted = false;
    if (kind === 't' || kind === 'T' || kind === 'e') this.#remember(kind === 'e' ? undefined : this.#key, start);
    // All that stands in a note is the note.
    if (kind === 'n' || !this.#flow.isInNote) this.#standing = standingOf(kind, name, this.#standing);
    return undefined;
  }

  /** Remembers what the key of an acronym stands for, if that is plainly written in the braces at `at` or behind the sign. */
  #remember(key: string | undefined, at: number): void {
    const form = matchAt(SHORT_FORM, this.#text, at)?.[1];
    if (form) this.#words.set(key ?? form, form);
  }

  /** Reads keys with values, of which one is a term and one says what it means: they are a row of a table. */
  #readKeys(from: number, to: number): void {
    // In a note or in another value they are not read.
    if (this.#flow.isInNote || this.#isInKeys) return;
    this.#isInKeys = true;
    const table = this.#tables++;
    for (let at = from; at < to; at++) {
      const key = matchAt(KEY, this.#text, at);
      const start = at + (key?.[0].length ?? 0);
      const end = Math.min(to, valueEnd(this.#text, start, to));
      const column = TERM_KEYS.has(key?.[1] ?? '') ? 0 : MEANING_KEYS.has(key?.[1] ?? '') ? 1 : undefined;
      if (column === 0) this.#remember(this.#key, start);
      if (column !== undefined) this.#readValue({ start, end }, { table, row: 1, column });
      at = end;
    }
    this.#isInKeys = false;
  }

  #readValue({ start, end }: Span, cell: Block['cell']): void {
    const [standing, muted, depth] = [this.#standing, this.#muted, this.#frames.length];
    this.#flush(start);
    this.#standing = { kind: 'cell', cell, quoted: false };
    this.#muted = false;
    this.#readUntil(end);
    this.#popUntil(depth, end);
    this.#flush(end);
    this.#standing = standing;
    this.#muted = muted;
  }

  /* -------------------------------------------------------------- environments */

  #begin(from: number): void {
    const mark = matchAt(NAME_IN_BRACES, this.#text, from);
    const name = mark?.[1] ?? '';
    const end = from + (mark?.[0].length ?? 0);
    const environment = ENVIRONMENTS.get(name) ?? ENVIRONMENTS.get(name.replace(/\*$/, '')) ?? UNKNOWN_ENVIRONMENT;
    if (name === 'document') {
      this.#flush(end);
      this.#muted = false;
    } else if (environment.kind === 'math') {
      const closer = `\\end{${name}}`;
      const close = behind(this.#text, closer, end);
      this.#formula(undefined, close - closer.length, close);
    } else if (environment.kind === 'silent') this.#flush(behind(this.#text, `\\end{${name}}`, end));
    else this.#enter(name, environment, end);
  }

  #enter(name: string, { kind, signature }: Environment, end: number): void {
    this.#flush(end);
    const table = kind === 'table' ? { number: this.#tables++, row: 0, column: 0, columns: 1, first: [] } : undefined;
    this.#push({ kind: '', close: '', name, rest: '', table });
    if (table) this.#standInCell(table);
    if (kind === 'quotation' && !this.#flow.isInNote) this.#standing = { kind: 'quotation', quoted: true };
    this.#readArguments(signature, end, name);
  }

  #finish(at: number, from: number): void {
    const mark = matchAt(NAME_IN_BRACES, this.#text, from);
    const name = mark?.[1];
    const end = from + (mark?.[0].length ?? 0);
    if (name === 'document') this.#end = at;
    const depth = this.#frames.findLastIndex((frame) => frame.close === '' && frame.name === name);
    if (depth >= 0) {
      this.#popUntil(depth + 1, at);
      this.#pop(at, end);
    } else this.#flush(end);
  }

  /* -------------------------------------------------------------- tables */

  #standInCell({ number, row, column, first }: Table): void {
    if (this.#flow.isInNote) return;
    const cell = { table: number, row, column };
    if (row === 0) first.push(cell);
    this.#standing = { kind: 'cell', cell, quoted: this.#standing.quoted };
  }

  #nextCell(to: number): void {
    const table = this.#table!;
    this.#flush(to);
    table.column += table.columns;
    table.columns = 1;
    this.#standInCell(table);
  }

  /** Reads `\\`: in a table the end of a row, elsewhere of a line. */
  #readRowEnd(from: number): void {
    const end = from + matchAt(ROW_SPACING, this.#text, from)![0].length;
    const table = this.#table;
    if (table) {
      this.#flush(end);
      this.#endRow(table, end);
      this.#standInCell(table);
    } else this.#break(end);
  }

  /** The first row is a header row if a rule is below it. */
  #endRow(table: Table, end: number): void {
    if (table.row === 0 && !matchAt(HEADER_RULE, this.#text, end)) {
      for (const cell of table.first) cell.row = 1;
      table.row = 1;
    }
    table.row++;
    table.column = 0;
    table.columns = 1;
  }

  /* -------------------------------------------------------------- blocks */

  #push(frame: Omit<Frame, 'standing' | 'muted'>): void {
    const { kind, close, name, rest, table } = frame;
    if (this.#frames.length < MAXIMUM_DEPTH)
      this.#frames.push({ kind, close, name, rest, table, standing: this.#standing, muted: this.#muted });
  }

  #popUntil(depth: number, at: number): void {
    while (this.#frames.length > depth) this.#pop(at, at);
  }

  /** Ends what was begun last: its text reaches to `end`, and its closing mark to `behind`. */
  #pop(end: number, behind: number): void {
    const { kind, close, table, standing, muted } = this.#frames.pop()!;
    this.#prose.gone(end);
    if (kind === 'n') {
      this.#flush(end);
      this.#flow.closeNote();
    } else if (close === '' || BLOCKS.has(kind)) this.#flush(behind);
    if (table?.row === 0) this.#endRow(table, behind);
    this.#standing = standing;
    this.#muted = muted;
    if (kind === 'q' && behind > end) this.#replace('”', behind);
    else this.#prose.gone(behind);
  }

  /** Ends the block that is being read, and goes on at `to`. */
  #flush(to: number): void {
    this.#flow.endBlock(this.#standing, to);
  }
}

/** What the text of an argument is. */
function standingOf(kind: string, name: string, around: Standing): Standing {
  const { quoted } = around;
  switch (kind) {
    case 'h':
      return { kind: 'heading', level: LEVELS[name] ?? 3, quoted };
    case 'c':
    case 'a':
    case 'C':
      return { kind: 'caption', quoted };
    case 't':
    case 'T':
    case 'e':
      return { kind: 'paragraph', quoted };
    case 'i':
      return { kind: 'item', quoted };
    case 'n':
      return { kind: 'note', quoted };
    default:
      return around;
  }
}

/* ---------------------------------------------------------------- places in the text */

const SIGN = new Uint8Array(128);
for (const sign of '\\%{}]$&~`') SIGN[sign.charCodeAt(0)] = 1;
// One alone is no sign: it needs another behind it.
for (const sign of "-'\n") SIGN[sign.charCodeAt(0)] = 2;

function nextSign(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    const sign = code < 128 ? SIGN[code] : 0;
    if (sign === 0) continue;
    if (sign === 1 || text.charCodeAt(at + 1) === code || (code === 10 && isBlankAfter(text, at))) return at;
  }
  return to;
}

/** Where a group ends whose brace or bracket is at `at`, at the latest where its paragraph does or what it stands in. */
function groupEnd(text: string, start: number, kind: string): number {
  const close = text[start] === '[' ? 93 : 125;
  let depth = 0;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === close && depth === 0) return at + 1;
    else if (code === 123) depth++;
    else if (code === 125 && depth-- === 0) return at;
    else if (code === 37 && kind !== 'u') at = lineEnd(text, at) - 1;
    else if (code === 10 && kind !== 'b' && isBlankAfter(text, at)) return at;
  }
  return text.length;
}

/** Where all arguments end that may follow a command. */
function argumentsEnd(text: string, from: number): number {
  let end = text[from] === '*' ? from + 1 : from;
  for (let at = end; text[at] === '[' || text[at] === '{'; at = argumentStart(text, end)) end = groupEnd(text, at, 'b');
  return end;
}

/** Where a value of a key ends: before a comma. */
function valueEnd(text: string, start: number, to: number): number {
  let at = start;
  while (at < to && text[at] !== ',') at = text[at] === '{' ? groupEnd(text, at, 'b') : at + 1;
  return at;
}

/** Where the formula ends that begins at `from`; it holds no blank line. */
function mathEnd(text: string, from: number, closer: string): number {
  const last = closer.charCodeAt(closer.length - 1);
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 92 && ++at < text.length && closer.startsWith('\\') && text.charCodeAt(at) === last) return at + 1;
    if (code === 36 && closer.startsWith('$') && text.startsWith(closer, at)) return at + closer.length;
    if (code === 37) at = lineEnd(text, at) - 1;
    if (code === 10 && isBlankAfter(text, at)) return at;
  }
  return text.length;
}

/** Behind white space in which a command's argument may stand: at most one line break is in it. */
function argumentStart(text: string, from: number): number {
  const at = blankEnd(text, from);
  return text[at] === '\n' ? blankEnd(text, at + 1) : at;
}

/** True if a command has an argument in braces, perhaps after a star and an option. */
function hasArgument(text: string, from: number): boolean {
  const start = argumentStart(text, text[from] === '*' ? from + 1 : from);
  return text[text[start] === '[' ? argumentStart(text, groupEnd(text, start, 'o')) : start] === '{';
}

function nameEnd(text: string, at: number): number {
  let end = at + 1;
  while (end < text.length && isLetter(text.charCodeAt(end))) end++;
  return end;
}

/** Behind the next occurrence of some characters; the end of the text if there is none. */
function behind(text: string, characters: string, from: number): number {
  const at = text.indexOf(characters, from);
  return at < 0 ? text.length : at + characters.length;
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 64;
}
