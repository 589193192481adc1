import { expect, test } from 'vitest';
import { createHttpAgent } from '../../support/http-agent.ts';
import { randomName } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();

const http = (key: string) => createHttpAgent(server.url, key);

test('a key is created (201), listed (200), identified (200), revoked (204) and then refused (401)', async () => {
  const programId = randomName();
  const { body: made } = await http(server.adminKey).post('/v1/keys').send({ programId, label: 'Laptop' }).expect(201);
  const { body: listed } = await http(server.adminKey).get('/v1/keys').query({ programId }).expect(200);
  expect(listed.keys).toMatchObject([{ keyId: made.keyId, label: 'Laptop', revokedAt: null }]);
  expect((await http(made.key).get('/v1/me').expect(200)).body).toMatchObject({ programId, role: 'program' });
  await http(server.adminKey).delete(`/v1/keys/${made.keyId}`).expect(204, '');
  await http(made.key).get('/v1/me').expect(401);
  await http(server.adminKey).delete(`/v1/keys/${made.keyId}`).expect(204);
});

test('revoking an unknown key is 404', async () => {
  const { body } = await http(server.adminKey).delete('/v1/keys/nobody').expect(404);
  expect(body.type).toBe('/problems/key-not-found');
});

test('reading or changing an unknown account is 404', async () => {
  expect((await http(server.adminKey).get('/v1/accounts/nobody').expect(404)).body.status).toBe(404);
  const { body } = await http(server.adminKey).patch('/v1/accounts/nobody').send({ tier: 'pro' }).expect(404);
  expect(body.type).toBe('/problems/account-not-found');
});

test('changing an unknown program is 404', async () => {
  const { body } = await http(server.adminKey).patch('/v1/programs/nobody').send({ paused: true }).expect(404);
  expect(body.type).toBe('/problems/program-not-found');
});

test('a program and an account are removed (202), once; nobody removes its own (409)', async () => {
  const agent = http(server.adminKey);
  const { programId } = await server.createProgram('removable');
  const { body: removed } = await agent.delete(`/v1/programs/${programId}`).expect(202);
  expect(removed).toEqual({ programId, removedAt: expect.any(String) });
  expect((await agent.delete(`/v1/programs/${programId}`).expect(404)).body.type).toBe('/problems/program-not-found');
  const { accountId } = await server.createAccount('pro');
  const { body: removal } = await agent.delete(`/v1/accounts/${accountId}`).expect(202);
  expect(removal).toEqual({ accountId, removedAt: expect.any(String) });
  expect((await agent.delete(`/v1/accounts/${accountId}`).expect(404)).body.type).toBe('/problems/account-not-found');
  expect((await agent.delete('/v1/accounts/main').expect(409)).body.type).toBe('/problems/removal-refused');
  const { key } = await server.admin.keys.create({ role: 'admin', programId: 'administering' });
  expect((await http(key).delete('/v1/programs/administering').expect(409)).body.type).toBe(
    '/problems/removal-refused',
  );
});

test('a key can not create one with more rights than its own', async () => {
  const { key } = await server.admin.keys.create({ role: 'admin' });
  await http(key).post('/v1/keys').send({ role: 'operator' }).expect(403);
  await http(key).post('/v1/keys').send({ role: 'admin' }).expect(201);
});

test('a key of the role program needs a program', async () => {
  const { body } = await http(server.adminKey).post('/v1/keys').send({}).expect(400);
  expect(body.errors).toMatchObject([{ in: 'body', pointer: '#/programId' }]);
});

test('fleet health is 200 for an admin and 403 for a program', async () => {
  const { key, programId } = await server.createProgram();
  const { body } = await http(server.adminKey).get('/v1/fleet/health').expect(200);
  expect(body.programs).toContainEqual(expect.objectContaining({ programId, lastHeartbeat: null, health: 'offline' }));
  await http(key).get('/v1/fleet/health').expect(403);
});
