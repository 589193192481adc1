import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { startAgent, type Told } from '../../support/agent-process.ts';
import { eventually } from '../../support/eventually.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';

const MINUTE = 60_000;

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const saved = (told: readonly Told[]) => told.filter(({ did, status }) => did === 'remember' && status === 200);

/** Resolves when nothing that was on its way arrives any more. */
async function quiet(client: Fleetbeat, programId: string, sessionId: string): Promise<void> {
  let [seen, same] = ['', 0];
  await eventually(async () => {
    const now = `${(await client.sessions.get(sessionId)).updatedAt} ${(await client.state.read(programId)).version}`;
    same = now === seen ? same + 1 : 0;
    seen = now;
    return same >= 10;
  });
}

test('an agent that was paused, succeeded and continued can write nothing any more', async () => {
  const { programId, key, client } = await house.program();
  const { sessionId } = await client.sessions.create({ name: 'Run 1' });
  const { taskId } = await house.admin.tasks.create({ title: 'Work', target: programId });
  const agent = startAgent(house.url, key, programId, sessionId, taskId);
  await agent.more(9);
  agent.signal('SIGSTOP');
  await quiet(client, programId, sessionId);
  house.clock.advance(16 * MINUTE);

  const boot = await client.programs.boot(programId, { name: 'Run 2' });
  expect(boot.previousSession).toMatchObject({ sessionId, ended: 'succeeded' });
  await client.state.update(programId, {
    sessionId: boot.session.sessionId,
    contextSummary: { lastTask: 'By the successor' },
  });
  const before = agent.told.length;
  agent.signal('SIGCONT');
  await agent.more(12);
  await agent.kill();

  // The answer to what was on its way when it was paused may still be read; everything after that is refused.
  const after = agent.told.slice(before + 1);
  expect(new Set(after.map(({ status, body }) => `${status} ${body['type']}`))).toEqual(
    new Set(['409 /problems/session-superseded']),
  );
  expect((await client.state.read(programId)).contextSummary.lastTask).toBe('By the successor');
  expect(await client.sessions.get(sessionId)).toMatchObject({ state: 'complete', successor: boot.session.sessionId });
  expect(await client.tasks.get(taskId)).toMatchObject({ state: 'claimed', claimedSession: boot.session.sessionId });
});

test('a boot after kill -9 returns everything that the agent was told is saved', async () => {
  const { programId, key, client } = await house.program();
  const { sessionId } = await client.sessions.create({ name: 'Run 1' });
  const agent = startAgent(house.url, key, programId, sessionId);
  await agent.more(20);
  await agent.kill();
  house.clock.advance(16 * MINUTE);

  const boot = await client.programs.boot(programId, { name: 'Run 2', maxTokens: 50_000 });
  const steps = saved(agent.told).map(({ step }) => step);
  const remembered = boot.state.learnedPatterns.map(({ id }) => id);
  expect(remembered).toEqual(expect.arrayContaining(steps.map((step) => `step-${step}`)));
  const last = Number(boot.state.contextSummary.lastTask?.replace('Step ', ''));
  expect(last).toBeGreaterThanOrEqual(Math.max(...steps));
  expect(boot.state.contextSummary.handoffNotes).toBe(`Notes of step ${last}`);
  expect(boot.leftOut).toEqual([]);
});

test('a claimant that is killed with -9 gives its task back when its session has gone silent', async () => {
  const [first, second] = [await house.program(), await house.program()];
  const { sessionId } = await first.client.sessions.create({ name: 'Claimant' });
  const { taskId } = await house.admin.tasks.create({ title: 'Work', target: '*' });
  const agent = startAgent(house.url, first.key, first.programId, sessionId, taskId);
  await agent.more(3);
  expect(agent.told[0]).toMatchObject({ did: 'claim', status: 200 });
  await agent.kill();

  const other = await second.client.sessions.create({ name: 'Heir' });
  await expect(second.client.tasks.claim(taskId)).rejects.toMatchObject({ kind: 'task-taken' });
  house.clock.advance(16 * MINUTE);
  await second.client.sessions.update(other.sessionId, { status: 'Here', lastHeartbeat: true });
  expect(await second.client.tasks.claim(taskId)).toMatchObject({ state: 'claimed', claimedSession: other.sessionId });
});
