import type { Sentence } from './mention';

/** The sentences of a version, and which of them are those of the version before. */
export interface Recall {
  readonly sentences: readonly Sentence[];
  readonly before: readonly Sentence[];
  /** How many sentences at the start and at the end are the same as before. */
  readonly first: number;
  readonly last: number;
  /** Where each table begins, by its number. */
  readonly tables: ReadonlyMap<number, number>;
  /** For each sentence, where the run begins and ends of those that have moved together, by as much. */
  readonly runs: { readonly starts: Int32Array; readonly ends: Int32Array };
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
  const tables = last > 0 ? tableStarts(sentences) : new Map();
  return { sentences, before, first, last, tables, runs: runsOf(sentences, before, first, last) };
}

/** The runs of sentences that are the same as before and have all moved by as much; a new sentence is a run of its own. */
function runsOf(
  sentences: readonly Sentence[],
  before: readonly Sentence[],
  first: number,
  last: number,
): Recall['runs'] {
  const { length } = sentences;
  const starts = new Int32Array(length);
  const ends = new Int32Array(length);
  const late = length - last;
  const shift = (at: number) => sentences[at]!.start - before[at < first ? at : at - length + before.length]!.start;
  let previous: number | undefined;
  for (let at = 0; at < length; at++) {
    const by = at < first || at >= late ? shift(at) : undefined;
    const goesOn = by !== undefined && by === previous && (at !== late || first === late);
    starts[at] = goesOn ? starts[at - 1]! : at;
    previous = by;
  }
  for (let at = length - 1; at >= 0; at--)
    ends[at] = at + 1 < length && starts[at + 1] === starts[at] ? ends[at + 1]! : at;
  return { starts, ends };
}

function tableStarts(sentences: readonly Sentence[]): ReadonlyMap<number, number> {
  const starts = new Map<number, number>();
  sentences.forEach(({ block: { cell } }, at) => {
    if (cell && !starts.has(cell.table)) starts.set(cell.table, at);
  });
  return starts;
}

/** Reads all sentences; `known` are the values of the version before, and those of sentences around which nothing changed are not read again. */
export function readEach<Value>(
  recall: Recall,
  reader: Reader<Value>,
  known: readonly Value[] | undefined,
): readonly Value[] {
  return recall.sentences.map((sentence, at) => {
    const before = known && placeBefore(recall, at, reader);
    if (before === undefined) return reader.read(at);
    return reader.moved(known![before]!, sentence, sentence.start - recall.before[before]!.start);
  });
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

/** Where a sentence stood in the version before, if it and those around it are unchanged and have not moved against each other. */
function placeBefore(
  recall: Recall,
  at: number,
  reader: Pick<Reader<unknown>, 'before' | 'after'>,
): number | undefined {
  const { sentences, before, first, last, tables } = recall;
  const isEarly = at + reader.after < first;
  const { cell } = sentences[at]!.block;
  const table = cell && reader.before > 0 ? tables.get(cell.table) : undefined;
  const from = Math.min(at - reader.before, table ?? at);
  if (!isEarly && from < sentences.length - last) return undefined;
  const { starts, ends } = recall.runs;
  const isKept =
    starts[at]! <= Math.max(0, at - reader.before) && ends[at]! >= Math.min(sentences.length - 1, at + reader.after);
  if (!isKept) return undefined;
  return isEarly ? at : at - sentences.length + before.length;
}
