/** People sign in with their organisation's account: at a real OpenID provider, in this process. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CLIENT_ID, CLIENT_SECRET, type Organisation, startOrganisation } from '../../support/organisation.ts';
import { startTestServer, type TestServer } from '../../support/test-server.ts';

let organisation: Organisation;
let server: TestServer;
beforeAll(async () => {
  organisation = await startOrganisation();
  server = await startTestServer({
    environment: {
      FLEETBEAT_OIDC_ISSUER: organisation.issuer,
      FLEETBEAT_OIDC_CLIENT_ID: CLIENT_ID,
      FLEETBEAT_OIDC_CLIENT_SECRET: CLIENT_SECRET,
      FLEETBEAT_OIDC_ROLES: 'fleet-operators=operator, fleet-admins=admin, everyone=auditor, strangers=admin@nowhere',
    },
  });
});
afterAll(async () => {
  await server.close();
  await organisation.close();
});
beforeEach(() => {
  Object.assign(organisation, {
    claims: { groups: ['everyone'], email: 'ada@work.example' },
    change: null,
    forge: null,
  });
});

const PATH = '/sign-in/organisation';

/** A browser with its cookies; it follows no redirect by itself. */
function openBrowser(of = server) {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async get(address: string, more: Readonly<Record<string, string>> = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { cookie, accept: 'application/json', ...more };
      const answer = await fetch(new URL(address, of.url), { redirect: 'manual', headers });
      for (const header of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
        if (/max-age=0/i.test(header)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    },
    /** From the button to the address that the provider sends the browser back to. */
    async begin(to = '/') {
      const answer = await this.get(`${PATH}?to=${encodeURIComponent(to)}`);
      expect(answer.status).toBe(303);
      return organisation.visit(String(answer.headers.get('location')));
    },
    async signIn(to?: string) {
      return this.get(await this.begin(to));
    },
  };
}

const readMe = async (browser: ReturnType<typeof openBrowser>) =>
  (await (await browser.get('/v1/me')).json()) as { readonly keyId: string; readonly role: string };

test('a person signs in with a role by the claim, is listed and can be ended; nobody knows the key', async () => {
  organisation.claims = { groups: ['staff', 'fleet-admins', 'everyone'], email: 'ada@work.example' };
  const browser = openBrowser();
  const answer = await browser.signIn('/consent/some-request');
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/consent/some-request']);
  expect([...browser.cookies.keys()]).toEqual(['fleetbeat']);
  const me = await readMe(browser);
  expect(me).toMatchObject({ accountId: 'main', role: 'admin', label: 'ada@work.example', programId: null });
  const { webSessions } = await server.admin.webSessions.list({ scope: 'account' });
  const session = webSessions.find(({ keyId }) => keyId === me.keyId);
  expect(session).toMatchObject({ role: 'admin' });
  const { audit } = await server.admin.audit.list({ action: 'signIn', limit: 1 });
  expect(audit[0]).toMatchObject({ subject: me.keyId, detail: expect.stringContaining(`${organisation.issuer} ada`) });
  await server.admin.webSessions.end(session?.webSessionId ?? '');
  expect((await browser.get('/v1/me')).status).toBe(401);
  expect((await server.admin.keys.get(me.keyId)).revokedAt).not.toBeNull();
});

test.each([
  [{ groups: ['fleet-operators'] }, 'operator'],
  [{ groups: 'everyone' }, 'auditor'],
  [{ groups: ['everyone', 'fleet-admins'] }, 'admin'],
])('the claims %j give the role %s', async (claims, role) => {
  organisation.claims = claims;
  const browser = openBrowser();
  expect((await browser.signIn()).status).toBe(303);
  expect(await readMe(browser)).toMatchObject({ role });
});

test('the index names it for the button, and the operator key goes on signing in', async () => {
  expect(await server.admin.server.index()).toMatchObject({ organisationSignIn: PATH });
  const signedIn = await fetch(`${server.url}/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ key: server.adminKey }),
  });
  expect(signedIn.status).toBe(200);
});

test('it is off unless an issuer is set', async () => {
  const plain = await startTestServer();
  try {
    expect(await plain.admin.server.index()).not.toHaveProperty('organisationSignIn');
    for (const path of [PATH, `${PATH}/callback?code=c&state=s`])
      expect((await fetch(`${plain.url}${path}`)).status).toBe(404);
  } finally {
    await plain.close();
  }
});

test.each(['https://evil.example', '//evil.example', '/\\evil.example', '/../x', 'javascript:alert(1)'])(
  'after it nobody is led elsewhere: %s',
  async (to) => expect((await openBrowser().signIn(to)).headers.get('location')).toBe('/'),
);

describe('nobody is signed in', () => {
  const expectRefused = async (browser: ReturnType<typeof openBrowser>, address: string, status = 401) => {
    const answer = await browser.get(address);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      status,
      expect.stringContaining('application/problem+json'),
    ]);
    expect([...browser.cookies.keys()]).toEqual([]);
  };
  const now = () => Math.floor(Date.now() / 1000);

  test.each<[string, (claims: Record<string, unknown>) => Record<string, unknown>]>([
    ['another issuer', (claims) => ({ ...claims, iss: 'https://evil.example' })],
    ['another audience', (claims) => ({ ...claims, aud: 'another-client' })],
    [
      'several audiences without being the authorized party',
      (claims) => ({ ...claims, aud: [CLIENT_ID, 'x'], azp: 'x' }),
    ],
    ['another nonce', (claims) => ({ ...claims, nonce: 'of-another-browser' })],
    ['no nonce', ({ nonce: _nonce, ...claims }) => claims],
    ['an expiry in the past', (claims) => ({ ...claims, iat: now() - 7200, exp: now() - 3600 })],
    ['no expiry', ({ exp: _exp, ...claims }) => claims],
    ['no subject', ({ sub: _sub, ...claims }) => claims],
  ])('by an id token with %s', async (_name, change) => {
    const browser = openBrowser();
    const back = await browser.begin();
    organisation.change = change;
    await expectRefused(browser, back);
  });

  test.each(['none', 'otherKey'] as const)('by an id token with the signature: %s', async (forge) => {
    const browser = openBrowser();
    const back = await browser.begin();
    organisation.forge = forge;
    await expectRefused(browser, back);
  });

  test.each([
    ['state', 'forged'],
    ['iss', 'https://evil.example'],
    ['code', 'guessed'],
    ['state', null],
    ['iss', null],
    ['code', null],
  ])('by an answer whose %s is %s', async (name, value) => {
    const browser = openBrowser();
    const back = new URL(await browser.begin());
    if (value === null) back.searchParams.delete(name);
    else back.searchParams.set(name, value);
    await expectRefused(browser, back.href);
  });

  test('who was refused at the provider', async () => {
    const browser = openBrowser();
    const back = new URL(await browser.begin());
    back.searchParams.delete('code');
    back.searchParams.set('error', 'access_denied');
    await expectRefused(browser, back.href);
  });

  test('in another browser than the one that began, with or without a beginning of its own', async () => {
    const back = await openBrowser().begin();
    await expectRefused(openBrowser(), back);
    const victim = openBrowser();
    await victim.begin();
    await expectRefused(victim, back);
  });

  test('twice by one answer', async () => {
    const browser = openBrowser();
    const back = await browser.begin();
    const pending = [...browser.cookies];
    expect((await browser.get(back)).status).toBe(303);
    const replayed = openBrowser();
    for (const [name, value] of pending) replayed.cookies.set(name, value);
    await expectRefused(replayed, back);
  });

  test.each([
    {},
    { groups: [] },
    { groups: ['Fleet-Admins'] },
    { groups: 'fleet-admins,everyone' },
    { roles: ['fleet-admins'] },
  ])('whose claims give no role: %j', async (claims) => {
    organisation.claims = claims;
    const browser = openBrowser();
    await expectRefused(browser, await browser.begin(), 403);
  });

  test('to an account that is not there', async () => {
    organisation.claims = { groups: ['strangers'] };
    const browser = openBrowser();
    await expectRefused(browser, await browser.begin(), 403);
  });

  test('by a cookie that was not made here', async () => {
    const browser = openBrowser();
    const back = await browser.begin();
    browser.cookies.set('fleetbeat-organisation', Buffer.from('{"state":{}}').toString('base64url'));
    await expectRefused(browser, back);
  });
});

test('a provider that does not answer is a 503 that says so; a key still signs in', async () => {
  const gone = await startOrganisation();
  await gone.close();
  const lonely = await startTestServer({
    environment: {
      FLEETBEAT_OIDC_ISSUER: gone.issuer,
      FLEETBEAT_OIDC_CLIENT_ID: CLIENT_ID,
      FLEETBEAT_OIDC_ROLES: 'everyone=auditor',
    },
  });
  try {
    const answer = await openBrowser(lonely).get(PATH);
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('a key still signs in');
  } finally {
    await lonely.close();
  }
});
