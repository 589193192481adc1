import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../support/house.ts';

const DAY = 24 * 60 * 60 * 1000;
let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  house.clock.stop();
});
afterAll(() => house.close());

const refused = { status: 401, kind: 'unauthenticated' };

test('a key lives for 90 days unless its maker says otherwise', async () => {
  const { key, createdAt, expiresAt } = await house.admin.keys.create({ programId: 'ninety' });
  expect(Date.parse(String(expiresAt)) - Date.parse(createdAt)).toBe(90 * DAY);
  house.clock.advance(89.99 * DAY);
  await house.client(key).me();
  house.clock.advance(0.01 * DAY - 1);
  await house.client(key).me();
  house.clock.advance(1);
  await expect(house.client(key).me()).rejects.toMatchObject(refused);
});

test('a key lives for as many days as its maker says', async () => {
  const { key } = await house.admin.keys.create({ programId: 'three', ttlDays: 3 });
  house.clock.advance(3 * DAY - 1);
  await house.client(key).me();
  house.clock.advance(1);
  await expect(house.client(key).me()).rejects.toMatchObject(refused);
});

test('0 days means never', async () => {
  const { key, expiresAt } = await house.admin.keys.create({ programId: 'forever', ttlDays: 0 });
  expect(expiresAt).toBeNull();
  house.clock.advance(20 * 365 * DAY);
  expect((await house.client(key).me()).expiresAt).toBeNull();
});

test('an expired key is still listed, as expired', async () => {
  const { keyId, expiresAt } = await house.admin.keys.create({ programId: 'listed', ttlDays: 1 });
  house.clock.advance(2 * DAY);
  const { keys } = await house.admin.keys.list({ programId: 'listed' });
  expect(keys).toEqual([expect.objectContaining({ keyId, expiresAt, revokedAt: null })]);
});
