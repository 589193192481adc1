import { expect, test } from 'vitest';
import { randomName, type TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

type Program = Awaited<ReturnType<TestServer['createProgram']>>;
type State = 'working' | 'blocked' | 'pinned' | 'complete';

/** Makes sessions named 0, 1, 2, …, each a second after the one before. */
const makeSessions = async ({ client }: Program, states: readonly State[]) => {
  for (const [index, state] of states.entries()) {
    server.clock.advance(1_000);
    await client.sessions.create({ name: String(index), state });
  }
};
const names = (page: { sessions: readonly { name: string }[] }) => page.sessions.map((session) => session.name);

test('sessions are listed with the newest update first', async () => {
  const program = await server.createProgram();
  const { client, programId } = program;
  await makeSessions(program, ['working', 'working', 'working']);
  expect(names(await client.sessions.list({ programId }))).toEqual(['2', '1', '0']);
  const oldest = (await client.sessions.list({ programId })).sessions[2];
  server.clock.advance(1_000);
  await client.sessions.update(oldest?.sessionId ?? '', { status: 'Up' });
  expect(names(await client.sessions.list({ programId }))).toEqual(['0', '2', '1']);
});

test('a page has 10 sessions by default, and a cursor when there are more', async () => {
  const program = await server.createProgram();
  const { client, programId } = program;
  await makeSessions(program, Array(12).fill('working'));
  const page = await client.sessions.list({ programId });
  expect(page.sessions).toHaveLength(10);
  expect(page.nextCursor).toEqual(expect.any(String));
  expect((await client.sessions.list({ programId, limit: 1 })).sessions).toHaveLength(1);
  const whole = await client.sessions.list({ programId, limit: 12 });
  expect([whole.sessions.length, whole.nextCursor]).toEqual([12, null]);
});

test('the filters are applied before the limit', async () => {
  const program = await server.createProgram();
  const { client, programId } = program;
  await makeSessions(program, ['blocked', 'complete', 'blocked', 'pinned', 'blocked', ...Array(12).fill('working')]);
  const blocked = await client.sessions.list({ programId, state: 'blocked', limit: 2 });
  expect(names(blocked)).toEqual(['4', '2']);
  expect(
    names(await client.sessions.list({ programId, state: 'blocked', limit: 2, cursor: blocked.nextCursor ?? '' })),
  ).toEqual(['0']);
  expect(names(await client.sessions.list({ programId, state: 'pinned', limit: 1 }))).toEqual(['3']);
  expect(names(await client.sessions.list({ programId, state: 'complete' }))).toEqual(['1']);
  const all = await client.sessions.list({ programId, state: 'all', limit: 50 });
  expect(all.sessions).toHaveLength(17);
  expect(names(await client.sessions.list({ programId, limit: 50 }))).toEqual(names(all));
});

test('every key of the account lists the sessions of all its programs', async () => {
  const [mine, theirs] = [await server.createProgram(), await server.createProgram()];
  await makeSessions(theirs, ['working']);
  const auditor = server.client((await server.admin.keys.create({ role: 'auditor' })).key);
  for (const client of [mine.client, auditor, server.admin]) {
    expect(names(await client.sessions.list({ programId: theirs.programId }))).toEqual(['0']);
    expect((await client.sessions.list()).sessions[0]?.programId).toBe(theirs.programId);
  }
});

test('an unknown program has no sessions, which is no error', async () => {
  expect(await server.admin.sessions.list({ programId: randomName() })).toEqual({ sessions: [], nextCursor: null });
});

test.each([0, 51, -1, 1.5, '', 'ten', '1,5', '99999999999999999999'])('the limit %j is refused', async (limit) => {
  const list = server.admin.sessions.list({ limit: limit as number });
  await expect(list).rejects.toMatchObject({
    status: 400,
    problem: { errors: [{ in: 'query', pointer: '#/limit' }] },
  });
});

test.each([1, 50])('the limit %i is allowed', async (limit) => {
  expect((await server.admin.sessions.list({ limit })).sessions.length).toBeLessThanOrEqual(limit);
});

test.each(['abc', '-', 'bnVsbA', 'WzEsMl0', 'WyJhIiwiYiJd', 'e30', 'WzEuNSwiYSJd'])(
  'the cursor %j, which is none of ours, is refused',
  async (cursor) => {
    const list = server.admin.sessions.list({ cursor });
    await expect(list).rejects.toMatchObject({
      status: 400,
      problem: { errors: [{ in: 'query', pointer: '#/cursor' }] },
    });
  },
);
