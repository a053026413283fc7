import { isSpace } from './prose';

/** How much of a line is looked at for the mark that it may begin with. */
const LONGEST_MARK = 200;

/** The lines of a text, without the white space around them. What has been read at the start of a line can be left out. */
export class SourceLines {
  /** Where the text of each line begins. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** The column where each line begins; -1 if it is blank. */
  readonly indents: number[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    for (let at = 0; at <= text.length; ) {
      const lineBreak = text.indexOf('\n', at);
      const end = lineBreak < 0 ? text.length : lineBreak;
      this.#add(at, end);
      at = end + 1;
    }
  }

  get count(): number {
    return this.starts.length;
  }

  isBlank(line: number): boolean {
    return this.indents[line]! < 0;
  }

  /** The text of a line. */
  written(line: number): string {
    return this.#text.slice(this.starts[line], this.ends[line]);
  }

  /** The text of a line as far as a mark may reach. */
  head(line: number): string {
    const start = this.starts[line]!;
    return this.#text.slice(start, Math.min(this.ends[line]!, start + LONGEST_MARK));
  }

  length(line: number): number {
    return this.ends[line]! - this.starts[line]!;
  }

  /** The sign of which a line consists; `undefined` if it is another line. */
  ruleSign(line: number): string | undefined {
    const start = this.starts[line]!;
    const sign = this.#text[start]!;
    if (!/[!-/:-@[-`{-~]/.test(sign)) return undefined;
    for (let at = start + 1; at < this.ends[line]!; at++) if (this.#text[at] !== sign) return undefined;
    return sign;
  }

  /** Where lines end that are blank or indented more than a column, from a line on. */
  regionEnd(from: number, last: number, indent: number): number {
    let end = from;
    for (let at = from; at < last && (this.isBlank(at) || this.indents[at]! > indent); at++) {
      if (!this.isBlank(at)) end = at + 1;
    }
    return end;
  }

  /** The line behind those that follow without a blank one and are not indented more than a column. */
  paragraphEnd(from: number, { last, indent }: { readonly last: number; readonly indent: number }): number {
    let end = from;
    while (end < last && !this.isBlank(end) && this.indents[end]! <= indent) end++;
    return end;
  }

  /** The least column where lines begin; 0 if all are blank. */
  leastIndent(from: number, to: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (let at = from; at < to; at++) if (!this.isBlank(at)) least = Math.min(least, this.indents[at]!);
    return least === Number.POSITIVE_INFINITY ? 0 : least;
  }

  /** The next line that is not blank. */
  nextFull(from: number, last: number): number {
    let at = from;
    while (at < last && this.isBlank(at)) at++;
    return at;
  }

  /** Leaves out of a line what stands before an offset. */
  cut(line: number, to: number): void {
    let start = to;
    const end = this.ends[line]!;
    while (start < end && isSpace(this.#text.charCodeAt(start))) start++;
    this.indents[line] = start < end ? this.indents[line]! + start - this.starts[line]! : -1;
    this.starts[line] = start;
  }

  #add(from: number, to: number): void {
    let start = from;
    let column = 0;
    for (; start < to && isSpace(this.#text.charCodeAt(start)); start++) {
      column += this.#text[start] === '\t' ? 8 - (column % 8) : 1;
    }
    let end = to;
    while (end > start && isSpace(this.#text.charCodeAt(end - 1))) end--;
    this.starts.push(start);
    this.ends.push(end);
    this.indents.push(end > start ? column : -1);
  }
}
