/** A handover is recorded of a session without its doing. It belongs to the session, and to whoever goes on after it. */
import { expect, test } from 'vitest';
import type { components } from '../../../clients/typescript/src/index.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const MINUTE = 60_000;
const server = useTestServer();

type Handover = components['schemas']['Handover'];
const HANDOVER: Handover = {
  recordedAt: '2026-02-24T10:30:00.000Z',
  lastPrompt: 'Fix the type error in auth',
  lastAnswer: 'Fixed. Running the tests now. Größe: 大きさ 🚀',
  workingTree: {
    branch: 'fix/auth',
    commit: '9b0c1f2',
    ahead: 2,
    behind: 0,
    changedFiles: ['src/auth.ts', 'test/auth test.ts'],
    changedFileCount: 2,
  },
  lastCommands: [
    { command: 'npm test', outcome: 'failed', exitCode: 1 },
    { command: 'npm run build', outcome: 'interrupted', exitCode: null },
  ],
  claimedTasks: [{ taskId: '0190b1a2-0000-7000-8000-000000000000', title: 'Auth' }],
  contextUsedPercent: 61.5,
};

const begin = async (handover: Handover = HANDOVER) => {
  const { programId, client } = await server.createProgram();
  const { sessionId } = await client.sessions.create({ name: 'Run 1', status: 'Works' });
  const report = await client.sessions.update(sessionId, { status: 'Works', handover });
  return { programId, client, sessionId, report };
};

test('a handover comes back with the session, and with nothing else', async () => {
  const { programId, client, sessionId, report } = await begin();
  expect((await client.sessions.get(sessionId)).handover).toEqual(HANDOVER);
  expect((await client.sessions.get('current')).handover).toEqual(HANDOVER);
  expect(report).not.toHaveProperty('handover');
  for (const session of (await client.sessions.list({ programId })).sessions)
    expect(session).not.toHaveProperty('handover');
});

test('it makes no version of the state and no entry in the timeline', async () => {
  const { programId, client, sessionId } = await begin();
  expect(await client.state.read(programId)).toMatchObject({ version: 0, exists: false });
  expect((await client.sessions.timeline(sessionId)).changes).toHaveLength(1);
});

test('a newer one replaces it, and an update without one keeps it', async () => {
  const { client, sessionId } = await begin();
  await client.sessions.update(sessionId, { status: 'On', lastHeartbeat: true });
  expect((await client.sessions.get(sessionId)).handover).toEqual(HANDOVER);
  await client.sessions.update(sessionId, { status: 'On', handover: { lastPrompt: 'Next' } });
  expect((await client.sessions.get(sessionId)).handover).toEqual({ lastPrompt: 'Next' });
});

test('of updates that share a commit each session gets its own, and the last one of a session stays', async () => {
  const { client } = await server.createProgram();
  const sessions = await Promise.all(Array.from({ length: 8 }, (_, n) => client.sessions.create({ name: `Run ${n}` })));
  await Promise.all(
    sessions.map(({ sessionId }) =>
      client.sessions.update(sessionId, { status: 'S', handover: { lastPrompt: sessionId } }),
    ),
  );
  for (const { sessionId } of sessions)
    expect((await client.sessions.get(sessionId)).handover).toEqual({ lastPrompt: sessionId });
});

test('a session without one has no such field, and a second one of the account never shows it', async () => {
  const { client } = await begin();
  const { sessionId } = await client.sessions.create({ name: 'Another' });
  expect(await client.sessions.get(sessionId)).not.toHaveProperty('handover');
});

test('8,192 bytes as JSON are taken, one more is refused and nothing is changed', async () => {
  const { client, sessionId } = await begin({ lastPrompt: 'Kept' });
  const sized = (bytes: number): Handover => {
    const empty = JSON.stringify({ lastPrompt: '', lastAnswer: '', lastCommands: [{ command: '' }] });
    const rest = bytes - empty.length - 4_000 - 4_000;
    return {
      lastPrompt: 'p'.repeat(4_000),
      lastAnswer: 'a'.repeat(4_000),
      lastCommands: [{ command: 'c'.repeat(rest) }],
    };
  };
  const tooLarge = client.sessions.update(sessionId, { status: 'New', handover: sized(8_193) });
  await expect(tooLarge).rejects.toMatchObject({
    status: 400,
    problem: { errors: [{ pointer: '#/handover', message: expect.stringContaining('8193') }] },
  });
  expect(await client.sessions.get(sessionId)).toMatchObject({ status: 'Works', handover: { lastPrompt: 'Kept' } });
  await client.sessions.update(sessionId, { status: 'New', handover: sized(8_192) });
  expect(JSON.stringify((await client.sessions.get(sessionId)).handover)).toHaveLength(8_192);
  // Bytes, not characters.
  const wide = client.sessions.create({ name: 'Wide', handover: { lastAnswer: '大'.repeat(2_800) } });
  await expect(wide).rejects.toMatchObject({ status: 400 });
});

test.each<[string, object]>([
  ['an unknown part', { mood: 'good' }],
  ['51 files', { workingTree: { changedFiles: Array.from({ length: 51 }, (_, n) => `f${n}`) } }],
  ['no commit', { workingTree: { commit: 'HEAD' } }],
])('%s is refused', async (_what, handover) => {
  const { client, sessionId } = await begin();
  await expect(client.sessions.update(sessionId, { status: 'S', handover })).rejects.toMatchObject({ status: 400 });
});

test('the next boot returns it with the predecessor, whether that died or asked for a successor', async () => {
  const { programId, client, sessionId } = await begin();
  server.clock.advance(16 * MINUTE);
  const died = await client.programs.boot(programId, { name: 'Run 2' });
  expect(died.previousSession).toMatchObject({ sessionId, ended: 'succeeded', status: 'Works', handover: HANDOVER });
  await client.sessions.update(died.session.sessionId, { status: 'Full', handoffRequired: true });
  const asked = await client.programs.boot(programId, { name: 'Run 3' });
  expect(asked.previousSession).toMatchObject({ sessionId: died.session.sessionId, ended: 'handed-off' });
  expect(asked.previousSession).not.toHaveProperty('handover');
});

test('a predecessor whose process has died reads killed, with what it was doing', async () => {
  const { programId, client, sessionId } = await begin();
  await client.sessions.update(sessionId, { status: 'Runs the tests', progress: 40, lastHeartbeat: true });
  const dead = await client.sessions.update(sessionId, { status: 'Runs the tests', killed: true });
  expect(dead).toMatchObject({ state: 'working', handoffRequired: true });
  const { previousSession, session } = await client.programs.boot(programId, { name: 'Run 2' });
  expect(previousSession).toMatchObject({
    sessionId,
    ended: 'killed',
    status: 'Runs the tests',
    progress: 40,
    handover: HANDOVER,
  });
  const now = await client.sessions.get(sessionId);
  expect(now).toMatchObject({ completeReason: 'killed', successor: session.sessionId });
});

test('one that was taken for dead and is heard again goes on', async () => {
  const { programId, client, sessionId } = await begin();
  await client.sessions.update(sessionId, { status: 'Works', killed: true });
  const late = await client.sessions.update(sessionId, { status: 'An older event' });
  expect(late).toMatchObject({ handoffRequired: true });
  const alive = await client.sessions.update(sessionId, { status: 'Works', lastHeartbeat: true });
  expect(alive).toMatchObject({ handoffRequired: false });
  const { previousSession } = await client.programs.boot(programId, { name: 'Beside it' });
  expect(previousSession).toMatchObject({ sessionId, ended: 'alive' });
});
