/**
 * The usual way is one round trip per statement. Here START TRANSACTION and statements without a result wait for the next one
 * and share its packet: bench/README.md, 22 November 2026, 0.96 → 1.37 of the bare UPDATE with a new status on MySQL.
 * When mysql2 or TypeORM change: run mysql-one-packet.test.ts and test/behaviour/storage; without `useOnePacket` all works, slower.
 *
 * Each round trip is also an event-loop tick under load for which rows stay locked. The database stops at the first
 * statement that fails, so a COMMIT behind it is not reached.
 */
import type { PoolConnection } from 'mysql2';
import type { Statement } from '../sql.ts';
import { requireOneStatement } from './one-statement.ts';

type QueryCallback = (error: unknown, result?: unknown, fields?: unknown) => void;
/** A statement, its values if it has some, and the callback. */
type Query = (...args: unknown[]) => unknown;
type Send = (...given: unknown[]) => unknown;

const TRANSACTION_START = /^(START TRANSACTION|SET TRANSACTION ISOLATION LEVEL [A-Z ]+)$/;
/**
 * No value has it inside: in a value the driver writes the end of a line in another way. Its first line end closes a
 * comment at the end of a statement, which would swallow the next one.
 */
const SEPARATOR = '\n;\n';

const queues = new WeakMap<PoolConnection, Statement[]>();

/** The connection's next statement takes this one with it. Throws for a connection that holds nothing back. */
export function queueForNextQuery(connection: PoolConnection, statement: Statement): void {
  requireOneStatement(statement.sql);
  const queue = queues.get(connection);
  if (!queue) throw new Error('Statements can only wait on a connection that useOnePacket was called for');
  queue.push(statement);
}

/**
 * From now on the connection buffers START TRANSACTION, and queued statements, until its next command. A command that
 * cannot share a packet (execute, prepare, a stream) is preceded by them; one that would overtake them is refused.
 */
export function coalesceStatements(connection: PoolConnection): void {
  const waiting: Statement[] = [];
  queues.set(connection, waiting);
  const query = connection.query.bind(connection) as Query;
  /** Sends what waits in a packet of its own. After a failure no later command may run outside its transaction. */
  const flush = (): void => {
    if (waiting.length === 0) return;
    const { text, values } = joinStatements(waiting.splice(0));
    query(text, values, (error: unknown) => error && connection.destroy());
  };
  const coalescingQuery: Query = (given, ...rest) => {
    const callback = rest.at(-1) as QueryCallback;
    requireOneStatement(textOf(given));
    if (typeof given !== 'string' || typeof callback !== 'function') {
      flush();
      return query(given, ...rest);
    }
    const statement = { sql: given, values: Array.isArray(rest[0]) ? rest[0] : [] };
    if (isTransactionStart(statement)) {
      waiting.push(statement);
      return process.nextTick(callback, null, EMPTY_RESULT, []);
    }
    const queued = waiting.splice(0);
    if (endsUnsentTransaction(given, queued)) return process.nextTick(callback, null, EMPTY_RESULT, []);
    if (given === 'ROLLBACK' || queued.length === 0) return query(given, ...rest);
    const { text, values } = joinStatements([...queued, statement]);
    return query(text, values, withLastResult(callback));
  };
  connection.query = coalescingQuery as typeof connection.query;
  for (const name of ['execute', 'prepare'] as const) {
    const send = (connection[name] as Send).bind(connection);
    const flushing: Send = (...given) => {
      flush();
      return send(...given);
    };
    connection[name] = flushing as never;
  }
  refuseOvertaking(connection, waiting);
}

/**
 * Every command of mysql2 goes through `addCommand`, also those that nobody here has thought of. One that goes to the
 * database while a transaction's beginning still waits would take effect outside of it, and its end would be faked.
 */
function refuseOvertaking(connection: PoolConnection, waiting: readonly Statement[]): void {
  const driver = connection as unknown as { addCommand: Send };
  if (typeof driver.addCommand !== 'function') throw new Error('mysql2 has no addCommand: see mysql-one-packet.ts');
  const add = driver.addCommand.bind(connection);
  driver.addCommand = (...given) => {
    if (waiting.length === 0) return add(...given);
    connection.destroy();
    throw new Error('A command would overtake the beginning of its transaction, so the connection was closed');
  };
}

/** The statement of `query('…')`, `query({ sql: '…' })` or a query object. */
const textOf = (given: unknown): string =>
  typeof given === 'string' ? given : String((given as { sql?: unknown } | null)?.sql ?? '');

const EMPTY_RESULT = { affectedRows: 0 };

const isTransactionStart = ({ sql }: Statement): boolean => TRANSACTION_START.test(sql);

/**
 * True for the end of a transaction of which the database has not heard and need not hear: its beginning still waits, so
 * no command was sent since.
 */
const endsUnsentTransaction = (sql: string, before: readonly Statement[]): boolean =>
  before.some(isTransactionStart) && (sql === 'ROLLBACK' || (sql === 'COMMIT' && before.every(isTransactionStart)));

/** The driver finds the places for values outside of literals and comments, so none is given to another statement. */
const joinStatements = (statements: readonly Statement[]) => ({
  text: statements.map(({ sql }) => sql).join(SEPARATOR),
  values: statements.flatMap(({ values }) => values),
});

/** Of several statements mysql2 tells all results, or the first error. */
const withLastResult =
  (answer: QueryCallback): QueryCallback =>
  (error, results, fields) =>
    error ? answer(error) : answer(null, (results as unknown[]).at(-1), (fields as unknown[]).at(-1));
