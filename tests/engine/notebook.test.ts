import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { applyEdits, suppression } from '../../server/engine';
import { lint } from '../helper';
import { documentsOf, growsLinearly, holdsForEvery, rendered } from './reading';

/** A cell as Jupyter writes it: each line a string of its own. */
function cell(text: string, type = 'markdown', more: object = {}): object {
  return { cell_type: type, metadata: {}, ...more, source: text.split(/(?<=\n)/) };
}

/** A notebook as Jupyter writes it. */
function notebook(...cells: readonly object[]): string {
  return `${JSON.stringify({ cells, metadata: { title: 'IoT' }, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

describe('notebooks', () => {
  it('are read cell by cell', () => {
    reads(
      notebook(
        cell('# On *M2M*\n\nOne\nparagraph.\n\n- item'),
        cell('print("IoT")', 'code'),
        cell('    code\n\nAnd on.'),
      ),
      ['heading1: On M2M', 'paragraph: One paragraph.', 'item: item', 'paragraph: And on.'],
    );
    reads(notebook(cell('Open\n```\ncode'), cell('| a |\n|---|\n| b |'), cell('| c |\n|---|')), [
      'paragraph: Open',
      'cell[0,0,0]: a',
      'cell[0,1,0]: b',
      'cell[1,0,0]: c',
    ]);
  });

  it('may have their text in one string', () => {
    reads('{"cells":[{"source":"# M2M\\n\\nOne\\r\\ntwo\\ttabs","cell_type":"markdown"}]}', [
      'heading1: M2M',
      'paragraph: One two\ttabs',
    ]);
  });

  it('are read with the characters that escapes stand for', () => {
    reads(
      '{"cells":[{"cell_type":"markdown","source":["The \\"M2M\\" caf\\u00e9\\/bar \\ud83d\\ude80\\n","\\\\_x \\u0026amp; \\u002ab*"]}]}',
      ['paragraph: The "M2M" café/bar 🚀 _x & b'],
    );
  });

  it('are read without code, outputs and metadata', () => {
    const outputs = [{ output_type: 'display_data', data: { 'text/markdown': ['# IoT'] }, metadata: {} }];
    reads(notebook(cell('iot()', 'code', { outputs }), cell('M2M', 'markdown', { metadata: { tags: ['IoT'] } })), [
      'paragraph: M2M',
    ]);
    const nested = { 'application/json': { cell_type: 'markdown', source: ['IoT'] } };
    reads(notebook(cell('', 'code', { outputs: [{ data: nested }] })), ['paragraph: IoT']);
  });

  it('have raw cells that are Markdown unless they say otherwise', () => {
    reads(
      notebook(
        cell('---\ntitle: On M2M\n---\n', 'raw'),
        cell('*One*', 'raw', { metadata: { format: 'text/markdown' } }),
        cell('<p>two</p>', 'raw', { metadata: { format: 'text/html' } }),
        cell('three', 'raw', { metadata: { raw_mimetype: 'text/latex' } }),
      ),
      ['title0: On M2M', 'paragraph: One'],
    );
  });

  it('of nbformat 3 have worksheets, and cells for headings', () => {
    reads(
      JSON.stringify({
        worksheets: [
          {
            cells: [
              { cell_type: 'heading', level: 2, source: ['On M2M'] },
              { cell_type: 'markdown', source: 'Text' },
              { cell_type: 'code', input: ['iot'] },
            ],
          },
        ],
        nbformat: 3,
      }),
      ['heading2: On M2M', 'paragraph: Text'],
    );
  });

  it('are read as far as they are JSON', () => {
    const start = '{"cells": [{"cell_type": "markdown", "source": ["One *a*\\n",\n"two"';
    reads(start, ['paragraph: One a two']);
    reads(`${start}, "three`, ['paragraph: One a twothree']);
    reads(`${start}}, {"cell_type": "markdown", "source": ["# M2M"]}`, ['paragraph: One a two', 'heading1: M2M']);
    reads(`${start}, "metadata": {}}, {"source": "# M2M" "cell_type": "markdown"}]`, [
      'paragraph: One a two',
      'heading1: M2M',
    ]);
    reads(`${start} ] ] } } ], [{"cell_type": "markdown",, "source": "M2M"}`, [
      'paragraph: One a two',
      'paragraph: M2M',
    ]);
    reads('{"cell_type": "markdown", "source": ["The "M2M" hub\\n",\n"sleeps"]}', ['paragraph: The  hub sleeps']);
    for (const text of ['', '[', '{"cells": {}}', '{"source": ["M2M"]}', '"M2M"', '{"cell_type": "markdown"}'])
      reads(text, []);
  });

  it('have directives in the comments of their Markdown', () => {
    const text = notebook(cell('One <!-- termlint-disable-line alias "IoT" -->\n'));
    assert.deepEqual(rendered(text, 'ipynb'), ['paragraph: One', 'comment: termlint-disable-line alias \\"IoT\\"']);
  });
});

describe('findings in notebooks', () => {
  it('reach over the cells of a document', () => {
    const text = notebook(
      cell('# The M2M gateway'),
      cell('x = 1', 'code'),
      cell('The M2M gateway stands on a rail.'),
      cell('The IoT gateway is grey.'),
    );
    assert.deepEqual(
      lint(text, 'ipynb').findings.map(({ rule }) => rule),
      ['drift'],
    );
  });

  it('are found where an escape stands before a word', () => {
    assert.equal(lint('{"cell_type": "markdown", "source": "One\\n\\nIoT/M2M hub"}', 'ipynb').findings.length, 1);
  });

  const words = [
    'IoT',
    'M2M',
    'the M2M gateway',
    'The IoT gateway',
    ' also known as ',
    'IoT/M2M',
    ' (IoT)',
    ' (M2M)',
    'machine-to-machine',
  ];
  const marks = [
    '*',
    '**',
    '\\',
    '`',
    '[',
    '](a "b")',
    '\n',
    '\n\n',
    '- ',
    '> ',
    '# ',
    '. ',
    ' ',
    ', ',
    '&amp;',
    '\t',
    '🚀',
    '| a | b |\n|---|---|\n| ',
  ];
  const text = fc.array(fc.constantFrom(...words, ...marks), { maxLength: 30 }).map((parts) => parts.join(''));
  /** The text of the only cell of a notebook. */
  const said = (source: string): string => [JSON.parse(source).cells[0].source].flat().join('');

  it('are those in the Markdown, and so are their repairs', () => {
    fc.assert(
      fc.property(text, fc.boolean(), (markdown, inLines) => {
        const source = inLines ? notebook(cell(markdown)) : notebook({ cell_type: 'markdown', source: markdown });
        const [found, expected] = [lint(source, 'ipynb').findings, lint(markdown).findings];
        const essence = (all: typeof found) => all.map(({ rule, message }) => `${rule}: ${message}`);
        assert.deepEqual(essence(found), essence(expected));
        for (const [index, { fixes }] of found.entries())
          for (const [at, fix] of fixes.entries())
            assert.equal(said(applyEdits(source, fix.edits)), applyEdits(markdown, expected[index]!.fixes[at]!.edits));
      }),
      { numRuns: 500 },
    );
  });

  it('leave JSON when they are repaired or silenced, also between quotation marks', () => {
    const quoted = fc.array(fc.oneof(text, fc.constant('"')), { maxLength: 6 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(quoted, (markdown) => {
        const source = notebook(cell(markdown));
        for (const finding of lint(source, 'ipynb').findings) {
          for (const { edits } of finding.fixes) said(applyEdits(source, edits));
          const silenced = said(applyEdits(source, suppression({ text: source, format: 'ipynb' }, finding)));
          assert.equal(silenced.replace(/ <!-- .* -->/, ''), markdown);
        }
      }),
      { numRuns: 500 },
    );
  });
});

const SNIPPETS = [
  ...'{|}|[|]|:|,|"|\\|\\"|\\n|\\u00e9|\\ud83d\\ude80|\\u|1|null|// c\n|"source"|"cell_type"|"markdown"|"raw"|"metadata"|"format"|{"cell_type":"markdown","source":["|"]},'.split(
    '|',
  ),
  ...['","', '",\n    "', '# ', '*', '| a |\\n|-|\\n', '<!-- x -->', '```', ' ', '\n', '\t'],
];
const document = documentsOf(SNIPPETS).map((text) => `{"cells":[{"cell_type":"markdown","source":["${text}`);
const whole = notebook(
  cell('# The "M2M" gateway\n\nOne *café* \\_ and\n- item\n\n| a | b |\n|---|---|\n| c | d |\n'),
  cell('x = "IoT"', 'code'),
  cell('> Quoted\n> `code` 🚀 <!-- c -->\n'),
);

describe('every notebook', () => holdsForEvery({ language: 'ipynb', document, whole, replaced: /[\\\r\n<\t &]/ }));

describe('time grows with the length of the text', () => {
  const generators: Record<string, (length: number) => string> = {
    lines: (length) => notebook(cell('The "M2M" gateway\n'.repeat(length / 24))),
    'one string': (length) => notebook({ cell_type: 'markdown', source: 'The "M2M" gateway\n'.repeat(length / 20) }),
    cells: (length) => notebook(...Array.from({ length: length / 80 }, () => cell('a'))),
    'brackets that are not closed': (length) => '{"source":['.repeat(length / 11),
    'brackets that are not opened': (length) => '['.repeat(length / 2) + '}'.repeat(length / 2),
    'cells within each other': (length) => '{"cell_type":"markdown","source":["a"],"x":'.repeat(length / 43),
    outputs: (length) => notebook(cell('', 'code', { outputs: ['a\n'.repeat(length / 4)] })),
    'strings that are not closed': (length) => `{"cell_type":"markdown","source":[${'"a\n'.repeat(length / 3)}`,
  };
  for (const [name, generate] of Object.entries(generators)) it(name, () => growsLinearly('ipynb', generate));
});

function reads(text: string, expected: readonly string[]): void {
  assert.deepEqual(rendered(text, 'ipynb'), expected);
}
