import { defineRule, designation, inFormOf, rewrite, writing } from '../rule';

/** A term that the glossary has given up stands in the text. */
export const deprecated = defineRule({
  name: 'deprecated',
  description: 'A term is used that the glossary has given up',
  severity: 'warning',
  conflation: false,
  *check(document) {
    for (const mention of document.mentions) {
      const { term, concept, sense } = mention;
      if (sense.kind !== 'concept' || (term.status !== 'deprecated' && term.status !== 'superseded')) continue;
      const better = designation(concept, term.kind);
      const instead = better ? `: write "${better.text}"` : '';
      yield {
        start: mention.start,
        end: mention.end,
        severity: 'warning',
        message: `"${mention.text}" is ${term.status} for ${concept.label}${instead}.`,
        related: [],
        evidence: [`the glossary gives "${term.text}" the status "${term.status}"`],
        fixes: () => (better ? [writing(better.text, rewrite(document, mention, inFormOf(mention, better)))] : []),
        concepts: [concept.id],
        tag: 'deprecated',
      };
    }
  },
});
