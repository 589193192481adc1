/** What all stores of one database share. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { Bulkhead } from './bulkhead.ts';
import type { Transaction } from './store.ts';
import { Mutex } from './transaction.ts';

export class SharedState {
  readonly mutex = new Mutex();
  /** The transaction of the enclosing `runInTransaction`, if there is one. */
  readonly current = new AsyncLocalStorage<Transaction>();
  /** Active `runInTransaction` calls. */
  ambientCount = 0;
  readonly listeners = new Set<(subject: string) => void>();
  readonly bulkhead = new Bulkhead();
}
