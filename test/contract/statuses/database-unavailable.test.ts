import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../../server/platform/contract.ts';
import { type BreakableDatabase, createBreakableDatabase } from '../../support/breakable-database.ts';
import { buildExampleRequest, type ContractFixtures, createContractFixtures } from '../../support/contract-fixtures.ts';
import { eventually } from '../../support/eventually.ts';
import { expectProblem } from '../../support/problems.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

const secured = operations.filter((each) => each.roles !== null);
/** The operations that need the database after authentication. */
const asking = secured.filter((each) => !['whoAmI', 'signOut', 'getMetrics'].includes(each.operationId));

let database: BreakableDatabase;
let server: TestServer;
let fixtures: ContractFixtures;
beforeAll(async () => {
  database = await createBreakableDatabase();
  // A job that writes while SQLite's log is gone would leave a gap in the log that is put back.
  server = await startTestServer({ database, jobs: false });
  fixtures = await createContractFixtures(server);
});
afterEach(() => database.restore());
afterAll(async () => {
  await server.close();
  await database.remove();
});

const get = (path: string, headers = {}) => sendRaw(server.url, { method: 'GET', path, headers });

describe('while the database is away', () => {
  test.each(secured)('$operationId is unavailable to a key that was not used before', async (operation) => {
    const request = buildExampleRequest(operation, fixtures.pathParameters, await fixtures.keyFor(operation));
    await database.makeUnavailable();
    expect(expectProblem(await sendRaw(server.url, request), 503).type).toBe('/problems/unavailable');
  });

  test.each(asking)('$operationId is unavailable to a key that was in use', async (operation) => {
    const key = (await fixtures.keyFor(operation)) as string;
    await server.client(key).me();
    await database.makeUnavailable();
    const answer = await sendRaw(server.url, buildExampleRequest(operation, fixtures.pathParameters, key));
    expect(expectProblem(answer, 503).detail).not.toMatch(/sql|ECONN|SQLITE|127\.0\.0\.1/i);
  });

  test('metrics are available with a cached key', async () => {
    // The cache lasts a second. On a busy machine the database may go away later than that: try again.
    await eventually(async () => {
      await database.restore();
      await get('/metrics', bearer(server.adminKey));
      await database.makeUnavailable();
      const { status, text } = await get('/metrics', bearer(server.adminKey));
      return status === 200 && /^fleetbeat_/m.test(text);
    });
  });

  test('the server is alive but not ready, with and without a key', async () => {
    const key = bearer(await fixtures.createKey('program'));
    await database.makeUnavailable();
    for (const headers of [{}, key]) {
      expect((await get('/healthz', headers)).status).toBe(200);
      expectProblem(await get('/readyz', headers), 503);
      expect((await get('/openapi.json', headers)).status).toBe(200);
      expect((await get('/problems/unavailable', headers)).status).toBe(200);
    }
  });

  test('an invalid request still gets its own problem', async () => {
    await database.makeUnavailable();
    expectProblem(await get('/v1/me'), 401);
    expectProblem(await get('/v1/nothing'), 404);
  });
});

test('everything works again as soon as the database is back, and nothing was half applied', async () => {
  const { client, programId } = await server.createProgram();
  const made = await client.sessions.create({ name: 'Before' });
  await database.makeUnavailable();
  const refused = { status: 503, kind: 'unavailable', retryAfter: expect.any(Number) };
  await expect(client.sessions.create({ name: 'Meanwhile' })).rejects.toMatchObject(refused);
  await expect(client.state.update(programId, { sessionId: made.sessionId })).rejects.toMatchObject(refused);
  await database.restore();
  expect((await get('/readyz')).status).toBe(200);
  const { sessions } = await client.sessions.list({ programId });
  expect(sessions.map((session) => session.name)).toEqual(['Before']);
  expect(await client.state.read(programId)).toMatchObject({ exists: false });
  expect(await client.sessions.update('current', { status: 'After' })).toMatchObject({ status: 'After' });
});

test('a server without its database stops as usual', async () => {
  const away = await createBreakableDatabase();
  const stopping = await startTestServer({ database: away });
  await stopping.admin.me();
  await away.makeUnavailable();
  await stopping.close();
  await away.restore();
  await away.remove();
});
