import type { Claim, Document } from './claim';
import { difference, type Fix, plainText } from './repair';
import type { Span } from './text';

export type { Attribution } from './attribution';
export type { Claim, Document } from './claim';
export type { Group } from './line';
export type { Mention } from './mention';
export { type Phrase, phraseText } from './phrase';
export type { Referent } from './referent';
export {
  attributionFixes,
  canonicalForm,
  choices,
  denials,
  designation,
  difference,
  driftFixes,
  expansionChoices,
  type Fix,
  inFormOf,
  plainText,
  rewrite,
  swap,
  writing,
} from './repair';

/** How much a finding asks for, strongest first. */
export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Another place that a finding speaks of. */
export interface RelatedPlace extends Span {
  readonly message: string;
}

/** A fault in a document. */
export interface Finding extends Span {
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, in the writer's words, and why. */
  readonly message: string;
  readonly related: readonly RelatedPlace[];
  /** Why it was raised, a clause each. */
  readonly evidence: readonly string[];
  readonly fixes: readonly Fix[];
  /** Ids of the concepts that it is about. */
  readonly concepts: readonly string[];
  /** `deprecated` shows the text struck out in editors. */
  readonly tag?: 'deprecated';
}

/** What a rule says of a place; its name is added by whoever runs it. Fixes are made when somebody asks for them. */
export interface Report extends Omit<Finding, 'rule' | 'fixes'> {
  fixes(): readonly Fix[];
}

/** A rule reads mentions, referents and claims; it never searches text. */
export interface Rule {
  /** The fault, in one word: "allow drift" must read as English. Also the name of its file and its page. */
  readonly name: string;
  /** One line for lists of rules, without a full stop. */
  readonly description: string;
  /** The strongest severity that its findings have by default; `off` if a project has to ask for it. */
  readonly severity: Severity | 'off';
  /** True if it is about two concepts taken for one. */
  readonly conflation: boolean;
  check(document: Document): Iterable<Report>;
}

export function defineRule(rule: Rule): Rule {
  return rule;
}

const SEVERITY: Readonly<Record<Claim['strength'], Severity>> = {
  direct: 'warning',
  indirect: 'information',
  weak: 'hint',
};

/** The claims that the text itself makes: asserted, and not given as what others say. */
export function* assertedClaims(document: Document, ...relations: readonly Claim['relation'][]): Iterable<Claim> {
  for (const claim of document.claims)
    if (relations.includes(claim.relation) && claim.polarity === 'asserted' && claim.source === 'author') yield claim;
}

/** The report of a claim that takes two concepts for one. The message says `what` is wrong and then how the two differ. */
export function reportClaim(claim: Claim, what: string, fixes: () => readonly Fix[]): Report {
  const { from, to } = claim;
  return {
    start: claim.start,
    end: claim.end,
    severity: SEVERITY[claim.strength],
    message: `${what}: ${difference(from.concept, to.concept)}.`,
    related: [],
    evidence: claim.evidence,
    fixes,
    concepts: [from.concept.id, to.concept.id],
  };
}

/** The words of both sides of a claim in quotes, as messages use them. */
export function quoted(claim: Claim): { readonly from: string; readonly to: string } {
  return { from: `"${plainText(claim.from)}"`, to: `"${plainText(claim.to)}"` };
}
