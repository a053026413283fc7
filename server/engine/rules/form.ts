import { canonicalForm, defineRule, rewrite, writing } from '../rule';

/** A term is written in another form than the glossary's: IOT, M-2-M, "machine to machine". */
export const form = defineRule({
  name: 'form',
  description: "A term is not written in the glossary's form",
  severity: 'information',
  conflation: false,
  *check(document) {
    for (const mention of document.mentions) {
      if (mention.sense.kind !== 'concept') continue;
      const form = canonicalForm(document, mention);
      if (form === undefined) continue;
      yield {
        start: mention.start,
        end: mention.end,
        severity: 'information',
        message: `"${mention.text}" is not the form of the glossary: write "${form}".`,
        related: [],
        evidence: [`the glossary has "${mention.term.text}"`],
        fixes: () => [writing(form, rewrite(document, mention, form))],
        concepts: [mention.concept.id],
      };
    }
  },
});
