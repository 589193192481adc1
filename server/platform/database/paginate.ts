import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { decodeCursor, toPage } from '../cursor.ts';

export interface PageRequest {
  /** The maximum number of rows. */
  readonly limit: number;
  /** The `nextCursor` of the previous page; omitted for the first. */
  readonly cursor?: string | undefined;
}

/**
 * Returns one page of the query's rows, newest first, by keyset pagination. `at` is the timestamp column and `id` breaks ties;
 * with an index on both the last page is as fast as the first. Rows inserted between two pages do not shift the next one.
 * Throws `invalid-request` for an invalid cursor.
 */
export async function paginateNewestFirst<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  [at, id]: readonly [keyof Row & string, keyof Row & string],
  { limit, cursor }: PageRequest,
) {
  const after = decodeCursor(cursor);
  const [atColumn, idColumn] = [`${query.alias}.${at}`, `${query.alias}.${id}`];
  query
    .orderBy(atColumn, 'DESC')
    .addOrderBy(idColumn, 'DESC')
    .limit(limit + 1);
  if (after) {
    const isAfterCursor = `(${atColumn} < :cursorAt OR (${atColumn} = :cursorAt AND ${idColumn} < :cursorId))`;
    query.andWhere(isAfterCursor, { cursorAt: after[0], cursorId: after[1] });
  }
  return toPage(await query.getMany(), limit, (row) => [row[at], row[id]]);
}
