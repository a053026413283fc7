import type { Attribution } from './attribution';
import type { Claim, Document } from './claim';
import { type Block, GONE } from './document';
import { articleFor, FUNCTION_WORDS, type Token } from './english';
import { formatFor } from './formats';
import type { Concept, Term } from './glossary';
import type { Group } from './line';
import { cuesIn, type Mention, type Sentence } from './mention';
import { type Ground, removed, written } from './patch';
import type { Phrase } from './phrase';
import type { Referent } from './referent';
import { covers, type Edit, type Span } from './text';

/** A titled repair. A safe one may be made without a person looking. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  readonly safe: boolean;
  /** True for the likeliest of the fixes of a finding, if any is. */
  readonly preferred: boolean;
}

/** The repairs of a place where one concept's term stands as the other's name: use the one, use the other, name both. */
export function choices(document: Document, claim: Claim): readonly Fix[] {
  // What stands in a sentence before, or makes the sentence, cannot be left out.
  const opening = claim.sentence.tokens.find((token) => token.start >= claim.start);
  if (!covers(claim.sentence, claim.from) || opening?.norm === 'what') return [];
  const trailing = trailingName(claim);
  if (trailing) return [leftOut(document, claim.sentence, trailing)];
  if (isWholeClause(claim)) return denials(claim);
  const ranked = rank(document, claim);
  const fixes = ranked.map((group) => ({
    title: `Use "${plainText(group)}" only`,
    edits: useOnly(document, claim, group),
    safe: false,
    preferred: group === ranked[0],
  }));
  const both = nameBoth(document, claim);
  if (both)
    fixes.push({
      title: `Name both: "${plainText(claim.from)} and ${plainText(claim.to)}"`,
      edits: both,
      safe: false,
      preferred: false,
    });
  return fixes;
}

/** In "IoT is a network of things, also called M2M" the name behind the definition, with its mark. */
function trailingName({ sentence: { tokens }, from, to }: Claim): Span | undefined {
  const between = tokens.filter((token) => token.start >= from.end && token.end <= to.start);
  const mark = between.findLastIndex(({ norm }) => /^[,;(–—]$/.test(norm));
  const isNaming = /^(?:also|otherwise|sometimes|often|commonly|usually|formerly|or)$/.test(
    between[mark + 1]?.norm ?? '',
  );
  if (mark < 2 || !isNaming || !/^(?:is|are|was|were|:|–|—)$/.test(between[0]!.norm)) return undefined;
  const end = between[mark]!.norm === '(' ? (bracketClose(tokens, between[mark]!) ?? to.end) : to.end;
  return { start: between[mark - 1]!.end, end };
}

function leftOut(document: Document, sentence: Sentence, span: Span): Fix {
  const title = `Leave out "${plain(sentence.block, span).trim()}"`;
  return { title, edits: removed(groundOf(document, sentence), span), safe: false, preferred: true };
}

/** "IoT is also called M2M": without the claim nothing of the clause would be left. */
function isWholeClause({ sentence: { tokens }, from, to }: Claim): boolean {
  const [first, second] = from.start < to.start ? [from, to] : [to, from];
  const isNoun = ({ kind, norm }: Token) => kind === 'word' && !FUNCTION_WORDS.has(norm);
  const behind = tokens.find((token) => token.start >= first.end && !isNoun(token));
  const end = tokens.find((token) => token.start >= second.end && !isNoun(token));
  return /^(?:is|are|was|were)$/.test(behind?.norm ?? '') && (end === undefined || /^[.!;]$/.test(end.norm));
}

/** An expansion that is the other concept's: open the acronym with its own words, or take the acronym of these words. */
export function expansionChoices(document: Document, { from, to, sentence }: Claim): readonly Fix[] {
  const fix = (group: Group, other: Group, preferred: boolean): readonly Fix[] => {
    const term = designation(other.concept, kindOf(group));
    if (!term) return [];
    const title = `Write "${term.text}" for "${plainText(group)}"`;
    const own = sentenceOf(document, group) ?? sentence;
    return [{ title, edits: replaceGroup(document, own, group, term.text), safe: false, preferred }];
  };
  return [...fix(to, from, true), ...fix(from, to, false)];
}

/** The two terms changed round, with their articles and capitals. */
export function swap(document: Document, { from, to, sentence }: Claim): Fix {
  const [one, other] = [plainText(from), plainText(to)];
  const edits = [
    ...replaceGroup(document, sentenceOf(document, from) ?? sentence, from, other),
    ...replaceGroup(document, sentenceOf(document, to) ?? sentence, to, one),
  ];
  return { title: `Change "${one}" and "${other}" round`, edits, safe: false, preferred: true };
}

/** A definition under the wrong term: put the term of the concept that it describes. */
export function attributionFixes(document: Document, { mention, rival }: Attribution): readonly Fix[] {
  const sentence = sentenceOf(document, mention);
  const term = designation(rival, mention.term.kind);
  if (!sentence || !term) return [];
  const edits = rename(document, sentence, mention, rival);
  return [{ title: `Define "${term.text}" with it`, edits, safe: false, preferred: true }];
}

/** A second name for one thing: call it as before here, or call it by one name in the whole document. */
export function driftFixes(document: Document, referent: Referent): (phrase: Phrase) => readonly Fix[] {
  const first = referent.phrases[0]!;
  const everywhere = new Map<Concept, readonly Edit[]>();
  const renamed = (concept: Concept) => {
    const edits =
      everywhere.get(concept) ?? referent.phrases.flatMap((phrase) => renamePhrase(document, phrase, concept));
    everywhere.set(concept, edits);
    return edits;
  };
  const thing = `this ${referent.head} in the whole document`;
  return (phrase) => {
    const here = renamePhrase(document, phrase, first.concept);
    const fixes: Fix[] = [
      { title: `Call it "${first.concept.label}" here too`, edits: here, safe: false, preferred: true },
    ];
    const offer = (concept: Concept) =>
      fixes.push({
        title: `Use "${concept.label}" for ${thing}`,
        edits: renamed(concept),
        safe: false,
        preferred: false,
      });
    if (renamed(first.concept).length > here.length) offer(first.concept);
    offer(phrase.concept);
    return fixes;
  };
}

function renamePhrase(document: Document, { mention, sentence, concept }: Phrase, wanted: Concept): readonly Edit[] {
  return concept === wanted ? [] : rename(document, sentence, mention, wanted);
}

/** A mention named as another concept, with its gloss if it has one: "machine-to-machine (M2M)". */
function rename(document: Document, sentence: Sentence, mention: Mention, wanted: Concept): readonly Edit[] {
  const words = designation(wanted, mention.term.kind)?.text ?? wanted.label;
  const gloss = glossOf(sentence, mention);
  if (!gloss) return rewriteSpan(document, sentence, mention, words);
  const other = designation(wanted, gloss.term.kind)?.text ?? wanted.label;
  return rewriteSpan(
    document,
    sentence,
    { start: mention.start, end: bracketEnd(sentence, gloss) },
    `${words} (${other})`,
  );
}

/** The mention of the same concept in brackets behind another one. */
function glossOf({ tokens, mentions }: Sentence, mention: Mention): Mention | undefined {
  const gloss = mentions.find((other) => other.first === mention.last + 2 && other.concept === mention.concept);
  return gloss && tokens[mention.last + 1]?.norm === '(' && tokens[gloss.last + 1]?.norm === ')' ? gloss : undefined;
}

/** What a false equation can be turned into: its denial, and a sentence that says the difference. */
export function denials(claim: Claim): readonly Fix[] {
  const { sentence } = claim;
  const fixes: Fix[] = [];
  if (isOfDialogue(sentence)) return fixes;
  const denial = denialOf(claim);
  if (denial) fixes.push({ title: 'Deny it', edits: [denial], safe: false, preferred: true });
  const { from, to } = claim;
  const said = `${from.concept.label} is ${from.concept.gist}, whereas ${to.concept.label} is ${to.concept.gist}.`;
  const text = said.charAt(0).toUpperCase() + said.slice(1);
  if (
    sentence.block.kind !== 'heading' &&
    sentence.block.kind !== 'cell' &&
    !blockText(sentence.block, sentence).includes(GONE)
  )
    fixes.push({
      title: 'Say the difference instead',
      edits: [{ start: sentence.start, end: sentence.end, text }],
      safe: false,
      preferred: !denial,
    });
  return fixes;
}

/** True of a question, and of an answer that begins with yes: what is said beside it would no longer fit. */
function isOfDialogue({ forms }: Sentence): boolean {
  const words = forms.filter(({ kind, norm }) => kind === 'word' && norm !== 'a');
  return forms.at(-1)?.norm === '?' || /^(?:yes|indeed|exactly|right|correct)$/.test(words[0]?.norm ?? '');
}

/** The difference of two concepts in one clause: "IoT is a system ..., M2M direct communication ...". */
export function difference(one: Concept, other: Concept): string {
  return `${one.label} is ${one.gist}, ${other.label} ${other.gist}`;
}

/** Another term in the place of a mention, in its number and letter case. */
export function inFormOf(mention: Mention, term: Term): string {
  const letters = mention.text.replace(/[^\p{L}]/gu, '');
  const plural = /s$/.test(mention.text) && !/s$/.test(mention.term.text) && !/s$/.test(term.text) ? 's' : '';
  const words = term.text + plural;
  if (letters.length > 1 && letters === letters.toUpperCase() && mention.term.kind !== 'acronym')
    return words.toUpperCase();
  const isCapital = /^\p{Lu}/u.test(mention.text) && !/^\p{Lu}/u.test(mention.term.text);
  return isCapital ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

/** The safe fix that writes a term as the glossary has it. */
export function writing(words: string, edits: readonly Edit[]): Fix {
  return { title: `Write "${words}"`, edits, safe: true, preferred: true };
}

/** One mention written otherwise, its article with it. */
export function rewrite(document: Document, mention: Mention, text: string): readonly Edit[] {
  const sentence = sentenceOf(document, mention);
  return sentence ? rewriteIn(document, sentence, mention, text) : [{ start: mention.start, end: mention.end, text }];
}

function rewriteIn(document: Document, sentence: Sentence, mention: Mention, text: string): readonly Edit[] {
  return rewriteSpan(document, sentence, mention, text);
}

/**
 * The form that a mention should have by the glossary, or `undefined` if it has it: letter case, hyphens, stops inside an acronym. Capitals are
 * free at the start of a sentence, in title case and where all is in capitals; a hyphen may join a spaced term that modifies a noun.
 */
export function canonicalForm(document: Document, mention: Mention): string | undefined {
  const { term, text } = mention;
  const plural =
    text.replace(/[^\p{L}\p{N}]/gu, '').length > term.text.replace(/[^\p{L}\p{N}]/gu, '').length ? 's' : '';
  const wanted = term.text + plural;
  const surface = text.replace(/[\u2010\u2011]/g, '-');
  if (surface === wanted) return undefined;
  const sentence = sentenceOf(document, mention);
  if (!sentence || sentence.block.quoted || isAllCapitals(sentence)) return undefined;
  if (
    surface === wanted.charAt(0).toUpperCase() + wanted.slice(1) &&
    sentence.tokens.find((token) => token.kind === 'word')?.start === mention.start
  )
    return undefined;
  if (term.kind === 'acronym') return wanted;
  const spaced = (form: string) => form.replaceAll('-', ' ');
  const hyphensDiffer =
    surface.includes('-') !== wanted.includes('-') ||
    (surface.match(/-/g)?.length ?? 0) !== (wanted.match(/-/g)?.length ?? 0);
  if (hyphensDiffer && (wanted.includes('-') || !modifiesNoun(sentence, mention))) return likeCase(wanted, surface);
  const folded = spaced(surface).toLowerCase() === spaced(wanted).toLowerCase();
  return folded && surface.toLowerCase() === surface && wanted !== wanted.toLowerCase() ? wanted : undefined;
}

/** The wanted form in title case if the surface is in title case, or with a capital if only its first letter is one. */
function likeCase(wanted: string, surface: string): string {
  const words = surface.split(/[-\s]+/).filter((word) => word.length > 3);
  if (words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word)) && wanted === wanted.toLowerCase())
    return wanted.replace(/\p{L}{4,}/gu, (word) => word.charAt(0).toUpperCase() + word.slice(1));
  return /^\p{Lu}/u.test(surface) ? wanted.charAt(0).toUpperCase() + wanted.slice(1) : wanted;
}

function isAllCapitals({ tokens }: Sentence): boolean {
  const words = tokens.filter((token) => token.kind === 'word' && /\p{L}{2}/u.test(token.surface));
  return words.length > 2 && words.every((word) => word.surface === word.surface.toUpperCase());
}

function modifiesNoun({ tokens }: Sentence, mention: Mention): boolean {
  const next = tokens[mention.last + 1];
  return next?.kind === 'word' && !FUNCTION_WORDS.has(next.norm);
}

/** The concept's best designation of a kind: preferred before admitted. */
export function designation(concept: Concept, kind: Term['kind']): Term | undefined {
  const usable = concept.terms.filter((term) => term.status === 'preferred' || term.status === 'admitted');
  const ofKind = usable.filter((term) => term.kind === kind);
  return ofKind.find((term) => term.status === 'preferred') ?? ofKind[0] ?? usable[0];
}

/** The words of a group as they read, without markup and outer quotation marks. */
export function plainText(group: Group): string {
  const [first, last] = [group.mentions[0]!, group.mentions.at(-1)!];
  if (group.mentions.length === 1) return withoutSentenceCapital(first);
  return group.bracketed ? `${first.text} (${last.text})` : `${first.text} ${last.text}`;
}

/** The term as it stands inside a sentence, if only the start of one gave it a capital. */
function withoutSentenceCapital({ text, term }: Mention): string {
  return text === term.text.charAt(0).toUpperCase() + term.text.slice(1) ? term.text : text;
}

/* ---------------------------------------------------------------- choosing */

/** The likelier concept first: by the characteristics named around, then by how often the document names each. */
function rank(document: Document, claim: Claim): readonly Group[] {
  const weight = (group: Group) =>
    cueWeight(document, claim.sentence, group.concept) + mentionShare(document, group.concept);
  return weight(claim.to) > weight(claim.from) ? [claim.to, claim.from] : [claim.from, claim.to];
}

/** Cues in the sentence weigh 2, in the two before and after it 1. */
function cueWeight({ sentences, lexicon }: Document, sentence: Sentence, concept: Concept): number {
  const at = indexOf(sentences, sentence);
  let weight = 0;
  for (const near of sentences.slice(Math.max(0, at - 2), at + 3)) {
    const cues = cuesIn(near, lexicon).filter((cue) => cue.concept === concept && !cue.denied).length;
    weight += near === sentence ? 2 * cues : cues;
  }
  return weight;
}

/** Below 1: it decides only where the cues do not. */
function mentionShare({ counts, mentions }: Document, concept: Concept): number {
  return (counts.get(concept) ?? 0) / (mentions.length + 1);
}

/* ---------------------------------------------------------------- edits of a compound or an apposition */

/** The apposition removed, and what is left written with the words of the group that is kept. */
function useOnly(document: Document, claim: Claim, keep: Group): readonly Edit[] {
  const { sentence, from, to } = claim;
  const ground = groundOf(document, sentence);
  const fromTail = tailEnd(sentence, from);
  const toTail = tailEnd(sentence, to);
  const ownTail = fromTail > from.end && fromTail <= to.start;
  const apposition = { start: ownTail ? fromTail : from.end, end: closing(sentence, claim, ownTail ? toTail : to.end) };
  const ownWords = keep === to && ownTail && toTail > to.end;
  const words = plainText(keep) + (ownWords ? plain(sentence.block, { start: to.end, end: toTail }) : '');
  const isAlone = !ownTail && !hasHead(sentence, apposition.end);
  const article = articleEdit(ground, sentence, { first: firstToken(sentence, from), words, isAlone });
  const edits = [...article, ...removed(ground, apposition)];
  if (keep === from) return edits;
  const target = { start: from.start, end: ownWords ? fromTail : from.end };
  return [...article, ...written(ground, target, cased(sentence, from.start, words)), ...removed(ground, apposition)];
}

/** Both named side by side, where the sentence stays correct: not before a verb in the singular. */
function nameBoth(document: Document, claim: Claim): readonly Edit[] | undefined {
  const { sentence, from, to } = claim;
  const between = sentence.tokens.filter((token) => token.start >= from.end && token.end <= to.start);
  const isJoint =
    between.length <= 3 &&
    between.every((token) => token.norm !== ',' && (token.kind !== 'word' || FUNCTION_WORDS.has(token.norm)));
  const end = closing(sentence, claim, to.end);
  const next = sentence.tokens.find((token) => token.start >= end);
  if (!isJoint || (next && SINGULAR_VERBS.has(next.norm))) return undefined;
  const ground = groundOf(document, sentence);
  const both = `${plainText(from)} and ${plainText(to)}`;
  const article = articleEdit(ground, sentence, { first: firstToken(sentence, from), words: both, isAlone: false });
  if (!blockText(sentence.block, { start: from.start, end }).includes(GONE))
    return [...article, ...written(ground, { start: from.start, end }, cased(sentence, from.start, both))];
  return [
    ...article,
    ...written(ground, { start: from.end, end: to.start }, ' and '),
    ...removed(ground, { start: to.end, end }),
  ];
}

const SINGULAR_VERBS: ReadonlySet<string> = new Set(
  "is was has does 's grows means makes needs uses gives takes comes goes remains becomes works runs relies depends connects lets enables allows helps brings offers provides covers includes changes spreads matters sells costs lives dies".split(
    ' ',
  ),
);

/** Where an apposition ends: behind its closing bracket or its second comma. */
function closing({ tokens }: Sentence, { from, to }: Claim, end: number): number {
  const opening = tokens.find(
    (token) => token.start >= from.end && token.start < to.start && /^[([,–—]$/.test(token.norm),
  );
  const next = tokens.find((token) => token.start >= end);
  if (!opening || !next) return end;
  if (/^[([]$/.test(opening.norm)) return bracketClose(tokens, opening) ?? end;
  if (opening.norm === next.norm) return next.end;
  // "X – or Y, as some call it – grows": the aside ends at the second dash.
  const dash = /^[–—]$/.test(opening.norm) && /^(?:or|,|as|if|in)$/.test(next.norm);
  const second = dash ? tokens.find((token) => token.start >= end && token.norm === opening.norm) : undefined;
  return second?.end ?? end;
}

/** Behind the bracket that closes another one. */
function bracketClose(tokens: readonly Token[], opening: Token): number | undefined {
  let depth = 0;
  for (const token of tokens.slice(tokens.indexOf(opening))) {
    if (/^[([]$/.test(token.norm)) depth++;
    if (/^[)\]]$/.test(token.norm) && --depth === 0) return token.end;
  }
  return undefined;
}

/** The end of the nouns that follow a group and belong to it. */
function tailEnd({ tokens }: Sentence, group: Group): number {
  let end = group.end;
  for (const token of tokens) {
    if (token.start < end) continue;
    if (token.kind !== 'word' || FUNCTION_WORDS.has(token.norm) || /(?:ly|ed)$/.test(token.norm)) break;
    end = token.end;
  }
  return end;
}

function firstToken({ tokens }: Sentence, span: Span): number {
  return tokens.findIndex((token) => token.start >= span.start);
}

/* ---------------------------------------------------------------- edits of one group */

function replaceGroup(document: Document, sentence: Sentence, group: Group, text: string): readonly Edit[] {
  const [first, last] = [group.mentions[0]!, group.mentions.at(-1)!];
  const span = { start: first.start, end: group.bracketed ? Math.max(last.end, bracketEnd(sentence, last)) : last.end };
  const plural = /s$/.test(last.text) && !/s$/.test(last.term.text) && !/s$/.test(text) ? 's' : '';
  return rewriteSpan(document, sentence, span, text + plural);
}

/** A span that begins with a term written anew: with its article, and with a capital at the start of a sentence. */
function rewriteSpan(document: Document, sentence: Sentence, span: Span, words: string): readonly Edit[] {
  const ground = groundOf(document, sentence);
  const article = articleEdit(ground, sentence, {
    first: firstToken(sentence, span),
    words,
    isAlone: !hasHead(sentence, span.end),
  });
  // Where an article at the start of the sentence goes, the words begin it.
  const start = article[0]?.text === '' ? Math.min(article[0].start, span.start) : span.start;
  return [...article, ...written(ground, span, cased(sentence, start, words))];
}

function bracketEnd({ tokens }: Sentence, mention: Mention): number {
  return tokens.slice(mention.last + 1, mention.last + 3).find((token) => token.norm === ')')?.end ?? mention.end;
}

function kindOf(group: Group): Term['kind'] {
  return group.mentions[0]!.term.kind;
}

/** The sentence around a place: not one around a note or a caption that the place is in. */
function sentenceOf({ sentences }: Document, span: Span): Sentence | undefined {
  const holds = (sentence: Sentence) =>
    sentence.start <= span.start && span.end <= sentence.end && plain(sentence.block, span) !== '';
  const found = sentences[indexOf(sentences, span)];
  return found && holds(found) ? found : sentences.find(holds);
}

/** Where a place is among sentences, found by halving: they are in the order of the text, but for captions inside their block. */
function indexOf(sentences: readonly Sentence[], span: Span): number {
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle]!.end < span.end) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The words with a capital if they come to begin a sentence that begins with one. */
function cased(sentence: Sentence, start: number, words: string): string {
  const first = sentence.tokens.find((token) => token.kind === 'word');
  const begins = first !== undefined && start <= first.start;
  return begins && /^\p{Lu}/u.test(first.surface) ? words.charAt(0).toUpperCase() + words.slice(1) : words;
}

interface Article {
  /** Index of the token before which it stands or is wanted. */
  readonly first: number;
  /** What it comes to stand before. */
  readonly words: string;
  /** True if no noun of its own follows the words. */
  readonly isAlone: boolean;
}

/** The article before some words, if they want another one or none: a or an, and "the" before a name that is built with "of". */
function articleEdit(ground: Ground, sentence: Sentence, { first, words, isAlone }: Article): readonly Edit[] {
  const { tokens } = sentence;
  let at = first - 1;
  while (/^["'([]$/.test(tokens[at]?.norm ?? '')) at--;
  const article: Token | undefined = tokens[at];
  const before = tokens[first];
  const wasDefinite = sentence.mentions.some((mention) => mention.first === first && IS_DEFINITE.test(mention.text));
  // "the IoT" has its article from the words that it abbreviates.
  const isArticled = sentence.mentions.some(
    ({ first: at, concept, text, term }) =>
      at === first &&
      text === term.text &&
      concept.terms.some((other) => IS_DEFINITE.test(other.text)) &&
      !concept.terms.some((other) => other.text === words),
  );
  if (article?.norm === 'the') {
    const next = tokens[at + 1];
    return isAlone && isArticled && !IS_DEFINITE.test(words) && next
      ? removed(ground, { start: article.start, end: next.start })
      : [];
  }
  if (article && /^an?$/.test(article.norm)) {
    const wanted = articleFor(words);
    if (wanted === article.norm) return [];
    return written(ground, article, /^A/.test(article.surface) ? `A${wanted.slice(1)}` : wanted);
  }
  // An entry of a list of terms is a name, no sentence.
  const isEntry = sentence.mentions.some(
    (mention) => mention.first === 0 && tokens.slice(mention.last + 1).every((token) => token.kind === 'mark'),
  );
  const isBare =
    isAlone &&
    !isEntry &&
    !wasDefinite &&
    IS_DEFINITE.test(words) &&
    before !== undefined &&
    !(article && DETERMINING.test(article.norm));
  return isBare && sentence.block.kind !== 'heading' && sentence.block.kind !== 'cell'
    ? [{ start: before.start, end: before.start, text: cased(sentence, before.start, 'the ') }]
    : [];
}

/** A name built with "of" is definite, an acronym or a bare noun is not: "the Internet of Things", but "M2M". */
const IS_DEFINITE = /^\S+ of /i;
const DETERMINING =
  /^(?:this|that|our|your|their|its|his|her|my|every|each|any|some|no|'s|for|stands|says?|called|named|term|[:=–—/-])$/;

/** True if a noun follows that the words before it modify: then an article belongs to that noun. */
function hasHead({ tokens, mentions }: Sentence, end: number): boolean {
  let at = tokens.findIndex((token) => token.start >= end);
  if (at < 0) return false;
  if (tokens[at]!.norm === '(') while (at < tokens.length && tokens[at++]!.norm !== ')');
  if (tokens[at]?.norm === '/') at = (mentions.find((mention) => mention.first >= at)?.last ?? at) + 1;
  const head = tokens[at];
  return (
    head?.kind === 'word' &&
    !FUNCTION_WORDS.has(head.norm) &&
    !SINGULAR_VERBS.has(head.norm) &&
    !/(?:ed|ly)$/.test(head.norm)
  );
}

/** The ground of a sentence's edits. */
function groundOf({ source }: Document, { block }: Sentence): Ground {
  return { source: source.text, block, format: formatFor(source) };
}

function blockText(block: Block, span: Span): string {
  return block.text.slice(span.start - block.start, span.end - block.start);
}

function plain(block: Block, span: Span): string {
  return blockText(block, span).replaceAll(GONE, '');
}

/** Where "not" or "a" makes a denial of an equation: after its verb, or in place of "no". */
function denialOf({ sentence, start, end }: Claim): Edit | undefined {
  const tokens = sentence.tokens.filter((token) => token.start >= start && token.end <= end);
  const no = tokens.findIndex((token) => token.norm === 'no' || token.norm === 'hardly');
  if (no >= 0) {
    if (tokens[no + 1]?.norm === 'any' && tokens[no + 2])
      return { start: tokens[no]!.start, end: tokens[no + 1]!.end, text: articleFor(tokens[no + 2]!.surface) };
    if (
      !/^(?:difference|distinction|real|\w+)$/.test(tokens[no + 1]?.norm ?? '') ||
      /what(?:so)?ever/.test(tokens.map((token) => token.norm).join(' '))
    )
      return undefined;
    return { start: tokens[no]!.start, end: tokens[no]!.end, text: articleFor(tokens[no + 1]!.surface) };
  }
  const verb = tokens.find((token) => /^(?:is|are|was|were|can|may|means?|denotes?)$/.test(token.norm));
  if (!verb) return undefined;
  // "We write X when we mean Y" denies nothing by "do not mean".
  const isStipulated = sentence.tokens.some(
    ({ norm, start: at }, index) => index > 0 && at < verb.start && /^(?:when|where|wherever|whenever|if)$/.test(norm),
  );
  if (isStipulated) return undefined;
  if (/^[md]e/.test(verb.norm))
    return {
      start: verb.start,
      end: verb.end,
      text: `${verb.norm.endsWith('s') ? 'does' : 'do'} not ${verb.norm.replace(/s$/, '')}`,
    };
  const next = tokens[tokens.indexOf(verb) + 1];
  if (next && /^(?:not|nothing|never|none|neither|no)$/.test(next.norm)) return undefined;
  if (verb.norm === 'can') return { start: verb.start, end: verb.end, text: 'cannot' };
  if (next && /^(?:also|just|simply|only|merely|really|basically|essentially)$/.test(next.norm))
    return { start: verb.end, end: next.end, text: ' not' };
  return { start: verb.end, end: verb.end, text: ' not' };
}
