import { isUtf8 } from 'node:buffer';
import {
  chmodSync,
  chownSync,
  type Dirent,
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, extname, join, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { formatOf, type Source } from './engine';
import { isIgnored, type Level, levelOf, skipped } from './gitignore';
import type { Host } from './host';

/** The files of this machine. All calls answer at once: asynchronous reading costs three times as much. */
export const fileHost: Host = {
  read(uri) {
    const path = pathOf(uri);
    return path === undefined ? undefined : readText(path);
  },
  documents(folder) {
    const path = pathOf(folder);
    return path === undefined ? [] : filesBelow(path, isDocument).files.map((file) => URI.file(file).toString());
  },
};

/** How a text stands in its file. The byte order mark, if any, is part of the text. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** A text, with what it takes to write it back, or why it could not be read. */
export type DecodedText = { readonly text: string; readonly encoding: Encoding } | { readonly problem: string };

/** Larger files are no prose; reading one by mistake must not use up the memory. */
export const LARGEST_FILE = 20_000_000;

/** A Word document holds its pictures, which are not unpacked. */
const LARGEST_WORD = 100_000_000;

/** A document to check, or why it could not be read. One without an encoding cannot be written back. */
export type DecodedDocument = { readonly source: Source; readonly encoding?: Encoding } | { readonly problem: string };

/** The text of a regular file, or `undefined` if there is none. */
export function readText(path: string): DecodedText | undefined {
  const bytes = readBytes(path);
  return bytes && 'problem' in bytes ? bytes : bytes && decode(bytes);
}

/** The document in a regular file, or `undefined` if there is none. */
export async function readDocument(path: string): Promise<DecodedDocument | undefined> {
  const bytes = readBytes(path, isWord(path) ? LARGEST_WORD : LARGEST_FILE);
  return bytes && 'problem' in bytes ? bytes : bytes && decodeDocument(path, bytes);
}

/** The document that bytes are, by its name: one of no known format is plain text. */
export async function decodeDocument(name: string, bytes: Buffer): Promise<DecodedDocument> {
  if (isWord(name)) return decodeWord(bytes);
  const content = decode(bytes);
  if ('problem' in content) return content;
  const format = formatOf({ path: name })?.languages[0] ?? 'plaintext';
  return { source: { text: content.text, format }, encoding: content.encoding };
}

async function decodeWord(bytes: Buffer): Promise<DecodedDocument> {
  if (bytes.length > LARGEST_WORD) return { problem: tooLarge(bytes.length, LARGEST_WORD) };
  if (isOldOffice(bytes)) return { problem: OLD_OFFICE };
  // A bundle of its own beside this one, so that nobody else waits for it.
  const { readWord } = require(join(__dirname, 'word.js')) as typeof import('./word');
  const source = await readWord(bytes);
  return 'problem' in source ? source : { source };
}

function readBytes(path: string, most = LARGEST_FILE): Buffer | { readonly problem: string } | undefined {
  try {
    const status = statSync(path, { throwIfNoEntry: false });
    if (!status) return undefined;
    if (status.isDirectory()) return { problem: 'This is a folder, not a file.' };
    // A pipe or a device may never end.
    if (!status.isFile()) return { problem: 'This is not a regular file. Use --stdin for what comes from a pipe.' };
    if (status.size > most) return { problem: tooLarge(status.size, most) };
    return readFileSync(path);
  } catch (error) {
    return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? undefined : { problem: reason(error) };
  }
}

/** The text that bytes mean: UTF-8, or UTF-16 with a byte order mark. */
export function decode(bytes: Buffer): DecodedText {
  if (bytes.length > LARGEST_FILE) return { problem: tooLarge(bytes.length, LARGEST_FILE) };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodeWide(bytes, 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodeWide(bytes, 'utf-16be');
  if (isOldOffice(bytes)) return { problem: OLD_OFFICE };
  const zero = bytes.indexOf(0);
  if (zero >= 0) return { problem: binary(zero) };
  if (!isUtf8(bytes)) return { problem: invalid(bytes) };
  return { text: bytes.toString('utf8'), encoding: 'utf-8' };
}

/**
 * Replaces the text of a file at one stroke: whoever reads it sees the old text or the new one. Keeps the mode and, where
 * allowed, the owner; a symbolic link goes on to point at the file. Returns what went wrong.
 */
export function writeText(path: string, text: string, encoding: Encoding): { problem: string } | undefined {
  let beside: string | undefined;
  try {
    const file = realpathSync(path);
    const status = statSync(file);
    beside = join(dirname(file), `.${basename(file)}.${process.pid}.termlint`);
    writeFileSync(beside, encode(text, encoding), { flag: 'wx', mode: status.mode });
    giveTo(beside, status);
    chmodSync(beside, status.mode);
    renameSync(beside, file);
    return undefined;
  } catch (error) {
    if (beside) rmSync(beside, { force: true });
    return { problem: `It could not be written. ${reason(error)}` };
  }
}

/** What a walk found, in the order of the names, and the folders that it could not enter. */
export interface Found {
  readonly files: string[];
  readonly problems: { readonly path: string; readonly problem: string }[];
}

/**
 * The regular files below a folder that `wanted` accepts (it is given the path below the folder, with `/`) and that no
 * `.gitignore` excludes. Those above the folder count up to the root of its repository. Symbolic links are not followed:
 * what they point at is found in its own place, and loops cannot occur.
 */
export function filesBelow(folder: string, wanted: (path: string) => boolean, visited?: () => void): Found {
  const found: Found = { files: [], problems: [] };
  const absolute = resolve(folder);
  const above = levelsAbove(absolute);
  // A folder that is asked for is searched, also where its repository ignores it.
  const levels = isIgnored(above, `${slashed(absolute)}/`) ? [] : above;
  walk({ folder, absolute, below: '', levels }, { wanted, visited, found });
  return found;
}

/** True for the name of a text in a known format. */
export function isDocument(path: string): boolean {
  return formatOf({ path }) !== undefined;
}

/** True for the name of a Word document; Word writes a file with `~$` beside one that it has open. */
export function isWord(path: string): boolean {
  return extname(path).toLowerCase() === '.docx' && !basename(path).startsWith('~$');
}

/** A path of this machine with `/` between its parts, as patterns have it. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}

/** Why a file could not be read or written, as a sentence. */
export function reason(error: unknown): string {
  const code = codeOf(error);
  const known = code && reasons[code];
  return known || (error instanceof Error ? error.message : String(error));
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file. Check the path.',
  ENOTDIR: 'There is no such file: a part of the path is not a folder.',
  EACCES: 'Permission denied: this user may not access it.',
  EPERM: 'Permission denied: the system does not allow it.',
  EROFS: 'The file system is read-only.',
  ENOSPC: 'The disk is full.',
  ELOOP: 'The symbolic links lead in a circle.',
  EISDIR: 'This is a folder, not a file.',
  EMFILE: 'Too many files are open.',
  ENAMETOOLONG: 'The name is too long.',
};

function codeOf(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}

function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  // A file of another machine is not read because a workspace names it.
  return parsed.scheme === 'file' && !parsed.authority ? parsed.fsPath : undefined;
}

function decodeWide(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): DecodedText {
  if (bytes.length % 2 === 1)
    return { problem: 'This is not valid UTF-16: it ends inside a character. Save it as UTF-8.' };
  const little = encoding === 'utf-16le' ? bytes : Buffer.from(bytes).swap16();
  const text = little.toString('utf16le');
  const zero = text.indexOf('\0');
  return zero < 0 ? { text, encoding } : { problem: binary(zero * 2) };
}

function encode(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text, 'utf8');
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

const OLD_OFFICE =
  'This is a Word document of the old format (.doc), or one that a password protects. Save it as .docx without a password.';

/** True for what begins as a compound file, [MS-CFB] 2.2: documents of the old format, and those that are encrypted. */
function isOldOffice(bytes: Buffer): boolean {
  return bytes.subarray(0, 8).toString('hex') === 'd0cf11e0a1b11ae1';
}

function tooLarge(size: number, most: number): string {
  const megabytes = (bytes: number) => `${Math.round(bytes / 100_000) / 10} MB`;
  return `It has ${megabytes(size)}; files above ${megabytes(most)} are not read. Split it, or leave it out.`;
}

function binary(at: number): string {
  return `This is not a text file: byte ${at + 1} is NUL, as in binary files. Leave it out.`;
}

/** Names the first byte that is no UTF-8, so that it can be found. */
function invalid(bytes: Buffer): string {
  // A prefix may end inside a character, which takes at most three more bytes.
  const validEnd = (end: number) =>
    [end, end - 1, end - 2, end - 3].find((at) => at <= 0 || isUtf8(bytes.subarray(0, at)));
  let low = 0;
  let high = bytes.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (validEnd(middle) !== undefined) low = middle;
    else high = middle;
  }
  const at = Math.max(0, validEnd(low) ?? 0);
  return `This is not valid UTF-8: see byte ${at + 1} in line ${lineOf(bytes, at)}. Save it as UTF-8.`;
}

function lineOf(bytes: Buffer, end: number): number {
  let line = 1;
  for (let at = bytes.indexOf(10); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) line++;
  return line;
}

function giveTo(file: string, { uid, gid }: { uid: number; gid: number }): void {
  try {
    chownSync(file, uid, gid);
  } catch {
    // Only the superuser can give files away; the file is then the writer's, as with most editors.
  }
}

interface Step {
  /** As it is shown to people. */
  readonly folder: string;
  readonly absolute: string;
  /** The path below the start, with `/` at its end unless it is empty. */
  readonly below: string;
  /** What may exclude something here, outermost first. */
  readonly levels: readonly Level[];
}

interface Walk {
  readonly wanted: (path: string) => boolean;
  readonly visited: (() => void) | undefined;
  readonly found: Found;
}

function walk(step: Step, run: Walk): void {
  const entries = entriesOf(step, run.found);
  run.visited?.();
  const levels = [...step.levels];
  if (entries.some((entry) => entry.name === '.gitignore')) levels.push(...levelsOf(step.absolute));
  for (const entry of entries) {
    const path = join(step.folder, entry.name);
    const absolute = join(step.absolute, entry.name);
    const below = step.below + entry.name;
    if (entry.isDirectory()) {
      if (skipped.has(entry.name) || isIgnored(levels, `${slashed(absolute)}/`)) continue;
      walk({ folder: path, absolute, below: `${below}/`, levels }, run);
    } else if (entry.isFile() && run.wanted(below) && !isIgnored(levels, slashed(absolute))) {
      run.found.files.push(path);
    }
  }
}

function entriesOf({ folder, below }: Step, found: Found): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  } catch (error) {
    // A folder that vanished on the way is not missed by anyone; the start was asked for.
    if (codeOf(error) !== 'ENOENT' || below === '') found.problems.push({ path: folder, problem: reason(error) });
    return [];
  }
}

/** Sorts folders as the paths of what is in them. */
function sortKey(entry: Dirent): string {
  return entry.isDirectory() ? `${entry.name}/` : entry.name;
}

/** The patterns of a folder's `.gitignore`, if it has one. */
function levelsOf(folder: string): Level[] {
  const content = readText(join(folder, '.gitignore'));
  return content && 'text' in content ? [levelOf(slashed(folder), content.text)] : [];
}

/** The `.gitignore` files of the folders above, from the root of the repository; none outside of a repository. */
function levelsAbove(folder: string): Level[] {
  const levels: Level[] = [];
  for (let at = folder; !existsSync(join(at, '.git')); ) {
    const parent = dirname(at);
    if (parent === at) return [];
    levels.unshift(...levelsOf(parent));
    at = parent;
  }
  return levels;
}
