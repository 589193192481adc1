/** The read model across domains: the status of every program, in a constant number of queries. */
import type { EntityManager } from 'typeorm';
import { placeholders } from '../../platform/database/sql.ts';
import { type LivenessContext, liveSql, type SessionRow, sessionCodec, staleCutoff } from '../sessions/index.ts';
import { CLAIM_LAPSED_SQL, TASKS_WITH_CLAIMANT, WILDCARD_TARGET } from '../tasks/index.ts';
import { countSessions, findMostImportant } from './program-sessions.ts';
import type { SessionCounts } from './rules.ts';

/** Tasks and messages that wait for a program. */
export interface PendingCounts {
  readonly tasks: number;
  readonly messages: number;
}

export interface ProgramStatus extends SessionCounts {
  readonly programId: string;
  /** The session that matters most; null when there never was one. */
  readonly session: SessionRow | null;
  readonly pending: PendingCounts;
}

type Row = Readonly<Record<string, unknown>>;

const UNEXPIRED = '(expiresAt IS NULL OR expiresAt > ?)';

export interface FleetStatus {
  readonly programs: readonly ProgramStatus[];
  /** Tasks that any program may claim; `pending` of every program includes them. */
  readonly tasksForAll: number;
}

/** The status of every program of an account. */
export async function findFleetStatus(
  manager: EntityManager,
  accountId: string,
  at: LivenessContext,
): Promise<FleetStatus> {
  const { now } = at;
  const since = staleCutoff(at);
  const programs = await manager.query<Row[]>(PROGRAMS_SQL, [accountId]);
  const live = groupByProgram(await findSessions(manager, LIVE_SESSIONS_SQL, [accountId]));
  const newestIds = programs
    .filter((program) => !live.has(String(program['programId'])) && program['newest'] !== null)
    .map((program) => String(program['newest']));
  const ended = groupByProgram(await findSessionsById(manager, accountId, newestIds));
  const tasks = byKey(await manager.query<Row[]>(TASK_COUNTS_SQL, [accountId, now, accountId, since, now]), 'target');
  const messages = byKey(
    await manager.query<Row[]>(`${MESSAGE_COUNTS_SQL} GROUP BY recipient`, [accountId, now]),
    'recipient',
  );
  const shared = count(tasks.get(WILDCARD_TARGET), 'pending');
  const statuses = programs.map((program) => {
    const programId = String(program['programId']);
    return {
      programId,
      session: findMostImportant(live.get(programId) ?? ended.get(programId) ?? [], at),
      ...countSessions(live.get(programId) ?? [], at),
      pending: {
        tasks: count(tasks.get(programId), 'pending') + shared,
        messages: count(messages.get(programId), 'pending'),
      },
    };
  });
  return { programs: statuses, tasksForAll: shared };
}

/** What the answer to a session update tells its program: the work that waits, and whether an admin paused it. */
export interface ProgramNotices extends PendingCounts {
  readonly paused: boolean;
}

/** The notices of some programs of an account, in one query. */
export async function findProgramNotices(
  manager: EntityManager,
  accountId: string,
  programIds: readonly string[],
  at: LivenessContext,
): Promise<Map<string, ProgramNotices>> {
  const { now } = at;
  const since = staleCutoff(at);
  const rows = await manager.query<Row[]>(NOTICES_SQL.replaceAll('…', placeholders(programIds)), [
    ...[accountId, ...programIds, WILDCARD_TARGET, now],
    ...[accountId, ...programIds, WILDCARD_TARGET, since, now],
    ...[accountId, ...programIds, now],
    ...[accountId, ...programIds],
  ]);
  const counts = new Map(rows.map((row) => [`${row['what']} ${row['programId']}`, Number(row['count'])]));
  const countFor = (what: string, programId: string) => counts.get(`${what} ${programId}`) ?? 0;
  const countTasks = (target: string) => countFor('unclaimed', target) + countFor('lapsed', target);
  const shared = countTasks(WILDCARD_TARGET);
  return new Map(
    programIds.map((programId) => [
      programId,
      {
        tasks: countTasks(programId) + shared,
        messages: countFor('messages', programId),
        paused: countFor('paused', programId) > 0,
      },
    ]),
  );
}

/** Tasks claimed by a session that is no longer alive. Claimed tasks are few, so the join is cheap. */
const LAPSED_TASKS = `FROM ${TASKS_WITH_CLAIMANT} WHERE t.accountId = ? AND t.state = 'claimed'`;
const LAPSED_UNEXPIRED = `${CLAIM_LAPSED_SQL} AND (t.expiresAt IS NULL OR t.expiresAt > ?)`;
const TASK_COUNTS_SQL = `SELECT target, SUM(pending) AS pending FROM (
  SELECT target, COUNT(*) AS pending FROM tasks WHERE accountId = ? AND state = 'created' AND ${UNEXPIRED} GROUP BY target
  UNION ALL
  SELECT t.target AS target, COUNT(*) AS pending ${LAPSED_TASKS} AND ${LAPSED_UNEXPIRED} GROUP BY t.target
) AS waiting GROUP BY target`;
const MESSAGE_COUNTS_SQL = `SELECT recipient, COUNT(*) AS pending FROM message_deliveries WHERE accountId = ? AND readAt IS NULL AND ${UNEXPIRED}`;
const LIVE_SESSIONS_SQL = `SELECT ${sessionCodec.columns.join(', ')} FROM sessions WHERE accountId = ? AND ${liveSql()}`;

/** `…` is replaced by one placeholder per program. */
const NOTICES_SQL = `SELECT 'unclaimed' AS what, target AS programId, COUNT(*) AS count FROM tasks
    WHERE accountId = ? AND state = 'created' AND target IN (…, ?) AND ${UNEXPIRED} GROUP BY target
  UNION ALL SELECT 'lapsed', t.target, COUNT(*) ${LAPSED_TASKS} AND t.target IN (…, ?) AND ${LAPSED_UNEXPIRED} GROUP BY t.target
  UNION ALL SELECT 'messages', recipient, COUNT(*) FROM message_deliveries
    WHERE accountId = ? AND recipient IN (…) AND readAt IS NULL AND ${UNEXPIRED} GROUP BY recipient
  UNION ALL SELECT 'paused', programId, 1 FROM programs WHERE accountId = ? AND programId IN (…) AND pausedAt IS NOT NULL`;

/**
 * One index lookup per program: its newest session, archived ones last. The ORDER BY names every
 * column of the index, constant ones too: otherwise MySQL reads and sorts all sessions that the program ever had.
 */
const newestSessionSql = (archived: 0 | 1): string =>
  `(SELECT s.sessionId FROM sessions s WHERE s.accountId = p.accountId AND s.programId = p.programId AND s.archived = ${archived}
    ORDER BY s.accountId DESC, s.programId DESC, s.archived DESC, s.updatedAt DESC, s.sessionId DESC LIMIT 1)`;
const PROGRAMS_SQL = `SELECT p.programId AS programId,
  COALESCE(${newestSessionSql(0)}, ${newestSessionSql(1)}) AS newest
  FROM programs p WHERE p.accountId = ? AND p.removedAt IS NULL ORDER BY p.programId`;

async function findSessionsById(
  manager: EntityManager,
  accountId: string,
  ids: readonly string[],
): Promise<SessionRow[]> {
  if (ids.length === 0) return [];
  const condition = `accountId = ? AND sessionId IN (${placeholders(ids)})`;
  const sql = `SELECT ${sessionCodec.columns.join(', ')} FROM sessions WHERE ${condition}`;
  return findSessions(manager, sql, [accountId, ...ids]);
}

async function findSessions(manager: EntityManager, sql: string, values: unknown[]): Promise<SessionRow[]> {
  const rows = await manager.query<SessionRow[]>(sql, values);
  return rows.map((row) => sessionCodec.fromPlain(row));
}

function groupByProgram(sessions: readonly SessionRow[]): Map<string, SessionRow[]> {
  const groups = new Map<string, SessionRow[]>();
  for (const session of sessions) {
    const key = session.programId ?? '';
    groups.set(key, [...(groups.get(key) ?? []), session]);
  }
  return groups;
}

const byKey = (rows: readonly Row[], key: string): Map<string, Row> =>
  new Map(rows.map((row) => [String(row[key]), row]));
const count = (row: Row | undefined, field: string): number => Number(row?.[field] ?? 0);
