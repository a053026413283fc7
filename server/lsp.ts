import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Connection,
  type Diagnostic,
  type DiagnosticServerCancellationData,
  DiagnosticSeverity,
  DiagnosticTag,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Disposable,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type ExecuteCommandParams,
  type FileSystemWatcher,
  type FullDocumentDiagnosticReport,
  type Hover,
  type HoverParams,
  type InitializeParams,
  type InitializeResult,
  LSPErrorCodes,
  MarkupKind,
  ResponseError,
  type ResultProgressReporter,
  TextDocumentSyncKind,
  type TextDocuments,
  type TextEdit,
  type UnchangedDocumentDiagnosticReport,
  WorkDoneProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { URI, Utils } from 'vscode-uri';
import { type Abilities, abilitiesOf } from './abilities';
import { allowing, ruling } from './amend';
import { conceptCard, evidenceCard, markdown, paragraphs, plain, senseCard } from './card';
import {
  type Analysis,
  analyze,
  type Edit,
  type Finding,
  formatOf,
  rules,
  type Severity,
  type Span,
  settingsFrom,
  suppression,
} from './engine';
import { applySafeFixes } from './fixes';
import {
  canonical,
  documentPattern,
  type FileProblem,
  type Host,
  type Layer,
  type Place,
  type Project,
  Projects,
  SETTINGS_FILE,
} from './host';
import { type CheckResult, commands, type DocumentStatus, documentStatus, type FileContent } from './messages';
import { openDocuments, Places, type Range } from './places';

/** Serves one client. The caller starts the connection. */
export function serve(connection: Connection, host: Host): void {
  new Server(connection, host).listen();
}

/** The name under which diagnostics are shown, and the section of an editor's settings. */
const NAME = 'Termlint';
const SECTION = 'termlint';
/** The scheme of the cells of a notebook in VS Code, each of which is a document. */
const NOTEBOOK_CELL = 'vscode-notebook-cell';
const FIX_ALL = `${CodeActionKind.SourceFixAll}.${SECTION}`;

/** How long to wait for the next keystroke before diagnostics are pushed, in milliseconds. */
const PUSH_DELAY = 120;
/** How long to wait for more changes of settings and glossaries. */
const SURVEY_DELAY = 60;
/** How long to work before waiting messages are let in. */
const WORK_SLICE = 15;
/** How long to wait for more changes of documents before a check of the workspace is brought up to date. */
const CHECK_DELAY = 300;
/** For how many findings at once it is offered to leave them as they are. */
const MOST_DISMISSED = 10;
/** A longer stretch is a sentence, which nobody allows in a whole project. */
const LONGEST_PHRASE = 60;

/** One version of a document. */
interface Snapshot {
  readonly uri: string;
  /** `null` if the client does not have it open. */
  readonly version: number | null;
  /** The language id to read it by. */
  readonly format: string;
  readonly text: string;
}

/** What was read of one version of a document. */
interface Reading extends Snapshot {
  readonly project: Project;
  readonly places: Places;
  /** `undefined` if the document is not to be read. */
  readonly analysis: Analysis | undefined;
}

/** The last analysis of an open document. */
interface Memory {
  readonly version: number;
  readonly project: Project;
  readonly analysis: Analysis | undefined;
}

/** The diagnostics of one version of a document of the workspace. */
interface Checked {
  readonly uri: string;
  readonly version: number | null;
  readonly diagnostics: readonly Diagnostic[];
}

class Server {
  readonly #connection: Connection;
  readonly #host: Host;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #projects: Projects;
  #client: Abilities = abilitiesOf({ processId: null, rootUri: null, capabilities: {} });
  /** URIs of the workspace folders. */
  #folders: readonly string[] = [];
  /** The settings that the client has pushed, if any. */
  #pushedSettings: unknown;
  /** The client's settings by workspace folder. */
  readonly #layers = new Map<string | undefined, Promise<Layer | undefined>>();
  readonly #memories = new WeakMap<TextDocument, Memory>();
  /** What was published, by URI: problems of settings and glossaries, and of closed documents after a check. */
  readonly #published = new Map<string, string>();
  /** Files in which settings or glossaries have problems. */
  #broken: readonly string[] = [];
  readonly #statuses = new Map<string, string>();
  /** Open documents for which the client has asked. */
  readonly #pulled = new Set<string>();
  /** What is known of closed documents while the client watches them. */
  readonly #closed = new Map<string, { readonly project: Project; readonly checked: Checked }>();
  /** True once the client has asked for a check of the workspace, which is kept up to date from then on. */
  #checks = false;
  #recheck = 0;
  #survey = 0;
  #watching: { readonly key: string; readonly registration: Promise<Disposable | undefined> } | undefined;
  #watchesDocuments = false;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #said = new Set<string>();

  constructor(connection: Connection, host: Host) {
    this.#connection = connection;
    this.#documents = openDocuments(() => this.#client.encoding);
    this.#host = {
      // What is being written counts, not what was saved.
      read: async (uri) => this.#openText(uri) ?? asOpened(await host.read(uri)),
      documents: (folder) => host.documents(folder),
    };
    this.#projects = new Projects(this.#host);
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(params));
    connection.onInitialized(() => this.#initialized());
    connection.onDidChangeConfiguration(({ settings }) => this.#settingsChanged(settings));
    connection.onDidChangeWatchedFiles(({ changes }) => this.#filesChanged(changes.map(({ uri }) => uri)));
    connection.languages.diagnostics.on((params, token) => this.#pull(params, token));
    connection.languages.diagnostics.onWorkspace((params, token, progress, partial) =>
      this.#pullWorkspace(params, { token, progress, partial }),
    );
    connection.onHover((params, token) => this.#hover(params, token));
    connection.onCodeAction((params, token) => this.#codeActions(params, token));
    connection.onExecuteCommand((params, token, progress) => this.#execute(params, token, progress));
    this.#documents.onDidOpen(({ document }) => this.#opened(document));
    this.#documents.onDidChangeContent(({ document }) => this.#edited(document));
    this.#documents.onDidSave(({ document }) => this.#saved(document));
    this.#documents.onDidClose(({ document }) => this.#closedBy(document));
    this.#documents.listen(connection);
  }

  // Life

  #initialize(params: InitializeParams): InitializeResult {
    this.#client = abilitiesOf(params);
    const folders = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    this.#folders = folders.map(canonical);
    const { encoding, pullsDiagnostics, showsPages, options } = this.#client;
    return {
      serverInfo: { name: NAME },
      capabilities: {
        positionEncoding: encoding,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
        ...(pullsDiagnostics && {
          diagnosticProvider: {
            identifier: SECTION,
            interFileDependencies: false,
            workspaceDiagnostics: options.workspaceDiagnostics !== false,
            workDoneProgress: true,
          },
        }),
        executeCommandProvider: {
          commands: showsPages ? [commands.checkWorkspace, commands.showPage] : [commands.checkWorkspace],
          workDoneProgress: true,
        },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  #initialized(): void {
    const { changesFolders, registersConfiguration } = this.#client;
    if (registersConfiguration) {
      const options = { section: SECTION };
      this.#run(() => this.#connection.client.register(DidChangeConfigurationNotification.type, options));
    }
    if (changesFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = removed.map(({ uri }) => canonical(uri));
        const kept = this.#folders.filter((folder) => !gone.includes(folder));
        this.#folders = [...new Set([...kept, ...added.map(({ uri }) => canonical(uri))])];
        this.#settingsChanged(this.#pushedSettings);
      });
    }
    this.#surveyLater();
  }

  #opened({ uri, languageId }: TextDocument): void {
    this.#closed.delete(canonical(uri));
    if (this.#pushes(uri) && isKnown(languageId, uri)) this.#published.delete(canonical(uri));
    if (!this.#client.registersWatchers) this.#forgetFiles();
    this.#surveyLater();
  }

  #edited(document: TextDocument): void {
    const { uri } = document;
    if (this.#projects.changed(uri)) this.#outdated();
    if (this.#checks && !this.#isShown(uri)) this.#checkAgain();
    if (!this.#pushes(uri)) return;
    const isNew = !this.#memories.has(document);
    this.#later(`push ${uri}`, isNew ? 0 : PUSH_DELAY, () => this.#push(document));
  }

  #saved({ uri }: TextDocument): void {
    this.#filesChanged([uri]);
    if (!this.#client.registersWatchers) this.#forgetFiles();
  }

  /** For a client that cannot say which files have changed. */
  #forgetFiles(): void {
    this.#projects.clear();
    this.#outdated();
  }

  #closedBy({ uri, languageId }: TextDocument): void {
    this.#cancel(`push ${uri}`);
    this.#statuses.delete(uri);
    this.#pulled.delete(uri);
    if (this.#pushes(uri) && isKnown(languageId, uri)) this.#send({ uri, version: null, diagnostics: [] });
    if (this.#projects.changed(uri)) this.#outdated();
    if (this.#checks) this.#checkAgain();
    this.#surveyLater();
  }

  #settingsChanged(settings: unknown): void {
    if (isRecord(settings) && SECTION in settings) this.#pushedSettings = settings;
    this.#layers.clear();
    this.#projects.clear();
    this.#outdated();
  }

  #filesChanged(uris: readonly string[]): void {
    const changed = uris.filter((uri) => this.#projects.changed(uri));
    if (changed.length > 0) this.#outdated();
    for (const uri of uris) this.#closed.delete(canonical(uri));
    if (this.#checks && uris.some((uri) => formatOf({ path: URI.parse(uri).path }))) this.#checkAgain();
  }

  /** To be called when settings or glossaries have changed: everything that was said may be wrong. */
  #outdated(): void {
    this.#later('outdated', SURVEY_DELAY, async () => {
      await this.#surveyProjects();
      for (const document of this.#documents.all()) {
        if (this.#pushes(document.uri)) this.#later(`push ${document.uri}`, 0, () => this.#push(document));
      }
      if (this.#client.refreshesDiagnostics) await this.#connection.languages.diagnostics.refresh();
      if (this.#checks) this.#checkAgain();
    });
  }

  // Settings and glossaries

  /** Publishes the problems of all settings and glossaries in use, and watches their files. */
  async #surveyProjects(): Promise<void> {
    const survey = ++this.#survey;
    const known = this.#documents.all().filter((document) => isKnown(document.languageId, document.uri));
    const places = [
      ...known.map((document) => this.#placeOf(document.uri)),
      ...this.#folders.map((folder) => ({ folder })),
    ];
    const projects = new Set(await Promise.all(places.map((place) => this.#projectAt(place))));
    if (survey !== this.#survey) return;
    this.#publishProblems([...projects].flatMap((project) => project.problems));
    await this.#watch();
  }

  #surveyLater(): void {
    this.#later('survey', SURVEY_DELAY, () => this.#surveyProjects());
  }

  #publishProblems(problems: readonly FileProblem[]): void {
    const files = new Map<string, Map<string, Diagnostic>>();
    for (const { uri, text, problem } of problems) {
      if (uri === undefined) {
        this.#sayOnce(`In the settings: ${problem.message}`);
        continue;
      }
      const diagnostic = problemDiagnostic(problem, new Places(text, this.#client.encoding));
      const ofFile = files.get(uri) ?? new Map<string, Diagnostic>();
      files.set(uri, ofFile.set(JSON.stringify(diagnostic), diagnostic));
    }
    for (const uri of this.#broken) if (!files.has(uri)) this.#publish(uri, []);
    for (const [uri, diagnostics] of files) this.#publish(uri, [...diagnostics.values()]);
    this.#broken = [...files.keys()];
  }

  #projectAt(place: Place): Promise<Project> {
    return this.#layerOf(this.#folderOf(place)).then((layer) => this.#projects.of(place, layer));
  }

  /** The client's settings for a workspace folder, or for what lies in none. */
  #layerOf(folder: string | undefined): Promise<Layer | undefined> {
    const known = this.#layers.get(folder);
    if (known) return known;
    const layer = this.#askLayer(folder);
    this.#layers.set(folder, layer);
    return layer;
  }

  async #askLayer(folder: string | undefined): Promise<Layer | undefined> {
    const raw = await this.#askSettings(folder);
    if (!isRecord(raw)) return undefined;
    // What only the client reads is no business of the engine.
    const { run: _run, trace: _trace, ...rest } = raw;
    const { settings, problems } = settingsFrom(rest);
    for (const problem of problems) this.#sayOnce(`In the settings: ${problem.message}`);
    return { settings, folder: folder ?? this.#folders[0] ?? 'file:///' };
  }

  async #askSettings(folder: string | undefined): Promise<unknown> {
    const { answersConfiguration, options } = this.#client;
    if (answersConfiguration) {
      try {
        const item = { section: SECTION, ...(folder && { scopeUri: folder }) };
        const answer: unknown = await this.#connection.workspace.getConfiguration(item);
        if (isRecord(answer)) return answer;
      } catch {
        // A client may declare more than it does.
      }
    }
    return isRecord(this.#pushedSettings) ? this.#pushedSettings[SECTION] : options.settings;
  }

  /** Where a document lies, also if it lives in an editor only. */
  #placeOf(uri: string): Place {
    const parsed = URI.parse(uri);
    const fallback = this.#folders[0] === undefined ? undefined : { folder: this.#folders[0] };
    if (parsed.scheme === 'vscode-scm') {
      const root = new URLSearchParams(parsed.query).get('rootUri');
      return root ? { folder: canonical(root) } : fallback;
    }
    if (parsed.scheme !== 'untitled' && parsed.scheme !== NOTEBOOK_CELL) return { document: canonical(uri) };
    const folder = this.#folders.map((name) => URI.parse(name)).find((name) => isBelow(parsed.path, name.path));
    return folder ? { document: folder.with({ path: parsed.path }).toString() } : fallback;
  }

  /** The workspace folder of a place, the innermost if there are several. */
  #folderOf(place: Place): string | undefined {
    if (!place) return undefined;
    const uri = 'folder' in place ? place.folder : place.document;
    const around = this.#folders.filter((folder) => isBelow(uri, folder));
    return around.sort((a, b) => b.length - a.length)[0];
  }

  /** Has the client watch every file that was read or looked for, wherever it is. */
  async #watch(): Promise<void> {
    if (!this.#client.registersWatchers) return;
    const watchers = this.#watchers();
    const key = JSON.stringify(watchers);
    if (key === this.#watching?.key) return;
    const before = this.#watching?.registration;
    const registration = this.#connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers })
      .catch(() => undefined);
    this.#watching = { key, registration };
    await registration;
    (await before)?.dispose();
  }

  #watchers(): FileSystemWatcher[] {
    const covered = (uri: string) =>
      uri.endsWith(`/${SETTINGS_FILE}`) && this.#folders.some((folder) => isBelow(uri, folder));
    const others = [...this.#projects.inputs()].filter((uri) => !covered(uri)).sort();
    return [
      { globPattern: `**/${SETTINGS_FILE}` },
      ...others.map((uri) => this.#watcherOf(uri)),
      ...(this.#watchesDocuments ? [{ globPattern: documentPattern }] : []),
    ];
  }

  #watcherOf(uri: string): FileSystemWatcher {
    const parsed = URI.parse(uri);
    if (!this.#client.relativePatterns) return { globPattern: globFor(parsed.fsPath) };
    const baseUri = Utils.dirname(parsed).toString();
    return { globPattern: { baseUri, pattern: globFor(Utils.basename(parsed)) } };
  }

  // Reading

  /** What is to be said of a document now. Throws if it was cancelled, or if the document changed meanwhile. */
  async #read(uri: string, token?: CancellationToken): Promise<Reading | undefined> {
    const document = this.#documents.get(uri);
    const version = document?.version;
    const place = this.#placeOf(uri);
    const project = await this.#projectAt(place);
    const snapshot = document ? snapshotOf(document) : await this.#closedSnapshot(uri);
    if (token?.isCancellationRequested) throw cancelled();
    if (this.#documents.get(uri) !== document || document?.version !== version) throw outdated();
    if (!snapshot) return undefined;
    const where = place && 'document' in place ? place.document : uri;
    const isWanted = formatOf({ language: snapshot.format }) && project.wants(where, snapshot.format);
    const analysis = isWanted ? this.#analyze(snapshot, project, document) : undefined;
    const reading = { ...snapshot, project, analysis, places: new Places(snapshot.text, this.#client.encoding) };
    if (document) this.#remember(document, reading);
    return reading;
  }

  #analyze(snapshot: Snapshot, project: Project, document: TextDocument | undefined): Analysis | undefined {
    const memory = document && this.#memories.get(document);
    if (memory?.version === snapshot.version && memory.project === project) return memory.analysis;
    try {
      const analysis = analyze(snapshot, project.workspace, memory?.analysis);
      for (const { rule, error } of analysis.failures)
        this.#sayOnce(`The rule "${rule}" failed: ${error instanceof Error ? error.stack : error}`);
      return analysis;
    } catch (error) {
      // The engine is total, so this is a fault in it: no reason to be silent, nor to stop serving other documents.
      this.#sayOnce(`A document could not be read: ${error instanceof Error ? error.stack : error}`);
      return undefined;
    }
  }

  #remember(document: TextDocument, { analysis, project }: Reading): void {
    this.#memories.set(document, { version: document.version, project, analysis });
    if (this.#client.options.status) this.#sendStatus(statusOf(document.uri, project, analysis));
  }

  async #closedSnapshot(uri: string): Promise<Snapshot | undefined> {
    const format = formatOf({ path: URI.parse(uri).path });
    const content = format && (await this.#host.read(uri));
    if (!content || 'problem' in content) return undefined;
    return { uri, version: null, format: format.languages[0]!, text: content.text };
  }

  // Diagnostics

  async #pull(params: DocumentDiagnosticParams, token: CancellationToken): Promise<DocumentDiagnosticReport> {
    const { uri } = params.textDocument;
    if (this.#documents.get(uri)) this.#pulled.add(uri);
    // What a check of the workspace said of it is said here from now on.
    if (!this.#broken.includes(canonical(uri))) this.#publish(uri, []);
    try {
      const reading = await this.#read(uri, token);
      return reportOf(reading ? this.#diagnosticsOf(reading) : [], params.previousResultId);
    } catch (error) {
      if (!(error instanceof ResponseError) || error.code !== LSPErrorCodes.ContentModified) throw error;
      const data: DiagnosticServerCancellationData = { retriggerRequest: true };
      throw new ResponseError(LSPErrorCodes.ServerCancelled, error.message, data);
    }
  }

  /** True for a document whose diagnostics the client does not ask for. */
  #pushes(uri: string): boolean {
    const { pullsDiagnostics, options } = this.#client;
    return !pullsDiagnostics || (options.pushed?.includes(URI.parse(uri).scheme) ?? false);
  }

  async #push(document: TextDocument): Promise<void> {
    if (!isKnown(document.languageId, document.uri)) return;
    try {
      const reading = await this.#read(document.uri);
      if (reading) this.#send({ ...reading, diagnostics: this.#diagnosticsOf(reading) });
    } catch (error) {
      // Whatever changed the document meanwhile has led to another push.
      if (!(error instanceof ResponseError)) throw error;
    }
  }

  /** Publishes unless the client knows. Not for open documents in a client that does not pull: see `#push`. */
  #publish(uri: string, diagnostics: readonly Diagnostic[]): void {
    const file = canonical(uri);
    const content = diagnostics.length === 0 ? undefined : JSON.stringify(diagnostics);
    if (this.#published.get(file) === content) return;
    if (content === undefined) this.#published.delete(file);
    else this.#published.set(file, content);
    this.#send({ uri, version: null, diagnostics });
  }

  #send({ uri, version, diagnostics }: Checked): void {
    const versioned = version !== null && this.#client.diagnosticVersion;
    const params = { uri, ...(versioned && { version }), diagnostics: [...diagnostics] };
    this.#run(() => this.#connection.sendDiagnostics(params));
  }

  #diagnosticsOf(reading: Reading): Diagnostic[] {
    return reading.analysis?.findings.map((finding) => findingDiagnostic(finding, reading, this.#client)) ?? [];
  }

  #sendStatus(status: DocumentStatus): void {
    const content = JSON.stringify(status);
    if (this.#statuses.get(status.uri) === content) return;
    this.#statuses.set(status.uri, content);
    this.#run(() => this.#connection.sendNotification(documentStatus.method, status));
  }

  // The whole workspace

  async #pullWorkspace(params: WorkspaceDiagnosticParams, task: Task & Streamed): Promise<WorkspaceDiagnosticReport> {
    const previous = new Map(params.previousResultIds.map(({ uri, value }) => [canonical(uri), { uri, value }]));
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    const give = (item: WorkspaceDocumentDiagnosticReport) =>
      task.partial ? task.partial.report({ items: [item] }) : items.push(item);
    this.#forgetUnlessWatched();
    for await (const { uri, version, diagnostics } of this.#checkAll(task)) {
      const known = previous.get(canonical(uri));
      previous.delete(canonical(uri));
      give({ ...reportOf(diagnostics, known?.value), uri, version });
    }
    if (task.token.isCancellationRequested) throw cancelled();
    for (const { uri, value } of previous.values()) give({ ...reportOf([], value), uri, version: null });
    return { items };
  }

  async #checkWorkspace(token: CancellationToken, progress: WorkDoneProgressReporter): Promise<CheckResult> {
    const started = WorkDoneProgressReporter.isNullInstance(progress)
      ? await this.#connection.window.createWorkDoneProgress()
      : undefined;
    const stop = {
      get isCancellationRequested() {
        return token.isCancellationRequested || started?.token.isCancellationRequested === true;
      },
    };
    this.#checks = true;
    this.#recheck++;
    this.#forgetUnlessWatched();
    const result = await this.#publishAll({ token: stop, progress: started ?? progress });
    return { ...result, cancelled: stop.isCancellationRequested };
  }

  /** Brings up to date what a check has published, unless another time is asked for meanwhile. */
  #checkAgain(): void {
    this.#later('check', CHECK_DELAY, async () => {
      const turn = ++this.#recheck;
      const isStale = () => turn !== this.#recheck;
      const stop = {
        get isCancellationRequested() {
          return isStale();
        },
      };
      await this.#publishAll({ token: stop });
    });
  }

  async #publishAll(task: Task): Promise<Omit<CheckResult, 'cancelled'>> {
    const gone = new Set([...this.#published.keys()].filter((uri) => !this.#broken.includes(uri)));
    const result = { documents: 0, findings: 0 };
    for await (const { uri, diagnostics } of this.#checkAll(task)) {
      result.documents++;
      result.findings += diagnostics.length;
      gone.delete(canonical(uri));
      if (!this.#isShown(uri)) this.#publish(uri, diagnostics);
    }
    if (!task.token.isCancellationRequested) for (const uri of gone) this.#publish(uri, []);
    return result;
  }

  /** True for an open document whose diagnostics reach the client anyway. An editor may open one without showing it. */
  #isShown(uri: string): boolean {
    const document = this.#openDocument(uri);
    return document !== undefined && (this.#pushes(document.uri) || this.#pulled.has(document.uri));
  }

  /** Checks document after document, letting other messages in between. */
  async *#checkAll({ token, progress }: Task): AsyncGenerator<Checked> {
    await this.#watchDocuments();
    progress?.begin('Checking terminology', 0, undefined, true);
    try {
      const uris = await this.#allDocuments();
      const breathe = breather();
      for (const [index, uri] of uris.entries()) {
        if (await breathe()) progress?.report((100 * index) / uris.length, `${index} of ${uris.length} documents`);
        if (token.isCancellationRequested) return;
        const checked = await this.#check(uri);
        if (checked) yield checked;
      }
    } finally {
      progress?.done();
    }
  }

  /** The documents of all folders, and those that are open and lie in none, in this order. */
  async #allDocuments(): Promise<string[]> {
    const found = await Promise.all(this.#folders.map((folder) => this.#host.documents(folder)));
    const wanted = found.flat().filter((uri) => !(this.#client.opensNotebooks && isNotebook(uri)));
    const files = new Map(wanted.map((uri) => [canonical(uri), uri]));
    for (const { uri, languageId } of this.#documents.all()) {
      const file = canonical(uri);
      // An editor may keep a file open that is gone, or that git ignores.
      const isElsewhere = !this.#folders.some((folder) => isBelow(file, folder));
      if (files.has(file) || (isElsewhere && isKnown(languageId, uri))) files.set(file, uri);
    }
    return [...files.values()];
  }

  /** `undefined` for a document that is not to be read, or is written faster than it can be read. */
  async #check(uri: string): Promise<Checked | undefined> {
    const project = await this.#projectAt(this.#placeOf(uri));
    const known = this.#closed.get(canonical(uri));
    if (known?.project === project && !this.#openDocument(uri)) return known.checked;
    const reading = await this.#readPatiently(uri);
    if (!reading?.analysis) return undefined;
    const checked = { uri, version: reading.version, diagnostics: this.#diagnosticsOf(reading) };
    if (reading.version === null) this.#closed.set(canonical(uri), { project: reading.project, checked });
    return checked;
  }

  async #readPatiently(uri: string): Promise<Reading | undefined> {
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        return await this.#read(uri);
      } catch (error) {
        if (!(error instanceof ResponseError)) throw error;
      }
    }
    return undefined;
  }

  async #watchDocuments(): Promise<void> {
    if (!this.#client.registersWatchers || this.#watchesDocuments) return;
    this.#watchesDocuments = true;
    await this.#watch();
  }

  #forgetUnlessWatched(): void {
    if (!this.#watchesDocuments) this.#closed.clear();
  }

  // Hover

  async #hover({ textDocument, position }: HoverParams, token: CancellationToken): Promise<Hover | null> {
    const reading = await this.#read(textDocument.uri, token);
    if (!reading?.analysis) return null;
    const { document, findings } = reading.analysis;
    const offset = reading.places.offsetAt(position);
    const isHere = (span: Span) => span.start <= offset && offset < span.end;
    const mention = document.mentions.find(isHere);
    const finding = findings.filter(isHere);
    const markup = this.#client.markdown ? markdown : plain;
    const cards = [
      mention && (senseCard(mention, markup) ?? conceptCard(mention.concept, document.lexicon, markup)),
      ...finding.map((one) => evidenceCard(one, pageUrl(one.rule), markup)),
    ];
    const value = paragraphs(cards);
    if (!value) return null;
    const kind = this.#client.markdown ? MarkupKind.Markdown : MarkupKind.PlainText;
    return { contents: { kind, value }, range: reading.places.range(mention ?? finding[0]!) };
  }

  // Code actions and commands

  async #codeActions(params: CodeActionParams, token: CancellationToken): Promise<CodeAction[]> {
    const { only, triggerKind } = params.context;
    const wants = (kind: string) => !only || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
    // Editors ask on every save: what is not wanted must cost nothing.
    if (!this.#client.codeActions || !(wants(CodeActionKind.QuickFix) || wants(FIX_ALL))) return [];
    const reading = await this.#read(params.textDocument.uri, token);
    if (!reading?.analysis) return [];
    const actions = wants(CodeActionKind.QuickFix) ? await this.#quickFixes(reading, params) : [];
    const isAsked = only !== undefined || triggerKind === CodeActionTriggerKind.Invoked;
    // The settings file may have been read from afar.
    if (this.#documents.get(reading.uri)?.version !== (reading.version ?? undefined)) throw outdated();
    const all = isAsked && wants(FIX_ALL) ? this.#fixAll(reading) : undefined;
    return all ? [...actions, all] : actions;
  }

  async #quickFixes(reading: Reading, { range, context }: CodeActionParams): Promise<CodeAction[]> {
    const wanted = reading.places.span(range);
    const touches = (span: Span) => span.start <= wanted.end && wanted.start <= span.end;
    const findings = reading.analysis!.findings.filter(touches);
    const cases = findings.map((finding) => ({ finding, solves: this.#solved(finding, reading, context.diagnostics) }));
    const fixes = cases.flatMap(({ finding, solves }) =>
      finding.fixes.map((fix) =>
        this.#action(fix.title, solves, this.#workspaceEdit(reading, fix.edits), fix.preferred),
      ),
    );
    // Whoever selects a page wants to repair it, not to be offered hundreds of ways to leave it as it is.
    const few = cases.slice(0, MOST_DISMISSED);
    const others = await Promise.all(few.map(({ finding, solves }) => this.#dismissals(reading, finding, solves)));
    const pages = few.flatMap(({ finding, solves }) => this.#pageAction(finding.rule, solves) ?? []);
    return [...fixes, ...distinct([...others.flat(), ...pages])];
  }

  /** The client's diagnostics of a finding, or ours if it sent none. */
  #solved(finding: Finding, reading: Reading, sent: readonly Diagnostic[]): Diagnostic[] {
    const own = findingDiagnostic(finding, reading, this.#client);
    const place = JSON.stringify(own.range);
    const same = sent.filter(({ code, range }) => code === own.code && JSON.stringify(plainRange(range)) === place);
    return same.length > 0 ? same : [own];
  }

  /** What to do with a finding that is not to be fixed. */
  async #dismissals(reading: Reading, finding: Finding, solves: Diagnostic[]): Promise<CodeAction[]> {
    const { rule } = finding;
    const off = await this.#settingsEdit(reading, (text) => ruling(text, rule, 'off'));
    const actions: [string, WorkspaceEdit | undefined][] = [[`Turn off "${rule}" in this project`, off]];
    if (isRule(rule)) {
      const phrase = reading.text.slice(finding.start, finding.end).replace(/\s+/g, ' ');
      const ignoring = suppression(reading, finding);
      const isShort = phrase.length <= LONGEST_PHRASE;
      const allowed = isShort ? await this.#settingsEdit(reading, (text) => allowing(text, phrase)) : undefined;
      actions.unshift(
        [`Ignore "${rule}" here`, ignoring.length > 0 ? this.#workspaceEdit(reading, ignoring) : undefined],
        [`Allow "${phrase}" in this project`, allowed],
      );
    }
    return actions.flatMap(([title, edit]) => (edit ? [this.#action(title, solves, edit)] : []));
  }

  #action(title: string, diagnostics: Diagnostic[], edit: WorkspaceEdit, preferred = false): CodeAction {
    const isPreferred = preferred && this.#client.preferredActions;
    return { title, kind: CodeActionKind.QuickFix, diagnostics, edit, ...(isPreferred && { isPreferred }) };
  }

  #pageAction(rule: string, diagnostics: Diagnostic[]): CodeAction | undefined {
    // A client that links the code of a diagnostic shows the page by itself.
    if (!this.#client.showsPages || this.#client.codeDescription || !isRule(rule)) return undefined;
    const title = `Show the page of "${rule}"`;
    const command = { title, command: commands.showPage, arguments: [rule] };
    return { title, kind: CodeActionKind.QuickFix, diagnostics, command };
  }

  #fixAll(reading: Reading): CodeAction | undefined {
    const { text } = applySafeFixes(reading, reading.project.workspace);
    if (text === reading.text) return undefined;
    const edit = this.#workspaceEdit(reading, difference(reading.text, text));
    return { title: 'Fix all safe Termlint findings', kind: FIX_ALL, edit };
  }

  #workspaceEdit({ uri, version, places }: Target, edits: readonly Edit[]): WorkspaceEdit {
    const textEdits = edits.map((edit): TextEdit => ({ range: places.range(edit), newText: edit.text }));
    if (!this.#client.versionedEdits) return { changes: { [uri]: textEdits } };
    return { documentChanges: [{ textDocument: { uri, version }, edits: textEdits }] };
  }

  /** An edit of the project's settings file, which is created if there is none. */
  async #settingsEdit(
    { uri, project }: Reading,
    change: (text: string) => Edit | undefined,
  ): Promise<WorkspaceEdit | undefined> {
    const folder = this.#folderOf(this.#placeOf(uri));
    const file = project.settingsFile ?? (folder && Utils.joinPath(URI.parse(folder), SETTINGS_FILE).toString());
    const content = file === undefined ? undefined : await this.#host.read(file);
    if (file === undefined || (content && 'problem' in content)) return undefined;
    const document = this.#openDocument(file);
    const text = content?.text ?? '';
    const edit = change(text);
    if (!edit) return undefined;
    const places = new Places(text, this.#client.encoding);
    const target = { uri: document?.uri ?? file, version: document?.version ?? null, places };
    const edited = this.#workspaceEdit(target, [edit]);
    return content ? edited : this.#creating(file, edited);
  }

  #creating(uri: string, { documentChanges }: WorkspaceEdit): WorkspaceEdit | undefined {
    if (!documentChanges || !this.#client.createsFiles) return undefined;
    return { documentChanges: [{ kind: 'create', uri, options: { ignoreIfExists: true } }, ...documentChanges] };
  }

  async #execute(
    { command, arguments: values }: ExecuteCommandParams,
    token: CancellationToken,
    progress: WorkDoneProgressReporter,
  ): Promise<unknown> {
    if (command === commands.checkWorkspace) return this.#checkWorkspace(token, progress);
    const rule: unknown = values?.[0];
    if (command === commands.showPage && typeof rule === 'string') {
      return this.#connection.window.showDocument({ uri: pageUrl(rule), external: true });
    }
    return new ResponseError(LSPErrorCodes.RequestFailed, `"${command}" is no command.`);
  }

  // Time and trouble

  /** Runs a task after a delay, instead of the one of the same name that is still waiting. */
  #later(name: string, delay: number, task: () => unknown): void {
    this.#cancel(name);
    const run = () => {
      this.#timers.delete(name);
      this.#run(task);
    };
    this.#timers.set(name, setTimeout(run, delay));
  }

  #cancel(name: string): void {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }

  /** Nobody waits for the task, so its failure is written down here. */
  #run(task: () => unknown): void {
    const failed = (error: unknown) => this.#sayOnce(error instanceof Error ? error.message : String(error));
    Promise.resolve().then(task).catch(failed);
  }

  #sayOnce(message: string): void {
    if (this.#said.has(message)) return;
    this.#said.add(message);
    this.#connection.console.warn(message);
  }

  #openDocument(uri: string): TextDocument | undefined {
    const file = canonical(uri);
    return this.#documents.get(uri) ?? this.#documents.all().find((document) => canonical(document.uri) === file);
  }

  #openText(uri: string): { text: string } | undefined {
    const document = this.#openDocument(uri);
    return document && { text: document.getText() };
  }
}

/** What is needed to edit a text. */
type Target = Pick<Reading, 'uri' | 'version' | 'places'>;

/** Long work: who may stop it, and who wants to know how far it is. */
interface Task {
  readonly token: { readonly isCancellationRequested: boolean };
  readonly progress?: WorkDoneProgressReporter;
}

/** Where results go as they come, instead of into the answer. */
interface Streamed {
  readonly partial: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined;
}

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

function findingDiagnostic(finding: Finding, { uri, places }: Target, client: Abilities): Diagnostic {
  const { rule, message, severity, related, evidence, concepts, tag } = finding;
  const relatedInformation = related.map((place) => ({
    location: { uri, range: places.range(place) },
    message: place.message,
  }));
  return {
    range: places.range(finding),
    severity: SEVERITIES[severity],
    source: NAME,
    code: rule,
    message,
    ...(client.codeDescription && isRule(rule) && { codeDescription: { href: pageUrl(rule) } }),
    ...(client.relatedInformation && related.length > 0 && { relatedInformation }),
    ...(client.deprecatedTag && tag === 'deprecated' && { tags: [DiagnosticTag.Deprecated] }),
    ...(client.diagnosticData && { data: { evidence, concepts } }),
  };
}

function problemDiagnostic({ message, severity, start, end }: FileProblem['problem'], places: Places): Diagnostic {
  return { range: places.range({ start, end }), severity: SEVERITIES[severity], source: NAME, message };
}

/** Diagnostics that are what the client has already need not be sent again. */
function reportOf(
  diagnostics: readonly Diagnostic[],
  previous: string | undefined,
): FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport {
  const resultId = fingerprint(JSON.stringify(diagnostics));
  return resultId === previous
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...diagnostics] };
}

/** 53 bits of a text (cyrb53), enough to tell one report of a document from the one before. */
function fingerprint(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    a = Math.imul(a ^ code, 2654435761);
    b = Math.imul(b ^ code, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

function statusOf(uri: string, project: Project, analysis: Analysis | undefined): DocumentStatus {
  return {
    uri,
    enabled: analysis !== undefined && project.workspace.settings.enable,
    glossaries: project.glossaries.map(({ glossary }) => glossary.title ?? glossary.name),
    findings: analysis?.findings.length ?? 0,
    problems: project.problems.map(({ uri: file, problem }) => ({ uri: file, message: problem.message })),
  };
}

/** The edits that turn one text into another, line by line where the lines correspond. */
function difference(before: string, after: string): Edit[] {
  const [old, changed] = [before, after].map((text) => text.split('\n')) as [string[], string[]];
  if (old.length !== changed.length) return [replacement(before, after, 0)];
  const edits: Edit[] = [];
  let at = 0;
  for (const [index, line] of old.entries()) {
    if (line !== changed[index]) edits.push(replacement(line, changed[index]!, at));
    at += line.length + 1;
  }
  return edits;
}

/** The shortest stretch to replace, at an offset in a longer text. */
function replacement(before: string, after: string, at: number): Edit {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let same = 0;
  const most = Math.min(before.length, after.length) - start;
  while (same < most && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  return { start: at + start, end: at + before.length - same, text: after.slice(start, after.length - same) };
}

function snapshotOf(document: TextDocument): Snapshot {
  const { uri, version, languageId } = document;
  return { uri, version, format: languageToRead(languageId, uri) ?? languageId, text: document.getText() };
}

/**
 * The language id to read a document by; `undefined` if it cannot be read. An editor has ids of its own, such as "adoc", and
 * takes for plain text what it does not know: then the name of the file says more. A cell has the name of its notebook.
 */
function languageToRead(language: string, uri: string): string | undefined {
  const { scheme, path } = URI.parse(uri);
  const given = formatOf({ language });
  const named = scheme === NOTEBOOK_CELL ? undefined : formatOf({ path });
  if (given && (language !== 'plaintext' || !named || named === given)) return language;
  return named?.languages[0];
}

function isNotebook(uri: string): boolean {
  return formatOf({ path: URI.parse(uri).path })?.name === 'notebook';
}

/** True for a document that can be read. */
function isKnown(language: string, uri: string): boolean {
  return languageToRead(language, uri) !== undefined;
}

/** False for what is reported of directives: that has no page, and cannot be suppressed by another directive. */
function isRule(name: string): boolean {
  return rules.some((rule) => rule.name === name);
}

/** Where the page of a rule can be read. */
function pageUrl(rule: string): string {
  return `https://github.com/termlint/termlint/blob/main/server/engine/rules/${rule}.md`;
}

/** Actions that do the same are offered once, for the first finding. */
function distinct(actions: readonly CodeAction[]): CodeAction[] {
  const content = ({ edit, command }: CodeAction) => JSON.stringify(edit ?? command);
  return [...new Map(actions.toReversed().map((action) => [content(action), action])).values()].toReversed();
}

/** A file as an editor would open it: no editor counts the byte order mark. */
function asOpened(content: FileContent | undefined): FileContent | undefined {
  return content && 'text' in content ? { text: content.text.replace(/^\uFEFF/, '') } : content;
}

function isBelow(uri: string, folder: string): boolean {
  return uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}

/** A path as a pattern that matches nothing else: what would be a wildcard is any one character. */
function globFor(path: string): string {
  return path.replaceAll('\\', '/').replace(/[*?[\]{}]/g, '?');
}

/** A range without what else a client may have put into it. */
function plainRange({ start, end }: Range): Range {
  const position = ({ line, character }: Range['start']) => ({ line, character });
  return { start: position(start), end: position(end) };
}

/** Lets waiting messages in when work has gone on for long; true if it did. */
function breather(): () => Promise<boolean> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < WORK_SLICE) return false;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
    return true;
  };
}

function cancelled(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'The request was cancelled.');
}

/** The document has changed, so that any answer would be about a text that is gone. */
function outdated(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'The document has changed.');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
