import type { Span } from '../text';
import { isSpace } from './prose';

// Places in a text, for readers that go through it sign by sign.

/** The match of a sticky pattern at an offset. */
export function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Where the line ends in which an offset is: at its line break. */
export function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
}

/** Behind spaces and tabs. */
export function blankEnd(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Behind white space of every kind. */
export function spaceEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** True if a blank line follows the line break at an offset, or nothing. */
export function isBlankAfter(text: string, at: number): boolean {
  const next = blankEnd(text, at + 1);
  return next >= text.length || text[next] === '\n';
}

/** True if nothing is beside a span on its line but white space and a comment that begins with the sign. */
export function isAloneOnLine(text: string, { start, end }: Span, comment: string): boolean {
  let before = start;
  while (before > 0 && start - before < 200 && (text[before - 1] === ' ' || text[before - 1] === '\t')) before--;
  const after = blankEnd(text, end);
  const ends = after >= text.length || text[after] === '\n' || text.startsWith(comment, after);
  return ends && (before === 0 || text[before - 1] === '\n');
}

/** The words of a list as a set. */
export function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '));
}
