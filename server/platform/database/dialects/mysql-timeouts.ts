/**
 * mysql2 waits for ever: for a connection of its pool to come free, and for an answer. Here both end in time, and no later
 * than the deadline of the operation that waits.
 */
import mysql2, { type PoolConnection, type PoolOptions } from 'mysql2';
import { toTimerMs } from '../../with-timeout.ts';
import { coalesceStatements } from './mysql-coalescing.ts';

export const POOL_TIMEOUT_CODE = 'NO_CONNECTION_FREE';
/** As mysql2 calls it. */
const QUERY_TIMEOUT_CODE = 'PROTOCOL_SEQUENCE_TIMEOUT';

/** Without a deadline. */
const ACQUIRE_TIMEOUT_MS = 5_000;
/** Without a deadline. Longer than a statement waits for a lock, and than any of ours takes. */
const QUERY_TIMEOUT_MS = 10_000;

interface TimeoutDriver {
  /** mysql2 as TypeORM takes it. */
  readonly driver: object;
  /** From now on answers are bounded too. Migrations take as long as they take. */
  enableQueryTimeouts(): void;
  /** Connects by the deadline (`performance.now()`); the connection's statements end by it too, until it is released. */
  connectBy(deadline: number, connect: () => Promise<PoolConnection>): Promise<void>;
}

/** `greeting` tells the statements that a connection is told first. */
export function createTimeoutDriver(sessionInit: () => readonly string[]): TimeoutDriver {
  let hasQueryTimeouts = false;
  /** Of the call of getConnection that is made now. TypeORM hands nothing of ours down to it, but calls it at once. */
  let waitUntil: number | undefined;
  const deadlines = new WeakMap<PoolConnection, number>();
  const createPool = (options: PoolOptions) => {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection) => {
      for (const statement of sessionInit()) connection.query(statement, (error) => error && connection.destroy());
      addQueryTimeouts(connection, () =>
        hasQueryTimeouts ? (deadlines.get(connection) ?? performance.now() + QUERY_TIMEOUT_MS) : null,
      );
      coalesceStatements(connection);
    });
    const getConnection = pool.getConnection.bind(pool);
    pool.getConnection = (callback) => {
      const handOut: GetConnectionCallback = (error, connection) => {
        if (!error) deadlines.delete(connection);
        callback(error, connection);
      };
      return getConnection(withAcquireTimeout(handOut, waitUntil));
    };
    return pool;
  };
  return {
    driver: { ...mysql2, createPool },
    enableQueryTimeouts() {
      hasQueryTimeouts = true;
    },
    async connectBy(deadline, connect) {
      waitUntil = deadline;
      let connecting: Promise<PoolConnection>;
      try {
        connecting = connect();
      } finally {
        waitUntil = undefined;
      }
      deadlines.set(await connecting, deadline);
    },
  };
}

type GetConnectionCallback = (error: NodeJS.ErrnoException | null, connection: PoolConnection) => unknown;

/** The same callback, called with an error when it has waited for too long. A connection that comes later goes back. */
function withAcquireTimeout(
  callback: GetConnectionCallback,
  deadline = performance.now() + ACQUIRE_TIMEOUT_MS,
): GetConnectionCallback {
  const waitMs = toTimerMs(deadline - performance.now());
  let hasTimedOut = false;
  const timer = setTimeout(() => {
    hasTimedOut = true;
    const error = new Error(`No connection to the database came free within ${waitMs} ms`);
    callback(Object.assign(error, { code: POOL_TIMEOUT_CODE }), undefined as never);
  }, waitMs);
  return (error, connection) => {
    clearTimeout(timer);
    if (!hasTimedOut) callback(error, connection);
    else if (!error) connection.release();
  };
}

type Callback = (...results: unknown[]) => void;
/** A statement, its values if it has some, and the callback. */
type Query = (...args: unknown[]) => unknown;

/** An end of a transaction is sent in any case: without it the connection is lost for the next one. */
const ROLLBACK_MS = 1_000;

/**
 * Breaks the connection under a statement that is not answered in time: what it has done, or still does, is known to the
 * database alone, which rolls its transaction back when it finds the connection gone, or silent for `wait_timeout`.
 * `deadlineOf` tells until when a statement that is sent now may take; null for as long as it takes.
 */
function addQueryTimeouts(connection: PoolConnection, deadlineOf: () => number | null): void {
  const { stream } = connection as unknown as { stream: { destroy(error: Error): void } };
  const query = connection.query.bind(connection) as Query;
  const queryWithTimeout: Query = (...given) => {
    const callback = given.at(-1);
    const deadline = deadlineOf();
    if (deadline === null || typeof callback !== 'function') return query(...given);
    const leastMs = given[0] === 'ROLLBACK' ? ROLLBACK_MS : 0;
    const answerMs = Math.max(leastMs, toTimerMs(deadline - performance.now()));
    const late = () => {
      const error = new Error(`The database gave no answer within ${answerMs} ms`);
      return Object.assign(error, { code: QUERY_TIMEOUT_CODE });
    };
    // One that comes too late is not sent: of a COMMIT nobody would know whether it took effect.
    if (answerMs <= 0) return process.nextTick(callback as Callback, late());
    const timer = setTimeout(() => stream.destroy(late()), answerMs);
    const clearAndCallback: Callback = (...results) => {
      clearTimeout(timer);
      callback(...results);
    };
    return query(...given.slice(0, -1), clearAndCallback);
  };
  connection.query = queryWithTimeout as typeof connection.query;
}
