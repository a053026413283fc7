import { assertedClaims, choices, defineRule, quoted, reportClaim } from '../rule';

/** One term stands as the other's other name: "IoT/M2M", "IoT (M2M)", "IoT, also known as M2M". */
export const alias = defineRule({
  name: 'alias',
  description: "One term stands as another concept's other name",
  severity: 'warning',
  conflation: true,
  *check(document) {
    for (const claim of assertedClaims(document, 'alias')) {
      const { from, to } = quoted(claim);
      yield reportClaim(claim, `${to} is not another name for ${from}`, () => choices(document, claim));
    }
  },
});
