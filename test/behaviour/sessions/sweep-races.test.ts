/** A row that the sweep waits for may be changed by whoever holds it. SQLite has no locks of rows. */
import { expect, test } from 'vitest';
import { readFirst } from '../../support/event-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { openLockHolder } from '../../support/lock-holder.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const HOUR = 3_600_000;

const server = useTestServer({ environment: { FLEETBEAT_SWEEP_EVERY: '20ms' } });

const lastSweepAt = async (): Promise<string | null> => {
  const ready = (await (await fetch(`${server.url}/readyz`)).json()) as { sweep: { lastRunAt: string | null } };
  return ready.sweep.lastRunAt;
};

test('who is heard while the sweep waits for its row is not archived', async () => {
  const { client } = await server.createProgram();
  server.clock.advance(HOUR); // past the grace after a start
  const { sessionId } = await client.sessions.create({ name: 'Heard in time' });
  // What it is told as stale is told by now, so that the sweep needs its row for nothing but the archive.
  const following = client.events({ after: 0 });
  server.clock.advance(HOUR / 2);
  expect(await readFirst(following, 2)).toMatchObject([{ type: 'session.created' }, { type: 'session.stale' }]);
  const holder = await openLockHolder(server.database);
  await holder.beginHeavyTransaction();
  await holder.lock(`SELECT sessionId FROM sessions WHERE sessionId = '${sessionId}'`);
  server.clock.advance(HOUR / 2);
  await holder.waitForBlocked(1);
  const now = server.clock.now();
  await holder.commit('UPDATE sessions SET lastHeartbeat = ?, updatedAt = ? WHERE sessionId = ?', [
    now,
    now,
    sessionId,
  ]);
  for (const _run of [1, 2]) {
    const before = await lastSweepAt();
    server.clock.advance(1);
    await eventually(async () => (await lastSweepAt()) !== before);
  }
  expect(await client.sessions.get(sessionId)).toMatchObject({ archived: false, stale: false });
  await holder.close();
});
