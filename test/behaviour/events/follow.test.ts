import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { contract } from '../../../server/platform/contract.ts';
import { openRawEventStream, type RawEventStream, readFirst } from '../../support/event-stream.ts';
import { expectProblem } from '../../support/problems.ts';
import { bearer, sendRaw } from '../../support/raw-request.ts';
import { inlineRefs } from '../../support/schemas.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const readData = async (stream: RawEventStream) => JSON.parse((await stream.next())?.data ?? 'null');

test('a stream starts with its position and continues with later events', async () => {
  const { key, client } = await server.createAccount('team');
  await client.sessions.create({ name: 'Before', sessionId: 's' });
  const stream = await openRawEventStream(server.url, key);
  expect(Object.fromEntries(stream.response.headers)).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
  });
  expect(await stream.next()).toEqual({ id: '1', event: 'position', data: '{"sequence":1}' });
  expect(stream.text()).toMatch(/^retry: \d+\n/);
  await client.sessions.update('s', { status: 'Busy', progress: 10 });
  const { id, event, data } = (await stream.next()) ?? {};
  expect({ id, event }).toEqual({ id: '2', event: 'session.updated' });
  expect(JSON.parse(data ?? '')).toMatchObject({
    sequence: 2,
    type: 'session.updated',
    sessionId: 's',
    data: { name: 'Before', status: 'Busy', progress: 10, state: 'working' },
  });
  stream.close();
});

test('a heartbeat that changes nothing else is no event', async () => {
  const { client } = await server.createAccount('team');
  await client.sessions.create({ name: 'Beating', sessionId: 's', status: 'Here' });
  await client.sessions.update('s', { status: 'Here', lastHeartbeat: true });
  await client.sessions.update('s', { status: 'There', lastHeartbeat: true });
  const events = await readFirst(client.events({ after: 0 }), 2);
  expect(events.map(({ sequence, type }) => [sequence, type])).toEqual([
    [1, 'session.created'],
    [2, 'session.updated'],
  ]);
});

test('Last-Event-ID resumes exactly, and wins over after', async () => {
  const { key, client } = await server.createAccount('team');
  for (const name of ['a', 'b', 'c', 'd']) await client.sessions.create({ name });
  const stream = await openRawEventStream(server.url, key, '?after=0', { 'last-event-id': '2' });
  expect((await readData(stream)).sequence).toBe(2);
  expect([(await readData(stream)).data.name, (await readData(stream)).data.name]).toEqual(['c', 'd']);
  stream.close();
});

test('a stream has the requested types and program, and reports its position', async () => {
  const { client } = await server.createAccount('unlimited');
  for (const programId of ['builder', 'reviewer']) {
    await client.sessions.create({ name: programId, sessionId: programId, programId });
    await client.sessions.update(programId, { status: 'Busy' });
  }
  const updates = await readFirst(client.events({ after: 0, types: ['session.updated', 'session.archived'] }), 2);
  expect(updates.map(({ sequence }) => sequence)).toEqual([2, 4]);
  await client.tasks.create({ title: 'For all', target: '*' });
  await client.tasks.create({ title: 'For another', target: 'builder' });
  await client.messages.send({ to: 'reviewer', kind: 'PING', text: 'Hello' });
  const concerning = await readFirst(client.events({ after: 0, programId: 'reviewer' }), 4);
  expect(concerning.map(({ type, sequence }) => [type, sequence])).toEqual([
    ['session.created', 3],
    ['session.updated', 4],
    ['task.created', 5],
    ['message.sent', 7],
  ]);
});

test.each(['types=session.exploded', 'types=', 'types=session.created,nothing', 'after=-1', 'pulse=maybe'])(
  '%s is refused',
  async (query) => {
    const request = { method: 'GET', path: `/v1/events?${query}`, headers: bearer(server.adminKey) };
    const { errors } = expectProblem(await sendRaw(server.url, request), 400);
    expect(errors?.[0]).toMatchObject({ in: 'query', pointer: expect.stringContaining(query.split('=')[0] ?? '') });
  },
);

test('an event number that does not exist yet is refused, and the problem names the newest one', async () => {
  const { client } = await server.createAccount('team');
  await client.sessions.create({ name: 'One' });
  await expect(readFirst(client.events({ after: 2 }), 1)).rejects.toMatchObject({
    status: 410,
    kind: 'events-gone',
    problem: { oldestEvent: 1, latestEvent: 1 },
  });
});

test('HEAD is answered with the headers and ends', async () => {
  const answer = await sendRaw(server.url, { method: 'HEAD', path: '/v1/events', headers: bearer(server.adminKey) });
  expect(answer).toMatchObject({ status: 200, headers: { 'content-type': 'text/event-stream' }, text: '' });
});

test('every type of event is what the contract says', async () => {
  const { client } = await server.createAccount('unlimited');
  const builder = await client.keys.create({ programId: 'builder' }).then(({ key }) => server.client(key));
  await builder.sessions.create({ name: 'One', sessionId: 'one', programId: 'builder', handoffRequired: true });
  await builder.state.update('builder', { contextSummary: { lastTask: 'Tested' } });
  await builder.boot('builder', { name: 'Two', sessionId: 'two' });
  const { taskId } = await client.tasks.create({ title: 'Work', target: 'builder' });
  await builder.tasks.claim(taskId);
  await builder.tasks.release(taskId);
  await builder.tasks.claim(taskId);
  await builder.tasks.complete(taskId, { outcome: 'succeeded' });
  const { messageId } = await client.messages.send({ to: 'builder', kind: 'PING', text: 'Hello' });
  await builder.messages.acknowledge(messageId);
  const events = await readFirst(client.events({ after: 0 }), 13);
  const isEvent = formats.default(new Ajv2020({ strict: false })).compile(inlineRefs(SCHEMAS['FleetEvent'] ?? {}));
  for (const event of events) expect(isEvent(event), JSON.stringify([event, isEvent.errors])).toBe(true);
  expect(new Set(events.map(({ type }) => type))).toEqual(
    new Set([
      'key.created',
      'session.created',
      'session.handoff',
      'session.succeeded',
      'state.written',
      ...['created', 'claimed', 'released', 'completed'].map((act) => `task.${act}`),
      'message.sent',
      'message.acknowledged',
    ]),
  );
  expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_event, index) => index + 1));
});

test('what a session becomes is an event of its own, once, right after the change that brought it about', async () => {
  const { client } = await server.createAccount('unlimited');
  const sessionId = 'one';
  await client.sessions.create({ name: 'One', sessionId });
  await client.sessions.update(sessionId, { status: 'Which?', state: 'blocked' });
  await client.sessions.update(sessionId, { status: 'Which one?', handoffRequired: true });
  await client.sessions.update(sessionId, { status: 'Over to you', state: 'working', idle: true });
  await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
  const events = await readFirst(client.events({ after: 0 }), 9);
  expect(events.map(({ type }) => type)).toEqual([
    'session.created',
    'session.updated',
    'session.blocked',
    'session.updated',
    'session.handoff',
    'session.updated',
    'session.idle',
    'session.updated',
    'session.completed',
  ]);
  expect(events[2]?.data).toEqual(events[1]?.data);
});

const SCHEMAS = (contract['components'] as { schemas: Record<string, Record<string, unknown>> }).schemas;
