import { analyze } from '../server/engine';
import { documentOf, KINDS, keystrokes, percentile, timed, workspace } from './load';

const SIZES = [10, 100, 1000];
const ROUNDS = 15;
/** Milliseconds of computing before anything is measured, so that the code is compiled. */
const WARMING = 3000;

const round = (value: number) => value.toFixed(value < 10 ? 2 : 0).padStart(8);

for (const kind of KINDS) {
  console.log(`\n${kind.name}\n      KB  findings    first lint     keystroke p50, p95   (ms of CPU, warm)`);
  const first = new Map<number, number>();
  for (const size of SIZES) {
    const text = documentOf(kind, size);
    const lint = () => analyze({ text, format: 'markdown' }, workspace);
    for (let spent = 0; spent < WARMING; ) spent += timed(lint)[0];
    const runs = Array.from({ length: ROUNDS }, () => timed(lint));
    const whole = percentile(
      runs.map(([time]) => time),
      0.5,
    );
    keystrokes(text, runs[0]![1]);
    const typed = keystrokes(text, runs[0]![1]);
    first.set(size, whole);
    console.log(
      `${`${size}`.padStart(8)}${`${runs[0]![1].findings.length}`.padStart(10)}      ${round(whole)}         ${round(percentile(typed, 0.5))} ${round(percentile(typed, 0.95))}`,
    );
  }
  console.log(`ten times the length takes ${(first.get(1000)! / first.get(100)!).toFixed(1)} times as long`);
}
