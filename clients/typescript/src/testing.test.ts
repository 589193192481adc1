import { describe, expect, test } from 'vitest';
import { isProblem } from './error.ts';
import { fakeFleetbeat } from './testing.ts';

describe('a fake server', () => {
  test('stores what a run reports, and how it ends', async () => {
    const fake = fakeFleetbeat();
    const ran = await fake.client.run('Work', async (run) => {
      run.beat({ progress: 40, status: 'Half way' });
      await run.flush();
      expect(fake.sessions[0]).toMatchObject({ progress: 40, status: 'Half way', state: 'working' });
      return run.programId;
    });
    expect(ran).toBe('builder');
    expect(fake.sessions).toMatchObject([{ name: 'Work', state: 'complete' }]);
    await expect(fake.client.run('Broken', () => Promise.reject(new RangeError('boom')))).rejects.toThrow(RangeError);
    expect(fake.sessions[1]).toMatchObject({ state: 'blocked', status: 'Failed: boom' });
  });

  test('is away and comes back, while reports wait', async () => {
    const fake = fakeFleetbeat();
    const session = await fake.client.boot('builder', { name: 'Patient', onError: () => undefined });
    fake.away('10s');
    session.beat({ progress: 10 });
    await fake.clock.tick('5s');
    expect(session.life).toBe('lost');
    session.beat({ progress: 90 });
    await fake.clock.tick('2m');
    expect(session.life).toBe('alive');
    expect(fake.sessions[0]).toMatchObject({ progress: 90 });
    session.leave();
  });

  test('lets time pass: heartbeats are sent when they are due', async () => {
    const fake = fakeFleetbeat();
    const session = await fake.client.session({ name: 'Long' });
    const before = fake.requests.length;
    await fake.clock.tick('1h');
    expect(fake.requests.slice(before)).toEqual(Array(6).fill('PATCH /v1/sessions/session-1'));
    session.leave();
  });

  test('lets another session take over', async () => {
    const fake = fakeFleetbeat();
    const running = fake.client.run({ name: 'Paused laptop', onError: () => undefined }, async (run) => {
      await fake.clock.tick('1s');
      fake.supersede(run);
      await fake.clock.tick('1s');
      run.signal.throwIfAborted();
    });
    const error = await running.catch((reason: unknown) => reason);
    expect(isProblem(error, 'session-superseded') && error.problem.successor).toBe('session-2');
  });

  test('answers a question, or lets it expire', async () => {
    const fake = fakeFleetbeat();
    const session = await fake.client.session({ name: 'Asking' });
    const answered = session.ask('May I?', { options: ['Yes', 'No'] });
    await fake.answer('Yes');
    expect(await answered).toEqual({ text: 'Yes', option: 'Yes', by: 'A person' });
    const expired = session.ask('May I now?', { within: '1m' }).catch((error: unknown) => error);
    await fake.clock.tick('2m');
    expect(await expired).toMatchObject({ kind: 'question-closed' });
    session.leave();
  });

  test('has tasks for a worker, messages and a pause', async () => {
    const fake = fakeFleetbeat();
    const controller = new AbortController();
    const texts: string[] = [];
    const done: string[] = [];
    const working = fake.client.work({ name: 'Worker', signal: controller.signal }, async ({ title }, run) => {
      run.on('message', ({ text }) => texts.push(text));
      done.push(title);
      await fake.clock.tick('1s');
    });
    fake.createTask({ title: 'One' });
    await fake.clock.tick('2s');
    fake.pause();
    await fake.clock.tick('2s');
    fake.createTask({ title: 'Two' });
    fake.send('Hello');
    await fake.clock.tick('2s');
    expect([done, texts]).toEqual([['One'], ['Hello']]);
    fake.pause(false);
    await fake.clock.tick('2s');
    expect(done).toEqual(['One', 'Two']);
    controller.abort();
    await working;
    expect(fake.tasks.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
  });

  test('says so for an operation that it does not have', async () => {
    await expect(fakeFleetbeat().client.keys.list()).rejects.toThrow('The fake has no GET /v1/keys');
  });
});
