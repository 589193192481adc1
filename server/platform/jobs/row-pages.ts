/** Deletes rows of any table a bounded page at a time, by their primary key. */
import type { EntityManager, EntitySchema } from 'typeorm';
import type { Store } from '../database/store.ts';
import { type RenewLease, runInPages } from './run-in-pages.ts';

const PAGE_SIZE = 200;

/** Rows of one account: a SQL condition over the table's columns, with the values of its `?`. */
export interface RowFilter {
  readonly table: EntitySchema;
  readonly condition: string;
  readonly values: readonly unknown[];
}

type RowKey = Readonly<Record<string, unknown>>;

/** The columns of the primary key. In every entity, columns have the names of their properties. */
const primaryKey = ({ options }: EntitySchema): string[] =>
  Object.entries(options.columns).flatMap(([name, column]) => (column?.primary ? name : []));

export const getTableName = ({ options }: EntitySchema): string => options.tableName ?? options.name;

/** The primary keys of the first `limit` rows. */
export const selectKeys = (
  manager: EntityManager,
  { table, condition, values }: RowFilter,
  limit = PAGE_SIZE,
): Promise<RowKey[]> =>
  manager.query(
    `SELECT ${primaryKey(table).join(', ')} FROM ${getTableName(table)} WHERE ${condition} LIMIT ${limit}`,
    [...values],
  );

/** Deletes exactly these rows. Not `(a, b) IN (…)`, which SQLite and MySQL write differently. */
export async function deleteByKey(manager: EntityManager, table: EntitySchema, keys: readonly RowKey[]): Promise<void> {
  if (keys.length === 0) return;
  const columns = primaryKey(table);
  const isRow = `(${columns.map((column) => `${column} = ?`).join(' AND ')})`;
  const values = keys.flatMap((key) => columns.map((column) => key[column]));
  await manager.query(`DELETE FROM ${getTableName(table)} WHERE ${keys.map(() => isRow).join(' OR ')}`, values);
}

/**
 * Deletes all rows of the filter. Each page is a transaction, so a crash loses at most one and the next run goes on there.
 * Resolves with the number of rows; null when it stopped early because another process has taken over.
 */
export async function deleteRows(store: Store, filter: RowFilter, renew: RenewLease): Promise<number | null> {
  let deleted = 0;
  const page = async () => {
    const found = await store.write(async ({ manager }) => {
      const keys = await selectKeys(manager, filter);
      await deleteByKey(manager, filter.table, keys);
      return keys.length;
    });
    deleted += found;
    return found;
  };
  return (await runInPages(PAGE_SIZE, page, renew)) ? deleted : null;
}
