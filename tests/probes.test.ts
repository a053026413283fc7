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
check('auth', workspaceWith({}, [auth]));
for (const { name, ext } of readdirSync(join(FOLDER, 'pairs')).map(parse))
  if (ext === '.jsonl') check(`pairs/${name}`, workspaceWith({}, [projectFile(join(FOLDER, 'pairs', `${name}.yaml`))]));
