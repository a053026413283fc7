import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from '@unified-latex/unified-latex-util-parse';
import { analyze, applyEdits } from '../../server/engine';
import { suppression } from '../../server/engine/directive';
import { GONE } from '../../server/engine/document';
import { formatOf, readSource } from '../../server/engine/formats';
import { projectFile, workspaceWith } from '../helper';
import { documentsOf, growsLinearly, holdsForEvery, rendered } from './reading';

/** Asserts what the lines of a LaTeX text read as. */
function reads(lines: readonly string[], expected: readonly string[]): void {
  assert.deepEqual(rendered(lines.join('\n'), 'latex'), expected);
}

describe('LaTeX', () => {
  it('is known by language and file name', () => {
    for (const name of [{ language: 'latex' }, { language: 'tex' }, { path: 'a/Thesis.TEX' }, { path: 'b.ltx' }])
      assert.equal(formatOf(name)?.name, 'latex');
  });

  it('reads headings, with their short titles', () => {
    reads(
      [
        '\\part*{One}',
        '\\chapter[Short]{A \\emph{long} title}\\label{c:iot}',
        'Text.',
        '\\section{S}',
        '\\subsubsection{T}',
      ],
      ['heading1: One', 'caption: Short', 'heading1: A long title', 'paragraph: Text.', 'heading2: S', 'heading4: T'],
    );
    reads(['\\paragraph{Run-in.} It goes', 'on.'], ['heading5: Run-in.', 'paragraph: It goes on.']);
    reads(['\\section{Not closed', '', 'Text.'], ['heading2: Not closed', 'paragraph: Text.']);
  });

  it('reads of the preamble what is printed', () => {
    reads(
      [
        '\\documentclass[a4paper]{article} % IoT',
        '\\usepackage[M2M]{iot}',
        '\\newcommand{\\both}[2][IoT]{#1/',
        '',
        '#2}',
        '\\def\\x#1{IoT/M2M}',
        '\\hypersetup{pdftitle={IoT/M2M}}',
        '\\somestyle[a]{b}{c}',
        '\\title[Short]{On M2M\\thanks{Paid by them.} \\\\ and more}',
        '\\subtitle{A study}',
        '\\author{M2M \\and IoT}',
        '\\begin{document}',
        '\\maketitle',
        'Text.',
        '\\end{document}',
        'IoT/M2M',
      ],
      [
        'caption: Short',
        'heading1: On M2M ⏎and more',
        'note: Paid by them.',
        'heading2: A study',
        'paragraph: Text.',
      ].concat('comment: IoT'),
    );
    reads(['\\documentclass{article}', 'Text that is not begun.'], []);
    reads(['%\\documentclass{article}', 'A chapter.'], ['paragraph: A chapter.', 'comment: \\documentclass{article}']);
  });

  it('reads paragraphs, breaks and ties', () => {
    reads(
      ['One line', '  and~another \\\\ third\\\\[2pt]', 'fourth.', '\t', 'Next\\par last.'],
      ['paragraph: One line and\u00A0another ⏎third⏎fourth.', 'paragraph: Next', 'paragraph: last.'],
    );
  });

  it('reads comments, and goes on behind them', () => {
    reads(
      ['One % two', 'three, joined-% four', '  up.', '% five', 'Six.', '% seven', '', 'Eight 9\\% % 10'],
      ['paragraph: One three, joined-up. Six.', 'paragraph: Eight 9%'].concat(
        [' two', ' four', ' five', ' seven', ' 10'].map((text) => `comment:${text}`),
      ),
    );
    reads(
      ['Text % why % termlint-disable-line'],
      ['paragraph: Text', 'comment: why % termlint-disable-line'].concat('comment: termlint-disable-line'),
    );
  });

  it('reads lists, in quotations too', () => {
    reads(
      [
        '\\begin{itemize}[noitemsep]',
        '\\item one',
        '',
        'goes on',
        '\\begin{enumerate} \\item<2-> nested \\end{enumerate}',
        'back \\end{itemize}',
        'After.',
      ],
      ['item: one', 'item: goes on', 'item: nested', 'item: back', 'paragraph: After.'],
    );
    reads(
      ['\\begin{description}', '\\item[M2M] machines', '\\item [A \\emph{b}] c', '\\end{description}'],
      ['paragraph: M2M', 'item: machines', 'paragraph: A b', 'item: c'],
    );
    reads(
      ['\\begin{quote}', 'Said.', '\\begin{itemize}\\item one\\end{itemize}', '\\end{quote}', 'Mine.'],
      ['quotation>: Said.', 'item>: one', 'paragraph: Mine.'],
    );
    reads(
      ['\\question[6] True?', '\\begin{parts}', '\\part One.', '\\part Two.', '\\end{parts}'],
      ['item: True?', 'item: One.', 'item: Two.'],
    );
  });

  it('reads tables cell by cell', () => {
    reads(
      [
        '\\begin{table}[h] \\caption[Short]{Long \\textbf{one}.}\\label{t:m2m}',
        '\\begin{tabular}{l|p{3cm}}',
        '\\toprule Name & \\textbf{Meaning} \\\\ \\midrule',
        'A \\& B & \\makecell{c \\\\ d} \\\\[2pt]',
        '\\multicolumn{2}{c}{wide} & e \\\\ \\cmidrule(lr){1-2}',
        '& f % last',
        '\\end{tabular}\\end{table}',
      ],
      [
        'caption: Short',
        'caption: Long one.',
        'cell[0,0,0]: Name',
        'cell[0,0,1]: Meaning',
        'cell[0,1,0]: A & B',
        'cell[0,1,1]: c ⏎d',
        'cell[0,2,0]: wide',
        'cell[0,2,2]: e',
        'cell[0,3,1]: f',
        'comment: last',
      ],
    );
    reads(
      [
        '\\begin{tabularx}{\\textwidth}{lX} a & b \\\\ c & d \\end{tabularx}',
        '\\begin{longtable}{l} e \\end{longtable}',
      ],
      ['cell[0,1,0]: a', 'cell[0,1,1]: b', 'cell[0,2,0]: c', 'cell[0,2,1]: d', 'cell[1,1,0]: e'],
    );
  });

  it('reads floats, theorems and slides', () => {
    reads(
      ['\\begin{figure}', '\\includegraphics[width=2cm]{iot/m2m.png}', '\\caption{The gateway.}', '\\end{figure}'],
      ['caption: The gateway.'],
    );
    reads(
      ['\\begin{theorem}[Of M2M]', 'It is so.', '\\end{theorem}', '\\begin{own}{Title}', 'It is.', '\\end{own}'],
      ['caption: Of M2M', 'paragraph: It is so.', 'caption: Title', 'paragraph: It is.'],
    );
    reads(
      [
        '\\begin{frame}[fragile]{One}',
        '\\begin{block}{Two}',
        'Three.',
        '\\end{block}',
        '\\end{frame}',
        '\\frame{\\frametitle{Four} Five.}',
      ],
      ['heading3: One', 'caption: Two', 'paragraph: Three.', 'heading3: Four', 'paragraph: Five.'],
    );
  });

  it('reads notes where they stand, and their sentence without them', () => {
    reads(
      ['The gateway\\footnote{A \\emph{box}.', '', '\\begin{itemize}\\item Two\\end{itemize}} hums\\marginpar{Loud}.'],
      ['paragraph: The gateway hums.', 'note: A box.', 'note: Two', 'note: Loud'],
    );
  });

  it('reads the text of commands and not their options', () => {
    reads(
      [
        '\\emph{a} \\textbf{\\textit{b}} {\\em c {\\bf d}} \\textcolor[rgb]{1,0,0}{e} \\href{http://iot/m2m%20}{f} \\parbox[t]{2cm}{g}',
      ],
      ['paragraph: a b c d e f g'],
    );
    reads(
      ['\\only<2>{a} \\textsc{b}\\mbox{c} \\st{d}\\sout{e}\\todo{f} \\foreignlanguage{german}{g}'],
      ['paragraph: a bc  g'],
    );
    reads(['\\own[opt]{a} \\own*{b}{c}, \\own{d \\other{e}}'], ['paragraph: a b⏎c, d e']);
    reads(
      ["\\enquote{M2M} and ``IoT'' and \\textquotedblleft x\\textquotedblright"],
      ['paragraph: “M2M” and “IoT” and “x”'],
    );
  });

  it('hides labels, references, citations, addresses, files and code', () => {
    reads(
      [
        'In \\ref{s:m2m}~\\cite[p.~2]{iot} \\label{iot}and \\citet{m2m} see \\url{http://iot/%m2m_}, \\index{IoT!M2M}\\input{iot}.',
      ],
      ['paragraph: In ▢\u00A0 and ▢ see ▢, .'],
    );
    reads(
      [
        '\\verb|IoT/%M2M| \\verb*+x+ \\lstinline[language=C]!iot! \\lstinline{m2m} \\mintinline{c}{iot} \\texttt{M2M} \\SI{2}{\\m}',
      ],
      ['paragraph: ▢ ▢ ▢ ▢ ▢ ▢ ▢'],
    );
    reads(
      ['\\figref{fig:iot} \\own{fig:m2m} \\vglue{2cm} \\name\\ and \\name{} and', '\\layout', 'more.'],
      ['paragraph: ▢ ▢ ▢ ▢ and ▢ and more.'],
    );
    reads(
      [
        ...['verbatim', 'lstlisting', 'minted', 'comment', 'tikzpicture', 'thebibliography', 'filecontents*'].flatMap(
          (name) => [`\\begin{${name}}`, '\\item IoT/M2M {', '', `\\end{${name}}`],
        ),
        '\\iffalse M2M \\fi',
      ],
      [],
    );
  });

  it('reads formulas as a word, and a sign as what it is', () => {
    reads(['Let $x_{M2M}$, \\(y\\), $$z$$ and \\[ a \\] be.'], ['paragraph: Let ▢, ▢, ▢ and ▢ be.']);
    reads(
      ['We get', '\\begin{align*}', 'M2M &= IoT', '\\end{align*}', 'where \\[ x = 1. \\] Then.'],
      ['paragraph: We get ▢ where ⏎Then.'],
    );
    reads(['M2M $=$ IoT $\\to$ x, US\\$5 and \\$6.'], ['paragraph: M2M = IoT → x, US$5 and $6.']);
    reads(['An open $ M2M', '', 'Text.'], ['paragraph: An open ▢', 'paragraph: Text.']);
  });

  it('reads characters that are written otherwise', () => {
    reads(
      ['Br\\"uning, na\\"{\\i}ve, \\\'el\\`eve, \\c{c}a, \\v s, stra\\ss e, \\AA rhus, Erd\\H{o}s, \\~{}x'],
      ['paragraph: Brüning, naïve, élève, ça, š, straße, Århus, Erdős, ~x'],
    );
    reads(
      ['10\\,\\% of A\\&B, \\#1\\_a \\{b\\}, 1--2 --- 3, \\ldots{} \\LaTeX\\ `x` \\slash\\ ma\\-chine'],
      ['paragraph: 10 % of A&B, #1_a {b}, 1–2 — 3, … LaTeX ‘x‘ / machine'],
    );
  });

  it('reads entries of acronyms and glossaries, and what their keys stand for', () => {
    reads(
      [
        '\\newacronym[plural=x]{mtm}{M2M}{machine to machine}',
        '\\begin{acronym}[M2M] \\acro{IoT}{Internet of Things} \\acro{gw}[GW]{gateway} \\end{acronym}',
        '\\newglossaryentry{n}{',
        '  name = {node}, % why',
        '  description={A \\emph{small} thing},',
        '  plural=nodes}',
        '\\DeclareAcronym{s}{short = SIM , long = subscriber module}',
        '\\gls{mtm}/\\acp{IoT}: \\Gls{n} \\ac{s}, \\ac{gw}, \\acl{mtm}, \\gls{other}.',
      ],
      [
        'paragraph: M2M',
        'item: machine to machine',
        'paragraph: IoT',
        'item: Internet of Things',
        'paragraph: GW',
        'item: gateway',
        'cell[0,1,0]: node',
        'cell[0,1,1]: A small thing',
        'cell[1,1,0]: SIM',
        'cell[1,1,1]: subscriber module',
        'paragraph: M2M/IoTs: node SIM, GW, ▢, ▢.',
        'comment: why',
      ].filter((line) => line !== 'comment: why'),
    );
    reads(
      [
        '\\newcommand{\\iot}{IoT\\xspace} \\newcommand\\mtm{M2M} \\newcommand{\\x}{machine}',
        'An \\iot or \\mtm{} \\x.',
      ],
      ['paragraph: An IoT or M2M ▢.'],
    );
  });

  it('reads words that were escaped as they are', () => {
    const words = 'a_b & 5 % of $x #1 {~^\\}';
    const escaped = formatOf({ language: 'latex' })!.escape!(words);
    assert.equal(escaped, 'a\\_b \\& 5 \\% of \\$x \\#1 \\{\\textasciitilde{}\\textasciicircum{}\\textbackslash{}\\}');
    assert.deepEqual(rendered(escaped, 'latex'), [`paragraph: ${words}`]);
  });

  it('places blocks and comments in the text as it was given', () => {
    const given = "\uFEFF\\section{IoT}\r\n\\emph{M2M}~``a''\r\nb % c\r\n\r\nd";
    const { blocks, comments } = readSource({ text: given, format: 'latex' });
    assert.deepEqual(
      blocks.map((block) => given.slice(block.start, block.end)),
      ['IoT', "\\emph{M2M}~``a''\r\nb", 'd'],
    );
    assert.equal(blocks[1]!.text, `${GONE.repeat(6)}M2M${GONE}\u00A0“${GONE}a”${GONE}${GONE} b`);
    assert.deepEqual(comments, [
      { start: given.indexOf('%'), end: given.indexOf('%') + 3, textStart: given.indexOf('%') + 1, text: ' c' },
    ]);
  });
});

// A text such as people write, with prose in and around everything that has no prose in it.
const WHOLE = `\\documentclass[11pt]{report}
\\usepackage[utf8]{inputenc}
\\newcommand{\\water}[1]{\\textbf{#1} level}
\\title{Gauges of the river\\\\\\large A report}
\\author{The office}
\\begin{document}
\\maketitle
\\chapter{Why we measure}\\label{ch:why}

The gauge at the weir sends its level every ten minutes~\\cite{weir2019}. Since \\emph{all} lanterns were
exchanged, there is room for a modem\\footnote{It is the \\textit{small} one, see \\url{https://a.example/b_c}.} in
each of them % the old ones had none
and nobody reads a dial by hand --- or \`\`hardly anybody''.

\\section*{How it is done}
Section~\\ref{ch:why} says why; $x_i = 2$ says how much. With \\verb|a % b| we test \\texttt{code\\_here}, and
\\[ y = \\frac{a}{b} \\]
is what we get. % done

\\begin{itemize}
  \\item The first one, {\\bf in bold}.
  \\item[second] The other \\textcolor{red}{in red}.
\\end{itemize}

\\begin{figure}[tb]
  \\centering
  \\includegraphics[width=.7\\linewidth]{fig/gauge}
  \\caption[Gauge]{The gauge, with \\textsc{caps}.}
  \\label{fig:gauge}
\\end{figure}

\\begin{quote}
Never trust a dial, \\href{https://a.example/x_y}{they say}.
\\end{quote}

\\begin{verbatim}
not { prose % at all
\\end{verbatim}

\\begin{equation*}
  E = m c^2
\\end{equation*}

\\begin{tabular}{lr}
  \\hline
  Name & Value \\\\ \\hline
  weir & 12\\,\\% \\\\
  \\multicolumn{2}{c}{nothing} \\\\
\\end{tabular}

\\subsection{Summary}
Two links, two delays, i.\\,e.\\ the old and the new\\index{new}.
\\end{document}
`;

// Fragments of markup that documents are put together from.
const SNIPPETS = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '  ',
    '\t',
    '%',
    '% c\n',
    '\\%',
    '{',
    '}',
    '[',
    ']',
    '&',
    '\\\\',
    '~',
    '--',
    '---',
    '``',
    "''",
    '`',
  ],
  ...[
    '$',
    '$$',
    '\\(',
    '\\)',
    '\\[',
    '\\]',
    '\\',
    '\\ ',
    '\\,',
    '\\"o',
    '\\c{c}',
    '\\ss ',
    '\\verb|',
    '|',
    '\\iffalse',
    '\\fi',
  ],
  ...[
    '\\section{',
    '\\section[a]{',
    '\\emph{',
    '\\footnote{',
    '\\href{u}{',
    '\\label{a}',
    '\\cite{',
    '\\own{',
    '\\own',
    '\\enquote{',
  ],
  ...[
    '\\item',
    '\\item[',
    '\\begin{itemize}',
    '\\end{itemize}',
    '\\begin{tabular}{l}',
    '\\end{tabular}',
    '\\begin{quote}',
  ],
  ...[
    '\\begin{verbatim}',
    '\\end{verbatim}',
    '\\begin{align}',
    '\\end{align}',
    '\\begin{x}',
    '\\end{x}',
    '\\begin',
    '\\end{',
  ],
  ...[
    '\\multicolumn{2}{c}{',
    '\\hline',
    '\\caption{',
    '\\title{',
    '\\begin{document}',
    '\\end{document}',
    '\\documentclass{a}',
  ],
  ...[
    '\\newacronym{a}{IoT}{',
    '\\gls{a}',
    '\\DeclareAcronym{a}{short=IoT,long={',
    '\\newcommand{\\x}{IoT}',
    '\\x',
    '\\def\\y{',
  ],
];
const document = documentsOf(SNIPPETS);

describe('every document of LaTeX', () =>
  holdsForEvery({ language: 'latex', document, whole: WHOLE, replaced: /[\r\n \t\\~$`'}{-]/ }));

describe('the time of reading LaTeX grows with the length of the text', () => {
  const generators: Record<string, (length: number) => string> = {
    'one line': (length) => 'IoT and M2M '.repeat(length / 12),
    'groups that are not closed': (length) => '{a '.repeat(length / 3),
    'groups that are not opened': (length) => 'a} '.repeat(length / 3),
    'commands that are not closed': (length) => '\\own[a]{b '.repeat(length / 10),
    'options that are not closed': (length) => '\\own[a '.repeat(length / 7),
    'silent arguments that are not closed': (length) => '\\label{a '.repeat(length / 9),
    'notes that are not closed': (length) => '\\footnote{a '.repeat(length / 12),
    'environments that are not closed': (length) => '\\begin{a}b '.repeat(length / 11),
    'environments that are not begun': (length) => '\\begin{a}\\end{b} '.repeat(length / 17),
    'formulas that are not closed': (length) => '$a\n\n'.repeat(length / 4),
    'verbatim that is not closed': (length) => '\\verb|a '.repeat(length / 8),
    'white space': (length) => `a\n${' '.repeat(length / 2)}\n${' '.repeat(length / 2)}b`,
    'comments on each line': (length) => 'a %\n'.repeat(length / 4),
    'a long table': (length) => `\\begin{tabular}{l}${'a & b \\\\ '.repeat(length / 9)}`,
    keys: (length) => '\\DeclareAcronym{a}{short={b, long= '.repeat(length / 36),
    'spaces behind commands': (length) => `\\own ${' '.repeat(length)}`,
  };
  for (const [name, generate] of Object.entries(generators)) it(name, () => growsLinearly('latex', generate));
});

describe('a directive in LaTeX', () => {
  const workspace = workspaceWith();
  const suppressed = (text: string) => {
    const source = { text, format: 'latex' };
    const { findings } = analyze(source, workspace);
    assert.equal(findings.length, 1);
    const after = applyEdits(text, suppression(source, findings[0]!));
    assert.deepEqual(analyze({ text: after, format: 'latex' }, workspace).findings, []);
    return after;
  };
  it('stands on the line above a paragraph', () => {
    assert.equal(
      suppressed('One.\n\nThe M2M/IoT gateway.'),
      'One.\n\n% termlint-disable-next-line alias\nThe M2M/IoT gateway.',
    );
  });
  it('stands at the end of a line elsewhere', () => {
    for (const line of [
      '\\section{The M2M/IoT gateway}',
      '\\item The M2M/IoT gateway',
      '\\caption{The M2M/IoT gateway}',
      'One\\footnote{The M2M/IoT gateway.} two',
      'One two % and a remark',
    ])
      assert.equal(
        suppressed(`One\n${line.replace('two %', 'M2M/IoT gateway %')}\nthree.`),
        `One\n${line.replace('two %', 'M2M/IoT gateway %')} % termlint-disable-line alias\nthree.`,
      );
    assert.equal(
      suppressed('\\begin{tabular}{l}\na & M2M/IoT \\\\\n\\end{tabular}'),
      '\\begin{tabular}{l}\na & M2M/IoT \\\\ % termlint-disable-line alias\n\\end{tabular}',
    );
  });
});

/* ---------------------------------------------------------------- another parser */

/** Letters that we read as prose, and those of which another parser says that they are no formula, code, comment or option. */
it('reads the same letters as prose as another parser does', () => {
  const corpus = ['acronyms-report', 'beamer-smart-port', 'paper-two-tier', 'thesis-ch2'];
  for (const text of [WHOLE, ...corpus.map((name) => projectFile(`tests/corpus/docs/${name}.tex`))]) {
    const body = text.replace(/^[\s\S]*\\begin\{document\}|\\printglossary.*|\\end\{document\}[\s\S]*$/g, '');
    // Part for part, so that a mistake is seen where it is.
    for (const part of body.split('\n\n')) assert.equal(ourLetters(part), otherLetters(part), part);
  }
});

function ourLetters(text: string): string {
  const seen = new Array<string>(text.length).fill('');
  for (const block of readSource({ text, format: 'latex' }).blocks)
    for (let at = block.start; at < block.end; at++) {
      const unit = block.text[at - block.start]!;
      // An accent is written before its letter.
      if (unit === text[at] || /\p{L}/u.test(unit)) seen[at] = unit.normalize('NFD').replace(/[^A-Za-z]/g, '');
    }
  return seen.join('');
}

interface Node {
  readonly type: string;
  readonly content?: string | readonly Node[];
  readonly env?: string;
  readonly args?: readonly (Node & { readonly openMark: string; readonly content: readonly Node[] })[];
}

const NO_PROSE = new Set(
  'documentclass usepackage newcommand author label ref cite url verb texttt index includegraphics hline gls EUR "'.split(
    ' ',
  ),
);
const TITLED = new Set(['frame']);
const LAST_IS_PROSE = new Set(['textcolor', 'href', 'multicolumn']);
const BRACKETS_ARE_PROSE = new Set(['item', 'caption']);

function otherLetters(text: string): string {
  return lettersOf(parse(text) as unknown as Node).replace(/[^A-Za-z]/g, '');
}

function lettersOf(node: Node): string {
  if (node.type === 'string') return node.content as string;
  if (node.type === 'macro') return lettersOfMacro(node);
  if (node.type === 'environment' && TITLED.has(node.env!))
    return lettersOfMacro({ ...node, content: node.env! }) + lettersOfAll(node.content as readonly Node[]);
  return ['root', 'group', 'environment'].includes(node.type) ? lettersOfAll(node.content as readonly Node[]) : '';
}

/** The parser knows the arguments of some commands only: those of others stand behind them. */
function lettersOfAll(nodes: readonly Node[]): string {
  let isArgument = false;
  return nodes
    .map((node) => {
      isArgument =
        node.type === 'macro'
          ? NO_PROSE.has(node.content as string) && !node.args
          : isArgument && node.type === 'group';
      return isArgument ? '' : lettersOf(node);
    })
    .join('');
}

function lettersOfMacro({ content, args = [] }: Node): string {
  const name = content as string;
  if (NO_PROSE.has(name)) return '';
  const prose = args.filter(({ openMark }) => openMark !== '[' || BRACKETS_ARE_PROSE.has(name));
  return (LAST_IS_PROSE.has(name) ? prose.slice(-1) : prose).map((arg) => lettersOfAll(arg.content)).join('');
}
