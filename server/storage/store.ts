/** The one way to the database: `read` looks, `write` is one transaction. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager, ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';
import { Fault } from '../faults.ts';
import type { Condition, Counter, Dialect, PoolUse } from './dialects/dialect.ts';
import { Turnstile } from './turnstile.ts';

/** A row as it is stored, by its columns. */
export type PlainRow = Readonly<Record<string, string | number | null>>;

/** What a service works with inside one transaction. */
export interface Transaction {
  readonly manager: EntityManager;
  /** The same query, with the rows that it finds locked until the transaction ends. */
  forUpdate<Row extends ObjectLiteral>(query: SelectQueryBuilder<Row>): SelectQueryBuilder<Row>;
  /** The rows that a plain SELECT finds, as the database holds them, locked until the transaction ends. */
  locked<Row>(select: string, values: readonly unknown[]): Promise<Row[]>;
  /** Adds to a counter in one statement and tells what it is now; null when it has no row. The row stays locked. */
  increase(counter: Counter, by: number): Promise<number | null>;
  /**
   * Stores new rows in one statement, as the database holds them: flags as numbers, JSON as text. For many rows it takes a
   * small part of the time that an entity's insert does.
   */
  insert(table: string, rows: readonly PlainRow[]): Promise<void>;
  /** The same for rows that are new or known; `keys` are the columns of the primary key. */
  upsert(table: string, keys: readonly string[], rows: readonly PlainRow[]): Promise<void>;
  /** Does something after all else and right before the commit: what takes the last locks. */
  atEnd(work: () => Promise<void>): void;
  /** Once all is committed, calls those who listen for the subject. */
  afterwards(subject: string): void;
}

/** How often a transaction starts again because of a row with the same key. */
const MOST_DUPLICATES = 12;
/** For how long a transaction that keeps losing starts again; its caller must not wait for ever. */
const PATIENCE_MS = 6_000;
const LONGEST_PAUSE_MS = 128;

export class Store {
  readonly #turnstile = new Turnstile();
  /** The transaction that the running code is within, if `together` has opened one. */
  readonly #current = new AsyncLocalStorage<Transaction>();
  /** How many are within one. */
  #togethers = 0;

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
  async together<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.#togethers += 1;
    try {
      return await this.write((transaction) => this.#current.run(transaction, () => work(transaction)));
    } finally {
      this.#togethers -= 1;
      // While it is in use Node follows every promise of the process, whoever made it: a tenth of a heartbeat's time.
      if (this.#togethers === 0) this.#current.disable();
    }
  }

  /** True for code that runs within the transaction of `together`: it must not wait for what is outside of it. */
  get isTogether(): boolean {
    return this.#current.getStore() !== undefined;
  }

  /** Runs reads that need no transaction. Throws the fault `unavailable` when the database is away. */
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const current = this.#current.getStore();
    if (current) return work(current.manager);
    return this.#answer(() => work(this.dataSource.manager));
  }

  /** Runs reads that belong together: all of them see the database as it was at one moment. */
  snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const current = this.#current.getStore();
    if (current) return work(current.manager);
    const read = ({ manager }: Transaction) => work(manager);
    return this.#answer(() => this.#attempt(read, (runner) => this.dialect.beginSnapshot(runner)));
  }

  /** What holds for the patterns (`alias` in the query) that have, for each word of the index, one that starts with it. */
  patternsWith(alias: string, words: readonly string[]): Condition {
    return this.dialect.patternsWith(alias, words);
  }

  /**
   * Runs one transaction: all of it is stored durably when the promise resolves, nothing of it when it rejects. When it
   * loses against another (deadlock, a row with the same key made meanwhile) it is run again from its start, so `work`
   * must have no effect outside the transaction. One that loses for seconds is the fault `unavailable`.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const current = this.#current.getStore();
    if (current) return work(current);
    return this.#answer(() => this.#attempt(work, (runner) => this.dialect.begin(runner)));
  }

  /** Calls `listener` with every subject of `afterwards`, for what this process commits; ends with what it returns. */
  listen(listener: (subject: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** How busy the connections are; null where there is only one. */
  poolUse(): PoolUse | null {
    return this.dialect.poolUse(this.dataSource);
  }

  async close(): Promise<void> {
    this.dialect.close();
    if (this.dialect.singleConnection) await this.#turnstile.pass(() => this.dataSource.destroy());
    else await this.dataSource.destroy();
  }

  async #attempt<T>(
    work: (transaction: Transaction) => Promise<T>,
    begin: (runner: QueryRunner) => Promise<void>,
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await begin(runner);
      const last: (() => Promise<void>)[] = [];
      const subjects = new Set<string>();
      const result = await work(this.#transaction(runner.manager, last, subjects));
      for (const each of last) await each();
      await this.dialect.commit(runner);
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

  #transaction(manager: EntityManager, last: (() => Promise<void>)[], subjects: Set<string>): Transaction {
    return {
      manager,
      forUpdate: (query) => this.dialect.forUpdate(query),
      locked: (select, values) => manager.query(select + this.dialect.lock, [...values]),
      increase: (counter, by) => this.dialect.increase(manager, counter, by),
      insert: (table, rows) => insertPlain(manager, table, rows),
      upsert: (table, keys, rows) => {
        const others = Object.keys(rows[0] ?? {}).filter((column) => !keys.includes(column));
        return insertPlain(manager, table, rows, this.dialect.onKnown(keys, others));
      },
      atEnd: (work) => void last.push(work),
      afterwards: (subject) => void subjects.add(subject),
    };
  }

  async #answer<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.#again(work);
    } catch (error) {
      const trouble = error instanceof Fault ? 'other' : this.dialect.troubleOf(error);
      if (trouble === 'other') throw error;
      if (trouble === 'unavailable') this.dialect.suspect();
      throw new Fault('unavailable', trouble === 'full' ? FULL : AWAY, {}, [], error);
    }
  }

  /** Runs the work again for as long as it loses against others. Between two attempts others have their turn. */
  async #again<T>(work: () => Promise<T>): Promise<T> {
    let giveUpAt = 0;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await (this.dialect.singleConnection ? this.#turnstile.pass(work) : work());
      } catch (error) {
        giveUpAt ||= performance.now() + PATIENCE_MS;
        const trouble = this.dialect.troubleOf(error);
        const mayWin =
          trouble === 'conflict' ? performance.now() < giveUpAt : trouble === 'duplicate' && attempt < MOST_DUPLICATES;
        if (!mayWin) throw error;
        await pause(Math.random() * Math.min(2 ** attempt, LONGEST_PAUSE_MS));
      }
    }
  }
}

/** All rows have the columns of the first. */
async function insertPlain(
  manager: EntityManager,
  table: string,
  rows: readonly PlainRow[],
  onKnown = '',
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return;
  const marks = `(${columns.map(() => '?').join(', ')})`;
  const values = rows.flatMap((row) => columns.map((column) => row[column]));
  const all = rows.map(() => marks).join(', ');
  await manager.query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${all} ${onKnown}`, values);
}

const AWAY = 'The database cannot be reached. Try again in a moment.';
const FULL = 'The database has no room left, so nothing was stored. It can be read. Try again when there is room.';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
