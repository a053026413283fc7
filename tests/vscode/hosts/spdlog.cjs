// Stands in for code-server's native `@vscode/spdlog`, so that no compiler is needed: the same face, plain files.
// Without it the server still runs, but nothing written to an output channel can be read back.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'critical'];

class Logger {
  constructor(_type, _name, file) {
    mkdirSync(dirname(file), { recursive: true });
    this.file = file;
    this.level = 2;
    this.raw = false;
  }

  getLevel() {
    return this.level;
  }

  setLevel(level) {
    this.level = level;
  }

  clearFormatters() {
    this.raw = true;
  }

  write(level, message) {
    if (level < this.level) return;
    const head = this.raw ? '' : `${new Date().toISOString().replace('T', ' ').slice(0, -1)} [${LEVELS[level]}] `;
    appendFileSync(this.file, `${head}${message}${this.raw ? '' : '\n'}`);
  }

  setPattern() {}
  flush() {}
  drop() {}
}

LEVELS.forEach((name, level) => {
  Logger.prototype[name] = function (message) {
    this.write(level, message);
  };
});

exports.version = 0;
exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (name, file) => new Logger('rotating', name, file);
exports.createAsyncRotatingLogger = async (name, file) => new Logger('rotating_async', name, file);
