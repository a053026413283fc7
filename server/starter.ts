import { existsSync, writeFileSync } from 'node:fs';
import { rules } from './engine';
import { reason } from './files';
import { builtInNames, SETTINGS_FILE } from './host';

/** Writes a settings file that explains itself into this folder. One that is there is never touched. */
export function writeStarter(): { file: string } | { problem: string } {
  const file = SETTINGS_FILE;
  const there = { problem: `"${file}" is there already. Nothing was written: edit it, or remove it first.` };
  if (existsSync(file)) return there;
  try {
    writeFileSync(file, starter(), { flag: 'wx' });
    return { file };
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    return exists ? there : { problem: `"${file}" could not be written. ${reason(error)}` };
  }
}

function starter(): string {
  const width = Math.max(...rules.map(({ name, severity }) => name.length + severity.length)) + 2;
  const entries = rules.map(({ name, severity, description }) => {
    const entry = `${name}: ${severity}`;
    return `#   ${entry.padEnd(width)}  # ${description}`;
  });
  return `# Settings of Termlint for this folder and everything below. The editor and the command line read the same file.

# Settings files to build on. What is written here counts more.
# extends:
#   - ../shared/termlint.yaml

# Which terms are kept apart: built-in glossaries (${builtInNames.join(', ')}) and paths of glossary files.
glossaries:
  - iot-m2m
#  - ./glossary.yaml

# How serious each finding is: error, warning, information, hint or off.
# "termlint explain RULE" says more of a rule.
# rules:
${entries.join('\n')}

# What is not read, as in .gitignore.
# exclude:
#   - CHANGELOG.md

# Phrases in which nothing is reported, such as names.
# allow:
#   - M2M World Congress

# Formats to read, by their names in editors. All known ones if this is left out.
# documents:
#   - markdown

# Turns everything off.
# enable: false
`;
}
