import { expect, test } from 'vitest';
import { expectAllRejected } from '../../support/expect-all-rejected.ts';
import { runSql } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const handedOver = async () => {
  const { client, programId } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Old', status: 'Mine' });
  const { sessionId: successor } = await client.sessions.create({ name: 'New' });
  await runSql(server.database, "UPDATE sessions SET state = 'complete', successor = ? WHERE sessionId = ?", [
    successor,
    sessionId,
  ]);
  return { client, programId, sessionId, successor };
};

test('a superseded session can write nothing, and learns its successor', async () => {
  const { client, sessionId, successor } = await handedOver();
  const before = await client.sessions.get(sessionId);
  const refusal = { status: 409, kind: 'session-superseded', problem: { successor } };
  const writes = [
    client.sessions.update(sessionId, { status: 'Awake again' }),
    client.sessions.update(sessionId, { status: 'Awake again', lastHeartbeat: true, state: 'working' }),
    client.sessions.create({ name: 'Awake again', sessionId }),
  ];
  await expectAllRejected(writes, refusal);
  expect(await client.sessions.get(sessionId)).toEqual(before);
});

test('a process that wakes up does not write over the memory of its successor', async () => {
  const { client, programId, sessionId, successor } = await handedOver();
  await client.state.update(programId, { sessionId: successor, contextSummary: { lastTask: 'New work' } });
  const late = client.state.update(programId, { sessionId, contextSummary: { lastTask: 'Old work' } });
  await expect(late).rejects.toMatchObject({ status: 409, kind: 'session-superseded', problem: { successor } });
  expect(await client.state.read(programId)).toMatchObject({ version: 1, contextSummary: { lastTask: 'New work' } });
});

test('a superseded session that names itself creates no task, sends nothing and marks no message', async () => {
  const { client, programId, sessionId, successor } = await handedOver();
  const { messageId } = await server.admin.messages.send({ to: programId, kind: 'DIRECTIVE', text: 'Stop' });
  const { taskId } = await client.tasks.create({ title: 'Work', target: programId });
  await client.tasks.claim(taskId, successor);
  const late = { sessionId };
  const writes = [
    client.tasks.create({ title: 'Late', target: programId, ...late }),
    client.tasks.claim(taskId, sessionId),
    client.tasks.release(taskId, sessionId),
    client.tasks.complete(taskId, { outcome: 'succeeded', ...late }),
    client.messages.send({ to: '*', kind: 'STATUS', text: 'Late', ...late }),
    client.messages.confirmDelivery([messageId], late),
    client.messages.acknowledge(messageId, late),
    client.sessions.reportTurnLimit(sessionId, { turns: 8, waitingMessages: 1, senders: [] }),
  ];
  await expectAllRejected(writes, { status: 409, kind: 'session-superseded', problem: { successor } });
  expect(await client.tasks.get(taskId)).toMatchObject({ state: 'claimed', claimedSession: successor });
  expect((await client.tasks.list({ target: programId, state: 'all' })).tasks).toHaveLength(1);
  expect((await client.messages.sent()).messages).toEqual([]);
  expect((await client.messages.list()).messages).toMatchObject([
    { messageId, deliveredAt: null, acknowledgedAt: null },
  ]);
  // The successor, and whoever names no session or one that nobody knows, may.
  await client.messages.send({ to: '*', kind: 'STATUS', text: 'On it', sessionId: successor });
  await client.messages.send({ to: '*', kind: 'STATUS', text: 'On it', sessionId: 'unknown' });
  expect(await client.messages.confirmDelivery([messageId], { sessionId: successor })).toEqual([messageId]);
  expect(await client.messages.acknowledge(messageId, { sessionId: successor })).toMatchObject({ messageId });
});

test('a superseded session is never the current one', async () => {
  const { client, sessionId, successor } = await handedOver();
  expect((await client.sessions.update('current', { status: 'S' })).sessionId).toBe(successor);
  await client.sessions.update(successor, { status: 'Done', state: 'complete' });
  const lost = [client.sessions.get('current'), client.sessions.update('current', { status: 'Late' })];
  await expectAllRejected(lost, { status: 404, kind: 'session-not-found' });
  server.clock.advance(20 * 60_000);
  expect(await client.sessions.get(sessionId)).toMatchObject({ stale: false, successor });
});
