import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const MINUTE = 60_000;

const server = useTestServer();

test('a first boot creates a session, has no memory, and is no error', async () => {
  const { programId, client } = await server.createProgram();
  const boot = await client.programs.boot(programId, { name: 'First run' });
  expect(boot.session).toMatchObject({ programId, name: 'First run', state: 'working' });
  expect(boot).toMatchObject({ previousSession: null, state: { version: 0, learnedPatterns: [] }, leftOut: [] });
});

test('a boot after a handoff returns the handover, completes the predecessor and fences it', async () => {
  const { programId, client } = await server.createProgram();
  const first = await client.sessions.create({ name: 'Run 1', progress: 75 });
  await client.state.update(programId, {
    sessionId: first.sessionId,
    contextSummary: { lastTask: 'Fix auth', handoffNotes: 'PR #42 is in review.', openQuestions: ['Which region?'] },
    learnedPatterns: [{ id: 'p-1', domain: 'auth', pattern: 'Validate expiry first', confidence: 0.9 }],
  });
  await client.sessions.update(first.sessionId, { status: 'Context is full', handoffRequired: true });

  const boot = await client.programs.boot(programId, { name: 'Run 2' });
  expect(boot.previousSession).toMatchObject({
    sessionId: first.sessionId,
    status: 'Context is full',
    ended: 'handed-off',
    handoffRequired: true,
  });
  expect(boot.state.contextSummary).toMatchObject({
    handoffNotes: 'PR #42 is in review.',
    openQuestions: ['Which region?'],
  });
  expect(boot.state.learnedPatterns).toEqual([
    { id: 'p-1', domain: 'auth', pattern: 'Validate expiry first', confidence: 0.9 },
  ]);

  const old = await client.sessions.get(first.sessionId);
  expect(old).toMatchObject({ state: 'complete', completeReason: 'handed-off', successor: boot.session.sessionId });
  const fenced = { status: 409, kind: 'session-superseded', problem: { successor: boot.session.sessionId } };
  await expect(
    client.sessions.update(first.sessionId, { status: 'I wake up', lastHeartbeat: true }),
  ).rejects.toMatchObject(fenced);
  await expect(client.sessions.create({ name: 'Again', sessionId: first.sessionId })).rejects.toMatchObject(fenced);
  const { changes } = await client.sessions.timeline(first.sessionId);
  expect(changes[0]).toMatchObject({ kind: 'succeeded', state: 'complete' });
});

test('the slot moves over, even at the limit', async () => {
  const { client: admin } = await server.createAccount('free');
  const { key } = await admin.keys.create({ programId: 'builder' });
  const client = server.client(key);
  const first = await client.sessions.create({ name: 'Run 1', handoffRequired: true });
  const boot = await client.programs.boot('builder', { name: 'Run 2' });
  expect((await client.sessions.get(first.sessionId)).successor).toBe(boot.session.sessionId);
  await expect(client.sessions.create({ name: 'Run 3' })).rejects.toMatchObject({ kind: 'session-limit-reached' });
});

test('a crashed predecessor is succeeded in the same way, even when it was archived', async () => {
  const { programId, client } = await server.createProgram();
  const first = await client.sessions.create({ name: 'Run 1', status: 'Half-way' });
  server.clock.advance(16 * MINUTE);
  const boot = await client.programs.boot(programId, { name: 'Run 2' });
  expect(boot.previousSession).toMatchObject({ ended: 'succeeded', status: 'Half-way', handoffRequired: false });
  await expect(
    client.sessions.update(first.sessionId, { status: 'Only asleep', lastHeartbeat: true }),
  ).rejects.toMatchObject({ status: 409 });
});

test('a boot leaves the sessions of other programs as they are', async () => {
  const { client: admin } = await server.createAccount('pro');
  const [builder, reviewer] = await Promise.all(
    ['builder', 'reviewer'].map(async (programId) => server.client((await admin.keys.create({ programId })).key)),
  );
  if (!builder || !reviewer) throw new Error('Two programs have a key');
  const own = await builder.sessions.create({ name: 'Own run' });
  const silent = await reviewer.sessions.create({ name: 'Silent' });
  server.clock.advance(16 * MINUTE);
  const asking = await reviewer.sessions.create({ name: 'Asks for a successor', handoffRequired: true });
  const boot = await builder.programs.boot('builder', { name: 'Next run' });
  expect(boot.previousSession).toMatchObject({ sessionId: own.sessionId, ended: 'succeeded' });
  for (const { sessionId } of [silent, asking])
    expect(await reviewer.sessions.get(sessionId)).toMatchObject({ state: 'working', successor: null });
});

test('a predecessor that is alive and asked for no handoff stays as it is', async () => {
  const { programId, client } = await server.createProgram();
  const first = await client.sessions.create({ name: 'Run 1' });
  const boot = await client.programs.boot(programId, { name: 'Run 2' });
  expect(boot.previousSession).toMatchObject({ sessionId: first.sessionId, ended: 'alive' });
  expect(await client.sessions.update(first.sessionId, { status: 'Still here' })).toMatchObject({
    state: 'working',
    successor: null,
  });
});

test.each(Array.from({ length: 5 }, (_, round) => round))(
  'of successors at once one wins and the others are told who (round %i)',
  async () => {
    const { programId, client } = await server.createProgram();
    const first = await client.sessions.create({ name: 'Run 1', handoffRequired: true });
    const boots = await Promise.allSettled(
      Array.from({ length: 4 }, (_, index) => client.programs.boot(programId, { name: `Successor ${index}` })),
    );
    const winners = boots.flatMap((boot) => (boot.status === 'fulfilled' ? [boot.value.session.sessionId] : []));
    expect(winners).toHaveLength(1);
    for (const boot of boots) {
      if (boot.status === 'rejected')
        expect(boot.reason).toMatchObject({ kind: 'session-superseded', problem: { successor: winners[0] } });
    }
    expect((await client.sessions.get(first.sessionId)).successor).toBe(winners[0]);
    expect((await client.sessions.list({ programId, state: 'working' })).sessions).toHaveLength(1);
  },
);

test('a minute after a succession a second session may run beside the first', async () => {
  const { programId, client } = await server.createProgram();
  await client.sessions.create({ name: 'Run 1', handoffRequired: true });
  await client.programs.boot(programId, { name: 'Run 2' });
  await expect(client.programs.boot(programId, { name: 'Too early' })).rejects.toMatchObject({ status: 409 });
  server.clock.advance(MINUTE + 1);
  await client.programs.boot(programId, { name: 'Beside it' });
  expect((await client.sessions.list({ programId, state: 'working' })).sessions).toHaveLength(2);
});

test('a run that starts again under its own id begins afresh and needs no successor', async () => {
  const { programId, client } = await server.createProgram();
  const id = { sessionId: `${programId}-run` };
  await client.sessions.create({ ...id, name: 'Run', contextBytes: 90, contextLimitBytes: 100, handoffRequired: true });
  const boot = await client.programs.boot(programId, { ...id, name: 'Run again' });
  expect(boot.session).toMatchObject({
    ...id,
    handoffRequired: false,
    handoffAdvised: false,
    contextUsedPercent: 0,
    successor: null,
  });
});

test('only the program itself or an admin boots it', async () => {
  const [a, b] = [await server.createProgram(), await server.createProgram()];
  await expect(a.client.programs.boot(b.programId, { name: 'Not mine' })).rejects.toMatchObject({ status: 403 });
  expect((await server.admin.programs.boot(b.programId, { name: 'By hand' })).session.programId).toBe(b.programId);
});
