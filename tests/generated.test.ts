import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectFile } from './helper';
import { generatedFiles } from './update';

for (const [path, text] of generatedFiles())
  test(`${path} is as "npm run update" writes it`, () => assert.equal(projectFile(path), text));
