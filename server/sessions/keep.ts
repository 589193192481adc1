import { type Announcement, announce } from '../events/outbox.ts';
import type { Transaction } from '../storage/store.ts';
import { Session, type SessionRow } from './entity.ts';
import { type ChangeKind, changeRow, noteChanges } from './timeline.ts';

/**
 * Stores a session as it is after a change (`before` is null for a new one), and tells the timeline and the stream of
 * events of it. A heartbeat that changes nothing else is no change.
 */
export async function keep(
  transaction: Transaction,
  before: SessionRow | null,
  after: SessionRow,
  now: number,
): Promise<void> {
  const { accountId, sessionId, ...fields } = after;
  if (before) await transaction.manager.update(Session, { accountId, sessionId }, fields);
  // Two creates of one id at once: the loser's insert fails on the primary key, and it starts again as an update.
  else await transaction.manager.insert(Session, after);
  if (before?.changes === after.changes) return;
  const kind = kindOf(before, after);
  await noteChanges(transaction.manager, [changeRow(kind, after, now)]);
  announce(transaction, accountId, now, [announcementOf(kind, after)]);
}

type Told = Exclude<ChangeKind, 'archived'>;

/** The event of a change. */
export function announcementOf(kind: Told, after: SessionRow): Announcement {
  const { sessionId, programId, state, status, progress, handoffRequired, successor } = after;
  const data = { state, status, progress, handoffRequired, ...(successor !== null && { successor }) };
  return { kind: `session.${kind}`, sessionId, programId, data };
}

function kindOf(before: SessionRow | null, after: SessionRow): Told {
  if (!before) return 'created';
  return before.successor === after.successor ? 'updated' : 'succeeded';
}
