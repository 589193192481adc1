import { afterAll, beforeEach, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../support/house.ts';
import { putMessage, putTask } from '../../support/pending.ts';

let house: TestHouse;
let programs: { readonly programId: string; readonly client: TestHouse['admin'] }[];
beforeEach(async () => {
  await house?.close();
  house = await openTestHouse();
  house.clock.stop();
  programs = [await house.program('a'), await house.program('b')];
});
afterAll(() => house.close());

/** What waits for each of the two programs; the answer to a heartbeat must say the same. */
const waiting = async (): Promise<{ tasks: number; messages: number }[]> => {
  const { programs: rows } = await house.admin.fleet.health();
  return Promise.all(
    programs.map(async ({ programId, client }) => {
      const row = rows.find((each) => each.programId === programId);
      const report = await client.sessions.create({ name: 'Auth', sessionId: `${programId}-1` });
      expect([report.pendingTasks, report.pendingMessages]).toEqual([row?.pendingTasks, row?.pendingMessages]);
      return { tasks: row?.pendingTasks ?? -1, messages: row?.pendingMessages ?? -1 };
    }),
  );
};
const [one, other] = [() => programs[0]?.programId ?? '', () => programs[1]?.programId ?? ''];

/** A session of the first program. */
async function aliveSession(): Promise<string> {
  const sessionId = `${one()}-1`;
  await programs[0]?.client.sessions.create({ name: 'Auth', sessionId });
  return sessionId;
}

test('a task that nobody has taken counts for its program and for no other', async () => {
  await putTask(house, one());
  await putTask(house, one());
  await putTask(house, other());
  expect(await waiting()).toEqual([
    { tasks: 2, messages: 0 },
    { tasks: 1, messages: 0 },
  ]);
});

test('a task that was claimed or completed counts no more', async () => {
  await putTask(house, one(), { state: 'claimed', claimedSession: await aliveSession() });
  await putTask(house, one(), { state: 'completed' });
  await putTask(house, one());
  expect(await waiting()).toMatchObject([{ tasks: 1 }, { tasks: 0 }]);
});

test('a task for everybody counts for each program', async () => {
  await putTask(house, '*');
  await putTask(house, one());
  await putTask(house, '*', { state: 'claimed', claimedSession: await aliveSession() });
  expect(await waiting()).toMatchObject([{ tasks: 2 }, { tasks: 1 }]);
});

test('a message counts until its recipient has read it, and is never a task', async () => {
  await putMessage(house, one());
  await putMessage(house, one());
  await putMessage(house, one(), { readAt: house.clock.now() });
  await putMessage(house, other());
  expect(await waiting()).toEqual([
    { tasks: 0, messages: 2 },
    { tasks: 0, messages: 1 },
  ]);
});

test('what has expired never counts', async () => {
  const expiresAt = house.clock.now() + 60_000;
  await putTask(house, one(), { expiresAt });
  await putTask(house, '*', { expiresAt });
  await putMessage(house, one(), { expiresAt });
  house.clock.advance(59_999);
  expect(await waiting()).toMatchObject([
    { tasks: 2, messages: 1 },
    { tasks: 1, messages: 0 },
  ]);
  house.clock.advance(1);
  expect(await waiting()).toMatchObject([
    { tasks: 0, messages: 0 },
    { tasks: 0, messages: 0 },
  ]);
});

test('what waits in another account never counts, also for a program of the same name', async () => {
  const { accountId, client: admin } = await house.account('unlimited');
  await admin.keys.create({ programId: one() });
  await putTask(house, one(), {}, accountId);
  await putTask(house, '*', {}, accountId);
  await putMessage(house, one(), {}, accountId);
  expect(await waiting()).toMatchObject([{ tasks: 0, messages: 0 }, { tasks: 0 }]);
  const { programs: theirs } = await admin.fleet.health();
  expect(theirs).toMatchObject([{ programId: one(), pendingTasks: 2, pendingMessages: 1, lastHeartbeat: null }]);
});

test('counts stay true with hundreds of programs and rows', async () => {
  for (let index = 0; index < 100; index += 1) {
    await putTask(house, index % 2 ? one() : other());
    await putMessage(house, one());
  }
  await Promise.all(Array.from({ length: 100 }, () => house.program()));
  expect(await waiting()).toEqual([
    { tasks: 50, messages: 100 },
    { tasks: 50, messages: 0 },
  ]);
  expect((await house.admin.fleet.health()).programs).toHaveLength(102);
});
