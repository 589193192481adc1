import { DataSource, type DataSourceOptions, type EntityManager } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../../server/config.ts';
import { findFleetStatus } from '../../../server/domains/fleet/queries.ts';
import { livenessAt } from '../../../server/domains/sessions/index.ts';
import { createDialect } from '../../../server/platform/database/open.ts';
import { schema } from '../../../server/schema/index.ts';
import { connect, type Sql } from '../../support/sql.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const PROGRAMS = 1_000;
const TASKS = 100_000;

let server: TestServer;
let sql: Sql;
let dataSource: DataSource;

beforeAll(async () => {
  server = await startTestServer();
  sql = await connect(server.database);
  dataSource = await new DataSource({
    ...(await createDialect(server.database.url)).options,
    ...schema,
  } as DataSourceOptions).initialize();
  for (const [accountId, programs, tasks] of [
    ['few', 10, 1_000],
    ['many', PROGRAMS, TASKS],
  ] as const) {
    const now = Date.now();
    await fill('programs (accountId, programId, createdAt)', programs, (n) => `('${accountId}', 'p-${n}', ${now})`);
    await fill(
      SESSIONS,
      programs,
      (n) => `('${accountId}', 's-${n}', 'p-${n}', 'run', 'working', 0, ${now}, ${now}, ${now}, ${now}, 0, 1)`,
    );
    await fill(
      COLUMNS_OF_TASKS,
      tasks,
      (n) => `('${accountId}', 't-${n}', 'p-${n % programs}', 'created', 'Work', '', 3, 0, 'k', ${now})`,
    );
  }
  await sql.query(server.database.kind === 'mysql' ? 'ANALYZE TABLE tasks, programs, sessions' : 'ANALYZE');
}, 240_000);
afterAll(async () => {
  await dataSource.destroy();
  await sql.close();
  await server.close();
});

const SESSIONS =
  'sessions (accountId, sessionId, programId, name, state, handoffRequired, createdAt, updatedAt, lastHeartbeat, lastProgressAt, archived, changes)';
const COLUMNS_OF_TASKS =
  'tasks (accountId, taskId, target, state, title, instructions, priority, turn, createdByKey, createdAt)';

async function fill(into: string, count: number, row: (n: number) => string): Promise<void> {
  for (let from = 0; from < count; from += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, count - from) }, (_, index) => row(from + index));
    await sql.query(`INSERT INTO ${into} VALUES ${rows.join(', ')}`);
  }
}

/** The real manager, with a note of every query that it is asked. */
function recordQueries(queries: [text: string, values: unknown[]][]): EntityManager {
  return new Proxy(dataSource.manager, {
    get(manager, name) {
      if (name !== 'query') return Reflect.get(manager, name);
      return (text: string, values: unknown[] = []) => {
        queries.push([text, values]);
        return manager.query(text, values);
      };
    },
  });
}

const judgeNow = () => livenessAt({ now: Date.now, upSince: () => 0 }, readConfig({}));

test(`fleet health of ${PROGRAMS} programs with ${TASKS} pending tasks takes as many queries as that of ten`, async () => {
  const [few, many]: [string, unknown[]][][] = [[], []];
  const at = judgeNow();
  const { programs: small } = await findFleetStatus(recordQueries(few ?? []), 'few', at);
  const { programs: large } = await findFleetStatus(recordQueries(many ?? []), 'many', at);
  expect(small).toHaveLength(10);
  expect(large).toHaveLength(PROGRAMS);
  expect(large.reduce((sum, { pending }) => sum + pending.tasks, 0)).toBe(TASKS);
  expect(many).toHaveLength(few?.length ?? 0);
  expect(few?.length).toBeLessThanOrEqual(6);
});

test('each of these queries uses an index and scans no table', async () => {
  const queries: [string, unknown[]][] = [];
  const at = judgeNow();
  await findFleetStatus(recordQueries(queries), 'many', at);
  for (const [text, values] of queries) {
    const explain = server.database.kind === 'mysql' ? 'EXPLAIN' : 'EXPLAIN QUERY PLAN';
    const plan = await sql.query<Record<string, unknown>>(`${explain} ${text}`, values);
    const whole = plan.filter((step) =>
      server.database.kind === 'mysql'
        ? step['type'] === 'ALL' && !/^<|^waiting$/.test(String(step['table'] ?? '<'))
        : /^SCAN (tasks|programs|sessions|message_deliveries|[pst])\b(?!.* INDEX)/.test(String(step['detail'])),
    );
    expect([text, whole]).toEqual([text, []]);
  }
});
