import type { Construction, Item } from './construction';
import { type Block, GONE } from './document';
import { formsOf, type Token } from './english';
import { headerOf, isEntry, rowAround, type Sentence } from './mention';
import type { Span } from './text';

/** How far a text stands behind what a sentence says. */
export type Polarity = 'asserted' | 'denied' | 'asked' | 'hypothetical';

/** Whether the author says it, or gives it as what others say. */
export type Voice = 'author' | 'reported';

/** What the words around a claim make of it. */
export interface Stance {
  readonly polarity: Polarity;
  readonly source: Voice;
  readonly strength: Construction['strength'];
  /** True if the text turns against what it gives as what others say. */
  readonly rejected: boolean;
  /** Why, a clause each. */
  readonly evidence: readonly string[];
}

/** A sentence in which a construction was found. */
export interface Setting {
  readonly sentences: readonly Sentence[];
  /** Index of the sentence. */
  readonly at: number;
  /** The sentence as patterns see it, and the items that the construction takes: `[first, last]`. */
  readonly line: readonly Item[];
  readonly first: number;
  readonly last: number;
  /** What it takes in the text. */
  readonly span: Span;
}

/** How the text stands to a construction in its setting. */
export function readStance(construction: Construction, setting: Setting): Stance {
  const evidence: string[] = [];
  const polarity = polarityOf(construction, setting);
  let { strength } = construction;
  let source: Voice = 'author';
  const report = (reason: string) => {
    source = 'reported';
    evidence.push(reason);
  };
  const isAside = appositionMark(construction, setting) === '(';
  if (!construction.compound && !isAside && (isFormer(setting) || isReported(setting, construction)))
    report('the text gives it as what others say');
  const rejected = isCited(setting) ? isRejected(setting) : false;
  const isBlockRejected =
    setting.sentences[setting.at]!.block.quoted && !construction.compound && isRejectedBlock(setting);
  if (isBlockRejected) report('it is a quotation that the text corrects');
  const corrected = !construction.compound && construction.relation !== 'alias' && isContradicted(setting);
  if (isCited(setting)) {
    if (rejected) report('it stands in quotation marks and is rejected');
    else if (isSaid(setting) || isWholeQuotation(setting)) report('it stands in quotation marks, as what others say');
    else if (strength === 'direct') strength = 'indirect';
  }
  if (construction.compound && isMetalinguistic(setting)) report('the words themselves are talked about');
  if (construction.compound && isInLongList(setting)) strength = 'weak';
  if (corrected) report('the next sentence corrects it');
  if (isStatementToJudge(setting)) report('it is a statement that the reader is to judge');
  if (polarity !== 'asserted') evidence.push(`the sentence is ${polarity}`);
  return { polarity, source, strength, rejected: rejected || corrected, evidence };
}

/** True if what is quoted in a sentence from a place on is corrected there or in the next sentences. */
export function isQuotedAndRejected(sentences: readonly Sentence[], at: number, span: Span): boolean {
  const sentence = sentences[at]!;
  if (!isInsideQuotes(sentence, span)) return false;
  const after = sentence.tokens.filter((token) => token.start >= span.end);
  return isCorrected(sentences, at) || CORRECTION.test(lineOfNorms(after));
}

/** The words of a sentence in normal form, each with one space behind it. */
export function normsOf({ forms }: Sentence): string {
  return lineOfNorms(forms);
}

/** Normal forms, each with one space behind it; a mention among the items of a line is `CONCEPT`. */
export function lineOfNorms(items: readonly { readonly norm: string }[]): string {
  return items.map(({ norm }) => `${norm || 'CONCEPT'} `).join('');
}

function textOf({ line }: Setting, from: number, to: number): string {
  return lineOfNorms(line.slice(from, to));
}

/** A pattern for any of some words or phrases, each a whole one; the text has one space behind every word. */
function anyOf(words: string): RegExp {
  return new RegExp(
    `(?:^| )(?:${words
      .trim()
      .split(/\s*\|\s*/)
      .join('|')}) `,
  );
}

/* ---------------------------------------------------------------- polarity */

const NEGATION = anyOf(
  "not | never | no | nor | neither | nobody | none | cannot | hardly | rarely | seldom | doubt | without | \\w+n't | n't | mixed | avoid | stop | anything but | far from | by no means | in no way | least of all",
);
/** Words that judge what is said in the same sentence, wherever they stand before it. */
const VERDICT = anyOf(
  'false | wrong | incorrect | untrue | mistake | mistaken | mistakenly | misleading | wrongly | falsely | incorrectly | erroneously | myths? | misconception | ' +
    'fallacy | confus(?:e|ed|es|ing) | conflat(?:e|ed|es|ing) | mistook | misunderstood | misnomer | upside down | back to front | wrong way r?ound | lazy | sloppy | slips? | blunders? | pitfalls? | howlers? | ' +
    'errors? | lapses? | legend has | fairy tales? | fiction | oversimplif\\w+ | errat(?:um|a) | corrigend(?:um|a)',
);
/** "They are wrong, because ...": what follows is the writer's. */
const OTHERS_WRONG =
  /^(?:they|he|she|it|that|this) (?:is|are|was|were|'re|'s) (?:\S+ )?(?:wrong|mistaken|in error|misguided) (?:, )?(?:because|since|as) (?!for |to |in their )/;
/** "Don't let the vendors confuse you: ..." */
const NOT_CONFUSED = /(?:^| )(?:don't|do not|never) (?:let|be|get) (?:\S+ ){0,3}(?:confused?|misled|mislead|fooled?) /;
/** Answers and encouragements before a comma, which deny nothing of what follows: "No, they are the same". */
const ANSWER =
  /(?:^|[.:–—] )(?:\S+ )?(?:no|nope|not at all|not really|no need|no worries|never mind|no problem|not to worry|don't worry|do not worry|(?:don't|do not) be (?:alarmed|surprised|confused|put off)[^,:]*) [,:] /g;
/** Negations of doubt or of other things, which leave the claim standing. */
const NEGATED_DOUBT = new RegExp(
  '(?:^| )(?:(?:not|no) (?:doubt|wonder|surprise|question|matter|denying|disputing|longer (?:any|a))|' +
    "(?:nobody|no one|none|nothing|hardly anyone|cannot|can not|can't|not) (?:can |could |would |will |\\w+s )?(?:dispute|disputes|doubt|doubts|deny|denies|question|questions|changes)|" +
    "(?:doesn't|don't|does not|do not|not) matter|(?:do not|don't|never|need not|needn't|not have to|don't have to|not need to|don't need to) (?:worry|panic|fear|forget|be surprised|wonder|bother|care|mind|argue|quarrel|fight|fuss)|(?:did not|didn't) (?:know|reali[sz]e|forget|notice) (?:yet )?that|without (?:doubt|question|limitation|exception)|and nothing but|no more than|nothing more than) ",
  'g',
);
/** A verdict right behind what is said. That something else is denied of the thing, as in "M2M (...) is not cheap", is no verdict. */
const DENIED_BEHIND = new RegExp(
  "^(?:, )?(?:and|but|which|this|that)? ?(?:(?:is|are|was|were|'s|seems|sounds) )?(?:a |an |just |simply |simplistic |common |popular )*(?:" +
    "(?:not|n't|no longer) (?:true|correct|right|accurate|so|the case|how|what|helpful|useful|good|advisable|allowed|acceptable|a good)|" +
    'wrong|incorrect|false|untrue|mistakes?|myths?|misconceptions?|errors?|fallacy|nonsense|rubbish|' +
    "(?:you|we|they) (?:confuse|mislead|puzzle|annoy)|(?:does|do|did) not (?:hold|stand|survive|apply|make)|(?:doesn't|don't|didn't) (?:hold|stand|survive|apply|make)|falls (?:flat|short|apart)) |^(?:is|are) (?:over|gone|history) ",
);

function polarityOf(construction: Construction, setting: Setting): Polarity {
  if (isMarkedWrong(setting.sentences[setting.at]!)) return 'denied';
  if (construction.traits.has('embedded')) return 'asserted';
  if (isDenied(construction, setting)) return 'denied';
  if (isApposed(construction, setting)) return 'asserted';
  const isUse = construction.compound && !construction.requires && setting.line.some((item) => item.content);
  if (isQuestion(setting) && !isUse && !isAffirmed(setting)) return 'asked';
  return !construction.compound && isHypothetical(construction, setting) ? 'hypothetical' : 'asserted';
}

function isApposed(construction: Construction, setting: Setting): boolean {
  return !isCited(setting) && appositionMark(construction, setting) !== undefined;
}

/**
 * The mark that opens the apposition in which a name is given, if it is closed too: such a name is given whatever the clause around it does, as in
 * "Is IoT, also called M2M, secure?"
 */
function appositionMark({ relation, compound }: Construction, { line, first, last }: Setting): string | undefined {
  if (compound || (relation !== 'alias' && relation !== 'expansion')) return undefined;
  const opening = line.findIndex((item, at) => at > first && at <= last && /^[,(–—]$/.test(item.norm));
  if (opening < 0 || line.slice(first, opening).some((item) => !item.concept && !item.content)) return undefined;
  const mark = line[opening]!.norm;
  const closing = line[last]!.norm === ')' ? ')' : (line[last + 1]?.norm ?? '');
  const isLast = mark !== '(' && /^[.?!]?$/.test(closing);
  return isLast || closing === (mark === '(' ? ')' : mark) ? mark : undefined;
}

/** "Never write X (Y), X/Y or ...": all that is listed behind it. */
const FORBIDDEN_LIST =
  /(?:^| )(?:never|not|don't|avoid) (?:(?:write|say|use|print|put|read) )?(?:(?:CONCEPT|[,()/–-]|or|and|nor|also|known|called|as|aka|i\.e|the|words?|terms?|forms?|like) )+$/;

/** Negation in the clause, before the claim or inside it; the negation that a construction itself is made of does not count. */
function isDenied(construction: Construction, setting: Setting): boolean {
  const { first, last } = setting;
  if (FORBIDDEN_LIST.test(textOf(setting, 0, first))) return true;
  if (construction.compound) return isForbidden(setting);
  const inside = textOf(setting, first, last + 1);
  if (construction.traits.has('nominal') && NEGATION.test(textOf(setting, 0, setting.line.length))) return true;
  if (
    construction.relation === 'same' &&
    /(?:^| )(?:not|n't|isn't|aren't|never|rarely|seldom) (?:just|only|simply|merely|really|quite|exactly) /.test(inside)
  )
    return true;
  const from = isApposed(construction, setting) ? first : clauseStart(setting);
  let scope = textOf(setting, from, last + 1)
    .replace(ANSWER, ' ')
    .replace(NEGATED_DOUBT, ' ');
  if (isQuestion(setting)) scope = scope.replace(/^(?:isn't|aren't|doesn't|don't) /, '');
  if (construction.traits.has('negated') || /different/.test(scope))
    scope = scope.replace(/(?:^| )(?:no|none|not|nobody|neither|cannot|\w*n't|hardly|without|nothing|never) /, ' ');
  return (
    NEGATION.test(scope) ||
    VERDICT.test(
      textOf(setting, 0, last + 1)
        .replace(TURNED_FROM, '')
        .replace(OTHERS_WRONG, '')
        .replace(NOT_CONFUSED, ' '),
    ) ||
    DENIED_BEHIND.test(textOf(setting, last + 1, last + 9)) ||
    (/(?:^| )for (?:the )?$/.test(textOf(setting, 0, first)) &&
      /^(?:, )?read /.test(textOf(setting, last + 1, last + 3)))
  );
}

/** "not IoT/M2M", "never write IoT/M2M", "avoid IoT/M2M". */
function isForbidden(setting: Setting): boolean {
  const before = textOf(setting, Math.max(0, setting.first - 4), setting.first);
  if (isUsed(setting)) return false;
  if (/(?:^| )(?:not|never|then) /.test(textOf(setting, setting.first, setting.last + 1))) return true;
  const isShown = isCited(setting) || isQuotedWhole(setting);
  if (isShown && FORBIDDING.test(textOf(setting, clauseStart(setting), setting.first))) return true;
  if (isShown && isItem(setting.sentences[setting.at]!.block) && isIntroducedBy(setting, FORBIDDING)) return true;
  return /(?:^| )(?:not|never|n't|don't|avoid|instead of|rather than)(?: (?:write|say|use|print|the|a|an|words?|terms?))* $/.test(
    before,
  );
}

/** "It is not an IoT/M2M platform": whatever it is, the compound names a kind of platform. */
function isUsed({ line, first, last }: Setting): boolean {
  const before = lineOfNorms(line.slice(Math.max(0, first - 4), first));
  return (
    line[last + 1]?.content === true &&
    /(?:^| )(?:(?:is|are|was|were|'s) not|isn't|aren't|wasn't) (?:an? |the )?$/.test(before)
  );
}

/** What is said of words that are not to be written. */
const FORBIDDING = anyOf(
  "avoid | avoided | (?:don't|do not|never|not) (?:write|say|use|put|print) | banned | forbidden | instead of | rather than | replace | strike",
);

const CLAUSE_BORDER = /^(?:;|:|–|—|but|because|since|while|whereas|\))$/;

/** Back to a mark or a conjunction that begins a clause, but not over more than twelve words. */
function clauseStart({ line, first }: Setting): number {
  let from = first;
  if (line[first - 1]?.norm === ',' && /^(?:it|they|both|these|those|that|this)$/.test(line[first]!.norm)) return first;
  const least = frontedEnd(line, first);
  while (from > least && first - from < 12 && !CLAUSE_BORDER.test(line[from - 1]!.norm) && !isReason(line, from - 1))
    from--;
  return from;
}

/** Behind the clause with which a sentence begins: "As the distinction does not matter here, ..." */
function frontedEnd(line: readonly Item[], first: number): number {
  if (!/^(?:as|since|because|although|though|while|whereas|given|after)$/.test(line[0]?.norm ?? '')) return 0;
  return line.slice(0, first).findLastIndex(({ norm }) => norm === ',') + 1;
}

/** ", as", ", so", ", for they" */
function isReason(line: readonly Item[], at: number): boolean {
  if (line[at - 1]?.norm !== ',') return false;
  const isFor = line[at]!.norm === 'for' && /^(?:they|it|both|these|those)$/.test(line[at + 1]?.norm ?? '');
  return isFor || /^(?:as|so)$/.test(line[at]!.norm);
}

function isQuestion({ sentences, at, line, span }: Setting): boolean {
  const opening = line.find((item) => !/^[-#"'(\d.]+$/.test(item.norm))?.norm ?? '';
  const { tokens } = sentences[at]!;
  const marked = tokens.slice(-3).some((token) => token.norm === '?') || isAskedInQuotes(tokens, span);
  return marked || (/^(?:is|are|does|do|can)$/.test(opening) && line.at(-1)?.norm !== '.');
}

/** "IoT = M2M + X?": the words in quotation marks end with a question mark. */
function isAskedInQuotes(tokens: readonly Token[], span: Span): boolean {
  const behind = tokens.filter((token) => token.start >= span.end);
  if (behind[0]?.norm === '?') return true;
  const closing = behind.findIndex(({ norm }) => norm === '"');
  return closing > 0 && behind[closing - 1]!.norm === '?';
}

/** A question that the next sentence answers with yes. */
function isAffirmed({ sentences, at }: Setting): boolean {
  const next = sentences[at + 1] ? normsOf(sentences[at + 1]!) : '';
  return /^(?:yes|it is [.!]|they are [.!]|it does [.!]|they do [.!]|indeed|exactly|right|of course|certainly|absolutely|correct|sure) /.test(
    next,
  );
}

const SUPPOSITION = anyOf('if | whether | unless | suppose | imagine | tempting | as if | as though');
const MODAL = anyOf('might | could | would | should');

/** "remember that", "please note that": what follows is so, whatever one should do. */
const FACTIVE =
  /^.*(?:^| )(?:remember|note|noted|know|known|aware|mind|remind(?:ed)?|reali[sz]e|learn|learnt|learned|understand|recogni[sz]e|stress(?:ed)?|say|said|pointed out|added|mention(?:ed)?) (?:[^\s,;:]+ ){0,6}?that /;

/** "If you come across X, it stands for Y": it does, whether you do or not. */
const MEETING =
  /(?:^| )(?:if|whenever) (?:you|we) (?:\w+ly )?(?:come across|see|meet|read|find|hear|stumble over|wonder about) (?:the )?$/;

/** "Whether you say X or Y, ..." holds in either case. */
const EITHER = /^CONCEPT (?:\S+ ){0,3}or (?:\S+ ){0,5}CONCEPT (?:\S+ ){0,2}, /;

function isHypothetical(construction: Construction, setting: Setting): boolean {
  const before = textOf(setting, clauseStart(setting), setting.first)
    .replace(FACTIVE, '')
    .replace(MEETING, '')
    .replace(EITHER.test(textOf(setting, setting.first, setting.last + 1)) ? /(?:^| )whether (?:\S+ ){0,6}$/ : '', '');
  const inside = construction.traits.has('potential') ? '' : textOf(setting, setting.first, setting.last + 1);
  return (
    SUPPOSITION.test(before) ||
    // "To equate X with Y is to ..." says what it would be.
    /^(?:had|were|to) $/.test(textOf(setting, 0, setting.first)) ||
    (!construction.traits.has('potential') && MODAL.test(before)) ||
    MODAL.test(inside.replace(/^(?:\S+ )?should be /, ''))
  );
}

/* ---------------------------------------------------------------- who says it */

const REPORTER =
  'many|some|most|(?<!(?:of|in|under|on|for|to|with|by|the|this|that|each|every|no|only|just|as|at|from|and|or|see) )one(?! ,)|people|others|experts?|authors?|vendors?|customers?|critics|analysts?|they|everybody|everyone|someone|somebody|marketers?|marketing|' +
  'manufacturers?|companies|folks|writers|journalists|adopters|readers|users|colleagues|press|media|literature|papers|studies|respondents|participants|sources|texts|standards|articles|publications|interviewees|students|managers|consultants|providers|operators|\\w+s (?:often|still|sometimes|frequently|usually|commonly|generally|wrongly)';
/** Verbs of saying and thinking, and of using and judging words. */
const SAYING_VERBS = 'say explain claim tell insist argue write maintain believe think assume suggest state swear';
/** Verbs that only with "that" say what somebody says. */
const DECLARING_VERBS =
  'assure allege assert hold contend suspect reckon report declare remark complain reply answer submit conclude infer decide plead';
const JUDGING_VERBS =
  'use read hear consider regard treat call view keep see suppose tend mean equate take wonder ask feel distinguish differentiate';
/** Forms of them that may be nouns, as behind an article. */
const NOUNS_TOO = 'use uses claim claims state states view views call calls mean means take takes';
const tensesOf = (verb: string) => formsOf(verb).filter((form) => !form.endsWith('ing'));
const SAID = `${SAYING_VERBS} ${DECLARING_VERBS}`.split(' ').flatMap(tensesOf).join('|');
const SPEECH =
  `(?<!(?:the|of|a|an|its|their|our|no|\\w+est) )(?:${NOUNS_TOO.replaceAll(' ', '|')})|` +
  `${SAYING_VERBS} ${JUDGING_VERBS}`
    .split(' ')
    .flatMap(tensesOf)
    .filter((form) => !NOUNS_TOO.split(' ').includes(form))
    .join('|');
const REPORT = new RegExp(`(?:^| )(?:${REPORTER}) (?:\\S+ ){0,6}?(?:${SPEECH}) `);
/** "the supplier explained ... that", "the idea that": whoever says or thinks it, but for the writer. */
const REPORT_CLAUSE = new RegExp(
  `(?:^| )(?:(?!(?:i|we|(?:the|this|that|a|our|your|their|its|my|each|every) (?:report|claim|answer|reply|remark|state)s?) )\\S+ (?:${SAID})(?: [^\\s.;]+){0,7}|` +
    '(?:claims?|ideas?|views?|notions?|beliefs?|statements?|assumptions?|assertions?|thesis|theory|argument|rumou?rs?|opinion|impression|suggestion|sentence|conclusion)(?: \\S+){0,4}) that (?:[^\\s;]+ ){0,8}$',
);
/** "will tell you there is", "to the vendor, ...", "Karlsen (2016) treats", "True or false?" */
const OTHER_VOICE = new RegExp(
  '(?:^| )\\w+s (?:that|who|which) (?:\\w+ly |still |often |always )?(?:say|claim|think|believe|tell|argue|insist|maintain|write|swear|hold) (?:\\S+ ){0,5}$|' +
    "(?:^| )(?:you|one|we) (?:(?:will|may|can|might|'ll|could|often|sometimes) ){0,2}(?:hear|read|be told|get told|hear it said|read everywhere) (?:\\S+ ){0,4}that (?:\\S+ ){0,3}$|" +
    "(?:^| )(?<!(?:^| )(?:i|we) )(?!i |we )[\\w']+ (?:tells?|told) (?:you|us|me|them|him|her|customers|clients|people) (?:that )?(?:\\S+ ){0,6}$|" +
    '^to (?:the|many|most|some|every|a|an|their|his|her) (?:\\S+ ){1,3}, |^in the (?:eyes?|view|opinion|words|language|taxonomy|terminology|usage|classification|reading) of (?!this )|' +
    '\\( (?:19|20)\\d\\d[a-z]? \\) (?:\\S+ ){0,3}(?:treats?|regards?|considers?|calls?|defines?|equates?|sees?|views?|describes?|speaks?|uses?|takes?|claims?|states?|argues?) |' +
    '^(?:to|for) (?:\\S+ ){0,3}(?:%|per cent|percent|half|thirds?|quarters?|majority|most|many|some) of (?:those|them|the|our) (?:\\S+ ){0,4}, |(?:^| )(?:quoted|cited) as (?:saying|claiming|writing) (?:\\S+ ){0,3}$|' +
    '(?:^| )(?:asks?|asked|wonders?|wondered|wants? to know|wanted to know) (?:whether|if) |' +
    '(?:^| )(?!we |i )\\S+ keeps? (?:on )?$|(?:^| )true or false \\? ',
);
/** "A university suggested treating X as a kind of Y" */
const SUGGESTING =
  /(?:^| )(?:suggest|propose|recommend|advocate|request|urge|demand)(?:e?d|s) (?:treating|to treat|regarding|to regard|considering|to consider|using|to use|calling|to call) (?:the )?$/;
/** "Anyone who treats X and Y as synonyms will ..." */
const ANYONE = /(?:^| )(?:(?:anyone|anybody|everyone|everybody|those|people) who|whoever) (?:\S+ ){0,2}$/;
/** "a view we do not share": what is said before is somebody's view. */
const VIEW_BEHIND = /^, an? (?:\S+ )?(?:view|claim|opinion|position|notion|reading|equation|idea|belief) /;
/** What the writer said or thought once. */
const ONCE =
  /^(?:\S+ ){0,2}?(?:for years|for a long time|at first|initially|originally|once|back then|in the past|previously|formerly|(?:\S+ ){1,3}years? ago|in (?:the |an |our )?(?:first|earlier|last|previous|older?) (?:edition|version|issue|draft|release)|in (?:issue|edition|version|19\d\d|20\d\d)|until (?:recently|last \S+|(?:19|20)\d\d))(?: \S+){0,2} ,? ?(?:we|i) (?:\S+ ){0,2}?(?:told|used|wrote|said|called|treated|thought|believed|taught|equated|assumed|defined) |(?:^| )(?<!(?:^| )(?:as|like) )(?:we|i) (?:had |once |wrongly |also )?(?:wrote|written|printed|reported|stated) that |(?:^| )(?:we|i) (?:\S+ )?(?:described|defined|called|explained) CONCEPT (?:\S+ ){0,2}as /;
/** What another text did, in the past tense. */
const EARLIER_TEXT =
  /(?:^| )(?!this |our |these )\S+ (?:\S+ ){0,3}(?:edition|version|draft|guideline|rule|law|contract|catalogue|specification|norm|brochure|book|article|paper|report|standard|leaflet|page|site|website|manual|guide|document|text|slides?|chapter)s? (?:\S+ ){0,4}(?:used|treated|called|equated|took|mixed|confused|expanded|wrote|said|defined|described) (?:\S+ ){0,4}$/;
/** "the days when ..." */
const BYGONE = /(?:^| )(?:day|days|time|times|era|years) (?:when|in which|that) (?:\S+ ){0,3}$/;
/** What a sentence begins with and turns away from: "contrary to what the vendors claim, ...". */
const TURNED_FROM =
  /^(?:contrary to|despite|whatever|regardless of|no matter what|although|though|even if|for all) [^,]* , /;
const HEARSAY = anyOf(
  '(?:is|are|was|were|being|been) (?:\\S+ )?(?:said|believed|thought|considered|assumed|regarded|claimed|argued|rumou?red|seen|viewed|supposed|alleged|perceived|misunderstood|often|sometimes|frequently|commonly|widely|usually) | ' +
    'according to | allegedly | supposedly | seemingly | reportedly | apparently | (?:used to|once) (?:think|thought|believe|believed|say|assume|assumed) | (?:i|we) (?:always )?(?:thought|believed|assumed|took|held|regarded|considered) | (?:are|is|were|was) (?:used|accustomed) to | (?:may|might) (?:think|seem|appear|believe) | let us assume | (?:to|for) whom',
);
const ENDORSEMENT =
  /^(?:following|in line with|in keeping with|in accordance with) |(?:^| )(?:this|our|the present) (?:thesis|paper|report|guide|document|handbook|book|article|chapter|text|study|manual|page|tutorial) (?:\S+ )?(?:equates|treats|uses|regards|considers|takes|says|understands|calls) |(?:^| )(?:in this (?:thesis|paper|report|guide|document|handbook|book|article|chapter|text|study|manual|page|tutorial) (?:, )?(?:we|i|both)|throughout this|(?:are|is|was|were|'re|'s|quite|and) (?:absolutely |quite |perfectly )?(?:right|correct|rightly|true)|agree|rightly|correctly) /;

const JUDGING_VERB =
  /^(?:regards|regarded|treats|treated|considers|considered|equates|equated|uses|used|takes|took|sees|saw|understands|understood|handles|employs)$/;
const OWN_VOICE =
  /(?:^| )(?:we|i|this|our|us|the (?:present |following )?(?:document|guide|manual|handbook|policy|report|paper|article|page|book|tutorial|text|thesis|agreement|contract|schedule|annex)) /;

/** "in this paper, the two are considered ..." */
const OF_THIS_TEXT =
  /(?:^| )(?:in|throughout|for) (?:the purposes? of )?(?:this|our|the present) (?:thesis|paper|report|guide|document|handbook|book|article|chapter|text|study|manual|page|tutorial|contract|agreement|specification|glossary|catalogue|tender) /;

/** "Kaur regards both terms as synonymous": somebody else does what the construction begins with. */
function isJudgedByOther(setting: Setting): boolean {
  const { line, first } = setting;
  if (first === 0 || !JUDGING_VERB.test(line[first]!.norm)) return false;
  return !OWN_VOICE.test(lineOfNorms(line.slice(0, first)));
}

/** True of what the writer said or thought once. */
function isFormer(setting: Setting): boolean {
  return ONCE.test(textOf(setting, 0, setting.last + 1));
}

function isReported(setting: Setting, { relation }: Construction): boolean {
  if (relation === 'expansion') return false;
  const { line, first, last } = setting;
  if (ENDORSEMENT.test(textOf(setting, 0, line.length))) return false;
  const before = textOf(setting, 0, first)
    .replace(TURNED_FROM, '')
    .replace(/^.*(?:; |, so )/, '');
  const reporter = REPORT.exec(before + textOf(setting, first, last + 1));
  if (reporter && reporter.index + (reporter.index > 0 ? 1 : 0) < before.length) return true;
  if (isJudgedByOther(setting)) return true;
  if (REPORT_CLAUSE.test(before) || BYGONE.test(before) || OTHER_VOICE.test(before)) return true;
  if (VIEW_BEHIND.test(textOf(setting, last + 1, last + 6))) return true;
  if (ANYONE.test(before) || (SUGGESTING.test(before) && !OWN_VOICE.test(before))) return true;
  if (EARLIER_TEXT.test(before + textOf(setting, first, first + 3))) return true;
  if (OF_THIS_TEXT.test(textOf(setting, 0, line.length))) return false;
  return relation !== 'alias' && HEARSAY.test(textOf(setting, clauseStart(setting), last + 1)); // "often called" names.
}

/* ---------------------------------------------------------------- quotation and correction */

const CORRECTION = new RegExp(
  '(?:^| )(?:there is ,|it does [.,]|apart|upside|backwards|inverted|reversed?|(?:should|must|ought to) (?:read|be|say|have been)|erratum|errata|differ|differs|corrected|fixed|different|difference|differences|distinct|distinction|wrong|mistake|mistaken|myth|untrue|false|incorrect|misleading|nonsense|deleted|fallacy|' +
    "misconception|disagree|error|confusion|withdrawn|rejected|dropped|struck|criticised|criticized|inaccurate|imprecise|opposite|round|not|n't|never|isn't|aren't|don't|doesn't|none|neither) ",
);
/** How many sentences a correction may come after what it corrects. */
export const CORRECTION_REACH = 3;

function isCited({ sentences, at, span }: Setting): boolean {
  return isInsideQuotes(sentences[at]!, span) || openingOf({ sentences, at, span }) !== undefined;
}

/** How many sentences a quotation may have before one of them. */
const QUOTED_REACH = 3;

/** The sentence in which the quotation marks open that close behind a span, if that is a sentence before. */
function openingOf({ sentences, at, span }: Pick<Setting, 'sentences' | 'at' | 'span'>): Sentence | undefined {
  const isMark = ({ norm }: Token) => norm === '"';
  const closing = sentences[at]!.tokens.find(isMark);
  if (!closing || closing.start < span.end) return undefined;
  for (let back = at - 1; back >= Math.max(0, at - QUOTED_REACH); back--) {
    const before = sentences[back]!;
    if (before.blockIndex !== sentences[at]!.blockIndex) return undefined;
    const marks = before.tokens.filter(isMark).length;
    if (marks > 0) return marks % 2 === 1 && sentences[at]!.tokens.filter(isMark).length % 2 === 1 ? before : undefined;
  }
  return undefined;
}

/** True if a span stands inside one pair of quotation marks that holds more than it opens with. */
function isInsideQuotes({ tokens }: Sentence, span: Span): boolean {
  let opening: number | undefined;
  for (const token of tokens) {
    if (token.norm !== '"') continue;
    if (opening === undefined) opening = token.start;
    else {
      if (opening < span.start && span.end <= token.end) return true;
      opening = undefined;
    }
  }
  return opening !== undefined && opening < span.start;
}

function isRejected(setting: Setting): boolean {
  const { sentences, at, line, last } = setting;
  return isCorrected(sentences, at) || CORRECTION.test(textOf(setting, last + 1, line.length));
}

const SAYING = anyOf(
  'called | labelled | labeled | headed | entitled | titled | says | say | said | i quote | writes | wrote | reads | states | claims | goes | asks | replies',
);
const SAYING_NOUN =
  /(?:^| )(?:statement|claim|sentence|assertion|idea|question|thesis|headline|slogan|motto|quote|thought|quotation|saying)s? (?:, )?(?:that )?$/;

/** Quoted words that someone is said to say, or that a noun for words introduces: the statement "...". */
function isSaid(setting: Setting): boolean {
  const opening = openingOf(setting);
  if (opening && SAYING.test(normsOf(opening))) return true;
  return SAYING.test(textOf(setting, 0, setting.line.length)) || SAYING_NOUN.test(textOf(setting, 0, setting.first));
}

/** A contrast, a denial or a verdict in the next sentences, or a question that follows at once. */
function isCorrected(sentences: readonly Sentence[], at: number): boolean {
  const isAsked = sentences[at + 1]?.tokens.some((token) => token.norm === '?') ?? false;
  return isAsked || sentences.slice(at + 1, at + 1 + CORRECTION_REACH).some((next) => CORRECTION.test(normsOf(next)));
}

/** True if the sentences behind a block quotation correct it. */
function isRejectedBlock({ sentences, at }: Setting): boolean {
  const behind = sentences.slice(at + 1, at + 1 + CORRECTION_REACH).filter(({ block }) => !block.quoted);
  return behind.some((next) =>
    /(?:^| )(?:corrected|wrong|mistaken|myth|nonsense|untrue|false|incorrect|disagree|upside|backwards|not true) /.test(
      normsOf(next),
    ),
  );
}

/** True if the next sentence opens with a contrast and denies what was said. */
function isContradicted({ sentences, at }: Setting): boolean {
  const next = sentences[at + 1] ? normsOf(sentences[at + 1]!) : '';
  if (AGREEING.test(next)) return false;
  if (sentences[at]!.block.cell && isJudgedBeside(sentences, at)) return true;
  const contrasts =
    /^(?:but|however|yet|not|wrong|false|nonsense|rubbish|sorry|no|in fact|actually|in reality|in truth|nothing|far from|that is|this is|that was|this was|that 's|it isn't|they aren't|they are not|it is not|there is|it does not [.!,;]|answer|solution|today|now|we have corrected) /.test(
      next,
    );
  return (
    /^(?:answer |solution )?(?:[:–] )?(?:false|wrong|untrue|incorrect|not so|nonsense|rubbish) /.test(next) ||
    /^(?:they|he|she|it) (?:is|are|was|were) (?:\S+ )?(?:wrong|mistaken|in error|incorrect) /.test(next) ||
    /^(?:that|this|which|the (?:answer|sentence|statement)) (?:[^\s.]+ ){0,10}(?:false|wrong|incorrect|untrue|mistaken) /.test(
      next,
    ) ||
    (contrasts && CORRECTION.test(next))
  );
}

/** "There is no difference." says it again. */
const AGREEING =
  /^(?:there (?:is|are|'s)|it makes|they have) (?:no|not|hardly|little|never|scarcely) (?:\S+ ){0,4}(?:differences?|distinctions?) |^there (?:isn't|aren't) (?:\S+ ){0,4}(?:differences?|distinctions?) /;

/** What a cell says of the statement in the cell before it, and the header of the column of such cells. */
const CELL_VERDICT = /^(?:no|nope|✗|✘|❌|false|wrong|untrue|incorrect|myth|misconception|nonsense) /;
const OF_VERDICTS = /(?:^| )(?:true|right|correct|so|verdict|answer|fact|truth|reality|agree|comment|judg\w+|really) /;

/** True of the statement in a cell that the next cell of its row calls false. */
function isJudgedBeside(sentences: readonly Sentence[], at: number): boolean {
  const next = sentences[at + 1];
  if (!next || !isEntry(sentences[at]!, next) || !CELL_VERDICT.test(normsOf(next))) return false;
  const header = headerOf(sentences, at + 1);
  return header !== undefined && OF_VERDICTS.test(normsOf(header));
}

/** How many sentences back the introduction of a list is looked for. */
export const INTRODUCTION_REACH = 12;
/** How many words and marks such an introduction has at most. */
const LONGEST_INTRODUCTION = 40;
/** What an exercise asks of its statements. */
const JUDGING =
  /(?:^| )(?:true|right|correct) or (?:false|wrong) [?:.,]|(?:^| )which (?:of (?:these|the following) |(?:\S+ )?)(?:statements?|sentences?|claims?|assertions?) |^(?:\S+ [.)] )?(?:decide|find|mark|tick|correct|judge) (?:\S+ ){0,4}(?:statements?|sentences?|claims?|assertions?|mistakes?|errors?) /;

/** True of a statement behind "Right or wrong?" or another exercise of that kind. */
export function isStatementToJudge(setting: Pick<Setting, 'sentences' | 'at'>): boolean {
  return isIntroducedBy(setting, JUDGING) || isInForm(setting);
}

/** True in a table that has a column to tick for what is true. */
function isInForm({ sentences, at }: Pick<Setting, 'sentences' | 'at'>): boolean {
  const header = headerOf(sentences, at);
  if (!header || sentences[at]!.block.cell?.row === 0) return false;
  const columns = rowAround(sentences, header).map((index) => normsOf(sentences[index]!));
  return (
    columns.some((column) => /^(?:f|false|wrong|incorrect|no) $/.test(column)) &&
    columns.some((column) => /^(?:t|true|right|correct|yes) $/.test(column))
  );
}

/** True if sentences before one match: those of its block, and of an item those of its list and of the block that introduces it. */
function isIntroducedBy({ sentences, at }: Pick<Setting, 'sentences' | 'at'>, pattern: RegExp): boolean {
  const own = sentences[at]!;
  let introducing = isItem(own.block) ? undefined : own.blockIndex;
  for (let back = at - 1; back >= Math.max(0, at - INTRODUCTION_REACH); back--) {
    const before = sentences[back]!;
    if (before.blockIndex !== own.blockIndex && !isItem(before.block)) introducing ??= before.blockIndex;
    if (introducing !== undefined && before.blockIndex !== introducing) return false;
    if (before.forms.length <= LONGEST_INTRODUCTION && pattern.test(normsOf(before))) return true;
  }
  return false;
}

/** True of an item, and of a paragraph with the label of one, as plain text has it: "[W] b) ...". */
function isItem({ kind, text }: Block): boolean {
  return kind === 'item' || /^\s*(?:\[\w?\]|\(?\w{1,2}\))\s/.test(text);
}

/** How far into a block a mark for what is wrong is looked for. */
const MARK_REACH = 24;
const WRONG_MARK = /^[\s>]*(?:[✗✘❌✖🚫]|(?:wrong|incorrect|bad|avoid|not|don't)\s?:)/iu;

/** True in a block that begins with a mark for what is wrong, up to one for what is right: "✗ ...", "Wrong: ...". */
export function isMarkedWrong({ block, start }: Sentence): boolean {
  if (!WRONG_MARK.test(block.text.slice(0, MARK_REACH).replaceAll(GONE, ''))) return false;
  return !/[✓✔✅]/u.test(block.text.slice(0, start - block.start));
}

/** True of a cell in a column such as "Wrong" or "Do not write", or with a column for its correction. */
export function isBadExample(sentences: readonly Sentence[], at: number): boolean {
  const header = headerOf(sentences, at);
  return (
    header !== undefined &&
    (isCorrectedBeside(sentences, header) ||
      /(?:^| )(?:wrong|avoid|not|don't|never|incorrect|bad|instead of|before|found|mistakes?|errors?|myths?) /.test(
        normsOf(header),
      ))
  );
}

/** True of a column before one for what is printed or written instead. */
function isCorrectedBeside(sentences: readonly Sentence[], header: Sentence): boolean {
  const column = header.block.cell!.column + 1;
  const next = rowAround(sentences, header).find((at) => sentences[at]!.block.cell?.column === column);
  return (
    next !== undefined &&
    /^(?:printed|corrected|correction|instead|better|becomes|changed to|should|replacement|replaced|write instead|preferred) /.test(
      normsOf(sentences[next]!),
    )
  );
}

/* ---------------------------------------------------------------- words about words */

const WORDS_ABOUT_WORDS = anyOf(
  'words? | terms? | names | expressions? | spelling | pair | phrase | label | acronyms? | abbreviations? | slash | hyphen',
);

/** "Enter the code ...": what stands in quotation marks behind it is a value. */
const ENTERING = /(?:^| )(?:enter|type|select|choose|tick|pick|set|press) (?:\S+ ){0,3}$/;

/** A compound without a noun of its own, near words about words: the two are mentioned and not used. */
function isMetalinguistic(setting: Setting): boolean {
  const { sentences, at, line, last } = setting;
  if (
    isWritten(setting) ||
    ((isCited(setting) || isQuotedWhole(setting)) && ENTERING.test(textOf(setting, 0, setting.first)))
  )
    return true;
  if (line[last + 1]?.content) return false;
  const previous = sentences[at - 1];
  const before = previous && previous.blockIndex === sentences[at]!.blockIndex ? normsOf(previous) : '';
  return WORDS_ABOUT_WORDS.test(before + textOf(setting, 0, line.length));
}

/** Writing or saying "X/Y": the compound is all that stands in the quotation marks. */
function isWritten({ sentences, at, line, first, span }: Setting): boolean {
  const isNamed = isInsideQuotes(sentences[at]!, span) || isQuotedWhole({ sentences, at, span });
  if (isNamed && NAMED_SO.test(lineOfNorms(line.slice(0, first)))) return true;
  if (!isQuotedWhole({ sentences, at, span })) return false;
  return WRITING.test(lineOfNorms(line.slice(Math.max(0, first - 2), first)));
}

/** True in a cell that is a statement in quotation marks and nothing else. */
function isWholeQuotation({ sentences, at }: Setting): boolean {
  const { tokens, block } = sentences[at]!;
  return block.kind === 'cell' && tokens[0]?.norm === '"' && tokens.at(-1)?.norm === '"';
}

/** True if quotation marks stand around a span and nothing else. */
function isQuotedWhole({ sentences, at, span }: Pick<Setting, 'sentences' | 'at' | 'span'>): boolean {
  const { tokens } = sentences[at]!;
  if (tokens.find((token) => token.start === span.start)?.norm === '"') return true;
  const before = tokens.findLast((token) => token.end <= span.start);
  const after = tokens.find((token) => token.start >= span.end);
  return before?.norm === '"' && after?.norm === '"';
}

const NAMED_SO = /(?:^| )(?:name|title|heading|caption|header|label|inscription)s? (?:of (?:\S+ ){1,3})?(?:, )?$/;

const WRITING =
  /(?:^| )(?:(?:writ(?:e|es|ing|ten)|wrote|say(?:s|ing)?|said|spell(?:s|ing)?|typ(?:e|es|ing)|put(?:s|ting)?|read(?:s|ing)?|enter(?:s|ing)?)|(?:search|look|grep)(?:s|es|ing)?(?: for)?) $/;

/** A list of three or more items joined by slashes or dashes. */
function isInLongList({ line, first, last }: Setting): boolean {
  const mark = line[first + 1]?.norm ?? '';
  return /^[/–-]$/.test(mark) && (line[first - 1]?.norm === mark || line[last + 1]?.norm === mark);
}
