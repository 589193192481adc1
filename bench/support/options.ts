/** What a bench may be told on its command line. */
import { parseArgs } from 'node:util';

export interface Options {
  /** Under three minutes for all benches together, with figures that are rougher. */
  readonly quick: boolean;
  /** How long one round takes, in seconds. */
  readonly seconds: number;
  readonly rounds: number;
  readonly connections: readonly number[];
  /** `sqlite`, `mysql`, `mariadb`, or the URL of a server of the MySQL family whose user may create databases. */
  readonly databases: readonly string[];
}

/** Throws what `parseArgs` does for an option that there is not, and an Error that names one whose value is wrong. */
export function readOptions(args: readonly string[]): Options {
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
  return {
    quick,
    seconds: positive('seconds', values.seconds ?? (quick ? '1' : '3')),
    rounds: positive('rounds', values.rounds ?? (quick ? '3' : '7')),
    connections: (values.connections ?? (quick ? '64' : '1,64,512'))
      .split(',')
      .map((each) => positive('connections', each)),
    databases: values.database ?? ['sqlite', 'mysql', 'mariadb'],
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new Error(`--${name} must be a positive number; it is '${text}'`);
}
