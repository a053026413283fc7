import type { Block } from '../document';
import type { Span } from '../text';
import { blanks, isSpace, Prose, type Standing } from './prose';

/** A line of a text, or the part of one that belongs to a block: without its line break and the white space before it. */
export type Line = Span;

/** A span that does not read as it is written: as nothing if it is markup, or as a character, `OBJECT`, or a line break. */
export interface Sign extends Span {
  readonly as: string;
}

/** A part of a run that is a block of its own, such as a footnote or the alternative text of an image. */
export interface Aside extends Span {
  readonly kind: 'note' | 'caption';
}

/** What the marks within a run are; signs in any order, and one may lie in another. */
export interface Markup {
  readonly signs: readonly Sign[];
  readonly asides: readonly Aside[];
}

/** Reads the marks within a run of lines; offsets are those of the run. */
export type InlineReader = (run: string) => Markup;

/** The lines of a text from the line on that begins at `from`, blank ones too. */
export function linesOf(text: string, from = 0): readonly Line[] {
  const lines: Line[] = [];
  for (let start = from; start < text.length; ) {
    const lineBreak = text.indexOf('\n', start);
    const next = lineBreak < 0 ? text.length : lineBreak;
    let end = next;
    while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
    lines.push({ start, end });
    start = next + 1;
  }
  return lines;
}

/** The blocks that lines are as one run of prose, what stands between them being hidden: the run, and its asides. */
export function readRun(
  source: string,
  { lines, standing, inline }: { lines: readonly Line[]; standing: Standing; inline: InlineReader },
): readonly Block[] {
  if (lines.length === 0) return [];
  const run = runOf(source, lines);
  const shift = lines[0]!.start;
  const { signs, asides } = inline(run);
  const sorted = signs.length > 1 ? [...signs].sort((a, b) => a.start - b.start || b.end - a.end) : signs;
  const main = written(run, { start: 0, end: run.length }, sorted).block(standing, shift);
  const blocks = main ? [main] : [];
  const inOrder = asides.length > 1 ? [...asides].sort((a, b) => a.start - b.start) : asides;
  for (const aside of inOrder) {
    const { kind } = aside;
    const block = written(run, aside, sorted).block({ kind, quoted: standing.quoted }, shift);
    if (block) blocks.push(block);
  }
  return blocks;
}

/** Reads text of which each line stays a line. */
export function readVerse(inline: InlineReader): InlineReader {
  return (run) => {
    const { signs, asides } = inline(run);
    const breaks = [...run.matchAll(/\n/g)].map(({ index }): Sign => ({ start: index, end: index + 1, as: '\n' }));
    return { signs: [...signs, ...breaks], asides };
  };
}

/** The source from the first line to the last; what stands between two is a line break and white space. */
function runOf(source: string, lines: readonly Line[]): string {
  let run = '';
  let from = 0;
  for (let index = 1; index <= lines.length; index++) {
    const end = lines[index - 1]!.end;
    const next = lines[index]?.start;
    if (next === end + 1) continue;
    run += source.slice(lines[from]!.start, end);
    if (next !== undefined) run += spaces(source.slice(end, next));
    from = index;
  }
  return run;
}

/** One line break, where the first is, and spaces: white space at the ends of lines is layout. */
function spaces(between: string): string {
  const lineBreak = between.indexOf('\n');
  return `${' '.repeat(lineBreak)}\n${' '.repeat(between.length - lineBreak - 1)}`;
}

function written(run: string, { start, end }: Span, signs: readonly Sign[]): Prose {
  const prose = new Prose(run, start);
  for (let index = firstFrom(signs, start); index < signs.length && signs[index]!.start < end; index++) {
    const sign = signs[index]!;
    if (sign.start < prose.at || sign.end > end) continue;
    prose.keep(sign.start);
    if (sign.as === '') prose.gone(sign.end);
    else if (sign.as === '\n') prose.break(sign.end);
    else prose.replace(sign.as, sign.end);
  }
  prose.keep(end);
  return prose;
}

/** The index of the first sign that begins at `start` or behind it. */
function firstFrom(signs: readonly Sign[], start: number): number {
  let low = 0;
  let high = signs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (signs[middle]!.start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where nothing stands: far below 0, so that it stays so when lengths are added. */
export const NOWHERE = -1000;

/** Where the match of a sticky pattern ends that begins at `at`; `NOWHERE` if there is none. */
export function matchEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : NOWHERE;
}

/** What readers of marks within a run share: the signs that were found, and what is literal and hides marks from others. */
export class MarkupReader implements Markup {
  readonly signs: Sign[] = [];
  readonly asides: Aside[] = [];
  protected readonly run: string;
  readonly #opaque: Span[] = [];
  /** What was looked for in vain: it does not stand in the rest of the run. */
  readonly #missing = new Set<string>();

  constructor(run: string) {
    this.run = run;
  }

  /** Hides a span, or reads it as another character, and returns its end; goes on behind `start` if there is none. */
  protected hide(start: number, end: number, as = ''): number {
    if (end <= start) return start + 1;
    this.signs.push({ start, end, as });
    return this.keep(start, end);
  }

  /** Lets no mark within a span count, and returns its end. */
  protected keep(start: number, end: number): number {
    this.#opaque.push({ start, end });
    return end;
  }

  /** Where `mark` stands from `from` on and ends what was begun. What ends it must not depend on where that is. */
  protected find(mark: string, from: number, ends: (at: number) => boolean = () => true): number {
    if (this.#missing.has(mark)) return NOWHERE;
    for (let at = this.run.indexOf(mark, from); at >= 0; at = this.run.indexOf(mark, at + 1)) if (ends(at)) return at;
    this.#missing.add(mark);
    return NOWHERE;
  }

  /** The run with blanks where it is hidden or literal. */
  protected withoutOpaque(): string {
    let text = '';
    for (const { start, end } of this.#opaque.sort((a, b) => a.start - b.start)) {
      if (start > text.length) text += this.run.slice(text.length, start);
      if (end > text.length) text += blanks(end - text.length);
    }
    return text + this.run.slice(text.length);
  }
}
