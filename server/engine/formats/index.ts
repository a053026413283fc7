import { type CommentMarks, changeBetween, type Format, type Reading, type Source } from '../document';
import { asciidoc } from './asciidoc';
import { type Excerpt, inWhole } from './excerpt';
import { html } from './html';
import { latex } from './latex';
import { markdown } from './markdown';
import { notebook } from './notebook';
import { org } from './org';
import { plain } from './plain';
import { hideAddresses } from './prose';
import { rst } from './rst';
import { typst } from './typst';
import { xml } from './xml';

/** Every format that is read. */
export const formats: readonly Format[] = [markdown, html, rst, asciidoc, latex, org, typst, xml, notebook, plain];

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
  const { blocks, comments } = normal.text === source.text ? reading : inWhole(reading, normal, source.text);
  return { blocks, comments, memory };
}

/** The last text, and what its format made of it. */
interface Memory {
  readonly given: string;
  readonly normal: Excerpt;
  readonly reading: Reading;
}

/** The text as formats see it: without a byte order mark, of CRLF without the CR, and a lone CR is read as LF. */
function normalize(given: string): Excerpt {
  const skipped = given.startsWith('\uFEFF') ? 1 : 0;
  const { text, cuts, left } = withoutReturns(skipped ? given.slice(1) : given);
  return skipped ? { text, cuts: [0, ...cuts], left: [1, ...left.map((count) => count + 1)] } : { text, cuts, left };
}

function withoutReturns(given: string): Excerpt {
  if (!given.includes('\r')) return { text: given, cuts: [], left: [] };
  const cuts: number[] = [];
  const left: number[] = [];
  for (let at = given.indexOf('\r\n'); at >= 0; at = given.indexOf('\r\n', at + 2)) {
    cuts.push(at - cuts.length);
    left.push(cuts.length);
  }
  return { text: given.replaceAll('\r\n', '\n').replaceAll('\r', '\n'), cuts, left };
}

/** The same as `normalize`, by replacing in the last normal text what was changed. */
function normalizeAgain(given: string, { given: old, normal }: Memory): Excerpt {
  const { text, cuts, left } = normal;
  const change = changeBetween(old, given);
  const skipped = given.startsWith('\uFEFF') ? 1 : 0;
  if (change.start <= skipped || (cuts.length === 0 && text === old)) return normalize(given);
  let { start, end, newEnd } = change;
  // A CRLF is not cut in two.
  while (start > skipped && given[start - 1] === '\r') start--;
  while (newEnd < given.length && given[newEnd] === '\n') {
    newEnd++;
    end++;
  }
  const first = cutsBefore(normal, start);
  const last = cutsBefore(normal, end);
  const leftFirst = first > 0 ? left[first - 1]! : 0;
  const leftLast = last > 0 ? left[last - 1]! : 0;
  const middle = withoutReturns(given.slice(start, newEnd));
  const from = start - leftFirst;
  const to = end - leftLast;
  const by = middle.text.length - (to - from);
  const more = leftFirst + middle.cuts.length - leftLast;
  return {
    text: text.slice(0, from) + middle.text + text.slice(to),
    cuts: [...cuts.slice(0, first), ...middle.cuts.map((at) => at + from), ...cuts.slice(last).map((at) => at + by)],
    left: [
      ...left.slice(0, first),
      ...middle.left.map((count) => count + leftFirst),
      ...left.slice(last).map((count) => count + more),
    ],
  };
}

/** How many cuts of one code unit are before an offset of the given text. */
function cutsBefore({ cuts, left }: Excerpt, offset: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cuts[middle]! + left[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
