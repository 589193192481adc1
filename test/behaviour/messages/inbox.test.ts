import { expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer({ stopClock: true });

/** An account of its own with some programs. */
const fleet = async () => {
  const { client: admin } = await server.createAccount('unlimited');
  const agent = async (programId: string) => server.client((await admin.keys.create({ programId })).key);
  return { admin, builder: await agent('builder'), reviewer: await agent('reviewer'), agent };
};
const texts = async (client: Fleetbeat, query?: Parameters<Fleetbeat['messages']['list']>[0]) =>
  (await client.messages.list(query)).messages.map(({ text }) => text);

test('reading does not consume; acknowledging does, once and for this recipient only', async () => {
  const { builder, reviewer, agent } = await fleet();
  const tester = await agent('tester');
  const { messageId } = await builder.messages.send({ to: '*', kind: 'STATUS', text: 'Green' });
  for (let reading = 0; reading < 2; reading += 1) expect(await texts(reviewer)).toEqual(['Green']);
  const read = await reviewer.messages.acknowledge(messageId);
  expect(read).toMatchObject({ recipient: 'reviewer', acknowledgedAt: new Date(server.clock.now()).toISOString() });
  server.clock.advance(1_000);
  expect(await reviewer.messages.acknowledge(messageId)).toEqual(read);
  expect(await texts(reviewer)).toEqual([]);
  expect((await reviewer.messages.list({ includeRead: true })).messages).toEqual([read]);
  expect(await texts(tester)).toEqual(['Green']);
  expect((await builder.messages.sent()).messages).toMatchObject([
    { messageId, recipients: 2, delivered: 0, acknowledged: 1 },
  ]);
});

test('messages are listed oldest first, in pages without gaps or duplicates', async () => {
  const { builder, reviewer } = await fleet();
  for (let index = 0; index < 25; index += 1) {
    await builder.messages.send({ to: 'reviewer', kind: 'STATUS', text: `${index}` });
    if (index % 3 === 0) server.clock.advance(1);
  }
  const all = Array.from({ length: 25 }, (_, index) => `${index}`);
  const seen: string[] = [];
  const sent: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await reviewer.messages.list({ limit: 7, ...(cursor && { cursor }) });
    seen.push(...page.messages.map(({ text }) => text));
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  for (let cursor: string | null = null; ; ) {
    const page = await builder.messages.sent({ limit: 7, ...(cursor && { cursor }) });
    sent.push(...page.messages.map(({ text }) => text));
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  expect(seen).toEqual(all);
  expect(sent).toEqual(all.toReversed());
  expect(await texts(reviewer)).toEqual(all.slice(0, 10));
});

test('filters are never hidden behind the limit', async () => {
  const { admin, builder, reviewer, agent } = await fleet();
  const tester = await agent('tester');
  for (let index = 0; index < 12; index += 1)
    await builder.messages.send({ to: 'reviewer', kind: 'STATUS', text: 'noise' });
  await builder.messages.send({ to: 'reviewer', kind: 'QUERY', text: 'a question' });
  await tester.messages.send({ to: 'reviewer', kind: 'STATUS', text: 'from the tester' });
  await admin.messages.send({ to: 'reviewer', kind: 'DIRECTIVE', text: 'from a person' });
  expect(await texts(reviewer, { kind: 'QUERY', limit: 1 })).toEqual(['a question']);
  expect(await texts(reviewer, { sender: 'tester', limit: 1 })).toEqual(['from the tester']);
  expect(await texts(reviewer, { kind: 'QUERY', sender: 'tester' })).toEqual([]);
  const [directive] = (await reviewer.messages.list({ kind: 'DIRECTIVE' })).messages;
  expect(directive).toMatchObject({ sender: null, senderKeyId: (await admin.me()).keyId, text: 'from a person' });
});

test('expired messages are never shown and never count, read or not', async () => {
  const { builder, reviewer, admin } = await fleet();
  const { messageId } = await builder.messages.send({ to: 'reviewer', kind: 'PING', text: 'Soon', ttlSeconds: 60 });
  server.clock.advance(59_999);
  expect(await texts(reviewer)).toEqual(['Soon']);
  const waiting = async () => (await admin.fleet.health()).programs.map(({ pendingMessages }) => pendingMessages);
  expect(await waiting()).toEqual([0, 1]);
  server.clock.advance(1);
  expect(await texts(reviewer, { includeRead: true })).toEqual([]);
  expect(await waiting()).toEqual([0, 0]);
  expect((await reviewer.messages.acknowledge(messageId)).acknowledgedAt).not.toBeNull();
});

test('an admin or an auditor reads the inbox of another program, and that is audited; a program does not', async () => {
  const { admin, builder, reviewer } = await fleet();
  const { messageId } = await builder.messages.send({ to: 'reviewer', kind: 'STATUS', text: 'Green' });
  const auditor = server.client((await admin.keys.create({ role: 'auditor' })).key);
  const query = { programId: 'reviewer' };
  expect(await texts(admin, query)).toEqual(['Green']);
  expect(await texts(auditor, query)).toEqual(['Green']);
  await expect(builder.messages.list(query)).rejects.toMatchObject({ status: 403 });
  await expect(admin.messages.list()).rejects.toMatchObject({ status: 400 });
  const nobody = admin.messages.list({ programId: 'nobody-here' });
  await expect(nobody).rejects.toMatchObject({ status: 404, kind: 'program-not-found' });
  expect(await texts(reviewer, query)).toEqual(['Green']);
  await expect(auditor.messages.acknowledge(messageId, query)).rejects.toMatchObject({ status: 403 });
  expect(await admin.messages.acknowledge(messageId, query)).toMatchObject({ recipient: 'reviewer' });
  const { audit: entries } = await admin.audit.list({ outcome: 'done', limit: 3 });
  expect(entries.map(({ action, subject, role }) => [action, subject, role])).toEqual([
    ['acknowledgeMessage', 'reviewer', 'admin'],
    ['listMessages', 'reviewer', 'auditor'],
    ['listMessages', 'reviewer', 'admin'],
  ]);
});

test('only a recipient or an admin acknowledges', async () => {
  const { admin, builder, reviewer, agent } = await fleet();
  const tester = await agent('tester');
  const { messageId } = await builder.messages.send({ to: 'reviewer', kind: 'STATUS', text: 'Green' });
  for (const client of [builder, tester])
    await expect(client.messages.acknowledge(messageId)).rejects.toMatchObject({ status: 403 });
  await expect(tester.messages.acknowledge(messageId, { programId: 'reviewer' })).rejects.toMatchObject({
    status: 403,
  });
  const notFound = { status: 404, kind: 'message-not-found' };
  await expect(reviewer.messages.acknowledge('nothing')).rejects.toMatchObject(notFound);
  await expect(admin.messages.acknowledge(messageId, { programId: 'tester' })).rejects.toMatchObject(notFound);
  expect(await texts(reviewer)).toEqual(['Green']);
});

test('delivered, acknowledged and answered are three things, each set once', async () => {
  const { builder, reviewer, agent } = await fleet();
  const tester = await agent('tester');
  const at = () => new Date(server.clock.now()).toISOString();
  const { messageId } = await builder.messages.send({ to: '*', kind: 'QUERY', text: 'Ready?' });
  const first = at();
  const parallel = Array.from({ length: 8 }, () => reviewer.messages.confirmDelivery([messageId]));
  expect((await Promise.all(parallel)).flat()).toEqual([messageId]);
  server.clock.advance(1_000);
  expect(await reviewer.messages.confirmDelivery([messageId, 'unknown'])).toEqual([]);
  expect((await reviewer.messages.list()).messages).toMatchObject([
    { deliveredAt: first, acknowledgedAt: null, answeredAt: null },
  ]);
  expect((await reviewer.messages.list({ undelivered: true })).messages).toEqual([]);
  expect(await texts(tester, { undelivered: true })).toEqual(['Ready?']);

  const answeredAt = at();
  await reviewer.messages.send({ to: 'builder', kind: 'RESULT', text: 'Yes', replyTo: messageId });
  server.clock.advance(1_000);
  await reviewer.messages.send({ to: 'builder', kind: 'RESULT', text: 'Really', replyTo: messageId });
  // The sender's own follow-up is no answer.
  await builder.messages.send({ to: 'reviewer', kind: 'STATUS', text: 'Hurry', replyTo: messageId });
  expect((await reviewer.messages.list()).messages[0]).toMatchObject({
    deliveredAt: first,
    acknowledgedAt: null,
    answeredAt,
  });
  const counts = { recipients: 2, delivered: 1, acknowledged: 0, answered: 1 };
  expect((await builder.messages.sent()).messages.find((each) => each.messageId === messageId)).toMatchObject(counts);
});

test('only the recipient or an admin says that a message has reached it', async () => {
  const { admin, builder, reviewer } = await fleet();
  const { messageId } = await builder.messages.send({ to: 'reviewer', kind: 'QUERY', text: 'Ready?' });
  await expect(builder.messages.confirmDelivery([messageId], { programId: 'reviewer' })).rejects.toMatchObject({
    status: 403,
  });
  expect(await builder.messages.confirmDelivery([messageId])).toEqual([]);
  expect(await admin.messages.confirmDelivery([messageId], { programId: 'reviewer' })).toEqual([messageId]);
  expect(await reviewer.messages.confirmDelivery([messageId])).toEqual([]);
});
