import { isCollection, isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import type { Edit } from './engine';

/** Puts a phrase on the `allow` list of a settings file. `undefined` if it is there, or if the file is beyond repair. */
export function allowing(text: string, phrase: string): Edit | undefined {
  const key = 'allow';
  const top = topLevel(text);
  if (!top) return undefined;
  const value = JSON.stringify(phrase);
  const list = top.get(key);
  if (!list) return append(text, `${key}:${eol(text)}  - ${value}${eol(text)}`);
  if (!isSeq(list.value)) return isEmpty(list) ? under(text, list, `- ${value}`) : undefined;
  const phrases = list.value.items.map((item) => (isScalar(item) ? String(item.value).toLowerCase() : undefined));
  if (phrases.includes(phrase.toLowerCase())) return undefined;
  return extend(text, list.value, `- ${value}`, value);
}

/** Gives a rule its severity in a settings file. `undefined` if it has it, or if the file is beyond repair. */
export function ruling(text: string, rule: string, severity: string): Edit | undefined {
  const key = 'rules';
  const top = topLevel(text);
  if (!top) return undefined;
  const entry = `${rule}: ${severity}`;
  const rules = top.get(key);
  if (!rules) return append(text, `${key}:${eol(text)}  ${entry}${eol(text)}`);
  if (!isMap<Scalar, unknown>(rules.value)) return isEmpty(rules) ? under(text, rules, entry) : undefined;
  const known = rules.value.items.find((pair) => pair.key.value === rule);
  if (!known) return extend(text, rules.value, entry, entry);
  if (!isScalar(known.value) || known.value.value === severity || isEmpty(known)) return undefined;
  const [start, end] = known.value.range!;
  return { start, end, text: severity };
}

type TopLevel = Map<unknown, Pair<Scalar, unknown>>;

/** The keys of a settings file; `undefined` if it is not a block of keys. */
function topLevel(text: string): TopLevel | undefined {
  const { contents, errors } = parseDocument<YAMLMap<Scalar, unknown>>(text);
  if (errors.length > 0) return undefined;
  if (contents === null) return new Map();
  if (!isMap(contents) || contents.flow || columnOf(text, contents.range![0]) > 0) return undefined;
  return new Map(contents.items.map((pair) => [pair.key.value, pair as Pair<Scalar, unknown>]));
}

function isEmpty(pair: Pair<Scalar, unknown>): boolean {
  return pair.value === null || (isScalar(pair.value) && pair.value.value === null && !pair.value.source);
}

function append(text: string, lines: string): Edit {
  const apart = text === '' || text.endsWith('\n') ? '' : eol(text);
  return { start: text.length, end: text.length, text: apart + lines };
}

/** The first entry of a key that has no value. */
function under(text: string, pair: Pair<Scalar, unknown>, entry: string): Edit {
  const at = lineEnd(text, pair.key.range![1]);
  return { start: at, end: at, text: `${eol(text)}  ${entry}` };
}

/** One more entry of a list or map, in the style that it is written in. */
function extend(text: string, collection: unknown, block: string, flow: string): Edit | undefined {
  if (!isCollection(collection)) return undefined;
  const [start] = collection.range!;
  const last = collection.items.at(-1);
  const lastNode = isSeq(collection) ? last : ((last as Pair | undefined)?.value ?? (last as Pair | undefined)?.key);
  const end = (lastNode as { range?: readonly number[] } | undefined)?.range?.[1];
  if (collection.flow) {
    const at = end ?? start + 1;
    return { start: at, end: at, text: end === undefined ? flow : `, ${flow}` };
  }
  if (end === undefined) return undefined;
  const at = lineEnd(text, end);
  return { start: at, end: at, text: `${eol(text)}${' '.repeat(columnOf(text, start))}${block}` };
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}

/** Where the line ends that an offset is in, before its line break. */
function lineEnd(text: string, offset: number): number {
  // A block scalar ends after its line break.
  if (offset > 0 && text[offset - 1] === '\n') return offset - (text[offset - 2] === '\r' ? 2 : 1);
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

function eol(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
