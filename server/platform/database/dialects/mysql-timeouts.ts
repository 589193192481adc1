/**
 * Adds timeouts to mysql2, which otherwise waits indefinitely for a free pool connection and for query results. Both are
 * also bounded by the deadline of the operation.
 */
import mysql2, { type PoolConnection, type PoolOptions } from 'mysql2';
import { toTimerMs } from '../../with-timeout.ts';
import { coalesceStatements } from './mysql-coalescing.ts';
import { initializeSession, type SessionStatement } from './mysql-session.ts';

export const POOL_TIMEOUT_CODE = 'NO_CONNECTION_FREE';
/** mysql2's own code, so that both kinds of timeout are classified alike. */
const QUERY_TIMEOUT_CODE = 'PROTOCOL_SEQUENCE_TIMEOUT';

/** For operations without a deadline. */
const ACQUIRE_TIMEOUT_MS = 5_000;
/** For operations without a deadline. Longer than the lock timeout and than any of our statements. */
const QUERY_TIMEOUT_MS = 10_000;

interface TimeoutDriver {
  /** The mysql2 module for TypeORM's `driver` option. */
  readonly driver: object;
  /** Called after the migrations, which may take any time: from then on queries time out. */
  enableQueryTimeouts(): void;
  /** Connects by the deadline (`performance.now()`), which also applies to the connection's queries until it is released. */
  connectBy(deadline: number, connect: () => Promise<PoolConnection>): Promise<void>;
}

/** `sessionInit` returns the statements that every new connection runs first. */
export function createTimeoutDriver(sessionInit: () => readonly SessionStatement[]): TimeoutDriver {
  let hasQueryTimeouts = false;
  /** Passes the deadline to the synchronous getConnection call below, because TypeORM has no parameter for it. */
  let acquireDeadline: number | undefined;
  const deadlines = new WeakMap<PoolConnection, number>();
  const initializing = new WeakMap<PoolConnection, Promise<void>>();
  const createPool = (options: PoolOptions) => {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection) => {
      initializing.set(connection, initialize(connection, sessionInit()));
      addQueryTimeouts(connection, () =>
        hasQueryTimeouts ? (deadlines.get(connection) ?? performance.now() + QUERY_TIMEOUT_MS) : null,
      );
      coalesceStatements(connection);
    });
    const getConnection = pool.getConnection.bind(pool);
    pool.getConnection = (callback) => {
      const onConnection: GetConnectionCallback = (error, connection) => {
        if (error) return callback(error, connection);
        deadlines.delete(connection);
        const ready = initializing.get(connection);
        if (!ready) return callback(null, connection);
        initializing.delete(connection);
        ready.then(
          () => callback(null, connection),
          (failure: NodeJS.ErrnoException) => callback(failure, undefined as never),
        );
      };
      return getConnection(withAcquireTimeout(onConnection, acquireDeadline));
    };
    return pool;
  };
  return {
    driver: { ...mysql2, createPool },
    enableQueryTimeouts() {
      hasQueryTimeouts = true;
    },
    async connectBy(deadline, connect) {
      acquireDeadline = deadline;
      let connecting: Promise<PoolConnection>;
      try {
        connecting = connect();
      } finally {
        acquireDeadline = undefined;
      }
      deadlines.set(await connecting, deadline);
    },
  };
}

type GetConnectionCallback = (error: NodeJS.ErrnoException | null, connection: PoolConnection) => unknown;

/** Calls the callback with an error at the deadline. A connection that arrives later is released to the pool. */
function withAcquireTimeout(
  callback: GetConnectionCallback,
  deadline = performance.now() + ACQUIRE_TIMEOUT_MS,
): GetConnectionCallback {
  const waitMs = toTimerMs(deadline - performance.now());
  let hasTimedOut = false;
  const timer = setTimeout(() => {
    hasTimedOut = true;
    const error = new Error(`No database connection became available within ${waitMs} ms`);
    callback(Object.assign(error, { code: POOL_TIMEOUT_CODE }), undefined as never);
  }, waitMs);
  return (error, connection) => {
    clearTimeout(timer);
    if (!hasTimedOut) callback(error, connection);
    else if (!error) connection.release();
  };
}

/** Destroys a connection whose session cannot be set up: its statements would mean something else. */
async function initialize(connection: PoolConnection, statements: readonly SessionStatement[]): Promise<void> {
  const run = (sql: string) =>
    new Promise((resolve, reject) =>
      connection.query(sql, (error, result) => (error ? reject(error) : resolve(result))),
    );
  // Nobody else does: the connection belongs to no operation yet.
  const timer = setTimeout(() => destroyStream(connection, createTimeoutError(QUERY_TIMEOUT_MS)), QUERY_TIMEOUT_MS);
  try {
    await initializeSession(run, statements);
  } catch (error) {
    connection.destroy();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

type Callback = (...results: unknown[]) => void;
/** `query(sql, [values], callback)`. */
type Query = (...args: unknown[]) => unknown;

/** ROLLBACK gets at least this long, even after the deadline: without it the connection could not be reused. */
const MIN_ROLLBACK_MS = 1_000;

/**
 * Destroys the connection when a query times out, because its outcome is unknown. The database rolls the transaction back
 * once it notices the closed connection, or after `wait_timeout`. `getDeadline` returns the deadline of a query that is sent
 * now; null for none.
 */
function addQueryTimeouts(connection: PoolConnection, getDeadline: () => number | null): void {
  const query = connection.query.bind(connection) as Query;
  const queryWithTimeout: Query = (...args) => {
    const callback = args.at(-1);
    const deadline = getDeadline();
    if (deadline === null || typeof callback !== 'function') return query(...args);
    const minMs = args[0] === 'ROLLBACK' ? MIN_ROLLBACK_MS : 0;
    const timeoutMs = Math.max(minMs, toTimerMs(deadline - performance.now()));
    // Not sent after the deadline: the outcome of a late COMMIT would be unknown.
    if (timeoutMs <= 0) return process.nextTick(callback as Callback, createTimeoutError(timeoutMs));
    const timer = setTimeout(() => destroyStream(connection, createTimeoutError(timeoutMs)), timeoutMs);
    const clearAndCallback: Callback = (...results) => {
      clearTimeout(timer);
      callback(...results);
    };
    return query(...args.slice(0, -1), clearAndCallback);
  };
  connection.query = queryWithTimeout as typeof connection.query;
}

const createTimeoutError = (timeoutMs: number): Error =>
  Object.assign(new Error(`The database did not respond within ${timeoutMs} ms`), { code: QUERY_TIMEOUT_CODE });

/** Every query that waits on the connection fails with the error. */
function destroyStream(connection: PoolConnection, error: Error): void {
  const { stream } = connection as unknown as { stream: { destroy(error: Error): void } };
  stream.destroy(error);
}
