import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse, type DefaultTreeAdapterTypes as Tree } from 'parse5';
import { GONE } from '../../server/engine/document';
import { readSource } from '../../server/engine/formats';
import { documentsOf, growsLinearly, holdsForEvery, rendered } from './reading';

describe('HTML', () => {
  it('ends what its authors leave open', () => {
    reads('<p>One<p>Two<div>Three</div>', ['paragraph: One', 'paragraph: Two', 'paragraph: Three']);
    reads('<ul><li>a<ul><li>b</ul><li>c</ul>d', ['item: a', 'item: b', 'item: c', 'paragraph: d']);
    reads('<dl><dt>M2M<dd>direct<dt>IoT<dd>global</dl>', [
      'paragraph: M2M',
      'item: direct',
      'paragraph: IoT',
      'item: global',
    ]);
    reads('<h2>One</h3>two<h2>three<h3>four</h3>', [
      'heading2: One',
      'paragraph: two',
      'heading2: three',
      'heading3: four',
    ]);
    reads('<table><caption>c<tr><td>a<tr><td>b</table>d', [
      'caption: c',
      'cell[0,1,0]: a',
      'cell[0,2,0]: b',
      'paragraph: d',
    ]);
  });

  it('reads tables within tables', () => {
    reads('<table><tr><th>a<td>b<table><tr><td>c</table>d<tr><td>e</table><table><tr><td>f</table>', [
      'cell[0,0,0]: a',
      'cell[0,0,1]: b',
      'cell[1,1,0]: c',
      'cell[0,0,1]: d',
      'cell[0,1,0]: e',
      'cell[2,1,0]: f',
    ]);
    reads('<ul><li><table><tr><td>a</li></ul>b</table>c', ['cell[0,1,0]: a', 'cell[0,1,0]: b', 'item: c']);
  });

  it('reads any attribute', () => {
    reads('<p title="a > b">One <a href=?x=1&y=2>two</a> <b [if]="a>b" (on)=\'c\' *for>three</b>', [
      'paragraph: One two three',
    ]);
    reads('<td width=50%>One</td><p class="a"id="b">two</p class="c">three', [
      'paragraph: One',
      'paragraph: two',
      'paragraph: three',
    ]);
    reads('<p>a <b and c< d', ['paragraph: a <b and c< d']);
  });

  it('reads what is written as text only', () => {
    reads('<title>A <b> &amp; B</title>', ['title0: A <b> & B']);
    reads('<script>"</p><!--"</script>One<textarea></p></textarea>', ['paragraph: One']);
    reads('<style>a</style >One<script>b</script c>Two', ['paragraph: One', 'paragraph: Two']);
  });

  it('reads nothing of code, forms and what is struck out, also within each other', () => {
    reads('One <code>a <b>b</b></code> <kbd>c</kbd> <del>two</del> three<svg><svg>d</svg>e</svg>.', [
      'paragraph: One ▢ ▢  three▢.',
    ]);
    reads('One<object><object>a</object>b</object>two<pre>c</pre>three', [
      'paragraph: One',
      'paragraph: two',
      'paragraph: three',
    ]);
  });

  it('reads comments as a browser does', () => {
    reads('a<!-->b<!--->c<!--d--!>e<!f>g<?h>i</ j>k<![CDATA[l]]>m', [
      'paragraph: abcegikm',
      'comment: ',
      'comment: ',
      'comment: d',
    ]);
  });

  it('reads references of old without their semicolon', () => {
    reads('M2M &copy 2020 &amp IoT&#33 &eacute; &notit; &nope &lt', ['paragraph: M2M © 2020 & IoT! é ¬it; &nope <']);
  });

  it('reads an abbreviation with its title', () => {
    reads('<p>An <abbr title="Internet of Things">IoT</abbr> hub</p>', [
      'paragraph: An IoT hub',
      'caption: Internet of Things (IoT)',
    ]);
    reads('<p><abbr>IoT</abbr> <abbr title=thing>T</abbr> <abbr title="x">a <b>b</b></abbr> <abbr title="y">c</p>', [
      'paragraph: IoT T a b c',
    ]);
  });

  it('reads raised marks as none, and short quotations in quotation marks', () => {
    reads('M2M<sup>1</sup> and IoT<sup><a href="#n">[2]</a></sup> at 10<sup>th</sup> <q>street</q>', [
      'paragraph: M2M and IoT at 10th “street”',
    ]);
  });
});

/** Elements that are no prose for us; what `hidden` and `aria-hidden` hide is read, because a script may show it. */
const SILENT: ReadonlySet<string> = new Set(
  (
    'script style code kbd math samp svg tt var audio canvas iframe object pre select template textarea video listing xmp noembed ' +
    'noframes del s strike'
  ).split(' '),
);

// Markup that documents are put together from; what stands in an element that is no prose is closed.
const SNIPPETS = (
  '<p>|</p>|<p class="a>b">|</p class="x">|<div>|</div>|<div [x]="a>b" (y)="z" *if="q">|<ul>|</ul>|<ol>|<li>|</li>|<dl>|</dl>|<dt>|<dd>|' +
  '<table>|</table>|<tr>|<td>|</td>|<th>|<caption>|</caption>|<thead>|<tbody>|<td width=50%>|<b>|</b>|<i>|</i>|<a href=x>|' +
  '<a href="y">|<a href=?a=b&c=d>|</a>|<span title=\'x > y\'>|</span>|<p"x>|<b =c>|<p title="x"y="z">|<code>foo</code>|' +
  '<kbd>a <b>b</b></kbd>|<CODE>x</CODE >|<title>T <b>x</b> &amp;</title>|<svg><title>t</title><text>a</text></svg>|' +
  '<math><mi>x</mi></math>|<object><object>a</object>b</object>|<script>"</p><!-- </script>|<style>a<b></style>|<pre>a</pre>|' +
  '<textarea></p></textarea>|<template><p>a</template>|<select><option>a</select>|<del>gone</del>|<!-- no -->|<!-->|<!--->|<!-- a --!>|' +
  '<!doctype html>|<![CDATA[ a ]]>|<?php a ?>|<!x>|</>|<>|< |<br>|<br/>|</br>|<hr>|<img alt="picture" src=x>|<img alt=one>|' +
  '<input value="v">|<h1>|</h1>|<h2>|</h2>|<blockquote>|</blockquote>|<noscript>|</noscript>|<html>|<head>|<body>|</body>|</html>|' +
  '<custom-tag>|</custom-tag>|<A HREF=x>|</A>|&amp;|&copy|&lt;b&gt;|&#65;|&#x42|&eacute|&x;|&notin;|One| two |three.|\n|"|\'|=|>|/'
).split('|');

describe('as another parser reads it', () => {
  it('reads the same letters as prose', () => {
    const document = fc.array(fc.constantFrom(...SNIPPETS), { maxLength: 30 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(document, (text) => assert.equal(letters(prose(text)), letters(otherProse(text)))),
      { numRuns: 3000 },
    );
  });

  it('reads the same words as headings, items, cells and quotations', () => {
    const parts =
      '<p>|</p>|<div>|</div>|<ul>|</ul>|<li>|</li>|<dl>|</dl>|<dt>|<dd>|</dd>|<h2>|</h2>|<h3>|<blockquote>|</blockquote>|<b>|</b>';
    const tables = '<table><tr><td>|<table><caption>a</caption><thead><tr><th>|</table>';
    const tag = fc.constantFrom(...parts.split('|'), ...tables.split('|'));
    const document = fc.array(tag, { maxLength: 12 }).map((tags) => tags.map((each, at) => `${each} w${at} `).join(''));
    fc.assert(
      fc.property(document, (text) => assert.deepEqual(kinds(text), otherKinds(text))),
      { numRuns: 1000 },
    );
  });

  // Documents of which we read other letters, on purpose.
  const DISAGREEMENTS: ReadonlyMap<string, readonly string[]> = new Map([
    [
      'a word of code or a title that is not closed yet does not take the rest of the text with it',
      ['a <code>b<p>c', 'a <kbd>b', '<title>a<p>b'],
    ],
    ['a tag that is not closed is text, as it was before it was begun', ['a <b', 'a <b c="d', 'a </b']],
    ['what is no prose ends with its own end tag only', ['<div><pre>a</div>b', '<select>a<input>b']],
    ['a name in mixed case is that of a component', ['<Code>a</Code>']],
    ['a name of HTML 5 alone stays as it was written', ['a &bigstar; b']],
  ]);

  for (const [reason, texts] of DISAGREEMENTS)
    it(`but ${reason}`, () => {
      for (const text of texts) assert.notEqual(letters(prose(text)), letters(otherProse(text)), text);
    });
});

// And what cannot be compared with the other parser.
const OPEN = ['<script>', '<code>', '</code>', '<!--', '{{ x }}', '<sup>', '</sup>', '<q>'];
const document = documentsOf([...SNIPPETS, ...OPEN]);

describe('every document of HTML', () =>
  holdsForEvery({ language: 'html', document, whole: SNIPPETS.join('One two\n').repeat(3) }));

describe('time grows with the length of the text', () => {
  const generators: Record<string, (length: number) => string> = {
    'tags that are not closed': (length) => '<a x={b '.repeat(length / 8),
    'quotation marks that are not closed': (length) => '<a x="'.repeat(length / 6),
    'elements that are not closed': (length) => '<svg><code>'.repeat(length / 11),
    'end tags that are not closed': (length) => `<script>${'</script '.repeat(length / 9)}`,
    'comments that are not closed': (length) => 'a <!--'.repeat(length / 6),
    'abbreviations that are not closed': (length) => `${'<abbr title="a">'.repeat(length / 16)}</abbr>`,
    'titles and raised text': (length) => '<title><sup>'.repeat(length / 12),
    'tables within tables': (length) => '<table><tr><td>'.repeat(length / 15),
    'signs of references': (length) => '&amp&#1'.repeat(length / 7),
  };
  for (const [name, generate] of Object.entries(generators)) it(name, () => growsLinearly('html', generate));
});

function reads(text: string, expected: readonly string[]): void {
  assert.deepEqual(rendered(text, 'html'), expected);
}

function blocksOf(text: string) {
  return readSource({ text, format: 'html' }).blocks.map((block) => ({
    ...block,
    text: block.text.replaceAll(GONE, ''),
  }));
}

function prose(text: string): string {
  return blocksOf(text)
    .map((block) => block.text)
    .join(' ');
}

/** The prose of a text by another parser. */
function otherProse(text: string): string {
  const visit = (node: Tree.Node): string => {
    if ('value' in node) return node.value;
    if (!('childNodes' in node) || SILENT.has(node.nodeName)) return '';
    const alternative = node.nodeName === 'img' && node.attrs.find(({ name }) => name === 'alt')?.value;
    return `${alternative || ''} ${node.childNodes.map(visit).join('')} `;
  };
  return visit(parse(text, { scriptingEnabled: false }));
}

/** The letters of a text in the alphabet's order: a parser moves what stands wrongly in a table before it. */
function letters(text: string): string {
  return [...text.replace(/[^\p{L}\p{N}]/gu, '')].sort().join('');
}

/** Each word with the kind of the block that it stands in. */
function kinds(text: string): readonly string[] {
  const found = blocksOf(text).flatMap(({ kind, level, quoted, text: seen }) =>
    (seen.match(/\w+/g) ?? []).map(
      (word) => `${word} ${kind === 'paragraph' && quoted ? 'quotation' : kind}${level ?? ''}`,
    ),
  );
  return found.sort();
}

const KINDS: Readonly<Record<string, string>> = {
  h2: 'heading2',
  h3: 'heading3',
  li: 'item',
  dd: 'item',
  dt: 'paragraph',
  td: 'cell',
  th: 'cell',
  caption: 'caption',
};

function otherKinds(text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: Tree.Node, kind: string, quoted: boolean): void => {
    if ('value' in node) {
      const seen = kind === 'paragraph' && quoted ? 'quotation' : kind;
      for (const word of node.value.match(/\w+/g) ?? []) found.push(`${word} ${seen}`);
    } else if ('childNodes' in node) {
      for (const child of node.childNodes)
        visit(child, KINDS[node.nodeName] ?? kind, quoted || node.nodeName === 'blockquote');
    }
  };
  visit(parse(text, { scriptingEnabled: false }), 'paragraph', false);
  return found.sort();
}
