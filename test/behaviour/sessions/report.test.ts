import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { putMessage, putTask } from '../../support/pending.ts';
import { runSql } from '../../support/sql.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

test('the answer to a heartbeat counts what waits for the program, so that an agent need not poll', async () => {
  const { client, programId } = await house.program();
  const made = await client.sessions.create({ name: 'Auth' });
  expect(made).toMatchObject({ pendingTasks: 0, pendingMessages: 0 });
  await putTask(house.admin, programId);
  await putTask(house.admin, programId);
  await putMessage(house.admin, programId);
  const beat = { status: 'Idle. Waiting for tasks.', lastHeartbeat: true };
  expect(await client.sessions.update('current', beat)).toMatchObject({ pendingTasks: 2, pendingMessages: 1 });
  await putTask(house.admin, '*');
  expect(await client.sessions.update('current', beat)).toMatchObject({ pendingTasks: 3, pendingMessages: 1 });
});

test('the answer tells when the next heartbeat is due: 10 minutes where silence reads stale after 15', async () => {
  const { client } = await house.program();
  expect(await client.sessions.create({ name: 'Auth' })).toMatchObject({ nextHeartbeatInSeconds: 600 });
  expect(await client.sessions.update('current', { status: 'S' })).toMatchObject({ nextHeartbeatInSeconds: 600 });
});

test('the answer tells that a person has paused the program', async () => {
  const { client, programId } = await house.program();
  expect(await client.sessions.create({ name: 'Auth' })).toMatchObject({ programPaused: false });
  await runSql(house.database, 'UPDATE programs SET pausedAt = ? WHERE programId = ?', [house.clock.now(), programId]);
  expect(await client.sessions.update('current', { status: 'S' })).toMatchObject({ programPaused: true });
});

test('the answer is the session as it is read afterwards', async () => {
  const { client } = await house.program();
  const made = await client.sessions.create({ name: 'Auth', contextBytes: 1, contextLimitBytes: 3 });
  expect(made).toMatchObject(await client.sessions.get(made.sessionId));
  const updated = await client.sessions.update(made.sessionId, { status: 'Reading', state: 'complete' });
  expect(updated).toMatchObject(await client.sessions.get(made.sessionId));
});
