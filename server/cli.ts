import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { version } from '../package.json';
import type { CheckRequest } from './check';
import type { SettingsChoice } from './host';
import type { ColorChoice } from './terminal';

// The engine is loaded only by what needs it, so that --help answers at once.

const HELP = `Termlint finds where a text mixes up terms that mean different things, such as "IoT" and "M2M".

Usage:
  termlint [check] [PATH|GLOB]...   check files and folders (default: the current folder)
  termlint explain [RULE|TERM]      show the page of a rule, or what a glossary says of a term
  termlint explain --why FILE:LINE  show what was read in a line, and why it was reported or not
  termlint init                     write a commented termlint.yaml
  termlint lsp --stdio              run the language server, for editors

Folders are searched for documents of known formats; .gitignore is respected. Files that are named are always checked.
A path after "!" is left out.

Options:
  --format pretty|json     how to report (default: pretty)
  --fix                    make the safe fixes; with --stdin, print the fixed document
  --diff                   show what --fix would change and change nothing; exit status 1 if it would change anything
  --stdin                  check what comes from the standard input
  --stdin-filename FILE    its name: decides format and settings
  --config FILE|none       use these settings for all files, or only the defaults (default: the nearest termlint.yaml)
  --fail-on LEVEL          exit with 1 from this severity on: error, warning, information, hint or never
                           (default: warning)
  --max-warnings N         let N warnings pass
  --quiet                  show only what makes the exit status 1
  --color auto|always|never
  --output FILE            write the report to a file
  -v, --version            show the version
  -h, --help               show this help

Exit status: 0 nothing at or above the level of --fail-on, 1 findings, 2 wrong use, or something could not be read or
written (everything else is still reported).
`;

const options = {
  format: { type: 'string', default: 'pretty' },
  fix: { type: 'boolean', default: false },
  diff: { type: 'boolean', default: false },
  stdin: { type: 'boolean', default: false },
  'stdin-filename': { type: 'string' },
  config: { type: 'string' },
  'fail-on': { type: 'string', default: 'warning' },
  'max-warnings': { type: 'string' },
  quiet: { type: 'boolean', default: false },
  color: { type: 'string', default: 'auto' },
  output: { type: 'string' },
  why: { type: 'string' },
  version: { type: 'boolean', short: 'v', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Values = ReturnType<typeof readArguments>['values'];

/** A call that cannot be carried out as it is; the message says why. */
class WrongUse extends Error {}

main(process.argv.slice(2)).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    const wrongUse = error instanceof WrongUse;
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const bug = `This is a bug of Termlint. Please report it.\n${detail}`;
    process.stderr.write(`termlint: ${wrongUse ? `${error.message}\nSee "termlint --help".` : bug}\n`);
    process.exitCode = 2;
  },
);

async function main(args: readonly string[]): Promise<number> {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', outputFailed);
  if (args[0] === 'lsp') return serve(args.slice(1));
  const { values, positionals } = readArguments(args);
  if (values.help) return print(HELP);
  if (values.version) return print(`${version}\n`);
  const [command, ...rest] = positionals;
  if (command === 'explain') return explain(rest, values);
  if (command === 'init') return init(rest);
  const request = checkRequest(command === 'check' ? rest : positionals, values);
  const { check } = await import('./check');
  return check(request);
}

/** A reader that has seen enough, such as `head`, is no error. Node's own status for all others would mean findings. */
function outputFailed({ code, message }: NodeJS.ErrnoException): void {
  if (code === 'EPIPE') process.exit();
  process.stderr.write(`termlint: The output cannot be written to the end (${message}). Make room, or use --output.\n`);
  process.exit(2);
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new WrongUse(`${message.split(/\. |\n/)[0]}.`);
    const name = /'(-[^']*)'/.exec(message)?.[1] ?? '';
    const known = Object.keys(options).map((option) => `--${option}`);
    throw new WrongUse(`There is no option "${name}".${didYouMean(name, known)}`);
  }
}

function checkRequest(paths: readonly string[], values: Values): CheckRequest {
  const fromStdin = values.stdin || values['stdin-filename'] !== undefined || paths.includes('-');
  const others = paths.filter((path) => path !== '-');
  if (fromStdin && others.length > 0) {
    throw new WrongUse(`"${others[0]}" cannot be checked together with the standard input. Leave out one of them.`);
  }
  return {
    paths: others,
    stdin: fromStdin ? (values['stdin-filename'] ?? '<stdin>') : undefined,
    settings: settingsChoice(values.config),
    format: oneOf('format', values.format, ['pretty', 'json']),
    fixes: values.diff ? 'show' : values.fix ? 'write' : 'leave',
    failOn: oneOf('fail-on', values['fail-on'], ['error', 'warning', 'information', 'hint', 'never']),
    maxWarnings: count('max-warnings', values['max-warnings']),
    quiet: values.quiet,
    color: colorChoice(values),
    output: values.output,
  };
}

function colorChoice(values: Values): ColorChoice {
  return oneOf('color', values.color, ['auto', 'always', 'never']);
}

function settingsChoice(config: string | undefined): SettingsChoice {
  if (config === undefined) return 'nearest';
  if (config === 'none') return 'none';
  if (!existsSync(config)) throw new WrongUse(`--config: there is no file "${config}". Check the path.`);
  return { file: pathToFileURL(config).toString() };
}

function oneOf<Value extends string>(option: string, value: string, allowed: readonly Value[]): Value {
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  const list = allowed.map((candidate) => `"${candidate}"`).join(', ');
  throw new WrongUse(`--${option}: "${value}" is none of ${list}.${didYouMean(value, allowed)}`);
}

function count(option: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value)) throw new WrongUse(`--${option}: "${value}" is not a whole number.`);
  return Number(value);
}

async function explain([...words]: readonly string[], values: Values): Promise<number> {
  const { explained, explainedLine } = await import('./explain');
  if (values.why !== undefined) {
    const reasons = await explainedLine(values.why, settingsChoice(values.config), colorChoice(values));
    if ('problem' in reasons) throw new WrongUse(reasons.problem);
    return print(`${reasons.text}\n`);
  }
  const subject = words.join(' ');
  const explanation = await explained(subject, settingsChoice(values.config), colorChoice(values));
  if ('text' in explanation) return print(`${explanation.text}\n`);
  const hint = didYouMean(subject, explanation.known);
  throw new WrongUse(`There is no rule and no term "${subject}".${hint} "termlint explain" lists what there is.`);
}

async function init(rest: readonly string[]): Promise<number> {
  if (rest.length > 0) throw new WrongUse(`"init" takes no arguments, but there is "${rest[0]}".`);
  const { writeStarter } = await import('./starter');
  const result = writeStarter();
  if ('problem' in result) {
    process.stderr.write(`termlint: ${result.problem}\n`);
    return 2;
  }
  return print(`Wrote "${result.file}". Every setting in it is explained there.\n`);
}

/** The server is a bundle of its own beside this one. It reads its transport from the command line and ends by itself. */
function serve(args: readonly string[]): number {
  if (args.includes('--help') || args.includes('-h')) return print(HELP);
  const transport = /^--(?:stdio|node-ipc|socket|pipe)\b/;
  if (!args.some((argument) => transport.test(argument))) process.argv.push('--stdio');
  require(join(__dirname, 'server.js'));
  return 0;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** " Did you mean …?" if a typing mistake or two would explain the word. */
function didYouMean(word: string, known: readonly string[]): string {
  const distances = known.map((candidate) => ({
    candidate,
    distance: distance(word.toLowerCase(), candidate.toLowerCase()),
  }));
  const [nearest] = distances.sort((a, b) => a.distance - b.distance);
  const near = nearest && nearest.distance <= Math.max(1, Math.floor(nearest.candidate.length / 3));
  return near ? ` Did you mean "${nearest.candidate}"?` : '';
}

/** Levenshtein's distance. The engine has a finer one, but loading it for a mistyped option would take longer than all else. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min(row[j]! + (letter === b[j] ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
