/** The one way to the database: `read` looks, `write` is one transaction. */
import type { DataSource, EntityManager, ObjectLiteral, QueryRunner, SelectQueryBuilder } from 'typeorm';
import { Fault } from '../faults.ts';
import type { Condition, Dialect } from './dialects/dialect.ts';
import { Turnstile } from './turnstile.ts';

/** What a service works with inside one transaction. */
export interface Transaction {
  readonly manager: EntityManager;
  /** The same query, with the rows that it finds locked until the transaction ends. */
  forUpdate<Row extends ObjectLiteral>(query: SelectQueryBuilder<Row>): SelectQueryBuilder<Row>;
}

const ATTEMPTS = 12;

export class Store {
  readonly #turnstile = new Turnstile();

  constructor(
    private readonly dataSource: DataSource,
    private readonly dialect: Dialect,
  ) {}

  get kind(): Dialect['kind'] {
    return this.dialect.kind;
  }

  /** Runs reads that need no transaction. Throws the fault `unavailable` when the database is away. */
  read<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const run = () => this.#answer(() => work(this.dataSource.manager));
    return this.dialect.singleConnection ? this.#turnstile.pass(run) : run();
  }

  /** Runs reads that belong together: all of them see the database as it was at one moment. */
  snapshot<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    const read = ({ manager }: Transaction) => work(manager);
    const run = () => this.#answer(() => this.#attempt(read, (runner) => this.dialect.beginSnapshot(runner)));
    return this.dialect.singleConnection ? this.#turnstile.pass(run) : run();
  }

  /** What holds for the patterns (`alias` in the query) that have, for each word of the index, one that starts with it. */
  patternsWith(alias: string, words: readonly string[]): Condition {
    return this.dialect.patternsWith(alias, words);
  }

  /**
   * Runs one transaction: all of it is stored durably when the promise resolves, nothing of it when it rejects. When it
   * loses against another (deadlock, a row with the same key made meanwhile) it is run again from its start, so `work`
   * must have no effect outside the transaction.
   */
  write<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    const run = () => this.#answer(() => this.#attempts(work));
    return this.dialect.singleConnection ? this.#turnstile.pass(run) : run();
  }

  async close(): Promise<void> {
    if (this.dialect.singleConnection) await this.#turnstile.pass(() => this.dataSource.destroy());
    else await this.dataSource.destroy();
  }

  async #attempts<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(work, (runner) => this.dialect.begin(runner));
      } catch (error) {
        const trouble = this.dialect.troubleOf(error);
        if (attempt >= ATTEMPTS || (trouble !== 'conflict' && trouble !== 'duplicate')) throw error;
        await pause(Math.random() * 2 ** Math.min(attempt, 7));
      }
    }
  }

  async #attempt<T>(
    work: (transaction: Transaction) => Promise<T>,
    begin: (runner: QueryRunner) => Promise<void>,
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await begin(runner);
      const result = await work({ manager: runner.manager, forUpdate: (query) => this.dialect.forUpdate(query) });
      await this.dialect.commit(runner);
      return result;
    } catch (error) {
      // A lost connection has rolled back by itself; the first error is the one that tells why.
      await this.dialect.rollback(runner).catch(() => undefined);
      throw error;
    } finally {
      await runner.release();
    }
  }

  async #answer<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Fault || this.dialect.troubleOf(error) === 'other') throw error;
      throw new Fault('unavailable', 'The database cannot be reached. Try again in a moment.', {}, [], error);
    }
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
