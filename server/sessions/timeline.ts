/** What a session was like after each of its changes; the newest thousand are kept. */
import { type EntityManager, EntitySchema, LessThanOrEqual } from 'typeorm';
import * as column from '../storage/columns.ts';
import type { SessionRow, SessionState } from './entity.ts';

export type ChangeKind = 'created' | 'updated' | 'archived' | 'succeeded';

export interface SessionChangeRow {
  accountId: string;
  sessionId: string;
  /** Counts the session's changes from 1. */
  number: number;
  at: number;
  kind: ChangeKind;
  state: SessionState;
  status: string | null;
  progress: number | null;
  contextBytes: number | null;
  contextLimitBytes: number | null;
  handoffRequired: boolean;
}

export const SessionChange = new EntitySchema<SessionChangeRow>({
  name: 'SessionChange',
  tableName: 'session_changes',
  columns: {
    accountId: column.id({ primary: true }),
    sessionId: column.id({ primary: true }),
    number: column.whole({ primary: true }),
    at: column.moment(),
    kind: column.word(),
    state: column.word(),
    status: column.line({ nullable: true }),
    progress: column.real({ nullable: true }),
    contextBytes: column.whole({ nullable: true }),
    contextLimitBytes: column.whole({ nullable: true }),
    handoffRequired: column.flag(),
  },
});

const KEPT = 1_000;

/** The change that has made the session what it now is. */
export const changeRow = (kind: ChangeKind, session: SessionRow, at: number): SessionChangeRow => ({
  accountId: session.accountId,
  sessionId: session.sessionId,
  number: session.changes,
  at,
  kind,
  state: session.state,
  status: session.status,
  progress: session.progress,
  contextBytes: session.contextBytes,
  contextLimitBytes: session.contextLimitBytes,
  handoffRequired: session.handoffRequired,
});

/** Adds changes and drops those that are too old. The sessions' rows are locked, so their changes have one order. */
export async function noteChanges(manager: EntityManager, changes: readonly SessionChangeRow[]): Promise<void> {
  if (changes.length === 0) return;
  await manager.insert(SessionChange, [...changes]);
  for (const { accountId, sessionId, number } of changes) {
    if (number <= KEPT) continue;
    await manager.delete(SessionChange, { accountId, sessionId, number: LessThanOrEqual(number - KEPT) });
  }
}

/** A page of changes before `before`, the newest first. */
export const changesOf = (
  manager: EntityManager,
  of: { accountId: string; sessionId: string },
  before: number | null,
  limit: number,
) => {
  const query = manager
    .createQueryBuilder(SessionChange, 'session_change')
    .where('session_change.accountId = :accountId AND session_change.sessionId = :sessionId', of)
    .orderBy('session_change.number', 'DESC')
    .limit(limit);
  if (before !== null) query.andWhere('session_change.number < :before', { before });
  return query.getMany();
};
