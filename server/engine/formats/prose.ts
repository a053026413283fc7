import { type Block, type Comment, GONE, OBJECT } from '../document';
import type { Span } from '../text';

/**
 * Writes the text of one block along its source, from left to right: each code unit is kept, blanked or replaced, so that
 * the text stays as long as what was read. A call that goes back behind `at` does nothing.
 */
export class Prose {
  readonly start: number;
  readonly #source: string;
  #text = '';
  /** At the start of a line, where white space is layout. */
  #fresh = true;

  constructor(source: string, start: number) {
    this.#source = source;
    this.start = start;
  }

  /** How far the source has been read. */
  get at(): number {
    return this.start + this.#text.length;
  }

  /** Reads the source up to `to` as prose; a line break is a space, and white space around it is layout. */
  keep(to: number): void {
    let at = this.at;
    while (at < to) at = this.#fresh ? this.#layoutEnd(at, to) : this.#lineEnd(at, to);
  }

  /** Reads the source up to `to` as markup. */
  gone(to: number): void {
    if (to > this.at) this.#text += blanks(to - this.at);
  }

  /** Reads the source up to `to` as one word that is no prose. */
  object(to: number): void {
    this.replace(OBJECT, to);
  }

  /** Reads the source up to `to` as `characters`, which must not be longer. */
  replace(characters: string, to: number): void {
    const size = to - this.at;
    if (size < characters.length) {
      this.gone(to);
      return;
    }
    this.#text += characters + blanks(size - characters.length);
    this.#fresh = false;
  }

  /** Reads the source up to `to` as a hard line break. */
  break(to: number): void {
    if (to <= this.at) return;
    this.replace('\n', to);
    this.#fresh = true;
  }

  /** Forgets what was read from `to` on. */
  rewind(to: number): void {
    this.#text = this.#text.slice(0, Math.max(0, to - this.start));
  }

  /** Replaces what was read by what `revision` makes of it and of its source, which must be as long. */
  revise(revision: (text: string, source: string) => string): void {
    this.#text = revision(this.#text, this.#source.slice(this.start, this.at));
  }

  /** What was read from `from` on. */
  since(from: number): string {
    return this.#text.slice(Math.max(0, from - this.start));
  }

  /**
   * What was read as a block, without white space at its ends and what is beyond; `undefined` if nothing in it can be
   * seen. Its offsets are those of the source plus `shift`.
   */
  block(standing: Standing, shift = 0): Block | undefined {
    const text = this.#text;
    if (!visible(text)) return undefined;
    const from = this.#visibleStart();
    const to = this.#visibleEnd();
    const start = this.start + from + shift;
    const { kind, level, cell, quoted } = standing;
    // All blocks are made with the same properties in the same order, which is fast.
    return {
      start,
      end: this.start + to + shift,
      kind,
      text: hideAddresses(copyOf(text.slice(from, to))),
      level,
      cell,
      quoted,
    };
  }

  /** Markup that touches the first or the last word belongs to the block, such as the marks of emphasis. */
  #visibleStart(): number {
    const text = this.#text;
    let from = 0;
    while (text[from] === GONE || isSpace(text.charCodeAt(from))) from++;
    while (from > 0 && text[from - 1] === GONE && !isSpace(this.#source.charCodeAt(this.start + from - 1))) from--;
    return from;
  }

  #visibleEnd(): number {
    const text = this.#text;
    let to = text.length;
    while (to > 0 && (text[to - 1] === GONE || isSpace(text.charCodeAt(to - 1)))) to--;
    while (to < text.length && text[to] === GONE && !isSpace(this.#source.charCodeAt(this.start + to))) to++;
    return to;
  }

  #layoutEnd(at: number, to: number): number {
    let end = at;
    while (end < to && isSpace(this.#source.charCodeAt(end))) end++;
    this.#text += blanks(end - at);
    if (end < to) this.#fresh = false;
    return end;
  }

  #lineEnd(at: number, to: number): number {
    const rest = this.#source.slice(at, to);
    const lineBreak = rest.indexOf('\n');
    if (lineBreak < 0) {
      this.#text += rest;
      return to;
    }
    let end = lineBreak;
    while (end > 0 && isSpace(rest.charCodeAt(end - 1))) end--;
    this.#text += `${rest.slice(0, end)}${blanks(lineBreak - end)} `;
    this.#fresh = true;
    return at + lineBreak + 1;
  }
}

/** What a block is, apart from its place and text. */
export type Standing = Pick<Block, 'kind' | 'level' | 'cell' | 'quoted'>;

/** The text without the document that it is a slice of, which would otherwise live as long as the slice does. */
export function copyOf(text: string): string {
  return ` ${text}`.slice(1);
}

/** The block `by` code units further on, its table with a number that is higher by `tables`. */
export function movedBlock(block: Block, by: number, tables = 0): Block {
  const { start, end, kind, text, level, cell, quoted } = block;
  const moved = cell && tables !== 0 ? { ...cell, table: cell.table + tables } : cell;
  return { start: start + by, end: end + by, kind, text, level, cell: moved, quoted };
}

/** The comment `by` code units further on. */
export function movedComment({ start, end, textStart, text }: Comment, by: number): Comment {
  return { start: start + by, end: end + by, textStart: textStart + by, text };
}

/** A text of the same length in which each URL and e-mail address is one `OBJECT`. */
export function hideAddresses(text: string): string {
  if (!text.includes('://') && !text.includes('@') && !text.includes('www.')) return text;
  let result = '';
  let at = 0;
  for (const sign of text.matchAll(/:\/\/|@|\bwww\.|\bmailto:/g)) {
    if (sign.index < at) continue;
    const address = sign[0] === '@' ? mailAddress(text, sign.index, at) : webAddress(text, sign.index, at);
    if (!address) continue;
    result += text.slice(at, address.start) + OBJECT + blanks(address.end - address.start - 1);
    at = address.end;
  }
  return result + text.slice(at);
}

/** The character that a character reference such as `&amp;` or `&#38;` stands for; `undefined` if there is none. */
export function characterOf(reference: string): string | undefined {
  const name = reference.slice(1, -1);
  if (!name.startsWith('#')) return characterNames().get(name);
  const hexadecimal = name[1] === 'x' || name[1] === 'X';
  const digits = name.slice(hexadecimal ? 2 : 1);
  if (!(hexadecimal ? /^[\da-f]{1,6}$/i : /^\d{1,7}$/).test(digits)) return undefined;
  const code = Number.parseInt(digits, hexadecimal ? 16 : 10);
  // CommonMark 2.5: zero, surrogates and what is beyond Unicode become U+FFFD.
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return '\uFFFD';
  return String.fromCodePoint(code);
}

/** True for the name of a reference that a browser reads without its semicolon too, HTML 13.5. */
export function isOldName(name: string): boolean {
  oldNames ??= new Set([...LATIN_1.split(' '), ...'quot QUOT amp AMP lt LT gt GT COPY REG'.split(' ')]);
  return oldNames.has(name);
}

/** `count` times `GONE`. */
export function blanks(count: number): string {
  return count <= 0 ? '' : GONE.repeat(count);
}

/** True for space, tab and line break. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** True if the text has more to it than white space and markup. */
export function visible(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 0x2060 && code !== 0xa0 && !isSpace(code)) return true;
  }
  return false;
}

function webAddress(text: string, sign: number, after: number): Span | undefined {
  let start = sign;
  if (text[sign] === ':') while (start > after && isSchemeCode(text.charCodeAt(start - 1))) start--;
  let end = sign;
  while (end < text.length && isAddressCode(text.charCodeAt(end))) end++;
  end = withoutPunctuation(text, start, end);
  return end - sign > (text[sign] === ':' ? 3 : 4) && (start < sign || text[sign] !== ':') ? { start, end } : undefined;
}

function mailAddress(text: string, sign: number, after: number): Span | undefined {
  let start = sign;
  while (start > after && isMailCode(text.charCodeAt(start - 1))) start--;
  let end = sign + 1;
  while (end < text.length && isMailCode(text.charCodeAt(end))) end++;
  while (end > sign && !isWordCode(text.charCodeAt(end - 1))) end--;
  return start < sign && text.slice(sign + 2, end - 1).includes('.') ? { start, end } : undefined;
}

/** The end without closing punctuation, GFM 6.9: a parenthesis belongs to the address if it was opened there. */
function withoutPunctuation(text: string, start: number, end: number): number {
  let open = 0;
  for (let at = start; at < end; at++) open += text[at] === '(' ? 1 : text[at] === ')' ? -1 : 0;
  let last = end;
  for (; last > start; last--) {
    const character = text[last - 1]!;
    if (character === ')' ? open++ >= 0 : !`.,;:!?'"*_~]${GONE}`.includes(character)) break;
  }
  return last;
}

function isWordCode(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

function isSchemeCode(code: number): boolean {
  return isWordCode(code) || code === 43 || code === 45 || code === 46;
}

/** `GONE` is part of an address: the backslash in `a\_b` was written for Markdown. */
function isAddressCode(code: number): boolean {
  return code > 32 && code !== 34 && code !== 60 && code !== 62 && code !== 0xa0 && code !== 0xfffc;
}

function isMailCode(code: number): boolean {
  return isSchemeCode(code) || code === 95 || code === 0x2060;
}

// HTML 4.01 section 24 and the names of ASCII characters in HTML 5. A rarer name stays as it was written.
const LATIN_1 =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro ' +
  'para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil ' +
  'Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave ' +
  'Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml ' +
  'igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute ' +
  'thorn yuml';
const NAMED =
  'quot" QUOT" amp& AMP& lt< LT< gt> GT> apos\' excl! num# dollar$ percnt% lpar( rpar) ast* plus+ comma, period. sol/ ' +
  'colon: semi; equals= quest? commat@ lbrack[ lsqb[ bsol\\ rbrack] rsqb] hat^ lowbar_ grave` lbrace{ lcub{ verbar| ' +
  'vert| rbrace} rcub} OEligŒ oeligœ ScaronŠ scaronš YumlŸ fnofƒ circˆ tilde˜ AlphaΑ BetaΒ GammaΓ DeltaΔ EpsilonΕ ' +
  'ZetaΖ EtaΗ ThetaΘ IotaΙ KappaΚ LambdaΛ MuΜ NuΝ XiΞ OmicronΟ PiΠ RhoΡ SigmaΣ TauΤ UpsilonΥ PhiΦ ChiΧ PsiΨ OmegaΩ ' +
  'alphaα betaβ gammaγ deltaδ epsilonε zetaζ etaη thetaθ iotaι kappaκ lambdaλ muμ nuν xiξ omicronο piπ rhoρ sigmafς ' +
  'sigmaσ tauτ upsilonυ phiφ chiχ psiψ omegaω dash‐ hyphen‐ horbar― ndash– mdash— lsquo‘ rsquo’ sbquo‚ ldquo“ ' +
  'rdquo” bdquo„ dagger† Dagger‡ bull• hellip… mldr… permil‰ prime′ Prime″ lsaquo‹ rsaquo› oline‾ frasl⁄ euro€ ' +
  'imageℑ weierp℘ realℜ trade™ TRADE™ COPY© REG® alefsymℵ larr← uarr↑ rarr→ darr↓ harr↔ crarr↵ lArr⇐ uArr⇑ rArr⇒ ' +
  'dArr⇓ hArr⇔ forall∀ part∂ exist∃ empty∅ nabla∇ isin∈ notin∉ ni∋ prod∏ sum∑ minus− lowast∗ radic√ prop∝ infin∞ ' +
  'ang∠ and∧ or∨ cap∩ cup∪ int∫ there4∴ sim∼ cong≅ asymp≈ ne≠ equiv≡ le≤ ge≥ sub⊂ sup⊃ nsub⊄ sube⊆ supe⊇ oplus⊕ ' +
  'otimes⊗ perp⊥ sdot⋅ lceil⌈ rceil⌉ lfloor⌊ rfloor⌋ lang⟨ rang⟩ loz◊ spades♠ clubs♣ hearts♥ diams♦ star☆ check✓ ' +
  'checkmark✓ cross✗ NewLine\n Tab\t ensp\u2002 emsp\u2003 numsp\u2007 puncsp\u2008 thinsp\u2009 hairsp\u200A ' +
  'zwnj\u200C zwj\u200D lrm\u200E rlm\u200F';

let names: ReadonlyMap<string, string> | undefined;
let oldNames: ReadonlySet<string> | undefined;

function characterNames(): ReadonlyMap<string, string> {
  if (names) return names;
  const latin = LATIN_1.split(' ').map((name, index): [string, string] => [name, String.fromCharCode(160 + index)]);
  const others = NAMED.split(/ /).map((entry): [string, string] => [entry.slice(0, -1), entry.slice(-1)]);
  names = new Map([...latin, ...others]);
  return names;
}
