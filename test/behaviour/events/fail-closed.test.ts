/**
 * A stream whose key or web session may have been revoked meanwhile is sent nothing. While the database cannot be asked it
 * waits, and it ends before it gets what happened after its credential's end.
 */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CuttableProxy, startProxy } from '../../support/cuttable-proxy.ts';
import { openRawEventStream, type RawEventStream } from '../../support/event-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';
import { openWebPage } from '../../support/web-page.ts';

const SECOND = 1_000;

const server = useTestServer();
let other: TestServer;
beforeAll(async () => {
  other = await startTestServer({ database: server.database });
});
afterAll(() => other.close());

/** The types that a stream was sent, until it ended. */
async function readUntilEnd(stream: RawEventStream): Promise<string[]> {
  const types: string[] = [];
  for (let message = await stream.next(); message; message = await stream.next()) types.push(message.event ?? '');
  return types;
}

/** What a machine that slept for a while finds: its clock is ahead of all that it knows. */
const wakeAfterSleep = () => server.clock.advance(14 * SECOND);

test('a key that was revoked while this server slept is sent nothing that happened since', async () => {
  const { keyId, key } = await server.admin.keys.create({ role: 'auditor' });
  const stream = await openRawEventStream(server.url, key, '?types=session.created,key.created');
  expect((await stream.next())?.event).toBe('position');
  await server.admin.keys.create({ role: 'auditor' });
  expect((await stream.next())?.event).toBe('key.created');
  await other.admin.keys.revoke(keyId);
  wakeAfterSleep();
  await other.client(server.adminKey).sessions.create({ name: 'Since' });
  expect(await readUntilEnd(stream)).toEqual([]);
});

test('a key that is still valid misses nothing and keeps its stream', async () => {
  const { key } = await server.admin.keys.create({ role: 'auditor' });
  const stream = await openRawEventStream(server.url, key, '?types=session.created');
  await stream.next();
  for (let round = 0; round < 3; round += 1) {
    wakeAfterSleep();
    await server.admin.sessions.create({ name: `Round ${round}` });
    expect((await stream.next())?.event).toBe('session.created');
  }
  stream.close();
});

test('the resource subscriptions of a key that was revoked meanwhile are told nothing', async () => {
  const { programId } = await server.createProgram();
  const { key, keyId } = await server.admin.keys.create({ programId });
  const client = new Client({ name: 'fleetbeat-tests', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  const requestInit = { headers: { Authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', server.url), { requestInit }));
  let changes = 0;
  client.setNotificationHandler('notifications/resources/list_changed', () => {
    changes += 1;
  });
  await client.listen({ resourceSubscriptions: [], resourcesListChanged: true });
  await server.admin.sessions.create({ name: 'Before' });
  await eventually(async () => changes === 1);
  await other.client(server.adminKey).keys.revoke(keyId);
  wakeAfterSleep();
  await other.client(server.adminKey).sessions.create({ name: 'Since' });
  // Whoever follows with a valid key has it by then.
  const witness = await openRawEventStream(server.url, server.adminKey, '?after=0&types=session.created');
  await eventually(async () => (await witness.next())?.data.includes('Since') ?? false);
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(changes).toBe(1);
  witness.close();
  await client.close();
});

test('a web session that has ended meanwhile is sent nothing either', async () => {
  const page = openWebPage(server.url);
  await page.signIn({ key: server.adminKey });
  const { name = '', value = '' } = page.cookie() ?? {};
  const cookie = `${name}=${value}`;
  const stream = await openRawEventStream(server.url, null, '?types=session.created', { cookie });
  expect((await stream.next())?.event).toBe('position');
  const headers = { 'x-csrf-token': page.csrfToken() };
  const elsewhere = openWebPage(other.url, { cookie });
  expect((await elsewhere.request('POST', '/v1/sign-out-everywhere', { body: {}, headers })).status).toBe(200);
  wakeAfterSleep();
  await other.client(server.adminKey).sessions.create({ name: 'Since' });
  expect(await readUntilEnd(stream)).toEqual([]);
});

test('after an outage of the database a revoked key gets none of its events, and a valid one all', async ({ skip }) => {
  if (server.database.kind !== 'mysql') return skip('SQLite has no network between server and database');
  const proxy: CuttableProxy = await startProxy(server.database.url);
  const far = await startTestServer({ database: { ...server.database, url: proxy.url } });
  const [revoked, valid] = [
    await server.admin.keys.create({ role: 'auditor' }),
    await server.admin.keys.create({ role: 'auditor' }),
  ];
  const [ending, staying] = [
    await openRawEventStream(far.url, revoked.key, '?types=session.created'),
    await openRawEventStream(far.url, valid.key, '?types=session.created'),
  ];
  await ending.next();
  await staying.next();
  await proxy.cut();
  await server.admin.keys.revoke(revoked.keyId);
  await new Promise((resolve) => setTimeout(resolve, 2.5 * SECOND));
  for (let each = 0; each < 20; each += 1) await server.admin.sessions.create({ name: `Meanwhile ${each}` });
  await proxy.restore();
  expect(await readUntilEnd(ending)).toEqual([]);
  for (let each = 0; each < 20; each += 1) expect((await staying.next())?.data).toContain(`Meanwhile ${each}`);
  staying.close();
  await far.close();
  await proxy.close();
});
