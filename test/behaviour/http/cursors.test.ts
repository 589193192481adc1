import { beforeAll, expect, test } from 'vitest';
import { operations } from '../../../server/platform/contract.ts';
import {
  buildRequestTarget,
  type ContractFixtures,
  createContractFixtures,
  withQuery,
} from '../../support/contract-fixtures.ts';
import { expectProblem } from '../../support/problems.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();
let fixtures: ContractFixtures;
beforeAll(async () => {
  fixtures = await createContractFixtures(server);
  const { programId } = await server.createProgram();
  for (const sessionId of ['a', 'b', 'c']) await server.admin.sessions.create({ name: 'A', sessionId, programId });
});

const get = (path: string, key = server.adminKey) => sendRaw(server.url, { method: 'GET', path, headers: bearer(key) });

/** The cursor after the first session of a list. */
const readCursor = async (query: string, key = server.adminKey): Promise<string> =>
  JSON.parse((await get(`/v1/sessions?limit=1&${query}`, key)).text).nextCursor;

const expectRefused = async (path: string, key?: string) =>
  expect(expectProblem(await get(path, key), 400).errors).toEqual([
    expect.objectContaining({ in: 'query', pointer: '#/cursor' }),
  ]);

const lists = operations.filter(({ parameters }) => parameters.some(({ name }) => name === 'cursor'));

test('there are lists besides sessions', () => {
  expect(lists.length).toBeGreaterThan(10);
});

test.each(lists.filter(({ operationId }) => operationId !== 'listSessions').map((each) => [each.operationId, each]))(
  "%s refuses another list's cursor",
  async (_name, operation) => {
    const target = buildRequestTarget(operation as (typeof lists)[number], fixtures.pathParameters);
    const key = await fixtures.createKey('operator');
    await expectRefused(withQuery(target, `cursor=${await readCursor('')}`), key);
  },
);

test('a cursor holds for its filters, in any order, and for any page size', async () => {
  const cursor = await readCursor('state=working&includeArchived=true');
  for (const query of [
    'includeArchived=true&state=working&limit=2',
    'limit=50&state=working&includeArchived=true',
    'state=working&includeArchived=true',
  ])
    expect((await get(`/v1/sessions?${query}&cursor=${cursor}`)).status).toBe(200);
  for (const query of ['', 'state=working', 'state=blocked&includeArchived=true', 'includeArchived=true'])
    await expectRefused(`/v1/sessions?cursor=${cursor}&${query}`);
});

test('a filter that is left out is the same as its default', async () => {
  const cursor = await readCursor('state=all');
  expect((await get(`/v1/sessions?cursor=${cursor}`)).status).toBe(200);
});

test("a cursor is refused for another account's list", async () => {
  const { key } = await server.createAccount('team');
  await expectRefused(`/v1/sessions?cursor=${await readCursor('')}`, key);
});

test('the cursor of a timeline belongs to its session, even where both are called current', async () => {
  const { key, client } = await server.createProgram();
  const start = async (sessionId: string) => {
    await client.sessions.create({ name: 'One', sessionId });
    await client.sessions.update(sessionId, { status: 'Working' });
  };
  await start('first-run');
  const page = await get('/v1/sessions/current/timeline?limit=1', key);
  const { nextCursor } = JSON.parse(page.text);
  expect((await get(`/v1/sessions/current/timeline?cursor=${nextCursor}`, key)).status).toBe(200);
  await start('second-run');
  await expectRefused(`/v1/sessions/current/timeline?cursor=${nextCursor}`, key);
});
