import { assertedClaims, defineRule, denials, quoted, reportClaim } from '../rule';

/** The text asserts that the two are the same: "IoT and M2M are synonyms". */
export const equation = defineRule({
  name: 'equation',
  description: 'The text says that two different concepts are the same',
  severity: 'warning',
  conflation: true,
  *check(document) {
    for (const claim of assertedClaims(document, 'same')) {
      const { from, to } = quoted(claim);
      yield reportClaim(claim, `${from} and ${to} are not the same`, () => denials(claim));
    }
  },
});
