import { pathToFileURL } from 'node:url';
import { conceptCard, type Markup } from './card';
import { rules } from './engine';
import { fileHost } from './files';
import { Projects, type SettingsChoice } from './host';
import { conceptOf, contents, pageOf } from './manual';
import { type ColorChoice, type Colors, colorsFor, columnsOf, harmless, widthOf, wrap } from './terminal';

/** What there is to say of a rule or a term, or the words that something can be said of. */
export type Explanation = { readonly text: string } | { readonly known: readonly string[] };

/** The page of a rule, the card of a concept in the glossaries of this folder, or, of nothing, a list of both. */
export async function explained(subject: string, settings: SettingsChoice, color: ColorChoice): Promise<Explanation> {
  const colors = colorsFor(color, process.stdout);
  const columns = Math.min(100, columnsOf(process.stdout));
  const page = pageOf(subject);
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
