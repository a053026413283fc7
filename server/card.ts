import type { Concept, Definition, Finding, Lexicon, Mention, Term } from './engine';

/** How a card is written: as Markdown for editors that show it, or as plain text. */
export interface Markup {
  text(text: string): string;
  strong(text: string): string;
  link(text: string, url: string): string;
  table(head: readonly string[], rows: readonly (readonly string[])[]): string;
}

export const markdown: Markup = {
  text: escapeMarkdown,
  strong: (text) => `**${escapeMarkdown(text)}**`,
  link: (text, url) => `[${escapeMarkdown(text)}](${url.replace(/[()\s<>]/g, percent)})`,
  table: (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n'),
};

export const plain: Markup = {
  text: (text) => text,
  strong: (text) => text,
  link: (text, url) => `${text} (${url})`,
  table: (head, rows) => rows.map((cells) => `- ${described(head, cells)}`).join('\n'),
};

/** What a glossary says of a concept: its terms, its definition, and how it differs from what it is mixed up with. */
export function conceptCard(concept: Concept, lexicon: Lexicon, markup: Markup): string {
  const contrasts = [...lexicon.concepts.values()]
    .filter((other) => lexicon.confusable(concept.id, other.id))
    .map((other) => contrast(concept, other, markup));
  return paragraphs([title(concept, markup), definition(concept, markup), ...contrasts]);
}

/** Why a mention of a term does not mean the concept; `undefined` if it does. */
export function senseCard(mention: Mention, markup: Markup): string | undefined {
  const { sense } = mention;
  if (sense.kind === 'concept') return undefined;
  const term = markup.strong(mention.text);
  if (sense.kind === 'name') {
    return `${term} ${markup.text(`belongs to the name "${sense.name}" (${sense.evidence}).`)}`;
  }
  return `${term} ${markup.text(`means ${sense.label} here (${sense.evidence}).`)}`;
}

/** Why a finding was raised; `undefined` if nothing can be added to its message. */
export function evidenceCard(finding: Finding, page: string, markup: Markup): string | undefined {
  if (finding.evidence.length === 0) return undefined;
  const reasons = finding.evidence.map((reason) => `- ${markup.text(reason)}`);
  return [`${markup.link(finding.rule, page)}${markup.text(', because')}`, ...reasons].join('\n');
}

/** Parts of a card, one below the other. */
export function paragraphs(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join('\n\n');
}

function title(concept: Concept, markup: Markup): string {
  const others = concept.terms.filter((term) => term.text !== concept.label && term.kind !== 'variant').map(named);
  return markup.strong(concept.label) + (others.length > 0 ? markup.text(`: ${others.join(', ')}`) : '');
}

function named(term: Term): string {
  return term.status === 'deprecated' || term.status === 'superseded' ? `${term.text} (${term.status})` : term.text;
}

function definition(concept: Concept, markup: Markup): string | undefined {
  const shown = concept.definitions[0];
  if (shown) return `${markup.text(shown.text)}${sourceOf(shown, markup)}`;
  return concept.gist ? markup.text(`${concept.label} is ${concept.gist}.`) : undefined;
}

function sourceOf({ source, url }: Definition, markup: Markup): string {
  if (!source && !url) return '';
  return ` (${url ? markup.link(source ?? url, url) : markup.text(source!)})`;
}

/** "Not the same as X", with the respects that both concepts are described in. */
function contrast(concept: Concept, other: Concept, markup: Markup): string {
  const rows = concept.characteristics.flatMap(({ respect, text }) => {
    const opposite = other.characteristics.find((characteristic) => characteristic.respect === respect);
    return opposite ? [[respect, text, opposite.text].map(markup.text)] : [];
  });
  const heading = `${markup.text('Not the same as ')}${markup.strong(other.label)}`;
  if (rows.length === 0) return other.gist ? `${heading}${markup.text(`: ${other.label} is ${other.gist}.`)}` : heading;
  const table = markup.table(['', markup.text(concept.label), markup.text(other.label)], rows);
  return paragraphs([`${heading}:`, table]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function described(head: readonly string[], [respect, ...cells]: readonly string[]): string {
  return `${respect}: ${cells.map((cell, index) => `${head[index + 1]} ${cell}`).join('; ')}`;
}

/** Percent encoding of a character that a URL may hold, but a link in Markdown may not. */
function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** Glossaries hold plain text: nothing in it may turn into markup. Line breaks would end a table row. */
function escapeMarkdown(text: string): string {
  const inline = text.replace(/\s+/g, ' ').replace(/[\\`*_[\]|<>~&]/g, '\\$&');
  return inline.replace(/^([#+-]|\d+(?=[.)]))/, (start) => (/\d/.test(start) ? `${start}\\` : `\\${start}`));
}
