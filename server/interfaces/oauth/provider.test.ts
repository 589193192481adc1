/** Clients that publish their metadata at an address of theirs (client id metadata documents). */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Payload, Records } from './ports.ts';
import { createProvider } from './provider.ts';

const CLIENT_ID = 'https://editor.example/client.json';
const REDIRECT = 'http://127.0.0.1/callback';
const DOCUMENT = { client_id: CLIENT_ID, client_name: 'Editor', redirect_uris: [REDIRECT] };

/** What the address of the client answers. */
let answer: () => Response | Promise<Response>;
const fetched: string[] = [];

const rows = new Map<string, Payload>();
const records: Records = {
  upsert: async (model, id, payload) => void rows.set(`${model} ${id}`, payload),
  find: async (model, id) => rows.get(`${model} ${id}`),
  consume: async () => true,
  destroy: async (model, id) => void rows.delete(`${model} ${id}`),
  revokeGrant: async () => undefined,
};

const server = createServer();
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => void server.close());

/** Asks to be let in at a new server, which has read no document yet; resolves with where it sends the browser. */
async function authorize(changes: Readonly<Record<string, string>> = {}): Promise<URL | null> {
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = createProvider(issuer, {
    records,
    consents: { redeem: async () => null },
    connections: { find: async () => null },
    registration: false,
    log: { warn: () => undefined, error: () => undefined },
    fetchDocument: async (url) => {
      fetched.push(String(url));
      return answer();
    },
  });
  server.removeAllListeners('request').on('request', (request, response) => {
    Object.assign(request.headers, { 'x-forwarded-host': new URL(issuer).host, 'x-forwarded-proto': 'http' });
    void provider.callback()(request, response);
  });
  const query = new URLSearchParams({
    client_id: CLIENT_ID,
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:5050/callback',
    scope: 'program',
    code_challenge: 'x'.repeat(43),
    code_challenge_method: 'S256',
    ...changes,
  });
  const { headers } = await fetch(`${issuer}/oauth/authorize?${query}`, { redirect: 'manual' });
  const location = headers.get('location');
  return location === null ? null : new URL(location, issuer);
}

test('a client is known by its document: the consent names it, on any port of loopback', async () => {
  answer = () => Response.json(DOCUMENT);
  expect((await authorize())?.pathname).toMatch(/^\/oauth\/consent\//);
  const [, interaction] = [...rows].find(([name]) => name.startsWith('Interaction ')) ?? [];
  expect(interaction).toMatchObject({ prompt: { details: { clientName: 'Editor' } } });
});

describe('nobody is let to the consent by a document', () => {
  test.each<[what: string, answer: () => Response | Promise<Response>]>([
    ['that names another address as its own', () => Response.json({ ...DOCUMENT, client_id: `${CLIENT_ID}?x` })],
    ['with another redirect', () => Response.json({ ...DOCUMENT, redirect_uris: ['https://editor.example/callback'] })],
    ['without a redirect', () => Response.json({ client_id: CLIENT_ID })],
    ['with a secret', () => Response.json({ ...DOCUMENT, client_secret: 'x' })],
    [
      'that authenticates by a secret',
      () => Response.json({ ...DOCUMENT, token_endpoint_auth_method: 'client_secret_post' }),
    ],
    [
      'with a redirect in the clear',
      () => Response.json({ ...DOCUMENT, redirect_uris: [REDIRECT, 'http://editor.example/'] }),
    ],
    ['that is no JSON', () => new Response('<html>')],
    ['that is a list', () => Response.json([DOCUMENT])],
    ['that is not there', () => Response.json(DOCUMENT, { status: 404 })],
    ['behind a redirect', () => new Response(null, { status: 302, headers: { location: CLIENT_ID } })],
    ['that cannot be read', () => Promise.reject(new Error('The document has more than 16384 bytes.'))],
  ])('%s', async (_what, given) => {
    answer = given;
    const target = await authorize();
    expect(target?.pathname ?? '').not.toMatch(/consent/);
    expect(target?.searchParams.get('code') ?? null).toBeNull();
  });

  test.each([
    'http://editor.example/client.json',
    'https://editor.example/client.json#x',
    'https://user@editor.example/client.json',
    'https://editor.example/a/../client.json',
  ])('%s, which is not even read', async (clientId) => {
    answer = () => Response.json({ ...DOCUMENT, client_id: clientId });
    fetched.length = 0;
    expect((await authorize({ client_id: clientId }))?.pathname ?? '').not.toMatch(/consent/);
    expect(fetched).toEqual([]);
  });
});
