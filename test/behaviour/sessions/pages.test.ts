import { beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const MANY = 120;
const STATES = ['working', 'blocked', 'pinned', 'complete'] as const;

type Query = NonNullable<Parameters<TestServer['admin']['sessions']['list']>[0]>;

/** Every session that a reader sees who follows the cursor to its end; `between` happens after each page. */
const collectPages = async (query: Query, between: () => Promise<unknown> = async () => {}) => {
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await server.admin.sessions.list({ ...query, limit: 7, ...(cursor && { cursor }) });
    expect(page.sessions.length).toBeLessThanOrEqual(7);
    seen.push(...page.sessions.map((session) => session.sessionId));
    cursor = page.nextCursor;
    if (cursor !== null) await between();
  }
  return seen;
};

let program: Awaited<ReturnType<TestServer['createProgram']>>;
/** All of the same millisecond. */
const made: { sessionId: string; state: string }[] = [];
beforeAll(async () => {
  server.clock.stop();
  program = await server.createProgram();
  for (let index = 0; index < MANY; index += 1) {
    const state = STATES[index % STATES.length] ?? 'working';
    const { sessionId } = await program.client.sessions.create({ name: 'Same time', sessionId: `s-${index}`, state });
    made.push({ sessionId, state });
  }
});

const sortedIds = (sessions: readonly { sessionId: string }[]) => sessions.map((session) => session.sessionId).sort();

test('a reader of all pages sees each of 120 sessions of one instant exactly once', async () => {
  for (const query of [{}, { programId: program.programId }, { includeArchived: true }]) {
    const seen = await collectPages(query);
    expect(seen).toHaveLength(MANY);
    expect([...seen].sort()).toEqual(sortedIds(made));
  }
});

test.each(STATES)('a reader of all %s sessions sees each of them exactly once', async (state) => {
  for (const query of [{ state }, { state, programId: program.programId }]) {
    expect((await collectPages(query)).sort()).toEqual(sortedIds(made.filter((session) => session.state === state)));
  }
});

test('sessions created between pages neither hide nor repeat others', async () => {
  const newcomer = await server.createProgram();
  const seen = await collectPages({}, async () => {
    await newcomer.client.sessions.create({ name: 'At the same instant' });
    server.clock.advance(1);
    await newcomer.client.sessions.create({ name: 'Later' });
  });
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.filter((id) => id.startsWith('s-')).sort()).toEqual(sortedIds(made));
});

test('a last page that is exactly full has no cursor', async () => {
  const full = await server.createProgram();
  for (let index = 0; index < 6; index += 1) await full.client.sessions.create({ name: 'Full' });
  const { programId } = full;
  const first = await full.client.sessions.list({ programId, limit: 3 });
  const second = await full.client.sessions.list({ programId, limit: 3, cursor: first.nextCursor ?? '' });
  expect([first.sessions.length, second.sessions.length, second.nextCursor]).toEqual([3, 3, null]);
});
