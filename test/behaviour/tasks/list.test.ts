import { expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer({ stopClock: true });

/** An account of its own, with a program and its live session. */
const fleet = async () => {
  const { client: admin } = await server.createAccount('unlimited');
  const agent = async (programId: string) => {
    const client = server.client((await admin.keys.create({ programId })).key);
    await client.sessions.create({ name: programId, sessionId: randomName(programId) });
    return client;
  };
  return { admin, builder: await agent('builder'), reviewer: await agent('reviewer') };
};
const titles = async (client: Fleetbeat, query?: Parameters<Fleetbeat['tasks']['list']>[0]) =>
  (await client.tasks.list(query)).tasks.map(({ title }) => title);

test('tasks are listed most urgent first, then oldest first', async () => {
  const { admin, builder } = await fleet();
  for (const [title, priority] of [
    ['a', 3],
    ['b', 1],
    ['c', 5],
    ['d', 3],
    ['e', 5],
  ] as const) {
    await admin.tasks.create({ title, target: 'builder', priority });
    server.clock.advance(1);
  }
  await admin.tasks.create({ title: 'as usual', target: 'builder' });
  expect(await titles(builder)).toEqual(['c', 'e', 'a', 'd', 'as usual', 'b']);
});

test('pages have no gaps or duplicates, even when many were created at once', async () => {
  const { admin, builder } = await fleet();
  for (let index = 0; index < 30; index += 1)
    await admin.tasks.create({ title: `${index}`, target: index % 2 ? 'builder' : '*', priority: 1 + (index % 5) });
  const ids: string[] = [];
  for (let cursor: string | null = null; ; ) {
    const page = await builder.tasks.list({ target: 'builder', limit: 7, ...(cursor && { cursor }) });
    ids.push(...page.tasks.map(({ taskId }) => taskId));
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  const all = (await builder.tasks.list({ state: 'all', limit: 50 })).tasks;
  expect(ids).toEqual(all.map(({ taskId }) => taskId));
  expect(new Set(ids).size).toBe(30);
  expect((await builder.tasks.list()).tasks).toHaveLength(10);
  await expect(builder.tasks.list({ cursor: 'bm9uc2Vuc2U' })).rejects.toMatchObject({ status: 400 });
});

test('a filter by target finds what that program may claim: its own tasks and those for all', async () => {
  const { admin, builder } = await fleet();
  for (const target of ['builder', 'reviewer', '*']) await admin.tasks.create({ title: target, target });
  expect(await titles(admin)).toEqual(['builder', 'reviewer', '*']);
  expect(await titles(builder)).toEqual(['builder', '*']);
  expect(await titles(builder, { target: 'builder' })).toEqual(['builder', '*']);
  expect(await titles(builder, { target: '*' })).toEqual(['*']);
  expect(await titles(builder, { target: 'Builder' })).toEqual(['*']);
});

test('the state is the one that a task reads as, and a filter is never hidden behind the limit', async () => {
  const { admin, builder, reviewer } = await fleet();
  const make = async (title: string, ttlSeconds?: number) =>
    (await admin.tasks.create({ title, target: '*', ...(ttlSeconds && { ttlSeconds }) })).taskId;
  for (let index = 0; index < 12; index += 1) await builder.tasks.claim(await make('lapsed', 86_400));
  await make('expired', 60);
  server.clock.advance(16 * 60_000);
  const { sessionId } = await reviewer.sessions.update('current', { status: 'Here', lastHeartbeat: true });
  await reviewer.tasks.claim(await make('claimed'));
  const done = await make('completed');
  await reviewer.tasks.claim(done);
  await reviewer.tasks.complete(done, { outcome: 'succeeded' });
  await make('waiting');
  const lapsed = Array.from({ length: 12 }, () => 'lapsed');
  const of = (query: Parameters<Fleetbeat['tasks']['list']>[0]) => titles(admin, { limit: 50, ...query });
  expect(await of({})).toEqual([...lapsed, 'waiting']);
  expect(await of({ state: 'created' })).toEqual([...lapsed, 'expired', 'waiting']);
  expect(await of({ state: 'claimed' })).toEqual(['claimed']);
  expect(await of({ state: 'completed' })).toEqual(['completed']);
  expect(await of({ state: 'all' })).toEqual([...lapsed, 'expired', 'claimed', 'completed', 'waiting']);
  expect(await of({ claimedBy: 'reviewer' })).toEqual(['claimed']);
  expect(await of({ claimedBy: 'reviewer', state: 'all' })).toEqual(['claimed', 'completed']);
  expect(await of({ claimedBy: 'builder', state: 'all' })).toEqual([]);
  expect(await titles(admin, { state: 'claimed', limit: 1 })).toEqual(['claimed']);
  const [claimed] = (await admin.tasks.list({ state: 'claimed' })).tasks;
  expect(claimed).toMatchObject({ claimedBy: 'reviewer', claimedSession: sessionId });
  // A day later the lapsed ones have expired like any other.
  server.clock.advance(86_400_000);
  expect(await titles(admin, { target: 'builder' })).toEqual(['claimed', 'waiting']);
});

test('the list leaves the long texts out', async () => {
  const { admin, builder } = await fleet();
  await admin.tasks.create({ title: 'Long', target: 'builder', instructions: 'x'.repeat(20_000) });
  const [task] = (await builder.tasks.list()).tasks;
  expect(Object.keys(task ?? {})).not.toContain('instructions');
});
