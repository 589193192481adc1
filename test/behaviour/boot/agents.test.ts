import { expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { type AgentReport, startAgentProcess } from '../../support/agent-process.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const MINUTE = 60_000;

const server = useTestServer();

const filterSavedStates = (reports: readonly AgentReport[]) =>
  reports.filter(({ did, status }) => did === 'remember' && status === 200);

/** Resolves when nothing that was on its way arrives any more. */
async function waitUntilQuiet(client: Fleetbeat, programId: string, sessionId: string): Promise<void> {
  let [seen, same] = ['', 0];
  await eventually(async () => {
    const now = `${(await client.sessions.get(sessionId)).updatedAt} ${(await client.state.read(programId)).version}`;
    same = now === seen ? same + 1 : 0;
    seen = now;
    return same >= 10;
  });
}

test('an agent that was paused, succeeded and continued can write nothing any more', async () => {
  const { programId, key, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Run 1' });
  const { taskId } = await server.admin.tasks.create({ title: 'Work', target: programId });
  const agent = startAgentProcess(server.url, key, programId, sessionId, taskId);
  await agent.waitForReports(9);
  agent.signal('SIGSTOP');
  await waitUntilQuiet(client, programId, sessionId);
  server.clock.advance(16 * MINUTE);

  const boot = await client.programs.boot(programId, { name: 'Run 2' });
  expect(boot.previousSession).toMatchObject({ sessionId, ended: 'succeeded' });
  await client.state.update(programId, {
    sessionId: boot.session.sessionId,
    contextSummary: { lastTask: 'By the successor' },
  });
  const before = agent.reports.length;
  agent.signal('SIGCONT');
  await agent.waitForReports(12);
  await agent.kill();

  // The answer to what was on its way when it was paused may still be read; everything after that is refused.
  const after = agent.reports.slice(before + 1);
  expect(new Set(after.map(({ status, body }) => `${status} ${body['type']}`))).toEqual(
    new Set(['409 /problems/session-superseded']),
  );
  expect((await client.state.read(programId)).contextSummary.lastTask).toBe('By the successor');
  expect(await client.sessions.get(sessionId)).toMatchObject({ state: 'complete', successor: boot.session.sessionId });
  expect(await client.tasks.get(taskId)).toMatchObject({ state: 'claimed', claimedSession: boot.session.sessionId });
});

test('a boot after kill -9 returns everything that was acknowledged', async () => {
  const { programId, key, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Run 1' });
  const agent = startAgentProcess(server.url, key, programId, sessionId);
  await agent.waitForReports(20);
  await agent.kill();
  server.clock.advance(16 * MINUTE);

  const boot = await client.programs.boot(programId, { name: 'Run 2', maxTokens: 50_000 });
  const steps = filterSavedStates(agent.reports).map(({ step }) => step);
  const remembered = boot.state.learnedPatterns.map(({ id }) => id);
  expect(remembered).toEqual(expect.arrayContaining(steps.map((step) => `step-${step}`)));
  const last = Number(boot.state.contextSummary.lastTask?.replace('Step ', ''));
  expect(last).toBeGreaterThanOrEqual(Math.max(...steps));
  expect(boot.state.contextSummary.handoffNotes).toBe(`Notes of step ${last}`);
  expect(boot.leftOut).toEqual([]);
});

test('the task of a claimant that is killed with -9 is free again when its session is stale', async () => {
  const [first, second] = [await server.createProgram(), await server.createProgram()];
  const { sessionId } = await first.client.sessions.create({ name: 'Claimant' });
  const { taskId } = await server.admin.tasks.create({ title: 'Work', target: '*' });
  const agent = startAgentProcess(server.url, first.key, first.programId, sessionId, taskId);
  await agent.waitForReports(3);
  expect(agent.reports[0]).toMatchObject({ did: 'claim', status: 200 });
  await agent.kill();

  const other = await second.client.sessions.create({ name: 'Heir' });
  await expect(second.client.tasks.claim(taskId)).rejects.toMatchObject({ kind: 'task-taken' });
  server.clock.advance(16 * MINUTE);
  await second.client.sessions.update(other.sessionId, { status: 'Here', lastHeartbeat: true });
  expect(await second.client.tasks.claim(taskId)).toMatchObject({ state: 'claimed', claimedSession: other.sessionId });
});
