/** Plain JSON requests, and the expected response while the database is unavailable. */
import { expect } from 'vitest';
import { bearer } from './raw-request.ts';

export interface JsonResponse {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: unknown;
}

export const UNAVAILABLE_RESPONSE = {
  status: 503,
  retryAfter: expect.stringMatching(/^\d+$/),
  body: { type: expect.stringMatching(/unavailable$/) },
};

/** A GET, or a POST when there is a body. */
export async function requestJson(baseUrl: string, key: string, path: string, body?: unknown): Promise<JsonResponse> {
  const headers = { ...bearer(key), 'Content-Type': 'application/json' };
  const post = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
  const response = await fetch(`${baseUrl}${path}`, { headers, ...post });
  return { status: response.status, retryAfter: response.headers.get('retry-after'), body: await response.json() };
}
