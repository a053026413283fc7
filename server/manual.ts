import { type Concept, type Lexicon, rules } from './engine';

/** The page of a rule as Markdown; `undefined` if there is no such page. */
export function pageOf(rule: string): string | undefined {
  if (!/^[a-z-]+$/.test(rule)) return undefined;
  try {
    // The build carries every page that matches the pattern, and nothing is read at run time.
    return require(`./engine/rules/${rule}.md`) as string;
  } catch {
    return undefined;
  }
}

/** The concept that a person means by a term, whatever its letter case, hyphens and spaces; an id will do. */
export function conceptOf(term: string, lexicon: Lexicon): Concept | undefined {
  const wanted = folded(term);
  const concepts = [...lexicon.concepts.values()];
  const means = (concept: Concept) => concept.terms.some(({ text }) => folded(text) === wanted);
  return concepts.find(means) ?? concepts.find(({ id }) => folded(id) === wanted);
}

/** What can be explained: a line for each rule and each concept. */
export function contents(lexicon: Lexicon): string {
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
