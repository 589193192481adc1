/** A client gets a token by a person's consent, uses it, renews it, and loses it. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { callMcp, REDIRECT_URI, startFlow, toTokens } from '../../support/oauth-flow.ts';
import { sendRaw } from '../../support/raw-request.ts';
import { runSql } from '../../support/sql.ts';
import { randomName, startTestServer } from '../../support/test-server.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();
const HOUR = 3_600_000;

const readJson = async (path: string) => {
  const answer = await sendRaw(server.url, { method: 'GET', path });
  return { status: answer.status, body: JSON.parse(answer.text) };
};

test('a 401 of /mcp leads to the metadata, and that to the endpoints', async () => {
  const refused = await sendRaw(server.url, { method: 'POST', path: '/mcp' });
  expect(refused.status).toBe(401);
  const challenge = String(refused.headers['www-authenticate']);
  const [, address = ''] = /resource_metadata="([^"]+)"/.exec(challenge) ?? [];
  expect(challenge).toContain('scope="program auditor admin operator"');
  expect(challenge).not.toContain('error=');
  const resource = { resource: `${server.url}/mcp`, authorization_servers: [server.url] };
  for (const path of [new URL(address).pathname, '/.well-known/oauth-protected-resource'])
    expect(await readJson(path)).toMatchObject({ status: 200, body: resource });
  for (const path of ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'])
    expect(await readJson(path)).toEqual({
      status: 200,
      body: {
        issuer: server.url,
        authorization_endpoint: `${server.url}/oauth/authorize`,
        token_endpoint: `${server.url}/oauth/token`,
        revocation_endpoint: `${server.url}/oauth/revoke`,
        registration_endpoint: `${server.url}/oauth/register`,
        scopes_supported: ['program', 'auditor', 'admin', 'operator', 'offline_access'],
        response_types_supported: ['code'],
        response_modes_supported: ['query'],
        grant_types_supported: expect.arrayContaining(['authorization_code', 'refresh_token']),
        code_challenge_methods_supported: ['S256'],
        token_endpoint_auth_methods_supported: ['none'],
        revocation_endpoint_auth_methods_supported: ['none'],
        authorization_response_iss_parameter_supported: true,
        client_id_metadata_document_supported: true,
      },
    });
});

test('consent gives a token with the chosen rights, listed as what it is, for /mcp alone', async () => {
  const programId = randomName();
  const flow = await startFlow(server.url, server.adminKey, { client_name: 'An editor' });
  const requestId = flow.requestId(await flow.authorize());
  const shown = await flow.browser.page.request('GET', `/v1/authorization-requests/${requestId}`);
  expect(JSON.parse(shown.text)).toMatchObject({
    clientId: flow.clientId,
    clientName: 'An editor',
    clientHost: null,
    redirectHost: new URL(REDIRECT_URI).host,
    roles: ['program', 'auditor', 'admin', 'operator'],
    programId: null,
  });
  const approved = await flow.approve(requestId, { role: 'program', programId });
  const answer = await flow.finish(JSON.parse(approved.text).continueAt);
  expect(Object.fromEntries(answer)).toMatchObject({ state: 'the state', iss: server.url });
  const tokens = toTokens(await flow.exchange(answer.get('code') ?? ''));
  expect(tokens).toMatchObject({ token_type: 'Bearer', scope: 'program', expires_in: 3600 });

  const [, keyId = ''] = tokens.access_token.split('_');
  const called = await callMcp(server.url, tokens.access_token);
  expect(called.status).toBe(200);
  expect(called.text).toContain(keyId);
  const listed = (await server.admin.keys.list({ programId })).keys;
  expect(listed).toMatchObject([{ keyId, kind: 'oauth', client: 'An editor', role: 'program', programId }]);
  const lifeMs = Date.parse(listed[0]?.expiresAt ?? '') - Date.parse(listed[0]?.createdAt ?? '');
  expect(Math.abs(lifeMs - HOUR)).toBeLessThan(60_000);
  const elsewhere = await fetch(`${server.url}/v1/me`, { headers: { authorization: `Bearer ${tokens.access_token}` } });
  expect(elsewhere.status).toBe(401);
  await expect(server.client(tokens.access_token).signIn({ key: tokens.access_token })).rejects.toMatchObject({
    status: 401,
  });
});

test('a token ends after an hour; the refresh token brings the next, once', async () => {
  const flow = await startFlow(server.url, server.adminKey);
  const first = await flow.connect();
  server.clock.advance(HOUR + 60_000);
  expect((await callMcp(server.url, first.access_token)).status).toBe(401);
  const second = toTokens(await flow.refresh(first.refresh_token));
  expect(second.refresh_token).not.toBe(first.refresh_token);
  expect((await callMcp(server.url, second.access_token)).status).toBe(200);
  expect((await flow.refresh(first.refresh_token)).status).toBe(400);
  // Whoever used it again may have stolen it: all that came of it has ended.
  expect((await callMcp(server.url, second.access_token)).status).toBe(401);
  expect((await flow.refresh(second.refresh_token)).status).toBe(400);
});

test.each([
  [
    'the client revokes its refresh token',
    async (flow: Awaited<ReturnType<typeof startFlow>>, refreshToken: string) => {
      expect((await flow.revoke(refreshToken)).status).toBe(200);
    },
  ],
  [
    'an admin revokes the token',
    async (_flow: unknown, _refreshToken: string, token: string) => {
      await server.admin.keys.revoke(token.split('_')[1] ?? '');
    },
  ],
])('nothing is left when %s', async (_what, end) => {
  const flow = await startFlow(server.url, server.adminKey);
  const tokens = await flow.connect();
  await end(flow, tokens.refresh_token, tokens.access_token);
  expect((await callMcp(server.url, tokens.access_token)).status).toBe(401);
  expect((await flow.refresh(tokens.refresh_token)).status).toBe(400);
});

test("a connection ends with the key of the person who let it in, and follows that key's rotation", async () => {
  const { keyId, key } = await server.admin.keys.create({ role: 'admin' });
  const flow = await startFlow(server.url, key);
  const tokens = await flow.connect();
  const rotated = await server.admin.keys.rotate(keyId);
  server.clock.advance(60_000);
  const renewed = toTokens(await flow.refresh(tokens.refresh_token));
  expect((await callMcp(server.url, renewed.access_token)).status).toBe(200);
  await server.admin.keys.revoke(rotated.keyId);
  expect((await callMcp(server.url, renewed.access_token)).status).toBe(401);
  expect((await callMcp(server.url, tokens.access_token)).status).toBe(401);
  expect((await flow.refresh(renewed.refresh_token)).status).toBe(400);
});

test('a revocation ends calls and streams on every server', async () => {
  const other = await startTestServer({ database: server.database });
  const flow = await startFlow(server.url, server.adminKey);
  const { access_token } = await flow.connect();
  const client = new Client({ name: 'fleetbeat-tests', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });
  const requestInit = { headers: { Authorization: `Bearer ${access_token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL('/mcp', server.url), { requestInit }));
  let changes = 0;
  client.setNotificationHandler('notifications/resources/list_changed', () => {
    changes += 1;
  });
  await client.listen({ resourceSubscriptions: [], resourcesListChanged: true });
  await server.admin.sessions.create({ name: 'Before' });
  await eventually(async () => changes === 1);

  await other.client(server.adminKey).keys.revoke(access_token.split('_')[1] ?? '');
  expect((await callMcp(other.url, access_token)).status).toBe(401);
  await eventually(async () => (await callMcp(server.url, access_token)).status === 401);
  // A stream asks again at most two seconds after it has last asked.
  await new Promise((resolve) => setTimeout(resolve, 2_100));
  await server.admin.sessions.create({ name: 'Since' });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(changes).toBe(1);
  await client.close();
  await other.close();
});

test('the tokens of a program end with it, and no refresh brings the program back', async () => {
  const programId = randomName();
  const flow = await startFlow(server.url, server.adminKey);
  const tokens = await flow.connect({ role: 'program', programId });
  await server.admin.programs.remove(programId);
  expect((await callMcp(server.url, tokens.access_token)).status).toBe(401);
  expect((await flow.refresh(tokens.refresh_token)).status).toBe(400);
  const requestId = flow.requestId(await flow.authorize());
  expect((await flow.approve(requestId, { role: 'program', programId })).status).toBe(409);
});

test('a request that nobody has made is not there', async () => {
  const flow = await startFlow(server.url, server.adminKey);
  for (const [method, path] of [
    ['GET', ''],
    ['POST', '/approve'],
  ] as const) {
    const body = method === 'POST' ? { body: { role: 'admin' } } : {};
    const answer = await flow.browser.page.request(method, `/v1/authorization-requests/${'x'.repeat(21)}${path}`, body);
    expect(answer.status).toBe(404);
  }
});

test('what is stored opens no door: neither codes, tokens nor requests stand in the database', async () => {
  const flow = await startFlow(server.url, server.adminKey);
  const requestId = flow.requestId(await flow.authorize());
  const { continueAt } = JSON.parse((await flow.approve(requestId, { role: 'admin' })).text);
  const code = (await flow.finish(continueAt)).get('code') ?? '';
  const tokens = toTokens(await flow.exchange(code));
  const tables = ['oauth_records', 'connections', 'api_keys'];
  const rows = await Promise.all(tables.map((table) => runSql(server.database, `SELECT * FROM ${table}`)));
  const text = JSON.stringify(rows);
  const ticket = new URL(continueAt, server.url).searchParams.get('ticket')?.split('/')[2] ?? '';
  for (const secret of [requestId, code, tokens.refresh_token, tokens.access_token.split('_')[2] ?? '', ticket])
    expect(secret.length > 20 && text.includes(secret)).toBe(false);
});
