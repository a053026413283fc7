import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Analysis, analyze } from '../server/engine';
import { projectFile, workspaceWith } from './helper';

/** Pages of a kind, from which documents of any length are put together. */
export interface Kind {
  readonly name: string;
  readonly pages: readonly string[];
}

/** The built-in glossary and the default settings. */
export const workspace = workspaceWith();
const CORPUS = 'tests/corpus/docs';
/** Documents as people write them, and such that hardly ever are. */
export const KINDS: readonly Kind[] = [
  {
    name: 'real pages',
    pages: readdirSync(CORPUS)
      .filter((name) => name.endsWith('.md'))
      .map((name) => projectFile(join(CORPUS, name))),
  },
  { name: 'a finding in every third sentence', pages: densePages() },
];
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
export function documentOf({ pages }: Kind, size: number): string {
  let text = '';
  for (let at = 0; text.length < size * 1000; at++) text += `${pages[at % pages.length]}\n\n`;
  return text.slice(0, size * 1000);
}

/** Milliseconds of computing, however busy the machine is. */
export function timed<Result>(act: () => Result): [number, Result] {
  const start = process.cpuUsage();
  const result = act();
  const { user, system } = process.cpuUsage(start);
  return [(user + system) / 1000, result];
}

/** The value below which a share of all lies. */
export function percentile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))]!;
}

/** Types a word in the middle of a document, letter by letter. */
export function keystrokes(text: string, analysis: Analysis): number[] {
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
