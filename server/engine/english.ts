import { GONE, OBJECT } from './document';
import type { Span } from './text';

/** A word, a punctuation mark or a placeholder, wherever it stands. */
export interface Form {
  readonly kind: 'word' | 'mark' | 'object';
  /** Lower case, without invisible characters; typographic quotes and hyphens are their ASCII counterparts. */
  readonly norm: string;
  /** The letters as written, without invisible characters. */
  readonly surface: string;
  /** True if white space stands before it, or the text begins with it. */
  readonly spaced: boolean;
}

/** A form at its place. */
export interface Token extends Form, Span {}

const INVISIBLE = '\u2060\u00AD\u200B-\u200D\uFEFF\u034F';
const TOKEN = new RegExp(
  `['’](?:s|re|ve|ll|d|m)(?![\\p{L}\\p{N}])|[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}${INVISIBLE}]|['’](?=t(?![\\p{L}\\p{N}])))*|${OBJECT}|\`\`|''|[^\\s${INVISIBLE}]`,
  'giu',
);
const HIDDEN = new RegExp(`[${INVISIBLE}]`, 'g');
const IS_HIDDEN = new RegExp(`[${INVISIBLE}]`);
const PLAIN_MARKS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '‐': '-',
    '‑': '-',
    '‒': '-',
    '−': '-',
    '–': '–',
    '—': '—',
    '``': '"',
    "''": '"',
    '“': '"',
    '”': '"',
    '„': '"',
    '«': '"',
    '»': '"',
    '‘': "'",
    '’': "'",
    '／': '/',
    '（': '(',
    '）': ')',
  }),
);

/** The words and marks of a text. Invisible characters (blanked markup, soft hyphens) do not separate. `offset` is added to all spans. */
export function tokenize(text: string, offset = 0): readonly Token[] {
  const tokens: Token[] = [];
  const isHiding = IS_HIDDEN.test(text);
  let last = 0;
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [written] = match;
    const start = match.index;
    const surface = isHiding ? written.replace(HIDDEN, '') : written;
    tokens.push({
      start: start + offset,
      end: start + offset + (isHiding ? trimmedLength(written) : written.length),
      kind: kindOf(surface),
      norm: normalForm(surface),
      surface,
      // Between tokens stand white space and invisible characters only.
      spaced: start === 0 || (isHiding ? /\s/.test(text.slice(last, start)) : start > last),
    });
    last = start + written.length;
  }
  return tokens;
}

/** A word as it is compared: lower case, ASCII hyphen and quotes. */
export function normalForm(word: string): string {
  const plain = word.length <= 2 ? PLAIN_MARKS.get(word) : undefined;
  if (plain !== undefined) return plain;
  return word.includes('’') ? word.toLowerCase().replaceAll('’', "'") : word.toLowerCase();
}

/** A text in which words in normal form can be searched for. */
export function searchable(text: string): string {
  return text.replace(HIDDEN, '').replaceAll('’', "'").toLowerCase();
}

function kindOf(surface: string): Token['kind'] {
  if (surface === OBJECT) return 'object';
  return /^['’]?[\p{L}\p{N}]/u.test(surface) ? 'word' : 'mark';
}

/** The length of a match without the invisible characters that trail it. */
function trimmedLength(match: string): number {
  let end = match.length;
  while (end > 1 && IS_HIDDEN.test(match[end - 1]!)) end--;
  return end;
}

/** Abbreviations after whose full stop a sentence goes on. */
const ABBREVIATIONS = new Set(
  (
    'e.g i.e eg ie cf vs viz resp incl excl approx ca al etc dr mr mrs ms prof st fig figs sec sect ch chap vol no nos nr eq ' +
    'eqs pos ref refs app appx art par para pp ed eds jan feb mar apr jun jul aug sep sept oct nov dec u.s u.k a.k.a aka d.h z.b'
  ).split(' '),
);
/** After these a sentence may end, and does when a capital follows. */
const FINAL_ABBREVIATIONS = new Set(['etc', 'al', 'inc', 'ltd', 'corp', 'co', 'u.s', 'u.k', 'no']);
const STOP = /[.!?…]+[)\]"'”’»*_\u2060]*(?=\s|$)|[。！？]+[」』）]*|\n/g;

/** What is longer, in code units, is a list or no prose at all: it is cut between words, so that time grows with the length of a text. */
const LONGEST_SENTENCE = 1500;

/** The sentences of a block's text, relative to it: after a stop, at hard breaks; white space around them is left out. */
export function sentenceSpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const match of text.matchAll(STOP)) {
    const end = match.index + match[0].length;
    if (!endsSentence(text, match.index, end)) continue;
    pushTrimmed(spans, text, start, end);
    start = end;
  }
  pushTrimmed(spans, text, start, text.length);
  return spans;
}

function endsSentence(text: string, stop: number, end: number): boolean {
  if (text[stop] !== '.' || text[stop + 1] === '.') return text[stop] === '\n' || !startsLower(text, end);
  if (startsLower(text, end)) return false;
  const word = wordBefore(text, stop);
  if (/^\p{Lu}$/u.test(word) && isInitial(text, stop - 1)) return false;
  if (/^\d{1,3}$/.test(word) && text.slice(0, stop).trim() === word) return false; // A list number.
  const folded = word.toLowerCase();
  if (folded === 'no') return isAnswer(text, stop) && !startsNumber(text, end);
  if (FINAL_ABBREVIATIONS.has(folded)) return /^[\s\u2060]*["'“‘(]?\p{Lu}/u.test(text.slice(end, end + 12));
  return !ABBREVIATIONS.has(folded);
}

/** True of the "No." that begins a text or stands behind another sentence. */
function isAnswer(text: string, stop: number): boolean {
  return /(?:^|[.!?:])[\s\u2060"'“]*$/.test(text.slice(Math.max(0, stop - 12), stop - 2));
}

function startsNumber(text: string, at: number): boolean {
  return /^[\s\u2060]*[\p{N}A-Z]?\p{N}/u.test(text.slice(at, at + 12));
}

/** True of "J. Holler", false of a unit or a label: "24 V.", "plan B.". */
function isInitial(text: string, letter: number): boolean {
  const before = /([\p{L}\d]+)[\s\u2060]+$/u.exec(text.slice(Math.max(0, letter - 24), letter))?.[1] ?? '';
  return !/\d$/.test(before) && (!/^\p{Ll}/u.test(before) || FUNCTION_WORDS.has(before));
}

function startsLower(text: string, at: number): boolean {
  return (
    /^[\s\u2060]*["'“‘([]?\p{Ll}/u.test(text.slice(at, at + 24)) &&
    !/^[\s\u2060]*(?:i[A-Z]|e[A-Z])/.test(text.slice(at, at + 12))
  );
}

function wordBefore(text: string, stop: number): string {
  let start = stop;
  while (start > Math.max(0, stop - 24) && /[\p{L}\p{N}.\u2060]/u.test(text[start - 1]!)) start--;
  return text.slice(start, stop).replaceAll(GONE, '');
}

function pushTrimmed(spans: Span[], text: string, from: number, to: number): void {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  while (end - start > LONGEST_SENTENCE) {
    const cut = cutBefore(text, start, start + LONGEST_SENTENCE);
    pushTrimmed(spans, text, start, cut);
    start = cut;
  }
  if (start < end) spans.push({ start, end });
}

/** Behind the last white space before `to`, or `to` where there is none. */
function cutBefore(text: string, from: number, to: number): number {
  for (let at = to; at > from; at--) if (isBlank(text.charCodeAt(at - 1))) return at;
  return to;
}

function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x2060;
}

/** Letters whose names begin with a vowel sound: "an M2M gateway". */
const VOWEL_LETTERS = 'AEFHILMNORSX8';
const VOWEL_SOUND = /^(?:[aeio]|u(?!ni[^nm]|s[aeiu]|bi|tili|k|fo|ra)|hon(?:est|or|our)|hour|heir)/i;

/** Acronyms that are read as words and begin with a letter whose name begins with a vowel sound. */
const READ_AS_WORDS = new Set(
  'SIM SIMS LAN MAC RAM ROM NAT SCADA LORA LORAWAN LIDAR MIMO SATA SOAP REST NATO NASA RAID SAML SAAS FAT FIFO LIFO'.split(
    ' ',
  ),
);

/** The indefinite article before a phrase. */
export function articleFor(phrase: string): 'a' | 'an' {
  const word = /[\p{L}\p{N}]+/u.exec(phrase)?.[0] ?? '';
  if (/^\d/.test(word)) return /^(?:8|1[18]$)/.test(word) ? 'an' : 'a';
  const spelled =
    /^[\p{Lu}\p{N}]{2,}s?$/u.test(word) ||
    /^(?=.*\p{Lu}.*\p{Lu})[\p{L}\p{N}]{2,5}$/u.test(word) ||
    /^[a-z]\d+$|^\p{Lu}$/u.test(word);
  if (spelled && !READ_AS_WORDS.has(word.toUpperCase()))
    return VOWEL_LETTERS.includes(word[0]!.toUpperCase()) ? 'an' : 'a';
  return VOWEL_SOUND.test(word) && !/^(?:one|once|eu)/i.test(word) ? 'an' : 'a';
}

const IRREGULAR: ReadonlyMap<string, string> = new Map(
  Object.entries({
    people: 'person',
    men: 'man',
    women: 'woman',
    indices: 'index',
    media: 'medium',
    data: 'data',
  }),
);

/** The singular of a noun in normal form, as good as a word alone allows. */
export function singular(noun: string): string {
  const irregular = IRREGULAR.get(noun);
  if (irregular) return irregular;
  if (noun.length < 4 || /(?:ss|us|is|ics)$/.test(noun)) return noun;
  if (/ies$/.test(noun)) return `${noun.slice(0, -3)}y`;
  if (/(?:ch|sh|x|z|ss)es$/.test(noun)) return noun.slice(0, -2);
  return noun.endsWith('s') ? noun.slice(0, -1) : noun;
}

/** True if a noun in normal form looks plural. */
export function isPlural(noun: string): boolean {
  return IRREGULAR.has(noun) || singular(noun) !== noun;
}

/** Words that make no difference inside a phrase that is looked for. */
export const IMMATERIAL: ReadonlySet<string> = new Set(['a', 'an', 'the', 'any', 'its', 'their', 'our', 'your']);

/** Past forms of irregular verbs that are no nouns: a noun phrase ends before them. */
export const IRREGULAR_VERBS: ReadonlySet<string> = new Set(
  (
    'arose arisen ate eaten beat beaten became began begun bent bit bitten blew blown broke broken brought built bought came caught chose chosen clung ' +
    'crept dealt did done drew drawn drank drunk drove driven fell fallen fed felt fought found fled flew flown forbade forbidden forgot forgotten froze frozen ' +
    'gave given went gone got gotten grew grown had hung heard held hid hidden kept knew known laid lain led left lent lost made meant met paid put quit ran ' +
    'rang rung rode ridden rose risen said sat saw seen sold sent shook shaken shone shot shown shrank shrunk shut slept slid spoke spoken spent spun spread ' +
    'stood stole stolen stuck struck swore sworn swept swam swum swung took taken taught tore torn told thought threw thrown understood woke woken wore worn won ' +
    'wound withdrew withdrawn wrote written'
  ).split(' '),
);

/** Nouns that look like participles. */
export const NOUNS_IN_ING: ReadonlySet<string> = new Set(
  'billing building computing engineering housing learning lighting logging machining manufacturing messaging metering modeling monitoring networking planning pricing processing programming provisioning roaming routing sensing signaling streaming string testing thing tracking training wiring'.split(
    ' ',
  ),
);

/** Function words and others that cannot be part of a compound noun; a noun phrase ends before them. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  (
    'a an the this that these those my your his her its our their some any each every no all both either neither another other such same ' +
    'i you he she it we they me him us them myself yourself himself herself itself ourselves yourselves themselves who whom whose which what there here ' +
    'and or but nor so yet for of to in on at by with from into onto over under between among through during before after about against ' +
    'behind beneath beside below above inside outside around along toward towards beyond despite except whenever wherever whoever whichever whatever ' +
    'within without across via per as than like unlike versus vs while whereas because since if when where whether although though unless until ' +
    "is are was were be been being am 's 're has have had do does did can could may might shall should will would must cannot " +
    "isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't hasn't haven't hadn't " +
    'not never only also too just even still already very more most less least much many few several then thus hence therefore however ' +
    'using uses use used including include includes provides provide enables enable allows allow makes make means mean refers refer becomes become ' +
    'called known named termed based simply now often sometimes usually always again instead rather together up out off down once twice today tomorrow yesterday soon later earlier back away well right first last again too ashore aboard abroad upstairs downstairs onsite offshore overseas indoors outdoors nearby elsewhere anew afresh alike'
  ).split(' '),
);

/** All forms of a verb that is given by its base form. */
export function formsOf(verb: string): readonly string[] {
  const irregular = FORMS.get(verb);
  const stem = /[^e]e$/.test(verb) ? verb.slice(0, -1) : DOUBLING.test(verb) ? verb + verb.at(-1) : verb;
  const third = pluralOf(verb); // An -s of verbs is spelled like that of nouns.
  const past = irregular ?? [/[^aeiou]y$/.test(verb) ? `${verb.slice(0, -1)}ied` : `${stem}ed`];
  return [verb, verb === 'have' ? 'has' : third, `${stem}ing`, ...past];
}

/** Verbs whose last letter is doubled before -ing and -ed: one short vowel before one consonant, stressed. */
const DOUBLING = /^[^aeiou]*[aeiou][bdgmnprt]$|fer$(?<!differ)$/;

const FORMS: ReadonlyMap<string, readonly string[]> = new Map(
  (
    'say said|mean meant|write wrote written|read|speak spoke spoken|see saw seen|hear heard|find found|meet met|have had|bear bore borne|hold held|' +
    'think thought|feel felt|swear swore sworn|tell told|set|keep kept|grow grew grown|arise arose arisen|come came|spring sprang sprung|spin spun|understand understood|take took taken'
  )
    .split('|')
    .map((forms) => forms.split(' '))
    .map(([verb = '', ...others]) => [verb, others]),
);

/** True if a word looks like an adverb of manner or degree. */
export function isAdverb(norm: string): boolean {
  return norm.endsWith('ly') && /^\w{3,}ly$/.test(norm) && !NO_ADVERBS.has(norm);
}

const NO_ADVERBS: ReadonlySet<string> = new Set(
  'family assembly supply reply apply multiply anomaly ally rally belly bully jelly lily monopoly panoply italy july fly daily weekly monthly quarterly yearly early friendly lovely elderly'.split(
    ' ',
  ),
);

/** How many words an adverbial with which a sentence opens has at most before its comma. */
const LONGEST_OPENING = 6;
const CONJUNCTION = /^(?:and|but|so|or|yet|well|now)$/;
const OPENING: ReadonlySet<string> = new Set(
  (
    'in at for on to of by as from with within among under today nowadays basically simply thus hence note please again finally first second third also seen historically technically ' +
    'formally strictly generally'
  ).split(' '),
);

/** How many words of a sentence come before its clause: a conjunction, an adverbial with its comma. */
export function openingEnd(words: readonly { readonly norm: string }[]): number {
  const begin = CONJUNCTION.test(words[0]?.norm ?? '') ? 1 : 0;
  if (words[begin]?.norm === ',') return begin + 1;
  if (!OPENING.has(words[begin]?.norm ?? '')) return begin;
  const closing = words.slice(begin, begin + 1 + LONGEST_OPENING).findIndex(({ norm }) => /^[,:]$/.test(norm));
  return closing < 0 ? begin : begin + closing + 1;
}

/** True of a sentence that begins with a pronoun for what was named before: "It is an IoT unit". */
export function isResuming(words: readonly { readonly norm: string }[]): boolean {
  return /^(?:it|this|they|these)$/.test(words[0]?.norm ?? '');
}

/** The plural of a regular noun. */
export function pluralOf(noun: string): string {
  return /(?:s|x|z|ch|sh)$/.test(noun) ? `${noun}es` : `${noun.replace(/(?<=[^aeiou])y$/, 'ie')}s`;
}
