import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyze } from '../server/engine';
import { documentOf, KINDS, keystrokes, percentile, timed, workspace } from './load';

/** What is hard to read, at any length. */
const HARD: Readonly<Record<string, (length: number) => string>> = {
  'one sentence': (length) => 'IoT and M2M are the same, '.repeat(length / 26),
  slashes: (length) => 'IoT/M2M/'.repeat(length / 8),
  brackets: (length) => 'IoT (M2M) '.repeat(length / 10),
  quotations: (length) => '"IoT" or "M2M", '.repeat(length / 16),
  'one thing': (length) => 'The M2M gateway of hall 3 sends. The IoT gateway of hall 3 waits. '.repeat(length / 66),
  answers: (length) => 'What is IoT? It is M2M. They are not. '.repeat(length / 38),
  'a table': (length) => `| IoT | M2M |\n|---|---|\n${'| IoT | also called M2M |\n'.repeat(length / 26)}`,
  directives: (length) =>
    '<!-- termlint-disable -->\n\nThe IoT/M2M hub.\n\n<!-- termlint-enable -->\n\n'.repeat(length / 70),
  'a table of other things': (length) =>
    `| a | b |\n|---|---|\n${'| one | two |\n'.repeat(length / 14)}\nIoT is near.\n`,
  headings: (length) => `The M2M hub is new.\n\n${'## IoT hub\n\nIt is red.\n\n'.repeat(length / 24)}`,
  'part numbers': (length) =>
    Array.from(
      { length: length / 80 },
      (_, at) => `The IoT gateway GX-${1000 + at} is red.\n\nThe M2M gateway GX-${1000 + at} is new.\n\n`,
    ).join(''),
  'a long row': (length) =>
    `| a |\n|---|\n| ${'The M2M card of port 7 is near the IoT card of port 8. '.repeat(length / 56)} |\n`,
  renaming: (length) => 'IoT devices, also called M2M devices, sell. '.repeat(length / 44),
};

function medianTime(text: string, rounds: number): number {
  const lint = () => timed(() => analyze({ text, format: 'markdown' }, workspace))[0];
  return percentile(Array.from({ length: rounds }, lint), 0.5);
}

// Ratios within one run, because machines differ. A quadratic reader would take 16 times as long for four times the text.
describe('time grows with the length of the document', () => {
  const kinds = KINDS.map((kind) => [kind.name, (length: number) => documentOf(kind, length / 1000)] as const);
  for (const [name, generate] of [...kinds, ...Object.entries(HARD)])
    test(name, () => {
      medianTime(generate(5000), 3);
      const [short, long] = [medianTime(generate(10_000), 5), medianTime(generate(40_000), 3)];
      assert.ok(long < Math.max(100, 8 * short), `${short.toFixed()} ms, then ${long.toFixed()} ms`);
    });
});

describe('a keystroke costs a part of what the first lint costs', () => {
  for (const kind of KINDS)
    test(kind.name, () => {
      const text = documentOf(kind, 100);
      const whole = medianTime(text, 5);
      const typed = percentile(keystrokes(text, analyze({ text, format: 'markdown' }, workspace)).slice(10), 0.5);
      assert.ok(typed < 0.5 * whole, `${typed.toFixed(1)} ms of ${whole.toFixed(1)} ms`);
    });
});
