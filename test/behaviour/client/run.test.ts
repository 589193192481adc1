/** A run tells the truth about how its work ended. */
import { describe, expect, test } from 'vitest';
import { createFleetbeat } from '../../../clients/typescript/src/index.ts';
import { createClientAgent } from '../../support/client-agent.ts';
import { eventually } from '../../support/eventually.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

describe('run', () => {
  test('resolves with the result of the work, and completes the session', async () => {
    const { fleetbeat, other } = await createClientAgent(server);
    const sessionId = await fleetbeat.run('Auth refactor', async (run) => {
      run.beat({ progress: 10 });
      run.beat({ progress: 90, status: 'Nearly' });
      return run.sessionId;
    });
    expect(await other.sessions.get(sessionId)).toMatchObject({ state: 'complete', progress: 90, status: 'Nearly' });
  });

  test('says what went wrong, releases its tasks, lets the next run take over, and passes the error on', async () => {
    const { fleetbeat, other, programId } = await createClientAgent(server);
    const [mine, elsewhere] = [
      await other.tasks.create({ title: 'Mine', target: programId }),
      await other.tasks.create({ title: 'Of another session', target: programId }),
    ];
    const neighbour = await other.sessions.create({ name: 'Neighbour' });
    await other.tasks.claim(elsewhere.taskId, neighbour.sessionId);
    const boom = new RangeError('boom');
    let sessionId = '';
    const failing = fleetbeat.run({ name: 'Auth refactor', onKill: 'leave' }, async (run) => {
      sessionId = run.sessionId;
      await fleetbeat.tasks.claim(mine.taskId, run.sessionId);
      run.beat({ progress: 30 });
      throw boom;
    });
    await expect(failing).rejects.toBe(boom);
    expect(await other.sessions.get(sessionId)).toMatchObject({
      state: 'blocked',
      status: 'Failed: boom',
      progress: 30,
    });
    expect(await other.tasks.get(mine.taskId)).toMatchObject({ state: 'created' });
    expect(await other.tasks.get(elsewhere.taskId)).toMatchObject({ claimedSession: neighbour.sessionId });
    await fleetbeat.run('Again', async ({ brief }) => {
      expect(brief?.previousSession).toMatchObject({ sessionId, status: 'Failed: boom', ended: 'killed' });
    });
  });

  test('aborts its signal within moments of a takeover, and writes nothing over its successor', async () => {
    const { fleetbeat, other, programId, failures, onError } = await createClientAgent(server);
    const running = fleetbeat.run({ name: 'Paused laptop', onError }, async (run) => {
      const report = await run.handoff('PR 45 in review');
      expect(report.handoffRequired).toBe(true);
      const aborted = new Promise((resolve) => run.signal.addEventListener('abort', resolve));
      const next = await other.programs.boot(programId, { name: 'Successor' });
      // Only an event can abort it: no heartbeat is due for 10 minutes.
      await aborted;
      expect(run.life).toBe('over');
      await eventually(async () => failures.length > 0);
      expect(failures).toMatchObject([{ kind: 'superseded', successor: next.session.sessionId }]);
      return next.session.sessionId;
    });
    const successor = await running;
    expect(await other.sessions.get(successor)).toMatchObject({ name: 'Successor', state: 'working' });
  });

  test('hands over when its process is asked to end, and its work sees why', async () => {
    const { fleetbeat, other } = await createClientAgent(server);
    let sessionId = '';
    const listeners = process.listeners('SIGTERM');
    // Somebody else listens too, so the process goes on.
    const survive = () => undefined;
    process.on('SIGTERM', survive);
    const running = fleetbeat.run('Long work', async (run) => {
      sessionId = run.sessionId;
      run.beat({ progress: 70 });
      const aborted = new Promise<never>((_resolve, reject) => {
        run.signal.addEventListener('abort', () => reject(run.signal.reason));
      });
      process.kill(process.pid, 'SIGTERM');
      return aborted;
    });
    await expect(running).rejects.toMatchObject({ name: 'AbortError', message: 'The process received SIGTERM' });
    process.off('SIGTERM', survive);
    expect(await other.sessions.get(sessionId)).toMatchObject({
      state: 'working',
      handoffRequired: true,
      progress: 70,
    });
    expect(process.listeners('SIGTERM')).toEqual(listeners);
  });

  test('of a key without a program opens a session without a brief', async () => {
    const admin = createFleetbeat({ baseUrl: server.url, key: server.adminKey });
    const brief = await admin.run('By hand', async (run) => [run.brief, run.programId]);
    expect(brief).toEqual([null, null]);
  });
});

describe('ask', () => {
  test('resolves with the answer of a person; the session is blocked until then', async () => {
    const { fleetbeat, other } = await createClientAgent(server);
    await fleetbeat.run('Auth refactor', async (run) => {
      const asked = run.ask('May I delete the legacy login?', { options: ['Yes', 'No'], within: '8h' });
      const [question] = await eventually(async () => {
        const { questions } = await server.admin.questions.list({ programId: run.programId ?? '' });
        return questions.length > 0 && questions;
      });
      expect(question).toMatchObject({ title: 'May I delete the legacy login?', options: ['Yes', 'No'] });
      expect(await other.sessions.get(run.sessionId)).toMatchObject({ state: 'blocked' });
      await server.admin.questions.answer(question?.questionId ?? '', { option: 'No', text: 'Not before Friday' });
      expect(await asked).toEqual({ text: 'Not before Friday', option: 'No', by: expect.any(String) });
      expect(await other.sessions.get(run.sessionId)).toMatchObject({ state: 'working' });
    });
  });

  test('takes a question of any length', async () => {
    const { fleetbeat, programId } = await createClientAgent(server);
    const text = 'Which of these databases? '.repeat(40);
    const session = await fleetbeat.session({ name: 'Long-winded' });
    const asked = session.ask(text);
    const [question] = await eventually(async () => {
      const { questions } = await server.admin.questions.list({ programId });
      return questions.length > 0 && questions;
    });
    expect([...(question?.title ?? '')]).toHaveLength(200);
    expect(question?.details).toEqual([{ label: 'Question', value: text }]);
    await server.admin.questions.answer(question?.questionId ?? '', { text: 'MariaDB' });
    expect(await asked).toMatchObject({ text: 'MariaDB', option: null });
    session.leave();
  });

  test('an expiry is no answer, and a signal withdraws the question', async () => {
    const { fleetbeat, other, programId } = await createClientAgent(server);
    const session = await fleetbeat.session({ name: 'Alone' });
    const asked = session.ask('Anybody?', { within: '30s' }).catch((error: unknown) => error);
    const countOpen = async () => (await other.questions.list({ programId })).questions.length;
    await eventually(async () => (await countOpen()) === 1);
    server.clock.advance(31_000);
    expect(await asked).toMatchObject({
      kind: 'question-closed',
      problem: { detail: "'Anybody?' is expired. This is no yes." },
    });
    const controller = new AbortController();
    const called = session.ask('Anybody now?', { signal: controller.signal });
    await eventually(async () => (await countOpen()) === 1);
    const reason = new Error('Found out myself');
    controller.abort(reason);
    await expect(called).rejects.toBe(reason);
    await eventually(async () => (await countOpen()) === 0);
    session.leave();
  });
});
