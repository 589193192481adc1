import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { openReceiver, type Receiver } from '../../support/receiver.ts';
import { runSql } from '../../support/sql.ts';

const SOON = { timeout: 30_000, interval: 10 };

let receiver: Receiver;
const houses: TestHouse[] = [];
beforeEach(async () => {
  receiver = await openReceiver();
});
afterEach(async () => {
  // The first one owns the database.
  for (const house of houses.splice(0).reverse()) await house.close();
  await receiver.close();
});

async function start(options: Parameters<typeof openTestHouse>[0] = {}): Promise<TestHouse> {
  const [first] = houses;
  const house = await openTestHouse({ environment: OFTEN, ...(first && { database: first.database }), ...options });
  houses.push(house);
  return house;
}

const OFTEN = { FLEETBEAT_WEBHOOKS_EVERY: '20ms' };
const NEVER = { FLEETBEAT_WEBHOOKS_EVERY: '1d' };
const tasks = () => receiver.received.map(({ body }) => body.data['taskId']);
const give = async ({ admin }: TestHouse, title: string) =>
  (await admin.tasks.create({ title, target: 'builder' })).taskId;

async function openWebhook({ admin }: TestHouse) {
  await admin.keys.create({ programId: 'builder' });
  return admin.webhooks.create({ url: receiver.url, kinds: ['task.created'] });
}

test('what was not sent before a server stopped is sent by the next one, in order and once', async () => {
  const quiet = await start({ environment: NEVER });
  await openWebhook(quiet);
  const made: string[] = [];
  for (let each = 0; each < 5; each += 1) made.push(await give(quiet, `Work ${each}`));
  expect(receiver.received).toEqual([]);
  await start();
  await expect.poll(tasks, SOON).toEqual(made);
});

test('a delivery that was cut off by the end of its server is sent again with the same id', async () => {
  const quiet = await start({ environment: NEVER });
  const { webhookId } = await openWebhook(quiet);
  receiver.answer(() => undefined);
  const dying = await openTestHouse({ database: quiet.database, environment: OFTEN });
  const taskId = await give(quiet, 'Work');
  await expect.poll(tasks, SOON).toEqual([taskId]);
  await dying.close();
  receiver.answer(204);
  await start();
  await expect.poll(tasks, SOON).toEqual([taskId, taskId]);
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const attempts = async () => (await quiet.admin.webhooks.deliveries(webhookId)).deliveries[0]?.attempts.length;
  await expect.poll(attempts, SOON).toBe(1);
});

test('a server that died while it was sending holds its webhooks up for a quarter of a minute', async () => {
  const quiet = await start({ environment: NEVER });
  await openWebhook(quiet);
  const taskId = await give(quiet, 'Work');
  const until = Date.now() + 15_000;
  await runSql(quiet.database, 'UPDATE webhooks SET claimedBy = ?, claimedUntil = ?', ['who-died', until]);
  const next = await start();
  const other = await next.admin.webhooks.create({ url: receiver.url, kinds: ['task.created'] });
  const second = await give(next, 'More work');
  await expect.poll(tasks, SOON).toEqual([second]);
  expect(other.enabled).toBe(true);
  next.clock.advance(15_001);
  await expect.poll(tasks, SOON).toEqual([second, taskId, second]);
});

test('several servers on one database send each event once', async () => {
  const first = await start();
  await openWebhook(first);
  await start();
  await start();
  const made = await Promise.all(
    Array.from({ length: 40 }, (_, each) => give(houses[each % houses.length] as TestHouse, `Work ${each}`)),
  );
  await expect.poll(() => receiver.received.length, SOON).toBeGreaterThanOrEqual(made.length);
  expect(tasks().toSorted()).toEqual(made.toSorted());
});
