import { type Form, FUNCTION_WORDS, IRREGULAR_VERBS, isPlural, NOUNS_IN_ING, singular } from './english';
import type { Concept } from './glossary';
import { headerOf, type Mention, rowAround, type Sentence } from './mention';
import { flattened, type Recall, readEach } from './recall';
import type { Span } from './text';

/** A noun phrase that a term modifies or heads: "the rugged M2M gateway". Its span is from the mention to the last noun. */
export interface Phrase extends Span {
  /** The same object as long as the phrase stays the same from version to version, wherever it stands. */
  readonly identity: object;
  readonly mention: Mention;
  readonly concept: Concept;
  readonly sentence: Sentence;
  /** The nouns behind the mention in the singular and normal form, the head last: `sim`, `card`. */
  readonly nouns: readonly string[];
  readonly determiner: Determiner;
  /** Adjectives and others between determiner and mention, in normal form. */
  readonly modifiers: readonly string[];
  /** The proper name that the thing belongs to or bears: "the Corvex IoT portal", "Halyard's IoT platform". */
  readonly owner: string | undefined;
  readonly plural: boolean;
  /** What follows and tells it from others of its kind: "in lift 3", "of the feed". */
  readonly place: string | undefined;
  /** The words with which the phrase points back: "this M2M gateway", "the same M2M gateway", "the M2M gateway you installed in step 2". */
  readonly pointer: string | undefined;
  /** True if the last noun has a capital within a sentence, as terms have that a contract defines: "the M2M Services". */
  readonly capital: boolean;
  /** True if the noun stands before the term: "the gateway for M2M". */
  readonly served: boolean;
  /** The proper name that the sentence describes by the phrase: "NAME is ... a lean IoT cloud", "NAME, the leading IoT platform". */
  readonly subject: string | undefined;
  /** Numbers and names that tell the thing from others of its kind: "the IoT VLAN (VLAN 340)"; of a row of a table, its part number and position. */
  readonly codes: readonly string[];
}

/** `definite`: the, this; `possessive`: our, Halyard's; `indefinite`: a, an; `other`: every, another. */
export type Determiner = 'definite' | 'possessive' | 'indefinite' | 'other' | 'none';

/** The phrases of all sentences, in the order of the text; with what the next version need not read again. */
export function readPhrases(
  recall: Recall,
  known?: readonly (readonly Phrase[])[],
): { readonly phrases: readonly Phrase[]; readonly readings: readonly (readonly Phrase[])[] } {
  const { sentences } = recall;
  const reader = { before: 0, after: 0, read: (at: number) => phrasesOf(sentences[at]!), moved: movedPhrases };
  const readings = readEach(recall, reader, known);
  return { phrases: withRowCodes(flattened(readings), sentences), readings };
}

const NONE: readonly Phrase[] = [];

function movedPhrases(phrases: readonly Phrase[], sentence: Sentence, by: number): readonly Phrase[] {
  if (phrases.length === 0) return phrases;
  return phrases.map((phrase) => {
    const mention = sentence.mentions.find(({ first }) => first === phrase.mention.first)!;
    return { ...phrase, start: phrase.start + by, end: phrase.end + by, mention, sentence };
  });
}

/** The words from the term to the last noun, as they read. */
export function phraseText(phrase: Phrase): string {
  const { block } = phrase.sentence;
  return block.text
    .slice(phrase.start - block.start, phrase.end - block.start)
    .replace(/[\u2060\s]+/g, (run) => (/\s/.test(run) ? ' ' : ''));
}

function subjectOf(mention: Mention, { tokens }: Sentence): string | undefined {
  const topic = topicOf(tokens, mention);
  if (topic) return topic;
  for (let at = mention.first - 1; at > 0; at--) {
    const { norm } = tokens[at]!;
    const isVerb =
      /^(?:is|was|represents|remains|becomes|provides?)$/.test(norm) ||
      (norm === 'been' && /^(?:has|have)$/.test(tokens[at - 1]!.norm));
    const isApposition = norm === ',' && /^(?:a|an|the)$/.test(tokens[at + 1]?.norm ?? '');
    if (!isVerb && !isApposition && !isTitleColon(tokens, at, mention)) continue;
    const between = tokens.slice(at + 1, mention.first);
    if (between.some((token) => /^(?:not|no|never|for|of|to|in|with|by|that|which|,|from|on|as)$/.test(token.norm)))
      return undefined;
    return nameBefore(tokens, norm === 'been' ? at - 1 : at);
  }
  return undefined;
}

/** "NAME: the open IoT platform": nothing stands before the name or behind the phrase. */
function isTitleColon(tokens: readonly Form[], at: number, { last }: Mention): boolean {
  if (!/^[:–—]$/.test(tokens[at]!.norm) || !/^(?:an?|the|your|our)$/.test(tokens[at + 1]?.norm ?? '')) return false;
  const isOfTitle = ({ kind, norm }: Form) => kind === 'mark' || !FUNCTION_WORDS.has(norm);
  return (
    !REFERRING.has(tokens[0]!.norm) && at <= 3 && tokens.length - last <= 5 && tokens.slice(last + 1).every(isOfTitle)
  );
}

/** "With NAME you get an IoT router" */
function topicOf(tokens: readonly Form[], mention: Mention): string | undefined {
  const at = tokens.findIndex(
    ({ norm }, index) => index < mention.first && /^(?:get|gets|have|has|receive|receives|buy|buys)$/.test(norm),
  );
  const next = tokens[at + 1]?.norm ?? '';
  if (tokens[0]?.norm !== 'with' || at < 0 || mention.first - at > 6 || !/^(?:a|an|one|the)$/.test(next))
    return undefined;
  let end = 1;
  while (end < at && /^[\p{Lu}\d]/u.test(tokens[end]!.surface)) end++;
  return end > 1 ? nameBefore(tokens, end) : undefined;
}

/** The run of capitalized words or the model name that ends before a token. */
export function nameBefore(tokens: readonly Form[], end: number): string | undefined {
  const parts: string[] = [];
  for (let at = end - 1; at >= 0; at--) {
    const token = tokens[at]!;
    const joins = token.norm === '-' && !token.spaced;
    if (!joins && (token.kind !== 'word' || FUNCTION_WORDS.has(token.norm) || !/^[\p{Lu}\d]/u.test(token.surface)))
      break;
    parts.unshift(joins || tokens[at + 1]?.norm === '-' ? token.surface : `${token.surface} `);
  }
  return parts.length > 0 ? parts.join('').trim() : undefined;
}

/* ---------------------------------------------------------------- reading */

/** Verbs that end like plural nouns and often follow the name of a thing. */
const VERBS = new Set(
  (
    'answers sends forwards stores runs supports uses connects reads provides needs polls publishes starts stops receives collects reports logs manages ' +
    'handles talks speaks writes keeps gets takes comes goes works allows lets makes offers shows gives tells asks waits dials sits stands lives dies ends ' +
    'begins contains consists belongs depends relies enables helps lies stays remains becomes means includes covers requires returns measures moves acts loses ' +
    'serves opens closes checks controls delivers exposes operates processes translates transmits monitors fills says brings holds carries turns ships costs ' +
    'follows expects detects encrypts registers reboots restarts listens comprises grows meets sleeps wakes fails crashes hangs blinks beeps rings counts weighs fits joins leaves arrives serves hosts loads saves drops wins shrinks pays sells buys appears disappears exists matters changes varies differs ' +
    'looks tries seeks searches wants thinks pings boots picks pulls pushes syncs warns emits produces generates learns notices recognizes recognises finds knows ' +
    'remembers forgets refuses accepts rejects ignores falls rises enters retries unlocks likes agrees continues adds drives calculates computes decides determines ' +
    'draws fetches gathers grants hears'
  ).split(' '),
);
/** What the words that open a noun phrase make of it. */
export const DETERMINERS: ReadonlyMap<string, Determiner> = new Map(
  Object.entries<Determiner>({
    the: 'definite',
    this: 'definite',
    that: 'definite',
    these: 'definite',
    those: 'definite',
    our: 'possessive',
    your: 'possessive',
    my: 'possessive',
    its: 'possessive',
    their: 'possessive',
    his: 'possessive',
    her: 'possessive',
    "'s": 'possessive',
    a: 'indefinite',
    an: 'indefinite',
    one: 'indefinite',
    another: 'other',
    every: 'other',
    each: 'other',
    any: 'other',
    some: 'other',
    no: 'other',
    all: 'other',
    many: 'other',
    other: 'other',
    such: 'other',
    both: 'other',
    several: 'other',
    most: 'other',
    few: 'other',
    either: 'other',
    which: 'other',
    what: 'other',
  }),
);

/** The phrases of a sentence; a term joined to another with a slash names no thing of its own. */
function phrasesOf(sentence: Sentence): readonly Phrase[] {
  if (sentence.mentions.length === 0) return NONE;
  return sentence.mentions
    .filter((mention) => isUsed(mention) && !isJoined(mention, sentence))
    .map((mention) => phraseOf(mention, sentence));
}

/** A name that only its capitals give away is a phrase too: "the Tellara M2M Platform". */
function isUsed({ sense }: Mention): boolean {
  return sense.kind === 'concept' || (sense.kind === 'name' && !sense.known);
}

function isJoined({ first, last }: Mention, { tokens }: Sentence): boolean {
  return tokens[first - 1]?.norm === '/' || tokens[last + 1]?.norm === '/';
}

function phraseOf(mention: Mention, sentence: Sentence): Phrase {
  const { tokens } = sentence;
  const label = labelled(mention, sentence) ?? servedBy(mention, sentence);
  if (label) return label;
  const last = lastNoun(tokens, mention, sentence);
  const nouns = nounsIn(tokens, mention.last + 1, last + 1);
  const head = tokens[last]!;
  const opening = openingOf(tokens, mention.first);
  return {
    identity: {},
    start: mention.start,
    end: head.end,
    mention,
    concept: mention.concept,
    sentence,
    nouns,
    plural: last > mention.last ? isPlural(head.norm) : /s$/.test(mention.text) && !/s$/.test(mention.term.text),
    place: placeBehind(tokens, last + 1, sentence),
    capital: last > mention.last && sentence.block.kind !== 'heading' && isCapital(head),
    codes: listed(
      versionAt(tokens, last + 1) ??
        modelAt(tokens, last + 1) ??
        nameCode(tokens, last + 1) ??
        codeIn(tokens.slice(last + 1, last + 9)) ??
        codeBefore(tokens, mention),
    ),
    ...opening,
    pointer: opening.pointer ?? pointerBehind(tokens, last + 1),
    subject: subjectOf(mention, sentence) ?? nameBehind(tokens, last + 1, opening),
    served: false,
  };
}

/** "the IoT project Talking Station": the name that the noun is given in apposition, of two words or more. */
function nameBehind(tokens: readonly Form[], from: number, { determiner }: Opening): string | undefined {
  if (determiner !== 'definite' && determiner !== 'possessive') return undefined;
  const words: string[] = [];
  for (let at = from; at < tokens.length && isNameWord(tokens[at]!); at++) words.push(tokens[at]!.surface);
  return words.length > 1 ? words.join(' ') : undefined;
}

/** The nouns of some tokens; "add-on" is one. */
function nounsIn(tokens: readonly Form[], from: number, to: number): readonly string[] {
  const nouns: string[] = [];
  for (let at = from; at < to; at++) {
    const { kind, norm } = tokens[at]!;
    const isParticle = tokens[at - 1]?.norm === '-' && !tokens[at]!.spaced && FUNCTION_WORDS.has(norm);
    if (isParticle && nouns.length > 0) nouns.push(`${nouns.pop()}-${norm}`);
    else if (kind === 'word') nouns.push(singular(norm));
  }
  return nouns;
}

/** "that you created", "we have just installed", "described above". */
function pointerBehind(tokens: readonly Form[], from: number): string | undefined {
  const norm = (at: number) => tokens[at]?.norm ?? '';
  let at = /^(?:that|which)$/.test(norm(from)) ? from + 1 : from;
  if (/^(?:you|we|i)$/.test(norm(at))) {
    at++;
    while (/^(?:have|had|just|already|'ve)$/.test(norm(at))) at++;
    return isPast(norm(at)) ? wordsOf(tokens, from, at) : undefined;
  }
  const isShown = isPast(norm(from)) && /^(?:above|before|earlier)$/.test(norm(from + 1));
  return isShown ? wordsOf(tokens, from, from + 1) : undefined;
}

function isPast(verb: string): boolean {
  return (
    IRREGULAR_VERBS.has(verb) ||
    (/ed$/.test(verb) && !/^(?:need|feed|speed|exceed|proceed|succeed)$/.test(verb)) ||
    verb === 'set'
  );
}

function wordsOf(tokens: readonly Form[], first: number, last: number): string {
  return tokens
    .slice(first, last + 1)
    .map(({ norm }) => norm)
    .join(' ');
}

/** A phrase in a table has the part number or the position of its row. */
function withRowCodes(phrases: readonly Phrase[], sentences: readonly Sentence[]): readonly Phrase[] {
  const known = new Map<string, readonly string[]>();
  return phrases.map((phrase) => {
    const { cell } = phrase.sentence.block;
    if (!cell) return phrase;
    const row = `${cell.table} ${cell.row}`;
    const codes = known.get(row) ?? rowCodes(phrase.sentence, sentences);
    known.set(row, codes);
    return codes.length > 0 ? { ...phrase, codes: [...codes, ...phrase.codes] } : phrase;
  });
}

function rowCodes(sentence: Sentence, sentences: readonly Sentence[]): readonly string[] {
  return rowAround(sentences, sentence).flatMap((at) =>
    listed(rowCode(sentences[at]!) ?? positionInRow(sentences, at)),
  );
}

function listed<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

function positionInRow(sentences: readonly Sentence[], at: number): string | undefined {
  const sentence = sentences[at]!;
  return /^\W*\d/.test(sentence.block.text)
    ? position(headerOf(sentences, at)?.forms[0], sentence.forms[0])
    : undefined;
}

function rowCode(sentence: Sentence): string | undefined {
  if (!/\d/.test(sentence.block.text)) return undefined;
  const { forms } = sentence;
  const text = forms.length <= 8 ? forms.map(({ norm }) => norm).join('') : '';
  const isAmount = /^\d+[.,]\d+$/.test(text);
  return !isAmount && /^(?=.*\d.*\d.*\d)[\p{L}\d]+(?:[-./][\p{L}\d]+)+$/u.test(text) ? text : undefined;
}

/** "position 2" for a number below or behind "Pos.", "Item", "No." and the like. */
function position(word: Form | undefined, number: Form | undefined): string | undefined {
  const counts = /^(?:pos|position|item|no|nr|number|part|ref|#)$/.test(word?.norm ?? '');
  return counts && /^\d{1,3}[a-z]?$/.test(number?.norm ?? '') ? `position ${number!.norm}` : undefined;
}

/** A term in brackets as the label of a numbered thing: "VLAN 340 (M2M)". */
function labelled(mention: Mention, sentence: Sentence): Phrase | undefined {
  const { tokens } = sentence;
  const { first, last, concept } = mention;
  const code = tokens[first - 2];
  const noun = labelNoun(tokens, first - 3);
  if (
    tokens[first - 1]?.norm !== '(' ||
    tokens[last + 1]?.norm !== ')' ||
    !noun ||
    !code ||
    noun.kind !== 'word' ||
    !/^\p{L}*\d[\p{L}\d]*$/u.test(code.norm)
  )
    return undefined;
  const thing = {
    identity: {},
    nouns: [singular(noun.norm)],
    determiner: 'definite' as const,
    modifiers: [],
    owner: undefined,
    plural: false,
    place: undefined,
    capital: false,
    pointer: undefined,
    subject: undefined,
    served: false,
    codes: [code.norm],
  };
  return { start: mention.start, end: mention.end, mention, concept, sentence, ...thing };
}

/** "a window for authorization", "the gateway for M2M": the noun stands before the term. */
function servedBy(mention: Mention, sentence: Sentence): Phrase | undefined {
  const { tokens } = sentence;
  const { first, last, concept } = mention;
  const noun = tokens[first - 2];
  if (tokens[first - 1]?.norm !== 'for' || lastNoun(tokens, mention, sentence) > last) return undefined;
  if (noun?.kind !== 'word' || FUNCTION_WORDS.has(noun.norm) || isPlural(noun.norm)) return undefined;
  const opening = openingOf(tokens, first - 2);
  if (!/^(?:definite|indefinite|possessive)$/.test(opening.determiner)) return undefined;
  const thing = {
    identity: {},
    nouns: [singular(noun.norm)],
    plural: false,
    place: undefined,
    capital: false,
    subject: undefined,
    codes: [],
    served: true,
  };
  return { start: noun.start, end: mention.end, mention, concept, sentence, ...thing, ...opening };
}

/** The noun before a number; in "port 8883 (A) or 8884 (B)" that of the first serves both. */
function labelNoun(tokens: readonly Form[], at: number): Form | undefined {
  if (!/^(?:or|and|,)$/.test(tokens[at]?.norm ?? '')) return tokens[at];
  for (let back = at - 1; back > at - 8 && back > 0; back--)
    if (/^\d+$/.test(tokens[back]!.norm) && tokens[back + 1]?.norm === '(') return tokens[back - 1];
  return undefined;
}

/** The model that opens a title or an entry before the term: "LP-3 IoT level probe". */
function codeBefore(tokens: readonly Form[], { first }: Mention): string | undefined {
  const model = first > 0 && first <= 4 ? modelAt(tokens, 0) : undefined;
  return model !== undefined &&
    /\d/.test(model) &&
    tokens.slice(0, first).every(({ spaced }, at) => at === 0 || !spaced)
    ? model
    : undefined;
}

/** The number in brackets or behind a comma after a phrase: "(VLAN 340)", ", part no. 88-104". */
function codeIn(tokens: readonly Form[]): string | undefined {
  if (!/^[(,]$/.test(tokens[0]?.norm ?? '')) return undefined;
  const at = tokens.findIndex((token) => /^\p{L}*\d[\p{L}\d]*$/u.test(token.norm));
  if (at < 0 || tokens.slice(1, at).some((token) => /^[,;.)]$/.test(token.norm) && token.spaced)) return undefined;
  const place = position(tokens[1], tokens[at]);
  if (place && at <= 3) return place;
  let code = tokens[at]!.norm;
  for (
    let next = at + 1;
    tokens[next] && !tokens[next]!.spaced && /^[-./\p{L}\p{N}]+$/u.test(tokens[next]!.norm);
    next++
  )
    code += tokens[next]!.norm;
  return code.replace(/[.]$/, '');
}

/** Index of the last noun of the phrase; a plural ends it, and so does what looks like a verb. */
function lastNoun(tokens: readonly Form[], mention: Mention, sentence: Sentence): number {
  let last = mention.last;
  let at = closingOf(tokens, mention.last) + 1;
  const isAsked = isBehindAuxiliary(tokens, mention.first);
  for (; at < tokens.length && at <= mention.last + 6; at++) {
    const token = tokens[at]!;
    if (
      token.kind !== 'word' ||
      (FUNCTION_WORDS.has(token.norm) && !isHyphened(tokens, at)) ||
      sentence.mentions.some((other) => other.first === at)
    )
      break;
    if (modelAt(tokens, at) !== undefined || NUMERALS.has(token.norm)) break;
    if (tokens[at + 1]?.norm === 'than') break; // "longer than"
    if (last > mention.last && isName(tokens, at) && /^\p{Ll}/u.test(tokens[last]!.surface)) break; // "tariff Trough"
    if (isHyphened(tokens, at)) {
      at += 2;
      last = at;
      continue;
    }
    if (/^(?:set|put|let|cut)$/.test(token.norm) && PREPOSITION.test(tokens[at + 1]?.norm ?? '')) break;
    if (!isCapital(token) && hasObject(tokens, at)) break;
    if (last > mention.last && (isVerb(token) || STATES.has(token.norm) || (isAsked && VERBS.has(`${token.norm}s`))))
      break;
    if (last === mention.last && /ly$/.test(token.norm)) break;
    if (/ing$/.test(token.norm) && !(last === mention.last ? isNounInIng(tokens, at) : NOUNS_IN_ING.has(token.norm)))
      break;
    last = at;
    if (isPlural(token.norm) && token.norm !== 'data' && !isInTitle(tokens, at)) break;
  }
  return last;
}

/** A plural between capitals is a part of a longer name: "the M2M Services Agreement". */
function isInTitle(tokens: readonly Form[], at: number): boolean {
  const next = tokens[at + 1];
  return (
    next?.kind === 'word' &&
    isCapital(tokens[at]!) &&
    isCapital(next) &&
    !FUNCTION_WORDS.has(next.norm) &&
    !isVerb(next)
  );
}

/** "Should the M2M collector stay silent", "does the M2M modem need a restart": the verb behind has no ending. */
function isBehindAuxiliary(tokens: readonly Form[], first: number): boolean {
  const before = tokens[first - 2]?.norm ?? '';
  return (
    DETERMINERS.has(tokens[first - 1]?.norm ?? '') &&
    /^(?:do|does|did|should|shall|will|would|can|could|may|might|must|let|lets|make|makes|made|helps?|lest)$/.test(
      before,
    )
  );
}

/** The first part of a noun or modifier with a hyphen: "add-on", "shut-off valve". */
function isHyphened(tokens: readonly Form[], at: number): boolean {
  const [hyphen, second] = [tokens[at + 1], tokens[at + 2]];
  return hyphen?.norm === '-' && !hyphen.spaced && second?.kind === 'word' && !second.spaced;
}

const PREPOSITION = /^(?:out|up|in|on|to|for|by|at|aside|down|off|with)$/;

/** "metering", or the first part of a compound as in "steering group"; not "running in lift 3". */
function isNounInIng(tokens: readonly Form[], at: number): boolean {
  const next = tokens[at + 1];
  const isPart = next?.kind === 'word' && !FUNCTION_WORDS.has(next.norm) && !/ly$/.test(next.norm);
  return NOUNS_IN_ING.has(tokens[at]!.norm) || isPart;
}

/** "Trough", "RG-Com", "parkhub-2": what may stand behind a noun as the name of one thing. */
function isName(tokens: readonly Form[], at: number): boolean {
  if (isCapital(tokens[at]!)) return true;
  const [hyphen, second, behind] = [tokens[at + 1], tokens[at + 2], tokens[at + 3]];
  if (hyphen?.norm !== '-' || hyphen.spaced || !second || second.spaced) return false;
  if (/^\p{Lu}/u.test(tokens[at]!.surface)) return isCapital(second);
  return /^\d+$/.test(second.norm) && (behind?.kind !== 'word' || FUNCTION_WORDS.has(behind.norm) || isVerb(behind));
}

function isCapital({ surface }: Form): boolean {
  return /^\p{Lu}\p{Ll}/u.test(surface);
}

/** A numeral behind a noun begins another phrase: "restarted the IoT router ten minutes ago". */
const NUMERALS: ReadonlySet<string> = new Set(
  'two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred half'.split(
    ' ',
  ),
);

/** Adjectives that say how a thing is, behind its name: "keep the portal open". */
const STATES: ReadonlySet<string> = new Set(
  'present absent open closed free ready online offline available active idle busy full empty dead alive visible safe clean dry'.split(
    ' ',
  ),
);

function isVerb({ norm }: Form): boolean {
  return VERBS.has(norm) || IRREGULAR_VERBS.has(norm) || /(?:ed|ly)$/.test(norm);
}

/** A word in -s before a determiner, a pronoun or a plural is a verb: "the platform puts competitors under pressure". */
function hasObject(tokens: readonly Form[], at: number): boolean {
  const [token, next] = [tokens[at]!, tokens[at + 1]];
  if (!isPlural(token.norm) || next?.kind !== 'word') return false;
  return (
    DETERMINERS.has(next.norm) ||
    /^(?:it|them|us|me|you|him|that|how|what|whether)$/.test(next.norm) ||
    (!FUNCTION_WORDS.has(next.norm) && isPlural(next.norm) && !VERBS.has(next.norm))
  );
}

/** A name with digits or with capitals inside, such as FM-8 or BinSense: it tells one thing from others of its kind. */
function isModel(tokens: readonly Form[], at: number): boolean {
  const [token, next, beyond] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  if (token?.kind !== 'word') return false;
  if (/\d/.test(token.norm) || /\p{Ll}\p{Lu}/u.test(token.surface)) return true;
  return (
    /^\p{Lu}/u.test(token.surface) &&
    next?.norm === '-' &&
    !next.spaced &&
    /\d/.test(beyond?.norm ?? '') &&
    !beyond!.spaced
  );
}

/** "5.2.0" behind "firmware": three numbers or two. */
function versionAt(tokens: readonly Form[], at: number): string | undefined {
  let end = at;
  while (/^(?:\d+|\.)$/.test(tokens[end]?.norm ?? '') && (end === at || !tokens[end]!.spaced)) end++;
  const version = tokens
    .slice(at, end)
    .map(({ norm }) => norm)
    .join('')
    .replace(/\.$/, '');
  return /^\d+(?:\.\d+)+$/.test(version) ? version : undefined;
}

/** "RG-Com", "parkhub-2" */
function nameCode(tokens: readonly Form[], at: number): string | undefined {
  const [word, hyphen, second] = [tokens[at], tokens[at + 1], tokens[at + 2]];
  return word?.kind === 'word' && hyphen?.norm === '-' && isName(tokens, at)
    ? `${word.norm}-${second!.norm}`
    : undefined;
}

/** A model name as one word: the run of tokens without white space, or a capital word and its number, as in "Flex 50". */
function modelAt(tokens: readonly Form[], at: number): string | undefined {
  const [word, number] = [tokens[at], tokens[at + 1]];
  if (word && number && /^\p{Lu}\p{Ll}/u.test(word.surface) && /^\d+$/.test(number.norm) && !REFERRING.has(word.norm))
    return /^(?:19|20)\d\d$/.test(number.norm) ? undefined : `${word.norm} ${number.norm}`;
  if (!isModel(tokens, at)) return undefined;
  let model = tokens[at]!.norm;
  for (let next = at + 1; tokens[next] && !tokens[next]!.spaced && /^[-\p{L}\p{N}]+$/u.test(tokens[next]!.norm); next++)
    model += tokens[next]!.norm;
  return /^(?:19|20)\d\d$/.test(model) ? undefined : model;
}

/** Words whose number is that of a part of the document or of a time. */
const REFERRING: ReadonlySet<string> = new Set(
  'figure fig table section chapter step page version release part annex appendix january february march april may june july august september october november december'.split(
    ' ',
  ),
);

/** Over a gloss in brackets behind the term: "machine-to-machine (M2M) gateway". */
function closingOf(tokens: readonly Form[], last: number): number {
  const gloss = tokens[last + 1]?.norm === '(' && tokens[last + 3]?.norm === ')';
  return gloss ? last + 3 : tokens[last + 1]?.norm === '"' ? last + 1 : last;
}

/** "a lightweight, open-source EMR": the comma stands between adjectives behind an article. */
function isAdjectiveList(tokens: readonly Form[], comma: number): boolean {
  return [comma - 2, comma - 3].some((at) => /^an?$/.test(tokens[at]?.norm ?? ''));
}

/** The prepositional phrase behind a noun, or behind "is", without its determiner: "in lift 3". */
function placeBehind(tokens: readonly Form[], behind: number, { mentions }: Sentence): string | undefined {
  const from = /^(?:is|was)$/.test(tokens[behind]?.norm ?? '') ? behind + 1 : behind;
  const preposition = tokens[from]?.norm ?? '';
  const isWithName = preposition === 'with' && /^\p{Lu}\p{Ll}/u.test(tokens[from + 1]?.surface ?? '');
  if (!/^(?:of|in|for|at|on)$/.test(preposition) && !isWithName) return undefined;
  const words: string[] = [];
  for (let at = from + 1; at < tokens.length && words.length < 4; at++) {
    const token = tokens[at]!;
    if (words.length === 0 && DETERMINERS.has(token.norm)) continue;
    if (mentions.some(({ first, last }) => first <= at && at <= last)) return undefined;
    if (token.kind !== 'word' || FUNCTION_WORDS.has(token.norm) || isVerb(token) || hasObject(tokens, at)) break;
    if (isWithName && !isCapital(token)) break;
    if (words.length === 0 && OF_TEXT.test(token.norm) && /^\d/.test(tokens[at + 1]?.norm ?? '')) return undefined;
    words.push(singular(token.norm));
  }
  return words.length > 0 ? `${preposition} ${words.join(' ')}` : undefined;
}

/** Where the text speaks of a thing is not where it is: "the platform of clause 5.1". */
const OF_TEXT = /^(?:clause|section|chapter|paragraph|article|page|step|figure|table)s?$/;

/** A capitalized word whose number makes a name of it: "Sprig 2", not "Since 2" or "Figure 2". */
function isNameWord(token: Form): boolean {
  return isCapital(token) && !FUNCTION_WORDS.has(token.norm) && !REFERRING.has(token.norm);
}

/** The number of "GX-40". */
function isModelNumber(tokens: readonly Form[], at: number): boolean {
  const [word, hyphen] = [tokens[at - 2], tokens[at - 1]];
  return (
    hyphen?.norm === '-' &&
    !hyphen.spaced &&
    !tokens[at]!.spaced &&
    word?.kind === 'word' &&
    /^\p{Lu}/u.test(word.surface)
  );
}

type Opening = Pick<Phrase, 'determiner' | 'modifiers' | 'owner' | 'pointer'>;

function openingOf(tokens: readonly Form[], first: number): Opening {
  const modifiers: string[] = [];
  const names: string[] = [];
  let pointer: string | undefined;
  for (let at = first - 1; at >= Math.max(0, first - 6); at--) {
    const token = tokens[at]!;
    const determiner = DETERMINERS.get(token.norm);
    if (token.norm === 'same') pointer = 'same';
    if (/^(?:only|very|same|")$/.test(token.norm)) continue;
    if (token.norm === 'one' && /^(?:the|this|that)$/.test(tokens[at - 1]?.norm ?? '')) continue;
    if (token.norm === 'first') {
      modifiers.unshift(token.norm);
      continue;
    }
    if (token.norm === 'as')
      return { determiner: 'indefinite', modifiers, owner: names.join(' ') || undefined, pointer };
    if (determiner) {
      const owner = token.norm === "'s" ? tokens[at - 1]?.norm : undefined;
      if (/^(?:this|that)$/.test(token.norm)) pointer = token.norm;
      return { determiner, modifiers, owner: owner ?? (names.join(' ') || undefined), pointer };
    }
    if (token.norm === '-' && !token.spaced) continue;
    if (token.norm === ',' && isAdjectiveList(tokens, at)) continue;
    // The number in "one (1) gateway".
    if (token.norm === ')' && /^\d+$/.test(tokens[at - 1]?.norm ?? '') && tokens[at - 2]?.norm === '(') {
      at -= 2;
      continue;
    }
    if (token.norm === '1')
      return { determiner: 'indefinite', modifiers, owner: names.join(' ') || undefined, pointer };
    if (/^\d{1,3}$/.test(token.norm) && at > 0 && isNameWord(tokens[at - 1]!)) {
      names.unshift(tokens[at - 1]!.norm, token.norm); // "Sprig 2"
      at--;
      continue;
    }
    if (/^\d+$/.test(token.norm) && isModelNumber(tokens, at)) {
      names.unshift(`${tokens[at - 2]!.norm}-${token.norm}`); // "GX-40"
      at -= 2;
      continue;
    }
    if (/^\d+$/.test(token.norm)) break;
    if (tokens[at + 1]?.norm === '-' && !/\d/.test(tokens[at + 2]?.norm ?? '')) continue; // "built-in"
    if (tokens[at - 1]?.norm === '-' && !tokens[at - 1]!.spaced && !/\d/.test(token.norm)) continue;
    if (token.norm === "'" && !token.spaced && tokens[at - 1]?.norm.endsWith('s'))
      return { determiner: 'possessive', modifiers, owner: tokens[at - 1]!.norm, pointer };
    if (token.kind !== 'word' || FUNCTION_WORDS.has(token.norm)) break;
    if (/^\p{Lu}|\d/u.test(token.surface) && at > 0) names.unshift(token.norm);
    else modifiers.unshift(token.norm);
  }
  return { determiner: 'none', modifiers, owner: names.join(' ') || undefined, pointer };
}

/** True in a caption, which needs no article: "Figure 2: M2M controller (left)". */
export function isCaption({ sentence: { block, forms }, plural }: Phrase): boolean {
  return (
    !plural &&
    (block.kind === 'caption' || /^(?:figure|fig|photo|picture|image|screenshot)$/.test(forms[0]?.norm ?? ''))
  );
}

/** True of a phrase with which a cell begins that says no more than what it is: the table lists the thing. */
export function isListed({ sentence: { block, forms }, mention, nouns, plural }: Phrase): boolean {
  const last = mention.last + nouns.length;
  return (
    !plural &&
    (block.cell?.row ?? 0) > 0 &&
    mention.first === 0 &&
    /^(?:[,(]?|is|was|has|had)$/.test(forms[last + 1]?.norm ?? '')
  );
}

/** "the M2M hub" in quotation marks: the words are talked about, and no thing; but a contract defines a name so in brackets. */
export function isQuoted({ sentence: { forms }, mention, nouns }: Phrase): boolean {
  const isMark = (at: number) => forms[at]?.norm === '"';
  const opening = DETERMINERS.has(forms[mention.first - 1]?.norm ?? '') ? mention.first - 2 : mention.first - 1;
  const isDefined = ['(', 'the'].includes(forms[opening - 1]?.norm ?? '');
  return isMark(opening) && isMark(mention.last + nouns.length + 1) && nouns.length > 0 && !isDefined;
}
