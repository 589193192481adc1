import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FleetbeatError } from '../../../clients/typescript/src/index.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

let replica: TestServer;
const server = useTestServer();
beforeAll(async () => {
  replica = await startTestServer({ database: server.database });
});
afterAll(async () => {
  await replica.close();
});

const refused = { status: 401, kind: 'unauthenticated' };

test('a revoked key is refused on its next request', async () => {
  const { client } = await server.createProgram();
  const { keyId } = await client.me();
  await server.admin.keys.revoke(keyId);
  await expect(client.me()).rejects.toMatchObject(refused);
  await expect(client.sessions.list()).rejects.toMatchObject(refused);
});

test('requests in flight when a key is revoked do not bring it back', async () => {
  const { client } = await server.createProgram();
  const { keyId } = await client.me();
  const underWay = Array.from({ length: 20 }, () => client.me());
  await Promise.allSettled([...underWay, server.admin.keys.revoke(keyId)]);
  await expect(client.me()).rejects.toMatchObject(refused);
});

test('a revoked key is soon refused by every replica, even in constant use there', async () => {
  const { key } = await server.createProgram();
  const there = replica.client(key);
  const { keyId } = await there.me();
  await server.admin.keys.revoke(keyId);
  await expect.poll(() => getErrorStatus(there.me()), { timeout: 30_000, interval: 20 }).toBe(401);
  await expect(there.me()).rejects.toMatchObject(refused);
});

test('revoking twice is no error and moves nothing', async () => {
  const { programId, client } = await server.createProgram();
  const { keyId } = await client.me();
  await server.admin.keys.revoke(keyId);
  const { keys: before } = await server.admin.keys.list({ programId });
  await server.admin.keys.revoke(keyId);
  const { keys: after } = await server.admin.keys.list({ programId });
  expect(after).toEqual(before);
  expect(after[0]?.revokedAt).not.toBeNull();
});

test('revoking a rotated key ends its last 30 seconds', async () => {
  const { client } = await server.createProgram();
  const { keyId } = await client.me();
  const fresh = await client.keys.rotate(keyId);
  await server.admin.keys.revoke(keyId);
  await expect(client.me()).rejects.toMatchObject(refused);
  await expect(server.client(fresh.key).me()).rejects.toMatchObject(refused);
});

const getErrorStatus = (call: Promise<unknown>): Promise<number> =>
  call.then(
    () => 200,
    (error: FleetbeatError) => error.status,
  );
