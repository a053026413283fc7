import {
  type Analysis,
  analyze,
  applyEdits,
  type Edit,
  type Finding,
  overlaps,
  type Source,
  type Workspace,
} from './engine';

/** A text after all safe fixes, what is still found in it, and how many findings were fixed. */
export interface Fixed {
  readonly text: string;
  readonly analysis: Analysis;
  readonly fixed: number;
}

/** Applies safe fixes until nothing changes. A fix may bring another one about; ten rounds are more than any needs. */
export function applySafeFixes(source: Source, workspace: Workspace): Fixed {
  let text = source.text;
  let analysis = analyze(source, workspace);
  let fixed = 0;
  for (let round = 0; round < 10; round++) {
    const { edits, count } = safeEdits(analysis.findings);
    const next = applyEdits(text, edits);
    if (next === text) break;
    text = next;
    fixed += count;
    analysis = analyze({ ...source, text }, workspace);
  }
  return { text, analysis, fixed };
}

/** The edits of the safe fixes that can be made at once, and how many fixes they are. A fix is made as a whole or not at all. */
function safeEdits(findings: readonly Finding[]): { edits: readonly Edit[]; count: number } {
  const edits: Edit[] = [];
  let count = 0;
  for (const finding of findings) {
    const safe = finding.fixes.filter((fix) => fix.safe);
    const fix = safe.find((candidate) => candidate.preferred) ?? safe[0];
    if (!fix || fix.edits.some((edit) => edits.some((other) => collide(edit, other)))) continue;
    edits.push(...fix.edits);
    count++;
  }
  return { edits, count };
}

/** Edits that touch at an insertion collide as well: their order would decide what comes out. */
function collide(a: Edit, b: Edit): boolean {
  return overlaps(a, b) || ((a.start === a.end || b.start === b.end) && a.start <= b.end && b.start <= a.end);
}
