import { expect, test } from 'vitest';
import { connect } from '../../support/sql.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const agent = async () => {
  const program = await server.createProgram();
  const { sessionId } = await program.client.sessions.create({ name: 'Working', sessionId: randomName('s') });
  return { ...program, sessionId };
};
const claimed = async () => {
  const one = await agent();
  const { taskId } = await server.admin.tasks.create({ title: 'Review', target: '*' });
  await one.client.tasks.claim(taskId);
  return { ...one, taskId };
};

test.each(['succeeded', 'failed', 'cancelled'] as const)(
  'a task can end as %s, once, with its result',
  async (outcome) => {
    const { client, taskId, programId } = await claimed();
    const done = await client.tasks.complete(taskId, { outcome, result: 'Two comments' });
    expect(done).toMatchObject({ state: 'completed', outcome, result: 'Two comments', claimedBy: programId });
    expect(done.completedAt).not.toBeNull();
    const again = { status: 409, kind: 'task-completed' };
    await expect(client.tasks.complete(taskId, { outcome })).rejects.toMatchObject(again);
    await expect(client.tasks.claim(taskId)).rejects.toMatchObject(again);
    await expect(client.tasks.release(taskId)).rejects.toMatchObject(again);
    expect(await client.tasks.get(taskId)).toEqual(done);
  },
);

test('a released task is free for others', async () => {
  const { client, taskId } = await claimed();
  expect(await client.tasks.release(taskId)).toMatchObject({ state: 'created', claimedBy: null, claimedSession: null });
  const other = await agent();
  expect(await other.client.tasks.claim(taskId)).toMatchObject({ claimedBy: other.programId });
});

test('only the claimant of a task, or an admin, completes or releases it', async () => {
  const { client, taskId, programId } = await claimed();
  const other = await agent();
  const taken = { status: 409, kind: 'task-taken', problem: { claimedBy: programId } };
  await expect(other.client.tasks.complete(taskId, { outcome: 'succeeded' })).rejects.toMatchObject(taken);
  await expect(other.client.tasks.release(taskId)).rejects.toMatchObject(taken);
  await server.admin.tasks.release(taskId);
  await client.tasks.claim(taskId);
  expect((await server.admin.tasks.complete(taskId, { outcome: 'cancelled' })).outcome).toBe('cancelled');
  const { audit: entries } = await server.admin.audit.list({ outcome: 'done', limit: 2 });
  expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
    ['completeTask', taskId],
    ['releaseTask', taskId],
  ]);
});

test('a task that nobody has claimed cannot be ended by a program, but cancelled by an admin', async () => {
  const { client, programId } = await agent();
  const { taskId } = await server.admin.tasks.create({ title: 'Review', target: programId });
  const unclaimed = { status: 409, kind: 'task-not-claimed' };
  await expect(client.tasks.complete(taskId, { outcome: 'succeeded' })).rejects.toMatchObject(unclaimed);
  await expect(client.tasks.release(taskId)).rejects.toMatchObject(unclaimed);
  await expect(server.admin.tasks.release(taskId)).rejects.toMatchObject(unclaimed);
  expect(await server.admin.tasks.complete(taskId, { outcome: 'cancelled' })).toMatchObject({ claimedBy: null });
});

test('a named session completes only its own tasks', async () => {
  const { client, taskId, sessionId } = await claimed();
  const { sessionId: second } = await client.sessions.create({ name: 'Second', sessionId: randomName('s') });
  const taken = { status: 409, kind: 'task-taken', problem: { claimedSession: sessionId } };
  await expect(client.tasks.complete(taskId, { outcome: 'failed', sessionId: second })).rejects.toMatchObject(taken);
  await expect(client.tasks.release(taskId, second)).rejects.toMatchObject(taken);
  const other = await agent();
  await expect(client.tasks.release(taskId, other.sessionId)).rejects.toMatchObject({ status: 403 });
  const nowhere = client.tasks.complete(taskId, { outcome: 'failed', sessionId: 'nowhere' });
  await expect(nowhere).rejects.toMatchObject({ status: 404, kind: 'session-not-found' });
  await client.tasks.complete(taskId, { outcome: 'succeeded', sessionId });
});

test('a superseded session can neither claim nor complete nor release', async () => {
  const { client, taskId, sessionId } = await claimed();
  const { taskId: free } = await server.admin.tasks.create({ title: 'Free', target: '*' });
  const sql = await connect(server.database);
  await sql.query("UPDATE sessions SET state = 'complete', successor = ? WHERE sessionId = ?", ['the-next', sessionId]);
  await sql.close();
  const superseded = { status: 409, kind: 'session-superseded', problem: { successor: 'the-next' } };
  await expect(client.tasks.claim(free, sessionId)).rejects.toMatchObject(superseded);
  await expect(client.tasks.release(taskId, sessionId)).rejects.toMatchObject(superseded);
  const complete = client.tasks.complete(taskId, { outcome: 'succeeded', sessionId });
  await expect(complete).rejects.toMatchObject(superseded);
  expect((await client.tasks.get(taskId)).state).toBe('created');
});

test('every change of a task is one event', async () => {
  const { client, taskId, programId, sessionId } = await claimed();
  await client.tasks.claim(taskId);
  await client.tasks.release(taskId);
  await client.tasks.claim(taskId);
  await client.tasks.complete(taskId, { outcome: 'succeeded' });
  const sql = await connect(server.database);
  const rows = await sql.query('SELECT kind, programId, sessionId, data FROM events ORDER BY seq');
  await sql.close();
  const events = rows.filter(({ data }) => JSON.parse(String(data)).taskId === taskId);
  expect(events.map((event) => [event['kind'], event['programId'], event['sessionId']])).toEqual([
    ['task.created', null, null],
    ['task.claimed', programId, sessionId],
    ['task.released', programId, sessionId],
    ['task.claimed', programId, sessionId],
    ['task.completed', programId, sessionId],
  ]);
});
