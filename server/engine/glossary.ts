import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
} from 'yaml';
import type { Problem, Span } from './text';

/** Whether a term should be used (TBX `administrativeStatus`). */
export type TermStatus = 'preferred' | 'admitted' | 'deprecated' | 'superseded';

/** What kind of designation a term is (TBX `termType`). */
export type TermKind = 'full form' | 'acronym' | 'variant';

/** A designation of one concept (ISO 1087). */
export interface Term {
  /** The form as it should be written inside a sentence, for example `machine-to-machine`. */
  readonly text: string;
  readonly kind: TermKind;
  readonly status: TermStatus;
  /** `exact` terms are matched with their letter case only, because in another case they are ordinary words. */
  readonly match: 'folded' | 'exact';
  /** Where the term stands in the glossary file. */
  readonly span: Span;
}

/** A delimiting characteristic: what the concept is in one respect (ISO 704). */
export interface Characteristic {
  /** The respect, a word that both concepts of a pair share: `connectivity`, `scope`. */
  readonly respect: string;
  /** What the concept is in this respect, as one clause without its subject. */
  readonly text: string;
  /** Words and phrases that speak of this characteristic. They decide the likelier fix and find misattribution. */
  readonly cues: readonly string[];
}

/** How this concept stands to another one. `narrower` means: the other is narrower than this one (SKOS). */
export interface Relation {
  readonly type: 'broader' | 'narrower' | 'predecessor' | 'successor' | 'related' | 'distinct';
  /** The id of the other concept. */
  readonly concept: string;
  readonly span: Span;
}

/** A meaning of one of the terms that is not the concept, for example a many-to-many relation for `M2M`. */
export interface OtherSense {
  readonly label: string;
  /** How the term is written where it has this sense, if that tells the two apart: `IOT` for an inductive output tube. */
  readonly spelling?: string;
  /** Full forms of the sense: where a document gives one, its acronym has this sense. */
  readonly expansions: readonly string[];
  /** Words near the term that speak for this sense. */
  readonly cues: readonly string[];
}

export interface Definition {
  readonly text: string;
  readonly source?: string;
  readonly url?: string;
}

/** A unit of knowledge (ISO 1087) with everything that the glossary says of it. */
export interface Concept {
  readonly id: string;
  /** The term that messages use: the preferred acronym, else the preferred term. */
  readonly label: string;
  /** The concept in one clause that completes "LABEL is ...". */
  readonly gist: string;
  /** The first is the one that is shown; the others are those of standards. */
  readonly definitions: readonly Definition[];
  readonly terms: readonly Term[];
  readonly characteristics: readonly Characteristic[];
  readonly relations: readonly Relation[];
  /** Proper names that contain a term but do not name the concept, such as those of products and standards. */
  readonly names: readonly string[];
  readonly senses: readonly OtherSense[];
  readonly note?: string;
  readonly span: Span;
}

/** One glossary file. */
export interface Glossary {
  readonly name: string;
  readonly title?: string;
  /** The language of the documents it is for (BCP 47). */
  readonly language: string;
  readonly concepts: readonly Concept[];
}

const relationTypes = ['broader', 'narrower', 'predecessor', 'successor', 'related', 'distinct'] as const;

/** The keys and fixed words of the file format. `glossaries/glossary.schema.json` says the same; a test compares them. */
export const glossaryFormat = {
  keys: {
    glossary: ['$schema', 'name', 'title', 'language', 'concepts'],
    concept: [
      'id',
      'label',
      'gist',
      'definition',
      'definitions',
      'terms',
      'characteristics',
      ...relationTypes,
      'names',
      'senses',
      'note',
    ],
    definition: ['text', 'source', 'url'],
    term: ['term', 'kind', 'status', 'match'],
    characteristic: ['respect', 'text', 'cues'],
    sense: ['label', 'spelling', 'expansions', 'cues'],
  },
  values: {
    kind: ['full form', 'acronym', 'variant'],
    status: ['preferred', 'admitted', 'deprecated', 'superseded'],
    match: ['folded', 'exact'],
  },
} as const;

/**
 * Reads a glossary from YAML 1.2 or JSON. Never throws: what can be understood is in `glossary`, everything else in
 * `problems` with its place in the text.
 */
export function readGlossary(text: string): { glossary: Glossary; problems: readonly Problem[] } {
  const reader = new Reader(text);
  const glossary = glossaryFrom(reader);
  return { glossary, problems: reader.problems() };
}

/** Words of the glossary file with their place in it. */
interface Words extends Span {
  readonly text: string;
}

/** A concept while it is being read: with the places that later checks speak of. */
interface Draft {
  readonly concept: Concept;
  /** Where to report what is wrong with the concept as a whole. */
  readonly place: Span;
  readonly cues: readonly Words[];
}

function glossaryFrom(reader: Reader): Glossary {
  const root = reader.root();
  const fields = root && reader.fields(root, shape('glossary'));
  const name = fields && reader.text(fields.get('name'));
  const title = fields && reader.text(fields.get('title'));
  return {
    name: name?.text ?? 'glossary',
    title: title?.text,
    language: (fields && languageFrom(reader, fields)) ?? 'en',
    concepts: fields ? conceptsFrom(reader, fields) : [],
  };
}

function languageFrom(reader: Reader, fields: Fields): string | undefined {
  const language = reader.text(fields.get('language'));
  if (!language || /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i.test(language.text)) return language?.text;
  const name = quote(language.text);
  reader.problem(language, `${name} is not a language tag (BCP 47), so that "en" is assumed. Write "en" or "en-GB".`);
  return undefined;
}

function conceptsFrom(reader: Reader, fields: Fields): Concept[] {
  const list = fields.get('concepts');
  if (!list) {
    reader.problem(
      fields.head,
      'The glossary has no "concepts", so that there is nothing to look for. Add at least one.',
    );
    return [];
  }
  const drafts = reader.items(list).flatMap((item) => conceptFrom(reader, item) ?? []);
  const sound = withOwnRelations(reader, withOwnTerms(reader, withOwnIds(reader, drafts)));
  checkPairs(reader, sound);
  return sound.map((draft) => draft.concept);
}

function conceptFrom(reader: Reader, item: Field): Draft | undefined {
  const fields = reader.fields(item, shape('concept'));
  if (!fields) return undefined;
  const terms = termsFrom(reader, fields);
  const id = idFrom(reader, fields, terms);
  const characteristics = characteristicsFrom(reader, fields);
  const concept: Concept = {
    id: id.text,
    label: reader.text(fields.get('label'))?.text ?? labelOf(terms) ?? id.text,
    gist: gistFrom(reader, fields, id),
    definitions: definitionsFrom(reader, fields, id),
    terms,
    characteristics: characteristics.map((draft) => draft.characteristic),
    relations: relationsFrom(reader, fields, id),
    names: namesFrom(reader, fields, terms),
    senses: sensesFrom(reader, fields),
    note: reader.text(fields.get('note'), 'paragraphs')?.text,
    span: fields.span,
  };
  return { concept, place: id, cues: characteristics.flatMap((draft) => draft.cues) };
}

/** The id as written; for want of one, a word made of the first term, so that the concept is not lost. */
function idFrom(reader: Reader, fields: Fields, terms: readonly Term[]): Words {
  const id = reader.text(fields.get('id'));
  if (id) return id;
  const slug = (terms[0]?.text ?? 'concept').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  const advice = `Add a short word that stays the same, such as ${quote(slug)}.`;
  reader.problem(fields.head, `This concept has no "id", so that no other concept can refer to it. ${advice}`);
  return { ...fields.head, text: slug };
}

/** The preferred acronym, else the preferred term, else any. */
function labelOf(terms: readonly Term[]): string | undefined {
  const preferred = terms.filter((term) => term.status === 'preferred');
  return (preferred.find((term) => term.kind === 'acronym') ?? preferred[0] ?? terms[0])?.text;
}

function gistFrom(reader: Reader, fields: Fields, id: Words): string {
  const gist = reader.text(fields.get('gist'));
  if (gist) return gist.text.replace(/\.$/, '');
  const advice = `Add one clause that completes "${id.text} is ...".`;
  reader.warning(id, `${quote(id.text)} has no "gist", so that messages cannot say what it is. ${advice}`);
  return 'a concept of its own';
}

function definitionsFrom(reader: Reader, fields: Fields, id: Words): Definition[] {
  const first = fields.get('definition');
  const others = reader.items(fields.get('definitions'));
  const read = [...(first ? [first] : []), ...others].flatMap((item) => definitionFrom(reader, item) ?? []);
  if (!first && others.length === 0) {
    const advice = 'Add one sentence that says what it is, and its source.';
    reader.warning(id, `${quote(id.text)} has no "definition", so that a writer cannot look it up. ${advice}`);
  }
  return read;
}

function definitionFrom(reader: Reader, item: Field): Definition | undefined {
  if (!reader.isMap(item)) {
    const text = reader.text(item);
    return text && { text: text.text };
  }
  const fields = reader.fields(item, shape('definition'));
  const text = fields && reader.required(fields, 'text', 'A definition', 'there is nothing to show');
  if (!fields || !text) return undefined;
  return { text: text.text, source: reader.text(fields.get('source'))?.text, url: urlFrom(reader, fields) };
}

/** Addresses are shown as links, therefore nothing but the web is let through. */
function urlFrom(reader: Reader, fields: Fields): string | undefined {
  const url = reader.text(fields.get('url'));
  if (!url || /^https?:\/\/[^\s<>"]+$/i.test(url.text)) return url?.text;
  reader.problem(
    url,
    `${quote(url.text)} is not a web address, so that nobody can follow it. Begin it with "https://".`,
  );
  return undefined;
}

/** What a term entry says; `kind` and `status` are decided when all terms of the concept are known. */
interface TermEntry {
  readonly words: Words;
  readonly kind: TermKind;
  readonly status: TermStatus | undefined;
  readonly match: Term['match'];
}

function termsFrom(reader: Reader, fields: Fields): Term[] {
  const entries = reader.items(fields.get('terms')).flatMap((item) => termEntryFrom(reader, item) ?? []);
  if (entries.length === 0) {
    const advice = 'Add "terms" with the words that name it.';
    reader.problem(fields.head, `This concept has no terms, so that no document can mention it. ${advice}`);
  }
  const terms = withStatus(entries);
  if (terms.length > 0 && terms.every(isOutdated)) {
    reader.warning(terms[0]!.span, `${quote(terms[0]!.text)} must not be used, but no other term can. Prefer one.`);
  }
  return terms;
}

function termEntryFrom(reader: Reader, item: Field): TermEntry | undefined {
  const fields = reader.isMap(item) ? reader.fields(item, shape('term')) : undefined;
  const words = fields
    ? reader.required(fields, 'term', 'An entry of "terms"', 'there is nothing to look for')
    : reader.text(item);
  if (!words || !isTerm(reader, words)) return undefined;
  const kind = (fields && reader.choice(fields.get('kind'), glossaryFormat.values.kind)) ?? kindOf(words.text);
  const match =
    (fields && reader.choice(fields.get('match'), glossaryFormat.values.match)) ?? matchOf(words.text, kind);
  return { words, kind, match, status: fields && reader.choice(fields.get('status'), glossaryFormat.values.status) };
}

function isTerm(reader: Reader, words: Words): boolean {
  if ([...folded(words.text)].length > 1) return true;
  const why = 'is too short for a term, since every text would seem to mention it';
  reader.problem(words, `${quote(words.text)} ${why}. Give at least two letters or digits.`);
  return false;
}

/** An acronym is one word of which at least half are capitals and digits: `IoT`, `LwM2M`, but not `GitHub`. */
function kindOf(text: string): TermKind {
  const marked = text.match(/[\p{Lu}\p{N}]/gu)?.length ?? 0;
  return marked > 1 && marked * 2 >= text.length && !/\s/.test(text) ? 'acronym' : 'full form';
}

/** In another case, acronyms of two letters are ordinary words: `IT`, `US`, `OR`. */
function matchOf(text: string, kind: TermKind): Term['match'] {
  return kind === 'acronym' && /^\p{L}{2}$/u.test(text) ? 'exact' : 'folded';
}

/** Preferred is the first of its kind, unless another one is expressly so. Variants are never preferred by themselves. */
function withStatus(entries: readonly TermEntry[]): Term[] {
  const chosen = new Set<TermKind>(['variant']);
  for (const entry of entries) if (entry.status === 'preferred') chosen.add(entry.kind);
  return entries.map(({ words, kind, status, match }) => {
    const first = status === undefined && !chosen.has(kind);
    if (first) chosen.add(kind);
    const { text, start, end } = words;
    return { text, kind, status: status ?? (first ? 'preferred' : 'admitted'), match, span: { start, end } };
  });
}

interface CharacteristicDraft {
  readonly characteristic: Characteristic;
  readonly cues: Draft['cues'];
}

function characteristicsFrom(reader: Reader, fields: Fields): CharacteristicDraft[] {
  const seen = new Set<string>();
  return reader.items(fields.get('characteristics')).flatMap((item) => characteristicFrom(reader, item, seen) ?? []);
}

function characteristicFrom(reader: Reader, item: Field, seen: Set<string>): CharacteristicDraft | undefined {
  const fields = reader.fields(item, shape('characteristic'));
  const why = 'it cannot be compared with another concept';
  const respect = fields && reader.required(fields, 'respect', 'A characteristic', why);
  const text = fields && reader.required(fields, 'text', 'A characteristic', 'it says nothing');
  if (!respect || !text) return undefined;
  if (seen.has(respect.text)) {
    const advice = 'Join the two, or name another respect.';
    reader.problem(respect, `${quote(respect.text)} is described twice, and only one can be shown. ${advice}`);
    return undefined;
  }
  seen.add(respect.text);
  const cues = reader.list(fields.get('cues'));
  return {
    characteristic: { respect: respect.text, text: text.text, cues: cues.map((cue) => cue.text) },
    cues,
  };
}

function relationsFrom(reader: Reader, fields: Fields, id: Words): Relation[] {
  const relations: Relation[] = [];
  for (const type of relationTypes) {
    for (const { text, start, end } of reader.list(fields.get(type))) {
      const span = { start, end };
      const what = `${quote(text)} is related to itself, which says nothing`;
      if (text === id.text) reader.problem(span, `${what}. Name another concept.`);
      else relations.push({ type, concept: text, span });
    }
  }
  return relations;
}

function namesFrom(reader: Reader, fields: Fields, terms: readonly Term[]): string[] {
  const names = reader.list(fields.get('names'));
  const forms = terms.map((term) => folded(term.text));
  for (const name of names) {
    if (forms.length === 0 || forms.some((form) => folded(name.text).includes(form))) continue;
    const why = 'contains no term of this concept, so that it is never mistaken for one';
    reader.warning(name, `${quote(name.text)} ${why}. Remove it, or correct its spelling.`);
  }
  return names.filter((name) => !isPlainTerm(reader, name, forms)).map((name) => name.text);
}

function isPlainTerm(reader: Reader, name: Words, forms: readonly string[]): boolean {
  if (!forms.includes(folded(name.text))) return false;
  const why = 'is a term of this concept and cannot be the name of something else';
  reader.problem(name, `${quote(name.text)} ${why}. Remove it from "names".`);
  return true;
}

function sensesFrom(reader: Reader, fields: Fields): OtherSense[] {
  return reader.items(fields.get('senses')).flatMap((item) => senseFrom(reader, item) ?? []);
}

function senseFrom(reader: Reader, item: Field): OtherSense | undefined {
  const fields = reader.fields(item, shape('sense'));
  const label = fields && reader.required(fields, 'label', 'A sense', 'nothing can say which one is meant');
  if (!fields || !label) return undefined;
  const expansions = reader.list(fields.get('expansions')).map((words) => words.text);
  const cues = reader.list(fields.get('cues')).map((words) => words.text);
  if (expansions.length + cues.length === 0) {
    const advice = 'Add "expansions" or "cues".';
    reader.warning(label, `${quote(label.text)} has nothing by which it could be recognized. ${advice}`);
  }
  return { label: label.text, spelling: reader.text(fields.get('spelling'))?.text, expansions, cues };
}

/** Concepts of which each has an id of its own: of two with the same id, only the first can be referred to. */
function withOwnIds(reader: Reader, drafts: readonly Draft[]): Draft[] {
  const ids = new Set<string>();
  return drafts.filter((draft) => {
    const { id } = draft.concept;
    const why = 'is the id of another concept too, so that nobody could tell which one is meant';
    const taken = ids.has(id);
    if (taken) reader.problem(draft.place, `${quote(id)} ${why}. Give this one an id of its own.`);
    ids.add(id);
    return !taken;
  });
}

/** A term with the concept that has it. */
interface Use {
  readonly term: Term;
  readonly concept: Concept;
}

/** Concepts of which no two share a term. A term that is deprecated in one place and usable in another stays there. */
function withOwnTerms(reader: Reader, drafts: readonly Draft[]): Draft[] {
  const uses = new Map<string, Use[]>();
  for (const { concept } of drafts) for (const term of concept.terms) put(uses, folded(term.text), { term, concept });
  const dropped = new Set([...uses.values()].flatMap((rivals) => surplusTerms(reader, rivals)));
  const own = (term: Term) => !dropped.has(term);
  return drafts.map((draft) => withConcept(draft, { terms: draft.concept.terms.filter(own) }));
}

/** Of terms with one folded form those that collide with a better one. */
function surplusTerms(reader: Reader, rivals: readonly Use[]): Term[] {
  const ranked = [...rivals].sort((a, b) => Number(isOutdated(a.term)) - Number(isOutdated(b.term)));
  const kept: Use[] = [];
  return ranked.flatMap((use) => {
    const rival = kept.find((other) => collide(other.term, use.term));
    if (rival) reader.problem(use.term.span, sharedTerm(use, rival));
    else kept.push(use);
    return rival ? [use.term] : [];
  });
}

function sharedTerm(use: Use, rival: Use): string {
  const word = quote(use.term.text);
  if (use.concept === rival.concept) {
    const same =
      use.term.text === rival.term.text ? 'stands twice here' : `is found as ${quote(rival.term.text)} already`;
    return `${word} ${same}, since letter case, hyphens, spaces and dots make no other term. Remove one.`;
  }
  const [here, there] = [quote(use.concept.id), quote(rival.concept.id)];
  if (!isOutdated(use.term) || isOutdated(rival.term)) {
    return `${word} names both ${there} and ${here}, but a term must lead to one concept. Remove it from one of them.`;
  }
  return `${word} is ${use.term.status} for ${here}, but ${rival.term.status} for ${there}. Remove it from one of them.`;
}

function isOutdated(term: Term): boolean {
  return term.status === 'deprecated' || term.status === 'superseded';
}

/** Two terms that no text could tell apart. */
function collide(a: Term, b: Term): boolean {
  return folded(a.text) === folded(b.text) && (a.match === 'folded' || b.match === 'folded' || a.text === b.text);
}

/** Concepts without the relations that contradict others. */
function withOwnRelations(reader: Reader, drafts: readonly Draft[]): Draft[] {
  reportUnknown(reader, drafts);
  const wrong = new Set([
    ...contradictions(reader, drafts, ['broader', 'narrower', 'broader than']),
    ...contradictions(reader, drafts, ['predecessor', 'successor', 'the predecessor of']),
  ]);
  const sound = (relation: Relation) => !wrong.has(relation);
  return drafts.map((draft) => withConcept(draft, { relations: draft.concept.relations.filter(sound) }));
}

/** A relation to an unknown concept stays, because another glossary may have that concept. */
function reportUnknown(reader: Reader, drafts: readonly Draft[]): void {
  const ids = new Set(drafts.map((draft) => draft.concept.id));
  for (const { concept } of drafts) {
    for (const relation of concept.relations) {
      if (reader.hasEnough) return;
      if (ids.has(relation.concept)) continue;
      const what = `No concept here has the id ${quote(relation.concept)}, so that the relation leads nowhere`;
      reader.warning(relation.span, `${what}. ${advise(relation.concept, [...ids], 'The ids are')}`);
    }
  }
}

/** A type of relation, its inverse, and the words for the first. */
type Direction = readonly [up: Relation['type'], down: Relation['type'], words: string];

/** The relations by which a concept would be broader than, or come before, itself. */
function contradictions(reader: Reader, drafts: readonly Draft[], direction: Direction): Relation[] {
  return closingEdges(edgesOf(drafts, direction)).map(({ from, to, relation }) => {
    const [here, there] = [quote(from), quote(to)];
    const words = direction[2];
    const what = `${there} cannot be ${words} ${here}, since other relations make ${here} ${words} ${there}`;
    reader.problem(relation.span, `${what}. Remove or turn round one of them.`);
    return relation;
  });
}

/** Says that `to` is broader than, or precedes, `from`. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly relation: Relation;
}

/** The edges that begin at each concept, whichever of the two ends states the relation. */
function edgesOf(drafts: readonly Draft[], [up, down]: Direction): Map<string, Edge[]> {
  const edges = new Map<string, Edge[]>();
  for (const { concept } of drafts) {
    for (const relation of concept.relations) {
      if (relation.type !== up && relation.type !== down) continue;
      const [from, to] = relation.type === up ? [concept.id, relation.concept] : [relation.concept, concept.id];
      put(edges, from, { from, to, relation });
    }
  }
  return edges;
}

/** The edges without which there would be no circle: those that lead back to where the walk is. */
function closingEdges(edges: ReadonlyMap<string, readonly Edge[]>): Edge[] {
  const closing: Edge[] = [];
  const state = new Map<string, 'open' | 'done'>();
  for (const start of edges.keys()) {
    // A stack of our own, because a chain of ten thousand concepts would exhaust the language's.
    const path = state.has(start) ? [] : [{ id: start, next: 0 }];
    while (path.length > 0) {
      const here = path[path.length - 1]!;
      state.set(here.id, 'open');
      const edge = edges.get(here.id)?.[here.next++];
      if (!edge) state.set(path.pop()!.id, 'done');
      else if (state.get(edge.to) === 'open') closing.push(edge);
      else if (!state.has(edge.to)) path.push({ id: edge.to, next: 0 });
    }
  }
  return closing;
}

/** Looks at each two concepts that are said to be distinct: can a reader see in which respect, and can the engine? */
function checkPairs(reader: Reader, drafts: readonly Draft[]): void {
  const byId = new Map(drafts.map((draft) => [draft.concept.id, draft]));
  const seen = new Set<string>();
  for (const draft of drafts) {
    for (const relation of draft.concept.relations) {
      const other = byId.get(relation.concept);
      const pair = [draft.concept.id, relation.concept].sort().join('\n');
      if (relation.type !== 'distinct' || !other || seen.has(pair)) continue;
      seen.add(pair);
      checkPair(reader, { draft, other, place: relation.span });
    }
  }
}

function checkPair(reader: Reader, pair: { draft: Draft; other: Draft; place: Span }): void {
  const { draft, other, place } = pair;
  const [one, two] = [draft.concept, other.concept];
  const respects = new Set(one.characteristics.map((characteristic) => characteristic.respect));
  if (!two.characteristics.some((characteristic) => respects.has(characteristic.respect))) {
    const advice = 'Give both a characteristic with the same "respect".';
    const what = `${quote(one.id)} and ${quote(two.id)} are distinct, but share no respect in which they could be compared`;
    reader.warning(place, `${what}. ${advice}`);
  }
  const cues = new Set(draft.cues.map((cue) => folded(cue.text)));
  for (const cue of other.cues) {
    if (!cues.has(folded(cue.text))) continue;
    const why = `is a cue of both ${quote(one.id)} and ${quote(two.id)}, so that it speaks for neither`;
    reader.warning(cue, `${quote(cue.text)} ${why}. Remove it from one of them.`);
  }
}

function put<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function withConcept(draft: Draft, changes: Partial<Concept>): Draft {
  return { ...draft, concept: { ...draft.concept, ...changes } };
}

/** What does not tell two terms apart: letter case, hyphens, spaces and dots are gone. */
function folded(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}\p{M}+#&/]+/gu, '');
}

function quote(text: string): string {
  const short = [...text].length > 60 ? `${[...text].slice(0, 57).join('')}...` : text;
  return `"${short}"`;
}

/** What to write instead of an unknown word: the one that was meant, else all there are if they are few. */
function advise(word: string, known: readonly string[], lead: string): string {
  const near = nearest(word, known);
  if (near !== undefined) return `Did you mean ${quote(near)}?`;
  const shown = known.filter((other) => !other.startsWith('$'));
  return shown.length > 0 && shown.length <= 10 ? `${lead} ${shown.map(quote).join(', ')}.` : 'Correct or remove it.';
}

/** The known word that a typing mistake or two turns into this one. */
function nearest(word: string, known: readonly string[]): string | undefined {
  let best: { word: string; distance: number } | undefined;
  for (const candidate of known) {
    const limit = Math.max(1, Math.floor(candidate.length / 3));
    if (Math.abs(candidate.length - word.length) > limit) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance <= limit && distance < (best?.distance ?? Infinity)) best = { word: candidate, distance };
  }
  return best?.word;
}

/** Damerau's distance: letters added, left out, changed, or exchanged with their neighbor. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1, exchanged ? before[j - 2]! + 1 : Infinity));
    }
    [before, row] = [row, next];
  }
  return row[b.length]!;
}

/** What a map is called in messages, and the keys that it may have. */
interface Shape {
  readonly name: string;
  readonly keys: readonly string[];
}

function shape(name: keyof typeof glossaryFormat.keys): Shape {
  return { name: `a ${name}`, keys: glossaryFormat.keys[name] };
}

/** A value of the file. */
interface Field {
  /** What it is called in messages: `"terms"`. */
  readonly name: string;
  /** Absent where nothing was written, or nothing that could be followed. */
  readonly node: Node | undefined;
  readonly place: Span;
  /** True if a problem says already why the node is absent. */
  readonly reported?: boolean;
}

/** The known keys of one map. */
interface Fields {
  readonly span: Span;
  /** The first line of the map, for what concerns it as a whole. */
  readonly head: Span;
  get(key: string): Field | undefined;
}

const MAX_LENGTH = 2_000_000;
const MAX_ALIASES = 100;
const MAX_PROBLEMS = 100;

/** Typed access to the YAML tree of a text; collects what is wrong with it. */
class Reader {
  readonly #text: string;
  readonly #problems: Problem[] = [];
  readonly #document: Document.Parsed | undefined;
  #aliases = 0;
  #broken = false;

  constructor(text: string) {
    this.#text = text;
    this.#document = this.#parse();
  }

  /** True when so much is wrong that more need not be looked for. */
  get hasEnough(): boolean {
    return this.#problems.length > MAX_PROBLEMS;
  }

  /** What was found, in the order of the text. */
  problems(): Problem[] {
    const sorted = this.#problems.sort((a, b) => a.start - b.start || a.end - b.end);
    if (sorted.length <= MAX_PROBLEMS) return sorted;
    const last = sorted[MAX_PROBLEMS]!;
    const message = 'Too much else is wrong to be told at once. Correct the first problems and look again.';
    return [...sorted.slice(0, MAX_PROBLEMS), { ...last, message }];
  }

  /** Something was left out or assumed. */
  problem(place: Span, message: string): void {
    this.#report(place, message, 'error');
  }

  /** Everything was taken as it stands, but it may not work as meant. */
  warning(place: Span, message: string): void {
    this.#report(place, message, 'warning');
  }

  root(): Field | undefined {
    const node = this.#document?.contents;
    if (node) return { name: 'The glossary', node, place: this.#spanOf(node) };
    if (this.#problems.length === 0) {
      this.problem(this.#line(0), 'The glossary is empty. Add "name" and "concepts".');
    }
    return undefined;
  }

  isMap(field: Field): boolean {
    return isMap(field.node);
  }

  /** The known keys of a map; all others are reported. */
  fields(field: Field, shape: Shape): Fields | undefined {
    if (!isMap(field.node))
      return this.#wrongType(field, 'keys with values', `Write, for example, "${sample(shape)}: ...".`);
    const span = this.#spanOf(field.node);
    const known = new Map<string, Field>();
    for (const pair of field.node.items) this.#addField(known, pair as Pair<unknown, unknown>, { shape, span });
    return { span, head: this.#line(span.start), get: (key) => known.get(key) };
  }

  /** The entries of a list. One entry may stand for a list of one. */
  items(field: Field | undefined): Field[] {
    if (!field || this.#isEmpty(field)) return [];
    if (isSeq(field.node)) return field.node.items.map((item) => this.#field(field.name, item, field.place));
    if (!isMap(field.node)) return [field];
    this.#wrongType(field, 'a list', 'Begin each entry with "- ".');
    return [];
  }

  /** The texts of a list, each once. */
  list(field: Field | undefined): Words[] {
    const seen = new Map<string, Words>();
    for (const item of this.items(field)) {
      const words = this.text(item);
      if (words && seen.has(words.text)) this.warning(words, `${quote(words.text)} stands twice here. Remove one.`);
      if (words && !seen.has(words.text)) seen.set(words.text, words);
    }
    return [...seen.values()];
  }

  /** A text that has to be there; `who` and `why` tell what its absence spoils. */
  required(fields: Fields, key: string, who: string, why: string): Words | undefined {
    const field = fields.get(key);
    if (!field) this.problem(fields.head, `${who} needs "${key}"; without it, ${why}. Add it.`);
    return this.text(field);
  }

  /** A text with its white space made single spaces, or kept between paragraphs. */
  text(field: Field | undefined, layout: 'line' | 'paragraphs' = 'line'): Words | undefined {
    if (!field || this.#isEmpty(field)) return undefined;
    if (!isScalar(field.node)) return this.#wrongType(field, 'text', 'Write words, in quotes if they contain a colon.');
    const { value, source } = field.node;
    if (typeof value !== 'string') {
      const advice = 'Put it in quotes.';
      this.warning(field.place, `${quote(String(source ?? value))} is ${typeName(value)} here, not text. ${advice}`);
    }
    const raw = typeof value === 'string' ? value : String(source ?? value);
    const text = (layout === 'line' ? raw.replace(/\s+/g, ' ') : raw).trim();
    return { text, ...this.#inner(field.place, text) };
  }

  /** One of the words that the format knows for a key. */
  choice<Value extends string>(field: Field | undefined, values: readonly Value[]): Value | undefined {
    const words = this.text(field);
    if (!field || !words) return undefined;
    const value = values.find((known) => known === words.text);
    if (value !== undefined) return value;
    this.problem(
      words,
      `${quote(words.text)} is no value of ${field.name}. ${advise(words.text, values, 'Write one of')}`,
    );
    return undefined;
  }

  /** The tree of the text, with what the YAML parser has to say. */
  #parse(): Document.Parsed | undefined {
    if (this.#text.length > MAX_LENGTH) {
      const why = `has ${this.#text.length} characters and would slow the editor down`;
      this.problem(this.#line(0), `The glossary ${why}. Split it into files below ${MAX_LENGTH}.`);
      return undefined;
    }
    try {
      const document = parseDocument(this.#text, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
      this.#addYamlProblems(document);
      return document;
    } catch {
      // The parser recurses, and input made for the purpose exhausts its stack.
      this.problem(this.#line(0), 'The glossary is nested too deeply to be read. Write it with fewer levels.');
      return undefined;
    }
  }

  #addYamlProblems(document: Document.Parsed): void {
    const [error] = document.errors;
    for (const warning of document.warnings) this.warning(this.#place(warning.pos), yamlMessage(warning));
    if (error) this.problem(this.#place(error.pos), yamlMessage(error));
    this.#broken = error !== undefined;
  }

  /** Nothing more is said of a broken text: what follows the first fault is mostly its echo. */
  #report({ start, end }: Span, message: string, severity: Problem['severity']): void {
    if (!this.#broken) this.#problems.push({ start, end, message, severity });
  }

  #addField(known: Map<string, Field>, pair: Pair<unknown, unknown>, map: { shape: Shape; span: Span }): void {
    const place = isNode(pair.key) ? this.#spanOf(pair.key) : this.#line(map.span.start);
    const key = isScalar(pair.key) ? String(pair.key.value) : this.#text.slice(place.start, place.end);
    const { name, keys } = map.shape;
    if (!keys.includes(key)) {
      this.problem(place, `${quote(key)} is not a key of ${name}. ${advise(key, keys, 'Its keys are')}`);
    } else if (known.has(key)) {
      this.problem(place, `${quote(key)} stands twice here, and only the first is read. Join the two.`);
    } else known.set(key, this.#field(quote(key), pair.value, place));
  }

  /** A value with its aliases followed; `place` is where to point if there is none. */
  #field(name: string, value: unknown, place: Span): Field {
    if (!isNode(value)) return { name, node: undefined, place };
    const span = this.#spanOf(value);
    const here = span.end > span.start ? span : place;
    if (!isAlias(value)) return { name, node: value, place: here };
    const node = this.#target(value, here);
    return { name, node, place: here, reported: node === undefined };
  }

  /** What an alias stands for. They are counted, because aliases of aliases multiply without end. */
  #target(alias: Alias, place: Span): Node | undefined {
    const name = quote(`*${alias.source}`);
    this.#aliases++;
    if (this.#aliases === MAX_ALIASES + 1) {
      this.problem(
        place,
        `${name} is one alias too many: more than ${MAX_ALIASES} are not followed. Write the rest out.`,
      );
    }
    if (this.#aliases > MAX_ALIASES) return undefined;
    const target = this.#document && alias.resolve(this.#document);
    if (!target)
      this.problem(place, `${name} repeats nothing, since no "&${alias.source}" stands before it. Write it out.`);
    return target;
  }

  /** True for a key or an entry without a value, which is reported. */
  #isEmpty(field: Field): boolean {
    const { name, node, place, reported } = field;
    const empty = !node || (isScalar(node) && (node.value === null || String(node.value).trim() === ''));
    if (empty && !reported) this.problem(place, `Nothing is written for ${name}. Fill it in, or remove it.`);
    return empty;
  }

  #wrongType(field: Field, wanted: string, advice: string): undefined {
    const { name, node, place, reported } = field;
    if (reported) return;
    const found = isMap(node) ? 'keys with values' : isSeq(node) ? 'a list' : node ? 'text' : 'nothing';
    const part = name === 'The glossary' ? name : `Here, ${name}`;
    this.problem(node ? this.#line(place.start) : place, `${part} needs ${wanted}, but has ${found}. ${advice}`);
  }

  #spanOf(node: Node): Span {
    const [start, end] = node.range ?? [0, 0];
    return this.#place([start, end]);
  }

  /** A span within the text, without white space at its end. */
  #place([from, to]: readonly [number, number]): Span {
    const start = Math.max(0, Math.min(from, this.#text.length));
    let end = Math.max(start, Math.min(to, this.#text.length));
    while (end > start && /\s/.test(this.#text[end - 1]!)) end--;
    return { start, end };
  }

  /** From a place to the end of its line. */
  #line(start: number): Span {
    const rest = /^[^\r\n]*/.exec(this.#text.slice(start, start + 200))![0];
    return this.#place([start, start + rest.length]);
  }

  /** The text itself without the quotes around it, where it stands there letter by letter. */
  #inner(place: Span, text: string): Span {
    const at = this.#text.slice(place.start, place.end).indexOf(text);
    return at < 0 ? place : { start: place.start + at, end: place.start + at + text.length };
  }
}

function sample(shape: Shape): string {
  return shape.keys.find((key) => !key.startsWith('$'))!;
}

function typeName(value: unknown): string {
  return typeof value === 'number' || typeof value === 'bigint' ? 'a number' : 'true or false';
}

/** What the YAML parser found, with what to do about it. */
function yamlMessage(error: { readonly code: string; readonly message: string }): string {
  const [what] = error.message.split('\n');
  return `${what!.replace(/[.:]?\s*$/, '.')} ${yamlAdvice[error.code] ?? 'Correct the YAML here.'}`;
}

const yamlAdvice: Readonly<Record<string, string>> = {
  BAD_INDENT: 'Indent it like its neighbors, and close what is open.',
  BAD_SCALAR_START: 'Put the text in quotes.',
  BLOCK_AS_IMPLICIT_KEY: 'Put text that contains a colon in quotes.',
  MULTILINE_IMPLICIT_KEY: 'Put text that contains a colon in quotes.',
  MISSING_CHAR: 'Add it.',
  MULTIPLE_DOCS: 'Write one glossary in one file.',
  TAB_AS_INDENT: 'Use spaces.',
  RESOURCE_EXHAUSTION: 'Write it with fewer levels.',
};
