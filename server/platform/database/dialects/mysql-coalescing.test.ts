import type { PoolConnection } from 'mysql2';
import { expect, test } from 'vitest';
import { coalesceStatements, queueForNextQuery } from './mysql-coalescing.ts';

type Callback = (error: unknown, results?: unknown, fields?: unknown) => void;

/** A stand-in for a mysql2 connection: every command succeeds and is recorded. */
function createFakeConnection() {
  const sent: string[] = [];
  let isDestroyed = false;
  const connection = {
    addCommand: (command: string) => void sent.push(command),
    query(query: string | { sql: string }, ...rest: unknown[]) {
      const values = Array.isArray(rest[0]) ? [...rest[0]] : [];
      const text = typeof query === 'string' ? query : query.sql;
      this.addCommand(text.replaceAll('?', () => String(values.shift())));
      const callback = rest.at(-1);
      if (typeof callback === 'function') process.nextTick(callback as Callback, null, [{}, {}, {}], [[], [], []]);
    },
    execute(sql: string, ...rest: unknown[]) {
      this.addCommand(`execute ${sql}`);
      process.nextTick(rest.at(-1) as Callback, null, {}, []);
    },
    prepare(sql: string) {
      this.addCommand(`prepare ${sql}`);
    },
    ping() {
      this.addCommand('ping');
    },
    destroy: () => {
      isDestroyed = true;
    },
  };
  const pooled = connection as unknown as PoolConnection;
  coalesceStatements(pooled);
  const run = (method: 'query' | 'execute', sql: string) =>
    new Promise<void>((resolve, reject) =>
      pooled[method](sql, (error: unknown) => (error ? reject(error as Error) : resolve())),
    );
  return { connection, pooled, sent, run, isDestroyed: () => isDestroyed };
}

type FakeConnection = ReturnType<typeof createFakeConnection>;
type UnbatchedCommand = readonly [name: string, send: (driver: FakeConnection) => unknown, expected: string];

/** Commands that cannot share a packet. */
const UNBATCHED_COMMANDS: readonly UnbatchedCommand[] = [
  ['execute', ({ run }) => run('execute', 'UPDATE a SET b = 1'), 'execute UPDATE a SET b = 1'],
  ['prepare', ({ pooled }) => pooled.prepare('SELECT 2', () => undefined), 'prepare SELECT 2'],
  ['a stream', ({ pooled }) => pooled.query('SELECT 3'), 'SELECT 3'],
  ['options', ({ pooled }) => pooled.query({ sql: 'SELECT 4' }, () => undefined), 'SELECT 4'],
];

test('START TRANSACTION shares the first query, and queued statements share the COMMIT', async () => {
  const { pooled, sent, run } = createFakeConnection();
  await run('query', 'START TRANSACTION');
  await run('query', 'SELECT 1');
  queueForNextQuery(pooled, { sql: 'UPDATE a SET b = ?', values: [7] });
  await run('query', 'COMMIT');
  expect(sent).toEqual(['START TRANSACTION\n;\nSELECT 1', 'UPDATE a SET b = 7\n;\nCOMMIT']);
});

test('an empty transaction sends nothing', async () => {
  const { sent, run } = createFakeConnection();
  await run('query', 'START TRANSACTION');
  await run('query', 'COMMIT');
  await run('query', 'START TRANSACTION');
  await run('query', 'ROLLBACK');
  expect(sent).toEqual([]);
});

test.each(UNBATCHED_COMMANDS)(
  '%s is sent after START TRANSACTION, and ROLLBACK is sent too',
  async (_name, send, expected) => {
    const driver = createFakeConnection();
    await driver.run('query', 'START TRANSACTION');
    send(driver);
    await driver.run('query', 'ROLLBACK');
    expect(driver.sent).toEqual(['START TRANSACTION', expected, 'ROLLBACK']);
  },
);

test('an unwrapped command that would overtake START TRANSACTION is refused and closes the connection', async () => {
  const { connection, sent, run, isDestroyed } = createFakeConnection();
  await run('query', 'START TRANSACTION');
  expect(() => connection.ping()).toThrow(/overtake/);
  expect(isDestroyed()).toBe(true);
  expect(sent).toEqual([]);
});

test('between transactions every command is sent', () => {
  const { connection, sent } = createFakeConnection();
  connection.ping();
  expect(sent).toEqual(['ping']);
});

test('queueing fails on a connection without coalescing', () => {
  expect(() => queueForNextQuery({} as PoolConnection, { sql: 'SELECT 1', values: [] })).toThrow(/coalesceStatements/);
});
