/** A request, known to both sides by its method; the types of what is sent travel with it. */
export interface Request<Params, Result> {
  readonly method: string;
  readonly types?: (params: Params) => Result;
}

/** A notification, known to both sides by its method. */
export interface Notification<Params> {
  readonly method: string;
  readonly types?: (params: Params) => void;
}

/** What a client may say in `initializationOptions`. Everything is optional: a client that says nothing gets plain LSP. */
export interface ClientOptions {
  /** Settings, for a client that neither answers `workspace/configuration` nor sends `workspace/didChangeConfiguration`. */
  readonly settings?: unknown;
  /** URI schemes of documents for which the client never pulls diagnostics: theirs are pushed. */
  readonly pushed?: readonly string[];
  /** True for a client that wants `documentStatus`. */
  readonly status?: boolean;
  /** False for a client that pulls `workspace/diagnostic` without being asked and should not. */
  readonly workspaceDiagnostics?: boolean;
}

/** What a file holds, with its byte order mark if it has one, or why it could not be read, as a sentence. */
export type FileContent = { readonly text: string } | { readonly problem: string };

/** Server to client: the text of a file that only the client can reach; `null` if there is none. */
export const readFile: Request<{ readonly uri: string }, FileContent | null> = { method: 'termlint/readFile' };

/** Server to client: the URIs of all files below a folder that match a glob pattern, in no order. */
export const findFiles: Request<{ readonly folder: string; readonly pattern: string }, readonly string[]> = {
  method: 'termlint/findFiles',
};

/** What there is to say of a document beside its diagnostics. */
export interface DocumentStatus {
  readonly uri: string;
  /** False if the settings disable Termlint or exclude the document. */
  readonly enabled: boolean;
  /** The names of the glossaries in use. */
  readonly glossaries: readonly string[];
  /** How many findings the document has. */
  readonly findings: number;
  /** What is wrong with the settings and glossaries that the document is read with. */
  readonly problems: readonly { readonly uri?: string; readonly message: string }[];
}

/** Server to client: sent whenever the status of an open document has changed. */
export const documentStatus: Notification<DocumentStatus> = { method: 'termlint/documentStatus' };

/** What `workspace/executeCommand` accepts. */
export const commands = {
  /** Checks every document of the workspace and publishes what it finds. Result: `CheckResult`. */
  checkWorkspace: 'termlint.server.checkWorkspace',
  /** Shows the page of a rule, whose name is the only argument. */
  showPage: 'termlint.server.showPage',
} as const;

/** How a check of the workspace ended. */
export interface CheckResult {
  readonly documents: number;
  readonly findings: number;
  readonly cancelled: boolean;
}
