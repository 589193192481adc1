import { describe, expect, test } from 'vitest';
import type { Fleetbeat } from '../../../clients/typescript/src/index.ts';
import { startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const DAY = 86_400_000;
const server = useTestServer();

const refused = { status: 401, kind: 'unauthenticated' };
const forbidden = { status: 403, kind: 'forbidden' };
const isAccepted = (key: string) =>
  server
    .client(key)
    .me()
    .then(
      () => true,
      () => false,
    );
const areAccepted = (...keys: readonly { readonly key: string }[]) =>
  Promise.all(keys.map(({ key }) => isAccepted(key)));
/** An account with an admin's key for a day. */
async function createShortLivedAdmin() {
  const { client: owner } = await server.createAccount('unlimited');
  const made = await owner.keys.create({ role: 'admin', ttlDays: 1 });
  return { owner, made, admin: server.client(made.key) };
}

describe('a key never outlives the one that made it', () => {
  test.each([
    ['asked to end never', { ttlDays: 0 }],
    ['asked to end later', { ttlDays: 365 }],
    ['not asked', {}],
  ])('%s', async (_how, ttl) => {
    const { made, admin } = await createShortLivedAdmin();
    for (const what of [{ role: 'admin' as const }, { programId: 'builder' }]) {
      expect((await admin.keys.create({ ...what, ...ttl })).expiresAt).toBe(made.expiresAt);
    }
  });

  test('one that is asked to end earlier does', async () => {
    const { owner, made } = await createShortLivedAdmin();
    const month = await owner.keys.create({ role: 'admin', ttlDays: 30 });
    const child = await server.client(month.key).keys.create({ programId: 'builder', ttlDays: 2 });
    expect(Date.parse(child.expiresAt ?? '') - Date.parse(made.expiresAt ?? '')).toBeLessThan(2 * DAY);
    expect((await owner.keys.create({ role: 'admin', ttlDays: 0 })).expiresAt).toBeNull();
  });

  test('also by rotation: the successor keeps the expiry, unless that is later than that of the key which rotates it', async () => {
    const { owner, made, admin } = await createShortLivedAdmin();
    const forever = await owner.keys.create({ role: 'admin', ttlDays: 0 });
    const second = await server.client(forever.key).keys.rotate(forever.keyId);
    const third = await owner.keys.rotate(second.keyId);
    const fourth = await admin.keys.rotate(third.keyId);
    expect([second, third, fourth].map(({ expiresAt }) => expiresAt)).toEqual([null, null, made.expiresAt]);
  });

  test('nor does the first key of an account outlive that of the operator who makes it', async () => {
    const operator = await server.admin.keys.create({ role: 'operator', ttlDays: 1 });
    const { key } = await server.client(operator.key).accounts.create({ name: 'Tenant' });
    expect((await server.client(key).me()).expiresAt).toBe(operator.expiresAt);
  });
});

test('each key says which key made it, and can be found by that', async () => {
  const { client: owner } = await server.createAccount('unlimited');
  const { keyId: ownerId } = await owner.me();
  const admin = await owner.keys.create({ role: 'admin' });
  const builder = await server.client(admin.key).keys.create({ programId: 'builder' });
  const rotated = await server.client(builder.key).keys.rotate(builder.keyId);
  expect([admin, builder, rotated].map(({ createdBy }) => createdBy)).toEqual([ownerId, admin.keyId, builder.keyId]);
  const { keys } = await owner.keys.list({ createdBy: admin.keyId });
  expect(keys.map(({ keyId, rotatedTo }) => ({ keyId, rotatedTo }))).toEqual([
    { keyId: builder.keyId, rotatedTo: rotated.keyId },
  ]);
  const first = (await owner.keys.list()).keys.find(({ keyId }) => keyId === ownerId);
  expect(first?.createdBy).toBeNull();
});

describe('revoking', () => {
  /** owner → admin → (builder → rotated, second → third); and `other`, of the owner's. */
  async function createTree(owner: Fleetbeat) {
    const admin = await owner.keys.create({ role: 'admin' });
    const by = server.client(admin.key);
    const builder = await by.keys.create({ programId: 'builder' });
    const rotated = await server.client(builder.key).keys.rotate(builder.keyId);
    const second = await by.keys.create({ role: 'admin' });
    const third = await server.client(second.key).keys.create({ programId: 'reviewer' });
    const other = await owner.keys.create({ role: 'auditor' });
    return { admin, builder, rotated, second, third, other };
  }

  test('a rotated key revokes its successors, however many, and also after its last seconds', async () => {
    const own = await startTestServer();
    try {
      const { client, programId } = await own.createProgram();
      const { keyId } = await client.me();
      const second = await client.keys.rotate(keyId);
      const third = await own.client(second.key).keys.rotate(second.keyId);
      own.clock.advance(60_000);
      await own.admin.keys.revoke(keyId);
      for (const key of [second.key, third.key]) await expect(own.client(key).me()).rejects.toMatchObject(refused);
      const { audit } = await own.admin.audit.list({ action: 'revokeKey' });
      expect(audit.map(({ subject, detail }) => [subject, detail])).toEqual([[third.keyId, `with ${keyId}`]]);
      expect((await own.admin.keys.list({ programId })).keys.map(({ revokedAt }) => revokedAt)).not.toContain(null);
    } finally {
      await own.close();
    }
  });

  test('leaves what the key made alone, unless it is asked to take it along', async () => {
    const { client: owner } = await server.createAccount('unlimited');
    const { admin, builder, rotated, second, third, other } = await createTree(owner);
    await owner.keys.revoke(admin.keyId);
    expect(await areAccepted(admin, rotated, second, third, other)).toEqual([false, true, true, true, true]);
    // A key that is revoked already can still take along what it made.
    await owner.keys.revoke(admin.keyId, { withDescendants: true });
    expect(await areAccepted(rotated, second, third, other)).toEqual([false, false, false, true]);
    expect((await owner.me()).role).toBe('admin');
    const { audit } = await owner.audit.list({ action: 'revokeKey' });
    expect(audit.map(({ subject }) => subject).sort()).toEqual(
      [admin, builder, rotated, second, third].map(({ keyId }) => keyId).sort(),
    );
  });

  test('spares the key that asks for it, which may have been made by the other', async () => {
    const { client: owner } = await server.createAccount('unlimited');
    const { keyId: ownerId } = await owner.me();
    const { second, third, other } = await createTree(owner);
    await server.client(second.key).keys.revoke(ownerId, { withDescendants: true });
    expect(await areAccepted(second, third, other)).toEqual([true, false, false]);
    await expect(owner.me()).rejects.toMatchObject(refused);
  });

  test('takes along nothing that an admin may not revoke', async () => {
    const admin = await server.admin.keys.create({ role: 'admin' });
    const { keyId: operatorId } = await server.admin.me();
    await expect(server.client(admin.key).keys.revoke(operatorId, { withDescendants: true })).rejects.toMatchObject(
      forbidden,
    );
    expect(await isAccepted(server.adminKey)).toBe(true);
  });

  test('misses no key that is made or rotated at the same time', async () => {
    const { client: owner } = await server.createAccount('unlimited');
    for (let round = 0; round < 5; round += 1) {
      const admin = await owner.keys.create({ role: 'admin' });
      const by = server.client(admin.key);
      const victim = await owner.keys.create({ programId: 'victim' });
      const outcomes = await Promise.allSettled([
        ...Array.from({ length: 6 }, () => by.keys.create({ programId: 'builder' })),
        by.keys.rotate(victim.keyId),
        owner.keys.revoke(admin.keyId, { withDescendants: true }),
        ...Array.from({ length: 6 }, () => by.keys.create({ programId: 'builder' })),
      ]);
      const made = outcomes.flatMap((each) => (each.status === 'fulfilled' && each.value ? [each.value] : []));
      expect(await areAccepted(...made)).toEqual(made.map(() => false));
    }
  });
});
