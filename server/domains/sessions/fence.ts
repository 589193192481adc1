import type { Transaction } from '../../platform/database/store.ts';
import { lockSession } from './queries.ts';
import { assertNotSuperseded } from './rules.ts';

/**
 * Throws `session-superseded` when the session was taken over. Its row stays locked until the transaction ends, so a
 * concurrent takeover happens entirely before or entirely after it. An unknown session is not an error: `sessionId` is only
 * provenance then.
 */
export async function requireNotSuperseded(
  transaction: Transaction,
  accountId: string,
  sessionId: string,
): Promise<void> {
  const session = await lockSession(transaction, accountId, sessionId);
  if (session) assertNotSuperseded(session);
}
