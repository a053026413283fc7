import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formats, rules } from '../server/engine';
import { draw, examplesOf, FENCE, fixedText, lint, projectFile, undrawn, workspaceWith } from './helper';

/** What is written by `npm run update` and compared by `generated.test.ts`: each file with the text that it should have. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const rule of rules) {
    const path = join('server/engine/rules', `${rule.name}.md`);
    files.set(path, redrawn(projectFile(path), rule.name));
  }
  for (const name of existsSync('tests/cases') ? readdirSync('tests/cases') : []) {
    const path = join('tests/cases', name);
    files.set(path, redrawn(projectFile(path)));
  }
  files.set('README.md', between(projectFile('README.md'), 'rules', ruleTable()));
  files.set('package.json', withDocuments(withRuleSettings(projectFile('package.json'))));
  files.set('server/settings.schema.json', withRuleSettings(projectFile('server/settings.schema.json')));
  return files;
}

/** A page with the carets and the fixed texts that its examples lead to. */
function redrawn(page: string, rule?: string): string {
  const examples = examplesOf(page);
  let next = 0;
  return page.replace(FENCE, (block, fence: string, ending: string, kind: string, number: string | undefined) => {
    if (kind === 'glossary') return block;
    if (kind === 'check') next++;
    const { drawn, format, glossary } = examples[next - 1]!;
    const text = undrawn(drawn);
    const workspace = workspaceWith({}, glossary === undefined ? undefined : [glossary]);
    const { findings } = lint(text, format, workspace);
    const body = kind === 'check' ? draw(text, findings, rule) : fixedText(text, findings, Number(number ?? 1));
    return `${fence}${ending} ${kind}${number ? ` ${number}` : ''}\n${body}${fence}`;
  });
}

function ruleTable(): string {
  const rows = rules.map(
    ({ name, description, severity }) =>
      `| [\`${name}\`](server/engine/rules/${name}.md) | ${description} | ${severity} |`,
  );
  return ['| Rule | What it reports | Severity, at most |', '|---|---|---|', ...rows].join('\n');
}

/** A text with what stands between two HTML comments written anew. */
function between(text: string, name: string, content: string): string {
  const pattern = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`);
  if (!pattern.test(text)) throw new Error(`There is no place for "${name}" in the text.`);
  return text.replace(pattern, (_, open: string, close: string) => open + content + close);
}

/** JSON in which the setting for rules names every rule. */
function withRuleSettings(json: string): string {
  const value = JSON.parse(json);
  const setting = value.contributes?.configuration.properties['termlint.rules'] ?? value.properties.rules;
  setting.properties = Object.fromEntries([...rules.map(ruleSetting), directiveSetting()]);
  setting.additionalProperties = false;
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Endings that nearly every folder has a file of. For them the editor waits until a document is opened. */
const EVERYWHERE = new Set(['.md', '.markdown', '.html', '.htm', '.txt', '.xml', '.ipynb']);

/** The manifest with the languages and file name endings that are read: what starts the extension, and what it looks at. */
function withDocuments(json: string): string {
  const value = JSON.parse(json);
  const endings = formats.flatMap((format) => format.extensions);
  const rare = endings.filter((ending) => !EVERYWHERE.has(ending));
  value.activationEvents = [
    ...formats.flatMap((format) => format.languages).map((language) => `onLanguage:${language}`),
    'onNotebook:jupyter-notebook',
    'workspaceContains:**/termlint.yaml',
    `workspaceContains:**/*{${rare.join(',')}}`,
  ];
  value.termlint = { endings };
  return `${JSON.stringify(value, null, 2)}\n`;
}

const LEVELS = ['off', 'hint', 'information', 'warning', 'error'];

function ruleSetting({ name, description, severity }: (typeof rules)[number]): [string, object] {
  return [name, { type: 'string', enum: LEVELS, default: severity, description: `${description}.` }];
}

function directiveSetting(): [string, object] {
  return [
    'directive',
    {
      type: 'string',
      enum: LEVELS,
      default: 'information',
      description: 'A termlint directive suppresses nothing or cannot be read.',
    },
  ];
}

if (process.argv.includes('--write')) for (const [path, text] of generatedFiles()) writeFileSync(path, text);
