/** The queries of the fleet's history. Each reads an index and at most a page. */
import type { EntityManager } from 'typeorm';
import { placeholders } from '../../platform/database/sql.ts';
import { type SessionRow, sessionCodec } from '../sessions/index.ts';
import type { Days } from './history-rules.ts';

const OBSERVED_COLUMNS = [
  'accountId',
  'sessionId',
  'programId',
  'state',
  'archived',
  'idleSince',
  'updatedAt',
  'lastHeartbeat',
  'completedAt',
  'completeReason',
] as const;

export type ScannedSession = Pick<SessionRow, (typeof OBSERVED_COLUMNS)[number]>;
export type ScanPosition = Pick<SessionRow, 'accountId' | 'sessionId' | 'updatedAt'>;

/** Sessions that are not archived, in one state, in the order in which they were last seen, after `after` and not later than `to` (index sessions_silent). */
export async function scanSessions(
  manager: EntityManager,
  state: SessionRow['state'],
  { updatedAt, accountId, sessionId }: ScanPosition,
  to: number,
  limit: number,
): Promise<ScannedSession[]> {
  const rows = await manager.query<ScannedSession[]>(
    `SELECT ${OBSERVED_COLUMNS.join(', ')} FROM sessions
     WHERE archived = 0 AND state = ? AND updatedAt >= ? AND updatedAt <= ?
       AND (updatedAt > ? OR accountId > ? OR (accountId = ? AND sessionId > ?))
     ORDER BY updatedAt, accountId, sessionId LIMIT ${limit}`,
    [state, updatedAt, to, updatedAt, accountId, accountId, sessionId],
  );
  return rows.map((row) => sessionCodec.fromPlain(row));
}

/** A page of the account's programs, by id; one more than `limit` when others follow. */
export async function findProgramIds(
  manager: EntityManager,
  accountId: string,
  { programId, after, limit }: { programId: string | undefined; after: string; limit: number },
): Promise<string[]> {
  const isAsked = programId === undefined ? '' : ' AND programId = ?';
  const rows = await manager.query<{ programId: string }[]>(
    `SELECT programId FROM programs WHERE accountId = ? AND removedAt IS NULL AND programId > ?${isAsked}
     ORDER BY programId LIMIT ${limit + 1}`,
    [accountId, after, ...(programId === undefined ? [] : [programId])],
  );
  return rows.map((row) => row.programId);
}

/** The quarters of the programs' days between `from` and `to`. */
export async function findActivity(
  manager: EntityManager,
  accountId: string,
  programIds: readonly string[],
  { from, to }: { from: number; to: number },
): Promise<Map<string, Days>> {
  const rows = await manager.query<{ programId: string; day: number | string; quarters: string }[]>(
    `SELECT programId, day, quarters FROM program_activity
     WHERE accountId = ? AND programId IN (${placeholders(programIds)}) AND day >= ? AND day <= ?`,
    [accountId, ...programIds, from, to],
  );
  const byProgram = new Map<string, Map<number, string>>();
  for (const { programId, day, quarters } of rows)
    byProgram.set(programId, (byProgram.get(programId) ?? new Map()).set(Number(day), quarters));
  return byProgram;
}

/** The observed quarters of the days between `from` and `to`. */
export async function findObservedDays(
  manager: EntityManager,
  { from, to }: { from: number; to: number },
): Promise<Days> {
  const rows = await manager.query<{ day: number | string; quarters: string }[]>(
    'SELECT day, quarters FROM observed_days WHERE day >= ? AND day <= ?',
    [from, to],
  );
  return new Map(rows.map(({ day, quarters }) => [Number(day), quarters]));
}

export interface QuestionFigures {
  readonly asked: number;
  /** Null when none was answered. */
  readonly medianAnswerMs: number | null;
}

/** How many questions each program has asked since `from`, and how long half of the answered ones waited at most (index questions_of_program). */
export async function findQuestionFigures(
  manager: EntityManager,
  accountId: string,
  programIds: readonly string[],
  from: number,
): Promise<Map<string, QuestionFigures>> {
  const rows = await manager.query<{ programId: string; asked: number | string; median: number | string | null }[]>(
    `SELECT programId, MAX(asked) AS asked, AVG(CASE WHEN waited IS NOT NULL AND place * 2 BETWEEN answers AND answers + 2 THEN waited END) AS median
     FROM (
       SELECT programId, waited, COUNT(*) OVER (PARTITION BY programId) AS asked, COUNT(waited) OVER (PARTITION BY programId) AS answers,
         ROW_NUMBER() OVER (PARTITION BY programId ORDER BY waited IS NULL, waited) AS place
       FROM (
         SELECT programId, CASE WHEN state = 'answered' THEN closedAt - createdAt END AS waited FROM questions
         WHERE accountId = ? AND programId IN (${placeholders(programIds)}) AND createdAt >= ?
       ) AS questions_since
     ) AS ranked GROUP BY programId`,
    [accountId, ...programIds, from],
  );
  return new Map(
    rows.map(({ programId, asked, median }) => [
      programId,
      { asked: Number(asked), medianAnswerMs: median === null ? null : Number(median) },
    ]),
  );
}
