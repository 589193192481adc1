/** The command-line options of a bench. */
import { parseArgs } from 'node:util';
import type { DefaultDatabases } from './bench.ts';

export interface BenchOptions {
  /** Less than three minutes for all benches, with rougher figures. */
  readonly quick: boolean;
  /** No options were given. */
  readonly isDefaultRun: boolean;
  /** Duration of a round, in seconds. */
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: readonly number[];
  /** `sqlite`, `mysql`, `mariadb`, or the URL of a MySQL or MariaDB server whose user may create databases. */
  readonly databases: readonly string[];
}

/** Throws for an unknown option, and for an invalid value. */
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
