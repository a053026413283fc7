import { entryHead, listedBelow, resumedSubject } from './anaphora';
import type { Attribution } from './attribution';
import {
  anaphoric,
  type Construction,
  constructions,
  FIELDS,
  KINDS,
  type Match,
  matches,
  type RelationClaimed,
  SAME_WHAT,
  WHOLES,
} from './construction';
import type { Block, Reading, Source } from './document';
import { FUNCTION_WORDS } from './english';
import type { Concept } from './glossary';
import type { Lexicon } from './lexicon';
import { type Context, type Group, groupsOf, type Line, lineOf, type Place } from './line';
import type { LocatorMemory } from './locator';
import {
  headerOf,
  isChoice,
  isEntry,
  type Mention,
  moved,
  onlyMention,
  placeOf,
  type Sentence,
  type SentenceMemory,
} from './mention';
import type { Phrase } from './phrase';
import { flattened, type Recall, readEach } from './recall';
import type { Hints, Referent } from './referent';
import {
  CORRECTION_REACH,
  INTRODUCTION_REACH,
  isBadExample,
  lineOfNorms,
  normsOf,
  type Polarity,
  readStance,
  type Voice,
} from './stance';
import { covers, type Span } from './text';

/** What a sentence asserts of two concepts: `from` is RELATION `to`. Its span is from the first word to the last that says it. */
export interface Claim extends Span {
  readonly relation: RelationClaimed;
  readonly from: Group;
  readonly to: Group;
  readonly polarity: Polarity;
  readonly source: Voice;
  readonly strength: Construction['strength'];
  /** True if the text turns against it. */
  readonly rejected: boolean;
  readonly sentence: Sentence;
  /** Why it was read so, a clause each; also what speaks against it. */
  readonly evidence: readonly string[];
}

/** All that was read of one text: what a rule sees. */
export interface Document {
  readonly source: Source;
  readonly lexicon: Lexicon;
  readonly blocks: readonly Block[];
  readonly sentences: readonly Sentence[];
  /** Every mention, in the order of the text, whatever its sense. */
  readonly mentions: readonly Mention[];
  readonly claims: readonly Claim[];
  /** Things that are called by the names of two concepts. */
  readonly referents: readonly Referent[];
  /** Definitions in another concept's characteristics. */
  readonly attributions: readonly Attribution[];
  /** How many mentions mean each concept. */
  readonly counts: ReadonlyMap<Concept, number>;
  readonly reading: Reading;
  readonly memory: Memory;
}

/** What is kept to read the next version faster. */
export interface Memory {
  readonly sentences: SentenceMemory;
  /** Of each sentence. */
  readonly claims: readonly (readonly Claim[])[];
  readonly attributions: readonly (readonly Attribution[])[];
  readonly phrases: readonly (readonly Phrase[])[];
  readonly counted: readonly (readonly string[])[];
  readonly locators: LocatorMemory;
}

/** What is asserted of any two confusable concepts, in the order of the text; with what the next version need not read again. */
export function readClaims(
  recall: Recall,
  lexicon: Lexicon,
  known?: readonly (readonly Claim[])[],
): { readonly claims: readonly Claim[]; readonly readings: readonly (readonly Claim[])[] } {
  const { sentences } = recall;
  const near = nearMentions(sentences);
  const read = (at: number) => (near[at] ? claimsIn(sentences, at, lexicon) : NO_CLAIMS);
  const readings = readEach(recall, { before: LOOKED_BACK, after: LOOKED_AHEAD, read, moved: movedClaims }, known);
  const claims = examplesTold(flattened(readings), sentences);
  return { claims: claims.sort((a, b) => a.start - b.start), readings };
}

const NO_CLAIMS: readonly Claim[] = [];
/** How many sentences around a cell are looked at for other rows. */
const ROWS_REACH = 12;
/**
 * How many sentences around one decide what it claims: what introduces it, what a pronoun means and what a question asks; what corrects it, and
 * other rows of its table.
 */
const [LOOKED_BACK, LOOKED_AHEAD] = [INTRODUCTION_REACH, Math.max(CORRECTION_REACH, ROWS_REACH)];

/** What one sentence asserts; a pronoun or an answer takes what it speaks of from the sentences before. */
function claimsIn(sentences: readonly Sentence[], at: number, lexicon: Lexicon): readonly Claim[] {
  const claims = [
    ...claimsOfMentions(sentences, at, lexicon),
    ...claimsOfAnswer(sentences, at, lexicon),
    ...claimsOfList(sentences, at, lexicon),
  ];
  if (claims.some(isSameness)) return claims;
  const claim = claimOfBoth(sentences, at, lexicon);
  return claim ? [...claims, claim] : claims;
}

/** True of what the author says of the two as one; that the one is a part of the other leaves room for more. */
function isSameness({ polarity, source, relation }: Claim): boolean {
  return polarity === 'asserted' && source === 'author' && relation !== 'narrower' && relation !== 'predecessor';
}

function claimsOfMentions(sentences: readonly Sentence[], at: number, lexicon: Lexicon): readonly Claim[] {
  const head = entryHead(sentences, at);
  const resumed = head ? undefined : resumedSubject(sentences, at);
  const outside = head ?? resumed?.group;
  const own = groupsOf(sentences[at]!);
  const groups = outside ? [outside, ...own] : own;
  const concepts = [...new Set(groups.map((group) => group.concept))];
  return concepts.flatMap((one, index) =>
    concepts
      .slice(index + 1)
      .filter((other) => lexicon.confusable(one.id, other.id))
      .flatMap((other) => claimsBetween(one, other, { sentences, at, groups, head, resumed })),
  );
}

function movedClaims(claims: readonly Claim[], sentence: Sentence, by: number): readonly Claim[] {
  if (claims.length === 0) return claims;
  if (by === 0) return claims.map((claim) => ({ ...claim, sentence }));
  const movedGroup = (group: Group): Group => ({
    ...moved(group, by),
    mentions: group.mentions.map((mention) => moved(mention, by)),
  });
  return claims.map((claim) => ({
    ...moved(claim, by),
    from: movedGroup(claim.from),
    to: movedGroup(claim.to),
    sentence,
  }));
}

/** What the claims mean for the things that the document speaks of. */
export function hintsOf(claims: readonly Claim[]): Hints {
  return {
    renamed: claims.filter(
      (claim) => claim.relation === 'alias' && claim.polarity === 'asserted' && claim.source === 'author',
    ),
  };
}

/** In a document that tells the two apart, what is all that a cell, an item or a heading says is an example and no use. */
function examplesTold(claims: readonly Claim[], sentences: readonly Sentence[]): Claim[] {
  const toldApart = claims.some(
    ({ polarity, rejected, relation }) => polarity === 'denied' || (rejected && relation !== 'narrower'),
  );
  return claims.map((claim) => {
    if (!isWholeBlock(claim) || !(toldApart || isBadExample(sentences, placeOf(sentences, claim.sentence))))
      return claim;
    return {
      ...claim,
      source: 'reported',
      evidence: [...claim.evidence, 'it is an example in a document that tells the two apart'],
    };
  });
}

function isWholeBlock({ sentence, start, end }: Claim): boolean {
  const { kind } = sentence.block;
  if (kind !== 'cell' && kind !== 'item' && kind !== 'heading') return false;
  const outside = sentence.tokens.filter(
    (token) => token.kind === 'word' && /\p{L}/u.test(token.norm) && (token.end <= start || end <= token.start),
  );
  return outside.length <= (kind === 'cell' ? 3 : 0);
}

/* ---------------------------------------------------------------- reading constructions */

function claimsBetween(one: Concept, other: Concept, context: Context): readonly Claim[] {
  const line = lineOf(context, one, other);
  const found: Claim[] = [];
  for (const construction of constructions.candidates(line)) {
    for (const match of matches(construction.pattern, line)) {
      const claim = claimOf(match, construction, line, context);
      if (claim && !found.some((earlier) => shareMentions(earlier, claim))) found.push(claim);
    }
  }
  return found;
}

function shareMentions(a: Claim, b: Claim): boolean {
  return [a.from, a.to].some((group) => group === b.from || group === b.to) && a.start < b.end && b.start < a.end;
}

function claimOf(match: Match, construction: Construction, line: Line, context: Context): Claim | undefined {
  const { first } = match;
  const from = line[match.x!]!.group!;
  const to = line[match.y!]!.group!;
  if (isReference(line) || isOfReferences(context) || saysOtherwise(match, construction, line, context))
    return undefined;
  const last = /^[,(.]$/.test(line[match.last]!.norm) ? match.last - 1 : match.last;
  const sentence = context.sentences[context.at]!;
  const span = { start: line[first]!.start, end: line[last]!.end };
  const stance = readStance(construction, { ...context, line, first, last, span });
  const said = `${construction.name}: "${quote(sentence, span.start, span.end)}"`;
  const relation = isOtherName(context) ? 'alias' : construction.relation;
  if (relation === 'expansion' && !isOfMeanings(context)) return undefined;
  return { ...span, ...stance, relation, from, to, sentence, evidence: [said, ...stance.evidence] };
}

/** True if the words have the form of a construction, but the words in or around it say something else. */
function saysOtherwise(match: Match, construction: Construction, line: Line, context: Context): boolean {
  const { first, last, x, y } = match;
  const { relation, requires, compound, traits } = construction;
  const [from, to] = [line[x!]!.group!, line[y!]!.group!];
  const before = line[first - 1]?.norm ?? '';
  if (requires === 'acronym and words' && !haveForms(from, to)) return true;
  if (requires === 'quotation marks' && !(from.quoted && to.quoted)) return true;
  if (compound && (isContrast(line, first, last) || isInName(context, line, first, last))) return true;
  if (!compound && (isRespective(line, match) || [...from.mentions, ...to.mentions].every(isOfName))) return true;
  if (relation === 'same' && (isSameOther(line, last) || isOfOther(line, first))) return true;
  if (relation !== 'alias' && relation !== 'expansion' && isOfThings(line, match)) return true;
  if (relation === 'alias' && !compound && isOfNextThing(line, match)) return true;
  if (relation === 'narrower' && (isOfWhich(line, match) || isNextClause(line, match))) return true;
  if (relation === 'same' && isOfOneMatter(line, match)) return true;
  if (/^(?:alias|same)$/.test(relation) && !compound && isRenamed(line, match)) return true;
  if (/^(?:narrower|predecessor)$/.test(relation) && (isInOrder(line, last) || isOfGoods(line, match))) return true;
  if (relation === 'same' && isOfKinds(line, match)) return true;
  if (relation === 'same' && isInOneRespect(line, match)) return true;
  if (relation === 'same' && (isMoreThan(line, first, last) || isOfWhole(line, first, last))) return true;
  if (traits.has('of other names') && !isOtherName(context)) return true;
  if (NAMED_THINGS.test(before) || isCrossReference(line, match)) return true;
  if (traits.has('bare') && isOfAll(line, match)) return true;
  if (traits.has('embedded') && isContrasted(line, match)) return true;
  if (traits.has('bare') && (isBehindBe(line, first) || /^an?$/.test(line[y! - 1]?.norm ?? ''))) return true;
  if (traits.has('bare') && (QUANTIFIERS.test(before) || PREPOSITIONS.test(beforeDeterminer(line, first)))) return true;
  return (
    isNextSubject(line, first, last) || (traits.has('listable') && (/^[,/]$/.test(before) || isListedOn(line, last)))
  );
}

/** "X is always Y" tells of all X and not what X is. */
function isOfAll(line: Line, { x, y }: Match): boolean {
  return line.slice(x, y).some(({ norm }) => /^(?:always|necessarily|automatically|invariably|inherently)$/.test(norm));
}

/** "Unlike X, telemetry and other Y": X is none of them. */
function isContrasted(line: Line, { x, y }: Match): boolean {
  const before = lineOfNorms(line.slice(0, x));
  return (
    line[x! + 1]?.norm === ',' &&
    y! > x! + 3 &&
    /^(?:unlike|besides|beyond|with|without|in|for|as for|apart from|(?:in contrast|as opposed|compared|contrary) (?:to|with)) (?:the )?$/.test(
      before,
    )
  );
}

/** "what is X is Y", "what is today X is Y" */
function isBehindBe(line: Line, first: number): boolean {
  const [nearest, next] = [line[first - 1]?.norm ?? '', line[first - 2]?.norm ?? ''];
  return /^(?:is|are)$/.test(/^(?:today|now|always|already)$/.test(nearest) ? next : nearest);
}

/** What a term may be the name of: "the folder M2M was renamed". */
const NAMED_THINGS =
  /^(?:folder|file|directory|branch|channel|tag|column|field|key|value|variable|package|topic|host|queue|user|login|repository|bucket)$/;

/** "X (see Y)" */
function isCrossReference(line: Line, { x, y }: Match): boolean {
  return line.slice(x, y).some(({ norm }, at) => /^(?:see|cf|compare)$/.test(norm) && line[x! + at - 1]?.norm === '(');
}

/** "X, or Y, or Z" */
function isListedOn(line: Line, last: number): boolean {
  const comma = line[last]!.norm === ',' ? last : last + 1;
  return line[comma]?.norm === ',' && line[comma + 1]?.norm === 'or';
}

const QUANTIFIERS = /^(?:all|every|any|most|much)$/;
const PREPOSITIONS =
  /^(?:of|in|for|to|from|with|on|by|about|after|before|than|beyond|behind|besides|like|into|under|over|without)$/;

/** "X should be understood as a part of Y", "by X we mean all links, including Y": that is no sameness. */
function isOfKinds(line: Line, { x, y }: Match): boolean {
  const between = line.slice(Math.min(x!, y!) + 1, Math.max(x!, y!));
  return between.some(
    ({ norm }, at) =>
      /^(?:including|excluding)$/.test(norm) ||
      (norm === 'include' && between[at - 1]?.norm === 'to') ||
      (KINDS.has(norm) && /^(?:of|within)$/.test(between[at + 1]?.norm ?? '')),
  );
}

/** "X and Y are the same with respect to power", "as far as the invoice is concerned" */
function isOfOneMatter(line: Line, { first, last }: Match): boolean {
  const [before, behind] = [lineOfNorms(line.slice(0, first)), lineOfNorms(line.slice(last + 1, last + 7))];
  const isMatter =
    /^(?:differences?|matter)$/.test(line[last]!.norm) &&
    /^(?:to|for|on) (?:the|your|our|this) (?!meaning|sense|reader|content)/.test(behind);
  return isMatter || RESPECT_BEHIND.test(behind) || RESPECT_BEFORE.test(before);
}

const RESPECT_BEHIND =
  /^(?:with (?:respect|regard) to|as regards|when it comes to|as far as|in terms of|only (?:in|on|for|when|if)) (?!meaning|content|sense|this|these|i |we |anyone|one )/;
const RESPECT_BEFORE =
  /^(?:as far as|when it comes to|in terms of|with (?:respect|regard) to|as regards) (?!.*(?:this|manual|document|report|guide|meaning|content|contract|paper|text|chapter|book|i|we) )(?:\S+ ){1,6}, $/;

/** "X is followed by Y on the agenda" */
function isInOrder(line: Line, last: number): boolean {
  return /^(?:at|on|in) (?:the|our|this) (?:top of the )?(?:agenda|menu|list|index|alphabet|dictionary|programme|program|timetable|chapter|slide) /.test(
    lineOfNorms(line.slice(last + 1, last + 8)),
  );
}

/** "the M2M platform covers IoT roaming": goods, and not the concepts. */
function isOfGoods(line: Line, { x, y }: Match): boolean {
  const isGoods = (at: number) => line[at + 1]?.content === true && !FIELDS.has(line[at + 1]!.norm);
  const verb = line
    .slice(y! + 1, x)
    .some(({ norm }) => /^(?:cover|contain|include|comprise|embrace)(?:s|d|ed|ing)?$/.test(norm));
  return verb && isGoods(x!) && isGoods(y!) && /^(?:the|our|your|an?)$/.test(line[y! - 1]?.norm ?? '');
}

/** "the IoT team, formerly the M2M team": a thing of that name has another one now. */
function isRenamed(line: Line, { x, y }: Match): boolean {
  const isOfThing = (at: number) =>
    /^(?:the|our|your|its|their)$/.test(line[at - 1]?.norm ?? '') && line[at + 1]?.content === true;
  const isTeam = ({ norm }: Place) => /^(?:renamed|formerly|previously|now|rechristened|rebranded)$/.test(norm);
  return (
    (isOfThing(x!) || isOfThing(y!)) &&
    line[x! + 1]?.content === true &&
    line.slice(Math.min(x!, y!), Math.max(x!, y!)).some(isTeam)
  );
}

/** "no difference in price between X and Y" */
function isInOneRespect(line: Line, { first, last }: Match): boolean {
  const at = line.slice(first, last).findIndex(({ norm }) => /^(?:differences?|distinctions?|contrast)$/.test(norm));
  const [preposition, noun] = at < 0 ? [] : [line[first + at + 1], line[first + at + 2]];
  return (
    preposition?.norm === 'in' &&
    noun?.content === true &&
    !/^(?:meanings?|substance|principle|practice|essence|sense|content|kind|nature|fact|reality|truth|use|usage)$/.test(
      noun.norm,
    )
  );
}

/** "X is the umbrella term for Y" */
function isOfWhole(line: Line, first: number, last: number): boolean {
  return line.slice(first, last).some((item) => WHOLES.has(item.norm));
}

/** A thing that bears the term in its name may be renamed: that says nothing of the concepts. */
function isOfName({ sense }: Mention): boolean {
  return sense.kind === 'name';
}

/** "X is more than Y" says that the two differ, "X is no more than Y" that they do not. */
function isMoreThan(line: Line, first: number, last: number): boolean {
  const than = line.slice(first, last).findIndex(({ norm }) => norm === 'than');
  const before = line.slice(Math.max(first, first + than - 3), first + than).map(({ norm }) => norm);
  return (
    than >= 0 &&
    !before.some((norm) => /^(?:nothing|no|none|little|not|n't|hardly|never|other|rather|different)$/.test(norm))
  );
}

/** The word before an item and its article. */
function beforeDeterminer(line: Line, at: number): string {
  const before = line[at - 1]?.norm ?? '';
  return /^(?:the|a|an)$/.test(before) ? (line[at - 2]?.norm ?? '') : before;
}

/** In a table, only a column for meanings gives an expansion: not one for successors or opposites. */
function isOfMeanings({ sentences, at, head }: Context): boolean {
  const header = head && headerOf(sentences, at);
  if (!header || header.tokens.length === 0 || isOfExpansions(sentences, at)) return true;
  return (
    /(?:^| )(?:meanings?|means|definitions?|expansions?|expanded|descriptions?|explanations?|stands for|long|full|words|terms?|names?|in full|spelled out|what it is) /.test(
      normsOf(header),
    ) && !/(?:^| )(?:broader|narrower|related|opposite|not|see) /.test(normsOf(header))
  );
}

/** True if the column of a cell opens the acronyms beside it in another row. */
function isOfExpansions(sentences: readonly Sentence[], at: number): boolean {
  const { cell } = sentences[at]!.block;
  if (!cell) return false;
  const from = Math.max(1, at - ROWS_REACH);
  return sentences.slice(from, at + ROWS_REACH).some((text, index) => {
    const head = sentences[from + index - 1];
    return (
      from + index !== at &&
      text.block.cell?.table === cell.table &&
      text.block.cell.column === cell.column &&
      head !== undefined &&
      isEntry(head, text) &&
      isAcronymOf(head, text)
    );
  });
}

/** True of initials, with those of "of" and the like or without. */
function isAcronymOf({ tokens: [acronym, ...rest] }: Sentence, { tokens }: Sentence): boolean {
  if (rest.length > 0 || acronym === undefined || acronym.norm.length < 2) return false;
  const words = tokens.filter(({ kind }) => kind === 'word').map(({ norm }) => norm);
  const initialsOf = (some: readonly string[]) => some.map((word) => word[0]).join('');
  return [words, words.filter((word) => !FUNCTION_WORDS.has(word))].some((some) => initialsOf(some) === acronym.norm);
}

/** In a column for other names, what stands beside a term is given as its alias. */
function isOtherName({ sentences, at, head }: Context): boolean {
  const header = head && headerOf(sentences, at);
  return (
    header !== undefined &&
    /(?:^| )(?:also (?:called|known|named|termed|labelled|labeled|referred|designated|spelled)|alias|aliases|synonym|synonyms|other names?|aka) /.test(
      normsOf(header),
    )
  );
}

/** "..., and IoT includes": the last mention is the subject of a clause of its own. */
function isNextSubject(line: Line, first: number, last: number): boolean {
  if (line[last]!.group === undefined || first === last) return false;
  const verb = line[last + 1]?.norm ?? '';
  return (
    /^(?:and|but|while|whereas)$/.test(line[last - 1]?.norm ?? '') &&
    /^(?:is|are|was|were|includes?|has|have|does|do|can|will|needs?|uses?)$/.test(verb)
  );
}

/** "Acme M2M/IoT Developer Kit": a compound between capitals, in a text that has others. */
function isInName({ sentences, at }: Context, line: Line, first: number, last: number): boolean {
  const { tokens, block } = sentences[at]!;
  const isCapital = (item: Place | undefined) =>
    item?.content === true && /^[\p{Lu}\d]/u.test(tokens.find((token) => token.start === item.start)?.surface ?? '');
  return (
    block.kind !== 'heading' && isCapital(line[first - 1]) && isCapital(line[last + 1]) && isCapital(line[last + 2])
  );
}

/** A line of a bibliography: titles of cited works are left as they are. */
function isReference(line: Line): boolean {
  const marks = line.filter((item) =>
    /^(?:ed|eds|edn|et|al|pp|isbn|doi|vol|proc|press|proceedings|springer|wiley|o'reilly|elsevier|packt)$|^(?:19|20)\d\d$/.test(
      item.norm,
    ),
  );
  const isNamed = marks.some(({ norm }) => !/^\d/.test(norm));
  const isCut = /^(?:proc|vol|pp|eds?|edn)$/.test(line.findLast(({ norm }) => norm !== '.')?.norm ?? '');
  return (isNamed && (marks.length > 1 || isCut)) || (marks.length > 0 && /^(?:see|cf|\()$/.test(line[0]?.norm ?? ''));
}

/** True below a heading such as "Further reading". */
function isOfReferences({ sentences, at }: Context): boolean {
  for (let back = at - 1; back >= Math.max(0, at - INTRODUCTION_REACH); back--)
    if (sentences[back]!.block.kind === 'heading')
      return /(?:^| )(?:references|bibliography|further reading|literature|works cited|reading list) /.test(
        normsOf(sentences[back]!),
      );
  return false;
}

/**
 * "The M2M antenna and our IoT antenna are interchangeable": two particular things are alike, not the concepts. "An M2M antenna and an IoT antenna"
 * are any of their kinds.
 */
function isOfThings(line: Line, { x, y }: Match): boolean {
  const isDefinite = (at: number) =>
    /^(?:the|our|your|its|their|this|that|my|his|her|'s)$/.test(line[at - 1]?.norm ?? '');
  const isOne = (at: number) =>
    (isDefinite(at) || /^an?$/.test(line[at - 1]?.norm ?? '')) &&
    line[at + 1]?.content === true &&
    !/s$/.test(line[at + 1]!.norm) &&
    !SAME_WHAT.has(line[at + 1]!.norm);
  return x !== undefined && y !== undefined && isOne(x) && isOne(y) && (isDefinite(x) || isDefinite(y));
}

/** "The housings of X and Y are the same": that says nothing of the two, unless it is their meaning. */
function isOfOther(line: Line, first: number): boolean {
  let of = first - 1;
  while (of > 0 && /^(?:the|an?|our|your|any|every|both|,)$/.test(line[of]!.norm)) of--;
  const noun = line[of - 1];
  return (
    line[of]?.norm === 'of' &&
    noun?.content === true &&
    !/^(?:meanings?|senses?|definitions?|contents?|essence|uses?|usage|notions?|ideas?)$/.test(noun.norm) &&
    !SAME_WHAT.has(noun.norm)
  );
}

/** "X belongs to a group, and Y grows": Y is the subject of a clause of its own. */
function isNextClause(line: Line, { x, y }: Match): boolean {
  return line
    .slice(x, y)
    .some(({ norm }, at) => norm === ',' && /^(?:and|but|so|while)$/.test(line[x! + at + 1]?.norm ?? ''));
}

/** "the link, known as X, and the cloud, known as Y": what has the second name is another thing. */
function isOfNextThing(line: Line, { x, y }: Match): boolean {
  return line
    .slice(x, y)
    .some(
      ({ norm }, at) =>
        norm === 'and' &&
        /^(?:the|an?|our|another)$/.test(line[x! + at + 1]?.norm ?? '') &&
        line[x! + at + 2]?.content === true,
    );
}

/** "X, one branch of which is Y": the part is Y. */
function isOfWhich(line: Line, { first, y }: Match): boolean {
  if (line.slice(y, y! + 4).some(({ norm }) => /^(?:made|built|composed)$/.test(norm))) return false;
  return line.slice(first, y).some(({ norm }, at) => norm === 'which' && line[first + at - 1]?.norm === 'of');
}

/** "the same network", "identical in size": something else is the same, not the two concepts. */
function isSameOther(line: Line, last: number): boolean {
  const next = line[last + 1];
  const beyond = line[last + 2]?.norm ?? '';
  const isMore = line[last + 3]?.norm === 'and' || (line[last + 3]?.content === true && beyond === 'marketing');
  if (next?.norm === 'in' && isMore) return true;
  if (
    next?.norm === 'in' &&
    !/^(?:interchangeably|synonymously|synonyms?)$/.test(line[last]!.norm) &&
    !/^(?:meaning|sense|essence|principle|practice|fact|every|everything|any|anything|nothing|all|most|no|this|these|the|our|marketing|names?|wording|branding|terminology|vocabulary|brochures|advertising|spelling)$/.test(
      beyond,
    )
  )
    return true;
  if (!/^(?:same|identical|equivalent|one)$/.test(line[last]!.norm) || next?.content !== true) return false;
  return isSaidToBe(line, last) ? ATTRIBUTES.test(next.norm) : !SAME_WHAT.has(next.norm);
}

/** "X and Y are the same": whatever follows, but for a measure, the two are it. */
function isSaidToBe(line: Line, last: number): boolean {
  let at = last - 1;
  while (
    at > 0 &&
    /^(?:the|one|and|very|exactly|all|just|quite|basically|essentially|really|both|almost)$/.test(line[at]!.norm)
  )
    at--;
  return /^(?:is|are|was|were)$/.test(line[at]?.norm ?? '');
}

const ATTRIBUTES =
  /^(?:prices?|sizes?|ages?|lengths?|colou?rs?|weights?|costs?|heights?|widths?|levels?|ways?|times?|places?|shapes?|quality|speeds?|rates?|numbers?|types?|kinds?|sorts?|vendors?|brands?|standards?|days?|years?|months?)$/;

/** An acronym that is opened with words, or words that an acronym is given for. */
function haveForms(from: Group, to: Group): boolean {
  const kinds = (group: Group) => new Set(group.mentions.map((mention) => mention.term.kind));
  const [a, b] = [kinds(from), kinds(to)];
  return a.size === 1 && b.size === 1 && a.has('acronym') !== b.has('acronym');
}

/** "X and Y stand for ... and ..., respectively": what each stands for is not what stands next to it. */
function isRespective(line: Line, { x, y }: Match): boolean {
  const joined = (at: number, step: 1 | -1) =>
    /^(?:and|or|,|&|\/)$/.test(line[at + step]?.norm ?? '') && line[at + 2 * step]?.group !== undefined;
  const [first, last] = [Math.min(x!, y!), Math.max(x!, y!)];
  return joined(first, -1) && joined(last, 1);
}

function quote(sentence: Sentence, start: number, end: number): string {
  const { block } = sentence;
  return block.text
    .slice(start - block.start, end - block.start)
    .replace(/[\u2060\s]+/g, (run) => (/\s/.test(run) ? ' ' : ''));
}

/** Nouns that set the members of a compound against each other: "the IoT/M2M distinction". */
const CONTRAST_HEADS =
  /^(?:comparisons?|differences?|distinctions?|convergence|contrast|dichotomy|gap|debate|divide|confusion|migrations?|transitions?|relationship|boundary|border|mix-up|interworking|interplay|pair|question|versus|vs|split|shift|interfaces?|bridge|mapping|integration|handover|coexistence|cooperation|table|slash|hyphen|spelling|notation)$/;

/** What is said in brackets of another thing: "(M2M modem sold separately)". */
const SOLD_APART = /^(?:separately|included|excluded|optional|extra|required|recommended)$/;

/** True if the words around a compound of marks set its members against each other or list them. */
function isContrast(line: Line, first: number, last: number): boolean {
  const next = line[last + 1]?.norm ?? '';
  const beyond = line[last + 2]?.norm ?? '';
  const before = line[first - 1]?.norm ?? '';
  return (
    next === '+' ||
    line.slice(first, last).some(({ norm }) => /^(?:than|instead)$/.test(norm)) ||
    SOLD_APART.test(line[last]!.norm === ')' ? (line[last - 1]?.norm ?? '') : '') ||
    CONTRAST_HEADS.test(next) ||
    CONTRAST_HEADS.test(beyond) ||
    /^(?:between|vs|versus)$/.test(before) ||
    (before === 'from' && /^[-–]$/.test(line[first + 1]?.norm ?? ''))
  );
}

/* ---------------------------------------------------------------- sameness of what was named before */

/** How many sentences back a pronoun reaches. */
const REACH = 3;

function claimOfBoth(sentences: readonly Sentence[], at: number, lexicon: Lexicon): Claim | undefined {
  const { block, start, end } = sentences[at]!;
  const pair = anaphoric.mayHold(block.text.slice(start - block.start, end - block.start))
    ? pairNear(sentences, at, lexicon)
    : undefined;
  if (!pair) return undefined;
  // A comment on the text around it, such as "> The two terms mean the same.", is somebody's.
  if (block.quoted && !covers(block, pair[1])) return undefined;
  const context: Context = { sentences, at, groups: [] };
  const claim = firstAnaphoric(lineOf(context, pair[0].concept, pair[1].concept), context, pair);
  return claim && isAnswerAlone(sentences, at) && claimOfBoth(sentences, at + 1, lexicon) ? undefined : claim;
}

/** "No." before a sentence of the same block, which may say it in full. */
function isAnswerAlone(sentences: readonly Sentence[], at: number): boolean {
  const words = sentences[at]!.forms.filter(({ kind }) => kind === 'word');
  return words.length === 1 && sentences[at + 1]?.blockIndex === sentences[at]!.blockIndex;
}

function firstAnaphoric(line: Line, context: Context, [from, to]: readonly [Group, Group]): Claim | undefined {
  for (const construction of anaphoric.candidates(line))
    for (const { first, last } of matches(construction.pattern, line)) {
      if (isSameOther(line, last) || isOfCounted(line, last) || isOfOther(line, first)) continue;
      if (construction.traits.has('of difference') && !speaksOfDifference(context)) continue;
      const sentence = context.sentences[context.at]!;
      const span = { start: line[first]!.start, end: line[last]!.end };
      const stance = readStance(construction, { ...context, line, first, last, span });
      const said = `${construction.name}: "${quote(sentence, span.start, span.end)}", said of "${from.mentions[0]!.text}" and "${to.mentions[0]!.text}"`;
      return { ...span, ...stance, relation: 'same', from, to, sentence, evidence: [said, ...stance.evidence] };
    }
  return undefined;
}

/** "between the two arms": two of something else. */
function isOfCounted(line: Line, last: number): boolean {
  return /^(?:two|both|these|those)$/.test(line[last]!.norm) && line[last + 1]?.content === true;
}

/** True if the sentence before speaks of a difference, which this one answers. */
function speaksOfDifference({ sentences, at }: Context): boolean {
  // "Honestly?" may stand between.
  const isShort = (sentences[at - 1]?.forms.length ?? 0) <= 2;
  const previous = sentences[isShort ? at - 2 : at - 1];
  return (
    previous !== undefined &&
    /(?:^| )(?:differs?|different|differences?|distinct|distinction|distinguish(?:es)?|apart|vs|versus|(?:is|be|are) (?:\S+ )?(?:something |anything )?(?:other|else) than) /.test(
      normsOf(previous),
    )
  );
}

/** Indices of the sentences that a pronoun could reach a mention from; a heading is one whole. */
function nearMentions(sentences: readonly Sentence[]): readonly boolean[] {
  const near: boolean[] = [];
  let until = -1;
  let heading = -1;
  sentences.forEach(({ mentions, block, blockIndex }, at) => {
    if (mentions.length > 0 && block.kind === 'heading') heading = blockIndex;
    if (mentions.length > 0 || blockIndex === heading) until = at + REACH;
    near.push(at <= until);
  });
  return near;
}

/** The last mentions of two confusable concepts in a sentence or just before it, in the same section. */
function pairNear(sentences: readonly Sentence[], at: number, lexicon: Lexicon): readonly [Group, Group] | undefined {
  const groups: Group[] = [];
  for (let back = at; back >= Math.max(0, at - REACH); back--) {
    const { block, blockIndex } = sentences[back]!;
    groups.unshift(...groupsOf(sentences[back]!));
    if (block.kind !== 'heading') continue;
    for (let part = back - 1; sentences[part]?.blockIndex === blockIndex; part--)
      groups.unshift(...groupsOf(sentences[part]!));
    break;
  }
  for (const from of groups)
    for (const to of groups)
      if (from.start < to.start && lexicon.confusable(from.concept.id, to.concept.id)) return [from, to];
  return undefined;
}

/* ---------------------------------------------------------------- entries and answers */

/** True of a sentence that is a term and nothing else, but for the label of an answer. */
function isAnswer(sentence: Sentence): boolean {
  const { tokens, mentions } = sentence;
  if (!mentions[0] || mentions[0].first > 3) return false;
  const label = lineOfNorms(tokens.slice(0, mentions[0].first));
  return /^(?:a|answer|solution) : $/.test(label) ? isAllBehind(sentence) : onlyMention(sentence) !== undefined;
}

/** True if nothing but marks stands behind the mentions of a sentence. */
function isAllBehind({ tokens, mentions }: Sentence): boolean {
  return tokens.slice(mentions.at(-1)!.last + 1).every(({ kind }) => kind === 'mark');
}

/** How the text stands to an answer and to the items of a list. */
const PLAIN = { polarity: 'asserted', source: 'author', strength: 'direct', rejected: false } as const;

/** "What does X stand for? Y." */
function claimsOfAnswer(sentences: readonly Sentence[], at: number, lexicon: Lexicon): readonly Claim[] {
  const [question, answer] = [sentences[at - 1], sentences[at]!];
  if (!question || question.mentions.length === 0 || !isAnswer(answer) || isChoice(sentences, at)) return NO_CLAIMS;
  if (!/(?:^| )(?:stand for|mean|short for) .*\? $/.test(normsOf(question))) return NO_CLAIMS;
  const [from, to] = [groupsOf(question)[0], groupsOf(answer)[0]];
  if (!from || !to || !lexicon.confusable(from.concept.id, to.concept.id) || !haveForms(from, to)) return NO_CLAIMS;
  const evidence = [`answer: "${from.mentions[0]!.text}" is said to stand for "${to.mentions[0]!.text}"`];
  return [{ ...PLAIN, start: to.start, end: to.end, relation: 'expansion', from, to, sentence: answer, evidence }];
}

/** "There are three kinds of X: ... - Y" */
function claimsOfList(sentences: readonly Sentence[], at: number, lexicon: Lexicon): readonly Claim[] {
  const to = listedBelow(sentences, at);
  const [from] = to ? groupsOf(sentences[at]!) : [];
  if (!to || !from || !lexicon.confusable(from.concept.id, to.concept.id)) return NO_CLAIMS;
  const sentence = sentences[at]!;
  const evidence = [`a list of its kinds: "${quote(sentence, from.start, from.end)}" below "${to.mentions[0]!.text}"`];
  return [{ ...PLAIN, start: from.start, end: from.end, relation: 'narrower', from, to, sentence, evidence }];
}
