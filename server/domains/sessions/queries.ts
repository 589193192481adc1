/** Queries of sessions. */
import type { EntityManager } from 'typeorm';
import { decodeCursor, toPage } from '../../platform/cursor.ts';
import { findKeysInRanges, type IndexRange } from '../../platform/database/index-ranges.ts';
import { placeholders } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { Session, type SessionRow, sessionCodec } from './entity.ts';
import { isLive, liveSql, SESSION_STATES } from './liveness.ts';

/** The reserved id that means the program's most recently updated live session. */
export const CURRENT_SESSION_ALIAS = 'current';

/** The fault of a session that does not exist. */
export const sessionNotFound = (sessionId: string): Fault =>
  sessionId === CURRENT_SESSION_ALIAS
    ? new Fault('session-not-found', 'The program has no live session. Create one first (createSession).')
    : new Fault('session-not-found', `No session '${sessionId}' in this account. Create it first (createSession).`);

export const sessionByIdQuery = (manager: EntityManager, accountId: string, sessionId: string) =>
  manager
    .createQueryBuilder(Session, 'session')
    .where('session.accountId = :accountId AND session.sessionId = :sessionId', { accountId, sessionId });

export const currentSessionQuery = (
  manager: EntityManager,
  { accountId, programId }: Pick<Principal, 'accountId' | 'programId'>,
) =>
  manager
    .createQueryBuilder(Session, 'session')
    .where('session.accountId = :accountId AND session.programId = :programId', { accountId, programId })
    .andWhere(liveSql('session.'))
    .orderBy('session.updatedAt', 'DESC')
    .addOrderBy('session.sessionId', 'DESC')
    .limit(1);

export const lockSession = ({ manager, forUpdate }: Transaction, accountId: string, sessionId: string) =>
  forUpdate(sessionByIdQuery(manager, accountId, sessionId)).getOne();

const COLUMNS = sessionCodec.columns.join(', ');

/**
 * Sessions of an account, locked in the order of their ids. Without `waitForLocks` those locked by other transactions are left
 * out. In plain SQL, because most of an update's time is spent here.
 */
export async function lockSessions(
  { selectForUpdate, selectForUpdateSkipLocked }: Transaction,
  accountId: string,
  sessionIds: readonly string[],
  waitForLocks: boolean,
): Promise<SessionRow[]> {
  const lock = waitForLocks ? selectForUpdate : selectForUpdateSkipLocked;
  const select = `${selectByIds(COLUMNS, sessionIds)} ORDER BY sessionId`;
  const rows = await lock<SessionRow>(select, [accountId, ...sessionIds]);
  return rows.map((row) => sessionCodec.fromPlain(row));
}

/** The ids of those that exist: a lock that skips held rows does not tell a held row from a missing one. */
export async function findExistingIds(
  { manager }: Transaction,
  accountId: string,
  sessionIds: readonly string[],
): Promise<string[]> {
  const rows = await manager.query<{ sessionId: string }[]>(selectByIds('sessionId', sessionIds), [
    accountId,
    ...sessionIds,
  ]);
  return rows.map(({ sessionId }) => sessionId);
}

const selectByIds = (columns: string, sessionIds: readonly string[]): string =>
  `SELECT ${columns} FROM sessions WHERE accountId = ? AND sessionId IN (${placeholders(sessionIds)})`;

/**
 * Locks the current session; null when there is none. It is found first and then locked by its id: a locking search along an
 * index in which other writers move rows can miss an existing row.
 */
export async function lockCurrentSession(transaction: Transaction, principal: Principal): Promise<SessionRow | null> {
  for (;;) {
    const found = await currentSessionQuery(transaction.manager, principal).getOne();
    if (!found) return null;
    const locked = await lockSession(transaction, principal.accountId, found.sessionId);
    if (locked && isLive(locked)) return locked;
  }
}

export interface SessionFilter {
  readonly accountId: string;
  readonly programId: string | undefined;
  readonly state: SessionRow['state'] | 'all';
  readonly includeArchived: boolean;
  readonly limit: number;
  readonly cursor: string | undefined;
}

/** A page of sessions, most recently updated first. All filters run in the database, before the limit. */
export async function listSessions(manager: EntityManager, filter: SessionFilter) {
  const after = decodeCursor(filter.cursor);
  const ranges = filter.programId === undefined ? accountRanges(filter) : programRanges(filter, filter.programId);
  const keys = await findKeysInRanges<{ sessionId: string; updatedAt: number }>(manager, {
    from: 'sessions s',
    alias: 's',
    sortColumn: 'updatedAt',
    idColumn: 'sessionId',
    direction: 'DESC',
    ranges,
    after,
    limit: filter.limit + 1,
  });
  const { page, nextCursor } = toPage(keys, filter.limit, (key) => [Number(key.updatedAt), key.sessionId]);
  if (page.length === 0) return { rows: [], nextCursor };
  const rows = await manager
    .createQueryBuilder(Session, 'session')
    .where('session.accountId = :accountId AND session.sessionId IN (:...ids)', {
      accountId: filter.accountId,
      ids: page.map((key) => key.sessionId),
    })
    .getMany();
  const positions = new Map(page.map((key, index) => [key.sessionId, index]));
  rows.sort((a, b) => (positions.get(a.sessionId) ?? 0) - (positions.get(b.sessionId) ?? 0));
  return { rows, nextCursor };
}

const archivedValues = ({ includeArchived }: SessionFilter): number[] => (includeArchived ? [0, 1] : [0]);

/** Ranges of the index sessions_newest. */
function accountRanges(filter: SessionFilter): IndexRange[] {
  const states = filter.state === 'all' ? SESSION_STATES : [filter.state];
  return archivedValues(filter).flatMap((archived) =>
    states.map(
      (state): IndexRange => ['accountId = ? AND archived = ? AND state = ?', [filter.accountId, archived, state]],
    ),
  );
}

/** Ranges of the index sessions_of_program. */
function programRanges(filter: SessionFilter, programId: string): IndexRange[] {
  return archivedValues(filter).map((archived): IndexRange => {
    const values = [filter.accountId, programId, archived];
    const condition = 'accountId = ? AND programId = ? AND archived = ?';
    return filter.state === 'all' ? [condition, values] : [`${condition} AND state = ?`, [...values, filter.state]];
  });
}
