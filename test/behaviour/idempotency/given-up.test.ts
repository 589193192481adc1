/**
 * A client that gives up while the server still waits for something before it reads the body: for the database, which
 * knows whose key it is, or for Redis, which counts the request. Its request takes effect whole or not at all, and its
 * retry with the same Idempotency-Key gets the first answer.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { operations } from '../../../server/platform/contract.ts';
import { type HeldNetwork, startHeldNetwork } from '../../support/held-network.ts';
import { CALL_BUILDERS } from '../../support/operation-calls.ts';
import { PREREQUISITE_FACTORIES, type Prerequisites } from '../../support/prerequisites.ts';
import { obtainRedis } from '../../support/private-redis.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { randomName, startTestServer, type TestServer } from '../../support/test-server.ts';

const isSqlite = inject('databaseServer') === 'sqlite';
const redis = isSqlite ? await obtainRedis() : 'not needed';
if (isSqlite && typeof redis === 'string') console.warn(`NOT TESTED: requests that wait for Redis. ${redis}`);

let database: TestDatabase;
let network: HeldNetwork | undefined;
let house: TestServer;
const failures: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  if (!isSqlite) network = await startHeldNetwork(database.url);
  else if (typeof redis !== 'string') network = await startHeldNetwork(redis.url);
  const logDestination = new Writable({
    write(line: Buffer, _encoding, done) {
      failures.push(line.toString());
      done();
    },
  });
  house = await startTestServer({
    database: isSqlite || !network ? database : { ...database, url: network.url },
    environment: {
      FLEETBEAT_LOG_LEVEL: 'error',
      ...(isSqlite && network && { REDIS_URL: network.url, FLEETBEAT_RATE_LIMITS: 'on' }),
    },
    logDestination,
  });
});
afterAll(async () => {
  await house.close();
  await network?.close();
  if (typeof redis !== 'string') await redis.remove();
  await database.remove();
});

/** Whose body may be left away: each with one that does not say what is done without it. */
const OPTIONAL: Readonly<Record<string, (made: { readonly older: string }) => unknown>> = {
  claimTask: ({ older }) => ({ sessionId: older }),
  releaseTask: ({ older }) => ({ sessionId: older }),
  reinforcePattern: () => ({ confidence: 0.9 }),
  promotePattern: () => ({ promoted: false }),
};

/** Consent is a person's, by cookie: test/behaviour/oauth. */
const withBody = operations.filter(
  ({ body, roles, operationId }) => body && roles && operationId !== 'approveAuthorizationRequest',
);

test('every operation whose body may be left away has a body that says something else', () => {
  const optional = withBody.filter(({ body }) => !body?.required).map(({ operationId }) => operationId);
  expect(Object.keys(OPTIONAL).sort()).toEqual(optional.sort());
});

interface Prepared {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly older: string;
}

/** A request that succeeds, with a key that the server has to look up. */
async function prepare(operation: (typeof operations)[number]): Promise<Prepared> {
  const { operationId, method, roles, parameters } = operation;
  const account = await house.createAccount('team');
  const programId = randomName('given-up');
  const { key } = await account.client.keys.create({ programId });
  const client = house.client(key);
  const older = randomName('older');
  await client.sessions.create({ sessionId: older, name: 'The older one' });
  await client.sessions.create({ sessionId: randomName('newer'), name: 'The current one' });
  const owner = { admin: account.client, operator: house.admin, client, key, programId, sessionId: older };
  const made: Partial<Prerequisites> = (await PREREQUISITE_FACTORIES[operationId]?.(owner)) ?? {};
  const { keyId } = await account.client.keys.create({ role: 'auditor' });
  const call = CALL_BUILDERS[operationId]?.({
    accountId: account.accountId,
    programId,
    sessionId: older,
    keyId,
    ...made,
  });
  if (!call) throw new Error(`Nobody has said how to call ${operationId}`);
  const caller = roles?.includes('program')
    ? await account.client.keys.create({ programId })
    : roles?.includes('admin')
      ? await account.client.keys.create({ role: 'admin' })
      : await house.admin.keys.create({ role: 'operator' });
  const isRepeatable = parameters.some(({ name }) => name === 'Idempotency-Key');
  return {
    method: method.toUpperCase(),
    path: call.path,
    body: JSON.stringify(OPTIONAL[operationId]?.({ older }) ?? call.body),
    headers: {
      ...bearer(caller.key),
      'content-type': 'application/json',
      ...(isRepeatable && { 'idempotency-key': randomName('key') }),
    },
    older,
  };
}

/** Its connection, when the whole request was sent and the server waits. */
async function sendWhole({ method, path, headers, body }: Prepared, isLast = false): Promise<Socket> {
  const { hostname, port } = new URL(house.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  const lines = Object.entries({ host: hostname, ...headers, 'content-length': String(Buffer.byteLength(body)) });
  const text = [`${method} ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`), '', body];
  const held = network?.held() ?? 0;
  if (isLast) socket.end(text.join('\r\n'));
  else socket.write(text.join('\r\n'));
  for (let tries = 0; tries < 40 && network?.held() === held; tries += 1) await pause(10);
  return socket;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const WAYS = [
  ['closes its connection', (socket: Socket) => socket.destroy()],
  ['breaks its connection', (socket: Socket) => socket.resetAndDestroy()],
] as const;

for (const [way, giveUp] of WAYS) {
  test.each(withBody)(`$operationId, when the client ${way}`, async (operation) => {
    const request = await prepare(operation);
    failures.length = 0;
    network?.hold();
    giveUp(await sendWhole(request));
    await pause(50);
    network?.release();
    // As soon as a client that gave up would: the first may still be on its way.
    const retry = await sendRaw(house.url, request);
    const answer = JSON.parse(retry.text || '{}');
    expect({ status: retry.status, answer }).toMatchObject({ status: expect.toSatisfy(isSuccess) });
    if (operation.operationId === 'claimTask') expect(answer).toMatchObject({ claimedSession: request.older });
    if (operation.operationId === 'promotePattern') expect(answer.pattern).toMatchObject({ promoted: false });
    if (operation.operationId === 'reinforcePattern')
      expect(answer.pattern).toMatchObject({ confidence: 0.9, reinforcements: 1 });
    expect(failures).toEqual([]);
  });
}

const isSuccess = (status: number) => status >= 200 && status < 300;

test.each(withBody)('$operationId, when the client closes its half of the connection and waits', async (operation) => {
  const request = await prepare(operation);
  network?.hold();
  const socket = await sendWhole(request, true);
  await pause(50);
  network?.release();
  let answer = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    answer += piece;
  });
  await once(socket, 'close');
  expect(answer).toMatch(/^HTTP\/1\.1 2\d\d /);
});
