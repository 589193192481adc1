/** What a bench may be told on its command line. */
import { parseArgs } from 'node:util';
import type { DefaultDatabases } from './bench.ts';

export interface BenchOptions {
  /** Under three minutes for all benches together, with figures that are rougher. */
  readonly quick: boolean;
  /** As it is usually done: nothing was told. */
  readonly isDefaultRun: boolean;
  /** How long one round takes, in seconds. */
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: readonly number[];
  /** `sqlite`, `mysql`, `mariadb`, or the URL of a server of the MySQL family whose user may create databases. */
  readonly databases: readonly string[];
}

/** Throws what `parseArgs` does for an option that there is not, and an Error that names one whose value is wrong. */
export function parseOptions(args: readonly string[], defaults: DefaultDatabases = {}): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: 'boolean', default: false },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      connections: { type: 'string' },
      database: { type: 'string', multiple: true },
    },
  });
  const { quick } = values;
  const defaultDatabases = (quick ? defaults.quick : defaults.full) ?? ['sqlite', 'mysql', 'mariadb'];
  return {
    quick,
    isDefaultRun: args.length === 0,
    seconds: parsePositive('seconds', values.seconds ?? (quick ? '0.6' : '2')),
    rounds: parsePositive('rounds', values.rounds ?? (quick ? '2' : '3')),
    connections: (values.connections ?? (quick ? '64' : '1,64,512'))
      .split(',')
      .map((each) => parsePositive('connections', each)),
    databases: values.database ?? defaultDatabases,
  };
}

function parsePositive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} must be a positive number; it is '${text}'`);
}
