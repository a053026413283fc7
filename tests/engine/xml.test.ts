import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { applyEdits, suppression } from '../../server/engine';
import { GONE, OBJECT } from '../../server/engine/document';
import { readSource } from '../../server/engine/formats';
import { lint } from '../helper';
import { documentsOf, growsLinearly, holdsForEvery, rendered } from './reading';

describe('which XML is read', () => {
  const text = '<p>M2M</p>';

  it('is what says to be DITA or DocBook', () => {
    const documents = [
      `<!DOCTYPE topic PUBLIC "-//OASIS//DTD DITA Topic//EN" "topic.dtd">\n<special>${text}</special>`,
      `<?xml-model href="urn:oasis:names:tc:dita:rng:topic.rng"?><topic>${text}</topic>`,
      `<?x <y>?><article xmlns="http://docbook.org/ns/docbook" version="5.0"><foreword/>${text}</article>`,
      `<d:chapter xmlns:d="http://docbook.org/ns/docbook"><d:p>M2M</d:p></d:chapter>`,
      `<concept xmlns:ditaarch="http://dita.oasis-open.org/architecture/2005/"><wide>${text}</wide></concept>`,
      `<task class="- topic/topic task/task "><wide>${text}</wide></task>`,
    ];
    for (const document of documents) assert.deepEqual(reading(document), ['paragraph: M2M'], document);
  });

  it('is what begins like one of them', () => {
    assert.deepEqual(reading(`<topic id="a"><title>On M2M</title><body>${text}</body></topic>`), [
      'heading1: On M2M',
      'paragraph: M2M',
    ]);
    assert.deepEqual(reading('<sect1><title>On M2M</title><para>M2M</para></sect1>'), [
      'heading1: On M2M',
      'paragraph: M2M',
    ]);
    assert.deepEqual(reading('<map><title>M2M</title><topicref navtitle="IoT"/></map>'), [
      'heading1: M2M',
      'caption: IoT',
    ]);
  });

  it('is no other', () => {
    const documents = [
      '<project><name>M2M</name><description>IoT</description></project>',
      '<svg xmlns="http://www.w3.org/2000/svg"><title>M2M</title></svg>',
      '<map><entry key="a">M2M</entry></map>',
      '<article article-type="research"><front><title>M2M</title></front></article>',
      '<task><name>M2M</name></task>',
      '<html xmlns="http://www.w3.org/1999/xhtml"><p>M2M</p></html>',
      '<xsl:stylesheet xmlns:xsl="x" xmlns:d="http://docbook.org/ns/docbook"><p>M2M</p></xsl:stylesheet>',
      'M2M',
      '',
      '<',
    ];
    for (const document of documents) assert.deepEqual(reading(document), [], document);
  });
});

describe('DITA', () => {
  it('reads titles by the depth of their topics and sections', () => {
    reads(
      '<p>One</p><section><title>The <term>M2M</term> part</title><p>two</p></section></body>' +
        '<topic id="b"><title>Inner</title><shortdesc>Short</shortdesc><body><section><title>Deep</title>text</section></body></topic><body>',
      [
        'paragraph: One',
        'heading2: The M2M part',
        'paragraph: two',
        'heading2: Inner',
        'paragraph: Short',
        'heading3: Deep',
        'paragraph: text',
      ],
    );
  });

  it('reads lists, steps and definitions', () => {
    reads('<p>Lead<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>tail</p><sl><sli>e</sli></sl>', [
      'paragraph: Lead',
      'item: a',
      'item: b',
      'item: c',
      'item: d',
      'paragraph: tail',
      'item: e',
    ]);
    reads('<steps><step><cmd>Press <uicontrol>OK</uicontrol></cmd><info>See <b>it</b></info></step></steps>', [
      'item: Press OK',
      'item: See it',
    ]);
    reads(
      '<dl><dlentry><dt>M2M</dt><dd>direct</dd></dlentry></dl><parml><plentry><pt>a</pt><pd>b</pd></plentry></parml>',
      ['paragraph: M2M', 'item: direct', 'paragraph: a', 'item: b'],
    );
  });

  it('reads tables with and without a head', () => {
    reads(
      '<table><title>T</title><tgroup cols="2"><colspec/><thead><row><entry>a</entry><entry/></row></thead>' +
        '<tbody><row><entry>b</entry><entry><p>c</p></entry></row></tbody></tgroup></table>' +
        '<simpletable><sthead><stentry>d</stentry></sthead><strow><stentry>e</stentry></strow></simpletable>' +
        '<simpletable><strow><stentry>f</stentry></strow></simpletable>' +
        '<properties><prophead><proptypehd>g</proptypehd></prophead><property><proptype>h</proptype><propdesc>i</propdesc></property></properties>',
      [
        'caption: T',
        'cell[0,0,0]: a',
        'cell[0,1,0]: b',
        'cell[0,1,1]: c',
        'cell[1,0,0]: d',
        'cell[1,1,0]: e',
        'cell[2,1,0]: f',
        'cell[3,0,0]: g',
        'cell[3,1,0]: h',
        'cell[3,1,1]: i',
      ],
    );
  });

  it('reads footnotes and images where they stand in their text', () => {
    reads(
      '<p>The M2M<fn>A <b>note</b><ul><li>x</li></ul></fn> gateway <image href="a.png"><alt>on a rail</alt></image> sleeps.</p>',
      ['paragraph: The M2M gateway ▢ sleeps.', 'note: A note', 'note: x', 'caption: on a rail'],
    );
    reads('<fig><title>F</title><image href="m2m.png" alt="The &amp; gateway"/></fig>', [
      'caption: F',
      'paragraph: ▢',
      'caption: The & gateway',
    ]);
  });

  it('reads remarks and quotations', () => {
    reads('<note type="tip">Mind <q>this</q></note><lq>They <p>said</p></lq>', [
      'paragraph: Mind “this”',
      'quotation>: They',
      'quotation>: said',
    ]);
  });

  it('reads code, and what stands for text of elsewhere, as one word', () => {
    reads(
      '<p>Run <codeph>m2m <i>x</i></codeph> or <xref href="a.dita"/>, <keyword keyref="k"/>, <xref href="b">this</xref>.</p>',
      ['paragraph: Run ▢ or ▢, ▢, this.'],
    );
    reads('<p>a<codeblock>m2m</codeblock>b</p><screen>m2m</screen>', ['paragraph: a', 'paragraph: b']);
  });

  it('does not read metadata, index entries and drafts', () => {
    reads('<p>M2M<indexterm>a<indexterm>b</indexterm></indexterm> gateway<draft-comment>c</draft-comment>s</p>', [
      'paragraph: M2M gateways',
    ]);
    assert.deepEqual(
      reading(
        '<topic id="a"><title>T</title><titlealts><navtitle>N</navtitle></titlealts><prolog><author>a</author><metadata><keywords>' +
          '<keyword>b</keyword></keywords></metadata></prolog><body/></topic>',
      ),
      ['heading1: T', 'caption: N'],
    );
    assert.deepEqual(
      reading(
        '<map><topicref href="a"><topicmeta><navtitle>N</navtitle><keywords><title>b</title></keywords></topicmeta></topicref><reltable>c</reltable></map>',
      ),
      ['caption: N'],
    );
  });

  it('reads entries of glossaries', () => {
    assert.deepEqual(
      reading('<glossentry id="a"><glossterm>M2M</glossterm><glossdef>Direct.</glossdef></glossentry>'),
      ['paragraph: M2M', 'item: Direct.'],
    );
  });

  it('reads an element that it does not know by where it stands', () => {
    reads('<p>One <special>two</special> three</p>\n<special>\n<p>four</p>\n</special>', [
      'paragraph: One two three',
      'paragraph: four',
    ]);
    reads('<special>\none\n</special>\n<special>\ntwo\n</special>', ['paragraph: one', 'paragraph: two']);
  });
});

describe('DocBook', () => {
  it('reads titles, also in metadata', () => {
    assert.deepEqual(
      reading(
        '<book xmlns="http://docbook.org/ns/docbook"><info><title>B</title><subtitle>S</subtitle><author><personname>a</personname>' +
          '</author><abstract><para>A</para></abstract></info><chapter><title>C</title><section><info><title>D</title></info>' +
          '<bridgehead>E</bridgehead><para>p</para><example><title>F</title><para>q</para></example></section></chapter></book>',
      ),
      [
        'heading1: B',
        'heading2: S',
        'paragraph: A',
        'heading2: C',
        'heading3: D',
        'heading3: E',
        'paragraph: p',
        'caption: F',
        'paragraph: q',
      ],
    );
  });

  it('reads lists, questions and definitions', () => {
    readsArticle(
      '<itemizedlist><title>T</title><listitem><para>a</para><para>b</para></listitem></itemizedlist>' +
        '<variablelist><varlistentry><term>M2M</term><listitem><para>direct</para></listitem></varlistentry></variablelist>' +
        '<glosslist><glossentry><glossterm>IoT</glossterm><glossdef><para>global</para></glossdef></glossentry></glosslist>' +
        '<qandaset><qandaentry><question><para>c</para></question><answer><para>d</para></answer></qandaentry></qandaset>' +
        '<para>A <glossterm>term</glossterm> in text</para><procedure><step><para>e</para></step></procedure>',
      [
        'caption: T',
        'item: a',
        'item: b',
        'paragraph: M2M',
        'item: direct',
        'paragraph: IoT',
        'item: global',
        'item: c',
        'item: d',
        'paragraph: A term in text',
        'item: e',
      ],
    );
  });

  it('reads tables of both models', () => {
    readsArticle(
      '<table><caption>C</caption><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>' +
        '<informaltable><tr><th>c</th></tr><tr><td>d</td></tr></informaltable>' +
        '<informaltable><tgroup cols="1"><tbody><row><entry>e</entry></row></tbody></tgroup></informaltable>',
      ['caption: C', 'cell[0,0,0]: a', 'cell[0,1,0]: b', 'cell[1,0,0]: c', 'cell[1,1,0]: d', 'cell[2,1,0]: e'],
    );
  });

  it('reads remarks, footnotes, figures and quotations', () => {
    readsArticle(
      '<note><title>T</title><para>The M2M<footnote><para>a note</para></footnote> hub</para></note>' +
        '<figure><title>F</title><mediaobject><imageobject><imagedata fileref="x"/></imageobject><textobject><phrase>alt</phrase></textobject></mediaobject></figure>' +
        '<blockquote><attribution>They</attribution><para>said <quote>so</quote></para></blockquote>' +
        '<para>a <inlinemediaobject><imageobject/><textobject><phrase>rail</phrase></textobject></inlinemediaobject> b</para>',
      [
        'caption: T',
        'paragraph: The M2M hub',
        'note: a note',
        'caption: F',
        'caption: alt',
        'quotation>: They',
        'quotation>: said “so”',
        'paragraph: a ▢ b',
        'caption: rail',
      ],
    );
  });

  it('reads code as one word, and no listings, bibliographies and remarks', () => {
    readsArticle(
      '<para>Run <command>m2m</command> in <filename>x</filename>, see <xref linkend="a"/><remark>b</remark> and <link xlink:href="c">d</link>.</para>' +
        '<programlisting>e</programlisting><bibliography><title>Works</title><biblioentry><title>f</title></biblioentry></bibliography>',
      ['paragraph: Run ▢ in ▢, see ▢ and d.', 'heading2: Works'],
    );
  });

  it('reads pages of a reference manual', () => {
    assert.deepEqual(
      reading(
        '<refentry><refmeta><refentrytitle>m2md</refentrytitle></refmeta><refnamediv><refname>m2md</refname><refpurpose>forward readings</refpurpose>' +
          '</refnamediv><refsynopsisdiv><cmdsynopsis><command>m2md</command></cmdsynopsis></refsynopsisdiv><refsect1><title>Use</title><para>p</para></refsect1></refentry>',
      ),
      ['paragraph: forward readings', 'heading2: Use', 'paragraph: p'],
    );
  });
});

describe('the markup of XML', () => {
  it('reads references and entities', () => {
    reads('<p>M2M &amp; I&#x6F;T &#128640; &mdash; &product; &nope R&D</p>', ['paragraph: M2M & IoT 🚀 — ▢ &nope R&D']);
    assert.deepEqual(
      reading(
        '<!DOCTYPE topic PUBLIC "-//OASIS//DTD DITA Topic//EN" "t" [ <!ENTITY prod "a > b"> ]>\n<topic><p>The &prod; of &Pi;</p></topic>',
      ),
      ['paragraph: The ▢ of Π'],
    );
  });

  it('reads CDATA as text, and comments and instructions as none', () => {
    reads(
      '<p>a <![CDATA[b < &amp; <c>]]> d<!-- termlint-disable -->e<?pi <f>?>g <codeph><!-- in code --></codeph></p>',
      ['paragraph: a b < &amp; <c> deg ▢', 'comment: termlint-disable', 'comment: in code'],
    );
  });

  it('reads a raised number as none of the word before it', () => {
    reads('<p>M2M<sup>1</sup> and 10<sup>th</sup></p>', ['paragraph: M2M and 10th']);
  });

  it('reads attributes that go over lines', () => {
    reads('<p id="a"\n  props=\'x > y\'\n>One <xref\nhref="b">two</xref></p>', ['paragraph: One two']);
  });
});

describe('what is not well-formed', () => {
  // What may stand in a text for a moment while it is written.
  const states = (
    'R&D|a < b|<|<b|<b>bold|</|</b|</x>|</section>|<!|<!x|<!-|<!-- x|<![|<![CDATA[ x|]]>|<?|<?x|<xref href=|<xref href="|<xref href="a.dita|' +
    '<xref href="a>b</xref>|<note type=tip>c</note>|&|&nb|&nbsp;|&#|<codeph>x|<indexterm>x|<codeblock>x|<fn>x|<image href="x">|<li>x|<entry>x|<p>x|-->'
  ).split('|');
  const paragraphs = (text: string) =>
    `<p>Before.</p>\n<p>Here ${text}\nand on.</p>\n<p>It's below.</p>\n<ul>\n<li>An item.</li>\n</ul>\n`;

  for (const state of states)
    it(`leaves the rest as it was: ${state}`, () => {
      const text = `<topic id="a"><title>T</title><body>\n${paragraphs(state)}<section><title>Part</title></section></body></topic>`;
      const found = reading(text);
      for (const expected of ['paragraph: Before.', "paragraph: It's below.", 'item: An item.', 'heading2: Part'])
        assert.ok(found.includes(expected), `${expected} in ${JSON.stringify(found)}`);
    });

  it('is closed by what is around it', () => {
    reads('<p>One <b>two</p><p>three <codeph>four</p></x><ul><li>five</ul><p>six', [
      'paragraph: One two',
      'paragraph: three ▢',
      'item: five',
      'paragraph: six',
    ]);
  });
});

/** Elements that have text, and how it reads: as prose or not. */
const ELEMENTS = 'section p ul li b ph xref q title note dl dlentry dt dd fn lq table row entry special'.split(' ');
const SILENT: ReadonlySet<string> = new Set('codeph codeblock indexterm draft-comment screen'.split(' '));
const word = fc.constantFrom(
  'One',
  ' two\n',
  '&amp;',
  '&#x1F680;',
  '&#65;',
  '<![CDATA[ a < b & c ]]>',
  '<!-- no -->',
  '<?no?>',
  '🚀',
  "it's ]] > ",
);
const { content } = fc.letrec<{ content: string; element: string }>((tie) => ({
  content: fc
    .array(fc.oneof({ depthSize: 'small' }, word, tie('element')), { maxLength: 6 })
    .map((parts) => parts.join('')),
  element: fc
    .tuple(
      fc.constantFrom(...ELEMENTS, ...SILENT),
      fc.constantFrom('', ' id="a"', ' x=\'a > "b"\'', '\n'),
      tie('content'),
    )
    .map(([name, attributes, inner]) => `<${name}${attributes}>${inner}</${name}>`),
}));

it('reads the same letters as prose as another parser does, if it is well-formed', () => {
  fc.assert(
    fc.property(content, (inner) => {
      const text = `<topic id="a"><title/>${inner}</topic>`;
      assert.equal(letters(prose(text)), letters(otherProse(text)));
    }),
    { numRuns: 1500 },
  );
});

describe('findings in XML', () => {
  const words = [
    'IoT',
    'M2M',
    'the M2M gateway',
    'The IoT gateway',
    ' also known as ',
    'IoT/M2M',
    '/',
    ' (',
    ')',
    ', ',
    '. ',
    ' ',
    '\n',
    '&amp;',
  ];
  const names = ['b', 'i', 'q', 'xref', 'codeph', 'indexterm', 'fn', 'term', 'sup', 'note'];
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...words) },
    { weight: 1, arbitrary: fc.constant('<!-- c -->') },
  );
  const pieces = fc.array(piece, { maxLength: 6 }).map((parts) => parts.join(''));
  const element = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom('', ' id="a"', '\nid="a b"'), pieces)
    .map(([name, attributes, inner]) => `<${name}${attributes}>${inner}</${name}>`);
  const text = fc
    .array(fc.oneof(pieces, element), { maxLength: 8 })
    .map((parts) => `<topic id="a"><title/><body>\n<p>${parts.join('')}</p>\n</body></topic>\n`);

  it('leave the document well-formed when they are repaired, or silenced where that can be', () => {
    fc.assert(
      fc.property(text, (source) => {
        for (const finding of lint(source, 'xml').findings) {
          for (const { edits, title } of finding.fixes)
            assertWellFormed(applyEdits(source, edits), `${title}: ${source}`);
          const edits = suppression({ text: source, format: 'xml' }, finding);
          assertWellFormed(applyEdits(source, edits), source);
        }
      }),
      { numRuns: 1000 },
    );
  });
});

function assertWellFormed(text: string, of: string): void {
  assert.doesNotThrow(() => new SaxesParser().write(text).close(), `${text}\nof ${of}`);
}

const SNIPPETS = [
  ...'<topic id="a">|</topic>|<title>|</title>|<p>|</p>|<section>|</section>|<ul>|<li>|</li>|</ul>|<table>|<row>|<entry>|</entry>|</table>'.split(
    '|',
  ),
  ...'<codeph>|</codeph>|<codeblock>|</codeblock>|<fn>|</fn>|<image href="x">|<alt>|</alt>|</image>|<image alt="a &amp; b"/>|<xref href="x"/>'.split(
    '|',
  ),
  ...'<sup>|</sup>|<q>|</q>|<indexterm>|</indexterm>|<prolog>|</prolog>|<info>|</info>|<x:y>|</x:y>|<lq>|</lq>|<dl><dlentry><dt>|</dt><dd>'.split(
    '|',
  ),
  ...'<!--|-->|<![CDATA[|]]>|<?|?>|<!DOCTYPE a [|]>|<!x|<|>|</|/>|"|\'|=|&|;|&amp;|&prod;|&#x1F680;|&#0;'.split('|'),
  ...[' ', '\n', '\n\n'],
];
const document = documentsOf(SNIPPETS).map((text) => `<topic><title/>${text}`);
const whole = `<topic id="a"><title>T</title>${SNIPPETS.join('One two\n').repeat(3)}</topic>`;

describe('every document of XML', () => holdsForEvery({ language: 'xml', document, whole }));

describe('time grows with the length of the text', () => {
  const generators: Record<string, (length: number) => string> = {
    'tags that are not closed': (length) => '<a '.repeat(length / 3),
    'quotation marks that are not closed': (length) => '<a x="\n'.repeat(length / 7),
    'elements within each other': (length) => '<p><b>'.repeat(length / 6),
    'end tags alone': (length) => `${'<a>'.repeat(length / 6)}${'</b>'.repeat(length / 8)}`,
    'comments that are not closed': (length) => `${'a <!--'.repeat(length / 6)}-->`,
    'CDATA and instructions that are not closed': (length) => '<![CDATA[<?'.repeat(length / 11),
    'document types that are not closed': (length) => '<!DOCTYPE ['.repeat(length / 11),
    'notes within notes': (length) => '<fn>a<p>b'.repeat(length / 9),
    'images in a paragraph': (length) => `<p>${'<image alt="a"/>'.repeat(length / 16)}`,
    'unknown elements': (length) => '  <x>  \n'.repeat(length / 8),
    'signs of references': (length) => '&a&#1'.repeat(length / 5),
    'spaces in raised text': (length) => `<sup>${' '.repeat(length)}</sup>`,
  };
  for (const [name, generate] of Object.entries(generators))
    it(name, () => growsLinearly('xml', (length) => `<topic><title/>${generate(length)}`));
});

function reading(text: string): readonly string[] {
  return rendered(text, 'xml');
}

function reads(body: string, expected: readonly string[]): void {
  assert.deepEqual(reading(`<topic id="a"><title/><body>${body}</body></topic>`), expected);
}

function readsArticle(body: string, expected: readonly string[]): void {
  assert.deepEqual(reading(`<article><title/>${body}</article>`), expected);
}

function prose(text: string): string {
  const { blocks } = readSource({ text, format: 'xml' });
  return blocks.map((block) => block.text.replaceAll(GONE, '').replaceAll(OBJECT, '')).join(' ');
}

/** The prose of a text by another parser. */
function otherProse(text: string): string {
  const parser = new SaxesParser();
  let silent = 0;
  let result = '';
  const add = (more: string) => {
    if (silent === 0) result += more;
  };
  parser.on('opentag', ({ name }) => {
    silent += SILENT.has(name) ? 1 : 0;
  });
  parser.on('closetag', ({ name }) => {
    silent -= SILENT.has(name) ? 1 : 0;
  });
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  return result;
}

/** The letters of a text in the alphabet's order: a footnote stands behind the block that it stands in. */
function letters(text: string): string {
  return [...text.replace(/[^\p{L}\p{N}\p{So}]/gu, '')].sort().join('');
}
