import { pathToFileURL } from 'node:url';
import { conceptCard, type Markup } from './card';
import { analyze, type Concept, type Lexicon, Lines, type Reason, reasonsAt, rules } from './engine';
import { fileHost, readDocument } from './files';
import { Projects, type SettingsChoice } from './host';
import { type ColorChoice, type Colors, colorsFor, columnsOf, harmless, widthOf, wrap } from './terminal';

/** What there is to say of a rule or a term, or the words that something can be said of. */
export type Explanation = { readonly text: string } | { readonly known: readonly string[] };

/** The page of a rule, the card of a concept in the glossaries of this folder, or, of nothing, a list of both. */
export async function explained(subject: string, settings: SettingsChoice, color: ColorChoice): Promise<Explanation> {
  const colors = colorsFor(color, process.stdout);
  const columns = Math.min(100, columnsOf(process.stdout));
  const page = pageText(subject);
  if (page !== undefined) return { text: colored(page.trim(), colors) };
  const folder = pathToFileURL(process.cwd()).toString();
  const { lexicon } = (await new Projects(fileHost, settings).of({ folder })).workspace;
  if (subject === '') return { text: harmless(contents(lexicon)) };
  const rule = rules.find(({ name }) => name === subject);
  if (rule) return { text: `${rule.name}: ${rule.description}.` };
  const concept = conceptOf(subject, lexicon);
  if (concept) return { text: lines(conceptCard(concept, lexicon, terminal(colors, columns)), columns) };
  const terms = [...lexicon.concepts.values()].flatMap((other) => other.terms.map(({ text }) => text));
  return { known: [...rules.map(({ name }) => name), ...terms] };
}

/** Why the places of a line, given as FILE:LINE, were reported or left alone. */
export async function explainedLine(
  place: string,
  settings: SettingsChoice,
  color: ColorChoice,
): Promise<{ readonly text: string } | { readonly problem: string }> {
  const [, path, number] = /^(.+):(\d+)(?::\d+)?$/.exec(place) ?? [];
  if (path === undefined)
    return { problem: `--why takes a file and a line, such as "README.md:12", but there is "${place}".` };
  const content = (await readDocument(path)) ?? { problem: 'There is no such file. Check the path.' };
  if ('problem' in content) return { problem: `"${path}" cannot be read. ${content.problem}` };
  const { source } = content;
  const document = pathToFileURL(path).toString();
  const { workspace } = await new Projects(fileHost, settings).of({ document });
  const lines = new Lines(source.text);
  const unit = source.blocks ? 'paragraph' : 'line';
  if (Number(number) < 1 || Number(number) > lines.count)
    return { problem: `"${path}" has ${lines.count} ${unit}s, and no ${unit} ${number}.` };
  const analysis = analyze(source, workspace);
  const line = lines.line(Number(number) - 1);
  const reasons = reasonsAt(analysis, line).map((reason) =>
    reasonText(reason, { text: source.text, lines, unit }, colorsFor(color, process.stdout)),
  );
  return {
    text: reasons.length > 0 ? reasons.join('\n\n') : `Nothing in this ${unit} is a term of the glossaries in use.`,
  };
}

function reasonText(
  reason: Reason,
  { text: source, lines, unit }: { text: string; lines: Lines; unit: 'line' | 'paragraph' },
  colors: Colors,
): string {
  const { line, character } = lines.positionAt(reason.start);
  const place = unit === 'line' ? `${line + 1}:${character + 1}` : `${unit} ${line + 1}`;
  const words = harmless(source.slice(reason.start, reason.end).replace(/\s+/g, ' '));
  const body = wrap(harmless(reason.text), Math.min(100, columnsOf(process.stdout)) - 2);
  return [colors.bold(`${place}  ${words}`), ...body.map((each) => `  ${each}`)].join('\n');
}

/** The page of a rule as Markdown; `undefined` if there is no such page. */
function pageText(rule: string): string | undefined {
  if (!/^[a-z-]+$/.test(rule)) return undefined;
  try {
    // The build carries every page that matches the pattern, and nothing is read at run time.
    return require(`./engine/rules/${rule}.md`) as string;
  } catch {
    return undefined;
  }
}

/** The concept that a person means by a term, whatever its letter case, hyphens and spaces; an id will do. */
function conceptOf(term: string, lexicon: Lexicon): Concept | undefined {
  const wanted = folded(term);
  const concepts = [...lexicon.concepts.values()];
  const means = (concept: Concept) => concept.terms.some(({ text }) => folded(text) === wanted);
  return concepts.find(means) ?? concepts.find(({ id }) => folded(id) === wanted);
}

/** What can be explained: a line for each rule and each concept. */
function contents(lexicon: Lexicon): string {
  const width = Math.max(...rules.map(({ name }) => name.length)) + 2;
  const ruleLines = rules.map(({ name, description }) => `  ${name.padEnd(width)}${description}`);
  const conceptLines = [...lexicon.concepts.values()].map(({ label, terms }) => {
    const others = terms.map(({ text }) => text).filter((text) => text !== label);
    return `  ${[label, ...others].join(', ')}`;
  });
  return ['Rules:', ...ruleLines, '', 'Concepts:', ...conceptLines].join('\n');
}

function folded(term: string): string {
  return term.toLowerCase().replace(/[\s\-_.‐-―]/g, '');
}

function colored(page: string, colors: Colors): string {
  return page.replace(/^#+ .*$/gm, (heading) => colors.bold(heading));
}

/** Wraps everything but the rows of tables, which fit. */
function lines(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => (line.startsWith('  ') ? [line] : wrap(line, columns)))
    .join('\n');
}

function terminal(colors: Colors, columns: number): Markup {
  return {
    text: harmless,
    strong: (text) => colors.bold(harmless(text)),
    link: (text, url) => `${harmless(text)}, ${harmless(url)}`,
    table: (head, rows) => table([head, ...rows], columns),
  };
}

/** Columns side by side: the first as wide as it must be, the others share what is left. */
function table(rows: readonly (readonly string[])[], columns: number): string {
  const first = Math.max(...rows.map(([cell]) => widthOf(cell ?? '')));
  const others = Math.max(1, (rows[0]?.length ?? 1) - 1);
  const width = Math.floor((columns - first - 2) / others) - 2;
  return rows.map((row) => tableRow(row, first, width)).join('\n');
}

function tableRow([name = '', ...cells]: readonly string[], first: number, width: number): string {
  const wrapped = cells.map((cell) => wrap(cell, width));
  const height = Math.max(1, ...wrapped.map((cell) => cell.length));
  return Array.from({ length: height }, (_, line) => {
    const parts = wrapped.map((cell) => padded(cell[line] ?? '', width));
    return `  ${padded(line === 0 ? name : '', first)}  ${parts.join('  ')}`.trimEnd();
  }).join('\n');
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}
