/** A client that is let in by OAuth, and the browser of the person who lets it in, step by step over plain HTTP. */
import { createHash, randomBytes } from 'node:crypto';
import { parseSetCookie } from 'cookie';
import { type RawResponse, sendRaw } from './raw-request.ts';
import { openWebPage, type WebPage } from './web-page.ts';

export const REDIRECT_URI = 'http://127.0.0.1:33418/callback';

type Fields = Readonly<Record<string, string>>;
/** Changes of what is sent; undefined leaves a field out. */
export type Changes = Readonly<Record<string, string | undefined>>;

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly scope: string;
  readonly token_type: string;
}

function apply(fields: Fields, changes: Changes): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...fields, ...changes })) if (value !== undefined) form.set(name, value);
  return form;
}

export const postForm = (
  url: string,
  path: string,
  form: URLSearchParams,
  headers: Fields = {},
): Promise<RawResponse> =>
  sendRaw(url, {
    method: 'POST',
    path,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: String(form),
  });

/** Registers a client; resolves with the answer. */
export const registerClient = (url: string, metadata: object = {}): Promise<RawResponse> =>
  sendRaw(url, {
    method: 'POST',
    path: '/oauth/register',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_name: 'Editor',
      redirect_uris: [REDIRECT_URI],
      scope: 'program auditor admin operator',
      ...metadata,
    }),
  });

/** A browser: follows no redirect by itself, and keeps the cookies of the protocol with their paths. */
export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();
  readonly page: WebPage;

  constructor(private readonly url: string) {
    this.page = openWebPage(url);
  }

  async get(target: string, headers: Fields = {}): Promise<RawResponse> {
    const { pathname, search } = new URL(target, this.url);
    const sent = [...this.#cookies].filter(
      ([, { path }]) => path === '/' || pathname === path || pathname.startsWith(`${path}/`),
    );
    const cookie = sent.map(([name, { value }]) => `${name}=${value}`).join('; ');
    const answer = await sendRaw(this.url, {
      method: 'GET',
      path: `${pathname}${search}`,
      headers: { accept: 'text/html', ...(cookie && { cookie }), ...headers },
    });
    for (const header of (answer.headers['set-cookie'] ?? []) as string[]) {
      const { name, value = '', path = '/', expires } = parseSetCookie(header);
      if (expires && expires.getTime() < Date.now()) this.#cookies.delete(name);
      else this.#cookies.set(name, { value, path });
    }
    return answer;
  }
}

export interface Flow {
  readonly clientId: string;
  readonly verifier: string;
  readonly browser: Browser;
  /** Sends the browser to the consent page; resolves with the answer. */
  authorize(changes?: Changes): Promise<RawResponse>;
  /** The id of the request, from the answer to `authorize`. */
  requestId(answer: RawResponse): string;
  approve(requestId: string, approval: object): Promise<RawResponse>;
  /** From the consent to the client: resolves with the parameters that it gets. */
  finish(continueAt: string): Promise<URLSearchParams>;
  /** All of that. */
  getCode(approval?: object, changes?: Changes): Promise<string>;
  exchange(code: string, changes?: Changes): Promise<RawResponse>;
  refresh(refreshToken: string, changes?: Changes): Promise<RawResponse>;
  revoke(token: string, changes?: Changes): Promise<RawResponse>;
  /** From nothing to tokens. */
  connect(approval?: object): Promise<Tokens>;
}

export const toTokens = ({ status, text }: RawResponse): Tokens => {
  if (status !== 200) throw new Error(`No tokens: ${status} ${text}`);
  return JSON.parse(text) as Tokens;
};

/** A registered client, and a browser that is signed in with the key. */
export async function startFlow(url: string, key: string, metadata: object = {}): Promise<Flow> {
  const { client_id: clientId } = JSON.parse((await registerClient(url, metadata)).text) as { client_id: string };
  return createFlow(url, key, clientId);
}

export async function createFlow(url: string, key: string, clientId: string): Promise<Flow> {
  const browser = new Browser(url);
  await browser.page.signIn({ key });
  const verifier = randomBytes(32).toString('base64url');
  const resource = `${url}/mcp`;
  const flow: Flow = {
    clientId,
    verifier,
    browser,
    authorize(changes = {}) {
      const fields = {
        client_id: clientId,
        response_type: 'code',
        redirect_uri: REDIRECT_URI,
        scope: 'program auditor admin operator offline_access',
        state: 'the state',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        resource,
      };
      return browser.get(`/oauth/authorize?${apply(fields, changes)}`);
    },
    requestId(answer) {
      const [, requestId] = /^\/oauth\/consent\/([\w-]+)$/.exec(String(answer.headers['location'])) ?? [];
      if (!requestId) throw new Error(`No consent page: ${answer.status} ${answer.headers['location']} ${answer.text}`);
      return requestId;
    },
    approve: (requestId, approval) =>
      browser.page.request('POST', `/v1/authorization-requests/${requestId}/approve`, { body: approval }),
    async finish(continueAt) {
      const finished = await browser.get(continueAt);
      const resumed = await browser.get(String(finished.headers['location']));
      return new URL(String(resumed.headers['location'])).searchParams;
    },
    async getCode(approval = { role: 'admin' }, changes = {}) {
      const answer = await flow.approve(flow.requestId(await flow.authorize(changes)), approval);
      const { continueAt } = JSON.parse(answer.text) as { continueAt: string };
      return (await flow.finish(continueAt)).get('code') ?? '';
    },
    exchange(code, changes = {}) {
      const fields = {
        grant_type: 'authorization_code',
        client_id: clientId,
        redirect_uri: REDIRECT_URI,
        code_verifier: verifier,
        code,
        resource,
      };
      return postForm(url, '/oauth/token', apply(fields, changes));
    },
    refresh(refreshToken, changes = {}) {
      const fields = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken, resource };
      return postForm(url, '/oauth/token', apply(fields, changes));
    },
    revoke: (token, changes = {}) => postForm(url, '/oauth/revoke', apply({ client_id: clientId, token }, changes)),
    connect: async (approval) => toTokens(await flow.exchange(await flow.getCode(approval))),
  };
  return flow;
}

/** The status of a tool call at /mcp with this token. */
export async function callMcp(url: string, token: string): Promise<RawResponse> {
  const params = { name: 'who_am_i', arguments: {} };
  return sendRaw(url, {
    method: 'POST',
    path: '/mcp?toolsets=all',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  });
}
