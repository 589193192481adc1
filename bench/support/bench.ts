/** The frame of every bench: its options, what it must end, and where its result goes. */
import { type Findings, textOf } from './findings.ts';
import { describeMachine } from './machine.ts';
import { type Options, readOptions } from './options.ts';
import { type Kept, keep } from './results.ts';

const END_WITHIN_MS = 30_000;

export interface Bench {
  readonly options: Options;
  /** Has `end` called when the bench is over, however it ends, the last one first; `atOnce` when no time is left. */
  defer(end: () => void | Promise<void>, atOnce?: () => void): void;
  /** Tells how far it is. */
  say(text: string): void;
}

/** Where a bench runs unless it is told: everywhere when nothing is said. */
export interface Usual {
  readonly quick?: readonly string[];
  readonly whole?: readonly string[];
}

/** Runs one bench, prints what it found and keeps it as `RESULTS` tells. Whatever it started has ended then. */
export const run = (name: string, work: (bench: Bench) => Promise<Findings>, usual: Usual = {}): Promise<never> =>
  supervise(name, usual, async (bench) => {
    const begun = performance.now();
    const findings = await work(bench);
    const seconds = Math.round((performance.now() - begun) / 1_000);
    const { isWhole } = bench.options;
    const kept: Kept = {
      bench: name,
      at: new Date().toISOString(),
      quick: !isWhole,
      seconds,
      machine: describeMachine(),
      ...findings,
    };
    keep(kept);
    console.log(textOf(findings));
  });

/** Does the work and ends the process; before that, also after a failure or a signal, what the work has deferred. */
export async function supervise(name: string, usual: Usual, work: (bench: Bench) => Promise<void>): Promise<never> {
  const ends: { end: () => void | Promise<void>; atOnce?: (() => void) | undefined }[] = [];
  const bench: Bench = {
    options: readOptions(process.argv.slice(2), usual),
    defer: (end, atOnce) => void ends.push({ end, atOnce }),
    say: (text) => console.error(`${name}: ${text}`),
  };
  process.once('exit', () => {
    for (const { atOnce } of ends.reverse()) atOnce?.();
  });
  try {
    await Promise.race([work(bench), signalled()]);
  } catch (error) {
    console.error(error instanceof Error ? error.stack : error);
    process.exitCode ||= 1;
  } finally {
    setTimeout(() => process.exit(), END_WITHIN_MS).unref();
    for (const { end } of [...ends].reverse()) await Promise.resolve(end()).catch(console.error);
  }
  return process.exit();
}

/** Rejects at the first signal to end; a second Ctrl-C ends the process at once. */
const signalled = (): Promise<never> =>
  new Promise((_resolve, reject) => {
    let isFirst = true;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (!isFirst && signal === 'SIGINT') process.exit(130);
        isFirst = false;
        process.exitCode = 130;
        reject(new Error(`ended by ${signal}`));
      });
    }
  });
