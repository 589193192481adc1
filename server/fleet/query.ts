/** The read model across domains: what is known of every program, in a constant number of queries. */
import type { EntityManager } from 'typeorm';
import { LAPSED, TASKS_WITH_CLAIMANT } from '../tasks/claims.ts';
import { EVERYBODY } from '../tasks/entity.ts';

/** What waits for a program. */
export interface Pending {
  readonly tasks: number;
  readonly messages: number;
}

export interface NewestSession {
  readonly sessionId: string;
  readonly state: 'working' | 'blocked' | 'complete' | 'pinned';
  readonly handoffRequired: boolean;
  readonly contextBytes: number | null;
  readonly contextLimitBytes: number | null;
}

export interface ProgramSigns {
  readonly programId: string;
  readonly lastHeartbeat: number | null;
  readonly newest: NewestSession | null;
  /** Live by their own word. */
  readonly live: number;
  /** Live and not silent. */
  readonly active: number;
  readonly pending: Pending;
}

type Row = Readonly<Record<string, unknown>>;

const LIVE = "archived = 0 AND state IN ('working', 'blocked', 'pinned')";
const UNEXPIRED = '(expiresAt IS NULL OR expiresAt > ?)';

/** Every program of an account. Whoever was last heard of before `since` is silent. */
export async function programSigns(
  manager: EntityManager,
  accountId: string,
  now: number,
  since: number,
): Promise<ProgramSigns[]> {
  const programs = await manager.query<Row[]>(PROGRAMS, [accountId]);
  const newest = await newestSessions(manager, accountId, programs);
  const lives = byKey(await manager.query<Row[]>(LIVES, [since, accountId]), 'programId');
  const tasks = byKey(await manager.query<Row[]>(TASKS, [accountId, now, accountId, since, now]), 'target');
  const messages = byKey(await manager.query<Row[]>(`${MESSAGES} GROUP BY recipient`, [accountId, now]), 'recipient');
  const shared = count(tasks.get(EVERYBODY), 'pending');
  return programs.map((program) => {
    const programId = String(program['programId']);
    return {
      programId,
      lastHeartbeat: program['lastHeartbeat'] === null ? null : Number(program['lastHeartbeat']),
      newest: newest.get(programId) ?? null,
      live: count(lives.get(programId), 'live'),
      active: count(lives.get(programId), 'active'),
      pending: {
        tasks: count(tasks.get(programId), 'pending') + shared,
        messages: count(messages.get(programId), 'pending'),
      },
    };
  });
}

/** What waits for one program, and whether a person asked it to pause. Whoever was last heard of before `since` is silent. */
export async function programNews(
  manager: EntityManager,
  accountId: string,
  programId: string,
  now: number,
  since: number,
) {
  const [row] = await manager.query<Row[]>(NEWS, [
    ...[accountId, programId, EVERYBODY, now],
    ...[accountId, programId, EVERYBODY, since, now],
    ...[accountId, programId, now],
    ...[accountId, programId],
  ]);
  const tasks = count(row, 'unclaimed') + count(row, 'lapsed');
  return { tasks, messages: count(row, 'messages'), paused: row?.['pausedAt'] != null };
}

/** Claimed by a session that is no longer alive; tasks that are claimed are few. */
const LAPSED_TASKS = `FROM ${TASKS_WITH_CLAIMANT} WHERE t.accountId = ? AND t.state = 'claimed'`;
const LAPSED_UNEXPIRED = `${LAPSED} AND (t.expiresAt IS NULL OR t.expiresAt > ?)`;
const TASKS = `SELECT target, SUM(pending) AS pending FROM (
  SELECT target, COUNT(*) AS pending FROM tasks WHERE accountId = ? AND state = 'created' AND ${UNEXPIRED} GROUP BY target
  UNION ALL
  SELECT t.target AS target, COUNT(*) AS pending ${LAPSED_TASKS} AND ${LAPSED_UNEXPIRED} GROUP BY t.target
) AS waiting GROUP BY target`;
const MESSAGES = `SELECT recipient, COUNT(*) AS pending FROM message_deliveries WHERE accountId = ? AND readAt IS NULL AND ${UNEXPIRED}`;
const LIVES = `SELECT programId, COUNT(*) AS live, SUM(CASE WHEN updatedAt >= ? THEN 1 ELSE 0 END) AS active
  FROM sessions WHERE accountId = ? AND ${LIVE} GROUP BY programId`;

const NEWS = `SELECT
  (SELECT COUNT(*) FROM tasks WHERE accountId = ? AND state = 'created' AND target IN (?, ?) AND ${UNEXPIRED}) AS unclaimed,
  (SELECT COUNT(*) ${LAPSED_TASKS} AND t.target IN (?, ?) AND ${LAPSED_UNEXPIRED}) AS lapsed,
  (SELECT COUNT(*) FROM message_deliveries WHERE accountId = ? AND recipient = ? AND readAt IS NULL AND ${UNEXPIRED}) AS messages,
  (SELECT pausedAt FROM programs WHERE accountId = ? AND programId = ?) AS pausedAt`;

/** For each program one step into an index: its last heartbeat, and its newest session, archived ones last. */
const newestOf = (archived: 0 | 1): string =>
  `(SELECT s.sessionId FROM sessions s WHERE s.accountId = p.accountId AND s.programId = p.programId AND s.archived = ${archived}
    ORDER BY s.updatedAt DESC, s.sessionId DESC LIMIT 1)`;
const PROGRAMS = `SELECT p.programId AS programId,
  (SELECT MAX(s.lastHeartbeat) FROM sessions s WHERE s.accountId = p.accountId AND s.programId = p.programId) AS lastHeartbeat,
  COALESCE(${newestOf(0)}, ${newestOf(1)}) AS newest
  FROM programs p WHERE p.accountId = ? ORDER BY p.programId`;

async function newestSessions(
  manager: EntityManager,
  accountId: string,
  programs: readonly Row[],
): Promise<Map<string, NewestSession>> {
  const ids = programs.map((program) => program['newest']).filter((id) => id !== null);
  if (ids.length === 0) return new Map();
  const rows = await manager.query<Row[]>(
    `SELECT sessionId, programId, state, handoffRequired, contextBytes, contextLimitBytes FROM sessions
     WHERE accountId = ? AND sessionId IN (${ids.map(() => '?').join(', ')})`,
    [accountId, ...ids],
  );
  return new Map(
    rows.map((row) => [
      String(row['programId']),
      {
        sessionId: String(row['sessionId']),
        state: row['state'] as NewestSession['state'],
        handoffRequired: Number(row['handoffRequired']) === 1,
        contextBytes: numberOrNull(row['contextBytes']),
        contextLimitBytes: numberOrNull(row['contextLimitBytes']),
      },
    ]),
  );
}

const byKey = (rows: readonly Row[], key: string): Map<string, Row> =>
  new Map(rows.map((row) => [String(row[key]), row]));
const count = (row: Row | undefined, field: string): number => Number(row?.[field] ?? 0);
const numberOrNull = (value: unknown): number | null => (value === null ? null : Number(value));
