import { assertedClaims, type Claim, type Document, defineRule, quoted, reportClaim, swap } from '../rule';

/** The relation of the two is stated backwards: "IoT is a subset of M2M". */
export const inversion = defineRule({
  name: 'inversion',
  description: 'The relation of two concepts is stated backwards',
  severity: 'warning',
  conflation: true,
  *check(document) {
    for (const claim of assertedClaims(document, 'narrower', 'predecessor'))
      if (isBackwards(document, claim)) yield reportClaim(claim, what(claim), () => [swap(document, claim)]);
  },
});

/** True if the glossary says the opposite: the relation holds from `to` to `from`. */
function isBackwards({ lexicon }: Document, { relation, from, to }: Claim): boolean {
  return (
    (relation === 'narrower' || relation === 'predecessor') &&
    lexicon.relations(from.concept.id, to.concept.id).has(relation)
  );
}

function what(claim: Claim): string {
  const { from, to } = quoted(claim);
  return claim.relation === 'narrower'
    ? `${from} is not a part or kind of ${to}, but the other way round`
    : `${from} did not come before ${to}, but the other way round`;
}
