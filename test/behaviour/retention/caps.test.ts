import { beforeAll, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const CAP = 12;
const CAPS = ['PROGRAMS', 'KEYS', 'SESSIONS', 'TASKS', 'MESSAGES', 'QUESTIONS'];
const server = useTestServer({
  environment: Object.fromEntries(CAPS.map((name) => [`FLEETBEAT_MAX_${name}`, String(CAP)])),
  jobs: false,
  stopClock: true,
});

const HOUR = 3_600_000;

interface Account {
  readonly admin: Fleetbeat;
  readonly agent: Fleetbeat;
  readonly programId: string;
  readonly sessionId: string;
}

async function createAccount(): Promise<Account> {
  const { client: admin } = await server.createAccount('unlimited');
  const programId = randomName('agent');
  const agent = server.client((await admin.keys.create({ programId })).key);
  const { sessionId } = await agent.sessions.create({ name: 'The first run' });
  return { admin, agent, programId, sessionId };
}

interface CappedWrite {
  readonly name: string;
  readonly setting: string;
  /** How many the account has at the start. */
  readonly existing: number;
  write(account: Account): Promise<unknown>;
  /** Makes room for one, by what the problem advises. */
  makeRoom(account: Account, last: unknown): Promise<unknown>;
}

const getId = (value: unknown, field: string): string => String((value as Record<string, unknown>)[field]);

const WRITES: readonly CappedWrite[] = [
  {
    name: 'keys',
    setting: 'FLEETBEAT_MAX_KEYS',
    existing: 2,
    write: ({ admin, programId }) => admin.keys.create({ programId }),
    makeRoom: ({ admin }, last) => admin.keys.revoke(getId(last, 'keyId')),
  },
  {
    name: 'sessions',
    setting: 'FLEETBEAT_MAX_SESSIONS',
    existing: 1,
    write: ({ agent }) => agent.sessions.create({ name: 'A run' }),
    // Archival makes room; a known id takes none.
    makeRoom: async ({ agent, sessionId }) => agent.sessions.create({ name: 'Again', sessionId }),
  },
  {
    name: 'open tasks',
    setting: 'FLEETBEAT_MAX_TASKS',
    existing: 0,
    write: ({ agent, programId }) => agent.tasks.create({ title: 'Work', target: programId }),
    makeRoom: ({ admin }, last) => admin.tasks.complete(getId(last, 'taskId'), { outcome: 'succeeded' }),
  },
  {
    name: 'unread messages',
    setting: 'FLEETBEAT_MAX_MESSAGES',
    existing: 0,
    write: ({ admin, programId }) => admin.messages.send({ to: programId, kind: 'PING', text: 'Hello' }),
    makeRoom: ({ agent }, last) => agent.messages.acknowledge(getId(last, 'messageId')),
  },
  {
    name: 'open questions',
    setting: 'FLEETBEAT_MAX_QUESTIONS',
    existing: 0,
    write: ({ agent, sessionId }) => agent.questions.ask({ title: 'May I?', sessionId }),
    makeRoom: ({ admin }, last) => admin.questions.answer(getId(last, 'questionId'), { text: 'Yes' }),
  },
];

test.each(WRITES)('one more of $name than the cap is a 409 with cap, count and what to do', async (each) => {
  const account = await createAccount();
  let last: unknown;
  for (let count = each.existing; count < CAP; count += 1) last = await each.write(account);
  await expect(each.write(account)).rejects.toMatchObject({
    status: 409,
    problem: {
      type: '/problems/account-limit-reached',
      limit: CAP,
      active: CAP,
      detail: expect.stringMatching(new RegExp(`${CAP} .*${each.name}.*${each.setting}`)),
    },
  });
  await each.makeRoom(account, last);
  if (each.name === 'sessions') return;
  await each.write(account);
  await expect(each.write(account)).rejects.toMatchObject({ status: 409 });
});

test('programs are counted whoever registers them, and another account has its own cap', async () => {
  const { admin } = await createAccount();
  for (let count = 1; count < CAP; count += 1) await admin.sessions.create({ name: 'A run', programId: randomName() });
  const refusal = { status: 409, problem: { limit: CAP, active: CAP, detail: expect.stringContaining('programs') } };
  await admin.sessions.list();
  await expect(admin.keys.create({ programId: randomName() })).rejects.toMatchObject(refusal);
  await createAccount();
});

test('a message to all counts for each recipient, and is refused whole', async () => {
  const { admin, agent } = await createAccount();
  for (let count = 0; count < 5; count += 1) await admin.keys.create({ programId: randomName() });
  await admin.messages.send({ to: '*', kind: 'PING', text: 'Six unread' });
  await admin.messages.send({ to: '*', kind: 'PING', text: 'Twelve unread' });
  await expect(admin.messages.send({ to: '*', kind: 'PING', text: 'Too many' })).rejects.toMatchObject({
    status: 409,
    problem: { limit: CAP, active: CAP },
  });
  expect((await agent.messages.list()).messages).toHaveLength(2);
});

test('what expires makes room', async () => {
  const { agent, programId } = await createAccount();
  const create = () => agent.tasks.create({ title: 'Work', target: programId, ttlSeconds: 3_600 });
  for (let count = 0; count < CAP; count += 1) await create();
  await expect(create()).rejects.toMatchObject({ status: 409 });
  server.clock.advance(HOUR);
  await create();
});

test('writers at the same moment exceed the cap by no more than their number', async () => {
  const { agent, programId } = await createAccount();
  const writes = Array.from({ length: 3 * CAP }, () => agent.tasks.create({ title: 'Work', target: programId }));
  const results = await Promise.allSettled(writes);
  const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
  for (const reason of refused) expect(reason).toMatchObject({ status: 409 });
  const created = results.length - refused.length;
  expect(created).toBeGreaterThanOrEqual(CAP);
  await expect(agent.tasks.create({ title: 'Work', target: programId })).rejects.toMatchObject({ status: 409 });
});

let large: Account;
beforeAll(async () => {
  large = await createAccount();
});

test('heartbeats, and sessions that exist already, are never refused by a cap', async () => {
  for (let count = 1; count < CAP; count += 1) await large.agent.sessions.create({ name: 'A run' });
  await large.agent.sessions.update(large.sessionId, { status: 'On', lastHeartbeat: true });
  await large.agent.sessions.create({ name: 'The first run', sessionId: large.sessionId });
});
