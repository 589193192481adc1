/** A change of the code that breaks a promise, with the tests one of which must notice it. */

export interface Mutant {
  readonly promise: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Files or folders of tests, one of which must fail. */
  readonly tests: readonly string[];
  /** Row locks exist on MySQL only. */
  readonly database?: 'sqlite' | 'mysql';
}

export type Row = readonly [promise: string, from: string, to: string, ...tests: string[]];

/** Mutants of one file below `server`; tests are named below `test/behaviour`. */
export const inFile = (file: string, rows: readonly Row[], database: Mutant['database'] = 'sqlite'): Mutant[] =>
  rows.map(([promise, from, to, ...tests]) => ({
    promise,
    file: `server/${file}`,
    from,
    to,
    tests: tests.map((test) => `test/behaviour/${test}`),
    database,
  }));
