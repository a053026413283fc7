import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { type Block, GONE, OBJECT, type Reading } from '../../server/engine/document';
import { readSource } from '../../server/engine/formats';

// The same documents on every run, so that a failure can be repeated.
fc.configureGlobal({ seed: 20_240_601 });

/** Each block as `kind: what can be seen of it`, then the comments. */
export function rendered(text: string, format: string): string[] {
  return renderedBlocks(readSource({ text, format }));
}

export function renderedBlocks({ blocks, comments }: Reading): string[] {
  const line = (text: string) => text.trim().replace(/\r\n?|\n/g, '⏎');
  return [
    ...blocks.map((block) => `${describeBlock(block)}: ${line(seen(block.text))}`),
    ...comments.map((comment) => `comment: ${line(comment.text)}`),
  ];
}

function describeBlock({ kind, level, cell, quoted }: Block): string {
  const place = cell ? `[${cell.table},${cell.row},${cell.column}]` : '';
  return `${kind}${level ?? ''}${place}${quoted ? '>' : ''}`;
}

function seen(text: string): string {
  return text.replaceAll(GONE, '').replaceAll(OBJECT, '▢');
}

/** What may stand in a document of any language: terms, addresses, and characters that readers tend to get wrong. */
const ANYWHERE = [
  ...['IoT', 'M2M', 'IoT gateway', 'machine-to-machine', '/', ', also known as ', 'http://a.b/', 'a@b.c'],
  ...['\r\n', '\r', '\uFEFF', '\0', '\u{1F600}', '\uD83D', 'e\u0301', '\u00A0', '\u2028', OBJECT, GONE],
];

/** Documents put together from snippets of a language, from what may stand anywhere, now and then from a whole text, and from any characters. */
export function documentsOf(snippets: readonly string[], texts: readonly string[] = []): fc.Arbitrary<string> {
  const part = fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...snippets, ...ANYWHERE) },
    ...(texts.length > 0 ? [{ weight: 1, arbitrary: fc.constantFrom(...texts) }] : []),
    { weight: 1, arbitrary: fc.string({ maxLength: 8, unit: 'binary' }) },
  );
  return fc.array(part, { maxLength: 60 }).map((parts) => parts.join(''));
}

/** Documents of one language for which the properties of a reader are to hold. */
export interface Documents {
  readonly language: string;
  readonly document: fc.Arbitrary<string>;
  /** A real text, of which random cuts are read. */
  readonly whole: string;
  /** With what the source of a character begins that is read as another one; by default a line break, a reference or an escape. */
  readonly replaced?: RegExp;
}

/** Tests what holds for the reader of every format: it invents nothing, reads any part, and reads an edited text as it reads a new one. */
export function holdsForEvery({ language, document, whole, replaced = /[\r\n<\\ \t&]/ }: Documents): void {
  it('a block is as long as its span and invents no text', () => {
    checkReading(whole, language, replaced);
    fc.assert(
      fc.property(document, (text) => checkReading(text, language, replaced)),
      { numRuns: 750 },
    );
  });

  it('a part of it can be read', () => {
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(3000), (start, length) =>
        checkReading(whole.slice(start, start + length), language, replaced),
      ),
      { numRuns: 100 },
    );
  });

  it('line ends and a byte order mark change nothing that can be seen', () => {
    const unixDocument = document.map((text) => text.replace(/\r|\uFEFF/g, ''));
    fc.assert(
      fc.property(unixDocument, (text) => {
        const expected = rendered(text, language);
        assert.deepEqual(rendered(text.replaceAll('\n', '\r\n'), language), expected);
        assert.deepEqual(rendered(text.replaceAll('\n', '\r'), language), expected);
        assert.deepEqual(rendered(`\uFEFF${text}`, language), expected);
      }),
      { numRuns: 250 },
    );
  });

  it('reading after an edit equals reading anew', () => {
    const insert = document.map((text) => text.slice(0, 12));
    const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), remove: fc.nat(12), insert });
    fc.assert(
      fc.property(document, fc.array(edit, { maxLength: 12 }), (text, edits) => {
        const format = language;
        let previous = { source: { text, format }, reading: readSource({ text, format }) };
        for (const { at, remove, insert } of edits) {
          const before = previous.source.text;
          const start = Math.floor(at * before.length);
          const source = { text: before.slice(0, start) + insert + before.slice(start + remove), format };
          const reading = readSource(source, previous);
          assert.deepEqual(comparable(reading), comparable(readSource(source)));
          previous = { source, reading };
        }
      }),
      { numRuns: 200 },
    );
  });
}

/** Expects the time of reading to grow with the length of a text of the language. */
export function growsLinearly(language: string, generate: (length: number) => string): void {
  // Generous, because of garbage collection: a quadratic reader would take 16 times as long, and seconds.
  const short = timeToRead(generate(50_000), language);
  const long = timeToRead(generate(200_000), language);
  assert.ok(long < Math.max(250, 12 * short), `${language}: ${short.toFixed()} ms, then ${long.toFixed()} ms`);
}

function comparable({ blocks, comments }: Reading) {
  return { blocks, comments };
}

function checkReading(text: string, format: string, replaced: RegExp): void {
  const { blocks, comments } = readSource({ text, format });
  let end = 0;
  for (const block of blocks) {
    assert.equal(block.text.length, block.end - block.start);
    assert.ok(block.start >= 0 && block.end <= text.length && block.start < block.end);
    // Captions and notes may stand inside their block.
    const isInner = block.kind === 'caption' || block.kind === 'note';
    assert.ok(isInner || block.start >= end, 'blocks are in order and do not overlap');
    if (!isInner) end = block.end;
    checkText(block.text, text.slice(block.start, block.end), replaced);
  }
  for (const { start, end, textStart, text: inner } of comments) {
    assert.equal(inner, text.slice(textStart, textStart + inner.length));
    assert.ok(start <= textStart && textStart + inner.length <= end);
  }
}

/** Each code unit of a block is that of the source, blank, an object, or a character that the source writes otherwise. */
function checkText(text: string, source: string, replaced: RegExp): void {
  let isWritten = false;
  for (let at = 0; at < text.length; at++) {
    const unit = text[at]!;
    // What a reference stands for may have more units than one.
    isWritten = unit !== source[at] && unit !== GONE && unit !== OBJECT && (isWritten || replaced.test(source[at]!));
    const isKept = unit === source[at] || unit === GONE || unit === OBJECT;
    assert.ok(isKept || isWritten, `${JSON.stringify(text)} of ${JSON.stringify(source)}`);
  }
}

/** The milliseconds of computing that reading takes, however busy the machine is. */
function timeToRead(text: string, format: string): number {
  const start = process.cpuUsage();
  readSource({ text, format });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
