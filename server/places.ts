import { type TextDocumentContentChangeEvent, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Lines, type Position, type Span } from './engine';

/** What a client counts the columns of a position in: bytes, UTF-16 code units or code points. */
export type Encoding = 'utf-8' | 'utf-16' | 'utf-32';

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Turns places in one version of a text into those of a client, and back. */
export class Places {
  readonly #text: string;
  readonly #lines: Lines;
  readonly #encoding: Encoding;

  constructor(text: string, encoding: Encoding) {
    this.#text = text;
    this.#lines = new Lines(text);
    this.#encoding = encoding;
  }

  range(span: Span): Range {
    return { start: this.#positionAt(span.start), end: this.#positionAt(span.end) };
  }

  /** Positions outside the text are clamped: to the end of their line, or of the text. */
  span(range: Range): Span {
    return { start: this.offsetAt(range.start), end: this.offsetAt(range.end) };
  }

  offsetAt({ line, character }: Position): number {
    const { start, end } = this.#lines.line(line);
    if (this.#encoding === 'utf-16') return Math.min(start + character, end);
    let at = start;
    for (let left = character; at < end && left > 0; ) {
      const code = this.#text.codePointAt(at)!;
      left -= size(code, this.#encoding);
      at += code > 0xffff ? 2 : 1;
    }
    return at;
  }

  #positionAt(offset: number): Position {
    const position = this.#lines.positionAt(offset);
    if (this.#encoding === 'utf-16') return position;
    const before = this.#text.slice(offset - position.character, offset);
    let character = 0;
    for (const point of before) character += size(point.codePointAt(0)!, this.#encoding);
    return { line: position.line, character };
  }
}

/** The documents that the client has open, kept up to date by its changes, whatever it counts columns in. */
export function openDocuments(encoding: () => Encoding): TextDocuments<TextDocument> {
  return new TextDocuments({
    create: TextDocument.create,
    update(document, changes, version) {
      // Each change refers to the text that the one before it left.
      for (const change of changes) TextDocument.update(document, [recoded(document, change, encoding())], version);
      return document;
    },
  });
}

/** The change with its columns in UTF-16 code units. */
function recoded(
  document: TextDocument,
  change: TextDocumentContentChangeEvent,
  encoding: Encoding,
): TextDocumentContentChangeEvent {
  if (encoding === 'utf-16' || !('range' in change)) return change;
  const { start, end } = new Places(document.getText(), encoding).span(change.range);
  const range = { start: document.positionAt(start), end: document.positionAt(end) };
  return { range, text: change.text };
}

/** How much a code point advances a column. */
function size(code: number, encoding: Encoding): number {
  if (encoding === 'utf-32') return 1;
  if (encoding === 'utf-16') return code > 0xffff ? 2 : 1;
  if (code < 0x80) return 1;
  if (code < 0x800) return 2;
  return code < 0x10000 ? 3 : 4;
}
