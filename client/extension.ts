import * as vscode from 'vscode';
import {
  type BaseLanguageClient,
  CloseAction,
  DiagnosticPullMode,
  type ErrorHandler,
  ExecuteCommandRequest,
  type LanguageClientOptions,
  State,
  WorkDoneProgress,
} from 'vscode-languageclient';
import {
  type CheckResult,
  type ClientOptions,
  documentStatus,
  findFiles,
  type Notification,
  type Request,
  readFile,
  commands as serverCommands,
} from '../server/messages';
import { find, read } from './files';
import { Status } from './status';

/** The scheme of the cells of a notebook, each of which is a document. */
const NOTEBOOK_CELL = 'vscode-notebook-cell';

/** Makes a client that knows how to start a server on this platform. */
export type CreateClient = (options: LanguageClientOptions) => BaseLanguageClient;

/** Starts the server and offers the commands. Ends when the server is ready, or has failed and said so. */
export async function activate(context: vscode.ExtensionContext, create: CreateClient): Promise<void> {
  const selector = documentSelector(context.extension);
  const output = vscode.window.createOutputChannel('Termlint', { log: true });
  const status = new Status(selector);
  const session = new Session({ create, selector, output, status });
  context.subscriptions.push(
    output,
    status,
    session,
    vscode.commands.registerCommand('termlint.restartServer', () => session.restart()),
    vscode.commands.registerCommand('termlint.showOutput', () => output.show()),
    vscode.commands.registerCommand('termlint.checkWorkspace', () => session.checkWorkspace()),
  );
  await session.start();
}

/** Which documents are sent to the server. */
type Filter = { readonly scheme: string } & (
  | { readonly language: string; readonly pattern?: string }
  | { readonly pattern: string }
);

interface Parts {
  readonly create: CreateClient;
  readonly selector: Filter[];
  readonly output: vscode.LogOutputChannel;
  readonly status: Status;
}

/** The server as long as the window is open, whether it runs or not. */
class Session {
  readonly #parts: Parts;
  #client: BaseLanguageClient | undefined;
  /** While the server is being restarted, so that asking twice does not start two. */
  #restart: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async start(): Promise<void> {
    const { create, output, status } = this.#parts;
    const client: BaseLanguageClient = create(this.#options(() => client));
    this.#client = client;
    client.onDidChangeState(({ newState }) => {
      // One that hung may end when the next one runs already.
      if (client === this.#client) status.serverIs(newState);
    });
    handle(client, readFile, read);
    handle(client, findFiles, find);
    listen(client, documentStatus, (news) => status.update(news));
    try {
      await client.start();
    } catch (error) {
      // The client has told the user.
      status.serverIs(State.StartFailed);
      output.error(error instanceof Error ? error : String(error));
    }
  }

  restart(): Promise<void> {
    this.#restart ??= this.dispose()
      .then(() => this.start())
      .finally(() => {
        this.#restart = undefined;
      });
    return this.#restart;
  }

  async dispose(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      // A server that hangs cannot be asked to stop, which is why it is restarted.
      this.#parts.output.warn(String(error));
    }
  }

  /** Lints every document of the workspace: the server publishes what it finds. */
  async checkWorkspace(): Promise<CheckResult | undefined> {
    const client = this.#client;
    if (client?.state !== State.Running) {
      void vscode.window.showWarningMessage('Termlint is not running: restart its server first.');
      return undefined;
    }
    const location = vscode.ProgressLocation.Notification;
    const result = await vscode.window.withProgress(
      { location, title: 'Termlint', cancellable: true },
      (progress, token) => check(client, progress, token),
    );
    void showResult(result);
    return result;
  }

  #options(client: () => BaseLanguageClient): LanguageClientOptions {
    const { selector, output } = this.#parts;
    const initializationOptions: ClientOptions = {
      // The box for commit messages is no editor: VS Code does not ask for its diagnostics.
      pushed: ['vscode-scm'],
      status: true,
      // A client that is given the choice asks for the whole workspace every two seconds.
      workspaceDiagnostics: false,
    };
    return {
      documentSelector: selector,
      outputChannel: output,
      initializationOptions,
      diagnosticPullOptions: { onChange: true, onSave: true, filter: isPullUnwanted },
      errorHandler: this.#errorHandler(client),
    };
  }

  /** The client's own policy, five crashes in three minutes, but a crash is told. */
  #errorHandler(client: () => BaseLanguageClient): ErrorHandler {
    let policy: ErrorHandler | undefined;
    const decide = () => {
      policy ??= client().createDefaultErrorHandler();
      return policy;
    };
    return {
      error: (error, message, count) => decide().error(error, message, count),
      closed: async () => {
        const result = await decide().closed();
        if (result.action === CloseAction.Restart) void tellCrash(this.#parts.output);
        return result;
      },
    };
  }
}

/** Every file, cell and box that prose is written in, and the project's own settings and glossaries. */
function documentSelector({ packageJSON }: vscode.Extension<unknown>): Filter[] {
  const languages = languagesOf(packageJSON.activationEvents);
  // Another extension may have a language id of its own for a format: then the name of the file tells.
  const named = `**/*{${packageJSON.termlint.endings.join(',')}}`;
  const own = ['file', 'untitled', 'vscode-scm', 'vscode-vfs', 'vscode-remote'];
  const opened = vscode.workspace.workspaceFolders?.map((folder) => folder.uri.scheme) ?? [];
  // Each cell of a notebook has the name of the notebook.
  const cells = languages.map((language) => ({ scheme: NOTEBOOK_CELL, language }));
  return [...new Set([...own, ...opened])]
    .flatMap((scheme): Filter[] => [
      ...languages.map((language) => ({ scheme, language })),
      { scheme, pattern: named },
      { scheme, language: 'yaml', pattern: '**/termlint.yaml' },
      { scheme, language: 'yaml', pattern: '**/*.glossary.{yaml,yml}' },
      { scheme, language: 'json', pattern: '**/*.glossary.json' },
    ])
    .concat(cells);
}

/** The languages of the manifest, which has to list them. */
function languagesOf(events: readonly string[]): string[] {
  const prefix = 'onLanguage:';
  return events.filter((event) => event.startsWith(prefix)).map((event) => event.slice(prefix.length));
}

/** True while a person wants to hear of findings on saving only. What came from the disk is as good as saved. */
function isPullUnwanted(document: vscode.TextDocument, mode: DiagnosticPullMode): boolean {
  const run = vscode.workspace.getConfiguration('termlint', document).get<string>('run');
  // A cell of a notebook is never saved by itself.
  const waits = run === 'onSave' && document.uri.scheme !== NOTEBOOK_CELL;
  if (mode === DiagnosticPullMode.onType) return waits && document.isDirty;
  return mode === DiagnosticPullMode.onSave && !waits;
}

async function check(
  client: BaseLanguageClient,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<CheckResult> {
  const workDoneToken = `check ${Date.now()}`;
  let reported = 0;
  const listener = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    const percentage = 'percentage' in value ? (value.percentage ?? reported) : reported;
    progress.report({ message: value.message, increment: percentage - reported });
    reported = percentage;
  });
  const params = { command: serverCommands.checkWorkspace, workDoneToken };
  try {
    return await client.sendRequest(ExecuteCommandRequest.type, params, token);
  } finally {
    listener.dispose();
  }
}

async function showResult({ documents, findings, cancelled }: CheckResult): Promise<void> {
  const found = `${count(findings, 'finding')} in ${count(documents, 'document')}`;
  const message = cancelled ? `The check was cancelled after ${found}.` : `Termlint: ${found}.`;
  const show = 'Show Problems';
  const choice = await vscode.window.showInformationMessage(message, ...(findings > 0 ? [show] : []));
  if (choice === show) await vscode.commands.executeCommand('workbench.actions.view.problems');
}

async function tellCrash(output: vscode.LogOutputChannel): Promise<void> {
  const show = 'Show Output';
  const message = 'The Termlint server ended unexpectedly and is being restarted.';
  if ((await vscode.window.showWarningMessage(message, show)) === show) output.show();
}

function handle<Params, Result>(
  client: BaseLanguageClient,
  { method }: Request<Params, Result>,
  handler: (params: Params) => Promise<Result>,
): void {
  client.onRequest(method, (params: Params): Promise<unknown> => handler(params));
}

function listen<Params>(
  client: BaseLanguageClient,
  { method }: Notification<Params>,
  handler: (params: Params) => void,
): void {
  client.onNotification(method, handler);
}

function count(number: number, noun: string): string {
  return `${number === 0 ? 'no' : number} ${noun}${number === 1 ? '' : 's'}`;
}
