import { placeholders } from '../../platform/database/sql.ts';
import type { Store } from '../../platform/database/store.ts';
import { type RenewLease, runInPages } from '../../platform/jobs/run-in-pages.ts';
import { DELIVERED, READ } from './entity.ts';

const PAGE_SIZE = 500;

/**
 * Fills in kind, sender and stage of deliveries that servers of an older version wrote, in pages of one inbox each. Not in a
 * migration: a large table would hold up the start, and such servers write beside this one during an upgrade. Until then
 * `listInbox` finds these rows by their messages. False when it stopped early.
 */
export const fillDeliveries = (store: Store, renew: RenewLease): Promise<boolean> =>
  runInPages(1, () => fillPage(store), renew);

/** Resolves with the number of rows that it found. The UPDATE decides again: a row that was acknowledged meanwhile is read. */
const fillPage = (store: Store): Promise<number> =>
  store.write(async ({ manager }) => {
    const [inbox] = await manager.query<{ accountId: string; recipient: string }[]>(
      'SELECT accountId, recipient FROM message_deliveries WHERE stage IS NULL ORDER BY accountId, recipient LIMIT 1',
    );
    if (!inbox) return 0;
    const key = [inbox.accountId, inbox.recipient];
    const found = await manager.query<{ messageId: string }[]>(
      `SELECT messageId FROM message_deliveries WHERE stage IS NULL AND accountId = ? AND recipient = ?
       ORDER BY createdAt, messageId LIMIT ${PAGE_SIZE}`,
      key,
    );
    const ids = found.map(({ messageId }) => messageId);
    if (ids.length === 0) return 1;
    const ofMessage = (column: string) =>
      `${column} = (SELECT m.${column} FROM messages m WHERE m.accountId = message_deliveries.accountId AND m.messageId = message_deliveries.messageId)`;
    await manager.query(
      `UPDATE message_deliveries SET ${ofMessage('kind')}, ${ofMessage('sender')},
       stage = CASE WHEN deliveredAt IS NULL THEN 0 ELSE ${DELIVERED} END + CASE WHEN readAt IS NULL THEN 0 ELSE ${READ} END
       WHERE stage IS NULL AND accountId = ? AND recipient = ? AND messageId IN (${placeholders(ids)})`,
      [...key, ...ids],
    );
    return ids.length;
  });
