import type { Transaction } from '../database/store.ts';
import type { EventRow } from './entity.ts';

export type NewEvent = Pick<EventRow, 'type' | 'programId' | 'sessionId' | 'data'>;

/**
 * Writes events, numbered without gaps in the order of their commits: the account's counter is locked until the commit,
 * so a higher number is never visible before a lower one. It is the last lock that the transaction takes. The commit wakes
 * the feed of the account in this process.
 */
export function appendEvents(
  transaction: Transaction,
  accountId: string,
  at: number,
  events: readonly NewEvent[],
): void {
  if (events.length === 0) return;
  const rows = events.map(({ type: kind, programId, sessionId, data }) => {
    return { accountId, at, kind, programId, sessionId, data: JSON.stringify(data) };
  });
  transaction.insertNumbered({ table: 'event_counters', column: 'seq', accountId }, 'events', rows);
  transaction.afterCommit(accountId);
}
