import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import Ajv from 'ajv';
import fc from 'fast-check';
import { parse } from 'yaml';
import { type Concept, glossaryFormat, readGlossary } from '../../server/engine/glossary';
import { Lines, type Problem } from '../../server/engine/text';
import authText from '../../server/glossaries/auth.yaml';
import iotM2mText from '../../server/glossaries/iot-m2m.yaml';

const CARETS = /^ *\^+ (error|warning): /;

/** Each line with carets below whatever is wrong in it. */
function draw(text: string, problems: readonly Problem[]): string {
  const lines = new Lines(text);
  return text
    .split('\n')
    .flatMap((line, number) => [
      line,
      ...problems
        .filter((problem) => lines.positionAt(problem.start).line === number)
        .map((problem) => carets(problem)),
    ])
    .join('\n');

  function carets({ start, end, severity, message }: Problem): string {
    const { line, character } = lines.positionAt(start);
    const width = Math.max(1, Math.min(end, lines.line(line).end) - start);
    return `${' '.repeat(character)}${'^'.repeat(width)} ${severity}: ${message}`;
  }
}

/** Reads the text without its lines of carets, and expects the problems to be those that are drawn. */
function check(drawn: string): readonly Concept[] {
  const lines = drawn.replace(/^\n/, '').split('\n');
  const text = lines.filter((line) => !CARETS.test(line)).join('\n');
  const { glossary, problems } = readGlossary(text);
  assert.equal(draw(text, problems), lines.join('\n'));
  return glossary.concepts;
}

test('a glossary without problems', () => {
  const [concept] = check(`
name: things
concepts:
  - id: iot
    gist: a network of things.
    definition: A network of things.
    definitions:
      - {text: A global infrastructure., source: ITU-T Y.4000, url: "https://www.itu.int/"}
    terms: [Internet of Things, IoT]
    characteristics:
      - {respect: scope, text: covers every aspect of business, cues: [business process]}
    names: [Azure IoT Hub]
    senses: [{label: inductive output tube, spelling: IOT, cues: klystron}]
    note: |
      One.

      Two.`);
  assert.equal(concept!.label, 'IoT');
  assert.equal(concept!.gist, 'a network of things');
  assert.deepEqual(concept!.definitions, [
    { text: 'A network of things.' },
    { text: 'A global infrastructure.', source: 'ITU-T Y.4000', url: 'https://www.itu.int/' },
  ]);
  assert.deepEqual(concept!.characteristics[0]!.cues, ['business process']);
  assert.deepEqual(concept!.senses, [
    { label: 'inductive output tube', spelling: 'IOT', expansions: [], cues: ['klystron'] },
  ]);
  assert.equal(concept!.note, 'One.\n\nTwo.');
});

test('an unknown key is told with the key that was meant', () => {
  const [concept] = check(`
titel: Things
^^^^^ error: "titel" is not a key of a glossary. Did you mean "title"?
concepts:
  - id: iot
    defintion: A network.
    ^^^^^^^^^ error: "defintion" is not a key of a concept. Did you mean "definition"?
    definition: A network.
    gist: a network
    owner: me
    ^^^^^ error: "owner" is not a key of a concept. Correct or remove it.
    terms:
      - {term: IoT, use: always}
                    ^^^ error: "use" is not a key of a term. Its keys are "term", "kind", "status", "match".
    gist: another network
    ^^^^ error: "gist" stands twice here, and only the first is read. Join the two.`);
  assert.equal(concept!.gist, 'a network');
  assert.equal(concept!.terms[0]!.text, 'IoT');
});

test('a value of another type', () => {
  check(`
name: [a]
      ^^^ error: Here, "name" needs text, but has a list. Write words, in quotes if they contain a colon.
title: 5
       ^ warning: "5" is a number here, not text. Put it in quotes.
language: English language
          ^^^^^^^^^^^^^^^^ error: "English language" is not a language tag (BCP 47), so that "en" is assumed. Write "en" or "en-GB".
concepts:
  - IoT
    ^^^ error: Here, "concepts" needs keys with values, but has text. Write, for example, "id: ...".
  - id: iot
    ^^^^^^^ error: This concept has no terms, so that no document can mention it. Add "terms" with the words that name it.
    gist: a network
    definition: A network.
    terms: {term: IoT}
           ^^^^^^^^^^^ error: Here, "terms" needs a list, but has keys with values. Begin each entry with "- ".`);
});

test('what is missing', () => {
  const concepts = check(`
concepts:
  - terms: [Internet of Things]
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: This concept has no "id", so that no other concept can refer to it. Add a short word that stays the same, such as "internet-of-things".
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: "internet-of-things" has no "gist", so that messages cannot say what it is. Add one clause that completes "internet-of-things is ...".
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning: "internet-of-things" has no "definition", so that a writer cannot look it up. Add one sentence that says what it is, and its source.
  - id: m2m
    ^^^^^^^ error: This concept has no terms, so that no document can mention it. Add "terms" with the words that name it.
    gist: direct communication
    definition:
    ^^^^^^^^^^ error: Nothing is written for "definition". Fill it in, or remove it.
    characteristics:
      - respect: scope
        ^^^^^^^^^^^^^^ error: A characteristic needs "text"; without it, it says nothing. Add it.
    senses:
      - label: many-to-many
               ^^^^^^^^^^^^ warning: "many-to-many" has nothing by which it could be recognized. Add "expansions" or "cues".`);
  assert.deepEqual(
    concepts.map((concept) => [concept.id, concept.gist]),
    [
      ['internet-of-things', 'a concept of its own'],
      ['m2m', 'direct communication'],
    ],
  );
});

test('a glossary without concepts', () => {
  check(`
name: things
^^^^^^^^^^^^ error: The glossary has no "concepts", so that there is nothing to look for. Add at least one.`);
  check(`
concepts:
^^^^^^^^ error: Nothing is written for "concepts". Fill it in, or remove it.`);
  check(`
- IoT
^^^^^ error: The glossary needs keys with values, but has a list. Write, for example, "name: ...".`);
  assert.equal(readGlossary('').problems[0]!.message, 'The glossary is empty. Add "name" and "concepts".');
  assert.equal(readGlossary('# only a comment\n').problems.length, 1);
});

test('two concepts with one id', () => {
  const concepts = check(`
concepts:
  - {id: iot, gist: a network, definition: A network., terms: [IoT]}
  - {id: iot, gist: a network, definition: A network., terms: [M2M]}
         ^^^ error: "iot" is the id of another concept too, so that nobody could tell which one is meant. Give this one an id of its own.`);
  assert.deepEqual(
    concepts.map((concept) => concept.label),
    ['IoT'],
  );
});

test('a term that stands twice, or that only its spelling tells from another', () => {
  const [concept] = check(`
concepts:
  - id: m2m
    gist: direct communication
    definition: Direct communication.
    terms:
      - M2M
      - M2M
        ^^^ error: "M2M" stands twice here, since letter case, hyphens, spaces and dots make no other term. Remove one.
      - M-2-M
        ^^^^^ error: "M-2-M" is found as "M2M" already, since letter case, hyphens, spaces and dots make no other term. Remove one.
      - machine-to-machine
      - {term: IT, match: exact}
      - {term: It, match: exact}`);
  assert.deepEqual(
    concept!.terms.map((term) => term.text),
    ['M2M', 'machine-to-machine', 'IT', 'It'],
  );
});

test('a term of two concepts stays where it may be used', () => {
  const concepts = check(`
concepts:
  - id: iot
    gist: a network
    definition: A network.
    terms: [IoT, {term: M2M, status: deprecated}, {term: telemetry}]
                        ^^^ error: "M2M" is deprecated for "iot", but preferred for "m2m". Remove it from one of them.
  - id: m2m
    gist: direct communication
    definition: Direct communication.
    terms: [M2M, Telemetry]
                 ^^^^^^^^^ error: "Telemetry" names both "iot" and "m2m", but a term must lead to one concept. Remove it from one of them.`);
  assert.deepEqual(
    concepts.map((concept) => concept.terms.map((term) => term.text)),
    [['IoT', 'telemetry'], ['M2M']],
  );
});

test('a term that no text can be searched for', () => {
  const [concept] = check(`
concepts:
  - id: iot
    gist: a network
    definition: A network.
    terms: [IoT, X, "--", ""]
                 ^ error: "X" is too short for a term, since every text would seem to mention it. Give at least two letters or digits.
                     ^^ error: "--" is too short for a term, since every text would seem to mention it. Give at least two letters or digits.
                          ^^ error: Nothing is written for "terms". Fill it in, or remove it.`);
  assert.deepEqual(
    concept!.terms.map((term) => term.text),
    ['IoT'],
  );
});

test('a concept all of whose terms are to be avoided', () => {
  check(`
concepts:
  - {id: iot, gist: a network, definition: A network., terms: [{term: IoT, status: superseded}]}
                                                                      ^^^ warning: "IoT" must not be used, but no other term can. Prefer one.`);
});

test('kind, status and matching of terms follow from their shape and order', () => {
  const [concept] = check(`
concepts:
  - id: all
    gist: everything
    definition: Everything.
    terms:
      - Internet of Things
      - IoT
      - LwM2M
      - IT
      - GitHub
      - {term: authn, kind: acronym, status: preferred}
      - {term: things online, kind: variant}
      - {term: MQTT, kind: abbreviation, match: foldd}
                           ^^^^^^^^^^^^ error: "abbreviation" is no value of "kind". Write one of "full form", "acronym", "variant".
                                                ^^^^^ error: "foldd" is no value of "match". Did you mean "folded"?`);
  assert.deepEqual(
    concept!.terms.map((term) => `${term.text}: ${term.status} ${term.kind}, ${term.match}`),
    [
      'Internet of Things: preferred full form, folded',
      'IoT: admitted acronym, folded',
      'LwM2M: admitted acronym, folded',
      'IT: admitted acronym, exact',
      'GitHub: admitted full form, folded',
      'authn: preferred acronym, folded',
      'things online: admitted variant, folded',
      'MQTT: admitted acronym, folded',
    ],
  );
  assert.equal(concept!.label, 'authn');
});

test('a relation to a concept that is not there', () => {
  const [concept] = check(`
concepts:
  - id: iot
    gist: a network
    definition: A network.
    terms: IoT
    narrower: m2n
              ^^^ warning: No concept here has the id "m2n", so that the relation leads nowhere. Did you mean "m2m"?
  - id: m2m
    gist: direct communication
    definition: Direct communication.
    terms: M2M
    related: [telematics, m2m]
              ^^^^^^^^^^ warning: No concept here has the id "telematics", so that the relation leads nowhere. The ids are "iot", "m2m".
                          ^^^ error: "m2m" is related to itself, which says nothing. Name another concept.`);
  assert.equal(concept!.relations[0]!.concept, 'm2n', 'another glossary may have it');
});

test('relations that contradict each other', () => {
  const concepts = check(`
concepts:
  - id: iot
    gist: a network
    definition: A network.
    terms: IoT
    narrower: m2m
    predecessor: m2m
  - id: m2m
    gist: direct communication
    definition: Direct communication.
    terms: M2M
    narrower: [iot, iot]
               ^^^ error: "m2m" cannot be broader than "iot", since other relations make "iot" broader than "m2m". Remove or turn round one of them.
                    ^^^ warning: "iot" stands twice here. Remove one.
    successor: iot`);
  assert.deepEqual(
    concepts.map((concept) => concept.relations.map((relation) => `${relation.type} ${relation.concept}`)),
    [['narrower m2m', 'predecessor m2m'], ['successor iot']],
  );
});

test('relations that go round in a circle', () => {
  check(`
concepts:
  - {id: telemetry, gist: a, definition: A., terms: telemetry, successor: m2m}
  - {id: m2m, gist: a, definition: A., terms: M2M, successor: iot}
                                                              ^^^ error: "m2m" cannot be the predecessor of "iot", since other relations make "iot" the predecessor of "m2m". Remove or turn round one of them.
  - {id: iot, gist: a, definition: A., terms: IoT, successor: telemetry}`);
  check(`
concepts:
  - {id: wearable, gist: a, definition: A., terms: wearable, broader: [iot, device]}
  - {id: iot, gist: a, definition: A., terms: IoT, broader: technology}
  - {id: device, gist: a, definition: A., terms: device, broader: technology}
  - {id: technology, gist: a, definition: A., terms: technology, narrower: wearable}`);
});

test('inverse relations are left to the lexicon', () => {
  const concepts = check(`
concepts:
  - {id: iot, gist: a, definition: A., terms: IoT, narrower: m2m}
  - {id: m2m, gist: a, definition: A., terms: M2M}`);
  assert.deepEqual(concepts[1]!.relations, []);
});

test('distinct concepts that cannot be compared', () => {
  check(`
concepts:
  - id: iot
    gist: a network
    definition: A network.
    terms: IoT
    distinct: m2m
              ^^^ warning: "iot" and "m2m" are distinct, but share no respect in which they could be compared. Give both a characteristic with the same "respect".
    characteristics:
      - {respect: scope, text: covers everything, cues: [cloud, whole company]}
      - {respect: scope, text: covers more}
                  ^^^^^ error: "scope" is described twice, and only one can be shown. Join the two, or name another respect.
  - id: m2m
    gist: direct communication
    definition: Direct communication.
    terms: M2M
    distinct: iot
    characteristics:
      - {respect: connectivity, text: is direct, cues: [point-to-point, Whole-company]}
                                                                        ^^^^^^^^^^^^^ warning: "Whole-company" is a cue of both "iot" and "m2m", so that it speaks for neither. Remove it from one of them.`);
});

test('names that contain no term, or nothing else', () => {
  const [concept] = check(`
concepts:
  - id: m2m
    gist: direct communication
    definition: Direct communication.
    terms: M2M
    names: [oneM2M, OneNote, m2m]
                    ^^^^^^^ warning: "OneNote" contains no term of this concept, so that it is never mistaken for one. Remove it, or correct its spelling.
                             ^^^ error: "m2m" is a term of this concept and cannot be the name of something else. Remove it from "names".`);
  assert.deepEqual(concept!.names, ['oneM2M', 'OneNote']);
});

test('a link that is not of the web', () => {
  const [concept] = check(`
concepts:
  - id: iot
    gist: a network
    definition: {text: A network., url: "command:workbench.action.quit"}
                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error: "command:workbench.action.quit" is not a web address, so that nobody can follow it. Begin it with "https://".
    terms: IoT`);
  assert.equal(concept!.definitions[0]!.url, undefined);
});

test('aliases are followed, unless they lead nowhere', () => {
  const [, concept] = check(`
concepts:
  - {id: iot, gist: a, definition: A., terms: IoT, names: &names [Azure IoT Hub]}
  - {id: hub, gist: &gist a hub, definition: *gist, terms: Azure IoT Hubs, note: *missing}
                                                                                 ^^^^^^^^ error: "*missing" repeats nothing, since no "&missing" stands before it. Write it out.`);
  assert.equal(concept!.definitions[0]!.text, 'a hub');
});

test('aliases of aliases are not followed without end', () => {
  const levels = Array.from({ length: 9 }, (_, level) => `${level}: &${level} [${`*${level - 1}, `.repeat(9)}]`);
  const bomb = `a: &-1 [x]\n${levels.join('\n')}\nconcepts: *8\n`;
  assert.ok(readGlossary(bomb).problems.length > 0);
  const entry = (number: number) => `  - {id: c${number}, gist: a, definition: *text, terms: term ${number}}`;
  const many = `title: &text A title.\nconcepts:\n${Array.from({ length: 120 }, (_, number) => entry(number)).join('\n')}`;
  const { glossary, problems } = readGlossary(many);
  assert.deepEqual(
    problems.map((problem) => problem.message),
    ['"*text" is one alias too many: more than 100 are not followed. Write the rest out.'],
  );
  assert.equal(glossary.concepts.length, 120);
  assert.equal(glossary.concepts[99]!.definitions[0]!.text, 'A title.');
  assert.deepEqual(glossary.concepts[100]!.definitions, []);
  const circle = 'concepts: &c\n  - *c\n';
  assert.match(readGlossary(circle).problems[0]!.message, /needs keys with values, but has a list/);
});

test('a text that is not YAML', () => {
  check(`
name: things: and more
      ^ error: Nested mappings are not allowed in compact mappings. Put text that contains a colon in quotes.
concepts: []`);
  check(`
concepts:
  - id: iot
    gist: @network
          ^ error: Plain value cannot start with reserved character @. Put the text in quotes.
    definition: A network.
    terms: IoT`);
  check(`
concepts:
  - id: iot
    gist: a network
    definition: A network.
    terms: [IoT
               ^ error: Flow sequence in block collection must be sufficiently indented and end with a ]. Indent it like its neighbors, and close what is open.`);
});

test('what stands before a fault is kept', () => {
  const text = 'concepts:\n  - {id: iot, gist: a, definition: A., terms: IoT}\n  - {id: m2m, terms: [M2M';
  assert.deepEqual(
    readGlossary(text).glossary.concepts.map((concept) => concept.label),
    ['IoT', 'M2M'],
  );
});

test('a glossary that is too long or too deep is refused, not tried', () => {
  const long = readGlossary(`concepts: []\n${'#'.repeat(5_000_000)}`);
  assert.match(long.problems[0]!.message, /^The glossary has 5000013 characters and would slow the editor down\./);
  assert.deepEqual(long.glossary.concepts, []);
  for (const deep of ['['.repeat(9_000), '{a: '.repeat(9_000), '- '.repeat(9_000)]) {
    assert.ok(readGlossary(deep).problems.length > 0);
  }
});

test('a chain of concepts that is longer than the stack is high', () => {
  const entries = Array.from({ length: 10_000 }, (_, number) => `  - {id: c${number}, broader: c${number + 1}}`);
  assert.equal(readGlossary(`concepts:\n${entries.join('\n')}`).glossary.concepts.length, 10_000);
});

test('of very many problems the first are told', () => {
  const { problems } = readGlossary(`concepts:\n${'  - {}\n'.repeat(200)}`);
  assert.equal(problems.length, 101);
  assert.match(problems[100]!.message, /^Too much else is wrong/);
});

test('JSON, a byte order mark, tabs and CRLF make no difference', () => {
  const json = JSON.stringify(parse(iotM2mText), undefined, '\t');
  for (const text of [json, `\uFEFF${iotM2mText}`, iotM2mText.replaceAll('\n', '\r\n')]) {
    const { glossary, problems } = readGlossary(text);
    assert.deepEqual(problems, []);
    assert.deepEqual(withoutSpans(glossary), withoutSpans(readGlossary(iotM2mText).glossary));
    for (const { terms, relations } of glossary.concepts) {
      for (const term of terms) assert.equal(text.slice(term.span.start, term.span.end), term.text);
      for (const { span, concept } of relations) assert.equal(text.slice(span.start, span.end), concept);
    }
  }
});

function withoutSpans(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === 'span' ? undefined : inner)));
}

test('any text is read without an exception, and what is kept is sound', () => {
  const pieces = [
    '\n',
    '  ',
    '- ',
    ': ',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '|',
    '&a',
    '*a',
    '? ',
    '!!x ',
    '#',
    '\t',
    '%',
    '\u0000',
  ];
  const edit = fc.record({
    at: fc.nat(authText.length),
    length: fc.oneof(fc.constant(0), fc.nat(40), fc.nat(4_000)),
    text: fc.oneof(fc.constantFrom('', ...pieces), fc.string({ maxLength: 8 }), fc.nat(authText.length)),
  });
  const texts = fc.oneof(fc.string(), fc.array(edit, { minLength: 1, maxLength: 4 }).map(mutate));
  fc.assert(fc.property(texts, checkSound), { numRuns: 80 });
});

/** The glossary with each edit made; a number as text copies what stands at that place. */
function mutate(edits: readonly { at: number; length: number; text: string | number }[]): string {
  let text = authText;
  for (const { at, length, text: piece } of edits) {
    const inserted = typeof piece === 'string' ? piece : authText.slice(piece, piece + 60);
    text = text.slice(0, at) + inserted + text.slice(at + length);
  }
  return text;
}

function checkSound(text: string): void {
  const { glossary, problems } = readGlossary(text);
  for (const { start, end, message } of problems) {
    assert.ok(0 <= start && start <= end && end <= text.length);
    assert.match(message, /[.?]$/);
  }
  const ids = glossary.concepts.map((concept) => concept.id);
  assert.equal(new Set(ids).size, ids.length);
  for (const concept of glossary.concepts) {
    for (const words of [
      concept.id,
      concept.label,
      concept.gist,
      ...concept.names,
      ...concept.terms.map((term) => term.text),
    ]) {
      assert.notEqual(words.trim(), '');
    }
  }
  if (problems.length === 0) assert.ok(validate(parse(text)), `the schema refuses what the reader accepts: ${text}`);
}

/* ---------------------------------------------------------------- schema */

interface Described {
  readonly properties: Readonly<Record<string, { readonly enum?: readonly string[]; readonly description?: string }>>;
}
interface Schema extends Described {
  readonly definitions: Readonly<Record<string, Described | { readonly anyOf: readonly [unknown, Described] }>>;
}

const schema: Schema = JSON.parse(readFileSync('server/glossaries/glossary.schema.json', 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);

/** The part of the schema that describes a kind of entry. */
function described(name: string): Described {
  if (name === 'glossary') return schema;
  const entry = schema.definitions[name]!;
  return 'anyOf' in entry ? entry.anyOf[1] : entry;
}

test('the schema has the keys that the reader knows, and describes each', () => {
  for (const [name, keys] of Object.entries(glossaryFormat.keys)) {
    const { properties } = described(name);
    assert.deepEqual(Object.keys(properties).sort(), [...keys].sort(), name);
    for (const [key, { description }] of Object.entries(properties)) assert.ok(description, `${name}.${key}`);
  }
  for (const [key, values] of Object.entries(glossaryFormat.values)) {
    assert.deepEqual(described('term').properties[key]!.enum, values);
  }
});

test('the schema accepts the built-in glossaries and refuses what the reader reports', () => {
  assert.ok(validate(parse(iotM2mText)), JSON.stringify(validate.errors));
  assert.ok(validate(parse(authText)), JSON.stringify(validate.errors));
  for (const wrong of [
    '[]',
    'name: things',
    'concepts: [iot]',
    'concepts: [{terms: [IoT]}]',
    'concepts: [{id: iot}]',
    'concepts: [{id: iot, terms: [IoT], defintion: x}]',
    'concepts: [{id: iot, terms: {term: IoT}}]',
    'concepts: [{id: iot, terms: [X]}]',
    'concepts: [{id: iot, terms: [5]}]',
    'concepts: [{id: iot, terms: [{term: IoT, kind: abbreviation}]}]',
    'concepts: [{id: iot, terms: [IoT], characteristics: [{respect: scope}]}]',
    'concepts: [{id: iot, terms: [IoT], definition: {text: x, url: "javascript:x"}}]',
    'concepts: [{id: iot, terms: [IoT], senses: [{cues: [x]}]}]',
    'language: not a tag\nconcepts: []',
  ]) {
    assert.ok(!validate(parse(wrong)), wrong);
    assert.ok(readGlossary(wrong).problems.length > 0, wrong);
  }
});

/* ---------------------------------------------------------------- built-in glossaries */

const builtIn = { 'iot-m2m': iotM2mText, auth: authText };
const [iot, m2m] = readGlossary(iotM2mText).glossary.concepts as [Concept, Concept];

test('the built-in glossaries have no problems', () => {
  for (const [name, text] of Object.entries(builtIn)) {
    const { glossary, problems } = readGlossary(text);
    assert.equal(draw(text, problems), text);
    assert.equal(glossary.name, name);
    for (const { definitions } of glossary.concepts) {
      for (const { source } of definitions) assert.ok(source, 'every definition says whose it is');
    }
  }
});

/** What the founding article says of each, by respect. */
const facts: readonly (readonly [Concept, string, RegExp])[] = [
  [iot, 'connectivity', /chips and sensors.*common cloud network/],
  [m2m, 'connectivity', /connective tools such as Wi-Fi and Bluetooth/],
  [
    iot,
    'scope',
    /every aspect of business.*machinery, inventory management, multi-level communication and flexible responses/,
  ],
  [m2m, 'scope', /network of connected machines that work in conjunction with each other/],
  [m2m, 'trigger', /activity of one action trigger other machinery/],
  [m2m, 'communication', /directly/],
  [iot, 'data', /sensors transfer the collected data to a shared network/],
  [iot, 'relation', /broader.*evolved from M2M, its predecessor and building block/],
  [m2m, 'relation', /narrower.*came first.*predecessor and a building block of IoT/],
  [iot, 'security', /security concerns.*hold back from replacing M2M/],
  [m2m, 'security', /until a strong security protocol is designed for IoT/],
];

for (const [concept, respect, fact] of facts) {
  test(`the difference between IoT and M2M: ${respect} of ${concept.label}`, () => {
    const characteristic = concept.characteristics.find((candidate) => candidate.respect === respect);
    assert.match(characteristic!.text, fact);
  });
}

test('the difference between IoT and M2M: which is broader, which came first', () => {
  const relations = ({ relations }: Concept) => relations.map(({ type, concept }) => `${type} ${concept}`);
  assert.deepEqual(relations(iot), ['narrower m2m', 'predecessor m2m', 'distinct m2m']);
  assert.deepEqual(relations(m2m), ['broader iot', 'successor iot', 'distinct iot']);
  assert.match(m2m.definitions[0]!.text, /^Direct communication between different machines/);
});

test('both concepts of a pair are described in the same respects', () => {
  for (const text of Object.values(builtIn)) {
    const [one, two] = readGlossary(text).glossary.concepts.map(({ characteristics }) =>
      characteristics.map(({ respect }) => respect),
    );
    assert.deepEqual(one, two);
  }
});
