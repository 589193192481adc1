/** The one way to the database: `read` looks, `write` is one transaction. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager, ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';
import { Fault } from '../faults.ts';
import type { CounterColumn, Dialect, PoolStats, SqlCondition } from './dialects/dialect.ts';
import { Mutex } from './mutex.ts';
import { buildInsert, type PlainRow, type Statement } from './sql.ts';

/** What a service works with inside one transaction. */
export interface Transaction {
  readonly manager: EntityManager;
  /** The same query, with the rows that it finds locked until the transaction ends. */
  forUpdate<Row extends ObjectLiteral>(query: SelectQueryBuilder<Row>): SelectQueryBuilder<Row>;
  /** The rows that a plain SELECT finds, as the database holds them, locked until the transaction ends. */
  selectForUpdate<Row>(select: string, values: readonly unknown[]): Promise<Row[]>;
  /**
   * Runs a statement whose result nobody asks for right before the commit, and with it in one packet where the database is
   * reached through a network. Nothing in the transaction sees what it does.
   */
  beforeCommit(statement: Statement): void;
  /** Stores new rows `atEnd`. */
  insert(table: string, rows: readonly PlainRow[]): void;
  /** The same for rows that are new or known; `keys` are the columns of the primary key. */
  upsert(table: string, keys: readonly string[], rows: readonly PlainRow[]): void;
  /**
   * Stores new rows after all else, numbered without a gap by the counter in a column of its name. The counter's row is the
   * last that is locked.
   */
  insertNumbered(counter: CounterColumn, table: string, rows: readonly PlainRow[]): void;
  /** Once all is committed, calls those who listen for the subject. */
  afterCommit(subject: string): void;
}

/** How often a transaction starts again because of a row with the same key. */
const MAX_DUPLICATE_ATTEMPTS = 12;
/** For how long a transaction that keeps losing starts again; its caller must not wait for ever. */
const RETRY_TIMEOUT_MS = 6_000;
const MAX_BACKOFF_MS = 128;

export class Store {
  readonly #mutex = new Mutex();
  /** The transaction that the running code is within, if `together` has opened one. */
  readonly #current = new AsyncLocalStorage<Transaction>();
  /** How many are within one. */
  #openTransactions = 0;

  readonly #listeners = new Set<(subject: string) => void>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly dialect: Dialect,
  ) {}

  get kind(): Dialect['kind'] {
    return this.dialect.kind;
  }

  /**
   * Runs `work` so that every `read` and `write` within it, however deep, is part of one transaction. Nothing of it is
   * stored when it rejects. Like `write` it may run more than once.
   */
  async runInTransaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.#openTransactions += 1;
    try {
      return await this.write((transaction) => this.#current.run(transaction, () => work(transaction)));
    } finally {
      this.#openTransactions -= 1;
      // While it is in use Node follows every promise of the process, whoever made it: a tenth of a heartbeat's time.
      if (this.#openTransactions === 0) this.#current.disable();
    }
  }

  /** True for code that runs within the transaction of `together`: it must not wait for what is outside of it. */
  get inTransaction(): boolean {
    return this.#current.getStore() !== undefined;
  }

  /** Runs reads that need no transaction. Throws the fault `unavailable` when the database is away. */
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const current = this.#current.getStore();
    if (current) return work(current.manager);
    return this.#withFaults(() => work(this.dataSource.manager));
  }

  /** Runs reads that belong together: all of them see the database as it was at one moment. */
  snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const current = this.#current.getStore();
    if (current) return work(current.manager);
    const read = ({ manager }: Transaction) => work(manager);
    return this.#withFaults(() => this.#attempt(read, (runner) => this.dialect.beginSnapshot(runner)));
  }

  /** What holds for the patterns (`alias` in the query) that have, for each word of the index, one that starts with it. */
  patternSearchCondition(alias: string, words: readonly string[]): SqlCondition {
    return this.dialect.patternSearchCondition(alias, words);
  }

  /**
   * Runs one transaction: all of it is stored durably when the promise resolves, nothing of it when it rejects. When it
   * loses against another (deadlock, a row with the same key made meanwhile) it is run again from its start, so `work`
   * must have no effect outside the transaction. One that loses for seconds is the fault `unavailable`.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const current = this.#current.getStore();
    if (current) return work(current);
    return this.#withFaults(() => this.#attempt(work, (runner) => this.dialect.begin(runner)));
  }

  /** Calls `listener` with every subject of `afterwards`, for what this process commits; ends with what it returns. */
  listen(listener: (subject: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How busy the connections are; null where there is only one. */
  poolStats(): PoolStats | null {
    return this.dialect.poolStats(this.dataSource);
  }

  async close(): Promise<void> {
    this.dialect.close();
    if (this.dialect.singleConnection) await this.#mutex.run(() => this.dataSource.destroy());
    else await this.dataSource.destroy();
  }

  async #attempt<T>(
    work: (transaction: Transaction) => Promise<T>,
    begin: (runner: QueryRunner) => Promise<void>,
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await begin(runner);
      const commitQueue: CommitQueue = { unnumbered: [], numbered: [] };
      const subjects = new Set<string>();
      const result = await work(this.#transaction(runner.manager, commitQueue, subjects));
      await this.dialect.commit(runner, [...commitQueue.unnumbered, ...commitQueue.numbered]);
      for (const subject of subjects) for (const listener of this.#listeners) listener(subject);
      return result;
    } catch (error) {
      // A lost connection has rolled back by itself; the first error is the one that tells why.
      await this.dialect.rollback(runner).catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  #transaction(manager: EntityManager, commitQueue: CommitQueue, subjects: Set<string>): Transaction {
    const queueInsert = (table: string, rows: readonly PlainRow[], onKnown?: string) => {
      if (rows.length > 0) commitQueue.unnumbered.push(buildInsert(table, rows, onKnown));
    };
    return {
      manager,
      forUpdate: (query) => this.dialect.forUpdate(query),
      selectForUpdate: (select, values) => manager.query(select + this.dialect.forUpdateClause, [...values]),
      beforeCommit: (statement) => void commitQueue.unnumbered.push(statement),
      insert: queueInsert,
      upsert: (table, keys, rows) => {
        const others = Object.keys(rows[0] ?? {}).filter((column) => !keys.includes(column));
        queueInsert(table, rows, this.dialect.onConflictUpdate(keys, others));
      },
      insertNumbered: (counter, table, rows) =>
        void commitQueue.numbered.push(
          this.dialect.incrementCounter(counter, rows.length),
          buildInsert(table, withSequenceNumbers(rows, counter.column, this.dialect.counterValue(counter))),
        ),
      afterCommit: (subject) => void subjects.add(subject),
    };
  }

  async #withFaults<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#withRetries(work);
    } catch (error) {
      const errorKind = error instanceof Fault ? 'other' : this.dialect.classifyError(error);
      if (errorKind === 'other') throw error;
      if (errorKind === 'unavailable') this.dialect.onUnavailable();
      throw new Fault('unavailable', errorKind === 'full' ? DISK_FULL_MESSAGE : UNAVAILABLE_MESSAGE, {}, [], error);
    }
  }

  /** Runs the work again for as long as it loses against others. Between two attempts others have their turn. */
  async #withRetries<T>(work: () => Promise<T>): Promise<T> {
    let deadline = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await (this.dialect.singleConnection ? this.#mutex.run(work) : work());
      } catch (error) {
        deadline ||= performance.now() + RETRY_TIMEOUT_MS;
        const errorKind = this.dialect.classifyError(error);
        const shouldRetry =
          errorKind === 'conflict'
            ? performance.now() < deadline
            : errorKind === 'duplicate' && attempt < MAX_DUPLICATE_ATTEMPTS;
        if (!shouldRetry) throw error;
        await sleep(Math.random() * Math.min(2 ** attempt, MAX_BACKOFF_MS));
      }
    }
  }
}

/** What a transaction does right before its commit. */
interface CommitQueue {
  readonly unnumbered: Statement[];
  readonly numbered: Statement[];
}

/** The last row has the number that was counted up to. */
const withSequenceNumbers = (rows: readonly PlainRow[], column: string, { sql, values }: Statement) =>
  rows.map((row, index) => ({ ...row, [column]: { sql: `${sql} - ${rows.length - 1 - index}`, values } }));

const UNAVAILABLE_MESSAGE = 'The database cannot be reached. Try again in a moment.';
const DISK_FULL_MESSAGE =
  'The database has no room left, so nothing was stored. It can be read. Try again when there is room.';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
