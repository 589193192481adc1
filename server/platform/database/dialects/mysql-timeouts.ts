/** mysql2 waits for ever: for a connection of its pool to come free, and for an answer. Here both end in time. */
import mysql2, { type PoolConnection, type PoolOptions } from 'mysql2';
import { coalesceStatements } from './mysql-coalescing.ts';

export const POOL_TIMEOUT_CODE = 'NO_CONNECTION_FREE';
/** As mysql2 calls it. */
const QUERY_TIMEOUT_CODE = 'PROTOCOL_SEQUENCE_TIMEOUT';

const ACQUIRE_TIMEOUT_MS = 5_000;
/** Longer than a statement waits for a lock, and than any of ours takes. */
const QUERY_TIMEOUT_MS = 10_000;

interface TimeoutDriver {
  /** mysql2 as TypeORM takes it. */
  readonly driver: object;
  /** From now on answers are bounded too. Migrations take as long as they take. */
  enableQueryTimeouts(): void;
}

/** `greeting` tells the statements that a connection is told first. */
export function createTimeoutDriver(sessionInit: () => readonly string[]): TimeoutDriver {
  let hasQueryTimeouts = false;
  const createPool = (options: PoolOptions) => {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection) => {
      for (const statement of sessionInit()) connection.query(statement, (error) => error && connection.destroy());
      addQueryTimeouts(connection, () => hasQueryTimeouts);
      coalesceStatements(connection);
    });
    const getConnection = pool.getConnection.bind(pool);
    pool.getConnection = (callback) => getConnection(withAcquireTimeout(callback));
    return pool;
  };
  return {
    driver: { ...mysql2, createPool },
    enableQueryTimeouts() {
      hasQueryTimeouts = true;
    },
  };
}

type GetConnectionCallback = (error: NodeJS.ErrnoException | null, connection: PoolConnection) => unknown;

/** The same callback, called with an error when it has waited for too long. A connection that comes later goes back. */
function withAcquireTimeout(callback: GetConnectionCallback): GetConnectionCallback {
  let hasTimedOut = false;
  const timer = setTimeout(() => {
    hasTimedOut = true;
    const error = new Error(`No connection to the database came free within ${ACQUIRE_TIMEOUT_MS} ms`);
    callback(Object.assign(error, { code: POOL_TIMEOUT_CODE }), undefined as never);
  }, ACQUIRE_TIMEOUT_MS);
  return (error, connection) => {
    clearTimeout(timer);
    if (!hasTimedOut) callback(error, connection);
    else if (!error) connection.release();
  };
}

type Callback = (...results: unknown[]) => void;
/** A statement, its values if it has some, and the callback. */
type Query = (...args: unknown[]) => unknown;

/**
 * Breaks the connection under a statement that is not answered in time: what it has done, or still does, is known to the
 * database alone, which rolls its transaction back when it finds the connection gone.
 */
function addQueryTimeouts(connection: PoolConnection, hasQueryTimeouts: () => boolean): void {
  const { stream } = connection as unknown as { stream: { destroy(error: Error): void } };
  const query = connection.query.bind(connection) as Query;
  const queryWithTimeout: Query = (...args) => {
    const callback = args.at(-1);
    if (!hasQueryTimeouts() || typeof callback !== 'function') return query(...args);
    const timer = setTimeout(() => {
      const error = new Error(`The database gave no answer within ${QUERY_TIMEOUT_MS} ms`);
      stream.destroy(Object.assign(error, { code: QUERY_TIMEOUT_CODE }));
    }, QUERY_TIMEOUT_MS);
    const clearAndCallback: Callback = (...results) => {
      clearTimeout(timer);
      callback(...results);
    };
    return query(...args.slice(0, -1), clearAndCallback);
  };
  connection.query = queryWithTimeout as typeof connection.query;
}
