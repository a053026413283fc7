import { defineRule, difference, driftFixes, type Phrase, phraseText, type Referent, type Report } from '../rule';

/** One particular thing is called by the names of two concepts: "Install the M2M gateway. ... Reboot the IoT gateway." */
export const drift = defineRule({
  name: 'drift',
  description: "One particular thing is called by two concepts' names",
  severity: 'information',
  conflation: true,
  *check(document) {
    for (const referent of document.referents) {
      if (referent.strength === 'none') continue;
      const first = referent.phrases[0]!;
      const fixes = driftFixes(document, referent);
      for (const phrase of referent.phrases)
        if (phrase.concept !== first.concept) yield report(phrase, first, referent, () => fixes(phrase));
    }
  },
});

function report(phrase: Phrase, first: Phrase, referent: Referent, fixes: Report['fixes']): Report {
  const [name, earlier] = [phraseText(phrase), phraseText(first)];
  return {
    start: phrase.start,
    end: phrase.end,
    severity: referent.strength === 'weak' ? 'hint' : 'information',
    message: `"${name}" seems to be what is called "${earlier}" before: ${difference(first.concept, phrase.concept)}.`,
    related: [{ start: first.start, end: first.end, message: `Here it is called "${earlier}".` }],
    evidence: referent.evidence,
    fixes,
    concepts: [first.concept.id, phrase.concept.id],
  };
}
