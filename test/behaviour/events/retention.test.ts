import { expect, test } from 'vitest';
import { readFirst, readNext } from '../../support/event-stream.ts';
import { eventually } from '../../support/eventually.ts';
import { connect, runSql } from '../../support/sql.ts';
import type { TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const DAY = 24 * 60 * 60 * 1000;

const server = useTestServer({
  environment: {
    FLEETBEAT_KEEP_EVENTS: '2d',
    FLEETBEAT_RETENTION_EVERY: '20ms',
    FLEETBEAT_SWEEP_EVERY: '1h',
    FLEETBEAT_WEBHOOKS_EVERY: '1h',
  },
});

const oldest = async (client: TestServer['admin']): Promise<number | undefined> =>
  readFirst(client.events({ after: 999_999 }), 1).then(
    () => undefined,
    (error) => error.problem.oldestEvent,
  );

test('events are deleted after their retention, and resuming before them is a 410', async () => {
  const { client } = await server.createAccount('unlimited');
  for (const name of ['a', 'b', 'c']) await client.sessions.create({ name, sessionId: name });
  server.clock.advance(1.5 * DAY);
  for (const name of ['a', 'b']) await client.sessions.update(name, { status: 'Later' });
  server.clock.advance(1 * DAY);
  await eventually(async () => (await oldest(client)) === 4);
  for (const after of [0, 2]) {
    const gone = { status: 410, kind: 'events-gone', problem: { oldestEvent: 4, latestEvent: 5 } };
    await expect(readFirst(client.events({ after }), 1)).rejects.toMatchObject(gone);
  }
  expect((await readFirst(client.events({ after: 3 }), 2)).map(({ sequence }) => sequence)).toEqual([4, 5]);

  server.clock.advance(2 * DAY);
  await eventually(async () => (await oldest(client)) === null);
  await expect(readFirst(client.events({ after: 4 }), 1)).rejects.toMatchObject({ problem: { latestEvent: 5 } });
  const following = client.events({ after: 5 });
  const next = readNext(following, 1);
  await client.sessions.update('c', { status: 'Much later' });
  expect(await next).toMatchObject([{ sequence: 6, type: 'session.updated' }]);
  await following.return();
});

test('who follows while events are deleted that were not read yet is told, and misses none in silence', async () => {
  const { accountId, client } = await server.createAccount('unlimited');
  await client.sessions.create({ name: 'Followed', sessionId: 'followed' });
  const following = client.events({ after: 0 });
  expect(await readNext(following, 1)).toMatchObject([{ sequence: 1 }]);
  const next = readNext(following, 1);
  const sql = await connect(server.database);
  await sql.query('UPDATE event_counters SET seq = 6 WHERE accountId = ?', [accountId]);
  await sql.query('DELETE FROM events WHERE accountId = ?', [accountId]);
  await sql.query(
    `INSERT INTO events (accountId, seq, at, kind, programId, sessionId, data)
     VALUES (?, 6, ?, 'session.updated', NULL, 'followed', '{}')`,
    [accountId, server.clock.now()],
  );
  await sql.close();
  await expect(next).rejects.toMatchObject({ kind: 'events-gone', problem: { oldestEvent: 6, latestEvent: 6 } });
});

test('more events than fit in a page are deleted', async () => {
  const { accountId, client } = await server.createAccount('unlimited');
  const sql = await connect(server.database);
  const row = (seq: number) => `('${accountId}', ${seq}, 1000, 'session.updated', NULL, 's', '{}')`;
  for (let from = 1; from <= 2_500; from += 500) {
    const rows = Array.from({ length: 500 }, (_, index) => row(from + index)).join(', ');
    await sql.query(`INSERT INTO events (accountId, seq, at, kind, programId, sessionId, data) VALUES ${rows}`);
  }
  await sql.query(`INSERT INTO event_counters (accountId, seq) VALUES ('${accountId}', 2500)`);
  await sql.close();
  await eventually(async () => (await oldest(client)) === null);
});

test('an event that a webhook has not collected yet outlives its retention', async () => {
  const [waiting, other] = [await server.createAccount('unlimited'), await server.createAccount('unlimited')];
  const { webhookId } = await waiting.client.webhooks.create({
    url: 'http://127.0.0.1:1025/',
    types: ['session.created'],
  });
  // That it was made counts as collected; what comes then is not, since this server looks for webhooks once an hour.
  await runSql(server.database, 'UPDATE webhooks SET seenSeq = 1 WHERE webhookId = ?', [webhookId]);
  for (const { client } of [waiting, other]) await client.sessions.create({ name: 'S', sessionId: 's' });
  server.clock.advance(3 * DAY);
  await eventually(async () => (await oldest(other.client)) === null);
  await eventually(async () => (await oldest(waiting.client)) === 2);
  await waiting.client.webhooks.update(webhookId, { enabled: false });
  // What is left is that it was switched off.
  await eventually(async () => (await oldest(waiting.client)) === 3);
});
