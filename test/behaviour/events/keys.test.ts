import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRawEventStream, readFirst, readNext } from '../../support/event-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { expectProblem } from '../../support/problems.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let other: TestServer;
const server = useTestServer();
beforeAll(async () => {
  other = await startTestServer({ database: server.database });
});
afterAll(async () => {
  await other.close();
});

const countOpenStreams = async (at: TestServer): Promise<number> => {
  const { text } = await sendRaw(at.url, { method: 'GET', path: '/metrics', headers: bearer(server.adminKey) });
  return Number(/^fleetbeat_event_streams (\d+)$/m.exec(text)?.[1]);
};

test('the streams of a key end when another server revokes it, and the client says why', async () => {
  const { keyId, key } = await server.admin.keys.create({ role: 'auditor' });
  const raw = await openRawEventStream(server.url, key);
  await raw.next();
  const following = server.client(key).events({ after: 0 });
  await readNext(following, 0);
  const refused = expect(readNext(following, Number.POSITIVE_INFINITY)).rejects.toMatchObject({ status: 401 });
  await other.admin.keys.revoke(keyId);
  // That its own key was revoked may be the last that it hears.
  await eventually(async () => (await raw.next()) === undefined);
  await refused;
});

test('the stream of an expired key ends', async () => {
  const { key } = await server.admin.keys.create({ role: 'auditor', ttlDays: 1 });
  const raw = await openRawEventStream(server.url, key);
  await raw.next();
  server.clock.advance(25 * 60 * 60 * 1000);
  expect(await raw.next()).toBeUndefined();
});

test('a key has a limited number of streams, and a slot is free as soon as one is closed', async () => {
  const { key } = await server.admin.keys.create({ role: 'auditor' });
  const streams = await Promise.all(Array.from({ length: 50 }, () => openRawEventStream(server.url, key)));
  expect(streams.map(({ response }) => response.status)).toEqual(streams.map(() => 200));
  const request = { method: 'GET', path: '/v1/events', headers: bearer(key) };
  const refusal = await sendRaw(server.url, request);
  expect(expectProblem(refusal, 429)).toMatchObject({ limit: 50, active: 50 });
  expect(refusal.headers['retry-after']).toBe('5');
  expect(await countOpenStreams(server)).toBe(50);
  streams[0]?.close();
  await eventually(async () => (await sendRaw(server.url, request)).status === 200);
  for (const stream of streams) stream.close();
  await eventually(async () => (await countOpenStreams(server)) === 0);
});

test('a program follows its own, and another program does not see it', async () => {
  const [builder, reviewer] = await Promise.all([server.createProgram('builder'), server.createProgram('reviewer')]);
  const stream = await openRawEventStream(server.url, builder.key);
  const after = Number((await stream.next())?.id);
  stream.close();
  await builder.client.state.update(builder.programId, { contextSummary: { lastTask: 'Mine' } });
  await builder.client.messages.send({ to: builder.programId, kind: 'PING', text: 'To myself' });
  await builder.client.tasks.create({ title: 'For the reviewer', target: reviewer.programId });
  await reviewer.client.sessions.create({ name: 'Everybody sees it' });
  const readTypes = async (key: string, count: number) =>
    (await readFirst(server.client(key).events({ after }), count)).map(({ type }) => type);
  const rest = ['task.created', 'session.created'];
  expect(await readTypes(builder.key, 4)).toEqual(['state.written', 'message.sent', ...rest]);
  expect(await readTypes(reviewer.key, 2)).toEqual(rest);
  expect(await readTypes(server.adminKey, 4)).toEqual(['state.written', 'message.sent', ...rest]);
});
