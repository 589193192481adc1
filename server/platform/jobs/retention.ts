/**
 * Deletes rows that are older than their retention period: bounded pages, each of them one transaction, so a crash loses
 * at most the current page and the next run continues there. Events are deleted by `events/retention.ts`, because only
 * a prefix of them may go.
 */
import { type EntitySchema, In, LessThan } from 'typeorm';
import type { Clock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { type RenewLease, runInPages } from './run-in-pages.ts';

const PAGE_SIZE = 1_000;

export interface RetentionPolicy {
  /** The name of the job that deletes these rows. */
  readonly name: string;
  readonly table: EntitySchema;
  /** By timestamp column, each of them indexed: a row is deleted when one of these is longer ago. Milliseconds. */
  readonly maxAgeMs: Readonly<Record<string, number>>;
}

/** Deletes all expired rows of a table. Stops early when `renew` says that another process has taken over. */
export async function deleteExpired(
  store: Store,
  clock: Clock,
  { table, maxAgeMs }: RetentionPolicy,
  renew: RenewLease,
): Promise<void> {
  for (const [moment, ms] of Object.entries(maxAgeMs)) {
    const page = () => deleteExpiredPage(store, table, moment, clock.now() - ms);
    if (!(await runInPages(PAGE_SIZE, page, renew))) return;
  }
}

/** Resolves with the number of rows found. The DELETE checks the age again: a row that was used meanwhile stays. */
const deleteExpiredPage = (
  store: Store,
  table: EntitySchema,
  timestampColumn: string,
  before: number,
): Promise<number> =>
  store.write(async ({ manager }) => {
    const key = manager.dataSource.getMetadata(table).primaryColumns.map((column) => column.propertyName);
    const isOld = { [timestampColumn]: LessThan(before) };
    const select = Object.fromEntries(key.map((name) => [name, true]));
    const old = await manager.find(table, {
      where: isOld,
      order: { [timestampColumn]: 'ASC' },
      take: PAGE_SIZE,
      select,
    });
    if (old.length === 0) return 0;
    const these = key.map((name) => [name, In([...new Set(old.map((row) => row[name]))])]);
    await manager.delete(table, { ...Object.fromEntries(these), ...isOld });
    return old.length;
  });
