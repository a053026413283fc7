import type { Sentence } from './mention';

/** What was read of each sentence of a version. */
export interface Readings<Value> {
  readonly sentences: readonly Sentence[];
  readonly values: readonly Value[];
}

/** How something is read of a sentence, and what it depends on. */
export interface Reader<Value> {
  /** How many sentences before and behind it are looked at, besides the rest of their blocks and, of a cell, its table. */
  readonly before: number;
  readonly after: number;
  read(at: number): Value;
  /** The value of the same sentence `by` code units further on. */
  moved(value: Value, sentence: Sentence, by: number): Value;
}

/** Reads all sentences; those around which nothing has changed since the version before are not read again. */
export function readEach<Value>(
  sentences: readonly Sentence[],
  reader: Reader<Value>,
  previous?: Readings<Value>,
): Readings<Value> {
  const known = previous && unchanged(previous.sentences, sentences);
  const values = sentences.map((sentence, at) => {
    const before = known && placeBefore(at, sentences.length, known, reader);
    const old = before === undefined ? undefined : previous!.sentences[before]!;
    if (!old || !isCarried(sentences, at, previous!.sentences, before!, reader)) return reader.read(at);
    return reader.moved(previous!.values[before!]!, sentence, sentence.start - old.start);
  });
  return { sentences, values };
}

/** How many sentences at the start and at the end of a version are those of the version before. */
interface Unchanged {
  readonly first: number;
  readonly last: number;
  /** How many sentences the version has more than the one before. */
  readonly more: number;
}

function unchanged(before: readonly Sentence[], now: readonly Sentence[]): Unchanged {
  const most = Math.min(before.length, now.length);
  let first = 0;
  while (first < most && isSame(before[first]!, now[first]!)) first++;
  let last = 0;
  while (last < most - first && isSame(before[before.length - 1 - last]!, now[now.length - 1 - last]!)) last++;
  return { first, last, more: now.length - before.length };
}

/** The same words with the same senses in the same kind of block. */
function isSame(a: Sentence, b: Sentence): boolean {
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

/** Where a sentence stood in the version before, if it and those around it are unchanged. */
function placeBefore(
  at: number,
  count: number,
  { first, last, more }: Unchanged,
  { before, after }: Pick<Reader<unknown>, 'before' | 'after'>,
): number | undefined {
  if (at + after < first) return at;
  return at - before >= count - last ? at - more : undefined;
}

/** True if nothing has moved against each other around a sentence, and if it does not depend on a table. */
function isCarried(
  now: readonly Sentence[],
  at: number,
  old: readonly Sentence[],
  oldAt: number,
  { before, after }: Pick<Reader<unknown>, 'before' | 'after'>,
): boolean {
  if (before + after > 0 && now[at]!.block.cell) return false;
  const by = now[at]!.start - old[oldAt]!.start;
  for (let near = Math.max(-before, -at); near <= after && at + near < now.length; near++)
    if (now[at + near]!.start - (old[oldAt + near]?.start ?? Number.NaN) !== by) return false;
  return true;
}
