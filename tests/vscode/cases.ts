// The cases that hold in every VS Code. Bundled for the browser too: no Node imports here.
import * as vscode from 'vscode';

/** What a case may ask of the program around VS Code. */
export interface Outside {
  /** Pictures the window as `out/screenshots/NAME.png`, where the host can; NAME is letters, digits and "-". */
  screenshot(name: string): Promise<void>;
}

const SLASHED = 'The IoT/M2M gateway forwards every reading.\n';
const MISSPELLED = 'Our IOT platform stores every reading.\n';
const ALIAS = 'alias: IoT/M2M';
const FORM = 'form: IOT';

const GLOSSARY = `name: tides
concepts:
  - id: ebb
    label: ebb
    gist: the tide that flows out
    definition: { text: Movement of the tide out to sea., source: The Sailor's Book }
    terms: [ebb tide, ebb, { term: ebbing, status: deprecated }]
    characteristics: [{ respect: direction, text: flows out to sea }]
    distinct: flood
  - id: flood
    label: flood
    gist: the tide that flows in
    definition: { text: Movement of the tide towards the land., source: The Sailor's Book }
    terms: [flood tide, flood]
    characteristics: [{ respect: direction, text: flows in to the land }]
`;

/** Registers the cases with Mocha; its `suite` and `test` must be there. */
export function cases(outside: Outside): void {
  suite('Termlint', () => {
    suiteSetup(async () => {
      const extension = vscode.extensions.getExtension('termlint.termlint');
      if (!extension) throw new Error('The extension "termlint.termlint" is not there');
      await extension.activate();
    });
    teardown(tidyUp);
    documentCases(outside);
    formatCases(outside);
    settingsCases(outside);
    workspaceCases(outside);
  });
}

function documentCases(outside: Outside): void {
  test('finds what is wrong in a document, at its place', async () => {
    const document = await open(await write('manual.md', `# Manual\r\n\r\n\u{1F600} ${SLASHED}\r\n${MISSPELLED}`));
    await found(document, [ALIAS, FORM]);
    const [alias] = diagnosticsOf(document.uri);
    same(alias?.severity, vscode.DiagnosticSeverity.Warning);
    same(plain(alias?.range), [2, 7, 2, 14]);
    same(typeof alias?.code === 'object' && alias.code.target.path.endsWith('/rules/alias.md'), true);
    await outside.screenshot('findings');
  });

  test('takes findings away when they are repaired by hand, and brings them back', async () => {
    const document = await open(await write('manual.md', SLASHED));
    await found(document, [ALIAS]);
    await replace(document, 'IoT/M2M', 'M2M');
    await found(document, []);
    await replace(document, 'M2M', 'M2M/IoT');
    await found(document, ['alias: M2M/IoT']);
  });

  test('explains a term on hover', async () => {
    const document = await open(await write('manual.md', SLASHED));
    await found(document, [ALIAS]);
    const text = await hoversAt(document, 'IoT/M2M');
    for (const part of ['**IoT**', 'Not the same as **M2M**', '| connectivity |', 'because']) {
      if (!text.includes(part)) throw new Error(`"${part}" is not in the hover:\n${text}`);
    }
  });

  test('repairs a finding in each way that it offers', async () => {
    const document = await open(await write('manual.md', SLASHED));
    await found(document, [ALIAS]);
    const fixes = (await quickFixes(document, 'IoT/M2M')).filter(({ title }) => /^(Use|Name) /.test(title));
    same(fixes.filter(({ isPreferred }) => isPreferred).length, 1);
    const texts: string[] = [];
    for (const { title } of fixes) {
      await applyFix(document, 'IoT/M2M', title);
      texts.push(document.getText());
      await found(document, []);
      await setText(document, SLASHED);
      await found(document, [ALIAS]);
    }
    same(texts.sort(), ['IoT', 'IoT and M2M', 'M2M'].map((words) => SLASHED.replace('IoT/M2M', words)).sort());
  });

  test('ignores a finding where it is told to', async () => {
    const document = await open(await write('manual.md', SLASHED));
    await found(document, [ALIAS]);
    await applyFix(document, 'IoT/M2M', 'Ignore "alias" here');
    same(document.getText(), `<!-- termlint-disable-next-line alias -->\n${SLASHED}`);
    await found(document, []);
  });

  test('fixes on saving what is safe to fix, and nothing else', async () => {
    await configure('editor', 'codeActionsOnSave', { 'source.fixAll.termlint': 'explicit' });
    const document = await open(await write('manual.md', `${SLASHED}\n${MISSPELLED}`));
    await found(document, [ALIAS, FORM]);
    let text = '';
    let draft = 0;
    do {
      text = `${SLASHED}\n${MISSPELLED}\nDraft ${++draft}\n`;
      await setText(document, text);
    } while (!(await isSavedUndisturbed(document)) && draft < MOST_ATTEMPTS);
    same(document.getText(), text.replace('IOT', 'IoT'));
    await found(document, [ALIAS]);
  });

  test('reads documents that are not saved', async () => {
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: SLASHED });
    await vscode.window.showTextDocument(document);
    await found(document, [ALIAS]);
    const uri = document.uri;
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await eventually('the diagnostics are gone', () => diagnosticsOf(uri).length === 0);
  });
}

function formatCases(outside: Outside): void {
  test('reads documents of every kind that has a language id', async () => {
    const { endings } = vscode.extensions.getExtension('termlint.termlint')!.packageJSON.termlint;
    for (const ending of endings.filter((each: string) => each !== '.ipynb')) {
      const wrap = WRAPPED[ending] ?? ((text: string) => text);
      const document = await open(await write(`manual${ending}`, wrap(`Gateways\n\n${SLASHED}`)));
      await found(document, [ALIAS]);
      same([ending, document.languageId === 'plaintext'], [ending, NO_LANGUAGE.has(ending)]);
    }
  });

  test('goes by the name of a file whose language it does not know, or is said to be plain text', async () => {
    const document = await open(await write('manual.md', `${SLASHED}\n<!-- The IoT/M2M box. -->\n`));
    for (const language of ['ini', 'plaintext', 'markdown']) {
      await vscode.languages.setTextDocumentLanguage(document, language);
      await found(document, [ALIAS]);
      await eventually('there are repairs', async () => (await quickFixes(document, 'IoT/M2M')).length > 0);
    }
    await vscode.languages.setTextDocumentLanguage(await open(await write('manual.ini', SLASHED)), 'markdown');
    await eventually('it is read', () => diagnosticsOf(vscode.Uri.joinPath(folder(), 'manual.ini')).length === 1);
  });

  test('reads the Markdown cells of a notebook, and no others', async () => {
    const cells = [
      { cell_type: 'markdown', metadata: {}, source: ['# Gateways\n', '\n', SLASHED] },
      { cell_type: 'code', metadata: {}, source: ['# The IoT/M2M gateway.\n'], outputs: [], execution_count: null },
      { cell_type: 'raw', metadata: {}, source: [SLASHED] },
    ];
    const metadata = { language_info: { name: 'python' } };
    const text = JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 });
    const uri = await write('manual.ipynb', text);
    await vscode.commands.executeCommand('vscode.openWith', uri, 'jupyter-notebook');
    const notebook = vscode.window.activeNotebookEditor!.notebook;
    const [cell, ...others] = notebook.getCells().map(({ document }) => document);
    await found(cell!, [ALIAS]);
    // A cell that is only shown has no editor, and so no repairs.
    await vscode.commands.executeCommand('notebook.cell.edit');
    await eventually('there are repairs', async () => (await quickFixes(cell!, 'IoT/M2M')).length > 0);
    await outside.screenshot('notebook');
    await applyFix(cell!, 'IoT/M2M', 'Use "M2M" only');
    await found(cell!, []);
    for (const other of [{ uri }, ...others]) same(diagnosticsOf(other.uri), []);
    await replace(cell!, 'M2M', 'M2M/IoT');
    await found(cell!, ['alias: M2M/IoT']);
    const hovers = await hoversAt(cell!, 'M2M/IoT');
    same(hovers.includes('**M2M**'), true);
  });
}

/** Endings of plain text. */
const NO_LANGUAGE = new Set(['.txt', '.text']);

/** How a document is written in formats in which not every text is one. */
const WRAPPED: Readonly<Record<string, (text: string) => string>> = {
  '.dita': (text) => `<topic id="t"><title>Manual</title><body><p>${text}</p></body></topic>\n`,
  '.ditamap': (text) => `<map><title>${text}</title></map>\n`,
  '.dbk': docbook,
  '.docbook': docbook,
  '.xml': docbook,
};

function docbook(text: string): string {
  return `<article xmlns="http://docbook.org/ns/docbook"><title>Manual</title><para>${text}</para></article>\n`;
}

function settingsCases(outside: Outside): void {
  test('obeys the settings of the editor as they change', async () => {
    const document = await open(await write('manual.md', `${SLASHED}\n${MISSPELLED}`));
    await found(document, [ALIAS, FORM]);
    await configure('termlint', 'rules', { alias: 'off' });
    await found(document, [FORM]);
    await configure('termlint', 'enable', false);
    await found(document, []);
    await configure('termlint', 'enable', undefined);
    await configure('termlint', 'rules', undefined);
    await found(document, [ALIAS, FORM]);
  });

  test('waits for saving, if that is wanted', async () => {
    await configure('termlint', 'run', 'onSave');
    const document = await open(await write('manual.md', SLASHED));
    await found(document, [ALIAS]);
    await replace(document, 'IoT/M2M', 'M2M');
    await document.save();
    await found(document, []);
  });

  test('obeys the settings file of the project as it changes', async () => {
    const document = await open(await write('manual.md', `${SLASHED}\n${MISSPELLED}`));
    await found(document, [ALIAS, FORM]);
    const settings = await write('termlint.yaml', 'rules: { form: off }\n');
    await found(document, [ALIAS]);
    await write('termlint.yaml', 'allow: [IoT/M2M]\n');
    await found(document, [FORM]);
    await vscode.workspace.fs.delete(settings);
    await found(document, [ALIAS, FORM]);
  });

  test('allows a phrase, in a settings file that it makes', async () => {
    const document = await open(await write('manual.md', SLASHED));
    await found(document, [ALIAS]);
    await applyFix(document, 'IoT/M2M', 'Allow "IoT/M2M" in this project');
    const settings = vscode.Uri.joinPath(folder(), 'termlint.yaml');
    await found(document, []);
    const made = await open(settings);
    same(made.getText(), 'allow:\n  - "IoT/M2M"\n');
    await made.save();
    await found(document, []);
  });

  test('shows what is wrong with a glossary in its file, and takes it back', async () => {
    const glossary = await write('tides.glossary.yaml', GLOSSARY.replace('deprecated', 'loathed'));
    await write('termlint.yaml', 'glossaries: [./tides.glossary.yaml]\n');
    const document = await open(await write('log.md', 'We left with the ebbing.\n'));
    await eventually('the problem is shown', () => diagnosticsOf(glossary).length === 1);
    same(diagnosticsOf(glossary)[0]?.range.start.line, 6);
    await outside.screenshot('broken-glossary');
    await write('tides.glossary.yaml', GLOSSARY);
    await eventually('the problem is gone', () => diagnosticsOf(glossary).length === 0);
    await found(document, ['deprecated: ebbing']);
    same(diagnosticsOf(document.uri)[0]?.tags, [vscode.DiagnosticTag.Deprecated]);
  });

  test('obeys the settings of each folder', async function () {
    const [first, second] = vscode.workspace.workspaceFolders ?? [];
    if (!first || !second) return this.skip();
    const document = await open(await write('manual.md', SLASHED));
    const other = await open(await write('manual.md', SLASHED, second.uri));
    await found(document, [ALIAS]);
    await found(other, [ALIAS]);
    await configure('termlint', 'rules', { alias: 'off' }, second.uri);
    await found(other, []);
    await open(document.uri);
    await found(document, [ALIAS]);
    await configure('termlint', 'rules', undefined, second.uri);
  });
}

function workspaceCases(outside: Outside): void {
  test('checks the whole workspace on command', async () => {
    const closed = await write('closed.md', SLASHED);
    const result = await vscode.commands.executeCommand<{ documents: number; findings: number }>(
      'termlint.checkWorkspace',
    );
    same(result.findings > 0 && result.documents > 0, true);
    await eventually('the closed document is shown', () => same(shown(closed, SLASHED), [ALIAS]));
    await outside.screenshot('workspace');
    await write('closed.md', 'The gateway.\n');
    await eventually('the change is seen', () => diagnosticsOf(closed).length === 0);
  });

  test('goes on after its server was restarted', async () => {
    const document = await open(await write('manual.md', SLASHED));
    await found(document, [ALIAS]);
    await vscode.commands.executeCommand('termlint.restartServer');
    await replace(document, 'IoT/M2M', 'M2M/IoT');
    await found(document, ['alias: M2M/IoT']);
  });
}

/** Everything that the cases have written, newest first. */
const written: vscode.Uri[] = [];
const configured: (() => Thenable<void>)[] = [];

async function tidyUp(): Promise<void> {
  for (const restore of configured.splice(0)) await restore();
  while (vscode.window.tabGroups.all.some((group) => group.tabs.length > 0)) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  const files = [...written.splice(0), vscode.Uri.joinPath(folder(), 'termlint.yaml')];
  for (const file of files) await vscode.workspace.fs.delete(file).then(undefined, () => {});
}

function folder(): vscode.Uri {
  return vscode.workspace.workspaceFolders![0]!.uri;
}

async function write(name: string, text: string, where = folder()): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(where, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  written.unshift(uri);
  return uri;
}

async function open(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Sets a setting of the workspace until the case is over. */
async function configure(section: string, key: string, value: unknown, scope?: vscode.Uri): Promise<void> {
  const target = scope ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration(section, scope).update(key, value, target);
  configured.push(() => vscode.workspace.getConfiguration(section, scope).update(key, undefined, target));
}

async function replace(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, placeOf(document, before), after);
  await vscode.workspace.applyEdit(edit);
}

async function setText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  await vscode.workspace.applyEdit(edit);
}

function placeOf(document: vscode.TextDocument, stretch: string): vscode.Range {
  const start = document.getText().indexOf(stretch);
  if (start < 0) throw new Error(`"${stretch}" is not in the document`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + stretch.length));
}

async function hoversAt(document: vscode.TextDocument, stretch: string): Promise<string> {
  const { start } = placeOf(document, stretch);
  const command = 'vscode.executeHoverProvider';
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(command, document.uri, start);
  return hovers.flatMap((hover) => hover.contents.map((part) => (part as vscode.MarkdownString).value)).join('\n');
}

/** How often is asked again what VS Code has cancelled. */
const MOST_ATTEMPTS = 10;
/** Milliseconds that the witness of a save takes to answer. */
const WITNESSING = 300;

/** Asks again while VS Code cancels: it does when any extension registers repairs, as one that is just starting may. */
async function quickFixes(document: vscode.TextDocument, stretch: string): Promise<vscode.CodeAction[]> {
  const command = 'vscode.executeCodeActionProvider';
  for (let attempt = 1; ; attempt++) {
    try {
      return await vscode.commands.executeCommand(command, document.uri, placeOf(document, stretch), 'quickfix');
    } catch (error) {
      if ((error as Error).message !== 'Canceled' || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** Saves a document; false if VS Code itself cancelled the fixes of the save, for the same reason. */
async function isSavedUndisturbed(document: vscode.TextDocument): Promise<boolean> {
  let cancelled = false;
  const witness = vscode.languages.registerCodeActionsProvider('*', {
    // Slower than the others, because who has answered is told of no cancellation.
    async provideCodeActions(_document, _range, _context, token) {
      token.onCancellationRequested(() => {
        cancelled = true;
      });
      await new Promise((done) => setTimeout(done, WITNESSING));
      return [];
    },
  });
  await document.save();
  witness.dispose();
  return !cancelled;
}

async function applyFix(document: vscode.TextDocument, stretch: string, title: string): Promise<void> {
  const actions = await quickFixes(document, stretch);
  const action = actions.find((candidate) => candidate.title === title);
  if (!action?.edit) throw new Error(`No "${title}" among ${actions.map((candidate) => candidate.title).join(', ')}`);
  same(await vscode.workspace.applyEdit(action.edit), true);
}

function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Termlint');
}

/** Each rule with the text that it is about. */
function shown(uri: vscode.Uri, text: string): string[] {
  const lines = text.split(/\r?\n/);
  return diagnosticsOf(uri).map(({ code, range }) => {
    const rule = typeof code === 'object' ? code.value : code;
    return `${rule}: ${lines[range.start.line]!.slice(range.start.character, range.end.character)}`;
  });
}

/** Waits until exactly this is found in a document. */
function found(document: vscode.TextDocument, wanted: readonly string[]): Promise<void> {
  return eventually(`${JSON.stringify(wanted)} is found`, () => same(shown(document.uri, document.getText()), wanted));
}

function plain(range: vscode.Range | undefined): number[] {
  return range ? [range.start.line, range.start.character, range.end.line, range.end.character] : [];
}

function same(actual: unknown, wanted: unknown): true {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(wanted)];
  if (a !== b) throw new Error(`${a} instead of ${b}`);
  return true;
}

/** Waits until a condition holds; one that throws does not, and says why in the end. */
async function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  for (let why = ''; ; ) {
    try {
      if (await condition()) return;
    } catch (error) {
      why = `: ${(error as Error).message}`;
    }
    if (Date.now() > deadline) throw new Error(`Waited in vain until ${what}${why}`);
    await news();
  }
}

/** Until diagnostics change, or for a moment, because not everything that is waited for is announced. */
function news(): Promise<void> {
  return new Promise((done) => {
    const finish = () => {
      clearTimeout(timer);
      listener.dispose();
      done();
    };
    const timer = setTimeout(finish, 50);
    const listener = vscode.languages.onDidChangeDiagnostics(finish);
  });
}
