import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { type Analysis, analyze, applyEdits, formats } from '../server/engine';
import { projectFile, workspaceWith } from './helper';

const PIECES = [
  'IoT',
  'M2M',
  'IoT/M2M',
  ' also known as ',
  'the M2M gateway',
  'The IoT gateway',
  'machine-to-machine',
  'Internet of Things (IoT)',
  '. ',
  '\n\n',
  '\n',
  '# ',
  '- ',
  '> ',
  '```\n',
  '| a | b |\n|---|---|\n',
  '**',
  '`',
  '[x](y)',
  '<!-- termlint-disable -->',
  '<!-- termlint-enable -->',
  '---\n',
  '$',
  '\r\n',
  '😀',
  'e\u0301',
  '\t',
  '\u0000',
  ':::note\n',
  '<div>',
  '</div>\n',
  '[^1]',
  '[^1]: note\n',
  '| Term | Also called |\n|---|---|\n',
  '| IoT | M2M |\n',
  'It is also called M2M. ',
  'Are IoT and M2M the same? ',
  'Yes. ',
  'They are not. ',
  'That is wrong. ',
  'The one in hall 3 is new. ',
  '| Letters | Solution |\n|---|---|\n',
  '| M2M | Internet of Things |\n',
  '| PLC | programmable logic controller |\n',
  'True or false? ',
  '✗ ',
  'No. ',
  'In short, ',
  'has always been ',
  '| Draft | Printed |\n|---|---|\n',
  'What sets M2M apart from the IoT? ',
  'Nothing does. ',
  'It grew out of the IoT. ',
  'M2M, its successor, is next. ',
  'Both terms mean the same. ',
  'Slot A takes the M2M card. ',
  'The IoT card of slot B is new. ',
  'IoT\n: A network.\n: Also called: M2M\n\n',
  'The IoT gateway was replaced. ',
  'The M2M gateway does not. ',
  'We migrate the M2M gateway to the IoT gateway. ',
  'Another box, the IoT gateway, is `gw-17`. ',
];
const text = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 4 })), { maxLength: 60 })
  .map((pieces) => pieces.join(''));
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat(12),
    piece: fc.constantFrom(...PIECES, ''),
  }),
  { minLength: 1, maxLength: 8 },
);
const workspace = workspaceWith();
const languages = formats.map((format) => format.languages[0]!);

test('after random edits the analysis equals that of the text as new', () => {
  fc.assert(
    fc.property(text, edits, fc.constantFrom(...languages), (start, changes, format) => {
      let current = start;
      let analysis: Analysis = analyze({ text: current, format }, workspace);
      for (const { at, removed, piece } of changes) {
        const from = Math.floor(at * current.length);
        current = applyEdits(current, [{ start: from, end: Math.min(current.length, from + removed), text: piece }]);
        analysis = analyze({ text: current, format }, workspace, analysis);
        assert.deepEqual(essence(analysis), essence(analyze({ text: current, format }, workspace)));
      }
    }),
    { numRuns: 300 },
  );
});

test('a new header of a table with which a document begins changes what its rows say', () => {
  const table = (header: string) =>
    [
      '| Term | HEADER |',
      '|---|---|',
      ...'abcdef'.split('').map((term) => `| ${term} | word |`),
      '| IoT | machine-to-machine |',
    ]
      .join('\n')
      .replace('HEADER', header);
  const before = analyze({ text: table('Successor'), format: 'markdown' }, workspace);
  const after = analyze({ text: table('Meaning'), format: 'markdown' }, workspace, before);
  assert.deepEqual(
    after.findings.map(({ rule }) => rule),
    ['misexpansion'],
  );
});

test('what a long entry ends with is read anew when the sense of its term changes', () => {
  const entry = `M2M, a way to link. ${'It is used in halls. '.repeat(14)}Syn.: IoT.`;
  const other = 'Each table has a many-to-many relation in the ORM, with a join table and a foreign key.';
  const before = analyze({ text: `Words.\n\n${entry}`, format: 'markdown' }, workspace);
  const text = `Words. ${other}\n\n${entry}`;
  const after = analyze({ text, format: 'markdown' }, workspace, before);
  assert.deepEqual(essence(after), essence(analyze({ text, format: 'markdown' }, workspace)));
});

test('code is read anew when other code of the same length stands in its place', () => {
  const page = (code: string) =>
    `Our IoT gateway is \`gw-17\`.\n\nThe hall is cold.\n\nOne M2M gateway is \`${code}\`.`;
  const before = analyze({ text: page('gw-17'), format: 'markdown' }, workspace);
  const after = analyze({ text: page('gw-18'), format: 'markdown' }, workspace, before);
  assert.notDeepEqual(before.findings, after.findings);
  assert.deepEqual(essence(after), essence(analyze({ text: page('gw-18'), format: 'markdown' }, workspace)));
});

test('an analysis does not hold the versions before it', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const page = '- IoT/M2M\n'.repeat(200);
  let analysis = analyze({ text: page, format: 'markdown' }, workspace);
  const heapAfter = (keystrokes: number) => {
    for (let at = 0; at < keystrokes; at++)
      analysis = analyze({ text: `x${analysis.document.source.text}`, format: 'markdown' }, workspace, analysis);
    collect();
    return process.memoryUsage().heapUsed;
  };
  const [few, many] = [heapAfter(50), heapAfter(300)];
  assert.ok(many < 1.2 * few, `${few} bytes, then ${many}`);
});

test('typing a page letter by letter ends where reading it whole ends', () => {
  const page = projectFile('samples/gateway-manual.md').slice(0, 1200);
  let analysis = analyze({ text: '', format: 'markdown' }, workspace);
  for (let end = 1; end <= page.length; end++)
    analysis = analyze({ text: page.slice(0, end), format: 'markdown' }, workspace, analysis);
  assert.deepEqual(essence(analysis), essence(analyze({ text: page, format: 'markdown' }, workspace)));
});

test('every finding, and every edit of its fixes, lies inside the text', () => {
  fc.assert(
    fc.property(text, (source) => {
      for (const finding of analyze({ text: source, format: 'markdown' }, workspace).findings)
        for (const span of [finding, ...finding.related, ...finding.fixes.flatMap((fix) => fix.edits)])
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= source.length);
    }),
    { numRuns: 500 },
  );
});

test('safe fixes converge', () => {
  fc.assert(
    fc.property(text, (source) => {
      let current = source;
      for (let round = 0; round < 10; round++) {
        const safe = analyze({ text: current, format: 'markdown' }, workspace).findings.flatMap((finding) =>
          finding.fixes.filter((fix) => fix.safe),
        );
        if (safe.length === 0) return;
        current = applyEdits(
          current,
          safe.flatMap((fix) => fix.edits),
        );
      }
      assert.fail(`still fixable after ten rounds: ${JSON.stringify(current)}`);
    }),
    { numRuns: 500 },
  );
});

/** What an analysis says, without what it keeps for the next. */
function essence({ document, findings }: Analysis) {
  const claims = document.claims.map(({ start, end, relation, polarity, source, evidence }) => [
    start,
    end,
    relation,
    polarity,
    source,
    evidence,
  ]);
  const referents = document.referents.map(({ phrases, strength, evidence }) => [
    phrases.map(({ start, end }) => [start, end]),
    strength,
    evidence,
  ]);
  const attributions = document.attributions.map(({ start, end, evidence }) => [start, end, evidence]);
  const blocks = document.blocks.map(({ kind, start, end, text }) => ({ kind, start, end, text }));
  return {
    findings,
    blocks,
    claims,
    referents,
    attributions,
    mentions: document.mentions.map(({ start, end, sense }) => ({ start, end, sense })),
  };
}
