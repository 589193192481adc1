/** When a request is sent again, and after how long. Pure: each rule is handed the time and the dice. */

const BASE_MS = 250;
const CAP_MS = 20_000;

/** Exponential back-off with full jitter: anywhere between nothing and a bound that doubles with each failure. */
export const backOffMs = (failures: number, random: () => number, baseMs = BASE_MS, capMs = CAP_MS): number =>
  random() * Math.min(capMs, baseMs * 2 ** failures);

/** `Retry-After` (RFC 9110, 10.2.3): seconds or a date, as milliseconds from now; null when there is none to read. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** The server was too busy or away (429, 503), or what stands before it gave no answer of the server (408, 502, 504). */
export const isTransient = (status: number): boolean => [408, 429, 502, 503, 504].includes(status);

/**
 * What may be sent twice. The contract's GET, PUT and DELETE do the same again, its PATCHes set what they name, and the
 * server answers whatever carries an Idempotency-Key once. A POST without one might take effect twice.
 */
export const isRetryable = ({ method, headers }: Pick<Request, 'method' | 'headers'>): boolean =>
  method !== 'POST' || headers.has('Idempotency-Key');
