/** Keyset pages that read several ranges of an index, and the SQL pieces that they share. */
import type { EntityManager } from 'typeorm';
import type { Keyset } from '../cursor.ts';

/** `?, ?, ?`: one placeholder per value. */
export const placeholders = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** A range of an index: its condition, and the values of the placeholders in it. */
export type IndexRange = readonly [condition: string, values: readonly unknown[]];

export interface IndexRangeQuery {
  /** The table, or the join, and the alias of the table whose keys are read. */
  readonly from: string;
  readonly alias: string;
  /** The column that sorts the index, and the column that orders rows of equal value in it. */
  readonly sortColumn: string;
  readonly idColumn: string;
  readonly direction: 'ASC' | 'DESC';
  readonly ranges: readonly IndexRange[];
  /** The sort value and id of the last row of the page before; null for the first page. */
  readonly after: Keyset | null;
  readonly limit: number;
}

/**
 * The sort value and id of the first rows of several ranges. Each range is read from its index in order and no further than
 * `limit`, so the time does not grow with the number of rows; a single condition with OR would read and sort them all.
 */
export async function findKeysInRanges<Key>(
  manager: EntityManager,
  { from, alias, sortColumn, idColumn, direction, ranges, after, limit }: IndexRangeQuery,
): Promise<Key[]> {
  if (ranges.length === 0) return [];
  const [sort, id] = [`${alias}.${sortColumn}`, `${alias}.${idColumn}`];
  const behind = direction === 'ASC' ? '>' : '<';
  // The first condition alone bounds the range of the index.
  const cursorCondition = after ? ` AND ${sort} ${behind}= ? AND (${sort} ${behind} ? OR ${id} ${behind} ?)` : '';
  const cursorValues = after ? [after[0], after[0], after[1]] : [];
  const selects = ranges.map(
    ([condition], index) =>
      `SELECT * FROM (SELECT ${id} AS ${idColumn}, ${sort} AS ${sortColumn} FROM ${from} WHERE ${condition}${cursorCondition}
       ORDER BY ${sort} ${direction}, ${id} ${direction} LIMIT ${limit}) AS range${index}`,
  );
  const values = ranges.flatMap(([, rangeValues]) => [...rangeValues, ...cursorValues]);
  const order = `ORDER BY ${sortColumn} ${direction}, ${idColumn} ${direction} LIMIT ${limit}`;
  return manager.query<Key[]>(`${selects.join(' UNION ALL ')} ${order}`, values);
}
