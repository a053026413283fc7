import { FUNCTION_WORDS, IRREGULAR_VERBS, isPlural, singular, type Token } from './english';
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
  /** What follows and tells it from others of its kind: "in lift 3", "of the feed". */
  readonly place: string | undefined;
  /** How the phrase itself points back: "this M2M gateway", "the same M2M gateway". */
  readonly pointer: 'this' | 'same' | undefined;
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

/** The things that are called by the names of two confusable concepts. */
export function readReferents(sentences: readonly Sentence[], hints: Hints, lexicon: Lexicon): readonly Referent[] {
  const phrases = withRowCodes(sentences.flatMap(phrasesOf), sentences);
  if (new Set(phrases.map((phrase) => phrase.concept)).size < 2) return [];
  const story = readStory(sentences, hints.toldApart);
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
  return [...referents, ...describedThings(phrases, story, lexicon, referents)];
}

/* ---------------------------------------------------------------- phrases */

/** Verbs that end like plural nouns and often follow the name of a thing. */
const VERBS = new Set(
  (
    'answers sends forwards stores runs supports uses connects reads provides needs polls publishes starts stops receives collects reports logs manages ' +
    'handles talks speaks writes keeps gets takes comes goes works allows lets makes offers shows gives tells asks waits dials sits stands lives dies ends ' +
    'begins contains consists belongs depends relies enables helps lies stays remains becomes means includes covers requires returns measures moves acts loses ' +
    'serves opens closes checks controls delivers exposes operates processes translates transmits monitors fills says brings holds carries turns ships costs ' +
    'follows expects detects encrypts registers reboots restarts listens comprises grows'
  ).split(' '),
);
const DETERMINERS: ReadonlyMap<string, Determiner> = new Map(
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
  return sentence.mentions
    .filter((mention) => mention.sense.kind === 'concept' && !isJoined(mention, sentence))
    .map((mention) => phraseOf(mention, sentence));
}

function isJoined({ first, last }: Mention, { tokens }: Sentence): boolean {
  return tokens[first - 1]?.norm === '/' || tokens[last + 1]?.norm === '/';
}

function phraseOf(mention: Mention, sentence: Sentence): Phrase {
  const { tokens } = sentence;
  const label = labelled(mention, sentence);
  if (label) return label;
  const last = lastNoun(tokens, mention, sentence);
  const nouns = tokens
    .slice(mention.last + 1, last + 1)
    .filter((token) => token.kind === 'word')
    .map((token) => singular(token.norm));
  const head = tokens[last]!;
  return {
    start: mention.start,
    end: head.end,
    mention,
    concept: mention.concept,
    sentence,
    nouns,
    plural: last > mention.last ? isPlural(head.norm) : /s$/.test(mention.text) && !/s$/.test(mention.term.text),
    place: placeBehind(tokens, last + 1, sentence),
    code: modelAt(tokens, last + 1) ?? codeIn(tokens.slice(last + 1, last + 9)),
    ...openingOf(tokens, mention.first),
  };
}

/** A phrase in a table has the part number of its row. */
function withRowCodes(phrases: readonly Phrase[], sentences: readonly Sentence[]): readonly Phrase[] {
  const rowOf = ({ block: { cell } }: Sentence) => `${cell?.table} ${cell?.row}`;
  const codes = new Map<string, string>();
  const rows = new Set(phrases.filter(({ sentence }) => sentence.block.cell).map(({ sentence }) => rowOf(sentence)));
  for (const sentence of rows.size > 0 ? sentences : []) {
    if (!sentence.block.cell || !rows.has(rowOf(sentence))) continue;
    const text = sentence.tokens.length <= 8 ? sentence.tokens.map((token) => token.norm).join('') : '';
    if (/^(?=.*\d.*\d.*\d)[\p{L}\d]+(?:[-./][\p{L}\d]+)+$/u.test(text)) codes.set(rowOf(sentence), text);
  }
  return phrases.map((phrase) => {
    const code = phrase.sentence.block.cell && codes.get(rowOf(phrase.sentence));
    return code ? { ...phrase, code } : phrase;
  });
}

/** A term in brackets as the label of a numbered thing: "VLAN 340 (M2M)". */
function labelled(mention: Mention, sentence: Sentence): Phrase | undefined {
  const { tokens } = sentence;
  const { first, last, concept } = mention;
  const [noun, code] = [tokens[first - 3], tokens[first - 2]];
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
    nouns: [singular(noun.norm)],
    determiner: 'definite' as const,
    modifiers: [],
    owner: undefined,
    plural: false,
    place: undefined,
    pointer: undefined,
    code: code.norm,
  };
  return { start: mention.start, end: mention.end, mention, concept, sentence, ...thing };
}

/** The number in brackets or behind a comma after a phrase: "(VLAN 340)", ", part no. 88-104". */
function codeIn(tokens: readonly Token[]): string | undefined {
  if (!/^[(,]$/.test(tokens[0]?.norm ?? '')) return undefined;
  const at = tokens.findIndex((token) => /^\p{L}*\d[\p{L}\d]*$/u.test(token.norm));
  if (at < 0 || tokens.slice(1, at).some((token) => /^[,;.)]$/.test(token.norm) && token.spaced)) return undefined;
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
function lastNoun(tokens: readonly Token[], mention: Mention, sentence: Sentence): number {
  let last = mention.last;
  let at = closingOf(tokens, mention.last) + 1;
  for (; at < tokens.length && at <= mention.last + 6; at++) {
    const token = tokens[at]!;
    if (
      token.kind !== 'word' ||
      FUNCTION_WORDS.has(token.norm) ||
      sentence.mentions.some((other) => other.first === at)
    )
      break;
    if (isModel(tokens, at)) break;
    if (last > mention.last && hasObject(tokens, at)) break;
    if (last > mention.last && isVerb(token)) break;
    if (last === mention.last && /(?:ly|ing)$/.test(token.norm) && !/(?:ming|ering|oning|ring|ning)$/.test(token.norm))
      break;
    last = at;
    if (isPlural(token.norm) && token.norm !== 'data') break;
  }
  return last;
}

function isVerb({ norm }: Token): boolean {
  return VERBS.has(norm) || IRREGULAR_VERBS.has(norm) || /(?:ed|ly)$/.test(norm);
}

/** A word in -s before a determiner, a pronoun or a plural is a verb: "the platform puts competitors under pressure". */
function hasObject(tokens: readonly Token[], at: number): boolean {
  const [token, next] = [tokens[at]!, tokens[at + 1]];
  if (!/[^s]s$/.test(token.norm) || next?.kind !== 'word') return false;
  return (
    DETERMINERS.has(next.norm) ||
    /^(?:it|them|us|me|you|him)$/.test(next.norm) ||
    (!FUNCTION_WORDS.has(next.norm) && isPlural(next.norm))
  );
}

/** A name with digits or with capitals inside, such as FM-8 or BinSense: it tells one thing from others of its kind. */
function isModel(tokens: readonly Token[], at: number): boolean {
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

/** A model name as one word: the run of tokens without white space. */
function modelAt(tokens: readonly Token[], at: number): string | undefined {
  if (!isModel(tokens, at)) return undefined;
  let model = tokens[at]!.norm;
  for (let next = at + 1; tokens[next] && !tokens[next]!.spaced && /^[-\p{L}\p{N}]+$/u.test(tokens[next]!.norm); next++)
    model += tokens[next]!.norm;
  return /^(?:19|20)\d\d$/.test(model) ? undefined : model;
}

/** Over a gloss in brackets behind the term: "machine-to-machine (M2M) gateway". */
function closingOf(tokens: readonly Token[], last: number): number {
  const gloss = tokens[last + 1]?.norm === '(' && tokens[last + 3]?.norm === ')';
  return gloss ? last + 3 : tokens[last + 1]?.norm === '"' ? last + 1 : last;
}

/** The prepositional phrase behind a noun, without its determiner: "in lift 3". */
function placeBehind(tokens: readonly Token[], from: number, { mentions }: Sentence): string | undefined {
  const preposition = tokens[from]?.norm ?? '';
  if (!/^(?:of|in|for|at|on)$/.test(preposition)) return undefined;
  const words: string[] = [];
  for (let at = from + 1; at < tokens.length && words.length < 4; at++) {
    const token = tokens[at]!;
    if (words.length === 0 && DETERMINERS.has(token.norm)) continue;
    if (mentions.some(({ first, last }) => first <= at && at <= last)) return undefined;
    if (token.kind !== 'word' || FUNCTION_WORDS.has(token.norm) || isVerb(token)) break;
    words.push(singular(token.norm));
  }
  return words.length > 0 ? `${preposition} ${words.join(' ')}` : undefined;
}

type Opening = Pick<Phrase, 'determiner' | 'modifiers' | 'owner' | 'pointer'>;

function openingOf(tokens: readonly Token[], first: number): Opening {
  const modifiers: string[] = [];
  const names: string[] = [];
  let pointer: Phrase['pointer'];
  for (let at = first - 1; at >= Math.max(0, first - 6); at--) {
    const token = tokens[at]!;
    const determiner = DETERMINERS.get(token.norm);
    if (token.norm === 'same') pointer = 'same';
    if (/^(?:only|very|same|")$/.test(token.norm)) continue;
    if (token.norm === 'as')
      return { determiner: 'indefinite', modifiers, owner: names.join(' ') || undefined, pointer };
    if (determiner) {
      const owner = token.norm === "'s" ? tokens[at - 1]?.norm : undefined;
      if (/^(?:this|that)$/.test(token.norm)) pointer = 'this';
      return { determiner, modifiers, owner: owner ?? (names.join(' ') || undefined), pointer };
    }
    if (token.norm === '-' && !token.spaced) continue;
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

/** Phrases by their head noun. */
function byHead(phrases: readonly Phrase[]): ReadonlyMap<string, readonly Phrase[]> {
  const heads = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    for (const head of headsOf(phrase)) push(heads, head, phrase);
  }
  return heads;
}

/* ---------------------------------------------------------------- the document as a whole */

/** What the document as a whole says of the two concepts: evidence that things called differently are different. */
interface Story {
  /** True if things of both kinds replace each other or stand side by side. */
  readonly migration: boolean;
  /** True of a noun that the document counts as two. */
  isCounted(noun: string): boolean;
  /** The name that the title consists of, if it is no more than a name. */
  readonly title: { readonly name: string; readonly blockIndex: number } | undefined;
  /** The concept that the heading above a sentence names, if it names just one. */
  sectionOf(sentence: Sentence): Concept | undefined;
}

const MIGRATION =
  /^(?:migrat\w+|cut-?over|cut|leaving|moving|farewell|replac\w+|supersed\w+|successor|decommission\w*|retire[ds]?|phase[ds]?|legacy|upgrad\w+|transition\w*|swap\w*|switch(?:ing|ed)?|versus|vs|compar\w+|lot|lots|both)$/;

function readStory(sentences: readonly Sentence[], toldApart: boolean): Story {
  const sections = new Map<Sentence, Concept | undefined>();
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
    }
    sections.set(sentence, current);
  }
  const both = sentences.filter((sentence) => new Set(sentence.mentions.map((mention) => mention.concept)).size > 1);
  let counted: ReadonlySet<string> | undefined;
  const isCounted = (noun: string) => {
    counted ??= new Set(
      sentences.filter(({ mentions, block }) => mentions.length > 0 || block.kind === 'heading').flatMap(countedNouns),
    );
    return counted.has(noun);
  };
  const isMoving = (sentence: Sentence) => sentence.tokens.some((token) => MIGRATION.test(token.norm));
  const headings = sentences.filter((sentence) => sentence.block.kind === 'heading' && sentence.mentions.length > 0);
  const migration = both.some(isMoving) || headings.some(isMoving) || toldApart;
  return { migration, isCounted, title: titleIn(sentences), sectionOf: (sentence) => sections.get(sentence) };
}

function titleIn(sentences: readonly Sentence[]): Story['title'] {
  const title = sentences.find(({ block }) => block.kind === 'heading' && (block.level ?? 1) === 1);
  const words = title?.tokens.filter((token) => token.kind === 'word') ?? [];
  if (!title || words.length === 0 || words.length > 3 || title.mentions.length > 0) return undefined;
  const name = words.length === 1 ? words[0]!.surface : nameBefore(title.tokens, title.tokens.length);
  return name ? { name, blockIndex: title.blockIndex } : undefined;
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
  'communication technology connectivity world market field area space era industry concept term solution application system network data standard protocol case sector domain trend scenario deployment architecture security device module environment ecosystem traffic revolution project'.split(
    ' ',
  ),
);
const APART = new Set(
  'old new legacy existing previous former current second third other different separate additional next future another first classic traditional conventional pure plain dedicated'.split(
    ' ',
  ),
);

/** The sum of weights from which on one thing is reported as a hint, and from which on as information. */
const ENOUGH = 2;
const STRONG = 3;

function sameThing(head: string, phrases: readonly Phrase[], story: Story, lexicon: Lexicon): Referent | undefined {
  const particular = phrases.filter((phrase) => isParticular(phrase, head));
  const first = particular[0];
  if (!first) return undefined;
  const rivals = particular.filter(
    (phrase) => phrase.concept !== first.concept && lexicon.confusable(first.concept.id, phrase.concept.id),
  );
  const meant = rivals.filter((phrase) => refersBack(phrase, first));
  if (meant.length === 0) return undefined;
  const weight = weigh(head, first, meant, phrases, story);
  const chained = new Set(meant);
  const chain = particular.filter((phrase) => phrase.concept === first.concept || chained.has(phrase));
  const strength = weight.sum >= STRONG ? 'indirect' : weight.sum >= ENOUGH ? 'weak' : 'none';
  return { head, phrases: chain, strength, evidence: weight.evidence };
}

/** A phrase for one thing: singular with an article or owner, or plural with an owner. */
function isParticular(phrase: Phrase, head: string): boolean {
  const { determiner, owner, sentence, modifiers } = phrase;
  const plural = phrase.plural && phrase.nouns.at(-1) === head;
  if (modifiers.some((modifier) => APART.has(modifier))) return false;
  if (plural) return determiner === 'possessive' || (owner !== undefined && determiner === 'definite');
  if (determiner === 'none' && phrase.code !== undefined) return true;
  if (determiner === 'none')
    return owner !== undefined || (sentence.block.kind === 'heading' && sentence.block.level === 1);
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
  if (rivals.every((phrase) => phrase.determiner === 'definite' || phrase.determiner === 'possessive'))
    count(1, 'the second is definite and is not introduced');
  if (first.code !== undefined && rivals.some((phrase) => phrase.code === first.code))
    count(3, `both are "${first.code}"`);
  if (first.place !== undefined && rivals.some((phrase) => phrase.place === first.place))
    count(2, `both are "${first.place}"`);
  if (rival.pointer === 'same') count(3, 'the second is said to be the same');
  if (rival.pointer === 'this' && isNear(first, rival)) count(2, `"${rival.pointer}" points back to the first`);
  if (isOfUs(first, rival)) count(1, 'the first is the work of those whose the second is');
  if (isNaming(first) || isNaming(rival)) count(1, 'the text says what it is called');
  if (isParallel(first, rival)) count(-2, 'two neighboring sentences begin with them');
  if (story.isCounted(head)) count(-3, `the document counts two of "${head}"`);
  if (GENERIC.has(head) && compound(first) !== compound(rival)) count(-2, `"${head}" is a noun for many things`);
  if (all.some((phrase) => phrase.concept === rival.concept && introduces(phrase, rival)))
    count(-3, 'the second is introduced as a thing of its own');
  if (sideBySide(first, rival, all)) count(-4, 'both stand side by side');
  if (wasReplaced(first)) count(-3, 'the first has been replaced');
  if (rivals.every(staysBeside)) count(-3, 'the second goes on beside the first');
  if (story.migration) count(-3, 'the document sets the two against each other');
  if (apartBySection(first, rivals, story)) count(-3, 'each has a section of its own');
  return { sum, evidence };
}

/** The nouns of a phrase if there are two or more: then they name one kind of thing, however wide the last of them is. */
function compound({ nouns, mention }: Phrase): string {
  return nouns.length > 1 ? nouns.join(' ') : mention.text;
}

/** At most two blocks apart. */
function isNear(first: Phrase, rival: Phrase): boolean {
  return rival.sentence.blockIndex - first.sentence.blockIndex <= 2;
}

/** "We propose an IoT architecture. ... our M2M architecture" */
function isOfUs({ determiner, sentence: { tokens } }: Phrase, rival: Phrase): boolean {
  const [word] = rival.sentence.tokens.slice(Math.max(0, rival.mention.first - 1 - rival.modifiers.length));
  return (
    determiner === 'indefinite' &&
    /^(?:our|my)$/.test(word?.norm ?? '') &&
    tokens.some(({ norm }) => /^(?:we|i)$/.test(norm))
  );
}

/** "The IoT team ... The M2M team ...": the subjects of neighboring sentences are set side by side. */
function isParallel(first: Phrase, rival: Phrase): boolean {
  const isSubject = ({ mention, sentence: { tokens, block } }: Phrase) =>
    block.kind !== 'heading' && mention.first <= 3 && (mention.first === 0 || DETERMINERS.has(tokens[0]!.norm));
  const near = Math.abs(first.sentence.blockIndex - rival.sentence.blockIndex) <= 1;
  const isKnown = ({ determiner }: Phrase) => determiner === 'definite' || determiner === 'possessive';
  const alike = first.determiner === rival.determiner || (isKnown(first) && isKnown(rival));
  return near && rival.pointer === undefined && isSubject(first) && isSubject(rival) && alike;
}

/** "We replaced the M2M gateway", "the M2M portal will be switched off": what comes after is another one. */
function wasReplaced({ sentence: { tokens }, mention }: Phrase): boolean {
  const before = tokens.slice(Math.max(0, mention.first - 6), mention.first);
  const behind = tokens.slice(mention.last + 1, mention.last + 9).map(({ norm }) => norm);
  return (
    before.some(({ norm }) => GIVEN_UP.test(norm)) ||
    /(?:^| )(?:is|are|was|were|be|been|being) (?:\w+ly )?(?:GONE|switched off|shut down|turned off|phased out)(?: |$)/.test(
      behind.map((norm) => (GIVEN_UP.test(norm) ? 'GONE' : norm)).join(' '),
    )
  );
}

const GIVEN_UP =
  /^(?:replaced|removed|retired|dismantled|scrapped|sold|decommissioned|swapped|discontinued|withdrawn|superseded|closed)$/;

/** "The M2M contract stays", "the IoT gateway next to it": something else goes on or stands there too. */
function staysBeside({ sentence: { tokens }, mention }: Phrase): boolean {
  const behind = tokens.slice(mention.last + 1, mention.last + 6);
  return behind.some(({ norm }, at) => {
    // "stays blocked" says how it is, not that it stays.
    const next = behind[at + 1];
    if (/^(?:stays?|remains?|stayed|continues?)$/.test(norm))
      return next?.kind !== 'word' || FUNCTION_WORDS.has(next.norm);
    return /^(?:instead|too|also|beside|besides|meanwhile)$/.test(norm);
  });
}

/** "calls it the IoT tariff" */
function isNaming({ sentence: { tokens }, mention }: Phrase): boolean {
  return tokens
    .slice(Math.max(0, mention.first - 4), mention.first)
    .some((token) => /^(?:call|calls|called|name|names|named)$/.test(token.norm));
}

/** A new thing of that name: indefinite, or with "new", "other" and the like. */
function introduces(phrase: Phrase, rival: Phrase): boolean {
  if (phrase.modifiers.some((modifier) => APART.has(modifier))) return true;
  return phrase.start < rival.start && phrase.determiner === 'indefinite' && subjectOf(phrase) === undefined;
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

export function phraseText(phrase: Phrase): string {
  const { block } = phrase.sentence;
  return block.text
    .slice(phrase.start - block.start, phrase.end - block.start)
    .replace(/[\u2060\s]+/g, (run) => (/\s/.test(run) ? ' ' : ''));
}

/* ---------------------------------------------------------------- one number or model under two names */

/** "the IoT segment (VLAN 212)" and "M2M VLAN 212" are one thing, whatever noun names it. */
function sameCodes(phrases: readonly Phrase[], lexicon: Lexicon): readonly Referent[] {
  const byCode = new Map<string, Phrase[]>();
  for (const phrase of phrases) {
    const code = phrase.code ?? modelSubject(phrase);
    const { plural } = phrase;
    if (code !== undefined && !plural && isTelling(code)) push(byCode, code, phrase);
  }
  return [...byCode].flatMap(([code, same]) => {
    const rival = same.find((phrase) => lexicon.confusable(same[0]!.concept.id, phrase.concept.id));
    if (!rival || rival.sentence === same[0]!.sentence) return [];
    const evidence = [`"${phraseText(same[0]!)}" and "${phraseText(rival)}" are both "${code}"`];
    return [{ head: same[0]!.nouns.at(-1) ?? code, phrases: same, strength: 'indirect' as const, evidence }];
  });
}

/** "The FM-8 is an IoT data logger" tells which logger it is. */
function modelSubject(phrase: Phrase): string | undefined {
  const subject = subjectOf(phrase)?.toLowerCase().replace(/ /g, '');
  return subject !== undefined && /\d/.test(subject) ? subject : undefined;
}

/** A code of two digits or of letters and digits; a size or a generation such as "2FF" or "5G" does not tell things apart. */
function isTelling(code: string): boolean {
  return /\d.*\d/.test(code) || (code.length > 3 && /\p{L}.*\d/u.test(code)) || /^\p{L}{5,}$/u.test(code);
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
    return [
      {
        head: noun,
        phrases: [one, ...later.filter((phrase) => phrase.concept === one.concept || phrase.concept === other.concept)],
        strength: 'indirect' as const,
        evidence,
      },
    ];
  });
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
    const named = subjectOf(phrase);
    if (named !== undefined) explicit.add(phrase);
    const subject = (named ?? titleOf(phrase, story))?.toLowerCase();
    if (subject && phrase.nouns.length > 0 && !phrase.plural) push(described, subject, phrase);
  }
  const isKnown = (phrase: Phrase) =>
    known.some((referent) => referent.strength !== 'none' && referent.phrases.includes(phrase));
  return [...described].flatMap(([subject, same]) => {
    const first = same[0]!;
    const rivals = same.filter(
      (phrase) => phrase.concept !== first.concept && lexicon.confusable(first.concept.id, phrase.concept.id),
    );
    if (rivals.length === 0 || rivals.some(isKnown) || story.migration || !same.some((phrase) => explicit.has(phrase)))
      return [];
    const evidence = [`"${subject}" is described as "${phraseText(first)}" and as "${phraseText(rivals[0]!)}"`];
    return [{ head: first.nouns.at(-1)!, phrases: same, strength: 'indirect' as const, evidence }];
  });
}

/** The name in the title, for a phrase with which one of the first blocks below it begins: a tag line. */
function titleOf({ sentence, mention }: Phrase, { title }: Story): string | undefined {
  const isTagLine =
    title !== undefined && sentence.blockIndex > title.blockIndex && sentence.blockIndex <= title.blockIndex + 3;
  return isTagLine && mention.first <= 5 ? title.name : undefined;
}

/** The proper name that a sentence describes by this phrase: "NAME is ... a lean IoT cloud", "NAME, the leading IoT platform". */
function subjectOf({ sentence, mention }: Phrase): string | undefined {
  const { tokens } = sentence;
  for (let at = mention.first - 1; at > 0; at--) {
    const { norm } = tokens[at]!;
    const isVerb =
      /^(?:is|was|represents|remains|becomes|provides?)$/.test(norm) ||
      (norm === 'been' && /^(?:has|have)$/.test(tokens[at - 1]!.norm));
    const isApposition = norm === ',' && /^(?:a|an|the)$/.test(tokens[at + 1]?.norm ?? '');
    if (!isVerb && !isApposition) continue;
    const between = tokens.slice(at + 1, mention.first);
    if (between.some((token) => /^(?:for|of|to|in|with|by|that|which|,|from|on|as)$/.test(token.norm)))
      return undefined;
    return nameBefore(tokens, norm === 'been' ? at - 1 : at);
  }
  return undefined;
}

/** The run of capitalized words or the model name that ends before a token. */
function nameBefore(tokens: readonly Token[], end: number): string | undefined {
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
