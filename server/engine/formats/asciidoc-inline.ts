import { GONE, OBJECT } from '../document';
import type { Span } from '../text';
import { referenceAt } from './html';
import { isSpace } from './prose';
import { type Markup, MarkupReader, matchEnd } from './run';

/** Reads what AsciiDoc marks within a run of text. */
export function readInline(run: string): Markup {
  if (!MARKUP.test(run)) return PLAIN;
  const reader = new Reader(run);
  reader.read();
  return reader;
}

/** One entry of a list of attributes: `value`, `"value"` or `name=value`. The span is that of the value. */
export interface Attribute extends Span {
  /** Absent of one that is known by its place. */
  readonly name?: string;
}

/** The attributes between two offsets, as in `[quote, Ada, role="wide"]`. */
export function attributesOf(text: string, from: number, to: number): readonly Attribute[] {
  const attributes: Attribute[] = [];
  const list = text.slice(from, to);
  const entry = /\s*(?:([\w-]{1,40})\s*=\s*)?(?:"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|([^,]*))[^,]*,?/y;
  while (entry.lastIndex < list.length) {
    const match = entry.exec(list);
    if (!match) break;
    const [whole, name, double, single, bare] = match;
    const quoted = double ?? single;
    const value = quoted ?? bare!.trimEnd();
    // The value is the last thing of the entry that reads so, but for a quotation mark and what is before a comma.
    const head = whole.length - whole.trimStart().length + (name === undefined ? 0 : name.length);
    const start = from + match.index + (quoted === undefined && name === undefined ? head : whole.indexOf(value, head));
    attributes.push({ name, start, end: start + value.length });
  }
  return attributes;
}

const PLAIN: Markup = { signs: [], asides: [] };
/** What a run has that is more than text. */
const MARKUP = /[`+\\<&{*_#^~]|[a-z\d]:[^\s:]|\[\[|\(\(|\$\$/;
const SIGNS = /[`+\\<&{\]]|[a-z\d]:[^\s:]|\[(?:\[|[^[\]\n]{1,80}\](?=[*_#`^~]))|\(\(|\$\$/g;
const FORMATTING = /[*_#^~]/;
const REFERENCE = /\{(?:[\p{L}\p{N}_][\w-]*|(?:set|counter2?):[^}\n]{1,100})\}/uy;
const ANCHOR = /\[\[\[?[\p{L}_:][^\]\n]{0,200}\]\]\]?/uy;
const ADDRESS = /[^\s[\]<>]*/y;
const TARGET = /(?:\+\+[^\n]{1,300}?\+\+|[^\s[\]]{0,300})\[/y;
const TARGET_WITH_SPACES = /[^\n[\]]{0,300}\[/y;
/** What a macro's name looks like after a backslash. */
const MACRO_START = /[a-z][a-z\d]*:\S/y;

const SCHEMES = words('http https ftp file irc');
/** Macros whose text is prose in its place. */
const TEXTS = words('link xref mailto indexterm2');
const NOTES = words('footnote footnoteref');
const HIDDEN = words('anchor indexterm');
/** Macros that stand for one word; so does one that is not known, if it has a target. */
const OBJECTS = words('image icon kbd btn menu stem latexmath asciimath pass');
const SPACED_TARGETS = words('image menu');
const MAXIMUM_DEPTH = 8;

/** Attributes that every document has, and that stand for a character. */
const CHARACTERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    nbsp: '\u00A0',
    sp: ' ',
    empty: '',
    blank: '',
    zwsp: '\u200B',
    wj: '',
    apos: "'",
    quot: '"',
    lsquo: '‘',
    rsquo: '’',
    ldquo: '“',
    rdquo: '”',
    deg: '°',
    plus: '+',
    brvbar: '¦',
    vbar: '|',
    amp: '&',
    lt: '<',
    gt: '>',
    startsb: '[',
    endsb: ']',
    caret: '^',
    asterisk: '*',
    tilde: '~',
    backslash: '\\',
    backtick: '`',
  }),
);

/** A macro whose text has begun and has yet to end. */
interface Opening {
  readonly start: number;
  readonly textStart: number;
  readonly kind: 'text' | 'note';
}

/**
 * Finds the marks from left to right, then what is formatted. Formatting is found as Asciidoctor finds it, one kind of mark after
 * the other, in a text in which what is literal cannot be seen.
 */
class Reader extends MarkupReader {
  readonly #open: Opening[] = [];
  /** Where a list of attributes such as `[.role]` ends that stands before a mark, and where it begins. */
  readonly #roles = new Map<number, number>();
  /** How far what was opened by a mark of two parts reaches, so that none is opened within. */
  readonly #ends = { quote: 0, reference: 0, term: 0 };

  read(): void {
    SIGNS.lastIndex = 0;
    for (let match = SIGNS.exec(this.run); match; match = SIGNS.exec(this.run)) {
      const { index } = match;
      SIGNS.lastIndex = Math.max(index + 1, this.#readSign(match[0], index));
    }
    if (FORMATTING.test(this.run)) this.#readFormatting();
  }

  /** Reads what begins at `at`, and returns where to go on. */
  #readSign(sign: string, at: number): number {
    switch (sign) {
      case '`':
        return this.#readBacktick(at);
      case '+':
        return this.#readPlus(at);
      case '\\':
        return this.#readBackslash(at);
      case '<':
        return this.#readReference(at);
      case '&':
        return this.#readCharacter(at);
      case '{':
        return this.#readAttribute(at);
      case ']':
        return this.#closeText(at);
      case '[[':
        return this.hide(at, matchEnd(ANCHOR, this.run, at));
      case '((':
        return this.#readTerm(at);
      case '$$':
        return this.hide(at, this.find('$$', at + 2) + 2, OBJECT);
    }
    if (sign[0] !== '[') return this.#readColon(at + 1);
    this.#roles.set(at + sign.length, at);
    return at + sign.length;
  }

  /* -------------------------------------------------------------- literal text */

  #readBacktick(at: number): number {
    const run = this.run;
    const [before = '', after = ''] = [run[at - 1], run[at + 1]];
    if (at === this.#ends.quote && at > 0) return at + 1;
    if ((before === '"' || before === "'") && at > this.#ends.quote && !isWordAt(run, at - 2) && isSeen(after)) {
      const close = this.find(`\`${before}`, at + 2, (end) => isSeen(run[end - 1]) && !isWordAt(run, end + 2));
      if (close > 0) {
        this.#ends.quote = close;
        this.hide(close, close + 1);
        return this.hide(at, at + 1);
      }
    }
    // The apostrophe of AsciiDoc, as in "the gateway`'s".
    if (after === "'" && isWordAt(run, at - 1)) return this.hide(at, at + 1);
    if (after === '`') return this.#hideMarked(at, this.find('``', at + 3) + 2);
    if (isWordAt(run, at - 1) || '&;:"\'`}'.includes(before || ' ') || !isSeen(after)) return at + 1;
    const close = this.find(
      '`',
      at + 2,
      (end) => isSeen(run[end - 1]) && !isWordAt(run, end + 1) && !/["'`]/.test(run[end + 1] ?? ''),
    );
    return this.#hideMarked(at, close + 1);
  }

  /** A hard line break, or text in which no other mark counts. */
  #readPlus(at: number): number {
    const run = this.run;
    const next = run[at + 1];
    if (run[at - 1] === ' ' && (next === undefined || next === '\n'))
      return this.hide(at - 1, Math.min(run.length, at + 2), '\n');
    if (run.startsWith('+++', at)) {
      const close = this.find('+++', at + 3);
      if (close > 0) return this.hide(at, close + 3, run[at + 3] === '<' ? '' : OBJECT);
    }
    if (next === '+') return this.#keepLiteral(at, this.find('++', at + 2), 2);
    if (isWordAt(run, at - 1) || ';:\\'.includes(run[at - 1] ?? ' ') || !isSeen(next)) return at + 1;
    return this.#keepLiteral(
      at,
      this.find('+', at + 2, (end) => isSeen(run[end - 1]) && !isWordAt(run, end + 1)),
      1,
    );
  }

  #keepLiteral(at: number, close: number, size: number): number {
    if (close < 0) return at + size;
    this.hide(at, at + size);
    this.keep(at + size, close);
    return this.hide(close, close + size);
  }

  /** A backslash hides itself and lets the mark behind it stand for itself. */
  #readBackslash(at: number): number {
    const run = this.run;
    const next = run[at + 1] === '\\' ? at + 2 : at + 1;
    const mark = run[next] ?? '';
    if (mark !== '' && '*_`#^~+'.includes(mark)) {
      let end = next + 1;
      while (end < next + 3 && run[end] === mark) end++;
      this.keep(next, end);
      this.hide(at, next);
      return end;
    }
    const macro = matchEnd(MACRO_START, run, next);
    if (next === at + 1 && (/^(?:[{[\]&|'(]|<<|--|->|\.\.\.)/.test(run.slice(next, next + 3)) || macro > 0)) {
      this.hide(at, next);
      return macro > 0 ? macro : run[next + 1] === mark ? next + 2 : next + 1;
    }
    return next;
  }

  /* -------------------------------------------------------------- references and macros */

  /** `<<id,text>>`, or an address in angle brackets, which is read at its colon. */
  #readReference(at: number): number {
    const run = this.run;
    if (run[at + 1] !== '<' || at < this.#ends.reference || !/[\p{L}\p{N}_#/.:{]/u.test(run[at + 2] ?? ''))
      return at + 1;
    const close = this.find('>>', at + 3);
    if (close < 0) return at + 2;
    const comma = run.slice(at, close).indexOf(',');
    if (comma < 0 || run.slice(at + comma + 1, close).trim() === '') return this.hide(at, close + 2, OBJECT);
    this.#ends.reference = close;
    this.hide(close, close + 2);
    return this.hide(at, at + comma + 1);
  }

  #readCharacter(at: number): number {
    const reference = referenceAt(this.run, at);
    return reference ? this.hide(at, reference.end, reference.character) : at + 1;
  }

  #readAttribute(at: number): number {
    const end = matchEnd(REFERENCE, this.run, at);
    if (end < 0) return at + 1;
    const name = this.run.slice(at + 1, end - 1);
    return this.hide(at, end, CHARACTERS.get(name) ?? (name.startsWith('set:') ? '' : OBJECT));
  }

  /** A term of the index: `((seen))`, or `(((not, seen)))`. */
  #readTerm(at: number): number {
    const run = this.run;
    if (run[at + 2] === '(') return this.hide(at, this.find(')))', at + 3) + 3);
    const close = at < this.#ends.term ? -1 : this.find('))', at + 2);
    if (close < 0) return at + 2;
    this.#ends.term = close;
    this.hide(close, close + 2);
    return this.hide(at, at + 2);
  }

  #readColon(colon: number): number {
    const run = this.run;
    let start = colon;
    while (start > colon - 20 && /[a-z\d-]/i.test(run[start - 1] ?? '')) start--;
    const name = run.slice(start, colon);
    if (name === '' || (run[start - 1] !== '_' && isWordAt(run, start - 1))) return colon + 1;
    if (!run.startsWith('//', colon + 1)) return this.#readMacro(name, start, colon + 1);
    return SCHEMES.has(name) ? this.#readAddress(start, colon) : colon + 1;
  }

  #readAddress(start: number, colon: number): number {
    const run = this.run;
    let end = matchEnd(ADDRESS, run, colon + 3);
    if (run[end] === '[' && end > colon + 3) return this.#openText({ start, textStart: end + 1, kind: 'text' });
    if (run[start - 1] === '<' && run[end] === '>') return this.hide(start - 1, end + 1, OBJECT);
    while (end > colon && '.,;:!?)\'"*_`#~^'.includes(run[end - 1]!)) end--;
    // The address itself is hidden with all others.
    this.keep(start, end);
    return end;
  }

  #readMacro(name: string, start: number, at: number): number {
    const textStart = matchEnd(SPACED_TARGETS.has(name) ? TARGET_WITH_SPACES : TARGET, this.run, at);
    if (textStart < 0) return at;
    if (TEXTS.has(name)) return this.#openText({ start, textStart, kind: 'text' });
    if (NOTES.has(name)) return this.#openText({ start, textStart, kind: 'note' });
    const isMacro = OBJECTS.has(name) || HIDDEN.has(name) || (textStart > at + 1 && /^[a-z][a-z\d]+$/.test(name));
    const close = isMacro ? this.find(']', textStart, (end) => this.run[end - 1] !== '\\') : -1;
    if (close < 0) return at;
    if (name === 'image') this.#readAlternative(textStart, close);
    return this.hide(start, close + 1, HIDDEN.has(name) ? '' : OBJECT);
  }

  #readAlternative(from: number, to: number): void {
    const attributes = attributesOf(this.run, from, to);
    const text = attributes.find(({ name }) => name === 'alt') ?? attributes[0];
    if (text && (!text.name || text.name === 'alt'))
      this.asides.push({ start: text.start, end: text.end, kind: 'caption' });
  }

  #openText(opening: Opening): number {
    if (this.#open.length < MAXIMUM_DEPTH) this.#open.push(opening);
    return opening.textStart;
  }

  #closeText(at: number): number {
    const opening = this.#open.pop();
    if (!opening) return at + 1;
    const { start, textStart, kind } = opening;
    const text = this.run.slice(textStart, at);
    const label = kind === 'note' ? noteOf(this.run.startsWith('footnoteref', start), text) : labelOf(text);
    if (!label) return this.hide(start, at + 1, kind === 'note' ? '' : OBJECT);
    const [from, to] = [textStart + label.start, textStart + label.end];
    if (kind === 'note') {
      this.asides.push({ start: from, end: to, kind });
      this.signs.push({ start, end: at + 1, as: '' });
    }
    this.hide(start, from);
    return this.hide(to, at + 1);
  }

  /* -------------------------------------------------------------- formatting */

  #readFormatting(): void {
    const text = this.withoutOpaque();
    for (const mark of ['*', '_', '#']) if (text.includes(mark)) this.#readMarks(text, mark);
    for (const mark of ['^', '~']) if (text.includes(mark)) this.#readRaised(text, mark);
  }

  /** Finds `**a**`, which may stand within a word, and then `*a*`, which may not. */
  #readMarks(text: string, mark: string): void {
    const taken = new Set<number>();
    const double = mark + mark;
    for (let open = text.indexOf(double); open >= 0; ) {
      const close = text.indexOf(double, open + 3);
      if (close < 0) break;
      for (const at of [open, open + 1, close, close + 1]) taken.add(at);
      this.#format(open, close, 2);
      open = text.indexOf(double, close + 2);
    }
    const ends = (at: number) => !taken.has(at) && isSeen(text[at - 1]) && !isWordAt(text, at + 1, mark);
    for (let open = text.indexOf(mark); open >= 0; open = text.indexOf(mark, open + 1)) {
      if (taken.has(open) || !this.#opens(text, open, mark)) continue;
      let close = text.indexOf(mark, open + 2);
      while (close >= 0 && !ends(close)) close = text.indexOf(mark, close + 1);
      if (close < 0) return;
      this.#format(open, close, 1);
      open = close;
    }
  }

  #opens(text: string, at: number, mark: string): boolean {
    const before = (this.#roles.get(at) ?? at) - 1;
    return isSeen(text[at + 1]) && !isWordAt(text, before, mark) && !'&;:}'.includes(text[before] ?? ' ');
  }

  /** `^a^` and `~a~`: no white space stands between. */
  #readRaised(text: string, mark: string): void {
    for (let open = text.indexOf(mark); open >= 0; ) {
      const close = text.indexOf(mark, open + 1);
      if (close < 0) return;
      const raised = text.slice(open + 1, close);
      const pairs = raised !== '' && !/\s/.test(raised);
      if (pairs && mark === '^' && /^(?:TM|SM|R|®|™|℠|[\d*†‡,]{1,5})$/.test(raised)) this.hide(open, close + 1);
      else if (pairs) this.#format(open, close, 1);
      open = pairs ? text.indexOf(mark, close + 1) : close;
    }
  }

  /** Hides two marks, and the attributes before the first. What is struck out is said no more. */
  #format(open: number, close: number, size: number): void {
    const role = this.#roles.get(open);
    const start = role ?? open;
    if (role !== undefined && this.run.slice(role, open).includes('line-through'))
      this.signs.push({ start, end: close + size, as: '' });
    this.signs.push({ start, end: open + size, as: '' }, { start: close, end: close + size, as: '' });
  }

  /* -------------------------------------------------------------- helpers */

  /** Hides code with its marks and the attributes before it. */
  #hideMarked(start: number, end: number): number {
    const role = this.#roles.get(start);
    if (end > start && role !== undefined) this.hide(role, start);
    return this.hide(start, end, OBJECT);
  }
}

/** The part of a link's text that is its text: `[text^,role=wide]`; `undefined` if it has none. */
function labelOf(text: string): Span | undefined {
  let end = text.length;
  let start = 0;
  const [first] = text.includes('=') || text.startsWith('"') ? attributesOf(text, 0, text.length) : [];
  const attributes = text.includes('=') ? text.search(/,\s*[\w-]+\s*=/) : -1;
  if (first?.name) return undefined;
  if (first && text.trimStart().startsWith('"')) ({ start, end } = first);
  else if (attributes >= 0) end = attributes;
  if (text[end - 1] === '^') end--;
  return text.slice(start, end).trim() === '' ? undefined : { start, end };
}

/** The text of a footnote; of the older `footnoteref:[id,text]` what is behind the id. */
function noteOf(hasId: boolean, text: string): Span | undefined {
  const start = hasId ? (text.includes(',') ? text.indexOf(',') + 1 : text.length) : 0;
  return text.slice(start).trim() === '' ? undefined : { start, end: text.length };
}

function isSeen(character: string | undefined): boolean {
  return character !== undefined && !isSpace(character.charCodeAt(0));
}

/** True if a word's character stands there. `_` is one, unless it is itself a mark beside another one. */
function isWordAt(text: string, at: number, mark = ''): boolean {
  const code = text.charCodeAt(at);
  if (code === 95 && mark !== '' && mark !== '_') {
    const [before, after] = [text[at - 1], text[at + 1]];
    return isWordAt(text, before === mark ? at + 1 : after === mark ? at - 1 : at);
  }
  if (code < 128)
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 95;
  return code > 127 && text[at] !== GONE && /[\p{L}\p{N}\p{Pc}]/u.test(text[at]!);
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
