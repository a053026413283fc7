import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { projectFile } from './helper';
import { precision, recall, scoreOf } from './score';

/** Documents written along with the engine, and such that were written by people who had not seen it. */
const FOLDERS = ['tests/corpus', 'tests/corpus/unseen'];

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

for (const folder of FOLDERS)
  describe(`the labelled documents of ${folder}`, () => {
    const floors: Floors = JSON.parse(projectFile(join(folder, 'floors.json')));
    const { total, pages, shown } = scoreOf(folder);
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
