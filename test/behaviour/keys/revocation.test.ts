import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FleetbeatError } from '../../../clients/typescript/src/index.ts';
import { openTestHouse, type TestHouse } from '../../support/house.ts';

let house: TestHouse;
let replica: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  replica = await openTestHouse({ database: house.database });
});
afterAll(async () => {
  await replica.close();
  await house.close();
});

const refused = { status: 401, kind: 'unauthenticated' };

test('a revoked key is refused on its next request', async () => {
  const { client } = await house.program();
  const { keyId } = await client.me();
  await house.admin.keys.revoke(keyId);
  await expect(client.me()).rejects.toMatchObject(refused);
  await expect(client.sessions.list()).rejects.toMatchObject(refused);
});

test('requests that are under way when a key is revoked do not bring it back', async () => {
  const { client } = await house.program();
  const { keyId } = await client.me();
  const underWay = Array.from({ length: 20 }, () => client.me());
  await Promise.allSettled([...underWay, house.admin.keys.revoke(keyId)]);
  await expect(client.me()).rejects.toMatchObject(refused);
});

test('a revoked key is soon refused by every other replica, also when it is in constant use there', async () => {
  const { key } = await house.program();
  const there = replica.client(key);
  const { keyId } = await there.me();
  await house.admin.keys.revoke(keyId);
  await expect.poll(() => statusOf(there.me()), { timeout: 30_000, interval: 20 }).toBe(401);
  await expect(there.me()).rejects.toMatchObject(refused);
});

test('revoking twice is no error and moves nothing', async () => {
  const { programId, client } = await house.program();
  const { keyId } = await client.me();
  await house.admin.keys.revoke(keyId);
  const { keys: before } = await house.admin.keys.list({ programId });
  await house.admin.keys.revoke(keyId);
  const { keys: after } = await house.admin.keys.list({ programId });
  expect(after).toEqual(before);
  expect(after[0]?.revokedAt).not.toBeNull();
});

test('revoking a rotated key ends its last 30 seconds', async () => {
  const { client } = await house.program();
  const { keyId } = await client.me();
  const fresh = await client.keys.rotate(keyId);
  await house.admin.keys.revoke(keyId);
  await expect(client.me()).rejects.toMatchObject(refused);
  await house.client(fresh.key).me();
});

const statusOf = (call: Promise<unknown>): Promise<number> =>
  call.then(
    () => 200,
    (error: FleetbeatError) => error.status,
  );
