import * as vscode from 'vscode';
import { State } from 'vscode-languageclient';
import type { DocumentStatus } from '../server/messages';

/** What a language status item shows. */
interface View {
  readonly text: string;
  readonly detail?: string;
  readonly severity?: vscode.LanguageStatusSeverity;
  readonly busy?: boolean;
  readonly command?: vscode.Command;
}

/** The language status item: what Termlint is doing, and what it has found in the document being edited. */
export class Status {
  readonly #item: vscode.LanguageStatusItem;
  readonly #documents = new Map<string, DocumentStatus>();
  readonly #listeners: vscode.Disposable;
  #server: State = State.Starting;

  constructor(selector: vscode.DocumentSelector) {
    this.#item = vscode.languages.createLanguageStatusItem('termlint', selector);
    this.#item.name = 'Termlint';
    this.#listeners = vscode.Disposable.from(
      this.#item,
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#documents.delete(uri.toString())),
    );
    this.#show();
  }

  serverIs(state: State): void {
    this.#server = state;
    if (state !== State.Running) this.#documents.clear();
    this.#show();
  }

  update(news: DocumentStatus): void {
    this.#documents.set(vscode.Uri.parse(news.uri).toString(), news);
    this.#show();
  }

  dispose(): void {
    this.#listeners.dispose();
  }

  #show(): void {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const view = viewOf(this.#server, uri === undefined ? undefined : this.#documents.get(uri));
    this.#item.text = view.text;
    this.#item.detail = view.detail;
    this.#item.severity = view.severity ?? vscode.LanguageStatusSeverity.Information;
    this.#item.busy = view.busy ?? false;
    this.#item.command = view.command;
  }
}

function viewOf(server: State, document: DocumentStatus | undefined): View {
  if (server === State.Starting) return { text: 'Termlint is starting', busy: true };
  if (server !== State.Running) {
    const command = { title: 'Restart', command: 'termlint.restartServer' };
    return { text: 'Termlint has stopped', severity: vscode.LanguageStatusSeverity.Error, command };
  }
  if (!document) return { text: 'Termlint is ready' };
  return viewOfDocument(document);
}

function viewOfDocument({ enabled, findings, glossaries, problems }: DocumentStatus): View {
  const [problem] = problems;
  if (problem) {
    return {
      text: 'Termlint: the glossary or the settings have a fault',
      detail: problem.message,
      severity: vscode.LanguageStatusSeverity.Warning,
      command: problem.uri ? open(vscode.Uri.parse(problem.uri)) : settings(),
    };
  }
  if (!enabled) return { text: 'Termlint is off here', detail: 'by the settings', command: settings() };
  const text = `${findings === 0 ? 'No' : findings} terminology finding${findings === 1 ? '' : 's'}`;
  const command = { title: 'Show Output', command: 'termlint.showOutput' };
  return { text, detail: glossaries.join(', ') || 'no glossary', command };
}

function open(uri: vscode.Uri): vscode.Command {
  return { title: 'Open', command: 'vscode.open', arguments: [uri] };
}

function settings(): vscode.Command {
  return { title: 'Settings', command: 'workbench.action.openSettings', arguments: ['termlint'] };
}
