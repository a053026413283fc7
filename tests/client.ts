import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  createMessageConnection,
  type Diagnostic,
  type FullDocumentDiagnosticReport,
  type Hover,
  type InitializeResult,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type Range,
  type Registration,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver-protocol/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** The repository, seen from `out/tests`. */
const root = resolve(__dirname, '../..');

/** How long anything may take before a test gives up waiting. */
const PATIENCE = 15_000;

/** What an editor can do that can do everything, except that it waits for diagnostics instead of asking. */
export const pushing: ClientCapabilities = {
  general: { positionEncodings: ['utf-16'] },
  window: { workDoneProgress: true },
  textDocument: {
    publishDiagnostics: {
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      versionSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    hover: { contentFormat: ['markdown', 'plaintext'] },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      isPreferredSupport: true,
      dataSupport: true,
    },
  },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
  },
};

/** The same editor, asking for diagnostics. */
export const pulling: ClientCapabilities = {
  ...pushing,
  textDocument: { ...pushing.textDocument, diagnostic: {} },
  workspace: { ...pushing.workspace, diagnostics: { refreshSupport: true } },
};

export interface Start {
  readonly capabilities?: ClientCapabilities;
  readonly folders?: readonly string[];
  readonly options?: unknown;
  /** What the editor answers to `workspace/configuration`, by scope. */
  readonly settings?: (scope: string | undefined) => unknown;
}

/** A folder of its own for one test, with these files in it; gone afterwards. */
export function folderWith(context: TestContext, files: Readonly<Record<string, string>>): Folder {
  const folder = new Folder(realpathSync(mkdtempSync(join(tmpdir(), 'termlint-lsp-'))));
  context.after(() => rmSync(folder.path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) folder.write(name, text);
  return folder;
}

export class Folder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  get uri(): string {
    return pathToFileURL(this.path).toString();
  }

  of(name: string): string {
    return pathToFileURL(join(this.path, name)).toString();
  }

  write(name: string, text: string): string {
    const file = join(this.path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return this.of(name);
  }

  remove(name: string): string {
    rmSync(join(this.path, name));
    return this.of(name);
  }
}

/** An editor that speaks to the server as it is shipped, over its standard streams. */
export class Client {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  readonly published = new Map<string, PublishDiagnosticsParams[]>();
  readonly notified: { readonly method: string; readonly params: unknown }[] = [];
  readonly registrations = new Map<string, Registration>();
  readonly texts = new Map<string, TextDocument>();
  readonly exited: Promise<number | null>;
  initialized!: InitializeResult;
  refreshes = 0;
  logged = '';
  /** While it is set, questions for settings wait for it. */
  hold: Promise<void> | undefined;
  #settings: (scope: string | undefined) => unknown = () => null;
  readonly #waiting = new Set<() => void>();

  constructor() {
    this.process = spawn(process.execPath, ['dist/server.js', '--stdio'], { cwd: root, stdio: 'pipe' });
    this.exited = new Promise((done) => this.process.on('exit', (code) => done(code)));
    const reader = new StreamMessageReader(this.process.stdout!);
    // A server that is killed within a message would leave a timer that renews itself for ever.
    reader.partialMessageTimeout = 0;
    const writer = new StreamMessageWriter(this.process.stdin!);
    this.connection = createMessageConnection(reader, writer);
    this.connection.onError(() => {});
    this.#listen();
    this.connection.listen();
  }

  /** A client whose server is ready, and ends with the test. */
  static async start(context: TestContext, start: Start = {}): Promise<Client> {
    const client = new Client();
    context.after(() => client.kill());
    await client.initialize(start);
    return client;
  }

  async initialize({ capabilities = pulling, folders = [], options, settings }: Start): Promise<void> {
    if (settings) this.#settings = settings;
    this.initialized = await this.connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
      initializationOptions: options,
    });
    await this.connection.sendNotification('initialized', {});
  }

  async open(uri: string, text: string, languageId = 'markdown'): Promise<string> {
    this.texts.set(uri, TextDocument.create(uri, languageId, 1, text));
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: 1, text },
    });
    return uri;
  }

  /** Changes one stretch of the text, as typing does. */
  async edit(uri: string, range: Range, text: string): Promise<void> {
    await this.change(uri, [{ range, text }]);
  }

  async change(uri: string, contentChanges: { range: Range; text: string }[]): Promise<void> {
    const document = this.texts.get(uri)!;
    TextDocument.update(document, contentChanges, document.version + 1);
    const { version } = document;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges,
    });
  }

  /** Replaces the first occurrence of a stretch of the text. */
  async replace(uri: string, before: string, after: string): Promise<void> {
    await this.edit(uri, this.place(uri, before), after);
  }

  async close(uri: string): Promise<void> {
    this.texts.delete(uri);
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  async watched(...uris: string[]): Promise<void> {
    const changes = uris.map((uri) => ({ uri, type: 2 }));
    await this.connection.sendNotification('workspace/didChangeWatchedFiles', { changes });
  }

  async changeSettings(settings: (scope: string | undefined) => unknown): Promise<void> {
    this.#settings = settings;
    await this.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
  }

  async pull(uri: string, previousResultId?: string): Promise<FullDocumentDiagnosticReport> {
    const params = { textDocument: { uri }, identifier: 'termlint', previousResultId };
    return this.connection.sendRequest('textDocument/diagnostic', params);
  }

  /** What the server finds in an open document: each rule with the text that it is about. */
  async findings(uri: string): Promise<string[]> {
    return this.shown(uri, (await this.pull(uri)).items);
  }

  shown(uri: string, diagnostics: readonly Diagnostic[]): string[] {
    const document = this.texts.get(uri)!;
    return diagnostics.map(({ code, range }) => `${code}: ${document.getText(range)}`);
  }

  async hover(uri: string, at: string): Promise<string | undefined> {
    const position = this.place(uri, at).start;
    const hover = await this.connection.sendRequest<Hover | null>('textDocument/hover', {
      textDocument: { uri },
      position,
    });
    return hover ? (hover.contents as { value: string }).value : undefined;
  }

  async actions(uri: string, range: Range, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    const params = { textDocument: { uri }, range, context: { diagnostics: [], ...context } };
    return this.connection.sendRequest('textDocument/codeAction', params);
  }

  request<Result>(method: string, params: unknown, token?: CancellationToken): Promise<Result> {
    return token ? this.connection.sendRequest(method, params, token) : this.connection.sendRequest(method, params);
  }

  /** What the server has told of a method, in order. */
  told(method: string): readonly unknown[] {
    return this.notified.filter((notification) => notification.method === method).map(({ params }) => params);
  }

  /** Where a stretch of the text is, for the first time. */
  place(uri: string, stretch: string): Range {
    const document = this.texts.get(uri)!;
    const start = document.getText().indexOf(stretch);
    assert.notEqual(start, -1, `"${stretch}" is not in the document`);
    return { start: document.positionAt(start), end: document.positionAt(start + stretch.length) };
  }

  /** The last diagnostics published for a document. */
  lastPublished(uri: string): PublishDiagnosticsParams | undefined {
    return this.published.get(uri)?.at(-1);
  }

  /** Waits until something holds; it is asked again whenever the server has said something. */
  until<Value>(what: string, condition: () => Value | undefined | false): Promise<Value> {
    return new Promise((done, failed) => {
      const giveUp = setTimeout(() => finish(() => failed(new Error(`Waited in vain until ${what}`))), PATIENCE);
      const finish = (end: () => void) => {
        clearTimeout(giveUp);
        this.#waiting.delete(check);
        end();
      };
      const check = () => {
        const value = condition();
        if (value !== undefined && value !== false) finish(() => done(value));
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** Asks again and again, whenever the server has said something, until the answer is as wanted. */
  async untilFound(uri: string, wanted: readonly string[]): Promise<void> {
    let found: string[] | undefined;
    let refreshes = -1;
    while (JSON.stringify(found) !== JSON.stringify(wanted)) {
      await this.until(
        `${JSON.stringify(wanted)} is found, not ${JSON.stringify(found)}`,
        () => refreshes < this.refreshes,
      );
      refreshes = this.refreshes;
      found = await this.findings(uri);
    }
  }

  /** Ends the server as an editor does, and gives its exit code. */
  async shutDown(): Promise<number | null> {
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    return this.exited;
  }

  kill(): void {
    this.connection.dispose();
    this.process.kill();
  }

  #listen(): void {
    const { connection } = this;
    connection.onNotification((method, params) => this.#notified(method, params));
    connection.onRequest('workspace/configuration', async ({ items }: { items: { scopeUri?: string }[] }) => {
      await this.hold;
      return items.map(({ scopeUri }) => this.#settings(scopeUri) ?? null);
    });
    connection.onRequest('client/registerCapability', ({ registrations }: { registrations: Registration[] }) => {
      for (const registration of registrations) this.registrations.set(registration.id, registration);
      this.#tell();
    });
    connection.onRequest('client/unregisterCapability', (params: { unregisterations: Registration[] }) => {
      for (const { id } of params.unregisterations) this.registrations.delete(id);
      this.#tell();
    });
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      this.#tell();
    });
    connection.onRequest('window/workDoneProgress/create', () => null);
    connection.onUnhandledProgress((progress) => this.#notified('$/progress', progress));
  }

  #notified(method: string, params: unknown): void {
    this.notified.push({ method, params });
    if (method === 'textDocument/publishDiagnostics') {
      const published = params as PublishDiagnosticsParams;
      this.published.set(published.uri, [...(this.published.get(published.uri) ?? []), published]);
    }
    if (method === 'window/logMessage') this.logged += `${(params as { message: string }).message}\n`;
    this.#tell();
  }

  #tell(): void {
    for (const check of this.#waiting) check();
  }
}

/** The message of a diagnostic, which is text in all that this server sends. */
export function messageOf(diagnostic: Diagnostic | undefined): string {
  return String(diagnostic?.message);
}

/** The edits of a document in a workspace edit, which names its version if it is `documentChanges`. */
export function editsOf(edit: WorkspaceEdit | undefined, uri: string): { version?: number | null; edits: TextEdit[] } {
  const versioned = edit?.documentChanges?.find(
    (change): change is TextDocumentEdit => 'textDocument' in change && change.textDocument.uri === uri,
  );
  if (versioned) return { version: versioned.textDocument.version, edits: versioned.edits as TextEdit[] };
  return { edits: edit?.changes?.[uri] ?? [] };
}

/** A text after the edits that an action makes in it. */
export function applied(text: string, action: CodeAction | undefined, uri: string): string {
  const { edits } = editsOf(action?.edit, uri);
  return TextDocument.applyEdits(TextDocument.create(uri, 'markdown', 0, text), edits);
}
