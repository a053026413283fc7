import type { Concept } from './glossary';
import type { Lexicon } from './lexicon';
import { type CueMention, cuesIn, type Mention, type Sentence } from './mention';
import type { Span } from './text';

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

/** Every definition in the characteristics of a confusable concept, in the order of the text. */
export function readAttributions(sentences: readonly Sentence[], lexicon: Lexicon): readonly Attribution[] {
  return sentences.flatMap((sentence) => {
    const definition = definitionIn(sentence);
    if (!definition) return [];
    const { concept } = definition.mention;
    const cues = cuesIn(sentence, lexicon, definition.from);
    return [...lexicon.concepts.values()].filter((rival) => lexicon.confusable(concept.id, rival.id))
      .flatMap((rival) => judge(definition, sentence, cues, rival));
  });
}

/* ---------------------------------------------------------------- definitions */

interface Definition {
  readonly mention: Mention;
  /** The token at which what is said of the concept begins. */
  readonly from: number;
}

const DEFINING = /^(?:means|denotes|describes|designates|signifies|comprises)$/;

/**
 * A sentence that says what a concept is: "X is a ...", "X refers to ...", "X, by which we mean ...", or an entry "X – ...". The term has no
 * noun behind it, and what is said mentions no other concept, asks nothing and denies nothing.
 */
function definitionIn(sentence: Sentence): Definition | undefined {
  const meant = sentence.mentions.filter((mention) => mention.sense.kind === 'concept');
  if (meant.length === 0 || sentence.tokens.at(-1)?.norm === '?' || sentence.block.kind === 'heading') return undefined;
  for (const mention of meant) {
    const from = definitionStart(sentence, mention);
    const rest = meant.filter((other) => other.start > mention.start);
    if (from !== undefined && rest.every((other) => other.concept === mention.concept)) return { mention, from };
  }
  return undefined;
}

function definitionStart({ tokens }: Sentence, mention: Mention): number | undefined {
  let at = mention.last + 1;
  const norm = (index: number) => tokens[index]?.norm ?? '';
  if (norm(at) === '(') while (at < tokens.length && norm(at++) !== ')');
  while (/^["',)]$/.test(norm(at))) at++;
  const opens = mention.first <= 2;
  if (opens && /^[–—:-]$/.test(norm(at))) return at + 1;
  if (norm(at) === 'by' && norm(at + 1) === 'which') return at + 4;
  if (/^(?:is|are)$/.test(norm(at)) && /^(?:a|an|the|any|one|simply|just|basically|essentially|about|when|where)$/.test(norm(at + 1))) return at + 1;
  if (/^(?:refers|refer|relates)$/.test(norm(at)) && norm(at + 1) === 'to') return at + 2;
  if (norm(at) === 'is' && /^(?:defined|understood|described)$/.test(norm(at + 1))) return at + 2;
  return DEFINING.test(norm(at)) ? at + 1 : undefined;
}

/* ---------------------------------------------------------------- cues */

/** Two cues or more for the rival and none for the concept itself; a denied cue speaks for the other side. */
function judge(definition: Definition, sentence: Sentence, cues: readonly CueMention[], rival: Concept): readonly Attribution[] {
  const { mention, from } = definition;
  const speaksFor = (concept: Concept, other: Concept) => cues.filter((cue) => (cue.concept === concept && !cue.denied) || (cue.concept === other && cue.denied));
  const against = speaksFor(rival, mention.concept);
  const inFavor = speaksFor(mention.concept, rival);
  const distinct = against.filter((cue, at) => against.findIndex((other) => other.words.join() === cue.words.join()) === at && !inFavor.some((other) => other.start < cue.end && cue.start < other.end));
  if (distinct.length < 2 || inFavor.length > 0) return [];
  const evidence = distinct.map((cue) => `"${cue.denied ? 'no ' : ''}${cue.words.join(' ')}" speaks of the ${cue.respect} of ${rival.label}`);
  const strength = distinct.length > 2 ? 'direct' : 'indirect';
  const start = sentence.tokens[Math.min(from, sentence.tokens.length - 1)]!.start;
  return [{ start, end: sentence.end, mention, concept: mention.concept, rival, sentence, cues: distinct, strength, evidence }];
}
