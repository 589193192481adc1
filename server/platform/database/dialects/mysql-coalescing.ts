/**
 * Statements whose answers nobody needs go to the database with the next one, in one packet. Each packet is a way there and
 * back, and under load a turn of the event loop, for which rows stay locked: an update of a session takes two of them so
 * where it took up to nine. The database stops at the first statement that fails, so a COMMIT behind it is not reached.
 */
import type { PoolConnection } from 'mysql2';
import type { Statement } from '../sql.ts';

type QueryCallback = (error: unknown, result?: unknown, fields?: unknown) => void;
/** A statement, its values if it has some, and the callback. */
type Query = (...args: unknown[]) => unknown;

const TRANSACTION_START = /^(START TRANSACTION|SET TRANSACTION ISOLATION LEVEL [A-Z ]+)$/;
/** No value has it inside: in a value the driver writes the end of a line in another way. */
const SEPARATOR = ';\n';

const queues = new WeakMap<PoolConnection, Statement[]>();

/** The connection's next statement takes this one with it. */
export function queueForNextQuery(connection: PoolConnection, statement: Statement): void {
  requireSingleStatement(statement.sql);
  queues.get(connection)?.push(statement);
}

/** From now on the connection keeps the beginning of a transaction, and what it is told to, until its next statement. */
export function coalesceStatements(connection: PoolConnection): void {
  const queue: Statement[] = [];
  queues.set(connection, queue);
  const query = connection.query.bind(connection) as Query;
  const coalescingQuery: Query = (sql, ...rest) => {
    const callback = rest.at(-1) as QueryCallback;
    if (typeof sql !== 'string' || typeof callback !== 'function') {
      if (queue.length > 0)
        throw new Error('Only a text with a callback can take the beginning of its transaction with it');
      return query(sql, ...rest);
    }
    requireSingleStatement(sql);
    const statement = { sql, values: Array.isArray(rest[0]) ? rest[0] : [] };
    if (isTransactionStart(statement)) {
      queue.push(statement);
      return process.nextTick(callback, null, EMPTY_RESULT, []);
    }
    const queued = queue.splice(0);
    if (endsUnsentTransaction(sql, queued)) return process.nextTick(callback, null, EMPTY_RESULT, []);
    if (sql === 'ROLLBACK' || queued.length === 0) return query(sql, ...rest);
    const { text, values } = joinStatements([...queued, statement]);
    return query(text, values, withLastResult(callback));
  };
  connection.query = coalescingQuery as typeof connection.query;
}

/** Whatever else puts several into one text, as an injection would, is refused. */
function requireSingleStatement(sql: string): void {
  if (sql.includes(';')) throw new Error(`Statements are joined in one place, and this is more than one: ${sql}`);
}

const EMPTY_RESULT = { affectedRows: 0 };

const isTransactionStart = ({ sql }: Statement): boolean => TRANSACTION_START.test(sql);

/** True for the end of a transaction of which the database has not heard and need not hear. */
const endsUnsentTransaction = (sql: string, queued: readonly Statement[]): boolean =>
  queued.some(isTransactionStart) && (sql === 'ROLLBACK' || (sql === 'COMMIT' && queued.every(isTransactionStart)));

const joinStatements = (statements: readonly Statement[]) => ({
  text: statements.map(({ sql }) => sql).join(SEPARATOR),
  values: statements.flatMap(({ values }) => values),
});

/** Of several statements mysql2 tells all results, or the first error. */
const withLastResult =
  (callback: QueryCallback): QueryCallback =>
  (error, results, fields) =>
    error ? callback(error) : callback(null, (results as unknown[]).at(-1), (fields as unknown[]).at(-1));
