import { GONE } from './document';
import { FUNCTION_WORDS, isAdverb, openingEnd, type Token } from './english';
import type { Concept } from './glossary';
import type { Lexicon } from './lexicon';
import { asideEnd, beenAt } from './line';
import {
  type CueMention,
  cuesIn,
  headerOf,
  isChoice,
  isEntry,
  type Mention,
  moved,
  onlyMention,
  type Sentence,
} from './mention';
import { flattened, type Recall, readEach } from './recall';
import {
  CORRECTION_REACH,
  INTRODUCTION_REACH,
  isBadExample,
  isQuotedAndRejected,
  isStatementToJudge,
  lineOfNorms,
} from './stance';
import { overlaps, type Span } from './text';

/** A sentence that defines a concept by what distinguishes another one. Its span is the definition without the term. */
export interface Attribution extends Span {
  readonly mention: Mention;
  readonly concept: Concept;
  /** The concept whose characteristics the words name. */
  readonly rival: Concept;
  readonly sentence: Sentence;
  /** The words that speak for the rival, each with its respect. */
  readonly cues: readonly CueMention[];
  readonly strength: 'direct' | 'indirect';
  readonly evidence: readonly string[];
}

/** Every definition in the characteristics of a confusable concept, in the order of the text; with what the next version need not read again. */
export function readAttributions(
  recall: Recall,
  lexicon: Lexicon,
  known?: readonly (readonly Attribution[])[],
): { readonly attributions: readonly Attribution[]; readonly readings: readonly (readonly Attribution[])[] } {
  const read = (at: number) => attributionsIn(recall.sentences, at, lexicon);
  const readings = readEach(
    recall,
    { before: INTRODUCTION_REACH, after: CORRECTION_REACH, read, moved: movedAttributions },
    known,
  );
  return { attributions: flattened(readings), readings };
}

const NONE: readonly Attribution[] = [];

function attributionsIn(sentences: readonly Sentence[], at: number, lexicon: Lexicon): readonly Attribution[] {
  const sentence = sentences[at]!;
  const definition = definitionIn(sentences, at) ?? columnDefinition(sentences, at);
  if (!definition) return NONE;
  const isInside = !definition.isBefore && sentence.mentions.includes(definition.mention);
  if (isInside && isHedged(sentence, definition.mention)) return NONE;
  if (isBadExample(sentences, at) || isStatementToJudge({ sentences, at })) return NONE;
  const further = furtherCues(definition, sentences, at, lexicon);
  const judged = judgeAll(definition, sentence, further, lexicon).filter((attribution) => !isOfRival(attribution));
  return judged.filter((attribution) => {
    const start = Math.min(attribution.start, attribution.mention.start);
    return !isQuotedAndRejected(sentences, at, { start, end: attribution.end });
  });
}

/** "What you call M2M, i.e. ..., is IoT": the definition is given to the rival. */
function isOfRival({ sentence: { tokens, mentions }, end, rival }: Attribution): boolean {
  return mentions.some(
    ({ concept, first, start }) =>
      concept === rival && start >= end && /^(?:is|are|means)$/.test(tokens[first - 1]?.norm ?? ''),
  );
}

function movedAttributions(
  attributions: readonly Attribution[],
  sentence: Sentence,
  by: number,
): readonly Attribution[] {
  return attributions.map((attribution) => ({
    ...moved(attribution, by),
    mention: moved(attribution.mention, by),
    cues: attribution.cues.map((cue) => moved(cue, by)),
    sentence,
  }));
}

/** True if the words before the term make it the object of something else, or deny, doubt or report what follows. */
function isHedged({ tokens }: Sentence, mention: Mention): boolean {
  if (isSetting(tokens, mention)) return false;
  const opening = normsBefore(tokens, mention.first);
  const frame = FRAMES.find(({ before }) => before?.test(opening))?.before;
  const framing = frame ? frame.exec(opening)![0].trim().split(' ').length : 0;
  // In "That is what X means" the first word reports nothing.
  const isResumed = /^(?:that|this) (?:is|was|'s) /.test(lineOfNorms(tokens.slice(0, 2)));
  const from = isResumed ? 1 : reminderEnd(tokens);
  const all = tokens.flatMap(({ norm }, at) => (from <= at && at < mention.first && norm !== '"' ? [norm] : []));
  const clause = all.slice(all.findLastIndex((norm) => /^[:;]$/.test(norm)) + 1);
  if (isDefinedByOthers(clause)) return true;
  const before = clause.slice(0, Math.max(0, clause.length - framing));
  if (
    !isFramed(tokens, mention) &&
    /^(?:of|for|beyond|after|before|from|to|with|against|than|about|like|unlike|versus|vs|besides|alongside)$/.test(
      before.filter((norm) => !/^(?:the|a|an|"|')$/.test(norm)).at(-1) ?? '',
    )
  )
    return true;

  if (/(?:^| )(?:mistake|error|wrong|would|misleading) /.test(`${before.join(' ')} `)) return true;
  return before.some((norm) =>
    /^(?:that|if|whether|not|never|myth|some|many|people|wrong|wrongly|says?|said|claims?|claimed|thinks?|thought|believes?|believed|although)$/.test(
      norm,
    ),
  );
}

/** Behind "Please note that": what follows is said all the same. */
function reminderEnd(tokens: readonly Token[]): number {
  const [reminder] =
    /^(?:please )?(?:also )?(?:note|remember|recall|observe|(?:keep|bear) in mind|be aware|it (?:should|must) be (?:noted|stressed|remembered)) that /.exec(
      lineOfNorms(tokens.slice(0, 8)),
    ) ?? [];
  return reminder === undefined ? 0 : reminder.trim().split(' ').length;
}

/** "Several applicants defined X as ..." */
function isDefinedByOthers(clause: readonly string[]): boolean {
  const verb = clause.findIndex((norm) => /^(?:define[sd]?|describe[sd]?|understands?|understood)$/.test(norm));
  const subject = clause.slice(0, verb);
  return verb > 0 && subject.at(-1) !== 'what' && !subject.some((norm) => /^(?:we|i|this|our|let|us|to)$/.test(norm));
}

/* ---------------------------------------------------------------- definitions */

interface Definition {
  readonly mention: Mention;
  /** The tokens of the sentence that say what the concept is: `[from, to)`. */
  readonly from: number;
  readonly to: number;
  /** True if it stands before the term. */
  readonly isBefore?: true;
}

/** What a sentence says a concept is: in itself, as the entry of a list, or as the answer to "What is X?". */
function definitionIn(sentences: readonly Sentence[], at: number): Definition | undefined {
  const sentence = sentences[at]!;
  if (sentence.block.kind === 'heading') return undefined;
  const previous = sentences[at - 1];
  if (previous && previous.mentions.length > 0 && sentence.tokens.at(-1)?.norm !== '?' && !isChoice(sentences, at)) {
    const entry = isEntry(previous, sentence) ? onlyMention(previous) : definedBefore(previous, sentence);
    const head = entry ?? askedMention(previous) ?? subjectBefore(previous, sentence);
    const from = head && (entry ? 0 : answerStart(sentence));
    if (head && from !== undefined) return bounded(sentence, head, from);
  }
  if (sentence.mentions.length === 0 || sentence.tokens.at(-1)?.norm === '?') return undefined;
  for (const mention of sentence.mentions) {
    if (mention.sense.kind !== 'concept') continue;
    const named = definiensBefore(sentence, mention);
    if (named) return named;
    const from = definitionStart(sentence, mention);
    const definition = from === undefined ? undefined : bounded(sentence, mention, from);
    if (definition) return definition;
  }
  return undefined;
}

/** "A direct line between two machines is called M2M": the definition stands before the term. */
function definiensBefore({ tokens, mentions }: Sentence, mention: Mention): Definition | undefined {
  if (mentions[0] !== mention) return undefined;
  const naming =
    /^(?:is|are|been) (?:\w+ly |often |also |what |today |now |always )*(?:known as|called|termed|named|referred to as|we call|we mean by|meant by) (?:the )?$/;
  for (let at = mention.first - 2; at > Math.max(2, mention.first - 8); at--) {
    const between = tokens.slice(at, mention.first).filter(({ norm }) => norm !== '"');
    if (naming.test(lineOfNorms(between))) return { mention, from: 0, to: at, isBefore: true };
  }
  return undefined;
}

/**
 * The term of a definition that has a number or a part of speech, of a title, or of a lead: "Definition 3 (IoT). Direct communication ...",
 * "IoT (n.). ...", "The principle of the IoT. ...", "IoT. ..."
 */
function definedBefore(previous: Sentence, { blockIndex }: Sentence): Mention | undefined {
  const { tokens, mentions } = previous;
  const isNumbered =
    (/^(?:definition|term|concept)$/.test(tokens[0]?.norm ?? '') ||
      /^(?:n|noun|abbr|adj)$/.test(tokens[(mentions[0]?.last ?? 0) + 2]?.norm ?? '')) &&
    tokens.length <= mentions.length + 8;
  const isTitled =
    /(?:^| )(?:principle|idea|concept|essence|basics|definition|meaning) of (?:the )?$/.test(
      lineOfNorms(tokens.slice(0, mentions[0]?.first ?? 0)),
    ) && (mentions[0]?.last ?? 0) >= tokens.length - 2;
  const isLead = tokens.at(-1)?.norm !== '?' && onlyMention(previous) !== undefined && isFirstOf(previous);
  return (isNumbered || isTitled || isLead) && previous.blockIndex === blockIndex && mentions.length === 1
    ? mentions[0]
    : undefined;
}

/** True of the first sentence of its block: nothing but markup stands before it. */
function isFirstOf({ start, block }: Sentence): boolean {
  return (
    block.text
      .slice(0, start - block.start)
      .replaceAll(GONE, '')
      .trim() === ''
  );
}

/** What stands behind a term that a sentence opens. */
const OPENED = /^(?:" )?(?:stands for|means|is short for|abbreviates|is (?:an|the) (?:abbreviation|acronym)) /;
/** The term that a sentence opens, as in "X stands for ...", for "It is a ..." behind it. */
function subjectBefore(previous: Sentence, { blockIndex, tokens }: Sentence): Mention | undefined {
  const [mention, ...others] = previous.mentions;
  const isResumed = tokens[0]?.norm === 'it' && /^(?:is|means)$/.test(tokens[1]?.norm ?? '');
  if (!isResumed || !mention || previous.blockIndex !== blockIndex) return undefined;
  if (others.some(({ concept }) => concept !== mention.concept) || mention.sense.kind !== 'concept') return undefined;
  const opening = previous.tokens
    .slice(openingEnd(previous.tokens), mention.first)
    .every(({ norm }) => /^(?:the|")$/.test(norm));
  const behind = lineOfNorms(previous.tokens.slice(mention.last + 1, mention.last + 5));
  return opening && OPENED.test(behind) ? mention : undefined;
}

/** Nouns that add nothing to a term: what an "X system" is said to be is said of X. */
const EMPTY_HEADS: ReadonlySet<string> = new Set(
  'system systems solution solutions technology technologies network networks concept communication communications paradigm approach'.split(
    ' ',
  ),
);
/** Verbs that say what something does: its definition only if much of what they say is the other's. */
const DOING = /^(?:connects|links|lets|allows|enables|joins|brings|combines|integrates)$/;
/** Verbs that say what something is there for. */
const SERVING =
  /^(?:determines?|decides?|answers?|verif(?:y|ies)|checks?|proves?|establish(?:es)?|governs?|ensures?|concerns?)$/;

/** A way to say what a concept is: what stands before the term, and what stands between it and the definition. */
interface Frame {
  readonly before?: RegExp;
  readonly behind: RegExp;
}

/** Nouns for what makes a concept what it is, or shows it. */
const ESSENCE =
  '(?:examples?|pieces?|cases?|essence|principle|idea|point|purpose|aim|goal|heart|core|crux|gist|nature|hallmark|definition|meaning|mark|sign|trait|features?|characteristics?|property|quality)';
const THAT = '(?:(?:is|are|was|lies in|consists in|remains) )(?:that |to |in )?';

/** Each word has one space behind it; the term itself, with a gloss or "technology" behind it, is left out. */
const FRAMES: readonly Frame[] = [
  {
    behind:
      /^(?:shall |will |must |should |can |may |always |simply |just |really |basically |in short )*(?:means?|denotes?|describes?|designates?|signif(?:y|ies)|comprises?|refers? to|relates? to|stands? for|consists? (?:in|of)|(?:boils?|comes?) down to|amounts? to|is (?:all )?about|equals) (?:the (?:idea|concept|principle|notion|practice) (?:that |of )?|this :)?/,
  },
  {
    behind:
      /^(?:is|are|can be|may be|should be) (?:\w+ly |best |often |commonly |now |today |always |still )*(?:characteri[sz]ed|defined|marked|distinguished|identified|recogni[sz]ed|described|understood|seen|set apart|explained|thought of) (?:(?:in|by|throughout|here) (?:\S+ ){0,3})?(?:by|as|through) /,
  },
  { behind: /^(?:is|are) (?:nothing|no|none) (?:more|other|else|but|less)(?: than)? / },
  { behind: /^= / },
  {
    behind:
      /^'s (?:\S+ ){0,2}(?:feature|trait|mark|hallmark|essence|characteristic|purpose|principle) (?:is|are) (?:that |to )?/,
  },
  {
    before: new RegExp(`(?:^| )${ESSENCE} of (?:the )?$`),
    behind: new RegExp(`^(?:, (?:as opposed to|unlike|in contrast to|as against) [^,]*, )?(?:${THAT}|: )`),
  },
  {
    before:
      /(?:^| )what (?:sets|makes|defines|distinguishes|characteri[sz]es|marks) (?:the |a thing |something |it )?(?:an? )?$/,
    behind: /^(?:apart |out |special |unique |different )?(?:is|are) (?:that )?/,
  },
  {
    before: /(?:^| )(?:we|i|you) (?:speak|talk) of (?:the |an? )?$/,
    behind: /^(?:as soon as|when|whenever|where|wherever|if|once) /,
  },
  { before: /(?:^| )(?:think of|imagine|picture) (?:the )?$/, behind: /^as / },
  {
    before:
      /(?:^| )(?:defines?|defined|understands?|describes?|explains?) (?:the )?(?:(?:term|word|notion|concept|acronym) )?(?:of )?(?:the )?$/,
    behind: /^as /,
  },
  { behind: /^(?:works?|goes|functions?) (?:\w+ )?(?:just |exactly )?like (?:this|that) : / },
  { before: /(?:^| )(?:meant|understood) by (?:the )?$/, behind: /^(?:: |is )/ },
  { before: /(?:^| )(?:gives|makes|yields) (?:you |us )?(?:the |an? )?$/, behind: /^: / },
  { before: /(?:^| )what (?:the |an? )?$/, behind: /^(?:is|means) : / },
  {
    before: /(?:^| )by (?:the |an? )?(?:term |word |acronym )?$/,
    behind: /^(?:, )?(?:we|i|one|people|(?:the|this|our) \S+) (?:\w+ )?(?:means?|understands?) /,
  },
  { behind: /^, (?:in which|whereby|where) / },
  { behind: /^, (?:in short|in brief|in a nutshell|put simply|in plain words) : / },
  { before: /(?:^| )by (?:definition|nature) , (?:the )?$/, behind: /^(?=\S)/ },
  { behind: /^(?:is|are) (?:\w+ly |now |today |always )?(?:used|reserved) for / },
  { behind: /^, by which (?:term )?(?:we|i|they) (?:\w+ )?(?:mean|understand) / },
  { behind: /^, (?:(?:a|an|the) |i \. ?e \. ,? ?|that is (?:to say )?,? ?)/ },
  { behind: /^[(–—] i \. e \. ,? ?/ },
  { behind: /^, (?:being|(?:defined|understood|described) as) / },
  {
    before: /(?:^| )(?:unlike|in contrast to|as opposed to|compared (?:to|with)|contrary to) [^,]* , (?:the )?$/,
    behind: /^(?=\S)/,
  },
  {
    behind:
      /^(?:differs?|is different|are different|is distinguished|stands? out) from (?:the )?\S+ (?:\S+ ){0,4}?(?:in that|because|by|as|since) /,
  },
];

/** True if the words before the term belong to what says that it is defined, or if its definition is apposed to it. */
function isFramed(tokens: readonly Token[], { first, last }: Mention): boolean {
  const before = normsBefore(tokens, first);
  const isApposed = /^(?:, (?:by|in|i|that) |[(–—] )/.test(`${tokens[last + 1]?.norm} ${tokens[last + 2]?.norm} `);
  return isApposed || FRAMES.some((frame) => frame.before?.test(before));
}

function normsBefore(tokens: readonly Token[], first: number): string {
  return lineOfNorms(tokens.slice(Math.max(0, first - 12), first).filter(({ norm }) => norm !== '"'));
}

/** Behind the frame around a term, which goes on from a token behind it; `undefined` if the term stands in none. */
function frameEnd(tokens: readonly Token[], first: number, at: number): number | undefined {
  const before = normsBefore(tokens, first);
  const words = wordsFrom(tokens, at);
  const behind = lineOfNorms(words);
  for (const frame of FRAMES) {
    if (frame.before && !frame.before.test(before)) continue;
    const match = frame.behind.exec(behind);
    if (match) return match[0].trim() === '' ? at : words[match[0].trim().split(' ').length - 1]!.at + 1;
  }
  return undefined;
}

/** How many words behind a term are looked at for the frame around it. */
const LONGEST_FRAME = 12;

/** "in this questionnaire", "throughout these rules" */
function settingOfText(tokens: readonly Token[], at: number): number | undefined {
  const isOfText =
    /^(?:in|within|throughout|for)$/.test(tokens[at]!.norm) && /^(?:this|these|our)$/.test(tokens[at + 1]?.norm ?? '');
  return isOfText ? at + 2 : undefined;
}

/** The "been" of "has been", "has always been", but not of "has never been". */
function affirmedBeen(tokens: readonly Token[], at: number): number | undefined {
  const been = beenAt(tokens, at);
  const isDenied = been === at + 2 && !/^(?:always|long|already|also|often|now)$/.test(tokens[at + 1]!.norm);
  return isDenied ? undefined : been;
}

/** The words from a token on, without asides; "has always been" is read as "is". */
function wordsFrom(tokens: readonly Token[], from: number): readonly { readonly norm: string; readonly at: number }[] {
  const words: { norm: string; at: number }[] = [];
  for (let at = from; at < tokens.length && words.length < LONGEST_FRAME; at++) {
    const aside = asideEnd(tokens, at) ?? (at === from ? settingOfText(tokens, at) : undefined);
    const been = affirmedBeen(tokens, at);
    if (aside === undefined) words.push(been === undefined ? { norm: tokens[at]!.norm, at } : { norm: 'is', at: been });
    at = aside ?? been ?? at;
  }
  return words;
}

/** The token behind "X is ...", "X refers to ...", "by X we mean ...", "we define X as ...", an entry "X – ..." or an apposition "X, a ...". */
function definitionStart({ tokens }: Sentence, mention: Mention): number | undefined {
  const norm = (index: number) => tokens[index]?.norm ?? '';
  let at = mention.last + 1;
  if (norm(at) === '(' && glossEnd(tokens, at) - at <= MINIMUM_GLOSS) at = glossEnd(tokens, at) + 1;
  while (/^(?:["')]|itself|themselves)$/.test(norm(at))) at++;
  if (EMPTY_HEADS.has(norm(at))) at++;
  const opens = mention.first <= 2 || tokens.slice(0, mention.first).every(({ norm: word }) => /^[\d.()]+$/.test(word));
  if (opens && /^[–—:-]$/.test(norm(at))) return at + 1;
  if (isSetting(tokens, mention)) return norm(at) === ',' ? settingEnd(tokens, at) : at;
  const framed = frameEnd(tokens, mention.first, at);
  if (framed !== undefined) return framed;
  if (norm(at) === '(' && glossEnd(tokens, at) - at > MINIMUM_GLOSS) return at + 1;
  at = behindInterposed(tokens, at);
  const interposed = frameEnd(tokens, mention.first, at);
  if (interposed !== undefined) return interposed;
  if (/^(?:can|may)$/.test(norm(at)) && norm(at + 1) === 'be') at++;
  at = affirmedBeen(tokens, at) ?? at;
  if (/^(?:is|are|be|been)$/.test(norm(at))) return afterBe(tokens, at + 1);
  const begins =
    mention.first - openingEnd(tokens) <= 1 ||
    norm(mention.first - 1) === ',' ||
    /^(?:while|whereas)$/.test(norm(mention.first - 1));
  if (begins && (DOING.test(norm(at)) || SERVING.test(norm(at)))) return at + 1;
  return begins && /^(?:deals|copes)$/.test(norm(at)) && norm(at + 1) === 'with' ? at + 2 : undefined;
}

/** How many words a gloss in brackets has at least if it says what something is. */
const MINIMUM_GLOSS = 6;

function glossEnd(tokens: readonly Token[], opening: number): number {
  const end = tokens.findIndex(({ norm }, at) => at > opening && norm === ')');
  return end < 0 ? opening : end;
}

/** "In the IoT, ...": what follows says how it is there. */
function isSetting(tokens: readonly Token[], mention: Mention): boolean {
  const before = tokens.slice(0, mention.first).map((token) => token.norm);
  return /^(?:in|with|under)(?: (?:the|an?))?$/.test(before.join(' '));
}

/** Behind "In the IoT," and "In the IoT, by definition,". */
function settingEnd(tokens: readonly Token[], comma: number): number {
  const closing = behindInterposed(tokens, comma);
  return tokens[comma + 1]?.norm === 'by' ? closing : comma + 1;
}

/** Over ", he explained," or ", by contrast,": a few words between two commas, or one comma. */
function behindInterposed(tokens: readonly Token[], at: number): number {
  if (tokens[at]?.norm !== ',') return at;
  const closing = tokens.findIndex((token, index) => index > at && token.norm === ',');
  return closing > 0 && closing - at <= 5 ? closing + 1 : at + 1;
}

/** "defined as", "a ...", "when ..." or a bare noun phrase; not what is done to the concept or where it is. */
function afterBe(tokens: readonly Token[], at: number): number | undefined {
  if (
    /^(?:by|in)$/.test(tokens[at]?.norm ?? '') &&
    /^(?:definition|essence|short|principle)$/.test(tokens[at + 1]?.norm ?? '')
  )
    return at + 2;
  for (let aside = asideEnd(tokens, at); aside !== undefined; aside = asideEnd(tokens, at)) at = aside + 1;
  if (/^[,:]$/.test(tokens[at]?.norm ?? '')) at++; // "IoT is, one machine ..."
  const isMere = ({ norm }: Token) =>
    isAdverb(norm) || /^(?:just|best|today|nowadays|now|still|always|indeed)$/.test(norm);
  while (tokens[at] && isMere(tokens[at]!)) at++;
  const [here, next] = [tokens[at], tokens[at + 1]];
  if (!here) return undefined;
  if (/^(?:about|limited|restricted|confined)$/.test(here.norm)) return next?.norm === 'to' ? at + 2 : at + 1;
  if (/^(?:defined|understood|described|seen|characterized)$/.test(here.norm))
    return next?.norm === 'as' || next?.norm === 'by' ? at + 2 : undefined;
  if (
    /^(?:a|an|the|this|those|any|one|all|each|every|everything|anything|something|what|that|simply|just|basically|essentially|about|when|where)$/.test(
      here.norm,
    )
  )
    return at;
  return here.kind === 'word' && !FUNCTION_WORDS.has(here.norm) && !/(?:ed|ing|en)$/.test(here.norm) ? at : undefined;
}

/** The definition up to where the sentence turns to another concept; none if it speaks of both in one clause. */
function bounded({ tokens, mentions }: Sentence, mention: Mention, from: number): Definition | undefined {
  const other = mentions.find(
    (each) => each.sense.kind === 'concept' && each.concept !== mention.concept && each.first >= from,
  );
  let to = other ? other.first : tokens.length;
  if (other) while (to > from && !/^[,;]$/.test(tokens[to]!.norm)) to--;
  return to - from > 1 ? { mention, from, to } : undefined;
}

/** The mention that "What is X?" or "What does X mean?" asks for. */
function askedMention({ tokens, mentions }: Sentence): Mention | undefined {
  const [mention, ...more] = mentions;
  const begin = openingEnd(tokens);
  const opening = lineOfNorms(tokens.slice(begin, begin + 2));
  const isAsked = tokens.at(-1)?.norm === '?' && /^what (?:is|are|does|do|'s) /.test(opening);
  return isAsked &&
    more.length === 0 &&
    mention?.sense.kind === 'concept' &&
    (mention.last >= tokens.length - 4 || /^[,(–—]$/.test(tokens[mention.last + 1]?.norm ?? ''))
    ? mention
    : undefined;
}

/** An answer may begin with "It is" or be a fragment; one that begins with a name says something of its own. */
function answerStart({ tokens, mentions }: Sentence): number | undefined {
  const begins = (word: RegExp) =>
    word.test(tokens[0]?.norm ?? '') && /^(?:is|are|means|'s)$/.test(tokens[1]?.norm ?? '');
  if (begins(/^(?:it|this|that|they)$/)) return 2;
  if (/^(?:it|they)$/.test(tokens[0]?.norm ?? '')) return 1;
  return mentions[0]?.first === 0 ? undefined : 0;
}

/** A cell of a comparison table defines the concept that heads its column. */
function columnDefinition(sentences: readonly Sentence[], at: number): Definition | undefined {
  const sentence = sentences[at]!;
  const { cell } = sentence.block;
  if (!cell || cell.row === 0 || sentence.mentions.length > 0) return undefined;
  const header = headerOf(sentences, at);
  const mention = header && onlyMention(header);
  return mention && { mention, from: 0, to: sentence.tokens.length };
}

/* ---------------------------------------------------------------- cues */

/** How many sentences behind a definition go on with it, as long as they name nothing else. */
const GOING_ON = 2;

/** The cues of the sentences with which a definition goes on. */
function furtherCues(
  { to }: Definition,
  sentences: readonly Sentence[],
  at: number,
  lexicon: Lexicon,
): readonly CueMention[] {
  const { tokens, blockIndex } = sentences[at]!;
  if (tokens.slice(to).some(({ kind }) => kind === 'word')) return [];
  const found: CueMention[] = [];
  for (const next of sentences.slice(at + 1, at + 1 + GOING_ON)) {
    const isOfPersons = next.forms.some(({ norm }) => /^(?:i|we|you|he|she|our|my|your|us)$/.test(norm));
    if (next.blockIndex !== blockIndex || next.mentions.length > 0 || isOfPersons) break;
    found.push(...cuesIn(next, lexicon));
  }
  return found;
}

function judgeAll(
  definition: Definition,
  sentence: Sentence,
  further: readonly CueMention[],
  lexicon: Lexicon,
): readonly Attribution[] {
  const { concept } = definition.mention;
  const end = sentence.tokens[definition.to - 1]!.end;
  // The words of a term say nothing of it.
  const isOfTerm = (cue: CueMention) => sentence.mentions.some((mention) => overlaps(mention, cue));
  const own = cuesIn(sentence, lexicon, definition.from).filter((cue) => cue.end <= end && !isOfTerm(cue));
  if (own.length === 0 || own.length + further.length < 2) return [];
  return [...lexicon.concepts.values()]
    .filter((rival) => lexicon.confusable(concept.id, rival.id))
    .flatMap((rival) => {
      const judged = judge(definition, sentence, own, rival);
      return judged.length > 0 ? judged : judge(definition, sentence, [...own, ...further], rival);
    });
}

/** True if a definition begins behind a verb that says what something does, or "in which", so that it may tell of one case. */
function isLoose(tokens: readonly Token[], from: number): boolean {
  const [before, earlier] = [tokens[from - 1]?.norm ?? '', tokens[from - 2]?.norm ?? ''];
  return DOING.test(before) || /^(?:where|whereby)$/.test(before) || (before === 'which' && earlier === 'in');
}

const ADDING = /^(?:also|even|including)$/;

/** Two cues or more for the rival and none for the concept itself; a denied cue speaks for the other side. */
function judge(
  definition: Definition,
  sentence: Sentence,
  cues: readonly CueMention[],
  rival: Concept,
): readonly Attribution[] {
  const { mention, from, to } = definition;
  const speaksFor = (concept: Concept, other: Concept) =>
    cues.filter((cue) => (cue.concept === concept && !cue.denied) || (cue.concept === other && cue.denied));
  const against = speaksFor(rival, mention.concept);
  const inFavor = speaksFor(mention.concept, rival).filter(
    (cue) => !against.some((other) => other.start <= cue.start && cue.end <= other.end),
  );
  const distinct = against.filter(
    (cue, at) => against.findIndex((other) => other.words.join() === cue.words.join()) === at,
  );
  // How something is in a field defines the field only if all of it is the other's.
  const least = isSetting(sentence.tokens, mention) || isLoose(sentence.tokens, from) ? 3 : 2;
  if (distinct.length < least || 4 * inFavor.length > distinct.length) return [];
  // "It also applies to ..." says what it can be besides.
  if (sentence.tokens.slice(from, to).some(({ norm, start }) => ADDING.test(norm) && start < distinct[0]!.start))
    return [];
  const evidence = distinct.map(
    (cue) => `"${cue.denied ? 'no ' : ''}${cue.words.join(' ')}" speaks of the ${cue.respect} of ${rival.label}`,
  );
  const strength = distinct.length > 2 ? 'direct' : 'indirect';
  const span = { start: sentence.tokens[from]!.start, end: sentence.tokens[to - 1]!.end };
  return [{ ...span, mention, concept: mention.concept, rival, sentence, cues: distinct, strength, evidence }];
}
