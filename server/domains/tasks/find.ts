/** Finding tasks: one by its id, a page of many, each with the session that has claimed it. */
import { type EntityManager, In } from 'typeorm';
import { decodeCursor, type Keyset, pageOf } from '../../platform/cursor.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { Session, type SessionRow } from '../sessions/entity.ts';
import { sessionById } from '../sessions/find.ts';
import { isAlive, type Moment } from '../sessions/life.ts';
import { HELD, LAPSED, TASKS_WITH_CLAIMANT } from './claims.ts';
import { EVERYBODY, Task, type TaskRow } from './entity.ts';
import type { KnownTask } from './rules.ts';

/** The claimant is read after the row, so under a lock on the row it is whoever has the task now. */
export async function knownTask(manager: EntityManager, task: TaskRow, at: Moment): Promise<KnownTask> {
  const { accountId, claimedSession } = task;
  const claimant = claimedSession === null ? null : await sessionById(manager, accountId, claimedSession).getOne();
  return asFound(task, claimant, at);
}

const asFound = (task: TaskRow, claimant: SessionRow | null, at: Moment): KnownTask => {
  const isHeld = task.state === 'claimed' && claimant !== null && isAlive(claimant, at);
  return { task, isHeld, now: at.now };
};

export const lockedTask = ({ manager, forUpdate }: Transaction, accountId: string, taskId: string) =>
  forUpdate(
    manager
      .createQueryBuilder(Task, 'task')
      .where('task.accountId = :accountId AND task.taskId = :taskId', { accountId, taskId }),
  ).getOne();

export interface TaskFilter {
  readonly accountId: string;
  readonly state: 'pending' | TaskRow['state'] | 'all';
  readonly target: string | undefined;
  readonly claimedBy: string | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly at: Moment;
}

/** A page in the order of their turns. The filters run in the database, before the limit. */
export async function taskPage(manager: EntityManager, filter: TaskFilter) {
  const after = decodeCursor(filter.cursor);
  const keys = await firstOf(manager, branchesOf(filter), after, filter.limit + 1);
  const { page, nextCursor } = pageOf(keys, filter.limit, (key) => [Number(key.turn), key.taskId]);
  return { tasks: await known(manager, filter, page), nextCursor };
}

async function known(
  manager: EntityManager,
  { accountId, at }: TaskFilter,
  page: readonly { taskId: string }[],
): Promise<KnownTask[]> {
  if (page.length === 0) return [];
  const rows = await manager.findBy(Task, { accountId, taskId: In(page.map(({ taskId }) => taskId)) });
  const ids = new Set(rows.flatMap(({ state, claimedSession }) => (state === 'claimed' ? (claimedSession ?? []) : [])));
  const sessions = ids.size > 0 ? await manager.findBy(Session, { accountId, sessionId: In([...ids]) }) : [];
  const tasks = new Map(rows.map((row) => [row.taskId, row]));
  const claimants = new Map(sessions.map((row) => [row.sessionId, row]));
  return page.flatMap(({ taskId }) => {
    const task = tasks.get(taskId);
    return task ? asFound(task, claimants.get(task.claimedSession ?? '') ?? null, at) : [];
  });
}

/** One range of an index that is sorted by turn: its condition and the values in it. */
type Branch = readonly [condition: string, values: readonly unknown[]];

const UNEXPIRED = '(t.expiresAt IS NULL OR t.expiresAt > ?)';

/** Ranges of tasks_by_state, tasks_by_target and tasks_by_claimant. */
function branchesOf({ accountId, state, target, claimedBy, at: { now, staleAfterMs } }: TaskFilter): Branch[] {
  // Whoever was last heard of before this is silent.
  const since = now - staleAfterMs;
  const created: Branch = ["t.state = 'created'", []];
  const waiting: Branch = [`t.state = 'created' AND ${UNEXPIRED}`, [now]];
  const held: Branch = [`t.state = 'claimed' AND ${HELD}`, [since]];
  const lapsed: Branch = [`t.state = 'claimed' AND ${LAPSED}`, [since]];
  const waitingAgain: Branch = [`t.state = 'claimed' AND ${LAPSED} AND ${UNEXPIRED}`, [since, now]];
  const completed: Branch = ["t.state = 'completed'", []];
  const unclaimed = claimedBy === undefined;
  const ofState: Record<TaskFilter['state'], readonly Branch[]> = {
    pending: unclaimed ? [waiting, waitingAgain] : [],
    created: unclaimed ? [created, lapsed] : [],
    claimed: [held],
    completed: [completed],
    all: unclaimed ? [created, ["t.state = 'claimed'", []], completed] : [held, completed],
  };
  const targets = target === undefined ? [] : target === EVERYBODY ? [EVERYBODY] : [target, EVERYBODY];
  const ofTarget: Branch[] =
    target === undefined ? [['', []]] : targets.map((each): Branch => [' AND t.target = ?', [each]]);
  const ofClaimant: Branch = claimedBy === undefined ? ['', []] : [' AND t.claimedBy = ?', [claimedBy]];
  return ofState[state].flatMap(([condition, values]) =>
    ofTarget.map(
      ([onTarget, targetValues]): Branch => [
        `t.accountId = ? AND ${condition}${onTarget}${ofClaimant[0]}`,
        [accountId, ...values, ...targetValues, ...ofClaimant[1]],
      ],
    ),
  );
}

/** The first rows of several ranges, each read from its index in order. */
async function firstOf(manager: EntityManager, branches: readonly Branch[], after: Keyset | null, limit: number) {
  if (branches.length === 0) return [];
  const behind = after ? ' AND t.turn >= ? AND (t.turn > ? OR t.taskId > ?)' : '';
  const behindValues = after ? [after[0], after[0], after[1]] : [];
  const selects = branches.map(
    ([condition], index) =>
      `SELECT * FROM (SELECT t.taskId AS taskId, t.turn AS turn FROM ${TASKS_WITH_CLAIMANT}
       WHERE ${condition}${behind} ORDER BY t.turn, t.taskId LIMIT ${limit}) AS range${index}`,
  );
  const values = branches.flatMap(([, branchValues]) => [...branchValues, ...behindValues]);
  return manager.query<{ taskId: string; turn: number | string }[]>(
    `${selects.join(' UNION ALL ')} ORDER BY turn, taskId LIMIT ${limit}`,
    values,
  );
}
