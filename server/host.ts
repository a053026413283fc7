import ignore from 'ignore';
import { URI, Utils } from 'vscode-uri';
import { parseDocument } from 'yaml';
import {
  compileLexicon,
  formatOf,
  formats,
  type Glossary,
  type Lexicon,
  mergeSettings,
  type PartialSettings,
  type Problem,
  readGlossary,
  readSettings,
  type Settings,
  type Span,
  type Workspace,
} from './engine';
import auth from './glossaries/auth.yaml';
import iotM2m from './glossaries/iot-m2m.yaml';
import type { FileContent } from './messages';

/** What a host may give at once or later. */
export type Awaitable<Value> = Value | Promise<Value>;

/** Where files come from. All names are URIs. A host never throws, fetches or executes. */
export interface Host {
  /** The text of a file, or `undefined` if there is none. Where an editor has the file open, the editor's text. */
  read(uri: string): Awaitable<FileContent | undefined>;
  /** Every file of a known format below a folder that `.gitignore` does not exclude, sorted. */
  documents(folder: string): Awaitable<readonly string[]>;
}

/** Which settings file counts: the nearest above each document, none at all, or a given one. */
export type SettingsChoice = 'nearest' | 'none' | { readonly file: string };

/** Settings from outside of files, such as an editor's. Weaker than any file. Compared by identity. */
export interface Layer {
  readonly settings: PartialSettings;
  /** The folder that its paths and patterns are relative to. */
  readonly folder: string;
}

/** A problem and the file in which it is to be shown. */
export interface FileProblem {
  /** `undefined` if the problem is in a `Layer`. */
  readonly uri: string | undefined;
  /** The text that the problem's span refers to; empty if the file could not be read. */
  readonly text: string;
  readonly problem: Problem;
}

/** A glossary in use. */
export interface GlossaryFile {
  /** A built-in glossary has the scheme `BUILT_IN`. */
  readonly uri: string;
  readonly text: string;
  readonly glossary: Glossary;
  readonly problems: readonly Problem[];
}

/** What holds for all documents that share a settings file. */
export interface Project {
  readonly workspace: Workspace;
  /** The settings file in force. */
  readonly settingsFile: string | undefined;
  readonly glossaries: readonly GlossaryFile[];
  /** Everything that is wrong with its settings files and glossaries. It is usable nevertheless. */
  readonly problems: readonly FileProblem[];
  /** False for a document that the settings exclude, by its place or by its format, or if they disable everything. */
  wants(document: string, language?: string): boolean;
}

/** The name of a settings file. */
export const SETTINGS_FILE = 'termlint.yaml';

/** The URI scheme of built-in glossaries: `termlint:/glossaries/iot-m2m.yaml`. */
export const BUILT_IN = 'termlint';

const builtInTexts: Readonly<Record<string, string>> = { 'iot-m2m': iotM2m, auth };

/** The names that `glossaries` accepts beside paths. */
export const builtInNames: readonly string[] = Object.keys(builtInTexts);

/** The text of a built-in glossary by its URI. */
export function builtInText(uri: string): string | undefined {
  const { scheme, path } = URI.parse(uri);
  return scheme === BUILT_IN ? builtInTexts[path.replace(/^\/glossaries\/|\.yaml$/g, '')] : undefined;
}

/** A glob pattern for every file of a known format. */
export const documentPattern = `**/*{${formats.flatMap((format) => format.extensions).join(',')}}`;

/** One spelling for one file: editors encode URIs differently. */
export function canonical(uri: string): string {
  return URI.parse(uri).toString();
}

/** A document, or the folder of one that has no place of its own, or neither. */
export type Place = { readonly document: string } | { readonly folder: string } | undefined;

/** Finds, reads and remembers what holds for a document. */
export class Projects {
  readonly #host: Host;
  readonly #choice: SettingsChoice;
  readonly #nearest = new Map<string, Promise<string | undefined>>();
  readonly #contents = new Map<string, Promise<FileContent | undefined>>();
  // What was made of a content is kept with it, so that it cannot outlive it.
  readonly #settings = new WeakMap<FileContent, SettingsFile>();
  readonly #glossaries = new WeakMap<FileContent, GlossaryFile>();
  readonly #lexicons: Lexicon[] = [];
  #projects = new Map<Layer | undefined, Map<string | undefined, Promise<Project>>>();

  constructor(host: Host, choice: SettingsChoice = 'nearest') {
    this.#host = host;
    this.#choice = choice;
  }

  /** What holds at a place. The same object until something changes. */
  async of(place: Place, layer?: Layer): Promise<Project> {
    const file = await this.#settingsFileOf(place);
    const projects = upsert(this.#projects, layer, () => new Map<string | undefined, Promise<Project>>());
    return upsert(projects, file, () => this.#load(file, layer));
  }

  /**
   * To be called when a file was written, created, deleted or edited. True if it had been read or looked for: then every
   * `Project` given before is out of date.
   */
  changed(uri: string): boolean {
    if (!this.#contents.delete(canonical(uri))) return false;
    this.#nearest.clear();
    this.#projects = new Map();
    return true;
  }

  /** Forgets everything, for a host that cannot say what changed, and to let go of layers. */
  clear(): void {
    this.#contents.clear();
    this.#nearest.clear();
    this.#projects = new Map();
  }

  /** Every file that was read or looked for, for hosts that have to say what to watch. */
  inputs(): Iterable<string> {
    return this.#contents.keys();
  }

  async #settingsFileOf(place: Place): Promise<string | undefined> {
    if (this.#choice === 'none') return undefined;
    if (this.#choice !== 'nearest') return canonical(this.#choice.file);
    if (!place) return undefined;
    return this.#nearestTo('folder' in place ? canonical(place.folder) : folderOf(canonical(place.document)));
  }

  #nearestTo(folder: string): Promise<string | undefined> {
    return upsert(this.#nearest, folder, () => this.#findUpwards(folder));
  }

  async #findUpwards(folder: string): Promise<string | undefined> {
    const file = Utils.joinPath(URI.parse(folder), SETTINGS_FILE).toString();
    if (await this.#read(file)) return file;
    const parent = folderOf(folder);
    return parent === folder ? undefined : this.#nearestTo(parent);
  }

  #read(file: string): Promise<FileContent | undefined> {
    return upsert(this.#contents, file, () => readCarefully(this.#host, file));
  }

  async #load(file: string | undefined, outer: Layer | undefined): Promise<Project> {
    const problems: FileProblem[] = [];
    const layers: SettingsFile[] = [{ settings: mergeSettings({ glossaries: ['iot-m2m'] }), folder: `${BUILT_IN}:/` }];
    if (outer) layers.push(outer);
    if (file) layers.push(...(await this.#extended(file, { above: [], met: new Set([file]), problems })));
    const settings = mergeSettings(...layers.map((layer) => layer.settings));
    const glossaries = await this.#glossariesOf(strongest(layers, 'glossaries'), problems);
    const lexicon = this.#lexiconOf(glossaries.map((entry) => entry.glossary));
    const excluded = exclusion(strongest(layers, 'exclude'));
    return {
      workspace: { lexicon, settings },
      settingsFile: file,
      glossaries,
      problems,
      wants: (document, language) => isRead(settings, document, language) && !excluded(document),
    };
  }

  /** The settings of a file and of those that it extends, weakest first. */
  async #extended(file: string, reading: SettingsReading): Promise<SettingsFile[]> {
    const { above, met, problems } = reading;
    const read = await this.#settingsIn(file);
    addProblems(problems, read);
    const layers: SettingsFile[] = [];
    for (const [index, written] of (read.settings.extends ?? []).entries()) {
      const base = await this.#baseOf(written, file, above);
      if ('problem' in base) problems.push(problemAt(read, ['extends', index], base.problem));
      else if (!met.has(base.uri)) {
        met.add(base.uri);
        layers.push(...(await this.#extended(base.uri, { ...reading, above: [...above, file] })));
      }
    }
    return [...layers, read];
  }

  async #baseOf(written: string, file: string, above: readonly string[]): Promise<Resolved> {
    const base = resolve(written, folderOf(file));
    if ('problem' in base) return base;
    if (base.uri === file || above.includes(base.uri)) {
      return { problem: `"${written}" leads back to this file. Remove one of the "extends" of the circle.` };
    }
    const content = await this.#read(base.uri);
    if (!content) return { problem: missing(written, base.uri) };
    return 'problem' in content ? { problem: `"${written}" cannot be read. ${content.problem}` } : base;
  }

  async #settingsIn(file: string): Promise<SettingsFile> {
    const content = (await this.#read(file)) ?? { problem: `There is no file "${shown(file)}".` };
    return upsert(this.#settings, content, () => settingsOf(file, content));
  }

  async #glossariesOf(layer: SettingsFile, problems: FileProblem[]): Promise<GlossaryFile[]> {
    const found = new Map<string, GlossaryFile>();
    for (const [index, written] of (layer.settings.glossaries ?? []).entries()) {
      const glossary = await this.#glossary(written, layer.folder);
      if (typeof glossary === 'string') problems.push(problemAt(layer, ['glossaries', index], glossary));
      else found.set(glossary.uri, glossary);
    }
    for (const glossary of found.values()) addProblems(problems, glossary);
    return [...found.values()];
  }

  /** The glossary that a setting names, or what is wrong with the name. */
  async #glossary(written: string, folder: string): Promise<GlossaryFile | string> {
    if (Object.hasOwn(builtInTexts, written)) return builtIn(written);
    if (!/[./\\]/.test(written)) return unknownName(written);
    const file = resolve(written, folder);
    if ('problem' in file) return file.problem;
    const content = await this.#read(file.uri);
    if (!content) return missing(written, file.uri);
    if ('problem' in content) return `The glossary "${written}" cannot be read. ${content.problem}`;
    return upsert(this.#glossaries, content, () => glossaryOf(file.uri, content.text));
  }

  /** One lexicon for the same glossaries, so that folders share it. */
  #lexiconOf(glossaries: readonly Glossary[]): Lexicon {
    const same = ({ glossaries: others }: Lexicon) =>
      others.length === glossaries.length && others.every((other, index) => other === glossaries[index]);
    const known = this.#lexicons.find(same);
    if (known) return known;
    const lexicon = compileLexicon(glossaries);
    this.#lexicons.unshift(lexicon);
    this.#lexicons.length = Math.min(this.#lexicons.length, LEXICONS_KEPT);
    return lexicon;
  }
}

/** Enough for the folders of a workspace; a glossary that is being edited must not pile up. */
const LEXICONS_KEPT = 8;

/** Settings with the folder that their paths are relative to, and what is known of the file if they are one. */
interface SettingsFile extends Layer {
  readonly uri?: string;
  readonly text?: string;
  readonly problems?: readonly Problem[];
}

/** One reading of a settings file with all that it extends. */
interface SettingsReading {
  /** The files that led to the one that is read. */
  readonly above: readonly string[];
  /** A file that is extended on two ways counts once, where it is weakest. */
  readonly met: Set<string>;
  readonly problems: FileProblem[];
}

type Resolved = { readonly uri: string } | { readonly problem: string };

/** The value of a key, made and kept if there is none. */
function upsert<Key, Value>(
  map: { get(key: Key): Value | undefined; set(key: Key, value: Value): unknown },
  key: Key,
  make: () => Value,
): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

function folderOf(uri: string): string {
  return Utils.dirname(URI.parse(uri)).toString();
}

/** A URI as a person knows it. */
function shown(uri: string): string {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath : uri;
}

async function readCarefully(host: Host, file: string): Promise<FileContent | undefined> {
  try {
    return await host.read(file);
  } catch (error) {
    // A connection that broke off is no reason to fail for every document.
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function settingsOf(uri: string, content: FileContent): SettingsFile {
  const folder = folderOf(uri);
  if ('text' in content) return { uri, folder, text: content.text, ...readSettings(content.text) };
  return { uri, folder, text: '', settings: {}, problems: [failure(content.problem)] };
}

function glossaryOf(uri: string, text: string): GlossaryFile {
  return { uri, text, ...readGlossary(text) };
}

/** A built-in glossary is a constant, so it is read once whoever asks. */
const builtIns = new Map<string, GlossaryFile>();

function builtIn(name: string): GlossaryFile {
  return upsert(builtIns, name, () => glossaryOf(`${BUILT_IN}:/glossaries/${name}.yaml`, builtInTexts[name]!));
}

/**
 * The file that a setting names. Paths may leave the workspace, because teams share files beside it, but they never
 * reach another machine: a URL or a network share would be fetched because a workspace says so.
 */
function resolve(written: string, folder: string): Resolved {
  const path = written.replaceAll('\\', '/');
  const drive = /^[a-z]:\//i.test(path);
  if (path.startsWith('//') || (/^[a-z][a-z0-9+.-]*:/i.test(path) && !drive)) {
    return {
      problem: `"${written}" is not a path. Nothing is fetched: copy the file into the project and name its path.`,
    };
  }
  return { uri: Utils.resolvePath(URI.parse(folder), drive ? `/${path}` : path).toString() };
}

/** What the strongest layer that decides a setting says, with that layer's folder. The defaults decide all. */
function strongest(layers: readonly SettingsFile[], setting: keyof Settings): SettingsFile {
  return [...layers].reverse().find((layer) => layer.settings[setting] !== undefined)!;
}

/** Whether a document lies below the layer's folder and matches its patterns. */
function exclusion({ settings, folder }: SettingsFile): (document: string) => boolean {
  if (!settings.exclude?.length) return () => false;
  const patterns = ignore().add([...settings.exclude]);
  const root = URI.parse(folder);
  const prefix = root.path.endsWith('/') ? root.path : `${root.path}/`;
  return (document) => {
    const { scheme, authority, path } = URI.parse(document);
    if (scheme !== root.scheme || authority !== root.authority || !path.startsWith(prefix)) return false;
    const relative = path.slice(prefix.length);
    return ignore.isPathValid(relative) && patterns.ignores(relative);
  };
}

/** Whether the settings want a document of this language, or of the format that its name shows. */
function isRead({ enable, documents }: Settings, document: string, language: string | undefined): boolean {
  if (!enable) return false;
  if (documents.length === 0) return true;
  if (language && documents.includes(language)) return true;
  const format = formatOf(language ? { language } : { path: URI.parse(document).path });
  return format?.languages.some((name) => documents.includes(name)) ?? false;
}

function missing(written: string, uri: string): string {
  return `There is no file "${written}": "${shown(uri)}" does not exist.`;
}

function unknownName(written: string): string {
  const names = builtInNames.map((name) => `"${name}"`).join(' and ');
  return `There is no built-in glossary "${written}": there are ${names}. A file is named by its path, such as "./${written}.yaml".`;
}

function failure(message: string, span: Span = { start: 0, end: 0 }): Problem {
  return { start: span.start, end: span.end, message, severity: 'error' };
}

function addProblems(
  problems: FileProblem[],
  file: { uri?: string; text?: string; problems?: readonly Problem[] },
): void {
  for (const problem of file.problems ?? []) problems.push({ uri: file.uri, text: file.text ?? '', problem });
}

/** A problem with the value at a path of a settings file. */
function problemAt(file: SettingsFile, path: readonly [string, number], message: string): FileProblem {
  const text = file.text ?? '';
  return { uri: file.uri, text, problem: failure(message, placeOf(text, path)) };
}

/** Settings carry no places, so the file is read again for the rare problem. */
function placeOf(text: string, [key, index]: readonly [string, number]): Span | undefined {
  const document = parseDocument(text);
  const node = document.getIn([key, index], true) ?? document.getIn([key], true);
  const range = (node as { range?: readonly number[] } | undefined)?.range;
  return range && { start: range[0]!, end: range[1]! };
}
