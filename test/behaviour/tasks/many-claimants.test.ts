import { expect, test } from 'vitest';
import { FleetbeatError } from '../../../clients/typescript/src/index.ts';
import { connect } from '../../support/sql.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const PROGRAMS = 5;
const SESSIONS = 4;

const server = useTestServer();

test('of 1,000 claimants on 100 tasks 100 win, and no task has two', { timeout: 300_000 }, async () => {
  const claimants = await Promise.all(
    Array.from({ length: PROGRAMS }, async () => {
      const { client } = await server.createProgram();
      const ids = Array.from({ length: SESSIONS }, () => randomName('s'));
      for (const sessionId of ids) await client.sessions.create({ name: 'Racing', sessionId });
      return ids.map((sessionId) => ({ client, sessionId }));
    }),
  ).then((each) => each.flat());
  const tasks: string[] = [];
  for (let index = 0; index < 100; index += 1)
    tasks.push((await server.admin.tasks.create({ title: `Task ${index}`, target: '*' })).taskId);

  // Ten distinct sessions go for each task, and all thousand requests are under way at once.
  const outcomes = await Promise.all(
    tasks.flatMap((taskId, index) =>
      Array.from({ length: 10 }, async (_, nth) => {
        const claimant = claimants[(index + nth) % claimants.length];
        if (!claimant) throw new Error('No claimant');
        const { client, sessionId } = claimant;
        try {
          return { taskId, sessionId, winner: (await client.tasks.claim(taskId, sessionId)).claimedSession };
        } catch (error) {
          if (!(error instanceof FleetbeatError) || error.kind !== 'task-taken') throw error;
          return { taskId, sessionId, winner: error.problem.claimedSession };
        }
      }),
    ),
  );

  const wins = outcomes.filter(({ sessionId, winner }) => winner === sessionId);
  expect(outcomes).toHaveLength(1_000);
  expect(wins).toHaveLength(100);
  expect(new Set(wins.map(({ taskId }) => taskId)).size).toBe(100);
  const winners = new Map(wins.map(({ taskId, sessionId }) => [taskId, sessionId]));
  // Every loser was told the one winner, and that is who has the task.
  for (const { taskId, winner } of outcomes) expect(winner).toBe(winners.get(taskId));
  for (const taskId of tasks) expect((await server.admin.tasks.get(taskId)).claimedSession).toBe(winners.get(taskId));
  const sql = await connect(server.database);
  const [events] = await sql.query("SELECT COUNT(*) AS claims FROM events WHERE kind = 'task.claimed'");
  await sql.close();
  expect(Number(events?.['claims'])).toBe(100);
});
