// `runTests` of @vscode/test-electron as a process: it prints to its own standard output only, and cannot be ended.
import { runTests } from '@vscode/test-electron';

// A parent that was killed cannot say so; the host that we started watches us in the same way.
const parent = process.ppid;
setInterval(() => process.ppid !== parent && process.exit(1), 1000).unref();
const [options] = process.argv.slice(2);
await runTests(JSON.parse(options)).catch((error) => {
  console.error(error.message);
  process.exitCode = error.code || 1;
});
