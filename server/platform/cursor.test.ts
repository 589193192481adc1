import { expect, test } from 'vitest';
import { decodeCursor, encodeCursor, type Keyset, toPage } from './cursor.ts';

test.each<Keyset>([
  [0, 'a'],
  [1_800_000_000_000, 'builder-session-1'],
  [Number.MAX_SAFE_INTEGER, 'x'.repeat(100)],
])('a cursor of %i, %s decodes to the same key', (moment, id) => {
  const text = encodeCursor([moment, id]);
  expect(text).toMatch(/^[A-Za-z0-9_-]{1,400}$/);
  expect(decodeCursor(text)).toEqual([moment, id]);
});

test('no cursor means the first page', () => {
  expect(decodeCursor(undefined)).toBeNull();
});

test.each(['null', '{}', '[]', '[1]', '[1,2]', '["1","a"]', '[1.5,"a"]', '[1e99,"a"]', '[1,"a",2]', '1', 'nonsense'])(
  '%s is not a valid cursor',
  (json) => {
    expect(() => decodeCursor(Buffer.from(json).toString('base64url'))).toThrow(
      expect.objectContaining({
        kind: 'invalid-request',
        fields: [expect.objectContaining({ in: 'query', pointer: '/cursor' })],
      }),
    );
  },
);

test('a page has a next cursor only if a row beyond it was read', () => {
  const rows = [{ id: 'c' }, { id: 'b' }, { id: 'a' }];
  const getKey = ({ id }: { id: string }): Keyset => [1, id];
  expect(toPage(rows, 2, getKey)).toEqual({ page: [{ id: 'c' }, { id: 'b' }], nextCursor: encodeCursor([1, 'b']) });
  expect(toPage(rows, 3, getKey)).toEqual({ page: rows, nextCursor: null });
  expect(toPage([], 3, getKey)).toEqual({ page: [], nextCursor: null });
});
