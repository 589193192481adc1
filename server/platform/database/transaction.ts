/** What a transaction consists of besides its connection: the services' view, the order on a single connection, the network guard. */
import { AsyncLocalStorage, createHook } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';
import type { Dialect } from './dialects/dialect.ts';
import { buildInsert, type CommitQueue, type PlainRow, withSequenceNumbers } from './sql.ts';
import type { Transaction } from './store.ts';

/** The services' view of an open transaction. `queue` collects statements to run before the commit, `subjects` those to notify after it. */
export function createTransaction(
  dialect: Dialect,
  manager: EntityManager,
  queue: CommitQueue,
  subjects: Set<string>,
): Transaction {
  const insert = (table: string, rows: readonly PlainRow[], onConflict?: string) => {
    if (rows.length > 0) queue.statements.push(buildInsert(table, rows, onConflict));
  };
  return {
    manager,
    forUpdate: (query) => dialect.forUpdate(query),
    selectForUpdate: (select, values) => manager.query(select + dialect.forUpdateClause, [...values]),
    selectForUpdateSkipLocked: (select, values) =>
      manager.query(select + dialect.forUpdateSkipLockedClause, [...values]),
    beforeCommit: (statement) => void queue.statements.push(statement),
    insert,
    upsert: (table, keys, rows) => {
      const others = Object.keys(rows[0] ?? {}).filter((column) => !keys.includes(column));
      insert(table, rows, dialect.onConflictUpdate(keys, others));
    },
    insertNumbered: (counter, table, rows) =>
      void queue.numberedInserts.push(
        dialect.incrementCounter(counter, rows.length),
        buildInsert(table, withSequenceNumbers(rows, counter.column, dialect.counterValue(counter))),
      ),
    afterCommit: (subject) => void subjects.add(subject),
  };
}

/**
 * Runs one task at a time, in order of arrival. Needed because TypeORM has a single connection to SQLite, on which
 * overlapping transactions would share one BEGIN and one COMMIT.
 */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work, work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

// The network guard detects network use inside an open transaction. Such a transaction would hold its locks (on SQLite the
// only connection) until a remote DNS server or endpoint responds, and block every account. The async hook slows down every
// promise, so it is enabled in tests and development only.

/** Node's async resource types for DNS lookups and connection attempts. */
const NETWORK_RESOURCES: ReadonlySet<string> = new Set([
  'GETADDRINFOREQWRAP',
  'GETNAMEINFOREQWRAP',
  'QUERYWRAP',
  'TCPCONNECTWRAP',
  'PIPECONNECTWRAP',
  'UDPSENDWRAP',
]);

interface OpenTransaction {
  isOpen: boolean;
  violation: Error | null;
}

const current = new AsyncLocalStorage<OpenTransaction>();
const hook = createHook({
  init(_id, type) {
    if (!NETWORK_RESOURCES.has(type)) return;
    const transaction = current.getStore();
    // Recorded, not thrown: an exception in an async hook ends the process.
    if (transaction?.isOpen) transaction.violation ??= new NetworkInTransactionError(type);
  },
});
let isEnabled = false;

/** Its stack shows the code that used the network. */
export class NetworkInTransactionError extends Error {
  override readonly name = 'NetworkInTransactionError';

  constructor(resource: string) {
    super(
      `The network was used inside an open transaction (${resource}). Use it before, in the operation's prepare step.`,
    );
  }
}

/** Makes transactions of this process fail if they use the network. Cannot be undone. */
export function enableNetworkGuard(): void {
  if (isEnabled) return;
  isEnabled = true;
  hook.enable();
}

/** Runs the work of a transaction. With the guard enabled, rejects with NetworkInTransactionError if it used the network. */
export async function withoutNetwork<T>(work: () => Promise<T>): Promise<T> {
  if (!isEnabled) return work();
  const transaction: OpenTransaction = { isOpen: true, violation: null };
  try {
    const result = await current.run(transaction, work);
    if (transaction.violation) throw transaction.violation;
    return result;
  } finally {
    transaction.isOpen = false;
  }
}
