import { expect, test } from 'vitest';
import type { SessionPulse } from '../../../clients/typescript/src/index.ts';
import { openRawEventStream, readNext } from '../../support/event-stream.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('a follower who asks for pulses gets heartbeats, without event numbers', async () => {
  const { key, client } = await server.createAccount('unlimited');
  for (const programId of ['builder', 'reviewer'])
    await client.sessions.create({ name: programId, sessionId: programId, programId, status: 'Here' });
  const before = await client.sessions.get('builder');
  const [stream, ofBuilder] = await Promise.all([
    openRawEventStream(server.url, key, '?pulse=true'),
    openRawEventStream(server.url, key, '?pulse=true&programId=builder'),
  ]);
  for (const each of [stream, ofBuilder]) expect((await each.next())?.event).toBe('position');
  server.clock.advance(60_000);
  const sendHeartbeat = (id: string) => client.sessions.update(id, { status: 'Here', lastHeartbeat: true });
  const [builder, reviewer] = [await sendHeartbeat('builder'), await sendHeartbeat('reviewer')];
  expect(builder.lastHeartbeat > before.lastHeartbeat).toBe(true);
  /** What a stream tells of, until it has told of this session's heartbeat. */
  const pulsesUntil = async (from: typeof stream, last: SessionPulse): Promise<SessionPulse[]> => {
    const { event, id, data = '' } = (await from.next()) ?? {};
    expect({ event, id }).toEqual({ event: 'pulse', id: undefined });
    const { pulses } = JSON.parse(data) as { pulses: SessionPulse[] };
    const isLast = pulses.some((pulse) => pulse.lastHeartbeat === last.lastHeartbeat);
    return isLast ? pulses : [...pulses, ...(await pulsesUntil(from, last))];
  };
  const ids = (pulses: readonly SessionPulse[]) => new Set(pulses.map(({ sessionId }) => sessionId));
  expect(ids(await pulsesUntil(stream, reviewer))).toEqual(new Set(['builder', 'reviewer']));
  expect(ids(await pulsesUntil(ofBuilder, builder))).toEqual(new Set(['builder']));
  for (const each of [stream, ofBuilder]) each.close();
});

test('the typed client delivers pulses on request, beside the events', async () => {
  const { client } = await server.createAccount('unlimited');
  await client.sessions.create({ name: 'One', sessionId: 's', status: 'Here' });
  const receivedPulses = new Promise<readonly SessionPulse[]>((resolve) => {
    const events = client.events({ after: 0, onPulse: resolve });
    void readNext(events, 2).finally(() => events.return());
  });
  await client.sessions.update('s', { status: 'Here', lastHeartbeat: true });
  expect((await receivedPulses)[0]).toMatchObject({ sessionId: 's', programId: null });
  await client.sessions.update('s', { status: 'Gone' });
});
