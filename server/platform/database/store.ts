/** The one way to the database: `read` looks, `write` is one transaction. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager, ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';
import { Fault } from '../faults.ts';
import { Bulkhead } from './bulkhead.ts';
import type { CounterColumn, Dialect, PoolStats, SqlCondition } from './dialects/dialect.ts';
import { Mutex } from './mutex.ts';
import { withoutNetwork } from './network-guard.ts';
import { RowsLocked } from './rows-locked.ts';
import type { Ending, PlainRow, Statement } from './sql.ts';
import { JOB_MS, LOCK_WAIT_SECONDS, REQUEST_MS } from './time-limits.ts';
import { createTransaction } from './transaction.ts';

/** What a service works with inside one transaction. */
export interface Transaction {
  readonly manager: EntityManager;
  /** The same query, with the rows that it finds locked until the transaction ends. */
  forUpdate<Row extends ObjectLiteral>(query: SelectQueryBuilder<Row>): SelectQueryBuilder<Row>;
  /** The rows that a plain SELECT finds, as the database holds them, locked until the transaction ends. */
  selectForUpdate<Row>(select: string, values: readonly unknown[]): Promise<Row[]>;
  /** The same without the rows that another transaction holds, where rows are locked at all: it waits for nobody. */
  lockedIfFree<Row>(select: string, values: readonly unknown[]): Promise<Row[]>;
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
const MAX_BACKOFF_MS = 128;
/** A little more than a statement waits for a lock. */
const LOCK_WAIT_MS = LOCK_WAIT_SECONDS * 1_000 + 100;
export interface WriteOptions {
  /** In `performance.now()`; by default that of an operation which begins now. */
  readonly deadline?: number;
  /** False for one that tells at once, as `RowsLocked`, that a lock was waited for in vain. */
  readonly retriesLocked?: boolean;
}

/** What the stores of one database have in common. */
class Shared {
  readonly turnstile = new Mutex();
  /** The transaction that the running code is within, if `together` has opened one. */
  readonly current = new AsyncLocalStorage<Transaction>();
  /** How many are within one. */
  togethers = 0;
  readonly listeners = new Set<(subject: string) => void>();
  readonly bulkhead = new Bulkhead();
}

export class Store {
  constructor(
    private readonly dataSource: DataSource,
    private readonly dialect: Dialect,
    private readonly operationMs: number = REQUEST_MS,
    private readonly shared = new Shared(),
  ) {}

  /** The same store for work that nobody waits for: an operation may take longer. */
  forJobs(): Store {
    return new Store(this.dataSource, this.dialect, JOB_MS, this.shared);
  }

  /** For writes that wait for rows: bounds how many connections those of one account may hold. */
  get bulkhead(): Bulkhead {
    return this.shared.bulkhead;
  }

  get kind(): Dialect['kind'] {
    return this.dialect.kind;
  }

  /**
   * Runs `work` so that every `read` and `write` within it, however deep, is part of one transaction. Nothing of it is
   * stored when it rejects. Like `write` it may run more than once.
   */
  async runInTransaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const { shared } = this;
    shared.togethers += 1;
    try {
      return await this.write((transaction) => shared.current.run(transaction, () => work(transaction)));
    } finally {
      shared.togethers -= 1;
      // While it is in use Node follows every promise of the process, whoever made it: a tenth of a heartbeat's time.
      if (shared.togethers === 0) shared.current.disable();
    }
  }

  /** True for code that runs within the transaction of `together`: it must not wait for what is outside of it. */
  get inTransaction(): boolean {
    return this.shared.current.getStore() !== undefined;
  }

  /** Runs reads that need no transaction. Throws the fault `unavailable` when the database is away. */
  read<T>(work: (manager: EntityManager) => Promise<T>, options: Pick<WriteOptions, 'deadline'> = {}): Promise<T> {
    const current = this.shared.current.getStore();
    if (current) return work(current.manager);
    return this.#withFaults((deadline) => this.#connected(deadline, ({ manager }) => work(manager)), options);
  }

  /** Runs reads that belong together: all of them see the database as it was at one moment. */
  snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const current = this.shared.current.getStore();
    if (current) return work(current.manager);
    const read = ({ manager }: Transaction) => work(manager);
    return this.#withFaults((deadline) =>
      this.#attempt(read, (runner) => this.dialect.beginSnapshot(runner), deadline),
    );
  }

  /** What holds for the patterns (`alias` in the query) that have, for each word of the index, one that starts with it. */
  patternSearchCondition(alias: string, words: readonly string[]): SqlCondition {
    return this.dialect.patternSearchCondition(alias, words);
  }

  /**
   * Runs one transaction: all of it is stored durably when the promise resolves, nothing of it when it rejects. When it
   * loses against another (deadlock, a row with the same key made meanwhile) it is run again from its start, so `work`
   * must have no effect outside the transaction. One that is not done by its deadline is the fault `unavailable`.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>, options: WriteOptions = {}): Promise<T> {
    const current = this.shared.current.getStore();
    if (current) return work(current);
    const begin = (runner: QueryRunner) => this.dialect.begin(runner);
    return this.#withFaults((deadline) => this.#attempt(work, begin, deadline), options);
  }

  /** Calls `listener` with every subject of `afterwards`, for what this process commits; ends with what it returns. */
  listen(listener: (subject: string) => void): () => void {
    this.shared.listeners.add(listener);
    return () => this.shared.listeners.delete(listener);
  }

  /** How busy the connections are; null where there is only one. */
  poolStats(): PoolStats | null {
    return this.dialect.poolStats(this.dataSource);
  }

  async close(): Promise<void> {
    this.dialect.close();
    if (this.dialect.singleConnection) await this.shared.turnstile.run(() => this.dataSource.destroy());
    else await this.dataSource.destroy();
  }

  #attempt<T>(
    work: (transaction: Transaction) => Promise<T>,
    begin: (runner: QueryRunner) => Promise<void>,
    deadline: number,
  ): Promise<T> {
    return this.#connected(deadline, async (runner) => {
      try {
        await begin(runner);
        const commitQueue: Ending = { statements: [], withSequenceNumbers: [] };
        const subjects = new Set<string>();
        const transaction = createTransaction(this.dialect, runner.manager, commitQueue, subjects);
        const result = await withoutNetwork(() => work(transaction));
        await this.dialect.commit(runner, [...commitQueue.statements, ...commitQueue.withSequenceNumbers]);
        for (const subject of subjects) for (const listener of this.shared.listeners) listener(subject);
        return result;
      } catch (error) {
        // A lost connection has rolled back by itself; the first error is the one that tells why.
        await this.dialect.rollback(runner).catch(() => undefined);
        throw error;
      }
    });
  }

  /** Runs the work on one connection, on which no statement takes longer than to the deadline. */
  async #connected<T>(deadline: number, work: (runner: QueryRunner) => Promise<T>): Promise<T> {
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

  /** Runs the work again for as long as it loses against others. Between two attempts others have their turn. */
  async #withRetries<T>(
    work: (deadline: number) => Promise<T>,
    { deadline = performance.now() + this.operationMs, retriesLocked = true }: WriteOptions,
  ): Promise<T> {
    const attempt = () => work(deadline);
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await (this.dialect.singleConnection ? this.shared.turnstile.run(attempt) : attempt());
      } catch (error) {
        const trouble = this.dialect.classifyError(error);
        const pauseMs = Math.random() * Math.min(2 ** attempts, MAX_BACKOFF_MS);
        // Another wait for the lock must fit in: one that is cut off costs the connection.
        const needsMs = pauseMs + (trouble === 'locked' ? LOCK_WAIT_MS : 0);
        const isInTime = performance.now() + needsMs < deadline;
        const shouldRetry =
          trouble === 'conflict' ||
          (trouble === 'locked' && retriesLocked) ||
          (trouble === 'duplicate' && attempts < MAX_DUPLICATE_ATTEMPTS);
        if (!shouldRetry || !isInTime) throw error;
        await sleep(pauseMs);
      }
    }
  }
}

const UNAVAILABLE_MESSAGE = 'The database cannot be reached. Try again in a moment.';
const DISK_FULL_MESSAGE =
  'The database has no room left, so nothing was stored. It can be read. Try again when there is room.';

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
