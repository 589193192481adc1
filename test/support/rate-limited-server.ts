/** Requests against a server with rate limits, as a client sees them. */
import { startTestServer, type TestServer, type TestServerOptions } from './test-server.ts';

export const startRateLimitedServer = ({ environment, ...options }: TestServerOptions = {}): Promise<TestServer> =>
  startTestServer({ ...options, environment: { FLEETBEAT_RATE_LIMITS: 'on', ...environment } });

export interface ApiResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly problem: { readonly type?: string; readonly detail?: string; readonly retryAfterSeconds?: number };
}

export interface ApiRequest {
  readonly method?: string;
  readonly path?: string;
  readonly key?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** By default a read of the caller's identity. */
export async function sendRequest(
  url: string,
  { method = 'GET', path = '/v1/me', key, body, headers }: ApiRequest,
): Promise<ApiResponse> {
  const response = await fetch(new URL(path, url), {
    method,
    headers: {
      ...(key && { Authorization: `Bearer ${key}` }),
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json');
  return {
    status: response.status,
    headers: response.headers,
    problem: isProblem && text !== '' ? JSON.parse(text) : {},
  };
}

/** The statuses of this many sequential requests. */
export async function requestStatuses(url: string, count: number, sent: ApiRequest): Promise<number[]> {
  const seen: number[] = [];
  for (let each = 0; each < count; each += 1) seen.push((await sendRequest(url, sent)).status);
  return seen;
}

/** The items of a RateLimit header (a structured field, RFC 9651): by name, their integer parameters. */
export function parseRateLimitItems(field: string | null): Record<string, Record<string, number>> {
  const parse = (item: string) => {
    const [name = '', ...parameters] = item.trim().split(';');
    return [JSON.parse(name), Object.fromEntries(parameters.map((each) => parseParameter(each.split('='))))];
  };
  return Object.fromEntries((field ?? '').split(',').filter(Boolean).map(parse));
}

const parseParameter = ([name = '', value = '']: string[]): [string, number] => [name, Number(value)];
