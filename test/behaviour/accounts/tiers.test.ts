import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const limits = [
  ['free', 1],
  ['pro', 5],
  ['team', 10],
] as const;

test.each(limits)('of 200 parallel creates on %s exactly %i succeed', async (tier, limit) => {
  const { client } = await server.createAccount(tier);
  const creates = Array.from({ length: 200 }, (_, index) => client.sessions.create({ name: `Agent ${index}` }));
  const outcomes = await Promise.allSettled(creates);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(limit);
  const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({
      status: 409,
      kind: 'session-limit-reached',
      problem: { tier, limit, active: limit },
    });
  }
  const { sessions } = await client.sessions.list({ limit: 50 });
  expect(refusals[0].problem.inTheWay.toSorted()).toEqual(sessions.map(({ sessionId }) => sessionId).toSorted());
});

test('a crashed session frees its slot when it is stale, and gets it back only if there is room', async () => {
  const { client } = await server.createAccount('free');
  const crashed = await client.sessions.create({ name: 'Crashed' });
  server.clock.advance(16 * 60_000);
  const second = await client.sessions.create({ name: 'Second' });
  const late = client.sessions.update(crashed.sessionId, { status: 'I was only asleep', lastHeartbeat: true });
  await expect(late).rejects.toMatchObject({
    kind: 'session-limit-reached',
    problem: { inTheWay: [second.sessionId] },
  });
  await client.sessions.update(second.sessionId, { status: 'Done', state: 'complete' });
  const back = await client.sessions.update(crashed.sessionId, { status: 'Back', lastHeartbeat: true });
  expect(back.stale).toBe(false);
});

test('of 10 parallel revivals on free exactly one succeeds', async () => {
  const { client, accountId } = await server.createAccount('team');
  const ids = await Promise.all(
    Array.from({ length: 10 }, async (_, index) => (await client.sessions.create({ name: `${index}` })).sessionId),
  );
  for (const id of ids) await client.sessions.update(id, { status: 'Done', state: 'complete' });
  await server.admin.accounts.update(accountId, { tier: 'free' });
  const revivals = await Promise.allSettled(
    ids.map((id) => client.sessions.update(id, { status: 'Again', state: 'working' })),
  );
  expect(revivals.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a higher tier holds from the next request on', async () => {
  const { client, accountId } = await server.createAccount('free');
  await client.sessions.create({ name: 'First' });
  await expect(client.sessions.create({ name: 'Second' })).rejects.toMatchObject({ status: 409 });
  await server.admin.accounts.update(accountId, { tier: 'pro' });
  expect((await client.me()).tier).toBe('pro');
  await client.sessions.create({ name: 'Second' });
});
