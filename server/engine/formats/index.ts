import { type Block, type Comment, type Format, GONE, type Reading, type Source } from '../document';
import { markdown } from './markdown';
import { plain } from './plain';

/** Every format that is read. */
export const formats: readonly Format[] = [markdown, plain];

/** The format of a language id or of a file name (by its ending). */
export function formatOf(name: { language: string } | { path: string }): Format | undefined {
  if ('language' in name) return formats.find((format) => format.languages.includes(name.language));
  const path = name.path.toLowerCase();
  return formats.find((format) => format.extensions.some((extension) => path.endsWith(extension)));
}

/**
 * Reads a source of any format; one that is not known is read as plain text. Formats see LF line ends and no byte order
 * mark; the offsets of the reading refer to the source as it was given.
 */
export function readSource(source: Source, previous?: { source: Source; reading: Reading }): Reading {
  const format = formatOf({ language: source.format }) ?? plain;
  const normal = normalize(source.text);
  const before =
    previous?.source.format === source.format ? (previous.reading.memory as Memory | undefined) : undefined;
  const reading = format.read(normal.text, before);
  const memory: Memory = { text: normal.text, reading };
  const given = restored(reading, source.text, normal);
  return { ...given, memory };
}

/** The last text as its format saw it, and what it made of it. */
interface Memory {
  readonly text: string;
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
  const marked = skipped ? given.slice(1) : given;
  if (!marked.includes('\r')) return { text: marked, skipped, returns: [] };
  const returns: number[] = [];
  for (let at = marked.indexOf('\r\n'); at >= 0; at = marked.indexOf('\r\n', at + 2)) returns.push(at - returns.length);
  return { text: marked.replaceAll('\r\n', '\n').replaceAll('\r', '\n'), skipped, returns };
}

/** The blocks and comments of a reading with the offsets of the text as it was given. */
function restored(reading: Reading, given: string, normal: Normal): Pick<Reading, 'blocks' | 'comments'> {
  const { skipped, returns } = normal;
  if (normal.text === given) return reading;
  // A CR belongs to what stands before its LF.
  const before = (offset: number) => countBelow(returns, offset);
  const blocks = reading.blocks.map((block): Block => {
    const first = before(block.start);
    const last = before(block.end);
    const text = first === last ? block.text : withReturns(block, returns.slice(first, last));
    return { ...block, start: block.start + skipped + first, end: block.end + skipped + last, text };
  });
  const comments = reading.comments.map((comment): Comment => {
    const textStart = comment.textStart + skipped + before(comment.textStart);
    const textEnd = comment.textStart + comment.text.length;
    const text = given.slice(textStart, textEnd + skipped + before(textEnd));
    const start = comment.start + skipped + before(comment.start);
    return { start, end: comment.end + skipped + before(comment.end), textStart, text };
  });
  return { blocks, comments };
}

/** The text of a block with `GONE` for each CR. */
function withReturns(block: Block, returns: readonly number[]): string {
  let text = '';
  let from = 0;
  for (const at of returns) {
    text += block.text.slice(from, at - block.start) + GONE;
    from = at - block.start;
  }
  return text + block.text.slice(from);
}

/** How many of the sorted offsets are below `limit`. */
function countBelow(offsets: readonly number[], limit: number): number {
  let low = 0;
  let high = offsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
