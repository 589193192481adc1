/**
 * Succession: a new session takes over from its predecessors. Lock order: the account, when its sessions are limited, then the
 * predecessors by id. So the second of two concurrent successors sees what the first has done.
 */
import type { EntityManager } from 'typeorm';
import type { Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { Session, type SessionRow } from './entity.ts';
import { type LivenessContext, livenessAt, liveSql } from './liveness.ts';
import { type OpenedSession, openSession, type SessionDeps } from './open.ts';
import { lockSession, sessionByIdQuery } from './queries.ts';
import { findRival, hasSessionLimit, markSucceeded, needsSuccessor, type SessionCreate } from './rules.ts';
import { saveSession } from './save-session.ts';
import { lockSlots } from './slots.ts';

export interface Succession extends OpenedSession {
  /** The program's most recently updated other session, after the takeover; null on a first run. */
  readonly previous: SessionRow | null;
  /** The sessions that were taken over. */
  readonly predecessors: readonly SessionRow[];
}

/** At most this many predecessors are fenced in one takeover. */
const MAX_PREDECESSORS = 50;

export async function openSuccessor(
  transaction: Transaction,
  deps: SessionDeps,
  principal: Principal,
  create: SessionCreate & { sessionId: string },
  programId: string,
): Promise<Succession> {
  const { accountId } = principal;
  const { sessionId } = create;
  if (hasSessionLimit(principal.tier)) await lockSlots(transaction, accountId);
  const at = livenessAt(deps.clock, deps.settings);
  const { now } = at;
  const predecessors: SessionRow[] = [];
  for (const id of await findCandidateIds(transaction.manager, { accountId, programId, sessionId })) {
    const before = await lockSession(transaction, accountId, id);
    if (!before || !needsSuccessor(before, at)) continue;
    const after = markSucceeded(before, sessionId, now);
    await saveSession(transaction, before, after, now);
    predecessors.push(after);
  }
  const previous = await findNewestOther(transaction.manager, { accountId, programId, sessionId });
  if (previous && predecessors.length === 0) await assertNoRival(transaction.manager, previous, sessionId, at);
  const opened = await openSession(transaction, deps, principal, create, programId, true);
  return { ...opened, previous, predecessors };
}

interface SuccessorKey {
  readonly accountId: string;
  readonly programId: string;
  readonly sessionId: string;
}

/** The ids of the program's other sessions that are live or were archived for silence, and have no successor. */
async function findCandidateIds(manager: EntityManager, successor: SuccessorKey): Promise<string[]> {
  const rows = await manager
    .createQueryBuilder(Session, 'session')
    .select('session.sessionId', 'sessionId')
    .where('session.accountId = :accountId AND session.programId = :programId', successor)
    .andWhere('session.sessionId <> :sessionId AND session.successor IS NULL', successor)
    .andWhere(
      `((${liveSql('session.')}) OR (session.archived = 1 AND (session.archiveReason = 'silent' OR (session.archiveReason = 'idle' AND session.handoffRequired = 1))))`,
    )
    .orderBy('session.updatedAt', 'DESC')
    .limit(MAX_PREDECESSORS)
    .getRawMany<{ sessionId: string }>();
  return rows.map((row) => row.sessionId).sort();
}

async function findNewestOther(manager: EntityManager, successor: SuccessorKey): Promise<SessionRow | null> {
  const findNewest = (archived: 0 | 1) =>
    manager
      .createQueryBuilder(Session, 'session')
      .where('session.accountId = :accountId AND session.programId = :programId', successor)
      .andWhere('session.archived = :archived AND session.sessionId <> :sessionId', { ...successor, archived })
      .orderBy('session.updatedAt', 'DESC')
      .addOrderBy('session.sessionId', 'DESC')
      .limit(1)
      .getOne();
  const [unarchived, archived] = [await findNewest(0), await findNewest(1)];
  return (archived?.updatedAt ?? 0) > (unarchived?.updatedAt ?? -1) ? archived : unarchived;
}

async function assertNoRival(manager: EntityManager, newest: SessionRow, sessionId: string, at: LivenessContext) {
  // The newest other session is either the predecessor or its successor.
  const predecessor = newest.successor === null ? await findPredecessor(manager, newest) : newest;
  if (!predecessor?.successor) return;
  const successor = await sessionByIdQuery(manager, newest.accountId, predecessor.successor).getOne();
  const rival = findRival(predecessor, successor, sessionId, at);
  if (!rival) return;
  throw new Fault(
    'session-superseded',
    `Session '${rival}' has just taken over from '${predecessor.sessionId}'. Stop; to run a second session beside it, boot again in a minute.`,
    { successor: rival },
  );
}

/** The session that the given one took over most recently. */
const findPredecessor = (
  manager: EntityManager,
  { accountId, sessionId, programId }: SessionRow,
): Promise<SessionRow | null> =>
  manager
    .createQueryBuilder(Session, 'session')
    .where('session.accountId = :accountId AND session.programId = :programId', { accountId, programId })
    .andWhere('session.successor = :sessionId', { sessionId })
    .orderBy('session.completedAt', 'DESC')
    .limit(1)
    .getOne();
