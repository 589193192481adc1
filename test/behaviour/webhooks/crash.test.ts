import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ServerProcess, startServerProcess } from '../../support/server-process.ts';
import { runSql } from '../../support/sql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';

const SOON = { timeout: 30_000, interval: 20 };
const KEY = `fb_first_${randomBytes(16).toString('hex')}`;

let database: TestDatabase;
let receiver: WebhookReceiver;
let server: ServerProcess;
beforeEach(async () => {
  [database, receiver] = await Promise.all([createTestDatabase(), startWebhookReceiver()]);
});
afterEach(async () => {
  await server.kill();
  await receiver.close();
  await database.remove();
});

const start = async () => {
  server = await startServerProcess({
    DATABASE_URL: database.url,
    FLEETBEAT_ADMIN_KEY: KEY,
    FLEETBEAT_WEBHOOK_ALLOW_PRIVATE: 'true',
    FLEETBEAT_WEBHOOKS_EVERY: '20ms',
  });
  return server.client(KEY);
};

test('after kill -9 in the middle of a delivery everything is sent by the next process, under the same ids', async () => {
  const client = await start();
  await client.keys.create({ programId: 'builder' });
  await client.webhooks.create({ url: receiver.url, types: ['task.created'] });
  receiver.respondWith(() => undefined);
  const createTask = (title: string) => client.tasks.create({ title, target: 'builder' });
  const made = await Promise.all(Array.from({ length: 10 }, (_, each) => createTask(`Work ${each}`)));
  await expect.poll(() => receiver.received.length, SOON).toBe(1);
  await server.kill();
  receiver.respondWith(204);
  // Time passes, as far as the dead process' claim goes.
  await runSql(database, 'UPDATE webhooks SET claimedUntil = 0');
  await start();
  await expect.poll(() => receiver.received.length, SOON).toBe(made.length + 1);
  const [interrupted, ...sent] = receiver.received;
  expect(sent[0]?.headers['webhook-id']).toBe(interrupted?.headers['webhook-id']);
  expect(new Set(sent.map(({ body }) => body.data['taskId']))).toEqual(new Set(made.map(({ taskId }) => taskId)));
  expect(new Set(sent.map(({ headers }) => headers['webhook-id'])).size).toBe(made.length);
});
