/** Common to all benches: options, clean-up and storage of the result. */
import { type Findings, formatFindings } from './findings.ts';
import { describeMachine } from './machine.ts';
import { type BenchOptions, parseOptions } from './options.ts';
import { type BenchResult, saveResult } from './results.ts';

const STOP_TIMEOUT_MS = 30_000;

export interface Bench {
  readonly options: BenchOptions;
  /** Calls `end` after the bench, in reverse order, even after failures; `atOnce` synchronously when the process exits. */
  defer(end: () => void | Promise<void>, endSync?: () => void): void;
  /** Prints progress. */
  log(text: string): void;
}

/** The default databases of a bench; all of them when omitted. */
export interface DefaultDatabases {
  readonly quick?: readonly string[];
  readonly full?: readonly string[];
}

/** Runs one bench, prints and stores its result, and exits after clean-up. */
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

/** Does the work, runs deferred clean-up even after a failure or a signal, and ends the process. */
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

/** Rejects at the first termination signal; a second Ctrl-C ends the process at once. */
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
