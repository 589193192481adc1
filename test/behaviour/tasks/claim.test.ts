import { expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const STALE = 15 * 60_000 + 1;

const server = useTestServer({ stopClock: true });

const agent = async (prefix?: string) => {
  const program = await server.createProgram(prefix);
  const { sessionId } = await program.client.sessions.create({ name: 'Working', sessionId: randomName('s') });
  return { ...program, sessionId };
};
const taskFor = async (target: string) => (await server.admin.tasks.create({ title: 'Review', target })).taskId;
const pending = async (client: Fleetbeat) =>
  (await client.sessions.update('current', { status: 'Idle', lastHeartbeat: true })).pendingTasks;

test('a claim shows the instructions and whose the task now is; claiming again changes nothing', async () => {
  const { client, programId, sessionId } = await agent();
  const made = await server.admin.tasks.create({ title: 'Review', target: programId, instructions: 'Look at it' });
  const claimed = await client.tasks.claim(made.taskId);
  expect(claimed).toMatchObject({ state: 'claimed', claimedBy: programId, claimedSession: sessionId });
  expect(claimed.instructions).toBe('Look at it');
  server.clock.advance(60_000);
  expect(await client.tasks.claim(made.taskId, sessionId)).toEqual(claimed);
  expect(await client.tasks.get(made.taskId)).toEqual(claimed);
});

test('the second claimant learns who has the task', async () => {
  const [first, second] = [await agent(), await agent()];
  const taskId = await taskFor('*');
  await first.client.tasks.claim(taskId);
  await expect(second.client.tasks.claim(taskId)).rejects.toMatchObject({
    status: 409,
    kind: 'task-taken',
    problem: { claimedBy: first.programId, claimedSession: first.sessionId },
  });
});

test('a program cannot claim what is for another, nor for the session of another', async () => {
  const [one, other] = [await agent(), await agent()];
  const taskId = await taskFor(one.programId);
  await expect(other.client.tasks.claim(taskId)).rejects.toMatchObject({ status: 404 });
  const made = await other.client.tasks.create({ title: 'For one', instructions: 'Do it', target: one.programId });
  await expect(other.client.tasks.claim(made.taskId)).rejects.toMatchObject({ status: 403 });
  await expect(other.client.tasks.claim(taskId, one.sessionId)).rejects.toMatchObject({ status: 403 });
  expect((await one.client.tasks.get(taskId)).state).toBe('created');
});

test('an admin without a program claims only for the session of a program, and that is audited', async () => {
  const { programId, sessionId } = await agent();
  const { sessionId: nobodys } = await server.admin.sessions.create({ name: 'Of nobody' });
  const taskId = await taskFor(programId);
  await expect(server.admin.tasks.claim(taskId)).rejects.toMatchObject({ status: 403 });
  await expect(server.admin.tasks.claim(taskId, nobodys)).rejects.toMatchObject({ status: 403 });
  expect(await server.admin.tasks.claim(taskId, sessionId)).toMatchObject({ claimedBy: programId });
  const { audit: entries } = await server.admin.audit.list({ action: 'claimTask', outcome: 'done' });
  expect(entries[0]).toMatchObject({ subject: taskId });
});

test('a session that is not alive can claim nothing', async () => {
  const { client, programId, sessionId } = await agent();
  const taskId = await taskFor(programId);
  await expect(client.tasks.claim(taskId, 'nowhere')).rejects.toMatchObject({ status: 404, kind: 'session-not-found' });
  server.clock.advance(STALE);
  await expect(client.tasks.claim(taskId)).rejects.toMatchObject({ status: 409, kind: 'session-not-live' });
  await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
  const late = client.tasks.claim(taskId, sessionId);
  await expect(late).rejects.toMatchObject({
    kind: 'session-not-live',
    problem: { detail: expect.stringContaining('complete') },
  });
  await expect(client.tasks.claim(taskId)).rejects.toMatchObject({ status: 404, kind: 'session-not-found' });
});

test('an expired task cannot be claimed, but one that was claimed in time can be completed later', async () => {
  const { client, programId } = await agent();
  const make = () => server.admin.tasks.create({ title: 'Soon', target: programId, ttlSeconds: 60 });
  const [late, inTime] = [await make(), await make()];
  await client.tasks.claim(inTime.taskId);
  server.clock.advance(60_000);
  await expect(client.tasks.claim(late.taskId)).rejects.toMatchObject({ status: 409, kind: 'task-expired' });
  expect(await client.tasks.get(late.taskId)).toMatchObject({ state: 'created', expired: true });
  expect(await client.tasks.get(inTime.taskId)).toMatchObject({ state: 'claimed', expired: false });
  await client.tasks.complete(inTime.taskId, { outcome: 'succeeded' });
});

test('the task of a dead claimant is free again; another claims it, and the late one can do nothing', async () => {
  const [dead, next] = [await agent(), await agent()];
  const taskId = await taskFor('*');
  const before = await pending(next.client);
  await dead.client.tasks.claim(taskId);
  expect(await pending(next.client)).toBe(before - 1);
  server.clock.advance(STALE - 1);
  expect((await next.client.tasks.get(taskId)).state).toBe('claimed');
  server.clock.advance(1);
  expect(await pending(next.client)).toBe(before);
  const { programs } = await server.admin.fleet.health();
  expect(programs.find(({ programId }) => programId === next.programId)?.pendingTasks).toBe(before);
  expect(await next.client.tasks.get(taskId)).toMatchObject({ state: 'created', claimedBy: null, claimedAt: null });
  const lapsed = { status: 409, kind: 'claim-lapsed' };
  await expect(dead.client.tasks.complete(taskId, { outcome: 'succeeded' })).rejects.toMatchObject(lapsed);
  await expect(dead.client.tasks.release(taskId)).rejects.toMatchObject(lapsed);
  await next.client.tasks.claim(taskId);
  await dead.client.sessions.update(dead.sessionId, { status: 'I was only asleep', lastHeartbeat: true });
  const taken = { status: 409, kind: 'task-taken', problem: { claimedBy: next.programId } };
  await expect(dead.client.tasks.complete(taskId, { outcome: 'succeeded' })).rejects.toMatchObject(taken);
  await expect(dead.client.tasks.release(taskId)).rejects.toMatchObject(taken);
  expect(await next.client.tasks.get(taskId)).toMatchObject({ state: 'claimed', claimedBy: next.programId });
});

test('heartbeats extend a claim, and a claimant that wakes up before another came still has its task', async () => {
  const { client, programId, sessionId } = await agent();
  const taskId = await taskFor(programId);
  await client.tasks.claim(taskId);
  for (let beat = 0; beat < 3; beat += 1) {
    server.clock.advance(10 * 60_000);
    await client.sessions.update(sessionId, { status: 'Busy', lastHeartbeat: true });
  }
  expect((await client.tasks.get(taskId)).state).toBe('claimed');
  server.clock.advance(60 * 60_000);
  expect((await client.tasks.get(taskId)).state).toBe('created');
  await client.sessions.update(sessionId, { status: 'The lid is open', lastHeartbeat: true });
  expect((await client.tasks.complete(taskId, { outcome: 'failed' })).state).toBe('completed');
});

test('completing a session releases its tasks at once', async () => {
  const { client, programId, sessionId } = await agent();
  const taskId = await taskFor(programId);
  await client.tasks.claim(taskId);
  await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
  expect((await client.tasks.get(taskId)).state).toBe('created');
  const { sessionId: next } = await client.sessions.create({ name: 'Next' });
  expect(await client.tasks.claim(taskId)).toMatchObject({ claimedSession: next });
});
