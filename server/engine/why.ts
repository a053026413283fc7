import type { Claim } from './claim';
import type { Lexicon } from './lexicon';
import type { Analysis } from './lint';
import type { Mention } from './mention';
import { phraseText } from './phrase';
import type { Referent } from './referent';
import { overlaps, type Span } from './text';

/** Why a place was reported or not, in one or two sentences. */
export interface Reason extends Span {
  readonly text: string;
}

/** What was read at a place and what became of it, in the order of the text: findings first, then what was considered and left alone. */
export function reasonsAt({ document, findings }: Analysis, place: Span): readonly Reason[] {
  const reported = findings.filter((finding) => overlaps(finding, place));
  const isReported = (span: Span) => reported.some((finding) => overlaps(finding, span));
  const because = (evidence: readonly string[]) => (evidence.length > 0 ? ` Because: ${evidence.join('; ')}.` : '');
  return [
    ...reported.map((finding) => ({
      start: finding.start,
      end: finding.end,
      text: `Reported by ${finding.rule} (${finding.severity}).${because(finding.evidence)}`,
    })),
    ...document.claims
      .filter((claim) => overlaps(claim, place) && !isReported(claim))
      .map((claim) => ({
        start: claim.start,
        end: claim.end,
        text: `Not reported. ${readAs(claim, document.lexicon)}${because(claim.evidence)}`,
      })),
    ...document.referents
      .filter((referent) => referent.strength === 'none')
      .flatMap((referent) => keptApart(referent, place)),
    ...document.mentions.filter((mention) => overlaps(mention, place) && !isReported(mention)).map(meaning),
  ];
}

function readAs({ relation, from, to, polarity, source }: Claim, lexicon: Lexicon): string {
  const [one, other] = [from.mentions[0]!.text, to.mentions[0]!.text];
  const said = {
    alias: `"${other}" as another name of "${one}"`,
    same: `"${one}" and "${other}" as the same`,
    expansion: `"${one}" and "${other}" as abbreviation and words`,
    narrower: `"${one}" as a part or kind of "${other}"`,
    predecessor: `"${one}" as what came before "${other}"`,
  }[relation];
  if (source === 'reported') return `The text reports ${said}; the author does not say it.`;
  if (polarity !== 'asserted') return `The sentence gives ${said}, which is ${polarity}.`;
  const isStated = [...lexicon.relations(to.concept.id, from.concept.id)].some((each) => each === relation);
  return `The sentence gives ${said}; ${isStated ? 'the glossary says so too' : 'the glossary says nothing against it'}.`;
}

/** Two names that could have been one thing's, and why they were taken for two things'. */
function keptApart(referent: Referent, place: Span): readonly Reason[] {
  const [first] = referent.phrases;
  const rival = referent.phrases.find((phrase) => phrase.concept !== first!.concept && overlaps(phrase, place));
  if (!first || !rival) return [];
  const text = `Not reported. "${phraseText(rival)}" is taken for another thing than "${phraseText(first)}". Weighed: ${referent.evidence.join('; ')}.`;
  return [{ start: rival.start, end: rival.end, text }];
}

function meaning({ start, end, text, concept, sense }: Mention): Reason {
  const means =
    sense.kind === 'concept'
      ? `"${text}" means ${concept.label} here.`
      : `Not read as ${concept.label}: ${sense.evidence}.`;
  return { start, end, text: means };
}
