import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const DAY = 24 * 3_600_000;

const server = useTestServer({
  environment: { FLEETBEAT_RETENTION_EVERY: '1s', FLEETBEAT_KEEP_AUDIT: '10d' },
  stopClock: true,
});

test('keys that ended longer ago than audit rows are kept go; what they made can still be taken along', async () => {
  const { client: owner } = await server.createAccount('unlimited');
  const listIds = async () => (await owner.keys.list({ limit: 50 })).keys.map(({ keyId }) => keyId).sort();
  const { keyId: ownId } = await owner.me();
  const creator = await owner.keys.create({ role: 'admin', ttlDays: 365 });
  const middle = await server.client(creator.key).keys.create({ role: 'admin', ttlDays: 365 });
  const made = await server.client(middle.key).keys.create({ programId: randomName(), ttlDays: 365 });
  const rotated = await server.client(made.key).keys.rotate(made.keyId);
  const replaced = await server.client(creator.key).keys.create({ programId: randomName(), ttlDays: 365 });
  const replacement = await owner.keys.rotate(replaced.keyId);
  await owner.keys.revoke(middle.keyId);
  server.clock.advance(9 * DAY);
  const young = await owner.keys.create({ programId: randomName() });
  await owner.keys.revoke(young.keyId);
  server.clock.advance(2 * DAY);
  // The replaced key stays: it is what leads from its creator to the key that the owner has put in its place.
  const left = [ownId, creator.keyId, rotated.keyId, replaced.keyId, replacement.keyId, young.keyId].sort();
  await eventually(async () => (await listIds()).length === left.length);
  expect(await listIds()).toEqual(left);

  await owner.keys.revoke(creator.keyId, { withDescendants: true });
  for (const { key } of [rotated, replacement])
    await expect(server.client(key).me()).rejects.toMatchObject({ status: 401 });
});
