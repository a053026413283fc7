import { URI, Utils } from 'vscode-uri';
import { isIgnored, type Level, levelOf, skipped } from './gitignore';
import { documentPattern, type Host } from './host';
import { findFiles, type Request, readFile } from './messages';

/** The part of a connection that sends requests. */
export interface Requests {
  sendRequest<Result>(method: string, params: unknown): Promise<Result>;
}

/** The files that only the client can reach: those of a web worker, or of a file system that lives in the editor. */
export function remoteHost(connection: Requests): Host {
  const find = (folder: string, pattern: string) => ask(connection, findFiles, { folder, pattern });
  const read = async (uri: string) => (await ask(connection, readFile, { uri })) ?? undefined;
  const levelAt = async (uri: string) => {
    const content = await read(uri);
    return levelOf(Utils.dirname(URI.parse(uri)).path, content && 'text' in content ? content.text : '');
  };
  return {
    read,
    async documents(folder) {
      const [found, rules] = await Promise.all([find(folder, documentPattern), find(folder, '**/.gitignore')]);
      const levels = await Promise.all((rules ?? []).map(levelAt));
      levels.sort((a, b) => a.folder.length - b.folder.length);
      return [...(found ?? [])].filter((uri) => isWanted(uri, levels)).sort();
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

/** False for what git or npm keeps for itself, for an ignored file, and for what is in an ignored folder. */
function isWanted(uri: string, levels: readonly Level[]): boolean {
  const { path } = URI.parse(uri);
  if (path.split('/').some((name) => skipped.has(name))) return false;
  const steps = [...path.matchAll(/\/|$/g)].map(({ index }) => path.slice(0, index + 1));
  return steps.every((step) => !isIgnored(levels, step));
}
