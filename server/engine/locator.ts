import { type Block, GONE, OBJECT } from './document';
import { type Form, FUNCTION_WORDS, isResuming, pluralOf, singular } from './english';
import { headerOf, isEntry, placeOf, rowAround, type Sentence } from './mention';
import type { Phrase } from './phrase';

/** What tells things of one kind apart, as a text gives it: values by the noun before them ("slot A", "port 14"), codes by themselves under ''. */
export type Locators = ReadonlyMap<string, ReadonlySet<string>>;

/** Nouns whose numbers are those of a time, of a part of the document or of a measure. */
const NO_PLACES: ReadonlySet<string> = new Set(
  (
    'figure fig table section chapter step page version release part annex appendix phase stage day week month year quarter round shift level class category type ' +
    'generation mode january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday ' +
    'mon tue wed thu fri sat sun volume vol edition clause article paragraph example exercise question answer option note over under about than until since plus minus'
  ).split(' '),
);
/** Nouns whose numbers count what is said or done: one thing can have to do with two of them. */
const LISTED: ReadonlySet<string> = new Set(
  'action task item point issue ticket case incident wave sprint lesson unit lab topic question order invoice delivery request call'.split(
    ' ',
  ),
);
/** Codes of standards, interfaces and sizes, which many things have in common. */
const COMMON_CODE =
  /^(?:rs|ip|iso|iec|en|din|ieee|rj|usb|ipv|http|https|mqtt|cat|rfc|itu|etsi|ts|ul|ral|lte|wpa|sha|aes|utf|v|m|pt|nema|bluetooth|wifi)[-./]?\d/;

/** What was read of sentences, by their identity, and of which code: that can change without its sentence. */
export type LocatorMemory = WeakMap<object, { readonly code: Code; readonly locators: Locators }>;

/** For each object of a sentence, the identifier that it is as code, if it is one. */
type Code = readonly (string | undefined)[];

/** Finds the locators of phrases in a text; what was read of a sentence is kept. */
export class LocatorReader {
  readonly #sentences: readonly Sentence[];
  readonly #source: string;
  readonly #known: LocatorMemory;
  readonly #found = new Map<Phrase, Locators>();
  /** By table and row. */
  readonly #rows = new Map<string, Locators>();

  /** `source` is the text that the sentences are of: the words of its code stand nowhere else. `known` may come from an earlier version. */
  constructor(sentences: readonly Sentence[], source: string, known: LocatorMemory) {
    this.#sentences = sentences;
    this.#source = source;
    this.#known = known;
  }

  /** What its sentence or its row of a table names; of a phrase that points back, if its sentence names nothing, what the sentence before names. */
  of(phrase: Phrase): Locators {
    const found = this.#found.get(phrase) ?? this.#find(phrase);
    this.#found.set(phrase, found);
    return found;
  }

  #find(phrase: Phrase): Locators {
    const { sentence, determiner } = phrase;
    const quantity = quantityOf(phrase);
    const own = merged([sentence.block.cell ? this.#row(sentence) : this.#read(sentence), quantity]);
    if (sentence.block.cell) return own;
    const before = this.before(sentence);
    if (!before) return own;
    if (isEntry(before, sentence)) return merged([own, this.#read(before)]);
    const isBack = determiner === 'definite' || determiner === 'possessive' || isResuming(sentence.forms);
    return own.size === 0 && isBack && before.blockIndex === sentence.blockIndex ? this.#read(before) : own;
  }

  /** The sentence before. */
  before(sentence: Sentence): Sentence | undefined {
    return this.#sentences[placeOf(this.#sentences, sentence) - 1];
  }

  /** The header of the column that a sentence stands in. */
  headerOf(sentence: Sentence): Sentence | undefined {
    return sentence.block.cell ? headerOf(this.#sentences, placeOf(this.#sentences, sentence)) : undefined;
  }

  #row(sentence: Sentence): Locators {
    const { cell } = sentence.block;
    const key = `${cell!.table} ${cell!.row}`;
    const known = this.#rows.get(key);
    if (known) return known;
    const row = rowAround(this.#sentences, sentence).flatMap((at) => {
      const value = loneValue(this.#sentences[at]!);
      const noun = value === undefined ? undefined : headNoun(headerOf(this.#sentences, at));
      const lone = value === undefined || noun === undefined ? NOTHING : new Map([[noun, new Set([value])]]);
      return [this.#read(this.#sentences[at]!), lone];
    });
    const read = merged(row);
    this.#rows.set(key, read);
    return read;
  }

  #read(sentence: Sentence): Locators {
    const known = this.#known.get(sentence.identity);
    if (known?.code.length === 0) return known.locators;
    const code = codeIn(sentence, this.#source);
    if (known?.code.join(' ') === code.join(' ')) return known.locators;
    const locators = locatorsIn(sentence, code);
    this.#known.set(sentence.identity, { code, locators });
    return locators;
  }
}

/** Verbs before a number: "press 1", "costs 40". */
const NUMBERED_VERB =
  /^(?:press|call|dial|cost|meet|enter|type|select|choose|run|take|have|need|weigh|read|show|send|pay|use|add|see|get|say)$/;

/** What both have, in words: "port 14"; `undefined` if nothing. */
export function sharedLocator(a: Locators, b: Locators): string | undefined {
  for (const [noun, values] of a)
    for (const value of NUMBERED_VERB.test(noun) ? [] : values)
      if (b.get(noun)?.has(value)) return noun === '' ? value : `${noun} ${value}`;
  return undefined;
}

/** The noun of which each has another value: "slot"; `undefined` if there is none. */
export function differingLocator(a: Locators, b: Locators): string | undefined {
  for (const [noun, values] of a) {
    const others = noun === '' || LISTED.has(noun) || noun.startsWith('number of') ? undefined : b.get(noun);
    if (others && ![...values].some((value) => others.has(value))) return noun;
  }
  return undefined;
}

/** All of them together; the same object if no more than one has anything. */
function merged(all: readonly Locators[]): Locators {
  const filled = all.filter(({ size }) => size > 0);
  if (filled.length < 2) return filled[0] ?? NOTHING;
  const whole = new Map<string, Set<string>>();
  for (const each of filled) for (const [noun, values] of each) for (const value of values) put(whole, noun, value);
  return whole;
}

function put(map: Map<string, Set<string>>, noun: string, value: string): void {
  const values = map.get(noun) ?? new Set();
  map.set(noun, values.add(value));
}

const NOTHING: Locators = new Map();

/** "the 120 sensors": the number that stands before the phrase, if it is not one that many things have. */
function quantityOf({ sentence: { forms }, mention, nouns, plural }: Phrase): Locators {
  const number = forms[mention.first - 1]?.norm ?? '';
  const noun = nouns.at(-1);
  if (!plural || noun === undefined || !/^\d{2,}$|^\d{1,3}(?:[.,]\d{3})+$/.test(number)) return NOTHING;
  return new Map([[`number of ${pluralOf(noun)}`, new Set([number])]]);
}

function codeIn({ block, start, end }: Sentence, source: string): Code {
  const text = block.text.slice(start - block.start, end - block.start);
  return [...text.matchAll(OBJECTS)].map(({ index }) => identifierAt(block, start + index, source));
}

const OBJECTS = new RegExp(OBJECT, 'g');

/** The identifier that an object of code is, without the marks around it. */
function identifierAt(block: Block, start: number, source: string): string | undefined {
  let end = start + 1;
  while (end < block.end && block.text[end - block.start] === GONE) end++;
  const code = /^[`+'$~=]*([\p{L}\p{N}][-\p{L}\p{N}._:/@#]{2,})[`+'$~=]*$/u.exec(source.slice(start, end))?.[1];
  return code !== undefined && /[-._:/@#\d]/.test(code) ? code.toLowerCase() : undefined;
}

function locatorsIn(sentence: Sentence, code: Code): Locators {
  const { block, start, end, forms } = sentence;
  if (!/\d|\uFFFC|[^.!?]\s\p{Lu}(?![\p{L}'’])/u.test(block.text.slice(start - block.start, end - block.start)))
    return NOTHING;
  const found = new Map<string, Set<string>>();
  let objects = 0;
  for (let at = 0; at < forms.length; at++) {
    const identifier = forms[at]!.norm === OBJECT ? code[objects++] : undefined;
    if (identifier !== undefined) put(found, '', identifier);
    const last = runEnd(forms, at);
    const run = forms.slice(at, last + 1);
    const value = run
      .map(({ norm }) => norm)
      .join('')
      .replace(/[-./]+$/, '');
    if (!sentence.mentions.some((mention) => mention.first <= last && at <= mention.last)) {
      const noun = nounBefore(forms, at);
      if (noun !== undefined && isValue(value, run[0]!)) put(found, noun, value);
      if (isCode(value)) put(found, '', value);
    }
    at = last;
  }
  return found;
}

/** The last token of the run without white space that begins at a token and may be a code. */
function runEnd(forms: readonly Form[], at: number): number {
  if (!/^[\p{L}\p{N}]+$/u.test(forms[at]!.norm)) return at;
  let last = at;
  while (forms[last + 1] && !forms[last + 1]!.spaced && /^[-/._\p{L}\p{N}]+$/u.test(forms[last + 1]!.norm)) last++;
  return last;
}

/** The noun that a value stands behind, also over "no.", "number", "ending in". */
function nounBefore(forms: readonly Form[], at: number): string | undefined {
  let before = at - 1;
  while (before > 0 && /^(?:no|nr|number|\.|#|ending|in|called|with|tag|id|code|-)$/.test(forms[before]!.norm))
    before--;
  const noun = forms[before];
  if (noun?.kind !== 'word' || FUNCTION_WORDS.has(noun.norm) || /\d/.test(noun.norm)) return undefined;
  const name = singular(noun.norm);
  return NO_PLACES.has(name) ? undefined : name;
}

/** A number or a capital letter behind a noun; a year, an amount or a measure is none. */
function isValue(value: string, { surface }: Form): boolean {
  if (/^[a-z]$/.test(value)) return /^\p{Lu}$/u.test(surface) && value !== 'i';
  return (
    /\d/.test(value) &&
    !COMMON_CODE.test(value) &&
    !/^(?:19|20)\d\d(?:[-/.]\d\d?){0,2}$/.test(value) &&
    !/^\d+[.,]\d+$|^\d+[a-z]{1,4}$/.test(value)
  );
}

/** A code that is hardly given twice: letters with digits, or four digits that are no year. */
function isCode(value: string): boolean {
  if (COMMON_CODE.test(value) || /^(?:19|20)\d\d(?:[-/.]\d\d?){0,2}$|^\d+(?:[.,]\d+)*[a-z]{0,4}$/.test(value))
    return /^\d{4,}$/.test(value) && !/^(?:19|20)\d\d$/.test(value) && !/000$/.test(value);
  return /\d/.test(value) && /[a-z]/.test(value) && (value.length > 2 || /^[a-gi-lnprs-uw-z]\d$/.test(value));
}

/** The value that is all of a cell. */
function loneValue({ forms }: Sentence): string | undefined {
  const value = forms.map(({ norm }) => norm).join('');
  return forms.length <= 3 && forms.length > 0 && isValue(value, forms[0]!) ? value : undefined;
}

function headNoun(header: Sentence | undefined): string | undefined {
  const last = header?.forms.findLast(({ kind, norm }) => kind === 'word' && !/^(?:no|nr|number|id)$/.test(norm));
  return last && singular(last.norm);
}
