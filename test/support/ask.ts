/** A plain question to a server, and what its answer says where the database is away. */
import { expect } from 'vitest';
import { bearer } from './send.ts';

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: unknown;
}

export const UNAVAILABLE = {
  status: 503,
  retryAfter: expect.stringMatching(/^\d+$/),
  body: { type: expect.stringMatching(/unavailable$/) },
};

/** A GET, or a POST of the body where there is one. */
export async function ask(baseUrl: string, key: string, path: string, body?: unknown): Promise<Answer> {
  const headers = { ...bearer(key), 'Content-Type': 'application/json' };
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${baseUrl}${path}`, { headers, ...post });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() };
}
