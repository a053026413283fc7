import type { Edit, Span } from './text';

/** A text to read: `format` is the language id of an editor, such as `markdown` or `plaintext`. */
export interface Source {
  readonly text: string;
  readonly format: string;
  /** What the text consists of, if its structure does not stand in it: then no format reads it. */
  readonly blocks?: readonly Block[];
}

/** What part of a document a block is. `caption` holds alternative texts and captions, `title` a front matter value. */
export type BlockKind = 'title' | 'heading' | 'paragraph' | 'item' | 'cell' | 'caption' | 'quotation' | 'note';

/**
 * A run of prose that sentences do not cross. `text` is as long as the span and equals the source wherever it is not
 * blanked: markup is `GONE`, a soft line break is a space, a hard one `\n`, and what reads as one word but is no prose (code, a URL, math,
 * an image) is one `OBJECT` followed by `GONE`. A character reference is its character followed by `GONE`.
 */
export interface Block extends Span {
  readonly kind: BlockKind;
  readonly text: string;
  /** Of a heading: 1 to 6. A title has level 0. Other blocks have none. */
  readonly level?: number;
  /** Of a cell: its place in its table. Row 0 is the header row. */
  readonly cell?: { readonly table: number; readonly row: number; readonly column: number };
  /** True inside a block quotation. */
  readonly quoted: boolean;
}

/** Stands where markup was: it neither shows nor separates words (U+2060 WORD JOINER). */
export const GONE = '\u2060';
/** Stands for one word that is not prose (U+FFFC OBJECT REPLACEMENT CHARACTER). */
export const OBJECT = '\uFFFC';

/** A comment of the document's own syntax: directives are read from it. */
export interface Comment extends Span {
  /** The text between the comment marks, which is `source.slice(textStart, textStart + text.length)`. */
  readonly text: string;
  readonly textStart: number;
}

/** What a format makes of a text. Blocks are in the order of the source and do not overlap, except captions and notes inside their block. */
export interface Reading {
  readonly blocks: readonly Block[];
  readonly comments: readonly Comment[];
  /** What the format keeps to read the next version faster; opaque to everyone else. */
  readonly memory?: unknown;
}

/** A change between two versions: `[start, end)` of the old text became `[start, newEnd)` of the new. */
export interface Change {
  readonly start: number;
  readonly end: number;
  readonly newEnd: number;
}

/** The shortest change that makes the one text of the other. */
export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  const start = commonLength(shorter, (at, size) => before.slice(at, at + size) === after.slice(at, at + size));
  const fromEnd = (text: string, at: number, size: number) => text.slice(text.length - at - size, text.length - at);
  const rest = shorter - start;
  const end = commonLength(rest, (at, size) => fromEnd(before, at, size) === fromEnd(after, at, size));
  return { start, end: before.length - end, newEnd: after.length - end };
}

/** The longest length, at most `limit`, over which two texts are the same: in steps that double and halve. */
function commonLength(limit: number, same: (at: number, size: number) => boolean): number {
  let at = 0;
  let size = 4096;
  while (size > 0) {
    if (at + size <= limit && same(at, size)) at += size;
    else size >>= 1;
  }
  return at;
}

/** How a directive is written as a comment. */
export interface CommentMarks {
  readonly open: string;
  /** Empty if the comment reaches to the end of its line. */
  readonly close: string;
  /** Where a comment may stand so that it divides nothing: within a line, at its end, on a line of its own, or only between blocks. */
  readonly place: 'within line' | 'end of line' | 'own line' | 'between blocks';
  /** The whole lines around a place that no comment may stand between, if comments stand between blocks. */
  readonly around?: (text: string, place: Span) => Span;
}

/** The marks that stand around words, so that a repair takes out both of a pair or none. */
export interface Marks {
  /** Matches one mark at the place where it is tried: sticky. */
  readonly pattern: RegExp;
  /** True if the two are a pair. A mark that is a pair with its like, such as `**`, opens before a word and closes behind one. */
  closes(closer: string, opener: string): boolean;
  /** Matches how a character is written that reads as another one, such as an escape, at the place where it is tried: sticky. By default those are character references. */
  readonly character?: RegExp;
}

/** A reader for one kind of markup. Total: any text gives a reading, in time linear in its length. */
export interface Format {
  readonly name: string;
  /** Language ids of editors that mean this format. */
  readonly languages: readonly string[];
  /** File name endings, with the dot, in lower case. */
  readonly extensions: readonly string[];
  /** How a directive is written in one of the languages; absent if the format has no comments. */
  readonly comment?: (language: string) => CommentMarks;
  /** Absent if nothing stands around words, as in plain text. */
  readonly marks?: Marks;
  /** How words are written so that they read as they are; absent if that is as they are. */
  readonly escape?: (words: string) => string;
  /**
   * The edits of a repair with those that the layout around them needs as well, such as a longer line below a title; `undefined` if there is no
   * room. Absent if nothing depends on how long words are.
   */
  readonly relaid?: (text: string, edits: readonly Edit[], blocks: readonly Block[]) => readonly Edit[] | undefined;
  /** A text in which words of terms can be searched for before it is read; absent if that is the text itself. */
  readonly searched?: (text: string) => string;
  read(text: string, previous?: { readonly text: string; readonly reading: Reading }): Reading;
}
