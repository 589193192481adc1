import { expect, test } from 'vitest';
import { type PageQuery, pages, paginate } from './pages.ts';

/** A list of the numbers below 7, and the queries that it got. */
function createList() {
  const queries: object[] = [];
  const fetchPage = async (query: Partial<PageQuery> & { readonly even?: boolean }) => {
    queries.push(query);
    const { limit = 50, cursor = '0' } = query;
    const rows = [0, 1, 2, 3, 4, 5, 6].slice(Number(cursor), Number(cursor) + limit);
    const next = Number(cursor) + limit;
    return { rows, nextCursor: next < 7 ? String(next) : null };
  };
  return { queries, fetchPage };
}

const collect = async <T>(items: AsyncIterable<T>): Promise<T[]> => {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
};

test('pages returns each page, requested when the previous one is used up', async () => {
  const { queries, fetchPage } = createList();
  const list = pages(fetchPage, { limit: 3 });
  expect((await list.next()).value).toEqual({ rows: [0, 1, 2], nextCursor: '3' });
  expect(queries).toEqual([{ limit: 3 }]);
  expect((await collect(list)).map(({ rows }) => rows)).toEqual([[3, 4, 5], [6]]);
  expect(queries).toEqual([{ limit: 3 }, { limit: 3, cursor: '3' }, { limit: 3, cursor: '6' }]);
});

test('pages begins at a cursor, and asks for the largest pages', async () => {
  const { queries, fetchPage } = createList();
  expect(await collect(pages(fetchPage, { cursor: '5' }))).toEqual([{ rows: [5, 6], nextCursor: null }]);
  expect(queries).toEqual([{ limit: 50, cursor: '5' }]);
});

test('paginate returns each item, and keeps the filters of the query', async () => {
  const { queries, fetchPage } = createList();
  const query: { limit?: number; cursor?: string; even?: boolean } = { limit: 4, even: true };
  expect(await collect(paginate(fetchPage, query))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(queries).toEqual([
    { limit: 4, even: true },
    { limit: 4, even: true, cursor: '4' },
  ]);
});
