/** The latest result of each bench, one JSON file each. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Findings } from './findings.ts';
import type { Machine } from './machine.ts';

/** Results of runs with other than the default options stay apart: the report shows complete runs only. */
const RESULTS = new URL('../../.cache/bench/', import.meta.url);
const ROUGH = new URL('rough/', RESULTS);

/** The benches, in the order in which they run and are reported. */
export const BENCHES = ['heartbeats', 'mcp', 'fleet-size', 'state-writes', 'events', 'start-and-memory', 'profile'];

export interface BenchResult extends Findings {
  readonly bench: string;
  /** When the run ended, ISO 8601. */
  readonly at: string;
  /** Run with other than the default options, so its figures are rough. */
  readonly quick: boolean;
  readonly seconds: number;
  readonly machine: Machine;
}

/** Replaces the previous result of the same bench. */
export function saveResult(result: BenchResult): void {
  const folder = result.quick ? ROUGH : RESULTS;
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${result.bench}.json`, folder), `${JSON.stringify(result, null, 2)}\n`);
}

/** The results of complete runs on this machine, in the order of BENCHES. */
export const loadResults = (): BenchResult[] =>
  BENCHES.map((bench) => new URL(`${bench}.json`, RESULTS))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as BenchResult);
