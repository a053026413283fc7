import { isPlural, singular } from './english';
import type { Concept } from './glossary';
import type { LocatorReader } from './locator';
import { countUpTo, type Sentence } from './mention';
import { nameBefore, type Phrase } from './phrase';
import { type Recall, readEach, remembering } from './recall';

/** What the document as a whole says of the two concepts: evidence that things called differently are different. */
export interface Story {
  /** True if things of both kinds, of the noun if it is given, replace each other or stand side by side. */
  isMigration(noun: string | undefined): boolean;
  /** True of a noun that the document counts as two. */
  isCounted(noun: string): boolean;
  readonly title: Title | undefined;
  /** The concept that the heading above a sentence names, if it names just one. */
  sectionOf(sentence: Sentence): Concept | undefined;
  /** The heading that a sentence stands below, or is. */
  headingOf(sentence: Sentence): Sentence | undefined;
  readonly locators: LocatorReader;
}

/** A title that is, or begins with, the name of what the document is about. */
export interface Title {
  readonly name: string;
  readonly sentence: Sentence;
  /** Indices of the blocks below it that may say what the thing is. */
  readonly tagLines: ReadonlySet<number>;
}

/** Words with which one thing takes the place of another, or two are set against each other. */
const MIGRATION =
  /(?<![\p{L}\p{N}-])(?:migrat\w+|cut-?over|cut\sover|leaving|moving|farewell|replac\w+|supersed\w+|successor|decommission\w*|(?<!\ban?\s)retire[ds]?|phase[ds]?|legacy|upgrad\w+|transition\w*|swap\w*(?!\s(?:\w+\s){0,2}(?:for|with)\s(?:each\sother|one\sanother))|switch(?:ing|ed|es)?(?=\s(?:\w+\s){0,4}?(?:from|to|over)\b)|versus|vs|compar(?:e|es|ed|ing|isons?)|(?<!\ba\s)lots?|both(?=\s+(?:of\s+)?(?:the\s+|our\s+|your\s+|their\s+)?(?!(?:sides|parties|ends|hands|directions|cases|times|terms|words|expressions|names|abbreviations|acronyms|labels|means|describes|refers|stands)\b)\w+s\b))(?![\p{L}\p{N}])/iu;

const isMoving = remembering((sentence: Sentence) => MIGRATION.test(textOf(sentence)));

/** What was read of the sentences of a document. */
interface Read {
  readonly sentences: readonly Sentence[];
  readonly phrases: readonly Phrase[];
  readonly counted: readonly (readonly string[])[];
}

/** What a document says as a whole; `counted` are the nouns that each sentence counts as two. */
export function readStory(locators: LocatorReader, { sentences, phrases, counted }: Read): Story {
  const headings = sentences.filter(({ block }) => block.kind === 'heading');
  const concepts = conceptsOf(headings);
  const nouns = new Set(counted.filter((some) => some.length > 0).flat());
  return {
    isMigration: migrationIn(sentences, headings, phrases),
    isCounted: (noun) => nouns.has(noun),
    title: titleIn(sentences),
    sectionOf: (sentence) => concepts[countUpTo(headings, sentence) - 1],
    headingOf: (sentence) => headings[countUpTo(headings, sentence) - 1],
    locators,
  };
}

/** The one concept that each heading names; a heading of several sentences names what the last of them does that names one. */
function conceptsOf(headings: readonly Sentence[]): readonly (Concept | undefined)[] {
  const found: (Concept | undefined)[] = [];
  headings.forEach(({ mentions, blockIndex }, at) => {
    const named = new Set(mentions.filter(({ sense }) => sense.kind === 'concept').map(({ concept }) => concept));
    const above = headings[at - 1]?.blockIndex === blockIndex ? found[at - 1] : undefined;
    found.push(named.size === 1 ? [...named][0] : above);
  });
  return found;
}

/**
 * Whether sentences on two concepts, or headings on one, say that something moves from the one to the other or is set against it: if they name things
 * of both concepts by their nouns, those things; else all.
 */
function migrationIn(
  sentences: readonly Sentence[],
  headings: readonly Sentence[],
  phrases: readonly Phrase[],
): Story['isMigration'] {
  const isOnBoth = ({ mentions }: Sentence) =>
    mentions.length > 1 && mentions.some(({ concept }) => concept !== mentions[0]!.concept);
  const isAll = headings.some((heading) => heading.mentions.length > 0 && isMoving(heading) && isOfMention(heading));
  const moving = new Map<Sentence, string[]>();
  for (const sentence of sentences) if (isOnBoth(sentence) && isMoving(sentence)) moving.set(sentence, []);
  const bare = new Set<Sentence>();
  for (const { sentence, nouns } of moving.size > 0 ? phrases : []) {
    if (nouns.length === 0) bare.add(sentence);
    else moving.get(sentence)?.push(...nouns);
  }
  const nouns = new Set([...moving.values()].flat());
  const isOfAll = isAll || [...moving].some(([sentence, some]) => some.length === 0 || bare.has(sentence));
  return (noun) => isOfAll || (noun === undefined ? nouns.size > 0 : nouns.has(noun));
}

function titleIn(sentences: readonly Sentence[]): Title | undefined {
  const at = sentences.findIndex(({ block }) => block.kind === 'heading' && (block.level ?? 1) === 1);
  const title = sentences[at];
  const words = title?.forms.filter((token) => token.kind === 'word') ?? [];
  const [mention] = title?.mentions ?? [];
  if (!title || words.length === 0 || (!mention && words.length > 3)) return undefined;
  const isName = words.length === 1 && !mention;
  const name = isName ? words[0]!.surface : nameBefore(title.forms, mention ? mention.first : title.forms.length);
  return name ? { name: modelIn(name) ?? name, sentence: title, tagLines: blocksBelow(sentences, at, 3) } : undefined;
}

/** "VX-220" of "VX-220 Industrial". */
function modelIn(name: string): string | undefined {
  return name.split(' ').find((word) => /\d/.test(word) && /\p{L}/u.test(word));
}

/** The first blocks of text below a sentence; captions of badges and pictures do not count. */
function blocksBelow(sentences: readonly Sentence[], at: number, most: number): ReadonlySet<number> {
  const blocks = new Set<number>();
  for (const { block, blockIndex, forms } of sentences.slice(at + 1, at + 40)) {
    if (block.kind === 'caption' || !forms.some(({ kind }) => kind === 'word')) continue;
    if (blocks.size === most && !blocks.has(blockIndex)) break;
    blocks.add(blockIndex);
  }
  return blocks;
}

/** False of "Replacing the SIM card of the M2M terminal": the terminal stays. */
function isOfMention({ forms, mentions }: Sentence): boolean {
  const at = forms.findIndex(({ norm }) => MIGRATION.test(norm));
  return mentions.some(
    ({ first }) => first < at || !forms.slice(at + 1, first).some(({ norm }) => /^(?:of|in|on|at|with)$/.test(norm)),
  );
}

/** The text of a sentence, whose words are not asked for. */
function textOf({ block, start, end }: Sentence): string {
  return block.text.slice(start - block.start, end - block.start);
}

/* ---------------------------------------------------------------- what is counted as two */

const NONE: readonly string[] = [];

/** The nouns behind "two", "both", "either" or "2". */
function countedNouns(sentence: Sentence): readonly string[] {
  if (!/\b(?:two|both|either|2)\b/i.test(textOf(sentence))) return NONE;
  const nouns: string[] = [];
  const { forms } = sentence;
  forms.forEach((token, at) => {
    const isDigit = token.norm === '2' && forms[at - 1]?.norm !== '.' && forms[at + 1]?.norm !== '.';
    if (!isDigit && !/^(?:two|both|either)$/.test(token.norm)) return;
    const plural = forms.slice(at + 1, at + 5).find((next) => next.kind === 'word' && isPlural(next.norm));
    if (plural) nouns.push(singular(plural.norm));
  });
  return nouns;
}

/** The nouns that each sentence counts as two; `known` are those of the version before. */
export function readCounted(recall: Recall, known?: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const { sentences } = recall;
  const read = (at: number) => {
    const nouns = countedNouns(sentences[at]!);
    return nouns.length > 0 && isNearMention(sentences, at) ? nouns : NONE;
  };
  return readEach(recall, { before: 0, after: 0, read, moved: (nouns) => nouns }, known);
}

/** How many sentences around one are looked at for what it counts. */
const COUNTING_REACH = 8;

/** True in a heading, and near a mention in the same block. */
function isNearMention(sentences: readonly Sentence[], at: number): boolean {
  const { block, blockIndex } = sentences[at]!;
  if (block.kind === 'heading') return true;
  return sentences
    .slice(Math.max(0, at - COUNTING_REACH), at + COUNTING_REACH + 1)
    .some((near) => near.blockIndex === blockIndex && near.mentions.length > 0);
}
