import { isResuming } from './english';
import type { Concept } from './glossary';
import { APART, DEICTIC, ENOUGH, isKnown, isNear, STRONG, sharedModifier, weigh } from './identity';
import type { Lexicon } from './lexicon';
import { type LocatorMemory, LocatorReader } from './locator';
import { isEntry, placeOf, type Sentence } from './mention';
import { isCaption, isListed, isQuoted, nameBefore, type Phrase, phraseText } from './phrase';
import { isBadExample, isMarkedWrong } from './stance';
import { readStory, type Story } from './story';
import type { Span } from './text';

/** One particular thing that the document calls by the names of two concepts, with all phrases that mean it. */
export interface Referent {
  /** What the thing is, in the words of the document: "gateway". */
  readonly head: string;
  /** In the order of the text; the first gives the name that the others depart from. */
  readonly phrases: readonly Phrase[];
  /** `indirect`: strong evidence; `weak`: careful editors could disagree; `none`: the evidence against it is stronger. */
  readonly strength: 'indirect' | 'weak' | 'none';
  readonly evidence: readonly string[];
}

/** What the claims of a document mean for its things. */
export interface Hints {
  /** Spans of claims that give a thing of the one concept another name with the other concept. */
  readonly renamed: readonly Span[];
}

/** What things are found in. */
export interface Material {
  /** The text itself. */
  readonly source: string;
  readonly locators: LocatorMemory;
  readonly sentences: readonly Sentence[];
  readonly phrases: readonly Phrase[];
  /** The nouns that each sentence counts as two: "the two SIM contracts", "both gateways". */
  readonly counted: readonly (readonly string[])[];
}

/** The things that are called by the names of two confusable concepts. */
export function readReferents(material: Material, hints: Hints, lexicon: Lexicon): readonly Referent[] {
  const { source, locators, sentences, counted } = material;
  const phrases = material.phrases.filter((phrase) => !isQuoted(phrase) && !isOfBadExample(phrase, sentences));
  if (new Set(phrases.map((phrase) => phrase.concept)).size < 2) return [];
  const story = readStory(new LocatorReader(sentences, source, locators), { sentences, phrases, counted });
  const referents = [...renamedThings(phrases, hints.renamed), ...sameCodes(phrases, lexicon)];
  const known = new Set(referents.flatMap((referent) => referent.phrases));
  for (const [head, sharing] of byHead(phrases)) {
    if (sharing.every(({ concept }) => concept === sharing[0]!.concept)) continue;
    const referent = sameThing(
      head,
      sharing.filter((phrase) => !known.has(phrase)),
      story,
      lexicon,
    );
    if (!referent) continue;
    referents.push(referent);
    for (const phrase of referent.phrases) known.add(phrase);
  }
  referents.push(...sameCountables(phrases, story, lexicon));
  const described = describedThings(phrases, story, lexicon, referents);
  // What a name ties for sure need not be supposed as well.
  const certain = new Set(described.flatMap((referent) => referent.phrases));
  const supposed = referents.filter(
    ({ strength, phrases: [first, ...others] }) =>
      strength !== 'weak' || !others.some((phrase) => phrase.concept !== first!.concept && certain.has(phrase)),
  );
  return [...supposed, ...described];
}

/** True of what is not to be written: in a table of such, or behind a mark. */
function isOfBadExample({ sentence }: Phrase, sentences: readonly Sentence[]): boolean {
  if (isMarkedWrong(sentence)) return true;
  return sentence.block.cell !== undefined && isBadExample(sentences, placeOf(sentences, sentence));
}

/** The head noun; and the noun before it where the last word may be a verb: "your subscription renews". */
function headsOf({ nouns, plural, determiner }: Phrase): readonly string[] {
  const head = nouns.at(-1);
  const before = nouns.at(-2);
  if (head === undefined) return [];
  return plural && before !== undefined && determiner !== 'none' ? [head, before] : [head];
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Phrases by their head noun; "the IoT one" has that of the phrase before it in its sentence. */
function byHead(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
  const heads = new Map<string, Phrase[]>();
  for (const [at, phrase] of phrases.entries()) {
    const before = phrases[at - 1];
    const isPro = /^ones?$/.test(phrase.nouns.at(-1) ?? '') && before?.sentence === phrase.sentence;
    for (const head of headsOf(isPro ? before : phrase)) push(heads, head, phrase);
  }
  return heads;
}

/* ---------------------------------------------------------------- one thing under two names */

/** Nouns for what a whole or a text is divided into: two of them are two. */
const PARTS = /^(?:part|side|half|portion|share|piece|aspect|section|column|row|heading|paragraph|word|term|entry)$/;

function sameThing(head: string, phrases: readonly Phrase[], story: Story, lexicon: Lexicon): Referent | undefined {
  if (PARTS.test(head)) return undefined;
  const located = locatedAlike(phrases, head, story, lexicon);
  const particular = phrases.filter((phrase) => located.has(phrase) || isParticular(phrase, head));
  const title = headed(phrases, head, story, lexicon);
  const known = particular.find((phrase) => located.has(phrase)) ?? particular[0];
  const first = title && (!known || title.start < known.start) ? title : known;
  if (!first) return undefined;
  const rivals = particular.filter(
    (phrase) =>
      phrase.start > first.start &&
      phrase.concept !== first.concept &&
      lexicon.confusable(first.concept.id, phrase.concept.id),
  );
  const meant = rivals.filter((phrase) => located.has(phrase) || refersBack(phrase, first));
  if (meant.length === 0) return undefined;
  const weight = weigh({ head, first, rivals: meant, all: phrases }, story);
  const strength = weight.sum >= STRONG ? 'indirect' : weight.sum >= ENOUGH ? 'weak' : 'none';
  const chained = new Set([first, ...meant]);
  const chain = phrases.filter(
    (phrase) => chained.has(phrase) || (phrase.start > first.start && joinsChain(phrase, head, first, lexicon)),
  );
  return { head, phrases: chain, strength, evidence: weight.evidence };
}

/** Phrases that are told by what a phrase with the rival's name is told by too, such as "asset 00417": they need no article. */
function locatedAlike(
  phrases: readonly Phrase[],
  head: string,
  { locators }: Story,
  lexicon: Lexicon,
): ReadonlySet<Phrase> {
  const found = new Set<Phrase>();
  const sharing = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const { plural, nouns, determiner, modifiers } = phrase;
    const isMany = plural && nouns.at(-1) === head;
    if (determiner === 'other' || modifiers.some((each) => APART.has(each))) continue;
    for (const [noun, values] of locators.of(phrase)) {
      const kind = isMany && determiner !== 'definite' && !noun.startsWith('number of') ? 'many ' : '';
      for (const value of values) push(sharing, `${kind}${noun} ${value}`, phrase);
    }
  }
  for (const [key, some] of sharing) {
    // Many without an article are told by what is said of them later: "the IoT cards of Schedule 2".
    const alike = key.startsWith('many ') ? some : [...some, ...(sharing.get(`many ${key}`) ?? [])];
    if (key.startsWith('many ')) continue;
    const rival = alike.find((phrase) => lexicon.confusable(alike[0]!.concept.id, phrase.concept.id));
    if (rival) for (const phrase of alike) found.add(phrase);
  }
  return found;
}

/**
 * The bare phrase of a heading or of a term that is explained, if what follows it there has a phrase that can resume it, and the rival's thing has no
 * heading too: "## IoT tank ... ## M2M tank".
 */
function headed(phrases: readonly Phrase[], head: string, story: Story, lexicon: Lexicon): Phrase | undefined {
  const titles = phrases.filter((phrase) => phrase.determiner === 'none' && !phrase.plural && isTitle(phrase));
  const entitled = titles.filter(({ sentence }) => sentence.block.kind === 'heading');
  const concepts = new Set(entitled.map(({ concept }) => concept));
  const known = phrases.filter((phrase) => isKnown(phrase) && isParticular(phrase, head));
  return titles.find((title) => {
    const isRival = ({ concept }: { readonly concept: Concept }) => lexicon.confusable(title.concept.id, concept.id);
    if ([...concepts].some((concept) => isRival({ concept }))) return false;
    const from = indexFrom(known, title.end);
    return known.slice(from, from + FURTHEST).some((phrase) => isRival(phrase) && isBelow(phrase, title, story));
  });
}

/** True of a phrase in the section, the entry or the next blocks below a title. */
function isBelow(phrase: Phrase, title: Phrase, story: Story): boolean {
  const { kind } = title.sentence.block;
  if (isEntry(title.sentence, phrase.sentence)) return true;
  if (kind === 'heading') return story.headingOf(phrase.sentence) === title.sentence;
  return kind === 'paragraph' && isTitled(title) && isNear(title, phrase);
}

/** True of a paragraph that is one sentence without a mark at its end: a title in bold. */
function isTitled({ sentence: { forms, block, start, end } }: Phrase): boolean {
  return !/^[.!?;:,]$/.test(forms.at(-1)?.norm ?? '') && start - block.start <= 8 && block.end - end <= 4;
}

/** The most words that a title has besides the phrase that it consists of: "M2M modem of the pump". */
const BESIDE_TITLE = 4;

/** True if a phrase opens its heading or paragraph and is nearly all of it. */
function isTitle({ sentence: { forms }, mention, nouns }: Phrase): boolean {
  const words = forms.filter(({ kind }) => kind === 'word').length;
  const own = mention.last - mention.first + 1 + nouns.length;
  return wordsBefore({ forms }, mention.first) <= 1 && words - own <= BESIDE_TITLE;
}

/** Where one thing is known by both names, what names it in few words means it too: a cell, a step, a caption, "NAME is an M2M controller". */
function joinsChain(phrase: Phrase, head: string, first: Phrase, lexicon: Lexicon): boolean {
  const { concept, plural, determiner, modifiers, owner, subject } = phrase;
  if (concept !== first.concept && !lexicon.confusable(first.concept.id, concept.id)) return false;
  if (plural || phrase.nouns.at(-1) !== head || modifiers.some((modifier) => APART.has(modifier))) return false;
  if (isOtherRow(phrase, first)) return false;
  if (owner !== undefined && first.owner !== undefined && owner !== first.owner) return false;
  if (determiner === 'indefinite') return subject !== undefined;
  return determiner !== 'other';
}

/** Another row of a table tells of another thing. */
function isOtherRow(a: Phrase, b: Phrase): boolean {
  const [one, other] = [a.sentence.block.cell, b.sentence.block.cell];
  return one !== undefined && other?.table === one.table && other.row !== one.row;
}

/** A phrase for one thing: singular with an article or owner, or plural with an owner. */
function isParticular(phrase: Phrase, head: string): boolean {
  const { determiner, owner, sentence, modifiers } = phrase;
  const plural = phrase.plural && phrase.nouns.at(-1) === head;
  // "NAME is our new M2M lock" tells it from no other lock.
  const isTold = phrase.subject !== undefined || isPredicate(phrase);
  const isAnnounced =
    owner !== undefined && determiner === 'possessive' && modifiers.every((each) => each === 'new' || !APART.has(each));
  if (!isTold && !isAnnounced && modifiers.some((modifier) => APART.has(modifier))) return false;
  if (plural)
    return determiner === 'possessive' || (determiner === 'definite' && (owner !== undefined || phrase.capital));
  if (determiner === 'none' && (phrase.codes.length > 0 || isCaption(phrase) || isListed(phrase))) return true;
  if (determiner === 'none')
    return owner !== undefined || (sentence.block.kind === 'heading' && sentence.block.level === 1);
  return determiner !== 'other';
}

/** "It is our first M2M hub" */
function isPredicate({ sentence: { forms }, mention, modifiers }: Phrase): boolean {
  const before = forms.slice(Math.max(0, mention.first - modifiers.length - 2), mention.first);
  return before.some(({ norm }) => /^(?:is|was|'s)$/.test(norm));
}

/** A later phrase can resume an earlier one if it is definite or has the same owner. */
function refersBack(later: Phrase, first: Phrase): boolean {
  if (later.owner && first.owner) return later.owner === first.owner;
  if (later.place !== undefined && later.place === first.place && isNamedPlace(later)) return true;
  return isKnown(later) || (later.determiner === 'none' && (isCaption(later) || (isListed(later) && isKnown(first))));
}

/** "with Tagwell": a list needs no article where the place is a name. */
function isNamedPlace({ place = '', sentence: { forms }, mention }: Phrase): boolean {
  const last = place.split(' ').at(-1);
  return forms.some(
    ({ surface }, at) => at > mention.last && /^\p{Lu}/u.test(surface) && surface.toLowerCase() === last,
  );
}

/* ---------------------------------------------------------------- terms that are count nouns themselves */

/** "Add an SLO for uploads. ... the SLA for uploads": the terms have no noun of their own, but the document counts what they name. */
function sameCountables(phrases: readonly Phrase[], story: Story, lexicon: Lexicon): readonly Referent[] {
  const bare = phrases.filter((phrase) => phrase.nouns.length === 0);
  const counted = new Set(
    bare.filter(({ plural, determiner }) => plural || determiner === 'indefinite').map(({ concept }) => concept),
  );
  const things = bare.filter((phrase) => !phrase.plural && isThing(phrase));
  const found = new Map<Phrase, Phrase[]>();
  for (const [at, rival] of things.entries()) {
    const first = canBeTied(rival) ? tiedBefore(things, at, lexicon) : undefined;
    if (!first) continue;
    const isCountable = counted.has(first.concept) && counted.has(rival.concept);
    const isTold = /\d| \S+ /.test(rival.place ?? '') || sharedModifier(first, rival) !== undefined;
    const isLocated = isTold && rival.place !== undefined && rival.place === first.place;
    const isOwned = rival.owner !== undefined && rival.owner === first.owner;
    if (isCountable || isLocated || isOwned || rival.pointer !== undefined) push(found, first, rival);
  }
  const places = new Map(bare.map((phrase, at) => [phrase, at]));
  return [...found].map(([first, rivals]) => {
    const [from, to] = [places.get(first)! - FURTHEST, places.get(rivals.at(-1)!)! + FURTHEST];
    const all = bare.slice(Math.max(0, from), to);
    const { sum, evidence } = weigh({ head: undefined, first, rivals, all }, story);
    // One property can have a thing of either kind: a word before both is not enough.
    const isSure = rivals.some(
      ({ pointer, place, owner }) =>
        pointer !== undefined || (place ?? '') === first.place || (owner ?? '') === first.owner,
    );
    const strength = sum >= STRONG && isSure ? 'indirect' : sum >= ENOUGH ? 'weak' : 'none';
    return { head: 'thing', phrases: [first, ...rivals], strength, evidence };
  });
}

/** With an article or an owner, or alone in a heading. */
function isThing({ determiner, modifiers, sentence }: Phrase): boolean {
  if (modifiers.some((modifier) => APART.has(modifier))) return false;
  if (determiner === 'none') return sentence.block.kind === 'heading' && modifiers.length > 0;
  return determiner !== 'other';
}

/** How many phrases back a thing is looked for, and what tells of it around it, so that time grows with the length of the text. */
const FURTHEST = 200;

function tiedBefore(things: readonly Phrase[], at: number, lexicon: Lexicon): Phrase | undefined {
  const rival = things[at]!;
  for (let back = at - 1; back >= Math.max(0, at - FURTHEST); back--) {
    const other = things[back]!;
    if (lexicon.confusable(other.concept.id, rival.concept.id) && areTied(other, rival)) return other;
  }
  return undefined;
}

function canBeTied({ pointer, place, owner, modifiers }: Phrase): boolean {
  return pointer !== undefined || place !== undefined || owner !== undefined || modifiers.length > 0;
}

/** True if something besides the terms ties the second to the first. */
function areTied(first: Phrase, rival: Phrase): boolean {
  if (rival.determiner !== 'definite' && rival.determiner !== 'possessive') return false;
  const pointsBack = rival.pointer !== undefined && (!DEICTIC.test(rival.pointer) || isNear(first, rival));
  const samePlace = rival.place !== undefined && rival.place === first.place;
  const sameOwner = rival.owner !== undefined && rival.owner === first.owner;
  return pointsBack || samePlace || sameOwner || sharedModifier(first, rival) !== undefined;
}

/* ---------------------------------------------------------------- one number or model under two names */

/** "the IoT segment (VLAN 212)" and "M2M VLAN 212" are one thing, whatever noun names it. */
function sameCodes(phrases: readonly Phrase[], lexicon: Lexicon): readonly Referent[] {
  const byCode = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    if (!phrase.plural) for (const code of codesOf(phrase)) if (isTelling(code)) push(byCode, code, phrase);
  }
  const later = phrases.filter((phrase) => isKnown(phrase) && !codesOf(phrase).some(isTelling));
  const taken = new Set<Phrase>();
  // What has no code of its own is the thing whose code was given last.
  const found = [...byCode].reverse().flatMap(([code, same]) => {
    const rival = same.find((phrase) => lexicon.confusable(same[0]!.concept.id, phrase.concept.id));
    if (!rival || rival.sentence === same[0]!.sentence) return [];
    const evidence = [`"${phraseText(same[0]!)}" and "${phraseText(rival)}" are both "${code}"`];
    const head = same[0]!.nouns.at(-1) ?? code;
    const from = indexFrom(later, same[0]!.start + 1);
    const joining = later
      .slice(from, from + FURTHEST)
      .filter((phrase) => !taken.has(phrase) && joinsChain(phrase, head, same[0]!, lexicon));
    for (const phrase of joining) taken.add(phrase);
    const chain = [...same, ...joining].sort((a, b) => a.start - b.start);
    return [{ head, phrases: chain, strength: 'indirect' as const, evidence }];
  });
  return found.reverse();
}

/** The codes of a phrase, or the model that it is said of. */
function codesOf(phrase: Phrase): readonly string[] {
  const model = phrase.codes.length === 0 ? modelSubject(phrase) : undefined;
  return model === undefined ? phrase.codes : [model];
}

/** "The FM-8 is an IoT data logger" tells which logger it is. */
function modelSubject(phrase: Phrase): string | undefined {
  const subject = phrase.subject?.toLowerCase().replace(/ /g, '');
  return subject !== undefined && /\d/.test(subject) ? subject : undefined;
}

/** A code of two digits or of letters and digits; a size or a generation such as "2FF" or "5G" does not tell things apart. */
function isTelling(code: string): boolean {
  return /\d.*\d/.test(code) || (code.length > 3 && /\p{L}.*\d/u.test(code)) || /^\p{L}{5,}$/u.test(code);
}

/* ---------------------------------------------------------------- a thing that the text gives two names */

/** After "IoT SIM cards, otherwise known as M2M SIMs", every "M2M SIM" is a switch to the second name. */
function renamedThings(phrases: readonly Phrase[], renamed: readonly Span[]): readonly Referent[] {
  const found: Referent[] = [];
  const known = new Set<Phrase>();
  const byNoun = new Map<string, Phrase[]>();
  if (renamed.length > 0) for (const phrase of phrases) for (const noun of phrase.nouns) push(byNoun, noun, phrase);
  for (const span of renamed) {
    const [one, other] = phrasesIn(phrases, span);
    const noun = one?.nouns.find((each) => other?.nouns.includes(each));
    if (!one || !other || noun === undefined || known.has(one)) continue;
    const isSame = ({ concept }: Phrase) => concept === one.concept || concept === other.concept;
    const later = byNoun
      .get(noun)!
      .filter((phrase) => phrase.start > other.end && isSame(phrase) && !known.has(phrase));
    if (!later.some((phrase) => phrase.concept === other.concept)) continue;
    const evidence = [`the text gives "${phraseText(one)}" the other name "${phraseText(other)}"`];
    const same = [one, ...later];
    for (const phrase of same) known.add(phrase);
    found.push({ head: noun, phrases: same, strength: 'indirect', evidence });
  }
  return found;
}

/** Index of the first phrase that begins at a place or behind it. */
function indexFrom(phrases: readonly Phrase[], start: number): number {
  let [low, high] = [0, phrases.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (phrases[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The phrases whose mentions lie in a span. */
function phrasesIn(phrases: readonly Phrase[], span: Span): readonly Phrase[] {
  const low = indexFrom(phrases, span.start);
  let end = low;
  while (end < phrases.length && phrases[end]!.mention.end <= span.end) end++;
  return phrases.slice(low, end);
}

/* ---------------------------------------------------------------- one name described by both */

/** A named thing that one sentence describes by the one concept and another by the other: "Acme is an IoT cloud. ... Acme is an M2M platform." */
function describedThings(
  phrases: readonly Phrase[],
  story: Story,
  lexicon: Lexicon,
  known: readonly Referent[],
): readonly Referent[] {
  const described = new Map<string, Phrase[]>();
  const explicit = new Set<Phrase>();
  for (const phrase of phrases) {
    const named =
      phrase.subject ?? titleSubject(phrase, story) ?? pronounSubject(phrase, story) ?? titleModel(phrase, story);
    if (named !== undefined) explicit.add(phrase);
    const subject = (named ?? columnName(phrase, story) ?? taggedName(phrase, story) ?? phrase.owner)?.toLowerCase();
    if (subject && (phrase.nouns.length > 0 || isCounted(phrase)) && !phrase.plural) push(described, subject, phrase);
  }
  const taken = new Set(
    known.filter(({ strength }) => strength === 'indirect').flatMap((referent) => referent.phrases),
  );
  return [...described].flatMap(([subject, same]) => {
    const first = same[0]!;
    const rivals = same.filter(
      (phrase) =>
        lexicon.confusable(first.concept.id, phrase.concept.id) &&
        phrase.sentence !== first.sentence &&
        (first.sentence !== story.title?.sentence || first.nouns.at(-1) === phrase.nouns.at(-1)),
    );
    if (
      rivals.length === 0 ||
      rivals.some((phrase) => taken.has(phrase)) ||
      story.isMigration(undefined) ||
      !same.some((phrase) => explicit.has(phrase))
    )
      return [];
    const evidence = [`"${subject}" is described as "${phraseText(first)}" and as "${phraseText(rivals[0]!)}"`];
    return [{ head: first.nouns.at(-1) ?? 'thing', phrases: same, strength: 'indirect' as const, evidence }];
  });
}

/** "a digital twin of the port": the term is the noun, and no other follows it behind "and". */
function isCounted({ determiner, modifiers, mention, sentence: { forms } }: Phrase): boolean {
  const isOne = determiner === 'indefinite' || modifiers.includes('first');
  return isOne && !/^(?:and|or|,|&)$/.test(forms[mention.last + 1]?.norm ?? '');
}

/** The name with which the sentence before begins, for "It is an M2M framework". */
function pronounSubject({ sentence, determiner }: Phrase, { locators }: Story): string | undefined {
  const before = locators.before(sentence);
  const isSaid =
    isResuming(sentence.forms) && /^(?:is|'s|was)$/.test(sentence.forms[1]?.norm ?? '') && determiner === 'indefinite';
  if (!isSaid || before?.blockIndex !== sentence.blockIndex) return undefined;
  let end = 0;
  while (end < before.forms.length && /^[\p{Lu}\d-]/u.test(before.forms[end]!.surface)) end++;
  return end > 0 ? nameBefore(before.forms, end) : undefined;
}

/** The model that heads the column of a cell. */
function columnName({ sentence }: Phrase, { locators }: Story): string | undefined {
  const header = locators.headerOf(sentence);
  const name = header && header.mentions.length === 0 ? nameBefore(header.forms, header.forms.length) : undefined;
  return name !== undefined && /\d/.test(name) ? name : undefined;
}

/** The name in the title, for a phrase in the title itself or in a sentence that begins with the name. */
function titleSubject({ sentence, mention }: Phrase, { title }: Story): string | undefined {
  if (!title) return undefined;
  const begins = sentence.forms[0]?.surface === title.name && /^(?:is|was)$/.test(sentence.forms[1]?.norm ?? '');
  const isNear = wordsBefore(sentence, mention.first) <= 5 && title.tagLines.has(sentence.blockIndex);
  return sentence === title.sentence || (begins && isNear) ? title.name : undefined;
}

/** The model that the document is about, for a phrase that begins with its name: "Sprig 2 M2M logger". */
function titleModel({ owner }: Phrase, { title }: Story): string | undefined {
  return title !== undefined && /\d/.test(title.name) && owner === title.name.toLowerCase() ? title.name : undefined;
}

/** The name in the title, for a phrase with which one of the first blocks below it begins: a tag line. */
function taggedName({ sentence, mention }: Phrase, { title }: Story): string | undefined {
  if (!title?.tagLines.has(sentence.blockIndex)) return undefined;
  return wordsBefore(sentence, mention.first) <= 5 ? title.name : undefined;
}

function wordsBefore({ forms }: Pick<Sentence, 'forms'>, end: number): number {
  return forms.slice(0, end).filter(({ kind }) => kind === 'word').length;
}
