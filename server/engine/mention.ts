import type { Block } from './document';
import { type Form, FUNCTION_WORDS, IMMATERIAL, sentenceSpans, singular, type Token, tokenize } from './english';
import type { Concept, OtherSense, Term } from './glossary';
import { type Cue, type Entry, type Lexicon, marksAround, type Node, type SenseCue } from './lexicon';
import type { Span } from './text';

/** What a mention means: the concept, a proper name that contains the term, or another sense of the term. */
export type Sense =
  | { readonly kind: 'concept' }
  /** `known` names stand in the glossary; the others were recognized by their capitals. */
  | { readonly kind: 'name'; readonly name: string; readonly known: boolean; readonly evidence: string }
  | { readonly kind: 'other'; readonly label: string; readonly evidence: string };

/** A span of text that uses a term. */
export interface Mention extends Span {
  readonly term: Term;
  readonly concept: Concept;
  readonly sense: Sense;
  /** The words as they stand in the source, without markup. */
  readonly text: string;
  /** The tokens of its sentence that it covers: `[first, last]`. */
  readonly first: number;
  readonly last: number;
}

/** A sentence of a block, with its words and with what it mentions in the order of the text. */
export interface Sentence extends Span {
  /** The same object as long as the sentence stays the same from version to version, wherever it stands. */
  readonly identity: object;
  readonly block: Block;
  /** Index of the block in the document. */
  readonly blockIndex: number;
  /** Spans of tokens are offsets into the source. */
  readonly tokens: readonly Token[];
  /** The same without their places: the same array as long as the sentence stays the same. */
  readonly forms: readonly Form[];
  readonly mentions: readonly Mention[];
}

/** The most that may stand between a term and its meaning: line ends, indentation, and tags such as `</term><listitem><para>`. */
const LONGEST_GAP = 40;

/** True if the second sentence says what the first, which is only a term, means: a row of a table, a definition list, a heading and its text. */
export function isEntry(head: Sentence, text: Sentence): boolean {
  const [a, b] = [head.block, text.block];
  if (a === b) return false;
  if (a.cell && b.cell)
    return (
      a.cell.table === b.cell.table &&
      a.cell.row === b.cell.row &&
      a.cell.row > 0 &&
      b.cell.column === a.cell.column + 1
    );
  if (a.kind === 'heading') return b.kind === 'paragraph' && (a.level ?? 1) > 1;
  return a.kind === 'paragraph' && b.kind === 'item' && b.start - a.end <= LONGEST_GAP;
}

/** How many sentences an item may have before the next one of its list. */
const LONGEST_ITEM = 3;

/** True of the first of several items behind a question: they are choices and no answers. */
export function isChoice(sentences: readonly Sentence[], at: number): boolean {
  const { block, blockIndex } = sentences[at]!;
  if (block.kind !== 'item' || sentences[at - 1]?.forms.at(-1)?.norm !== '?') return false;
  const next = sentences.slice(at + 1, at + 1 + LONGEST_ITEM).find((sentence) => sentence.blockIndex !== blockIndex);
  return next?.block.kind === 'item';
}

/** How many sentences stand no further on than a sentence of the same document. */
export function countUpTo(sentences: readonly Sentence[], { blockIndex, start }: Sentence): number {
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sentences[middle]!;
    if (other.blockIndex < blockIndex || (other.blockIndex === blockIndex && other.start <= start)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Index of a sentence among all of its document. */
export function placeOf(sentences: readonly Sentence[], sentence: Sentence): number {
  return countUpTo(sentences, sentence) - 1;
}

/** How many sentences may stand between those of a table that are in no cell of their own: captions and lists within cells. */
const MOST_BETWEEN = 8;

/** Indices of the sentences in the row of a table that a sentence stands in. */
export function rowAround(sentences: readonly Sentence[], sentence: Sentence): readonly number[] {
  const { cell } = sentence.block;
  const isOfRow = (at: number) =>
    sentences[at]?.block.cell?.table === cell?.table && sentences[at]?.block.cell?.row === cell?.row;
  const next = (at: number, step: 1 | -1) => {
    for (let off = 1; off <= MOST_BETWEEN; off++) if (isOfRow(at + off * step)) return at + off * step;
    return undefined;
  };
  let first = placeOf(sentences, sentence);
  for (let at: number | undefined = first; at !== undefined; at = next(at, -1)) first = at;
  const row: number[] = [];
  for (let at: number | undefined = first; at !== undefined; at = next(at, 1)) row.push(at);
  return row;
}

/** The header of the column that a cell stands in. */
export function headerOf(sentences: readonly Sentence[], at: number): Sentence | undefined {
  const { cell } = sentences[at]!.block;
  if (!cell) return undefined;
  let header: Sentence | undefined;
  for (let next = tableStart(sentences, at); next < at && sentences[next]!.block.cell?.row === 0; next++)
    if (sentences[next]!.block.cell!.column === cell.column) header = sentences[next];
  return header;
}

/** The first sentence of the table that a cell stands in: looked for in steps that double, and then by halving. */
function tableStart(sentences: readonly Sentence[], at: number): number {
  const { table } = sentences[at]!.block.cell!;
  const isOfTable = (index: number) => {
    let at = index;
    while (at > index - MOST_BETWEEN && at >= 0 && !sentences[at]!.block.cell) at--;
    return sentences[at]?.block.cell?.table === table;
  };
  let step = 1;
  while (isOfTable(at - step)) step *= 2;
  let [outside, inside] = [Math.max(-1, at - step), at - (step >> 1)];
  while (inside - outside > 1) {
    const middle = (outside + inside) >> 1;
    if (isOfTable(middle)) inside = middle;
    else outside = middle;
  }
  return inside;
}

/** The mention of the one concept that is all that a sentence says, but for articles, marks and the number before a title. */
export function onlyMention({ mentions, tokens }: Sentence): Mention | undefined {
  const [mention] = mentions;
  if (!mention || mentions.some((other) => other.sense.kind !== 'concept' || other.concept !== mention.concept))
    return undefined;
  const isSilent = (token: Token, at: number) =>
    token.kind === 'mark' || FUNCTION_WORDS.has(token.norm) || (at < mention.first && /^\d{1,2}$/.test(token.norm));
  const isMentioned = (at: number) => mentions.some((each) => each.first <= at && at <= each.last);
  return tokens.every((token, at) => isMentioned(at) || isSilent(token, at)) ? mention : undefined;
}

/** A run of tokens that may be a mention. */
interface Candidate {
  readonly first: number;
  readonly last: number;
  readonly entries: readonly Entry[];
}

/** The sentences of each block of a version of a document: what the next version need not read again. */
export interface SentenceMemory {
  readonly blocks: readonly Block[];
  readonly sentences: readonly (readonly LazySentence[])[];
}

/**
 * The sentences of all blocks; senses are decided from the evidence of the whole document. `memory` comes from an earlier version that was
 * read with the same lexicon.
 */
export function readSentences(
  blocks: readonly Block[],
  lexicon: Lexicon,
  memory: SentenceMemory = { blocks: [], sentences: [] },
): { sentences: readonly Sentence[]; memory: SentenceMemory } {
  const knownAt = matching(blocks, memory.blocks);
  const drafts: LazySentence[] = [];
  const sentences = blocks.map((block, at) => {
    const known = memory.sentences[knownAt(at) ?? -1];
    const read = known ? placed(known, block, at) : readBlock(block, at, lexicon);
    for (const sentence of read) drafts.push(sentence);
    return read;
  });
  return { sentences: decideSenses(drafts), memory: { blocks, sentences } };
}

/** For the index of a block, that of one of the same kind and text in the version before: the same from the start, from the end, or any other. */
function matching(blocks: readonly Block[], before: readonly Block[]): (at: number) => number | undefined {
  const isSame = (at: number, then: number) =>
    blocks[at]!.kind === before[then]!.kind && blocks[at]!.text === before[then]!.text;
  const shorter = Math.min(blocks.length, before.length);
  const shift = blocks.length - before.length;
  let first = 0;
  while (first < shorter && isSame(first, first)) first++;
  let last = blocks.length;
  while (last > first && last - shift > first && isSame(last - 1, last - 1 - shift)) last--;
  const keyOf = ({ kind, text }: Block) => `${kind} ${text}`;
  const others = new Map<string, number>();
  for (let then = first; then < last - shift; then++) others.set(keyOf(before[then]!), then);
  const other = (at: number) => (others.size > 0 ? others.get(keyOf(blocks[at]!)) : undefined);
  return (at) => (at < first ? at : at >= last ? at - shift : other(at));
}

/** The sentences of a block of the same text at its place. */
function placed(sentences: readonly LazySentence[], block: Block, blockIndex: number): readonly LazySentence[] {
  const [first] = sentences;
  if (!first || (first.block === block && first.blockIndex === blockIndex)) return sentences;
  return sentences.map((sentence) => sentence.movedTo(block, blockIndex));
}

function readBlock(block: Block, blockIndex: number, lexicon: Lexicon): readonly LazySentence[] {
  const mentioning = lexicon.mayMention(block.text);
  const cueing = lexicon.mayCueSense(block.text);
  return sentenceSpans(block.text).map((span) => {
    const draft = new LazySentence(block, blockIndex, span, NOTHING, {});
    const text = block.text.slice(span.start, span.end);
    const { mentions, spelledOut } =
      mentioning && lexicon.mayMention(text) ? mentionsIn(draft.tokens, lexicon) : NOTHING;
    const senseCues = cueing && lexicon.mayCueSense(text) ? senseCuesIn(draft.tokens, lexicon) : NOTHING.senseCues;
    if (mentions.length + senseCues.length === 0) return draft;
    const found = draft.having({ mentions, spelledOut, senseCues });
    const named = mentions.map((mention) => ({ ...mention, sense: nameSense(mention, found) ?? mention.sense }));
    return found.having({ ...found.scan, mentions: named });
  });
}

/** What was found in a sentence by itself. */
interface Scan {
  readonly mentions: readonly Mention[];
  /** Other senses that it spells out beside a term. */
  readonly spelledOut: readonly OtherSense[];
  /** Cues of other senses. */
  readonly senseCues: readonly SenseCue[];
}

const NOTHING: Scan = { mentions: [], spelledOut: [], senseCues: [] };

/** A sentence whose words are not looked at before someone asks for them: most sentences mention nothing. */
export class LazySentence implements Sentence {
  readonly start: number;
  readonly end: number;
  #tokens: readonly Token[] | undefined;
  /** The sentence of an earlier version whose words these are, at another place, as long as the own ones are not known. */
  #earlier: LazySentence | undefined;
  #forms: readonly Form[] | undefined;

  constructor(
    readonly block: Block,
    readonly blockIndex: number,
    private readonly span: Span,
    readonly scan: Scan,
    readonly identity: object,
  ) {
    this.start = block.start + span.start;
    this.end = block.start + span.end;
  }

  get mentions(): readonly Mention[] {
    return this.scan.mentions;
  }

  get forms(): readonly Form[] {
    this.#forms ??= this.#earlier?.forms ?? this.tokens;
    return this.#forms;
  }

  get tokens(): readonly Token[] {
    this.#tokens ??= this.#read();
    return this.#tokens;
  }

  #read(): readonly Token[] {
    const earlier = this.#earlier;
    if (!earlier) return tokenize(this.block.text.slice(this.span.start, this.span.end), this.start);
    this.#forms ??= earlier.forms;
    this.#earlier = undefined; // Versions must not hold each other.
    return earlier.tokens.map((token) => movedToken(token, this.start - earlier.start));
  }

  /** The same sentence with other finds. */
  having(scan: Scan): LazySentence {
    return this.#withWords(new LazySentence(this.block, this.blockIndex, this.span, scan, this.identity));
  }

  /** The same sentence in a block of the same text at another place. */
  movedTo(block: Block, blockIndex: number): LazySentence {
    const by = block.start - this.block.start;
    const { span, scan, identity } = this;
    const isSame = by === 0 || scan.mentions.length === 0;
    const found = isSame ? scan : { ...scan, mentions: scan.mentions.map((mention) => movedMention(mention, by)) };
    return this.#withWords(new LazySentence(block, blockIndex, span, found, identity));
  }

  /** Gives another sentence of the same text the words of this one. */
  #withWords(other: LazySentence): LazySentence {
    if (other.start === this.start) other.#tokens = this.#tokens;
    other.#forms = this.#forms;
    other.#earlier = other.#tokens ? undefined : this.#tokens ? this : this.#earlier;
    return other;
  }
}

/** The same span `by` code units further on. */
export function moved<T extends Span>(span: T, by: number): T {
  return { ...span, start: span.start + by, end: span.end + by };
}

// Objects of one shape are copied much faster than those of any.
function movedMention(mention: Mention, by: number): Mention {
  return { ...mention, start: mention.start + by, end: mention.end + by };
}

function movedToken(token: Token, by: number): Token {
  return { ...token, start: token.start + by, end: token.end + by };
}

function mentionsIn(tokens: readonly Token[], lexicon: Lexicon): Omit<Scan, 'senseCues'> {
  const mentions: Mention[] = [];
  const spelledOut: OtherSense[] = [];
  for (const candidate of candidatesIn(tokens, lexicon.root)) {
    for (const entry of candidate.entries)
      if (entry.kind === 'sense' && isBesideTerm(candidate, tokens, entry.concept)) spelledOut.push(entry.sense);
    const mention = mentionOf(candidate, tokens);
    if (mention) mentions.push(mention);
  }
  return { mentions, spelledOut };
}

function senseCuesIn(tokens: readonly Token[], lexicon: Lexicon): readonly SenseCue[] {
  const found = new Set<SenseCue>();
  tokens.forEach((token, at) => {
    for (const cue of lexicon.senseCuesAt(token.norm))
      if (phraseAt(tokens, at, cue.words) !== undefined) found.add(cue);
  });
  return [...found];
}

/** True if a term of the concept and the words are each other's gloss: "many-to-many (M2M)". */
function isBesideTerm({ first, last }: Candidate, tokens: readonly Token[], concept: Concept): boolean {
  const isMark = (at: number) => /^[(:=,–—]$/.test(tokens[at]?.norm ?? '');
  const beside = tokens[last + 1]?.norm === '(' ? tokens[last + 2] : isMark(first - 1) ? tokens[first - 2] : undefined;
  return beside !== undefined && concept.terms.some((term) => term.text.toLowerCase() === beside.norm);
}

/** The longest matches, from left to right. */
function candidatesIn(tokens: readonly Token[], root: Node): readonly Candidate[] {
  const found: Candidate[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]!.kind !== 'word') continue;
    const candidate = longestMatch(tokens, at, root);
    if (!candidate) continue;
    found.push(candidate);
    at = candidate.last;
  }
  return found;
}

function longestMatch(tokens: readonly Token[], first: number, root: Node): Candidate | undefined {
  let longest: Candidate | undefined;
  let node: Node | undefined = root;
  let at = first;
  while (node && at < tokens.length) {
    const ending = node;
    const token = tokens[at]!;
    const entries = [...(node.next.get(token.norm)?.entries ?? []), ...pluralEntries(ending, token.norm)].filter(
      (entry) => fits(entry, tokens, first, at),
    );
    if (entries.length > 0) longest = withMarks({ first, last: at, entries }, tokens);
    node = node.next.get(token.norm);
    at++;
    while (node && at < tokens.length && isJoiner(tokens[at]!)) at++;
    if (tokens[at]?.kind !== 'word') break;
  }
  return longest;
}

/** A candidate with the marks that belong to its term: the stop of ".NET", the last one of "I.o.T." within a sentence. */
function withMarks({ first, last, entries }: Candidate, tokens: readonly Token[]): Candidate {
  const { marks } = entries[0]!;
  const isSpelled = entries.every((entry) => entry.kind === 'term' && entry.spelled);
  if (isSpelled) return { first, last: hasFinalStop(tokens, first, last) ? last + 1 : last, entries };
  return { first: first - marks[0]!.length, last: last + marks.at(-1)!.length, entries };
}

function hasFinalStop(tokens: readonly Token[], first: number, last: number): boolean {
  const stop = tokens[last + 1];
  const isStopped = last > first && tokens[last - 1]!.norm === '.';
  return isStopped && stop?.norm === '.' && !stop.spaced && tokens[last + 2] !== undefined;
}

function pluralEntries(node: Node, norm: string): readonly Entry[] {
  if (norm.length < 3 || !norm.endsWith('s')) return [];
  const singulars = [norm.slice(0, -1), norm.slice(0, -2), `${norm.slice(0, -3)}y`];
  const found = singulars.filter((_, at) => at === 0 || (at === 1 ? /(?:s|x|z|ch|sh)es$/ : /ies$/).test(norm));
  return found.flatMap((each) => node.next.get(each)?.entries ?? []);
}

function isJoiner(token: Token): boolean {
  return token.kind === 'mark' && (token.norm === '-' || !token.spaced);
}

/** Whether the marks, the gaps between the words and the letter case are those that the entry allows. */
function fits(entry: Entry, tokens: readonly Token[], first: number, last: number): boolean {
  if (entry.kind === 'term' && entry.spelled) return isSpelledOut(tokens, first, last);
  if (entry.kind === 'name' && !isSpelledAsName(entry.name, tokens, first, last)) return false;
  for (let at = first; at < last; at++)
    if (tokens[at + 1]!.norm === '-' && tokens[at + 1]!.spaced && tokens[at + 2]?.spaced) return false;
  const [lead = '', ...others] = entry.marks;
  const tail = others.at(-1) ?? '';
  const inside = marksAround(tokens.slice(first, last + 1)).slice(1, -1);
  if (inside.join(' ') !== others.slice(0, -1).join(' ')) return false;
  if (!isMarked(tokens, first - lead.length, lead) || !isMarked(tokens, last + 1, tail)) return false;
  if (entry.kind !== 'term') return true;
  const isWord = FUNCTION_WORDS.has(entry.term.text.toLowerCase());
  return (
    (entry.term.match === 'folded' && !isWord) ||
    surfaceOf(tokens, first - lead.length, last).startsWith(
      entry.term.text.slice(0, entry.term.text.length - tail.length),
    )
  );
}

/** "I.o.T.", "M-2-M": a mark and no space between all letters. */
function isSpelledOut(tokens: readonly Token[], first: number, last: number): boolean {
  for (let at = first; at < last; at++) {
    const [here, next] = [tokens[at]!, tokens[at + 1]!];
    if (next.spaced || (here.kind === 'word') === (next.kind === 'word') || !/^[-.]$|^[\p{L}\p{N}]$/u.test(next.norm))
      return false;
  }
  return true;
}

/** True if these marks stand from a token on, with no space inside the term. */
function isMarked(tokens: readonly Token[], from: number, marks: string): boolean {
  if (from < 0) return marks === '';
  return [...marks].every((mark, at) => tokens[from + at]?.norm === mark && (at === 0 || !tokens[from + at]!.spaced));
}

function surfaceOf(tokens: readonly Token[], first: number, last: number): string {
  let surface = '';
  for (let at = first; at <= last; at++) surface += (at > first && tokens[at]!.spaced ? ' ' : '') + tokens[at]!.surface;
  return surface;
}

function mentionOf({ first, last, entries }: Candidate, tokens: readonly Token[]): Mention | undefined {
  if (isIdentifier(tokens, first, last)) return undefined;
  const text = surfaceOf(tokens, first, last);
  const meaning = meaningOf(entries, text);
  if (!meaning || (meaning.sense.kind === 'concept' && isFromTo(tokens, first, last))) return undefined;
  const { term, concept, sense } = meaning;
  return { start: tokens[first]!.start, end: tokens[last]!.end, term, concept, sense, text, first, last };
}

/** What a text means that all the entries stand for: a name before a term, and a term before another sense. */
function meaningOf(entries: readonly Entry[], text: string): Pick<Mention, 'term' | 'concept' | 'sense'> | undefined {
  const name = entries.find((entry) => entry.kind === 'name');
  if (name) {
    const evidence = `"${text}" is a proper name of the glossary`;
    const sense: Sense = { kind: 'name', name: name.name, known: true, evidence };
    return { term: name.concept.terms[0]!, concept: name.concept, sense };
  }
  const term = entries.find((entry) => entry.kind === 'term');
  if (term) return { term: term.term, concept: term.concept, sense: { kind: 'concept' } };
  const other = entries.find((entry) => entry.kind === 'sense');
  if (!other) return undefined;
  const evidence = `"${text}" is spelled out here`;
  const sense: Sense = { kind: 'other', label: other.sense.label, evidence };
  return { term: other.concept.terms[0]!, concept: other.concept, sense };
}

/** False of "lightweight M2M" for the name "Lightweight M2M": a word has lost its capital while others have theirs. */
function isSpelledAsName(name: string, tokens: readonly Token[], first: number, last: number): boolean {
  const written = surfaceOf(tokens, first, last);
  if (written === written.toLowerCase()) return true;
  const words = written.split(/[^\p{L}\p{N}]+/u);
  const capitals = name.split(/[^\p{L}\p{N}]+/u).filter((word) => /^\p{Lu}\p{Ll}+$/u.test(word));
  return capitals.every((capital) => !words.includes(capital.toLowerCase()));
}

/** Words behind which "from machine-to-machine" is no way. */
const TELLING =
  /^(?:differ(?:s|ed|ent)?|apart|distinct|distinguish(?:es|ed)?|separated?|evolved|derived|emerged|descended|arose)$/;

/** "from machine to machine" says where something goes and names no concept. */
function isFromTo(tokens: readonly Token[], first: number, last: number): boolean {
  const isTold = tokens[first + 1]?.norm === '-' && TELLING.test(tokens[first - 2]?.norm ?? '');
  const isFrom = tokens[first - 1]?.norm === 'from' && !isTold;
  return last > first && isFrom && tokens[first]!.norm === tokens[last]!.norm;
}

/** True inside a file name, domain, path or identifier that the format did not mark as code. */
function isIdentifier(tokens: readonly Token[], first: number, last: number): boolean {
  const before = tokens[first]!.spaced ? undefined : tokens[first - 1];
  const after = tokens[last + 1]?.spaced ? undefined : tokens[last + 1];
  const beyond = tokens[last + 2]?.spaced ? undefined : tokens[last + 2];
  if (before && '_@\\$~=.%'.includes(before.norm)) return before.norm !== '.' || first > 1;
  if (before?.norm === '-' && (before.spaced || tokens[first - 2]?.norm === '-')) return true; // An option: "--iot".
  if (after?.norm === ':' && beyond?.kind === 'word') return true; // A key or a scope: "iot:read".
  if (after && '_@\\=('.includes(after.norm) && after.norm !== '(') return true;
  if (after?.norm === '(' && beyond?.norm === ')') return true;
  if (after?.norm === '.' && beyond?.kind === 'word') return !/^\p{Lu}/u.test(beyond.surface);
  const surface = surfaceOf(tokens, first, last);
  if (before?.norm === '#' && surface === surface.toLowerCase()) return true;
  const isModel = after?.norm === '-' && beyond?.kind === 'word' && /\d/.test(beyond.norm);
  if (isModel && (surface === surface.toUpperCase() || surface === surface.toLowerCase()) && /\p{L}{2}/u.test(surface))
    return true; // IOT-2050
  return isCompound(tokens, first, last);
}

/** A path, the name of a file, or an identifier in lower case (`docs/iot/index`, `iot-gw-01`, `my-iot-app`) around the tokens. */
function isCompound(tokens: readonly Token[], first: number, last: number): boolean {
  let [from, to] = [first, last];
  while (from > 0 && !tokens[from]!.spaced) from--;
  while (to + 1 < tokens.length && !tokens[to + 1]!.spaced) to++;
  const run = surfaceOf(tokens, from, to).replace(/[),.;:!?'"]+$/, '');
  // A path or the name of a file, whatever its letter case: "~/IOT/x", "iot/m2m.txt", "@acme/iot".
  if (/^(?:\.{0,2}|~|@[\w-]+)\/\S/.test(run) || (/[-/]/.test(run) && /\.[a-z][a-z\d]{0,4}$/.test(run))) return true;
  if (run !== run.toLowerCase()) return false;
  if (/^[./~]|\/\/|\/$/.test(run)) return true;
  const segments = run.split(/[-/_]/);
  const isWithin =
    tokens[first - 1]?.norm === '-' && tokens[last + 1]?.norm === '-' && !/^non-|-(?:to|and|or)-/.test(run);
  return (
    (run.includes('/') && segments.length > 2) ||
    ((/-\d+$|^\w+-\w+-\w+-\w+/.test(run) || isWithin) && !/-to-/.test(run))
  );
}

/* ---------------------------------------------------------------- senses */

/** Evidence for another sense, from a document. */
interface SenseEvidence {
  readonly sense: OtherSense;
  /** The cues in each sentence and in each section that has any, and in the document. */
  readonly where: Map<Sentence, readonly SenseCue[]>;
  readonly inSection: Map<number, Set<SenseCue>>;
  readonly found: Set<SenseCue>;
  /** True if the document opens the term as this sense. */
  isSpelledOut: boolean;
}

/** What a mention stands in, as evidence for its sense. */
interface Surroundings {
  readonly section: number;
  readonly evidence: ReadonlyMap<OtherSense, SenseEvidence>;
  /** The nouns behind the mentions of each concept. */
  readonly nouns: ReadonlyMap<Concept, ReadonlySet<string>>;
}

function decideSenses(drafts: readonly LazySentence[]): readonly Sentence[] {
  if (!drafts.some(({ scan }) => scan.senseCues.length + scan.spelledOut.length > 0)) return drafts;
  const sections = sectionsOf(drafts);
  const evidence = gather(drafts, sections);
  const nouns = nounsBehind(drafts);
  return drafts.map((sentence, at) => {
    if (sentence.mentions.length === 0) return sentence;
    let changed = false;
    const mentions = sentence.mentions.map((mention): Mention => {
      if (isSettled(mention)) return mention;
      const sense = otherSense(mention, sentence, { section: sections[at]!, evidence, nouns });
      changed ||= sense !== undefined;
      return sense ? { ...mention, sense } : mention;
    });
    return changed ? sentence.having({ ...sentence.scan, mentions }) : sentence;
  });
}

/** True if the sense of a mention needs no evidence: it is a name of the glossary, or spelled out. */
function isSettled({ sense }: Mention): boolean {
  return sense.kind === 'other' || (sense.kind === 'name' && sense.known);
}

/** The cues of each sense, and where they stand. */
function gather(drafts: readonly LazySentence[], sections: readonly number[]): ReadonlyMap<OtherSense, SenseEvidence> {
  const all = new Map<OtherSense, SenseEvidence>();
  const evidenceFor = (sense: OtherSense) => {
    const known = all.get(sense) ?? {
      sense,
      where: new Map(),
      inSection: new Map(),
      found: new Set(),
      isSpelledOut: false,
    };
    all.set(sense, known);
    return known;
  };
  for (const [at, sentence] of drafts.entries()) {
    for (const sense of sentence.scan.spelledOut) evidenceFor(sense).isSpelledOut = true;
    for (const cue of sentence.scan.senseCues) {
      const { where, inSection, found } = evidenceFor(cue.sense);
      found.add(cue);
      where.set(sentence, [...(where.get(sentence) ?? []), cue]);
      inSection.set(sections[at]!, (inSection.get(sections[at]!) ?? new Set()).add(cue));
    }
  }
  return all;
}

/** The number of the section that each sentence stands in, from a heading to the next. */
function sectionsOf(drafts: readonly Sentence[]): readonly number[] {
  let current = 0;
  let lastBlock = -1;
  return drafts.map(({ block, blockIndex }) => {
    if (block.kind === 'heading' && blockIndex !== lastBlock) current++;
    lastBlock = blockIndex;
    return current;
  });
}

/** Evidence weighs 3 or more: a cue in the sentence 2, in the section 1, in the document a half, the sense spelled out 3. */
function otherSense(
  mention: Mention,
  sentence: Sentence,
  { section, evidence, nouns }: Surroundings,
): Sense | undefined {
  const gloss = glossOf(mention, sentence);
  if (gloss) return gloss.sense;
  for (const sense of mention.concept.senses) {
    const gathered = evidence.get(sense);
    if (!gathered) continue;
    const { where, inSection, found, isSpelledOut } = gathered;
    const here = where.get(sentence) ?? [];
    const around = inSection.get(section);
    const near = around ? around.size - here.length : 0;
    const weight = 2 * here.length + Math.min(3, near) + Math.min(2, found.size / 2) + (isSpelledOut ? 3 : 0);
    if (weight - ownEvidence(mention, sentence, nouns) < 3) continue;
    if (sense.spelling !== undefined && mention.text.replace(/s$/, '') !== sense.spelling) continue;
    const words = [...new Set([...here, ...(around ?? [])])].map((cue) => `"${cue.words.join(' ')}"`).slice(0, 3);
    const reason =
      words.length > 0
        ? `near ${words.join(', ')}`
        : isSpelledOut
          ? 'it is spelled out in this document'
          : 'the words of the document';
    return { kind: 'other', label: sense.label, evidence: `"${mention.text}" means ${sense.label} here: ${reason}` };
  }
  return undefined;
}

/** The words of another sense in brackets behind the term, or before it in brackets: "M2M (month-to-month)". */
function glossOf({ first, last, concept }: Mention, { forms, mentions }: Sentence): Mention | undefined {
  if (mentions.length === 1) return undefined;
  const [behind, before] = [forms[last + 1]?.norm === '(', forms[first - 1]?.norm === '('];
  if (!behind && !before) return undefined;
  return mentions.find(
    (other) =>
      other.sense.kind === 'other' &&
      other.concept === concept &&
      ((behind && other.first === last + 2) || (before && other.last === first - 2)),
  );
}

/** What speaks for the concept itself: a rival concept in the same sentence, or a noun that a rival has behind it too. */
function ownEvidence(mention: Mention, sentence: Sentence, nouns: Surroundings['nouns']): number {
  const rival = sentence.mentions.some((other) => other.concept !== mention.concept && other.sense.kind === 'concept');
  const noun = nounBehind(mention, sentence);
  const isShared =
    noun !== undefined && [...nouns].some(([concept, own]) => concept !== mention.concept && own.has(noun));
  return (rival ? 2 : 0) + (isShared ? 2 : 0);
}

/** The word behind a mention that can be its noun, in the singular. */
function nounBehind({ last }: Mention, { forms }: Sentence): string | undefined {
  const next = forms[last + 1];
  return next?.kind === 'word' && !FUNCTION_WORDS.has(next.norm) ? singular(next.norm) : undefined;
}

function nounsBehind(drafts: readonly LazySentence[]): Surroundings['nouns'] {
  const nouns = new Map<Concept, Set<string>>();
  for (const sentence of drafts)
    for (const mention of sentence.mentions) {
      const noun = mention.sense.kind === 'concept' ? nounBehind(mention, sentence) : undefined;
      if (noun !== undefined) nouns.set(mention.concept, (nouns.get(mention.concept) ?? new Set()).add(noun));
    }
  return nouns;
}

export function hasPhrase(tokens: readonly Token[], words: readonly string[]): boolean {
  if (words.length === 0) return false;
  for (let at = 0; at < tokens.length; at++) if (phraseAt(tokens, at, words) !== undefined) return true;
  return false;
}

/** The index behind a phrase that begins at a token, or `undefined`. Hyphens, determiners and a plural s make no difference. */
export function phraseAt(tokens: readonly Token[], start: number, words: readonly string[]): number | undefined {
  let at = start;
  for (const word of words) {
    while (at > start && at < tokens.length && tokens[at]!.norm !== word && isSkipped(tokens[at]!.norm)) at++;
    const norm = tokens[at]?.norm;
    if (norm !== word && norm !== `${word}s`) {
      if (!isSkipped(word)) return undefined;
      continue; // A determiner of the cue that the text does without or has another of.
    }
    at++;
  }
  return at;
}

function isSkipped(norm: string): boolean {
  return norm === '-' || IMMATERIAL.has(norm);
}

/** A cue of a characteristic in a sentence. */
export interface CueMention extends Span, Cue {
  /** True if the words deny it: "without the internet". */
  readonly denied: boolean;
}

/** The cues that stand in a sentence from a token on; the longest first, so that none of one concept stands inside another. */
export function cuesIn({ tokens }: Sentence, lexicon: Lexicon, from = 0): readonly CueMention[] {
  const found: CueMention[] = [];
  for (let at = from; at < tokens.length; at++)
    for (const cue of lexicon.cuesAt(tokens[at]!.norm)) {
      const end = phraseAt(tokens, at, cue.words);
      if (end === undefined) continue;
      const span = { start: tokens[at]!.start, end: tokens[end - 1]!.end };
      if (found.some((other) => other.concept === cue.concept && span.start < other.end && other.start < span.end))
        continue;
      // A cue that is a negation itself, such as "without a server", is not denied by the one before it in a list.
      const denied =
        isDeniedBehind(tokens, end) ||
        (!NEGATION.test(tokens[at]!.norm) && isDeniedAt(tokens, Math.max(from, at - scopeBefore(tokens, at)), at));
      found.push({ ...cue, ...span, denied });
    }
  return found;
}

const NEGATION =
  /^(?:not|no|without|never|neither|nor|cannot|nothing|none|lack|lacks|lacking|absence|bypass|bypasses|bypassing|avoids|avoiding|skips|skipping|excludes|excluding)$|n't$/;
/** Words that deny what comes behind their preposition: "isolated from the internet". */
const KEEPING_OFF: ReadonlySet<string> = new Set([
  'isolated from',
  'off from',
  'off the',
  'away from',
  'free of',
  'separate from',
  'independent of',
  'instead of',
  'rather than',
]);

/** "the internet plays no role", "internet is not used" */
function isDeniedBehind(tokens: readonly Token[], end: number): boolean {
  const behind = tokens.slice(end, end + 4).map(({ norm }) => `${norm} `);
  return /^(?:(?:plays?|has|have|takes?) no (?:part|role|say|place) |(?:(?:is|are|was) not|isn't|aren't) (?:used|needed|required|involved|necessary|there) )/.test(
    behind.join(''),
  );
}

/** How many tokens before a cue a negation may stand: further off in "no link to the internet or to any cloud". */
function scopeBefore(tokens: readonly Token[], at: number): number {
  const isJoined = tokens.slice(Math.max(0, at - 5), at).some(({ norm }) => /^n?or$/.test(norm));
  return isJoined ? 12 : 6;
}

/** True if a negation stands between the two places, and no "but", "just" or end of a clause behind it. */
function isDeniedAt(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = to - 1; at >= from && !/^(?:but|just|only|merely|[:;.])$/.test(tokens[at]!.norm); at--) {
    const { norm } = tokens[at]!;
    if (NEGATION.test(norm) || (at + 1 < to && KEEPING_OFF.has(`${norm} ${tokens[at + 1]!.norm}`))) return true;
  }
  return false;
}

/**
 * A proper name by its capitals, in a sentence that is not in title case: a capitalized word before the term that does
 * not begin the sentence, with a capitalized word after it or nothing that it could modify.
 */
function nameSense(mention: Mention, sentence: Sentence): Sense | undefined {
  if (mention.sense.kind !== 'concept') return undefined;
  const { tokens } = sentence;
  if (isTitleCase(sentence)) return undefined;
  let [first, last] = [mention.first, mention.last];
  while (first > 0 && isNamePart(tokens[first - 1]!) && !isMentioned(sentence, first - 1)) first--;
  while (last + 1 < tokens.length && isNamePart(tokens[last + 1]!) && !isMentioned(sentence, last + 1)) last++;
  const left = mention.first - first;
  const right = last - mention.last;
  const known = left > 0 && !(first === 0 && left === 1 && right === 0) && (right > 0 || !modifies(tokens[last + 1]));
  if (!known && right < 2) return undefined;
  const name = surfaceOf(tokens, first, last);
  return { kind: 'name', name, known: false, evidence: `"${name}" reads as a proper name` };
}

function isNamePart(token: Token): boolean {
  return token.kind === 'word' && /^\p{Lu}/u.test(token.surface) && !FUNCTION_WORDS.has(token.norm);
}

function isMentioned(sentence: Sentence, at: number): boolean {
  return sentence.mentions.some((mention) => mention.first <= at && at <= mention.last);
}

/** True if a term before this token can be its modifier, so that the two are one phrase, or if the two are joined by a mark. */
function modifies(next: Token | undefined): boolean {
  if (!next) return false;
  return next.kind === 'word' ? !FUNCTION_WORDS.has(next.norm) : '/(-–—"'.includes(next.norm);
}

function isTitleCase(sentence: Sentence): boolean {
  if (sentence.block.kind === 'heading') return true;
  const words = sentence.tokens.filter(
    (token, at) => token.kind === 'word' && token.norm.length > 3 && !isMentioned(sentence, at),
  );
  return words.length > 0 && words.filter((word) => /^\p{Lu}/u.test(word.surface)).length / words.length > 0.6;
}
