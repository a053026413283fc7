import { words } from './scan';

/**
 * What the arguments of a command are, a letter each.
 *
 * No prose: `s` a star, `v` an overlay such as `<1->`, `o` in brackets, `r` in parentheses, `m` in braces, `u` an address,
 * `b` a body that may hold paragraphs, `d` what is defined, `k` the key of an acronym, `N` a number of columns, `K` keys with values.
 *
 * Prose: `p` in the line, `U` such ones as long as they follow, `q` in quotation marks, `n` a note, `h` a heading, `c` a
 * caption, `a` a caption directly behind, `C` a caption in brackets, `t` a term, `T` a term in brackets, `e` a term that
 * is a key if `T` follows, `i` what a term means.
 */
export type Signature = string;

const SHORT_FORMS =
  'ac Ac acs Acs acp Acp acsp gls Gls GLS glspl Glspl GLSpl acrshort Acrshort acrshortpl glsentryshort glstext glsxtrshort';

export interface Command {
  readonly signature: Signature;
  /** True if the command and its arguments stand for one word. */
  readonly isWord: boolean;
}

/** Rows of a signature, with `=` if the command stands for a word, and of commands. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map(
  rows(`
    p textsc textsl textup textmd textrm textsf textnormal underline uline uwave textsuperscript textsubscript mbox hbox
      text textls MakeUppercase MakeLowercase uppercase lowercase centerline hl intertext keywords makecell shortstack thead
    vp textbf emph textit alert only onslide uncover visible structure invisible
    oup href
    omp textcolor colorbox foreignlanguage hyperlink hypertarget rotatebox
    mmp fcolorbox resizebox
    oop hyperref framebox makebox
    mop scalebox
    ooomp parbox
    moop raisebox
    Nmp multicolumn
    omomop multirow
    q enquote textquote
    mq foreignquote
    on footnote footnotetext endnote sidenote marginpar marginnote thanks tablefootnote note
    sCh part chapter section subsection subsubsection paragraph subparagraph title subtitle addchap addsec minisec
    vCh frametitle framesubtitle
    sCc caption subcaption
    msCc captionof
    C subfloat
    cc epigraph
    okti newacronym newabbreviation newacro
    eTi acro acrodef
    oti nomenclature
    kK newglossaryentry DeclareAcronym
    kKi longnewglossaryentry
    vT item
    o question titledquestion usepackage printbibliography printglossary printglossaries printacronyms printindex
      footnotemark pagebreak
    s choice CorrectChoice subpart subsubpart xspace
    om= texttt code path file filename command cmd cs env pkg class option key ensuremath si unit num ang numlist ref eqref
      pageref nameref autoref cref Cref vref Vref fref labelcref ${SHORT_FORMS}
    ou= url nolinkurl
    oom= citet Citet textcite Textcite citeauthor Citeauthor citeyear citetitle cites fullcite acl acrlong acf acrfull
      glsdesc glsentrylong glsentryfull Acl Acrlong Acf Acrfull acrlongpl aclp acfp
    omm= SI qty numrange SIlist
    ommm= SIrange qtyrange
    oom cite citep Citep parencite Parencite autocite footcite supercite nocite citealp citealt citenum
    svoom includegraphics
    som usepackage documentclass RequirePackage documentstyle label index glossary input include includeonly bibliography
      bibliographystyle addbibresource graphicspath hypersetup usetheme usecolortheme usefonttheme usetikzlibrary captionsetup
      pagestyle thispagestyle pagenumbering vspace hspace tikzset pgfplotsset lstset sisetup geometry acsetup selectlanguage
      hyphenation phantom vphantom hphantom stepcounter refstepcounter cline columncolor rowcolor cellcolor color column st
      sout xout todo fixme glsaddall glsadd newcounter tag linespread chapterimage lstinputlisting missingfigure institute
      affiliation email includepdf
    orm cmidrule
    omm inputminted definecolor setcounter addtocounter setlength addtolength fontsize rule
    mmm newlist specialrule addcontentsline
    mm addtocontents markboth
    omb setlist
    sdoob newcommand renewcommand providecommand DeclareRobustCommand
    sdb DeclareMathOperator
    smoobb newenvironment renewenvironment
    smomo newtheorem
    ob author date AtBeginDocument AtEndDocument
    mb lstdefinestyle lstdefinelanguage
    dd let
    d newif newsavebox`).flatMap(([form = '', ...names]) =>
    names.map((name): [string, Command] => [name, { signature: form.replace('=', ''), isWord: form.endsWith('=') }]),
  ),
);

/** Commands that only say how what follows looks, where it stands, or what is printed there. */
export const LAYOUT: ReadonlySet<string> = words(
  'bf it em sc sl tt rm sf bfseries mdseries itshape scshape slshape upshape normalfont rmfamily sffamily ttfamily tiny ' +
    'scriptsize footnotesize small normalsize large Large LARGE huge Huge centering raggedright raggedleft noindent indent ' +
    'newpage clearpage cleardoublepage maketitle titlepage tableofcontents listoffigures listoftables appendix frontmatter ' +
    'mainmatter backmatter bigskip medskip smallskip hrule vfill vfil break nobreak allowbreak protect relax boldmath ' +
    'pause singlespacing onehalfspacing doublespacing null sloppy fussy makeatletter makeatother begingroup endgroup endhead ' +
    'endfirsthead endfoot endlastfoot hline toprule midrule bottomrule leavevmode strut',
);

/** How high a heading stands. A slide stands below the sections of its talk. */
export const LEVELS: Readonly<Record<string, number>> = {
  ...{ title: 1, part: 1, chapter: 1, addchap: 1, section: 2, addsec: 2, subtitle: 2, subsection: 3, minisec: 3 },
  ...{ frame: 3, frametitle: 3, framesubtitle: 4, subsubsection: 4, paragraph: 5, subparagraph: 6 },
};

/** Commands that begin an item; `part` does in an exam, where it has no argument in braces. */
export const ITEMS: ReadonlySet<string> = words(
  'item question titledquestion part choice CorrectChoice subpart subsubpart',
);

export interface Environment {
  readonly kind: 'plain' | 'silent' | 'math' | 'table' | 'quotation';
  readonly signature: Signature;
}

/** Rows of a kind, a signature or `-`, and environments, of which most may have a star behind the name. */
export const ENVIRONMENTS: ReadonlyMap<string, Environment> = new Map(
  rows(`
    silent - verbatim Verbatim BVerbatim LVerbatim alltt lstlisting minted comment filecontents tikzpicture pgfpicture picture
      forest circuitikz asy luacode algorithmic thebibliography axis
    math - equation align gather multline eqnarray math displaymath flalign alignat xalignat dmath split IEEEeqnarray
    table om tabular longtable array supertabular tblr longtblr talltblr
    table mom tabular* tabularx tabulary xltabular
    quotation o quote quotation verse displayquote
    plain - center flushleft flushright abstract titlepage small footnotesize landscape appendices sloppypar questions parts
      subparts choices solution keywords
    plain o figure table sidewaysfigure sidewaystable itemize enumerate description compactitem compactenum compactdesc
      inparaenum columns acronym algorithm listing tcolorbox mdframed
    plain m spacing otherlanguage adjustbox multicols onlyenv letter
    plain mm list
    plain om column
    plain ooom minipage subfigure subtable
    plain omom wrapfigure wraptable
    plain vohc frame
    plain vc block alertblock exampleblock
    plain C theorem lemma definition proof example remark corollary proposition axiom conjecture`).flatMap(
    ([kind, signature, ...names]) =>
      names.map((name): [string, Environment] => [
        name,
        { kind: kind as Environment['kind'], signature: signature === '-' ? '' : signature! },
      ]),
  ),
);
export const UNKNOWN_ENVIRONMENT: Environment = { kind: 'plain', signature: 'oaaa' };

/** Commands that stand for characters. */
export const CHARACTERS: ReadonlyMap<string, string> = pairs(
  'ldots … dots … textellipsis … textendash – textemdash — textquotedblright ” ' +
    'textquoteright ’ rq ’ grqq “ frqq » guillemotright » ' +
    "textquotesingle ' textasciitilde ~ textasciicircum ^ textbackslash \\ textbar | textless < textgreater > slash / " +
    'textunderscore _ textbraceleft { textbraceright } lbrack [ rbrack ] S § P ¶ copyright © textcopyright © ' +
    'textregistered ® texttrademark ™ pounds £ texteuro € euro € dag † ddag ‡ textdegree ° degree ° textmu µ ' +
    'textbullet • textperiodcentered · textpm ± texttimes × LaTeX LaTeX LaTeXe LaTeX TeX TeX BibTeX BibTeX ' +
    '& & % % $ $ # # _ _ { { } }',
);
/** Commands that stand for letters or open a quotation: white space behind them does not part them from what follows. */
export const LETTERS: ReadonlyMap<string, string> = pairs(
  'textquotedblleft “ textquoteleft ‘ lq ‘ glqq „ quotedblbase „ flqq « guillemotleft « ' +
    'ss ß ae æ oe œ o ø aa å l ł i ı j ȷ AE Æ OE Œ O Ø AA Å L Ł',
);
export const SPACES: ReadonlySet<string> = words(
  'quad qquad enspace enskip thinspace space nobreakspace hfill hfil , ; : >',
);
export const ACCENTS: ReadonlyMap<string, string> = pairs(
  '" \u0308 \' \u0301 ` \u0300 ^ \u0302 ~ \u0303 = \u0304 . \u0307 u \u0306 v \u030C H \u030B c \u0327 k \u0328 r \u030A d \u0323 b \u0331',
);
/** A formula that is nothing but one of these is a sign of its sentence. */
export const SIGNS: ReadonlyMap<string, string> = pairs(
  '= = / / + + < < > > \\neq ≠ \\ne ≠ \\equiv ≡ \\approx ≈ \\to → \\rightarrow → \\Rightarrow ⇒ \\leftrightarrow ↔ ' +
    '\\Leftrightarrow ⇔ \\subset ⊂ \\subseteq ⊆ \\supset ⊃ \\times × \\cdot · \\dots … \\ldots …',
);

/** Commands that print the short form of an acronym. */
export const SHORTENING: ReadonlySet<string> = words(SHORT_FORMS);
export const TERM_KEYS: ReadonlySet<string> = words('name short');
export const MEANING_KEYS: ReadonlySet<string> = words('description long');
/** Names of commands that refer, whoever defined them. */
export const REFERRING = /(?:ref|cite|label)s?$|^cite/i;

/** Words that alternate with what they stand for. */
function pairs(list: string): ReadonlyMap<string, string> {
  const all = list.split(' ');
  return new Map(all.flatMap((word, at): [string, string][] => (at % 2 === 0 ? [[word, all[at + 1]!]] : [])));
}

/** Rows of words; a row goes on in lines that are indented deeper. */
function rows(list: string): readonly (readonly string[])[] {
  return list
    .trim()
    .split(/\n {4}(?! )/)
    .map((row) => row.split(/\s+/));
}
