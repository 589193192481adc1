/**
 * Statements whose answers nobody needs go to the database with the next one, in one packet. Each packet is a way there and
 * back, and under load a turn of the event loop, for which rows stay locked: an update of a session takes two of them so
 * where it took up to nine. The database stops at the first statement that fails, so a COMMIT behind it is not reached.
 */
import type { PoolConnection } from 'mysql2';
import type { Statement } from '../statement.ts';

type Answer = (error: unknown, result?: unknown, fields?: unknown) => void;
/** A statement, its values if it has some, and the callback. */
type Query = (...given: unknown[]) => unknown;

const OPENING = /^(START TRANSACTION|SET TRANSACTION ISOLATION LEVEL [A-Z ]+)$/;
/** No value has it inside: in a value the driver writes the end of a line in another way. */
const BETWEEN = ';\n';

const held = new WeakMap<PoolConnection, Statement[]>();

/** The connection's next statement takes this one with it. */
export function sendWithNext(connection: PoolConnection, statement: Statement): void {
  requireOne(statement.sql);
  held.get(connection)?.push(statement);
}

/** From now on the connection keeps the beginning of a transaction, and what it is told to, until its next statement. */
export function useOnePacket(connection: PoolConnection): void {
  const waiting: Statement[] = [];
  held.set(connection, waiting);
  const query = connection.query.bind(connection) as Query;
  const joining: Query = (sql, ...rest) => {
    const answer = rest.at(-1) as Answer;
    if (typeof sql !== 'string' || typeof answer !== 'function') {
      if (waiting.length > 0)
        throw new Error('Only a text with a callback can take the beginning of its transaction with it');
      return query(sql, ...rest);
    }
    requireOne(sql);
    const statement = { sql, values: Array.isArray(rest[0]) ? rest[0] : [] };
    if (isOpening(statement)) {
      waiting.push(statement);
      return process.nextTick(answer, null, NOTHING_DONE, []);
    }
    const before = waiting.splice(0);
    if (endsUnopened(sql, before)) return process.nextTick(answer, null, NOTHING_DONE, []);
    if (sql === 'ROLLBACK' || before.length === 0) return query(sql, ...rest);
    const { text, values } = joined([...before, statement]);
    return query(text, values, lastOf(answer));
  };
  connection.query = joining as typeof connection.query;
}

/** Whatever else puts several into one text, as an injection would, is refused. */
function requireOne(sql: string): void {
  if (sql.includes(';')) throw new Error(`Statements are joined in one place, and this is more than one: ${sql}`);
}

const NOTHING_DONE = { affectedRows: 0 };

const isOpening = ({ sql }: Statement): boolean => OPENING.test(sql);

/** True for the end of a transaction of which the database has not heard and need not hear. */
const endsUnopened = (sql: string, before: readonly Statement[]): boolean =>
  before.some(isOpening) && (sql === 'ROLLBACK' || (sql === 'COMMIT' && before.every(isOpening)));

const joined = (statements: readonly Statement[]) => ({
  text: statements.map(({ sql }) => sql).join(BETWEEN),
  values: statements.flatMap(({ values }) => values),
});

/** Of several statements mysql2 tells all results, or the first error. */
const lastOf =
  (answer: Answer): Answer =>
  (error, results, fields) =>
    error ? answer(error) : answer(null, (results as unknown[]).at(-1), (fields as unknown[]).at(-1));
