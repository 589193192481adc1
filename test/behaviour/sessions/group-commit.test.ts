import { expect, test } from 'vitest';
import { runSql } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const status = 'Working';

test('of many simultaneous updates each gets its own response, and a refused one affects no other', async () => {
  const [mine, other] = [await server.createProgram(), await server.createProgram()];
  const open = (name: string) => mine.client.sessions.create({ name, status });
  const made = await Promise.all(numbers(20).map((each) => open(`S${each}`)));
  const gone = await open('Handed over');
  await runSql(server.database, "UPDATE sessions SET state = 'complete', successor = ? WHERE sessionId = ?", [
    'next',
    gone.sessionId,
  ]);
  const foreign = await other.client.sessions.create({ name: 'Theirs', status });
  server.clock.advance(5_000);
  const since = new Date(server.clock.now()).toISOString();

  const [beats, changes, refused] = await Promise.all([
    Promise.all(
      made.slice(0, 10).map(({ sessionId }) => mine.client.sessions.update(sessionId, { status, lastHeartbeat: true })),
    ),
    Promise.all(
      made.slice(10).map(({ sessionId }, progress) => mine.client.sessions.update(sessionId, { status, progress })),
    ),
    Promise.allSettled([
      mine.client.sessions.update('nobody', { status }),
      mine.client.sessions.update(foreign.sessionId, { status: 'Not mine' }),
      mine.client.sessions.update(gone.sessionId, { status, lastHeartbeat: true }),
      other.client.sessions.update(foreign.sessionId, { status, lastHeartbeat: true }),
    ]),
  ]);

  expect(refused).toMatchObject([
    { status: 'rejected', reason: { status: 404 } },
    { status: 'rejected', reason: { status: 403 } },
    { status: 'rejected', reason: { status: 409, kind: 'session-superseded' } },
    { status: 'fulfilled', value: { status, sessionId: foreign.sessionId } },
  ]);
  for (const beat of beats) {
    expect(beat.lastHeartbeat >= since).toBe(true);
    expect(beat.updatedAt).toBe(beat.lastHeartbeat);
    expect(await mine.client.sessions.get(beat.sessionId)).toMatchObject({ lastHeartbeat: beat.lastHeartbeat });
  }
  for (const [progress, change] of changes.entries()) {
    expect(change.progress).toBe(progress);
    expect(change.updatedAt >= since && change.lastHeartbeat < since).toBe(true);
    const { programPaused: _p, nextHeartbeatInSeconds: _n, pendingTasks: _t, pendingMessages: _m, ...session } = change;
    expect(await mine.client.sessions.get(change.sessionId)).toEqual(session);
  }
});

test('simultaneous updates of one session behave as if sequential', async () => {
  const { client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Busy', status, progress: 0 });
  const updates = numbers(30).flatMap((progress) => [
    client.sessions.update(sessionId, { status, progress }),
    client.sessions.update(sessionId, { status, lastHeartbeat: true }),
  ]);
  await Promise.all(updates);
  const { changes } = await client.sessions.timeline(sessionId);
  expect(changes.map((change) => change.number)).toEqual(numbers(31).reverse());
  expect(changes.map((change) => Number(change.progress)).sort((a, b) => a - b)).toEqual([0, ...numbers(30)]);
  expect(await client.sessions.get(sessionId)).toMatchObject({ progress: changes[0]?.progress });
});
