import { expect, test } from 'vitest';
import { connect } from '../../support/sql.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const fleet = async (...names: string[]) => {
  const { client: admin } = await server.createAccount('unlimited');
  const clients = [];
  for (const programId of names) clients.push(server.client((await admin.keys.create({ programId })).key));
  return { admin, clients };
};

test('the sender of a message is that of the key, and only its recipient gets it', async () => {
  const { clients } = await fleet('builder', 'reviewer', 'tester');
  const [builder, reviewer, tester] = clients;
  const sent = await builder?.messages.send({ to: 'reviewer', kind: 'QUERY', text: 'Ready?\n🚀' });
  expect(sent).toMatchObject({
    sender: 'builder',
    to: 'reviewer',
    recipients: 1,
    delivered: 0,
    acknowledged: 0,
    answered: 0,
    replyTo: null,
  });
  const { recipients: _r, delivered: _d, acknowledged: _a, answered: _n, ...content } = sent ?? {};
  const { messages } = (await reviewer?.messages.list()) ?? {};
  expect(messages).toEqual([
    { ...content, recipient: 'reviewer', deliveredAt: null, acknowledgedAt: null, answeredAt: null },
  ]);
  for (const client of [builder, tester]) expect((await client?.messages.list())?.messages).toEqual([]);
  expect((await tester?.messages.sent())?.messages).toEqual([]);
});

test('a message to all has a delivery for each program except its sender', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `p-${index}`);
  const { admin, clients } = await fleet(...names);
  const { messageId, recipients } = (await clients[0]?.messages.send({ to: '*', kind: 'STATUS', text: 'All' })) ?? {};
  expect(recipients).toBe(29);
  const sql = await connect(server.database);
  const rows = await sql.query('SELECT recipient FROM message_deliveries WHERE messageId = ?', [messageId]);
  await sql.close();
  expect(rows.map(({ recipient }) => recipient).toSorted()).toEqual(names.slice(1).toSorted());
  expect((await admin.messages.send({ to: '*', kind: 'DIRECTIVE', text: 'Stop' })).recipients).toBe(30);
  const { programs } = await admin.fleet.health();
  for (const { programId, pendingMessages } of programs) expect(pendingMessages).toBe(programId === 'p-0' ? 1 : 2);
  // Who comes later was not written to.
  const { key } = await admin.keys.create({ programId: 'late' });
  expect((await server.client(key).messages.list()).messages).toEqual([]);
});

test('one message is never also a task, and a task never a message', async () => {
  const { admin, clients } = await fleet('builder', 'reviewer');
  const [builder, reviewer] = clients;
  await builder?.messages.send({ to: 'reviewer', kind: 'DIRECTIVE', text: 'Do it' });
  expect((await reviewer?.tasks.list({ state: 'all' }))?.tasks).toEqual([]);
  const pending = async () =>
    (await admin.fleet.health()).programs.map((each) => [each.programId, each.pendingTasks, each.pendingMessages]);
  expect(await pending()).toEqual([
    ['builder', 0, 0],
    ['reviewer', 0, 1],
  ]);
  await builder?.tasks.create({ title: 'Do it', target: '*' });
  expect((await reviewer?.messages.list())?.messages).toHaveLength(1);
  expect(await pending()).toEqual([
    ['builder', 1, 0],
    ['reviewer', 1, 1],
  ]);
});

test('a reply names a message that its sender has sent or received', async () => {
  const { admin, clients } = await fleet('builder', 'reviewer', 'tester');
  const [builder, reviewer, tester] = clients;
  const { messageId: replyTo = '' } =
    (await builder?.messages.send({ to: 'reviewer', kind: 'PING', text: 'There?' })) ?? {};
  const answer = await reviewer?.messages.send({ to: 'builder', kind: 'PONG', text: 'Here', replyTo });
  expect(answer?.replyTo).toBe(replyTo);
  await builder?.messages.send({ to: 'reviewer', kind: 'PING', text: 'Still there?', replyTo });
  await admin.messages.send({ to: 'builder', kind: 'ACK', text: 'Seen', replyTo });
  const notFound = { status: 404, kind: 'message-not-found' };
  const strange = tester?.messages.send({ to: 'builder', kind: 'ACK', text: 'Me too', replyTo });
  await expect(strange).rejects.toMatchObject(notFound);
  const unknown = builder?.messages.send({ to: 'tester', kind: 'ACK', text: 'What', replyTo: 'nothing' });
  await expect(unknown).rejects.toMatchObject(notFound);
  expect((await tester?.messages.list())?.messages).toEqual([]);
});

test('a message to nobody is refused, and so is one that breaks a limit', async () => {
  const { admin } = await fleet('builder');
  const fine = { to: 'builder', kind: 'STATUS' as const, text: 'x'.repeat(20_000) };
  await admin.messages.send(fine);
  const nobody = admin.messages.send({ ...fine, to: 'nobody-here' });
  await expect(nobody).rejects.toMatchObject({ status: 404, kind: 'program-not-found' });
  const wrong = [
    { text: '' },
    { text: 'x'.repeat(20_001) },
    { kind: 'SHOUT' },
    { to: '' },
    { ttlSeconds: 59 },
    { sender: 'me' },
  ];
  for (const each of wrong) {
    const refusal = admin.messages.send({ ...fine, ...each } as typeof fine);
    await expect(refusal, JSON.stringify(each).slice(0, 60)).rejects.toMatchObject({ status: 400 });
  }
  const auditor = server.client((await admin.keys.create({ role: 'auditor' })).key);
  await expect(auditor.messages.send(fine)).rejects.toMatchObject({ status: 403 });
  expect((await auditor.messages.sent()).messages).toEqual([]);
  expect((await admin.messages.sent()).messages).toMatchObject([{ sender: null, recipients: 1 }]);
});

test('an account sees no message of another, also between programs of the same name', async () => {
  const mine = await fleet('builder', 'reviewer');
  const theirs = await fleet('builder', 'reviewer');
  const { messageId = '' } = (await mine.clients[0]?.messages.send({ to: '*', kind: 'STATUS', text: 'Secret' })) ?? {};
  const reviewer = theirs.clients[1];
  expect((await reviewer?.messages.list({ includeRead: true }))?.messages).toEqual([]);
  expect((await theirs.clients[0]?.messages.sent())?.messages).toEqual([]);
  const notFound = { status: 404, kind: 'message-not-found' };
  await expect(reviewer?.messages.acknowledge(messageId)).rejects.toMatchObject(notFound);
  const reply = reviewer?.messages.send({ to: 'builder', kind: 'ACK', text: 'Hi', replyTo: messageId });
  await expect(reply).rejects.toMatchObject(notFound);
  const programs = await Promise.all([mine, theirs].map(async ({ admin }) => (await admin.fleet.health()).programs));
  expect(programs.map((rows) => rows.map(({ pendingMessages }) => pendingMessages))).toEqual([
    [0, 1],
    [0, 0],
  ]);
});

test('sending and acknowledging are events without the text', async () => {
  const { clients } = await fleet('builder', 'reviewer');
  const [builder, reviewer] = clients;
  const { messageId = '' } = (await builder?.messages.send({ to: 'reviewer', kind: 'STATUS', text: 'Secret' })) ?? {};
  await reviewer?.messages.acknowledge(messageId);
  await reviewer?.messages.acknowledge(messageId);
  const sql = await connect(server.database);
  const rows = await sql.query("SELECT kind, programId, data FROM events WHERE kind LIKE 'message.%' ORDER BY seq");
  await sql.close();
  const events = rows.filter(({ data }) => JSON.parse(String(data)).messageId === messageId);
  expect(events.map(({ kind, programId }) => [kind, programId])).toEqual([
    ['message.sent', 'builder'],
    ['message.acknowledged', 'reviewer'],
  ]);
  expect(JSON.stringify(events)).not.toContain('Secret');
});
