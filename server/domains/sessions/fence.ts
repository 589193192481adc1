import type { Transaction } from '../../platform/database/store.ts';
import { Fault, type FieldFault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { isSessionRequired, requireNamedSession } from '../programs/index.ts';
import { CURRENT_SESSION_ALIAS, lockSession, sessionNotFound } from './queries.ts';
import { assertNotSuperseded } from './rules.ts';

/**
 * Fences a write by the session that it names. Throws `session-superseded` when that session was taken over. Its row stays
 * locked until the transaction ends, so a concurrent takeover happens entirely before or entirely after it.
 *
 * By default a session is provenance: naming none, or one that nobody knows, is no error. For a program whose writes must
 * name their session it throws `session-required`, `session-not-found`, or `forbidden` for another program's. `location` is
 * where the request names it.
 */
export async function requireFence(
  transaction: Transaction,
  principal: Principal,
  sessionId: string | undefined,
  location: FieldFault['in'] = 'body',
): Promise<void> {
  const { manager } = transaction;
  // `current` is whichever session is live by now, so it fences nothing.
  if (sessionId === undefined || sessionId === CURRENT_SESSION_ALIAS)
    return requireNamedSession(manager, principal, location);
  const session = await lockSession(transaction, principal.accountId, sessionId);
  if (session) assertNotSuperseded(session);
  const isOwn = session !== null && session.programId === principal.programId;
  if (isOwn || !(await isSessionRequired(manager, principal))) return;
  throw session
    ? new Fault('forbidden', `Session '${sessionId}' belongs to another program.`)
    : sessionNotFound(sessionId);
}
