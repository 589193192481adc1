/** The one way to the database: `read` looks, `write` is one transaction. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager, ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';
import { Fault } from '../faults.ts';
import type { Condition, Counter, Dialect, PoolUse } from './dialects/dialect.ts';
import { insertion, type PlainRow, type Statement } from './statement.ts';
import { Turnstile } from './turnstile.ts';

/** What a service works with inside one transaction. */
export interface Transaction {
  readonly manager: EntityManager;
  /** The same query, with the rows that it finds locked until the transaction ends. */
  forUpdate<Row extends ObjectLiteral>(query: SelectQueryBuilder<Row>): SelectQueryBuilder<Row>;
  /** The rows that a plain SELECT finds, as the database holds them, locked until the transaction ends. */
  locked<Row>(select: string, values: readonly unknown[]): Promise<Row[]>;
  /**
   * Runs a statement whose result nobody asks for right before the commit, and with it in one packet where the database is
   * reached through a network. Nothing in the transaction sees what it does.
   */
  atEnd(statement: Statement): void;
  /** Stores new rows `atEnd`. */
  insert(table: string, rows: readonly PlainRow[]): void;
  /** The same for rows that are new or known; `keys` are the columns of the primary key. */
  upsert(table: string, keys: readonly string[], rows: readonly PlainRow[]): void;
  /**
   * Stores new rows after all else, numbered without a gap by the counter in a column of its name. The counter's row is the
   * last that is locked.
   */
  insertNumbered(counter: Counter, table: string, rows: readonly PlainRow[]): void;
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
      const ending: Ending = { statements: [], numbered: [] };
      const subjects = new Set<string>();
      const result = await work(this.#transaction(runner.manager, ending, subjects));
      await this.dialect.commit(runner, [...ending.statements, ...ending.numbered]);
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

  #transaction(manager: EntityManager, ending: Ending, subjects: Set<string>): Transaction {
    const store = (table: string, rows: readonly PlainRow[], onKnown?: string) => {
      if (rows.length > 0) ending.statements.push(insertion(table, rows, onKnown));
    };
    return {
      manager,
      forUpdate: (query) => this.dialect.forUpdate(query),
      locked: (select, values) => manager.query(select + this.dialect.lock, [...values]),
      atEnd: (statement) => void ending.statements.push(statement),
      insert: store,
      upsert: (table, keys, rows) => {
        const others = Object.keys(rows[0] ?? {}).filter((column) => !keys.includes(column));
        store(table, rows, this.dialect.onKnown(keys, others));
      },
      insertNumbered: (counter, table, rows) =>
        void ending.numbered.push(
          this.dialect.count(counter, rows.length),
          insertion(table, numbered(rows, counter.column, this.dialect.counted(counter))),
        ),
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

/** What a transaction does right before its commit. */
interface Ending {
  readonly statements: Statement[];
  readonly numbered: Statement[];
}

/** The last row has the number that was counted up to. */
const numbered = (rows: readonly PlainRow[], column: string, { sql, values }: Statement) =>
  rows.map((row, index) => ({ ...row, [column]: { sql: `${sql} - ${rows.length - 1 - index}`, values } }));

const AWAY = 'The database cannot be reached. Try again in a moment.';
const FULL = 'The database has no room left, so nothing was stored. It can be read. Try again when there is room.';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
