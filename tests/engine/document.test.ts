import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
// @ts-expect-error The package has no types.
import { tests } from 'commonmark-spec';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { GONE } from '../../server/engine/document';
import { formatOf, readSource } from '../../server/engine/formats';
import { html } from '../../server/engine/formats/html';
import { markdownParser, plainMarkdownParser } from '../../server/engine/formats/markdown-parser';
import { documentsOf, growsLinearly, holdsForEvery, rendered, renderedBlocks } from './reading';

/** The examples of the specification of CommonMark. */
const examples: readonly { readonly number: number; readonly markdown: string }[] = tests;

describe('Markdown', () => {
  it('reads paragraphs, headings and breaks', () => {
    reads(
      ['# The *M2M* gateway #', '', 'It forwards **each', 'reading** to IoT.  ', 'Then\\', 'it _sleeps_.'],
      ['heading1: The M2M gateway', 'paragraph: It forwards each reading to IoT.⏎Then⏎it sleeps.'],
    );
    reads(['Two', 'lines', '==='], ['heading1: Two lines']);
    reads(['##M2M without a space'], ['heading2: M2M without a space']);
    reads(['#hashtag'], ['paragraph: #hashtag']);
    reads(['', '***', '', '    code', '', '```', 'code', '```'], []);
  });

  it('reads lists and tasks as items', () => {
    reads(
      ['- one', '  goes on', '- [x] done', '', '  more', '  1. nested', '', '     ## Heading'],
      ['item: one goes on', 'item: done', 'item: more', 'item: nested', 'heading2: Heading'],
    );
  });

  it('reads definition lists and Markdown in admonitions', () => {
    reads(
      ['M2M', ': machine to machine', '', '    still the definition', ': another'],
      ['paragraph: M2M', 'item: machine to machine', 'item: still the definition', 'item: another'],
    );
    reads(
      ['!!! note "On M2M"', '    Indented text.', '', '    - item', '', 'After.'],
      ['caption: On M2M', 'paragraph: Indented text.', 'item: item', 'paragraph: After.'],
    );
    reads(
      [':::note[On *M2M*]{.wide}', 'Text.', ':::', '', '::: tip Title', 'More.', ':::'],
      ['caption: On M2M', 'paragraph: Text.', 'caption: Title', 'paragraph: More.'],
    );
    reads(
      ['```{note}', ':class: wide', 'Text *here*.', '', '- item', '```', '', '```{code} js', 'no', '```'],
      ['paragraph: Text here.', 'item: item'],
    );
  });

  it('marks what stands in quotations', () => {
    reads(
      ['> Quoted *text', '> goes* on', 'lazily.', '> - item', '>', '> # Head', '>', '> > deeper'],
      ['quotation>: Quoted text goes on lazily.', 'item>: item', 'heading1>: Head', 'quotation>: deeper'],
    );
    reads(['> [!NOTE]', '> The author speaks.'], ['paragraph: The author speaks.']);
    reads(['> [!tip] Title', '> Text.'], ['paragraph: Title Text.']);
  });

  it('reads each table cell by itself', () => {
    reads(
      ['| M2M | `a` \\| b |', '|:---|---:| ', '| **IoT** | |', '| c | d | e'],
      [
        'cell[0,0,0]: M2M',
        'cell[0,0,1]: ▢ | b',
        'cell[0,1,0]: IoT',
        'cell[0,2,0]: c',
        'cell[0,2,1]: d',
        'cell[0,2,2]: e',
      ],
    );
    reads(
      ['Before', 'a | b', '--|--', 'c<br>d | e', '', '> |f|', '> |-|'],
      [
        'paragraph: Before',
        'cell[0,0,0]: a',
        'cell[0,0,1]: b',
        'cell[0,1,0]: c⏎d',
        'cell[0,1,1]: e',
        'cell[1,0,0]>: f',
      ],
    );
    reads(['a | b', '---'], ['heading2: a | b']);
  });

  it('keeps the text of links and hides their targets', () => {
    reads(['See [the *M2M* page](https://m2m.example "IoT").'], ['paragraph: See the M2M page.']);
    reads(['[a][Ref], [ref][] and [ref].', '', '[REF]: /m2m "IoT"'], ['paragraph: a, ref and ref.']);
    reads(['[ref]:', '  /m2m', '  "IoT"', '[ref]'], ['paragraph: ref']);
    reads(['M2M [IoT] and [IoT][M2M].'], ['paragraph: M2M [IoT] and [IoT][M2M].']);
    reads(['See [the guide][guide-2].'], ['paragraph: See the guide.']);
    reads(['<https://m2m.example>, www.m2m.example/a_b_c, me@m2m.example.'], ['paragraph: ▢, ▢, ▢.']);
    reads(['(see https://m2m.example/a(b)), or **http://iot.example**.'], ['paragraph: (see ▢), or ▢.']);
    reads(['[https://m2m.example](https://m2m.example)'], ['paragraph: ▢']);
  });

  it('hides the target of a link that CommonMark refuses', () => {
    reads(['The [[http].token](conf.md#http) setting.'], ['paragraph: The [http].token setting.']);
    reads(['[Slides](M2M and IoT.pdf) here.'], ['paragraph: Slides here.']);
    reads(['[IoT](machine to machine)'], ['paragraph: [IoT](machine to machine)']);
    reads(['\\[a](b)'], ['paragraph: [a](b)']);
  });

  it('reads images as objects with a caption', () => {
    reads(
      ['See ![the *M2M* gateway](m2m.png) and [![badge](iot.svg)](x).'],
      ['paragraph: See ▢ and ▢.', 'caption: the M2M gateway', 'caption: badge'],
    );
  });

  it('reads code, math and addresses as objects', () => {
    reads(['Run ``m2m ` iot`` and $x_{M2M}$, $$a + b$$.'], ['paragraph: Run ▢ and ▢, ▢.']);
    reads(['$5 and $6, US$7 or 8$, $HOME/$USER.'], ['paragraph: $5 and $6, US$7 or 8$, $HOME/$USER.']);
    reads(['Text', '$$', 'M2M', '=', '$$', 'after.'], ['paragraph: Text', 'paragraph: after.']);
    reads([`Set \${M2M_HOME}.`], ['paragraph: Set ▢.']);
  });

  it('decodes escapes and character references', () => {
    reads(
      ['M2M\\_x &amp; I&shy;oT &mdash; &#73;&#x6f;T &lt;b&gt; &nope; &#0;'],
      ['paragraph: M2M_x & I\u00ADoT — IoT <b> &nope; \uFFFD'],
    );
  });

  it('reads HTML blocks by their elements', () => {
    reads(
      [
        '<div>',
        '<h2>M2M</h2>',
        '<p>One <b>bold</b><br>two <code>iot()</code>',
        '<p>Three <!-- not this -->',
        '<ul><li>item<li>other</ul>',
        '<blockquote>quoted</blockquote>',
        '<table><tr><th>head<tr><td>cell<td>next</table>',
        '<style>iot {}</style><figure><img src=x alt="the gateway"><figcaption>Caption</figcaption></figure>',
        '</div>',
      ],
      [
        'heading2: M2M',
        'paragraph: One bold⏎two ▢',
        'paragraph: Three',
        'item: item',
        'item: other',
        'quotation>: quoted',
        'cell[0,0,0]: head',
        'cell[0,1,0]: cell',
        'cell[0,1,1]: next',
        'paragraph: ▢',
        'caption: the gateway',
        'caption: Caption',
        'comment: not this',
      ],
    );
    reads(['<script>', 'let iot;', '', 'm2m', '</script>', '<pre>', 'M2M', '</pre>'], []);
  });

  it('reads Markdown between tags as most tools do', () => {
    reads(
      ['<details><summary>**M2M**</summary>', '- `a` item', '- ![alt](x.png)', '</details>'],
      ['caption: M2M', 'item: ▢ item', 'item: ▢', 'caption: alt'],
    );
  });

  it('reads tags within a line', () => {
    reads(
      ['Press <kbd>M2M</kbd>, IoT<sup>TM</sup> and H<sub>2</sub>O<br/>end <b>bold</b>.'],
      ['paragraph: Press ▢, IoT and H2O⏎end bold.'],
    );
    reads(['a < b and <- c > d'], ['paragraph: a < b and <- c > d']);
  });

  it('reads footnotes as notes', () => {
    reads(
      ['M2M[^1] grows.', '', '[^1]: A *note*', '    goes on.', '', '    Further.', '', 'Text.'],
      ['paragraph: M2M grows.', 'note: A note goes on.', 'note: Further.', 'paragraph: Text.'],
    );
  });

  it('hides directives, emoji and attributes in a line', () => {
    reads(
      ['# M2M {#m2m .wide}', '', ':abbr[IoT]{title="x"} at 10:30:45 :tada:'],
      ['heading1: M2M', 'paragraph: IoT at 10:30:45'],
    );
  });

  it('hides shortcodes and templates, and leaves what is around', () => {
    reads(
      ['Text', '{{< figure src="m2m_a" >}}', 'more {{< ref "iot" >}} and {{ site.m2m }}.', '', '{% include x %}'],
      ['paragraph: Text', 'paragraph: more ▢ and ▢.'],
    );
    reads(['[IoT]({{< ref "a b" >}}) {% if m2m %}yes{% endif %}'], ['paragraph: IoT yes']);
    reads(['{% highlight js %}', 'm2m', '', 'iot', '{% endhighlight %}', 'After {x'], ['paragraph: After {x']);
    reads(['{{< note >}}', 'Text.', '{{< /note >}}'], ['paragraph: Text.']);
  });

  it('tolerates MDX', () => {
    reads(
      [
        "import IoT from './m2m'",
        'export const a = {',
        '  b: 1 }',
        '',
        '<Tabs',
        '  of={() => <b>m2m</b>}',
        '  wide>',
        '',
        'Hello {props.name}, {/* no */}<Term id={1}>IoT</Term>.',
        '',
        '</Tabs>',
      ],
      ['paragraph: Hello ▢, IoT.', 'comment: no'],
    );
    reads(['<http://a.b> a < b and {x, or {M2M, IoT}'], ['paragraph: ▢ a < b and {x, or {M2M, IoT}']);
    reads(['{/* one', '', 'two */}', 'Text'], ['paragraph: Text', 'comment: one⏎⏎two']);
    reads(['import the certificate first.'], ['paragraph: import the certificate first.']);
  });

  it('reads a few values of front matter', () => {
    reads(
      ['---', 'title: "IoT: all"', 'm2m: IoT', 'description: >-', '  Two', '  lines', 'tags: [IoT]', '---', 'Text'],
      ['title0: IoT: all', 'title0: Two lines', 'paragraph: Text'],
    );
    reads(['+++', 'title = "IoT" # M2M', '[params]', '  x = 1', '+++', 'Text'], ['title0: IoT', 'paragraph: Text']);
    reads(['---', 'summary: IoT # M2M', '# termlint-disable', '---'], ['title0: IoT', 'comment: termlint-disable']);
    reads(['---', 'Just a rule', '---'], ['heading2: Just a rule']);
  });

  it('finds comments in every syntax', () => {
    reads(
      ['<!-- a -->', '', 'Text<!-- b --> on.', '', '[//]: # (c)', '[comment]: <> "d"', '', '<p><!-- e --></p>'],
      ['paragraph: Text on.', 'comment: a', 'comment: b', 'comment: c', 'comment: d', 'comment: e'],
    );
    reads(['Text', '', '<!-- open'], ['paragraph: Text', 'comment: open']);
  });

  it('places blocks and comments in the text as it was given', () => {
    const given = '\uFEFF# IoT\r\n\r\n> one\r\n> *two*\r\rA<!-- b\r\nc -->d';
    const { blocks, comments } = readSource({ text: given, format: 'markdown' });
    assert.deepEqual(
      blocks.map((block) => given.slice(block.start, block.end)),
      ['IoT', 'one\r\n> *two*', 'A<!-- b\r\nc -->d'],
    );
    assert.equal(blocks[1]!.text, `one${GONE} ${GONE}${GONE}${GONE}two${GONE}`);
    assert.deepEqual(comments, [{ start: 27, end: 40, textStart: 31, text: ' b\r\nc ' }]);
  });

  it('places a comment with nothing in it before its line end', () => {
    const commentsOf = (text: string) => readSource({ text, format: 'org' }).comments;
    assert.deepEqual(commentsOf('#\r\nM2M'), [{ start: 0, end: 1, textStart: 1, text: '' }]);
    const block = '#+begin_comment\r\n\r\n#+end_comment\r\n';
    assert.deepEqual(commentsOf(block), [{ start: 18, end: 18, textStart: 18, text: '' }]);
  });
});

describe('plain text', () => {
  it('reads paragraphs, headings and lists', () => {
    readsPlain(
      [
        '   The M2M gateway',
        '',
        'INTRODUCTION',
        '',
        'It forwards each',
        'reading to IoT.',
        '',
        'Setup',
        '=====',
        'Text.',
      ],
      ['heading1: The M2M gateway', 'heading2: INTRODUCTION', 'paragraph: It forwards each reading to IoT.'].concat([
        'heading1: Setup',
        'paragraph: Text.',
      ]),
    );
    readsPlain(
      ['Intro:', '', '- one that is long', '  and goes on', '- two', '  a) three', '[ ] four', '', '  o  five'],
      ['paragraph: Intro:', 'item: one that is long and goes on', 'item: two', 'item: three', 'item: four'].concat([
        'item: five',
      ]),
    );
  });

  it('reads the layout of an RFC', () => {
    readsPlain(
      [
        '2.1.  Terms',
        '',
        '   The M2M gateway is',
        '   a device.  It sleeps.',
        '',
        '      +---+     +---+',
        '      | a |---->| b |',
      ],
      ['heading2: 2.1.  Terms', 'paragraph: The M2M gateway is a device.  It sleeps.'],
    );
    readsPlain(['1. Install it', '', '2. Start it'], ['item: Install it', 'item: Start it']);
  });

  it('marks quoted mail', () => {
    readsPlain(
      ['> they wrote', '> this', '>> that', 'I answer'],
      ['quotation>: they wrote this', 'quotation>: that', 'paragraph: I answer'],
    );
  });

  it('reads cells only where columns are sure', () => {
    readsPlain(
      ['Name   Meaning', '------------', 'M2M    machine to machine', 'IoT    things'],
      [
        'cell[0,0,0]: Name',
        'cell[0,0,1]: Meaning',
        'cell[0,1,0]: M2M',
        'cell[0,1,1]: machine to machine',
        'cell[0,2,0]: IoT',
        'cell[0,2,1]: things',
      ],
    );
    readsPlain(
      ['  Hoist   lifts', '  M2M     between', '          machines', '  Spreader  grips'],
      ['paragraph: Hoist   lifts⏎M2M⏎between machines⏎Spreader  grips'],
    );
    readsPlain(
      ['  Hoist   lifts', '  M2M     between', '          machines', '  Boom    reaches'],
      [
        'cell[0,1,0]: Hoist',
        'cell[0,1,1]: lifts',
        'cell[0,2,0]: M2M',
        'cell[0,2,1]: between machines',
        'cell[0,3,0]: Boom',
        'cell[0,3,1]: reaches',
      ],
    );
    readsPlain(
      ['One sentence.  Another one', 'and more.  The end is', 'here.'],
      ['paragraph: One sentence.  Another one and more.  The end is here.'],
    );
  });

  it('reads addresses as objects and comment lines as comments', () => {
    readsPlain(
      ['# termlint-disable alias', 'See https://m2m.example or me@iot.example.', '// termlint-enable'],
      ['paragraph: See ▢ or ▢.', 'comment: termlint-disable alias', 'comment: termlint-enable'],
    );
  });
});

it('HTML is read by its elements, with front matter and templates', () => {
  const text = [
    '---',
    'title: On M2M',
    '---',
    '<!doctype html><head><title>IoT &amp; M2M</title><style>iot {}</style></head>',
    '<body {{ m2m }}><nav><a href="iot">Home</a></nav>',
    '{% for m2m in iot %}<p>The <em>M2M</em> gateway of {{ site.m2m }}{% endfor %}',
    '<!-- termlint-disable -->',
  ].join('\n');
  const { blocks, comments } = html.read(text);
  assert.deepEqual(renderedBlocks({ blocks, comments }), [
    'title0: On M2M',
    'title0: IoT & M2M',
    'paragraph: Home',
    'paragraph: The M2M gateway of ▢',
    'comment: termlint-disable',
  ]);
});

describe('formats', () => {
  it('are found by language and by file name', () => {
    assert.equal(formatOf({ language: 'mdx' })?.name, 'markdown');
    assert.equal(formatOf({ path: 'docs/READ.ME.MD' })?.name, 'markdown');
    assert.equal(formatOf({ path: 'notes.txt' })?.name, 'plain');
    assert.equal(formatOf({ path: 'a.png' }), undefined);
  });

  it('that are not known are read as plain text', () => {
    assert.deepEqual(rendered('*IoT*', 'troff'), ['paragraph: *IoT*']);
  });
});

// Fragments of markup that documents are put together from.
const SNIPPETS = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '    ',
    '\t',
    '> ',
    '- ',
    '1. ',
    '# ',
    '##',
    '```\n',
    '~~~',
    '```{note}\n',
    ':::note\n',
    ':::\n',
  ],
  ...[
    '[',
    ']',
    '](',
    '](/u)',
    '*',
    '**',
    '_',
    '~~',
    '`',
    '<',
    '>',
    '<!--',
    '-->',
    '<?',
    '$',
    '$$',
    '|',
    '|--|--|\n',
    '\n===',
  ],
  ...[
    '[a]: /u\n',
    '[//]: # (c)\n',
    '[^1]: n\n',
    '[^1]',
    '\n: d\n',
    '!!! note "t"\n',
    '{',
    '}',
    '{{',
    '}}',
    '{%',
    '%}',
    '---\n',
  ],
  ...[
    '<div>\n',
    '</div>\n',
    '<p>',
    '<td>',
    '<code>',
    '</code>',
    '<br>',
    '<A\n',
    '{/*',
    '*/}',
    '![',
    '&amp;',
    '&#x1F600;',
    '\\',
  ],
  ...['import x from "y"\n', '> [!NOTE]\n', '+++\n', 'title: x\n', '- [ ] '],
];
const texts = examples.map((example) => example.markdown);
const document = documentsOf(SNIPPETS, texts);
const whole = texts.join('\n');

for (const language of ['markdown', 'plaintext']) {
  describe(`every document of ${language}`, () => holdsForEvery({ language, document, whole }));
}

describe('the Markdown parser', () => {
  it('finds the same tree when it jumps over text', () => {
    const tree = (parser: typeof markdownParser, text: string) => {
      const nodes: string[] = [];
      parser.parse(text).iterate({ enter: ({ name, from, to }) => void nodes.push(`${name} ${from}-${to}`) });
      return nodes;
    };
    for (const { markdown } of examples) {
      assert.deepEqual(tree(markdownParser, markdown), tree(plainMarkdownParser, markdown));
    }
    fc.assert(
      fc.property(document, (text) => assert.deepEqual(tree(markdownParser, text), tree(plainMarkdownParser, text))),
      { numRuns: 400 },
    );
  });
});

// Examples of the specification of which we read other letters as prose than CommonMark does, on purpose.
const DISAGREEMENTS: ReadonlyMap<string, readonly number[]> = new Map([
  ['a character reference that is not in HTML 4 stays as it was written', [25]],
  ['a definition of a link whose label or title goes on on another line is text', [196, 208, 541]],
  [
    'what looks like the target of a link is none of the prose, even if CommonMark refuses the link',
    [488, 493, 497, 508, 518, 519],
  ],
  ['a label in brackets stays where the link before it might be another', [528, 569, 571]],
  ['a tag that begins a line may go on below it, whatever stands there', [91]],
  ['a tag may have dots in its name, and an address a scheme of one letter, as in MDX', [609, 610]],
]);

it('reads the same letters as prose as another parser does', () => {
  const accepted = new Set([...DISAGREEMENTS.values()].flat());
  const found = examples.filter(({ markdown }) => {
    const other = otherProse(markdown);
    return other !== undefined && letters(prose(markdown)) !== letters(other);
  });
  assert.deepEqual(
    found.map((example) => example.number),
    [...accepted].sort((a, b) => a - b),
  );
});

describe('time grows with the length of the text', () => {
  const generators: Record<string, (length: number) => string> = {
    'one line': (length) => 'IoT and M2M '.repeat(length / 12),
    'nested quotations': (length) => `${'> '.repeat(length / 2)}a`,
    'nested lists': (length) => `${'- '.repeat(length / 4)}a${'\n'.repeat(length / 2)}`,
    'links that are not closed': (length) => '[a]('.repeat(length / 4),
    'emphasis that is not closed': (length) => '*a_ '.repeat(length / 4),
    'a definition that is not closed': (length) => `[a]: /u "${'\nb'.repeat(length / 2)}`,
    'tags that are not closed': (length) => `<div>\n${'<a x={b '.repeat(length / 8)}`,
    'comments that are not closed': (length) => 'a <!--'.repeat(length / 6),
    'braces that are not closed': (length) => 'x {a '.repeat(length / 5),
    'addresses without an end': (length) => 'a@'.repeat(length / 2),
    'a wide table': (length) => `${'|a'.repeat(length / 6)}\n${'|-'.repeat(length / 6)}\n${'|b'.repeat(length / 6)}`,
    'spaces before a table': (length) => `a|b\n${' '.repeat(length)}-`,
    'many definitions': (length) => Array.from({ length: length / 10 }, (_, index) => `[a${index}]: /u\n`).join(''),
    'carriage returns': (length) => 'a\r\n\r\n'.repeat(length / 5),
  };
  for (const [name, generate] of Object.entries(generators)) {
    it(name, () => {
      for (const language of ['markdown', 'plaintext']) growsLinearly(language, generate);
    });
  }
});

function reads(lines: readonly string[], expected: readonly string[]): void {
  assert.deepEqual(rendered(lines.join('\n'), 'markdown'), expected);
}

function readsPlain(lines: readonly string[], expected: readonly string[]): void {
  assert.deepEqual(rendered(lines.join('\n'), 'plaintext'), expected);
}

function prose(text: string): string {
  const { blocks } = readSource({ text, format: 'markdown' });
  return blocks.map((block) => block.text.replaceAll(GONE, '')).join(' ');
}

/** The letters of a text in the alphabet's order: two readers may put a caption at different places. */
function letters(text: string): string {
  return [...text.replace(/[^\p{L}\p{N}]/gu, '')].sort().join('');
}

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly alt?: string | null;
  readonly children?: readonly Node[];
}

/** The prose of a text by another parser; `undefined` if there is HTML in it, which that one does not read. */
function otherProse(text: string): string | undefined {
  let result = '';
  let hasTags = false;
  const visit = ({ type, value, alt, children }: Node): void => {
    if (type === 'html') hasTags = true;
    if (type === 'text') result += `${value} `;
    if (alt) result += `${alt} `;
    // The text of such a link is an address.
    if (type !== 'link' || !/:|@|^www\./.test(children?.[0]?.value ?? '')) children?.forEach(visit);
  };
  visit(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }));
  return hasTags ? undefined : result;
}
