import { type Block, type Comment, GONE, type Reading } from '../document';
import { blanks, copyOf } from './prose';

/** A text that was taken out of a whole, with a place there for each of its code units. */
export interface Excerpt {
  readonly text: string;
  /** Offsets of the text before which something of the whole was left out; in order. */
  readonly cuts: readonly number[];
  /** How many code units were left out up to each cut, those at it included. */
  readonly left: readonly number[];
  /** How many of those at each cut belong to the character before it, as the rest of an escape; absent if none do. */
  readonly tails?: readonly number[];
}

/** The blocks and comments that were read of an excerpt, as they stand in the whole: what was left out within a block is blank. */
export function inWhole(
  reading: Pick<Reading, 'blocks' | 'comments'>,
  excerpt: Excerpt,
  whole: string,
): Pick<Reading, 'blocks' | 'comments'> {
  const places = new Places(excerpt);
  return {
    blocks: reading.blocks.map((block) => places.block(block)),
    comments: reading.comments.map((comment) => places.comment(comment, whole)),
  };
}

/** Finds places in the whole. They are asked for mostly in order. */
class Places {
  readonly #excerpt: Excerpt;
  /** The first cut that is not before the offset that was asked for last. */
  #cut = 0;

  constructor(excerpt: Excerpt) {
    this.#excerpt = excerpt;
  }

  block({ start, end, kind, text, level, cell, quoted }: Block): Block {
    const from = this.#startOf(start);
    const first = this.#cut;
    const to = this.#endOf(end);
    const written = to - from === text.length ? text : this.#withCuts(text, start, first) + blanks(this.#tailAt(end));
    return { start: from, end: to, kind, text: written, level, cell, quoted };
  }

  comment({ start, end, textStart, text }: Comment, whole: string): Comment {
    const from = this.#startOf(start);
    // Where nothing stands, a cut comes between its start and its end.
    const to = Math.max(from, this.#endOf(end));
    const innerFrom = Math.min(this.#startOf(textStart), to);
    const innerTo = Math.max(innerFrom, this.#endOf(textStart + text.length));
    return { start: from, end: to, textStart: innerFrom, text: copyOf(whole.slice(innerFrom, innerTo)) };
  }

  /** Where a code unit of the excerpt stands. */
  #startOf(offset: number): number {
    this.#moveTo(offset + 1);
    return offset + this.#leftBefore();
  }

  /** Where what stands before an offset of the excerpt ends. */
  #endOf(offset: number): number {
    this.#moveTo(offset);
    return offset + this.#leftBefore() + this.#tailAt(offset);
  }

  #leftBefore(): number {
    return this.#cut > 0 ? this.#excerpt.left[this.#cut - 1]! : 0;
  }

  #tailAt(offset: number): number {
    const { cuts, tails } = this.#excerpt;
    return tails && cuts[this.#cut] === offset ? tails[this.#cut]! : 0;
  }

  #moveTo(offset: number): void {
    const { cuts } = this.#excerpt;
    while (this.#cut > 0 && cuts[this.#cut - 1]! >= offset) this.#cut--;
    while (this.#cut < cuts.length && cuts[this.#cut]! < offset) this.#cut++;
  }

  /** The text of a block that begins at `start`, with blanks at the cuts from the first one to the one that was reached. */
  #withCuts(text: string, start: number, first: number): string {
    const { cuts, left } = this.#excerpt;
    let result = '';
    let from = 0;
    for (let cut = first; cut < this.#cut; cut++) {
      const width = left[cut]! - (cut > 0 ? left[cut - 1]! : 0);
      result += text.slice(from, cuts[cut]! - start) + (width === 1 ? GONE : blanks(width));
      from = cuts[cut]! - start;
    }
    return result + text.slice(from);
  }
}
