import { placeholders } from '../../platform/database/sql.ts';
import type { Store } from '../../platform/database/store.ts';
import { deleteRows } from '../../platform/jobs/row-pages.ts';
import type { RenewLease } from '../../platform/jobs/run-in-pages.ts';
import { Delivery, Message } from './entity.ts';

/**
 * Deletes messages with all their deliveries, in pages: a message to all has one delivery for each program. The messages
 * go last, so that what is left after a crash is found again. False when it stopped early.
 */
export async function deleteMessages(
  store: Store,
  accountId: string,
  messageIds: readonly string[],
  renew: RenewLease,
): Promise<boolean> {
  if (messageIds.length === 0) return true;
  const condition = `accountId = ? AND messageId IN (${placeholders(messageIds)})`;
  const values = [accountId, ...messageIds];
  for (const table of [Delivery, Message])
    if ((await deleteRows(store, { table, condition, values }, renew)) === null) return false;
  return true;
}
