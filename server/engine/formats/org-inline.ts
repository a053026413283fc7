import { GONE, OBJECT } from '../document';
import { characterOf, isSpace } from './prose';
import { type Markup, MarkupReader, matchEnd } from './run';

/** Reads what Org marks within a run of text. */
export function readInline(run: string): Markup {
  if (!MARKUP.test(run)) return PLAIN;
  const reader = new Reader(run);
  reader.read();
  return reader;
}

const PLAIN: Markup = { signs: [], asides: [] };
/** What a run has that is more than text. */
const MARKUP = /[*/_+=~[\]<\\$]|\{\{\{|@@|\^\{/;
const SIGNS = /[=~[\]<\\$]|\{\{\{|@@|[_^]\{|:\/\/|\b(?:src_|call_|(?:file|attachment|doi):(?=\S))/g;
const FORMATTING = /[*/_+]/;

const TARGET = /\[\[(?:\\[[\]\\]|[^[\]])+\]/y;
const DATE = /[[<]\d{4}-\d\d-\d\d[^\]>\n]{0,60}[\]>](?:--[[<]\d{4}-\d\d-\d\d[^\]>\n]{0,60}[\]>])?/y;
const COOKIE = /\[(?:\d{0,5}\/\d{0,5}|\d{0,3}%)\]/y;
const NOTE = /\[fn:([^\]\s:[]*)(?::|\])/y;
const ADDRESS = /[^\s<>[\]]*/y;
const ANGLE_LINK = /<[a-zA-Z][\w+-]{0,30}:[^<>\n]{1,1000}>/y;
const FORMULA = /\$(?:[^\s,;.$]|[^\s,;.$][^$\n]{0,300}[^\s,.$])\$(?=[\s\-.,?;:'")]|$)/y;
const MACRO = /\{\{\{[a-zA-Z][\w-]*(?:\([^{}]{0,1000}\))?\}\}\}/y;
const SNIPPET = /@@[\w-]{1,30}:[^@]{0,1000}@@/y;
const RAISED = /[_^]\{([^{}\n]{0,300})\}/y;
const COMMAND = /\\[A-Za-z]+\*?(?:\[[^\][\n{}]{0,200}\]|\{[^{}\n]{0,300}\})*/y;
const SOURCE = /src_[^\s[{]{1,30}(?:\[[^\]\n]{0,300}\])?\{[^}\n]{0,1000}\}/y;
const CALL = /call_[^\s([]{1,60}(?:\[[^\]\n]{0,300}\])?\([^)\n]{0,300}\)(?:\[[^\]\n]{0,300}\])?/y;
const PLAIN_LINK = /(?:file|attachment|doi):[^\s()<>[\]]+/y;

/** Entities whose names are not those of HTML. */
const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({ vert: '|', dots: '…', slash: '/', plus: '+', under: '_', ast: '*', star: '*' }),
);
const MAXIMUM_DEPTH = 8;
const BEFORE = '-({\'"*/_+';
const BEHIND = '-.,;:!?\'")}[\\*/_+';

/** What is in brackets and has begun: a footnote, or text in one. */
interface Opening {
  readonly start: number;
  /** Absent of brackets that are text. */
  readonly noteStart?: number;
}

class Reader extends MarkupReader {
  readonly #open: Opening[] = [];
  /** Where the text of a link ends, so that its brackets close nothing else. */
  readonly #linkEnds = new Set<number>();
  /** The last mark that was found to end what is literal, by its kind. */
  readonly #closes = new Map<string, number>();
  #lineBreaks: readonly number[] | undefined;

  read(): void {
    SIGNS.lastIndex = 0;
    for (let match = SIGNS.exec(this.run); match; match = SIGNS.exec(this.run)) {
      const { index } = match;
      SIGNS.lastIndex = Math.max(index + 1, this.#readSign(match[0], index));
    }
    if (FORMATTING.test(this.run)) this.#readFormatting(this.withoutOpaque());
  }

  /** Reads what begins at `at`, and returns where to go on. */
  #readSign(sign: string, at: number): number {
    switch (sign[0]) {
      case '=':
      case '~':
        return this.#readLiteral(sign, at);
      case '[':
        return this.#readBracket(at);
      case ']':
        return this.#closeBracket(at);
      case '<':
        return this.#readAngle(at);
      case '\\':
        return this.#readBackslash(at);
      case '$':
        return this.#readFormula(at);
      case '{':
        return this.hide(at, matchEnd(MACRO, this.run, at), OBJECT);
      case '@':
        return this.hide(at, matchEnd(SNIPPET, this.run, at));
      case '_':
      case '^':
        return this.#readRaised(at);
      case ':':
        return this.#readAddress(at);
    }
    const pattern = sign === 'src_' ? SOURCE : sign === 'call_' ? CALL : PLAIN_LINK;
    return this.hide(at, matchEnd(pattern, this.run, at), OBJECT);
  }

  /** Verbatim text and code. */
  #readLiteral(mark: string, at: number): number {
    const { run } = this;
    if (!opens(run, at)) return at + 1;
    const known = this.#closes.get(mark);
    const ends = (end: number) => closes(run, end);
    const close = known !== undefined && known >= at + 2 ? known : this.find(mark, at + 2, ends);
    if (close < 0) return at + 1;
    this.#closes.set(mark, close);
    return this.#areNear(at, close) ? this.hide(at, close + 1, OBJECT) : at + 1;
  }

  /** True if there is at most one line break between two marks, which is how far they reach. */
  #areNear(open: number, close: number): boolean {
    this.#lineBreaks ??= [...this.run.matchAll(/\n/g)].map((match) => match.index);
    let low = 0;
    let high = this.#lineBreaks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#lineBreaks[middle]! < open) low = middle + 1;
      else high = middle;
    }
    const second = this.#lineBreaks[low + 1];
    return second === undefined || second > close;
  }

  /* -------------------------------------------------------------- brackets */

  /** A link, a footnote, a date, which is text, the state of a task, or a citation. */
  #readBracket(at: number): number {
    const { run } = this;
    const target = matchEnd(TARGET, run, at);
    if (target > 0 && run[target] === ']') return this.hide(at, target + 1, OBJECT);
    if (target > 0 && run[target] === '[') {
      const close = this.find(']]', target + 1);
      if (close > target + 1) {
        this.#linkEnds.add(close);
        this.hide(close, close + 2);
        return this.hide(at, target + 1);
      }
    }
    const date = matchEnd(DATE, run, at);
    if (date > 0) return this.keep(at, date);
    const cookie = matchEnd(COOKIE, run, at);
    if (cookie > 0) return this.hide(at, cookie);
    if (run.startsWith('[cite', at) && /[:/]/.test(run[at + 5] ?? ''))
      return this.hide(at, this.find(']', at) + 1, OBJECT);
    const note = matchEnd(NOTE, run, at);
    if (note > 0 && run[note - 1] === ']') return this.hide(at, note);
    if ((note > 0 || this.#open.length > 0) && this.#open.length < MAXIMUM_DEPTH) {
      this.#open.push(note > 0 ? { start: at, noteStart: note } : { start: at });
    }
    return note > 0 ? note : at + 1;
  }

  #closeBracket(at: number): number {
    if (this.#linkEnds.has(at)) return at + 2;
    const opening = this.#open.pop();
    if (opening?.noteStart === undefined) return at + 1;
    const { start, noteStart } = opening;
    this.asides.push({ start: noteStart, end: at, kind: 'note' });
    this.signs.push({ start, end: at + 1, as: '' });
    this.hide(start, noteStart);
    return this.hide(at, at + 1);
  }

  /** A date, a link, a target `<<name>>`, or the text `<<<text>>>` that others refer to. */
  #readAngle(at: number): number {
    const { run } = this;
    const date = matchEnd(DATE, run, at);
    if (date > 0) return this.keep(at, date);
    const link = matchEnd(ANGLE_LINK, run, at);
    if (link > 0) return this.hide(at, link, OBJECT);
    if (run[at + 1] !== '<' || !isSeen(run[at + 2])) return at + 1;
    if (run[at + 2] !== '<') {
      const close = this.find('>>', at + 3);
      return this.#areNear(at, close) ? this.hide(at, close + 2) : at + 2;
    }
    const close = this.find('>>>', at + 4);
    if (close < 0) return at + 3;
    this.hide(close, close + 3);
    return this.hide(at, at + 3);
  }

  /* -------------------------------------------------------------- LaTeX */

  /** A hard line break, an entity, a command or a formula of LaTeX. */
  #readBackslash(at: number): number {
    const { run } = this;
    const next = run[at + 1];
    if (next === '\\') {
      const end = matchEnd(/\\\\[ \t]*(?:\n|$)/y, run, at);
      return end > 0 ? this.hide(at, end, '\n') : at + 2;
    }
    if (next === '(' || next === '[') return this.hide(at, this.find(next === '(' ? '\\)' : '\\]', at + 2) + 2, OBJECT);
    if (next === '-') return this.hide(at, at + 2, '\u00AD');
    const end = matchEnd(COMMAND, run, at);
    if (end < 0) return at + 1;
    const written = run.slice(at + 1, end);
    const name = /^[A-Za-z]+/.exec(written)![0];
    const isEntity = written.length === name.length || written === `${name}{}`;
    const character = ENTITIES.get(name) ?? characterOf(`&${name};`);
    return this.hide(at, end, isEntity ? (character ?? OBJECT) : OBJECT);
  }

  #readFormula(at: number): number {
    const { run } = this;
    if (run[at + 1] === '$') return this.hide(at, this.find('$$', at + 2) + 2, OBJECT);
    return run[at - 1] === '$' ? at + 1 : this.hide(at, matchEnd(FORMULA, run, at), OBJECT);
  }

  /** `a_{b}` and `a^{b}`; a raised mark, such as the number of a note, is none of the text. */
  #readRaised(at: number): number {
    const { run } = this;
    const end = isSeen(run[at - 1]) ? matchEnd(RAISED, run, at) : -1;
    if (end < 0) return at + 1;
    if (run[at] === '^' && /^(?:TM|SM|R|®|™|℠|[\d*†‡,]{1,5})$/.test(run.slice(at + 2, end - 1)))
      return this.hide(at, end);
    this.hide(end - 1, end);
    return this.hide(at, at + 2);
  }

  /** Lets the marks in an address stand for themselves. The address itself is hidden with all others. */
  #readAddress(colon: number): number {
    const end = matchEnd(ADDRESS, this.run, colon);
    let last = end;
    while (last > colon && '.,;:!?)\'"*/_+'.includes(this.run[last - 1]!)) last--;
    return this.keep(colon, last);
  }

  /* -------------------------------------------------------------- formatting */

  #readFormatting(text: string): void {
    for (const mark of ['*', '/', '_', '+']) if (text.includes(mark)) this.#readMarks(text, mark);
  }

  #readMarks(text: string, mark: string): void {
    const next = (from: number) => {
      let close = text.indexOf(mark, from);
      while (close >= 0 && !closes(text, close)) close = text.indexOf(mark, close + 1);
      return close;
    };
    let close = -1;
    for (let open = text.indexOf(mark); open >= 0; open = text.indexOf(mark, open + 1)) {
      if (!opens(text, open)) continue;
      if (close < open + 2) close = next(open + 2);
      if (close < 0) return;
      if (!this.#areNear(open, close)) continue;
      // What is struck out is said no more.
      if (mark === '+') this.signs.push({ start: open, end: close + 1, as: '' });
      this.signs.push({ start: open, end: open + 1, as: '' }, { start: close, end: close + 1, as: '' });
      open = close;
    }
  }
}

/** The marks within a run that stand at its start and its end, as Org asks of what formats text. */
function opens(text: string, at: number): boolean {
  const before = text[at - 1];
  return isSeen(text[at + 1]) && (!isSeen(before) || before === GONE || BEFORE.includes(before!));
}

function closes(text: string, at: number): boolean {
  const behind = text[at + 1];
  return isSeen(text[at - 1]) && (!isSeen(behind) || behind === GONE || BEHIND.includes(behind!));
}

function isSeen(character: string | undefined): boolean {
  return character !== undefined && !isSpace(character.charCodeAt(0));
}
