import { FUNCTION_WORDS, type Token } from './english';
import { type Group, groupsOf, type Resumed } from './line';
import { isEntry, onlyMention, type Sentence } from './mention';
import { lineOfNorms } from './stance';

/** The term that is all of the sentence before, if this sentence is its explanation. */
export function entryHead(sentences: readonly Sentence[], at: number): Group | undefined {
  const previous = sentences[at - 1];
  if (!previous) return undefined;
  if (opensWith(sentences[at]!, /^[\u2060\s]*(?:syn|synonyms?|also|aka|abbr|other names?)\b/i)) {
    const own = headOfBlock(sentences, at) ?? termBefore(sentences, at);
    if (own) return own;
  }
  if (previous.mentions.length === 0 || !isEntry(previous, sentences[at]!) || !onlyMention(previous)) return undefined;
  const groups = groupsOf(previous);
  return groups.length === 1 ? groups[0] : undefined;
}

/**
 * What "it" or "they" at the start of a sentence means: the term that the sentence before asks for, or the bare term that is its subject, if it
 * speaks of one concept only.
 */
export function resumedSubject(sentences: readonly Sentence[], at: number): Resumed | undefined {
  const [previous, sentence] = [sentences[at - 1], sentences[at]!];
  if (!previous || previous.mentions.length === 0 || sentence.mentions.length === 0) return undefined;
  const isItem = sentence.block.kind === 'item';
  if (previous.blockIndex !== sentence.blockIndex && !asks(previous) && !isItem) return undefined;
  const [group, ...others] = groupsOf(previous);
  if (!group || others.some((other) => other.concept !== group.concept)) return undefined;
  const opening = openingPronoun(sentence);
  // "The abbreviation" can only be the term before; "it" can be much else.
  const isTerm = opening !== undefined && opening.last > opening.first && isBare(previous, group);
  if (opening && (isTerm || asks(previous) || isBareSubject(previous, group) || isNamedWord(previous, group)))
    return { ...opening, group };
  if (opening && isLast(previous, group) && isSucceeded(sentence, opening.last)) return { ...opening, group };
  const later = laterPronoun(sentence, group, isBareSubject(previous, group));
  return later !== undefined && isBare(previous, group) ? { first: later, last: later, group } : undefined;
}

/** "It", "they" or "the term" with which a sentence begins, before a verb. */
function openingPronoun({ tokens }: Sentence): Omit<Resumed, 'group'> | undefined {
  const isFronted = /^in (?:truth|fact|reality|short) /.test(lineOfNorms(tokens.slice(0, 2)));
  const first = tokens.findIndex(
    ({ kind, norm }, at) => kind === 'word' && !/^(?:and|but|well|so)$/.test(norm) && (!isFronted || at > 1),
  );
  const isWord = /^(?:the|this|that)$/.test(tokens[first]?.norm ?? '') && NAMING.test(tokens[first + 1]?.norm ?? '');
  const last = isWord ? first + 1 : first;
  return (isWord || PRONOUN.test(tokens[first]?.norm ?? '')) && isVerbal(tokens[last + 1])
    ? { first, last }
    : undefined;
}

/** "it" behind a preposition or a verb of naming, or "its" before a noun: "M2M grew out of it", "M2M, its successor", "we call it M2M". */
function laterPronoun({ tokens, mentions }: Sentence, { concept }: Group, isSubject: boolean): number | undefined {
  if (mentions.some((mention) => mention.concept === concept)) return undefined;
  // The subject of the sentence before is meant over a list too, but not behind a clause that has another subject.
  const borders = isSubject ? /^(?:[;:]|if|when|while|as|because|since|although|though|where|whereas)$/ : /^[,;:]$/;
  const at = tokens.findLastIndex(
    ({ norm }, index) =>
      (norm === 'its' && tokens[index + 1]?.kind === 'word') ||
      (norm === 'it' && /^belongs? to $/.test(lineOfNorms(tokens.slice(Math.max(0, index - 2), index)))) ||
      (norm === 'it' &&
        /^(?:from|of|by|into|after|than|as|what|includes?|contains?|covers?|encloses?|encompass(?:es)?|surrounds?|embraces?|call|calls|called|name|names|named|preceded|replaced|followed|succeeded|gave|gives?)$/.test(
          tokens[index - 1]?.norm ?? '',
        ) &&
        !tokens.slice(0, index).some((token) => borders.test(token.norm))),
  );
  return at < 0 ? undefined : at;
}

const NAMING = /^(?:term|word|acronym|abbreviation|expression|name|phrase|label|buzzword)$/;
const PRONOUN = /^(?:it|this|that|they|these|those)$/;

function asks({ tokens }: Sentence): boolean {
  return tokens.at(-1)?.norm === '?';
}

/** A function word or a verb in -s behind a pronoun: "it is", "it simply means", not "this network". */
function isVerbal(token: Token | undefined): boolean {
  return (
    token?.kind === 'word' &&
    (FUNCTION_WORDS.has(token.norm) ||
      /[^s]s$|ed$|^(?:stand|mean|denote|refer|describe|came|grew|began)$/.test(token.norm))
  );
}

/** True if a bare term ends the sentence: what comes next can only speak of it if it opens or succeeds it. */
function isLast({ tokens }: Sentence, { end }: Group): boolean {
  return tokens.every((token) => token.start < end || token.kind === 'mark');
}

/** "It was superseded by", "That means", "It stands for" behind a pronoun. */
function isSucceeded({ tokens }: Sentence, pronoun: number): boolean {
  const behind = lineOfNorms(tokens.slice(pronoun + 1, pronoun + 6));
  return /^(?:(?:is|was|has been|had been) (?:later |then |soon )?(?:superseded|replaced|followed|succeeded) |means |stands for |is short for )/.test(
    behind,
  );
}

/** True of a term behind "the word" or a quotation mark, of which nothing else is said. */
function isNamedWord(sentence: Sentence, group: Group): boolean {
  const before = sentence.tokens[group.mentions[0]!.first - 1]?.norm ?? '';
  return (NAMING.test(before) || before === '"') && isBare(sentence, group);
}

/** True if no noun of its own follows the term. */
function isBare({ tokens }: Sentence, { mentions, bracketed }: Group): boolean {
  const next = tokens[mentions.at(-1)!.last + (bracketed ? 2 : 1)];
  return next?.kind !== 'word' || isVerbal(next) || /^(?:throughout|everywhere|only|alone|instead)$/.test(next.norm);
}

/** True if the term opens the sentence, or a clause that it tells or asks, and no noun of its own follows. */
function isBareSubject({ tokens }: Sentence, { mentions, bracketed }: Group): boolean {
  const opening = tokens.slice(0, mentions[0]!.first).filter((token) => token.kind === 'word' && token.norm !== 'the');
  const next = tokens[mentions.at(-1)!.last + (bracketed ? 2 : 1)];
  return isVerbal(next) && /^(?:that|where|how|why|whether)?$/.test(opening.at(-1)?.norm ?? '');
}

/** Looks at the text alone: the words of most sentences are never asked for. */
function opensWith({ block, start }: Sentence, pattern: RegExp): boolean {
  return pattern.test(block.text.slice(start - block.start, start - block.start + 24));
}

/** How many sentences a term may have before what else it is called. */
const ENTRY_REACH = 4;
/** How many words and marks the term of an entry has at most. */
const MOST_OF_TERM = 8;

/** The term whose entry an item belongs to, behind other items of it. */
function termBefore(sentences: readonly Sentence[], at: number): Group | undefined {
  if (sentences[at]!.block.kind !== 'item') return undefined;
  for (let back = at - 1; back >= Math.max(0, at - ENTRY_REACH); back--) {
    const { kind } = sentences[back]!.block;
    if (kind === 'paragraph')
      return sentences[back]!.tokens.length <= MOST_OF_TERM ? groupsOf(sentences[back]!)[0] : undefined;
    if (kind !== 'item') return undefined;
  }
  return undefined;
}

/** The term with which the block of a sentence begins: "TERM – what it is. Syn.: ..." */
function headOfBlock(sentences: readonly Sentence[], at: number): Group | undefined {
  let first = at;
  while (first > 0 && sentences[first - 1]!.blockIndex === sentences[at]!.blockIndex) first--;
  const group = first < at ? groupsOf(sentences[first]!)[0] : undefined;
  return group && group.mentions[0]!.first <= 1 ? group : undefined;
}

/** How many sentences before a list may say what it lists. */
const LIST_REACH = 2;
/** How many items of a list are looked back over for what introduces it. */
const MOST_ITEMS = 10;
const KINDS_OF =
  /(?:^| )(?:kinds|types|sorts|forms|branches|fields|areas|parts|segments|members|varieties|disciplines|subsets|special cases) of (?:the )?$/;

/** The term whose kinds or parts a list gives, if an item of it names nothing but another one: "There are three kinds of X: ... - Y". */
export function listedBelow(sentences: readonly Sentence[], at: number): Group | undefined {
  if (sentences[at]!.block.kind !== 'item' || !onlyMention(sentences[at]!)) return undefined;
  let intro = at - 1;
  while (intro > at - MOST_ITEMS && sentences[intro]?.block.kind === 'item') intro--;
  for (let back = intro; back > intro - LIST_REACH && back >= 0; back--) {
    const sentence = sentences[back]!;
    const [group, ...others] = sentence.block.kind === 'item' ? [] : groupsOf(sentence);
    if (!group) continue;
    const before = lineOfNorms(sentence.tokens.slice(0, group.mentions[0]!.first));
    const next = sentence.tokens[group.mentions.at(-1)!.last + 1];
    const isAlone = others.length === 0 && (next?.kind !== 'word' || FUNCTION_WORDS.has(next.norm));
    return isAlone && KINDS_OF.test(before) && !/(?:^| )(?:no|not|never|n't|wrong|false) /.test(before)
      ? group
      : undefined;
  }
  return undefined;
}
