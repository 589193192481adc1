/** The frame of every bench: its options, what it must end, and where its result goes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { type Findings, textOf } from './findings.ts';
import { describeMachine } from './machine.ts';
import { type Options, readOptions } from './options.ts';

export const RESULTS = new URL('../../.cache/bench/', import.meta.url);
const END_WITHIN_MS = 30_000;

export interface Bench {
  readonly options: Options;
  /** Has `end` called when the bench is over, however it ends, the last one first; `atOnce` when no time is left. */
  defer(end: () => void | Promise<void>, atOnce?: () => void): void;
  /** Tells how far it is. */
  say(text: string): void;
}

/** Runs one bench, prints what it found and keeps it in `.cache/bench/<name>.json`. Whatever it started has ended then. */
export async function run(name: string, work: (bench: Bench) => Promise<Findings>): Promise<void> {
  const ends: { end: () => void | Promise<void>; atOnce?: (() => void) | undefined }[] = [];
  const bench: Bench = {
    options: readOptions(process.argv.slice(2)),
    defer: (end, atOnce) => void ends.push({ end, atOnce }),
    say: (text) => console.error(`${name}: ${text}`),
  };
  process.once('exit', () => {
    for (const { atOnce } of ends.reverse()) atOnce?.();
  });
  const stopped = new Promise<never>((_resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        process.exitCode = 130;
        setTimeout(() => process.exit(), END_WITHIN_MS).unref();
        reject(new Error(`ended by ${signal}`));
      });
    }
  });
  const begun = performance.now();
  try {
    const findings = await Promise.race([work(bench), stopped]);
    const seconds = Math.round((performance.now() - begun) / 1_000);
    const machine = describeMachine();
    mkdirSync(RESULTS, { recursive: true });
    const kept = {
      bench: name,
      at: new Date().toISOString(),
      quick: bench.options.quick,
      seconds,
      machine,
      ...findings,
    };
    writeFileSync(new URL(`${name}.json`, RESULTS), `${JSON.stringify(kept, null, 2)}\n`);
    console.log(textOf(findings));
  } catch (error) {
    console.error(error instanceof Error ? error.stack : error);
    process.exitCode ||= 1;
  } finally {
    for (const { end } of ends.splice(0).reverse()) await Promise.resolve(end()).catch(console.error);
  }
  process.exit();
}
