import { stripVTControlCharacters } from 'node:util';
import { createColors } from 'picocolors';

/** The colors of a terminal, or functions that change nothing. */
export type Colors = ReturnType<typeof createColors>;

/** When to color: as the environment and the kind of output suggest, or as was asked for. */
export type ColorChoice = 'auto' | 'always' | 'never';

/** Colors for one output. What was asked for counts most, then NO_COLOR, then FORCE_COLOR, then what the output is. */
export function colorsFor(choice: ColorChoice, output: { readonly isTTY?: boolean } | undefined): Colors {
  return createColors(choice === 'always' || (choice === 'auto' && wantsColor(process.env, output?.isTTY === true)));
}

function wantsColor({ NO_COLOR, FORCE_COLOR, TERM }: NodeJS.ProcessEnv, isTTY: boolean): boolean {
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isTTY && TERM !== 'dumb';
}

/** How many columns there are to write in. The same for every file and pipe, so that reports can be compared. */
export function columnsOf(output: { readonly isTTY?: boolean; readonly columns?: number } | undefined): number {
  return output?.isTTY && output.columns ? Math.max(40, output.columns) : 120;
}

/**
 * Text of others as it may be shown: control characters would steer the terminal, and marks of direction would reorder
 * the line. The result has as many code units.
 */
export function harmless(text: string): string {
  return text.replace(/[^\P{Cc}\t\n]|[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}

/** How many columns a text takes. A tab takes as many as `TAB` has. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** Stands for a tab, whose width would otherwise depend on the terminal. */
export const TAB = '    ';

const WIDE =
  /^[\p{Emoji_Presentation}\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]/u;

function characterWidth(character: string): number {
  if (character === '\t') return TAB.length;
  if (character < '\u0300') return character === '\u00AD' ? 0 : 1;
  if (INVISIBLE.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

/** A part of a line that fits, and where a span of the line is in it, in columns. */
export interface Excerpt {
  readonly text: string;
  readonly column: number;
  readonly width: number;
}

/** What to show of a line, however long it is, so that the beginning of the span is seen. */
export function excerpt(
  line: string,
  span: { readonly start: number; readonly end: number },
  columns: number,
): Excerpt {
  const from = startOf(line, span, columns);
  const room = columns - (from > 0 ? 1 : 0);
  let to = advance(line, from, room);
  if (to < line.length) to = advance(line, from, room - 1);
  const before = from > 0 ? '…' : '';
  const after = to < line.length ? '…' : '';
  return {
    text: before + show(line.slice(from, to)) + after,
    column: before.length + widthOf(line.slice(from, span.start)),
    width: Math.max(1, widthOf(line.slice(span.start, Math.min(span.end, to)))),
  };
}

function show(text: string): string {
  return harmless(text).replaceAll('\t', TAB);
}

/** How many code units a column may take: a line may consist of marks that take no room. */
const MOST_UNITS = 8;

/** Where the shown part begins: at the start of the line if the span is then seen whole, else somewhat before it. */
function startOf(line: string, span: { readonly start: number; readonly end: number }, columns: number): number {
  if (advance(line, 0, columns) >= line.length || advance(line, 0, columns - 1) >= span.end) return 0;
  const spanWidth = widthOf(line.slice(span.start, Math.min(span.end, span.start + columns)));
  let left = Math.max(8, (columns - spanWidth) >> 1);
  let from = span.start;
  while (from > 0 && span.start - from < columns * MOST_UNITS) {
    const previous = from - (isLowSurrogate(line, from - 1) ? 2 : 1);
    left -= characterWidth(line.slice(previous, from));
    if (left < 0) break;
    from = previous;
  }
  return from;
}

/** The offset up to which a line, read from an offset, fits into some columns. */
function advance(line: string, from: number, columns: number): number {
  let at = from;
  const end = Math.min(line.length, from + columns * MOST_UNITS);
  for (let left = columns; at < end; ) {
    const character = String.fromCodePoint(line.codePointAt(at)!);
    left -= characterWidth(character);
    if (left < 0) break;
    at += character.length;
  }
  return at;
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at > 0 && code >= 0xdc00 && code <= 0xdfff;
}

/** The lines of a text, broken at spaces so that they fit where they can. Colors take no room. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, columns));
}

function wrapLine(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current !== '' && widthOf(stripVTControlCharacters(longer)) > columns) {
      lines.push(current);
      current = word;
    } else current = longer;
  }
  return [...lines, current];
}
