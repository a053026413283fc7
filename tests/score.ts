import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, parse } from 'node:path';
import { type Finding, formatOf, overlaps, rules, type Span } from '../server/engine';
import { draw, lint, workspaceWith } from './helper';

/** A labelled place: `quote` occurs in the document, `nth` tells which occurrence is meant, from 1. */
interface Label {
  readonly quote: string;
  readonly nth?: number;
  readonly verdict: 'conflation' | 'ambiguous';
  readonly kind: string;
  readonly why: string;
}

/** How many labels there are, how many were found, and how many findings were right and false. */
export interface Tally {
  labels: number;
  found: number;
  right: number;
  alarms: number;
}

/** The score of a folder of labelled documents. */
export interface Score {
  readonly total: Tally;
  readonly byRule: ReadonlyMap<string, Tally>;
  readonly byFormat: ReadonlyMap<string, Tally>;
  /** Documents with a conflation and how many of them have one found; clean documents and how many are quiet. */
  readonly pages: { conflating: number; caught: number; clean: number; quiet: number };
  /** Misses and false alarms, drawn. */
  readonly shown: readonly string[];
}

const COUNTED: ReadonlySet<string> = new Set(['error', 'warning', 'information']);
const CONFLATION: ReadonlySet<string> = new Set(rules.filter((rule) => rule.conflation).map((rule) => rule.name));

/**
 * Scores the built-in glossary with default settings on `folder/docs` by `folder/labels`. A finding is right if it or a related place lies in a
 * sentence with a labelled conflation; one in a sentence that holds only ambiguous labels does not count. Hints do not count.
 */
export function scoreOf(folder: string): Score {
  const score = {
    total: tally(),
    byRule: new Map<string, Tally>(),
    byFormat: new Map<string, Tally>(),
    pages: { conflating: 0, caught: 0, clean: 0, quiet: 0 },
    shown: [] as string[],
  };
  for (const file of readdirSync(join(folder, 'docs')).sort()) scoreDocument(folder, file, score);
  return score;
}

function scoreDocument(folder: string, file: string, score: Omit<Score, 'shown'> & { shown: string[] }): void {
  const text = readFileSync(join(folder, 'docs', file), 'utf8');
  const format = formatOf({ path: file })?.languages[0] ?? 'plaintext';
  const labels = labelsOf(join(folder, 'labels', `${parse(file).name}.json`), text);
  const conflations = labels.filter((label) => label.verdict === 'conflation');
  const tallies = (rule: string) => [
    score.total,
    entry(score.byRule as Map<string, Tally>, rule),
    entry(score.byFormat as Map<string, Tally>, extname(file)),
  ];
  const found = new Set<object>();
  let alarms = 0;
  for (const finding of lint(text, format, workspaceWith()).findings) {
    if (!COUNTED.has(finding.severity) || !CONFLATION.has(finding.rule)) continue;
    const hit = labels.filter((label) => [finding, ...finding.related].some((place) => overlaps(place, label.span)));
    const right = hit.filter((label) => label.verdict === 'conflation');
    for (const label of right) found.add(label);
    if (right.length > 0) for (const each of tallies(finding.rule)) each.right++;
    else if (hit.length === 0) {
      alarms++;
      for (const each of tallies(finding.rule)) each.alarms++;
      score.shown.push(shown('ALARM', file, text, finding));
    }
  }
  for (const label of conflations) {
    for (const each of tallies(label.kind)) each.labels++;
    if (found.has(label)) for (const each of tallies(label.kind)) each.found++;
    else
      score.shown.push(
        shown('MISS ', file, text, {
          ...label.span,
          ...label.at,
          rule: label.kind,
          message: label.why,
          severity: 'warning',
        } as unknown as Finding),
      );
  }
  countPage(score.pages, conflations.length > 0, conflations.length > 0 ? found.size > 0 : alarms === 0);
}

function countPage(pages: Score['pages'], conflating: boolean, good: boolean): void {
  if (conflating) {
    pages.conflating++;
    if (good) pages.caught++;
  } else {
    pages.clean++;
    if (good) pages.quiet++;
  }
}

function tally(): Tally {
  return { labels: 0, found: 0, right: 0, alarms: 0 };
}

function entry(tallies: Map<string, Tally>, key: string): Tally {
  const known = tallies.get(key) ?? tally();
  tallies.set(key, known);
  return known;
}

function labelsOf(path: string, text: string): readonly (Label & { at: Span; span: Span })[] {
  const { labels } = JSON.parse(readFileSync(path, 'utf8')) as { labels: readonly Label[] };
  return labels.map((label) => {
    let start = -1;
    for (let n = 0; n < (label.nth ?? 1); n++) start = text.indexOf(label.quote, start + 1);
    if (start < 0) throw new Error(`${path}: the document does not hold the label "${label.quote}"`);
    const at = { start, end: start + label.quote.length };
    return { ...label, at, span: sentenceAround(text, at) };
  });
}

/** The sentence around a place: up to a stop, a blank line, or the border of a list item or a cell. */
function sentenceAround(text: string, { start, end }: Span): Span {
  let [from, to] = [0, text.length];
  for (const match of text.matchAll(/[.!?]["')\]*_]*\s|\n\s*\n|\n\s*(?:[-*+>#|]|\d+[.)])\s*|\|/g)) {
    const at = match.index + match[0].length;
    if (at <= start) from = at;
    else if (match.index >= end) {
      to = match.index + 1;
      break;
    }
  }
  return { start: from, end: to };
}

/** The lines that hold a place, with carets below. */
function shown(kind: string, file: string, text: string, finding: Finding): string {
  const lineStart = text.lastIndexOf('\n', finding.start - 1) + 1;
  const lineEnd = text.indexOf('\n', finding.end);
  const from = Math.max(lineStart, finding.start - 70);
  const excerpt = text.slice(from, Math.min(lineEnd < 0 ? text.length : lineEnd, finding.end + 50));
  const moved = { ...finding, start: finding.start - from, end: finding.end - from };
  return `${kind} ${file}:${text.slice(0, finding.start).split('\n').length}\n${draw(excerpt, [moved])}\n`;
}

export const precision = ({ right, alarms }: Tally): number => right / Math.max(1, right + alarms);
export const recall = ({ found, labels }: Tally): number => found / Math.max(1, labels);

function print(score: Score): void {
  for (const each of score.shown) console.log(each);
  const row = (name: string, each: Tally) =>
    console.log(
      `${name.padEnd(16)} precision ${precision(each).toFixed(3)} (${each.alarms} false)  recall ${recall(each).toFixed(3)} (${each.found} of ${each.labels})`,
    );
  for (const [name, each] of [...score.byRule].sort()) row(name, each);
  for (const [name, each] of [...score.byFormat].sort()) row(name, each);
  row('all', score.total);
  const { conflating, caught, clean, quiet } = score.pages;
  console.log(`pages with a conflation: ${caught} of ${conflating} caught; clean pages: ${quiet} of ${clean} quiet`);
}

if (process.argv[1]?.endsWith('score.js')) print(scoreOf(process.argv[2] ?? 'tests/corpus'));
