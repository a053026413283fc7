import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { analyze, applyEdits } from '../../server/engine';
import { suppression } from '../../server/engine/directive';
import { GONE } from '../../server/engine/document';
import { formatOf, readSource } from '../../server/engine/formats';
import { workspaceWith } from '../helper';
import { documentsOf, growsLinearly, holdsForEvery, rendered } from './reading';

/** Asserts what the lines of a Typst text read as. */
function reads(lines: readonly string[], expected: readonly string[]): void {
  assert.deepEqual(rendered(lines.join('\n'), 'typst'), expected);
}

describe('Typst', () => {
  it('is known by language and file name', () => {
    assert.equal(formatOf({ language: 'typst' })?.name, 'typst');
    assert.equal(formatOf({ path: 'a/main.TYP' })?.name, 'typst');
  });

  it('reads headings, paragraphs and breaks', () => {
    reads(
      ['= On *M2M* <m2m>', 'One', '  two \\', 'three.', '\t', '=== Third', 'Four', '=five'],
      ['heading1: On M2M', 'paragraph: One two ⏎three.', 'heading3: Third', 'paragraph: Four =five'],
    );
  });

  it('reads lists and terms by their indentation', () => {
    reads(
      ['- one', '  goes on', '', '  more', '  - nested', '  back', '+ two', '12. three', 'After.'],
      [
        'item: one goes on',
        'item: more',
        'item: nested',
        'item: back',
        'item: two',
        'item: three',
        'paragraph: After.',
      ],
    );
    reads(
      ['/ M2M: machine to', '  machine', '/ *IoT*: things: many', '/ no term', '-no item'],
      [
        'paragraph: M2M',
        'item: machine to machine',
        'paragraph: IoT',
        'item: things: many',
        'paragraph: / no term -no item',
      ],
    );
  });

  it('reads emphasis, links and characters', () => {
    reads(
      [
        '*a* _b_ *_c_* snake_case 2*3 #emph[d] #text(red, size: 2pt)[e]#strong[f] #link("http://iot")[g _h_] #strike[x]',
      ],
      ['paragraph: a b c snake_case 2*3 d ef g h'],
    );
    reads(
      ['1--2 --- 3... A~b \\$5 \\#x \\u{49}oT ma-?chine "q" \'r\' [s [t]] a:b'],
      ['paragraph: 1–2 — 3… A\u00A0b $5 #x IoT machine "q" \'r\' [s [t]] a:b'],
    );
    reads(['He said #quote[M2M] and #own[a][b].'], ['paragraph: He said “M2M” and a⏎b.']);
  });

  it('hides code, formulas, references, labels and addresses', () => {
    reads(
      ['Run `IoT/M2M` and ```js m2m``` or $x_(M2M)$, see @iot:m2m, @fig[Figure] <l:iot>.'],
      ['paragraph: Run ▢ and ▢ or ▢, see ▢, ▢Figure .'],
    );
    reads(
      ['See https://a.example/iot_m2m#x and #link("https://iot/m2m"); me\\@a.example.'],
      ['paragraph: See ▢ and ▢ ▢.'],
    );
    reads(
      ['```', 'IoT/M2M', '', '```', 'We get', '$ x = 1. $', 'M2M $=$ IoT $->$ x.'],
      ['paragraph: We get ⏎M2M = IoT → x.'],
    );
    reads(
      ['#name runs #f(1, "IoT").x and #3 #"IoT" #(1 + [a])', '#name.display()', 'now'],
      ['paragraph: ▢ runs ▢ and ▢ ▢', 'paragraph: a', 'paragraph: now'],
    );
  });

  it('reads of definitions and rules the contents', () => {
    reads(
      [
        '#import "iot.typ": m2m, iot',
        '#set page(header: [A *header* #h(1fr) 1], paper: "m2m")',
        '#set document(title: [On M2M])',
        '#show "IoT": it => [#it]',
        '#show: conf.with(',
        '  title: [Towards _IoT_], // why',
        '  authors: ((name: "M2M"),),',
        '  abstract: [',
        '    One.',
        '',
        '    Two.',
        '  ],',
        ')',
        '#let f(x) = { let y = "IoT"; [Three #x] }',
        'Text.',
      ],
      [
        'paragraph: A header   1',
        'heading1: On M2M',
        'paragraph: ▢',
        'heading1: Towards IoT',
        'paragraph: One.',
        'paragraph: Two.',
        'paragraph: Three ▢',
        'paragraph: Text.',
        'comment: why',
      ],
    );
    reads(
      ['A #if x [yes] else if y { [no] } else [maybe] b.'],
      ['paragraph: A yes', 'paragraph: no', 'paragraph: maybe b.'],
    );
    reads(['#for x in (1, 2) [Item #x.]', 'a', '#context [b]'], ['paragraph: Item ▢. a b']);
  });

  it('reads figures and tables', () => {
    reads(
      [
        'Before',
        '#figure(',
        '  table(',
        '    columns: (auto, 1fr),',
        '    table.header[*Name*][Meaning],',
        '    [IoT], [Internet of _Things_],',
        '    table.hline(),',
        '    table.cell(colspan: 2, fill: red)[wide],',
        '    strong[M2M], [',
        '      machine',
        '    ],',
        '  ),',
        '  caption: [A *table*.],',
        ') <t:m2m>',
        'After',
      ],
      [
        'paragraph: Before',
        'cell[0,0,0]: Name',
        'cell[0,0,1]: Meaning',
        'cell[0,1,0]: IoT',
        'cell[0,1,1]: Internet of Things',
        'cell[0,2,0]: wide',
        'cell[0,3,0]: M2M',
        'cell[0,3,1]: machine',
        'caption: A table.',
        'paragraph: After',
      ],
    );
    reads(
      ['#table(columns: (1fr,) * 2, table.header([a], [b]), [c], [d])[e][f] #image("iot.png")', '#table([g])'],
      [
        'cell[0,0,0]: a',
        'cell[0,0,1]: b',
        'cell[0,1,0]: c',
        'cell[0,1,1]: d',
        'cell[0,2,0]: e',
        'cell[0,2,1]: f',
        'paragraph: ▢',
      ].concat('cell[1,1,0]: g'),
    );
  });

  it('reads blocks, quotations and notes', () => {
    reads(
      [
        '#align(center, text(2pt)[Title])',
        '#block[',
        'One.',
        '- two',
        ']',
        '#theorem(title: [T])[',
        'Three.',
        ']',
        '#own("x")[Four] five.',
      ],
      ['paragraph: Title', 'paragraph: One.', 'item: two', 'caption: T', 'paragraph: Three.', 'paragraph: Four five.'],
    );
    reads(
      [
        '#quote(block: true, attribution: [Me])[',
        '  M2M *is*.',
        '  - one',
        ']',
        '#heading(level: 3)[H]',
        '#list([a], [b])',
        '#terms.item[M2M][machines]',
      ],
      [
        'caption: Me',
        'quotation>: M2M is.',
        'item>: one',
        'heading3: H',
        'item: a',
        'item: b',
        'paragraph: M2M',
        'item: machines',
      ],
    );
    reads(
      ['The gateway#footnote[A *box*.', '', '- two] hums.'],
      ['paragraph: The gateway hums.', 'note: A box.', 'note: two'],
    );
  });

  it('reads comments', () => {
    reads(
      [
        'One // two',
        '// three',
        'four /* five /* six */ seven */ eight',
        '',
        '#f( // nine',
        ') // termlint-a // termlint-b',
        '/* open',
      ],
      ['paragraph: One  four  eight'].concat(
        [' two', ' three', ' five /* six */ seven ', ' nine', ' termlint-a // termlint-b', ' termlint-b', ' open'].map(
          (text) => `comment: ${text.trim()}`,
        ),
      ),
    );
  });

  it('reads words that were escaped as they are', () => {
    const words = 'a_b *c* #d $e <f> @g [h] //i \\';
    const escaped = formatOf({ language: 'typst' })!.escape!(words);
    assert.equal(escaped, 'a\\_b \\*c\\* \\#d \\$e \\<f> \\@g \\[h\\] \\//i \\\\');
    assert.deepEqual(rendered(escaped, 'typst'), [`paragraph: ${words}`]);
  });

  it('places blocks and comments in the text as it was given', () => {
    const given = '\uFEFF= IoT\r\n*M2M*~#emph[a]\r\nb // c\r\n\r\nd';
    const { blocks, comments } = readSource({ text: given, format: 'typst' });
    assert.deepEqual(
      blocks.map((block) => given.slice(block.start, block.end)),
      ['IoT', '*M2M*~#emph[a]\r\nb', 'd'],
    );
    assert.equal(blocks[1]!.text, `${GONE}M2M${GONE}\u00A0${GONE.repeat(6)}a${GONE}${GONE} b`);
    assert.deepEqual(comments, [
      { start: given.indexOf('//'), end: given.indexOf('//') + 4, textStart: given.indexOf('//') + 2, text: ' c' },
    ]);
  });
});

const WHOLE = `#import "@preview/report:0.1.0": report
#show: report.with(title: [Gauges of the _river_], author: "The office")
#let weir(x) = [the weir at #x]

= Why we measure <why>
The gauge at #weir[the bridge] sends its level every *ten* minutes @weir2019. Since _all_ lanterns were
exchanged, there is room for a modem#footnote[It is the _small_ one, see https://a.example/b_c.] in each // the old had none
of them --- and nobody reads a dial by hand, or "hardly anybody".

== How it is done
@why says why; $x_i = 2$ says how much. With \`a // b\` we test #raw("code"), and
$ y = a / b $
is what we get.

- The first one, in *bold*.
  + nested
/ Gauge: what measures
/ Dial: what shows

#figure(
  image("gauge.png", width: 70%),
  caption: [The gauge, with #smallcaps[caps].],
) <fig:gauge>

#quote(block: true)[
  Never trust a dial, #link("https://a.example/x")[they say].
]

#table(
  columns: 2,
  table.header[Name][Value],
  [weir], [12 %],
)

\`\`\`rust
fn not() -> prose { "[" }
\`\`\`
Two links, two delays.
`;

// Fragments of markup that documents are put together from.
const SNIPPETS = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '  ',
    '\t',
    '// c\n',
    '/*',
    '*/',
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    '\\',
    '\\u{49}',
    '~',
    '--',
    '---',
    '...',
    '-?',
  ],
  ...[
    '`',
    '```',
    '```\n',
    '$',
    '*',
    '_',
    '@a',
    '<a>',
    '<',
    '#',
    '"',
    ':',
    ',',
    ';',
    '= ',
    '- ',
    '+ ',
    '1. ',
    '/ a: ',
    'https://a.b/_c',
  ],
  ...[
    '#emph[',
    '#own[',
    '#own(',
    '#footnote[',
    '#strike[',
    '#quote[',
    '#quote(block: true)[',
    '#heading(level: 2)[',
    '#link("u")[',
  ],
  ...[
    '#table(columns: 2, ',
    '#table(columns: (1fr, 2fr), ',
    'table.header[',
    '[a],',
    '#figure(',
    'caption: [',
    'title: [',
    'strong[a]',
  ],
  ...[
    '#let x = ',
    '#let f(x) = {',
    '#set page(',
    '#show: a.with(',
    '#if x [',
    '] else [',
    '#for x in y {',
    '#context ',
    '#x',
    '#x.y(1)',
    '#(',
    '#1',
  ],
];
const document = documentsOf(SNIPPETS);

describe('every document of Typst', () =>
  holdsForEvery({ language: 'typst', document, whole: WHOLE, replaced: /[\r\n \t\\~$#[\].-]/ }));

describe('the time of reading Typst grows with the length of the text', () => {
  const generators: Record<string, (length: number) => string> = {
    'one line': (length) => 'IoT and M2M '.repeat(length / 12),
    'contents that are not closed': (length) => '#a[b '.repeat(length / 5),
    'arguments that are not closed': (length) => '#a(b '.repeat(length / 5),
    'blocks that are not closed': (length) => '#{a '.repeat(length / 4),
    'parentheses that are not closed': (length) => `#a${'('.repeat(length)}`,
    'brackets that are not opened': (length) => 'a] '.repeat(length / 3),
    'notes that are not closed': (length) => '#footnote[a '.repeat(length / 12),
    'strings that are not closed': (length) => '#a("b\n\n'.repeat(length / 8),
    'formulas that are not closed': (length) => '$a\n\n'.repeat(length / 4),
    'raw text that is not closed': (length) => '```` a ``` b `'.repeat(length / 14),
    'comments that are not closed': (length) => 'a /* b '.repeat(length / 7),
    'nested lists': (length) =>
      Array.from({ length: Math.sqrt(length) }, (_, indent) => `${' '.repeat(indent)}- a\n`).join(''),
    'white space': (length) => `a\n${' '.repeat(length / 2)}\n${' '.repeat(length / 2)}b`,
    'blank lines': (length) => '\n'.repeat(length),
    'terms without an end': (length) => '/ a\n'.repeat(length / 4),
    'a long table': (length) => `#table(columns: 2${', [a]'.repeat(length / 5)}`,
    columns: (length) => `#table(columns: (${'1fr, ('.repeat(length / 6)}`,
    conditions: (length) => '#if x [a] else [b]'.repeat(length / 18),
    names: (length) => `#${'a.'.repeat(length / 2)}`,
    addresses: (length) => 'https://'.repeat(length / 8),
  };
  for (const [name, generate] of Object.entries(generators)) it(name, () => growsLinearly('typst', generate));
});

describe('a directive in Typst', () => {
  const workspace = workspaceWith();
  const suppressed = (text: string) => {
    const source = { text, format: 'typst' };
    const { findings } = analyze(source, workspace);
    assert.equal(findings.length, 1, text);
    const after = applyEdits(text, suppression(source, findings[0]!));
    assert.deepEqual(analyze({ text: after, format: 'typst' }, workspace).findings, []);
    return after;
  };
  it('stands on the line above a paragraph', () => {
    assert.equal(
      suppressed('One.\n\nThe M2M/IoT gateway.'),
      'One.\n\n// termlint-disable-next-line alias\nThe M2M/IoT gateway.',
    );
  });
  it('stands at the end of a line elsewhere', () => {
    for (const line of [
      '= The M2M/IoT gateway <a>',
      '- The M2M/IoT gateway',
      'One#footnote[The M2M/IoT gateway.] two',
      'The M2M/IoT gateway // a remark',
    ]) {
      const expected = line.startsWith('=')
        ? `One\n// termlint-disable-next-line alias\n${line}\nthree.`
        : `One\n${line} // termlint-disable-line alias\nthree.`;
      assert.equal(suppressed(`One\n${line}\nthree.`), expected);
    }
    assert.equal(
      suppressed('#table(columns: 2,\n  [a], [M2M/IoT],\n)'),
      '#table(columns: 2,\n  [a], [M2M/IoT], // termlint-disable-line alias\n)',
    );
  });
});
