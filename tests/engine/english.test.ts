import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GONE, OBJECT } from '../../server/engine/document';
import { articleFor, isPlural, sentenceSpans, singular, tokenize } from '../../server/engine/english';

/* ---------------------------------------------------------------- words */

/** The normal forms of the tokens, a space before each that has white space before it and a dot before the others. `˽` is blanked markup. */
function words(shown: string): string {
  return tokenize(shown.replaceAll('˽', GONE))
    .map(({ norm, spaced }, at) => (at === 0 ? '' : spaced ? ' ' : '·') + norm)
    .join('');
}

describe('tokenize', () => {
  test('separates words and marks, in lower case', () => {
    assert.equal(words('Mount the M2M/IoT gateway.'), 'mount the m2m·/·iot gateway·.');
    assert.equal(words('IoT (M2M), e.g. meters'), 'iot (·m2m·)·, e·.·g·. meters');
    assert.equal(words('machine-to-machine, I.o.T., v1.2'), 'machine·-·to·-·machine·, i·.·o·.·t·.·, v1·.·2');
    assert.equal(words('  two\n\twords '), 'two words');
    assert.equal(words(''), '');
  });

  test('compares typographic marks as ASCII', () => {
    assert.equal(
      words('machine‐to‑machine “IoT” ‘M2M’ «x» (y)'),
      'machine·-·to·-·machine "·iot·" \'·m2m·\' "·x·" (·y·)',
    );
    assert.equal(words('IoT – not M2M — grows'), 'iot – not m2m — grows');
  });

  test('separates what a possessive or a contraction adds, and keeps "not" in its verb', () => {
    assert.equal(words("the IoT's growth"), "the iot·'s growth");
    assert.equal(words('the IoT’s growth, the devices’ SIMs'), "the iot·'s growth·, the devices·' sims");
    assert.equal(words("It's M2M, they're IoT, we'll see"), "it·'s m2m·, they·'re iot·, we·'ll see");
    assert.equal(words("It isn't M2M, and they don’t care, 'tis"), "it isn't m2m·, and they don't care·, '·tis");
  });

  test('does not separate at what cannot be seen', () => {
    assert.equal(words('I˽˽o˽T, ma\u00ADchine, Io\u200BT'), 'iot·, machine·, iot');
    assert.equal(words('˽˽M2M˽˽/IoT'), 'm2m·/·iot');
    assert.equal(words('M2M˽˽ IoT'), 'm2m iot');
    assert.equal(words('M2M\u00A0IoT\u202Fx'), 'm2m iot x');
  });

  test('takes letters and digits of all scripts, with their accents, as words', () => {
    assert.equal(words('Télécom Ä 網路 Ж9 e\u0301t'), 'télécom ä 網路 ж9 e\u0301t');
    assert.equal(words('😀 IoT'), '😀 iot');
  });

  test('tells words, marks and what stands for code', () => {
    const kinds = tokenize(`Run ${OBJECT} now.`).map(({ kind, surface }) => `${kind} ${surface}`);
    assert.deepEqual(kinds, ['word Run', `object ${OBJECT}`, 'word now', 'mark .']);
  });

  test('spans are those of the letters, moved by the offset', () => {
    const [first, second] = tokenize(`I${GONE}oT${GONE}s M2M`, 100);
    assert.deepEqual([first!.start, first!.end, first!.surface], [100, 106, 'IoTs']);
    assert.deepEqual([second!.start, second!.end], [107, 110]);
    const [bold] = tokenize(`IoT${GONE}${GONE}`);
    assert.equal(bold!.end, 3, 'markup behind a word does not belong to it');
  });
});

/* ---------------------------------------------------------------- sentences */

/**
 * Own paragraphs as they stand in technical documents. `|` marks where a sentence ends before another begins, `↵` a hard line break,
 * which ends one too, and `˽` blanked markup. They are right as they stand, also where the engine is not.
 */
const PARAGRAPHS = [
  // Plain stops.
  'Mount the gateway on the rail.| Connect the antenna.| Then switch it on.',
  'Does the meter answer?| If not, check the cable!| Otherwise go on.',
  'The modem is slow…| Wait for the green light.',
  'It failed again...| We replaced the modem.',
  'The pump stops.| 3 seconds later the valve closes.| 24 V must be present.',
  'What is IoT?| A network of things.| What is M2M?| Machines that talk directly.',
  'Stop!!| Do not touch the terminal.| Really?!| Yes.',
  'It depends on the plan, the term, the SIM, and so on.| Ask us.',
  // Abbreviations, after which a sentence goes on or, where a capital follows some of them, ends.
  'Use a wired link, e.g. RS-485, for short distances.| For long ones use radio.',
  'The two roles (i.e. client and server) never change.| They are fixed at the factory.',
  'Meters, valves, etc. are machines too.| They have a SIM.',
  'Machines, sensors, meters, etc.| Everything else stays as it is.',
  'See Fig. 3 and Sec. 4.2 for the wiring.| The pins are in Table 7.',
  'Dr. Okafor and Mr. Lindqvist signed the report.| It was printed twice.',
  'Compare M2M vs. IoT in chap. 2.| The difference is explained there.',
  'The rate is approx. 9600 baud.| Higher rates need a shield.',
  'Cf. the annex, which lists all ports.| It is short.',
  'The term is due to Holler et al.| They give no date.',
  'The order came on 14 Nov. 2019 from the depot.| It was shipped on Dec. 3.',
  'Part no. 7741 replaces part no. 7740.| Both fit.',
  'Is it in stock?| No.| The next delivery is in May.',
  'The device is made by Tessera Inc. in Lund.| Its rival is Halyard Ltd.| Both sell SIMs.',
  'It is sold in the U.S. and in the U.K. under one name.| Elsewhere it has another.',
  'Works with Wi-Fi, Bluetooth, incl. LE, resp. Zigbee.| Thread is not supported.',
  'It takes 3 min. to boot.| Then it is ready.',
  'Email, a.k.a. post, goes via SMTP.| The port is 25.',
  // Versions, numbers, file names, domains.
  'Update to v1.2 or later.| Version 1.2.1 is not enough.| Ask for 1.3.',
  'The firmware is v2.| The next one is v3.',
  'Set the level to 0.5 V.| At 1.5 V the relay opens.',
  'Edit config.yaml and restart.| Then open example.com in a browser.',
  'Write it in .NET or Node.js.| Both have a client.',
  'Our stack is .NET.| Yours is Java.',
  'It listens on 10.0.0.1:1883.| TLS is on 8883.',
  'The file is README.md.| Read it first.',
  // Initials, letters and list numbers.
  'The idea goes back to J. Holler and V. Tsiatsis.| Others had it before.',
  'M. A. Lindqvist wrote the driver.| It is small.',
  '1. Open the lid.',
  '12. Close the lid.| Tighten all screws.',
  'Choose plan B.| It has no limit.',
  'Go to step 3.| Skip step 4.',
  // Quotes and brackets.
  'The manual says "Do not open."| We opened it.',
  '“Is it M2M?” she asked.| “It is.”| Nobody objected.',
  'It is small.| (It is also cheap.)| That is why we took it.',
  'The gateway (see Annex B.2) has two ports.| One is serial.',
  'He wrote: "IoT is M2M."| That is wrong.',
  "The label reads 'Do not open!' in red.| Heed it.",
  'Some say "IoT!" and mean "M2M!" in the same breath.| We do not.',
  // Hard line breaks and markup.
  'Acme GmbH↵Station Road 4↵Lund',
  'First line.↵Second line, which goes on and on',
  '˽˽Note.|˽˽ The gateway restarts.',
  'Use the ˽˽M2M gateway.|˽˽ It has ˽two˽ ports.',
  `Run ${OBJECT} first.| ${OBJECT} then shows the state.`,
  // Sentences that begin with a small letter, and other scripts.
  'iOS is supported.| iPadOS is not.| eSIM profiles are.',
  'the log is in lower case.| it goes on like this.| Then comes a sentence.',
  'M2M は直接通信です。|IoT はネットワークです。',
];

/** A paragraph without its marks, and the ends of all sentences but the last. */
function unmarked(paragraph: string): { text: string; ends: ReadonlySet<number> } {
  const ends = new Set<number>();
  let text = '';
  for (const unit of paragraph.replaceAll('˽', GONE)) {
    if (unit === '|' || unit === '↵') ends.add(text.length);
    if (unit !== '|') text += unit === '↵' ? '\n' : unit;
  }
  return { text, ends };
}

/** The sentences with `|` between them. */
function sentences(text: string): string {
  return sentenceSpans(text)
    .map(({ start, end }) => text.slice(start, end))
    .join('|');
}

describe('sentenceSpans', () => {
  test('ends at least 95 of 100 sentences where a reader does (F1)', () => {
    let [right, found, wanted] = [0, 0, 0];
    const faults: string[] = [];
    for (const paragraph of PARAGRAPHS) {
      const { text, ends } = unmarked(paragraph);
      const spans = sentenceSpans(text).slice(0, -1);
      const own = new Set(spans.map(({ end }) => end));
      const shown = (end: number) => `${text.slice(Math.max(0, end - 30), end)}|${text.slice(end, end + 20)}`;
      for (const end of own) if (!ends.has(end)) faults.push(`cut:    ${shown(end)}`);
      for (const end of ends) if (!own.has(end)) faults.push(`missed: ${shown(end)}`);
      right += spans.filter(({ end }) => ends.has(end)).length;
      found += own.size;
      wanted += ends.size;
    }
    const f1 = (2 * right) / (found + wanted);
    assert.ok(f1 >= 0.95, `F1 is ${f1.toFixed(3)}\n${faults.join('\n')}`);
  });

  test('leaves out white space and markup around a sentence', () => {
    assert.equal(sentences('  One.  Two. '), 'One.|Two.');
    assert.equal(sentences(`${GONE}${GONE}One.${GONE}${GONE} Two.`), 'One.|Two.');
    assert.equal(sentences('One\n\n  Two\n'), 'One|Two');
    assert.equal(sentences(' \n '), '');
    assert.equal(sentences(''), '');
  });

  test('takes a letter before a stop for an initial, unless a number or a noun stands before it', () => {
    assert.equal(sentences('As J. Holler shows. By A. B. Smith.'), 'As J. Holler shows.|By A. B. Smith.');
    assert.equal(sentences('Choose plan B. It has no limit.'), 'Choose plan B.|It has no limit.');
    assert.equal(sentences('Connect 24 V. Then wait.'), 'Connect 24 V.|Then wait.');
  });

  test('cuts what is too long for a sentence between words', () => {
    const spans = sentenceSpans('word '.repeat(1000));
    assert.ok(spans.length > 3 && spans.every(({ start, end }) => end - start <= 1500 && (end + 1) % 5 === 0));
  });

  test('takes "No." for an answer where a sentence begins, and else for "number"', () => {
    assert.equal(sentences('Is it in stock? No. The next is in May.'), 'Is it in stock?|No.|The next is in May.');
  });

  test('does not end a sentence before a small letter, because most such stops are abbreviations', () => {
    assert.equal(sentences('it is slow. it works.'), 'it is slow. it works.');
  });
});

/* ---------------------------------------------------------------- articles and plurals */

describe('articleFor', () => {
  for (const [article, phrases] of Object.entries({
    an: 'M2M gateway, IoT device, MQTT client, LED, API, RFID tag, HTTP request, S3 bucket, 80-pin plug, NB-IoT modem, I/O port, eSIM, Internet of Things, umbrella, hour, honest answer, heir, e-mail, uninstalled driver, uplink, Ethernet cable',
    a: 'machine-to-machine link, UDP port, URL, UEFI menu, USB stick, VM, university, user, unit, unicast, utility, one-time code, once-only job, European SIM, ubiquitous network, gateway, oneM2M node, 3G modem',
  }))
    test(`"${article}" stands before ${phrases}`, () => {
      for (const phrase of phrases.split(', ')) assert.equal(articleFor(phrase), article, phrase);
    });

  test('goes by the first word, whatever marks stand before it', () => {
    assert.equal(articleFor('"IoT" device'), 'an');
    assert.equal(articleFor('(machine) device'), 'a');
    assert.equal(articleFor(''), 'a');
  });
});

describe('singular', () => {
  for (const [plural, one] of Object.entries({
    gateways: 'gateway',
    devices: 'device',
    batteries: 'battery',
    switches: 'switch',
    boxes: 'box',
    addresses: 'address',
    sims: 'sim',
    indices: 'index',
    people: 'person',
    data: 'data',
  }))
    test(`"${one}" is the singular of "${plural}"`, () => {
      assert.equal(singular(plural), one);
      assert.ok(isPlural(plural));
    });

  for (const noun of ['gateway', 'bus', 'chassis', 'wireless', 'analytics', 'analysis', 'campus', 'gas'])
    test(`"${noun}" is no plural`, () => {
      assert.equal(singular(noun), noun);
      assert.ok(!isPlural(noun));
    });

  test('takes a rare singular in "s" for a plural, because the word alone does not tell', () => {
    assert.equal(singular('lens'), 'len');
  });
});
