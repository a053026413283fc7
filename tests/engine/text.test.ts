import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { applyEdits, covers, type Edit, Lines, overlaps } from '../../server/engine';

/* ---------------------------------------------------------------- edits */

/** The text after its edits, which are written in it: `{old→new}`. */
function edited(marked: string): string {
  const edits: Edit[] = [];
  let source = '';
  let last = 0;
  for (const { 0: whole, 1: old, 2: text, index } of marked.matchAll(/\{(.*?)→(.*?)\}/gs)) {
    source += marked.slice(last, index);
    edits.push({ start: source.length, end: source.length + old!.length, text: text! });
    source += old;
    last = index + whole.length;
  }
  return applyEdits(source + marked.slice(last), edits);
}

describe('applyEdits', () => {
  test('replaces, inserts and removes', () => {
    assert.equal(edited('Restart the {M2M→IoT} gateway.'), 'Restart the IoT gateway.');
    assert.equal(edited('IoT and M2M are{→ not} the same.'), 'IoT and M2M are not the same.');
    assert.equal(edited('The M2M{ (IoT)→} gateway.'), 'The M2M gateway.');
    assert.equal(edited('{→> }quoted'), '> quoted');
    assert.equal(edited('the end{→.}'), 'the end.');
    assert.equal(edited('{all of it→}'), '');
    assert.equal(edited('nothing to do'), 'nothing to do');
  });

  test('reads all offsets in the text before any edit', () => {
    assert.equal(edited('{A→An} {M2M/→}IoT{→,} {gateway→hub}.'), 'An IoT, hub.');
  });

  test('makes edits in any order', () => {
    const source = 'one two three';
    const edits = [
      { start: 8, end: 13, text: '3' },
      { start: 0, end: 3, text: '1' },
      { start: 4, end: 7, text: '2' },
    ];
    assert.equal(applyEdits(source, edits), '1 2 3');
    assert.equal(edits[0]!.start, 8, 'the list that was given is left as it is');
  });

  test('makes edits that touch', () => {
    assert.equal(edited('{IoT→M2M}{/→ and }{M2M→IoT}'), 'M2M and IoT');
    assert.equal(edited('{→the }{IoT→M2M}'), 'the M2M');
  });

  test('of edits that overlap makes the first of the list only', () => {
    const source = 'The M2M/IoT gateway';
    const whole = { start: 4, end: 11, text: 'IoT' };
    const part = { start: 4, end: 7, text: 'm2m' };
    assert.equal(applyEdits(source, [whole, part]), 'The IoT gateway');
    assert.equal(applyEdits(source, [part, whole]), 'The m2m/IoT gateway');
    const insertion = { start: 3, end: 3, text: '!' };
    assert.equal(applyEdits(source, [insertion, insertion]), 'The! M2M/IoT gateway');
  });

  test('counts in UTF-16 code units', () => {
    assert.equal(edited('😀 {IOT→IoT} 😀'), '😀 IoT 😀');
    assert.equal(edited('e\u0301{→!}'), 'e\u0301!');
  });

  test('of pieces that are kept and replaced keeps the kept', () => {
    const piece = fc.record({
      kept: fc.string({ maxLength: 5 }),
      old: fc.string({ minLength: 1, maxLength: 5 }),
      text: fc.string({ maxLength: 5 }),
    });
    fc.assert(
      fc.property(fc.array(piece), fc.boolean(), (pieces, backwards) => {
        let source = '';
        const edits = pieces.map(({ kept, old, text }) => {
          source += kept + old;
          return { start: source.length - old.length, end: source.length, text };
        });
        const expected = pieces.map(({ kept, text }) => kept + text).join('');
        assert.equal(applyEdits(source, backwards ? edits.reverse() : edits), expected);
      }),
    );
  });
});

/* ---------------------------------------------------------------- spans */

/** What two spans, drawn below each other, are to each other. */
function related(a: string, b: string): string {
  const span = (drawn: string) => ({ start: drawn.search(/\S/), end: drawn.trimEnd().length });
  const [one, other] = [span(a), span(b)];
  const words = [overlaps(one, other) && 'overlaps', covers(one, other) && 'covers'].filter(Boolean);
  return words.join(', ') || 'neither';
}

test('spans overlap where they share a unit, and cover what lies within', () => {
  assert.equal(related('--- ', '  --'), 'overlaps');
  assert.equal(related('--  ', '  --'), 'neither');
  assert.equal(related('----', ' -- '), 'overlaps, covers');
  assert.equal(related('----', '----'), 'overlaps, covers');
  assert.equal(related(' -- ', '----'), 'overlaps');
  assert.equal(overlaps({ start: 2, end: 2 }, { start: 2, end: 4 }), false, 'an empty span shares nothing');
  assert.equal(covers({ start: 2, end: 4 }, { start: 4, end: 4 }), true, 'both ends are included');
});

/* ---------------------------------------------------------------- lines */

/** A text in which `␊` stands for LF and `␍` for CR. */
function broken(shown: string): string {
  return shown.replaceAll('␊', '\n').replaceAll('␍', '\r');
}

/** The line and the column of `^`, which is no part of the text. */
function place(marked: string): string {
  const text = broken(marked.replace('^', ''));
  const { line, character } = new Lines(text).positionAt(marked.indexOf('^'));
  return `${line}:${character}`;
}

/** The lines of a text in brackets. */
function linesOf(shown: string): string {
  const text = broken(shown);
  const lines = new Lines(text);
  return Array.from({ length: lines.count }, (_, line) => {
    const { start, end } = lines.line(line);
    return `[${text.slice(start, end)}]`;
  }).join(' ');
}

describe('Lines', () => {
  test('end with LF, CR or CRLF', () => {
    assert.equal(linesOf('one'), '[one]');
    assert.equal(linesOf('one␊two␍␊three␍four'), '[one] [two] [three] [four]');
    assert.equal(linesOf('one␍␊␍␊two␊␊three␍␍four'), '[one] [] [two] [] [three] [] [four]');
    assert.equal(linesOf('one␊␍two'), '[one] [] [two]');
    assert.equal(linesOf('one␊'), '[one] []');
    assert.equal(linesOf('␍␊'), '[] []');
    assert.equal(linesOf(''), '[]');
  });

  test('do not end at other separators, as in LSP', () => {
    assert.equal(new Lines('one\u2028two\u2029three\u0085four\ffive\vsix').count, 1);
  });

  test('give a line and a column for an offset', () => {
    assert.equal(place('^one␊two'), '0:0');
    assert.equal(place('one^␊two'), '0:3');
    assert.equal(place('one␊^two'), '1:0');
    assert.equal(place('one␍␊tw^o'), '1:2');
    assert.equal(place('one␍two␍^three'), '2:0');
    assert.equal(place('one␊two␊^'), '2:0');
    assert.equal(place('^'), '0:0');
  });

  test('count columns in UTF-16 code units', () => {
    assert.equal(place('😀^IoT'), '0:2');
    assert.equal(place('one␊e\u0301^'), '1:2');
    assert.equal(place('👩‍💻^'), '0:5');
  });

  test('between CR and LF the column is behind the line, which LSP reads as its end', () => {
    assert.equal(place('one␍^␊two'), '0:4');
  });

  test('clamp what lies outside', () => {
    const lines = new Lines('one\ntwo');
    assert.deepEqual(lines.positionAt(-5), { line: 0, character: 0 });
    assert.deepEqual(lines.positionAt(99), { line: 1, character: 3 });
    assert.deepEqual(lines.line(7), { start: 7, end: 7 });
  });

  test('begin where the position says that they begin', () => {
    const text = fc.array(fc.constantFrom('a', '😀', '\r', '\n', '\r\n', '\u2028')).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (source) => {
        const lines = new Lines(source);
        for (let line = 0; line < lines.count; line++) {
          const { start, end } = lines.line(line);
          assert.deepEqual(lines.positionAt(start), { line, character: 0 });
          assert.deepEqual(lines.positionAt(end), { line, character: end - start });
          assert.doesNotMatch(source.slice(start, end), /[\r\n]/);
        }
        assert.equal(lines.count, source.split(/\r\n|\r|\n/).length);
      }),
    );
  });
});
