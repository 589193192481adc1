import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('a heartbeat moves the heartbeat to the server clock and leaves state and progress alone', async () => {
  const { client } = await server.createProgram();
  const made = await client.sessions.create({
    name: 'Auth refactor',
    sessionId: `${Date.now()}-a`,
    state: 'blocked',
    progress: 40,
  });
  server.clock.advance(60_000);
  const beaten = await client.sessions.update(made.sessionId, {
    status: 'Idle. Waiting for tasks.',
    lastHeartbeat: true,
  });
  expect(beaten).toMatchObject({
    state: 'blocked',
    progress: 40,
    name: 'Auth refactor',
    status: 'Idle. Waiting for tasks.',
  });
  expect(Date.parse(beaten.lastHeartbeat) - Date.parse(made.lastHeartbeat)).toBeGreaterThanOrEqual(60_000);
});

test('an update without lastHeartbeat leaves the heartbeat where it was', async () => {
  const { client } = await server.createProgram();
  const made = await client.sessions.create({ name: 'Quiet' });
  server.clock.advance(60_000);
  const updated = await client.sessions.update('current', { status: 'Thinking' });
  expect(updated.sessionId).toBe(made.sessionId);
  expect(updated.lastHeartbeat).toBe(made.lastHeartbeat);
  expect(updated.updatedAt > made.updatedAt).toBe(true);
});

test('a program without a live session gets a hint to create one', async () => {
  const { client } = await server.createProgram();
  const refusal = client.sessions.update('current', { status: 'Lost', lastHeartbeat: true });
  await expect(refusal).rejects.toMatchObject({
    status: 404,
    kind: 'session-not-found',
    problem: { detail: expect.stringContaining('Create') },
  });
});
