/** The timeline: a session's values after each of its changes. The newest thousand are kept. */
import { type EntityManager, EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';
import { createRowCodec } from '../../platform/database/columns.ts';
import type { Transaction } from '../../platform/database/store.ts';
import type { SessionRow, SessionState } from './entity.ts';
import { isIdle } from './liveness.ts';
import { contextUsedPercent } from './view.ts';

export type ChangeKind = 'created' | 'updated' | 'archived' | 'succeeded';

export interface SessionChangeRow {
  accountId: string;
  sessionId: string;
  /** The number of the change, from 1. */
  number: number;
  at: number;
  kind: ChangeKind;
  state: SessionState;
  status: string | null;
  idle: boolean;
  progress: number | null;
  contextUsedPercent: number | null;
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
    number: column.integer({ primary: true }),
    at: column.timestamp(),
    kind: column.shortString(),
    state: column.shortString(),
    status: column.string({ nullable: true }),
    // Null in changes of earlier versions, which reads false.
    idle: column.boolean(),
    progress: column.double({ nullable: true }),
    contextUsedPercent: column.double({ nullable: true }),
    contextBytes: column.integer({ nullable: true }),
    contextLimitBytes: column.integer({ nullable: true }),
    handoffRequired: column.boolean(),
  },
});

const changeCodec = createRowCodec(SessionChange);

const MAX_CHANGES = 1_000;
/** Old changes are deleted only every so many changes, to save statements. */
const PRUNE_INTERVAL = 50;

/** The timeline's row for the change that led to the given session. */
export const toChangeRow = (kind: ChangeKind, session: SessionRow, at: number): SessionChangeRow => ({
  accountId: session.accountId,
  sessionId: session.sessionId,
  number: session.changes,
  at,
  kind,
  state: session.state,
  status: session.status,
  idle: isIdle(session),
  progress: session.progress,
  contextUsedPercent: contextUsedPercent(session),
  contextBytes: session.contextBytes,
  contextLimitBytes: session.contextLimitBytes,
  handoffRequired: session.handoffRequired,
});

/** Appends changes and deletes those beyond the limit. The caller holds the locks of the sessions' rows. */
export function appendChanges({ insert, beforeCommit }: Transaction, changes: readonly SessionChangeRow[]): void {
  insert('session_changes', changes.map(changeCodec.toPlain));
  for (const { accountId, sessionId, number } of changes) {
    if (number > MAX_CHANGES && number % PRUNE_INTERVAL === 0)
      beforeCommit({ sql: PRUNE_SQL, values: [accountId, sessionId, number - MAX_CHANGES] });
  }
}

const PRUNE_SQL = 'DELETE FROM session_changes WHERE accountId = ? AND sessionId = ? AND number <= ?';

/** A page of the session's changes before number `before`, newest first. */
export const findChanges = (
  manager: EntityManager,
  { accountId, sessionId, changes }: Pick<SessionRow, 'accountId' | 'sessionId' | 'changes'>,
  before: number | null,
  limit: number,
) => {
  const query = manager
    .createQueryBuilder(SessionChange, 'session_change')
    .where('session_change.accountId = :accountId AND session_change.sessionId = :sessionId', { accountId, sessionId })
    // Older changes may not be deleted yet.
    .andWhere('session_change.number > :dropped', { dropped: changes - MAX_CHANGES })
    .orderBy('session_change.number', 'DESC')
    .limit(limit);
  if (before !== null) query.andWhere('session_change.number < :before', { before });
  return query.getMany();
};
