import type { Transaction } from '../../platform/database/store.ts';
import { lockSession } from './queries.ts';
import { assertNotSuperseded } from './rules.ts';

/**
 * Throws `session-superseded` when the session was taken over. Its row stays locked until the transaction ends, so a
 * takeover at the same time comes wholly before or wholly after. A session that nobody knows is no reason to refuse.
 */
export async function requireNotSuperseded(
  transaction: Transaction,
  accountId: string,
  sessionId: string,
): Promise<void> {
  const session = await lockSession(transaction, accountId, sessionId);
  if (session) assertNotSuperseded(session);
}
