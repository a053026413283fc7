import type { Sentence } from './mention';

/** The sentences of a version, and which of them are those of the version before. */
export interface Recall {
  readonly sentences: readonly Sentence[];
  readonly before: readonly Sentence[];
  /** In the order of the text; the sentences between them are new, or stand beside others than before. */
  readonly kept: readonly Stretch[];
  /** Where each table begins, by its number. */
  readonly tables: ReadonlyMap<number, number>;
  /** For each sentence, where its block begins and ends. */
  readonly blocks: { readonly first: Int32Array; readonly last: Int32Array };
}

/** Sentences that have stood side by side in the version before, and have all moved by as much: `[start, end)`. */
interface Stretch {
  readonly start: number;
  readonly end: number;
  /** How many sentences, and how many code units, further on they are. */
  readonly shift: number;
  readonly by: number;
}

/** How something is read of a sentence, and what it depends on. */
export interface Reader<Value> {
  /** How many sentences before and behind it are looked at, besides the rest of their blocks and, of a cell, what stands above it in its table. */
  readonly before: number;
  readonly after: number;
  read(at: number): Value;
  /** The value of the same sentence `by` code units further on. */
  moved(value: Value, sentence: Sentence, by: number): Value;
}

/** Compares the sentences of a version with those of the version before, if there is one. */
export function recallOf(sentences: readonly Sentence[], before: readonly Sentence[] = []): Recall {
  const most = Math.min(before.length, sentences.length);
  let first = 0;
  while (first < most && isSame(before[first]!, sentences[first]!)) first++;
  let last = 0;
  while (last < most - first && isSame(before.at(-1 - last)!, sentences.at(-1 - last)!)) last++;
  const shift = sentences.length - before.length;
  const kept = [
    ...stretchesIn({ sentences, before, start: 0, end: first, shift: 0 }),
    ...stretchesIn({ sentences, before, start: sentences.length - last, end: sentences.length, shift }),
  ];
  const tables = kept.length > 0 ? tableStarts(sentences) : new Map();
  return { sentences, before, kept, tables, blocks: blockEnds(sentences) };
}

/** Divides sentences that are the same as before where some have moved by more than others. */
function stretchesIn({
  sentences,
  before,
  start,
  end,
  shift,
}: Omit<Stretch, 'by'> & Pick<Recall, 'sentences' | 'before'>): readonly Stretch[] {
  const found: Stretch[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    const by = sentences[at]!.start - before[at - shift]!.start;
    if (at + 1 < end && sentences[at + 1]!.start - before[at + 1 - shift]!.start === by) continue;
    found.push({ start: from, end: at + 1, shift, by });
    from = at + 1;
  }
  return found;
}

/** Indices of the first and the last sentence of the block of each sentence. */
function blockEnds(sentences: readonly Sentence[]): Recall['blocks'] {
  const { length } = sentences;
  const [first, last] = [new Int32Array(length), new Int32Array(length)];
  const isSameBlock = (at: number) => sentences[at]!.blockIndex === sentences[at - 1]!.blockIndex;
  for (let at = 0; at < length; at++) first[at] = at > 0 && isSameBlock(at) ? first[at - 1]! : at;
  for (let at = length - 1; at >= 0; at--) last[at] = at + 1 < length && isSameBlock(at + 1) ? last[at + 1]! : at;
  return { first, last };
}

function tableStarts(sentences: readonly Sentence[]): ReadonlyMap<number, number> {
  const starts = new Map<number, number>();
  for (let at = 0; at < sentences.length; at++) {
    const { cell } = sentences[at]!.block;
    if (cell && !starts.has(cell.table)) starts.set(cell.table, at);
  }
  return starts;
}

/** Reads all sentences; `known` are the values of the version before, and those of sentences around which nothing changed are not read again. */
export function readEach<Value>(
  recall: Recall,
  reader: Reader<Value>,
  known: readonly Value[] | undefined,
): readonly Value[] {
  const { sentences, before, kept } = recall;
  const values: Value[] = [];
  for (const stretch of known ? kept : []) {
    while (values.length < stretch.start) values.push(reader.read(values.length));
    for (let at = stretch.start; at < stretch.end; at++) {
      const sentence = sentences[at]!;
      if (!isKept(at, stretch, recall, reader)) values.push(reader.read(at));
      else if (sentence === before[at - stretch.shift]) values.push(known![at - stretch.shift]!);
      else values.push(reader.moved(known![at - stretch.shift]!, sentence, stretch.by));
    }
  }
  while (values.length < sentences.length) values.push(reader.read(values.length));
  return values;
}

/** True if all that is looked at around a sentence is in its stretch, or beyond the ends of both versions. */
function isKept(
  at: number,
  { start, end, shift }: Stretch,
  { sentences, before, tables, blocks }: Recall,
  reader: Pick<Reader<unknown>, 'before' | 'after'>,
): boolean {
  if (reader.before + reader.after === 0) return true;
  const { cell } = sentences[at]!.block;
  const above = cell ? tables.get(cell.table)! : at;
  const from = Math.max(0, Math.min(above, blocks.first[at]!, at - reader.before));
  if (from < start || (from === 0 && shift !== 0)) return false;
  const to = Math.max(blocks.last[at]!, at + reader.after);
  return to < end || (end === sentences.length && end - shift === before.length);
}

/** The same words with the same senses in the same kind of block. */
function isSame(a: Sentence, b: Sentence): boolean {
  if (a === b) return true;
  return (
    a.identity === b.identity &&
    a.block.kind === b.block.kind &&
    a.block.level === b.block.level &&
    a.block.quoted === b.block.quoted &&
    a.block.cell?.row === b.block.cell?.row &&
    a.block.cell?.column === b.block.cell?.column &&
    a.mentions.every((mention, at) => mention.sense.kind === b.mentions[at]!.sense.kind)
  );
}

/**
 * The same function, which reads no second time what stays the same from version to version, wherever it moves. It must look neither at where that
 * stands nor at what stands around it.
 */
export function remembering<Subject extends { readonly identity: object }, Value>(
  read: (subject: Subject) => Value,
): (subject: Subject) => Value {
  const known = new WeakMap<object, Value>();
  return (subject) => {
    const { identity } = subject;
    if (!known.has(identity)) known.set(identity, read(subject));
    return known.get(identity)!;
  };
}

/** All that was read, in the order of the text: most sentences have nothing. */
export function flattened<Value>(readings: readonly (readonly Value[])[]): Value[] {
  const all: Value[] = [];
  for (const reading of readings) for (const value of reading) all.push(value);
  return all;
}
