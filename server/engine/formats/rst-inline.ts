import { GONE } from '../document';
import { isSpace, type Prose } from './prose';

/** What the text of a role is: prose, or one word that is none, such as code. */
export type RoleText = 'prose' | 'object';

/** What the roles are that a document defines itself; the name of the default role is empty. */
export type Roles = ReadonlyMap<string, RoleText>;

/** Reads the source up to `end` as text with inline markup, which `source` has; it reaches no further than the prose does. */
export function readInline(prose: Prose, source: string, end: number, roles: Roles): void {
  const text = source.slice(prose.at, end);
  SIGN.lastIndex = 0;
  if (SIGN.test(text)) new InlineReader(prose, text, roles).read();
  prose.keep(end);
  if (text.includes('--')) prose.revise(withDashes);
}

/** Two hyphens between words are a dash, and so are three. */
function withDashes(text: string): string {
  return text.replace(DASH, (hyphens) => (hyphens.length === 2 ? `–${GONE}` : `—${GONE}${GONE}`));
}

/** What the text of a role is that another one, or none, is made like. */
export function roleText(name: string): RoleText {
  return PROSE_ROLES.has(name) && !TARGET_ROLES.has(name) ? 'prose' : 'object';
}

/** The marks of inline markup as they stand in the source: one mark at a time. */
export const INLINE_MARK = /\s*<[^<>`]*>`_{0,2}|:[\w.+:-]+:`|_?`(?:__?|:[\w.+:-]+:)?|\*\*?|\\[\s\S]|[\s\S]/gy;

/** True if the marks are a pair, such as "`" and "`_", or `:ref:` with its backquote and " <target>`". */
export function isInlinePair(closer: string, opener: string): boolean {
  if (opener.startsWith('*')) return closer === opener;
  return opener.endsWith('`') && /^(?:\s*<[^<>]*>)?`/.test(closer);
}

/** Words in which no character is markup. */
export function escapeInline(words: string): string {
  return words.replace(/[\\*`|]|_(?![\p{L}\p{N}])/gu, '\\$&');
}

const DASH = /(?<=\s)---?(?=\s)|(?<=[\p{L}\p{N}"'”’)\u2060])---?(?=[\p{L}\p{N}"'“‘(\u2060])/gu;
/** The signs that markup begins with, or ends with if it has no beginning. */
const SIGN = /[*`|\\_{]/g;
const SIMPLE_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N}]|[-._+:](?=[\p{L}\p{N}]))*$/u;
/** How far back a role or the name of a reference may begin. */
const LONGEST_NAME = 100;

/** Of these the text is what the reader sees. */
const PROSE_ROLES = names(
  'emphasis strong sub subscript sup superscript title title-reference t term abbr abbreviation ac acronym dfn index ' +
    'ref doc numref any download keyword smallcaps underline strike del ins mark',
);
/** Of these only a text before the target is, as in "`text <target>`": the target alone is a label or a file's name. */
const TARGET_ROLES = names('ref doc numref any download');
const OBJECT_ROLES = names(
  'code code-block literal math raw eq file samp kbd command program option envvar makevar mimetype newsgroup regexp guilabel ' +
    'menuselection pep rfc pep-reference rfc-reference cve cwe token func function meth class mod attr data exc obj const ' +
    'confval issue pr pull user cite footcite bdg icon fa octicon',
);

class InlineReader {
  readonly #prose: Prose;
  readonly #text: string;
  readonly #base: number;
  readonly #roles: Roles;
  /** Marks that close nothing in the rest of the text, so that they are searched for once. */
  readonly #missing = new Set<string>();

  constructor(prose: Prose, text: string, roles: Roles) {
    this.#prose = prose;
    this.#text = text;
    this.#base = prose.at;
    this.#roles = roles;
  }

  read(): void {
    for (let at = 0; at < this.#text.length; ) {
      SIGN.lastIndex = at;
      const sign = SIGN.exec(this.#text);
      if (!sign) return;
      at = this.#readSign(sign[0], sign.index);
    }
  }

  /** Reads what begins or ends with the sign at `at`; where to go on. */
  #readSign(sign: string, at: number): number {
    switch (sign) {
      case '\\':
        return this.#readEscape(at, this.#text.length);
      case '*':
        return this.#readEmphasis(at);
      case '`':
        return this.#text[at + 1] === '`' ? this.#readLiteral(at) : this.#readInterpreted(at, at);
      case '|':
        return this.#readSubstitution(at);
      case '{':
        return this.#readTemplate(at);
      default:
        return this.#text[at + 1] === '`' ? this.#readInterpreted(at, at + 1) : this.#readReference(at);
    }
  }

  #keep(to: number): void {
    this.#prose.keep(this.#base + to);
  }

  #gone(from: number, to: number): void {
    this.#keep(from);
    this.#prose.gone(this.#base + to);
  }

  #object(from: number, to: number): void {
    this.#keep(from);
    this.#prose.object(this.#base + to);
  }

  /** A backslash keeps a character from being markup, and takes white space away. */
  #readEscape(at: number, to: number): number {
    const next = this.#text.charCodeAt(at + 1);
    if (at + 1 >= to) return at + 1;
    if (!isSpace(next)) {
      this.#gone(at, at + 1);
      return at + 2;
    }
    let end = at + 2;
    while (next === 10 && end < to && isSpace(this.#text.charCodeAt(end))) end++;
    this.#gone(at, end);
    return end;
  }

  /** Keeps the text between two places, without the backslashes of its escapes. */
  #keepText(from: number, to: number): void {
    const text = this.#text;
    for (let at = text.indexOf('\\', from); at >= 0 && at < to; ) {
      at = this.#readEscape(at, to);
      at = at < to ? text.indexOf('\\', at) : -1;
    }
    this.#keep(to);
  }

  #readEmphasis(at: number): number {
    const mark = this.#text[at + 1] === '*' ? '**' : '*';
    const start = at + mark.length;
    const close = this.#opens(at, start) ? this.#close(mark, start) : -1;
    if (close < 0) return start;
    this.#gone(at, start);
    this.#keepText(start, close);
    this.#gone(close, close + mark.length);
    return close + mark.length;
  }

  #readLiteral(at: number): number {
    const close = this.#opens(at, at + 2) ? this.#close('``', at + 2) : -1;
    if (close < 0) return at + 2;
    this.#object(at, close + 2);
    return close + 2;
  }

  #readSubstitution(at: number): number {
    const close = this.#opens(at, at + 1) ? this.#close('|', at + 1) : -1;
    if (close < 0) return at + 1;
    const end = close + 1 + this.#referenceEnd(close + 1);
    this.#object(at, end);
    return end;
  }

  /** An expression of a template engine is one word that is no prose, a statement none at all. */
  #readTemplate(at: number): number {
    const close = this.#text[at + 1] === '{' ? '}}' : this.#text[at + 1] === '%' ? '%}' : undefined;
    const end = close ? this.#find(close, at + 2) : -1;
    if (end < 0) return at + 1;
    if (close === '}}') this.#object(at, end + 2);
    else this.#gone(at, end + 2);
    return end + 2;
  }

  /** Reads a role with its text, a reference of more than one word, or a target inside the text, between backquotes. */
  #readInterpreted(at: number, quote: number): number {
    const text = this.#text;
    const isTarget = quote > at;
    const before = isTarget ? undefined : this.#roleBefore(at);
    const start = before ? at - before.length - 2 : at;
    const close = this.#opens(start, quote + 1) ? this.#close('`', quote + 1) : -1;
    if (close < 0) return quote + 1;
    const suffix = /^`(?:(__?)|:([\w.+:-]+):)?/.exec(text.slice(close, close + LONGEST_NAME))!;
    const end = close + suffix[0].length;
    const content = text.slice(quote + 1, close);
    const target = isTarget ? null : /(?:^|\s+)<[^<>]+>$/.exec(content.slice(-2000));
    const length = content.length - (target?.[0].length ?? 0);
    if (isTarget || this.#isProse(content.slice(0, length), { role: before ?? suffix[2], suffix: suffix[1], target })) {
      this.#gone(start, quote + 1);
      this.#keepText(quote + 1, quote + 1 + length);
      this.#gone(quote + 1 + length, end);
    } else if (isRaised(before ?? suffix[2], content)) this.#gone(start, end);
    else this.#object(start, end);
    return end;
  }

  /** True if what stands between backquotes is prose. Of a role that is not known a phrase is, and what stands before a target, but not one word, which is often code. */
  #isProse(words: string, { role, suffix, target }: { role?: string; suffix?: string; target: unknown }): boolean {
    if (words.trim() === '') return false;
    if (suffix) return true;
    const name = (role ?? '').replace(/^std:/, '');
    const own = this.#roles.get(name);
    if (own) return own === 'prose';
    if (isRaised(name, words)) return false;
    if (PROSE_ROLES.has(name)) return target !== null || !TARGET_ROLES.has(name);
    if (OBJECT_ROLES.has(name) || (name.includes(':') && !target)) return false;
    return (target !== null && !name.includes(':')) || /\S\s+\S/.test(words);
  }

  /** The name of the role that stands in colons before the backquote at `at`. */
  #roleBefore(at: number): string | undefined {
    if (this.#text[at - 1] !== ':') return undefined;
    const role = /:([\p{L}\p{N}][\w.+:-]*):$/u.exec(this.#text.slice(Math.max(0, at - LONGEST_NAME), at));
    const start = role ? at - role[0].length : -1;
    return start >= 0 && this.#base + start >= this.#prose.at && this.#mayFollow(start) ? role![1] : undefined;
  }

  /** Reads the end of a reference such as `name_`, `[1]_` or `[name]_`. */
  #readReference(at: number): number {
    const text = this.#text;
    const end = at + this.#referenceEnd(at);
    if (end === at || !isEnd(text, end)) return at + 1;
    const from = Math.max(0, this.#prose.at - this.#base, at - LONGEST_NAME);
    const before = text.slice(from, at);
    const note = /\[(?:(\d+|#[\w.-]*|\*)|[\p{L}\p{N}][\w.+:-]*)\]$/u.exec(before);
    if (note && this.#mayFollow(at - note[0].length)) {
      if (note[1]) this.#gone(at - note[0].length, end);
      else this.#object(at - note[0].length, end);
      return end;
    }
    const name = /[\p{L}\p{N}][\p{L}\p{N}.+:_-]*$/u.exec(before);
    if (name && SIMPLE_NAME.test(name[0]) && this.#mayFollow(at - name[0].length)) this.#gone(at, end);
    return end;
  }

  /** How many of the one or two underscores of a reference stand at a place. */
  #referenceEnd(at: number): number {
    return this.#text[at] !== '_' ? 0 : this.#text[at + 1] === '_' ? 2 : 1;
  }

  /** True if a mark from `start` to `end` may open markup: after white space or an opening sign, before neither space nor what closes that sign. */
  #opens(start: number, end: number): boolean {
    const next = this.#text.charCodeAt(end);
    if (end >= this.#text.length || isSpace(next) || !this.#mayFollow(start)) return false;
    return start === 0 || CLOSERS.get(this.#text[start - 1]!) !== this.#text[end];
  }

  /** True if markup may begin at a place: at the start, behind markup, behind white space or an opening sign. */
  #mayFollow(start: number): boolean {
    return this.#base + start === this.#prose.at || isBorder(this.#text, start - 1, BEFORE);
  }

  /** Where the mark stands that closes what begins at `from`; -1 if there is none. */
  #close(mark: string, from: number): number {
    const first = mark === '``' ? from : from + 1;
    for (let at = this.#find(mark, first); at >= 0; at = this.#find(mark, at + 1)) {
      if (isSpace(this.#text.charCodeAt(at - 1)) || (mark !== '``' && isEscaped(this.#text, at))) continue;
      if (isEnd(this.#text, at + mark.length + this.#suffixLength(mark, at))) return at;
    }
    this.#missing.add(mark);
    return -1;
  }

  /** The length of what may follow a closing mark and belongs to it. */
  #suffixLength(mark: string, at: number): number {
    if (mark === '|') return this.#referenceEnd(at + 1);
    if (mark !== '`') return 0;
    const suffix = /^(?:__?|:[\p{L}\p{N}][\w.+:-]*:(?!`))/u.exec(this.#text.slice(at + 1, at + LONGEST_NAME));
    return suffix?.[0].length ?? 0;
  }

  #find(mark: string, from: number): number {
    if (this.#missing.has(mark)) return -1;
    const at = this.#text.indexOf(mark, from);
    if (at < 0) this.#missing.add(mark);
    return at;
  }
}

/** Signs of ASCII between which markup may stand; of other signs all punctuation is one. */
const BEFORE = '-/:\'"<([{';
const AFTER = '-/:\'">)]}.,;!?\\';
const CLOSERS: ReadonlyMap<string, string> = new Map(
  ['""', "''", '()', '[]', '{}', '<>', '“”', '‘’', '«»', '„“'].map((pair) => [pair[0]!, pair[1]!]),
);

function isEnd(text: string, at: number): boolean {
  return at >= text.length || isBorder(text, at, AFTER);
}

function isBorder(text: string, at: number, signs: string): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return isSpace(code) || signs.includes(text[at]!);
  return /[\p{P}\p{Z}]/u.test(text[at]!);
}

function isEscaped(text: string, at: number): boolean {
  let from = at;
  while (text[from - 1] === '\\') from--;
  return (at - from) % 2 === 1;
}

/** True for the number of a note or a trademark sign. */
function isRaised(role: string | undefined, text: string): boolean {
  return /^(?:sup|superscript)$/.test(role ?? '') && /^(?:[\d*†‡,]{1,5}|TM|SM|R|®|™)$/.test(text);
}

function names(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
