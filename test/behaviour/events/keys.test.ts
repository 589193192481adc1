import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStream, read, take } from '../../support/event-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { expectProblem } from '../../support/problems.ts';
import { bearer, send } from '../../support/send.ts';

let house: TestHouse;
let other: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  other = await openTestHouse({ database: house.database });
});
afterAll(async () => {
  await other.close();
  await house.close();
});

const openStreams = async (at: TestHouse): Promise<number> => {
  const { text } = await send(at.url, { method: 'GET', path: '/metrics', headers: bearer(house.adminKey) });
  return Number(/^fleetbeat_event_streams (\d+)$/m.exec(text)?.[1]);
};

test('the streams of a key end when another server revokes it, and the client says why', async () => {
  const { keyId, key } = await house.admin.keys.create({ role: 'auditor' });
  const raw = await openStream(house.url, key);
  await raw.next();
  const following = house.client(key).events({ after: 0 });
  await read(following, 0);
  const refused = expect(read(following, Number.POSITIVE_INFINITY)).rejects.toMatchObject({ status: 401 });
  await other.admin.keys.revoke(keyId);
  // That its own key was revoked may be the last that it hears.
  await eventually(async () => (await raw.next()) === undefined);
  await refused;
});

test('the stream of an expired key ends', async () => {
  const { key } = await house.admin.keys.create({ role: 'auditor', ttlDays: 1 });
  const raw = await openStream(house.url, key);
  await raw.next();
  house.clock.advance(25 * 60 * 60 * 1000);
  expect(await raw.next()).toBeUndefined();
});

test('a key has so many streams at once, and a place is free again as soon as one is closed', async () => {
  const { key } = await house.admin.keys.create({ role: 'auditor' });
  const streams = await Promise.all(Array.from({ length: 50 }, () => openStream(house.url, key)));
  expect(streams.map(({ response }) => response.status)).toEqual(streams.map(() => 200));
  const request = { method: 'GET', path: '/v1/events', headers: bearer(key) };
  const refusal = await send(house.url, request);
  expect(expectProblem(refusal, 429)).toMatchObject({ limit: 50, active: 50 });
  expect(refusal.headers['retry-after']).toBe('5');
  expect(await openStreams(house)).toBe(50);
  streams[0]?.close();
  await eventually(async () => (await send(house.url, request)).status === 200);
  for (const stream of streams) stream.close();
  await eventually(async () => (await openStreams(house)) === 0);
});

test('a program follows its own, and another program does not see it', async () => {
  const [builder, reviewer] = await Promise.all([house.program('builder'), house.program('reviewer')]);
  const stream = await openStream(house.url, builder.key);
  const after = Number((await stream.next())?.id);
  stream.close();
  await builder.client.state.update(builder.programId, { contextSummary: { lastTask: 'Mine' } });
  await builder.client.messages.send({ to: builder.programId, kind: 'PING', text: 'To myself' });
  await builder.client.tasks.create({ title: 'For the reviewer', target: reviewer.programId });
  await reviewer.client.sessions.create({ name: 'Everybody sees it' });
  const kindsOf = async (key: string, count: number) =>
    (await take(house.client(key).events({ after }), count)).map(({ kind }) => kind);
  const rest = ['task.created', 'session.created'];
  expect(await kindsOf(builder.key, 4)).toEqual(['state.written', 'message.sent', ...rest]);
  expect(await kindsOf(reviewer.key, 2)).toEqual(rest);
  expect(await kindsOf(house.adminKey, 4)).toEqual(['state.written', 'message.sent', ...rest]);
});
