/** The frame of every bench: its options, what it must end, and where its result goes. */
import { type Findings, formatFindings } from './findings.ts';
import { describeMachine } from './machine.ts';
import { type BenchOptions, parseOptions } from './options.ts';
import { type BenchResult, saveResult } from './results.ts';

const STOP_TIMEOUT_MS = 30_000;

export interface Bench {
  readonly options: BenchOptions;
  /** Has `end` called when the bench is over, however it ends, the last one first; `atOnce` when no time is left. */
  defer(end: () => void | Promise<void>, endSync?: () => void): void;
  /** Tells how far it is. */
  log(text: string): void;
}

/** Where a bench runs unless it is told: everywhere when nothing is said. */
export interface DefaultDatabases {
  readonly quick?: readonly string[];
  readonly full?: readonly string[];
}

/** Runs one bench, prints what it found and keeps it as `RESULTS` tells. Whatever it started has ended then. */
export const runBench = (
  name: string,
  work: (bench: Bench) => Promise<Findings>,
  defaults: DefaultDatabases = {},
): Promise<never> =>
  supervise(name, defaults, async (bench) => {
    const begun = performance.now();
    const findings = await work(bench);
    const seconds = Math.round((performance.now() - begun) / 1_000);
    const { isDefaultRun } = bench.options;
    const result: BenchResult = {
      bench: name,
      at: new Date().toISOString(),
      quick: !isDefaultRun,
      seconds,
      machine: describeMachine(),
      ...findings,
    };
    saveResult(result);
    console.log(formatFindings(findings));
  });

/** Does the work and ends the process; before that, also after a failure or a signal, what the work has deferred. */
export async function supervise(
  name: string,
  defaults: DefaultDatabases,
  work: (bench: Bench) => Promise<void>,
): Promise<never> {
  const ends: { end: () => void | Promise<void>; atOnce?: (() => void) | undefined }[] = [];
  const bench: Bench = {
    options: parseOptions(process.argv.slice(2), defaults),
    defer: (end, atOnce) => void ends.push({ end, atOnce }),
    log: (text) => console.error(`${name}: ${text}`),
  };
  process.once('exit', () => {
    for (const { atOnce } of ends.reverse()) atOnce?.();
  });
  try {
    await Promise.race([work(bench), rejectOnSignal()]);
  } catch (error) {
    console.error(error instanceof Error ? error.stack : error);
    process.exitCode ||= 1;
  } finally {
    setTimeout(() => process.exit(), STOP_TIMEOUT_MS).unref();
    for (const { end } of [...ends].reverse()) await Promise.resolve(end()).catch(console.error);
  }
  return process.exit();
}

/** Rejects at the first signal to end; a second Ctrl-C ends the process at once. */
const rejectOnSignal = (): Promise<never> =>
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
