import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits, type Finding, type Fix, overlaps, type Span } from '../../server/engine';
import { lint } from '../helper';

/** Expects the fixes of the first finding of a text to lead to these texts, in this order; `rule` names another finding. */
function repairs(text: string, expected: readonly string[], rule?: string): void {
  const finding = lint(text).findings.find((each) => rule === undefined || each.rule === rule);
  assert.ok(finding, `nothing was found in: ${text}`);
  assert.deepEqual(
    finding.fixes.map((fix) => applyEdits(text, fix.edits)),
    expected,
  );
}

/** The text after the first fix of the first finding. */
function repaired(text: string): string {
  const [finding] = lint(text).findings;
  return applyEdits(text, finding?.fixes[0]?.edits ?? []);
}

/** The text after all safe fixes, which are made together. */
function tidied(text: string): string {
  const safe = lint(text).findings.flatMap(({ fixes }) => fixes.filter((fix) => fix.safe));
  return applyEdits(
    text,
    safe.flatMap((fix) => fix.edits),
  );
}

/* ---------------------------------------------------------------- alias */

describe('an alias can be repaired by one of the two or by both', () => {
  test('a slash, a hyphen, brackets', () => {
    repairs('The M2M/IoT gateway forwards every reading.', [
      'The M2M gateway forwards every reading.',
      'The IoT gateway forwards every reading.',
      'The M2M and IoT gateway forwards every reading.',
    ]);
    repairs('We build IoT-M2M devices.', [
      'We build IoT devices.',
      'We build M2M devices.',
      'We build IoT and M2M devices.',
    ]);
    repairs('The IoT (M2M) gateways forward data.', [
      'The IoT gateways forward data.',
      'The M2M gateways forward data.',
      'The IoT and M2M gateways forward data.',
    ]);
    repairs('Remote monitoring of IoT / M2M assets.', [
      'Remote monitoring of IoT assets.',
      'Remote monitoring of M2M assets.',
      'Remote monitoring of IoT and M2M assets.',
    ]);
  });

  test('an apposition goes with its commas, dashes or brackets', () => {
    repairs('IoT, also known as M2M, is growing.', ['IoT is growing.', 'M2M is growing.']);
    repairs('They sell IoT, also known as M2M.', ['They sell IoT.', 'They sell M2M.']);
    repairs('IoT – otherwise known as M2M – is growing.', ['IoT is growing.', 'M2M is growing.']);
    repairs('IoT (aka M2M) is growing.', ['IoT is growing.', 'M2M is growing.']);
    repairs('Our IoT, i.e., M2M, modems.', ['Our IoT modems.', 'Our M2M modems.']);
    repairs('We call it IoT or, more simply, M2M.', ['We call it IoT.', 'We call it M2M.']);
  });

  test('what follows both names is named once', () => {
    repairs('IoT devices, also known as M2M devices, have two antennas.', [
      'IoT devices have two antennas.',
      'M2M devices have two antennas.',
    ]);
    repairs('Every IoT (or M2M) device has a SIM.', [
      'Every IoT device has a SIM.',
      'Every M2M device has a SIM.',
      'Every IoT and M2M device has a SIM.',
    ]);
  });

  test('the article is that of the name that is chosen', () => {
    repairs('A machine-to-machine/IoT device sends readings.', [
      'A machine-to-machine device sends readings.',
      'An IoT device sends readings.',
      'A machine-to-machine and IoT device sends readings.',
    ]);
    repairs('We sell an Internet of Things/machine-to-machine device.', [
      'We sell an Internet of Things device.',
      'We sell a machine-to-machine device.',
      'We sell an Internet of Things and machine-to-machine device.',
    ]);
    repairs('We sell an "IoT"/"machine-to-machine" device.', [
      'We sell an "IoT" device.',
      'We sell a machine-to-machine device.',
      'We sell an IoT and machine-to-machine device.',
    ]);
  });

  test('"the" stays before the Internet of Things, and goes before an acronym that stands alone', () => {
    repairs('The Internet of Things/M2M is growing.', ['The Internet of Things is growing.', 'M2M is growing.']);
    repairs('The IoT/M2M gateway is here.', [
      'The IoT gateway is here.',
      'The M2M gateway is here.',
      'The IoT and M2M gateway is here.',
    ]);
  });

  test('a name that comes to begin the sentence gets a capital', () => {
    repairs('Internet of Things/machine-to-machine is growing.', [
      'Internet of Things is growing.',
      'Machine-to-machine is growing.',
    ]);
    repairs('IoT (also called machine-to-machine) is growing.', ['IoT is growing.', 'Machine-to-machine is growing.']);
  });

  test('plural and possessive are kept', () => {
    repairs('The IoTs/M2Ms are here.', ['The IoTs are here.', 'The M2Ms are here.', 'The IoTs and M2Ms are here.']);
    repairs("The IoT/M2M's price rises.", ["The IoT's price rises.", "M2M's price rises."]);
  });

  test('both are not named before a verb in the singular', () => {
    repairs('IoT/M2M is growing.', ['IoT is growing.', 'M2M is growing.']);
    repairs('IoT (M2M) has a future.', ['IoT has a future.', 'M2M has a future.']);
    repairs('IoT/M2M links cost little.', [
      'IoT links cost little.',
      'M2M links cost little.',
      'IoT and M2M links cost little.',
    ]);
  });

  test('the likelier comes first: by the characteristics around, then by how often the document names it', () => {
    const first = (text: string) => lint(text).findings[0]!.fixes[0]!.title;
    assert.equal(first('The M2M/IoT gateway sends it to the cloud.'), 'Use "IoT" only');
    assert.equal(first('The IoT/M2M cable is a direct line.'), 'Use "M2M" only');
    assert.equal(first('The IoT/M2M gateway runs without the cloud.'), 'Use "M2M" only');
    assert.equal(first('We sell M2M. It is good M2M. The IoT/M2M gateway is new.'), 'Use "M2M" only');
    assert.equal(first('The IoT/M2M gateway is new.'), 'Use "IoT" only');
  });
});

/* ---------------------------------------------------------------- markup */

describe('a name behind a definition is left out with its mark', () => {
  test('behind a comma, in brackets, in an entry', () => {
    repairs('IoT is a network of things, also called M2M.', ['IoT is a network of things.']);
    repairs('M2M is direct communication between machines (also known as IoT).', [
      'M2M is direct communication between machines.',
    ]);
    repairs('**IoT**: A network of things; also called *M2M*.', ['**IoT**: A network of things.']);
  });
});

describe('markup is kept', () => {
  test('emphasis around one of the two goes with it, or stays on the other', () => {
    repairs('An **M2M**/IoT device.', ['An **M2M** device.', 'An **IoT** device.', 'An **M2M** and IoT device.']);
    repairs('The IoT (*M2M*) gateway.', ['The IoT gateway.', 'The M2M gateway.', 'The IoT and *M2M* gateway.']);
  });

  test('emphasis around both stays', () => {
    repairs('The **IoT (M2M)** gateway.', [
      'The **IoT** gateway.',
      'The **M2M** gateway.',
      'The **IoT and M2M** gateway.',
    ]);
    repairs('**A machine-to-machine/IoT device** sends.', [
      '**A machine-to-machine device** sends.',
      '**An IoT device** sends.',
      '**A machine-to-machine and IoT device** sends.',
    ]);
    repairs('*A* machine-to-machine/IoT device sends.', [
      '*A* machine-to-machine device sends.',
      '*An* IoT device sends.',
      '*A* machine-to-machine and IoT device sends.',
    ]);
  });

  test('a link around both stays', () => {
    repairs('Read the [M2M/IoT guide](guide.md "IoT").', [
      'Read the [M2M guide](guide.md "IoT").',
      'Read the [IoT guide](guide.md "IoT").',
      'Read the [M2M and IoT guide](guide.md "IoT").',
    ]);
    repairs('Read the [M2M/IoT guide][1].\n\n[1]: guide.md\n', [
      'Read the [M2M guide][1].\n\n[1]: guide.md\n',
      'Read the [IoT guide][1].\n\n[1]: guide.md\n',
      'Read the [M2M and IoT guide][1].\n\n[1]: guide.md\n',
    ]);
  });

  test('a link around the first stays on what is chosen', () => {
    repairs('The [M2M](m2m.md)/IoT gateway.', [
      'The [M2M](m2m.md) gateway.',
      'The [IoT](m2m.md) gateway.',
      'The [M2M](m2m.md) and IoT gateway.',
    ]);
  });

  test('a table keeps its cells', () => {
    repairs('| Device | Use |\n| --- | --- |\n| M2M (**IoT**) modem | all |\n', [
      '| Device | Use |\n| --- | --- |\n| M2M modem | all |\n',
      '| Device | Use |\n| --- | --- |\n| IoT modem | all |\n',
      '| Device | Use |\n| --- | --- |\n| M2M and **IoT** modem | all |\n',
    ]);
  });

  test('headings, items, quotations and notes keep their marks', () => {
    assert.equal(repaired('## The M2M/IoT gateway\n'), '## The M2M gateway\n');
    assert.equal(repaired('1. The M2M/IoT gateway\n'), '1. The M2M gateway\n');
    assert.equal(repaired('> The M2M/IoT gateway\n'), '> The M2M gateway\n');
    assert.equal(repaired('See.[^1]\n\n[^1]: The M2M/IoT gateway\n'), 'See.[^1]\n\n[^1]: The M2M gateway\n');
    assert.equal(repaired('M2M (IoT)[^1] gateways.\n\n[^1]: Note.\n'), 'M2M[^1] gateways.\n\n[^1]: Note.\n');
  });

  test('a line break inside what is taken out goes with it', () => {
    assert.equal(repaired('The IoT\n(M2M) gateway.'), 'The IoT gateway.');
    assert.equal(repaired('IoT, also\nknown as M2M, is growing.'), 'IoT is growing.');
    assert.equal(
      repaired('- IoT devices, also\n  known as M2M\n  devices, are growing.\n'),
      '- IoT devices are growing.\n',
    );
  });

  test('and line breaks elsewhere are', () => {
    assert.equal(repaired('The\nM2M/IoT\ngateway.'), 'The\nM2M\ngateway.');
    assert.equal(repaired('# T\r\n\r\nThe M2M/IoT\r\ngateway.'), '# T\r\n\r\nThe M2M\r\ngateway.');
    assert.equal(repaired('\uFEFFThe M2M/IoT gateway.'), '\uFEFFThe M2M gateway.');
  });
});

/* ---------------------------------------------------------------- equation */

describe('an equation can be denied, or the difference be said', () => {
  const DIFFERENCE =
    'IoT is a network of things that share their data through the cloud, whereas M2M is direct communication between machines.';
  const TURNED =
    'M2M is direct communication between machines, whereas IoT is a network of things that share their data through the cloud.';

  test('after its verb', () => {
    repairs('IoT and M2M are the same thing.', ['IoT and M2M are not the same thing.', DIFFERENCE]);
    repairs('M2M is IoT.', ['M2M is not IoT.', TURNED]);
    repairs('IoT and M2M are synonyms.', ['IoT and M2M are not synonyms.', DIFFERENCE]);
  });

  test('with "does not"', () => {
    repairs('IoT means M2M.', ['IoT does not mean M2M.', DIFFERENCE]);
    repairs('When we say IoT we mean M2M.', ['When we say IoT we do not mean M2M.', DIFFERENCE]);
  });

  test('without the adverb that says how small the difference is', () => {
    repairs('M2M is just another name for IoT.', ['M2M is not another name for IoT.', TURNED]);
    repairs('IoT is basically the same as M2M.', ['IoT is not the same as M2M.', DIFFERENCE]);
  });

  test('with an article for "no"', () => {
    repairs('There is no difference between IoT and M2M.', ['There is a difference between IoT and M2M.', DIFFERENCE]);
    repairs('There is no actual difference between IoT and M2M.', [
      'There is an actual difference between IoT and M2M.',
      DIFFERENCE,
    ]);
  });

  test('only by its difference where no word makes a denial of it', () => {
    repairs('There is no difference whatsoever between IoT and M2M.', [DIFFERENCE]);
    repairs('We use IoT and M2M interchangeably.', [DIFFERENCE]);
  });

  test('not by a sentence where it stands in a heading, in a cell or in markup', () => {
    repairs('# IoT and M2M are the same', ['# IoT and M2M are not the same']);
    repairs('| IoT and M2M are the same |\n| --- |\n', ['| IoT and M2M are not the same |\n| --- |\n']);
    repairs('**IoT** and M2M are the same.', ['**IoT** and M2M are not the same.']);
  });

  test('and the sentences around stay', () => {
    repairs('One. IoT is M2M. Two.', ['One. IoT is not M2M. Two.', `One. ${DIFFERENCE} Two.`]);
  });
});

/* ---------------------------------------------------------------- misexpansion, inversion, misattribution */

describe('what is said in dialogue, or of when a word is used, is not denied', () => {
  const denials = (text: string) => lint(text).findings[0]?.fixes.filter(({ title }) => title === 'Deny it') ?? [];
  test('a question, a yes, a stipulation', () => {
    for (const text of [
      'Is M2M the same as IoT? Yes, it is.',
      'A: Yes, M2M and IoT are the same.',
      'For simplicity we write IoT when we mean M2M.',
    ]) {
      assert.equal(lint(text).findings.length > 0, true, text);
      assert.deepEqual(denials(text), [], text);
    }
  });
  test('"hardly any" gives way to an article', () => {
    assert.equal(
      repaired('There is hardly any difference between M2M and IoT.'),
      'There is a difference between M2M and IoT.',
    );
  });
});

describe('a wrong expansion gets the acronym of its words, or the words of its acronym', () => {
  test('in brackets', () => {
    repairs('The market of machine-to-machine (IoT) grows.', [
      'The market of machine-to-machine (M2M) grows.',
      'The market of the Internet of Things (IoT) grows.',
    ]);
    repairs('We sell a machine-to-machine (IoT) modem.', [
      'We sell a machine-to-machine (M2M) modem.',
      'We sell an Internet of Things (IoT) modem.',
    ]);
    repairs('Internet of Things (M2M) is growing.', [
      'Internet of Things (IoT) is growing.',
      'Machine-to-machine (M2M) is growing.',
    ]);
  });

  test('in words and lists', () => {
    repairs('IoT stands for machine-to-machine.', [
      'IoT stands for Internet of Things.',
      'M2M stands for machine-to-machine.',
    ]);
    repairs('- **M2M**: Internet of Things\n', ['- **M2M**: machine-to-machine\n', '- **IoT**: Internet of Things\n']);
  });
});

describe('of an inversion the two terms change places', () => {
  test('with what belongs to them', () => {
    repairs('IoT is a subset of M2M.', ['M2M is a subset of IoT.']);
    repairs('M2M is the successor of IoT.', ['IoT is the successor of M2M.']);
    repairs('**IoT** is a kind of [M2M](m2m.md).', ['**M2M** is a kind of [IoT](m2m.md).']);
    repairs('IoT and other M2M applications need power.', ['M2M and other IoT applications need power.']);
  });

  test('with a capital for what comes to begin the sentence', () => {
    repairs('Internet of Things is a subset of machine-to-machine.', [
      'Machine-to-machine is a subset of the Internet of Things.',
    ]);
  });
});

describe('a definition can be given to the concept that it fits', () => {
  test('with its article and form', () => {
    repairs('M2M is a global network of everyday objects that share data through the cloud.', [
      'IoT is a global network of everyday objects that share data through the cloud.',
    ]);
    repairs('IoT is direct communication between two machines over a point-to-point link without the cloud.', [
      'M2M is direct communication between two machines over a point-to-point link without the cloud.',
    ]);
  });
});

/* ---------------------------------------------------------------- drift */

describe('a thing with two names can be called by one', () => {
  test('here, or everywhere by the one or the other', () => {
    repairs('Mount the M2M gateway on the rail.\n\nThen restart the IoT gateway. The IoT gateway beeps.\n', [
      'Mount the M2M gateway on the rail.\n\nThen restart the M2M gateway. The IoT gateway beeps.\n',
      'Mount the M2M gateway on the rail.\n\nThen restart the M2M gateway. The M2M gateway beeps.\n',
      'Mount the IoT gateway on the rail.\n\nThen restart the IoT gateway. The IoT gateway beeps.\n',
    ]);
  });

  test('with the article, in the form that each mention has', () => {
    repairs('This is a machine-to-machine gateway. Restart the IoT gateway when its lamp is red.', [
      'This is a machine-to-machine gateway. Restart the M2M gateway when its lamp is red.',
      'This is an Internet of Things gateway. Restart the IoT gateway when its lamp is red.',
    ]);
  });

  test('with markup kept, and other things left alone', () => {
    repairs('# The **M2M** gateway\n\nRestart the *IoT* gateway. IoT devices stay.\n', [
      '# The **M2M** gateway\n\nRestart the *M2M* gateway. IoT devices stay.\n',
      '# The **IoT** gateway\n\nRestart the *IoT* gateway. IoT devices stay.\n',
    ]);
  });
});

/* ---------------------------------------------------------------- form */

describe('a form is made that of the glossary', () => {
  test('in letter case, hyphens and stops', () => {
    assert.equal(
      tidied('Use an IOT gateway over machine to machine links.'),
      'Use an IoT gateway over machine-to-machine links.',
    );
    assert.equal(tidied('The internet-of-things, iot, m2m and M-2-M.'), 'The Internet of Things, IoT, M2M and M2M.');
    assert.equal(tidied('# Machine To Machine Links\n'), '# Machine-to-Machine Links\n');
  });

  test('with its plural, possessive, article and markup', () => {
    assert.equal(tidied("Two IOTs and the IOT's price."), "Two IoTs and the IoT's price.");
    assert.equal(tidied('A internet-of-things device.'), 'An Internet of Things device.');
    assert.equal(tidied('a m-2-m link'), 'an M2M link');
    assert.equal(tidied('**M-2-M** and [iot](iot.md) of `IOT`.'), '**M2M** and [IoT](iot.md) of `IOT`.');
  });

  test('and the capital at the start of a sentence stays', () => {
    assert.equal(
      tidied('Machine to machine links. Over machine to machine links.'),
      'Machine-to-machine links. Over machine-to-machine links.',
    );
  });

  test('but not in another sense, in a name, in a quotation, nor where all is in capitals', () => {
    for (const text of [
      'The O-RU passed the IOT profile on the fronthaul.',
      'The Internet of things is NB-IoT.',
      '> The IOT of the machine to machine age.',
      'THE IOT GATEWAY IS HERE',
    ])
      assert.equal(tidied(text), text);
  });
});

/* ---------------------------------------------------------------- every fix of many sentences */

/** `X` and `Y` stand for terms of two concepts, `A` for an article. */
const SENTENCES = [
  'We sell A X/Y device for meters.',
  'A X/Y device sends readings.',
  'The X/Y gateway forwards data.',
  'X/Y is growing.',
  'The growth of X (Y), as it was called, is slow.',
  'The X (Y) gateways forward data.',
  'X, also known as Y, is growing.',
  'X devices, also known as Y devices, have two antennas.',
  'Every X (or Y) device has two antennas.',
  'X – otherwise known as Y – is growing.',
  'A world of "X" or "Y" devices.',
  'X and Y are the same thing.',
  'X is the same as Y.',
  'X is just another name for Y.',
  'There is no real difference between X and Y.',
  'When we say X we mean Y.',
  'X means Y.',
  'The terms X and Y can be used interchangeably.',
  'We heard of X and of Y. Both terms mean the same thing.',
  'X stands for Y.',
  '- X: Y',
  'X is a subset of Y.',
  'X and other Y applications need power.',
  'X is the successor of Y.',
  'X evolved from Y.',
  'X includes Y.',
  'X is a global network of everyday objects that share data through the cloud, unlike a cable.',
  'X is direct communication between two machines over a point-to-point link.',
  'Mount the X gateway on the rail.\n\nThen restart the Y gateway.',
  'This is A X gateway. Restart the Y gateway when its lamp is red. Paint the Y gateway red.',
  'Use the iot gateway, not X or M-2-M.',
];
const PAIRS = [
  ['IoT', 'M2M'],
  ['Internet of Things', 'M2M'],
  ['machine-to-machine', 'IoT'],
  ['M2M', 'IoT'],
  ['machine-to-machine (M2M)', 'Internet of Things (IoT)'],
  ['Internet of Things', 'machine-to-machine'],
] as const;
const MARKUP: Readonly<Record<string, readonly [(term: string) => string, (term: string) => string]>> = {
  none: [same, same],
  'bold first': [(term) => `**${term}**`, same],
  'bold second': [same, (term) => `**${term}**`],
  'bold both': [(term) => `**${term}**`, (term) => `**${term}**`],
  'linked first': [(term) => `[${term}](a.md)`, same],
  'linked second': [same, (term) => `[${term}](b.md "title")`],
  'reference links': [(term) => `[${term}][r]`, (term) => `[${term}][r]`],
  quoted: [(term) => `"${term}"`, (term) => `“${term}”`],
  HTML: [(term) => `<b>${term}</b>`, same],
};
const BLOCKS: Readonly<Record<string, (text: string) => string>> = {
  paragraph: same,
  heading: (text) => `# ${text}`,
  item: (text) => (text.startsWith('-') ? text : `- ${text.replaceAll('\n\n', '\n\n  ')}`),
  quotation: (text) => text.replace(/^/gm, '> '),
  cell: (text) => `| head | more |\n| --- | --- |\n| ${text.replaceAll('\n\n', ' ')} | end |`,
  'wrapped lines': (text) => (/\n|^-/.test(text) ? text : text.replaceAll(' ', '\n')),
  CRLF: (text) => text.replaceAll('\n', '\r\n'),
};

function same(text: string): string {
  return text;
}

/** For every other pair all blocks, for the rest all markup. */
function* sentences(): Iterable<string> {
  for (const sentence of SENTENCES)
    for (const [at, pair] of PAIRS.entries())
      if (at % 2 === 0) for (const block of Object.values(BLOCKS)) yield block(filled(sentence, pair, MARKUP.none!));
      else for (const markup of Object.values(MARKUP)) yield filled(sentence, pair, markup);
}

function filled(sentence: string, [x, y]: (typeof PAIRS)[number], [first, second]: (typeof MARKUP)[string]): string {
  const article = /^[aeio]|^M2M/i.test(x) ? 'an' : 'a';
  const text = sentence
    .replace(/^A (?=X)/, `${capital(article)} `)
    .replace(/\bA (?=X)/, `${article} `)
    .replace(/^X/, () => first(capital(x)))
    .replaceAll('X', () => first(x))
    .replaceAll('Y', () => second(y));
  return text.includes('][r]') ? `${text}\n\n[r]: r.md\n` : text;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where a finding and the edits of a fix are in the text after it. */
function placeAfter(finding: Finding, { edits }: Fix): Span {
  const start = Math.min(finding.start, ...edits.map((edit) => edit.start));
  const end = Math.max(finding.end, ...edits.map((edit) => edit.end));
  const growth = edits.reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0);
  return { start, end: end + growth };
}

describe('after any fix of any finding of many sentences', () => {
  const texts = [...new Set(sentences())];
  const repaired = texts.flatMap((text) => {
    const { document, findings } = lint(text);
    return findings.flatMap((finding) =>
      finding.fixes.map((fix) => {
        const after = applyEdits(text, fix.edits);
        return { text, document, finding, fix, after, again: lint(after) };
      }),
    );
  });
  /** The texts for which something does not hold, before and after. */
  const failures = (holds: (each: (typeof repaired)[number]) => boolean) =>
    repaired.filter((each) => !holds(each)).map(({ text, fix, after }) => `${fix.title}: ${text} → ${after}`);

  test('there are many', () => {
    assert.ok(repaired.length > 2000, `${repaired.length} fixes`);
  });

  test('its rule finds nothing there', () => {
    assert.deepEqual(
      failures(({ finding, fix, again }) => {
        const place = placeAfter(finding, fix);
        return !again.findings.some((each) => each.rule === finding.rule && overlaps(each, place));
      }),
      [],
    );
  });

  test('the text has changed, and outside the sentences of the finding it has not', () => {
    assert.deepEqual(
      failures(({ text, document, finding, fix, after }) => {
        const places = [finding, ...finding.related, ...(finding.rule === 'drift' ? document.mentions : [])];
        const touched = document.sentences.filter((sentence) => places.some((place) => overlaps(place, sentence)));
        const inside = fix.edits.every((edit) =>
          touched.some((sentence) => sentence.start <= edit.start && edit.end <= sentence.end),
        );
        return inside && after !== text;
      }),
      [],
    );
  });

  test('none of its edits is in the way of another', () => {
    assert.deepEqual(
      failures(({ fix }) =>
        fix.edits.every((edit, at) => !fix.edits.some((other, before) => before < at && overlaps(edit, other))),
      ),
      [],
    );
  });

  test('the document has the same blocks', () => {
    const kinds = ({ blocks }: (typeof repaired)[number]['document']) => blocks.map(({ kind }) => kind).join();
    assert.deepEqual(
      failures(({ document, again }) => kinds(document) === kinds(again.document)),
      [],
    );
  });

  test('articles fit', () => {
    assert.deepEqual(
      failures(({ after }) => !/\b(?:a ["“*[<b>]*(?:IoT|Internet|M2M)|an ["“*[<b>]*machine)/i.test(after)),
      [],
    );
  });

  test('no space is doubled, none stands before a mark, and no brackets are empty', () => {
    const ugly = /\S {2,}(?!\|)\S| [,.;)]|\( |\(\)|,,|""/;
    assert.deepEqual(
      failures(({ text, after }) => ugly.test(text) || !ugly.test(after)),
      [],
    );
  });
});

describe('what would leave no sentence', () => {
  test('a name that is the whole clause is denied or told apart, and not taken out', () => {
    repairs('M2M is what the press calls IoT.', [
      'M2M is not what the press calls IoT.',
      'M2M is direct communication between machines, whereas IoT is a network of things that share their data through the cloud.',
    ]);
  });

  test('a name within a clause is taken out', () => {
    assert.equal(repaired('An IoT gateway, also called an M2M gateway, is here.'), 'An IoT gateway is here.');
  });

  test('words that begin a sentence once its article is gone have a capital', () => {
    assert.match(
      repaired('The Internet of Things is a direct link between two machines without internet, cloud or server.'),
      /^Machine-to-machine /,
    );
  });
});
