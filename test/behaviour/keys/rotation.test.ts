import { describe, expect, test } from 'vitest';
import { useTestServer } from '../../support/use-test-server.ts';

const SECOND = 1000;
const server = useTestServer({ stopClock: true });

const refused = { status: 401, kind: 'unauthenticated' };

test('a rotated key is replaced by one of the same program, role, label and expiry', async () => {
  const { programId } = await server.createProgram();
  const old = await server.admin.keys.create({ programId, label: 'Laptop', ttlDays: 10 });
  server.clock.advance(60 * SECOND);
  const fresh = await server.client(old.key).keys.rotate(old.keyId);
  const { programId: program, role, label, expiresAt } = old;
  expect(fresh).toMatchObject({ programId: program, role, label, expiresAt });
  expect(fresh.keyId).not.toBe(old.keyId);
  expect(await server.client(fresh.key).me()).toMatchObject({ programId, role: 'program', keyId: fresh.keyId });
});

test('a rotated key works for 30 more seconds and not a millisecond longer', async () => {
  const { key, client } = await server.createProgram();
  const { keyId } = await client.me();
  const fresh = await client.keys.rotate(keyId);
  server.clock.advance(30 * SECOND - 1);
  await server.client(key).me();
  server.clock.advance(1);
  await expect(server.client(key).me()).rejects.toMatchObject(refused);
  await server.client(fresh.key).me();
});

test('a key is rotated once: the new one is rotated next', async () => {
  const { client } = await server.createProgram();
  const { keyId } = await client.me();
  const second = await client.keys.rotate(keyId);
  await expect(client.keys.rotate(keyId)).rejects.toMatchObject({ status: 409, kind: 'key-not-rotatable' });
  const third = await server.client(second.key).keys.rotate(second.keyId);
  expect(third.keyId).not.toBe(second.keyId);
});

test('of two simultaneous rotations one wins and the other gets a 409', async () => {
  const { client } = await server.createProgram();
  const { keyId } = await client.me();
  const outcomes = await Promise.allSettled([client.keys.rotate(keyId), server.admin.keys.rotate(keyId)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const lost = outcomes.find((outcome) => outcome.status === 'rejected');
  expect(lost?.reason).toMatchObject({ status: 409, kind: 'key-not-rotatable' });
});

test('a revoked key cannot be rotated back to life', async () => {
  const { client } = await server.createProgram();
  const { keyId } = await client.me();
  await server.admin.keys.revoke(keyId);
  await expect(server.admin.keys.rotate(keyId)).rejects.toMatchObject({ status: 409, kind: 'key-not-rotatable' });
});

describe('a program', () => {
  test('rotates its own key only, and gets the same problem for an unknown key', async () => {
    const [mine, other] = [await server.createProgram(), await server.createProgram()];
    const { keyId } = await other.client.me();
    for (const id of [keyId, 'no-such-key']) {
      await expect(mine.client.keys.rotate(id)).rejects.toMatchObject({ status: 403, kind: 'forbidden' });
    }
    await other.client.me();
  });

  test('rotates no second key of its own program either', async () => {
    const { programId, client } = await server.createProgram();
    const second = await server.admin.keys.create({ programId });
    await expect(client.keys.rotate(second.keyId)).rejects.toMatchObject({ status: 403 });
  });
});

test('an admin rotates its own key and any key that it could create', async () => {
  const admin = server.client((await server.admin.keys.create({ role: 'admin' })).key);
  const { keyId } = await admin.me();
  for (const role of ['program', 'auditor', 'admin'] as const) {
    const made = await admin.keys.create({ role, programId: 'rotated' });
    expect(await admin.keys.rotate(made.keyId)).toMatchObject({ role });
  }
  expect(await admin.keys.rotate(keyId)).toMatchObject({ role: 'admin' });
});
