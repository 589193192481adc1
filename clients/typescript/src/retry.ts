/** When a request is retried, and after how long. Pure: time and randomness are arguments. */

const BASE_MS = 250;
const CAP_MS = 20_000;

/** Exponential back-off with full jitter: random between 0 and a bound that doubles with each failure. */
export const backOffMs = (failures: number, random: () => number, baseMs = BASE_MS, capMs = CAP_MS): number =>
  random() * Math.min(capMs, baseMs * 2 ** failures);

/** `Retry-After` (RFC 9110, 10.2.3): seconds or a date, as milliseconds from now; null if absent or unreadable. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** Whether the failure may pass: the server is busy or unavailable (429, 503), or a proxy got no answer (408, 502, 504). */
export const isTransient = (status: number): boolean => [408, 429, 502, 503, 504].includes(status);

/**
 * Whether the operation takes an Idempotency-Key; the server refuses it elsewhere. Every POST does but those of sign-in,
 * of consent, the redemption of an invitation and the webhook test, and every write of a program's state.
 */
export const takesIdempotencyKey = (method: string, path: string): boolean =>
  method === 'POST'
    ? !/\/v1\/(sign-.+|.+\/(redeem|test|approve))$/.test(path)
    : ['PUT', 'PATCH', 'DELETE'].includes(method) && /\/v1\/programs\/[^/]+\/(state|patterns)(\/|$)/.test(path);

/**
 * Whether a request may be sent twice. GET, PUT and DELETE are idempotent, the contract's PATCHes set the fields that they
 * name, and a request with an Idempotency-Key takes effect once. A POST without a key might take effect twice.
 */
export const isRetryable = ({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean =>
  method !== 'POST' || headers.has('Idempotency-Key');
