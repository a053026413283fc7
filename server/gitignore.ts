import ignore, { type Ignore } from 'ignore';

/** The patterns of one `.gitignore`. */
export interface Level {
  /** The path of its folder, with `/` at its end. */
  readonly folder: string;
  readonly patterns: Ignore;
}

/** Folders that hold no prose of the project's own. */
export const skipped: ReadonlySet<string> = new Set(['.git', '.hg', '.svn', 'node_modules']);

/** What the text of a folder's `.gitignore` says. */
export function levelOf(folder: string, text: string): Level {
  const patterns = ignore().add(text.replace(/^\uFEFF/, ''));
  return { folder: folder.endsWith('/') ? folder : `${folder}/`, patterns };
}

/**
 * Whether the innermost level that says something of a path excludes it. Levels come outermost first; the path of a
 * folder ends with `/`. Nothing in an ignored folder counts for git, so folders have to be asked for before what is in them.
 */
export function isIgnored(levels: readonly Level[], path: string): boolean {
  for (const { folder, patterns } of levels.toReversed()) {
    if (!path.startsWith(folder) || path === folder) continue;
    const verdict = patterns.test(path.slice(folder.length));
    if (verdict.ignored || verdict.unignored) return verdict.ignored;
  }
  return false;
}
