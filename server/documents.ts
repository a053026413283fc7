import { type TextDocumentContentChangeEvent, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Encoding, Places } from './places';

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
