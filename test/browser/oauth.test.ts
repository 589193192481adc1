/** The official client, with nothing but the server's URL, is let in by a person in a browser. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  Client,
  type OAuthClientProvider,
  type StoredOAuthClientInformation,
  type StoredOAuthTokens,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { randomName } from '../support/test-server.ts';
import { useTestServer } from '../support/use-test-server.ts';
import { useBrowser } from './support/browser.ts';

const visit = useBrowser();
const server = useTestServer();
const HOUR = 3_600_000;

/** Where the client waits for the browser to come back. */
const answers: URLSearchParams[] = [];
const callback = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
  if (pathname === '/callback') answers.push(searchParams);
  response.setHeader('content-type', 'text/html').end('<link rel="icon" href="data:,">Connected');
});
beforeAll(() => once(callback.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => void callback.close());

/** What a client keeps: nothing at first. */
class ClientMemory implements OAuthClientProvider {
  authorizationUrl = '';
  #information: StoredOAuthClientInformation | undefined;
  #tokens: StoredOAuthTokens | undefined;
  #verifier = '';
  readonly redirectUrl = `http://127.0.0.1:${(callback.address() as AddressInfo).port}/callback`;
  readonly clientMetadata = { client_name: 'A foreign editor', redirect_uris: [this.redirectUrl] };

  state = () => 'the state';
  clientInformation = () => this.#information;
  saveClientInformation = (information: StoredOAuthClientInformation) => {
    this.#information = information;
  };
  tokens = () => this.#tokens;
  saveTokens = (tokens: StoredOAuthTokens) => {
    this.#tokens = tokens;
  };
  redirectToAuthorization = (url: URL) => {
    this.authorizationUrl = url.href;
  };
  saveCodeVerifier = (verifier: string) => {
    this.#verifier = verifier;
  };
  codeVerifier = () => this.#verifier;
}

const createClient = () => new Client({ name: 'foreign', version: '1.0.0' }, { versionNegotiation: { mode: 'auto' } });

test('signs in, chooses a program and allows; the client calls tools, renews its token, and is shut out', async () => {
  const memory = new ClientMemory();
  const url = new URL('/mcp', server.url);
  const transport = new StreamableHTTPClientTransport(url, { authProvider: memory });
  await expect(createClient().connect(transport)).rejects.toThrow(UnauthorizedError);

  const programId = randomName('editor');
  await using it = await visit(server.url, { path: memory.authorizationUrl });
  const { page } = it;
  await page.getByLabel('Key').fill(server.adminKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Connect an app' }).waitFor();
  await page.getByText('A foreign editor').waitFor();
  await page.getByText('nobody: it registered itself').waitFor();
  await page.getByText(new URL(memory.redirectUrl).host).waitFor();
  await page.getByLabel('Program', { exact: true }).last().fill(programId);
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByText('Connected').waitFor();
  // Before the sign-in there was nobody.
  expect(it.errors().filter((error) => !error.endsWith('/v1/me)'))).toEqual([]);

  await transport.finishAuth(await eventually(async () => answers.at(-1)));
  const client = createClient();
  await client.connect(new StreamableHTTPClientTransport(url, { authProvider: memory }));
  const call = () => client.callTool({ name: 'create_session', arguments: { name: 'By OAuth' } });
  expect(await call()).toMatchObject({ structuredContent: { programId } });

  const before = memory.tokens()?.access_token;
  server.clock.advance(HOUR + 60_000);
  expect(await call()).toMatchObject({ structuredContent: { programId } });
  expect(memory.tokens()?.access_token).not.toBe(before);

  const { keys } = await server.admin.keys.list({ programId });
  expect(keys[0]).toMatchObject({ kind: 'oauth', client: 'A foreign editor' });
  await server.admin.keys.revoke(keys[0]?.keyId ?? '');
  await expect(call()).rejects.toThrow();
  await client.close();
});

test('a person who refuses sends the client away', async () => {
  const memory = new ClientMemory();
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', server.url), { authProvider: memory });
  await expect(createClient().connect(transport)).rejects.toThrow(UnauthorizedError);
  await using it = await visit(server.url, { path: memory.authorizationUrl });
  await it.page.getByLabel('Key').fill(server.adminKey);
  await it.page.getByRole('button', { name: 'Sign in' }).click();
  await it.page.getByRole('button', { name: 'Refuse' }).click();
  await eventually(async () => answers.at(-1)?.get('error') === 'access_denied');
  await expect(transport.finishAuth(answers.at(-1) ?? new URLSearchParams())).rejects.toThrow();
});
