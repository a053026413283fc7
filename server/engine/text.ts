/** A half-open range `[start, end)` in UTF-16 code units of the source as it was given. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replaces the text in its span. An empty span inserts. */
export interface Edit extends Span {
  readonly text: string;
}

/** Something wrong with a glossary or with settings, at its place in that text. */
export interface Problem extends Span {
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

/** True if the two share at least one code unit. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}

/** True if `inner` lies within `outer`, both ends included. */
export function covers(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/**
 * The source with all edits made. Offsets refer to the source before any edit; of two edits that overlap only the first
 * in the list is made.
 */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const taken: Edit[] = [];
  for (const edit of edits) if (!taken.some((other) => collide(other, edit))) taken.push(edit);
  taken.sort((a, b) => a.start - b.start || a.end - b.end);
  let result = '';
  let at = 0;
  for (const edit of taken) {
    result += source.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + source.slice(at);
}

/** Overlapping edits collide, and so do two insertions at one place. */
function collide(a: Edit, b: Edit): boolean {
  return overlaps(a, b) || (a.start === b.start && a.end === b.end);
}

/** Line and column, both from 0; the column in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Where the lines of a text begin. A line ends with LF, CR or CRLF, as in LSP. */
export class Lines {
  readonly #starts: number[] = [0];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) this.#starts.push(at + 1);
    }
  }

  get count(): number {
    return this.#starts.length;
  }

  /** The position of an offset; offsets outside the text are clamped. */
  positionAt(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= clamped) low = middle;
      else high = middle;
    }
    return { line: low, character: clamped - this.#starts[low]! };
  }

  /** The span of a line without its line break; `line` from 0. */
  line(line: number): Span {
    const start = this.#starts[line] ?? this.#text.length;
    let end = this.#starts[line + 1] ?? this.#text.length;
    while (end > start && (this.#text[end - 1] === '\n' || this.#text[end - 1] === '\r')) end--;
    return { start, end };
  }
}
