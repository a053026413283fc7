import type { Standing } from './prose';

/** How the parts of a directive are read. */
export interface Treatment {
  /**
   * What stands behind the two colons: the first paragraph of the content, a caption, a heading, a title of the document, a version and then content,
   * or no prose.
   */
  readonly argument: 'content' | 'caption' | 'heading' | 'title' | 'version' | 'silent';
  /** What stands below: text, a quotation, a caption and then text, something with a layout of its own, or no prose. */
  readonly content: 'text' | 'quotation' | 'caption' | 'glossary' | 'list-table' | 'csv-table' | 'silent';
}

/** How a directive is read; `undefined` if it is not known, so that its content tells. */
export function treatmentOf(name: string): Treatment | undefined {
  const known = TREATMENTS.get(name.toLowerCase());
  if (known) return known;
  if (name.startsWith('auto')) return NO_PROSE;
  // Directives of domains, such as `py:function`, have a signature and then say what that is.
  return name.includes(':') ? DESCRIPTION : undefined;
}

/** How the content of a directive that is not known is read: as text if its first paragraph is a sentence, and not code or data. */
export function treatmentOfUnknown(paragraph: string): Treatment {
  const words = paragraph.match(/(?<!\S)[("'*`]*[\p{L}-]{2,}[)"'*`.,:;!?]*(?!\S)/gu)?.length ?? 0;
  const begins = /^[*`"'“(]*\p{Lu}/u.test(paragraph);
  const ends = /[.!?:][*`"'”)_]*$/.test(paragraph);
  const isSentence = begins && ends && !/[{}=;$\\]/.test(paragraph);
  return isSentence && words >= 4 ? DESCRIPTION : NO_PROSE;
}

/** Options whose values are prose, and what they are. */
export const PROSE_OPTIONS: ReadonlyMap<string, Standing> = new Map([
  ...['alt', 'caption', 'subtitle', 'synopsis', 'figcaption'].map((name): [string, Standing] => [
    name,
    { kind: 'caption', quoted: false },
  ]),
  ['description', { kind: 'title', level: 0, quoted: false }],
]);

const NO_PROSE: Treatment = { argument: 'silent', content: 'silent' };
const DESCRIPTION: Treatment = { argument: 'silent', content: 'text' };

const TREATMENTS: ReadonlyMap<string, Treatment> = new Map([
  ...treated(
    { argument: 'content', content: 'text' },
    'note warning tip hint important attention caution danger error seealso todo compound line-block replace centered header footer ' +
      'danger margin marginnote sidenote definition-list exercise solution proof theorem legend',
  ),
  ...treated({ argument: 'content', content: 'quotation' }, 'epigraph highlights pull-quote'),
  ...treated(
    { argument: 'caption', content: 'text' },
    'admonition topic sidebar table tab group-tab tab-item dropdown details collapse toggle grid-item-card card',
  ),
  ...treated({ argument: 'caption', content: 'list-table' }, 'list-table flat-table'),
  ...treated({ argument: 'caption', content: 'csv-table' }, 'csv-table'),
  ...treated({ argument: 'content', content: 'glossary' }, 'glossary'),
  ...treated({ argument: 'heading', content: 'silent' }, 'rubric'),
  ...treated({ argument: 'title', content: 'silent' }, 'title'),
  ...treated({ argument: 'version', content: 'text' }, 'versionadded versionchanged deprecated versionremoved'),
  ...treated({ argument: 'silent', content: 'caption' }, 'figure'),
  ...treated(
    DESCRIPTION,
    'container only ifconfig class rst-class cssclass hlist tabs tab-set grid grid-item card-carousel list option cmdoption ' +
      'describe object confval envvar function method classmethod staticmethod attribute data exception module property type ' +
      'macro struct enum enumerator union var member directive role setting rst_directive',
  ),
  ...treated(
    NO_PROSE,
    'code code-block sourcecode code-tab highlight highlightlang literalinclude parsed-literal math raw include toctree contents ' +
      'sectnum section-numbering meta image unicode date index tabularcolumns productionlist graphviz digraph graph mermaid uml plantuml ' +
      'blockdiag seqdiag nwdiag prompt doctest testcode testoutput testsetup testcleanup plot ipython jupyter-execute ' +
      'command-output program-output program currentmodule default-domain default-role role sectionauthor codeauthor moduleauthor ' +
      'bibliography target-notes acks tags youtube video raw-html',
  ),
]);

function treated(treatment: Treatment, names: string): [string, Treatment][] {
  return names.split(' ').map((name) => [name, treatment]);
}
