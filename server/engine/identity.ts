import { type Form, FUNCTION_WORDS, openingEnd } from './english';
import type { Concept } from './glossary';
import { differingLocator, sharedLocator } from './locator';
import type { Sentence } from './mention';
import { DETERMINERS, isCaption, isListed, type Phrase, phraseText } from './phrase';
import { remembering } from './recall';
import { lineOfNorms } from './stance';
import type { Story } from './story';

/** Nouns for wholes and kinds: two of them under one head need not be one thing. */
const GENERIC = new Set(
  'communication technology connectivity world market field area space era industry concept term solution application system network data standard protocol case sector domain trend scenario deployment architecture security device environment ecosystem traffic revolution project'.split(
    ' ',
  ),
);
/** Modifiers that tell a thing from others of its kind: "the new M2M lock". */
export const APART = new Set(
  'old new legacy existing previous former current second third other different separate additional next future another first classic traditional conventional pure plain dedicated'.split(
    ' ',
  ),
);

/** The sum of weights from which on one thing is reported as a hint, and from which on as information. */
export const ENOUGH = 2;
export const STRONG = 3;

/** Phrases that may mean one thing. */
export interface Candidates {
  /** The noun that both have; none if the terms are count nouns themselves. */
  readonly head: string | undefined;
  readonly first: Phrase;
  readonly rivals: readonly Phrase[];
  readonly all: readonly Phrase[];
}

/** What speaks for one thing if its weight is positive, and else for two. */
interface Reason {
  readonly weight: number;
  readonly text: string;
}

/** How much more speaks for one thing than for two, with the reasons that were weighed. */
export function weigh(
  candidates: Candidates,
  story: Story,
): { readonly sum: number; readonly evidence: readonly string[] } {
  const forOne = [...reasonsOfHead(candidates, story), ...reasonsForOne(candidates, story)];
  const sumOf = (reasons: readonly Reason[]) => reasons.reduce((sum, { weight }) => sum + weight, 0);
  // What is too little by itself need not be outweighed.
  const reasons = sumOf(forOne) < ENOUGH ? forOne : [...forOne, ...reasonsForTwo(candidates, story)];
  return { sum: sumOf(reasons), evidence: reasons.map(({ text }) => text) };
}

/** A row for a reason, as long as it holds. */
function reason(holds: boolean, weight: number, text: string): readonly Reason[] {
  return holds ? [{ weight, text }] : [];
}

/** What the noun that both have says; or, where the terms are count nouns themselves, the word before them. */
function reasonsOfHead({ head, first, rivals: [rival] }: Candidates, story: Story): readonly Reason[] {
  if (head === undefined) {
    const modifier = sharedModifier(first, rival!);
    return reason(modifier !== undefined, 1, `both are called "${modifier}"`);
  }
  const isOne = first.determiner === 'possessive' || first.place !== undefined || first.owner !== undefined;
  const isWide = GENERIC.has(head) && compound(first) !== compound(rival!);
  return [
    ...reason(true, 2, `"${phraseText(rival!)}" can only be the ${head} of "${phraseText(first)}"`),
    ...reason(story.isCounted(head), -3, `the document counts two of "${head}"`),
    ...reason(isWide, isOne ? -1 : -2, `"${head}" is a noun for many things`),
  ];
}

function reasonsForOne({ first, rivals }: Candidates, { locators }: Story): readonly Reason[] {
  const rival = rivals[0]!;
  const { owner, place, determiner } = first;
  const code = first.codes.find((each) => rivals.some((phrase) => phrase.codes.includes(each)));
  const own = locators.of(first);
  const locator = rivals.map((phrase) => sharedLocator(own, locators.of(phrase))).find((each) => each !== undefined);
  const isIntroduced = determiner === 'indefinite' || first.sentence.block.kind === 'heading';
  const pointsBack = rival.pointer !== undefined && (!DEICTIC.test(rival.pointer) || isNear(first, rival));
  return [
    ...reason(!!owner && rivals.some((phrase) => phrase.owner === owner), 2, `both belong to "${owner}"`),
    ...reason(determiner === 'possessive' && rival.determiner === 'possessive', 1, 'both have an owner'),
    ...reason(isIntroduced, 1, 'the first introduces it'),
    ...reason(rivals.every(isKnown), 1, 'the second is definite and is not introduced'),
    ...reason(code !== undefined, 3, `both are "${code}"`),
    ...reason(code === undefined && locator !== undefined, 2, `both have to do with "${locator}"`),
    ...reason(!!place && rivals.some((phrase) => phrase.place === place), 2, `both are "${place}"`),
    ...(rival.pointer === 'same'
      ? reason(true, 3, 'the second is said to be the same')
      : reason(pointsBack, 2, `"${rival.pointer}" points back`)),
    ...reason(isOfUs(first, rival), 1, 'the first is the work of those whose the second is'),
    ...reason(
      rivals.some((phrase) => !isKnown(phrase) && (isCaption(phrase) || isListed(phrase))),
      1,
      'the second is what a picture shows or a table lists',
    ),
    ...reason(isNaming(first) || isNaming(rival), 1, 'the text says what it is called'),
    ...reason(isDefinedTerm(first), 2, 'the text defines the name'),
  ];
}

function reasonsForTwo(candidates: Candidates, story: Story): readonly Reason[] {
  const { first, rivals, all } = candidates;
  const rival = rivals[0]!;
  const own = story.locators.of(first);
  const apart = rivals.map((phrase) => {
    const other = story.locators.of(phrase);
    const shared = sharedLocator(own, other) !== undefined;
    return { shared, noun: shared ? undefined : differingLocator(own, other) };
  });
  // The first phrase of the second thing tells where it is; those that follow need not say it again.
  const noun = apart.some(({ shared }) => shared) ? undefined : apart[0]!.noun;
  const isMigration = story.isMigration(candidates.head);
  const isNew = (phrase: Phrase) => phrase.concept === rival.concept && introduces(phrase, rival);
  return [
    ...reason(
      rivals.every((phrase) => !isInside(first, phrase) && areElsewhere(first, phrase)),
      -3,
      'each has a place of its own',
    ),
    ...reason(noun !== undefined, -3, `each has a ${noun} of its own`),
    ...reason(
      rivals.every((phrase) => areNumberedApart(first, phrase)),
      -4,
      'each has a number of its own',
    ),
    ...reason(areNamedApart(candidates), -3, 'each has a name of its own'),
    ...reason(
      rivals.every((phrase) => areAlike(first, phrase)),
      -4,
      'two sentences say the same of each',
    ),
    ...reason(
      rivals.every((phrase) => areOfOthers(first, phrase)),
      -3,
      'each belongs to somebody else',
    ),
    ...reason(first.served && rivals.every(({ served }) => served), -3, 'each is for its own'),
    ...reason(isAlternative(rival), -3, 'the text gives them as alternatives'),
    ...reason(isAskedAgain(first, rival), -3, 'what is asked of the one is asked of the other'),
    ...reason(isParallel(first, rival), -2, 'two neighboring sentences begin with them'),
    ...reason(
      all.some((phrase, at) => isElliptic(phrase) && areRivals(all[at - 1], phrase, candidates)),
      -3,
      'what is said of the one is said of the other otherwise',
    ),
    ...reason(all.some(isNew), -3, 'the second is introduced as a thing of its own'),
    ...reason(sideBySide(first, rival, all), -4, 'both stand side by side'),
    ...reason(
      all.some((phrase) => phrase.concept === first.concept && wasReplaced(phrase)),
      -3,
      'the first has been replaced',
    ),
    ...reason(isSwapped(first, rival), -3, 'the second takes the place of the first'),
    ...reason(isGivenUpBefore(rival, story), -3, 'the first is given up before'),
    ...reason(rivals.some(isSingledOut), -3, 'the text singles the second out'),
    ...reason(rivals.some(isBeside), -3, 'the second stands beside the first'),
    ...reason(
      apart.every((each) => !each.shared) && rivals.every(staysBeside),
      -3,
      'the second goes on beside the first',
    ),
    ...reason(isMigration, -3, 'the document sets the two against each other'),
    ...reason(apartBySection(first, rivals, story), -3, 'each has a section of its own'),
  ];
}

/** True of a phrase that means a thing as known: "the M2M gateway", "our gateway". */
export function isKnown({ determiner }: Phrase): boolean {
  return determiner === 'definite' || determiner === 'possessive';
}

/** True if one sentence names the place of the other: "in the basement of house C ... in house C". */
function isInside(first: Phrase, rival: Phrase): boolean {
  const isIn = ({ place }: Phrase, { sentence: { forms } }: Phrase) =>
    place !== undefined && ` ${lineOfNorms(forms)}`.includes(` ${place.split(' ').slice(1).join(' ')} `);
  return isIn(first, rival) || isIn(rival, first);
}

/** "the node in Zurich ... the node in Singapore", "in slot 1. Slot 2 holds ..." */
function areElsewhere(first: Phrase, rival: Phrase): boolean {
  const [preposition, ...words] = first.place?.split(' ') ?? [];
  const number = words.at(-1);
  if (number === undefined || rival.place === first.place) return false;
  if (rival.place?.split(' ')[0] === preposition) return true;
  const fronted = rival.place === undefined ? frontedPlace(rival.sentence) : undefined;
  if (fronted !== undefined && fronted !== first.place && fronted.split(' ').at(-1) === number) return true;
  const { forms } = rival.sentence;
  const isOther = ({ norm }: Form, at: number) =>
    norm !== number && /^\d/.test(norm) && at > 0 && forms[at - 1]!.norm === words.at(-2);
  return /^\d/.test(number) && forms.some(isOther);
}

/** True if one phrase is of the one concept and the next of the other. */
function areRivals(before: Phrase | undefined, phrase: Phrase, { first, rivals: [rival] }: Candidates): boolean {
  const pair = [before?.concept, phrase.concept];
  return pair.includes(first.concept) && pair.includes(rival!.concept);
}

/** "Lab 1 (M2M) ... Lab 2 (IoT)" */
function areNumberedApart({ codes }: Phrase, rival: Phrase): boolean {
  const isNumber = (code: string) => /^\d{1,2}$|^\d+(?:\.\d+)+$/.test(code);
  return codes.some(isNumber) && rival.codes.some(isNumber) && !codes.some((code) => rival.codes.includes(code));
}

/** "The A1 is an IoT logger. ... The B2 is an M2M logger." */
function areNamedApart({ first, rivals: [rival], all }: Candidates): boolean {
  const named = all.filter(({ subject }) => subject !== undefined);
  const namesOf = (concept: Concept) =>
    new Set(named.filter((phrase) => phrase.concept === concept).map(({ subject }) => subject));
  const [own, other] = [namesOf(first.concept), namesOf(rival!.concept)];
  return own.size > 0 && other.size > 0 && ![...other].some((name) => own.has(name));
}

/** "How do I charge the IoT tag? ... How do I charge the M2M tag?" */
function areAlike(first: Phrase, rival: Phrase): boolean {
  const rest = ({ sentence: { forms }, mention }: Phrase) =>
    forms
      .filter(({ kind }, at) => kind === 'word' && (at < mention.first || at > mention.last))
      .map(({ norm }) => norm);
  const [a, b] = [rest(first), rest(rival)];
  return a.length > 3 && a.join(' ') === b.join(' ');
}

/** "Arkwright & Sons: the IoT contract ... Municipal Baths: the M2M contract", "Hesse Lifts GmbH pays for an M2M line. Weser Taxi eG has ..." */
function areOfOthers(first: Phrase, rival: Phrase): boolean {
  const [a, b] = [partyOf(first), partyOf(rival)];
  return a !== undefined && b !== undefined && a !== b;
}

/** The capitalized name that labels the item of a phrase, or that its sentence says to have something. */
function partyOf({ sentence: { forms, block }, mention }: Phrase): string | undefined {
  const end = forms.findIndex(
    ({ norm, kind, surface }, at) =>
      at > 0 && !(norm === '&' || norm === '.' || (kind === 'word' && /[\p{Lu}&]/u.test(surface))),
  );
  if (end < 2 || end > mention.first || /\d|^(?:the|this|our|your)$/.test(forms[0]!.norm)) return undefined;
  const isLabel = block.kind === 'item' && forms[end]!.norm === ':';
  if (!isLabel && !HAVING.test(forms[end]!.norm)) return undefined;
  return forms
    .slice(0, end)
    .map(({ norm }) => norm)
    .join(' ');
}

const HAVING =
  /^(?:has|have|had|owns?|pays?|paid|bought|buys|rents?|rented|leases?|leased|subscribes|uses|runs|operates|ordered|orders|took|takes|signed)$/;

/** "In the south field, ..." */
function frontedPlace({ forms }: Sentence): string | undefined {
  if (!/^(?:in|at|on)$/.test(forms[0]?.norm ?? '')) return undefined;
  const comma = forms.findIndex(({ norm }) => norm === ',');
  const words = forms.slice(1, comma).filter(({ norm }) => !DETERMINERS.has(norm));
  return comma > 0 && words.length <= 3 ? `${forms[0]!.norm} ${words.map(({ norm }) => norm).join(' ')}` : undefined;
}

/** The word before the terms that both phrases have: "the latency SLO". */
export function sharedModifier(first: Phrase, rival: Phrase): string | undefined {
  const modifier = first.modifiers.at(-1);
  return modifier === rival.modifiers.at(-1) ? modifier : undefined;
}

/** The nouns of a phrase if there are two or more: then they name one kind of thing, however wide the last of them is. */
function compound({ nouns, mention }: Phrase): string {
  return nouns.length > 1 ? nouns.join(' ') : mention.text;
}

/** Pointers that reach no further than to what is near. */
export const DEICTIC = /^(?:this|that)$/;

/** At most two blocks apart. */
export function isNear(first: Phrase, rival: Phrase): boolean {
  return rival.sentence.blockIndex - first.sentence.blockIndex <= 2;
}

/** "We propose an IoT architecture. ... our M2M architecture" */
function isOfUs({ determiner, sentence: { forms } }: Phrase, rival: Phrase): boolean {
  const [word] = rival.sentence.forms.slice(Math.max(0, rival.mention.first - 1 - rival.modifiers.length));
  return (
    determiner === 'indefinite' &&
    /^(?:our|my)$/.test(word?.norm ?? '') &&
    forms.some(({ norm }) => /^(?:we|i)$/.test(norm))
  );
}

/** "The IoT team ... The M2M team ...": the subjects of neighboring sentences are set side by side. */
function isParallel(first: Phrase, rival: Phrase): boolean {
  const isSubject = ({ mention, sentence: { forms, block } }: Phrase) =>
    block.kind !== 'heading' && isSubjectAt(forms, mention.first);
  const near = Math.abs(first.sentence.blockIndex - rival.sentence.blockIndex) <= 1;
  if (near && areFronted(first, rival)) return true;
  const alike = first.determiner === rival.determiner || (isKnown(first) && isKnown(rival));
  return near && rival.pointer === undefined && isSubject(first) && isSubject(rival) && alike;
}

/** True at the beginning of a sentence and behind "In short,", "An hour later". */
function isSubjectAt(forms: readonly Form[], first: number): boolean {
  const later = forms
    .slice(0, Math.min(first, LONGEST_FRONT))
    .findLastIndex(({ norm }) => /^(?:later|afterwards|then|meanwhile|next|finally)$/.test(norm));
  const begin = later < 0 ? openingEnd(forms) : later + 1;
  return first - begin <= 3 && first >= begin && (first === begin || DETERMINERS.has(forms[begin]!.norm));
}

/** How many words a sentence may have before its subject. */
const LONGEST_FRONT = 8;

/** "The M2M gateway need not be replaced. The IoT gateway does.", "The IoT router has none" */
const isElliptic = remembering(({ sentence: { forms }, mention, nouns }: Phrase) => {
  const behind = lineOfNorms(forms.slice(mention.last + 1 + nouns.length, mention.last + 5 + nouns.length));
  return /^(?:(?:does|do|is|are|has|have|can|will|was|were)(?: not|n't)?|doesn't|don't|isn't|hasn't|can't|won't|wasn't) (?:(?:too|either|also) )?[.!;,]|^(?:has|have|needs?|takes?) (?:none|neither|both) /.test(
    behind,
  );
});

/** "If you have an IoT gateway, ... Otherwise install the M2M gateway" */
function isAlternative({ sentence: { forms } }: Phrase): boolean {
  return /^(?:otherwise|alternatively|else)$/.test(forms.find(({ kind }) => kind === 'word')?.norm ?? '');
}

/** "What is inside the M2M kit? ... And inside the IoT kit?" */
function isAskedAgain(first: Phrase, rival: Phrase): boolean {
  const asks = ({ sentence: { forms } }: Phrase) => forms.at(-1)?.norm === '?';
  return rival.sentence.forms[0]?.norm === 'and' && asks(first) && asks(rival);
}

/** "We replaced the M2M gateway", "the M2M portal will be switched off": what comes after is another one. */
const wasReplaced = remembering(({ sentence: { forms }, mention }: Phrase) => {
  const before = forms.slice(Math.max(0, mention.first - 6), mention.first);
  const behind = forms.slice(mention.last + 1, mention.last + 9).map(({ norm }) => norm);
  return (
    before.some(({ norm }) => GIVEN_UP.test(norm)) ||
    /(?:^| )(?:goodbye|farewell|good riddance) to (?:\S+ ){0,4}$/.test(lineOfNorms(before)) ||
    /^\S+ (?:switched off|shut down)(?: |$)|(?:^| )(?:is|are|was|were|be|been|being) (?:\w+ly )?(?:GONE|switched off|shut down|turned off|phased out)(?: |$)/.test(
      behind.map((norm) => (GIVEN_UP.test(norm) ? 'GONE' : norm)).join(' '),
    )
  );
});

/** "With the M2M approach, ... With the IoT approach, ...", "On the left you see ... On the right you see ..." */
function areFronted(first: Phrase, rival: Phrase): boolean {
  if (isPaired(first, rival)) return true;
  const fronted = ({ mention, sentence: { forms } }: Phrase) =>
    mention.first <= 3 && /^(?:with|in|on|for|under|by|to|from|at)$/.test(forms[0]!.norm) ? forms[0]!.norm : undefined;
  return fronted(first) !== undefined && fronted(first) === fronted(rival) && first.sentence !== rival.sentence;
}

/** Two sentences that begin with the same preposition and go on otherwise. */
function isPaired({ sentence: { forms: a } }: Phrase, { sentence: { forms: b } }: Phrase): boolean {
  const opening = (forms: readonly Form[]) =>
    forms
      .slice(1, 3)
      .map(({ norm }) => norm)
      .join(' ');
  return (
    /^(?:on|at|in)$/.test(a[0]?.norm ?? '') &&
    a[0]!.norm === b[0]?.norm &&
    !/^(?:step|phase|section|chapter)/.test(a[1]?.norm ?? '') &&
    opening(a) !== opening(b)
  );
}

const GIVEN_UP =
  /^(?:replaced|removed|retired|dismantled|scrapped|sold|decommissioned|swapped|discontinued|withdrawn|superseded|closed)$/;

/** "The M2M contract stays", "the IoT gateway next to it": something else goes on or stands there too. */
const staysBeside = remembering(
  ({ sentence: { forms }, mention }: Phrase) =>
    forms.slice(mention.last + 1, mention.last + 6).some(({ norm }, at) => {
      // "stays blocked" says how it is, not that it stays.
      const next = forms[mention.last + 2 + at];
      if (/^(?:stays?|remains?|stayed|continues?)$/.test(norm))
        return next?.kind !== 'word' || FUNCTION_WORDS.has(next.norm);
      return /^(?:instead|too|also|beside|besides|meanwhile)$/.test(norm);
    }) || takesOver(forms, mention.last),
);

/** "Next to it stands the IoT server" */
const isBeside = remembering(({ sentence: { forms }, mention }: Phrase) => {
  const before = forms
    .slice(0, mention.first)
    .map(({ norm }) => norm)
    .join(' ');
  return /(?:^| )(?:next to|beside|alongside|opposite|behind|above|below|over|under|in front of|(?:left|right) of) (?:it|this|that|them)(?: \S+){0,3}$|(?:^| )(?:to|on|at) (?:its|the other) (?:left|right|side|end)(?: \S+){0,3}$/.test(
    before,
  );
});

/** "the IoT platform, which has taken over its tasks" */
function takesOver(forms: readonly Form[], last: number): boolean {
  const behind = forms
    .slice(last + 1, last + 10)
    .map(({ norm }) => norm)
    .join(' ');
  return /(?:^| )(?:(?:taken|takes|took|taking) over|(?:builds?|built|relies|rests) (?:up)?on it|complements|supplements|(?:in|on|at|by|from|has|uses) (?:a|an|its) (?:different|separate|other|own)|replaces|supersedes|succeeds|instead of|in place of|in its place|goes on|carries on)(?: |$)/.test(
    behind,
  );
}

/** "calls it the IoT tariff" */
function isNaming({ sentence: { forms }, mention }: Phrase): boolean {
  return forms
    .slice(Math.max(0, mention.first - 4), mention.first)
    .some(
      (token, at, before) =>
        /^(?:called|named)$/.test(token.norm) ||
        (/^(?:call|calls|name|names)$/.test(token.norm) && /^(?:it|this|that|them)$/.test(before[at + 1]?.norm ?? '')),
    );
}

/** "one radio network (the IoT network)" */
function isDefinedTerm({ sentence: { forms }, mention, nouns, determiner }: Phrase): boolean {
  const before = forms.slice(Math.max(0, mention.first - 3), mention.first).filter(({ norm }) => norm !== '"');
  const behind = forms.slice(mention.last + 1 + nouns.length).find(({ norm }) => norm !== '"');
  return determiner === 'definite' && before.at(-2)?.norm === '(' && behind?.norm === ')';
}

/** A new thing of that name: indefinite, or with "new", "other" and the like. */
function introduces(phrase: Phrase, rival: Phrase): boolean {
  if (isSetApart(phrase)) return true;
  return phrase.start < rival.start && phrase.determiner === 'indefinite' && phrase.subject === undefined;
}

/** "the new M2M lock", "another box, the M2M gateway", "Added the M2M lock" */
const isSetApart = remembering(
  (phrase: Phrase) =>
    phrase.modifiers.some((modifier) => APART.has(modifier)) ||
    isAnother(phrase) ||
    /^(?:added|adds|add|introduced|introduces|new)$/.test(phrase.sentence.forms[0]?.norm ?? ''),
);

/** "Remove the M2M gateway. Connect the IoT gateway to the same socket." */
function isSwapped(first: Phrase, rival: Phrase): boolean {
  const opening = ({ sentence: { forms } }: Phrase) =>
    forms.find(({ kind, norm }) => kind === 'word' && norm !== 'then')?.norm ?? '';
  const isAgain = rival.sentence.forms.some(({ norm }) => /^(?:again|back|reconnect|re-?mount)$/.test(norm));
  return REMOVING.test(opening(first)) && FITTING.test(opening(rival)) && !isAgain;
}

const REMOVING = /^(?:remove|dismantle|unscrew|uninstall|sell|discard|disconnect|decommission|unmount)$/;
const FITTING = /^(?:connect|install|mount|fit|screw|buy|attach|put|place|set)$/;

/** How many sentences before the second may say that the first is no more. */
const GIVEN_UP_REACH = 2;

/** "We built an M2M platform. It was shut down. The IoT platform came later." */
function isGivenUpBefore(rival: Phrase, { locators }: Story): boolean {
  let before = locators.before(rival.sentence);
  for (let back = 0; back < GIVEN_UP_REACH && before; back++, before = locators.before(before)) {
    const text = before.forms
      .slice(0, 8)
      .map(({ norm }) => norm)
      .join(' ');
    if (
      /^it (?:failed|ended|died|(?:is|was|will be|has been) (?:then )?(?:shut down|switched off|turned off|phased out|replaced|retired|dismantled|scrapped|sold|decommissioned|discontinued|withdrawn|closed))(?: |$)/.test(
        text,
      )
    )
      return true;
  }
  return false;
}

/** "It was the M2M broker that failed", "So does the M2M broker" */
const isSingledOut = remembering(({ sentence: { forms }, mention }: Phrase) => {
  const opening = lineOfNorms(forms.slice(0, mention.first));
  if (/^(?:so|neither|nor) (?:do|does|did|is|are|has|have|can|will) (?:the )?$/.test(opening)) return true;
  return (
    /^it (?:is|was) (?:the )?$/.test(opening) &&
    forms.slice(mention.first).some(({ norm }) => /^(?:that|which|who)$/.test(norm))
  );
});

/** "another box, the M2M gateway" */
function isAnother({ sentence: { forms }, mention }: Phrase): boolean {
  const before = forms.slice(Math.max(0, mention.first - 6), mention.first).map(({ norm }) => norm);
  return (
    before.includes(',') && before.some((norm) => /^(?:another|other|second|separate|additional|further)$/.test(norm))
  );
}

/** Both in one sentence or in one row of a table, or in rows of their own in one table. */
function sideBySide(first: Phrase, rival: Phrase, all: readonly Phrase[]): boolean {
  const stands = new Map<Sentence | string, Phrase>();
  for (const phrase of all)
    if (phrase.concept === first.concept) for (const stand of standsOf(phrase)) stands.set(stand, phrase);
  const isApart = (phrase: Phrase, other: Phrase | undefined) =>
    other !== undefined && (phrase.sentence === other.sentence || phrase.sentence.block !== other.sentence.block);
  return all.some(
    (phrase) =>
      phrase.concept === rival.concept && standsOf(phrase).some((stand) => isApart(phrase, stands.get(stand))),
  );
}

/** The row of a table, or else the sentence, that a phrase stands in; with the table if it has a row of its own there. */
function standsOf(phrase: Phrase): readonly (Sentence | string)[] {
  const { cell } = phrase.sentence.block;
  if (!cell) return [phrase.sentence];
  return isListed(phrase) ? [`${cell.table} ${cell.row}`, `${cell.table}`] : [`${cell.table} ${cell.row}`];
}

/** Each of the two stands below a heading that names its own concept. */
function apartBySection(first: Phrase, rivals: readonly Phrase[], story: Story): boolean {
  const isOwn = (phrase: Phrase) =>
    phrase.sentence.block.kind !== 'heading' && story.sectionOf(phrase.sentence) === phrase.concept;
  return rivals.some(isOwn) && story.sectionOf(first.sentence) !== rivals[0]!.concept;
}
