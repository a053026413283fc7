import { attributionFixes, defineRule } from '../rule';

/** One concept is defined by the other's distinguishing characteristic: "M2M is a global network of everyday objects". */
export const misattribution = defineRule({
  name: 'misattribution',
  description: 'A concept is defined by what distinguishes another one',
  severity: 'warning',
  conflation: true,
  *check(document) {
    for (const attribution of document.attributions) {
      const { mention, concept, rival, start, end, evidence, strength } = attribution;
      yield {
        start,
        end,
        severity: strength === 'direct' ? 'warning' : 'information',
        message: `This defines "${mention.text}" by what distinguishes ${rival.label}: ${concept.label} is ${concept.gist}.`,
        related: [{ start: mention.start, end: mention.end, message: `The term that is defined.` }],
        evidence,
        fixes: () => attributionFixes(document, attribution),
        concepts: [concept.id, rival.id],
      };
    }
  },
});
