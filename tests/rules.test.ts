import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { rules } from '../server/engine';
import { draw, type Example, examplesOf, fixedText, lint, projectFile, undrawn, workspaceWith } from './helper';

const PAGES = 'server/engine/rules';
const CASES = 'tests/cases';

for (const rule of rules) {
  describe(`the page of ${rule.name}`, () => {
    const page = projectFile(join(PAGES, `${rule.name}.md`));
    const examples = examplesOf(page);
    test('opens with the name and the description of its rule', () => {
      assert.ok(
        page.startsWith(`# ${rule.name}\n\n${rule.description}.\n`),
        `${rule.name}.md must begin with its name and description`,
      );
    });
    test('shows places that are found and places that are not', () => {
      const found = examples.filter((example) => undrawn(example.drawn) !== example.drawn);
      assert.ok(found.length > 0 && found.length < examples.length);
    });
    runExamples(examples, rule.name);
  });
}

for (const file of readdirSync(CASES)) {
  describe(`the cases of ${file}`, () => runExamples(examplesOf(projectFile(join(CASES, file)))));
}

function runExamples(examples: readonly Example[], rule?: string): void {
  for (const example of examples) {
    const text = undrawn(example.drawn);
    const workspace = workspaceWith({}, example.glossary === undefined ? undefined : [example.glossary]);
    const { findings } = lint(text, example.format, workspace);
    test(`line ${example.line}: ${text.trim().split('\n')[0]}`, () => {
      assert.equal(draw(text, findings, rule), example.drawn);
    });
    for (const [number, expected] of example.fixed)
      test(`line ${example.line}: fix ${number} leads to a text without the finding`, () => {
        const after = fixedText(text, findings, number);
        assert.equal(after, expected);
        const names = findings.map((finding) => finding.rule);
        const left = lint(after, example.format, workspace).findings.filter((finding) => names.includes(finding.rule));
        assert.deepEqual(
          left.map((finding) => after.slice(finding.start, finding.end)),
          [],
        );
      });
  }
}
