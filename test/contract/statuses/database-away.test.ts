import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { operations } from '../../../server/platform/contract.ts';
import { type BreakableDatabase, newBreakableDatabase } from '../../support/breakable-database.ts';
import { eventually } from '../../support/eventually.ts';
import { type Cast, castOf, exampleRequest } from '../../support/example-requests.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { expectProblem } from '../../support/problems.ts';
import { bearer, send } from '../../support/send.ts';

const secured = operations.filter((each) => each.roles !== null);
/** The operations that cannot answer without the database once they know who calls. */
const asking = secured.filter((each) => !['whoAmI', 'signOut', 'getMetrics'].includes(each.operationId));

let database: BreakableDatabase;
let house: TestHouse;
let cast: Cast;
beforeAll(async () => {
  database = await newBreakableDatabase();
  // What a job writes while SQLite's log is away would tear a hole into the log that comes back.
  house = await openTestHouse({ database, jobs: false });
  cast = await castOf(house);
});
afterEach(() => database.comeBack());
afterAll(async () => {
  await house.close();
  await database.remove();
});

const get = (path: string, headers = {}) => send(house.url, { method: 'GET', path, headers });

describe('while the database is away', () => {
  test.each(secured)('$operationId is unavailable to a key that was not used before', async (operation) => {
    const request = exampleRequest(operation, cast.things, await cast.keyFor(operation));
    await database.goAway();
    expect(expectProblem(await send(house.url, request), 503).type).toBe('/problems/unavailable');
  });

  test.each(asking)('$operationId is unavailable to a key that was in use', async (operation) => {
    const key = (await cast.keyFor(operation)) as string;
    await house.client(key).me();
    await database.goAway();
    const answer = await send(house.url, exampleRequest(operation, cast.things, key));
    expect(expectProblem(answer, 503).detail).not.toMatch(/sql|ECONN|SQLITE|127\.0\.0\.1/i);
  });

  test('the metrics are told to a key that was in use', async () => {
    // It is trusted for a second. A busy machine may take longer than that to lose its database: then once more.
    await eventually(async () => {
      await database.comeBack();
      await get('/metrics', bearer(house.adminKey));
      await database.goAway();
      const { status, text } = await get('/metrics', bearer(house.adminKey));
      return status === 200 && /^fleetbeat_/m.test(text);
    });
  });

  test('the server is alive but not ready, with and without a key', async () => {
    const key = bearer(await cast.freshKey('program'));
    await database.goAway();
    for (const headers of [{}, key]) {
      expect((await get('/healthz', headers)).status).toBe(200);
      expectProblem(await get('/readyz', headers), 503);
      expect((await get('/openapi.json', headers)).status).toBe(200);
      expect((await get('/problems/unavailable', headers)).status).toBe(200);
    }
  });

  test('a request that is wrong is still told so', async () => {
    await database.goAway();
    expectProblem(await get('/v1/me'), 401);
    expectProblem(await get('/v1/nothing'), 404);
  });
});

test('everything works again as soon as the database is back, and nothing was half done', async () => {
  const { client, programId } = await house.program();
  const made = await client.sessions.create({ name: 'Before' });
  await database.goAway();
  const refused = { status: 503, kind: 'unavailable', retryAfter: expect.any(Number) };
  await expect(client.sessions.create({ name: 'Meanwhile' })).rejects.toMatchObject(refused);
  await expect(client.state.update(programId, { sessionId: made.sessionId })).rejects.toMatchObject(refused);
  await database.comeBack();
  expect((await get('/readyz')).status).toBe(200);
  const { sessions } = await client.sessions.list({ programId });
  expect(sessions.map((session) => session.name)).toEqual(['Before']);
  expect(await client.state.read(programId)).toMatchObject({ exists: false });
  expect(await client.sessions.update('current', { status: 'After' })).toMatchObject({ status: 'After' });
});

test('a server whose database is away stops as ever', async () => {
  const away = await newBreakableDatabase();
  const stopping = await openTestHouse({ database: away });
  await stopping.admin.me();
  await away.goAway();
  await stopping.close();
  await away.comeBack();
  await away.remove();
});
