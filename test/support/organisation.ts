/** An organisation's OpenID provider in this process: oidc-provider, whose id tokens a test may change or forge. */
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

type Claims = Record<string, unknown>;

export const CLIENT_ID = 'fleetbeat';
export const CLIENT_SECRET = 'organisation-secret-0123456789';

export interface Organisation {
  readonly issuer: string;
  /** The claims of the person who signs in next. */
  claims: Claims;
  /** What happens to the next id token; it is signed again afterwards. */
  change: ((claims: Claims) => Claims) | null;
  /** Signs the next id token with nothing (`none`), or with a key that is not the provider's. */
  forge: 'none' | 'otherKey' | null;
  /** Answers a whole sign-in at the provider: from its authorization address to the address that the browser is sent back to. */
  visit(address: string): Promise<string>;
  close(): Promise<void>;
}

export async function startOrganisation(): Promise<Organisation> {
  const [own, other] = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey) as [
    KeyObject,
    KeyObject,
  ];
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: CLIENT_SECRET,
        redirect_uris: ['https://fleet.example/sign-in/organisation/callback'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [{ ...own.export({ format: 'jwk' }), kid: 'own', use: 'sig', alg: 'RS256' }] as never },
    claims: { openid: ['sub', 'groups', 'email', 'email_verified', 'realm_access'], email: [], profile: [] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...organisation.claims }) }),
    cookies: { keys: ['organisation'] },
  });
  provider.silent = true;
  // The test servers have free ports, which no client can register.
  const { Client } = provider;
  Client.prototype.redirectUriAllowed = (uri: string) => uri.endsWith('/sign-in/organisation/callback');
  const handle = provider.callback();

  server.on('request', async (request, response) => {
    const [, uid] = /^\/sign-in\/([\w-]+)$/.exec(request.url ?? '') ?? [];
    if (uid) {
      const { params } = await provider.interactionDetails(request, response);
      const grant = new provider.Grant({ accountId: 'ada', clientId: String(params['client_id']) });
      grant.addOIDCScope(String(params['scope']));
      const result = { login: { accountId: 'ada' }, consent: { grantId: await grant.save() } };
      return provider.interactionFinished(request, response, result);
    }
    if (request.url === '/token') {
      const end = response.end.bind(response);
      response.end = ((body: string | Buffer) => {
        const text = String(body);
        const changed = text.includes('id_token') ? changeIdToken(JSON.parse(text)) : text;
        response.setHeader('content-length', Buffer.byteLength(changed));
        return end(changed);
      }) as typeof response.end;
    }
    await handle(request, response);
  });

  function changeIdToken(answer: { id_token: string }): string {
    const { change, forge } = organisation;
    Object.assign(organisation, { change: null, forge: null });
    if (!change && !forge) return JSON.stringify(answer);
    const claims = JSON.parse(Buffer.from(answer.id_token.split('.')[1] ?? '', 'base64url').toString()) as Claims;
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const header = forge === 'none' ? { alg: 'none' } : { alg: 'RS256', kid: 'own' };
    const signed = `${encode(header)}.${encode(change?.(claims) ?? claims)}`;
    const key = forge === 'otherKey' ? other : own;
    const signature = forge === 'none' ? '' : createSign('RSA-SHA256').update(signed).sign(key, 'base64url');
    return JSON.stringify({ ...answer, id_token: `${signed}.${signature}` });
  }

  const organisation: Organisation = {
    issuer,
    claims: {},
    change: null,
    forge: null,
    async visit(address) {
      const cookies = new Map<string, string>();
      let at = address;
      for (let step = 0; step < 6; step++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
        const answer = await fetch(at, { redirect: 'manual', headers: { cookie } });
        for (const header of answer.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
          cookies.set(name, value);
        }
        const location = answer.headers.get('location');
        if (location === null) throw new Error(`The provider answered ${answer.status}: ${await answer.text()}`);
        at = new URL(location, issuer).href;
        if (!at.startsWith(issuer)) return at;
      }
      throw new Error('The provider redirects in a circle');
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return organisation;
}
