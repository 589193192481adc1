/** A page of the server in a browser: it keeps the cookie that it is given, and sends what a browser sends. */
import { parseSetCookie, type SetCookie } from 'cookie';
import { type RawAnswer, send } from './send.ts';

export interface WebPage {
  /** The cookie as it was set last; null while there is none. */
  cookie(): SetCookie | null;
  /** Empty until the page has signed in. */
  csrfToken(): string;
  signIn(by: { key: string } | { link: string }, headers?: Headers): Promise<RawAnswer>;
  /** A request with the cookie; with the csrfToken unless `headers` say otherwise. An empty value leaves a header away. */
  ask(method: string, path: string, sent?: { body?: unknown; headers?: Headers }): Promise<RawAnswer>;
}

type Headers = Readonly<Record<string, string>>;

/** `more` goes with every request of the page. */
export function openPage(url: string, more: Headers = {}): WebPage {
  let cookie: SetCookie | null = null;
  let csrfToken = '';
  const ask: WebPage['ask'] = async (method, path, { body, headers = {} } = {}) => {
    const all = {
      'sec-fetch-site': 'same-origin',
      ...(cookie && { cookie: `theme=dark; ${cookie.name}=${cookie.value}` }),
      ...(csrfToken !== '' && { 'x-csrf-token': csrfToken }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...more,
      ...headers,
    };
    const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const request = { method, path, headers: kept, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const answer = await send(url, request);
    const [set] = (answer.headers['set-cookie'] ?? []) as string[];
    if (set) cookie = parseSetCookie(set);
    if (cookie?.maxAge === 0) cookie = null;
    return answer;
  };
  return {
    cookie: () => cookie,
    csrfToken: () => csrfToken,
    ask,
    async signIn(by, headers = {}) {
      const answer = await ask('POST', '/v1/sign-in', { body: by, headers });
      if (answer.status === 200) csrfToken = JSON.parse(answer.text).csrfToken;
      return answer;
    },
  };
}
