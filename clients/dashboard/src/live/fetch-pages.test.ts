import { expect, test } from 'vitest';
import { fetchPages } from './fetch-pages.ts';

const numbers = async ({ cursor }: { cursor?: string }) => {
  const from = Number(cursor ?? 0);
  return { rows: [from, from + 1], nextCursor: from + 2 < 6 ? String(from + 2) : null };
};

test('as many pages are read as are shown, each behind the one before', async () => {
  expect(await fetchPages(numbers, 2)).toEqual({ rows: [0, 1, 2, 3], nextCursor: '4' });
});

test('a list that has become shorter ends where it ends', async () => {
  expect(await fetchPages(numbers, 9)).toEqual({ rows: [0, 1, 2, 3, 4, 5], nextCursor: null });
});
