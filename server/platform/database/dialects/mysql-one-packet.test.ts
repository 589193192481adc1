import type { PoolConnection } from 'mysql2';
import { expect, test } from 'vitest';
import { coalesceStatements, queueForNextQuery } from './mysql-coalescing.ts';

type Callback = (error: unknown, results?: unknown, fields?: unknown) => void;

/** A connection as mysql2 makes it, whose database succeeds with everything and remembers what it has heard. */
function fake() {
  const heard: string[] = [];
  let isDestroyed = false;
  const connection = {
    addCommand: (command: string) => void heard.push(command),
    query(given: string | { sql: string }, ...rest: unknown[]) {
      const values = Array.isArray(rest[0]) ? [...rest[0]] : [];
      const text = typeof given === 'string' ? given : given.sql;
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
  const run = (way: 'query' | 'execute', sql: string) =>
    new Promise<void>((resolve, reject) =>
      pooled[way](sql, (error: unknown) => (error ? reject(error as Error) : resolve())),
    );
  return { connection, pooled, heard, run, isDestroyed: () => isDestroyed };
}

type Fake = ReturnType<typeof fake>;
type Way = readonly [name: string, send: (driver: Fake) => unknown, said: string];

/** Commands that cannot share a packet. */
const OTHER_WAYS: readonly Way[] = [
  ['execute', ({ run }) => run('execute', 'UPDATE a SET b = 1'), 'execute UPDATE a SET b = 1'],
  ['prepare', ({ pooled }) => pooled.prepare('SELECT 2', () => undefined), 'prepare SELECT 2'],
  ['a stream', ({ pooled }) => pooled.query('SELECT 3'), 'SELECT 3'],
  ['options', ({ pooled }) => pooled.query({ sql: 'SELECT 4' }, () => undefined), 'SELECT 4'],
];

test('the beginning goes with the first statement, and what waits goes with the end', async () => {
  const { pooled, heard, run } = fake();
  await run('query', 'START TRANSACTION');
  await run('query', 'SELECT 1');
  queueForNextQuery(pooled, { sql: 'UPDATE a SET b = ?', values: [7] });
  await run('query', 'COMMIT');
  expect(heard).toEqual(['START TRANSACTION\n;\nSELECT 1', 'UPDATE a SET b = 7\n;\nCOMMIT']);
});

test('a transaction without a statement is not heard of', async () => {
  const { heard, run } = fake();
  await run('query', 'START TRANSACTION');
  await run('query', 'COMMIT');
  await run('query', 'START TRANSACTION');
  await run('query', 'ROLLBACK');
  expect(heard).toEqual([]);
});

test.each(OTHER_WAYS)(
  '%s comes after the beginning of its transaction, whose end is sent',
  async (_way, send, said) => {
    const driver = fake();
    await driver.run('query', 'START TRANSACTION');
    send(driver);
    await driver.run('query', 'ROLLBACK');
    expect(driver.heard).toEqual(['START TRANSACTION', said, 'ROLLBACK']);
  },
);

test('a command that nobody has thought of is refused where it would overtake the beginning, and the connection closed', async () => {
  const { connection, heard, run, isDestroyed } = fake();
  await run('query', 'START TRANSACTION');
  expect(() => connection.ping()).toThrow(/overtake/);
  expect(isDestroyed()).toBe(true);
  expect(heard).toEqual([]);
});

test('between transactions every command goes through', () => {
  const { connection, heard } = fake();
  connection.ping();
  expect(heard).toEqual(['ping']);
});

test('nothing waits on a connection that holds nothing back', () => {
  expect(() => queueForNextQuery({} as PoolConnection, { sql: 'SELECT 1', values: [] })).toThrow(/useOnePacket/);
});
