import JSZip from 'jszip';

/** What a Word document is made of, in WordprocessingML. */
export interface Parts {
  readonly body: string;
  readonly footnotes?: readonly string[];
  /** Files to add or replace, by their path in the archive. */
  readonly more?: Readonly<Record<string, string>>;
}

/** A Word document as Word packs it. */
export function docx({ body, footnotes = [], more = {} }: Parts): Promise<Buffer> {
  const notes = footnotes.map((note, at) => `<w:footnote w:id="${at + 1}">${note}</w:footnote>`);
  const files: Record<string, string> = {
    '[Content_Types].xml': CONTENT_TYPES,
    '_rels/.rels': relations([['officeDocument', 'word/document.xml']]),
    'word/_rels/document.xml.rels': relations([
      ['styles', 'styles.xml'],
      ['numbering', 'numbering.xml'],
      ['footnotes', 'footnotes.xml'],
      ['hyperlink', 'https://example.com/iot', 'External'],
      ['image', 'media/image1.png'],
    ]),
    'word/document.xml': root('document', `<w:body>${body}</w:body>`),
    'word/styles.xml': root('styles', Object.entries(STYLES).map(style).join('')),
    'word/numbering.xml': root('numbering', NUMBERING),
    'word/footnotes.xml': root('footnotes', notes.join('')),
    'word/media/image1.png': 'no picture',
    ...more,
  };
  const archive = new JSZip();
  for (const [path, content] of Object.entries(files)) archive.file(path, content);
  return archive.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

/** A paragraph of runs, or of one run with a text. */
export function p(content: string, properties = ''): string {
  const runs = content.startsWith('<') ? content : r(content);
  const isStyle = /^\w+$/.test(properties);
  return `<w:p><w:pPr>${isStyle ? `<w:pStyle w:val="${properties}"/>` : properties}</w:pPr>${runs}</w:p>`;
}

/** A run, which Word begins anew wherever it likes. */
export function r(text: string, properties = ''): string {
  return `<w:r><w:rPr>${properties}</w:rPr><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** What makes a paragraph an item of a list. */
export const BULLET = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>';

/** A table of rows of cells, which are paragraphs or texts. */
export function table(...rows: readonly (readonly string[])[]): string {
  const cell = (content: string) => (content.startsWith('<w:tc>') ? content : `<w:tc>${paragraphs(content)}</w:tc>`);
  return `<w:tbl>${rows.map((cells) => `<w:tr>${cells.map(cell).join('')}</w:tr>`).join('')}</w:tbl>`;
}

/** A picture with an alternative text. */
export function picture(alternative: string): string {
  const graphic = '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="rId5"/></pic:blipFill></pic:pic>';
  const inline = `<wp:docPr descr="${alternative}"/>${graphic}</a:graphicData></a:graphic>`;
  return `<w:r><w:drawing><wp:inline>${inline}</wp:inline></w:drawing></w:r>`;
}

export function footnote(number: number): string {
  return `<w:r><w:footnoteReference w:id="${number}"/></w:r>`;
}

export function link(runs: string): string {
  return `<w:hyperlink r:id="rId4">${runs}</w:hyperlink>`;
}

function paragraphs(content: string): string {
  return content.startsWith('<') ? content : p(content);
}

/** Names of styles by their ids, as a German Word writes them. */
const STYLES: Readonly<Record<string, string>> = {
  Titel: 'Title',
  berschrift1: 'heading 1',
  berschrift2: 'heading 2',
  Zitat: 'Quote',
  Beschriftung: 'caption',
  Verzeichnis1: 'toc 1',
  HTMLVorformatiert: 'HTML Preformatted',
  SourceCode: 'Source Code',
  VerbatimChar: 'Verbatim Char',
};

function style([id, name]: [string, string]): string {
  const type = name.endsWith('Char') ? 'character' : 'paragraph';
  return `<w:style w:type="${type}" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;
}

const NUMBERING =
  '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>' +
  '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>';

const CONTENT_TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="png" ContentType="image/png"/></Types>';

const NAMESPACES = Object.entries({
  w: 'wordprocessingml/2006/main',
  r: 'officeDocument/2006/relationships',
  wp: 'drawingml/2006/wordprocessingDrawing',
  a: 'drawingml/2006/main',
  pic: 'drawingml/2006/picture',
}).map(([prefix, name]) => `xmlns:${prefix}="http://schemas.openxmlformats.org/${name}"`);

function root(name: string, content: string): string {
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:${name} ${NAMESPACES.join(' ')}>${content}</w:${name}>`;
}

function relations(targets: readonly (readonly string[])[]): string {
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const all = targets.map(([name, target, mode], at) => {
    const where = mode === undefined ? '' : ` TargetMode="${mode}"`;
    return `<Relationship Id="rId${at + 1}" Type="${type}/${name}" Target="${target}"${where}/>`;
  });
  const namespace = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return `<Relationships xmlns="${namespace}">${all.join('')}</Relationships>`;
}
