import type { Block, Comment } from '../document';
import type { Span } from '../text';
import { Prose } from './prose';

/** What stands before the body of a document, between lines of `---` or `+++`. */
export interface FrontMatter {
  /** Where the body begins; 0 if there is no front matter. */
  readonly end: number;
  readonly blocks: readonly Block[];
  readonly comments: readonly Comment[];
}

/** Reads front matter of YAML or TOML: the values of a few keys are prose. */
export function readFrontMatter(text: string): FrontMatter {
  const none = { end: 0, blocks: [], comments: [] };
  const fence = /^\n{0,9}(---|\+\+\+)[ \t]*\n/.exec(text.slice(0, 50));
  const lines = fence ? frontMatterLines(text, fence[1]!, fence[0].length) : undefined;
  if (!lines) return none;
  const blocks: Block[] = [];
  const comments: Comment[] = [];
  for (let index = 0; index < lines.length - 1; index++) {
    const { start, end } = lines[index]!;
    const comment = /^# ?termlint-/.test(text.slice(start, start + 12));
    if (comment) comments.push({ start, end, textStart: start + 1, text: text.slice(start + 1, end) });
    const block = comment ? undefined : readEntry(text, lines, index);
    if (block) blocks.push(block);
  }
  const last = lines.at(-1)!;
  return { end: Math.min(text.length, last.end + 1), blocks, comments };
}

const PROSE_KEYS: ReadonlySet<string> = new Set(['title', 'description', 'subtitle', 'summary', 'abstract', 'tagline']);

/** The lines between the fences and the closing one; `undefined` if there is none or if this is no front matter. */
function frontMatterLines(text: string, fence: string, from: number): Span[] | undefined {
  const lines: Span[] = [];
  let start = from;
  while (start <= text.length) {
    const lineBreak = text.indexOf('\n', start);
    const end = lineBreak < 0 ? text.length : lineBreak;
    const line = text.slice(start, Math.min(end, start + 200));
    if (lines.length === 0 && !/^\s*$|^\s*#|^\s*["']?[\w.-]+["']?\s*[:=]|^\[|^---|^\+\+\+|^\.\.\./.test(line))
      return undefined;
    lines.push({ start, end });
    if (line.trimEnd() === fence || (fence === '---' && line.trimEnd() === '...')) return lines;
    if (lineBreak < 0) return undefined;
    start = end + 1;
  }
  return undefined;
}

function readEntry(text: string, lines: readonly Span[], index: number): Block | undefined {
  const { start, end } = lines[index]!;
  const entry = /^(\w+)\s*[:=]\s*/.exec(text.slice(start, Math.min(end, start + 200)));
  if (!entry || !PROSE_KEYS.has(entry[1]!.toLowerCase())) return undefined;
  const value = start + entry[0].length;
  if (/^[>|][+-]?\d?\s*$/.test(text.slice(value, end))) return readBlockScalar(text, lines, index);
  const quote = text[value];
  const quoted = quote === '"' || quote === "'";
  const close = quoted ? text.lastIndexOf(quote, end - 1) : end;
  if (close <= value || (!quoted && '[{&*!|>@`%'.includes(quote!))) return undefined;
  const prose = new Prose(text, quoted ? value + 1 : value);
  const comment = quoted ? -1 : text.slice(value, end).search(/\s#/);
  prose.keep(comment >= 0 ? value + comment : close);
  return titleOf(prose);
}

/** Reads the indented lines below `key: >`. */
function readBlockScalar(text: string, lines: readonly Span[], index: number): Block | undefined {
  let last = index;
  while (last + 2 < lines.length && /^\s|^$/.test(text.slice(lines[last + 1]!.start, lines[last + 1]!.end))) last++;
  if (last === index) return undefined;
  const prose = new Prose(text, lines[index + 1]!.start);
  prose.keep(lines[last]!.end);
  return titleOf(prose);
}

function titleOf(prose: Prose): Block | undefined {
  return prose.block({ kind: 'title', level: 0, quoted: false });
}
