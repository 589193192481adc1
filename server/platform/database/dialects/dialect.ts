/** What the databases do differently, as one interface. Nothing outside `server/storage` asks which database it is. */
import type { DataSource, DataSourceOptions, ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';
import type { Statement } from '../sql.ts';

/** How an error of the database is to be answered. */
export type DatabaseErrorKind =
  /** The transaction lost against another one (deadlock) and may be run again from its start. */
  | 'conflict'
  /** It waited for a row that another one did not let go of. It may be run again from its start. */
  | 'locked'
  /** A row with this key is there already. */
  | 'duplicate'
  /** The database cannot be reached or cannot work now. */
  | 'unavailable'
  /** It can be read, but there is no room for what is to be stored. */
  | 'full'
  | 'other';

/** Connections that work, connections that do not, and requests that wait for one. */
export interface PoolStats {
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
}

/** A column that counts, of the one row that an account has in a table. */
export interface CounterColumn {
  readonly table: string;
  readonly column: string;
  readonly accountId: string;
}

export interface Dialect {
  readonly kind: 'sqlite' | 'mysql';
  readonly options: DataSourceOptions;
  /** True when all statements share one connection, so that transactions must wait for one another. */
  readonly singleConnection: boolean;
  /** Connects by the deadline (`performance.now()`), which then holds for each statement until the runner is released. */
  connect(runner: QueryRunner, deadline: number): Promise<void>;
  begin(runner: QueryRunner): Promise<void>;
  /** Runs these statements and commits. */
  commit(runner: QueryRunner, queued: readonly Statement[]): Promise<void>;
  rollback(runner: QueryRunner): Promise<void>;
  /** Locks the rows that the query reads until the transaction ends. */
  forUpdate<Row extends ObjectLiteral>(query: SelectQueryBuilder<Row>): SelectQueryBuilder<Row>;
  /** What a SELECT ends with that locks so. */
  readonly forUpdateClause: string;
  /** The same, but rows that another transaction holds are left out. */
  readonly lockIfFree: string;
  /** Adds to a counter, which begins at 0 when it is not there; its row stays locked until the transaction ends. */
  incrementCounter(counter: CounterColumn, by: number): Statement;
  /** In the statement after that one: what the counter is now. */
  counterValue(counter: CounterColumn): Statement;
  /** What an INSERT does with a row whose `keys` are known already: it takes over the `columns`. */
  onConflictUpdate(keys: readonly string[], columns: readonly string[]): string;
  /** Runs `work` while no other process migrates the same database. */
  withMigrationLock(dataSource: DataSource, work: () => Promise<void>): Promise<void>;
  /** How busy the pool is; null where all share one connection. */
  poolStats(dataSource: DataSource): PoolStats | null;
  classifyError(error: unknown): DatabaseErrorKind;
  /** Told that something failed as `unavailable`: with several servers, another one may have become the one to write to. */
  onUnavailable(): void;
  /** Lets go of all that is open beside the data source. */
  close(): void;
  /** Begins a transaction that reads and sees one moment of the database throughout. */
  beginSnapshot(runner: QueryRunner): Promise<void>;
  /**
   * What holds for a row of `learned_patterns`, here called `alias`, whose searchText has, for each of the words, one
   * that starts with it. The full-text index answers it.
   */
  patternSearchCondition(alias: string, words: readonly string[]): SqlCondition;
}

/** A part of a WHERE clause and the values of its named parameters. */
export interface SqlCondition {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The driver's error code, wherever the layers have put it. */
export const getErrorCode = (error: unknown): string => {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  return String(code ?? driverError?.code ?? '');
};
