/** What must not let anybody in: each row tries it against a client that would be let in otherwise. */
import { createHash, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  Browser,
  type Changes,
  callMcp,
  createFlow,
  type Flow,
  postForm,
  registerClient,
  startFlow,
  toTokens,
} from '../../support/oauth-flow.ts';
import type { RawResponse } from '../../support/raw-request.ts';
import { sendRaw } from '../../support/raw-request.ts';
import { useTestServer } from '../../support/use-test-server.ts';

const server = useTestServer();
let flow: Flow;
beforeAll(async () => {
  flow = await startFlow(server.url, server.adminKey);
});

/** No code, no token, and nothing that leads to one. */
function expectRefused({ status, headers, text }: RawResponse): void {
  const location = String(headers['location'] ?? '');
  const { searchParams, hash } = new URL(location, server.url);
  // An answer to a request for tokens comes in the fragment, as tokens would.
  const error = searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error');
  expect(status < 400 ? error : 'refused').toBeTruthy();
  expect(location).not.toMatch(/[?&#](code|access_token|id_token)=|\/consent\//);
  expect(text).not.toMatch(/access_token|refresh_token|continueAt/);
}

const toChallenge = (verifier: string) => createHash('sha256').update(verifier).digest('base64url');

describe('at the authorization endpoint', () => {
  test.each<[what: string, changes: Changes]>([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }],
    ['PKCE that is plain', { code_challenge: randomBytes(32).toString('base64url'), code_challenge_method: 'plain' }],
    ['PKCE without its method, which means plain', { code_challenge_method: undefined }],
    ['a challenge that is too short', { code_challenge: 'short' }],
    ['no client', { client_id: undefined }],
    ['an unknown client', { client_id: 'unknown-client-1234567' }],
    ['no redirect', { redirect_uri: undefined, client_id: 'unknown' }],
    ['a redirect to another path', { redirect_uri: 'http://127.0.0.1:33418/callback2' }],
    ['a redirect below the registered path', { redirect_uri: 'http://127.0.0.1:33418/callback/x' }],
    ['a redirect up from the registered path', { redirect_uri: 'http://127.0.0.1:33418/callback/../other' }],
    ['a redirect with a query of its own', { redirect_uri: 'http://127.0.0.1:33418/callback?x=1' }],
    ['a redirect with a fragment', { redirect_uri: 'http://127.0.0.1:33418/callback#x' }],
    ['a redirect by another scheme', { redirect_uri: 'https://127.0.0.1:33418/callback' }],
    ['a redirect to another name of loopback', { redirect_uri: 'http://localhost:33418/callback' }],
    ['a redirect to a host that begins alike', { redirect_uri: 'http://127.0.0.1.evil.example/callback' }],
    ['a redirect with the host as a user', { redirect_uri: 'http://127.0.0.1:33418@evil.example/callback' }],
    ['a redirect in other letters', { redirect_uri: 'http://127.0.0.1:33418/CALLBACK' }],
    ['a redirect with an encoded letter', { redirect_uri: 'http://127.0.0.1:33418/c%61llback' }],
    ['a redirect to a script', { redirect_uri: 'javascript:alert(1)' }],
    ['a token in the answer', { response_type: 'token' }],
    ['an id token in the answer', { response_type: 'code id_token' }],
    ['no consent to be asked for', { prompt: 'none' }],
    ['another resource', { resource: 'https://other.example/mcp' }],
    ['another path of this server as its resource', { resource: 'HERE/v1' }],
    ['a resource that only begins alike', { resource: 'HERE/mcp.evil.example' }],
    ['a resource with a fragment', { resource: 'HERE/mcp#x' }],
    ['a scope that does not exist', { scope: 'root' }],
    ['a refresh token alone', { scope: 'offline_access', prompt: 'consent' }],
    ['a request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }],
    ['the address of a request', { request_uri: 'https://evil.example/request' }],
    ['metadata at a private address', { client_id: 'https://127.0.0.1:8443/client.json' }],
    ['metadata at a name of this network', { client_id: 'https://metadata.google.internal/client.json' }],
    ['metadata over plain HTTP', { client_id: 'http://editor.example/client.json' }],
    ['metadata with a user in its address', { client_id: 'https://user@editor.example/client.json' }],
  ])('%s is refused', async (_what, changes) => {
    const here = Object.fromEntries(
      Object.entries(changes).map(([name, value]) => [name, value?.replace('HERE', server.url)]),
    );
    expectRefused(await flow.authorize(here));
  });

  test('two values of one parameter are refused', async () => {
    const answer = await flow.authorize();
    expect(answer.status).toBe(303);
    const twice = `client_id=${flow.clientId}&client_id=other&response_type=code`;
    expectRefused(await flow.browser.get(`/oauth/authorize?${twice}`));
  });
});

describe('at the token endpoint', () => {
  test.each<[what: string, changes: Changes]>([
    ['a wrong verifier', { code_verifier: randomBytes(32).toString('base64url') }],
    ['no verifier', { code_verifier: undefined }],
    ['an empty verifier', { code_verifier: '' }],
    ['the challenge as its verifier', { code_verifier: 'CHALLENGE' }],
    ['another redirect', { redirect_uri: 'http://127.0.0.1:33418/other' }],
    ['no client', { client_id: undefined }],
    ['another resource', { resource: 'https://other.example/mcp' }],
    ['another kind of grant', { grant_type: 'client_credentials' }],
    ['an implicit grant', { grant_type: 'implicit' }],
    ['a password', { grant_type: 'password', username: 'a', password: 'b' }],
    ['an unknown code', { code: 'x'.repeat(43) }],
  ])('%s is refused', async (_what, changes) => {
    const code = await flow.getCode();
    const sent = changes['code_verifier'] === 'CHALLENGE' ? { code_verifier: toChallenge(flow.verifier) } : changes;
    const answer = await flow.exchange(code, sent);
    expectRefused(answer);
    expect(JSON.parse(answer.text).error).toEqual(expect.any(String));
  });

  test("another client's code is refused", async () => {
    const other = await startFlow(server.url, server.adminKey);
    expectRefused(await other.exchange(await flow.getCode(), { code_verifier: flow.verifier }));
  });

  test('a code that is used twice is refused, and ends what it brought', async () => {
    const code = await flow.getCode();
    const tokens = toTokens(await flow.exchange(code));
    expectRefused(await flow.exchange(code));
    expect((await callMcp(server.url, tokens.access_token)).status).toBe(401);
    expectRefused(await flow.refresh(tokens.refresh_token));
  });

  test('of ten uses of one code at the same time at most one succeeds', async () => {
    const code = await flow.getCode();
    const answers = await Promise.all(Array.from({ length: 10 }, () => flow.exchange(code)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    for (const answer of answers.filter(({ status }) => status !== 200)) expectRefused(answer);
  });

  test('of ten uses of one refresh token at the same time at most one succeeds, and its tokens have ended', async () => {
    const { refresh_token } = await flow.connect();
    const answers = await Promise.all(Array.from({ length: 10 }, () => flow.refresh(refresh_token)));
    const granted = answers.filter(({ status }) => status === 200);
    expect(granted.length).toBeLessThanOrEqual(1);
    for (const answer of granted) expect((await callMcp(server.url, toTokens(answer).access_token)).status).toBe(401);
  });

  test("another client's refresh token is refused", async () => {
    const { refresh_token } = await flow.connect();
    const other = await startFlow(server.url, server.adminKey);
    expectRefused(await other.refresh(refresh_token));
  });

  test.each<[what: string, changes: Changes]>([
    ['more scope than was given', { scope: 'operator' }],
    ['another resource', { resource: 'https://other.example/mcp' }],
  ])('a refresh token with %s is refused', async (_what, changes) => {
    const { refresh_token } = await flow.connect({ role: 'auditor' });
    expectRefused(await flow.refresh(refresh_token, changes));
  });

  test('a token is no refresh token, and a refresh token is no token', async () => {
    const { access_token, refresh_token } = await flow.connect();
    expectRefused(await flow.refresh(access_token));
    expect((await callMcp(server.url, refresh_token)).status).toBe(401);
  });

  test("another client's token cannot be revoked", async () => {
    const { access_token } = await flow.connect();
    const other = await startFlow(server.url, server.adminKey);
    await other.revoke(access_token);
    expect((await callMcp(server.url, access_token)).status).toBe(200);
  });
});

describe('consent', () => {
  const approve = async (headers: Record<string, string>, at: Flow = flow) => {
    const requestId = at.requestId(await at.authorize());
    return at.browser.page.request('POST', `/v1/authorization-requests/${requestId}/approve`, {
      body: { role: 'admin' },
      headers,
    });
  };

  test.each([
    ['by a page of another site', { 'sec-fetch-site': 'cross-site' }],
    ['by another port of this host', { 'sec-fetch-site': 'same-site' }],
    ['by a page of another origin in an old browser', { 'sec-fetch-site': '', origin: 'https://evil.example' }],
    ['without the token against forgery', { 'x-csrf-token': '' }],
    ['with another token against forgery', { 'x-csrf-token': 'x'.repeat(43) }],
    ['without being signed in', { cookie: '' }],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }],
  ])('%s is refused', async (_how, headers) => {
    const answer = await approve(headers);
    expect([401, 403, 415]).toContain(answer.status);
    expectRefused(answer);
  });

  test('by a key instead of a person is refused', async () => {
    const requestId = flow.requestId(await flow.authorize());
    const path = `/v1/authorization-requests/${requestId}`;
    const headers = { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ role: 'admin' });
    const answer = await sendRaw(server.url, { method: 'POST', path: `${path}/approve`, headers, body });
    expect(answer.status).toBe(403);
    // Nor is a key told who waits.
    expect((await sendRaw(server.url, { method: 'GET', path, headers })).status).toBe(403);
  });

  test.each([
    ['program', { role: 'admin' }],
    ['program', { role: 'auditor' }],
    ['program', { role: 'program', programId: 'somebody-else' }],
    ['auditor', { role: 'program', programId: 'builder' }],
    ['auditor', { role: 'admin' }],
    ['admin', { role: 'operator' }],
  ] as const)('of the holder of a key of the role %s to %j is refused', async (role, approval) => {
    const { key } = await server.admin.keys.create({ role, ...(role === 'program' && { programId: 'own-program' }) });
    const person = await createFlow(server.url, key, flow.clientId);
    const answer = await person.approve(person.requestId(await person.authorize()), approval);
    expect(answer.status).toBe(403);
  });

  test('to more than the client has asked for is refused', async () => {
    const requestId = flow.requestId(await flow.authorize({ scope: 'program' }));
    expect((await flow.approve(requestId, { role: 'admin' })).status).toBe(403);
  });

  test('lured out of a person is worth nothing in the browser of whoever has begun', async () => {
    const thief = await createFlow(server.url, server.adminKey, flow.clientId);
    const requestId = thief.requestId(await thief.authorize());
    // The person is sent to the thief's request and consents; their browser lacks the cookie of the request.
    const { continueAt } = JSON.parse((await flow.approve(requestId, { role: 'admin' })).text);
    const victim = new Browser(server.url);
    expectRefused(await victim.get(continueAt));
    // The thief knows the request, but not the ticket.
    const guessed = await thief.browser.get(`/oauth/consent/${requestId}/finish?ticket=${'x'.repeat(43)}`);
    expectRefused(await thief.browser.get(String(guessed.headers['location'])));
  });

  test('is not finished twice, nor for another request', async () => {
    const requestId = flow.requestId(await flow.authorize());
    const { continueAt } = JSON.parse((await flow.approve(requestId, { role: 'admin' })).text);
    const other = await createFlow(server.url, server.adminKey, flow.clientId);
    const otherId = other.requestId(await other.authorize());
    const moved = await other.browser.get(String(continueAt).replace(requestId, otherId));
    expectRefused(await other.browser.get(String(moved.headers['location'])));
    expect((await flow.finish(continueAt)).get('code')).toBeTruthy();
    expectRefused(await flow.browser.get(continueAt));
  });

  test('that is refused brings an error to the client, with the issuer', async () => {
    const requestId = flow.requestId(await flow.authorize());
    const answer = await flow.finish(`/oauth/consent/${requestId}/finish`);
    expect(Object.fromEntries(answer)).toMatchObject({ error: 'access_denied', iss: server.url, state: 'the state' });
  });

  test.each(['/consent/V1StGXR8_Z5jdHi6B-myT', '/oauth/authorize', '/oauth/consent/V1StGXR8_Z5jdHi6B-myT'])(
    '%s is shown in no frame',
    async (path) => {
      const { headers } = await flow.browser.get(path);
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    },
  );
});

describe('at registration', () => {
  test.each<[what: string, metadata: object]>([
    ['a redirect in the clear over a network', { redirect_uris: ['http://editor.example/callback'] }],
    ['the same as a web client', { redirect_uris: ['http://editor.example/cb'], application_type: 'web' }],
    ['a redirect to a script', { redirect_uris: ['javascript:alert(1)'] }],
    ['a redirect to data', { redirect_uris: ['data:text/html,x'] }],
    ['a redirect with a fragment', { redirect_uris: ['https://editor.example/callback#x'] }],
    ['no redirect', { redirect_uris: [] }],
    ['a redirect that is no address', { redirect_uris: ['callback'] }],
    ['a secret', { token_endpoint_auth_method: 'client_secret_basic' }],
    ['an implicit grant', { grant_types: ['implicit'], response_types: ['token'] }],
    ['the grant of a service', { grant_types: ['client_credentials'] }],
    ['more than 56 kB', { client_name: 'x'.repeat(60_000) }],
  ])('%s is refused', async (_what, metadata) => {
    const answer = await registerClient(server.url, metadata);
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.text)).not.toHaveProperty('client_id');
  });
});

test.each([
  ['GET', '/oauth/token'],
  ['POST', '/oauth/authorize'],
  ['GET', '/oauth/jwks'],
  ['GET', '/jwks'],
  ['GET', '/auth'],
  ['POST', '/token'],
  ['POST', '/reg'],
  ['GET', '/me'],
  ['POST', '/session/end/confirm'],
  ['POST', '/oauth/introspect'],
  ['GET', '/oauth/register/some-client'],
  ['GET', '/.well-known/openid-credential-issuer'],
])('%s %s, which oidc-provider might answer, is a problem of ours', async (method, path) => {
  const answer = await sendRaw(server.url, { method, path, headers: { accept: 'application/json' } });
  expect([404, 405]).toContain(answer.status);
  expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
});

test('a request in another media type or with an encoding brings nothing', async () => {
  const code = await flow.getCode();
  const form = new URLSearchParams({ grant_type: 'authorization_code', client_id: flow.clientId, code });
  for (const headers of [{ 'content-type': 'application/json' }, { 'content-encoding': 'gzip' }])
    expectRefused(await postForm(server.url, '/oauth/token', form, headers));
});
