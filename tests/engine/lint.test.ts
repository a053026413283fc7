import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  analyze,
  applyEdits,
  formats,
  Lines,
  mergeSettings,
  type PartialSettings,
  readSettings,
  rules,
  settingsFrom,
  suppression,
} from '../../server/engine';
import { readSource } from '../../server/engine/formats';
import { draw, lint, projectFile, undrawn, workspaceWith } from '../helper';

const builtIn = workspaceWith();

/** Expects the findings of a text to be those that are drawn below its lines. */
function check(drawn: string, settings: PartialSettings = {}, format = 'markdown'): void {
  const text = undrawn(drawn);
  const { findings } = lint(text, format, { ...builtIn, settings: mergeSettings(settings) });
  assert.equal(draw(text, findings), drawn);
}

/* ---------------------------------------------------------------- directives */

describe('a directive', () => {
  test('disables from where it stands to the next enable, or to the end', () => {
    check(`
An IoT/M2M hub.
   ^^^^^^^ alias: "M2M" is not another name for "IoT".

<!-- termlint-disable -->

An IoT/M2M hub.

<!-- termlint-enable -->

An IoT/M2M hub.
   ^^^^^^^ alias: "M2M" is not another name for "IoT".

<!-- termlint-disable -->

An IoT/M2M hub.

An IoT/M2M hub.
`);
  });

  test('disables inside a paragraph too', () => {
    check(`
An IoT/M2M hub, <!-- termlint-disable --> an IoT/M2M hub, <!-- termlint-enable --> an IoT/M2M hub.
   ^^^^^^^ alias: "M2M" is not another name for "IoT".
                                                                                      ^^^^^^^ alias: "M2M" is not another name for "IoT".
`);
  });

  test('disables its line', () => {
    check(`
- An IoT/M2M hub. <!-- termlint-disable-line -->
- An IoT/M2M hub.
     ^^^^^^^ alias: "M2M" is not another name for "IoT".

| hub                                     | port    |
| --------------------------------------- | ------- |
| IoT/M2M <!-- termlint-disable-line -->  | M2M/IoT |
| IoT/M2M                                 | none    |
  ^^^^^^^ alias: "M2M" is not another name for "IoT".
`);
  });

  test('disables the next line, over blank lines, and not the one behind it', () => {
    check(`
<!-- termlint-disable-next-line -->
An IoT/M2M hub.
An IoT/M2M hub.
   ^^^^^^^ alias: "M2M" is not another name for "IoT".

<!-- termlint-disable-next-line -->

# An IoT/M2M hub
`);
  });

  test('disables what begins in the next line, however long it is', () => {
    check(`
<!-- termlint-disable-next-line -->
The gateway speaks IoT, which is also
known as M2M.
`);
  });

  test('disables the file from anywhere in it', () => {
    check(`
An IoT/M2M hub.

<!-- termlint-disable-file -->

An IOT hub.
`);
  });

  test('may stand in a comment over more than one line, and without spaces', () => {
    check(`
<!--termlint-disable-next-line-->
An IoT/M2M hub.

<!--
termlint-disable-next-line
  alias
-->
An IoT/M2M hub.
`);
  });

  test('disables the rules that it names only', () => {
    check(`
<!-- termlint-disable-next-line alias -->
An IoT/M2M hub and an IOT hub.
                      ^^^ form: information: "IOT" is not the form of the glossary.

<!-- termlint-disable-next-line alias, form -->
An IoT/M2M hub and an IOT hub.

<!-- termlint-disable-next-line alias form -->
An IoT/M2M hub and an IOT hub.
`);
    check(`
<!-- termlint-disable alias -->

An IoT/M2M hub and an IOT hub.
                      ^^^ form: information: "IOT" is not the form of the glossary.

<!-- termlint-enable alias -->

An IoT/M2M hub.
   ^^^^^^^ alias: "M2M" is not another name for "IoT".
`);
  });

  test('disables the phrase that it quotes only, in any letter case', () => {
    check(`
<!-- termlint-disable-next-line alias "IoT/M2M" -->
An IoT/M2M hub is an M2M/IoT hub.
                     ^^^^^^^ alias: "IoT" is not another name for "M2M".

<!-- termlint-disable-next-line “iot/m2m” -->
An IoT/M2M hub.
`);
  });

  test('may give its reason', () => {
    check(`
<!-- termlint-disable-next-line alias "IoT/M2M" -- the market is called so -->
An IoT/M2M hub.

<!-- termlint-disable-next-line -- we quote it, word for word; see "rules" -->
An IoT/M2M hub.
`);
  });

  test('is read in every kind of comment that Markdown has', () => {
    check(`
[//]: # (termlint-disable-next-line alias)
An IoT/M2M hub.
`);
    check('\n{/* termlint-disable-next-line alias */}\nAn IoT/M2M hub.\n', {}, 'mdx');
  });

  test('is read in a line of plain text that begins with the comment sign of a language', () => {
    check('# termlint-disable-next-line alias\nAn IoT/M2M hub.\n', {}, 'plaintext');
    check('// termlint-disable-next-line alias\nAn IoT/M2M hub.\n', {}, 'plaintext');
  });

  test('is not read in code, nor in other words', () => {
    check(`
\`<!-- termlint-disable-next-line -->\`
An IoT/M2M hub.
   ^^^^^^^ alias: "M2M" is not another name for "IoT".

<!-- Do not use termlint-disable-next-line here. -->
An IoT/M2M hub.
   ^^^^^^^ alias: "M2M" is not another name for "IoT".
`);
  });
});

describe('a directive is reported', () => {
  test('where it suppresses nothing', () => {
    check(`
<!-- termlint-disable-next-line -->
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ directive: information: This directive suppresses nothing.
We support IoT and M2M.

<!-- termlint-disable-next-line drift -->
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ directive: information: This directive suppresses nothing.
An IoT/M2M hub.
   ^^^^^^^ alias: "M2M" is not another name for "IoT".

<!-- termlint-disable-file form -->
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ directive: information: This directive suppresses nothing.
`);
  });

  test('also in a text that names no concept', () => {
    check(`
<!-- termlint-disable-file -->
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ directive: information: This directive suppresses nothing.

Nothing of the kind.
`);
  });

  test('but not where something else would suppress the same, nor an "enable"', () => {
    check(`
<!-- termlint-disable-file -->

An IoT/M2M hub. <!-- termlint-disable-line alias -->

<!-- termlint-enable -->
`);
  });

  test('where its verb is unknown', () => {
    check(`
<!-- termlint-disable-nxt-line -->
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ directive: information: "termlint-disable-nxt-line" is no directive.
An IoT/M2M hub.
   ^^^^^^^ alias: "M2M" is not another name for "IoT".
`);
  });

  test('where a rule is unknown; then nothing is suppressed', () => {
    check(`
<!-- termlint-disable-next-line alias, alais -->
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ directive: information: "alais" is no rule.
An IoT/M2M hub.
   ^^^^^^^ alias: "M2M" is not another name for "IoT".
`);
  });

  test('where it cannot be read, such as with a phrase that does not end', () => {
    check(`
<!-- termlint-disable-next-line "IoT/M2M -->
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ directive: information: This directive cannot be read.
An IoT/M2M hub.
   ^^^^^^^ alias: "M2M" is not another name for "IoT".
`);
  });

  test('at the level that is set, or not at all', () => {
    const text = '<!-- termlint-disable-file -->\n';
    check(`${text}${'^'.repeat(30)} directive: This directive suppresses nothing.\n`, {
      rules: { directive: 'warning' },
    });
    check(text, { rules: { directive: 'off' } });
  });

  test('and can be removed', () => {
    const text = 'One.\n\n<!-- termlint-disable-file -->\n\nTwo.\n';
    const [finding] = lint(text).findings;
    const [fix] = finding!.fixes;
    assert.equal(fix!.title, 'Remove the directive');
    assert.deepEqual(lint(applyEdits(text, fix!.edits)).findings, []);
  });
});

/* ---------------------------------------------------------------- settings of what is reported */

const SAMPLE = `
The M2M (IoT) hub, an IoT/M2M/SCADA list, the "M2M" or "IoT" world, and IOT.
`;

describe('the severity of a rule', () => {
  test('is its own by default, and that of its evidence', () => {
    check(`
The M2M (IoT) hub, an IoT/M2M/SCADA list, the "M2M" or "IoT" world, and IOT.
    ^^^^^^^^^ alias: "IoT" is not another name for "M2M".
                      ^^^^^^^ alias: hint: "M2M" is not another name for "IoT".
                                              ^^^^^^^^^^^^^^ alias: information: "IoT" is not another name for "M2M".
                                                                        ^^^ form: information: "IOT" is not the form of the glossary.
`);
  });

  test('can be raised; weaker evidence stays below', () => {
    check(
      `
The M2M (IoT) hub, an IoT/M2M/SCADA list, the "M2M" or "IoT" world, and IOT.
    ^^^^^^^^^ alias: error: "IoT" is not another name for "M2M".
                      ^^^^^^^ alias: hint: "M2M" is not another name for "IoT".
                                              ^^^^^^^^^^^^^^ alias: information: "IoT" is not another name for "M2M".
                                                                        ^^^ form: "IOT" is not the form of the glossary.
`,
      { rules: { alias: 'error', form: 'warning' } },
    );
  });

  test('can be lowered', () => {
    check(
      `
The M2M (IoT) hub, an IoT/M2M/SCADA list, the "M2M" or "IoT" world, and IOT.
    ^^^^^^^^^ alias: hint: "IoT" is not another name for "M2M".
                      ^^^^^^^ alias: hint: "M2M" is not another name for "IoT".
                                              ^^^^^^^^^^^^^^ alias: hint: "IoT" is not another name for "M2M".
                                                                        ^^^ form: information: "IOT" is not the form of the glossary.
`,
      { rules: { alias: 'hint' } },
    );
  });

  test('can be turned off', () => {
    check(SAMPLE, { rules: { alias: 'off', form: 'off' } });
  });
});

test('nothing is read where it is not enabled', () => {
  const { document, findings } = lint(SAMPLE, 'markdown', workspaceWith({ enable: false }));
  assert.deepEqual([findings, document.mentions, document.blocks], [[], [], []]);
});

describe('an allowed phrase', () => {
  test('silences what it covers or touches, in any letter case', () => {
    const allow = ['iot/m2m market'];
    check('The IoT/M2M market grows.\n', { allow });
    check(
      `
The IoT/M2M hub sells on the IoT/M2M market.
    ^^^^^^^ alias: "M2M" is not another name for "IoT".
`,
      { allow },
    );
    check('IoT and M2M are the same thing.\n', { allow: ['M2M are the same'] });
  });

  test('silences nothing beside it', () => {
    check(
      `
The IoT/M2M market grows.
    ^^^^^^^ alias: "M2M" is not another name for "IoT".
`,
      { allow: ['market', ''] },
    );
  });

  test('may reach over a soft wrap', () => {
    check('The IoT/M2M\nmarket grows.\n', { allow: ['IoT/M2M market'] });
  });
});

/* ---------------------------------------------------------------- the edit that suppresses */

describe('the edit that suppresses a finding', () => {
  /** The text after it, in which the finding must be gone. */
  function suppressed(text: string, format = 'markdown'): string {
    const [finding] = lint(text, format).findings;
    const after = applyEdits(text, suppression({ text, format }, finding!));
    assert.deepEqual(lint(after, format).findings, []);
    return after;
  }

  test('is a comment above its line', () => {
    assert.equal(
      suppressed('One.\n\nAn IoT/M2M hub.\n'),
      'One.\n\n<!-- termlint-disable-next-line alias -->\nAn IoT/M2M hub.\n',
    );
    assert.equal(suppressed('# An IoT/M2M hub'), '<!-- termlint-disable-next-line alias -->\n# An IoT/M2M hub');
  });

  test('stands in the line where a line of its own would end an item, a paragraph or a table', () => {
    assert.equal(
      suppressed('- One.\n\n  An IoT/M2M hub.\n'),
      '- One.\n\n  An IoT/M2M hub. <!-- termlint-disable-line alias -->\n',
    );
    assert.equal(
      suppressed('One and\nan IoT/M2M hub.\n'),
      'One and\nan IoT/M2M hub. <!-- termlint-disable-line alias -->\n',
    );
    assert.equal(
      suppressed('| A | B |\n|---|---|\n| an IoT/M2M hub | 1 |\n'),
      '| A | B |\n|---|---|\n| an IoT/M2M hub <!-- termlint-disable-line alias --> | 1 |\n',
    );
  });

  test('names the rule, so that others still report', () => {
    const text = 'An IoT/M2M hub and an IOT hub.';
    const [finding] = lint(text).findings;
    const after = applyEdits(text, suppression({ text, format: 'markdown' }, finding!));
    assert.deepEqual(
      lint(after).findings.map(({ rule }) => rule),
      ['form'],
    );
  });

  test('stands in text where its line goes on with markup', () => {
    assert.equal(
      suppressed('<p>An IoT/M2M hub <a\nhref="x">here</a>.</p>\n', 'html'),
      '<p>An IoT/M2M hub <!-- termlint-disable-line alias --> <a\nhref="x">here</a>.</p>\n',
    );
    assert.equal(
      suppressed('{ "cells": [{ "cell_type": "markdown", "source": ["# A *IoT/M2M*\\n", "hub."] }] }', 'ipynb'),
      '{ "cells": [{ "cell_type": "markdown", "source": ["# A *IoT/M2M* <!-- termlint-disable-line alias -->\\n", "hub."] }] }',
    );
  });

  test('exists where the format has comments, and nowhere else', () => {
    // In these a line alone is no document.
    const documents = new Map([
      ['xml', '<topic id="hub"><title>Hub</title><body>\n<p>An IoT/M2M hub.</p>\n</body></topic>\n'],
      ['notebook', '{ "cells": [{ "cell_type": "markdown", "source": "An IoT/M2M hub." }] }\n'],
    ]);
    for (const { name, comment, languages } of formats) {
      const source = { text: documents.get(name) ?? 'An IoT/M2M hub.\n', format: languages[0]! };
      const [finding] = analyze(source, builtIn).findings;
      const edits = suppression(source, finding!);
      assert.equal(edits.length > 0, comment !== undefined, source.format);
      const after = lint(applyEdits(source.text, edits), source.format).findings;
      assert.equal(after.length, edits.length > 0 ? 0 : 1, source.format);
    }
  });
});

/* ---------------------------------------------------------------- reading settings */

/** Expects the problems of settings to be those that are drawn below their lines, and gives the settings. */
function read(drawn: string): PartialSettings {
  const text = drawn.replace(/^ *\^+ .*\n/gm, '');
  const { settings, problems } = readSettings(text);
  const lines = new Lines(text);
  const below = (line: number) =>
    problems
      .filter(({ start }) => lines.positionAt(start).line === line)
      .map(({ start, end, message }) => {
        const { character } = lines.positionAt(start);
        const width = Math.max(1, Math.min(end, lines.line(line).end) - start);
        return `${' '.repeat(character)}${'^'.repeat(width)} ${message}`;
      });
  const shown = text.split('\n').flatMap((each, line) => [each, ...below(line)]);
  assert.equal(shown.join('\n'), drawn);
  return settings;
}

const RULES = [...rules.map(({ name }) => name), 'directive'].join(', ');

describe('readSettings', () => {
  test('reads every setting', () => {
    const settings = read(`enable: true
extends: [../termlint.yaml]
rules:
  alias: error
  drift: off
glossaries: [iot-m2m, terms/own.yaml]
exclude: [vendor/**]
allow:
  - IoT/M2M market
documents: [markdown]
`);
    assert.deepEqual(settings, {
      enable: true,
      extends: ['../termlint.yaml'],
      rules: { alias: 'error', drift: 'off' },
      glossaries: ['iot-m2m', 'terms/own.yaml'],
      exclude: ['vendor/**'],
      allow: ['IoT/M2M market'],
      documents: ['markdown'],
    });
  });

  test('takes one text for a list of one, nothing for nothing, and JSON', () => {
    assert.deepEqual(read('glossaries: auth\nallow:\nrules:\n'), { glossaries: ['auth'] });
    assert.deepEqual(read('{"rules": {"alias": "off"}}\n'), { rules: { alias: 'off' } });
    assert.deepEqual(read('# nothing\n'), {});
    assert.deepEqual(read(''), {});
  });

  test('takes "false" for "off", because YAML 1.1 read "off" so', () => {
    assert.deepEqual(read('rules:\n  alias: false\n'), { rules: { alias: 'off' } });
  });

  test('reports an unknown setting at its name, and reads the others', () => {
    const settings = read(`allowed: [a]
^^^^^^^ "allowed" is no setting: the settings are enable, extends, rules, glossaries, exclude, allow, documents.
allow: [b]
`);
    assert.deepEqual(settings, { allow: ['b'] });
  });

  test('reports an unknown rule at its name and an unknown severity at its place, and reads the others', () => {
    const settings = read(`rules:
  alais: off
  ^^^^^ "alais" is no rule: the rules are ${RULES}.
  drift: loud
         ^^^^ "loud" is no severity: use off, hint, information, warning, error.
  form: true
        ^^^^ "true" is no severity: use off, hint, information, warning, error.
  alias: hint
`);
    assert.deepEqual(settings, { rules: { alias: 'hint' } });
  });

  test('reports values of another kind', () => {
    const settings = read(`enable: perhaps
        ^^^^^^^ "enable" is true or false.
rules: off
       ^^^ "rules" is a map of rule names and severities, such as "alias: warning".
glossaries: [auth, 5]
            ^^^^^^^^^ "glossaries" is a list of texts.
`);
    assert.deepEqual(settings, { rules: {}, glossaries: ['auth'] });
    assert.deepEqual(
      read(`- alias
^^^^^^^ Settings are a map of names and values, such as "rules:".
`),
      {},
    );
  });

  test('reports a fault of YAML where it is, and reads nothing of a text that it cannot trust', () => {
    const { settings, problems } = readSettings('rules: {alias: off\nallow: [a]\n');
    assert.deepEqual(settings, {});
    assert.ok(problems.length > 0);
  });

  test('reads names that JavaScript knows as any other', () => {
    const { settings, problems } = readSettings('rules:\n  __proto__: off\n  constructor: off\n');
    assert.deepEqual([Object.keys(settings.rules ?? {}), problems.length], [[], 2]);
  });

  test('is total, and its problems begin in the text', () => {
    const pieces = [
      'rules:',
      '\n  ',
      'alias: ',
      'off',
      '\n',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&a ',
      '*a',
      'enable: ',
      '"',
      '|\n',
      '\t',
      '# ',
    ];
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 20 });
    fc.assert(
      fc.property(text, (parts) => {
        const source = parts.join('');
        const { settings, problems } = readSettings(source);
        assert.ok(mergeSettings(settings).rules);
        for (const { start, end } of problems) assert.ok(0 <= start && start <= end && start <= source.length);
      }),
    );
  });
});

describe('settingsFrom', () => {
  test('reads a value as a file of the same content', () => {
    const { settings, problems } = settingsFrom({ rules: { alias: 'off', alais: 'off' }, allow: 'x' });
    assert.deepEqual(settings, { rules: { alias: 'off' }, allow: ['x'] });
    assert.deepEqual(problems, [
      { start: 0, end: 0, severity: 'error', message: `"alais" is no rule: the rules are ${RULES}.` },
    ]);
  });

  test('takes nothing for no settings', () => {
    for (const nothing of [undefined, null, {}])
      assert.deepEqual(settingsFrom(nothing), { settings: {}, problems: [] });
  });
});

describe('mergeSettings', () => {
  test('has defaults', () => {
    assert.deepEqual(mergeSettings(), {
      enable: true,
      rules: {},
      glossaries: [],
      exclude: [],
      allow: [],
      documents: [],
    });
  });

  test('lays stronger over weaker: rules by name, lists as a whole, and what is absent not at all', () => {
    const merged = mergeSettings(
      { rules: { alias: 'off', drift: 'hint' }, allow: ['a'], exclude: ['x'] },
      { rules: { drift: 'error' }, allow: ['b'], enable: undefined },
      { enable: false },
    );
    assert.deepEqual(merged.rules, { alias: 'off', drift: 'error' });
    assert.deepEqual([merged.allow, merged.exclude, merged.enable], [['b'], ['x'], false]);
  });

  test('leaves "extends" out, since whoever read the files has followed it', () => {
    assert.ok(!('extends' in mergeSettings({ extends: ['../termlint.yaml'] })));
  });
});

/* ---------------------------------------------------------------- repairs in every format */

describe('no repair of a labelled document', () => {
  const kindsOf = (text: string, format: string) =>
    readSource({ text, format }).blocks.map(({ kind, level }) => [kind, level]);
  const folder = 'tests/corpus/docs';
  for (const { name, languages, extensions } of formats)
    test(`makes other blocks of ${name}`, () => {
      for (const file of readdirSync(folder).filter((each) => extensions.includes(extname(each)))) {
        const text = projectFile(join(folder, file));
        const kinds = kindsOf(text, languages[0]!);
        for (const { fixes } of lint(text, languages[0]!).findings)
          for (const { title, edits } of fixes)
            assert.deepEqual(kindsOf(applyEdits(text, edits), languages[0]!), kinds, `${file}: ${title}`);
      }
    });
});
