import { beforeAll, describe, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

/** Two accounts in which everything has the same ids, and only what it says differs. */
interface Tenant {
  readonly accountId: string;
  readonly admin: Fleetbeat;
  readonly builder: Fleetbeat;
  readonly builderKeyId: string;
  /** Stands in everything that this tenant has written. */
  readonly mark: string;
}

let one: Tenant;
let two: Tenant;
const server = useTestServer();
beforeAll(async () => {
  [one, two] = [await createTenant(), await createTenant()];
});

async function createTenant(): Promise<Tenant> {
  const { accountId, client: admin } = await server.createAccount('team');
  const mark = randomName('mark');
  const { key, keyId } = await admin.keys.create({ programId: 'builder', label: mark });
  const builder = server.client(key);
  await admin.programs.update('builder', { displayName: mark });
  await builder.sessions.create({ name: mark, sessionId: 'session-1', status: mark });
  await builder.state.update('builder', { contextSummary: { lastTask: mark } });
  await expect(builder.fleet.health()).rejects.toMatchObject({ status: 403 });
  return { accountId, admin, builder, builderKeyId: keyId, mark };
}

/** Everything of an account that its admin can look at. */
const views: readonly (readonly [string, (admin: Fleetbeat) => Promise<unknown>])[] = [
  ['its sessions', (admin) => admin.sessions.list({ limit: 50, includeArchived: true })],
  ['its sessions of a program', (admin) => admin.sessions.list({ programId: 'builder' })],
  ['one session', (admin) => admin.sessions.get('session-1')],
  ["a program's state", (admin) => admin.state.read('builder')],
  ['its keys', (admin) => admin.keys.list({ limit: 50 })],
  ['its programs', (admin) => admin.programs.list({ limit: 50 })],
  ['its health', (admin) => admin.fleet.health()],
  ['its audit', (admin) => admin.audit.list({ limit: 50 })],
  ['itself', (admin) => admin.me()],
];

test.each(views)('an account sees %s and nothing of another account with the same ids', async (_what, readView) => {
  const [mine, theirs] = [JSON.stringify(await readView(one.admin)), JSON.stringify(await readView(two.admin))];
  for (const [seen, stranger] of [
    [mine, two],
    [theirs, one],
  ] as const) {
    expect(seen).not.toContain(stranger.mark);
    expect(seen).not.toContain(stranger.builderKeyId);
    expect(seen).not.toContain(stranger.accountId);
  }
});

test('each account has one session, one program and one health row of its own', async () => {
  for (const { admin, mark } of [one, two]) {
    expect((await admin.sessions.list()).sessions).toEqual([expect.objectContaining({ name: mark })]);
    expect((await admin.programs.list()).programs).toEqual([expect.objectContaining({ displayName: mark })]);
    expect((await admin.fleet.health()).programs).toEqual([expect.objectContaining({ programId: 'builder' })]);
  }
});

test('a write under the same ids changes nothing of the other account', async () => {
  await one.builder.sessions.update('session-1', { status: 'changed', state: 'complete' });
  await one.builder.state.update('builder', { contextSummary: { lastTask: 'changed' } });
  expect(await two.admin.sessions.get('session-1')).toMatchObject({ status: two.mark, state: 'working' });
  expect(await two.admin.state.read('builder')).toMatchObject({ version: 1, contextSummary: { lastTask: two.mark } });
});

describe("another account's keys", () => {
  test('are 404 when revoked or rotated from another account', async () => {
    const missing = { status: 404, kind: 'key-not-found' };
    await expect(one.admin.keys.revoke(two.builderKeyId)).rejects.toMatchObject(missing);
    await expect(one.admin.keys.rotate(two.builderKeyId)).rejects.toMatchObject(missing);
    await two.builder.me();
  });
});

test('an admin neither sees nor creates accounts', async () => {
  const refused = { status: 403, kind: 'forbidden' };
  await expect(one.admin.accounts.list()).rejects.toMatchObject(refused);
  await expect(one.admin.accounts.create({ name: 'mine' })).rejects.toMatchObject(refused);
  await expect(one.admin.accounts.update(one.accountId, { tier: 'unlimited' })).rejects.toMatchObject(refused);
});

test("the operator's account sees nothing of the accounts that it created", async () => {
  const { sessions } = await server.admin.sessions.list({ limit: 50 });
  expect(sessions).toEqual([]);
  await expect(server.admin.state.read('builder')).rejects.toMatchObject({ status: 404, kind: 'program-not-found' });
});
