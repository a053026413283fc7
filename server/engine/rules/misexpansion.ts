import { assertedClaims, defineRule, expansionChoices, quoted, reportClaim } from '../rule';

/** An abbreviation is opened with the other concept's words: "Internet of Things (M2M)". */
export const misexpansion = defineRule({
  name: 'misexpansion',
  description: "An abbreviation is opened with another concept's words",
  severity: 'warning',
  conflation: true,
  *check(document) {
    for (const claim of assertedClaims(document, 'expansion')) {
      const { from, to } = quoted(claim);
      yield reportClaim(claim, `${from} and ${to} do not abbreviate each other`, () =>
        expansionChoices(document, claim),
      );
    }
  },
});
