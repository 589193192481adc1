/**
 * All access to the database: `read`, `snapshot`, and `write` for one transaction, with deadlines and retries.
 *
 * The ordinary way: an AsyncLocalStorage that is always enabled. Here it is disabled while no runInTransaction is active.
 * Saves: a tenth of a heartbeat's processor time, because Node then tracks no promises (bench/README.md, 25 November 2026).
 * When Node changes: with AsyncContextFrame (the default from Node 24) tracking is cheap, so `disable` and its count can go; run test/behaviour/storage.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource, EntityManager, ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';
import { Fault } from '../faults.ts';
import { getDeadline } from '../with-timeout.ts';
import type { Bulkhead } from './bulkhead.ts';
import type { CounterColumn, Dialect, PoolStats, SqlCondition } from './dialects/dialect.ts';
import { RowsLocked } from './rows-locked.ts';
import { SharedState } from './shared-state.ts';
import type { CommitQueue, PlainRow, Statement } from './sql.ts';
import { JOB_MS, LOCK_WAIT_SECONDS, REQUEST_MS } from './time-limits.ts';
import { createTransaction, withoutNetwork } from './transaction.ts';

/** An open transaction, as services use it. */
export interface Transaction {
  readonly manager: EntityManager;
  /** The same query, which locks its rows until the transaction ends. */
  forUpdate<Row extends ObjectLiteral>(query: SelectQueryBuilder<Row>): SelectQueryBuilder<Row>;
  /** Runs a plain SELECT that locks its rows until the transaction ends. Returns them in stored form. */
  selectForUpdate<Row>(select: string, values: readonly unknown[]): Promise<Row[]>;
  /** The same, but skips rows locked by other transactions instead of waiting (MySQL; SQLite has no row locks). */
  selectForUpdateSkipLocked<Row>(select: string, values: readonly unknown[]): Promise<Row[]>;
  /**
   * Queues a statement until right before the commit; on MySQL both share one packet. Its result is discarded, and its effect
   * is not visible inside the transaction.
   */
  beforeCommit(statement: Statement): void;
  /** Queues an INSERT like `beforeCommit`. */
  insert(table: string, rows: readonly PlainRow[]): void;
  /** The same, but updates rows that exist; `keys` are the columns of the primary key. */
  upsert(table: string, keys: readonly string[], rows: readonly PlainRow[]): void;
  /**
   * Queues an INSERT that runs last, with gapless numbers from the counter in the column of the same name. So the counter's
   * row is the last lock that the transaction takes.
   */
  insertNumbered(counter: CounterColumn, table: string, rows: readonly PlainRow[]): void;
  /** Notifies the listeners of this subject after the commit. */
  afterCommit(subject: string): void;
}

/** Attempts of a transaction that fails with a duplicate key. */
const MAX_DUPLICATE_ATTEMPTS = 12;
const MAX_BACKOFF_MS = 128;
/** A little more than the lock timeout of a statement. */
const LOCK_WAIT_MS = LOCK_WAIT_SECONDS * 1_000 + 100;

export interface WriteOptions {
  /** In `performance.now()`; by default the request's, else REQUEST_MS (JOB_MS for jobs) from now. */
  readonly deadline?: number;
  /** False to throw RowsLocked at the first lock timeout. */
  readonly retriesLocked?: boolean;
}

export class Store {
  constructor(
    private readonly dataSource: DataSource,
    private readonly dialect: Dialect,
    private readonly operationMs: number = REQUEST_MS,
    private readonly shared = new SharedState(),
  ) {}

  /** The same store with JOB_MS per operation, for background jobs. */
  forJobs(): Store {
    return new Store(this.dataSource, this.dialect, JOB_MS, this.shared);
  }

  /** For writes that wait for row locks: limits the connections that one account may hold. */
  get bulkhead(): Bulkhead {
    return this.shared.bulkhead;
  }

  get kind(): Dialect['kind'] {
    return this.dialect.kind;
  }

  /**
   * Runs `work` so that every `read` and `write` in its call tree is part of one transaction. Nothing is stored when it
   * rejects. Like in `write`, `work` may run more than once.
   */
  async runInTransaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const { shared } = this;
    shared.ambientCount += 1;
    try {
      return await this.write((transaction) => shared.current.run(transaction, () => work(transaction)));
    } finally {
      shared.ambientCount -= 1;
      // An enabled AsyncLocalStorage makes Node track every promise of the process: see the top of this file.
      if (shared.ambientCount === 0) shared.current.disable();
    }
  }

  /** The database's time as an SQL expression; null when it is the time of this process. */
  get nowSql(): string | null {
    return this.dialect.nowSql;
  }

  /** True inside `runInTransaction`: such code must not wait for work outside the transaction. */
  get inTransaction(): boolean {
    return this.shared.current.getStore() !== undefined;
  }

  /** Runs statements that need no common transaction: each commits by itself. Throws the fault `unavailable` when the database is unavailable. */
  read<T>(work: (manager: EntityManager) => Promise<T>, options: Pick<WriteOptions, 'deadline'> = {}): Promise<T> {
    const current = this.shared.current.getStore();
    if (current) return work(current.manager);
    return this.#withFaults((deadline) => this.#withConnection(deadline, ({ manager }) => work(manager)), options);
  }

  /** Runs reads that all see the same snapshot of the database. */
  snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const current = this.shared.current.getStore();
    if (current) return work(current.manager);
    const read = ({ manager }: Transaction) => work(manager);
    return this.#withFaults((deadline) =>
      this.#attempt(read, (runner) => this.dialect.beginSnapshot(runner), deadline),
    );
  }

  /** The condition for patterns (as `alias`) with a word starting with each of `words`; uses the full-text index. */
  patternSearchCondition(alias: string, words: readonly string[]): SqlCondition {
    return this.dialect.patternSearchCondition(alias, words);
  }

  /**
   * Runs one transaction: durable when the promise resolves, rolled back when it rejects. Retries on deadlock, lock timeout
   * or duplicate key, so `work` must have no side effects outside the transaction. Throws the fault `unavailable` when it is
   * not done by its deadline.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    const current = this.shared.current.getStore();
    if (current) return work(current);
    const begin = (runner: QueryRunner) => this.dialect.begin(runner);
    return this.#withFaults((deadline) => this.#attempt(work, begin, deadline), options);
  }

  /** Calls `listener` with every `afterCommit` subject of this process. Returns the unsubscribe function. */
  listen(listener: (subject: string) => void): () => void {
    this.shared.listeners.add(listener);
    return () => this.shared.listeners.delete(listener);
  }

  /** As in `Dialect`. */
  readonly listenForDoubts = (listener: () => void): void => this.dialect.listenForDoubts(listener);

  /** The use of the connection pool; null with a single connection. */
  poolStats(): PoolStats | null {
    return this.dialect.poolStats(this.dataSource);
  }

  /** The settings of the database that are weaker than what the service promises, each as a sentence with its consequence. */
  findWeakSettings(): Promise<readonly string[]> {
    return this.read((manager) => this.dialect.checkSettings((sql) => manager.query(sql)));
  }

  async close(): Promise<void> {
    const { dialect, dataSource } = this;
    dialect.close();
    const destroy = async () => {
      // A database that is unavailable must still be closed.
      await dialect.beforeClose(dataSource).catch(() => undefined);
      await dataSource.destroy();
    };
    await (dialect.singleConnection ? this.shared.mutex.run(destroy) : destroy());
  }

  #attempt<T>(
    work: (transaction: Transaction) => Promise<T>,
    begin: (runner: QueryRunner) => Promise<void>,
    deadline: number,
  ): Promise<T> {
    return this.#withConnection(deadline, async (runner) => {
      try {
        await begin(runner);
        const queue: CommitQueue = { statements: [], numberedInserts: [] };
        const subjects = new Set<string>();
        const transaction = createTransaction(this.dialect, runner.manager, queue, subjects);
        const result = await withoutNetwork(() => work(transaction));
        await this.dialect.commit(runner, [...queue.statements, ...queue.numberedInserts]);
        for (const subject of subjects) for (const listener of this.shared.listeners) listener(subject);
        return result;
      } catch (error) {
        // A lost connection rolls back by itself, and the first error is the useful one.
        await this.dialect.rollback(runner).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Runs the work on one connection, bounded by the deadline: later its caller has been told that it did not take place. */
  async #withConnection<T>(deadline: number, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
    if (performance.now() >= deadline) throw new Fault('unavailable', UNAVAILABLE_MESSAGE);
    const runner = this.dataSource.createQueryRunner();
    try {
      await this.dialect.connect(runner, deadline);
      return await work(runner);
    } finally {
      await runner.release();
    }
  }

  async #withFaults<T>(work: (deadline: number) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    try {
      return await this.#withRetries(work, options);
    } catch (error) {
      const errorKind = error instanceof Fault ? 'other' : this.dialect.classifyError(error);
      if (errorKind === 'other') throw error;
      if (errorKind === 'locked') throw new RowsLocked(error);
      if (errorKind === 'unavailable') this.dialect.onUnavailable();
      throw new Fault('unavailable', errorKind === 'full' ? DISK_FULL_MESSAGE : UNAVAILABLE_MESSAGE, {}, [], error);
    }
  }

  /** A job that a request sets off has its own time. */
  readonly #getDeadline = (ms = this.operationMs) => (ms > REQUEST_MS ? performance.now() + ms : getDeadline(ms));

  /** Retries on deadlock, lock timeout or duplicate key until the deadline, with jittered back-off. */
  async #withRetries<T>(
    work: (deadline: number) => Promise<T>,
    { deadline = this.#getDeadline(), retriesLocked = true }: WriteOptions,
  ): Promise<T> {
    const attempt = () => work(deadline);
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await (this.dialect.singleConnection ? this.shared.mutex.run(attempt) : attempt());
      } catch (error) {
        const errorKind = this.dialect.classifyError(error);
        const pauseMs = Math.random() * Math.min(2 ** attempts, MAX_BACKOFF_MS);
        // Another lock timeout must fit in: a query cut off by the deadline costs the connection.
        const requiredMs = pauseMs + (errorKind === 'locked' ? LOCK_WAIT_MS : 0);
        const isInTime = performance.now() + requiredMs < deadline;
        const shouldRetry =
          errorKind === 'conflict' ||
          (errorKind === 'locked' && retriesLocked) ||
          (errorKind === 'duplicate' && attempts < MAX_DUPLICATE_ATTEMPTS);
        if (!shouldRetry || !isInTime) throw error;
        await sleep(pauseMs);
      }
    }
  }
}

const UNAVAILABLE_MESSAGE = 'The database cannot be reached. Try again in a moment.';
const DISK_FULL_MESSAGE =
  'The database has no room left, so nothing was stored. It can be read. Try again when there is room.';
