/** Keyset pagination over several ranges of an index. */
import type { EntityManager } from 'typeorm';
import type { Keyset } from '../cursor.ts';

/** A range of an index: its SQL condition and the values of its placeholders. */
export type IndexRange = readonly [condition: string, values: readonly unknown[]];

export interface IndexRangeQuery {
  /** The table or join, and the alias of the table whose keys are read. */
  readonly from: string;
  readonly alias: string;
  /** The sort column of the index, and the column that breaks ties. */
  readonly sortColumn: string;
  readonly idColumn: string;
  readonly direction: 'ASC' | 'DESC';
  readonly ranges: readonly IndexRange[];
  /** The sort value and id of the previous page's last row; null for the first page. */
  readonly after: Keyset | null;
  readonly limit: number;
}

/**
 * Returns the sort values and ids of the first `limit` rows of all ranges together. Reads at most `limit` index entries per
 * range, so the time does not grow with the table; a single condition with OR would read and sort all matching rows.
 */
export async function findKeysInRanges<Key>(
  manager: EntityManager,
  { from, alias, sortColumn, idColumn, direction, ranges, after, limit }: IndexRangeQuery,
): Promise<Key[]> {
  if (ranges.length === 0) return [];
  const [sort, id] = [`${alias}.${sortColumn}`, `${alias}.${idColumn}`];
  const operator = direction === 'ASC' ? '>' : '<';
  // The first condition is redundant, but the only one that bounds the index scan.
  const cursorCondition = after ? ` AND ${sort} ${operator}= ? AND (${sort} ${operator} ? OR ${id} ${operator} ?)` : '';
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
