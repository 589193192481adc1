import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomName, startTestServer, type TestServer } from '../../support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** A program with a live session in the state working. */
async function createAgent() {
  const program = await server.createProgram();
  const { sessionId } = await program.client.sessions.create({ name: 'A run', status: 'Reading', state: 'working' });
  return { ...program, sessionId, session: () => program.client.sessions.get(sessionId) };
}

const COMMAND = 'rm -rf build &&\n  npm publish';

describe('a question', () => {
  test('blocks its session with the title as status, and shows the command verbatim', async () => {
    const { client, sessionId, programId, session } = await createAgent();
    const details = [{ label: 'Command', value: COMMAND }];
    const asked = await client.questions.ask({ kind: 'permission', title: 'May Bash run this?', details });
    expect(asked).toMatchObject({
      sessionId,
      programId,
      state: 'open',
      options: ['allow', 'deny'],
      answer: null,
      details,
    });
    expect(await session()).toMatchObject({ state: 'blocked', status: 'May Bash run this?' });
    expect(await server.admin.questions.get(asked.questionId)).toEqual(asked);
  });

  test('that is answered restores its session, and the answer can be read', async () => {
    const { client, session } = await createAgent();
    const { questionId } = await client.questions.ask({ title: 'Which one?', options: ['red', 'blue'] });
    const answered = await server.admin.questions.answer(questionId, { option: 'blue', text: 'It is calmer.' });
    expect(answered).toMatchObject({ state: 'answered', answer: { option: 'blue', text: 'It is calmer.' } });
    expect(await client.questions.get(questionId)).toEqual(answered);
    expect(await session()).toMatchObject({ state: 'working', status: 'Reading' });
  });

  test('is shown while it is open, and the last of several to close restores the session', async () => {
    const { client, session } = await createAgent();
    const first = await client.questions.ask({ title: 'First?' });
    const second = await client.questions.ask({ title: 'Second?' });
    await client.questions.withdraw(second.questionId);
    expect(await session()).toMatchObject({ state: 'blocked', status: 'First?' });
    await server.admin.questions.answer(first.questionId, { text: 'Yes' });
    expect(await session()).toMatchObject({ state: 'working', status: 'Reading' });
  });

  test('keeps what the agent itself wrote while it was open', async () => {
    const { client, sessionId, session } = await createAgent();
    const { questionId } = await client.questions.ask({ title: 'May I?' });
    await client.sessions.update(sessionId, { status: 'Going on with the tests', state: 'working' });
    await server.admin.questions.answer(questionId, { text: 'Yes' });
    expect(await session()).toMatchObject({ state: 'working', status: 'Going on with the tests' });
  });

  test('that is answered does not count as a heartbeat of its session', async () => {
    const { client, session } = await createAgent();
    const { questionId } = await client.questions.ask({ title: 'May I?' });
    const before = await session();
    await server.admin.questions.answer(questionId, { text: 'Yes' });
    const after = await session();
    expect(after).toMatchObject({ lastHeartbeat: before.lastHeartbeat, updatedAt: before.updatedAt });
  });
});

describe('the first answer wins', () => {
  test('a later answer is refused with who answered and when, and changes nothing', async () => {
    const { client } = await createAgent();
    const { questionId } = await client.questions.ask({ kind: 'permission', title: 'May I?' });
    const { key } = await server.admin.keys.create({ role: 'admin', label: 'Ada' });
    const answered = await server.client(key).questions.answer(questionId, { option: 'deny' });
    await expect(server.admin.questions.answer(questionId, { option: 'allow' })).rejects.toMatchObject({
      status: 409,
      kind: 'question-answered',
      problem: { answeredBy: 'Ada', answeredAt: answered.closedAt },
    });
    expect(await client.questions.get(questionId)).toEqual(answered);
    const { audit } = await server.admin.audit.list({ action: 'answerQuestion', limit: 50 });
    expect(audit.filter(({ subject }) => subject === questionId)).toHaveLength(1);
  });

  test('of twenty concurrent answers one is stored and the others are refused', async () => {
    const { client } = await createAgent();
    const { questionId } = await client.questions.ask({ title: 'Which?', options: ['a', 'b'] });
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => server.admin.questions.answer(questionId, { option: n % 2 ? 'a' : 'b' })),
    );
    const won = answers.filter((each) => each.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const lost = answers.filter((each) => each.status === 'rejected').map(({ reason }) => reason.kind);
    expect(new Set(lost)).toEqual(new Set(['question-answered']));
    expect(await client.questions.get(questionId)).toEqual(won[0]?.value);
  });

  test('of a concurrent answer and withdrawal one takes effect, and the session is unblocked', async () => {
    const { client, session } = await createAgent();
    for (let round = 0; round < 5; round += 1) {
      const { questionId } = await client.questions.ask({ title: 'May I?' });
      const [answer, withdrawal] = await Promise.allSettled([
        server.admin.questions.answer(questionId, { text: 'Yes' }),
        client.questions.withdraw(questionId),
      ]);
      const { state } = await client.questions.get(questionId);
      expect([answer.status, withdrawal.status, state]).toEqual(
        state === 'answered' ? ['fulfilled', 'rejected', state] : ['rejected', 'fulfilled', 'withdrawn'],
      );
      expect(await session()).toMatchObject({ state: 'working', status: 'Reading' });
    }
  });
});

describe('only an answered question has an answer', () => {
  test('an expired question has none, and answering it fails with 409', async () => {
    const { client, session } = await createAgent();
    const { questionId } = await client.questions.ask({ kind: 'permission', title: 'May I?', ttlSeconds: 10 });
    server.clock.advance(10_000);
    expect(await client.questions.get(questionId)).toMatchObject({ state: 'expired', answer: null, answeredBy: null });
    const answer = server.admin.questions.answer(questionId, { option: 'allow' });
    await expect(answer).rejects.toMatchObject({ status: 409, kind: 'question-closed' });
    await expect.poll(session, { timeout: 20_000 }).toMatchObject({ state: 'working', status: 'Reading' });
  });

  test.each([
    ['is complete', (id: string) => server.admin.sessions.update(id, { status: 'Done', state: 'complete' })],
    [
      'was taken over',
      async (id: string) => {
        const { programId } = await server.admin.sessions.update(id, { status: 'Full', handoffRequired: true });
        await server.admin.boot(programId ?? '', { name: 'Next', sessionId: randomName('next') });
      },
    ],
  ])('the questions of a session that %s are withdrawn, at once for readers', async (_what, end) => {
    const { client, sessionId, programId } = await createAgent();
    const { questionId } = await client.questions.ask({ kind: 'permission', title: 'May I?' });
    await end(sessionId);
    expect(await client.questions.get(questionId)).toMatchObject({ state: 'withdrawn', answer: null });
    await expect(server.admin.questions.answer(questionId, { option: 'allow' })).rejects.toMatchObject({ status: 409 });
    expect((await server.admin.questions.list({ programId })).questions).toEqual([]);
    const [first] = (await server.admin.questions.list({ programId, state: 'withdrawn' })).questions;
    expect(first).toMatchObject({ questionId, state: 'withdrawn' });
  });

  test('an ended or superseded session cannot ask', async () => {
    const { client, sessionId } = await createAgent();
    await client.sessions.update(sessionId, { status: 'Done', state: 'complete' });
    const late = client.questions.ask({ title: 'May I?', sessionId });
    await expect(late).rejects.toMatchObject({ status: 409, kind: 'session-not-live' });
    expect((await client.sessions.get(sessionId)).state).toBe('complete');
  });
});

describe('waiting', () => {
  test('returns as soon as the question is answered', async () => {
    const { client } = await createAgent();
    const { questionId } = await client.questions.ask({ title: 'May I?' });
    const waiting = client.questions.get(questionId, { wait: 25 });
    await server.admin.questions.answer(questionId, { text: 'Yes' });
    expect(await waiting).toMatchObject({ state: 'answered', answer: { option: null, text: 'Yes' } });
  });

  test('returns as soon as another server has stored the answer', async () => {
    const other = await startTestServer({
      database: server.database,
      environment: { FLEETBEAT_ADMIN_KEY: server.adminKey },
    });
    try {
      const { client } = await createAgent();
      const { questionId } = await client.questions.ask({ title: 'May I?' });
      const waiting = client.questions.get(questionId, { wait: 25 });
      await other.client(server.adminKey).questions.answer(questionId, { text: 'Yes' });
      expect(await waiting).toMatchObject({ state: 'answered' });
    } finally {
      await other.close();
    }
  });

  test('ends when the time is over, with the question still open', async () => {
    const { client } = await createAgent();
    const { questionId } = await client.questions.ask({ title: 'May I?' });
    expect(await client.questions.get(questionId, { wait: 1 })).toMatchObject({ state: 'open', answer: null });
  });
});

describe('permissions and validation', () => {
  test('programs see only their own questions, admins and auditors see all, and only admins answer', async () => {
    const [one, other] = [await createAgent(), await createAgent()];
    const { questionId } = await one.client.questions.ask({ title: 'May I?' });
    await expect(other.client.questions.get(questionId)).rejects.toMatchObject({ status: 404 });
    await expect(other.client.questions.withdraw(questionId)).rejects.toMatchObject({ status: 404 });
    expect((await other.client.questions.list({ state: 'all' })).questions).toEqual([]);
    expect((await other.client.questions.list({ state: 'all', programId: one.programId })).questions).toEqual([]);
    await expect(one.client.questions.answer(questionId, { text: 'Yes' })).rejects.toMatchObject({ status: 403 });
    const auditor = server.client((await server.admin.keys.create({ role: 'auditor' })).key);
    expect((await auditor.questions.list({ programId: one.programId })).questions).toMatchObject([{ questionId }]);
    await expect(auditor.questions.answer(questionId, { text: 'Yes' })).rejects.toMatchObject({ status: 403 });
    const stranger = await server.createAccount('team');
    await expect(stranger.client.questions.answer(questionId, { text: 'Yes' })).rejects.toMatchObject({ status: 404 });
  });

  test('an option that was not offered is refused, and the question stays open', async () => {
    const { client } = await createAgent();
    const { questionId } = await client.questions.ask({ title: 'Which?', options: ['a'], freeText: false });
    for (const answer of [{ option: 'b' }, { text: 'Neither' }]) {
      const refused = server.admin.questions.answer(questionId, answer);
      await expect(refused).rejects.toMatchObject({ status: 400, problem: { errors: [{ pointer: '#/option' }] } });
    }
    expect(await client.questions.get(questionId)).toMatchObject({ state: 'open' });
  });

  test('each change is an event of the program, without the command and the free-text answer', async () => {
    const { client, programId } = await createAgent();
    const { questionId } = await client.questions.ask({
      title: 'May I?',
      details: [{ label: 'Command', value: COMMAND }],
    });
    await server.admin.questions.answer(questionId, { text: 'A secret reason' });
    const types: string[] = [];
    for await (const event of server.admin.events({ programId, after: 0 })) {
      if (event.type.startsWith('question.')) {
        types.push(event.type);
        expect(JSON.stringify(event)).not.toMatch(/npm publish|secret/);
      }
      if (event.type === 'question.answered') break;
    }
    expect(types).toEqual(['question.asked', 'question.answered']);
  });
});
