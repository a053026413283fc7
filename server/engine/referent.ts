import { type Form, FUNCTION_WORDS, isPlural, singular } from './english';
import type { Concept } from './glossary';
import type { Lexicon } from './lexicon';
import { differingLocator, isPronominal, type LocatorMemory, LocatorReader, sharedLocator } from './locator';
import { isEntry, type Sentence } from './mention';
import { DETERMINERS, nameBefore, type Phrase, phraseText } from './phrase';
import { type Recall, readEach } from './recall';
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
  /** True if the text says that the concepts are not the same. */
  readonly toldApart: boolean;
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

/** The nouns that each sentence counts as two; `known` are those of the version before. */
export function readCounted(recall: Recall, known?: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const read = (at: number) => (isNearMention(recall.sentences, at) ? countedNouns(recall.sentences[at]!) : NONE);
  return readEach(recall, { before: 0, after: 0, read, moved: (nouns) => nouns }, known);
}

/** True in a heading and in a block that mentions a concept. */
function isNearMention(sentences: readonly Sentence[], at: number): boolean {
  const { block, blockIndex } = sentences[at]!;
  if (block.kind === 'heading') return true;
  const isOfBlock = (index: number) => sentences[index]?.blockIndex === blockIndex;
  let first = at;
  while (isOfBlock(first - 1)) first--;
  for (let index = first; isOfBlock(index); index++) if (sentences[index]!.mentions.length > 0) return true;
  return false;
}

/** The things that are called by the names of two confusable concepts. */
export function readReferents(
  { source, locators, sentences, phrases, counted }: Material,
  hints: Hints,
  lexicon: Lexicon,
): readonly Referent[] {
  if (new Set(phrases.map((phrase) => phrase.concept)).size < 2) return [];
  const story = readStory(new LocatorReader(sentences, source, locators), sentences, counted, hints.toldApart);
  const referents = [...renamedThings(phrases, hints.renamed), ...sameCodes(phrases, lexicon)];
  const known = new Set(referents.flatMap((referent) => referent.phrases));
  for (const [head, sharing] of byHead(phrases)) {
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
  const isCertain = (phrase: Phrase) => described.some((referent) => referent.phrases.includes(phrase));
  const supposed = referents.filter(
    ({ strength, phrases: [first, ...others] }) =>
      strength !== 'weak' || !others.some((phrase) => phrase.concept !== first!.concept && isCertain(phrase)),
  );
  return [...supposed, ...described];
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

/* ---------------------------------------------------------------- the document as a whole */

/** What the document as a whole says of the two concepts: evidence that things called differently are different. */
interface Story {
  /** True if things of both kinds replace each other or stand side by side. */
  readonly migration: boolean;
  /** True if the text says that the concepts are not the same. */
  readonly toldApart: boolean;
  /** True of a noun that the document counts as two. */
  isCounted(noun: string): boolean;
  readonly title: Title | undefined;
  /** The concept that the heading above a sentence names, if it names just one. */
  sectionOf(sentence: Sentence): Concept | undefined;
  /** The heading that a sentence stands below, or is. */
  headingOf(sentence: Sentence): Sentence | undefined;
  readonly locators: LocatorReader;
}

/** A title that is, or begins with, the name of what the document is about. */
interface Title {
  readonly name: string;
  readonly sentence: Sentence;
  /** Indices of the blocks below it that may say what the thing is. */
  readonly tagLines: ReadonlySet<number>;
}

/** Words with which one thing takes the place of another, or two are set against each other. */
const MIGRATION =
  /(?<![\p{L}\p{N}-])(?:migrat\w+|cut-?over|cut|leaving|moving|farewell|replac\w+|supersed\w+|successor|decommission\w*|retire[ds]?|phase[ds]?|legacy|upgrad\w+|transition\w*|swap\w*|switch(?:ing|ed)?|versus|vs|compar\w+|lot|lots|both(?=\s+(?:of\s+)?(?:the\s+|our\s+|your\s+|their\s+)?(?!(?:terms|words|expressions|names|abbreviations|acronyms|labels|means|describes|refers|stands)\b)\w+s\b))(?![\p{L}\p{N}])/iu;

function readStory(
  locators: LocatorReader,
  sentences: readonly Sentence[],
  counted: readonly (readonly string[])[],
  toldApart: boolean,
): Story {
  const sections = new Map<Sentence, Concept | undefined>();
  const headingsAbove = new Map<Sentence, Sentence | undefined>();
  let heading: Sentence | undefined;
  let current: Concept | undefined;
  let headingBlock = -1;
  for (const sentence of sentences) {
    if (sentence.block.kind === 'heading') {
      const concepts = new Set(
        sentence.mentions.filter((mention) => mention.sense.kind === 'concept').map((mention) => mention.concept),
      );
      if (sentence.blockIndex !== headingBlock) current = undefined;
      if (concepts.size === 1) current = [...concepts][0];
      headingBlock = sentence.blockIndex;
      heading = sentence;
    }
    sections.set(sentence, current);
    headingsAbove.set(sentence, heading);
  }
  const both = sentences.filter(({ mentions: [first, ...others] }) =>
    others.some((mention) => mention.concept !== first!.concept),
  );
  const nouns = new Set(counted.flat());
  const isCounted = (noun: string) => nouns.has(noun);
  const isMoving = (sentence: Sentence) => MIGRATION.test(textOf(sentence));
  const headings = sentences.filter((sentence) => sentence.block.kind === 'heading' && sentence.mentions.length > 0);
  const migration = both.some(isMoving) || headings.some((heading) => isMoving(heading) && isOfMention(heading));
  return {
    migration,
    toldApart,
    isCounted,
    title: titleIn(sentences),
    sectionOf: (sentence) => sections.get(sentence),
    headingOf: (sentence) => headingsAbove.get(sentence),
    locators,
  };
}

function titleIn(sentences: readonly Sentence[]): Title | undefined {
  const at = sentences.findIndex(({ block }) => block.kind === 'heading' && (block.level ?? 1) === 1);
  const title = sentences[at];
  const words = title?.forms.filter((token) => token.kind === 'word') ?? [];
  const [mention] = title?.mentions ?? [];
  if (!title || words.length === 0 || (!mention && words.length > 3)) return undefined;
  const isName = words.length === 1 && !mention;
  const name = isName ? words[0]!.surface : nameBefore(title.forms, mention ? mention.first : title.forms.length);
  return name ? { name: modelIn(name) ?? name, sentence: title, tagLines: blocksBelow(sentences, at, 3) } : undefined;
}

/** "VX-220" of "VX-220 Industrial". */
function modelIn(name: string): string | undefined {
  return name.split(' ').find((word) => /\d/.test(word) && /\p{L}/u.test(word));
}

/** The first blocks of text below a sentence; captions of badges and pictures do not count. */
function blocksBelow(sentences: readonly Sentence[], at: number, most: number): ReadonlySet<number> {
  const blocks = new Set<number>();
  for (const { block, blockIndex, forms } of sentences.slice(at + 1, at + 40)) {
    if (block.kind === 'caption' || !forms.some(({ kind }) => kind === 'word')) continue;
    if (blocks.size === most && !blocks.has(blockIndex)) break;
    blocks.add(blockIndex);
  }
  return blocks;
}

/** False of "Replacing the SIM card of the M2M terminal": the terminal stays. */
function isOfMention({ forms, mentions }: Sentence): boolean {
  const at = forms.findIndex(({ norm }) => MIGRATION.test(norm));
  return mentions.some(
    ({ first }) => first < at || !forms.slice(at + 1, first).some(({ norm }) => /^(?:of|in|on|at|with)$/.test(norm)),
  );
}

/** The text of a sentence, whose words are not asked for. */
function textOf({ block, start, end }: Sentence): string {
  return block.text.slice(start - block.start, end - block.start);
}

const NONE: readonly string[] = [];

function countedNouns(sentence: Sentence): readonly string[] {
  if (!/\b(?:two|both|either|2)\b/i.test(textOf(sentence))) return NONE;
  const nouns: string[] = [];
  const { forms } = sentence;
  forms.forEach((token, at) => {
    const isDigit = token.norm === '2' && forms[at - 1]?.norm !== '.' && forms[at + 1]?.norm !== '.';
    if (!isDigit && !/^(?:two|both|either)$/.test(token.norm)) return;
    const plural = forms.slice(at + 1, at + 5).find((next) => next.kind === 'word' && isPlural(next.norm));
    if (plural) nouns.push(singular(plural.norm));
  });
  return nouns;
}

/* ---------------------------------------------------------------- one thing under two names */

/** Nouns for wholes and kinds: two of them under one head need not be one thing. */
const GENERIC = new Set(
  'communication technology connectivity world market field area space era industry concept term solution application system network data standard protocol case sector domain trend scenario deployment architecture security device environment ecosystem traffic revolution project'.split(
    ' ',
  ),
);
const APART = new Set(
  'old new legacy existing previous former current second third other different separate additional next future another first classic traditional conventional pure plain dedicated'.split(
    ' ',
  ),
);

/** Nouns for what a whole is divided into: two of them are two. */
const PARTS = /^(?:part|side|half|portion|share|piece|aspect)$/;

/** The sum of weights from which on one thing is reported as a hint, and from which on as information. */
const ENOUGH = 2;
const STRONG = 3;

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

/** The bare phrase of a heading or of a term that is explained, if what follows it there has a phrase that can resume it. */
function headed(phrases: readonly Phrase[], head: string, story: Story, lexicon: Lexicon): Phrase | undefined {
  return phrases.find(
    (phrase) =>
      phrase.determiner === 'none' &&
      !phrase.plural &&
      isTitle(phrase) &&
      phrases.some(
        (other) =>
          other.start > phrase.end &&
          isKnown(other) &&
          isParticular(other, head) &&
          lexicon.confusable(phrase.concept.id, other.concept.id) &&
          (isEntry(phrase.sentence, other.sentence) ||
            (phrase.sentence.block.kind === 'heading' && story.headingOf(other.sentence) === phrase.sentence) ||
            (phrase.sentence.block.kind === 'paragraph' && isTitled(phrase) && isNear(phrase, other))),
      ),
  );
}

/** True of a paragraph that has no verb's full stop: a title in bold. */
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
  if (!isTold && modifiers.some((modifier) => APART.has(modifier))) return false;
  if (plural)
    return determiner === 'possessive' || (determiner === 'definite' && (owner !== undefined || phrase.capital));
  if (determiner === 'none' && (phrase.codes.length > 0 || isCaption(phrase))) return true;
  if (determiner === 'none')
    return owner !== undefined || (sentence.block.kind === 'heading' && sentence.block.level === 1);
  return determiner !== 'other';
}

/** "It is our first M2M hub" */
function isPredicate({ sentence: { forms }, mention, modifiers }: Phrase): boolean {
  const before = forms.slice(Math.max(0, mention.first - modifiers.length - 2), mention.first);
  return before.some(({ norm }) => /^(?:is|was|'s)$/.test(norm));
}

/** True in a caption, which needs no article: "Figure 2: M2M controller (left)". */
function isCaption({ sentence: { block, forms }, plural }: Phrase): boolean {
  return (
    !plural &&
    (block.kind === 'caption' || /^(?:figure|fig|photo|picture|image|screenshot)$/.test(forms[0]?.norm ?? ''))
  );
}

/** A later phrase can resume an earlier one if it is definite or has the same owner. */
function refersBack(later: Phrase, first: Phrase): boolean {
  if (later.owner && first.owner) return later.owner === first.owner;
  return isKnown(later) || (later.determiner === 'none' && isCaption(later));
}

/** Phrases that may mean one thing. */
interface Candidates {
  /** The noun that both have; none if the terms are count nouns themselves. */
  readonly head: string | undefined;
  readonly first: Phrase;
  readonly rivals: readonly Phrase[];
  readonly all: readonly Phrase[];
}

/** What speaks for one thing if its weight is positive, and else for two. */
interface Reason {
  readonly weight: number;
  readonly text: string;
}

function weigh(candidates: Candidates, story: Story): { readonly sum: number; readonly evidence: readonly string[] } {
  const forOne = [...reasonsOfHead(candidates, story), ...reasonsForOne(candidates, story)];
  const sumOf = (reasons: readonly Reason[]) => reasons.reduce((sum, { weight }) => sum + weight, 0);
  // What is too little by itself need not be outweighed.
  const reasons = sumOf(forOne) < ENOUGH ? forOne : [...forOne, ...reasonsForTwo(candidates, story)];
  return { sum: sumOf(reasons), evidence: reasons.map(({ text }) => text) };
}

/** A row for a reason, as long as it holds. */
function reason(holds: boolean, weight: number, text: string): readonly Reason[] {
  return holds ? [{ weight, text }] : [];
}

/** What the noun that both have says; or, where the terms are count nouns themselves, the word before them. */
function reasonsOfHead({ head, first, rivals: [rival] }: Candidates, story: Story): readonly Reason[] {
  if (head === undefined) {
    const modifier = sharedModifier(first, rival!);
    return reason(modifier !== undefined, 1, `both are called "${modifier}"`);
  }
  const isOne = first.determiner === 'possessive' || first.place !== undefined || first.owner !== undefined;
  const isWide = GENERIC.has(head) && compound(first) !== compound(rival!);
  return [
    ...reason(true, 2, `"${phraseText(rival!)}" can only be the ${head} of "${phraseText(first)}"`),
    ...reason(story.isCounted(head), -3, `the document counts two of "${head}"`),
    ...reason(isWide, isOne ? -1 : -2, `"${head}" is a noun for many things`),
  ];
}

function reasonsForOne({ first, rivals }: Candidates, { locators }: Story): readonly Reason[] {
  const rival = rivals[0]!;
  const { owner, place, determiner } = first;
  const code = first.codes.find((each) => rivals.some((phrase) => phrase.codes.includes(each)));
  const own = locators.of(first);
  const locator = rivals.map((phrase) => sharedLocator(own, locators.of(phrase))).find((each) => each !== undefined);
  const isIntroduced = determiner === 'indefinite' || first.sentence.block.kind === 'heading';
  const pointsBack = rival.pointer !== undefined && (!DEICTIC.test(rival.pointer) || isNear(first, rival));
  return [
    ...reason(!!owner && rivals.some((phrase) => phrase.owner === owner), 2, `both belong to "${owner}"`),
    ...reason(determiner === 'possessive' && rival.determiner === 'possessive', 1, 'both have an owner'),
    ...reason(isIntroduced, 1, 'the first introduces it'),
    ...reason(rivals.every(isKnown), 1, 'the second is definite and is not introduced'),
    ...reason(code !== undefined, 3, `both are "${code}"`),
    ...reason(code === undefined && locator !== undefined, 2, `both have to do with "${locator}"`),
    ...reason(!!place && rivals.some((phrase) => phrase.place === place), 2, `both are "${place}"`),
    ...(rival.pointer === 'same'
      ? reason(true, 3, 'the second is said to be the same')
      : reason(pointsBack, 2, `"${rival.pointer}" points back`)),
    ...reason(isOfUs(first, rival), 1, 'the first is the work of those whose the second is'),
    ...reason(
      rivals.some((phrase) => !isKnown(phrase) && isCaption(phrase)),
      1,
      'the second is what a picture shows',
    ),
    ...reason(isNaming(first) || isNaming(rival), 1, 'the text says what it is called'),
  ];
}

function reasonsForTwo(candidates: Candidates, story: Story): readonly Reason[] {
  const { first, rivals, all } = candidates;
  const rival = rivals[0]!;
  const own = story.locators.of(first);
  const apart = rivals.map((phrase) => {
    const other = story.locators.of(phrase);
    return sharedLocator(own, other) === undefined ? differingLocator(own, other) : undefined;
  });
  const noun = apart.every((each) => each !== undefined) ? apart[0] : undefined;
  const isNew = (phrase: Phrase) => phrase.concept === rival.concept && introduces(phrase, rival);
  return [
    ...reason(
      rivals.every((phrase) => areElsewhere(first, phrase)),
      -3,
      'each has a place of its own',
    ),
    ...reason(noun !== undefined, -3, `each has a ${noun} of its own`),
    ...reason(
      rivals.every((phrase) => areNamedApart(first, phrase)),
      -3,
      'each has a name of its own',
    ),
    ...reason(
      rivals.every((phrase) => areAlike(first, phrase)),
      -4,
      'two sentences say the same of each',
    ),
    ...reason(
      rivals.every((phrase) => areOfOthers(first, phrase)),
      -3,
      'each belongs to somebody else',
    ),
    ...reason(first.served && rivals.every(({ served }) => served), -3, 'each is for its own'),
    ...reason(isAlternative(rival), -3, 'the text gives them as alternatives'),
    ...reason(isParallel(first, rival), -2, 'two neighboring sentences begin with them'),
    ...reason(
      all.some((phrase, at) => areRivals(all[at - 1], phrase, candidates) && isElliptic(phrase)),
      -3,
      'what is said of the one is said of the other otherwise',
    ),
    ...reason(all.some(isNew), -3, 'the second is introduced as a thing of its own'),
    ...reason(sideBySide(first, rival, all), -4, 'both stand side by side'),
    ...reason(
      all.some((phrase) => phrase.concept === first.concept && wasReplaced(phrase)),
      -3,
      'the first has been replaced',
    ),
    ...reason(
      rivals.some(({ sentence, mention }) => isSingledOut(sentence.forms, mention.first)),
      -3,
      'the text singles the second out',
    ),
    ...reason(
      rivals.some(({ sentence, mention }) => isBeside(sentence.forms, mention.first)),
      -3,
      'the second stands beside the first',
    ),
    ...reason(rivals.every(staysBeside), -3, 'the second goes on beside the first'),
    ...reason(story.migration, -3, 'the document sets the two against each other'),
    ...reason(story.toldApart && !story.migration, -1, 'the document tells the two concepts apart'),
    ...reason(apartBySection(first, rivals, story), -3, 'each has a section of its own'),
  ];
}

function isKnown({ determiner }: Phrase): boolean {
  return determiner === 'definite' || determiner === 'possessive';
}

/** "the node in Zurich ... the node in Singapore", "in slot 1. Slot 2 holds ..." */
function areElsewhere(first: Phrase, rival: Phrase): boolean {
  const [preposition, ...words] = first.place?.split(' ') ?? [];
  const number = words.at(-1);
  if (number === undefined || rival.place === first.place) return false;
  if (rival.place?.split(' ')[0] === preposition) return true;
  const fronted = rival.place === undefined ? frontedPlace(rival.sentence) : undefined;
  if (fronted !== undefined && fronted !== first.place && fronted.split(' ').at(-1) === number) return true;
  const { forms } = rival.sentence;
  const isOther = ({ norm }: Form, at: number) =>
    norm !== number && /^\d/.test(norm) && at > 0 && forms[at - 1]!.norm === words.at(-2);
  return /^\d/.test(number) && forms.some(isOther);
}

/** True if one phrase is of the one concept and the next of the other. */
function areRivals(before: Phrase | undefined, phrase: Phrase, { first, rivals: [rival] }: Candidates): boolean {
  const pair = [before?.concept, phrase.concept];
  return pair.includes(first.concept) && pair.includes(rival!.concept);
}

/** "The A1 is an IoT logger. ... The B2 is an M2M logger." */
function areNamedApart(first: Phrase, rival: Phrase): boolean {
  return first.subject !== undefined && rival.subject !== undefined && first.subject !== rival.subject;
}

/** "How do I charge the IoT tag? ... How do I charge the M2M tag?" */
function areAlike(first: Phrase, rival: Phrase): boolean {
  const rest = ({ sentence: { forms }, mention }: Phrase) =>
    forms
      .filter(({ kind }, at) => kind === 'word' && (at < mention.first || at > mention.last))
      .map(({ norm }) => norm);
  const [a, b] = [rest(first), rest(rival)];
  return a.length > 3 && a.join(' ') === b.join(' ');
}

/** "Arkwright & Sons: the IoT contract ... Municipal Baths: the M2M contract", "Hesse Lifts GmbH pays for an M2M line. Weser Taxi eG has ..." */
function areOfOthers(first: Phrase, rival: Phrase): boolean {
  const [a, b] = [partyOf(first), partyOf(rival)];
  return a !== undefined && b !== undefined && a !== b;
}

/** The capitalized name that labels the item of a phrase, or that its sentence says to have something. */
function partyOf({ sentence: { forms, block }, mention }: Phrase): string | undefined {
  const end = forms.findIndex(
    ({ norm, kind, surface }, at) =>
      at > 0 && !(norm === '&' || norm === '.' || (kind === 'word' && /[\p{Lu}&]/u.test(surface))),
  );
  if (end < 2 || end > mention.first || /\d|^(?:the|this|our|your)$/.test(forms[0]!.norm)) return undefined;
  const isLabel = block.kind === 'item' && forms[end]!.norm === ':';
  if (!isLabel && !HAVING.test(forms[end]!.norm)) return undefined;
  return forms
    .slice(0, end)
    .map(({ norm }) => norm)
    .join(' ');
}

const HAVING =
  /^(?:has|have|had|owns?|pays?|paid|bought|buys|rents?|rented|leases?|leased|subscribes|uses|runs|operates|ordered|orders|took|takes|signed)$/;

/** "In the south field, ..." */
function frontedPlace({ forms }: Sentence): string | undefined {
  if (!/^(?:in|at|on)$/.test(forms[0]?.norm ?? '')) return undefined;
  const comma = forms.findIndex(({ norm }) => norm === ',');
  const words = forms.slice(1, comma).filter(({ norm }) => !DETERMINERS.has(norm));
  return comma > 0 && words.length <= 3 ? `${forms[0]!.norm} ${words.map(({ norm }) => norm).join(' ')}` : undefined;
}

/** The word before the terms that both phrases have: "the latency SLO". */
function sharedModifier(first: Phrase, rival: Phrase): string | undefined {
  const modifier = first.modifiers.at(-1);
  return modifier === rival.modifiers.at(-1) ? modifier : undefined;
}

/** The nouns of a phrase if there are two or more: then they name one kind of thing, however wide the last of them is. */
function compound({ nouns, mention }: Phrase): string {
  return nouns.length > 1 ? nouns.join(' ') : mention.text;
}

const DEICTIC = /^(?:this|that)$/;

/** At most two blocks apart. */
function isNear(first: Phrase, rival: Phrase): boolean {
  return rival.sentence.blockIndex - first.sentence.blockIndex <= 2;
}

/** "We propose an IoT architecture. ... our M2M architecture" */
function isOfUs({ determiner, sentence: { forms } }: Phrase, rival: Phrase): boolean {
  const [word] = rival.sentence.forms.slice(Math.max(0, rival.mention.first - 1 - rival.modifiers.length));
  return (
    determiner === 'indefinite' &&
    /^(?:our|my)$/.test(word?.norm ?? '') &&
    forms.some(({ norm }) => /^(?:we|i)$/.test(norm))
  );
}

/** "The IoT team ... The M2M team ...": the subjects of neighboring sentences are set side by side. */
function isParallel(first: Phrase, rival: Phrase): boolean {
  const isSubject = ({ mention, sentence: { forms, block } }: Phrase) =>
    block.kind !== 'heading' && mention.first <= 3 && (mention.first === 0 || DETERMINERS.has(forms[0]!.norm));
  const near = Math.abs(first.sentence.blockIndex - rival.sentence.blockIndex) <= 1;
  if (near && areFronted(first, rival)) return true;
  const alike = first.determiner === rival.determiner || (isKnown(first) && isKnown(rival));
  return near && rival.pointer === undefined && isSubject(first) && isSubject(rival) && alike;
}

/** "The M2M gateway need not be replaced. The IoT gateway does.", "The IoT router has none" */
function isElliptic({ sentence: { forms }, mention, nouns }: Phrase): boolean {
  const behind = forms
    .slice(mention.last + 1 + nouns.length, mention.last + 5 + nouns.length)
    .map(({ norm }) => `${norm} `)
    .join('');
  return /^(?:(?:does|do|is|are|has|have|can|will|was|were)(?: not|n't)?|doesn't|don't|isn't|hasn't|can't|won't|wasn't) (?:(?:too|either|also) )?[.!;,]|^(?:has|have|needs?|takes?) (?:none|neither|both) /.test(
    behind,
  );
}

/** "If you have an IoT gateway, ... Otherwise install the M2M gateway" */
function isAlternative({ sentence: { forms } }: Phrase): boolean {
  return /^(?:otherwise|alternatively|else)$/.test(forms.find(({ kind }) => kind === 'word')?.norm ?? '');
}

/** "We replaced the M2M gateway", "the M2M portal will be switched off": what comes after is another one. */
function wasReplaced({ sentence: { forms }, mention }: Phrase): boolean {
  const before = forms.slice(Math.max(0, mention.first - 6), mention.first);
  const behind = forms.slice(mention.last + 1, mention.last + 9).map(({ norm }) => norm);
  return (
    before.some(({ norm }) => GIVEN_UP.test(norm)) ||
    /(?:^| )(?:goodbye|farewell|good riddance) to (?:\S+ ){0,4}$/.test(before.map(({ norm }) => `${norm} `).join('')) ||
    /^\S+ (?:switched off|shut down)(?: |$)|(?:^| )(?:is|are|was|were|be|been|being) (?:\w+ly )?(?:GONE|switched off|shut down|turned off|phased out)(?: |$)/.test(
      behind.map((norm) => (GIVEN_UP.test(norm) ? 'GONE' : norm)).join(' '),
    )
  );
}

/** "With the M2M approach, ... With the IoT approach, ..." */
function areFronted(first: Phrase, rival: Phrase): boolean {
  const fronted = ({ mention, sentence: { forms } }: Phrase) =>
    mention.first <= 3 && /^(?:with|in|on|for|under|by|to|from|at)$/.test(forms[0]!.norm) ? forms[0]!.norm : undefined;
  return fronted(first) !== undefined && fronted(first) === fronted(rival) && first.sentence !== rival.sentence;
}

const GIVEN_UP =
  /^(?:replaced|removed|retired|dismantled|scrapped|sold|decommissioned|swapped|discontinued|withdrawn|superseded|closed)$/;

/** "The M2M contract stays", "the IoT gateway next to it": something else goes on or stands there too. */
function staysBeside({ sentence: { forms }, mention }: Phrase): boolean {
  return (
    forms.slice(mention.last + 1, mention.last + 6).some(({ norm }, at) => {
      // "stays blocked" says how it is, not that it stays.
      const next = forms[mention.last + 2 + at];
      if (/^(?:stays?|remains?|stayed|continues?)$/.test(norm))
        return next?.kind !== 'word' || FUNCTION_WORDS.has(next.norm);
      return /^(?:instead|too|also|beside|besides|meanwhile)$/.test(norm);
    }) || takesOver(forms, mention.last)
  );
}

/** "Next to it stands the IoT server" */
function isBeside(forms: readonly Form[], first: number): boolean {
  const before = forms
    .slice(0, first)
    .map(({ norm }) => norm)
    .join(' ');
  return /(?:^| )(?:next to|beside|alongside|opposite|behind|above|below) (?:it|this|that|them)(?: \S+){0,3}$/.test(
    before,
  );
}

/** "the IoT platform, which has taken over its tasks" */
function takesOver(forms: readonly Form[], last: number): boolean {
  const behind = forms
    .slice(last + 1, last + 10)
    .map(({ norm }) => norm)
    .join(' ');
  return /(?:^| )(?:(?:taken|takes|took|taking) over|(?:builds?|built|relies|rests) (?:up)?on it|complements|supplements|(?:in|on|at|by|from|has|uses) (?:a|an|its) (?:different|separate|other|own)|replaces|supersedes|succeeds|instead of|in place of|in its place)(?: |$)/.test(
    behind,
  );
}

/** "calls it the IoT tariff" */
function isNaming({ sentence: { forms }, mention }: Phrase): boolean {
  return forms
    .slice(Math.max(0, mention.first - 4), mention.first)
    .some((token) => /^(?:call|calls|called|name|names|named)$/.test(token.norm));
}

/** A new thing of that name: indefinite, or with "new", "other" and the like. */
function introduces(phrase: Phrase, rival: Phrase): boolean {
  if (phrase.modifiers.some((modifier) => APART.has(modifier)) || isAnother(phrase)) return true;
  return phrase.start < rival.start && phrase.determiner === 'indefinite' && phrase.subject === undefined;
}

/** "It was the M2M broker that failed" */
function isSingledOut(forms: readonly Form[], first: number): boolean {
  return (
    /^it (?:is|was) (?:the )?$/.test(
      forms
        .slice(0, first)
        .map(({ norm }) => `${norm} `)
        .join(''),
    ) && forms.slice(first).some(({ norm }) => /^(?:that|which|who)$/.test(norm))
  );
}

/** "another box, the M2M gateway" */
function isAnother({ sentence: { forms }, mention }: Phrase): boolean {
  const before = forms.slice(Math.max(0, mention.first - 6), mention.first).map(({ norm }) => norm);
  return (
    before.includes(',') && before.some((norm) => /^(?:another|other|second|separate|additional|further)$/.test(norm))
  );
}

/** Both in one sentence or in one row of a table. */
function sideBySide(first: Phrase, rival: Phrase, all: readonly Phrase[]): boolean {
  const places = new Set(all.filter((phrase) => phrase.concept === first.concept).map(placeOf));
  return all.some((phrase) => phrase.concept === rival.concept && places.has(placeOf(phrase)));
}

/** The row of a table, or else the sentence, that a phrase stands in. */
function placeOf({ sentence }: Phrase): Sentence | string {
  const { cell } = sentence.block;
  return cell ? `${cell.table} ${cell.row}` : sentence;
}

/** Each of the two stands below a heading that names its own concept. */
function apartBySection(first: Phrase, rivals: readonly Phrase[], story: Story): boolean {
  const isOwn = (phrase: Phrase) =>
    phrase.sentence.block.kind !== 'heading' && story.sectionOf(phrase.sentence) === phrase.concept;
  return rivals.some(isOwn) && story.sectionOf(first.sentence) !== rivals[0]!.concept;
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
  return [...found].map(([first, rivals]) => {
    const { sum, evidence } = weigh({ head: undefined, first, rivals, all: bare }, story);
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

/** How many phrases back a thing is looked for, so that time grows with the length of the text. */
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
    const model = phrase.codes.length === 0 ? modelSubject(phrase) : undefined;
    const codes = model === undefined ? phrase.codes : [model];
    if (!phrase.plural) for (const code of codes) if (isTelling(code)) push(byCode, code, phrase);
  }
  return [...byCode].flatMap(([code, same]) => {
    const rival = same.find((phrase) => lexicon.confusable(same[0]!.concept.id, phrase.concept.id));
    if (!rival || rival.sentence === same[0]!.sentence) return [];
    const evidence = [`"${phraseText(same[0]!)}" and "${phraseText(rival)}" are both "${code}"`];
    const head = same[0]!.nouns.at(-1) ?? code;
    const chain = phrases.filter(
      (phrase) =>
        same.includes(phrase) ||
        (phrase.start > rival.start && isKnown(phrase) && joinsChain(phrase, head, same[0]!, lexicon)),
    );
    return [{ head, phrases: chain, strength: 'indirect' as const, evidence }];
  });
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

/** The phrases whose mentions lie in a span. */
function phrasesIn(phrases: readonly Phrase[], span: Span): readonly Phrase[] {
  let [low, high] = [0, phrases.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (phrases[middle]!.start < span.start) low = middle + 1;
    else high = middle;
  }
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
    const named = phrase.subject ?? titleSubject(phrase, story) ?? pronounSubject(phrase, story);
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
      story.migration ||
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
    isPronominal(sentence) && /^(?:is|'s|was)$/.test(sentence.forms[1]?.norm ?? '') && determiner === 'indefinite';
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

/** The name in the title, for a phrase with which one of the first blocks below it begins: a tag line. */
function taggedName({ sentence, mention }: Phrase, { title }: Story): string | undefined {
  if (!title?.tagLines.has(sentence.blockIndex)) return undefined;
  return wordsBefore(sentence, mention.first) <= 5 ? title.name : undefined;
}

function wordsBefore({ forms }: Pick<Sentence, 'forms'>, end: number): number {
  return forms.slice(0, end).filter(({ kind }) => kind === 'word').length;
}
