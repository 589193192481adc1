import type { Transaction } from '../../platform/database/store.ts';
import { appendEvents, type NewEvent } from '../../platform/events/outbox.ts';
import { Session, type SessionRow } from './entity.ts';
import { appendChanges, type ChangeKind, toChangeRow } from './timeline.ts';
import { toSessionNews } from './view.ts';

/**
 * Stores a session after a change (`before` is null for a new one), with the entry in its timeline and the event. A bare
 * heartbeat has neither.
 */
export async function saveSession(
  transaction: Transaction,
  before: SessionRow | null,
  after: SessionRow,
  now: number,
): Promise<void> {
  const { accountId, sessionId, ...fields } = after;
  if (before) await transaction.manager.update(Session, { accountId, sessionId }, fields);
  // Of two concurrent creates of one id, the loser's insert fails on the primary key; its retry is an update.
  else await transaction.manager.insert(Session, after);
  if (before?.changes === after.changes) return;
  const kind = getChangeKind(before, after);
  appendChanges(transaction, [toChangeRow(kind, after, now)]);
  appendEvents(transaction, accountId, now, toChangeEvents(kind, before, after));
}

/** The event of a change, followed by one for each thing that the session has become by it: blocked, idle, … */
export const toChangeEvents = (kind: ChangeKind, before: SessionRow | null, after: SessionRow): NewEvent[] =>
  [kind, ...listTransitions(kind, before, after)].map((each) => toSessionEvent(each, after));

type Transition = 'blocked' | 'handoff' | 'idle' | 'completed';

/** A session that has a successor is complete by that, which `session.succeeded` says already. */
function listTransitions(kind: ChangeKind, before: SessionRow | null, after: SessionRow): Transition[] {
  if (kind !== 'created' && kind !== 'updated') return [];
  const became: Readonly<Record<Transition, boolean>> = {
    blocked: after.state === 'blocked' && before?.state !== 'blocked',
    handoff: after.handoffRequired && !before?.handoffRequired,
    idle: after.idleSince !== null && (before?.idleSince ?? null) === null,
    completed: after.state === 'complete' && before?.state !== 'complete',
  };
  return TRANSITIONS.filter((each) => became[each]);
}

const TRANSITIONS: readonly Transition[] = ['blocked', 'handoff', 'idle', 'completed'];

/** The event of a change, or of what a session has become. It carries the session's current values. */
export function toSessionEvent(kind: ChangeKind | Transition | 'stale' | 'stuck', after: SessionRow): NewEvent {
  const { sessionId, programId } = after;
  return { type: `session.${kind}`, sessionId, programId, data: toSessionNews(after) };
}

function getChangeKind(before: SessionRow | null, after: SessionRow): ChangeKind {
  if (!before) return 'created';
  return before.successor === after.successor ? 'updated' : 'succeeded';
}
