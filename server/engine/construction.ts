import { FUNCTION_WORDS, formsOf, isAdverb, openingEnd, pluralOf } from './english';

/**
 * Constructions of English that relate two concepts, as data, and the small language that they are written in.
 *
 * A pattern is a row of items separated by spaces: `X` and `Y` are mentions of two different concepts; a word or a mark stands
 * for itself, `a|b` for either; `{class}` for a word class below; `~` for the nouns and adjectives of a phrase (at most
 * four words that are no function words); `..` for at most eight words and commas within the clause, `...` for at most 24 items
 * of any kind; `=` for a copula ("is", "can be seen as") or the comma, dash, colon or bracket of an apposition; `>` for what may stand before a main
 * verb ("has", "is about to"). A trailing `?` makes an item optional, `*` lets it repeat. `^` and `$` are the ends of the sentence, `$` also a stop or a closing bracket. `BOTH`, `BETWEEN` and `OBJECT`
 * are the two concepts together, by name or by what stands for them: "both terms".
 */
export interface Construction {
  readonly name: string;
  readonly relation: RelationClaimed;
  /** `direct`: the words say it; `indirect`: they suggest it; `weak`: careful editors could disagree. */
  readonly strength: 'direct' | 'indirect' | 'weak';
  readonly pattern: Pattern;
  /** What the two mentions must be: an acronym and the words it is opened with, or both in quotation marks. */
  readonly requires?: 'acronym and words' | 'quotation marks';
  /** What its words alone do not say. */
  readonly traits: ReadonlySet<Trait>;
  /** True if a mark alone joins the two, so that the words beside them decide whether they are one. */
  readonly compound: boolean;
}

/**
 * What a sentence claims of X and Y: one is the other's other name; they are the same; one is the expansion of the other; X is a part
 * or kind of Y; X came before Y.
 */
export type RelationClaimed = 'alias' | 'same' | 'expansion' | 'narrower' | 'predecessor';

/**
 * `negated`: the construction has a negation of its own, "no difference between X and Y". `bare`: nothing but the copula says it, so that a quantifier
 * before X makes it a statement on kinds. `listable`: behind a comma it is an item of a list. `of difference`: it answers a sentence that speaks
 * of a difference. `nominal`: it only names what something else is said of. `potential`: that it can be so says as much as that it is so. `of other names`: it
 * is a row of a table with a column for other names. `embedded`: it stands within a noun phrase, so that it is meant whatever its clause does.
 */
export type Trait =
  | 'negated'
  | 'bare'
  | 'listable'
  | 'of difference'
  | 'nominal'
  | 'potential'
  | 'of other names'
  | 'embedded';

/** The classes of words that patterns name. */
const CLASSES: Readonly<Record<string, string>> = {
  det: 'the a an our your their its his her my this that these those any every each some so-called all both',
  be: "is are was were be been being 's 're = isn't aren't wasn't weren't remains remain stays stay stayed",
  adv:
    'also simply just often sometimes commonly otherwise now nowadays today formerly previously originally once more less better ' +
    'usually generally frequently occasionally variously alternatively popularly colloquially informally interchangeably really basically ' +
    'essentially only merely nothing but purely largely mostly sort practically virtually effectively all in fact still then later recently ' +
    'prosaically plainly certainly surely indeed exactly precisely literally one completely totally entirely quite rather pretty much nearly almost hence already ' +
    "other else than well best widely technically strictly broadly loosely perhaps very mainly even actually far long ever not never no n't historically traditionally hereinafter hereafter henceforth by speaking properly correctly " +
    'here yesterday always altogether wholly fully utterly simultaneously therefore thus each',
  adj:
    'another new old older newer modern current present-day fancy fashionable trendy different alternative other common short shorter marketing real ' +
    'broader wider larger bigger smaller small big former previous original proper full special specific important essential integral natural logical direct true general generic ' +
    'simple single particular main major key early earlier first next latest youngest eldest technical industrial wireless cellular fundamental basic ' +
    'possible building mere sub typical popular meaningful significant whatsoever substantial actual practical clear advanced sophisticated evolved more',
  named:
    'called named termed dubbed labelled labeled known nicknamed christened marketed sold branded advertised described referred abbreviated ' +
    'denoted titled designated rebranded renamed rechristened billed styled',
  name: 'name word term label title expression spelling buzzword moniker synonym alias nickname shorthand abbreviation acronym designation brand catchword phrase sobriquet appellation designator descriptor euphemism neologism coinage epithet rebranding relabelling relabeling repackaging rebadging rehash renaming pseudonym',
  kind:
    'subset subcategory sub-category part kind type form branch subtype subclass class category flavor flavour variant variety aspect element component application sub-field ' +
    'subfield field area piece instance example specialization specialisation segment sub-segment subsegment department subdomain domain sort portion slice ' +
    'block subdivision sub-division compartment subspecies sub-species sub-branch subgroup sub-group genre subgenre breed manifestation embodiment implementation incarnation representative exponent limb sub-type tile pocket ' +
    'core heart backbone member fraction layer pillar ingredient corner chunk bit sliver share section sector division strand facet side arm wing niche ' +
    'fragment chapter sub-area subarea sub-discipline discipline sub-set twig constituent special-case case species',
  whole:
    'superset umbrella generalization generalisation hypernym parent roof superclass family container catch-all genus whole supercategory super-category supertype super-type hyperonym tent universe',
  include:
    'include encompass cover comprise contain subsume embrace incorporate span encircle encapsulate enclose envelop surround absorb swallow accommodate harbour harbor house shelter',
  other: 'other another similar further related comparable such',
  wider: 'broader wider larger bigger general greater generic comprehensive extensive inclusive overarching',
  narrower: 'narrower smaller slimmer specialised specialized restricted specific',
  say: 'say write read use speak talk call mention refer see hear find meet print',
  mean: 'mean denote signify designate describe refer express',
  bear: 'have carry bear share hold convey',
  modal: 'shall will must can may do does did',
  tell: 'tell set',
  separate: 'separate divide',
  distinguish: 'distinguish differentiate',
  empty:
    'artificial academic cosmetic semantic semantics meaningless pointless imaginary fictitious illusory nonexistent nominal terminological marketing ' +
    'branding wording vocabulary terminology words names naming fashion taste',
  likeness: 'synonymy equivalence identity interchangeability sameness',
  idiom:
    'parlance jargon language speak lingo vocabulary terminology idiom slang tongue dialect wording usage talk press terms words brochures trade money',
  coat: 'name names coat hat clothes dress guise wrapping sticker flag banner skin heading label title brand branding disguise outfit uniform costume veneer wrapper cloak mask garb jacket suit',
  field:
    'technology technologies technique techniques solution solutions system systems application applications approach approaches concept concepts communication ' +
    'communications standard standards method methods',
  heir: 'successor heir evolution development offspring child descendant extension enhancement expansion follow-up continuation outgrowth grandchild replacement progeny scion offshoot sequel upgrade advancement progression culmination fruit son daughter baby reincarnation',
  ancestor:
    'predecessor foundation basis cornerstone precursor forerunner ancestor forefather grandfather father origin root roots parent mother seed germ cradle springboard groundwork bedrock embryo stone progenitor antecedent prototype archetype nucleus fountainhead wellspring nursery birthplace kernel forebear harbinger trailblazer substrate grandmother base',
  alike:
    'same identical equivalent synonymous synonyms exchangeable interchangeable interchangeably indistinguishable congruent coextensive coterminous',
  difference: 'difference distinction contrast discrepancy divergence disparity dissimilarity line boundary divide',
  differ: 'differ',
  taste:
    'taste fashion preference style habit convention geography indifference choice immaterial irrelevant unimportant indifferent',
  swap: 'swap substitute exchange interchange switch trade',
  treat: 'use treat regard consider understand take employ see handle read',
  evolve:
    'evolve grow develop emerge arise originate stem derive descend spring mature morph mutate come spin branch hatch blossom sprout progress transform crystallise crystallize ripen bud result',
  register:
    'colloquially informally popularly loosely formerly previously originally nowadays today traditionally historically technically formally officially ' +
    'commonly usually often sometimes occasionally otherwise alternatively variously hereinafter hereafter henceforth née internally locally affectionately',
  thing:
    'thing things technology technologies concept concepts idea animal beast matter stuff meaning field topic subject kettle coin',
  both: 'both they these those all two either',
  two: 'two of',
  words: 'terms words expressions names labels acronyms abbreviations concepts letters phrases notions designations',
};

/** Words for what is wider than what it holds: an "umbrella term" for something is no other name of it. */
export const WHOLES: ReadonlySet<string> = new Set(
  `${CLASSES.whole} collective overall blanket generic overarching`.split(' '),
);

/** Nouns that make a whole field of a term. */
export const FIELDS: ReadonlySet<string> = new Set(CLASSES.field!.split(' '));

/** Words for a part or a kind, in both numbers. */
export const KINDS: ReadonlySet<string> = new Set(CLASSES.kind!.split(' ').flatMap((noun) => [noun, pluralOf(noun)]));

/** The nouns that may follow "same" in an equation: "the same thing", but not "the same network". */
export const SAME_WHAT: ReadonlySet<string> = new Set(
  `${CLASSES.thing} ${CLASSES.words} ${CLASSES.name} meanings definition definitions sense senses description`.split(
    ' ',
  ),
);

/** A word, a mark or the mention of a concept, as patterns see it. */
export interface Item {
  /** The normal form; of a mention the empty string. */
  readonly norm: string;
  /** True for words that can be part of a compound noun. */
  readonly content: boolean;
  /** What is mentioned; two mentions of one concept have the same. */
  readonly concept: object | undefined;
}

/** Where a pattern matches a line of items: indices of the first and the last item, and of the mentions X and Y if it has them. */
export interface Match {
  readonly first: number;
  readonly last: number;
  readonly x: number | undefined;
  readonly y: number | undefined;
}

type Step =
  | { readonly kind: 'mention'; readonly name: 'x' | 'y' }
  | {
      readonly kind: 'words';
      readonly words: ReadonlySet<string>;
      readonly adverbs: boolean;
      readonly least: 0 | 1;
      readonly most: number;
    }
  | { readonly kind: 'tail' | 'gap' | 'far' | 'copula' | 'verbs' | 'start' | 'end' };

/** A compiled pattern. */
export type Pattern = readonly Step[];

/** Every place where a pattern matches, one for each first item at most. */
export function* matches(pattern: Pattern, items: readonly Item[]): Iterable<Match> {
  const search: Search = { pattern, items, x: undefined, y: undefined };
  for (let first = 0; first < items.length; first++) {
    if (!canBegin(pattern[0]!, items[first]!)) continue;
    const end = endOf(search, 0, first);
    if (end !== undefined && end > first) yield { first, last: end - 1, x: search.x, y: search.y };
    search.x = undefined;
    search.y = undefined;
  }
}

/** The mentions are bound on the way in and freed on the way back. */
interface Search {
  readonly pattern: Pattern;
  readonly items: readonly Item[];
  x: number | undefined;
  y: number | undefined;
}

/** True at the beginning of a sentence, and behind the adverbial and the conjunction that it opens with. */
function isStart(items: readonly Item[], at: number): boolean {
  if (at === 0) return true;
  const first = items.findIndex(({ concept }) => concept !== undefined);
  return at === openingEnd(first < 0 ? items : items.slice(0, first));
}

/** A cheap look at the first item, which rules out most places. */
function canBegin(step: Step, item: Item): boolean {
  if (step.kind === 'mention') return item.concept !== undefined;
  return step.kind !== 'words' || step.least === 0 || isOneOf(step, item);
}

/** Where the pattern from `step` on ends if it begins at item `at`: the longest repetitions and the shortest gaps are tried first. */
function endOf(search: Search, step: number, at: number): number | undefined {
  const current = search.pattern[step];
  if (!current) return at;
  const { items } = search;
  switch (current.kind) {
    case 'start':
      return isStart(items, at) ? endOf(search, step + 1, at) : undefined;
    case 'end':
      return at === items.length || END_MARKS.has(items[at]!.norm) ? endOf(search, step + 1, at) : undefined;
    case 'mention':
      return endOfMention(search, step, at, current.name);
    case 'gap':
      return shortestFirst(search, step, at, 8);
    case 'far':
      return shortestFirst(search, step, at, 24);
    case 'copula':
      return afterCopula(search, step, at);
    case 'verbs':
      return afterVerbs(search, step, at);
    default:
      return longestFirst(search, step, at, current);
  }
}

function endOfMention(search: Search, step: number, first: number, name: 'x' | 'y'): number | undefined {
  const { items } = search;
  const at = behindLead(items, first, name);
  const concept = items[at]?.concept;
  const other = name === 'x' ? search.y : search.x;
  if (!concept || (other !== undefined && items[other]!.concept === concept)) return undefined;
  search[name] = at;
  const end = endOf(search, step + 1, at + 1);
  if (end === undefined) search[name] = undefined;
  return end;
}

/** Behind what may stand before a mention and adds nothing: "the whole", "this so-called", "the term", "the concept of". */
function behindLead(items: readonly Item[], first: number, name: 'x' | 'y'): number {
  const isAt = (at: number, words: ReadonlySet<string>) => words.has(items[at]?.norm ?? '');
  if (items[first]?.concept !== undefined) return first;
  if (name === 'x' && isAt(first + 1, WHOLE)) return items[first + 2]?.concept === undefined ? first : first + 2;
  let at = isAt(first, LEADING_DETERMINERS) ? first + 1 : first;
  while (at < first + 3 && isAt(at, LEADING)) at++;
  if (isAt(at, NAMING)) at += items[at + 1]?.norm === 'of' ? 2 : 1;
  return at;
}

function longestFirst(search: Search, step: number, at: number, current: Step): number | undefined {
  const { items } = search;
  const words = current.kind === 'words' ? current : undefined;
  const most = words ? words.most : 4;
  let count = 0;
  while (count < most && at + count < items.length && repeats(items[at + count]!, words)) count++;
  for (; count >= (words ? words.least : 0); count--) {
    const end = endOf(search, step + 1, at + count);
    if (end !== undefined) return end;
  }
  return undefined;
}

/** One more word of a class, or one more noun of a tail. */
function repeats(item: Item, words: Words | undefined): boolean {
  return item.concept === undefined && (words ? isOneOf(words, item) : item.content);
}

type Words = Extract<Step, { kind: 'words' }>;

function isOneOf({ words, adverbs }: Words, { norm }: Item): boolean {
  return words.has(norm) || (adverbs && isAdverb(norm));
}

function shortestFirst(search: Search, step: number, at: number, most: number): number | undefined {
  const { items, pattern } = search;
  const stops = pattern[step]!.kind === 'gap' ? GAP_STOPS : NO_STOPS;
  for (let next = at; next <= at + most; next++) {
    const end = endOf(search, step + 1, next);
    if (end !== undefined) return end;
    const item = items[next];
    if (!item || item.concept !== undefined || stops.has(item.norm)) return undefined;
  }
  return undefined;
}

/** Before a main verb: "has", "will soon", "is about to", "is on the point of"; a passive's "is" belongs to the verb. */
function afterVerbs(search: Search, step: number, at: number): number | undefined {
  const { items } = search;
  let count = 0;
  while (count < LONGEST_VERBS && isBeforeVerb(items[at + count])) count++;
  for (; count >= 0; count--) {
    const run = items.slice(at, at + count);
    const behindBe = run.slice(run.findLastIndex(({ norm }) => BE.has(norm)) + 1);
    const isActive =
      behindBe.length === count ||
      behindBe.some(({ norm }) => norm === 'to' || norm === 'of') ||
      items[at + count]?.norm.endsWith('ing');
    const end = isActive ? endOf(search, step + 1, at + count) : undefined;
    if (end !== undefined) return end;
  }
  return undefined;
}

/** How many words stand before a main verb at most. */
const LONGEST_VERBS = 9;

function isBeforeVerb(item: Item | undefined): boolean {
  return item !== undefined && item.concept === undefined && (AUXILIARY.has(item.norm) || isAdverb(item.norm));
}

/** "is", "which in turn is", "can be seen as", "forms", or the mark of an apposition with or without them. */
function afterCopula(search: Search, step: number, at: number): number | undefined {
  const { items } = search;
  const norm = (index: number) => items[index]?.norm ?? '';
  let next = at;
  const marked = APPOSITION_MARKS.has(norm(next));
  if (marked) next++;
  if (marked && norm(next) === ':') next++; // A definition list of AsciiDoc: "TERM::".
  const bare = next;
  if (/^(?:which|that)$/.test(norm(next)) || (marked && /^(?:it|they|this)$/.test(norm(next)))) next++;
  while (next < at + 6 && (ADVERBIAL.has(norm(next)) || isAdverb(norm(next)))) next++;
  if (MODALS.has(norm(next))) next++;
  if (APPEARING.has(norm(next)) && norm(next + 1) === 'as') return endOf(search, step + 1, next + 2);
  const be = beEnd(items, next);
  if (be !== undefined) {
    const behind = be;
    const viewed = viewedEnd(items, behind);
    const end = (viewed ? endOf(search, step + 1, viewed) : undefined) ?? endOf(search, step + 1, behind);
    if (end !== undefined) return end;
  }
  return marked ? endOf(search, step + 1, bare) : undefined;
}

/** Behind "is", "turns out to be", "proves to be". */
function beEnd(items: readonly Item[], at: number): number | undefined {
  const norm = (index: number) => items[index]?.norm ?? '';
  if (BE.has(norm(at))) return at + 1;
  if (!PROVING.has(norm(at))) return undefined;
  const to = norm(at + 1) === 'out' ? at + 2 : at + 1;
  return norm(to) === 'to' && norm(to + 1) === 'be' ? to + 2 : undefined;
}

const PROVING: ReadonlySet<string> = new Set([
  'turns',
  'turn',
  'turned',
  'proves',
  'prove',
  'proved',
  'proven',
  'happens',
  'comes',
]);

/** Behind "seen as", "to be regarded as", "best understood as". */
function viewedEnd(items: readonly Item[], from: number): number | undefined {
  for (let at = from; at < from + 4; at++) {
    if (!VIEWED.has(items[at]?.norm ?? '')) continue;
    for (let as = at + 1; as < at + 4; as++) if (items[as]?.norm === 'as') return as + 1;
    if (/^(?:considered|deemed|called)$/.test(items[at]!.norm)) return at + 1;
  }
  return undefined;
}

/** Auxiliaries, adverbs, and what stands between them and a main verb: "is about to", "is on the point of", "keeps". */
const AUXILIARY: ReadonlySet<string> = new Set(
  `${CLASSES.adv} ${CLASSES.be} ${CLASSES.modal} has have had having about going set bound due likely to on the point verge brink way in process course of begun began begin beginning begins started starting starts start tends continues continue keeps keep seems seem soon recent years decades over time end should day`.split(
    ' ',
  ),
);
const LEADING_DETERMINERS: ReadonlySet<string> = new Set(CLASSES.det!.split(' '));
/** Adjectives that leave a concept the same. */
const LEADING: ReadonlySet<string> = new Set('so-called famous much-praised modern very'.split(' '));
/** Of what something is said it is said of the whole, but "X is the whole Y" is of a quantity. */
const WHOLE: ReadonlySet<string> = new Set(['whole', 'entire']);
/** Nouns with which a term is introduced as one. */
const NAMING: ReadonlySet<string> = new Set(
  'term word expression acronym abbreviation phrase buzzword label concept'.split(' '),
);
const BE: ReadonlySet<string> = new Set(
  `${CLASSES.be} forms form formed constitutes constitute represents represent become becomes became`.split(' '),
);
/** Verbs that are as good as "is" before "as". */
const APPEARING: ReadonlySet<string> = new Set(
  'appears appear counts count figures figure ranks rank emerges emerge features serves serve'.split(' '),
);
const ADVERBIAL: ReadonlySet<string> = new Set(`${CLASSES.adv} turn of course`.split(' '));
const MODALS: ReadonlySet<string> = new Set(['can', 'may', 'must', 'will', 'should', 'could', 'might', 'has', 'have']);
const VIEWED: ReadonlySet<string> = new Set([
  'seen',
  'regarded',
  'considered',
  'understood',
  'viewed',
  'defined',
  'described',
  'treated',
  'thought',
  'classified',
  'counted',
  'taken',
  'called',
  'deemed',
]);
const APPOSITION_MARKS: ReadonlySet<string> = new Set([',', '–', '—', ':', '(']);
const NO_STOPS: ReadonlySet<string> = new Set();

const END_MARKS: ReadonlySet<string> = new Set(['.', ';', ':', ')', '?', '!']);
const GAP_STOPS: ReadonlySet<string> = new Set([
  '(',
  ')',
  '/',
  ';',
  ':',
  '?',
  '!',
  '.',
  'which',
  'while',
  'whereas',
  'although',
  'but',
]);

function compile(source: string): Pattern {
  return source.trim().split(/\s+/).map(compileStep);
}

function compileStep(item: string): Step {
  if (item === 'X' || item === 'Y') return { kind: 'mention', name: item === 'X' ? 'x' : 'y' };
  if (item === '~') return { kind: 'tail' };
  if (item === '..') return { kind: 'gap' };
  if (item === '...') return { kind: 'far' };
  if (item === '=') return { kind: 'copula' };
  if (item === '>') return { kind: 'verbs' };
  if (item === '^') return { kind: 'start' };
  if (item === '$') return { kind: 'end' };
  const [, body = item, suffix] = /^(.+?)([?*])?$/.exec(item)!;
  return {
    kind: 'words',
    words: new Set(body.split('|').flatMap(expand)),
    adverbs: body.includes('{adv}'),
    least: suffix ? 0 : 1,
    most: suffix === '*' ? 12 : 1,
  };
}

/** Classes of nouns, whose plurals are members too. */
const COUNTED: ReadonlySet<string> = new Set(['kind', 'name', 'whole', 'heir', 'ancestor', 'difference']);
/** Classes of verbs, all of whose forms are members. */
const VERBS: ReadonlySet<string> = new Set([
  'say',
  'mean',
  'bear',
  'tell',
  'separate',
  'distinguish',
  'include',
  'differ',
  'swap',
  'treat',
  'evolve',
]);

function expand(word: string): readonly string[] {
  const named = /^\{(\w+)\}$/.exec(word)?.[1];
  if (/^[$^~]$/.test(word)) throw new Error(`In a choice, ${word} would be the sign.`);
  if (!named) return [word === 'equals-sign' ? '=' : word];
  if (!CLASSES[named]) throw new Error(`No class of words is named ${named}.`);
  const words = CLASSES[named].split(' ');
  if (VERBS.has(named)) return words.flatMap(formsOf);
  return COUNTED.has(named) ? words.flatMap((each) => [each, pluralOf(each)]) : words;
}

// A line is a construction, "name: pattern". Behind the name stand in brackets its strength, if the words only suggest it, and its traits.

const ALIAS = `
  gloss: X ~ ,|(|–|—|- {adv}* or? read|say|meaning|namely ,|:? {det}? Y
  gloss: X ~ ,|(|–|— which|that? {adv}* .. : {det}? Y ~ )|–|—
  naming phrase: X ~ ,|(|–|—|-? which|that? {be}? {adv}* {named} to? by? {adv}* ,? as? {adv}* {det}? {name}? {adv}* {det}? Y
  naming phrase: X ~ ,|(|–|— which|that? {adv}* .. {named} .. as {adv}* {det}? Y
  naming phrase: {named} .. as {det}? X ~ ,? and|but|or {adv}* {named}? {adv}* to? {adv}* as {det}? Y
  naming phrase: {named} .. as {det}? X ~ ,? and|but|or to|by|among|in|with|within|at|on .. as {det}? Y
  naming phrase: ,|( {adv}* {named} {adv}* to? as|by|under {det}? X ~ or {det}? Y
  naming phrase: X ~ ,|(|–|—? also|now|nowadays|today|formerly|previously|sometimes|often|usually|commonly|otherwise|hereinafter|hereafter|henceforth|née {adv}* :? {det}? Y ~ ,|)
  naming phrase: X ~ ,|(|–|— {register} {adv}* ,|:? {det}? Y ~ ,|)|–|—
  naming phrase: X ~ .. ,|( hereinafter|hereafter|henceforth {adv}* {named}? to? as? {det}? Y
  naming phrase: X ~ or ,? to use|give|borrow|quote .. {name} ,|:? {det}? Y
  naming phrase: X ~ ,|(|–|— or? ,? to use|give|borrow|quote .. {name} ,|:? {det}? Y
  naming phrase: X ~ ( .. : {det}? Y ~ )
  naming phrase: X ~ {be} {adv}* {named} {adv}* to? as? {adv}* {det}? Y
  naming phrase: X ~ used to be {adv}* {named} {adv}* as? {det}? Y
  naming phrase: X ~ has|have|had {adv}* been {adv}* {named} .. as {det}? Y
  naming phrase: X ~ ,? which|that? .. {named}|know|knows .. under|by {det}? {adj}* {name} of? {det}? Y
  naming phrase: X ~ ,|( in|by|among|to|within|at|on|throughout .. {named} to? as? {det}? Y ~ ,|)|.
  naming phrase: call|calls|called|name|names|term|terms|dub|dubs|nickname|nicknamed {det}? X {adv}* {det}? Y
  its other name: X 's? {adv}* {adj}* {name} {be} {adv}* {det}? Y
  rewording with "or": X ~ ,? (? or {det}? Y for short
  naming phrase: {named} {adv}* .. as {det}? X ~ , {det}? {adj}* Y
  naming phrase: ^ {adv}* {named} {adv}* {det}? X ~ , {det}? {adj}* Y
  abbreviated naming: X ~ ,|(|–|—? {adv}* aka|a.k.a|alias|viz|vulgo|i.e|ie|resp ,? .? ,? {det}? Y
  restatement: X ~ ,|(|–|— in other words|terms ,? {det}? Y
  restatement: X ~ ,|(|–|— in short|brief ,|:? {det}? Y ~ ,|)|–|—|.
  restatement: X ~ ,|(|–|— that is|means ,|: {det}? Y
  rewording with "or": X ~ ,? or ,? simply|just|more|better|also|rather|otherwise|shortly|briefly|alternatively|equivalently|colloquially|formerly|short {adv}* ,? {det}? Y
  restatement: X ~ ,|(|–|— that is ,? {det}? Y $
  restatement: X ~ ,|(|–|— that is ,? {det}? Y ,|)|–|—
  call it either: whether ... call|name it|them|this|that {adv}* {det}? X ~ or {det}? Y
  bracketed "or": X ~ ( or {adv}* {det}? Y ~ )|,
  what it is called: X ~ ,|(|–|— {be}? {adv}* what|which .. call|calls|called|know|knows|label|labels|term|terms {adv}* as? {det}? Y
  two callers: what ... call|calls|called|know|knows|label {adv}* as? {det}? X ~ and|but|or|, ... call|calls|called|know|knows|label {adv}* as? {det}? Y
  call it either: call|called it|them|this {adv}* {det}? X ~ ,|;|and {adv}* now|today we|you|they? {adv}* call it|them|this {adv}* {det}? Y
  call it either: call|name it|them|this {adv}* {det}? X ~ ,|or|; you|we|one? can|may? call|name it|them|this {adv}* {det}? Y
  call it either: call|called it|them|this|that {adv}* {det}? X ~ or|, {det}? Y
  call it either: what .. {named} {adv}* {det}? X ~ ,? or {adv}* {det}? Y
  trailing name: ^ {det}? X {be} ... ,|;|( also|otherwise|sometimes|often|commonly|usually|formerly|or {adv}* {named} {adv}* to? as? {det}? Y ~ $
  trailing name: ^ {det}? X :|–|— ... ,|;|( also|otherwise|sometimes|often|commonly|usually|formerly|or {adv}* {named} {adv}* to? as? {det}? Y ~ $
  nickname: X ~ ,? which|that? .. goes|go|went|going|known .. by|under {det} {adj}* {name}|handle of? Y
  change of name: what .. {be} {adv}* {named} as? Y .. {be} {adv}* {named}? as? {det}? X
  the same thing called: X ... call|calls|called|calling|name|names|named {det} {adv}* same {thing} Y
  naming phrase: X ~ stands|stand for {det}? Y
  other name by others: X stands|stand for what .. call|calls|called|know|knows {adv}* as? {det}? Y
  appositive "or" (listable): X ~ .. , or {det}? Y ~ ,? as .. call|calls|{named}|say|says|put|puts|has|have
  as others say: X ~ ,|(|–|— .. know|knows|knew|call|calls it|them {adv}* as|by? {det}? Y ~ ,|)|–|—
  rewording with "or": X ~ (|–|— or ,? if you|we|one .. prefer|like|will|want|wish ,? {det}? Y ~ )|–|—
  under its name: X ~ .. under|by its|their {adj}* other|second|old|new|former|local|common {name} ,|:|(|of? {det}? Y
  naming phrase: X ~ ,|(|–|—? which|that .. refer|refers|referred {adv}* to {adv}* as {det}? Y
  naming phrase: X ~ ,|(|–|— for which .. term|word|expression {det}? Y
  as others say: X ~ ,|(|–|—|-? or ,? as .. call|calls|say|says|have|put {adv}* it|them? ,? {det}? Y
  as others say: X ~ ,|(|–|— or? {adv}* {det}? Y ~ ,? as ... call|calls|{named}|have|has|put|puts|say|says|known it|them? ,|)|–|—|.?
  as others say: X ~ ,|(|–|— or? {adv}* {det}? Y ~ ,? if|to|for .. {name}|prefer|like|will|want|wish
  as others say: X ~ ,|(|–|— or? {adv}* {det}? Y ~ ,? in|to .. {idiom}
  as others say: X ~ ,|(|–|— or? in|to|by .. {idiom} ,|:? {det}? Y
  as others say: X ~ ( .. {say}|call|calls|prefer|prefers it? {det}? Y ~ )
  what it is called: X ~ = {adv}* what ... call|calls|called|know|knows|name|say|says {adv}* as|for? {adv}* {det}? Y
  what it is called: X ~ = {adv}* what {adv}* {be} {adv}* {named} {adv}* to? as? {det}? Y
  what it is called: X ~ = {adv}* what {det}? Y ~ {be}|used {adv}* to? be? {adv}* {named}
  the name under which: X ~ = {adv}* {det}? {adj}* {name} under|by|with which {det}? Y
  change of name: it {be} {adv}* {named}? {det}? X ~ ,|;|–|and|. {adv}* it {be} {adv}* {named} as? {det}? Y
  name for it: X ~ ,|(|–|— {adv}* {det}? {adj}* {adj}* {name} {adv}* for|of {det}? Y
  restatement: X ~ ,|(|–|— that is to say ,|:|–? {det}? Y
  bracketed "or": X ~ ( or , ... , {det}? Y
  appositive "or" (listable): X ~ , or , .. , {det}? Y
  synonym in an entry: X : {adv}* {det}? syn|synonym|synonyms|also|aka|abbr .? :? {named}? as|of|for|to? {det}? Y
  synonym in an entry: X : {adv}* other|alternative|second|further {name} .? :? {det}? Y
  other name in a table (of other names): ^ X : {det}? Y ~ $
`;

const APPOSITIVE_OR = `
  appositive "or" (indirect, listable): X ~ , or {det}? Y ~ ,
  appositive "or" (indirect, listable): ^ {det}? X ~ , or {det}? Y $
`;

const COMPOUND = `
  slash compound: X / {det}? Y
  hyphen compound: X -|– Y
  parenthesis: X ~ ( equals-sign? {det}? {adv}* Y ~ ,? )
  equals sign: X equals-sign Y
`;

const QUOTED = `
  quoted "or" (indirect): X or {det}? Y
`;

/** Sameness said of the two together, whether they are named or stood for. */
const SAME_OF_BOTH = `
  identity: BOTH ,? {modal}? {be}|{mean}|{bear}|become {adv}* {det}? {adv}* {alike} {thing}?
  identity: BOTH {modal}? {be}|{mean}|{bear} {adv}* one {thing}|meaning|concept
  identity: BOTH {modal}? {be}|{mean}|{bear} {adv}* one and {det}? same
  identity: BOTH ,? {modal}? {be} {adv}* {det}? two|different|just|only|merely {adj}* {name}|{words} {adv}* for|of|with {det}? {adv}* same|one|single
  identity: BOTH ,? {be}|: {adv}* {det}? two|different|opposite? sides|faces|facets of {det}? {adv}* same|one
  identity: BOTH {modal}? stand|stands|refer|refers|point|points|apply|applies {adv}* for|to {adv}* {det}? {adv}* same|one|identical
  identity: BOTH all? comes|come|boils|boil|amounts|amount {adv}* down? to {det}? {adv}* same|one {thing}?
  interchange (potential): BOTH {be}|{modal}|could .. used|treated|regarded|considered|understood|employed .. interchangeably|synonymously|synonyms|equivalents|interchangeable|synonymous {thing}?
  interchange: {treat} {adv}* {words}? OBJECT .. synonymously|interchangeably|synonyms|interchangeable|synonymous {thing}?
  interchange: BOTH {be}|{modal}|had|have|has {adv}* be? been? {adv}* used {adv}* for one and {det}? same
  identity: BOTH {modal}? {be} {adv}* equal|equals in every|all {adj}* respect|respects|regard|regards
  identity: BOTH ,|:|–|—? that|it|this? {be} twice {det}? same
  interchange: {treat} {adv}* {words}? OBJECT {adv}* as {adv}* {det}? two|different|mere? {adj}* {name}|{words} {adv}* for|of|with {det}? {adv}* same|one|single
  identity: attach|attaches|attached|give|gives|gave|assign|assigns|assigned|attribute|attributes|ascribe|ascribes {det}? {adv}* same|one|identical meaning|sense to OBJECT
  interchange (potential): BOTH {be}|{modal}|could .. {swap} {adv}* freely|anywhere|everywhere|throughout|wherever|at
  interchange (potential): BOTH {be}|{modal}|could .. {swap} {adv}* for|with one|each other|another
  no difference: hard|hardly pressed|pushed|put .. {difference} .. BETWEEN
  no difference (negated): BOTH {be}|{modal} .. used|written|treated .. without|no any? {adj}* {difference}
  swap (potential): {swap} .. OBJECT freely|anywhere|everywhere|throughout|wherever|at
  swap (negated, potential): {swap} .. OBJECT .. without
  no difference (negated): BOTH {modal}? not|never|n't|don't|doesn't|didn't {adv}* {differ}
  no difference (negated): BOTH {modal}? not|never|n't|don't|doesn't|didn't {adv}* {mean} {adv}* anything|something|things? {adv}* different|else
  identity: one|single {adj}* {thing}|notion behind|under|beneath BOTH
  interchange: {treat} {adv}* {words}? OBJECT {adv}* as {adv}* {det}? one|single {thing}
  no difference (negated): {treat} {adv}* {words}? OBJECT {adv}* without {adv}* .. {difference}
  no difference (negated): nobody|impossible .. {tell} {adv}* OBJECT apart
  identity: BOTH ,|:|–|—? that|it|this? {be} {adv}* {det}? {adv}* same ~ in|under|with two|different|both|other|another|new ~
  identity: BOTH {modal}? {adv}* coincide|coincides|coincided
  identity: BOTH {modal}? cover|covers {adv}* {det}? same ground|field|range
  identity: BOTH :|–|—|,|(|equals-sign {adv}* {det}? {adv}* one|same|single {thing}
  identity: BOTH :|–|—|,|(|equals-sign {adv}* {alike} {words}|{name}
  name only: BOTH ,? {modal}? {differ} {adv}* only|merely|solely|just|purely in|by {det}? {empty}|{coat}|{name}
  name only: BOTH ,? {modal}? {differ} {adv}* in|by {det}? {empty}|{coat}|{name} {adv}* only|alone|merely|at
  name only (negated): BOTH ,? {modal}? {differ} {adv}* in nothing|little
  name only (negated): BOTH ,? {modal}? {differ} {adv}* in no more|other than {det}? {empty}|{coat}|{name}|letters|spelling
  no difference (negated): no|zero|little|hardly|without|never|not|cannot|nobody|n't|isn't|aren't .. any|a|the? {adj}* {adv}* {difference} .. BETWEEN
  no difference (negated): no {adj}* {difference} {be}|will|shall|can|need|has {adv}* be|been? made|drawn|observed {adv}* BETWEEN
  no difference (negated): BETWEEN ,? .. no|not|n't|isn't|aren't|hardly|never {adj}* {adv}* any|a|the? {adj}* {difference}
  no difference (negated): BETWEEN ,? .. never|not|no|hardly {adv}* see|saw|seen|find|found|make|made|draw|drew|noticed {adv}* any|a|one? {adj}* {difference} $
  no difference (negated): BETWEEN ,? .. never|not|no|hardly {adv}* see|saw|seen|find|found|make|made|draw|drew|noticed {adv}* any|a|one? {adj}* {difference} ,
  no difference (negated): not|never|n't|don't|doesn't|didn't|cannot|without {adv}* {distinguish} {adv}* between? OBJECT
  no difference (negated): not|never|n't|don't|doesn't|didn't|cannot|without {adv}* {tell} {adv}* OBJECT apart
  no difference (negated): BOTH cannot|can't|not|never be {adv}* {distinguish}|{separate}
  no difference (negated): BOTH {be}? not|never|n't|isn't|aren't|weren't {adv}* two|different|separate|distinct {adj}* {thing}|{field}|{words}|worlds|topics
  no difference (negated): BOTH cannot|can't|not|never be {adv}* {tell} apart
  no difference (negated): nothing|little .. {distinguish}|{separate} {adv}* OBJECT
  no difference (negated): no|little|hardly {adj}* {adv}* any? point|sense|reason|use|purpose|value in|of|for|to .. {distinguish}|{separate} {adv}* between? {det}? X and|from {det}? Y $
  no difference (negated): no|little|hardly {adj}* {adv}* any? point|sense|reason|use|purpose|value in|of|for|to .. {distinguish}|{separate} {adv}* between? {det}? X and|from {det}? Y ,
  no difference (negated): nothing|little .. {tell} {adv}* OBJECT apart
  empty difference: {difference} ,? .. BETWEEN ,? {be} ... {empty}|{taste}
  no difference (negated): BOTH :|–|—|, there {be} no|none|zero {adj}* {difference}
  empty difference: {difference} BETWEEN {be} {adv}* zero|nil|nothing
  empty difference: {difference} BETWEEN exists|exist|lies|lie {adv}* only|merely|just|purely
`;

/** Sameness said of what the sentence or the ones before have named, in words that have no room for names. */
const SAME_OF_NAMED = `
  identity: {words} {be}|{mean} to? {adv}* {det}? {adv}* same|identical|synonyms|interchangeable|synonymous {thing}?
  identity: {words} {mean} {adv}* to? {adv}* {det}? {adv}* same ~
  identity: {words} {be} {adv}* equal|equals in every|all {adj}* respect|respects|regard|regards
  identity: it|that {be} {adv}* {det}? {adv}* same {thing}
  identity: it|that {be} {adv}* {det}? two|different|just|only|merely {adj}* {name}|{words} {adv}* for|of {det}? {adv}* same|one|single
  identity: it|that {be} {adv}* one {thing}
  identity: it|that|they|this {be} {adv}* one and {det}? same
  no difference (negated): ^ it|that|this? makes|make|made no {adj}* difference $
  no difference (negated): ^ it|that|this? makes|make|made no {adj}* difference ,
  identity: it|that all? comes|come|boils|amounts {adv}* down? to {det}? {adv}* same|one {thing}?
  identity: it|that {be} {adv}* {det}? {adv}* same $
  identity: {both} {two}? {words}? {be} {adv}* same|identical|synonyms|interchangeable|synonymous|equivalent|one $
  identity: {thing}|meaning|content|substance {be} {adv}* {det}? {adv}* same|identical|unchanged $
  identity: {thing}|meaning|content|substance {be} {adv}* {det}? {adv}* same|identical in|either|both|every
  identity: {both} {two}? {words}? mean|means|denote|denotes|designate|designates {adv}* {det}? {adv}* same ~
  identity: either word|term|expression|spelling will|would do
  identity: either word|term|expression|spelling {be} {adv}* fine|right|correct|ok|okay|acceptable|good
  identity: {both} {be}? {adv}* talk|talking|speak|speaking {adv}* about|of {adv}* {det}? {adv}* same|one ~
  figure of speech: potato ,|/|- potahto
  figure of speech: tomato ,|/|- tomahto
  figure of speech: six of one
  figure of speech: six and|of two threes
  figure of speech: take your pick
  figure of speech: same difference $
  figure of speech: old wine in new bottles
  figure of speech: call it what|whatever|which you|we like|want|will
  figure of speech: whatever|whichever|whatsoever you|one|we .. call it|them
  figure of speech: whatever|whichever {name}|word you|one|we
  no difference (negated): distinction without {det}? difference
  no difference (negated): no {adj}* {difference} {be} {adv}* intended|meant|made|implied|drawn
  denied difference (negated, of difference): ^ they|it|there|these|those {be}|do|does|did? not|n't|don't|doesn't|isn't|aren't|none|no {adv}* differ|different|difference|any|at|all|one? $
  denied difference (negated, of difference): ^ they|these|those don't|aren't|isn't|doesn't $
  denied difference (negated, of difference): ^ no|none ,|–
  denied difference (negated, of difference): ^ no|none whatsoever|whatever|at|really all? $
  denied difference (negated, of difference): ^ we|i {adv}* do|did|can? not|n't|don't|didn't|can't $
  identity: ^ {adv}* {det}? {adv}* same {thing}? $
  identity: ^ one and {det}? same {thing}? $
  denied difference (negated, of difference): ^ {adv}* nothing {adv}* does|is|do? $
  denied difference (negated, of difference): ^ no|none $
  preference: whichever|whatever .. you|one|we .. prefer|like|fancy|please
  no difference (negated): don't|not|never|nobody .. look|hunt|search|seek {adv}* for|after {det}? {adj}* {difference}
  identity: newer|older|one|first|new|old {words}|{name} {mean} {adv}* what .. other|older|newer|second|old|new
  identity: whichever|whatever ... you|one|we {adv}* {bear}? {adv}* {say}|{mean} {adv}* {det}? same
  two words (indirect): two|both|either|different|these|those {adj}* {words}|{name} .. same|one|single|identical {adj}* {thing}|meaning|sense|notion
  two words (indirect): same|one|single|identical {adj}* {thing}|meaning|sense|notion .. two|both|either|different|these|those {adj}* {words}|{name}
  identity: only|just one {thing} to mean|name|speak
  identity: one {be} {adv}* as good as {det}? other
  identity: use|used both {words} for it|them|this|that
`;

const SAME = `
  identity: X ~ and|or|/|&|, {det}? Y ~ ,? {modal}? {be}|{mean}|{bear}|become {adv}* {det}? .. {det}? {adv}* {alike}
  identity: {det}? X ~ and|or|,|/|& {det}? Y ~ {be}|:|–|—|, {adv}* two|both|different|just|only|merely {adj}* {name}|{words} {adv}* for|of
  identity: X ~ and|or|/|&|, {det}? Y ~ both mean|means|denote|stand|refer
  identity: X ~ and|or|/|&|, {det}? Y ~ {modal}? {mean} {adv}* {det}? same set|class|group|kind|family|range of
  identity: {det}? X ~ and|or|,|/|& {det}? Y ~ {modal}? {bear} {adv}* {det}? {adv}* same|identical|one|equivalent {thing}
  identity: X .. Y ~ ,|:|–|—|; {both}|it|that|this {be} {adv}* {det}? {adv}* same ~
  identity: X .. Y ~ ,|:|–|—|; {both}|it|that|this {be} {adv}* {det}? one {thing}
  identity: one|same|single {thing} ,|and|–|—|but|with|under two|both|different|many {name} ,|:|–|—|(|. {det}? X ~ and|or|,|/|& {det}? Y
  identity: X ~ :? {modal}? {bear} {adv}* {det}? {adv}* same|identical meaning|sense as|of|to|for|with {det}? Y
  identity: X ~ :? {modal}? {bear} {adv}* {det}? {adj}* meaning|sense {adv}* .. of|to|as|for {det}? Y
  identity: to? {say} {det}? X {be} {adv}* to? {say} {det}? Y
  identity: reference|references|mention|mentions .. to|of {det}? X ~ .. {be} {adv}* .. reference|references|mention|mentions to|of {det}? Y
  identity: if|when|where|whether|wherever|whenever .. {say} of|about? {det}? X ~ and|or .. {say} of|about? {det}? Y ~ ,? .. {mean} {adv}* {det}? same
  identity: X ~ -|–|—|:|,|equals-sign {det}? same as {det}? Y
  identity: if|when|where|whether ... X ~ or .. Y ~ ,? .. {mean}|{be} {adv}* {det}? {adv}* same|one {thing}
  identity: if|when|where|whether ... X ~ or .. Y ~ ,? .. {mean}|{be} {adv}* one and {det}? same
  no difference (negated): nothing|little .. tell|tells|told|distinguish|distinguishes|separate|separates {adv}* {det}? X from {det}? Y
  swap (potential): can|could|may|might {adv}* put|use|write|read|say {det}? X {adv}* in {det}? place|stead of {det}? Y
  no difference (negated): replace|swap|exchange|substitute {det}? X ~ .. by|with|for {det}? Y ... nothing|no|not|none|without .. change|changes|changed|changing|altering|affecting|losing|lost|different|wrong
  identity: X ~ {be} {adv}* {det}? equal|identical|same {adv}* with|to|as {det}? meaning|sense|content|that of {det}? Y
  new coat: X ~ = {adv}* {det}? Y ~ of .. ,? with|under|in|by {det}? {adj}|{det} .. {coat}
  identity: X {say}|{mean}|{include} {adv}* what {det}? Y {say}|{mean}|{include}|does|do
  another name: X ~ = {adv}* {det}? {adj}* {name} that|which? {det}? Y {adv}* goes|go|went {adv}* by|under
  stipulation: if|when|where|wherever|whenever .. {say} {det}? X ,? we|you|i .. talk|talking|speak|speaking|refer|referring {adv}* about|of|to {det}? Y
  identity: if|when|where|whether ... X ~ or .. Y ~ ,? .. {say} {adv}* of|about {adv}* {det}? same|one {thing}
  change of name: what {be} {adv}* {det}? X {adv}* {be} {adv}* {det}? Y
  change of name: yesterday|once|formerly|earlier ,? it {be} {adv}* {det}? X ~ ,|;|– {adv}* it {be} {adv}* {det}? Y
  identity: call|calls|called it|this|that {adv}* {det}? X {adv}* ,|;|– but|yet|although|though? {adv}* it {be} {adv}* {det}? Y
  identity: same|one|identical {adj}* {thing}|definition|description applies|apply|holds|goes .. to|for {det}? X ~ and to|for? {det}? Y
  stipulation: {name} X ~ {be} {adv}* used .. in|instead place|lieu|stead? of {det}? Y
  another name: X ~ {be} {adv}* {treat} .. as {adv}* {det}? another|{adj}? {adj}* {name} {adv}* for|of {det}? Y
  identity: X ~ > {be} {adv}* equated {adv}* with|to {det}? Y
  identity: X ~ can|may|must|should be {adv}* {treat}|seen|viewed {adv}* as {adv}* {det}? Y $
  another name: another|other|second|alternative|correct|proper|technical|modern|old|new|older|newer|usual|popular|{det}|a {name} {adv}* for|of {det}? X ~ {be} {adv}* {det}? Y
  no difference (negated): nobody|impossible|cannot|can't .. {tell}|{distinguish}|{separate} {adv}* {det}? X from {det}? Y
  no difference (negated): X ~ cannot|can't|not|never be {adv}* {tell}|{distinguish}|{separate} {adv}* from {det}? Y
  no difference (negated): X ~ offers|offer|has|does|do|adds|brings|contains|can {adv}* .. nothing|little .. {det}? Y {adv}* .. not|n't|doesn't|don't|can't|lacks
  no difference (negated): nothing in {det}? X ~ .. that .. not|n't|isn't .. in {det}? Y
  identity: X does|do|did exactly|precisely {adv}* what {det}? Y does|did|do|has
  no difference (negated): {distinguish} .. between? {det}? X ~ and|from {det}? Y ~ ... we|i|this|one|manual|guide|report do|does|did? not|n't|doesn't|don't $
  change of name: what .. as X ~ {be} {adv}* .. as {det}? Y
  stipulation: if|when|where|wherever|whenever .. {say} of|about|to? {adv}* {det}? {words}? X ~ ,? {det}? Y ~ {be} {adv}* meant|intended
  identity: X .. ,|;|– it {be} {adv}* {det}? {adv}* same|identical|equivalent {thing}? as|to|with {det}? Y
  identity: X ~ ,|(|–|— .. {say} {det}? Y ~ and {mean} {adv}* {det}? same {thing}
  another name: X .. ,|;|– it {be} {adv}* {det}? {adv}* {adj}* ~ {name} for|of {det}? Y
  rebranding: rebranded|renamed|relabelled|relabeled|rebadged|repackaged|rechristened {det}? X as|to|into {det}? Y
  no difference (negated): neither|nowhere|nothing|hardly|no|never ... X ~ {adv}* {differ} .. from {det}? Y
  identity: X ~ :? {modal}? {be}|{mean} to? {adv}* {det}? {adv}* same ~ as {det}? Y
  identity: X ... Y ~ , which {mean} to? {adv}* {det}? {adv}* same|identical
  name only (negated): {name} .. changed|changes|change {adv}* from {det}? X ~ to {det}? Y ... not|n't|didn't|hasn't|same|stayed|remained
  name only: changed|changes|change .. from {det}? X ~ to {det}? Y ~ {be} {adv}* {det}? {name}|{empty}|{coat}
  change of name: X has|have|had? {adv}* become|became {adv}* {det}? Y ~ ,|;|– and? ... nothing|only ... changed|change|new|different
  name only: only|just {det}? {name}|{words} {adv}* changed|changes|differs|differ|varies ... X ... Y
  no difference (negated): nothing|little .. {tell} {adv}* {det}? X apart from {det}? Y
  new coat: gave|give|gives|given {det}? X {det}? {adj}* {name} ,|:|–|( {det}? Y
  identity: {name} X of|in|from|on .. {be} {adv}* {det}? {adv}* identical|equivalent|equal|same|synonymous {adv}* to|with|as {det}? {name}? Y
  identity: X ~ = {adv}* {det}? {adv}* identical|equivalent|equal|synonymous|interchangeable|congruent {adv}* to|with {det}? Y
  identity: X ~ = {adv}* {det}? {adv}* indistinguishable|inseparable {adv}* from {det}? Y
  identity: X ~ = {adv}* no|nothing {adv}* different {adv}* from|than|to {det}? Y $
  identity: X ~ = {adv}* one and {det}? same {thing}? as|with|like {det}? Y
  identity: X ~ = {adv}* {det}? {adv}* same {thing}? as|like|with {det}? Y
  identity: equate|equates|equated|equating {det}? X ~ with|and|to {det}? Y
  reduction: X ~ {be} simply|just|merely|only|really|basically|essentially|nothing {adv}* {det}? Y ~ $
  reduction: X ~ {be} simply|just|merely|basically|essentially {adv}* {det}? Y ~ with|plus|under|in|at|on
  reduction: X ~ {be} nothing|none|no other|more|else|but|less {adv}* {det}? Y ~ with|plus|under|in|at|on
  reduction: X ~ {be} none|nothing other {adv}* than {det}? Y ~ $
  no difference (negated): doesn't|don't|not matter whether|if|which ... {det}? X ~ or .. Y
  identity: X ~ equals|equal {det}? Y
  question: ^ is|are|was|isn't|aren't {det}? X ~ and {det}? Y ~ {adv}* {det}? {adv}* same|identical|synonyms|synonymous|interchangeable|equivalent
  question: ^ is|isn't|was {det}? X ~ {adv}* {det}? {adv}* same|identical|equivalent|another|{adj}? {thing}|{name}? as|to|with|for|of {det}? Y
  question: ^ is|isn't {det}? X {adv} {adv}* {det}? Y
  another name: X ~ = {adv}* {det}? {adv}* another|{adj} ~ {name} {adv}* for|of|given {det}? {thing}? Y
  another name: X ~ = n|noun .? , {adv}* {det}? {name} for|of {det}? Y
  another name: X ~ = {adv}* {det}? {adv}* {adj}* ~ yesterday|today|tomorrow? 's? ~ {name} {adv}* for|of {det}? Y
  another name: X ~ = .. {name} {adv}* for|of what .. Y
  new coat: think|thinking|thought of {det}? X ~ as {adv}* {det}? Y ~ with|under|in|by {det}? {adj}|{det} .. {coat}|{name}
  another name: X ~ as {adv}* {det}? synonym|synonyms|shorthand|alias {adv}* for|of {det}? Y
  another name: X ~ as {adv}* {det}? another|{adj} ~ {name} {adv}* for|of {det}? Y
  another name: X ~ = .. {name} ,? that|which? .. stuck|put|pasted|hung|slapped|pinned|given|attached|glued|bestowed {adv}* on|to|upon|onto|over {det}? Y $
  new coat: X ~ = {adv}* {det}? Y ~ ,? with|under|in|by {det}? {adj}|{det} .. {coat}
  new coat: X ... it|this|that {be} {adv}* {det}? Y ,? with|under|in|by {det}? {adj} {adj}* {coat}|{name}
  comes to: X ~ {adv}* amounts|amount|boils|boil|comes|come|equates|equate {adv}* down? to {adv}* {det}? Y ~ $
  comes to: X ~ {adv}* amounts|amount|boils|boil|comes|come|equates|equate {adv}* down? to {adv}* {det}? Y ~ ,
  comes to: X ~ {adv}* amounts|amount|boils|boil|comes|come|equates|equate {adv}* down? to {adv}* {det}? Y ~ with|under|in|by
  comes to: X ~ = {adv}* tantamount to {det}? Y
  new coat: X ~ = {adv}* {adj}* rebranded|renamed|relabelled|relabeled|rebadged|repackaged {adv}* Y
  no difference (negated): X ~ .. not|never|n't|don't|doesn't|didn't {adv}* differ {adv}* from {det}? Y
  no difference (negated): X ~ {be}? not|never|n't|hardly|isn't|aren't|wasn't {adv}* different|distinct|separate {adv}* from|than|to {det}? Y
  likeness (indirect, nominal): {likeness} of|between {det}? X ~ and|with|to {det}? Y
  no difference (negated): whether ... {det}? X ~ or .. Y ~ .. makes|make|is|does no|not|n't difference|matter
  taste: whether ... {det}? X ~ or .. Y ~ {be} .. {taste}|{empty}
  no difference (negated): whether ... {det}? X ~ or .. Y ~ {be} of {adv}* no|little|minor importance|consequence|relevance|interest|significance
  taste: {taste}|{empty} whether ... {det}? X ~ or .. Y
  no difference (negated): no|little difference|matter|odds|importance|consequence|relevance whether ... {det}? X ~ or .. Y
  no difference (negated): X ~ and|or {det}? Y ~ .. no|not {adj}* {adv}* difference|differences|differ|different|distinct|distinction
  interchange: {say}|{treat} {adv}* {det}? {words}? {det}? X ~ and|or|/|& {det}? Y ~ .. equivalent|identical|same
  interchange: {words}? X ~ and|or|/|& {det}? Y ~ {be}|can|may|will .. used|treated|regarded|considered|understood .. equivalent|same|one
  stipulation: if|when|where|wherever|whenever .. {say} of|about|to? {adv}* {det}? {words}? X ~ .. {mean}|read|think|construed|understood|taken|interpreted {adv}* as|to|of? {say}|{mean}? {adv}* {det}? reference? to? {det}? Y
  stipulation: if|when|where|wherever|whenever .. {say} of|about|to? {adv}* {det}? {words}? X ~ .. {mean} {be} {adv}* {det}? Y
  stipulation: {say} {det}? X ~ .. for|where|when what? .. call|calls|called|say|says|know|knows {adv}* as? {det}? Y
  stipulation: ^ read|understand|take|treat|interpret {det}? X ~ as {adv}* {det}? Y
  stipulation: if|when|where|wherever|whenever .. X ~ {be} {adv}* mentioned|said|written|used|named|read ,? .. {det}? Y ~ {be} {adv}* meant|intended|included
  stipulation: reference|references|mention|mentions to|of {det}? X ~ .. include|includes|cover|covers {adv}* references|those|mentions? to|of? {det}? Y
  stipulation: {say} {det}? X ~ when|where|whenever .. {mean} {det}? Y
  stipulation: by|under {det}? {words}? {name}? X ~ ,? .. mean|means|understand|understands|understood {adv}* {det}? Y $
  stipulation: by|under {det}? {words}? {name}? X ~ ,? .. mean|means|understand|understands|understood in this|our {thing}|tender|document|report|paper|guide|contract|text {det}? Y $
  stipulation: by {det}? {words}? {name}? X ~ ,? .. mean|means|understand|understands|understood {adv}* {det}? Y here
  stipulation: by {det}? {words}? {name}? X ~ ,? .. mean|means|understand|understands|understood {adv}* {det}? Y in|throughout|within|everywhere
  stipulation: where|wherever|whenever ... say|says|write|writes|read|reads|mention|mentions|print|prints {det}? X ,? .. read|understand|insert {det}? Y
  stipulation (potential): read|write|understand|insert|use {det}? X ~ wherever|whenever|where|when .. {say}|stands|appears|reads|have Y
  stipulation: X ~ {modal}? {be} {adv}* {named} {adv}* to? {adv}* as? {det}? Y ~ in|throughout|from|for|below|here|hereafter .. remainder|rest|following|document|report|paper|guide|text|here|below|on|onwards|chapter|manual|contract|page|article
  stipulation: for|of brevity|simplicity|short|convenience|readability , ... X ~ > {be}? {adv}* called|named|termed|abbreviated|referred {adv}* to? {adv}* as? {det}? Y
  denied difference (negated): whether|if|how|that ... X ~ {be}? {differ}|different|distinct .. from|to|than {det}? Y ... it|they|that does|do|did|is|are|was|were? not|n't|doesn't|don't|isn't|aren't|didn't $
  stipulation: X ~ will|shall {adv}* be? {adv}* called|named|termed|{named} {adv}* to? {adv}* as? {det}? {name}? Y
  stipulation: {be}|we .. use|uses|used {det}? {name}? X ~ to mean|for|as {det}? {name}? Y $
  same meaning: mean|means|meant {adv}* {det}? {adv}* same {thing}? .. when .. {say} {det}? X ~ or|and {det}? Y
  bare copula (bare): X {be} {adv}* {det}? Y $
  bare copula: what ... call|calls|called|name|names|named|know|knows {adv}* as? {det}? X ~ {adv}* {be} {adv}* {named} {adv}* as? {det}? Y
  reduction: X ~ {be} nothing|not|hardly|no|n't {adv}* new ... it {be} {adv}* {det}? Y
  bare copula (indirect, bare): X {be} {adv}* {det}? Y ,
  bare copula: what ... call|calls|called|name|names|named|know|knows {adv}* as? {det}? X ~ {adv}* {be} {adv}* {alike}? to|with|as? what ... name|names|named|call|calls|called|know|knows|sell|sells|selling|sold|market|marketed as? {det}? Y
  bare copula: what .. call|calls|called|know|knows|sell|sells|sold|market|markets {adv}* as? {det}? X ~ {adv}* {be} ,? .. ,? {det}? Y $
  bare copula: what .. call|calls|called|know|knows|sell|sells|sold|market|markets {adv}* as? {det}? X ~ {adv}* {be} {adv}* {det}? Y of|from|in|with
  meaning: X {adv}* means|denotes|signifies {adv}* the|a|an? Y ~ $
  meaning: X {adv}* means|denotes|signifies {adv}* the|a|an? Y ~ ,
  meaning: X {adv}* refers|refer|referring to {adv}* {det}? Y ~ $
  pronoun of both: X .. Y .. ,|:|;|– but|and|yet? .. {both} {two}? {words}? {be}|{mean} to? {adv}* {det}? {adv}* same|identical|synonyms|interchangeable|synonymous {thing}?
  identity: X ~ = in|throughout|for this|the|our|all {thing}|document|guide|report|text|paper|manual|policy|specification|chapter|book ,? {adv}* {det}? {adv}* same {thing}? as {det}? Y
  stipulation: X ~ shall|should|must|may|is|are|to be? {adv}* construed|read|understood|interpreted|taken .. as|to|for .. Y
  stipulation: X ~ may|can {adv}* be {adv}* {named} {adv}* to? {adv}* as? {det}? {name}? Y
`;

const EXPANSION = `
  expansion: X ~ ,|(|–|:? which|that? stands|standing|stand|stood {adv}* for {det}? Y
  expansion: X ~ stands|stand for {det}? Y
  expansion: X ,? as in {det}? Y
  expansion: abbreviation|acronym|initialism|letters|initials {det}? X {adv}* means|mean|denotes|denote|signifies|signify {det}? Y
  expansion: X :? {det}? letters|initials|abbreviation|acronym come|comes|derive|derives|stem|stems {adv}* from .. Y
  expansion: X {adv}* means|mean {adv}* {det}? Y $
  expansion: X ... ,|; it|this|that {adv}* expands|stands to|into|for {det}? Y
  expansion: {say} X in|instead place|stead? of|for {det}? long|full|longer form|name|term {det}? Y
  expansion: X ~ {be} {adv}* how .. {say}|spell|spells|abbreviate|abbreviates|shorten|shortens {det}? Y
  expansion: X in|of|at|on .. stands|stand for {det}? Y
  expansion: X ~ expands|expand|expanded to|into {det}? Y
  expansion: spell|spells|spelled|spelt|write|written|expand|expanded|open|opened|unpack|resolve {adv}* out? {det}? X ~ .. as|into|to|with {det}? Y
  expansion: X ~ ,|(|–|—|:? which|that? {be}? {adv}* {det}? {adj}* ~ short|abbreviation|acronym|shorthand|initialism|initials|letters form|name|version? {adv}* for|of {det}? english|words|term|phrase|expression? Y
  expansion: X ~ ,|(|–|—? which|that? {be}|{modal} {adv}* to? be? read|expanded|spelled|understood {adv}* as {det}? Y
  expansion: X ~ ,|( for which .. abbreviation|acronym|initialism|letters|short {be}? {adv}* Y
  expansion: X ~ {be}? abbreviates|abbreviate|abbreviating {det}? Y
  expansion: X ~ ,|(|–|—? {be}? {adv}* abbreviated|shortened|abbr .? {adv}* to|as? Y
  expansion: X ~ ,|(|–|—? or? Y for short
  expansion: X ~ ,|(|–|— in full|words ,|:? {det}? Y
  expansion: X ~ ,|(|–|— spelled|spelt|written out ,|:? {det}? Y
  expansion: expanded|written|spelled|spelt|opened out? in? full? ,? {det}? X ~ {be}|reads|means|gives|becomes {det}? Y
  expansion: X ~ .. {be}|be {adv}* expanded|written|spelled|spelt|opened out? in? full? ,? .. as|to|into|with {det}? Y
  expansion: X ~ come|comes|derive|derives|derived|originates|taken .. from .. Y
  expansion: full|long|expanded|out form|name|version of {det}? X {be} {det}? Y
  expansion: X ~ {be} {adv}* {named} {adv}* as? {det}? short|abbreviation|acronym|shorthand {adv}* for|of {det}? Y
  entry of a list: ^ *|-|•? (? X )? :|–|—|-|equals-sign {det}? Y $
  entry of a list: ^ (? X )? : {det}? Y communication|communications|technology|technologies? $
  entry of a list: ^ (? X )? : {det}? Y ,|(
  entry of a list: ^ (? X )? : {det}? Y communication|communications|technology over|via|through|by|using|with|between
  entry of a list: ;|: X ,|–|—|- {det}? Y $
  entry of a list: ,|;|: X –|—|-|:|equals-sign {det}? Y ,|;
  entry of a list: ,|;|: X –|—|-|:|equals-sign {det}? Y $
  entry of a list: ·|• X {det}? Y ·|•
  entry of a list: ·|• X {det}? Y $
  equals sign: X equals-sign {det}? Y
  parenthesis: X ( {det}? Y )
`;

const NARROWER = `
  part or kind of: X ~ = {adv}* {det}? {adv}* {adj}* ~ {kind} {kind}? of|within|in|inside|under {det}? .. Y
  part or kind of: X ~ = {adv}* {det}? {adv}* {adj}* ~ block|brick|component|element|ingredient|pillar|layer|part for {det}? Y
  part or kind of: X ~ ,? which|that? {det}? we|you|one count|see|regard|consider|treat|view|class ... as {adv}* {det}? one? of? {det}? {adj}* ~ {kind} of|within {det}? Y
  part or kind of: X ~ = {adv}* {det}? one? of? {det}? Y 's {adj}* ~ {kind}
  part or kind of: X = {adv}* one|some of {adv}* {det}? many|several|numerous|countless? Y use? {kind}|{field}
  kind by article: X {be} {adv}* a|an Y $
  kind by article: X {be} {adv}* a|an Y ,
  part or kind of: X ~ ,|(|–|— {det}? Y 's? {adj}* ~ {kind}
  part or kind of: Y ... X ~ as|{be} {adv}* {det}? {adj}* ~ {kind} of|within|in it|them|this
  part or kind of: Y ... X ~ {be} {adv}* its|their two|three|four|five|six|many|several {adj}* {kind}
  part or kind of: Y ... X ~ {be} {adv}* one|some|part|among of? its|their {adj}* {kind}?
  part or kind of: Y ... X ~ as {adv}* one|some? of? its|their {adj}* {kind}
  part or kind of: Y ... as its|their {adv}* {adj}* ~ {kind} ,? {det}? X
  part or kind of: ^ X : {adv}* understood|defined|seen|regarded|taken|meant .. as {adv}* {det}? one? of? {det}? {adj}* ~ {kind} of|within {det}? Y
  within: inside|within {det}? Y ~ ,? {det}? X ~ {be} .. {kind}
  within: inside|within|below|under|beneath {det}? Y ~ ,? there {be} {det}? {kind}|realm of {det}? X
  among kinds of: ^ of|among|amongst {det}? Y 's? {adj}* {kind} , {det}? X
  part or kind of: X {adv}* accounts|account|makes|make for|up? .. third|half|quarter|fifth|share|bulk|percent|% of {det}? Y
  whole of: Y ~ ,? to which {det}? X ~ {adv}* belongs|belong
  part or kind of: as {adv}* one|some? of? {det}? Y 's? {adj}* ~ {kind} ,? {det}? X
  part or kind of: X ~ {be} {adv}* one|some? of? {det}? {adj}* two|three|four|many|several? {kind}|{thing} into|in which {det}? Y ~ > {be}? {adv}* divides|divided|falls|splits|split|breaks|broken
  within: Y ~ ,|;|and|– .. X ~ = {adv}* {det}? {adj}* ~ inside|within it|them|this
  part or kind of: X ~ = {adv}* one? of? {det}? {adv}* {adj}* ~ {kind} from|of|on|out which {det}? {adj}* Y ~ {be}
  whole of: Y .. {whole} ,? and|,|; .. X .. sit|sits|fall|falls|come|comes|stand|stands|belong|belongs under|beneath|below|within it|them|this
  whole of: Y as .. whole|entire|big|large .. X as .. single|one|small|little|part .. in|of|inside|within it
  whole of: Y .. {whole} ,? and|,|; .. X .. {kind} of|within it|them|this|its
  whole of: Y .. {whole} ,? and|,|; .. X .. one|some of its {kind}
  whole of: Y ~ {adv}* has|have|counts|knows|comprises|possesses .. {kind} {adv}* {named} {adv}* as? {det}? X
  whole of: Y ~ {adv}* has|have|counts|knows|comprises .. {kind} ,|:|–|( one|some|two|three of which|them {be}? {adv}* {det}? X
  whole of: Y ~ {adv}* has|have|counts|knows|comprises .. {kind} ,|:|–|( {adv}* for|such|e.g|eg|among example|instance|as|.|them? ,? {det}? X
  whole of: Y ~ {adv}* has|have|counts|knows|comprises .. {kind} :|–|( .. {det}? X
  kinds of: {kind} of|within {det}? Y ~ ,|(|:|– one|some of them|which|these {be}? {adv}* {det}? X
  part or kind of: classify|classifies|classified|categorize|categorise|subsume|subsumes|subsumed|file|files|filed|group|groups|rank|ranks|list|lists|count|counts {adv}* {det}? X {adv}* under|within|among|amongst|with|as {det}? {name}|heading? {adv}* {adj}* of? {det}? Y $
  part or kind of: include|includes|included|put|place|subsume {det}? X in|within|under {det}? {name}|heading|concept? of? {det}? Y $
  part or kind of: half|much|most|third|quarter|some of {det}? Y {be} {adv}* {det}? X
  includes: Y ~ > {be}? {adv}* understood|taken|construed|defined|held|meant {adv}* as|to {adv}* {include} {det}? .. X
  includes: by {det}? {name}? Y ~ ,? .. {mean}|understand|understands ... including {det}? X
  whole of: Y as .. {whole} {name}? ,? > {include} .. X
  part or kind of: one|some|part of {det}? {adj}* Y {field} {be} {adv}* {det}? X
  part or kind of: best|best-known|most|oldest|newest|largest|biggest|latest|leading|first ~ Y {field} {be} {adv}* {det}? X
  part or kind of: X ~ {adv}* counts|count|qualifies|qualify|passes as {adv}* {det}? Y $
  part or kind of: one|some of {det}? Y 's {adj}* ~ {kind} {be} {det}? X
  part or kind of: {kind} of|within|in {det}? Y ~ {be} {adv}* {named}? as? {det}? X $
  part or kind of: X ~ = {adv}* one|some|two|three of {det}? many|several|various|numerous? {adv}* {adj}* {kind} {kind}? of|within|in {det}? .. Y
  part or kind of: X ~ > {be}? {adv}* falls|fall|belongs|belong|sits|sit|comes|lies|lives|resides|nests|filed|grouped|classed|classified|ranked|counted|listed|housed|subordinate|subordinated|subsumed|included|contained|embedded|encompassed|covered|comprised|embraced|nested {adv}* under|within|into|in|to|inside|by|among|amongst {det}? .. Y
  part or kind of: X ,|(? which|that > {be}? {adv}* belongs|belong|falls|fall|included|contained|subsumed|nested {adv}* under|within|in|to|by {det}? Y $
  part or kind of: X ,|(? which|that > {be}? {adv}* belongs|belong|falls|fall|included|contained|subsumed|nested {adv}* under|within|in|to|by {det}? Y ,
  part or kind of: {det}? X ~ makes|make|made up? {adv}* {det}? {adv}* {adj}* {kind} of|within|in {det}? .. Y
  among kinds of: among|amongst {det}? {adj}* Y ~ , {det}? X
  among kinds of: ^ among|amongst|within|in|of .. {kind} of|within {det}? Y ~ , {det}? X
  among kinds of: {kind} of {det}? {adj}* Y ~ , {det}? X $
  among kinds of: {kind} of {det}? {adj}* Y ~ , {det}? X ,
  made up of: Y ~ {be}? made|composed|comprised|consists|consist up? of|from .. X
  made up of: split|splits|divide|divides|break|breaks|sort|sorts|group|groups {adv}* {det}? Y {adv}* into {adv}* two|three|four|five|six|seven|several|many {adj}* {kind} ... {det}? X
  made up of: Y ~ > {be}? {adv}* divided|divides|divide|splits|split|falls|fall|breaks|broken|subdivided {adv}* down|up? into ... X
  part or kind of: X as {det}? {adv}* {adj}* ~ {kind} of|within {det}? Y
  part or kind of: X as {det}? {adv}* {adj}* ~ {kind} of|within {det}? {adj}* family|world|range|set of {det}? Y
  part or kind of: as|being {det}? {adv}* {adj}* {kind} of|within {det}? Y ~ , {det}? X
  kinds of: {kind} of {det}? Y ~ .. :|are ... {det}? X
  part or kind of: Y {be}|has|have|stand|stands|comprise|comprises ... its|their {adv}* two|three|four|five|many|several {adj}* {kind} {be}|:|( {adv}* .. {det}? X
  made up of: X {be} {adv}* {det}? {adj}* {kind}|{thing} of|from|out which {det}? Y ~ {be} {adv}* made|built|composed
  made up of: X {be} {adv}* one|some? of? {det}? {adj}* two|three|many|some|several? {adj}* {thing}|{kind} that|which? {det}? Y {be} {adv}* made|composed|comprised|built up? of|from
  all of it is: X ~ {be} {adv}* always|necessarily|automatically|invariably|inherently also? {det}? Y
  kind by article: X {be} {adv}* a|an {adj}* Y {field} $
  kind by article: X {be} {adv}* a|an {adj}* Y {field} ,|that|which|with
  all of it is: all|every|any X ~ {be} {adv}* {det}? Y
  all of it is: everything|anything|whatever|all|whoever ,? .. X ~ {be} {adv}* {det}? Y
  all of it is: everything|anything|whatever|all|whoever ,? .. X ~ > {bear}|does|do {adv}* {det}? Y
  whole of: Y ~ = {adv}* {det}? {adv}* {adj}* {whole} {name}? .. X
  whole of: Y ~ = {adv}* {det}? {adv}* generic|collective|general|blanket|overall|overarching|inclusive|summary|superordinate {name} {adv}* for|to|of {det}? X
  whole of: Y ~ = {adv}* {det}? {adv}* generic|collective|general|blanket|overall|overarching|inclusive|summary|umbrella {name} {adv}* for ~ ,|and ~ ,? ~ ,? and|or {det}? X
  whole of: Y ~ = {adv}* {det}? {adv}* generic|collective|general|blanket|overall|overarching|inclusive|summary {name} ,? that|which > {include} {adv}* {det}? X
  whole of: Y ~ = {adv}* {det}? {adv}* generic|collective|general|blanket|overall|overarching|inclusive|summary {name} ,? for ~ ,|and {det}? X
  includes: Y = {adv}* {det}? {adv}* {adj}* {field}|{name}|{whole}|{thing} that|which > {include}|takes in? {adv}* {det}? X $
  includes: Y = {adv}* {det}? {adv}* {adj}* {field}|{name}|{whole}|{thing} that|which > {include}|takes in? {adv}* {det}? X ,|and
  whole of: Y ~ = {adv}* {det}? {adv}* {adj}* {whole} {name}? ,? and? under|below|within|inside|beneath it|which .. ,? .. X
  whole of: Y ~ = {adv}* {det}? {adv}* {adj}* {whole} {name}? ,|;|and|– .. {det}? X ~ {be} .. {kind} of|within|in it|them|this
  whole of: Y ~ = {adv}* {det}? {adv}* broader|wider|larger|bigger|broadest|widest ~ ,|;|and|– .. {det}? X ~ {be}|{mean} .. {kind} of|within|in it|them|this
  whole of: Y ~ = {adv}* {det}? {adv}* broader|wider|larger|bigger|broadest|widest of {det}? two ,|;|:|and|– {adv}* it|which|and {adv}* {include}|takes .. X
  whole of: Y ~ = {adv}* {det}? {adv}* broader|wider|larger|bigger|broadest|widest ~ ,|;|:|and|– as|since|because|for? {adv}* it|which|and {adv}* {include}|takes .. X
  includes: Y ~ ,? which|that? {adv}* takes|take in {adv}* {det}? .. X
  whole of: under|within|below {det}? Y ~ umbrella|roof|heading .. {det}? X
  whole of: Y ~ ,|( {det}? {adj}* {thing}|field|area|domain|world|market|discipline of which {det}? X ~ {be}|forms|form|constitutes|represents|makes {adv}*
  whole of: Y ~ = {adv}* {det}? {adv}* ~ ,? of which {det}? X ~ {be}|forms|form|constitutes|represents|makes {adv}* {det}? {adv}* ~ {kind}
  whole of: Y ~ ,? of which {det}? X ~ {be}|forms|form|constitutes|represents|makes {adv}*
  whole of: Y ~ ,|( .. {kind} of which {be} {det}? X
  whole of: Y ~ in general ,? and|or {det}? X ~ in particular
  besides (embedded): besides|beside|apart|aside from? {det}? X ~ ,? {det}? Y ~ > {include}
  includes: Y ~ means ... and {adv}* {include} ,? .. X
  includes: Y ~ > takes|take in .. , .. X
  includes: Y ~ {be} .. and {adv}* {include} {adv}* {det}? X
  among them: Y ~ ,|( among|amongst|including them|these|which {det}? X
  includes: Y ~ ,|(|–|— {det}? ~ that|which > {include}|takes in? .. , .. X
  kinds of: among|amongst .. {kind} of|within {det}? Y ~ {be} {adv}* {det}? X
  kinds of: {kind} of|within|in {det}? Y ~ ,|( {adv}* for|such|like|say|namely|e.g|eg example|instance|as? .? ,? {det}? X
  kinds of (negated): no {adv}* {other}? {kind} of|within|in {det}? Y ~ ... as|than {det}? X
  whole of: Y ~ = {adv}* {det}? {adv}* {wider} ~ of {det}? two ... X
  whole of: X ... Y ~ = {adv}* {det}? {adv}* {wider} ~ of {det}? two
  whole of: X ~ = {adv}* {det}? {adv}* {narrower} ~ of {det}? two ... Y
  whole of: Y ... X ~ = {adv}* {det}? {adv}* {narrower} ~ of {det}? two
  whole of: Y ~ = {adv}* {det}? {adv}* {wider} ~ ,|;|:|and|– and? {det}? X ~ {be}? {adv}* {det}? {adv}* {narrower}
  whole of: X ~ = {adv}* {det}? {adv}* {narrower} ~ ,|;|:|and|– and? {det}? Y ~ {be}? {adv}* {det}? {adv}* {wider}
  whole of: Y ~ has|have|counts|numbers|lists {det}? X ~ among|as {adv}* {det}? {adj}* ~ {kind}
  includes: Y ~ ,? which|that? > {include} {adv}* {det}? .. X
  includes: Y ~ ,? which|that? > {include} {adv}* {det}? .. , .. X
  bigger: Y ~ = {adv}* {det}? {adv}* {wider} ~ than that? of? {det}? X
  bigger: Y ~ {adv}* goes|go|reaches|reach|extends|extend {adv}* beyond|further|farther than? {det}? X
  smaller: X ~ = {adv}* {det}? {adv}* {narrower} ~ than that? of? {det}? Y
  and other (embedded): X ~ ,? and|or|&|plus {adv}* {det}? many|several|most|any? {other}|remaining {adj}* {kind}? of? Y
  like other (embedded): X ,|(|–|—? {adv}* like|unlike {det}? many|most|several? other {adj}* {kind} of {det}? Y
  like other (embedded): X ,|(|–|—? {adv}* like|unlike {det}? many|most|several? other {adj}* Y {field} ,|)|–|—|.
  like other (embedded): ^ {adv}* like|unlike {det}? many|most|several? other {adj}* {kind} of {det}? Y ~ , {det}? X
  like other (embedded): ^ {adv}* like|unlike {det}? many|most|several? other {adj}* Y {field} , {det}? X
  and other (embedded): X ~ ,? as well as {det}? many|several|most|any|all? {other}|remaining {adj}* {kind}? of? Y
  and other (embedded): X ~ , .. and|or {adv}* {other}|remaining {adj}* {kind}? of? Y
  and other (embedded): X ~ ,? and {det}? rest|remainder of {det}? Y
  such as (embedded): Y ~ ,|(? such as {det}? X
  such as (embedded): Y ~ as a whole ,|(? {adv}* including|like {det}? X
  such as (embedded): Y ~ ,|(? {adv}* including|like|especially|notably|particularly|namely|e.g|eg|incl .? ,? {det}? X
  among them (embedded): Y ~ ,|( {det}? X ~ among|amongst|included them|these|it?
`;

const PREDECESSOR = `
  successor of: Y ~ = {adv}* {det}? {adv}* {adj}* ~ {heir} {adv}* of|to|from {det}? X
  successor of: Y ~ = {adv}* {det}? {adj}* evolved|advanced|next|newer|modern|recent|later|mature|improved|enhanced|contemporary|present-day|latest|current {adj}* ~ form|version|generation|step|stage|phase .. of|to|from|after|in {det}? X
  successor named: {heir}|step|stage|phase|generation|version|wave|incarnation .. of|after|beyond {det}? X ~ {be} {adv}* {named}? as? {det}? Y
  successor of: Y ~ emerged|arose|came|appeared|grew|developed|started|began .. as {det}? {adj}* {heir} {adv}* of|to {det}? X
  predecessor of: X ~ emerged|arose|came|appeared|grew|developed|started|began .. as {det}? {adj}* {ancestor} {adv}* of|to|for {det}? Y
  successor named: X {be}|having {adv}* been? {adv}* {det}? first|earlier|earliest|initial|original|previous stage|phase|generation|wave ... next|second|later|following|present stage|phase|generation|wave .. : {det}? Y
  successor named: X ~ .. its|their|the {adj}* {heir} ,|–|—|:|( {det}? Y
  successor named: X .. gives|give|gave|given|giving way .. to .. Y
  superseded: Y ~ ,? which|that > superseded|supersedes|supplanted|supplants|succeeded|succeeds|displaced|replaced {det}? {adj}* X
  superseded: Y > superseded|supersedes|supplanted|supplants|succeeded|succeeds|displaced|replaced {det}? {adj}* X
  successor of: Y ~ {be} {adv}* {det}? X 's {adj}* {heir}
  superseded: ^ {det}? X arrived|came|appeared|emerged|started|began|existed ... it {be} {adv}* followed|succeeded|superseded {adv}* by {det}? Y $
  superseded: ^ {det}? X arrived|came|appeared|emerged|started|began|existed ... it {be} {adv}* followed|succeeded|superseded {adv}* by {det}? Y ,
  superseded: X > {be}? {adv}* replaced|superseded|succeeded|supplanted|absorbed|displaced|followed .. by {det}? ... Y
  built on: X ~ , on|upon which {det}? Y ~ > {be}? {adv}* built|based|founded|rests|rest|builds|build|stands
  grew out of: X ~ , from|out of? which {det}? Y ~ > {be}? {adv}* {evolve}|born|arose|sprung|distilled|derived|derives|stems|descended
  grew out of: Y ~ ,? which|that > {be}? {adv}* {evolve}|born|arose|sprung|distilled|derived|derives|stems|descended {adv}* from|out of? {det}? X
  grew into: Y ~ {adv}* began|begins|started|starts {adv}* out? {adv}* as {det}? {adj}* {kind}? of|within? {det}? X
  roots: Y ~ > {be}? {adv}* originated|originates|rooted|born in {det}? X
  built on: Y builds|build|built on|upon {det}? X
  built on: Y {be} {adv}* built|based|founded|grounded|underpinned|erected|constructed {adv}* on|upon|by top? of? {det}? X
  built on: X ~ {adv}* underpins|underlies|underlie|undergirds {det}? Y
  built on: X ~ that|which? {adv}* {be}|lays|lay|laid|provides|provide|provided|forms|form|supplies {det}? {adj}* ~ {ancestor} {adv}* on|upon|from|of|for which? .. Y
  built on: X ~ {adv}* {be} {det}? {adj}* ~ {ancestor} {adv}* out? on|upon|from|of which ... Y
  came after: what .. came|comes|follows|followed|succeeded|succeeds {adv}* after? {det}? X ~ {be} {adv}* {det}? Y
  predecessor named: its|their {adj}* {ancestor} ,|(|:|–|— {det}? X ,|) {det}? Y
  came first: X came first ,|;|and|. {adv}* {det}? Y ~ followed|came|second|later
  grew out of: Y ~ > {be}? {adv}* evolved|evolves|grew|grown|grows|developed|emerged|arose|came|originated|stems|stemmed|derives|derived|descended|descends|sprang|sprung|born|distilled|matured|hatched {adv}* from|out of? {det}? X
  grew out of: ^ having|being? {adv}* {evolve}|born {adv}* from|out of? {det}? X ~ , {det}? Y
  grew out of: X ... Y ~ > {be}? {adv}* {evolve} {adv}* from|out of? it|this|that
  grew out of: X ... from|out of? it|this|that|which ... {evolve} {det}? Y
  grew out of: X ... from|out of? it|this|which {adv}* {evolve} ... {det}? Y
  grew into: X ... {det}? Y ~ , into which it|this > {evolve}
  grew out of: ^ out of {det}? X ,? {adv}* .. {det}? Y > {be}? {adv}* {evolve}|born
  grew out of: and out of {det}? X ,? {adv}* {det}? Y > {be}? {adv}* {evolve}|born
  grew out of: X ... out of it|this|that ,? {adv}* in|then|later? turn|time|then|later? {det}? Y > {be}? {adv}* {evolve}|born
  grew out of: ^ from|out of? {det}? X ~ ,? .. {evolve} ... {det}? Y
  grew out of: from|out of? {det}? X ~ ,? as its|the {adj}* {heir} ,? {det}? Y
  roots: Y ~ has|have|had {det}? {adj}* roots|root|origin|origins|beginnings|source in {det}? X
  roots: roots|origin|origins|beginnings|birthplace of {det}? Y ~ {be}|lie|lies|go|goes|reach {adv}* back? in|to {det}? X
  roots: Y ~ traces|trace|goes|dates|can .. back to {det}? X
  grew into: X ~ that|which? > {be}? {adv}* {evolve}|turned|transformed|led|leads|paved|gave|gives|laid|lays|opened|prepared {adv}* .. into|to|for|rise|birth {det}? Y
  grew into: Y {be} {adv}* what .. made|make|makes {adv}* of|from|out of? {det}? X
  grew out of: ^ out of {det}? X ... Y has|have|had {adv}* {evolve}
  moved on: leave|leaves|leaving|left {det}? X ~ behind .. move|moves|moving|moved|step|steps|go|goes|went .. to {det}? .. newer|later|next|broader|wider|larger|modern .. ,|:|–|—|( {det}? Y
  grew into: Y {be} {adv}* what {det}? X > {evolve} up? to|into
  grew into: Y {be} {adv}* what {det}? X > become|became|becomes|turned
  grew out of: X {be} {adv}* what {det}? Y > {evolve} out? from|of
  grew into: X > become|becomes|turn|turns|turned|became into? {adv}* {det}? Y $
  grew into: X > become|becomes|turn|turns|turned|became into? {adv}* {det}? Y ,
  begot: X ~ {adv}* spawned|spawns|fathered|bred|begat|begot|engendered|sired {det}? Y
  older: X ~ = {adv}* {det}? {adv}* older|elder|earlier ~ than {det}? Y
  older: Y ~ = {adv}* {det}? {adv}* younger|newer|later|recent ~ than {det}? X
  older: X ~ = {adv}* {det}? {adv}* older|elder|earlier|senior|oldest ~ of {det}? two|pair ... Y
  older: Y ... X ~ = {adv}* {det}? {adv}* older|elder|earlier|senior|oldest ~ of {det}? two|pair
  older: Y ~ = {adv}* {det}? {adv}* younger|newer|later|junior|recent ~ of {det}? two|pair ... X
  older: X ... Y ~ = {adv}* {det}? {adv}* younger|newer|later|junior|recent ~ of {det}? two|pair
  older: Y ~ = {adv}* {det}? {adv}* X 's {adv}* younger|little|kid|baby|newer|smarter ~ brother|sister|sibling|cousin
  came first: before .. {say} {adv}* of|about? {det}? Y ~ ,? there|it was {adv}* {det}? X $
  came first: before .. {say} {adv}* of|about? {det}? Y ~ ,? there was {adv}* {det}? X ,
  came after: Y {be} {adv}* what .. came|followed|succeeded {adv}* after? {det}? X $
  came after: Y {be} {adv}* what .. came|followed|succeeded {adv}* after? {det}? X ,|:
  came before: X {be} {adv}* what .. came|preceded {adv}* before? {det}? Y $
  built on: Y ~ stands|rests|sits|builds|relies {adv}* on|upon .. {ancestor} ,? that|which? {det}? X {adv}* laid|lays|provided|provides|offered|offers|gave
  came first: before {det}? Y ~ ,? there|came|we|it {be}|had|came {adv}* {det}? X
  came first: after {det}? X ~ ,? {det}? Y ~ {adv}* arrived|came|comes|followed|follows|appeared|emerged
  came after: Y ~ > came|emerged|appeared|arrived|developed|followed .. after|later {adv}* than? {det}? X
  successor of: Y ~ {adv}* extends|extended|enhances|expands {det}? X $
  successor of: Y ~ {adv}* extends|extended|enhances|expands {det}? X ,|by|with|to
  came first: after {det}? X ~ ,? came|comes|followed {adv}* {det}? Y
  came first: first came|there|was {be}? {det}? X ~ ,|;|and|– {adv}* then|later|and {adv}* came? {det}? Y
  predecessor of: X ~ = {adv}* {det}? {adv}* {adj}* ~ {ancestor} {adv}* of|to|for {det}? Y
  predecessor of: X ~ = {adv}* {det}? Y 's {adj}* ~ {ancestor}
  predecessor of: ^ as {det}? {adv}* {adj}* ~ {ancestor} of|to|for {det}? Y ~ , {det}? X
  successor of: ^ as {det}? {adv}* {adj}* ~ {heir} of|to {det}? X ~ , {det}? Y
  predecessor named: Y 's {adj}* {ancestor} ,|(|–|—|: {det}? X ,|)|–|—|.
  successor named: X 's {adj}* {heir} ,|(|–|—|: {det}? Y
  successor of: X ~ ,? of which {det}? Y ~ {be} {adv}* {det}? {adj}* ~ {heir}
  successor named: X ... Y ~ ,|(|–|— which|that? {be}? {adv}* its|their {adj}* {heir}|generation
  successor named: Y ~ ,|(|–|— {det}? X 's? {adj}* ~ {heir}|generation
  successor named: X ... Y ~ {be} {adv}* its|their {adj}* {heir}|generation
  predecessor named: X ~ ,|(|–|— {det}? Y 's? {adj}* ~ {ancestor}
  predecessor named: Y ... X ~ ,|(|–|— its|their {adj}* {ancestor}
  predecessor named: Y ~ .. its|their {adj}* {ancestor} ,|–|—|:|(? {det}? X
  came after: what came|comes|follows|followed {adv}* after? {det}? X ,? namely|viz ,? {det}? Y
  came after: what came|comes|follows|followed {adv}* after? {det}? X :|–|—|( {det}? Y
  successor of: Y as {det}? {adv}* {adj}* successor|heir|continuation|evolution|offspring|descendant|replacement {adv}* of|to {det}? X
  successor of: Y as {det}? {adj}* next|new|newer|later|evolved|advanced generation|version|form|stage|step|incarnation of|after|to|beyond {det}? X $
  successor of: Y as {det}? {adj}* next|new|newer|later|evolved|advanced generation|version|form|stage|step|incarnation of|after|to|beyond {det}? X ,
  grew into: X ... Y {be} {adv}* what it|this > {evolve} up? to|into
  successor of: Y ~ .. as {det}? X 's? {adj}* ~ {heir}
  successor named: X .. to its|their next|new|newer|later {adj}* generation|version|incarnation|stage ,|:|–|—|( {det}? Y
  came before: Y {adv}* followed {det}? X
  came before: X ~ ,? which|that? {adv}* preceded|precedes|predates|predated|antedates|foreshadowed {det}? Y
  came before: X ~ {be} {adv}* around|there|here|known|used|common .. before {det}? Y
  predecessor of: X ~ = {adv}* {det}? {adv}* {adj}* first|early|earlier|older|primitive|archaic|preliminary|initial step|steps|stage|stages|phase|form .. to|towards|toward|of|on .. Y
  came before: X ~ {adv}* came|existed|appeared .. before|earlier {adv}* than? {det}? Y
`;

const STRENGTHS = ['indirect', 'weak'] as const;
const TRAITS: readonly Trait[] = [
  'negated',
  'bare',
  'listable',
  'of difference',
  'nominal',
  'potential',
  'of other names',
  'embedded',
];

function constructionsOf(
  relation: RelationClaimed,
  lines: string,
  more: Partial<Construction> = {},
): readonly Construction[] {
  const read = (line: string): Construction => {
    const [, name = '', flags = '', pattern = ''] = /^\s*(.+?)(?: \(([a-z, ]+)\))?: (.*)$/.exec(line)!;
    const marked = flags.split(', ');
    const strength = STRENGTHS.find((each) => marked.includes(each)) ?? 'direct';
    const traits = new Set(TRAITS.filter((each) => marked.includes(each)));
    return { name, relation, strength, traits, pattern: compile(pattern), compound: false, ...more };
  };
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(read);
}

/** What `BOTH`, `BETWEEN` and `OBJECT` stand for if the two are named, and if something stands for them. */
const TOGETHER = {
  named: {
    BOTH: 'X ~ and|or|/|&|, of|about|to? {det}? Y ~',
    BETWEEN: 'between|separating|separates {det}? X ~ and|from {det}? Y ~',
    OBJECT: '{det}? {words}? {det}? X ~ and|or|from|/|&|for|with|by {det}? Y ~',
  },
  resumed: {
    BOTH: '{both} {two}? {words}?',
    BETWEEN: 'between|separating|separates the? {both}|them {two}? {words}?',
    OBJECT: 'the? {both}|them {two}? {words}?',
  },
};

function together(lines: string, form: keyof typeof TOGETHER): string {
  return lines.replace(/\b(?:BOTH|BETWEEN|OBJECT)\b/g, (name) => TOGETHER[form][name as 'BOTH']);
}

/** Constructions by the words that each cannot do without. */
export interface ConstructionIndex {
  /** The constructions that a line of items can hold, in their order. */
  candidates(items: readonly Item[]): readonly Construction[];
  /** False if a text has no word that any of the constructions needs. */
  mayHold(text: string): boolean;
}

function indexOf(all: readonly Construction[]): ConstructionIndex {
  const sets: ReadonlySet<string>[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (words: ReadonlySet<string>) => {
    const key = [...words].join(' ');
    const known = numbers.get(key) ?? sets.push(words) - 1;
    numbers.set(key, known);
    return known;
  };
  const needs = all.map(({ pattern }) => neededBy(pattern).map(numberOf));
  const byWord = new Map<string, number[]>();
  sets.forEach((words, number) => {
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), number]);
  });
  const telling = needs.map((some) => mostTelling(some.map((number) => sets[number]!)));
  const words = new Set(telling.flatMap((set) => (set ? [...set] : [])));
  const filter = new RegExp(`\\b(?:${[...words].join('|')})\\b`, 'i');
  return {
    mayHold: (text) => telling.includes(undefined) || filter.test(text),
    candidates(items) {
      const present = new Uint8Array(sets.length);
      for (const { norm } of items) for (const number of byWord.get(norm) ?? []) present[number] = 1;
      return all.filter((_, at) => needs[at]!.every((number) => present[number] === 1));
    },
  };
}

/** Of some classes the one that texts have a word of most seldom; marks are no words. */
function mostTelling(classes: readonly ReadonlySet<string>[]): ReadonlySet<string> | undefined {
  const commonIn = (words: ReadonlySet<string>) => [...words].filter((word) => FUNCTION_WORDS.has(word)).length;
  return classes
    .filter((words) => [...words].every((word) => /^[\p{L}\p{N}]/u.test(word)))
    .sort((a, b) => commonIn(a) - commonIn(b) || a.size - b.size)[0];
}

/** The classes of words of each of which a pattern needs one. */
function neededBy(pattern: Pattern): readonly ReadonlySet<string>[] {
  return pattern.flatMap((step) => (step.kind === 'words' && step.least === 1 && !step.adverbs ? [step.words] : []));
}

/** Constructions that need no mention of their own: what they speak of stands in the sentence or before it. */
export const anaphoric: ConstructionIndex = indexOf(
  constructionsOf('same', together(SAME_OF_BOTH, 'resumed') + SAME_OF_NAMED),
);

/** Every construction with two mentions, those that say most first. */
export const constructions: ConstructionIndex = indexOf([
  ...constructionsOf('expansion', EXPANSION, { requires: 'acronym and words' }),
  ...constructionsOf('same', together(SAME_OF_BOTH, 'named') + SAME),
  ...constructionsOf('predecessor', PREDECESSOR),
  ...constructionsOf('narrower', NARROWER),
  ...constructionsOf('alias', ALIAS),
  ...constructionsOf('alias', APPOSITIVE_OR),
  ...constructionsOf('alias', COMPOUND, { compound: true }),
  ...constructionsOf('alias', QUOTED, { compound: true, requires: 'quotation marks' }),
]);
