import type { Item } from './construction';
import { FUNCTION_WORDS, type Token } from './english';
import type { Concept } from './glossary';
import type { Mention, Sentence } from './mention';
import type { Span } from './text';

/** Mentions of one concept that stand for each other: "machine-to-machine (M2M)". Its span includes marks around them. */
export interface Group extends Span {
  readonly concept: Concept;
  readonly mentions: readonly Mention[];
  readonly quoted: boolean;
  /** True if the last mention stands in brackets after the first. */
  readonly bracketed: boolean;
}

/** The mentions of a sentence, those of one concept joined where one is the other's gloss. */
export function groupsOf(sentence: Sentence): readonly Group[] {
  const groups: Group[] = [];
  for (const mention of sentence.mentions) {
    if (mention.sense.kind !== 'concept' && !(mention.sense.kind === 'name' && !mention.sense.known)) continue;
    const last = groups.at(-1);
    if (last && last.concept === mention.concept && isGloss(sentence, last, mention))
      groups[groups.length - 1] = join(last, mention, sentence);
    else groups.push(grown([mention], sentence));
  }
  return groups;
}

function isGloss(sentence: Sentence, group: Group, mention: Mention): boolean {
  const between = sentence.tokens.slice(group.mentions.at(-1)!.last + 1, mention.first);
  const isListed = between[0]?.norm === ')' && between[1]?.norm === ',';
  return !isListed && between.length <= 3 && between.every((token) => /^["'(),]$/.test(token.norm));
}

function join(group: Group, mention: Mention, sentence: Sentence): Group {
  return grown([...group.mentions, mention], sentence);
}

/** A group with the quotation marks and closed brackets that belong to it. */
function grown(mentions: readonly Mention[], { tokens }: Sentence): Group {
  let first = mentions[0]!.first;
  let last = mentions.at(-1)!.last;
  const isQuote = (at: number) => /^["']$/.test(tokens[at]?.norm ?? '');
  const opened = tokens.slice(first, last + 1).filter((token) => token.norm === '(').length;
  const closed = tokens.slice(first, last + 1).filter((token) => token.norm === ')').length;
  if (isQuote(last + 1) && (isQuote(first - 1) || tokens.slice(first, last).some((token) => /^["']$/.test(token.norm))))
    last++;
  if (opened > closed && tokens[last + 1]?.norm === ')') last++;
  if (isQuote(first - 1) && tokens.slice(first, last + 1).some((token) => /^["']$/.test(token.norm))) first--;
  const quoted = isQuote(first);
  const bracketed = mentions.length > 1 && opened > 0;
  return {
    start: tokens[first]!.start,
    end: tokens[last]!.end,
    concept: mentions[0]!.concept,
    mentions,
    quoted,
    bracketed,
  };
}

/** A sentence to be read, and what is known of it. */
export interface Context {
  readonly sentences: readonly Sentence[];
  /** Index of the sentence that is read. */
  readonly at: number;
  readonly groups: readonly Group[];
  /** The term that the sentence explains, if it is the text of an entry: it is read as "TERM: sentence". */
  readonly head?: Group | undefined;
  /** What the pronoun means with which the sentence begins: it is read in its place. */
  readonly resumed?: Resumed | undefined;
}

/** A pronoun or "the term", by the indices of its tokens, and the term before it that it stands for. */
export interface Resumed {
  readonly first: number;
  readonly last: number;
  readonly group: Group;
}

/** An item of a sentence with the way back to the text. */
export interface Place extends Item, Span {
  readonly group: Group | undefined;
}

/** A sentence as patterns see it: words, marks and the mentions of two concepts. Quotation marks are left out. */
export type Line = readonly Place[];

/** A sentence as patterns see it, for two concepts: what stands for a mention is read as one, and adverbials are left out. */
export function lineOf({ sentences, at, groups, head, resumed }: Context, one: Concept, other: Concept): Line {
  const { tokens, start } = sentences[at]!;
  const line: Place[] = [];
  if (head) {
    line.push({ start, end: start, group: head, norm: '', content: false, concept: head.concept });
    line.push({ start, end: start, group: undefined, norm: ':', content: false, concept: undefined });
  }
  // "Q:" and "A:" say who speaks.
  const isLabelled = /^[qa]$/.test(tokens[0]?.norm ?? '') && tokens[1]?.norm === ':';
  const isMarked = head !== undefined && /^[-–—=:]$/.test(tokens[0]?.norm ?? '');
  const begin = isLabelled ? 2 : isMarked ? 1 : 0;
  let been: number | undefined;
  for (let index = begin; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (index === resumed?.first) {
      const { group, last } = resumed;
      index = last;
      const { end } = tokens[last]!;
      line.push({ start: token.start, end, group, norm: '', content: false, concept: group.concept });
      continue;
    }
    const group = groups.find(
      (each) => each.start <= token.start && token.end <= each.end && (each.concept === one || each.concept === other),
    );
    if (group) {
      line.push({ start: group.start, end: group.end, group, norm: '', content: false, concept: group.concept });
      while (index + 1 < tokens.length && tokens[index + 1]!.end <= group.end) index++;
      continue;
    }
    const perfect = beenAt(tokens, index);
    been = perfect ?? been;
    const isPerfect = been !== undefined && index < been && ALWAYS.has(token.norm);
    const aside = index === been || isPerfect ? index : asideEnd(tokens, index);
    if (aside !== undefined) {
      index = aside;
      continue;
    }
    const isBeforeGroup = groups.some(({ start }) => start === tokens[index + 2]?.start);
    const abbreviation = abbreviationAt(tokens, index) ?? (isBeforeGroup ? undefined : hyphenatedAt(tokens, index));
    const length = abbreviation?.length ?? 1;
    index += length - 1;
    if (token.norm === '"') continue;
    const norm = perfect === undefined ? (abbreviation?.norm ?? BRACKETS.get(token.norm) ?? token.norm) : 'is';
    const content = token.kind !== 'mark' && !FUNCTION_WORDS.has(norm);
    line.push({ start: token.start, end: tokens[index]!.end, group: undefined, norm, content, concept: undefined });
  }
  return line;
}

/** The last token of what begins at a token and the sentence can do without: an adverbial with its commas, a reference in brackets. */
export function asideEnd(tokens: readonly Token[], index: number): number | undefined {
  if (!tokens[index]) return undefined;
  return adverbialEnd(tokens, index) ?? interposedEnd(tokens, index) ?? referenceEnd(tokens, index);
}

/** Phrases that a sentence can do without. */
const ADVERBIALS: readonly (readonly string[])[] = (
  'by definition|in fact|of course|in turn|in essence|at heart|in effect|in practice|in principle|in reality|in truth|for all practical purposes|' +
  'for the avoidance of doubt|to all intents and purposes|for all intents and purposes|in my opinion|in my view|in our view|in our opinion|if you ask me|to be honest|these days|more or less|so to speak|as it were|after all|by the way|however|therefore|incidentally'
)
  .split('|')
  .map((phrase) => phrase.split(' '));
const ADVERBIAL_STARTS: ReadonlySet<string> = new Set(ADVERBIALS.map(([word]) => word!));

/** Phrases that a sentence can do without between commas; in brackets they say that what follows is an example. */
const EXAMPLES: readonly (readonly string[])[] = [
  ['for', 'instance'],
  ['for', 'example'],
];

/** The last token of an adverbial that begins at a token, with the commas on both of its sides. */
function adverbialEnd(tokens: readonly Token[], index: number): number | undefined {
  const comma = tokens[index]!.norm === ',';
  const at = comma ? index + 1 : index;
  if (!ADVERBIAL_STARTS.has(tokens[at]?.norm ?? '')) return undefined;
  const phrase = (comma ? [...ADVERBIALS, ...EXAMPLES] : ADVERBIALS).find((words) =>
    words.every((word, offset) => tokens[at + offset]?.norm === word),
  );
  if (!phrase) return undefined;
  const end = at + phrase.length;
  const isClosed = tokens[end]?.norm === ',';
  if (comma) return isClosed ? end : undefined;
  return index === 0 && isClosed ? end : end - 1;
}

/** How many words an adverbial between commas has at most. */
const LONGEST_INTERPOSED = 7;

/** The comma that closes an adverbial behind a form of "be": "they are, in this trade as in others, the same". */
function interposedEnd(tokens: readonly Token[], index: number): number | undefined {
  if (tokens[index]!.norm !== ',' || !/^(?:is|are|was|were)$/.test(tokens[index - 1]?.norm ?? '')) return undefined;
  if (!/^(?:in|at|on|for|with|within|by|as|from|to)$/.test(tokens[index + 1]?.norm ?? '')) return undefined;
  const closing = tokens.slice(index + 1, index + 2 + LONGEST_INTERPOSED).findIndex(({ norm }) => norm === ',');
  return closing < 0 ? undefined : index + 1 + closing;
}

/** What "has ... been" may hold and "is" does not need. */
const ALWAYS: ReadonlySet<string> = new Set(['always', 'long', 'already', 'ever']);

/** The "been" of "has been", "has always been": both are read as "is". */
export function beenAt(tokens: readonly Token[], at: number): number | undefined {
  if (!/^(?:has|have)$/.test(tokens[at]?.norm ?? '')) return undefined;
  return [at + 1, at + 2].find((index) => tokens[index]?.norm === 'been');
}

/** How many words and marks a reference in brackets has at most. */
const LONGEST_REFERENCE = 8;

/** The bracket that closes a reference to another place: "(see chapter 3)", "(Figure 2)". */
function referenceEnd(tokens: readonly Token[], index: number): number | undefined {
  if (!/^[([]$/.test(tokens[index]!.norm) || !REFERENCE_WORD.test(tokens[index + 1]?.norm ?? '')) return undefined;
  const closing = tokens.slice(index, index + 2 + LONGEST_REFERENCE).findIndex(({ norm }) => /^[)\]]$/.test(norm));
  const inside = tokens.slice(index + 1, index + closing);
  const isNumbered =
    inside.some(({ norm }) => /^\d+$/.test(norm)) || /^(?:above|below)$/.test(inside.at(-1)?.norm ?? '');
  return closing > 0 && isNumbered ? index + closing : undefined;
}

const REFERENCE_WORD =
  /^(?:see|cf|fig|figure|figures|table|section|sect|sec|chapter|ch|page|pp?|clause|annex|appendix|article|part)$/;

/** Square brackets gloss like round ones. */
const BRACKETS: ReadonlyMap<string, string> = new Map([
  ['[', '('],
  [']', ')'],
]);

/** "sub-category", "best-known": two words with a hyphen are one. */
function hyphenatedAt(tokens: readonly Token[], at: number): { norm: string; length: number } | undefined {
  const [word, hyphen, other] = [tokens[at]!, tokens[at + 1], tokens[at + 2]];
  if (hyphen?.norm !== '-' || hyphen.spaced || other?.kind !== 'word' || other.spaced || word.kind !== 'word')
    return undefined;
  return { norm: `${word.norm}-${other.norm}`, length: 3 };
}

/** "e.g.", "i.e.", "a.k.a.": letters with stops between them. */
function abbreviationAt(tokens: readonly Token[], at: number): { norm: string; length: number } | undefined {
  let end = at;
  let norm = '';
  while (/^\p{L}$/u.test(tokens[end]?.norm ?? '') && tokens[end + 1]?.norm === '.' && !tokens[end + 1]!.spaced) {
    norm += `${norm ? '.' : ''}${tokens[end]!.norm}`;
    end += 2;
  }
  return norm.length > 1 ? { norm, length: end - at } : undefined;
}
