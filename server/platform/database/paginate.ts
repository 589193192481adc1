import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { decodeCursor, toPage } from '../cursor.ts';

/** Which page is asked for. */
export interface PageRequest {
  /** How many rows at the most. */
  readonly limit: number;
  /** The `nextCursor` of the page before; omitted for the first. */
  readonly cursor?: string | undefined;
}

/**
 * The page of what a query finds, the newest first. `at` and `id` are columns of its table that order the rows, the second
 * those of one moment; an index with both keeps it as fast on the last page as on the first. A row that is made between
 * two pages never moves another one. Throws `invalid-request` for a cursor that is not ours.
 */
export async function paginateNewestFirst<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  [at, id]: readonly [keyof Row & string, keyof Row & string],
  { limit, cursor }: PageRequest,
) {
  const after = decodeCursor(cursor);
  const [time, name] = [`${query.alias}.${at}`, `${query.alias}.${id}`];
  query
    .orderBy(time, 'DESC')
    .addOrderBy(name, 'DESC')
    .limit(limit + 1);
  if (after) {
    const behind = `(${time} < :behindAt OR (${time} = :behindAt AND ${name} < :behindId))`;
    query.andWhere(behind, { behindAt: after[0], behindId: after[1] });
  }
  return toPage(await query.getMany(), limit, (row) => [row[at], row[id]]);
}
