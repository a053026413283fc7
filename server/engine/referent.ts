import { FUNCTION_WORDS, isPlural, singular, type Token } from './english';
import type { Concept } from './glossary';
import type { Lexicon } from './lexicon';
import type { Mention, Sentence } from './mention';
import type { Span } from './text';

/** A noun phrase that a term modifies or heads: "the rugged M2M gateway". Its span is from the mention to the last noun. */
export interface Phrase extends Span {
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
  /** A number or code that tells the thing from others of its kind: "the IoT VLAN (VLAN 340)". */
  readonly code: string | undefined;
}

/** `definite`: the, this; `possessive`: our, Halyard's; `indefinite`: a, an; `other`: every, another. */
export type Determiner = 'definite' | 'possessive' | 'indefinite' | 'other' | 'none';

/** One particular thing that the document calls by the names of two concepts, with all phrases that mean it. */
export interface Referent {
  /** What the thing is, in the words of the document: "gateway". */
  readonly head: string;
  /** In the order of the text; the first gives the name that the others depart from. */
  readonly phrases: readonly Phrase[];
  /** `indirect`: strong evidence; `weak`: careful editors could disagree. */
  readonly strength: 'indirect' | 'weak';
  readonly evidence: readonly string[];
}

/** What the claims of a document mean for its things. */
export interface Hints {
  /** True if the text says that the concepts are not the same. */
  readonly toldApart: boolean;
  /** Spans of claims that give a thing of the one concept another name with the other concept. */
  readonly renamed: readonly Span[];
}

/** The things that are called by the names of two confusable concepts. */
export function readReferents(sentences: readonly Sentence[], hints: Hints, lexicon: Lexicon): readonly Referent[] {
  const phrases = sentences.flatMap(phrasesOf);
  if (new Set(phrases.map((phrase) => phrase.concept)).size < 2) return [];
  const story = readStory(sentences, hints.toldApart);
  const referents = [...renamedThings(phrases, hints.renamed)];
  for (const [head, sharing] of byHead(phrases)) {
    const referent = sameThing(head, sharing.filter((phrase) => !referents.some((known) => known.phrases.includes(phrase))), story, lexicon);
    if (referent) referents.push(referent);
  }
  return [...referents, ...describedThings(phrases, story, lexicon, referents)];
}

/* ---------------------------------------------------------------- phrases */

/** Verbs that end like plural nouns and often follow the name of a thing. */
const VERBS = new Set(
  (
    'answers sends forwards stores runs supports uses connects reads provides needs polls publishes starts stops receives collects reports logs manages ' +
    'handles talks speaks writes keeps gets takes comes goes works allows lets makes offers shows gives tells asks waits dials sits stands lives dies ends ' +
    'begins contains consists belongs depends relies enables helps lies stays remains becomes means includes covers requires returns measures moves acts loses ' +
    'serves opens closes checks controls delivers exposes operates processes translates transmits monitors'
  ).split(' '),
);
const DETERMINERS: Readonly<Record<string, Determiner>> = {
  the: 'definite', this: 'definite', that: 'definite', these: 'definite', those: 'definite',
  our: 'possessive', your: 'possessive', my: 'possessive', its: 'possessive', their: 'possessive', his: 'possessive', her: 'possessive', "'s": 'possessive',
  a: 'indefinite', an: 'indefinite', one: 'indefinite',
  another: 'other', every: 'other', each: 'other', any: 'other', some: 'other', no: 'other', all: 'other', many: 'other', other: 'other', such: 'other', both: 'other',
  several: 'other', most: 'other', few: 'other', either: 'other', which: 'other', what: 'other',
};

function phrasesOf(sentence: Sentence): readonly Phrase[] {
  return sentence.mentions.filter((mention) => mention.sense.kind === 'concept').map((mention) => phraseOf(mention, sentence));
}

function phraseOf(mention: Mention, sentence: Sentence): Phrase {
  const { tokens } = sentence;
  const label = labelled(mention, sentence);
  if (label) return label;
  const last = lastNoun(tokens, mention, sentence);
  const nouns = tokens.slice(mention.last + 1, last + 1).filter((token) => token.kind === 'word').map((token) => singular(token.norm));
  const head = tokens[last]!;
  return {
    start: mention.start,
    end: head.end,
    mention,
    concept: mention.concept,
    sentence,
    nouns,
    plural: last > mention.last && isPlural(head.norm),
    code: codeIn(tokens.slice(last + 1, last + 9)),
    ...openingOf(tokens, mention.first),
  };
}

/** A term in brackets as the label of a numbered thing: "VLAN 340 (M2M)". */
function labelled(mention: Mention, sentence: Sentence): Phrase | undefined {
  const { tokens } = sentence;
  const { first, last, concept } = mention;
  const [noun, code] = [tokens[first - 3], tokens[first - 2]];
  if (tokens[first - 1]?.norm !== '(' || tokens[last + 1]?.norm !== ')' || !noun || !code || noun.kind !== 'word' || !/^\p{L}*\d[\p{L}\d]*$/u.test(code.norm)) return undefined;
  const thing = { nouns: [singular(noun.norm)], determiner: 'definite' as const, modifiers: [], owner: undefined, plural: false, code: code.norm };
  return { start: mention.start, end: mention.end, mention, concept, sentence, ...thing };
}

/** The number in brackets or behind a comma after a phrase: "(VLAN 340)", ", part no. 88-104". */
function codeIn(tokens: readonly Token[]): string | undefined {
  if (!/^[(,]$/.test(tokens[0]?.norm ?? '')) return undefined;
  const at = tokens.findIndex((token) => /^\p{L}*\d[\p{L}\d]*$/u.test(token.norm));
  if (at < 0 || tokens.slice(1, at).some((token) => /^[,;.)]$/.test(token.norm) && token.spaced)) return undefined;
  return tokens.slice(at).reduce((code, token, index) => (index === 0 || (!token.spaced && token.norm !== ')') ? code + token.norm : code), '');
}

/** Index of the last noun of the phrase; a plural ends it, and so does what looks like a verb. */
function lastNoun(tokens: readonly Token[], mention: Mention, sentence: Sentence): number {
  let last = mention.last;
  let at = closingOf(tokens, mention.last) + 1;
  for (; at < tokens.length && at <= mention.last + 6; at++) {
    const token = tokens[at]!;
    if (token.kind !== 'word' || FUNCTION_WORDS.has(token.norm) || sentence.mentions.some((other) => other.first === at)) break;
    if (last > mention.last && (VERBS.has(token.norm) || /(?:ed|ly)$/.test(token.norm))) break;
    if (last === mention.last && /(?:ly|ing)$/.test(token.norm) && !/(?:ming|ering|oning|ring|ning)$/.test(token.norm)) break;
    last = at;
    if (isPlural(token.norm)) break;
  }
  return last;
}

/** Over a gloss in brackets behind the term: "machine-to-machine (M2M) gateway". */
function closingOf(tokens: readonly Token[], last: number): number {
  const gloss = tokens[last + 1]?.norm === '(' && tokens[last + 3]?.norm === ')';
  return gloss ? last + 3 : tokens[last + 1]?.norm === '"' ? last + 1 : last;
}

function openingOf(tokens: readonly Token[], first: number): Pick<Phrase, 'determiner' | 'modifiers' | 'owner'> {
  const modifiers: string[] = [];
  const names: string[] = [];
  for (let at = first - 1; at >= Math.max(0, first - 6); at--) {
    const token = tokens[at]!;
    const determiner = DETERMINERS[token.norm];
    if (token.norm === 'only' || token.norm === 'very' || token.norm === '"') continue;
    if (token.norm === 'as') return { determiner: 'indefinite', modifiers, owner: names.join(' ') || undefined };
    if (determiner) {
      const owner = token.norm === "'s" ? tokens[at - 1]?.norm : undefined;
      return { determiner, modifiers, owner: owner ?? (names.join(' ') || undefined) };
    }
    if (token.norm === '-' && !token.spaced) continue;
    if (token.kind !== 'word' || FUNCTION_WORDS.has(token.norm)) break;
    if (/^\p{Lu}|\d/u.test(token.surface) && at > 0) names.unshift(token.norm);
    else modifiers.unshift(token.norm);
  }
  return { determiner: 'none', modifiers, owner: names.join(' ') || undefined };
}

/** The head noun; and the noun before it where the last word may be a verb: "your subscription renews". */
function headsOf({ nouns, plural, determiner }: Phrase): readonly string[] {
  const head = nouns.at(-1);
  const before = nouns.at(-2);
  if (head === undefined) return [];
  return plural && before !== undefined && determiner !== 'none' ? [head, before] : [head];
}

/** Phrases by their head noun. */
function byHead(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
  const heads = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    for (const head of headsOf(phrase)) heads.set(head, [...(heads.get(head) ?? []), phrase]);
  }
  return heads;
}

/* ---------------------------------------------------------------- the document as a whole */

/** What the document as a whole says of the two concepts: evidence that things called differently are different. */
interface Story {
  /** True if things of both kinds replace each other or stand side by side. */
  readonly migration: boolean;
  /** Nouns that the document counts as two. */
  readonly counted: ReadonlySet<string>;
  /** The concept that the heading above a sentence names, if it names just one. */
  sectionOf(sentence: Sentence): Concept | undefined;
}

const MIGRATION =
  /^(?:migrat\w+|cut-?over|replac\w+|supersed\w+|successor|decommission\w*|retire[ds]?|phase[ds]?|legacy|upgrad\w+|transition\w*|swap\w*|switch(?:ing|ed)?|versus|vs|compar\w+|lot|lots|both)$/;

function readStory(sentences: readonly Sentence[], toldApart: boolean): Story {
  const sections = new Map<Sentence, Concept | undefined>();
  let current: Concept | undefined;
  let headingBlock = -1;
  for (const sentence of sentences) {
    if (sentence.block.kind === 'heading') {
      const concepts = new Set(sentence.mentions.filter((mention) => mention.sense.kind === 'concept').map((mention) => mention.concept));
      if (sentence.blockIndex !== headingBlock) current = undefined;
      if (concepts.size === 1) current = [...concepts][0];
      headingBlock = sentence.blockIndex;
    }
    sections.set(sentence, current);
  }
  const both = sentences.filter((sentence) => new Set(sentence.mentions.map((mention) => mention.concept)).size > 1);
  const counted = new Set(sentences.flatMap((sentence) => (sentence.mentions.length > 0 || sentence.block.kind === 'heading' ? countedNouns(sentence) : [])));
  const migration = both.some((sentence) => sentence.tokens.some((token) => MIGRATION.test(token.norm))) || toldApart;
  return { migration, counted, sectionOf: (sentence) => sections.get(sentence) };
}

/** Nouns that the document counts as two: "the two SIM contracts", "both gateways". */
function countedNouns({ tokens }: Sentence): readonly string[] {
  const nouns: string[] = [];
  tokens.forEach((token, at) => {
    if (!/^(?:two|both|either|2)$/.test(token.norm)) return;
    const plural = tokens.slice(at + 1, at + 5).find((next) => next.kind === 'word' && isPlural(next.norm));
    if (plural) nouns.push(singular(plural.norm));
  });
  return nouns;
}

/* ---------------------------------------------------------------- one thing under two names */

/** Nouns for wholes and kinds: two of them under one head need not be one thing. */
const GENERIC = new Set(
  'communication technology connectivity world market field area space era industry concept term solution application system network data standard protocol case sector domain trend scenario deployment architecture security device module environment ecosystem traffic revolution project'.split(' '),
);
const APART = new Set(
  'old new legacy existing previous former current second third other different separate additional next future another first classic traditional conventional pure plain dedicated'.split(' '),
);

function sameThing(head: string, phrases: readonly Phrase[], story: Story, lexicon: Lexicon): Referent | undefined {
  const particular = phrases.filter((phrase) => isParticular(phrase, head));
  const first = particular[0];
  if (!first) return undefined;
  const rivals = particular.filter((phrase) => phrase.concept !== first.concept && lexicon.confusable(first.concept.id, phrase.concept.id));
  const meant = rivals.filter((phrase) => refersBack(phrase, first));
  if (meant.length === 0) return undefined;
  const weight = weigh(head, first, meant, phrases, story);
  if (weight.sum < 2) return undefined;
  const chain = particular.filter((phrase) => phrase.concept === first.concept || meant.includes(phrase));
  return { head, phrases: chain, strength: weight.sum >= 3 ? 'indirect' : 'weak', evidence: weight.evidence };
}

/** A phrase for one thing: singular with an article or owner, or plural with an owner. */
function isParticular(phrase: Phrase, head: string): boolean {
  const { determiner, owner, sentence, modifiers } = phrase;
  const plural = phrase.plural && phrase.nouns.at(-1) === head;
  if (modifiers.some((modifier) => APART.has(modifier))) return false;
  if (plural) return determiner === 'possessive' || (owner !== undefined && determiner === 'definite');
  if (determiner === 'none' && phrase.code !== undefined) return true;
  if (determiner === 'none') return owner !== undefined || (sentence.block.kind === 'heading' && sentence.block.level === 1);
  return determiner !== 'other';
}

/** A later phrase can resume an earlier one if it is definite or has the same owner. */
function refersBack(later: Phrase, first: Phrase): boolean {
  if (later.owner && first.owner) return later.owner === first.owner;
  return later.determiner === 'definite' || later.determiner === 'possessive';
}

function weigh(head: string, first: Phrase, rivals: readonly Phrase[], all: readonly Phrase[], story: Story) {
  const evidence: string[] = [];
  let sum = 0;
  const count = (weight: number, reason: string) => {
    sum += weight;
    evidence.push(reason);
  };
  const rival = rivals[0]!;
  count(2, `"${phraseText(rival)}" can only be the ${head} of "${phraseText(first)}"`);
  if (first.owner && rivals.some((phrase) => phrase.owner === first.owner)) count(2, `both belong to "${first.owner}"`);
  if (first.determiner === 'possessive' && rival.determiner === 'possessive') count(1, 'both have an owner');
  if (first.determiner === 'indefinite' || first.sentence.block.kind === 'heading') count(1, 'the first introduces it');
  if (rivals.every((phrase) => phrase.determiner === 'definite' || phrase.determiner === 'possessive')) count(1, 'the second is definite and is not introduced');
  if (first.code !== undefined && rivals.some((phrase) => phrase.code === first.code)) count(3, `both are "${first.code}"`);
  if (isNaming(first) || isNaming(rival)) count(1, 'the text says what it is called');
  if (isParallel(first, rival)) count(-2, 'two neighboring sentences begin with them');
  if (story.counted.has(head)) count(-3, `the document counts two of "${head}"`);
  if (GENERIC.has(head)) count(-2, `"${head}" is a noun for many things`);
  if (all.some((phrase) => phrase.concept === rival.concept && introduces(phrase, rival))) count(-3, 'the second is introduced as a thing of its own');
  if (sideBySide(first, rival, all)) count(-4, 'both stand side by side');
  if (story.migration) count(-3, 'the document sets the two against each other');
  if (apartBySection(first, rivals, story)) count(-3, 'each has a section of its own');
  return { sum, evidence };
}

/** "The IoT team ... The M2M team ...": the subjects of neighboring sentences are set side by side. */
function isParallel(first: Phrase, rival: Phrase): boolean {
  const isSubject = (phrase: Phrase) => phrase.mention.first <= 2;
  const near = Math.abs(first.sentence.blockIndex - rival.sentence.blockIndex) <= 1;
  return near && isSubject(first) && isSubject(rival) && first.determiner === rival.determiner;
}

/** "calls it the IoT tariff" */
function isNaming({ sentence: { tokens }, mention }: Phrase): boolean {
  return tokens.slice(Math.max(0, mention.first - 4), mention.first).some((token) => /^(?:call|calls|called|name|names|named)$/.test(token.norm));
}

/** A new thing of that name: indefinite, or with "new", "other" and the like. */
function introduces(phrase: Phrase, rival: Phrase): boolean {
  if (phrase.modifiers.some((modifier) => APART.has(modifier))) return true;
  return phrase.start < rival.start && phrase.determiner === 'indefinite';
}

function sideBySide(first: Phrase, rival: Phrase, all: readonly Phrase[]): boolean {
  return all.some((phrase) => phrase.concept === first.concept && all.some((other) => other.concept === rival.concept && other.sentence === phrase.sentence));
}

function apartBySection(first: Phrase, rivals: readonly Phrase[], story: Story): boolean {
  const [own, other] = [story.sectionOf(first.sentence), story.sectionOf(rivals[0]!.sentence)];
  return (own === first.concept && other !== first.concept) || other === rivals[0]!.concept;
}

export function phraseText(phrase: Phrase): string {
  const { block } = phrase.sentence;
  return block.text.slice(phrase.start - block.start, phrase.end - block.start).replace(/[\u2060\s]+/g, (run) => (/\s/.test(run) ? ' ' : ''));
}

/* ---------------------------------------------------------------- a thing that the text gives two names */

/** After "IoT SIM cards, otherwise known as M2M SIMs", every "M2M SIM" is a switch to the second name. */
function renamedThings(phrases: readonly Phrase[], renamed: readonly Span[]): readonly Referent[] {
  return renamed.flatMap((span) => {
    const [one, other] = phrases.filter((phrase) => span.start <= phrase.start && phrase.mention.end <= span.end);
    const noun = one?.nouns.find((each) => other?.nouns.includes(each));
    if (!one || !other || noun === undefined) return [];
    const later = phrases.filter((phrase) => phrase.start > other.end && phrase.nouns.includes(noun));
    const switches = later.filter((phrase) => phrase.concept === other.concept);
    if (switches.length === 0) return [];
    const evidence = [`the text gives "${phraseText(one)}" the other name "${phraseText(other)}"`];
    return [{ head: noun, phrases: [one, ...later.filter((phrase) => phrase.concept === one.concept || phrase.concept === other.concept)], strength: 'indirect' as const, evidence }];
  });
}

/* ---------------------------------------------------------------- one name described by both */

/** A named thing that one sentence describes by the one concept and another by the other: "Acme is an IoT cloud. ... Acme is an M2M platform." */
function describedThings(phrases: readonly Phrase[], story: Story, lexicon: Lexicon, known: readonly Referent[]): readonly Referent[] {
  const described = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const subject = subjectOf(phrase);
    if (subject && phrase.nouns.length > 0 && !phrase.plural) described.set(subject, [...(described.get(subject) ?? []), phrase]);
  }
  const referents: Referent[] = [];
  for (const [subject, same] of described) {
    const first = same[0]!;
    const rivals = same.filter((phrase) => phrase.concept !== first.concept && lexicon.confusable(first.concept.id, phrase.concept.id));
    if (rivals.length === 0 || story.migration || known.some((referent) => referent.phrases.some((phrase) => rivals.includes(phrase)))) continue;
    const name = subject;
    referents.push({ head: first.nouns.at(-1)!, phrases: same, strength: 'indirect', evidence: [`"${name}" is described as "${phraseText(first)}" and as "${phraseText(rivals[0]!)}"`] });
  }
  return referents;
}

/** The proper name that a sentence describes by this phrase: "NAME is ... a lean IoT cloud". */
function subjectOf(phrase: Phrase): string | undefined {
  const { tokens } = phrase.sentence;
  for (let at = phrase.mention.first - 1; at > 0; at--) {
    if (!/^(?:is|was|represents|remains|becomes|provides?)$/.test(tokens[at]!.norm)) continue;
    const between = tokens.slice(at + 1, phrase.mention.first);
    if (between.some((token) => /^(?:for|of|to|in|with|by|that|which|,|from|on|as)$/.test(token.norm))) return undefined;
    const subject = tokens[at - 1]!;
    return /^\p{Lu}/u.test(subject.surface) && !FUNCTION_WORDS.has(subject.norm) ? subject.surface : undefined;
  }
  return undefined;
}
