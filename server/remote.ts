import ignore, { type Ignore } from 'ignore';
import { URI, Utils } from 'vscode-uri';
import { formats } from './engine';
import type { Content, Host } from './host';
import { findFiles, type Request, readFile } from './messages';

/** The part of a connection that sends requests. */
export interface Requests {
  sendRequest<Result>(method: string, params: unknown): Promise<Result>;
}

/** The files that only the client can reach: those of a web worker, or of a file system that lives in the editor. */
export function remoteHost(connection: Requests): Host {
  const find = (folder: string, pattern: string) => ask(connection, findFiles, { folder, pattern });
  const read = async (uri: string) => (await ask(connection, readFile, { uri })) ?? undefined;
  return {
    read,
    async documents(folder) {
      const [found, rules] = await Promise.all([find(folder, documentPattern()), find(folder, '**/.gitignore')]);
      const levels = await Promise.all((rules ?? []).map((uri) => levelOf(uri, read)));
      levels.sort((a, b) => b.folder.length - a.folder.length);
      return [...(found ?? [])].filter((uri) => !isIgnored(uri, levels)).sort();
    },
  };
}

/** `near` for the schemes that it serves, `far` for all others. */
export function hostByScheme(schemes: readonly string[], near: Host, far: Host): Host {
  const of = (uri: string) => (schemes.includes(URI.parse(uri).scheme) ? near : far);
  return { read: (uri) => of(uri).read(uri), documents: (folder) => of(folder).documents(folder) };
}

/** `undefined` if the client does not know the request, which an editor other than VS Code does not. */
async function ask<Params, Result>(
  connection: Requests,
  request: Request<Params, Result>,
  params: Params,
): Promise<Result | undefined> {
  try {
    return await connection.sendRequest<Result>(request.method, params);
  } catch {
    return undefined;
  }
}

/** A glob pattern for every file of a known format. */
function documentPattern(): string {
  return `**/*{${formats.flatMap((format) => format.extensions).join(',')}}`;
}

/** The patterns of one `.gitignore`. */
interface Level {
  /** The path of its folder, with `/` at its end. */
  readonly folder: string;
  readonly patterns: Ignore;
}

async function levelOf(uri: string, read: (uri: string) => Promise<Content | undefined>): Promise<Level> {
  const content = await read(uri);
  const { path } = Utils.dirname(URI.parse(uri));
  const patterns = ignore().add(content && 'text' in content ? content.text : '');
  return { folder: path.endsWith('/') ? path : `${path}/`, patterns };
}

/** The first level that says something of a file decides; what git and npm keep for themselves is no prose. */
function isIgnored(uri: string, levels: readonly Level[]): boolean {
  const { path } = URI.parse(uri);
  if (/\/(\.git|\.hg|\.svn|node_modules)\//.test(path)) return true;
  for (const { folder, patterns } of levels) {
    if (!path.startsWith(folder)) continue;
    const verdict = patterns.test(path.slice(folder.length));
    if (verdict.ignored || verdict.unignored) return verdict.ignored;
  }
  return false;
}
