import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Source } from '../server/engine';
import { readSource } from '../server/engine/formats';
import { readWord } from '../server/word';
import { BULLET, docx, footnote, link, type Parts, p, picture, r, table } from './docx';
import { renderedBlocks } from './engine/reading';

describe('a Word document', () => {
  it('has one line for each paragraph, whatever runs it is cut into', async () => {
    const { text } = await read({ body: p('One.') + p('') + p(r('The Io') + r('T', '<w:b/>') + r('/M2M gateway')) });
    assert.equal(text, 'One.\n\nThe IoT/M2M gateway');
    const { text: other } = await read({
      body: p('<w:r><w:t>a\nb</w:t><w:tab/><w:t>c</w:t><w:br/><w:t>d</w:t></w:r>'),
    });
    assert.equal(other, 'a b\tc d');
  });

  it('has headings, below its title if it has one', async () => {
    await reads({ body: p('M2M', 'berschrift1') + p('Text.') + p('IoT', 'berschrift2') }, [
      'heading1: M2M',
      'paragraph: Text.',
      'heading2: IoT',
    ]);
    await reads({ body: p('Manual', 'Titel') + p('M2M', 'berschrift1') }, ['heading1: Manual', 'heading2: M2M']);
  });

  it('knows headings by the id of their style if it has no names', async () => {
    await reads({ body: p('M2M', 'Heading2'), more: { 'word/styles.xml': '<x/>' } }, ['heading2: M2M']);
  });

  it('has lists, captions and quotations', async () => {
    await reads({ body: p('one', BULLET) + p('Figure 1: Gateway', 'Beschriftung') + p('Said.', 'Zitat') }, [
      'item: one',
      'caption: Figure 1: Gateway',
      'quotation>: Said.',
    ]);
  });

  it('has tables, in which each cell has its place', async () => {
    const wide = `<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>${p('wide')}</w:tc>`;
    const tall = (merge: string) => `<w:tc><w:tcPr><w:vMerge${merge}/></w:tcPr>${p(merge ? 'tall' : '')}</w:tc>`;
    await reads({ body: table(['Term', 'Meaning'], ['M2M', `${p('direct')}${p('old')}`]) + table([wide, 'end']) }, [
      'cell[0,0,0]: Term',
      'cell[0,0,1]: Meaning',
      'cell[0,1,0]: M2M',
      'cell[0,1,1]: direct',
      'cell[0,1,1]: old',
      'cell[1,0,0]: wide',
      'cell[1,0,2]: end',
    ]);
    await reads({ body: table([tall(' w:val="restart"'), 'a'], [tall(''), 'b'], ['c', 'd']) }, [
      'cell[0,0,0]: tall',
      'cell[0,0,1]: a',
      'cell[0,1,1]: b',
      'cell[0,2,0]: c',
      'cell[0,2,1]: d',
    ]);
    await reads({ body: table([`${table(['inner'])}${p('after')}`, 'next']) }, [
      'cell[1,0,0]: inner',
      'cell[0,0,0]: after',
      'cell[0,0,1]: next',
    ]);
  });

  it('has its notes at the end, in the order in which it refers to them', async () => {
    const body = p(r('First') + footnote(2) + r(' and last.') + footnote(1)) + p('End.');
    const source = await reads({ body, footnotes: [p('one'), p('two'), p('never referred to')] }, [
      'paragraph: First and last.',
      'paragraph: End.',
      'note: two',
      'note: one',
    ]);
    assert.equal(source.text, 'First and last.\nEnd.\ntwo\none');
  });

  it('ends though a note refers to itself', async () => {
    await reads({ body: p(footnote(1)), footnotes: [p(r('one') + footnote(1))] }, ['note: one']);
  });

  it('has the text of links, and their addresses only where they are text', async () => {
    await reads({ body: p(r('See ') + link(r('the M2M page')) + r(' on https://example.com/iot/m2m.')) }, [
      'paragraph: See the M2M page on ▢.',
    ]);
  });

  it('has alternative texts of pictures in their paragraph', async () => {
    const source = await reads({ body: p(r('This ') + picture('An M2M gateway') + r(' is new.')) + p(picture('')) }, [
      'paragraph: This ▢ is new.',
      'caption: An M2M gateway',
      'paragraph: ▢',
    ]);
    assert.equal(source.text, 'This [An M2M gateway] is new.\n\uFFFC');
  });

  it('has what was inserted, and not what was deleted or is struck out', async () => {
    const deleted = '<w:del w:id="1"><w:r><w:delText>IoT/</w:delText></w:r></w:del>';
    const inserted = `<w:ins w:id="2">${r('new ')}</w:ins>`;
    await reads({ body: p(r('The ') + deleted + inserted + r('M2M gateway') + r(' of old', '<w:strike/>') + r('.')) }, [
      'paragraph: The new M2M gateway.',
    ]);
  });

  it('has no code, no table of contents and no comments in it', async () => {
    const code = r('m2m.iot()', '<w:rStyle w:val="VerbatimChar"/>');
    const comment = '<w:r><w:commentReference w:id="0"/></w:r>';
    const silent = p('IoT/M2M', 'SourceCode') + p('IoT/M2M', 'HTMLVorformatiert') + p('IoT/M2M 3', 'Verzeichnis1');
    const source = await reads({ body: silent + p(r('Call ') + code + r(' twice.') + comment) }, [
      'paragraph: Call ▢ twice.',
    ]);
    assert.equal(source.text.split('\n').length, 4);
  });

  it('has text boxes behind the paragraph that they float beside', async () => {
    const shape = 'xmlns:v="urn:schemas-microsoft-com:vml"';
    const box = `<w:r><w:pict><v:shape ${shape}><v:textbox><w:txbxContent>${p('boxed')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`;
    await reads({ body: p(r('Be') + box + r('side.')) + p('After.') }, [
      'paragraph: Beside.',
      'paragraph: boxed',
      'paragraph: After.',
    ]);
  });

  it('may come from any program', async () => {
    const folder = 'node_modules/mammoth/test/test-data';
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.docx'))) {
      const source = await readWord(readFileSync(`${folder}/${name}`));
      assert.ok('text' in source, name);
      checkBlocks(source);
    }
  });
});

describe('what is no Word document', () => {
  const problem = async (bytes: Buffer) => {
    const source = await readWord(bytes);
    assert.ok('problem' in source);
    return source.problem;
  };
  const body = p('The IoT/M2M gateway.');

  it('is told apart from a damaged one', async () => {
    assert.match(await problem(Buffer.from('Plain text.')), /^This is no Word document, although it is named so\./);
    assert.match(await problem(Buffer.alloc(0)), /^This is no Word document/);
    const whole = await docx({ body });
    assert.match(await problem(whole.subarray(0, whole.length >> 1)), /^This Word document is damaged/);
    assert.match(await problem(await docx({ body: '<w:p>' })), /^This Word document is damaged/);
    const other = await docx({ body, more: { 'word/document.xml': '<w:document/>' } });
    assert.match(await problem(other), /^This Word document is damaged/);
  });

  it('may not take all memory', async () => {
    const bomb = await docx({ body: `${body}${' '.repeat(20_000_001)}` });
    assert.ok(bomb.length < 100_000);
    assert.match(await problem(bomb), /^It is too large: unpacked, it has more than 20 MB/);
    const tags = await docx({ body: '<w:p/>'.repeat(1_000_001) });
    assert.match(await problem(tags), /^It is too large/);
    const deep = await docx({ body: `${'<w:p>'.repeat(50_000)}${'</w:p>'.repeat(50_000)}` });
    assert.match(await problem(deep), /^This Word document is damaged/);
  });

  it('may be any bytes', async () => {
    const whole = await docx({ body, footnotes: [p('note')] });
    for (let at = 0; at < whole.length; at += 37) {
      const bytes = Buffer.from(whole);
      bytes[at] = bytes[at]! ^ 0xff;
      const source = await readWord(bytes);
      if ('text' in source) checkBlocks(source);
    }
  });
});

async function read(parts: Parts): Promise<Source> {
  const source = await readWord(await docx(parts));
  assert.ok('text' in source, JSON.stringify(source));
  return source;
}

async function reads(parts: Parts, blocks: readonly string[]): Promise<Source> {
  const source = await read(parts);
  assert.deepEqual(renderedBlocks(readSource(source)), blocks);
  checkBlocks(source);
  return source;
}

/** Blocks are in order, as long as their text, each on one line, and do not overlap, save captions in theirs. */
function checkBlocks({ text, blocks }: Source): void {
  let end = 0;
  for (const block of blocks!) {
    assert.equal(block.text.length, block.end - block.start);
    assert.ok(!text.slice(block.start, block.end).includes('\n'));
    assert.ok(block.start >= end || block.kind === 'caption');
    end = Math.max(end, block.end);
  }
}
