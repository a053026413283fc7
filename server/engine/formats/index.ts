import {
  type Block,
  type Comment,
  type CommentMarks,
  changeBetween,
  type Format,
  GONE,
  type Reading,
  type Source,
} from '../document';
import { html } from './html';
import { markdown } from './markdown';
import { plain } from './plain';
import { copyOf, hideAddresses } from './prose';

/** Every format that is read. */
export const formats: readonly Format[] = [markdown, html, plain];

/** How a directive is written in a language; `undefined` if it has no comments. */
export function commentOf(language: string): CommentMarks | undefined {
  return formatOf({ language })?.comment?.(language);
}

/** The format of a language id or of a file name (by its ending). */
export function formatOf(name: { language: string } | { path: string }): Format | undefined {
  if ('language' in name) return formats.find((format) => format.languages.includes(name.language));
  const path = name.path.toLowerCase();
  return formats.find((format) => format.extensions.some((extension) => path.endsWith(extension)));
}

/** The format that a source is read as: plain text if its own is not known. */
export function formatFor({ format }: Source): Format {
  return formatOf({ language: format }) ?? plain;
}

/**
 * Reads a source of any format; one that is not known is read as plain text. Formats see LF line ends and no byte order
 * mark; the offsets of the reading refer to the source as it was given. In blocks that are given with it addresses are
 * hidden, as every format does.
 */
export function readSource(source: Source, previous?: { source: Source; reading: Reading }): Reading {
  if (source.blocks) {
    const blocks = source.blocks.map((block) => ({ ...block, text: hideAddresses(block.text) }));
    return { blocks, comments: [] };
  }
  const format = formatFor(source);
  const before = previous?.source.format === source.format ? (previous.reading.memory as Memory) : undefined;
  const normal = before ? normalizeAgain(source.text, before) : normalize(source.text);
  const reading = format.read(normal.text, before && { text: before.normal.text, reading: before.reading });
  const memory: Memory = { given: source.text, normal, reading };
  return { ...restored(reading, source.text, normal), memory };
}

/** The last text, and what its format made of it. */
interface Memory {
  readonly given: string;
  readonly normal: Normal;
  readonly reading: Reading;
}

/** A text as formats see it. */
interface Normal {
  readonly text: string;
  /** How many code units were left out at the start. */
  readonly skipped: number;
  /** For each CR that was left out, the offset of its LF in the normal text; in order. */
  readonly returns: readonly number[];
}

/** Of CRLF the CR is left out; a lone CR is read as LF. */
function normalize(given: string): Normal {
  const skipped = given.startsWith('\uFEFF') ? 1 : 0;
  return { skipped, ...withoutReturns(skipped ? given.slice(1) : given) };
}

function withoutReturns(given: string): Pick<Normal, 'text' | 'returns'> {
  if (!given.includes('\r')) return { text: given, returns: [] };
  const returns: number[] = [];
  for (let at = given.indexOf('\r\n'); at >= 0; at = given.indexOf('\r\n', at + 2)) returns.push(at - returns.length);
  return { text: given.replaceAll('\r\n', '\n').replaceAll('\r', '\n'), returns };
}

/** The same as `normalize`, by replacing in the last normal text what was changed. */
function normalizeAgain(given: string, { given: old, normal }: Memory): Normal {
  const { skipped, returns, text } = normal;
  const change = changeBetween(old, given);
  if (change.start <= skipped || (returns.length === 0 && text === old)) return normalize(given);
  let { start, end, newEnd } = change;
  // A CRLF is not cut in two.
  while (start > skipped && given[start - 1] === '\r') start--;
  while (newEnd < given.length && given[newEnd] === '\n') {
    newEnd++;
    end++;
  }
  const first = returnsBefore(normal, start);
  const last = returnsBefore(normal, end);
  const middle = withoutReturns(given.slice(start, newEnd));
  const from = start - skipped - first;
  const to = end - skipped - last;
  const by = middle.text.length - (to - from);
  return {
    skipped,
    text: text.slice(0, from) + middle.text + text.slice(to),
    returns: [
      ...returns.slice(0, first),
      ...middle.returns.map((at) => at + from),
      ...returns.slice(last).map((at) => at + by),
    ],
  };
}

/** How many CRs were left out before an offset of the given text. */
function returnsBefore({ skipped, returns }: Normal, offset: number): number {
  let low = 0;
  let high = returns.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (returns[middle]! + skipped + middle < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The blocks and comments of a reading with the offsets of the text as it was given. */
function restored(reading: Reading, given: string, normal: Normal): Pick<Reading, 'blocks' | 'comments'> {
  if (normal.text === given) return reading;
  const { skipped, returns } = normal;
  let count = 0;
  /** How many CRs were left out before an offset. One belongs to what stands before its LF. Offsets come mostly in order. */
  const before = (offset: number) => {
    while (count > 0 && returns[count - 1]! >= offset) count--;
    while (count < returns.length && returns[count]! < offset) count++;
    return count;
  };
  const blocks = reading.blocks.map(({ start, end, kind, text, level, cell, quoted }): Block => {
    const first = before(start);
    const last = before(end);
    const given = first === last ? text : withReturns(text, start, returns.slice(first, last));
    return { start: start + skipped + first, end: end + skipped + last, kind, text: given, level, cell, quoted };
  });
  const comments = reading.comments.map((comment): Comment => {
    const at = (offset: number) => offset + skipped + before(offset);
    const textStart = at(comment.textStart);
    const text = copyOf(given.slice(textStart, at(comment.textStart + comment.text.length)));
    return { start: at(comment.start), end: at(comment.end), textStart, text };
  });
  return { blocks, comments };
}

/** The text of a block that begins at `start`, with `GONE` for each CR. */
function withReturns(text: string, start: number, returns: readonly number[]): string {
  let result = '';
  let from = 0;
  for (const at of returns) {
    result += text.slice(from, at - start) + GONE;
    from = at - start;
  }
  return result + text.slice(from);
}
