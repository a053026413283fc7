import * as vscode from 'vscode';
import type { FileContent } from '../server/messages';

/** Larger files are no prose, and some file systems fetch them from afar. */
const LARGEST_FILE = 20_000_000;

/** The text of a file, wherever the editor has it from; `null` if there is none. */
export async function read({ uri }: { readonly uri: string }): Promise<FileContent | null> {
  try {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(uri));
    if (bytes.length > LARGEST_FILE) return { problem: 'Files above 20 MB are not read. Split it, or leave it out.' };
    return decode(bytes);
  } catch (error) {
    return isMissing(error) ? null : { problem: error instanceof Error ? error.message : String(error) };
  }
}

function decode(bytes: Uint8Array): FileContent {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { problem: 'This is not valid UTF-8. Save it as UTF-8.' };
  }
}

/** The URIs of all files below a folder that match a glob pattern. */
export async function find(params: { readonly folder: string; readonly pattern: string }): Promise<readonly string[]> {
  const pattern = new vscode.RelativePattern(vscode.Uri.parse(params.folder), params.pattern);
  const files = await vscode.workspace.findFiles(pattern, '**/{.git,node_modules}/**');
  return files.map((file) => file.toString());
}

/** A file system that does not know a folder, or nothing of the scheme, has no such file either. */
function isMissing(error: unknown): boolean {
  return error instanceof vscode.FileSystemError && ['FileNotFound', 'Unavailable'].includes(error.code);
}
