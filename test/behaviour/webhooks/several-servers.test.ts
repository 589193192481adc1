import { afterEach, beforeEach, expect, test } from 'vitest';
import { runSql } from '../../support/sql.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { startWebhookReceiver, type WebhookReceiver } from '../../support/webhook-receiver.ts';

const SOON = { timeout: 30_000, interval: 10 };

let receiver: WebhookReceiver;
const servers: TestServer[] = [];
beforeEach(async () => {
  receiver = await startWebhookReceiver();
});
afterEach(async () => {
  // The first one owns the database.
  for (const server of servers.splice(0).reverse()) await server.close();
  await receiver.close();
});

async function startReplica(options: Parameters<typeof startTestServer>[0] = {}): Promise<TestServer> {
  const [first] = servers;
  const server = await startTestServer({ environment: OFTEN, ...(first && { database: first.database }), ...options });
  servers.push(server);
  return server;
}

const OFTEN = { FLEETBEAT_WEBHOOKS_EVERY: '20ms' };
const NEVER = { FLEETBEAT_WEBHOOKS_EVERY: '1d' };
const tasks = () => receiver.received.map(({ body }) => body.data['taskId']);
const createTask = async ({ admin }: TestServer, title: string) =>
  (await admin.tasks.create({ title, target: 'builder' })).taskId;

async function openWebhook({ admin }: TestServer) {
  await admin.keys.create({ programId: 'builder' });
  return admin.webhooks.create({ url: receiver.url, types: ['task.created'] });
}

test('what was not sent before a server stopped is sent by the next one, once', async () => {
  const quiet = await startReplica({ environment: NEVER });
  await openWebhook(quiet);
  const made: string[] = [];
  for (let each = 0; each < 5; each += 1) made.push(await createTask(quiet, `Work ${each}`));
  expect(receiver.received).toEqual([]);
  await startReplica();
  await expect.poll(() => tasks().toSorted(), SOON).toEqual(made.toSorted());
});

test('a delivery that was cut off by the end of its server is sent again with the same id', async () => {
  const quiet = await startReplica({ environment: NEVER });
  const { webhookId } = await openWebhook(quiet);
  receiver.respondWith(() => undefined);
  const dying = await startTestServer({ database: quiet.database, environment: OFTEN });
  const taskId = await createTask(quiet, 'Work');
  await expect.poll(tasks, SOON).toEqual([taskId]);
  await dying.close();
  receiver.respondWith(204);
  await startReplica();
  await expect.poll(tasks, SOON).toEqual([taskId, taskId]);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const attempts = async () => (await quiet.admin.webhooks.deliveries(webhookId)).deliveries[0]?.attempts.length;
  await expect.poll(attempts, SOON).toBe(1);
});

test('a server that died while sending delays its webhooks by 15 seconds', async () => {
  const quiet = await startReplica({ environment: NEVER });
  await openWebhook(quiet);
  const taskId = await createTask(quiet, 'Work');
  const until = Date.now() + 15_000;
  await runSql(quiet.database, 'UPDATE webhooks SET claimedBy = ?, claimedUntil = ?', ['who-died', until]);
  const next = await startReplica();
  const other = await next.admin.webhooks.create({ url: receiver.url, types: ['task.created'] });
  const second = await createTask(next, 'More work');
  await expect.poll(tasks, SOON).toEqual([second]);
  expect(other.enabled).toBe(true);
  next.clock.advance(15_001);
  await expect.poll(tasks, SOON).toEqual([second, taskId, second]);
});

test('several servers on one database send each event once', async () => {
  const first = await startReplica();
  await openWebhook(first);
  await startReplica();
  await startReplica();
  const made = await Promise.all(
    Array.from({ length: 40 }, (_, each) => createTask(servers[each % servers.length] as TestServer, `Work ${each}`)),
  );
  await expect.poll(() => receiver.received.length, SOON).toBeGreaterThanOrEqual(made.length);
  expect(tasks().toSorted()).toEqual(made.toSorted());
});
