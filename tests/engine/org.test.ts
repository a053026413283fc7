import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../server/engine';
import { suppression } from '../../server/engine/directive';
import { org } from '../../server/engine/formats/org';
import { lint } from '../helper';
import { documentsOf, growsLinearly, holdsForEvery, rendered } from './reading';

describe('Org', () => {
  it('reads headlines without what tells of a task', () => {
    reads(
      [
        '#+TITLE: On *M2M*',
        '#+AUTHOR: hb',
        '* TODO [#A] Mount the M2M /gateway/ [1/3]  :iot:m2m:',
        '  DEADLINE: <2025-01-01 Wed>',
        '  Text',
        '  below.',
      ],
      ['title0: On M2M', 'heading1: Mount the M2M gateway', 'paragraph: Text below.'],
    );
    reads(
      [
        '#+TODO: ASK(a) | TOLD(t)',
        '** ASK Ada',
        '******* TOLD deep',
        '* NOTTODO it',
        '*bold* text',
        '* COMMENT no',
        'iot',
        '** no',
        '* yes',
      ],
      ['heading2: Ada', 'heading6: deep', 'heading1: NOTTODO it', 'paragraph: bold text', 'heading1: yes'],
    );
  });

  it('hides drawers, settings, comments and fixed width', () => {
    reads(
      [
        ':PROPERTIES:',
        ':IoT: M2M',
        ':END:',
        'One',
        '# c',
        'two',
        '#',
        ': M2M',
        '-----',
        '#+STARTUP: iot',
        ':NOTES:',
        'three',
        ':END:',
        'CLOCK: [2024-01-01 Mon]',
      ],
      ['paragraph: One', 'paragraph: two', 'paragraph: three', 'comment: c', 'comment: '],
    );
    reads([':open: drawer', 'text', ':drawer:', 'text'], ['paragraph: :open: drawer text', 'paragraph: :drawer: text']);
  });

  it('reads what blocks hold, unless it is no prose', () => {
    reads(
      [
        '#+begin_quote',
        'Said.',
        '',
        '- item',
        '#+end_quote',
        '#+BEGIN_VERSE',
        ' a',
        'b',
        '#+END_VERSE',
        '#+BEGIN_NOTE',
        'Note.',
        '#+END_NOTE',
      ],
      ['quotation>: Said.', 'item>: item', 'quotation>: a⏎b', 'paragraph: Note.'],
    );
    reads(
      [
        '#+BEGIN_SRC c',
        'm2m',
        '',
        '#+END_SRC',
        '#+BEGIN_EXAMPLE',
        '# x',
        '#+END_EXAMPLE',
        '#+BEGIN_EXPORT html',
        '<b>',
        '#+END_EXPORT',
        '#+BEGIN: clocktable',
        '| a |',
        '#+END:',
      ],
      [],
    );
    reads(
      ['#+BEGIN_COMMENT', 'c', 'd', '#+END_COMMENT', '#+BEGIN_SRC', 'open', '* Head'],
      ['paragraph: open', 'heading1: Head', 'comment: c⏎d'],
    );
    reads(
      ['Text', '\\begin{equation}', 'x', '\\end{equation}', 'more', '\\begin{a}', 'open'],
      ['paragraph: Text', 'paragraph: more', 'paragraph: ▢ open'],
    );
  });

  it('reads lists, and what belongs to their items', () => {
    reads(
      [
        '- one',
        '  goes on',
        '  - [X] nested',
        '+ plus',
        '1. [@3] num',
        '2) par',
        '  * star',
        '',
        '  still in',
        'out',
        '',
        '- a',
        '',
        '',
        '  b',
      ],
      [
        'item: one goes on',
        'item: nested',
        'item: plus',
        'item: num',
        'item: par',
        'item: star',
        'item: still in',
        'paragraph: out',
        'item: a',
        'paragraph: b',
      ],
    );
    reads(
      ['- M2M :: direct', '  links', '- IoT ::', '  things', '1. a :: b', '- c::d', '-', 'e'],
      [
        'paragraph: M2M',
        'item: direct links',
        'paragraph: IoT',
        'item: things',
        'item: a :: b',
        'item: c::d',
        'paragraph: e',
      ],
    );
  });

  it('reads each cell of a table by itself', () => {
    reads(
      [
        '#+CAPTION[short]: The *table*',
        '| A | B |',
        '|---+---|',
        '| <l> | <10> |',
        '| c \\vert d | |',
        '| e | f',
        '#+TBLFM: $1=iot',
      ],
      [
        'caption: The table',
        'cell[0,0,0]: A',
        'cell[0,0,1]: B',
        'cell[0,1,0]: c | d',
        'cell[0,2,0]: e',
        'cell[0,2,1]: f',
      ],
    );
    reads(
      ['|---|', '| a |', '|---|', '| b |', 'Text', '| c |'],
      ['cell[0,1,0]: a', 'cell[0,2,0]: b', 'paragraph: Text', 'cell[1,1,0]: c'],
    );
  });

  it('hides what formats text, and only that', () => {
    reads(
      ['*a* /b/ _c_ */d/* +e+ =f= ~g~ (*h*) "/i/" -*j*- *k', 'l* m'],
      ['paragraph: a b c d  ▢ ▢ (h) "i" -j- k l m'],
    );
    reads(
      ['a/b/c 2*3*4 a_b_c *x', 'y', 'z* a* b* =a', 'b', 'c= +5 -5'],
      ['paragraph: a/b/c 2*3*4 a_b_c *x y z* a* b* =a b c= +5 -5'],
    );
    reads(
      ['a_{i} b^{th} c^{2} \\alpha \\vert{} d\\-e f\\\\', 'g \\foo{x} \\nope'],
      ['paragraph: ai bth c α | d\u00ADe f⏎g ▢ ▢'],
    );
    reads(['\\(x\\) \\[y\\] $z$ $$a$$ $5 and $6, US$7'], ['paragraph: ▢ ▢ ▢ ▢ $5 and $6, US$7']);
  });

  it('keeps the text of links and hides what they point to', () => {
    reads(
      [
        '[[https://m2m.example/a_b_c][the *site*]] [[file:iot.org]] [[IoT][a',
        'b]] https://c.example/_d_e and <https://f.example>, file:m2m.org g@h.example',
      ],
      ['paragraph: the site ▢ a b ▢ and ▢, ▢ ▢'],
    );
    reads(['<<target>>a <<<radio>>> [b] [[c] [[d][]]'], ['paragraph: a radio [b] [[c] [[d][]]']);
  });

  it('reads footnotes where they are defined', () => {
    reads(
      [
        'A[fn:1] b[fn:: On [[x][y]] and [z].] c[fn:n:named].',
        '',
        '[fn:1] The *note*',
        'goes on.',
        '',
        'More.',
        '',
        '',
        'Text.',
        '[fn:2] Two',
        '* Head',
      ],
      [
        'paragraph: A b c.',
        'note: On y and [z].',
        'note: named',
        'note: The note goes on.',
        'note: More.',
        'paragraph: Text.',
        'note: Two',
        'heading1: Head',
      ],
    );
  });

  it('hides dates, macros, citations, calls and snippets', () => {
    reads(
      [
        '[2024-01-01 Mon]--[2024-01-02 Tue] <2024-01-01 +1w> {{{m2m(a, b)}}} [cite/t:@iot] src_c{int x} call_m2m(1) @@html:<b>@@a@@html:</b>@@',
      ],
      ['paragraph: [2024-01-01 Mon]--[2024-01-02 Tue] <2024-01-01 +1w> ▢ ▢ ▢ ▢ a'],
    );
  });

  it('writes words so that they read as they are', () => {
    assert.deepEqual(rendered(`| ${org.escape!('a|b')} |`, 'org'), ['cell[0,1,0]: a|b']);
  });
});

const WHOLE = `#+TITLE: Depot notes
#+TODO: ASK | TOLD

* TODO Mount the *M2M* gateway :depot:
  SCHEDULED: <2025-03-01 Sat>
  :PROPERTIES:
  :ID: 17
  :END:
  It stands /beside/ the [[file:map.org][map]] and
  forwards =readings=.[fn:1]

  # a comment
  - [X] rail
  - radio :: 433 MHz
    + antenna

** Table
#+CAPTION: Parts
| Part | Use[fn:: See \\alpha.] |
|------+-----|
| box  | $x$ |
#+begin_src sh
ls
#+end_src
#+BEGIN_QUOTE
It works.
#+END_QUOTE

[fn:1] Hourly.
* COMMENT Later
No.
`;

const SNIPPETS = [
  ...[
    '\n',
    '\n\n',
    '\n\n\n',
    ' ',
    '  ',
    '\t',
    '* ',
    '** ',
    '*** TODO ',
    '* COMMENT x\n',
    '- ',
    '+ ',
    '  * ',
    '1. ',
    '- a :: b',
    '[ ] ',
    '[@3] ',
    ' :tag:\n',
  ],
  ...[
    '#+TITLE: x\n',
    '#+CAPTION: x\n',
    '#+begin_src\n',
    '#+end_src\n',
    '#+BEGIN_QUOTE\n',
    '#+END_QUOTE\n',
    '#+begin_verse\n',
    '#+end_verse\n',
    '#+begin_comment\n',
    '#+end_comment\n',
  ],
  ...[
    ':PROPERTIES:\n',
    ':END:\n',
    ':x:\n',
    ': fixed\n',
    '# c\n',
    '#',
    '-----\n',
    'DEADLINE: ',
    '\\begin{a}\n',
    '\\end{a}\n',
    '%%(',
    '| a | b |\n',
    '|---+---|\n',
    '|',
    '#+BEGIN: x\n',
    '#+END:\n',
  ],
  ...[
    '*',
    '_',
    '+',
    '=',
    '~',
    '[[',
    '][',
    ']]',
    '[',
    ']',
    '<<',
    '>>',
    '<<<',
    '>>>',
    '[fn:1]',
    '[fn::',
    '[fn:a:',
    '[cite:',
    '<2024-01-01>',
    '[2024-01-01 Mon]',
    '[1/2]',
  ],
  ...[
    '\\alpha',
    '\\vert{}',
    '\\\\\n',
    '\\(',
    '\\)',
    '$',
    '$$',
    '^{',
    '_{',
    '}',
    '{{{',
    '}}}',
    '@@html:',
    '@@',
    'src_c{',
    'call_a(',
    ')',
    'file:a.b',
    'https://a.b/c_d',
  ],
  ...['text ', '"'],
];
const document = documentsOf(SNIPPETS, [WHOLE]);

describe('every document of Org', () => {
  holdsForEvery({ language: 'org', document, whole: WHOLE.repeat(4), replaced: /[\r\n \t\\]/ });
});

describe('time grows with the length of a text of Org', () => {
  const marks = [
    '*a ',
    '/a ',
    '_a ',
    '+a ',
    '=a ',
    '~a ',
    '=a',
    '~a\n',
    '*a\n',
    '[[a][',
    '[[a',
    '[[',
    '[fn::a',
    '[fn:a',
    '[a',
    '<<a',
    '<<<a',
    '<a:',
    '$a',
    '$$a',
  ];
  const signs = [
    '\\(a ',
    '\\[a ',
    '\\a',
    '\\a{',
    '{{{a(',
    '@@a:',
    'a_{',
    'src_a{',
    'call_a(',
    '[cite:',
    '[2024-01-01',
    'a://',
    'file:a',
    ':: ',
  ];
  const lines = [
    '* a\n',
    '* COMMENT a\n',
    '- a\n',
    '#+begin_a\n',
    '#+begin_src\n',
    ':a:\n',
    '\\begin{a}\n',
    '| a |\n',
    '|',
    '# a\n',
    '[fn:a] b\n',
    '#+TODO: a\n',
    '- a :: b\n',
  ];
  const generators: Record<string, (length: number) => string> = {
    ...Object.fromEntries(
      [...marks, ...signs, ...lines].map((part) => [
        JSON.stringify(part),
        (length: number) => part.repeat(length / part.length),
      ]),
    ),
    'lists in lists': (length) =>
      Array.from({ length: Math.sqrt(2 * length) }, (_, size) => `${' '.repeat(size)}- a\n`).join(''),
    'blocks of many names': (length) =>
      Array.from({ length: length / 16 }, (_, index) => `#+begin_${index}\n`).join(''),
    'marks far from each other': (length) => `${'=a '.repeat(length / 6)}\n\n${'a= '.repeat(length / 6)}`,
    'a long line': (length) => 'The M2M gateway, and the IoT platform. '.repeat(length / 39),
    spaces: (length) => `- a${' '.repeat(length)}b`,
  };
  for (const [name, generate] of Object.entries(generators)) it(name, () => growsLinearly('org', generate));
});

describe('directives in Org', () => {
  it('stand between blocks, around what they silence', () => {
    for (const text of [
      'First.\nThe M2M (IoT) gateway.\n\nSecond.\n',
      '* Head\n\n  - one\n  - the M2M (IoT) gateway\n',
      '* The M2M (IoT) gateway\n\nText.\n',
      'Text.[fn:: The M2M (IoT) gateway.]\n',
      '| a | the M2M (IoT) gateway |\n',
    ]) {
      const { findings } = lint(text, 'org');
      assert.equal(findings.length, 1, text);
      const after = applyEdits(text, suppression({ text, format: 'org' }, findings[0]!));
      assert.match(after, /^ *# termlint-disable alias$[\s\S]*^ *# termlint-enable alias$/m);
      assert.deepEqual(lint(after, 'org').findings, [], after);
    }
  });
});

function reads(lines: readonly string[], expected: readonly string[]): void {
  assert.deepEqual(rendered(lines.join('\n'), 'org'), expected);
}
