import type { Block } from '../document';
import { Prose, type Standing } from './prose';

/** The text of a document as its blocks are cut from it. A note interrupts the text that it stands in, whose block comes before those of the note. */
export class Flow {
  readonly blocks: Block[] = [];
  readonly #source: string;
  /** The text, then the notes that are open in it, each in the one before. */
  readonly #open: Passage[];

  constructor(source: string) {
    this.#source = source;
    this.#open = [passageFrom(source, 0)];
  }

  /** The block that is being written. */
  get prose(): Prose {
    return this.#open.at(-1)!.prose;
  }

  get isInNote(): boolean {
    return this.#open.length > 1;
  }

  /** Begins a note whose text starts at `at`. */
  openNote(at: number): void {
    this.#open.push(passageFrom(this.#source, at));
  }

  /** Goes on with what the note stands in; its last block must have been ended. */
  closeNote(): void {
    this.#open.pop();
  }

  /** Ends the block that is being written, and goes on at `to`. */
  endBlock(standing: Standing, to: number): void {
    const { prose, notes } = this.#open.pop()!;
    const target = this.#open.at(-1)?.notes ?? this.blocks;
    const block = prose.block(standing);
    if (block) target.push(block);
    for (const note of notes) target.push(note);
    this.#open.push(passageFrom(this.#source, to));
  }
}

/** A block that is being written, and the blocks of the notes that stand in it. */
interface Passage {
  readonly prose: Prose;
  readonly notes: Block[];
}

function passageFrom(source: string, start: number): Passage {
  return { prose: new Prose(source, start), notes: [] };
}
