/** Web Push from the event to the browser's own keys, through a stand-in for its push service. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Schemas } from '../../../clients/typescript/src/index.ts';
import {
  buildPushSubscription,
  decryptPush,
  generateBrowserKeys,
  type PushServiceStandIn,
  startPushService,
  toPublicKeys,
  verifyVapid,
} from '../../support/push-service.ts';
import { runSql } from '../../support/sql.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const SOON = { timeout: 30_000, interval: 10 };
/** Longer than notifications are collapsed for. */
const APART = 11 * SECOND;
const COMMAND = { label: 'Command', value: 'npm publish' };

let service: PushServiceStandIn;
const server = useTestServer({ stopClock: true, environment: { FLEETBEAT_WEBHOOKS_EVERY: '20ms' } });
beforeEach(async () => {
  service = await startPushService();
});
afterEach(() => service.close());

type Change = Partial<Schemas['PushSubscriptionCreate']>;

/** An account with a builder at work, and the phone of its admin. */
async function createPhone(change: Change = {}) {
  const { client: admin, accountId } = await server.createAccount('unlimited');
  const programId = 'builder';
  const { key } = await admin.keys.create({ programId });
  const agent = server.client(key);
  const { sessionId } = await agent.sessions.create({ name: 'Release', status: 'Preparing' });
  const keys = generateBrowserKeys();
  const body = buildPushSubscription({
    endpoint: `${service.url}/${randomName('phone')}`,
    keys: toPublicKeys(keys),
    types: ['question.asked', 'session.blocked', 'session.completed'],
    ...change,
  });
  const subscription = await admin.pushSubscriptions.create(body);
  const read = (index: number) => JSON.parse(decryptPush(service.received[index]?.body ?? Buffer.alloc(0), keys));
  const readStored = async () => {
    const [row] = await runSql(
      server.database,
      'SELECT seenSeq, nextAt FROM push_subscriptions WHERE accountId = ? AND subscriptionId = ?',
      [accountId, subscription.subscriptionId],
    );
    return { seenSeq: Number(row?.['seenSeq']), nextAt: Number(row?.['nextAt']) };
  };
  /** The result of the last attempt is stored: it is claimed for longer than it then rests. */
  const recorded = (restMs = 10 * SECOND) =>
    expect.poll(async () => (await readStored()).nextAt - server.clock.now(), SOON).toBe(restMs);
  return { admin, agent, sessionId, body, subscription, read, readStored, recorded };
}

const expectPushes = (count: number) => expect.poll(() => service.received.length, SOON).toBe(count);
const countSubscriptions = async (admin: Awaited<ReturnType<typeof createPhone>>['admin']) =>
  (await admin.pushSubscriptions.get()).subscriptions.length;

test('a question rings once, as a title and a page to open that only the browser can read', async () => {
  const { admin, agent, sessionId, body, read } = await createPhone();
  await agent.questions.ask({ kind: 'permission', title: 'May Bash run this?', details: [COMMAND] });
  await expectPushes(1);
  expect(read(0)).toEqual({ title: 'builder asks you', path: `/sessions/${sessionId}`, tag: sessionId });
  const [push] = service.received;
  expect(push?.path).toBe(new URL(body.endpoint).pathname);
  expect(push?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'high', ttl: '43200' });
  expect(push?.headers['topic']).toMatch(/^[\w-]{1,32}$/);
  const { publicKey, claims } = await verifyVapid(push?.headers.authorization ?? '');
  expect(publicKey).toBe((await admin.pushSubscriptions.get()).publicKey);
  expect(claims.aud).toBe(service.url);
  expect(claims.exp).toBeLessThan(Date.now() / 1000 + 86_400);
  expect(() => decryptPush(push?.body ?? Buffer.alloc(0), generateBrowserKeys())).toThrow();
});

test('the command and the answers are in it where that was asked for, and only what can be read whole can be answered', async () => {
  const { agent, read, recorded } = await createPhone({ showDetails: true });
  const short = await agent.questions.ask({ kind: 'permission', title: 'May Bash run this?', details: [COMMAND] });
  await expectPushes(1);
  expect(read(0)).toMatchObject({
    body: 'May Bash run this?\nCommand: npm publish',
    answer: { questionId: short.questionId, options: ['allow', 'deny'] },
  });
  await recorded();
  server.clock.advance(APART);
  const long = { label: 'Command', value: `echo ${'ü'.repeat(1_500)}` };
  await agent.questions.ask({ kind: 'permission', title: 'And this?', details: [long] });
  await expectPushes(2);
  expect(read(1).body).toMatch(/^And this\?\nCommand: echo ü+…$/);
  expect(read(1)).not.toHaveProperty('answer');
});

test('what happens within seconds is one notification, without a question that was answered meanwhile', async () => {
  const { admin, agent, sessionId, read, recorded } = await createPhone();
  await agent.sessions.update(sessionId, { status: 'Waiting', state: 'blocked' });
  await expectPushes(1);
  expect(read(0)).toMatchObject({ title: 'builder is blocked' });
  await recorded();
  for (const each of ['second', 'third', 'fourth']) await agent.sessions.create({ sessionId: each, name: each });
  for (const each of ['second', 'third']) await agent.sessions.update(each, { status: 'Waiting', state: 'blocked' });
  const { questionId } = await agent.questions.ask({ title: 'Which?', sessionId: 'fourth' });
  await admin.questions.answer(questionId, { text: 'This one' });
  server.clock.advance(APART);
  await expectPushes(2);
  expect(read(1)).toEqual({ title: '2 sessions need you', body: 'builder', path: '/', tag: 'many' });
});

test('only the chosen types ring, and nothing from before', async () => {
  const { agent, sessionId, read } = await createPhone({ types: ['session.completed'] });
  await agent.questions.ask({ title: 'Which?' });
  await agent.sessions.update(sessionId, { state: 'complete', status: 'Released' });
  await expectPushes(1);
  expect(read(0)).toMatchObject({ title: 'builder is done' });
});

test('in quiet hours nothing is sent, and what happened then is not sent after them', async () => {
  const at = (ms: number) => new Date(server.clock.now() + ms).toISOString().slice(11, 16);
  const quietHours = { from: at(-HOUR), to: at(HOUR), timeZone: 'UTC' };
  const { agent, read, readStored } = await createPhone({ quietHours });
  const before = await readStored();
  await agent.questions.ask({ title: 'At night?' });
  await expect.poll(async () => (await readStored()).seenSeq, SOON).toBeGreaterThan(before.seenSeq);
  server.clock.advance(2 * HOUR);
  await agent.sessions.create({ sessionId: 'morning', name: 'Morning', state: 'blocked' });
  await expectPushes(1);
  expect(read(0)).toMatchObject({ path: '/sessions/morning' });
});

test('a subscription ends with its key, and with a browser that is gone', async () => {
  const { admin, agent, body } = await createPhone();
  const { key, keyId } = await admin.keys.create({ role: 'auditor' });
  const auditor = server.client(key);
  await auditor.pushSubscriptions.create({ ...body, endpoint: `${service.url}/auditor` });
  expect(await countSubscriptions(auditor)).toBe(1);
  await admin.keys.revoke(keyId);
  service.respondWith(410);
  await agent.questions.ask({ title: 'Which?' });
  await expectPushes(1);
  await expect.poll(() => countSubscriptions(admin), SOON).toBe(0);
  expect(service.received.map(({ path }) => path)).not.toContain('/auditor');
});

test('what a push service refuses is tried again later', async () => {
  const { admin, agent, read, recorded } = await createPhone();
  service.respondWith((response) => response.writeHead(429, { 'retry-after': '60' }).end());
  await agent.questions.ask({ title: 'Which?' });
  await expectPushes(1);
  await recorded(60 * SECOND);
  service.respondWith(201);
  server.clock.advance(61 * SECOND);
  await expectPushes(2);
  expect(read(1)).toMatchObject({ title: 'builder asks you' });
  expect(await countSubscriptions(admin)).toBe(1);
});

test('a browser that subscribes again replaces its subscription, and a key has at most twenty', async () => {
  const { admin, body, subscription } = await createPhone();
  const types = ['session.stuck' as const];
  const again = await admin.pushSubscriptions.create({ ...body, types });
  expect(again).toMatchObject({
    subscriptionId: subscription.subscriptionId,
    createdAt: subscription.createdAt,
    types,
  });
  for (let index = 0; index < 20; index += 1) {
    server.clock.advance(1);
    await admin.pushSubscriptions.create(buildPushSubscription());
  }
  const { subscriptions } = await admin.pushSubscriptions.get();
  const listed = subscriptions.map(({ subscriptionId }) => subscriptionId);
  expect(listed).toHaveLength(20);
  expect(listed).not.toContain(subscription.subscriptionId);
  await admin.pushSubscriptions.remove(listed[0] ?? '');
  await expect(admin.pushSubscriptions.remove(listed[0] ?? '')).rejects.toMatchObject({
    status: 404,
    problem: { type: '/problems/push-subscription-not-found' },
  });
});

test('endpoints and keys that nothing can be sent to are refused', async () => {
  const { admin } = await createPhone();
  const refused: [Change, string][] = [
    [{ endpoint: 'http://10.0.0.1:6379/' }, '#/endpoint'],
    [{ endpoint: 'http://user:password@127.0.0.1:1025/' }, '#/endpoint'],
    [{ keys: { p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) } }, '#/keys/p256dh'],
    [{ quietHours: { from: '22:00', to: '07:00', timeZone: 'Moon/Base' } }, '#/quietHours/timeZone'],
    [{ types: ['task.created'] }, '#/types/0'],
  ];
  for (const [change, pointer] of refused)
    await expect(admin.pushSubscriptions.create(buildPushSubscription(change)), pointer).rejects.toMatchObject({
      problem: { errors: [{ pointer }] },
    });
});
