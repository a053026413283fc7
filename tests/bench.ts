import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Analysis, analyze } from '../server/engine';
import { projectFile, workspaceWith } from './helper';

/** Pages of a kind, from which documents of any length are put together. */
interface Kind {
  readonly name: string;
  readonly pages: readonly string[];
}

const workspace = workspaceWith();
const CORPUS = 'tests/corpus/docs';
const KINDS: readonly Kind[] = [
  {
    name: 'real pages',
    pages: readdirSync(CORPUS)
      .filter((name) => name.endsWith('.md'))
      .map((name) => projectFile(join(CORPUS, name))),
  },
  { name: 'a finding in every third sentence', pages: densePages() },
];
const SIZES = [10, 100, 1000];
const ROUNDS = 15;
/** Milliseconds of computing before anything is measured, so that the code is compiled. */
const WARMING = 3000;
const KEYSTROKES = 60;

/** Pages on which nearly every sentence mentions a concept. */
function densePages(): string[] {
  const sentences = [
    'The M2M gateway of hall NUMBER forwards every reading to the IoT platform.',
    'In hall NUMBER the IoT/M2M box counts pallets.',
    'Unlike M2M, the Internet of Things of plant NUMBER relies on the cloud.',
    'Machine-to-machine (M2M) links of line NUMBER need no server.',
    'Some say that IoT NUMBER is just another name for M2M, which is wrong.',
    'An IoT device NUMBER, also called an M2M device, costs nine euros.',
  ];
  return Array.from({ length: 200 }, (_, page) =>
    [`## Hall ${page}`, ...Array.from({ length: 8 }, (_, at) => paragraph(sentences, 8 * page + at)), ''].join('\n\n'),
  );
}

function paragraph(sentences: readonly string[], seed: number): string {
  const count = 3 + (seed % 4);
  return Array.from({ length: count }, (_, at) =>
    sentences[(seed * 7 + at * 5) % sentences.length]!.replaceAll('NUMBER', `${seed}`),
  ).join(' ');
}

/** A document of about as many KB. */
function documentOf({ pages }: Kind, size: number): string {
  let text = '';
  for (let at = 0; text.length < size * 1000; at++) text += `${pages[at % pages.length]}\n\n`;
  return text.slice(0, size * 1000);
}

/** Milliseconds of computing, however busy the machine is. */
function timed<Result>(act: () => Result): [number, Result] {
  const start = process.cpuUsage();
  const result = act();
  const { user, system } = process.cpuUsage(start);
  return [(user + system) / 1000, result];
}

function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]!;
}

/** Types a word in the middle of a document, letter by letter. */
function keystrokes(text: string, analysis: Analysis): number[] {
  const middle = text.indexOf('. ', text.length / 2) + 2;
  const times: number[] = [];
  let current = text;
  let last = analysis;
  for (let at = 0; at < KEYSTROKES; at++) {
    current = current.slice(0, middle + at) + 'gateways '[at % 9] + current.slice(middle + at);
    const [time, next] = timed(() => analyze({ text: current, format: 'markdown' }, workspace, last));
    times.push(time);
    last = next;
  }
  return times;
}

const round = (value: number) => value.toFixed(value < 10 ? 2 : 0).padStart(8);

for (const kind of KINDS) {
  console.log(`\n${kind.name}\n      KB  findings    first lint     keystroke p50, p95   (ms of CPU, warm)`);
  const first = new Map<number, number>();
  for (const size of SIZES) {
    const text = documentOf(kind, size);
    const lint = () => analyze({ text, format: 'markdown' }, workspace);
    for (let spent = 0; spent < WARMING; ) spent += timed(lint)[0];
    const runs = Array.from({ length: ROUNDS }, () => timed(lint));
    const whole = percentile(
      runs.map(([time]) => time),
      0.5,
    );
    keystrokes(text, runs[0]![1]);
    const typed = keystrokes(text, runs[0]![1]);
    first.set(size, whole);
    console.log(
      `${`${size}`.padStart(8)}${`${runs[0]![1].findings.length}`.padStart(10)}      ${round(whole)}         ${round(percentile(typed, 0.5))} ${round(percentile(typed, 0.95))}`,
    );
  }
  console.log(`ten times the length takes ${(first.get(1000)! / first.get(100)!).toFixed(1)} times as long`);
}
