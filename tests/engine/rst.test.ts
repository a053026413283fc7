import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../server/engine';
import { suppression } from '../../server/engine/directive';
import { GONE } from '../../server/engine/document';
import { readSource } from '../../server/engine/formats';
import { fixedText, lint, projectFile } from '../helper';
import { documentsOf, growsLinearly, holdsForEvery, rendered } from './reading';

const language = 'restructuredtext';

describe('reStructuredText', () => {
  it('reads titles by the order in which their marks appear', () => {
    reads(
      [
        '#####',
        ' IoT ',
        '#####',
        '',
        'On *M2M*',
        '========',
        'Text.',
        '',
        'Deeper',
        '``````',
        '',
        'Again',
        '===',
        '',
        '-----',
        '',
        'End',
      ],
      ['heading1: IoT', 'heading2: On M2M', 'paragraph: Text.', 'heading3: Deeper', 'paragraph: Again ==='].concat([
        'paragraph: End',
      ]),
    );
    reads(
      ['A title that is long', '----', 'Text', '', 'abc', '...', 'x'],
      ['heading1: A title that is long', 'paragraph: Text', 'heading2: abc', 'paragraph: x'],
    );
    reads(
      ['=====', 'no title', '', '...', '', '--', 'text'],
      ['paragraph: no title', 'paragraph: ...', 'paragraph: -- text'],
    );
  });

  it('reads lists', () => {
    reads(
      ['* one', '  goes on', '', '  more', '* - two', '  - three', '', '    ▪ four', '-', '  five'],
      ['item: one goes on', 'item: more', 'item: two', 'item: three', 'item: ▪ four', 'item: five'],
    );
    reads(
      ['1. one', '2. two', '', 'A. Bell wrote', 'this.', '', '(iv) four', '#) five', 'mix. six'],
      ['item: one', 'item: two', 'paragraph: A. Bell wrote this.', 'paragraph: (iv) four #) five mix. six'],
    );
    reads(
      ['1. one', ' * two', ' * three', '', '   goes on'],
      ['item: one', 'item: two', 'item: three', 'item: goes on'],
    );
  });

  it('reads definitions, fields, options and line blocks', () => {
    reads(
      ['Term', '  Meaning', '  goes on.', '', '  More.', 'Other : class', '  Meaning.'],
      ['paragraph: Term', 'item: Meaning goes on.', 'item: More.', 'paragraph: Other', 'item: Meaning.'],
    );
    reads(
      [':On *M2M*: Text', '   goes on', ':param iot: What', ':Author: Rail Works', '', ':a:b'],
      ['paragraph: On M2M', 'item: Text goes on', 'item: What', 'item: Rail Works', 'paragraph: :a:b'],
    );
    reads(
      ['-a  All', '-b FILE, --bold=FILE  Bold', '', '/V', '   Verbose', '--', '', '-a b'],
      ['item: All', 'item: Bold', 'item: Verbose', 'paragraph: --', 'paragraph: -a b'],
    );
    reads(
      ['| One', '|   two *goes', '  on*', '|', '| Three', 'Text'],
      ['paragraph: One⏎two goes on⏎⏎Three', 'paragraph: Text'],
    );
  });

  it('reads no literal blocks and doctests', () => {
    reads(
      [
        'Set this::',
        '',
        '  iot',
        '',
        ' m2m',
        '',
        'Or ::',
        '',
        '> iot',
        '> m2m',
        'Text',
        '',
        '::',
        '',
        ' iot',
        '',
        'x::',
      ],
      ['paragraph: Set this:', 'paragraph: Or', 'paragraph: Text', 'paragraph: x:'],
    );
    reads(
      ['- Set::', '', '    iot', '', '  Text', 'Run::', '  iot', '', '>>> iot', 'm2m', '', 'Text'],
      ['item: Set:', 'item: Text', 'paragraph: Run:', 'paragraph: Text'],
    );
  });

  it('marks quotations, unless the text goes on with a list', () => {
    reads(
      ['They say:', '', '  First.', '', '    Deeper.', '', '  -- A. *Bell*', '', 'Text'],
      ['paragraph: They say:', 'quotation>: First.', 'quotation>: Deeper.', 'quotation>: A. Bell', 'paragraph: Text'],
    );
    reads(
      ['- one', '', ' goes on', '', '.. epigraph::', '', '   Said.', '', '   — Her'],
      ['item: one', 'paragraph: goes on', 'quotation>: Said.', 'quotation>: Her'],
    );
  });

  it('reads grid tables, with cells over rows and columns', () => {
    reads(
      [
        '+-----+--------+-------+',
        '| One | Two    | Three |',
        '+=====+========+=======+',
        '| a   | over two cols  |',
        '+-----+--------+-------+',
        '| b   | over   | - c   |',
        '+-----+ two    | - d   |',
        '| e   | rows   |       |',
        '+-----+--------+-------+',
        '| f   | *goes  |       |',
        '|     | on*    |       |',
        '+-----+--------+-------+',
      ],
      [
        ...[
          'cell[0,0,0]: One',
          'cell[0,0,1]: Two',
          'cell[0,0,2]: Three',
          'cell[0,1,0]: a',
          'cell[0,1,1]: over two cols',
        ],
        ...['cell[0,2,0]: b', 'cell: over', 'item: c', 'cell: two', 'item: d', 'cell[0,3,0]: e', 'cell: rows'],
        ...['cell[0,4,0]: f', 'cell[0,4,1]: goes on'],
      ],
    );
    reads(['- +---+', '  | a |', '  +---+', '', '+ b'], ['cell[0,1,0]: a', 'item: b']);
    reads(['+----+--+', '| 日本 | b|', '+----+--+'], ['cell[0,1,0]: 日本', 'cell[0,1,1]: b']);
  });

  it('puts the lines of a cell together over the space between them', () => {
    const text = '+---+-------+\n| a | one\u00A0  |\n|   | *two* |\n+---+-------+';
    const [, cell] = readSource({ text, format: language }).blocks;
    assert.equal(text.slice(cell!.start, cell!.end), 'one\u00A0  |\n|   | *two*');
    assert.equal(cell!.text, `one\u00A0${GONE.repeat(3)} ${GONE.repeat(7)}two${GONE}`);
  });

  it('reads simple tables, with cells over columns and lines', () => {
    reads(
      [
        '=====  =====  ======',
        '  Inputs      Output',
        '------------  ------',
        'A      B      C',
        '=====  =====  ======',
        'a      b      text that',
        '              goes on',
        '',
        '              more',
        'over two      c',
        'd             e',
        '=====  =====  ======',
        '',
        'Text',
      ],
      [
        ...['cell[0,0,0]: Inputs', 'cell[0,0,2]: Output', 'cell[0,0,0]: A', 'cell[0,0,1]: B', 'cell[0,0,2]: C'],
        ...['cell[0,1,0]: a', 'cell[0,1,1]: b', 'cell[0,1,2]: text that goes on', 'cell[0,1,2]: more'],
        ...['cell[0,2,0]: over two', 'cell[0,2,2]: c', 'cell[0,3,0]: d', 'cell[0,3,2]: e', 'paragraph: Text'],
      ],
    );
    reads(['==  ==', 'a   b', '', 'Text'], ['paragraph: Text']);
  });

  it('reads the tables of directives', () => {
    reads(
      [
        '.. list-table:: On *M2M*',
        '   :header-rows: 1',
        '',
        '   * - a',
        '     - b',
        '   * - c',
        '',
        '       - d',
        '     -',
        '     - e',
      ],
      [...['caption: On M2M', 'cell[0,0,0]: a', 'cell[0,0,1]: b', 'cell[0,1,0]: c', 'item: d', 'cell[0,1,2]: e']],
    );
    reads(
      ['.. csv-table:: M2M', '   :header: a, "b ""c"""', '', '   d, "e, *f*', '   goes on"', '   ,g'],
      [
        'caption: M2M',
        'cell[0,0,0]: a',
        'cell[0,0,1]: b "c"',
        'cell[0,1,0]: d',
        'cell[0,1,1]: e, f goes on',
        'cell[0,2,1]: g',
      ],
    );
    reads(
      ['.. csv-table::', '   :delim: ;', '   :header-rows: 1', '', '   a;b', '   c;d'],
      ['cell[0,0,0]: a', 'cell[0,0,1]: b', 'cell[0,1,0]: c', 'cell[0,1,1]: d'],
    );
  });

  it('reads directives by what their argument and content are', () => {
    reads(
      ['.. note:: One', '   goes on', '   :class: iot', '', '   - two', '', '.. warning::', '', '   Three'],
      ['paragraph: One goes on', 'item: two', 'paragraph: Three'],
    );
    reads(
      ['.. admonition:: On M2M', '   :class: iot', '', '   Text', '', '.. tab:: M2M', '', '   .. tip:: Deeper'],
      ['caption: On M2M', 'paragraph: Text', 'caption: M2M', 'paragraph: Deeper'],
    );
    reads(
      ['.. versionchanged:: 2.0', '   More.', '', '.. deprecated:: 3.1 Less.', '', '.. versionadded:: 4'],
      ['paragraph: More.', 'paragraph: Less.'],
    );
    reads(
      [
        '.. figure:: iot.png',
        '   :alt: A *hub*',
        '',
        '   A hub',
        '   seen from above',
        '',
        '   Legend',
        '',
        '.. image:: iot.png',
      ],
      ['caption: A hub', 'caption: A hub seen from above', 'paragraph: Legend'],
    );
    reads(
      ['Text', '====', '.. rubric:: M2M', '', '.. title:: IoT', '', '.. seo::', '   :description: All', '     of it'],
      ['heading1: Text', 'heading2: M2M', 'title0: IoT', 'title0: All of it'],
    );
    reads(
      [
        '.. glossary::',
        '   :sorted:',
        '',
        '   One',
        '   two : key',
        '      Meaning',
        '',
        '   .. note',
        '   Three',
        '     More',
      ],
      ['paragraph: One', 'paragraph: two', 'item: Meaning', 'paragraph: Three', 'item: More', 'comment: note'],
    );
    reads(
      [
        '.. code-block:: c',
        '   :caption: *Start*',
        '',
        '   iot',
        '.. py:function:: iot()',
        '',
        '   Starts.',
        '',
        '   :param m2m: What',
      ],
      ['caption: Start', 'paragraph: Starts.', 'item: What'],
    );
  });

  it('reads the content of an unknown directive if it is a sentence', () => {
    reads(
      ['.. my-box:: iot', '   :class: m2m', '', '   The hub is a box on the wall.', '', '   More'],
      ['paragraph: The hub is a box on the wall.', 'paragraph: More'],
    );
    reads(['.. my-chart::', '', '   Hub -> Lamp;', '', '.. my-list::', '', '   hub, iot.png, m2m.rst'], []);
  });

  it('reads notes and citations, and no targets', () => {
    reads(
      ['A [1]_ and [#b]_, [*]_ [C]_.', '', '.. [1] One', '   goes on', '', '   more', '.. [#b] Two', '.. [C] Three'],
      ['paragraph: A  and ,  ▢.', 'note: One goes on', 'note: more', 'note: Two', 'note: Three'],
    );
    reads(['.. _iot: https://m2m.example/', '   iot', '.. _`a: b`: iot_', '__ iot', '', ' Text'], ['quotation>: Text']);
    reads(
      ['.. |m2m| replace:: the *hub*', '.. |iot| image:: iot.png', '   :alt: A hub', '.. |x| unicode:: 0xA9'],
      ['paragraph: the hub', 'caption: A hub'],
    );
  });

  it('finds comments', () => {
    reads(
      ['.. one', '..', '   two', '   lines', '', '   more', 'Text', '.. no', '', '..', '', '   Quoted'],
      ['paragraph: Text .. no', 'quotation>: Quoted', 'comment: one', 'comment: two⏎   lines⏎⏎   more'],
    );
    reads(
      ['- a', '', '  .. termlint-disable', '', '+---------+', '| .. iot  |', '+---------+', '', '..'],
      ['item: a', 'comment: termlint-disable', 'comment: iot'],
    );
  });

  it('reads inline markup', () => {
    reads(['*a* **b c** ``d`` |e| |f|_ g_ h__ `i j`_ `k`__ _`l m` [1]_'], ['paragraph: a b c ▢ ▢ ▢ g h i j k l m']);
    reads(['`a <https://iot.example>`_ `b', 'c <d_>`__ `<https://iot.example>`_'], ['paragraph: a b c ▢']);
    reads(
      ['2*3*4 a * b*c* "*" (*d*) **e *f* \'*\' x_y_z __init__ a*'],
      ['paragraph: 2*3*4 a * b*c* "*" (d) **e f \'*\' x_y_z __init__ a*'],
    );
    reads(['a\\*b\\* *c\\*d* e\\ f \\', 'g ``\\`` \\\\h'], ['paragraph: a*b* c*d ef g ▢ \\h']);
    reads(['*a* in *b', 'c*, ``d ` e`` and ```f```, `` g ``'], ['paragraph: a in b c, ▢ and ▢, `` g ``']);
    reads(['See https://iot.example/a_b_c and me@m2m.example, {{ iot }}{% m2m %}.'], ['paragraph: See ▢ and ▢, ▢.']);
    reads(['One--two -- three---four --five ``--six``'], ['paragraph: One–two – three—four --five ▢']);
  });

  it('reads roles by what their text is', () => {
    reads(
      [':ref:`a <b>` :ref:`b` :doc:`/c` :term:`d` :term:`e <f>` :abbr:`G (h i)` `j k`:sub: :emphasis:`l`'],
      ['paragraph: a ▢ ▢ d e G (h i) j k l'],
    );
    reads(
      [':code:`a` :math:`b c` :file:`d e` :kbd:`f` :py:func:`g h` `i`:code: :guilabel:`j k`'],
      ['paragraph: ▢ ▢ ▢ ▢ ▢ ▢ ▢'],
    );
    reads(
      [':own:`word` :own:`a phrase` `word` `a phrase` :own:`text here <iot>` :own:`text <iot>` x\\ :sup:`TM`'],
      ['paragraph: ▢ a phrase ▢ a phrase text here text x'],
    );
    reads(
      ['.. role:: red', '.. role:: c(code)', '.. default-role:: math', '', ':red:`word` :c:`a b` `c d`'],
      ['paragraph: word ▢ ▢'],
    );
  });

  it('places blocks in the text as it was given', () => {
    const given = '\uFEFF- IoT\r\n  *two*\r\n\r\n.. a\r\n   b';
    const { blocks, comments } = readSource({ text: given, format: language });
    assert.deepEqual(
      blocks.map((block) => given.slice(block.start, block.end)),
      ['IoT\r\n  *two*'],
    );
    assert.deepEqual(comments, [{ start: 19, end: 29, textStart: 22, text: 'a\r\n   b' }]);
  });
});

describe('a directive for a finding in reStructuredText', () => {
  /** The text with the edits of the directive that suppresses its only finding, which must then be gone. */
  const suppressed = (...lines: readonly string[]) => {
    const text = lines.join('\n');
    const [finding, ...others] = lint(text, language).findings;
    assert.ok(finding && others.length === 0);
    const after = applyEdits(text, suppression({ text, format: language }, finding));
    assert.deepEqual(lint(after, language).findings, []);
    return after.split('\n').filter((line) => line !== '');
  };
  const [disable, enable] = ['.. termlint-disable alias', '.. termlint-enable alias'];

  it('stands above and below a paragraph and a title', () => {
    const paragraph = ['A hub, and', 'an IoT/M2M hub.'];
    assert.deepEqual(suppressed('Before', '', ...paragraph, '', 'After'), [
      'Before',
      disable,
      ...paragraph,
      enable,
      'After',
    ]);
    assert.deepEqual(suppressed('IoT/M2M', '======='), [disable, 'IoT/M2M', '=======', enable]);
  });

  it('divides no list, no table and no directive', () => {
    const list = ['1. One', '', '2. An IoT/M2M hub', '', '   More', '', '#. Three'];
    assert.deepEqual(suppressed('Text', '', ...list, '', 'After').slice(0, 3), ['Text', disable, '1. One']);
    assert.deepEqual(suppressed(...list, '', 'After').slice(-3), ['#. Three', enable, 'After']);
    assert.deepEqual(
      suppressed('.. list-table::', '', '   * - IoT/M2M', '     - b', '', '   * - c', '     - d').at(0),
      disable,
    );
    assert.deepEqual(suppressed('.. note::', '', '   One', '', '   IoT/M2M', '', 'After').slice(-3), [
      '   IoT/M2M',
      enable,
      'After',
    ]);
    assert.deepEqual(suppressed('+---------+', '| IoT/M2M |', '+---------+').length, 5);
  });

  it('divides no literal block from the text above it', () => {
    assert.deepEqual(suppressed('Set IoT/M2M::', '', '  x = 1', '', 'After').slice(-3), ['  x = 1', enable, 'After']);
    assert.deepEqual(suppressed('Set IoT/M2M::', '', '> x', '', 'After').slice(-3), ['> x', enable, 'After']);
  });
});

describe('a repair in reStructuredText', () => {
  const repaired = (lines: readonly string[], number: number, lineBreak = '\n') => {
    const text = lines.join(lineBreak);
    return fixedText(text, lint(text, language).findings, number).split(lineBreak);
  };

  it('makes the lines of a title longer', () => {
    const both = 'IoT and M2M';
    const line = '='.repeat(both.length);
    assert.deepEqual(repaired(['=======', 'IoT/M2M', '======='], 3), [line, both, line]);
    assert.deepEqual(repaired(['Text', '', 'IoT/M2M', '=======', 'Text'], 3, '\r\n'), ['Text', '', both, line, 'Text']);
  });

  it('leaves the borders of tables where they are', () => {
    assert.deepEqual(
      repaired(['+----------+---+', '| IoT/M2M  | a |', '+----------+---+'], 1, '\r\n')[1],
      '| IoT      | a |',
    );
    assert.deepEqual(repaired(['===========  ===', 'IoT/M2M      a', '===========  ==='], 3)[1], 'IoT and M2M  a');
    assert.deepEqual(repaired(['===  =====', 'a    M2M/IoT hub', '===  ====='], 3)[1], 'a    M2M and IoT hub');
  });

  it('is not offered if a cell has not the room for it, or goes on below', () => {
    for (const table of [
      ['+---------+----+', '| IoT/M2M | on |', '+---------+----+'],
      ['==========  ===', 'IoT/M2M     on', '==========  ==='],
    ]) {
      const [finding] = lint(table.join('\n'), language).findings;
      assert.equal(finding?.fixes.length, 2);
    }
    const wrapped = [
      '+---+---------------+',
      '| a | The IoT, also |',
      '|   | known as M2M  |',
      '+---+---------------+',
    ];
    const [finding] = lint(wrapped.join('\n'), language).findings;
    assert.deepEqual(finding?.fixes, []);
  });
});

// Fragments of markup that documents are put together from.
const SNIPPETS = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '  ',
    '    ',
    '\t',
    '- ',
    '* ',
    '1. ',
    '#. ',
    '(a) ',
    'IV. ',
    '| ',
    '> ',
    '>>> ',
    ':: ',
    '::\n\n',
  ],
  ...[
    '====\n',
    '----\n',
    '\n~~~~~~\n',
    '==\n',
    'Title\n=====\n',
    ':field: ',
    '-a  ',
    '--long=X  ',
    '\n-- Bell\n',
    '..\n',
    '.. ',
  ],
  ...[
    '.. note:: ',
    '.. note::\n   ',
    '.. code-block:: c\n\n   ',
    '.. [1] ',
    '.. [C] ',
    '.. _t: ',
    '__ ',
    '.. |s| replace:: ',
  ],
  ...[
    '.. list-table:: T\n   :header-rows: 1\n\n   * - a\n     - b\n',
    '.. csv-table::\n   :header: a, "b"\n\n   ',
    '   "a ""b"\n',
  ],
  ...[
    '.. glossary::\n\n   ',
    '.. figure:: x\n   :alt: ',
    '.. role:: r(code)\n',
    '.. versionadded:: 1 ',
    '.. epigraph::\n\n  ',
  ],
  ...[
    '+---+---+\n',
    '+===+===+\n',
    '| a | b |\n',
    '|   | c |\n',
    '+---+ d |\n',
    '===  ===\n',
    'a    b\n',
    '     c\n',
    '---  ---\n',
  ],
  ...[
    '*',
    '**',
    '`',
    '``',
    '_',
    '__',
    '`_',
    '`__',
    ':ref:`',
    ':code:`',
    ' <x>`_',
    '|',
    '[1]_',
    '[C]_',
    '\\',
    '\\ ',
    '{{',
    '}}',
    '{%',
    '%}',
  ],
  ...['--', '---', '"', "'", '(', ')', '.'],
  ...['日本', '\f'],
];
const document = documentsOf(SNIPPETS);
const whole = ['ferryman-manual', 'protocols-chapter', 'sphinx-glossary', 'vintry-plugin']
  .map((name) => projectFile(`tests/corpus/docs/${name}.rst`))
  .join('\n');

describe('every document of reStructuredText', () =>
  holdsForEvery({ language, document, whole, replaced: /[\r\n<\\ \t&"-]/ }));

describe('time grows with the length of the text', () => {
  const repeat = (part: string) => (length: number) => part.repeat(length / part.length);
  const generators: Record<string, (length: number) => string> = {
    'one line': repeat('IoT and M2M '),
    'nested lists': (length) => `${'- '.repeat(length / 4)}a${'\n'.repeat(length / 2)}`,
    'deeper and deeper': (length) => {
      const depth = Math.floor(Math.sqrt(length));
      return Array.from({ length: depth }, (_, index) => `${' '.repeat(2 * index)}a\n\n`).join('');
    },
    'emphasis that is not closed': repeat('*a **b '),
    'literals that are not closed': repeat('``a `b '),
    'roles that are not closed': repeat(':ref:`a '),
    references: repeat('a-b_ [1]_ '),
    underscores: repeat('a_.'),
    'substitutions that are not closed': repeat('|a '),
    'templates that are not closed': repeat('{{ a {% '),
    backslashes: repeat('\\'),
    colons: repeat(':a'),
    'targets that are not closed': repeat('`a <b '),
    'many titles': (length) => Array.from({ length: length / 10 }, (_, index) => `T${index}\n=====\n\n`).join(''),
    'many rules': repeat('=====\n'),
    'a wide grid table': (length) =>
      `${'+-'.repeat(length / 6)}+\n${'| '.repeat(length / 6)}|\n${'+-'.repeat(length / 6)}+`,
    'a wide grid table of short lines': (length) => `${'+-'.repeat(length / 4)}+\n${'|\n'.repeat(length / 4)}`,
    'a long grid table': (length) => `+---+---+\n${'| a | b |\n'.repeat(length / 10)}+---+---+`,
    'grid tables that are not closed': repeat('+---+---+\n\n'),
    'a wide simple table': (length) =>
      `${'= '.repeat(length / 4)}=\n${' a\n'.repeat(length / 6)}${'= '.repeat(length / 6)}=`,
    'a long simple table': (length) => `=== ===\n${'    b\n'.repeat(length / 6)}=== ===`,
    'simple tables that are not closed': repeat('=== ===\na   b\n'),
    'tables in tables': (length) => `${'| '.repeat(length / 4)}\n${'+-+\n'.repeat(length / 8)}`,
    'comma-separated values': (length) => `.. csv-table::\n\n   ${'"a,'.repeat(length / 3)}`,
    'directives in directives': (length) => `${'.. note:: '.repeat(length / 10)}`,
    options: (length) => `.. note::\n${'   :a: b\n'.repeat(length / 9)}`,
    comments: repeat('..\n  a\n'),
    'carriage returns': repeat('a\r\n\r\n'),
  };
  for (const [name, generate] of Object.entries(generators)) it(name, () => growsLinearly(language, generate));
});

function reads(lines: readonly string[], expected: readonly string[]): void {
  assert.deepEqual(rendered(lines.join('\n'), language), expected);
}
