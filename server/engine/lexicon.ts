import { IMMATERIAL, normalForm, searchable, type Token, tokenize } from './english';
import type { Concept, Glossary, OtherSense, Relation, Term } from './glossary';

/** What a run of words may stand for: a term of the concept, a proper name, or another sense spelled out. */
export type Entry = { readonly concept: Concept; readonly marks: readonly string[] } & (
  | { readonly kind: 'term'; readonly term: Term; readonly spelled: boolean }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'sense'; readonly sense: OtherSense }
);

/** A trie over words in normal form. */
export interface Node {
  readonly next: Map<string, Node>;
  readonly entries: Entry[];
}

/** A cue of a characteristic of a concept. */
export interface Cue {
  readonly concept: Concept;
  readonly respect: string;
  readonly words: readonly string[];
}

/** A cue of another sense of a concept's term. */
export interface SenseCue {
  readonly sense: OtherSense;
  readonly words: readonly string[];
}

/** The glossaries in use, indexed from words to what they may stand for. */
export interface Lexicon {
  readonly glossaries: readonly Glossary[];
  readonly concepts: ReadonlyMap<string, Concept>;
  readonly root: Node;
  /** True unless the text certainly mentions no concept: one word of each term is looked for in the raw text. */
  mayMention(text: string): boolean;
  /** True unless the text certainly holds no cue of another sense. */
  mayCueSense(text: string): boolean;
  /** The cues of other senses that may begin with a word. */
  senseCuesAt(word: string): readonly SenseCue[];
  /** How the first concept stands to the second, inverses included: `narrower` means that the second is narrower. */
  relations(from: string, to: string): ReadonlySet<Relation['type']>;
  /** The cues of characteristics that may begin with a word, the longest first. */
  cuesAt(word: string): readonly Cue[];
  /** True if the two are close enough to be mixed up, and must not be. */
  confusable(from: string, to: string): boolean;
}

const INVERSE: Readonly<Record<Relation['type'], Relation['type']>> = {
  broader: 'narrower',
  narrower: 'broader',
  predecessor: 'successor',
  successor: 'predecessor',
  related: 'related',
  distinct: 'distinct',
};
const NO_RELATION: ReadonlySet<Relation['type']> = new Set();

/** The index of some glossaries. Of two concepts with one id the first is kept. */
export function compileLexicon(glossaries: readonly Glossary[]): Lexicon {
  const concepts = new Map<string, Concept>();
  for (const glossary of glossaries)
    for (const concept of glossary.concepts) if (!concepts.has(concept.id)) concepts.set(concept.id, concept);
  const root: Node = { next: new Map(), entries: [] };
  for (const concept of concepts.values()) index(root, concept);
  const filter = prefilter([...concepts.values()]);
  const senseCues = senseCueTable(concepts.values());
  const mayCueSense = phraseFilter([...senseCues.values()].flat().map(({ words }) => words));
  const relations = relationTable(concepts);
  const cues = cueTable(concepts.values());
  const between = (from: string, to: string) => relations.get(`${from} ${to}`) ?? NO_RELATION;
  const rivals = new Set(
    [...relations].flatMap(([pair, types]) => ([...types].some((type) => type !== 'related') ? [pair] : [])),
  );
  return {
    glossaries,
    concepts,
    root,
    mayMention: (text) => filter.test(text),
    mayCueSense,
    senseCuesAt: (word) => cuesOf(senseCues, word),
    relations: between,
    cuesAt: (word) => cuesOf(cues, word),
    confusable: (from, to) => from !== to && rivals.has(`${from} ${to}`),
  };
}

/** The cues that begin with a word, or with the word of which it is the plural. */
function cuesOf<Found>(table: ReadonlyMap<string, readonly Found[]>, word: string): readonly Found[] {
  return table.get(word) ?? (word.endsWith('s') ? table.get(word.slice(0, -1)) : undefined) ?? [];
}

/** The cues by their first word that is no determiner. */
function cueTable(concepts: Iterable<Concept>): ReadonlyMap<string, readonly Cue[]> {
  const table = new Map<string, Cue[]>();
  for (const concept of concepts)
    for (const { respect, cues } of concept.characteristics)
      for (const cue of cues) {
        const words = wordsOf(cue).filter((word) => !IMMATERIAL.has(word));
        const [first] = words;
        if (first !== undefined) table.set(first, [...(table.get(first) ?? []), { concept, respect, words }]);
      }
  for (const list of table.values()) list.sort((a, b) => b.words.length - a.words.length);
  return table;
}

function senseCueTable(concepts: Iterable<Concept>): ReadonlyMap<string, readonly SenseCue[]> {
  const table = new Map<string, SenseCue[]>();
  for (const { senses } of concepts)
    for (const sense of senses)
      for (const cue of sense.cues) {
        const words = wordsOf(cue).filter((word) => !IMMATERIAL.has(word));
        const [first] = words;
        if (first !== undefined) table.set(first, [...(table.get(first) ?? []), { sense, words }]);
      }
  return table;
}

function index(root: Node, concept: Concept): void {
  for (const term of concept.terms) {
    const [words, marks] = [wordsOf(term.text), marksOf(term.text)];
    add(root, words, { concept, marks, kind: 'term', term, spelled: false });
    if (term.kind === 'acronym' && letters(term).length > 1)
      add(root, letters(term), { concept, marks, kind: 'term', term, spelled: true });
  }
  for (const name of concept.names) add(root, wordsOf(name), { concept, marks: marksOf(name), kind: 'name', name });
  for (const sense of concept.senses)
    for (const expansion of sense.expansions)
      add(root, wordsOf(expansion), { concept, marks: marksOf(expansion), kind: 'sense', sense });
}

/** The marks before, between and behind the words of a text: of ".NET" a stop and nothing. Hyphens between words are as good as spaces. */
export function marksOf(text: string): readonly string[] {
  return marksAround(tokenize(text));
}

export function marksAround(tokens: readonly Token[]): readonly string[] {
  const marks = [''];
  for (const token of tokens) {
    if (token.kind === 'word') marks.push('');
    else if (token.norm !== '-') marks[marks.length - 1] += token.norm;
  }
  return marks;
}

function add(root: Node, words: readonly string[], entry: Entry): void {
  if (words.length === 0) return;
  let node = root;
  for (const word of words) {
    const next = node.next.get(word) ?? { next: new Map(), entries: [] };
    node.next.set(word, next);
    node = next;
  }
  node.entries.push(entry);
}

/** The words of a term without the marks between them. */
export function wordsOf(text: string): readonly string[] {
  return tokenize(text)
    .filter((token) => token.kind === 'word')
    .map((token) => token.norm);
}

function letters(term: Term): readonly string[] {
  return [...term.text].filter((letter) => /[\p{L}\p{N}]/u.test(letter)).map(normalForm);
}

/**
 * One word of each term, the longest: emphasis, a soft line break or a character reference between words cannot hide it.
 * The letters of an acronym may have stops or hyphens between them.
 */
function prefilter(concepts: readonly Concept[]): RegExp {
  const words = new Set<string>();
  const terms = concepts
    .flatMap((concept) => concept.terms)
    .sort((a, b) => wordsOf(a.text).length - wordsOf(b.text).length);
  for (const term of terms) {
    const own = wordsOf(term.text);
    if (term.kind === 'acronym') words.add(letters(term).map(escapeRegExp).join('[-.\\u2010-\\u2015]?'));
    else if (!own.some((word) => words.has(escapeRegExp(word)))) words.add(escapeRegExp(longest(own)));
  }
  return anyWord(words);
}

function anyWord(patterns: Set<string>): RegExp {
  patterns.delete('');
  return patterns.size === 0 ? /(?!)/i : new RegExp(`\\b(?:${[...patterns].join('|')})`, 'i');
}

/** False of a text that certainly holds none of some phrases: their longest words are looked for, and where one begins a word, the other words too. */
function phraseFilter(phrases: readonly (readonly string[])[]): (text: string) => boolean {
  // The longest come first, so that the word that is found begins with all others that stand at its place.
  const words = [...new Set(phrases.map(longest))].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(anyWord(new Set(words.map(escapeRegExp))), 'gi');
  const startingWith = new Map(
    words.map((word) => [word, phrases.filter((phrase) => word.startsWith(longest(phrase)))]),
  );
  return (text) => {
    let folded: string | undefined;
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const found = startingWith.get(match[0].toLowerCase());
      folded ??= searchable(text);
      if (!found || found.some((phrase) => mayHoldAll(folded!, phrase))) return true;
      pattern.lastIndex = match.index + 1;
    }
    return false;
  };
}

/** True unless a word is missing; those with other letters than ASCII's can be written in more ways than one. */
function mayHoldAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word) || /[^ -~]/.test(word));
}

function longest(words: readonly string[]): string {
  return [...words].sort((a, b) => b.length - a.length)[0] ?? '';
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function relationTable(concepts: ReadonlyMap<string, Concept>): Map<string, Set<Relation['type']>> {
  const table = new Map<string, Set<Relation['type']>>();
  const put = (from: string, to: string, type: Relation['type']) => {
    const key = `${from} ${to}`;
    table.set(key, (table.get(key) ?? new Set()).add(type));
  };
  for (const concept of concepts.values())
    for (const relation of concept.relations) {
      put(concept.id, relation.concept, relation.type);
      put(relation.concept, concept.id, INVERSE[relation.type]);
    }
  return table;
}
