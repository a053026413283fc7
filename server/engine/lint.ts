import { isMap, isScalar, type Node, parseDocument } from 'yaml';
import { readAttributions } from './attribution';
import { type Document, hintsOf, readClaims } from './claim';
import { DIRECTIVE, suppress } from './directive';
import type { Source } from './document';
import { formatFor, readSource } from './formats';
import type { Concept } from './glossary';
import type { Lexicon } from './lexicon';
import { type Mention, readSentences } from './mention';
import { fitted, touchesLink } from './patch';
import { readPhrases } from './phrase';
import { flattened, recallOf } from './recall';
import { readReferents } from './referent';
import type { Finding, Fix, Report, Rule, Severity } from './rule';
import { rules } from './rules';
import { readCounted } from './story';
import type { Problem, Span } from './text';

/** What a project or a person has decided. All paths are as they were written; hosts resolve them. */
export interface Settings {
  readonly enable: boolean;
  /** Severity by rule name; a rule that is not named has its own. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Names of built-in glossaries and paths of glossary files; what the host takes if none is named is its own affair. */
  readonly glossaries: readonly string[];
  /** Patterns as in `.gitignore`, relative to the folder of the settings file. */
  readonly exclude: readonly string[];
  /** Phrases in which nothing is reported, compared without letter case. */
  readonly allow: readonly string[];
  /** Language ids of the documents to read; empty means every known format. */
  readonly documents: readonly string[];
}

/** Settings as a file or an editor gives them: what is absent is not decided there. */
export interface PartialSettings extends Partial<Settings> {
  /** Paths of settings files that this one builds on, weakest first. */
  readonly extends?: readonly string[];
}

/** The glossaries and settings that a document is read with. */
export interface Workspace {
  readonly lexicon: Lexicon;
  readonly settings: Settings;
}

/** What was read of a document, and what is wrong with it. */
export interface Analysis {
  readonly document: Document;
  readonly findings: readonly Finding[];
  /** Rules that threw, which is a bug of theirs: the others have been run all the same. */
  readonly failures: readonly { readonly rule: string; readonly error: unknown }[];
}

/** Reads a document and finds its faults. Total, pure and synchronous; `previous` only makes it faster. */
export function analyze(source: Source, workspace: Workspace, previous?: Analysis): Analysis {
  const { lexicon, settings } = workspace;
  const searched = formatFor(source).searched?.(source.text) ?? source.text;
  if (!settings.enable || !(lexicon.mayMention(searched) || searched.includes('termlint-')))
    return { document: emptyDocument(source, lexicon), findings: [], failures: [] };
  const document = readDocument(source, lexicon, previous?.document);
  const { findings, failures } = findingsOf(document, settings);
  return { document, findings: withoutSuppressed(document, settings, findings), failures };
}

function emptyDocument(source: Source, lexicon: Lexicon): Document {
  const reading = { blocks: [], comments: [] };
  const nothing = {
    blocks: [],
    sentences: [],
    mentions: [],
    claims: [],
    referents: [],
    attributions: [],
    counts: new Map(),
  };
  const memory = {
    sentences: { blocks: [], sentences: [] },
    claims: [],
    attributions: [],
    phrases: [],
    counted: [],
    locators: new WeakMap(),
  };
  return { source, lexicon, ...nothing, reading, memory };
}

function readDocument(source: Source, lexicon: Lexicon, previous?: Document): Document {
  const earlier =
    previous && previous.blocks.length > 0 && previous.source.format === source.format ? previous : undefined;
  const reading = readSource(source, earlier);
  const known = earlier?.lexicon === lexicon ? earlier.memory : undefined;
  const read = readSentences(reading.blocks, lexicon, known?.sentences);
  const { sentences } = read;
  const recall = recallOf(sentences, known && earlier!.sentences);
  const { claims, readings: claimed } = readClaims(recall, lexicon, known?.claims);
  const { attributions, readings: attributed } = readAttributions(recall, lexicon, known?.attributions);
  const { phrases, readings: phrased } = readPhrases(recall, known?.phrases);
  const counted = readCounted(recall, known?.counted);
  const locators = known?.locators ?? new WeakMap();
  const mentions = flattened(sentences.map((sentence) => sentence.mentions));
  return {
    source,
    lexicon,
    blocks: reading.blocks,
    sentences,
    mentions,
    claims,
    referents: readReferents({ source: source.text, locators, sentences, phrases, counted }, hintsOf(claims), lexicon),
    attributions,
    counts: countsOf(mentions),
    reading,
    memory: { sentences: read.memory, claims: claimed, attributions: attributed, phrases: phrased, counted, locators },
  };
}

function countsOf(mentions: readonly Mention[]): ReadonlyMap<Concept, number> {
  const counts = new Map<Concept, number>();
  for (const { concept, sense } of mentions)
    if (sense.kind === 'concept') counts.set(concept, (counts.get(concept) ?? 0) + 1);
  return counts;
}

/* ---------------------------------------------------------------- rules */

function findingsOf(document: Document, settings: Settings): Omit<Analysis, 'document'> {
  const findings: Finding[] = [];
  const failures: { rule: string; error: unknown }[] = [];
  for (const rule of rules) {
    const level = settings.rules[rule.name] ?? rule.severity;
    if (level === 'off') continue;
    try {
      for (const report of rule.check(document))
        findings.push(findingOf(report, rule.name, severityOf(report, rule, level), document));
    } catch (error) {
      failures.push({ rule: rule.name, error });
    }
  }
  return { findings: findings.sort((a, b) => a.start - b.start || a.end - b.end), failures };
}

function findingOf(report: Report, rule: string, severity: Severity, document: Document): Finding {
  let fixes: readonly Fix[] | undefined;
  return {
    ...report,
    rule,
    severity,
    get fixes() {
      fixes ??= laidOut(report.fixes(), document);
      return fixes;
    },
  };
}

/** The fixes as their format needs them, without those that would harm the markup. */
function laidOut(fixes: readonly Fix[], document: Document): readonly Fix[] {
  return fixes.flatMap((fix) => {
    const edits = fitted(document, fix.edits);
    return edits ? [{ ...fix, edits, safe: fix.safe && !touchesLink(document, fix.edits) }] : [];
  });
}

/** The findings that no directive and no allowed phrase suppresses, with those about the directives themselves. */
function withoutSuppressed(document: Document, settings: Settings, findings: readonly Finding[]): readonly Finding[] {
  const { kept, own } = suppress(document, settings.allow, findings);
  const level = settings.rules[DIRECTIVE] ?? 'information';
  const about = level === 'off' ? [] : own.map((finding) => ({ ...finding, severity: level }));
  return [...kept, ...about].sort((a, b) => a.start - b.start || a.end - b.end);
}

const STRENGTH: readonly Severity[] = ['hint', 'information', 'warning', 'error'];

/** The configured level stands for the rule's strongest findings; weaker ones stay below it. */
function severityOf(report: Report, rule: Rule, level: Severity): Severity {
  const strongest = rule.severity === 'off' ? report.severity : rule.severity;
  if (STRENGTH.indexOf(report.severity) >= STRENGTH.indexOf(strongest)) return level;
  return STRENGTH[Math.min(STRENGTH.indexOf(report.severity), STRENGTH.indexOf(level))]!;
}

/* ---------------------------------------------------------------- settings */

const DEFAULTS: Settings = { enable: true, rules: {}, glossaries: [], exclude: [], allow: [], documents: [] };
const LEVELS: ReadonlySet<string> = new Set(['off', 'hint', 'information', 'warning', 'error']);
const KEYS = ['enable', 'extends', 'rules', 'glossaries', 'exclude', 'allow', 'documents'] as const;

/** Settings laid over each other, strongest last, on top of the defaults. Rules are merged by name, lists are replaced. */
export function mergeSettings(...layers: readonly PartialSettings[]): Settings {
  let merged = DEFAULTS;
  for (const { extends: _, ...layer } of layers) {
    const rules = { ...merged.rules, ...layer.rules };
    merged = { ...merged, ...defined(layer), rules };
  }
  return merged;
}

function defined(layer: PartialSettings): PartialSettings {
  return Object.fromEntries(Object.entries(layer).filter(([, value]) => value !== undefined));
}

/** Reads `termlint.yaml`. Never throws; unknown keys, rules and severities are problems with their place. */
export function readSettings(text: string): { settings: PartialSettings; problems: readonly Problem[] } {
  const parsed = parseDocument(text, { prettyErrors: false });
  const problems: Problem[] = parsed.errors.map((error) => ({
    start: error.pos[0],
    end: error.pos[1],
    message: error.message,
    severity: 'error',
  }));
  const at = (path: readonly string[], onKey: boolean): Span =>
    spanOf(parsed.contents, path, onKey) ?? { start: 0, end: Math.min(1, text.length) };
  const value = parsed.errors.length > 0 ? undefined : plainValue(() => parsed.toJS({ maxAliasCount: 100 }));
  if (value === undefined || value === null) return { settings: {}, problems };
  const { settings, problems: more } = checkSettings(value, at);
  return { settings, problems: [...problems, ...more] };
}

/** The same for settings that come as a value, such as an editor's; spans of problems are empty. */
export function settingsFrom(value: unknown): { settings: PartialSettings; problems: readonly Problem[] } {
  return checkSettings(value ?? {}, () => ({ start: 0, end: 0 }));
}

function plainValue(make: () => unknown): unknown {
  try {
    return make();
  } catch {
    return undefined; // Too many aliases: a YAML bomb.
  }
}

type Locate = (path: readonly string[], onKey: boolean) => Span;

function checkSettings(value: unknown, at: Locate): { settings: PartialSettings; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const report = (path: readonly string[], onKey: boolean, message: string) =>
    problems.push({ ...at(path, onKey), message, severity: 'error' });
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report([], false, 'Settings are a map of names and values, such as "rules:".');
    return { settings: {}, problems };
  }
  const settings: Record<string, unknown> = {};
  for (const [key, given] of Object.entries(value)) {
    if (given === null || given === undefined) continue;
    if (!(KEYS as readonly string[]).includes(key))
      report([key], true, `"${key}" is no setting: the settings are ${KEYS.join(', ')}.`);
    else if (key === 'enable') {
      if (typeof given === 'boolean') settings.enable = given;
      else report([key], false, '"enable" is true or false.');
    } else if (key === 'rules') settings.rules = checkRules(given, report);
    else settings[key] = checkList(key, given, report);
  }
  return { settings: settings as PartialSettings, problems };
}

type ReportAt = (path: readonly string[], onKey: boolean, message: string) => void;

function checkRules(given: unknown, report: ReportAt): Record<string, Severity | 'off'> {
  const levels: Record<string, Severity | 'off'> = {};
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    report(['rules'], false, '"rules" is a map of rule names and severities, such as "alias: warning".');
    return levels;
  }
  for (const [name, level] of Object.entries(given)) {
    if (name !== DIRECTIVE && !rules.some((rule) => rule.name === name))
      report(
        ['rules', name],
        true,
        `"${name}" is no rule: the rules are ${[...rules.map((rule) => rule.name), DIRECTIVE].join(', ')}.`,
      );
    else if (level === false)
      levels[name] = 'off'; // YAML 1.1 habits: "off" read as false by other tools.
    else if (typeof level !== 'string' || !LEVELS.has(level))
      report(['rules', name], false, `"${String(level)}" is no severity: use ${[...LEVELS].join(', ')}.`);
    else levels[name] = level as Severity | 'off';
  }
  return levels;
}

function checkList(key: string, given: unknown, report: ReportAt): readonly string[] {
  const list = Array.isArray(given) ? given : [given];
  const strings = list.filter((item): item is string => typeof item === 'string');
  if (strings.length < list.length) report([key], false, `"${key}" is a list of texts.`);
  return strings;
}

function spanOf(root: Node | null, path: readonly string[], onKey: boolean): Span | undefined {
  let node: Node | null | undefined = root;
  let key: Node | undefined;
  for (const name of path) {
    if (!isMap(node)) return undefined;
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === name);
    key = pair?.key as Node | undefined;
    node = pair?.value as Node | null | undefined;
  }
  const range = ((onKey ? key : node) ?? key)?.range;
  return range ? { start: range[0], end: range[1] } : undefined;
}
