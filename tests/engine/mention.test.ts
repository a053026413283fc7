import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { lint, workspaceWith } from '../helper';

/**
 * A text with its mentions in brackets: `‹IoT›` means the concept, `‹oneM2M=name›` a name of the glossary, `‹IoT=read as name›` one that
 * was recognized, and `‹M2M=many-to-many relation›` another sense.
 */
function marked(text: string, format: string, workspace: ReturnType<typeof workspaceWith>): string {
  const mentions = [...lint(text, format, workspace).document.mentions].sort((a, b) => a.start - b.start);
  let shown = '';
  let at = 0;
  for (const { start, end, sense } of mentions) {
    const meaning =
      sense.kind === 'concept'
        ? ''
        : sense.kind === 'other'
          ? `=${sense.label}`
          : sense.known
            ? '=name'
            : '=read as name';
    shown += `${text.slice(at, start)}‹${text.slice(start, end)}${meaning}›`;
    at = end;
  }
  return shown + text.slice(at);
}

const builtIn = workspaceWith();

/** Expects the mentions of a text to be those in its brackets. */
function check(expected: string, format = 'markdown', workspace = builtIn): void {
  const text = expected.replace(/‹|(?:=[^‹›]*)?›/g, '');
  assert.equal(marked(text, format, workspace), expected);
}

/** Why the mentions of a text do not mean the concept. */
function evidenceIn(text: string): readonly string[] {
  return lint(text).document.mentions.flatMap(({ sense }) => (sense.kind === 'concept' ? [] : [sense.evidence]));
}

/* ---------------------------------------------------------------- how a term may be written */

describe('a term is met', () => {
  test('in any letter case', () => {
    check(
      '‹IoT›, ‹iot›, ‹Iot›, ‹IOT›; ‹M2M›, ‹m2m›; the ‹internet of things›, ‹INTERNET OF THINGS›, ‹Machine-To-Machine›.',
    );
  });

  test('with any hyphen, or a space instead', () => {
    check('‹machine-to-machine›, ‹machine to machine›, ‹machine to-machine›, ‹internet-of-things›');
    check('‹machine\u2010to\u2010machine›, ‹machine\u2011to\u2011machine›');
  });

  test('over no-break spaces, soft hyphens and what has no width', () => {
    check('the ‹Internet\u00A0of\u00A0Things›, the ‹Internet\u202Fof\u202FThings›');
    check('‹IoT›, ‹ma\u00ADchine-to-ma\u00ADchine›, ‹M\u200B2M›, ‹Io\u2060T›');
  });

  test('over a soft wrap, but not over the end of a paragraph', () => {
    check('In the ‹Internet\nof Things› a ‹machine-to-\nmachine› link is a ‹machine-\nto-machine› link.');
    check('In the Internet\n\nof Things\n\nmachine-to-\n\nmachine');
    check('> In the ‹Internet\n> of Things› nothing is far.');
    check('- a ‹machine-to-\n  machine› link');
    check('In the ‹Internet\r\nof Things› lines end so.');
  });

  test('with emphasis around it, inside it and across its end', () => {
    check('**‹IoT›**, *‹M2M›*, ***‹Internet of Things›***, <b>‹M2M›</b>');
    check('the ‹Internet of **Things›**, the *‹Internet* of Things›, ‹I**o**T›, **‹M**2**M›**');
  });

  test('in character references', () => {
    check('the ‹Internet&nbsp;of&nbsp;Things›, ‹M&#50;M›, ‹machine&#8209;to&#8209;machine›, ‹M&shy;2M›');
  });

  test('in the plural and with a possessive, which is no part of it', () => {
    check('Two ‹IoTs› and three ‹M2Ms›; some ‹machine-to-machine communications›');
    check("‹IoT›'s growth, ‹M2M›’s market, the ‹Internet of Things›' future");
  });

  test('as an acronym with stops or hyphens between its letters', () => {
    check('‹I.o.T› devices, ‹I.o.T›. Then ‹M-2-M›, ‹m.2.m›, ‹I-o-T›, ‹M‑2‑M›.');
  });

  test('but not as an acronym whose letters are words of their own', () => {
    check('I o T, M 2 M, M/2/M, M2-M, M2 M, Io-T');
  });

  test('beside any mark', () => {
    check(
      '‹IoT›/‹M2M›, ‹IoT›-‹M2M›, ‹M2M›–‹IoT›, ‹IoT›+‹M2M›, (‹IoT›), "‹M2M›", “‹IoT›”, ‹IoT›: ‹M2M›; ‹IoT›! ‹M2M›? ‹IoT›…',
    );
    check('non-‹IoT›, ‹IoT›-based, ‹M2M›-ready, pre-‹M2M›, #‹IoT›, ‹IoT›&‹M2M›');
  });

  test('but not inside another word', () => {
    check('subiot, IoTa, biot, M2Mx, xM2M, IIoT, AIoT, M2M2, 3M2M, Internet of Thing');
    check('machines-to-machine, machines to machines');
  });

  test('as the longest of the terms that begin at a place', () => {
    check('‹machine-to-machine communication›, ‹machine-to-machine› links, ‹Internet of Things› (‹IoT›)');
  });
});

describe('a term is met in every part of a document', () => {
  test('of Markdown', () => {
    check(`---
title: ‹IoT› at home
---

# ‹IoT› & ‹M2M›

| ‹IoT› | ports |
| ----- | ----- |
| ‹M2M› | two   |

> ‹IoT›

- ‹M2M›
  1. ‹IoT›

A [link to ‹IoT›](iot.html "m2m"), an image: ![of ‹M2M›](m2m.png), and a note.[^1]

[^1]: ‹M2M›
`);
  });

  test('and not in what is no prose', () => {
    check(`---
iot: m2m
---

Run \`IoT\` at <https://iot.org/M2M> and https://iot.org/M2M or <m2m@iot.org>.

<!-- IoT and M2M -->

    M2M

\`\`\`
IoT
\`\`\`

The sum is $IoT + M2M$.

[iot]: https://m2m.org
`);
  });

  test('nor in what is struck out', () => {
    check('The ~~IoT~~ ‹M2M› gateway.');
  });

  test('of plain text', () => {
    check('‹IoT›\n\n  * ‹M2M›\n\nSee https://iot.org/M2M.', 'plaintext');
  });
});

/* ---------------------------------------------------------------- what is no mention */

describe('a term is not met', () => {
  test('in identifiers', () => {
    check('Set IOT_HOME, iot_home, $IOT, IOT=1, m2m_port, @iot, IoT(), M2M.send(), device.iot or iot-gw-01.');
    check('Set the ‹IoT› home.');
  });

  test('in domains, mail addresses and file names', () => {
    check('Open iot.example.com or www.iot.com, write to iot@example.com, edit iot.yaml, IoT.md and .iot.');
    check('It is about ‹IoT›. Then it ends. It needs ‹IoT›.');
  });

  test('in paths', () => {
    check('See docs/iot/index, ./iot, ~/iot and iot/ below it.');
    check('See ‹iot›/‹m2m› terms.');
  });

  test('where "from" makes a way of it', () => {
    check('Carry the key from machine to machine. A ‹machine to machine› link carries data.');
    check('Copy it from machine-to-machine.');
  });

  test('a lower-case compound of two words is one, because prose is written so too', () => {
    check('Every ‹iot›-gateway has a port.');
  });

  test('and "goes machine to machine" is one, because nothing but the sense tells it from a term', () => {
    check('The virus goes ‹machine to machine›.');
  });
});

/* ---------------------------------------------------------------- names */

describe('a name', () => {
  test('of the glossary is read as a whole', () => {
    check('We use ‹Azure IoT Hub=name›, ‹AWS IoT Core=name›, ‹NB-IoT=name› and plain ‹IoT›.');
    check('‹oneM2M=name›, ‹LwM2M=name›, ‹ETSI M2M=name› and the ‹M2M eSIM=name› are about ‹M2M›.');
    check('The ‹Internet of Things World Forum=name› speaks of the ‹Internet of Things›.');
    check('Over ‹NB‑IoT=name›, **‹Azure** IoT Hub=name› and ‹nb-iot=name› links.');
  });

  test('is the longest that fits', () => {
    check('‹AWS IoT=name› has ‹AWS IoT Device Management=name› and many ‹IoT› devices.');
  });

  test('is recognized by capitals before and behind the term', () => {
    check('The device runs Halyard ‹IoT=read as name› Cloud on Linux, as many ‹IoT› devices do.');
    check('The fair that we visited last year was called Tessera ‹M2M=read as name›.');
    check('The board of Global ‹M2M=read as name› Forum Ltd meets twice a year.');
  });

  test('is not read into the first word of a sentence, a common noun behind the term, or a possessive', () => {
    check('Most ‹IoT› Devices are small. New ‹M2M› is good.');
    check('In Sweden ‹M2M› traffic is growing fast. The Corvex ‹IoT› gateway is slow.');
    check("The device talks to Halyard's ‹IoT› Cloud every hour.");
    check('This is what Siemens calls ‹M2M› and what Cisco calls ‹IoT›.');
  });

  test('is not read into a title, where all words have capitals', () => {
    check('# Halyard ‹IoT› Cloud\n\nThe Best ‹M2M› Cloud Of All Years');
  });

  test('may be read into a capital that belongs to something else; then nothing is reported, which does no harm', () => {
    check('On Monday ‹IoT=read as name› and on Tuesday ‹M2M=read as name› were discussed by the board.');
  });

  test('tells why', () => {
    assert.deepEqual(evidenceIn('We use NB-IoT in the cellar.'), ['"NB-IoT" is a proper name of the glossary']);
    assert.deepEqual(evidenceIn('The device runs Halyard IoT Cloud on Linux.'), [
      '"Halyard IoT Cloud" reads as a proper name',
    ]);
  });
});

/* ---------------------------------------------------------------- other senses */

describe('another sense', () => {
  /** Each with its evidence, and beside it a text with less of it. */
  const senses: Readonly<Record<string, readonly [evident: string, open: string]>> = {
    'many-to-many relation': [
      'A Django model with an ‹M2M› field needs a through table.',
      'Set the ‹M2M› field of the form.',
    ],
    'OAuth machine-to-machine application': [
      'The ‹M2M› application asks Auth0 for an access token.',
      'The ‹M2M› device has an access token.',
    ],
    'M2M-100 translation model': [
      '‹M2M›-100 is a multilingual translation model.',
      'The paper is about ‹M2M› and machine translation.',
    ],
    'memory-to-memory device': [
      'The driver is a V4L2 ‹M2M› device on top of videobuf2.',
      'The driver of the ‹M2M› device is on top.',
    ],
    'model-to-model transformation': [
      'The ‹M2M› transformation in QVT maps one metamodel to another.',
      'The ‹M2M› transformation of the plant is done.',
    ],
    'mark-to-market valuation': [
      'The ‹M2M› value of the derivatives goes to the margin call.',
      'The value of ‹M2M› goes up.',
    ],
    'month-to-month contract': ['The tenant of an ‹M2M› lease may leave.', 'The term of an ‹M2M› contract is a year.'],
    'male-to-male connector': ['Buy ‹M2M› jumper wires for the breadboard.', 'Buy ‹M2M› modules for the board.'],
    'mobile-to-mobile link': ['An ‹M2M› link has a Nakagami fading channel.', 'An ‹M2M› link has a channel.'],
    'mesh-to-mesh graph': [
      'The graph neural network has ‹M2M› edges, and G2M edges from the grid.',
      'The network has ‹M2M› edges.',
    ],
    'interoperability testing': [
      'The ‹IOT› profile of the O-RU passed on the fronthaul.',
      'The ‹IoT› profile of the O-RU passed on the fronthaul.',
    ],
    'inductive output tube': [
      'The ‹IOT› and the klystron are vacuum tubes.',
      'The ‹IoT› knows no klystron and no vacuum tube.',
    ],
    'input/output trap': ['The process died with SIGIOT, an ‹IOT› trap.', 'The ‹IOT› process died.'],
  };
  for (const [label, [evident, open]] of Object.entries(senses))
    test(`is read with evidence, and not without: ${label}`, () => {
      check(evident.replace('›', `=${label}›`));
      check(open);
    });

  test('holds in the whole document once it is spelled out', () => {
    check(
      'Every tag has a ‹many-to-many=many-to-many relation› (‹M2M=many-to-many relation›) relation.\n\nAn ‹M2M=many-to-many relation› table is small.',
    );
    check(
      'The ‹inter-operator tariff=inter-operator tariff› (‹IOT=inter-operator tariff›) is high.\n\nThe ‹IoT› has no tariff.',
    );
  });

  test('is not spelled out by words that stand anywhere else', () => {
    check('The ‹M2M› contract runs ‹month-to-month=month-to-month contract›.');
  });

  test('is decided by the section, not by another one', () => {
    check(`# Tags

The ManyToManyField needs a join table. Add an ‹M2M=many-to-many relation› row.

# Modems

The ‹M2M› modem needs a SIM.
`);
  });

  test('weighs less where the sentence names a rival concept', () => {
    check('An ‹M2M=male-to-male connector› cable fits the breadboard. It is a jumper cable.');
    check('Unlike ‹M2M›, ‹IoT› begins at the breadboard. A cable comes with it.');
  });

  test('tells why', () => {
    assert.deepEqual(evidenceIn('An M2M field of a Django model with a through table.'), [
      '"M2M" means many-to-many relation here: near "django", "through table"',
    ]);
    assert.deepEqual(evidenceIn('A month-to-month contract.\n\nAn M2M gateway.'), []);
  });
});

/* ---------------------------------------------------------------- other glossaries */

test('a term that is a common word in another case is met in its own case only', () => {
  const glossary = `
name: cases
concepts:
  - id: it
    gist: the whole field
    definition: The whole field.
    terms: [{ term: information technology }, { term: IT, match: exact }]
`;
  check('‹IT› is what it is. It is ‹information technology›.', 'markdown', workspaceWith({}, [glossary]));
});

test('a term with a slash is met as a whole', () => {
  const glossary = `
name: marks
concepts:
  - id: bios
    gist: a firmware
    definition: A firmware.
    terms: [Basic Input/Output System, BIOS]
`;
  check(
    'The ‹Basic Input/Output System› (‹BIOS›) of a basic system has input and output.',
    'markdown',
    workspaceWith({}, [glossary]),
  );
});
