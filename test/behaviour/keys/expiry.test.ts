import { expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const DAY = 24 * 60 * 60 * 1000;
const server = useTestServer({ stopClock: true });

const refused = { status: 401, kind: 'unauthenticated' };

test('a key expires in 90 days by default', async () => {
  const { key, createdAt, expiresAt } = await server.admin.keys.create({ programId: 'ninety' });
  expect(Date.parse(String(expiresAt)) - Date.parse(createdAt)).toBe(90 * DAY);
  server.clock.advance(89.99 * DAY);
  await server.client(key).me();
  server.clock.advance(0.01 * DAY - 1);
  await server.client(key).me();
  server.clock.advance(1);
  await expect(server.client(key).me()).rejects.toMatchObject(refused);
});

test('a key expires in the requested number of days', async () => {
  const { key } = await server.admin.keys.create({ programId: 'three', ttlDays: 3 });
  server.clock.advance(3 * DAY - 1);
  await server.client(key).me();
  server.clock.advance(1);
  await expect(server.client(key).me()).rejects.toMatchObject(refused);
});

test('0 days means never', async () => {
  const { key, expiresAt } = await server.admin.keys.create({ programId: 'forever', ttlDays: 0 });
  expect(expiresAt).toBeNull();
  server.clock.advance(20 * 365 * DAY);
  expect((await server.client(key).me()).expiresAt).toBeNull();
});

test('an expired key is still listed, as expired', async () => {
  const { keyId, expiresAt } = await server.admin.keys.create({ programId: 'listed', ttlDays: 1 });
  server.clock.advance(2 * DAY);
  const { keys } = await server.admin.keys.list({ programId: 'listed' });
  expect(keys).toEqual([expect.objectContaining({ keyId, expiresAt, revokedAt: null })]);
});
