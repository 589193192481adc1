/** A program whose writes must name their session: whoever leaves it out, or names another's, writes nothing. */
import { expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { expectAllRejected } from '../../support/expect-all-rejected.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

/** A program with a session, a task, a message and a pattern, which requires its writes to name their session. */
async function createFenced() {
  const { client, programId, key } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Run 1' });
  const { taskId } = await client.tasks.create({ title: 'Work', target: programId });
  const { messageId } = await server.admin.messages.send({ to: programId, kind: 'DIRECTIVE', text: 'Go on' });
  const pattern = { id: 'p-1', domain: 'auth', pattern: 'Check first', confidence: 0.5 };
  await client.state.update(programId, { learnedPatterns: [pattern] });
  expect(await server.admin.programs.update(programId, { sessionRequired: true })).toMatchObject({
    sessionRequired: true,
  });
  return { client, programId, key, sessionId, taskId, messageId };
}

type Fenced = Awaited<ReturnType<typeof createFenced>>;

/** Every write that takes a session, in an order in which each of them is possible. */
const writes = (fleetbeat: Fleetbeat, { programId, taskId, messageId }: Fenced, named: { sessionId?: string } = {}) => [
  () => fleetbeat.state.update(programId, { contextSummary: { lastTask: 'Late' }, ...named }),
  () => fleetbeat.patterns.reinforce(programId, 'p-1', { ...named }),
  () => fleetbeat.patterns.promote(programId, 'p-1', { ...named }),
  () => fleetbeat.patterns.setStatus(programId, 'p-1', { status: 'refuted', ...named }),
  () => fleetbeat.patterns.remove(programId, 'p-1', { ...named }),
  () => fleetbeat.state.restore(programId, { version: 1, ...named }),
  () => fleetbeat.tasks.create({ title: 'Late', target: programId, ...named }),
  () => fleetbeat.tasks.claim(taskId, named.sessionId),
  () => fleetbeat.tasks.release(taskId, named.sessionId),
  () => fleetbeat.tasks.claim(taskId, named.sessionId),
  () => fleetbeat.tasks.complete(taskId, { outcome: 'succeeded', ...named }),
  () => fleetbeat.messages.send({ to: '*', kind: 'STATUS', text: 'Late', ...named }),
  () => fleetbeat.messages.confirmDelivery([messageId], { ...named }),
  () => fleetbeat.messages.acknowledge(messageId, { ...named }),
  () => fleetbeat.sessions.update(named.sessionId ?? 'current', { status: 'Late' }),
  () => fleetbeat.questions.ask({ title: 'Late?', ...named }),
  () => fleetbeat.sessions.reportTurnLimit(named.sessionId ?? 'current', { turns: 8, waitingMessages: 1, senders: [] }),
];

const everything = async ({ client, programId, sessionId }: Fenced) => ({
  state: await client.state.read(programId),
  session: (await client.sessions.get(sessionId)).updatedAt,
  tasks: (await client.tasks.list({ target: programId, state: 'all' })).tasks,
  inbox: (await client.messages.list()).messages,
  sent: (await client.messages.sent()).messages,
  questions: (await client.questions.list({ state: 'all' })).questions,
});

test('a write that names no session is refused and names the field; nothing is written', async () => {
  const fenced = await createFenced();
  const before = await everything(fenced);
  const refusals = await Promise.all(writes(fenced.client, fenced).map((write) => write().catch((error) => error)));
  for (const refusal of refusals) {
    const errors = [{ in: expect.stringMatching(/^(body|query|path)$/), pointer: '#/sessionId' }];
    expect(refusal).toMatchObject({ status: 400, kind: 'session-required', problem: { errors } });
  }
  const places = refusals.map(({ problem }) => problem.errors[0].in);
  expect(places.filter((place) => place !== 'body')).toEqual(['query', 'query', 'path', 'path']);
  expect(await everything(fenced)).toEqual(before);
});

test('a write that names its own session is as before', async () => {
  const fenced = await createFenced();
  for (const write of writes(fenced.client, fenced, { sessionId: fenced.sessionId })) await write();
});

test('current, an unknown session and that of another program fence nothing, so they are refused', async () => {
  const fenced = await createFenced();
  const other = await server.createProgram();
  const { sessionId: foreign } = await other.client.sessions.create({ name: 'Elsewhere' });
  const before = await everything(fenced);
  const send = (sessionId: string) => fenced.client.messages.send({ to: '*', kind: 'STATUS', text: 'Late', sessionId });
  const update = (sessionId: string) => fenced.client.state.update(fenced.programId, { sessionId, config: {} });
  const confirm = (sessionId: string) => fenced.client.messages.confirmDelivery([fenced.messageId], { sessionId });
  for (const write of [send, update, confirm]) {
    await expectAllRejected([write('current')], { status: 400, kind: 'session-required' });
    await expectAllRejected([write('unknown')], { status: 404, kind: 'session-not-found' });
    await expectAllRejected([write(foreign)], { status: 403, kind: 'forbidden' });
  }
  expect(await everything(fenced)).toEqual(before);
});

test('nothing is required of admins and other programs, and nothing once it is over', async () => {
  const fenced = await createFenced();
  const { client } = await server.createProgram();
  await client.messages.send({ to: fenced.programId, kind: 'STATUS', text: 'Hello' });
  await server.admin.messages.send({ to: '*', kind: 'STATUS', text: 'Hello' });
  await server.admin.patterns.promote(fenced.programId, 'p-1');
  expect(await server.admin.programs.get(fenced.programId)).toMatchObject({ sessionRequired: true });
  await server.admin.programs.update(fenced.programId, { displayName: 'Renamed' });
  await expectAllRejected([fenced.client.messages.send({ to: '*', kind: 'STATUS', text: 'Late' })], {
    kind: 'session-required',
  });
  await server.admin.programs.update(fenced.programId, { sessionRequired: false });
  await fenced.client.messages.send({ to: '*', kind: 'STATUS', text: 'Free' });
});

test('from the takeover on, nothing that the old process writes is stored, whatever it names', async () => {
  const fenced = await createFenced();
  const { client, programId, sessionId } = fenced;
  await client.sessions.update(sessionId, { status: 'Full', handoffRequired: true });
  let isOver = false;
  const late: string[] = [];
  const early: string[] = [];
  const oldProcess = Array.from({ length: 4 }, async (_, writer) => {
    for (let round = 0; !isOver || round < 3; round += 1) {
      const text = `${writer}.${round}`;
      const named = writer % 2 === 0 ? { sessionId } : {};
      const wasOver = isOver;
      const sent = await client.messages.send({ to: '*', kind: 'STATUS', text, ...named }).catch(() => null);
      if (sent) (wasOver ? late : early).push(text);
    }
  });
  const boot = await client.programs.boot(programId, { name: 'Run 2' });
  isOver = true;
  await Promise.all(oldProcess);
  expect(late).toEqual([]);
  // Whatever was accepted came before the takeover, from a process that named its session.
  expect(early.filter((text) => !/^[02]\./.test(text))).toEqual([]);
  const successor = { sessionId: boot.session.sessionId };
  await client.messages.send({ to: '*', kind: 'STATUS', text: 'Mine', ...successor });
});

test('a session of the typed client names itself in all that it writes', async () => {
  const { client, programId, taskId, messageId } = await createFenced();
  await using session = await client.session({ name: 'By the client' });
  await session.remember({ contextSummary: { lastTask: 'Mine' } });
  await session.patterns.reinforce('p-1', { confidence: 0.7 });
  await session.patterns.promote('p-1');
  await session.patterns.setStatus('p-1', { status: 'refuted' });
  await session.patterns.remove('p-1');
  await session.tasks.claim(taskId);
  await session.tasks.release(taskId);
  await session.tasks.claim(taskId);
  expect(await session.tasks.complete(taskId, { outcome: 'succeeded' })).toMatchObject({
    claimedSession: session.sessionId,
  });
  await session.tasks.create({ title: 'Next', target: programId });
  await session.messages.send({ to: '*', kind: 'STATUS', text: 'Mine' });
  await session.messages.acknowledge(messageId);
  expect((await client.state.read(programId)).sessionId).toBe(session.sessionId);
  await session.complete();
});
