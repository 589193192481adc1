import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs, isRetryable, isTransient, retryAfterMs, takesIdempotencyKey } from './retry.ts';

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
  expect([read(' 12 '), read('x12'), read('12x')]).toEqual([12_000, null, null]);
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

test('an Idempotency-Key is sent to every operation that takes one, and to no other', () => {
  const document = JSON.parse(
    readFileSync(new URL('../../../openapi/generated/openapi.json', import.meta.url), 'utf8'),
  ) as { paths: Record<string, Record<string, { operationId?: string; parameters?: { $ref?: string }[] }>> };
  const taking: string[] = [];
  const expected: string[] = [];
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, { operationId, parameters }] of Object.entries(operations)) {
      if (!operationId) continue;
      const sent = path.replaceAll(/\{\w+\}/g, 'state-1');
      if (takesIdempotencyKey(method.toUpperCase(), sent)) taking.push(operationId);
      if (parameters?.some(({ $ref = '' }) => /\/(Idempotency|Retry)Key$/.test($ref))) expected.push(operationId);
    }
  }
  expect(taking).toEqual(expected);
  expect(taking.length).toBeGreaterThan(20);
});
