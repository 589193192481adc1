import { expect, test } from 'vitest';
import { createPendingMessage, createPendingTask } from '../../support/pending-items.ts';
import { runSql } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

test('the response to a heartbeat counts the pending work of the program, so that an agent need not poll', async () => {
  const { client, programId } = await server.createProgram();
  const made = await client.sessions.create({ name: 'Auth' });
  expect(made).toMatchObject({ pendingTasks: 0, pendingMessages: 0 });
  await createPendingTask(server.admin, programId);
  await createPendingTask(server.admin, programId);
  await createPendingMessage(server.admin, programId);
  const beat = { status: 'Idle. Waiting for tasks.', lastHeartbeat: true };
  expect(await client.sessions.update('current', beat)).toMatchObject({ pendingTasks: 2, pendingMessages: 1 });
  await createPendingTask(server.admin, '*');
  expect(await client.sessions.update('current', beat)).toMatchObject({ pendingTasks: 3, pendingMessages: 1 });
});

test('the response says when the next heartbeat is due: in 10 minutes when stale is 15', async () => {
  const { client } = await server.createProgram();
  expect(await client.sessions.create({ name: 'Auth' })).toMatchObject({ nextHeartbeatInSeconds: 600 });
  expect(await client.sessions.update('current', { status: 'S' })).toMatchObject({ nextHeartbeatInSeconds: 600 });
});

test('the response says that the program is paused', async () => {
  const { client, programId } = await server.createProgram();
  expect(await client.sessions.create({ name: 'Auth' })).toMatchObject({ programPaused: false });
  await runSql(server.database, 'UPDATE programs SET pausedAt = ? WHERE programId = ?', [
    server.clock.now(),
    programId,
  ]);
  expect(await client.sessions.update('current', { status: 'S' })).toMatchObject({ programPaused: true });
});

test('the answer is the session as it is read afterwards', async () => {
  const { client } = await server.createProgram();
  const made = await client.sessions.create({ name: 'Auth', contextBytes: 1, contextLimitBytes: 3 });
  expect(made).toMatchObject(await client.sessions.get(made.sessionId));
  const updated = await client.sessions.update(made.sessionId, { status: 'Reading', state: 'complete' });
  expect(updated).toMatchObject(await client.sessions.get(made.sessionId));
});
