/** The differences between the databases, behind one interface. */
import type { DataSource, DataSourceOptions, ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';
import type { ExistingTables } from '../schema-check.ts';
import type { Statement } from '../sql.ts';

/** How the store handles a database error. */
export type DatabaseErrorKind =
  /** Deadlock: the transaction was rolled back and can be retried from its start. */
  | 'conflict'
  /** Lock timeout: another transaction kept a row locked. It can be retried from its start. */
  | 'locked'
  /** A row with this key exists. */
  | 'duplicate'
  /** The database cannot be reached or cannot serve requests now. */
  | 'unavailable'
  /** The disk is full: reads work, writes do not. */
  | 'full'
  | 'other';

/** Connections in use, idle connections, and requests waiting for one. */
export interface PoolStats {
  readonly busy: number;
  readonly idle: number;
  readonly waiting: number;
}

/** A counter column in a table with one row per account. */
export interface CounterColumn {
  readonly table: string;
  readonly column: string;
  readonly accountId: string;
}

/** Runs a statement without values and returns its rows. */
export type RunQuery = (sql: string) => Promise<Readonly<Record<string, unknown>>[]>;

export interface Dialect {
  readonly kind: 'sqlite' | 'mysql';
  readonly options: DataSourceOptions;
  /** True when all statements share one connection, so that transactions must be serialised. */
  readonly singleConnection: boolean;
  /** Connects by the deadline (`performance.now()`), which also applies to every statement until the runner is released. */
  connect(runner: QueryRunner, deadline: number): Promise<void>;
  begin(runner: QueryRunner): Promise<void>;
  /** Runs the queued statements and commits. */
  commit(runner: QueryRunner, queued: readonly Statement[]): Promise<void>;
  rollback(runner: QueryRunner): Promise<void>;
  /** Locks the rows that the query reads until the transaction ends. */
  forUpdate<Row extends ObjectLiteral>(query: SelectQueryBuilder<Row>): SelectQueryBuilder<Row>;
  /** The same as a suffix for plain SQL. */
  readonly forUpdateClause: string;
  /** A suffix that skips rows locked by other transactions. */
  readonly forUpdateSkipLockedClause: string;
  /** Adds to a counter, creating it at 0; its row stays locked until the transaction ends. */
  incrementCounter(counter: CounterColumn, by: number): Statement;
  /** The counter's new value, as an expression that is valid in the statement right after `incrementCounter`. */
  counterValue(counter: CounterColumn): Statement;
  /** An INSERT suffix that updates `columns` when a row with the same `keys` exists. */
  onConflictUpdate(keys: readonly string[], columns: readonly string[]): string;
  /** Runs `work` under a lock that excludes migrations by other processes. */
  withMigrationLock(dataSource: DataSource, work: () => Promise<void>): Promise<void>;
  /**
   * The database's time in milliseconds since the epoch, as an expression; within a statement it is always the same. Null when
   * the database has no clock of its own, but that of this process.
   */
  readonly nowSql: string | null;
  /** The use of the pool; null with a single connection. */
  poolStats(dataSource: DataSource): PoolStats | null;
  classifyError(error: unknown): DatabaseErrorKind;
  /** Called after an `unavailable` error, so that with several hosts a new primary is found at once. */
  onUnavailable(): void;
  /**
   * The settings of the database that are weaker than what the service promises, each as a sentence. Throws DatabaseRefused
   * for settings with which nothing works.
   */
  checkSettings(query: RunQuery): Promise<readonly string[]>;
  /** Everything that is in the database, in bounded queries. */
  readTables(query: RunQuery): Promise<ExistingTables>;
  /** The last use of the data source before it is destroyed. */
  beforeClose(dataSource: DataSource): Promise<void>;
  /** Calls `listener` whenever the primary of a group may have been replaced without knowing, so that its reads would be old. */
  listenForDoubts(listener: () => void): void;
  /** Closes whatever is open besides the data source. */
  close(): void;
  /** Begins a transaction whose reads all see the same snapshot. */
  beginSnapshot(runner: QueryRunner): Promise<void>;
  /**
   * The condition for rows of `learned_patterns` (as `alias`) whose searchText has a word starting with each of `words`.
   * Uses the full-text index.
   */
  patternSearchCondition(alias: string, words: readonly string[]): SqlCondition;
}

/** A WHERE condition with its named parameters. */
export interface SqlCondition {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The driver's error code, which TypeORM may have wrapped; '' when there is none. */
export const getErrorCode = (error: unknown): string => {
  const { code, driverError } = (error ?? {}) as { code?: unknown; driverError?: { code?: unknown } };
  return String(code ?? driverError?.code ?? '');
};
