import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { describe, test } from 'node:test';
import { conceptCard, plain, senseCard } from '../server/card';
import { formatOf, rules } from '../server/engine';
import iotM2m from '../server/glossaries/iot-m2m.yaml';
import { draw, lint, projectFile, undrawn, workspaceWith } from './helper';

/* ---------------------------------------------------------------- an invented pair */

/** Nothing of it occurs in any rule: whatever is found of it comes from the glossary. */
const NONSENSE = `
name: nonsense
concepts:
  - id: fob
    gist: a grid of brindles that hum for the whole vale
    definition:
      text: Grid of brindles that hum together for the whole vale.
      source: Termlint
    terms:
      - Flurn of Brindles
      - FoB
      - { term: brindle flurn, status: deprecated, kind: variant }
    characteristics:
      - { respect: reach, text: reaches the whole vale, cues: [whole vale, vale grid, distant brindle] }
      - { respect: sound, text: hums by the glimmer, cues: [hums together, glimmer, choir of brindles] }
    narrower: g2g
    predecessor: g2g
    distinct: g2g
    names: [Quorlan FoB Vault, NB-FoB]
    senses:
      - { label: forge on board, expansions: [forge-on-board], cues: [anvil, bellows] }
  - id: g2g
    gist: a plonk of one gribbet to another
    definition: Plonk of one gribbet to another.
    terms:
      - gribbet-to-gribbet
      - G2G
    characteristics:
      - { respect: reach, text: reaches the next gribbet, cues: [next gribbet, one tether, short tether] }
      - { respect: sound, text: plonks by the thrum, cues: [plonks, thrum, without the glimmer] }
    distinct: fob
`;
const nonsense = workspaceWith({}, [NONSENSE]);

/** Expects the findings in the words of the invented pair to be those that are drawn. */
function check(drawn: string): void {
  const text = undrawn(drawn);
  assert.equal(draw(text, lint(text, 'markdown', nonsense).findings), drawn);
}

describe('of a pair that no rule was written for', () => {
  test('aliases are found', () => {
    check(`
The FoB/G2G trellis hums all night, unlike FoB and G2G trellises.
    ^^^^^^^ alias: "G2G" is not another name for "FoB".

The FoB (G2G) trellis, an FoB and a G2G.
    ^^^^^^^^^ alias: "G2G" is not another name for "FoB".

Flurn of Brindles, also known as gribbet-to-gribbet, is loud.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ alias: "gribbet-to-gribbet" is not another name for "Flurn of Brindles".
`);
  });

  test('equations are found', () => {
    check(`
FoB and G2G are the same thing, and they are not the same as a plunk.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ equation: "FoB" and "G2G" are not the same.
`);
    check('FoB and G2G are not the same thing.\n');
    check('Are FoB and G2G the same thing?\n');
  });

  test('wrong expansions are found', () => {
    check(`
The Flurn of Brindles (G2G) is loud, the Flurn of Brindles (FoB) is not.
    ^^^^^^^^^^^^^^^^^^^^^^^ misexpansion: "Flurn of Brindles" and "G2G" do not abbreviate each other.

- FoB: gribbet-to-gribbet
  ^^^^^^^^^^^^^^^^^^^^^^^ misexpansion: "FoB" and "gribbet-to-gribbet" do not abbreviate each other.
`);
  });

  test('inversions are found', () => {
    check(`
FoB is a subset of G2G.
^^^^^^^^^^^^^^^^^^^^^^ inversion: "FoB" is not a part or kind of "G2G", but the other way round.

G2G is the successor of FoB.
^^^^^^^^^^^^^^^^^^^^^^^^^^^ inversion: "FoB" did not come before "G2G", but the other way round.
`);
    check('G2G is a subset of FoB, and FoB is the successor of G2G.\n');
  });

  test('definitions of the other concept are found', () => {
    check(`
G2G is a choir of brindles that hums together by the glimmer.
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misattribution: This defines "G2G" by what distinguishes FoB.
`);
    check('FoB is a choir of brindles that hums together by the glimmer.\n');
  });

  test('a thing with two names is found', () => {
    check(`
Mount the G2G trellis on the plinth. Then oil the FoB trellis.
                                                  ^^^^^^^^^^^ drift: information: "FoB trellis" seems to be what is called "G2G trellis" before.
`);
    check('Mount the G2G trellis on the plinth. Then oil another FoB trellis.\n');
  });

  test('forms and deprecated terms are found', () => {
    check(`
A FOB and a gribbet to gribbet plonk are here.
  ^^^ form: information: "FOB" is not the form of the glossary.
            ^^^^^^^^^^^^^^^^^^ form: information: "gribbet to gribbet" is not the form of the glossary.

The brindle flurn is loud, and the FoB is not.
    ^^^^^^^^^^^^^ deprecated: "brindle flurn" is deprecated for FoB.
`);
  });

  test('every rule finds something above', () => {
    const found = new Set<string>();
    for (const text of [
      'An FoB/G2G trellis.',
      'FoB is G2G.',
      'G2G is short for Flurn of Brindles.',
      'FoB is a kind of G2G.',
      'G2G is a choir of brindles that hums together by the glimmer.',
      'Mount the G2G trellis. It is new. Then oil the FoB trellis.',
      'A brindle flurn and an FOB.',
    ])
      for (const { rule } of lint(text, 'markdown', nonsense).findings) found.add(rule);
    assert.deepEqual([...found].sort(), rules.map(({ name }) => name).sort());
  });

  test('names and other senses are told from the concept', () => {
    const senses = (text: string) =>
      lint(text, 'markdown', nonsense).document.mentions.map(({ text, sense }) => `${text}: ${sense.kind}`);
    assert.deepEqual(senses('The Quorlan FoB Vault has NB-FoB and an FoB.'), [
      'Quorlan FoB Vault: name',
      'NB-FoB: name',
      'FoB: concept',
    ]);
    assert.deepEqual(senses('The FoB has an anvil and bellows.'), ['FoB: other']);
  });

  test('fixes are made of its terms, with their articles', () => {
    const [finding] = lint('A gribbet-to-gribbet/FoB knob plonks.', 'markdown', nonsense).findings;
    assert.deepEqual(
      finding!.fixes.map(({ title }) => title),
      ['Use "gribbet-to-gribbet" only', 'Use "FoB" only', 'Name both: "gribbet-to-gribbet and FoB"'],
    );
    assert.equal(
      finding!.message,
      '"FoB" is not another name for "gribbet-to-gribbet": G2G is a plonk of one gribbet to another, FoB a grid of brindles that hum for the whole vale.',
    );
  });

  test('a card tells what a concept is and how it differs', () => {
    const concept = nonsense.lexicon.concepts.get('fob')!;
    const card = conceptCard(concept, nonsense.lexicon, plain);
    for (const words of [
      'FoB: Flurn of Brindles',
      'Grid of brindles',
      'Not the same as G2G',
      'reaches the next gribbet',
    ])
      assert.ok(card.includes(words), `${words} in: ${card}`);
    const [mention] = lint('The NB-FoB hums.', 'markdown', nonsense).document.mentions;
    assert.match(senseCard(mention!, plain)!, /NB-FoB/);
  });
});

describe('of two plain words that are only distinct', () => {
  const words = workspaceWith({}, [
    `
name: words
concepts:
  - { id: flurn, gist: a wet plonk, definition: A wet plonk., terms: [flurn], distinct: gribbet }
  - { id: gribbet, gist: a dry plonk, definition: A dry plonk., terms: [gribbet] }
`,
  ]);
  const found = (text: string) => lint(text, 'markdown', words).findings.map(({ rule }) => rule);

  test('conflations are found', () => {
    assert.deepEqual(found('The flurn/gribbet is loud.'), ['alias']);
    assert.deepEqual(found('A flurn, also called a gribbet, is loud.'), ['alias']);
    assert.deepEqual(found('A flurn is the same as a gribbet.'), ['equation']);
    assert.deepEqual(found('Flurns and gribbets are loud.'), []);
  });

  test('nothing is inverted, since the glossary gives no order', () => {
    assert.deepEqual(found('A flurn is a kind of gribbet.'), []);
    assert.deepEqual(found('A gribbet is the successor of a flurn.'), []);
  });
});

test('two concepts that are only related are no rivals', () => {
  const related = workspaceWith({}, [
    `
name: related
concepts:
  - { id: flurn, gist: a wet plonk, definition: A wet plonk., terms: [flurn], related: gribbet }
  - { id: gribbet, gist: a dry plonk, definition: A dry plonk., terms: [gribbet] }
`,
  ]);
  assert.deepEqual(lint('A flurn is the same as a gribbet. The flurn/gribbet.', 'markdown', related).findings, []);
});

/* ---------------------------------------------------------------- the built-in pair under other names */

/**
 * The terms of the built-in pair, with whatever marks stand between their words and letters, and the letters of other terms that are as long and
 * take the same articles, so that every place stays where it is.
 */
const OTHER_TERMS: readonly (readonly [RegExp, string])[] = [
  [/internet[^\p{L}\p{N}]{1,12}of[^\p{L}\p{N}]{1,12}things?/giu, 'aldernetofblorps'],
  [/machine[^\p{L}\p{N}]{1,12}to[^\p{L}\p{N}]{1,12}machine/giu, 'lugbodytolugbody'],
  [/i[.*-]{0,2}o[.*-]{0,2}t/gi, 'aob'],
  [/m[.*-]{0,2}2[.*-]{0,2}m/gi, 'l2l'],
];

/** A text with the other terms, in the letter case and with the marks that it has. */
function renamed(text: string): string {
  return OTHER_TERMS.reduce(
    (result, [term, other]) => result.replace(term, (found) => inLettersOf(found, other)),
    text,
  );
}

function inLettersOf(text: string, letters: string): string {
  let at = 0;
  return text.replace(/[\p{L}\p{N}]/gu, (letter) => {
    const other = letters[at++]!;
    return letter === letter.toUpperCase() ? other.toUpperCase() : other;
  });
}

/** The findings of a text, a line each. The order of the fixes may differ: "internet" is a cue also inside a term. */
function told(text: string, path: string, workspace?: ReturnType<typeof workspaceWith>): readonly string[] {
  const format = formatOf({ path })?.name ?? 'plaintext';
  return lint(text, format, workspace).findings.map(({ rule, severity, start, end, message, fixes }) => {
    const edits = fixes.map((fix) => fix.edits.map((edit) => `${edit.start}-${edit.end} ${edit.text}`).join());
    return `${rule} ${severity} ${start}-${end} ${message} ${edits.sort().join('; ')}`;
  });
}

describe('with other words for the built-in pair, the same is found at the same places', () => {
  const other = workspaceWith({}, [renamed(iotM2m)]);

  test('the other words are what they should be', () => {
    assert.equal(renamed('An IoT, I.o.T. or M-2-M device'), 'An AoB, A.o.B. or L-2-L device');
    assert.equal(renamed('the Internet of **Things**'), 'the Aldernet of **Blorps**');
    assert.equal(renamed('Machine-to-machine (M2M)'), 'Lugbody-to-lugbody (L2L)');
  });

  for (const folder of ['samples', 'tests/corpus/docs'])
    test(`in ${folder}`, () => {
      let count = 0;
      for (const file of readdirSync(folder).filter((name) => extname(name) !== '.ts')) {
        const path = join(folder, file);
        const text = projectFile(path);
        const expected = told(text, path).map(renamed);
        assert.deepEqual(told(renamed(text), path, other), expected, path);
        count += expected.length;
      }
      assert.ok(count > 0);
    });
});
