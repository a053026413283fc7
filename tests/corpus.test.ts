import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { projectFile } from './helper';
import { precision, recall, scoreOf } from './score';

const FOLDER = 'tests/corpus';

/** What the labelled documents have reached and may not fall below, each a share of 1. */
interface Floors {
  /** Of the labelled conflations, those found. */
  readonly recall: number;
  /** Of the findings, those that are right. */
  readonly precision: number;
  /** Of the documents with a conflation, those with one found. */
  readonly caught: number;
  /** Of the clean documents, those without a finding. */
  readonly quiet: number;
}

const floors: Floors = JSON.parse(projectFile(join(FOLDER, 'floors.json')));

describe('the labelled documents', () => {
  const { total, pages, shown } = scoreOf(FOLDER);
  const reached: Floors = {
    recall: recall(total),
    precision: precision(total),
    caught: pages.caught / pages.conflating,
    quiet: pages.quiet / pages.clean,
  };
  for (const [name, floor] of Object.entries(floors)) {
    const now = reached[name as keyof Floors];
    test(`${name} is not lower than before: ${now.toFixed(3)}`, () => {
      assert.ok(now >= floor, `${name} is ${now.toFixed(3)}, it was ${floor}\n\n${shown.join('\n')}`);
    });
  }
});
