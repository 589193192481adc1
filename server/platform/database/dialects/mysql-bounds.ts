/** mysql2 waits for ever: for a connection of its pool to come free, and for an answer. Here both end in time. */
import mysql2, { type PoolConnection, type PoolOptions } from 'mysql2';
import { useOnePacket } from './mysql-one-packet.ts';

export const NO_CONNECTION_FREE = 'NO_CONNECTION_FREE';
/** As mysql2 calls it. */
const NO_ANSWER = 'PROTOCOL_SEQUENCE_TIMEOUT';

const WAIT_MS = 5_000;
/** Longer than a statement waits for a lock, and than any of ours takes. */
const ANSWER_MS = 10_000;

interface BoundedDriver {
  /** mysql2 as TypeORM takes it. */
  readonly driver: object;
  /** From now on answers are bounded too. Migrations take as long as they take. */
  bound(): void;
}

/** `greeting` tells the statements that a connection is told first. */
export function boundedDriver(greeting: () => readonly string[]): BoundedDriver {
  let isBounded = false;
  const createPool = (options: PoolOptions) => {
    const pool = mysql2.createPool(options);
    pool.on('connection', (connection) => {
      for (const statement of greeting()) connection.query(statement, (error) => error && connection.destroy());
      boundAnswers(connection, () => isBounded);
      useOnePacket(connection);
    });
    const getConnection = pool.getConnection.bind(pool);
    pool.getConnection = (callback) => getConnection(inTime(callback));
    return pool;
  };
  return {
    driver: { ...mysql2, createPool },
    bound() {
      isBounded = true;
    },
  };
}

type OnConnection = (error: NodeJS.ErrnoException | null, connection: PoolConnection) => unknown;

/** The same callback, called with an error when it has waited for too long. A connection that comes later goes back. */
function inTime(callback: OnConnection): OnConnection {
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    const error = new Error(`No connection to the database came free within ${WAIT_MS} ms`);
    callback(Object.assign(error, { code: NO_CONNECTION_FREE }), undefined as never);
  }, WAIT_MS);
  return (error, connection) => {
    clearTimeout(timer);
    if (!isLate) callback(error, connection);
    else if (!error) connection.release();
  };
}

type Callback = (...results: unknown[]) => void;
/** A statement, its values if it has some, and the callback. */
type Query = (...given: unknown[]) => unknown;

/**
 * Breaks the connection under a statement that is not answered in time: what it has done, or still does, is known to the
 * database alone, which rolls its transaction back when it finds the connection gone.
 */
function boundAnswers(connection: PoolConnection, isBounded: () => boolean): void {
  const { stream } = connection as unknown as { stream: { destroy(error: Error): void } };
  const query = connection.query.bind(connection) as Query;
  const bounded: Query = (...given) => {
    const callback = given.at(-1);
    if (!isBounded() || typeof callback !== 'function') return query(...given);
    const timer = setTimeout(() => {
      const error = new Error(`The database gave no answer within ${ANSWER_MS} ms`);
      stream.destroy(Object.assign(error, { code: NO_ANSWER }));
    }, ANSWER_MS);
    const answered: Callback = (...results) => {
      clearTimeout(timer);
      callback(...results);
    };
    return query(...given.slice(0, -1), answered);
  };
  connection.query = bounded as typeof connection.query;
}
