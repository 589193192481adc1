/** The queries of the sweep. Each reads an index and at most a page. */
import type { EntityManager } from 'typeorm';
import { placeholders } from '../../platform/database/sql.ts';
import { Session, type SessionRow } from './entity.ts';
import { ARCHIVED_WHEN_SILENT_STATES, idleSql, liveSql, notIdleSql, silentSinceSql } from './liveness.ts';

/** The sessions to archive: in one of the states, and with a time at or before the cutoff. */
export interface ArchivalCriteria {
  readonly states: readonly SessionRow['state'][];
  readonly timeColumn: 'updatedAt' | 'completedAt';
  /** A further condition, in SQL. */
  readonly condition: string;
}

/** Silent sessions, by when they were last seen (index sessions_silent). */
export const SILENT: ArchivalCriteria = {
  states: ARCHIVED_WHEN_SILENT_STATES,
  timeColumn: 'updatedAt',
  condition: notIdleSql(),
};
/** The same of idle sessions, which may be silent for longer. */
export const IDLE: ArchivalCriteria = { ...SILENT, condition: idleSql() };
/** Complete sessions, by the time of completion (index sessions_completed). */
export const COMPLETE: ArchivalCriteria = { states: ['complete'], timeColumn: 'completedAt', condition: '1 = 1' };

export interface Candidate {
  readonly sessionId: string;
  /** The value of the criteria's time column. */
  readonly timestamp: number;
}

/** The accounts that have sessions to archive. */
export async function findAccountsWithCandidates(
  manager: EntityManager,
  { states, timeColumn, condition }: ArchivalCriteria,
  cutoff: number,
): Promise<string[]> {
  const rows = await manager.query<{ accountId: string }[]>(
    `SELECT DISTINCT accountId FROM sessions WHERE archived = 0 AND state IN (${placeholders(states)}) AND ${timeColumn} <= ? AND ${condition} ORDER BY accountId`,
    [...states, cutoff],
  );
  return rows.map((row) => row.accountId);
}

interface CandidateQuery {
  readonly criteria: ArchivalCriteria;
  readonly accountId: string;
  readonly state: string;
  readonly cutoff: number;
  readonly after: Candidate | undefined;
  readonly limit: number;
}

/** The next page of an account's candidates in one state, oldest first. */
export async function findCandidates(
  manager: EntityManager,
  { criteria: { timeColumn, condition }, accountId, state, cutoff, after, limit }: CandidateQuery,
): Promise<Candidate[]> {
  const cursorCondition = after ? `AND ${timeColumn} >= ? AND (${timeColumn} > ? OR sessionId > ?)` : '';
  const rows = await manager.query<{ sessionId: string; timestamp: number | string }[]>(
    `SELECT sessionId, ${timeColumn} AS timestamp FROM sessions
     WHERE accountId = ? AND archived = 0 AND state = ? AND ${timeColumn} <= ? AND ${condition} ${cursorCondition}
     ORDER BY ${timeColumn}, sessionId LIMIT ${limit}`,
    [accountId, state, cutoff, ...(after ? [after.timestamp, after.timestamp, after.sessionId] : [])],
  );
  return rows.map((row) => ({ sessionId: row.sessionId, timestamp: Number(row.timestamp) }));
}

export type ScanPosition = Pick<SessionRow, 'accountId' | 'sessionId' | 'updatedAt'>;

/** Sessions in one state, in the order in which they were last seen, after the position `after` and not later than `to` (index sessions_silent). */
export const findSilentSessions = (
  manager: EntityManager,
  state: SessionRow['state'],
  { updatedAt, accountId, sessionId }: ScanPosition,
  to: number,
  limit: number,
): Promise<SessionRow[]> =>
  manager
    .createQueryBuilder(Session, 'session')
    .where('session.archived = 0 AND session.state = :state', { state })
    .andWhere('session.updatedAt >= :updatedAt AND session.updatedAt <= :to', { updatedAt, to })
    .andWhere(
      '(session.updatedAt > :updatedAt OR session.accountId > :accountId OR (session.accountId = :accountId AND session.sessionId > :sessionId))',
      { accountId, sessionId },
    )
    .orderBy('session.updatedAt')
    .addOrderBy('session.accountId')
    .addOrderBy('session.sessionId')
    .limit(limit)
    .getMany();

/** Mass silence is detected from this many of the oldest silent sessions. */
const MAX_SILENT_SESSIONS = 100_000;

/** When the live sessions that are silent since before `since`, and not idle, were last seen, in ascending order. */
export async function findLastSeenTimes(manager: EntityManager, accountId: string, since: number): Promise<number[]> {
  const rows = await manager.query<{ updatedAt: number | string }[]>(
    `SELECT updatedAt FROM sessions WHERE accountId = ? AND ${liveSql()} AND ${silentSinceSql()} AND ${notIdleSql()} ORDER BY updatedAt LIMIT ${MAX_SILENT_SESSIONS}`,
    [accountId, since],
  );
  return rows.map((row) => Number(row.updatedAt));
}

/** The number of the account's live sessions that are not idle. */
export async function countLive(manager: EntityManager, accountId: string): Promise<number> {
  const [row] = await manager.query<{ live: number | string }[]>(
    `SELECT COUNT(*) AS live FROM sessions WHERE accountId = ? AND ${liveSql()} AND ${notIdleSql()}`,
    [accountId],
  );
  return Number(row?.live ?? 0);
}
