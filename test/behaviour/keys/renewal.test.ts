import { expect, test } from 'vitest';
import { MCP_CLIENTS } from '../../support/mcp-clients.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const DAY = 24 * 60 * 60 * 1000;
const server = useTestServer({ stopClock: true });

const notRotatable = { status: 409, kind: 'key-not-rotatable' };

/** A renewable key of a new program, made with this client's key. */
async function createRenewable(admin = server.admin, ttlDays = 90) {
  const made = await admin.keys.create({ programId: randomName(), ttlDays, renewable: true });
  const client = server.client(made.key);
  return { ...made, client, renew: () => client.keys.rotate(made.keyId, { renew: true }) };
}

test('a heartbeat says when its key expires, in the last 14 days only, through MCP too', async () => {
  const { key, programId, expiresAt } = await server.admin.keys.create({ programId: randomName() });
  const { sessionId } = await server.client(key).sessions.create({ name: 'Works' });
  const beat = () => server.client(key).sessions.update(sessionId, { status: 'Works', lastHeartbeat: true });
  server.clock.advance(76 * DAY - 1);
  expect(await beat()).not.toHaveProperty('keyExpiresAt');
  server.clock.advance(1);
  expect(await beat()).toMatchObject({ keyExpiresAt: expiresAt });
  const boot = await server.client(key).programs.boot(String(programId), { name: 'Boots' });
  expect(boot.session).toMatchObject({ keyExpiresAt: expiresAt });
  for (const { connect } of MCP_CLIENTS) {
    const client = await connect(server.url, key);
    const { structuredContent } = await client.callTool('update_session', { status: 'Works', lastHeartbeat: true });
    expect(structuredContent).toMatchObject({ keyExpiresAt: expiresAt });
    await client.close();
  }
  const forever = await server.admin.keys.create({ programId: randomName(), ttlDays: 0 });
  expect(await server.client(forever.key).sessions.create({ name: 'Works' })).not.toHaveProperty('keyExpiresAt');
});

test('a program renews its own key in its last 14 days: a whole life again, and the old key works to its end', async () => {
  const { keyId, key, programId, expiresAt, renew } = await createRenewable();
  server.clock.advance(76 * DAY - 1);
  await expect(renew()).rejects.toMatchObject(notRotatable);
  server.clock.advance(1);
  const renewed = await renew();
  expect(renewed).toMatchObject({ programId, role: 'program', renewable: true, createdBy: keyId });
  expect(Date.parse(String(renewed.expiresAt)) - server.clock.now()).toBe(90 * DAY);
  expect(await server.admin.keys.get(keyId)).toMatchObject({ rotatedTo: renewed.keyId, revokedAt: null, expiresAt });
  expect(await server.client(renewed.key).sessions.create({ name: 'New' })).not.toHaveProperty('keyExpiresAt');
  // Another machine with the same key.
  server.clock.advance(14 * DAY - 1);
  expect(await server.client(key).sessions.create({ name: 'Old' })).toMatchObject({ keyExpiresAt: expiresAt });
  await expect(renew()).rejects.toMatchObject(notRotatable);
  server.clock.advance(1);
  await expect(server.client(key).me()).rejects.toMatchObject({ status: 401 });
  server.clock.advance(62 * DAY);
  const second = await server.client(renewed.key).keys.rotate(renewed.keyId, { renew: true });
  expect(Date.parse(String(second.expiresAt)) - server.clock.now()).toBe(90 * DAY);
});

test('a short key is renewed in the second half of its life', async () => {
  const { renew } = await createRenewable(server.admin, 2);
  server.clock.advance(DAY - 1);
  await expect(renew()).rejects.toMatchObject(notRotatable);
  server.clock.advance(1);
  expect(Date.parse(String((await renew()).expiresAt)) - server.clock.now()).toBe(2 * DAY);
});

test('of parallel renewals one wins; with one Idempotency-Key all get the same new key', async () => {
  const lone = await createRenewable(server.admin, 10);
  const shared = await createRenewable(server.admin, 10);
  server.clock.advance(6 * DAY);
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(lone.renew));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const options = { renew: true, idempotencyKey: 'renewal' };
  const same = await Promise.all([1, 2, 3, 4].map(() => shared.client.keys.rotate(shared.keyId, options)));
  expect(new Set(same.map(({ key }) => key)).size).toBe(1);
});

test('revoking a renewed key revokes what it was renewed into', async () => {
  const { keyId, key, renew } = await createRenewable(server.admin, 10);
  server.clock.advance(6 * DAY);
  const renewed = await renew();
  await server.admin.keys.revoke(keyId);
  for (const each of [key, renewed.key]) await expect(server.client(each).me()).rejects.toMatchObject({ status: 401 });
});

test('a leaked renewable key is ended by rotation within 30 seconds, in its last days too', async () => {
  const { keyId, key, expiresAt } = await createRenewable(server.admin, 10);
  server.clock.advance(6 * DAY);
  expect(await server.admin.keys.rotate(keyId)).toMatchObject({ expiresAt, renewable: true });
  server.clock.advance(30_000);
  await expect(server.client(key).me()).rejects.toMatchObject({ status: 401 });
});

test('renewal ends with the key that allowed it, follows its rotation, and never outlives it', async () => {
  const maker = await server.admin.keys.create({ role: 'admin', ttlDays: 25 });
  const [first, second] = [
    await createRenewable(server.client(maker.key), 10),
    await createRenewable(server.client(maker.key), 20),
  ];
  const rotated = await server.admin.keys.rotate(maker.keyId);
  server.clock.advance(9 * DAY);
  expect((await first.renew()).expiresAt).not.toBeNull();
  server.clock.advance(9 * DAY);
  const shortened = await second.renew();
  expect(shortened.expiresAt).toBe(rotated.expiresAt);
  await expect(server.client(shortened.key).keys.rotate(shortened.keyId, { renew: true })).rejects.toMatchObject({
    ...notRotatable,
    message: expect.stringContaining('can be from'),
  });
  server.clock.advance(6 * DAY);
  await expect(server.client(shortened.key).keys.rotate(shortened.keyId, { renew: true })).rejects.toMatchObject({
    ...notRotatable,
    message: expect.stringContaining('expires no later'),
  });
});

test('no renewal comes after the revocation of the key that allowed it', async () => {
  const maker = await server.admin.keys.create({ role: 'admin' });
  const { renew, client } = await createRenewable(server.client(maker.key), 10);
  server.clock.advance(6 * DAY);
  await server.admin.keys.revoke(maker.keyId);
  await expect(renew()).rejects.toMatchObject({
    ...notRotatable,
    message: expect.stringContaining('revoked or expired'),
  });
  await client.me();
});

test('only the program that holds a renewable key renews it', async () => {
  const { keyId } = await createRenewable(server.admin, 10);
  const plain = await server.admin.keys.create({ programId: randomName(), ttlDays: 10 });
  const auditor = { role: 'auditor', renewable: true } as const;
  await expect(server.admin.keys.create(auditor)).rejects.toMatchObject({ status: 400 });
  server.clock.advance(6 * DAY);
  await expect(server.admin.keys.rotate(keyId, { renew: true })).rejects.toMatchObject({ status: 403 });
  await expect(server.client(plain.key).keys.rotate(plain.keyId, { renew: true })).rejects.toMatchObject(notRotatable);
});

test('an invitation gives a renewable key, unless it says how long the key is to live', async () => {
  const redeem = async (more: { ttlDays?: number }) => {
    const { code } = await server.admin.invitations.create({ programId: randomName(), ...more });
    return (await server.admin.invitations.redeem({ code })).key;
  };
  const made = await redeem({});
  expect(made).toMatchObject({ renewable: true });
  expect(Date.parse(String(made?.expiresAt)) - server.clock.now()).toBe(90 * DAY);
  expect(await redeem({ ttlDays: 7 })).toMatchObject({ renewable: false });
});

test('keys that expire soon are listed until they are renewed; those of signed-in browsers are not', async () => {
  const { client: admin } = await server.createAccount('unlimited');
  const soon = await admin.keys.create({ programId: 'soon', ttlDays: 14 });
  await admin.keys.create({ programId: 'later', ttlDays: 15 });
  const renewable = await createRenewable(admin, 10);
  const { code } = await admin.invitations.create({ grants: 'web-session', role: 'auditor' });
  const signedIn = await fetch(`${server.url}/v1/invitations/redeem`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, grants: 'web-session' }),
  });
  expect(signedIn.status).toBe(200);
  const list = async () => (await admin.keys.list({ expiring: true })).keys.map(({ keyId }) => keyId);
  expect(await list()).toEqual([renewable.keyId, soon.keyId]);
  server.clock.advance(8 * DAY);
  const renewed = await renewable.renew();
  expect(await list()).toContain(soon.keyId);
  expect(await list()).not.toContain(renewable.keyId);
  expect(await list()).toContain(renewed.keyId);
  server.clock.advance(6 * DAY);
  expect(await list()).not.toContain(soon.keyId);
});
