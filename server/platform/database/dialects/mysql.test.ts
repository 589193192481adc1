import { expect, test } from 'vitest';
import type { DatabaseErrorKind } from './dialect.ts';
import { mysql } from './mysql.ts';

const SINGLE_HOST_URL = 'mysql://u:p@h1/fleet';
const MULTI_HOST_URL = 'mysql://u:p@h1:3306,h2:3307/fleet';
const open = (url: string) => mysql(url, () => undefined);

test.each<[DatabaseErrorKind, string[]]>([
  ['conflict', ['ER_LOCK_DEADLOCK', 'ER_TRANSACTION_ROLLBACK_DURING_COMMIT']],
  ['duplicate', ['ER_DUP_ENTRY']],
  [
    'unavailable',
    [
      'NO_PRIMARY',
      'ER_OPTION_PREVENTS_STATEMENT',
      'ER_READ_ONLY_MODE',
      'ER_RUN_HOOK_ERROR',
      'ER_SERVER_OFFLINE_MODE',
      'PROTOCOL_CONNECTION_LOST',
    ],
  ],
  ['other', ['ER_PARSE_ERROR', '']],
])('as %s count the errors %o', (errorKind, codes) => {
  for (const code of codes) {
    expect([code, open(MULTI_HOST_URL).classifyError(Object.assign(new Error('x'), { code }))]).toEqual([
      code,
      errorKind,
    ]);
  }
});

test('a lock timeout can be retried', () => {
  expect(open(SINGLE_HOST_URL).classifyError(Object.assign(new Error('x'), { code: 'ER_LOCK_WAIT_TIMEOUT' }))).toBe(
    'locked',
  );
});

test('the pool closes idle connections long before the database ends them', () => {
  const { poolSize, extra } = open(SINGLE_HOST_URL).options as {
    poolSize: number;
    extra: { idleTimeout: number; maxIdle: number };
  };
  // mysql2 checks once a second; test/behaviour/storage/connections.test.ts reads the database's 15 s.
  expect(extra.idleTimeout + 1_000).toBeLessThanOrEqual(10_000);
  // Otherwise mysql2 does not check for idle connections.
  expect(extra.maxIdle).toBeLessThan(poolSize);
});

test('with one host the driver gets the decoded parts of the URL and opens its own sockets', () => {
  const { options } = open('mysql://fl%65et:p%40ss@h1:3307/my%20fleet');
  expect(options).toMatchObject({ host: 'h1', port: 3307, username: 'fleet', password: 'p@ss', database: 'my fleet' });
  expect(options).not.toHaveProperty('extra.stream');
});

test('with several hosts the driver gets its sockets from the tracker', () => {
  const { options } = open(MULTI_HOST_URL);
  expect(options).toMatchObject({ host: 'h1', port: 3306, extra: { stream: expect.any(Function) } });
});
