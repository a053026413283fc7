import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CodeAction,
  CodeActionTriggerKind,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  LSPErrorCodes,
  type Range,
  type ResponseError,
  type WorkspaceDiagnosticReport,
} from 'vscode-languageserver-protocol/node';
import { formats } from '../server/engine';
import { applied, Client, editsOf, folderWith, messageOf, pulling, pushing, type Start } from './client';

const root = resolve(__dirname, '../..');

const SLASHED = 'The IoT/M2M gateway forwards every reading.\n';
const MISSPELLED = 'Our IOT platform stores every reading.\n';
const CLEAN = 'The gateway forwards every reading.\n';
const ALIAS = 'alias: IoT/M2M';
const FORM = 'form: IOT';

/** A glossary whose words no other glossary has, so that its tests depend on nothing else. */
const GLOSSARY = `name: tides
title: Tides
concepts:
  - id: ebb
    label: ebb
    gist: the tide that flows out
    definition:
      text: Movement of the tide out to sea.
      source: The Sailor's Book
      url: https://example.com/ebb
    terms:
      - ebb tide
      - ebb
      - term: ebbing
        status: deprecated
    characteristics:
      - respect: direction
        text: flows out | to sea
    distinct: flood
  - id: flood
    label: flood
    gist: the tide that flows in
    definition:
      text: Movement of the tide towards the land.
    terms:
      - flood tide
      - flood
    characteristics:
      - respect: direction
        text: flows in to the land
`;

/** A settings file, and what allowing a phrase and turning off a rule make of it; nothing, if nobody could be sure. */
const STYLES = [
  [
    'a list',
    'allow:\n  - x # why\n',
    'allow:\n  - x # why\n  - "IoT/M2M"\n',
    'allow:\n  - x # why\nrules:\n  alias: off\n',
  ],
  ['a list at the margin', 'allow:\n- x', 'allow:\n- x\n- "IoT/M2M"', 'allow:\n- x\nrules:\n  alias: off\n'],
  ['a short list', 'allow: [x]\n', 'allow: [x, "IoT/M2M"]\n', 'allow: [x]\nrules:\n  alias: off\n'],
  ['an empty list', 'allow: []\n', 'allow: ["IoT/M2M"]\n', 'allow: []\nrules:\n  alias: off\n'],
  [
    'a key only',
    'allow:\nenable: true\n',
    'allow:\n  - "IoT/M2M"\nenable: true\n',
    'allow:\nenable: true\nrules:\n  alias: off\n',
  ],
  [
    'CRLF',
    'rules:\r\n  alias: hint\r\n',
    'rules:\r\n  alias: hint\r\nallow:\r\n  - "IoT/M2M"\r\n',
    'rules:\r\n  alias: off\r\n',
  ],
  [
    'comments only',
    '# Nothing yet\n',
    '# Nothing yet\nallow:\n  - "IoT/M2M"\n',
    '# Nothing yet\nrules:\n  alias: off\n',
  ],
  [
    'a folded phrase',
    'allow:\n  - >-\n    x\n    y\nenable: true\n',
    'allow:\n  - >-\n    x\n    y\n  - "IoT/M2M"\nenable: true\n',
    'allow:\n  - >-\n    x\n    y\nenable: true\nrules:\n  alias: off\n',
  ],
  [
    'rules',
    'rules:\n    form: hint # why\n',
    'rules:\n    form: hint # why\nallow:\n  - "IoT/M2M"\n',
    'rules:\n    form: hint # why\n    alias: off\n',
  ],
  [
    'short rules',
    'rules: { form: hint }\n',
    'rules: { form: hint }\nallow:\n  - "IoT/M2M"\n',
    'rules: { form: hint, alias: off }\n',
  ],
  ['a wrong value', 'allow: { x: y }\nrules: 7\n', undefined, undefined],
  ['a fault', 'allow: [x\n', undefined, undefined],
  ['braces', '{ allow: [x] }\n', undefined, undefined],
] as const;

describe('the server introduces itself', () => {
  it('to an editor that asks for diagnostics', async (context) => {
    const { capabilities, serverInfo } = (await Client.start(context)).initialized;
    assert.equal(serverInfo?.name, 'Termlint');
    assert.deepEqual(capabilities.codeActionProvider, { codeActionKinds: ['quickfix', 'source.fixAll.termlint'] });
    assert.deepEqual(capabilities.diagnosticProvider, {
      identifier: 'termlint',
      interFileDependencies: false,
      workspaceDiagnostics: true,
      workDoneProgress: true,
    });
    assert.equal(capabilities.positionEncoding, 'utf-16');
    assert.equal(capabilities.hoverProvider, true);
  });

  it('to an editor that waits for them, or knows nothing at all', async (context) => {
    const waiting = await Client.start(context, { capabilities: pushing });
    assert.equal(waiting.initialized.capabilities.diagnosticProvider, undefined);
    const bare = await Client.start(context, { capabilities: {} });
    assert.equal(bare.initialized.capabilities.diagnosticProvider, undefined);
    const uri = await bare.open('untitled:Untitled-1', SLASHED);
    const { diagnostics } = await bare.until('it hears of the finding', () => bare.lastPublished(uri));
    const [diagnostic] = diagnostics;
    assert.deepEqual(Object.keys(diagnostic!).sort(), ['code', 'message', 'range', 'severity', 'source']);
  });

  it('without the whole workspace, if the editor does not want it', async (context) => {
    const client = await Client.start(context, { options: { workspaceDiagnostics: false } });
    assert.equal(client.initialized.capabilities.diagnosticProvider?.workspaceDiagnostics, false);
  });
});

it('is started for every language that the engine reads', () => {
  const { activationEvents } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const languages = new Set(formats.flatMap((format) => format.languages.map((language) => `onLanguage:${language}`)));
  const wanted = activationEvents.filter((event: string) => event.startsWith('onLanguage:'));
  assert.deepEqual(
    [...languages].filter((event) => !wanted.includes(event)),
    [],
    'npm run update',
  );
});

describe('diagnostics that are asked for', () => {
  it('have the place, the severity and the page of each finding', async (context) => {
    const { client, uri } = await opened(context, `${SLASHED}\n${MISSPELLED}`);
    const [alias, form] = (await client.pull(uri)).items as [Diagnostic, Diagnostic];
    assert.deepEqual(alias.range, range(0, 4, 0, 11));
    assert.equal(alias.severity, DiagnosticSeverity.Warning);
    assert.equal(alias.source, 'Termlint');
    assert.equal(alias.code, 'alias');
    assert.match(messageOf(alias), /^"M2M" is not another name for "IoT": /);
    assert.match(alias.codeDescription!.href, /^https:\/\/.*\/rules\/alias\.md$/);
    assert.deepEqual(alias.data.concepts, ['iot', 'm2m']);
    assert.deepEqual(form.range, range(2, 4, 2, 7));
    assert.equal(form.severity, DiagnosticSeverity.Information);
  });

  it('count lines and columns as editors do, whatever the line ends and characters', async (context) => {
    const text = `\u{1F600} \u{1F600}\r\n\r\nÄ\u{1F600} the IoT/M2M hub\r\n\r\n| a |\r\n| - |\r\n| IoT/M2M hub |\r\n`;
    const { client, uri } = await opened(context, text);
    const ranges = (await client.pull(uri)).items.map((item) => item.range);
    assert.deepEqual(ranges, [range(2, 8, 2, 15), range(6, 2, 6, 9)]);
    assert.deepEqual(await client.findings(uri), [ALIAS, ALIAS]);
  });

  it('lead to the other place, and strike out what is deprecated', async (context) => {
    const { client, uri } = await opened(
      context,
      'Install the M2M gateway in the cabinet.\n\nThen reboot the IoT gateway.\n',
    );
    const [drift] = (await client.pull(uri)).items;
    assert.equal(drift?.code, 'drift');
    const [related] = drift.relatedInformation!;
    assert.deepEqual(related?.location, { uri, range: range(0, 12, 0, 23) });
    assert.match(related.message, /M2M gateway/);

    const folder = folderWith(context, { 'termlint.yaml': 'glossaries: [./tides.yaml]\n', 'tides.yaml': GLOSSARY });
    const sailor = await Client.start(context, { folders: [folder.uri] });
    const log = await sailor.open(folder.of('log.md'), 'We left with the ebbing.\n');
    const [deprecated] = (await sailor.pull(log)).items;
    assert.equal(deprecated?.code, 'deprecated');
    assert.deepEqual(deprecated.tags, [DiagnosticTag.Deprecated]);
  });

  it('need not be sent again while they are the same', async (context) => {
    const { client, uri } = await opened(context, SLASHED);
    const { resultId } = await client.pull(uri);
    assert.deepEqual(await client.pull(uri, resultId), { kind: 'unchanged', resultId });
    await client.replace(uri, 'every reading', 'all readings');
    assert.deepEqual(await client.pull(uri, resultId), { kind: 'unchanged', resultId });
    await client.replace(uri, 'IoT/M2M', 'IoT');
    const report = await client.pull(uri, resultId);
    assert.equal(report.kind, 'full');
    assert.deepEqual(report.items, []);
  });

  it('follow every edit as if the document were new', async (context) => {
    const { client, uri } = await opened(context, '');
    const random = generator(7);
    const stretches = [
      'IoT/M2M ',
      'the IOT hub. ',
      '\r\n\r\n',
      '`',
      '# ',
      '\u{1F600}',
      'M2M (IoT) ',
      '| a |\n| - |\n',
      '',
    ];
    for (let step = 0; step < 60; step++) {
      const document = client.texts.get(uri)!;
      const length = document.getText().length;
      const start = Math.floor(random() * (length + 1));
      const end = Math.min(length, start + Math.floor(random() * 4));
      const place = { start: document.positionAt(start), end: document.positionAt(end) };
      await client.edit(uri, place, stretches[Math.floor(random() * stretches.length)]!);
      const copy = await client.open(`untitled:copy-${step}`, document.getText());
      assert.deepEqual(await client.findings(uri), await client.findings(copy), JSON.stringify(document.getText()));
      await client.close(copy);
    }
  });

  it('are exact in an editor that counts bytes or code points', async (context) => {
    for (const [encoding, start] of [
      ['utf-8', 7],
      ['utf-32', 3],
    ] as const) {
      const capabilities: ClientCapabilities = { ...pulling, general: { positionEncodings: [encoding] } };
      const client = await Client.start(context, { capabilities });
      assert.equal(client.initialized.capabilities.positionEncoding, encoding);
      const uri = await client.open('untitled:Untitled-1', 'Ä\u{1F600} an old hub\n');
      const contentChanges = [
        { range: range(0, start, 0, start + 6), text: 'no IoT/M2M' },
        { range: range(0, start, 0, start + 2), text: 'an' },
      ];
      const textDocument = { uri, version: 2 };
      await client.connection.sendNotification('textDocument/didChange', { textDocument, contentChanges });
      const { items } = await client.pull(uri);
      assert.deepEqual(items[0]?.range, range(0, start + 3, 0, start + 10), encoding);
    }
  });

  it('cost nothing once they were cancelled, and are never of another version', async (context) => {
    const client = await Client.start(context);
    const uri = await client.open('untitled:Untitled-1', SLASHED);
    const release = holdSettings(client);
    const source = new CancellationTokenSource();
    const cancelled = client.request('textDocument/diagnostic', { textDocument: { uri } }, source.token);
    const stale = client.pull(uri);
    const hover = client.hover(uri, 'IoT');
    source.cancel();
    await client.replace(uri, 'IoT/M2M', 'M2M');
    release();
    await rejects(cancelled, LSPErrorCodes.RequestCancelled);
    const error = await rejects(stale, LSPErrorCodes.ServerCancelled);
    assert.deepEqual(error.data, { retriggerRequest: true });
    await rejects(hover, LSPErrorCodes.ContentModified);
    assert.deepEqual(await client.findings(uri), []);
  });
});

describe('diagnostics that are waited for', () => {
  it('name the version that they are of, and end with the document', async (context) => {
    const { client, uri } = await opened(context, SLASHED, { capabilities: pushing });
    const first = await client.until('version 1 is published', () => client.lastPublished(uri));
    assert.equal(first.version, 1);
    assert.deepEqual(client.shown(uri, first.diagnostics), [ALIAS]);
    await client.replace(uri, 'every reading', 'IOT readings');
    await client.replace(uri, 'IoT/M2M', 'M2M');
    const last = await client.until('version 3 is published', () => published(client, uri, 3));
    assert.deepEqual(client.shown(uri, last.diagnostics), [FORM]);
    await client.close(uri);
    await client.until('the diagnostics are cleared', () => client.lastPublished(uri)?.diagnostics.length === 0);
    const versions = client.published.get(uri)!.map(({ version }) => version ?? 0);
    assert.deepEqual(versions, [...versions.slice(0, -1).sort(), 0]);
  });

  it('come for what an editor never asks for, and only for that', async (context) => {
    const { client } = await opened(context, CLEAN, { options: { pushed: ['vscode-scm'] } });
    const box = await client.open('vscode-scm:git/scm0/input?rootUri=file:///nowhere', SLASHED, 'markdown');
    const { diagnostics } = await client.until('the box has a finding', () => client.lastPublished(box));
    assert.deepEqual(client.shown(box, diagnostics), [ALIAS]);
    assert.deepEqual([...client.published.keys()], [box]);
  });
});

describe('hover', () => {
  const text = 'The ebb ends.\n\nAzure IoT Hub, then a [link](http://ebb.example).\n';

  it('shows the concept, its source, and what it is not the same as', async (context) => {
    const client = await sailing(context);
    const uri = await client.open('untitled:Untitled-1', text);
    assert.equal(
      await client.hover(uri, 'ebb'),
      [
        '**ebb**: ebb tide, ebbing (deprecated)',
        '',
        "Movement of the tide out to sea. ([The Sailor's Book](https://example.com/ebb))",
        '',
        'Not the same as **flood**:',
        '',
        '|  | ebb | flood |',
        '| --- | --- | --- |',
        '| direction | flows out \\| to sea | flows in to the land |',
      ].join('\n'),
    );
    assert.equal(await client.hover(uri, 'ends'), undefined);
    assert.equal(await client.hover(uri, 'ebb.example'), undefined);
  });

  it('is plain text in an editor that shows no Markdown', async (context) => {
    const capabilities = {
      ...pulling,
      textDocument: { ...pulling.textDocument, hover: { contentFormat: ['plaintext'] } },
    };
    const client = await sailing(context, capabilities as ClientCapabilities);
    const uri = await client.open('untitled:Untitled-1', text);
    const card = await client.hover(uri, 'ebb');
    assert.match(
      card!,
      /^ebb: ebb tide, ebbing \(deprecated\)\n\nMovement of the tide out to sea\. \(The Sailor's Book/,
    );
    assert.match(card!, /Not the same as flood:\n\n- direction: ebb flows out \| to sea; flood flows in to the land$/);
  });

  it('says why something was found, and why something was not', async (context) => {
    const { client, uri } = await opened(context, `${SLASHED}\nWe use Azure IoT Hub.\n`);
    const card = await client.hover(uri, 'IoT/M2M');
    assert.match(card!, /\[alias\]\(https:.*\/alias\.md\), because\n- .*IoT\/M2M/);
    assert.match((await client.hover(uri, 'Azure IoT Hub'))!, /belongs to the name "Azure IoT Hub"/);
    assert.equal(await client.hover(uri, 'gateway'), undefined);
  });
});

describe('quick fixes', () => {
  it('lead to the texts that they promise, of the version that they name', async (context) => {
    const { client, uri } = await opened(context, SLASHED);
    const actions = await fixesOf(client, uri, 'IoT/M2M');
    const results = new Map(actions.map((action) => [action.title, applied(SLASHED, action, uri)]));
    assert.deepEqual(
      [...results.values()].sort(),
      ['IoT', 'IoT and M2M', 'M2M'].map((words) => SLASHED.replace('IoT/M2M', words)).sort(),
    );
    for (const { kind, edit, diagnostics } of actions) {
      assert.equal(kind, 'quickfix');
      assert.equal(editsOf(edit, uri).version, 1);
      assert.deepEqual(
        diagnostics!.map(({ code }) => code),
        ['alias'],
      );
    }
    assert.equal(actions.filter(({ isPreferred }) => isPreferred).length, 1);
    await client.replace(uri, 'every', 'each');
    const [later] = await fixesOf(client, uri, 'IoT/M2M');
    assert.equal(editsOf(later?.edit, uri).version, 2);
  });

  it('are for what is selected, or where the cursor is, and for the diagnostics that were sent', async (context) => {
    const text = `${SLASHED}\n${MISSPELLED}`;
    const { client, uri } = await opened(context, text);
    assert.deepEqual(await client.actions(uri, range(1, 0, 1, 0)), []);
    const end = client.place(uri, 'IOT').end;
    const [fix] = await client.actions(uri, { start: end, end });
    assert.equal(applied(text, fix, uri), text.replace('IOT', 'IoT'));
    const all = await client.actions(uri, range(0, 0, 2, 20));
    assert.deepEqual([...new Set(all.map(({ diagnostics }) => diagnostics![0]!.code))], ['alias', 'form']);
    const [sent] = (await client.pull(uri)).items;
    const mine = { ...sent!, data: 'of the editor' };
    const [solving] = await client.actions(uri, sent!.range, { diagnostics: [mine] });
    assert.deepEqual(solving?.diagnostics, [mine]);
  });

  it('can be applied by an editor that knows no versions', async (context) => {
    const workspace = { ...pulling.workspace, workspaceEdit: {} };
    const { client, uri } = await opened(context, MISSPELLED, { capabilities: { ...pulling, workspace } });
    const [action] = await client.actions(uri, client.place(uri, 'IOT'));
    assert.deepEqual(Object.keys(action!.edit!), ['changes']);
    assert.equal(applied(MISSPELLED, action, uri), MISSPELLED.replace('IOT', 'IoT'));
  });

  it('ignore one place, in the comment of the format', async (context) => {
    const { client, uri } = await opened(context, `# Title\n\n${SLASHED}`);
    const action = await actionAt(client, uri, 'IoT/M2M', 'Ignore "alias" here');
    const ignored = applied(`# Title\n\n${SLASHED}`, action, uri);
    assert.equal(ignored, `# Title\n\n<!-- termlint-disable-next-line alias -->\n${SLASHED}`);
    const copy = await client.open('untitled:copy', ignored);
    assert.deepEqual(await client.findings(copy), []);
  });

  it('allow a phrase, in a settings file that is made for it', async (context) => {
    const folder = folderWith(context, {});
    const client = await Client.start(context, { folders: [folder.uri] });
    const uri = await client.open(folder.of('a.md'), SLASHED);
    const action = await actionAt(client, uri, 'IoT/M2M', 'Allow "IoT/M2M" in this project');
    const [creation] = action.edit!.documentChanges!;
    const file = folder.of('termlint.yaml');
    assert.deepEqual(creation, { kind: 'create', uri: file, options: { ignoreIfExists: true } });
    folder.write('termlint.yaml', applied('', action, file));
    await client.watched(file);
    await client.untilFound(uri, []);

    const loose = await client.open('untitled:Untitled-1', SLASHED);
    const titles = (await client.actions(loose, client.place(loose, 'IoT/M2M'))).map(({ title }) => title);
    assert.deepEqual(
      titles.filter((title) => title.startsWith('Allow')),
      [],
      'it is in the settings of the folder now',
    );
  });

  it('make no file for an editor that makes none', async (context) => {
    const folder = folderWith(context, {});
    const workspace = { ...pulling.workspace, workspaceEdit: { documentChanges: true } };
    const client = await Client.start(context, { folders: [folder.uri], capabilities: { ...pulling, workspace } });
    const uri = await client.open(folder.of('a.md'), SLASHED);
    const titles = (await client.actions(uri, client.place(uri, 'IoT/M2M'))).map(({ title }) => title);
    assert.equal(
      titles.some((title) => title.includes('in this project')),
      false,
    );
  });

  it('change a settings file in its own style, and nothing else in it', async (context) => {
    const folder = folderWith(context, {});
    const client = await Client.start(context, { folders: [folder.uri] });
    for (const [name, before, allowed, off] of STYLES) {
      const file = folder.write(`${name}/termlint.yaml`, before);
      const uri = await client.open(folder.of(`${name}/a.md`), SLASHED);
      const actions = await client.actions(uri, client.place(uri, 'IoT/M2M'));
      const edited = (start: string) => {
        const action = actions.find(({ title }) => title.startsWith(start));
        return action && applied(before, action, file);
      };
      assert.equal(edited('Allow '), allowed, name);
      assert.equal(edited('Turn off '), off, name);
    }
  });

  it('change settings as they are being written, not as they were saved', async (context) => {
    const folder = folderWith(context, { 'termlint.yaml': 'allow: [x]\n' });
    const client = await Client.start(context, { folders: [folder.uri] });
    const file = await client.open(folder.of('termlint.yaml'), 'allow: [x]\n', 'yaml');
    await client.replace(file, 'x', 'x, y');
    const uri = await client.open(folder.of('a.md'), SLASHED);
    const action = await actionAt(client, uri, 'IoT/M2M', 'Allow "IoT/M2M" in this project');
    assert.equal(applied('allow: [x, y]\n', action, file), 'allow: [x, y, "IoT/M2M"]\n');
    assert.equal(editsOf(action.edit, file).version, 2);
  });

  it('that leave a text as it is are offered once each', async (context) => {
    const text =
      'The IoT/M2M hub and the IoT/M2M box.\n\nIt is true that IoT is just another name for M2M, as everyone around here knows.\n';
    const folder = folderWith(context, {});
    const client = await Client.start(context, { folders: [folder.uri] });
    const uri = await client.open(folder.of('a.md'), text);
    const offered = (await client.actions(uri, range(0, 0, 0, 36))).map(({ title }) => title);
    assert.deepEqual(
      offered.filter((title) => /^(Ignore|Allow|Turn off)/.test(title)),
      ['Ignore "alias" here', 'Allow "IoT/M2M" in this project', 'Turn off "alias" in this project'],
    );
    const directive = await client.open(folder.of('b.md'), '<!-- termlint-disable alias -->\n\nIoT is here.\n');
    const titles = (await client.actions(directive, range(0, 0, 0, 5))).map(({ title }) => title);
    assert.deepEqual(titles, ['Remove the directive', 'Turn off "directive" in this project']);
  });

  it('show the page of a rule, where the code of a diagnostic is no link', async (context) => {
    const publishDiagnostics = { ...pulling.textDocument!.publishDiagnostics, codeDescriptionSupport: false };
    const textDocument = { ...pulling.textDocument, publishDiagnostics };
    const window = { showDocument: { support: true } };
    const { client, uri } = await opened(context, SLASHED, { capabilities: { ...pulling, textDocument, window } });
    const { command } = await actionAt(client, uri, 'IoT/M2M', 'Show the page of "alias"');
    const shown = new Promise((done) => {
      client.connection.onRequest('window/showDocument', (params) => {
        done(params);
        return { success: true };
      });
    });
    await client.request('workspace/executeCommand', command);
    assert.match(((await shown) as { uri: string }).uri, /\/alias\.md$/);
  });
});

describe('fix all', () => {
  it('makes every safe repair as one edit, and no other', async (context) => {
    const text = `${SLASHED}\r\n${MISSPELLED}\r\nThe IOT hub and the I.o.T hub.\n`;
    const { client, uri } = await opened(context, text);
    const [action, ...others] = await client.actions(uri, range(0, 0, 0, 0), { only: ['source.fixAll'] });
    assert.deepEqual(others, []);
    assert.equal(action?.kind, 'source.fixAll.termlint');
    assert.equal(editsOf(action.edit, uri).version, 1);
    const fixed = `${SLASHED}\r\n${MISSPELLED.replace('IOT', 'IoT')}\r\nThe IoT hub and the IoT hub.\n`;
    assert.equal(applied(text, action, uri), fixed);
    const copy = await client.open('untitled:copy', fixed);
    assert.deepEqual(await client.actions(copy, range(0, 0, 0, 0), { only: ['source.fixAll.termlint'] }), []);
  });

  it('is offered when it is asked for, and nothing is when something else is', async (context) => {
    const { client, uri } = await opened(context, MISSPELLED);
    const kinds = async (only?: string[], triggerKind?: CodeActionTriggerKind) =>
      new Set((await client.actions(uri, client.place(uri, 'IOT'), { only, triggerKind })).map(({ kind }) => kind));
    assert.deepEqual(await kinds(['refactor']), new Set());
    assert.deepEqual(await kinds(['source.organizeImports']), new Set());
    assert.deepEqual(await kinds(['source.fixAll.eslint']), new Set());
    assert.deepEqual(await kinds(['quickfix']), new Set(['quickfix']));
    assert.deepEqual(await kinds(['source']), new Set(['source.fixAll.termlint']));
    assert.deepEqual(await kinds(undefined, CodeActionTriggerKind.Automatic), new Set(['quickfix']));
    assert.deepEqual(
      await kinds(undefined, CodeActionTriggerKind.Invoked),
      new Set(['quickfix', 'source.fixAll.termlint']),
    );
  });
});

describe('settings', () => {
  it('are those of the folder that a document is in', async (context) => {
    const [strict, lax] = [folderWith(context, {}), folderWith(context, {})];
    let laxRules: object = { alias: 'off' };
    const settings = (scope: string | undefined) => ({ rules: scope === lax.uri ? laxRules : {} });
    const client = await Client.start(context, { folders: [strict.uri, lax.uri], settings });
    const [first, second] = [await client.open(strict.of('a.md'), SLASHED), await client.open(lax.of('a.md'), SLASHED)];
    assert.deepEqual(await client.findings(first), [ALIAS]);
    assert.deepEqual(await client.findings(second), []);
    laxRules = { alias: 'error' };
    await client.changeSettings(settings);
    await client.untilFound(second, [ALIAS]);
    assert.equal((await client.pull(second)).items[0]?.severity, DiagnosticSeverity.Error);
    const registered = [...client.registrations.values()].find(
      ({ method }) => method === 'workspace/didChangeConfiguration',
    );
    assert.deepEqual(registered?.registerOptions, { section: 'termlint' });
  });

  it('may be pushed, or come with the first words', async (context) => {
    const workspace = { ...pushing.workspace, configuration: false };
    const options = { settings: { rules: { alias: 'off' } } };
    const { client, uri } = await opened(context, `${SLASHED}${MISSPELLED}`, {
      capabilities: { ...pushing, workspace },
      options,
    });
    const seen = () => client.shown(uri, client.lastPublished(uri)?.diagnostics ?? []).join();
    await client.until('only the form is found', () => seen() === FORM);
    const settings = { termlint: { rules: { form: 'off' } } };
    await client.connection.sendNotification('workspace/didChangeConfiguration', { settings });
    await client.until('only the alias is found', () => seen() === ALIAS);
  });

  it('that are wrong are told once, and the rest counts', async (context) => {
    const settings = () => ({ rules: { alias: 'loud', form: 'off' }, trace: { server: 'messages' }, run: 'onType' });
    const { client, uri } = await opened(context, `${SLASHED}${MISSPELLED}`, { settings });
    assert.deepEqual(await client.findings(uri), [ALIAS]);
    await client.until('the severity is told', () => client.logged.includes('"loud"'));
    assert.equal(client.logged.match(/In the settings/g)?.length, 1, client.logged);
  });

  it('of the nearest file win over those of the editor, and are read again when it changes', async (context) => {
    const folder = folderWith(context, {
      'termlint.yaml': 'rules: { alias: error, form: off }\n',
      'deep/termlint.yaml': 'rules: { alias: off }\n',
    });
    const settings = () => ({ rules: { alias: 'hint' } });
    const client = await Client.start(context, { folders: [folder.uri], settings });
    const [outer, inner] = [folder.of('a.md'), folder.of('deep/a.md')];
    for (const uri of [outer, inner]) await client.open(uri, `${SLASHED}${MISSPELLED}`);
    assert.deepEqual(await client.findings(outer), [ALIAS]);
    assert.equal((await client.pull(outer)).items[0]?.severity, DiagnosticSeverity.Error);
    assert.deepEqual(await client.findings(inner), [FORM]);
    await client.watched(folder.remove('deep/termlint.yaml'));
    await client.untilFound(inner, [ALIAS]);
    await client.watched(folder.write('termlint.yaml', 'exclude: [deep/]\n'));
    await client.untilFound(inner, []);
    assert.deepEqual(await client.findings(outer), [ALIAS, FORM]);
    assert.equal((await client.pull(outer)).items[0]?.severity, DiagnosticSeverity.Hint);
  });

  it('of a file that nobody watches are read again when something is saved', async (context) => {
    const folder = folderWith(context, {});
    const workspace = { ...pulling.workspace, didChangeWatchedFiles: {} };
    const client = await Client.start(context, { folders: [folder.uri], capabilities: { ...pulling, workspace } });
    const uri = await client.open(folder.of('a.md'), SLASHED);
    assert.deepEqual(await client.findings(uri), [ALIAS]);
    folder.write('termlint.yaml', 'enable: false\n');
    await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
    assert.deepEqual(await client.findings(uri), []);
  });

  it('follow the folders of the workspace', async (context) => {
    const folder = folderWith(context, {});
    const settings = (scope: string | undefined) => (scope === folder.uri ? { enable: false } : null);
    const client = await Client.start(context, { settings });
    const uri = await client.open(folder.of('a.md'), SLASHED);
    assert.deepEqual(await client.findings(uri), [ALIAS]);
    const added = [{ uri: folder.uri, name: 'new' }];
    const change = (event: object) =>
      client.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    await change({ added, removed: [] });
    await client.untilFound(uri, []);
    await change({ added: [], removed: added });
    await client.untilFound(uri, [ALIAS]);
  });
});

describe('glossaries', () => {
  it('that are broken say so in their file, and what can be read of them counts', async (context) => {
    const broken = GLOSSARY.replace('status: deprecated', 'status: loathed');
    const folder = folderWith(context, {
      'termlint.yaml': 'glossaries: [./tides.yaml, ./none.yaml]\n',
      'tides.yaml': broken,
    });
    const client = await Client.start(context, { folders: [folder.uri] });
    const [glossary, settings] = [folder.of('tides.yaml'), folder.of('termlint.yaml')];
    const problem = (await client.until('the glossary is published', () => client.lastPublished(glossary)))
      .diagnostics[0];
    assert.equal(broken.split('\n')[problem!.range.start.line], '        status: loathed');
    assert.match(messageOf(problem), /loathed/);
    const missing = (await client.until('the settings are published', () => client.lastPublished(settings)))
      .diagnostics[0];
    assert.deepEqual(missing?.range, range(0, 27, 0, 38));
    assert.match(messageOf(missing), /none\.yaml/);

    const uri = await client.open(folder.of('log.md'), 'The ebb and the ebbing.\n');
    assert.match((await client.hover(uri, 'ebb'))!, /Movement of the tide/);
    await client.watched(folder.write('tides.yaml', GLOSSARY), folder.write('none.yaml', 'name: none\nconcepts: []\n'));
    await client.until('the glossary is mended', () => client.lastPublished(glossary)?.diagnostics.length === 0);
    await client.until('the settings are mended', () => client.lastPublished(settings)?.diagnostics.length === 0);
    await client.untilFound(uri, ['deprecated: ebbing']);
  });

  it('are watched wherever they are', async (context) => {
    const shared = folderWith(context, { 'tides [1].yaml': GLOSSARY });
    const folder = folderWith(context, { 'termlint.yaml': `glossaries: ["${shared.path}/tides [1].yaml"]\n` });
    const client = await Client.start(context, { folders: [folder.uri] });
    const watchers = () =>
      [...client.registrations.values()]
        .filter(({ method }) => method === 'workspace/didChangeWatchedFiles')
        .flatMap(({ registerOptions }) =>
          registerOptions.watchers.map((watcher: { globPattern: unknown }) => watcher.globPattern),
        );
    await client.until('the glossary is watched', () =>
      watchers().some(
        (glob) => JSON.stringify(glob) === JSON.stringify({ baseUri: shared.uri, pattern: 'tides ?1?.yaml' }),
      ),
    );
    assert.equal(watchers().filter((glob) => glob === '**/termlint.yaml').length, 1);
  });

  it('that are opened mended, but not saved, are no longer broken', async (context) => {
    const broken = GLOSSARY.replace('status: deprecated', 'status: loathed');
    const folder = folderWith(context, { 'termlint.yaml': 'glossaries: [./tides.yaml]\n', 'tides.yaml': broken });
    for (const capabilities of [pulling, pushing]) {
      const client = await Client.start(context, { folders: [folder.uri], capabilities });
      const glossary = folder.of('tides.yaml');
      const seen = () => client.lastPublished(glossary)?.diagnostics.length;
      await client.until('the problem is published', () => seen() === 1);
      await client.open(glossary, GLOSSARY, 'yaml');
      await client.until('the problem is gone', () => seen() === 0);
    }
  });

  it('count as they are being written, and their problems keep up', async (context) => {
    const folder = folderWith(context, { 'termlint.yaml': 'glossaries: [./tides.yaml]\n', 'tides.yaml': GLOSSARY });
    for (const capabilities of [pulling, pushing]) {
      const client = await Client.start(context, { folders: [folder.uri], capabilities });
      const glossary = await client.open(folder.of('tides.yaml'), GLOSSARY, 'yaml');
      const seen = () => client.lastPublished(glossary)?.diagnostics ?? [];
      await client.replace(glossary, '  - id: flood', '  - flood: flood');
      await client.until('the problem is published', () => seen().length > 0);
      await client.replace(glossary, '  - flood: flood', '  - id: flood');
      await client.until('the problem is gone', () => seen().length === 0);
      await client.replace(glossary, 'deprecated', 'abhorred');
      await client.until('the next problem is published', () => seen().length > 0);
      await client.close(glossary);
      await client.until('the file counts again', () => seen().length === 0);
    }
  });
});

describe('documents', () => {
  it('need not be saved, nor be files, to be read with the settings of their place', async (context) => {
    const folder = folderWith(context, { 'termlint.yaml': 'rules: { form: off }\n' });
    const client = await Client.start(context, { folders: [folder.uri] });
    const path = new URL(folder.uri).pathname;
    for (const uri of [
      'untitled:Untitled-1',
      `untitled:${path}/new.md`,
      `vscode-notebook-cell:${path}/book.ipynb#W0sZmlsZQ%3D%3D`,
      `vscode-scm:git/scm0/input?rootUri=${encodeURIComponent(folder.uri)}`,
    ]) {
      await client.open(uri, `${SLASHED}${MISSPELLED}`);
      assert.deepEqual(await client.findings(uri), [ALIAS], uri);
    }
  });

  it('are known by their language, or else by their name, or are let alone', async (context) => {
    const { client } = await opened(context, '');
    const found = async (name: string, language: string) =>
      (await client.findings(await client.open(`file:///nowhere/${name}`, SLASHED, language))).length;
    assert.equal(await found('a', 'markdown'), 1);
    assert.equal(await found('a.txt', 'plaintext'), 1);
    assert.equal(await found('b.md', 'some-dialect-of-markdown'), 1);
    assert.equal(await found('c.ts', 'typescript'), 0);
    assert.equal(await found('d.yaml', 'yaml'), 0);
  });

  it('are what their name says if an editor takes them for plain text', async (context) => {
    const { client } = await opened(context, '');
    const comment = '<!-- The IoT/M2M hub. -->\n';
    const found = async (uri: string, language: string) =>
      (await client.findings(await client.open(uri, comment, language))).length;
    assert.equal(await found('file:///nowhere/a.txt', 'plaintext'), 1);
    assert.equal(await found('file:///nowhere/COMMIT_EDITMSG', 'plaintext'), 1);
    assert.equal(await found('file:///nowhere/a.MD', 'plaintext'), 0);
    assert.equal(await found('file:///nowhere/b.md', 'git-commit'), 1, 'a language that somebody chose counts');
    assert.equal(await found('vscode-notebook-cell:/nowhere/a.md#W0', 'plaintext'), 1, 'a cell has a name of another');
    assert.equal(await found('vscode-notebook-cell:/nowhere/a.txt#W1', 'python'), 0);
  });

  it('may hold anything', async (context) => {
    const { client } = await opened(context, '');
    const odd = [
      '',
      '\uFEFF',
      '\uFEFFThe IoT/M2M hub.',
      '\uD83D IoT/M2M \uDE00',
      '\0IoT/M2M\0',
      'IoT/M2M '.repeat(100),
      `${'> '.repeat(500)}IoT/M2M`,
      '[['.repeat(3000),
      '|'.repeat(5000),
      '\r\r\n\n\r',
      '<!-- termlint-disable',
      '<!-- termlint-disable-next-line nonsense "x -- y -->\nIoT/M2M',
    ];
    for (const [index, text] of odd.entries()) {
      const uri = await client.open(`untitled:odd-${index}`, text);
      const { items } = await client.pull(uri);
      const lines = text.split(/\r\n|\n|\r/);
      for (const { range: place } of items)
        assert.ok(place.end.character <= lines[place.end.line]!.length, text.slice(0, 40));
      await client.hover(uri, text.slice(0, 1));
    }
  });

  it('have a status, for an editor that wants to know', async (context) => {
    const { client, uri } = await opened(context, SLASHED, { options: { status: true } });
    const last = () => client.told('termlint/documentStatus').at(-1);
    await client.pull(uri);
    const status = await client.until('the status is told', last);
    assert.deepEqual(status, { ...(status as object), uri, enabled: true, findings: 1, problems: [] });
    await client.changeSettings(() => ({ enable: false }));
    await client.untilFound(uri, []);
    await client.until('it is off', () => (last() as { enabled: boolean }).enabled === false);
    const plain = await opened(context, SLASHED);
    await plain.client.pull(plain.uri);
    assert.deepEqual(
      plain.client.notified.filter(({ method }) => method.startsWith('termlint/')),
      [],
    );
  });
});

describe('the whole workspace', () => {
  const files = {
    'a.md': SLASHED,
    'deep/b.md': MISSPELLED,
    'deep/c.txt': CLEAN,
    'code.ts': SLASHED,
    'old/d.md': SLASHED,
    'node_modules/e.md': SLASHED,
    '.gitignore': '/old\n',
    '.git/HEAD': '',
    'excluded.md': SLASHED,
    'termlint.yaml': 'exclude: [excluded.md]\n',
  };

  it('is reported to an editor that asks for it, piece by piece if it likes', async (context) => {
    const folder = folderWith(context, files);
    const client = await Client.start(context, { folders: [folder.uri] });
    const open = await client.open(folder.of('deep/c.txt'), 'The IOT hub.\n', 'plaintext');
    const first = await pullWorkspace(client);
    const kept = Object.fromEntries(
      first.items.map((item) => [item.uri, item.kind === 'full' ? item.items.length : -1]),
    );
    assert.deepEqual(kept, { [folder.of('a.md')]: 1, [folder.of('deep/b.md')]: 1, [open]: 1 });
    assert.equal(first.items.find(({ uri }) => uri === open)?.version, 1);

    const previousResultIds = first.items.map(({ uri, resultId }) => ({ uri, value: resultId! }));
    await client.watched(folder.remove('a.md'), folder.write('deep/b.md', CLEAN));
    const second = await pullWorkspace(client, { previousResultIds, partialResultToken: 'pieces' });
    assert.deepEqual(second.items, []);
    const pieces = client.told('$/progress') as { value: WorkspaceDiagnosticReport }[];
    const partial = pieces.flatMap(({ value }) => value.items);
    const kinds = Object.fromEntries(
      partial.map((item) => [item.uri, item.kind === 'full' ? item.items.length : item.kind]),
    );
    assert.deepEqual(kinds, { [open]: 'unchanged', [folder.of('deep/b.md')]: 0, [folder.of('a.md')]: 0 });
  });

  it('is reported with the columns of an editor, which counts no byte order mark', async (context) => {
    const folder = folderWith(context, { 'a.md': `\uFEFF${SLASHED}` });
    const client = await Client.start(context, { folders: [folder.uri] });
    const [report] = (await pullWorkspace(client)).items;
    assert.deepEqual(report?.kind === 'full' && report.items.map((item) => item.range), [range(0, 4, 0, 11)]);
  });

  it('can be cancelled at any time', async (context) => {
    const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`${index}.md`, SLASHED.repeat(40)]));
    const folder = folderWith(context, many);
    const client = await Client.start(context, { folders: [folder.uri] });
    const source = new CancellationTokenSource();
    const params = { previousResultIds: [], workDoneToken: 'work', partialResultToken: 'pieces' };
    const report = client.request('workspace/diagnostic', params, source.token);
    await client.until('a piece has come', () => client.notified.some(({ method }) => method === '$/progress'));
    source.cancel();
    await rejects(report, LSPErrorCodes.RequestCancelled);
  });

  it('is checked on command, and kept up to date from then on', async (context) => {
    const folder = folderWith(context, files);
    const client = await Client.start(context, { folders: [folder.uri], options: { workspaceDiagnostics: false } });
    const uri = await client.open(folder.of('deep/b.md'), MISSPELLED);
    await client.pull(uri);
    assert.deepEqual(await check(client), { documents: 3, findings: 2, cancelled: false });
    const shown = (name: string) => client.lastPublished(folder.of(name))?.diagnostics.length ?? 0;
    assert.equal(shown('a.md'), 1);
    assert.equal(shown('deep/b.md'), 0, 'it is open, and the editor asks for it');
    await client.close(uri);
    await client.until('the closed document is published', () => shown('deep/b.md') === 1);
    await client.watched(folder.write('a.md', CLEAN), folder.write('new.md', SLASHED));
    await client.until('the changes are seen', () => shown('a.md') === 0 && shown('new.md') === 1);
    await client.watched(folder.remove('new.md'));
    await client.until('the file is gone', () => shown('new.md') === 0);
    await client.open(uri, MISSPELLED);
    await client.pull(uri);
    assert.equal(shown('deep/b.md'), 0, 'it is open again');
    await client.watched(folder.write('termlint.yaml', 'rules: { alias: error }\n'));
    await client.until('nothing is excluded', () => shown('excluded.md') === 1);
    assert.equal(shown('old/d.md'), 0);
  });

  it('is checked for an editor that waits for diagnostics, too', async (context) => {
    const folder = folderWith(context, files);
    const client = await Client.start(context, { folders: [folder.uri], capabilities: pushing });
    const uri = await client.open(folder.of('a.md'), `${SLASHED}${MISSPELLED}`);
    assert.deepEqual(await check(client), { documents: 3, findings: 3, cancelled: false });
    const shown = (name: string) => client.lastPublished(folder.of(name))?.diagnostics.length;
    await client.until('the open document is published', () => shown('a.md') === 2);
    await client.until('the others are published', () => shown('deep/b.md') === 1);
    await client.close(uri);
    await client.until('the file counts again', () => shown('a.md') === 1);
    const begun = client.notified.find(({ method }) => method === '$/progress');
    assert.match(JSON.stringify(begun), /Checking terminology/);
  });
});

describe('the server lives', () => {
  it('until it is told to end, or its editor is gone', async (context) => {
    const polite = await Client.start(context);
    assert.equal(await polite.shutDown(), 0);
    const rude = await Client.start(context);
    await rude.connection.sendNotification('exit');
    assert.equal(await rude.exited, 1);
    const lost = await Client.start(context);
    lost.process.stdin!.end();
    assert.equal(await lost.exited, 1);
    const child = fork(join(root, 'dist/server.js'), ['--node-ipc'], { silent: true });
    child.send({
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { processId: null, rootUri: null, capabilities: {} },
    });
    await once(child, 'message');
    child.disconnect();
    assert.equal((await once(child, 'exit'))[0], 1);
  });

  it('whatever it is sent', async (context) => {
    const { client, uri } = await opened(context, SLASHED);
    const { connection } = client;
    const methods = [
      'textDocument/hover',
      'textDocument/codeAction',
      'textDocument/diagnostic',
      'workspace/diagnostic',
    ];
    for (const method of [...methods, 'workspace/executeCommand', 'termlint/nonsense', '']) {
      for (const params of [{}, { textDocument: {} }, { textDocument: { uri: 'a b%' } }, { command: 'rm' }, []]) {
        await connection.sendRequest(method, params).catch(() => {});
      }
    }
    for (const method of [
      'textDocument/didOpen',
      'textDocument/didChange',
      'textDocument/didClose',
      'workspace/didChangeWatchedFiles',
    ]) {
      for (const params of [
        {},
        { textDocument: {} },
        { textDocument: { uri: 'x:y', version: 1 }, contentChanges: [{}] },
        { changes: [{}] },
      ]) {
        await connection.sendNotification(method, params);
      }
    }
    const position = { line: 1e9, character: -5 };
    assert.equal(await client.request('textDocument/hover', { textDocument: { uri }, position }), null);
    const unknown = await client.pull('file:///nowhere/at-all.md');
    assert.deepEqual(unknown.items, []);
    client.process.stdin!.write('Content-Length: 7\r\n\r\n{"no"\n}');
    assert.deepEqual(await client.findings(uri), [ALIAS]);
    assert.equal(await client.shutDown(), 0);
  });
});

function range(line: number, character: number, endLine: number, endCharacter: number): Range {
  return { start: { line, character }, end: { line: endLine, character: endCharacter } };
}

async function opened(context: TestContext, text: string, start: Start = {}): Promise<{ client: Client; uri: string }> {
  const client = await Client.start(context, start);
  return { client, uri: await client.open('untitled:Untitled-1', text) };
}

/** A client in whose only folder the glossary of tides is in use. */
async function sailing(context: TestContext, capabilities = pulling): Promise<Client> {
  const folder = folderWith(context, { 'termlint.yaml': 'glossaries: [./tides.yaml]\n', 'tides.yaml': GLOSSARY });
  return Client.start(context, { folders: [folder.uri], capabilities });
}

/** The actions that repair the text itself. */
async function fixesOf(client: Client, uri: string, stretch: string): Promise<CodeAction[]> {
  const actions = await client.actions(uri, client.place(uri, stretch));
  return actions.filter(({ title }) => !/^(Ignore|Allow|Turn off|Show) /.test(title));
}

async function actionAt(client: Client, uri: string, stretch: string, title: string): Promise<CodeAction> {
  const actions = await client.actions(uri, client.place(uri, stretch));
  const action = actions.find((candidate) => candidate.title === title);
  assert.ok(action, `no "${title}" among ${actions.map((candidate) => candidate.title).join(', ')}`);
  return action;
}

function published(client: Client, uri: string, version: number) {
  return client.published.get(uri)?.find((params) => params.version === version);
}

/** Lets whatever depends on the editor's settings wait; gives the function that lets it go on. */
function holdSettings(client: Client): () => void {
  let release = () => {};
  client.hold = new Promise((done) => {
    release = done;
  });
  return release;
}

async function rejects(promise: Promise<unknown>, code: number): Promise<ResponseError<unknown>> {
  const error = await promise.then(
    () => assert.fail('it was answered'),
    (reason: ResponseError<unknown>) => reason,
  );
  assert.equal(error.code, code, error.message);
  return error;
}

function pullWorkspace(client: Client, params: object = {}): Promise<WorkspaceDiagnosticReport> {
  return client.request('workspace/diagnostic', { previousResultIds: [], ...params });
}

function check(client: Client): Promise<unknown> {
  return client.request('workspace/executeCommand', { command: 'termlint.server.checkWorkspace' });
}

/** A small linear congruential generator: the same numbers in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
