import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { convert } from '@asciidoctor/core';
import { applyEdits } from '../../server/engine';
import { suppression } from '../../server/engine/directive';
import { GONE } from '../../server/engine/document';
import { readSource } from '../../server/engine/formats';
import { asciidoc } from '../../server/engine/formats/asciidoc';
import { html } from '../../server/engine/formats/html';
import { Lines } from '../../server/engine/text';
import { lint } from '../helper';
import { documentsOf, growsLinearly, holdsForEvery, rendered } from './reading';

describe('AsciiDoc', () => {
  it('reads titles, headings and what stands below the title', () => {
    reads(
      [
        '// first',
        '= The *Depot* Handbook: Trams',
        'Ada Byron <ada@example.org>; Grace M. Hopper',
        'v1.2, 2024-05-01: a remark',
        ':toc:',
        ':description: What the depot does',
        '// inside',
        '',
        '== M2M ==',
        '=== [[in]]IoT [[out]]',
        '',
        '## Markdown',
      ],
      [
        'heading1: The Depot Handbook: Trams',
        'title0: What the depot does',
        'heading2: M2M',
        'heading3: IoT',
        'heading2: Markdown',
        'comment: first',
        'comment: inside',
      ],
    );
    reads(
      ['= Title', 'This text stands too close.', '', '= Part'],
      ['heading1: Title', 'paragraph: This text stands too close.', 'heading1: Part'],
    );
    reads(
      [
        'Title',
        '=====',
        '',
        'Section',
        '-------',
        'Deep one',
        '~~~~~~~~',
        '',
        'Deeper',
        '^^^^^^',
        '',
        '(a) b',
        '++++++',
      ],
      ['heading1: Title', 'heading2: Section', 'heading3: Deep one', 'heading4: Deeper', 'heading5: (a) b'],
    );
    reads(['Text of some length', '----', 'code', '----'], ['paragraph: Text of some length']);
  });

  it('reads paragraphs by their first line and their style', () => {
    reads(
      [
        'One *line',
        '// between',
        'and* more +',
        'then.',
        '',
        ' literal',
        ' text',
        '',
        'NOTE: Beware',
        'of it.',
        '* no item',
      ],
      ['paragraph: One line and more⏎then.', 'paragraph: Beware of it. * no item', 'comment: between'],
    );
    reads(
      [
        '[.lead]',
        'Lead.',
        '',
        '[quote, Ada, Notes]',
        'Said.',
        '',
        '[verse]',
        'Fog',
        'comes.',
        '',
        '[source,c]',
        'm2m();',
        '',
      ],
      ['paragraph: Lead.', 'quotation>: Said.', 'quotation>: Fog⏎comes.'],
    );
    reads(
      ['"Quoted', 'here."', '-- Ada', '', '> As in', '> Markdown', '>', '> * item', '', '[%hardbreaks]', 'one', 'two'],
      ['quotation>: "Quoted here."', 'quotation>: As in Markdown', 'item>: item', 'paragraph: one⏎two'],
    );
    reads(
      ['[plantuml]', 'a -> b', '', '[comment]', 'c', 'd', '', '[normal]', ' Text.'],
      ['paragraph: Text.', 'comment: c⏎d'],
    );
  });

  it('reads what delimited blocks hold, unless it is no prose', () => {
    reads(
      ['.Title', '====', 'Text', '', '----', 'code', '----', '* item', '====', 'After.'],
      ['caption: Title', 'paragraph: Text', 'item: item', 'paragraph: After.'],
    );
    reads(
      ['****', 'Side.', '=====', 'Deep.', '=====', '****', '--', 'Open.', '--', '[NOTE]', '====', 'Note.', '===='],
      ['paragraph: Side.', 'paragraph: Deep.', 'paragraph: Open.', 'paragraph: Note.'],
    );
    reads(
      ['[quote, Ada]', '____', 'Quoted.', '', '* item', '____', '', '[verse]', '____', 'a', 'b', '____'],
      ['quotation>: Quoted.', 'item>: item', 'quotation>: a⏎b'],
    );
    reads(
      [
        '----',
        '*a*',
        '----',
        '....',
        'b',
        '....',
        '++++',
        '<b>',
        '++++',
        '```c',
        'd',
        '```',
        '////',
        'e',
        '----',
        '////',
        'f',
      ],
      ['paragraph: f', 'comment: e⏎----'],
    );
    reads(
      ['[source]', '--', 'code', '--', '[comment]', '--', 'c', '--', '[stem]', '++++', 'x', '++++'],
      ['comment: c'],
    );
    reads(['----', 'never closed', '', 'still code'], []);
  });

  it('reads lists, and what is attached to their items', () => {
    reads(
      [
        '* one',
        '  goes on',
        '** [x] done',
        '- dash',
        '. first',
        '.. second',
        '1. third',
        'a. fourth',
        '<1> fifth',
        '<.> sixth',
      ],
      ['one goes on', 'done', 'dash', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth'].map(
        (text) => `item: ${text}`,
      ),
    );
    reads(
      [
        '* one',
        '+',
        'attached',
        '+',
        '----',
        'code',
        '----',
        '+',
        '.Title',
        '--',
        'in',
        '',
        'it',
        '--',
        '',
        'after',
        '+',
        'plus',
      ],
      ['item: one', 'item: attached', 'caption: Title', 'item: in', 'item: it', 'paragraph: after + plus'],
    );
    reads(['* a', '', ' literal', '', '* b', '// c', '* d'], ['item: a', 'item: b', 'item: d', 'comment: c']);
  });

  it('reads terms with their text as entries', () => {
    const blocks = reads(
      [
        'M2M:: direct',
        'links',
        'IoT::',
        '  things',
        'a::',
        'b;; c',
        '',
        'd::',
        '',
        'e',
        '',
        'f::: g',
        'h:: * i',
        'j::',
        '* k',
        'l::',
        '+',
        'm',
      ],
      [
        ...['paragraph: M2M', 'item: direct links', 'paragraph: IoT', 'item: things', 'paragraph: a', 'paragraph: b'],
        ...[
          'item: c',
          'paragraph: d',
          'item: e',
          'paragraph: f',
          'item: g',
          'paragraph: h',
          'item: * i',
          'paragraph: j',
        ],
        ...['item: k', 'paragraph: l', 'item: m'],
      ],
    );
    assert.equal(blocks[3]!.start - blocks[2]!.end, 3);
    reads(['std::vector and url::https://a.example'], ['paragraph: std::vector and url::▢']);
  });

  it('reads each cell of a table by itself', () => {
    reads(
      [
        '.Title',
        '[cols="1,2a,m", options="header"]',
        '|===',
        '|A |B |C',
        '',
        '|one',
        '|* item',
        '* other',
        '|code',
        '',
        '// c',
        '|two | *x*',
        '',
        'y |z',
        '|===',
      ],
      [
        ...[
          'caption: Title',
          'cell[0,0,0]: A',
          'cell[0,0,1]: B',
          'cell[0,0,2]: C',
          'cell[0,1,0]: one',
          'cell[0,1,1]: item',
        ],
        ...['cell[0,1,1]: other', 'cell[0,2,0]: two', 'cell[0,2,1]: x', 'cell[0,2,1]: y', 'comment: c'],
      ],
    );
    reads(
      ['|===', '|a |b', '', '|c', '|d', '|==='],
      ['cell[0,0,0]: a', 'cell[0,0,1]: b', 'cell[0,1,0]: c', 'cell[0,1,1]: d'],
    );
    reads(['|===', '|a |b', '|c |d', '|==='], ['cell[0,1,0]: a', 'cell[0,1,1]: b', 'cell[0,2,0]: c', 'cell[0,2,1]: d']);
    reads(['|===', '|a', '', 'more |b', '|==='], ['cell[0,1,0]: a', 'cell[0,1,0]: more', 'cell[0,2,0]: b']);
    reads(
      ['[cols=2*]', '|===', '2+|wide', '.2+|down |b', '|c', '2*|d', 'h|e \\| f a| . g', '|==='],
      [
        ...[
          'cell[0,1,0]: wide',
          'cell[0,2,0]: down',
          'cell[0,2,1]: b',
          'cell[0,3,1]: c',
          'cell[0,4,0]: d',
          'cell[0,5,0]: e | f',
        ],
        'cell[0,5,1]: g',
      ],
    );
    reads(
      [
        ',===',
        'a,"b, c',
        'd"',
        ',===',
        ':===',
        'e:f',
        ':===',
        '[format=tsv]',
        '|===',
        'g\th',
        '|===',
        '[separator=¦]',
        '|===',
        '¦i | j',
        '|===',
      ],
      [
        ...[
          'cell[0,1,0]: a',
          'cell[0,1,1]: b, c d',
          'cell[1,1,0]: e',
          'cell[1,1,1]: f',
          'cell[2,1,0]: g',
          'cell[2,1,1]: h',
        ],
        'cell[3,1,0]: i | j',
      ],
    );
    reads(
      ['[cols="1,a"]', '|===', '|out', '|', '[cols="1,1"]', '!===', '!in !side', '!===', '|==='],
      ['cell[0,1,0]: out', 'cell[1,1,0]: in', 'cell[1,1,1]: side'],
    );
  });

  it('hides what formats text, and only that', () => {
    reads(['*a* _b_ *_c_* **d**e __f__g #h# [.red]#i# ~j~ x^2^ k^th^'], ['paragraph: a b c de fg h i j x kth']);
    reads(
      ['2 * 3 * 4, a_b_c, *open, C# and F#, 5 ~ 6 ~, #12'],
      ['paragraph: 2 * 3 * 4, a_b_c, *open, C# and F#, 5 ~ 6 ~, #12'],
    );
    reads(["[.line-through]#IoT# \"`a`\" '`b`' c`'s `d` ``e``s [x]`f`"], ["paragraph: \"a\" 'b' c's ▢ ▢s ▢"]);
    reads(['+a *b*+ ++c _d_++ `+e+` +++<u>+++f+++</u>+++ $$g$$ C++ x'], ['paragraph: a *b* c _d_ ▢ f ▢ C++ x']);
    reads(
      ['\\*a* \\_b_ \\`c` \\\\__d__ \\{e} \\<<f>> \\link:g[h] \\i'],
      ['paragraph: *a* _b_ `c` __d__ {e} <<f>> link:g[h] \\i'],
    );
    reads(
      ['{m2m} {nbsp}a{plus} {counter:x}{set:y:z} &amp; &#8212; (C) -- ...'],
      ['paragraph: ▢ \u00A0a+ ▢ & — (C) -- ...'],
    );
  });

  it('keeps the text of links and hides what they point to', () => {
    reads(
      [
        'https://m2m.example[the *site*^] link:a_b_.html[text,role=x] link:c["d, e",f=g] xref:h#i[j] <<k,l m>> mailto:n@o.example[p]',
      ],
      ['paragraph: the site text d, e j l m p'],
    );
    reads(
      ['<<a>> xref:b[] https://c.example/d_e_f, <https://g.example> h@i.example link:j[]'],
      ['paragraph: ▢ ▢ ▢, ▢ ▢ ▢'],
    );
    reads(['link:++https://a.example/[b]++[c] \\https://d.example"'], ['paragraph: c ▢"']);
    reads(['see *<<a,b>>* and _https://c.example[d]_'], ['paragraph: see b and d']);
  });

  it('reads macros by what they show', () => {
    reads(
      ['A note.footnote:[On *M2M*, https://a.example[b].] Again.footnote:x[c] footnote:x[]'],
      ['paragraph: A note. Again.', 'note: On M2M, b.', 'note: c'],
    );
    reads(
      [
        'image:a.png[The M2M unit,100] kbd:[Ctrl+C] btn:[OK] menu:File[Save] stem:[x_2] icon:tag[] pass:[<u>] issue:12[] [[a]]b',
      ],
      ['paragraph: ▢ ▢ ▢ ▢ ▢ ▢ ▢ ▢ b', 'caption: The M2M unit'],
    );
    reads(['((seen)) (((hid, den))) indexterm2:[also] indexterm:[no] a:b'], ['paragraph: seen  also  a:b']);
    reads(
      [
        '.Title',
        'image::a.png["Alt, text",title="On top"]',
        'include::iot.adoc[]',
        'toc::[]',
        'video::b.mp4[]',
        'Text',
        'image::c.png[alt=d]',
      ],
      ['caption: Title', 'caption: Alt, text', 'caption: On top', 'paragraph: Text', 'caption: d'],
    );
  });

  it('reads both sides of a condition, and hides attributes and breaks', () => {
    reads(
      [
        'Before',
        'ifdef::a[]',
        'inside',
        'endif::[]',
        'after.',
        '',
        'ifndef::b[On its line.]',
        '',
        "'''",
        '',
        '<<<',
        '---',
        ':x: M2M \\',
        '  IoT',
        'End',
      ],
      ['paragraph: Before inside after.', 'paragraph: On its line.', 'paragraph: End'],
    );
    reads(['---', 'title: On M2M', '---', 'Text'], ['title0: On M2M', 'paragraph: Text']);
  });

  it('writes words so that they read as they are', () => {
    for (const words of ['C++', '_x_', '*a*', 'a|b', '{name}', '`b`', 'a_b', '#1#', '<<x>>']) {
      const text = `Use ${asciidoc.escape!(words)} here.`;
      assert.deepEqual(rendered(text, 'asciidoc'), [`paragraph: Use ${words} here.`]);
    }
    assert.equal(asciidoc.escape!('the M2M gateway (a_b)'), 'the M2M gateway (a_b)');
  });
});

/* ---------------------------------------------------------------- Asciidoctor */

/** Texts of which the letters are compared with those that Asciidoctor shows, and into which comments are put. */
const TEXTS: readonly string[] = [
  '= The *Depot*\nAda Byron\nv1.0, 2024-01-01\n:toc!:\n\nPreamble.\n\n== One\ntext\n\n=== Two ==\n\n## Three\n',
  'Title\n=====\n\nPart one\n--------\nText\n\nDeep\n~~~~\n\nOpen\n--\nblock\n--\n',
  'One *two\nthree* four +\nfive.\n\n literal\n\nNOTE: six\n* seven\n.eight\n\n[normal]\n nine\n\n[abstract]\nten\n',
  '.Caption\n====\nText\n\n* item\n----\ncode\n----\n====\n\n****\nside\n\n=====\ndeep\n=====\n****\n\n--\nopen\n--\n',
  '....\na\n....\n\n////\nb\n////\n\n```c\nd\n```\n\n[NOTE]\n====\ne\n\n. f\n====\n\n[source]\n--\ng\n--\n\n[comment]\nh\n\ni\n',
  '> a\n> b\n>\n> * c\nd\n\n[quote]\n____\ne\n\n* f\n____\n\n[quote]\n--\ng\n--\n\n[IMPORTANT]\n.Feed\n--\nh\n--\n',
  '* a\n  b\n** c\n* [x] d\n- e\n. f\n.. g\n1. h\na. i\ni) j\n\n* k\n+\nl\n+\n----\nm\n----\n+\nNOTE: n\n\npara\n* o\n',
  '* a\n+\n--\nb\n\nc\n--\n. d\n\n literal\n\nAfter.\n\n. e\n+\n====\nf\n====\n. g\n\n* h\n// i\n* j\n',
  'a:: b\nc\nd::\n  e\nf::\n\ng\nh::\ni:: j\nk:::\n  l\nm;; n\n\n[horizontal]\no::\n* p\nq::\n+\nr\n\n[qanda]\ns?::\n    t\n\nu::\n\n== v\n',
  'url:: https://a.example\nno term::here\nstd::vector\n',
  '----\nx <1>\ny <2>\n----\n<1> a\n<2> b\nc\n',
  '.T\n[cols="1,2a",options="header"]\n|===\n|A |B\n\n|c\n|* d\n* e\n\n|f | g\n\nh\n|===\n\n|===\n|i |j\n\n|k |l\n|===\n',
  '[%header,cols=2*]\n|===\n|a\n|b\n2+|c\n.2+|d |e\n|f\n|===\n\n[cols="1,1"]\n|===\n|g \\| h a| *i*\nh|j e|k\n|===\n',
  ',===\na,b\n"c, d","e\nf"\n,===\n\n:===\ng:h\n:===\n\n[format=csv,options=header]\n|===\ni,j\nk,l\n|===\n\n[separator=¦]\n|===\n¦m | n\n|===\n',
  '[cols="1,a"]\n|===\n|a\n|\n[cols="1,1"]\n!===\n!b !c\n!===\n|===\n\n[cols=3]\n|===\n|d\n\n|e\n|f\n// g\n|===\n\n|===\n|h\ni |j\n|===\n',
  "*a* _b_ `c` *_d_* e**f**g h__i__j #k# [.u]#l# [.big]*m* n~2~ o^p^ \"`q`\" '`r`' s`'t +u *v*+ ++w _x_++ `+y+` ``z``a\n",
  'A*b*c 2 * 3 * 4 a_b_c_d *open and _open. C++ is A + B + C. #12 and #13. 5 ~ 6 ~ 7. e*f and *g\nh* i (*j*) "*k*" -*l*- :*m* {*n*}\n',
  'https://a.example[b], https://c.example/d_e_f[g^], link:h.html[i *j* k], link:l.html[m,window=_blank], link:n["o, p",role=q].\n',
  'xref:a.adoc#b[c d] and <<e,f\ng>>. mailto:h@i.example[j]. https://k.example/l_m_n and <https://o.example> and p@q.example.\n',
  'kbd:[A+B] image:c.png[d e] stem:[f_2] pass:[<u></u>] [[g]]h [#i]*j* anchor:k[]l ((m n)) (((o, p))) indexterm2:[q] indexterm:[r]\n',
  'a -- b ... -> <= &amp; &#8212; {nbsp}c{empty}d{plus} link:++https://e.example/?f=[g]++[h i] "link:j.html[k]"\n',
  '\\*a* \\_b_ \\`c` \\\\__d__ \\{e} \\<<f>> \\link:g[h] \\footnote:[i] \\[[j]] \\#k# C:\\l \\image:m[n]\n',
  ".Title\nimage::a.png[b c,300]\n\nvideo::d.mp4[]\n\n'''\n\n<<<\n\n* * *\n\ntoc::[]\n\n{set:x:y}\nend\n",
];

it('reads the same letters as prose as Asciidoctor does', async () => {
  for (const text of TEXTS) assert.equal(letters(prose(text)), letters(proseOf(await converted(text))), text);
});

it('a comment above a line is none of the text, and leaves the document as it is', async () => {
  for (const text of TEXTS) {
    const expected = await converted(text);
    for (const { start } of proseLines(text)) {
      const commented = `${text.slice(0, start)}// a comment\n${text.slice(start)}`;
      assert.equal(await converted(commented), expected, commented);
      assert.deepEqual(seenIn(commented), seenIn(text), commented);
    }
  }
});

/** The lines on which there is prose that is in no cell and no quotation. */
function proseLines(text: string): readonly { start: number }[] {
  const lines = new Lines(text);
  const { blocks } = readSource({ text, format: 'asciidoc' });
  const found = blocks.flatMap((block) => {
    if (block.cell || block.quoted) return [];
    const first = lines.positionAt(block.start).line;
    return Array.from({ length: lines.positionAt(block.end).line - first + 1 }, (_, index) => first + index);
  });
  // After a blank line, or after a `+`, a comment ends a list.
  const isFree = (line: number) =>
    line === 0 || !/^\+?$/.test(text.slice(lines.line(line - 1).start, lines.line(line - 1).end));
  const inList = (line: number) => /^[ \t]*(?:[-*]|\.+|\w[.)])[ \t]|::|^[.[=]/.test(text.slice(lines.line(line).start));
  return [...new Set(found)].filter((line) => isFree(line) || !inList(line)).map((line) => lines.line(line));
}

function seenIn(text: string): readonly string[] {
  return rendered(text, 'asciidoc').filter((line) => !line.startsWith('comment'));
}

async function converted(text: string): Promise<string> {
  const attributes = {
    showtitle: '',
    experimental: '',
    'table-caption!': '',
    'figure-caption!': '',
    'example-caption!': '',
    icons: 'font',
  };
  return String(await convert(text, { standalone: false, safe: 'secure', attributes }));
}

/** The prose of HTML as Asciidoctor writes it, without formulas and the numbers of callouts. */
function proseOf(page: string): string {
  const { blocks } = html.read(page.replace(/<i class="conum"[^>]*><\/i><b>\d+<\/b>|\\\$[^$]*\$/g, ''));
  return blocks.map((block) => block.text.replaceAll(GONE, '')).join(' ');
}

function prose(text: string): string {
  const { blocks } = readSource({ text, format: 'asciidoc' });
  return blocks.map((block) => block.text.replaceAll(GONE, '')).join(' ');
}

/** The letters of a text in the alphabet's order: the two put captions at different places. */
function letters(text: string): string {
  return [...text.replace(/[^\p{L}\p{N}]/gu, '')].sort().join('');
}

/* ---------------------------------------------------------------- properties */

const SNIPPETS = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '    ',
    '\t',
    '= ',
    '== ',
    '# ',
    '\n===',
    '\n----',
    '\n~~~~',
    '* ',
    '** ',
    '- ',
    '. ',
    '1. ',
    '<1> ',
  ],
  ...[
    '----\n',
    '....\n',
    '====\n',
    '****\n',
    '____\n',
    '++++\n',
    '////\n',
    '```\n',
    '--\n',
    '=====\n',
    '|===\n',
    ',===\n',
    ':===\n',
    '!===\n',
  ],
  ...[
    '[source]\n',
    '[NOTE]\n',
    '[verse]\n',
    '[quote, a]\n',
    '[comment]\n',
    '[cols="1,2a"]\n',
    '[%header]\n',
    '[[id]]\n',
    '.Title\n',
    '[horizontal]\n',
  ],
  ...['|', 'a|', '2+|', '.2+|', 'h|', '!', ',', ':', '"', '""', '\\|', '\n+\n', '+\n', 'term:: ', 'term::\n', 'a;; b'],
  ...[
    '// c\n',
    '//',
    ':a: b\n',
    ':a: b \\\n',
    'ifdef::a[]\n',
    'ifdef::a[b]\n',
    'endif::[]\n',
    'include::a[]\n',
    'image::a[b,title=c]\n',
    'toc::[]\n',
  ],
  ...[
    '*',
    '**',
    '_',
    '__',
    '`',
    '``',
    '#',
    '##',
    '^',
    '~',
    '+',
    '++',
    '+++',
    '$$',
    '"`',
    '`"',
    "'`",
    "`'",
    ' +\n',
    '[.a]',
    '[.line-through]',
  ],
  ...[
    'https://a.b/c',
    'https://a.b[',
    'link:a[',
    'xref:a[',
    '<<a,',
    '<<a>>',
    '>>',
    'footnote:[',
    'image:a[b',
    'kbd:[',
    ']',
    '[',
    '[[',
    ']]',
    '((',
    '))',
    '(((',
    ')))',
  ],
  ...[
    '{a}',
    '{',
    '}',
    '&amp;',
    '&#65;',
    '\\',
    'pass:[',
    'stem:[',
    'NOTE: ',
    '> ',
    '"a\n-- b\n',
    "'''\n",
    '<<<\n',
    '---\n',
    '---\ntitle: x\n---\n',
    '= T\nA B\nv1\n',
  ],
];
const document = documentsOf(SNIPPETS, TEXTS);

describe('every document of AsciiDoc', () => {
  // A reference to an attribute may stand for a character.
  holdsForEvery({ language: 'asciidoc', document, whole: TEXTS.join('\n'), replaced: /[\r\n \t&{+]/ });
});

describe('time grows with the length of a text of AsciiDoc', () => {
  const marks = [
    '*a ',
    '**a ',
    '_a ',
    '`a ',
    '``a ',
    '#a ',
    '^a ',
    '+a ',
    '++a ',
    '"`a ',
    '<<a,',
    '<<a',
    '((a ',
    '(((a ',
    '{a ',
    '[.a]# ',
  ];
  const macros = [
    'link:a[',
    'footnote:[',
    'https://a.b[',
    'image:a[',
    'kbd:[',
    'a:b',
    'pass:[',
    '[[a',
    '[a]',
    '\\',
    '"a=b,',
  ];
  const lines = [
    '----\n',
    '====\n',
    '|===\n',
    '|===\n|a\n',
    '* a\n',
    'a::\n',
    '+\n',
    '// a\n',
    '[a]\n',
    'ifdef::a[]\n',
    'A B\n---\n',
    '> a\n',
  ];
  const generators: Record<string, (length: number) => string> = {
    ...Object.fromEntries(
      [...marks, ...macros, ...lines].map((part) => [
        JSON.stringify(part),
        (length: number) => part.repeat(length / part.length),
      ]),
    ),
    'blocks in blocks': (length) =>
      Array.from({ length: Math.sqrt(2 * length) }, (_, size) => `${'='.repeat(size + 4)}\n`).join(''),
    'a wide table': (length) => `|===\n${'|a'.repeat(length / 4)}\n${'|b\n'.repeat(length / 6)}`,
    'a table of spans': (length) => `[cols="200*"]\n|===\n${'200.200+|a '.repeat(length / 11)}`,
    'a table with quotation marks': (length) => `,===\n${'"a,'.repeat(length / 3)}`,
    'a long line': (length) => 'The M2M gateway, and the IoT platform. '.repeat(length / 39),
    'a line of signs': (length) => ':'.repeat(length),
    spaces: (length) => `a${' '.repeat(length)}b`,
    'texts in texts': (length) => `${'link:a[b '.repeat(length / 18)}${']'.repeat(length / 2)}`,
  };
  for (const [name, generate] of Object.entries(generators)) it(name, () => growsLinearly('asciidoc', generate));
});

/* ---------------------------------------------------------------- directives */

describe('a directive in AsciiDoc', () => {
  it('stands on its own line above what it silences', () => {
    for (const text of [
      'First.\nThe M2M (IoT) gateway.\n',
      '* one\n* the M2M (IoT) gateway\n',
      '== The M2M (IoT) gateway\n',
      '.The M2M (IoT) gateway\nimage::a.png[]\n',
      'gateway:: the M2M (IoT) box\n',
      'Text.footnote:[The M2M (IoT) gateway.]\n',
    ]) {
      const { findings } = lint(text, 'asciidoc');
      assert.equal(findings.length, 1, text);
      const after = applyEdits(text, suppression({ text, format: 'asciidoc' }, findings[0]!));
      assert.match(after, /^\/\/ termlint-disable-next-line alias$/m);
      assert.deepEqual(lint(after, 'asciidoc').findings, [], after);
    }
  });

  it('is not offered in the cell of a table', () => {
    const text = '|===\n|The M2M (IoT) gateway\n|===\n';
    const [finding] = lint(text, 'asciidoc').findings;
    assert.deepEqual(suppression({ text, format: 'asciidoc' }, finding!), []);
  });
});

function reads(lines: readonly string[], expected: readonly string[]): ReturnType<typeof readSource>['blocks'] {
  const text = lines.join('\n');
  assert.deepEqual(rendered(text, 'asciidoc'), expected);
  return readSource({ text, format: 'asciidoc' }).blocks;
}
