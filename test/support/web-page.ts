/** A page of the server in a browser: keeps its cookie and sends the headers of a browser. */
import { parseSetCookie, type SetCookie } from 'cookie';
import { type RawResponse, sendRaw } from './raw-request.ts';

export interface WebPage {
  /** The current cookie; null when there is none. */
  cookie(): SetCookie | null;
  /** Empty before sign-in. */
  csrfToken(): string;
  /** Signs in with a key, or with the code of an invitation. */
  signIn(by: { key: string } | { invitation: string }, headers?: Headers): Promise<RawResponse>;
  /** A request with the cookie and, unless `headers` override it, the csrfToken. An empty value omits a header. */
  request(method: string, path: string, sent?: { body?: unknown; headers?: Headers }): Promise<RawResponse>;
}

type Headers = Readonly<Record<string, string>>;

/** `more` is sent with every request of the page. */
export function openWebPage(url: string, more: Headers = {}): WebPage {
  let cookie: SetCookie | null = null;
  let csrfToken = '';
  const request: WebPage['request'] = async (method, path, { body, headers = {} } = {}) => {
    const mergedHeaders = {
      'sec-fetch-site': 'same-origin',
      ...(cookie && { cookie: `theme=dark; ${cookie.name}=${cookie.value}` }),
      ...(csrfToken !== '' && { 'x-csrf-token': csrfToken }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...more,
      ...headers,
    };
    const sentHeaders = Object.fromEntries(Object.entries(mergedHeaders).filter(([, value]) => value !== ''));
    const rawRequest = {
      method,
      path,
      headers: sentHeaders,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const answer = await sendRaw(url, rawRequest);
    const [set] = (answer.headers['set-cookie'] ?? []) as string[];
    if (set) cookie = parseSetCookie(set);
    if (cookie?.maxAge === 0) cookie = null;
    return answer;
  };
  return {
    cookie: () => cookie,
    csrfToken: () => csrfToken,
    request,
    async signIn(by, headers = {}) {
      const isKey = 'key' in by;
      const [path, body] = isKey
        ? ['/v1/sign-in', by]
        : ['/v1/invitations/redeem', { code: by.invitation, grants: 'web-session' }];
      const answer = await request('POST', path, { body, headers });
      if (answer.status !== 200) return answer;
      const result = JSON.parse(answer.text);
      csrfToken = (isKey ? result : result.signedIn).csrfToken;
      return answer;
    },
  };
}
