import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import { describe, test } from 'node:test';
import { rules } from '../server/engine';
import auth from '../server/glossaries/auth.yaml';
import { draw, lint, projectFile, workspaceWith } from './helper';

const FOLDER = 'tests/probes';

/** A text of its own and the rules of which any is right; none if nothing above a hint may be reported. */
interface Probe {
  readonly text: string;
  readonly expect: readonly string[];
  readonly why: string;
}

/** What a file of probes has reached and may not fall below. */
interface Floor {
  readonly recall: number;
  readonly precision: number;
}

const CONFLATION: ReadonlySet<string> = new Set(rules.filter((rule) => rule.conflation).map((rule) => rule.name));
const floors: Readonly<Record<string, Floor>> = JSON.parse(projectFile(join(FOLDER, 'floors.json')));

/** The share of the faults that are found, the share of the reports that are right, and what is wrong, drawn. */
function scoreOf(probes: readonly Probe[], workspace: ReturnType<typeof workspaceWith>) {
  let [faults, found, alarms] = [0, 0, 0];
  const wrong: string[] = [];
  for (const { text, expect, why } of probes) {
    const findings = lint(text, 'markdown', workspace).findings.filter(
      ({ rule, severity }) => CONFLATION.has(rule) && severity !== 'hint',
    );
    const isFound = findings.some(({ rule }) => expect.includes(rule));
    const isAlarm = findings.some(({ rule }) => !expect.includes(rule));
    if (expect.length > 0) faults++;
    if (isFound) found++;
    if (isAlarm) alarms++;
    if (isAlarm || isFound !== expect.length > 0)
      wrong.push(
        `${isAlarm ? 'ALARM' : 'MISS'} (${why}; ${expect.join(' or ') || 'silent'})\n${draw(text, findings)}\n`,
      );
  }
  return { recall: found / faults, precision: found / (found + alarms), wrong };
}

function probesOf(path: string): readonly Probe[] {
  return projectFile(path)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

function check(name: string, workspace: ReturnType<typeof workspaceWith>): void {
  describe(`the probes of ${name}`, () => {
    const { recall, precision, wrong } = scoreOf(probesOf(join(FOLDER, `${name}.jsonl`)), workspace);
    const floor = floors[name];
    const shown = () => wrong.join('\n');
    test('have a floor', () => assert.ok(floor));
    test(`are found as well as before: ${recall.toFixed(3)}`, () => {
      assert.ok(recall >= floor!.recall, `recall is ${recall.toFixed(3)}, it was ${floor!.recall}\n${shown()}`);
    });
    test(`are told from others as well as before: ${precision.toFixed(3)}`, () => {
      assert.ok(
        precision >= floor!.precision,
        `precision is ${precision.toFixed(3)}, it was ${floor!.precision}\n${shown()}`,
      );
    });
  });
}

check('iot-m2m', workspaceWith());
check('unseen', workspaceWith());
check('plain', workspaceWith());
check('auth', workspaceWith({}, [auth]));
for (const { name, ext } of readdirSync(join(FOLDER, 'pairs')).map(parse))
  if (ext === '.jsonl') check(`pairs/${name}`, workspaceWith({}, [projectFile(join(FOLDER, 'pairs', `${name}.yaml`))]));

/* ---------------------------------------------------------------- reworded */

/** A change that leaves what a text says of the concepts as it is; a text that it does not fit comes back as it was. */
type Rewording = (text: string) => string;

const isPlain = (text: string) => !/\n|^[#|>*\-`<\d]/.test(text.trim());
const isOneSentence = (text: string) => isPlain(text) && !/[.!?]\s+\S/.test(text.trim());
/** "The ..." in the middle of a sentence; names and terms keep their capitals. */
const uncapitalized = (text: string) =>
  /^[A-Z][a-z]+\b/.test(text) && !/^(?:Internet|I\b|Machine|[A-Z]\w*[A-Z])/.test(text)
    ? text[0]!.toLowerCase() + text.slice(1)
    : text;
const opened =
  (words: string): Rewording =>
  (text) =>
    isPlain(text) ? `${words} ${uncapitalized(text)}` : text;
const replaced =
  (pattern: RegExp, words: string): Rewording =>
  (text) =>
    isOneSentence(text) ? text.replace(pattern, words) : text;

const REWORDINGS: Readonly<Record<string, Rewording>> = {
  'behind "In short,"': opened('In short,'),
  'behind "In this report,"': opened('In this report,'),
  'behind "Of course,"': opened('Of course,'),
  'behind "Note that"': (text) => (isOneSentence(text) ? opened('Note that')(text) : text),
  'behind another sentence': (text) => (isPlain(text) ? `The plant has four halls. ${text}` : text),
  'before another sentence': (text) => (isPlain(text) ? `${text.trimEnd()} The next chapter deals with costs.` : text),
  'in a list': (text) => (isPlain(text) ? `- ${text}\n- The plant has four halls.\n` : text),
  'in a quotation': (text) => (isPlain(text) ? `> ${text}` : text),
  'below headings': (text) => `# Report\n\n## Remarks\n\n${text}`,
  'with terms in bold': (text) => (/[*_`[|]/.test(text) ? text : text.replace(/\b(IoT|M2M)\b(?![-/])/g, '**$1**')),
  'with terms as links': (text) => (/[*_`[|]/.test(text) ? text : text.replace(/\b(IoT|M2M)\b(?![-/])/g, '[$1](x.md)')),
  'with "in fact"': replaced(/ (is|are) (?!not|no\b|never)/, ' $1 in fact '),
  'with "today"': replaced(/ (is|are) (?!not|no\b|never)/, ' $1 today '),
  'with "has always been"': replaced(/ is (?!not|no\b|never)/, ' has always been '),
  'with ", in practice,"': replaced(/ (is|are|means|has|have) /, ', in practice, $1 '),
  'with a reference in brackets': replaced(/ (is|are|means|has|have) /, ' (see chapter 3) $1 '),
  'with a clause behind it': replaced(/\.$/, '; the next chapter deals with costs.'),
  'with a relative clause behind it': replaced(/\.$/, ', which makes procurement easier.'),
  'with a dash behind it': replaced(/\.$/, ' – as every fitter in the plant will tell you.'),
};
/** The share of the texts that have to be judged as before: some changes make of a text another one. */
const LEAST_ALIKE = 0.985;

describe('a probe in other words is judged as before', () => {
  const workspace = workspaceWith();
  const isRight = ({ text, expect }: Probe) => {
    const found = lint(text, 'markdown', workspace).findings.filter(({ rule }) => CONFLATION.has(rule));
    return expect.length === 0 ? found.length === 0 : found.some(({ rule }) => expect.includes(rule));
  };
  const right = probesOf(join(FOLDER, 'unseen.jsonl')).filter(isRight);
  for (const [name, reword] of Object.entries(REWORDINGS)) {
    const reworded = right
      .map((probe) => ({ ...probe, text: reword(probe.text), before: probe.text }))
      .filter(({ text, before }) => text !== before);
    const wrong = reworded.filter((probe) => !isRight(probe));
    const alike = 1 - wrong.length / reworded.length;
    test(`${name}: ${alike.toFixed(3)} of ${reworded.length}`, () => {
      assert.ok(reworded.length > 100);
      assert.ok(alike >= LEAST_ALIKE, wrong.map(({ text, expect }) => `${expect.join()} ${text}`).join('\n'));
    });
  }
});
