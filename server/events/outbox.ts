import type { Transaction } from '../storage/store.ts';
import { EventCounter, type EventRow } from './entity.ts';

export type Announcement = Pick<EventRow, 'kind' | 'programId' | 'sessionId' | 'data'>;

/**
 * Writes events, numbered without gaps in the order of their commits: the account's counter is locked until the commit,
 * so a higher number is never visible before a lower one. It is the last lock that the transaction takes. Once committed,
 * those who follow the account's events in this process are woken.
 */
export function announce(transaction: Transaction, accountId: string, at: number, news: readonly Announcement[]): void {
  if (news.length === 0) return;
  transaction.atEnd(() => write(transaction, accountId, at, news));
  transaction.afterwards(accountId);
}

async function write(
  { manager, increase, insert }: Transaction,
  accountId: string,
  at: number,
  news: readonly Announcement[],
): Promise<void> {
  const counted = await increase({ table: 'event_counters', column: 'seq', accountId }, news.length);
  // Two first events at once: the loser's insert fails on the primary key, and its transaction starts again.
  if (counted === null) await manager.insert(EventCounter, { accountId, seq: news.length });
  const last = (counted ?? news.length) - news.length;
  const row = ({ kind, programId, sessionId, data }: Announcement, index: number) => {
    const seq = last + index + 1;
    return { accountId, seq, at, kind, programId, sessionId, data: JSON.stringify(data) };
  };
  await insert('events', news.map(row));
}
