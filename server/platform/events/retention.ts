/** Deletes events that are older than the retention period, a bounded number at a time. */
import { type EntityManager, LessThanOrEqual } from 'typeorm';
import type { Clock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { type RenewLease, runInPages } from '../jobs/run-in-pages.ts';
import { Event } from './entity.ts';

const PAGE_SIZE = 1_000;
const ACCOUNT_PAGE_SIZE = 500;
const OLDEST_SEEN_QUERY = 'SELECT MIN(seenSeq) AS seen FROM webhooks WHERE accountId = ? AND enabled = 1';

/**
 * Numbers of an account are in the order of time, so only a prefix is too old: it is found by the primary key alone, and
 * no event in between is ever missing.
 */
export async function deleteExpiredEvents(
  store: Store,
  clock: Clock,
  keptMs: number,
  renew: RenewLease,
): Promise<void> {
  for (let last = ''; ; ) {
    const accountIds = await store.read((manager) => readAccountsAfter(manager, last));
    for (const accountId of accountIds) {
      const page = () => deleteExpiredPage(store, accountId, clock.now() - keptMs);
      if (!(await runInPages(PAGE_SIZE, page, renew))) return;
    }
    last = accountIds.at(-1) ?? '';
    if (accountIds.length < ACCOUNT_PAGE_SIZE || !(await renew())) return;
  }
}

async function readAccountsAfter(manager: EntityManager, last: string): Promise<string[]> {
  const rows = await manager.query<{ accountId: string }[]>(
    `SELECT accountId FROM event_counters WHERE accountId > ? ORDER BY accountId LIMIT ${ACCOUNT_PAGE_SIZE}`,
    [last],
  );
  return rows.map((row) => row.accountId);
}

/**
 * Deletes the oldest events of an account up to the first that is young enough, or that an enabled webhook has not read
 * yet (for example after a week without a server). Resolves with their number.
 */
async function deleteExpiredPage(store: Store, accountId: string, before: number): Promise<number> {
  const [webhooks] = await store.read((manager) => manager.query<{ seen: unknown }[]>(OLDEST_SEEN_QUERY, [accountId]));
  const seen = webhooks?.seen == null ? Number.POSITIVE_INFINITY : Number(webhooks.seen);
  const oldest = await store.read((manager) =>
    manager.find(Event, {
      where: { accountId },
      order: { seq: 'ASC' },
      take: PAGE_SIZE,
      select: { seq: true, at: true },
    }),
  );
  const young = oldest.findIndex(({ at, seq }) => at >= before || seq > seen);
  const old = young === -1 ? oldest : oldest.slice(0, young);
  const last = old.at(-1);
  if (last) await store.write(({ manager }) => manager.delete(Event, { accountId, seq: LessThanOrEqual(last.seq) }));
  return old.length;
}
