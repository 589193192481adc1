import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs, isRetryable, isTransient, retryAfterMs } from './retry.ts';

test('a wait is at most its bound, which doubles up to a cap', () => {
  fc.assert(
    fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (failures, dice) => {
      const wait = backOffMs(failures, () => dice);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(20_000);
    }),
  );
  expect([0, 1, 2, 3, 10].map((failures) => backOffMs(failures, () => 1))).toEqual([250, 500, 1000, 2000, 20_000]);
});

test('Retry-After is seconds or a date; anything else is ignored', () => {
  const now = Date.parse('2026-02-24T10:30:00Z');
  const read = (header: string | null) => retryAfterMs(header, now);
  expect(read('12')).toBe(12_000);
  expect(read('Tue, 24 Feb 2026 10:30:05 GMT')).toBe(5000);
  expect(read('Tue, 24 Feb 2026 10:29:00 GMT')).toBe(0);
  expect([read(null), read('soon'), read('')]).toEqual([null, null, null]);
});

test('only transient statuses are retried', () => {
  const statuses = [200, 400, 401, 403, 404, 408, 409, 412, 429, 500, 501, 502, 503, 504];
  expect(statuses.filter(isTransient)).toEqual([408, 429, 502, 503, 504]);
});

test('a POST is retried only with an Idempotency-Key', () => {
  const request = (method: string, headers = {}) => isRetryable({ method, headers: new Headers(headers) });
  expect(['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => request(method))).toEqual([true, true, true, true]);
  expect(request('POST')).toBe(false);
  expect(request('POST', { 'Idempotency-Key': 'a' })).toBe(true);
});
