import { type ClientCapabilities, DiagnosticTag, type InitializeParams, MarkupKind } from 'vscode-languageserver';
import type { ClientOptions } from './messages';
import type { Encoding } from './places';

/** What a client can do, as far as it makes a difference here. */
export interface Abilities {
  readonly encoding: Encoding;
  /** It asks for the diagnostics of its documents. */
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly deprecatedTag: boolean;
  readonly diagnosticData: boolean;
  readonly diagnosticVersion: boolean;
  readonly markdown: boolean;
  readonly codeActions: boolean;
  readonly preferredActions: boolean;
  readonly versionedEdits: boolean;
  readonly createsFiles: boolean;
  readonly showsPages: boolean;
  readonly answersConfiguration: boolean;
  readonly registersConfiguration: boolean;
  readonly registersWatchers: boolean;
  readonly relativePatterns: boolean;
  readonly changesFolders: boolean;
  /** It opens notebooks as cells, so that a place in their file means nothing to it. */
  readonly opensNotebooks: boolean;
  readonly options: ClientOptions;
}

export function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): Abilities {
  const { general, notebookDocument, textDocument, window, workspace } = capabilities;
  const action = textDocument?.codeAction;
  return {
    encoding: encodingOf(general?.positionEncodings),
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    ...diagnosticAbilities(textDocument),
    markdown: textDocument?.hover?.contentFormat?.[0] === MarkupKind.Markdown,
    codeActions: action?.codeActionLiteralSupport !== undefined,
    preferredActions: action?.isPreferredSupport === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    createsFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
    showsPages: window?.showDocument?.support === true,
    answersConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    registersWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    changesFolders: workspace?.workspaceFolders === true,
    opensNotebooks: notebookDocument !== undefined,
    // A client may send anything here; what is no object has no options.
    options: initializationOptions ?? {},
  };
}

/** UTF-16 costs nothing here, and every client has to know it. One that breaks this rule says what it knows. */
function encodingOf(offered: readonly string[] | undefined): Encoding {
  if (!offered || offered.length === 0 || offered.includes('utf-16')) return 'utf-16';
  return offered.includes('utf-8') ? 'utf-8' : offered.includes('utf-32') ? 'utf-32' : 'utf-16';
}

/** Clients that pull declare the parts of a diagnostic there since LSP 3.18, before in `publishDiagnostics` only. */
function diagnosticAbilities(textDocument: ClientCapabilities['textDocument']) {
  const { diagnostic: pulled, publishDiagnostics: pushed } = textDocument ?? {};
  const tags = [...(pulled?.tagSupport?.valueSet ?? []), ...(pushed?.tagSupport?.valueSet ?? [])];
  return {
    relatedInformation: (pulled?.relatedInformation ?? pushed?.relatedInformation) === true,
    codeDescription: (pulled?.codeDescriptionSupport ?? pushed?.codeDescriptionSupport) === true,
    deprecatedTag: tags.includes(DiagnosticTag.Deprecated),
    diagnosticData: (pulled?.dataSupport ?? pushed?.dataSupport) === true,
    diagnosticVersion: pushed?.versionSupport === true,
  };
}
