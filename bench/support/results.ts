/** What benches found, kept as one JSON file each, until the next run of the same bench. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Findings } from './findings.ts';
import type { Machine } from './machine.ts';

/** Of whole runs; those that were told to be shorter or other than usual are kept in a folder within. */
const RESULTS = new URL('../../.cache/bench/', import.meta.url);
const ROUGH = new URL('rough/', RESULTS);
const resultsFolder = (isRough: boolean): URL => (isRough ? ROUGH : RESULTS);

/** The benches, in the order in which they run and are told. */
export const BENCHES = ['heartbeats', 'mcp', 'fleet-size', 'state-writes', 'events', 'start-and-memory', 'profile'];

export interface BenchResult extends Findings {
  readonly bench: string;
  /** When it was over, ISO 8601. */
  readonly at: string;
  /** Not run whole: its figures are rough. */
  readonly quick: boolean;
  /** How long it took. */
  readonly seconds: number;
  readonly machine: Machine;
}

/** In place of what the same bench found before. */
export function saveResult(result: BenchResult): void {
  const folder = resultsFolder(result.quick);
  mkdirSync(folder, { recursive: true });
  writeFileSync(new URL(`${result.bench}.json`, folder), `${JSON.stringify(result, null, 2)}\n`);
}

/** Those that have been run here, in their order. */
export const loadResults = (isRough: boolean): BenchResult[] =>
  BENCHES.map((bench) => new URL(`${bench}.json`, resultsFolder(isRough)))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')) as BenchResult);
