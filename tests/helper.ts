import { readFileSync } from 'node:fs';
import {
  type Analysis,
  analyze,
  applyEdits,
  compileLexicon,
  type Finding,
  formatOf,
  Lines,
  mergeSettings,
  type PartialSettings,
  readGlossary,
  type Workspace,
} from '../server/engine';
import iotM2m from '../server/glossaries/iot-m2m.yaml';

/** A workspace with the built-in glossary, or with the glossaries given as text. */
export function workspaceWith(settings: PartialSettings = {}, glossaries: readonly string[] = [iotM2m]): Workspace {
  return {
    lexicon: compileLexicon(glossaries.map((text) => readGlossary(text).glossary)),
    settings: mergeSettings(settings),
  };
}

/** The analysis of a text with the built-in glossary and the default settings. */
export function lint(text: string, format = 'markdown', workspace = builtIn): Analysis {
  const analysis = analyze({ text, format }, workspace);
  for (const { error } of analysis.failures) throw error;
  return analysis;
}

const builtIn = workspaceWith();

/** One example of a page: a text, the findings drawn below its lines, and the texts that its fixes lead to. */
export interface Example {
  /** The format that the fence names by an ending of file names, such as `md` or `txt`. */
  readonly format: string;
  /** The text with its caret lines, as it stands in the page. */
  readonly drawn: string;
  /** By number of the fix that is chosen, from 1: the text afterwards. */
  readonly fixed: ReadonlyMap<number, string>;
  /** The glossary of the last `yaml glossary` block before it, instead of the built-in one. */
  readonly glossary: string | undefined;
  /** Line of the page, from 1. */
  readonly line: number;
}

/** A fenced block of a page: its fence, format, kind, the number of a repair, and text. */
export const FENCE = /^(`{3,})(\w+) (check|fixed|glossary)(?: (\d))?\n([\s\S]*?)^\1$/gm;

/** The examples of a page, in its order; a `fixed` block belongs to the `check` block before it. */
export function examplesOf(page: string): readonly Example[] {
  const examples: (Example & { fixed: Map<number, string> })[] = [];
  let glossary: string | undefined;
  for (const { 2: ending, 3: kind, 4: number, 5: body, index } of page.matchAll(FENCE)) {
    const format = formatOf({ path: `example.${ending}` })?.languages[0] ?? 'plaintext';
    const line = page.slice(0, index).split('\n').length;
    if (kind === 'glossary') glossary = body;
    else if (kind === 'check') examples.push({ format, drawn: body!, fixed: new Map(), glossary, line });
    else examples.at(-1)?.fixed.set(Number(number ?? 1), body!);
  }
  return examples;
}

const CARETS = /^ *\^+(?: |$).*\n?/gm;

/** The text of an example without its caret lines. */
export function undrawn(drawn: string): string {
  return drawn.replace(CARETS, '');
}

/** A text with a caret line below each finding; the rule is named where it is not the page's own. */
export function draw(text: string, findings: readonly Finding[], rule?: string): string {
  const lines = new Lines(text);
  const below = new Map<number, string[]>();
  for (const finding of findings) {
    const { line, character } = lines.positionAt(finding.start);
    const end = Math.min(finding.end, lines.line(line).end);
    const what = finding.message.split(': ')[0]!.replace(/[.:]?$/, '.');
    const level = finding.severity === 'warning' ? '' : `${finding.severity}: `;
    const name = finding.rule === rule ? '' : `${finding.rule}: `;
    const carets = '^'.repeat(Math.max(1, end - finding.start));
    below.set(line, [...(below.get(line) ?? []), `${' '.repeat(character)}${carets} ${name}${level}${what}`]);
  }
  return text
    .split('\n')
    .flatMap((each, line) => [each, ...(below.get(line) ?? [])])
    .join('\n');
}

/** The text after the numbered fix of each finding that has so many; overlapping edits are left out. */
export function fixedText(text: string, findings: readonly Finding[], number: number): string {
  return applyEdits(
    text,
    findings.flatMap((finding) => finding.fixes[number - 1]?.edits ?? []),
  );
}

/** A file of the project, by its path from the project's root, where tests are run. */
export function projectFile(path: string): string {
  return readFileSync(path, 'utf8');
}
