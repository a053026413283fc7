import type { Edit, Span } from '../text';

/** Edits of a title with those that keep the lines below and above it as long as it, or at least as long. */
export function titleEdits(
  text: string,
  title: Span,
  edits: readonly Edit[],
  length: 'exactly' | 'at least',
): readonly Edit[] {
  const isRule = (line: Span) => /^([!-/:-@[-`{-~])\1*\s*$/.test(text.slice(line.start, line.end));
  const wanted = text.slice(title.start, title.end).trimEnd().length + growth(edits);
  const rules = length === 'exactly' ? [lineBelow(text, title)] : [lineAbove(text, title), lineBelow(text, title)];
  return rules.flatMap((rule): readonly Edit[] => {
    if (!rule || !isRule(rule)) return [];
    const written = text.slice(rule.start, rule.end).trimEnd();
    const end = rule.start + written.length;
    const missing = wanted - written.length;
    if (missing > 0) return [{ start: end, end, text: written[0]!.repeat(missing) }];
    return length === 'exactly' && missing < 0 ? [{ start: end + missing, end, text: '' }] : [];
  });
}

/** The line around an offset, without its line break. */
export function lineAt(text: string, offset: number): Span {
  let start = offset;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start--;
  let end = offset;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
  return { start, end };
}

/** The line above one, if there is any. */
export function lineAbove(text: string, { start }: Span): Span | undefined {
  if (start === 0) return undefined;
  return lineAt(text, text.startsWith('\r\n', start - 2) ? start - 2 : start - 1);
}

/** The line below one, if there is any. */
export function lineBelow(text: string, { end }: Span): Span | undefined {
  if (end >= text.length) return undefined;
  return lineAt(text, end + (text.startsWith('\r\n', end) ? 2 : 1));
}

function isBreak(code: number): boolean {
  return code === 10 || code === 13;
}

/** How much longer edits make a text. */
export function growth(edits: readonly Edit[]): number {
  return edits.reduce((sum, { start, end, text }) => sum + text.length - (end - start), 0);
}
