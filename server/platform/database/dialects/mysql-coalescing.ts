/**
 * The ordinary way: one round trip per statement. Here START TRANSACTION and queued statements share the packet of the next query.
 * Saves: 2,010 → 2,620 heartbeats/s with a new status on MySQL, 64 connections (bench/README.md, 25 November 2026).
 * When mysql2 or TypeORM changes: run mysql-coalescing.test.ts and test/behaviour/storage. The fallback, only slower: do not
 * call `coalesceStatements`, and let `commit` in mysql.ts run the queued statements one by one, as sqlite.ts does.
 *
 * Under load each round trip also costs an event-loop tick during which rows stay locked. The database stops at the first
 * failing statement, so a COMMIT after it never runs.
 */
import type { PoolConnection } from 'mysql2';
import type { Statement } from '../sql.ts';
import { requireOneStatement } from './one-statement.ts';

type QueryCallback = (error: unknown, result?: unknown, fields?: unknown) => void;
/** `query(sql, [values], callback)`. */
type Query = (...args: unknown[]) => unknown;
type Command = (...args: unknown[]) => unknown;

const TRANSACTION_START = /^(START TRANSACTION|SET TRANSACTION ISOLATION LEVEL [A-Z ]+)$/;
/**
 * Cannot occur inside a value, because the driver escapes line breaks. The first line break ends a trailing `--` comment,
 * which would otherwise swallow the next statement.
 */
const SEPARATOR = '\n;\n';

const queues = new WeakMap<PoolConnection, Statement[]>();

/** Sends the statement together with the connection's next query. Throws unless `coalesceStatements` was applied to it. */
export function queueForNextQuery(connection: PoolConnection, statement: Statement): void {
  requireOneStatement(statement.sql);
  const queue = queues.get(connection);
  if (!queue) throw new Error('Cannot queue a statement: coalesceStatements was not applied to this connection');
  queue.push(statement);
}

/**
 * Buffers START TRANSACTION and queued statements until the next query on this connection. Commands that cannot share a
 * packet (execute, prepare, a stream) flush the buffer first; a command that would overtake it is refused.
 */
export function coalesceStatements(connection: PoolConnection): void {
  const queue: Statement[] = [];
  queues.set(connection, queue);
  const query = connection.query.bind(connection) as Query;
  /** Sends the buffer by itself. On failure the connection is destroyed: a later command would run outside its transaction. */
  const flush = (): void => {
    if (queue.length === 0) return;
    const { text, values } = joinStatements(queue.splice(0));
    query(text, values, (error: unknown) => error && connection.destroy());
  };
  const coalescingQuery: Query = (first, ...rest) => {
    const callback = rest.at(-1) as QueryCallback;
    requireOneStatement(toSql(first));
    if (typeof first !== 'string' || typeof callback !== 'function') {
      flush();
      return query(first, ...rest);
    }
    const statement = { sql: first, values: Array.isArray(rest[0]) ? rest[0] : [] };
    if (isTransactionStart(statement)) {
      queue.push(statement);
      return process.nextTick(callback, null, EMPTY_RESULT, []);
    }
    const queued = queue.splice(0);
    if (endsUnsentTransaction(first, queued)) return process.nextTick(callback, null, EMPTY_RESULT, []);
    if (first === 'ROLLBACK' || queued.length === 0) return query(first, ...rest);
    const { text, values } = joinStatements([...queued, statement]);
    return query(text, values, withLastResult(callback));
  };
  connection.query = coalescingQuery as typeof connection.query;
  for (const name of ['execute', 'prepare'] as const) {
    const send = (connection[name] as Command).bind(connection);
    const sendAfterFlush: Command = (...args) => {
      flush();
      return send(...args);
    };
    connection[name] = sendAfterFlush as never;
  }
  refuseOvertaking(connection, queue);
}

/**
 * Closes the connection on any command sent while START TRANSACTION is buffered: it would take effect outside the
 * transaction. Hooks `addCommand` because every mysql2 command goes through it, including ones not wrapped above.
 */
function refuseOvertaking(connection: PoolConnection, queue: readonly Statement[]): void {
  const driver = connection as unknown as { addCommand: Command };
  if (typeof driver.addCommand !== 'function')
    throw new Error('mysql2 has no addCommand any more: see mysql-coalescing.ts');
  const add = driver.addCommand.bind(connection);
  driver.addCommand = (...args) => {
    if (queue.length === 0) return add(...args);
    connection.destroy();
    throw new Error('A command would overtake the buffered START TRANSACTION, so the connection was closed');
  };
}

/** The SQL of `query('…')`, `query({ sql: '…' })` or a query object. */
const toSql = (query: unknown): string =>
  typeof query === 'string' ? query : String((query as { sql?: unknown } | null)?.sql ?? '');

const EMPTY_RESULT = { affectedRows: 0 };

const isTransactionStart = ({ sql }: Statement): boolean => TRANSACTION_START.test(sql);

/** True for the end of a transaction whose START TRANSACTION is still buffered: nothing of it needs to be sent. */
const endsUnsentTransaction = (sql: string, before: readonly Statement[]): boolean =>
  before.some(isTransactionStart) && (sql === 'ROLLBACK' || (sql === 'COMMIT' && before.every(isTransactionStart)));

/** The driver ignores `?` in literals and comments, so the values stay with their own statements. */
const joinStatements = (statements: readonly Statement[]) => ({
  text: statements.map(({ sql }) => sql).join(SEPARATOR),
  values: statements.flatMap(({ values }) => values),
});

/** For several statements mysql2 returns all results, or the first error. */
const withLastResult =
  (callback: QueryCallback): QueryCallback =>
  (error, results, fields) =>
    error ? callback(error) : callback(null, (results as unknown[]).at(-1), (fields as unknown[]).at(-1));
