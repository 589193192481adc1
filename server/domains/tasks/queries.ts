/** Queries of tasks, each with the session that has claimed it. */
import { type EntityManager, In } from 'typeorm';
import { decodeCursor, toPage } from '../../platform/cursor.ts';
import { findKeysInRanges, type IndexRange } from '../../platform/database/index-ranges.ts';
import type { Transaction } from '../../platform/database/store.ts';
import {
  isAlive,
  type LivenessContext,
  Session,
  type SessionRow,
  sessionByIdQuery,
  staleCutoff,
} from '../sessions/index.ts';
import { CLAIM_HELD_SQL, CLAIM_LAPSED_SQL, TASKS_WITH_CLAIMANT } from './claims.ts';
import { Task, type TaskRow, WILDCARD_TARGET } from './entity.ts';
import type { TaskSnapshot } from './rules.ts';

/** Reads the claimant after the row: when the row is locked, this is the session that has the task now. */
export async function loadTaskSnapshot(
  manager: EntityManager,
  task: TaskRow,
  at: LivenessContext,
): Promise<TaskSnapshot> {
  const { accountId, claimedSession } = task;
  const claimant = claimedSession === null ? null : await sessionByIdQuery(manager, accountId, claimedSession).getOne();
  return toTaskSnapshot(task, claimant, at);
}

const toTaskSnapshot = (task: TaskRow, claimant: SessionRow | null, at: LivenessContext): TaskSnapshot => {
  const isHeld = task.state === 'claimed' && claimant !== null && isAlive(claimant, at);
  return { task, isHeld, now: at.now };
};

export const lockTask = ({ manager, forUpdate }: Transaction, accountId: string, taskId: string) =>
  forUpdate(
    manager
      .createQueryBuilder(Task, 'task')
      .where('task.accountId = :accountId AND task.taskId = :taskId', { accountId, taskId }),
  ).getOne();

export interface TaskFilter {
  readonly accountId: string;
  /** The program that lists, which sees its own tasks only; null for callers that see every task of the account. */
  readonly viewer: string | null;
  readonly state: 'pending' | TaskRow['state'] | 'all';
  readonly target: string | undefined;
  readonly claimedBy: string | undefined;
  readonly limit: number;
  readonly cursor: string | undefined;
  readonly at: LivenessContext;
}

/** A page in the order of `turn`. All filters run in the database, before the limit. */
export async function listTasks(manager: EntityManager, filter: TaskFilter) {
  const after = decodeCursor(filter.cursor);
  const keys = await findKeysInRanges<{ taskId: string; turn: number | string }>(manager, {
    from: TASKS_WITH_CLAIMANT,
    alias: 't',
    sortColumn: 'turn',
    idColumn: 'taskId',
    direction: 'ASC',
    ranges: rangesFor(filter),
    after,
    limit: filter.limit + 1,
  });
  const { page, nextCursor } = toPage(keys, filter.limit, (key) => [Number(key.turn), key.taskId]);
  return { tasks: await loadTasks(manager, filter, page), nextCursor };
}

async function loadTasks(
  manager: EntityManager,
  { accountId, at }: TaskFilter,
  page: readonly { taskId: string }[],
): Promise<TaskSnapshot[]> {
  if (page.length === 0) return [];
  const rows = await manager.findBy(Task, { accountId, taskId: In(page.map(({ taskId }) => taskId)) });
  const ids = new Set(rows.flatMap(({ state, claimedSession }) => (state === 'claimed' ? (claimedSession ?? []) : [])));
  const sessions = ids.size > 0 ? await manager.findBy(Session, { accountId, sessionId: In([...ids]) }) : [];
  const tasks = new Map(rows.map((row) => [row.taskId, row]));
  const claimants = new Map(sessions.map((row) => [row.sessionId, row]));
  return page.flatMap(({ taskId }) => {
    const task = tasks.get(taskId);
    return task ? toTaskSnapshot(task, claimants.get(task.claimedSession ?? '') ?? null, at) : [];
  });
}

const UNEXPIRED = '(t.expiresAt IS NULL OR t.expiresAt > ?)';

/** Ranges of the indices tasks_by_state, tasks_by_target, tasks_by_claimant and tasks_by_creator. */
function rangesFor({ accountId, viewer, state, target, claimedBy, at }: TaskFilter): IndexRange[] {
  const { now } = at;
  const since = staleCutoff(at);
  const created: IndexRange = ["t.state = 'created'", []];
  const waiting: IndexRange = [`t.state = 'created' AND ${UNEXPIRED}`, [now]];
  const held: IndexRange = [`t.state = 'claimed' AND ${CLAIM_HELD_SQL}`, [since]];
  const lapsed: IndexRange = [`t.state = 'claimed' AND ${CLAIM_LAPSED_SQL}`, [since]];
  const waitingAgain: IndexRange = [`t.state = 'claimed' AND ${CLAIM_LAPSED_SQL} AND ${UNEXPIRED}`, [since, now]];
  const completed: IndexRange = ["t.state = 'completed'", []];
  const unclaimed = claimedBy === undefined;
  const ofState: Record<TaskFilter['state'], readonly IndexRange[]> = {
    pending: unclaimed ? [waiting, waitingAgain] : [],
    created: unclaimed ? [created, lapsed] : [],
    claimed: [held],
    completed: [completed],
    all: unclaimed ? [created, ["t.state = 'claimed'", []], completed] : [held, completed],
  };
  const ofTarget = targetRanges(target, viewer);
  const ofClaimant: IndexRange = claimedBy === undefined ? ['', []] : [' AND t.claimedBy = ?', [claimedBy]];
  return ofState[state].flatMap(([condition, values]) =>
    ofTarget.map(
      ([onTarget, targetValues]): IndexRange => [
        `t.accountId = ? AND ${condition}${onTarget}${ofClaimant[0]}`,
        [accountId, ...values, ...targetValues, ...ofClaimant[1]],
      ],
    ),
  );
}

/**
 * Ranges without common rows: the tasks for a target, and of these what the viewer may see. As in `isVisibleTo`; only a
 * task's target or its creator can be the viewer here, because whoever claims a task is its target.
 */
function targetRanges(target: string | undefined, viewer: string | null): readonly IndexRange[] {
  const forTarget = (each: string): IndexRange => [' AND t.target = ?', [each]];
  const targets = target === undefined || target === WILDCARD_TARGET ? [WILDCARD_TARGET] : [target, WILDCARD_TARGET];
  if (viewer === null) return target === undefined ? [['', []]] : targets.map(forTarget);
  if (target === undefined) {
    const created: IndexRange = [' AND t.createdBy = ? AND t.target NOT IN (?, ?)', [viewer, viewer, WILDCARD_TARGET]];
    return [forTarget(viewer), forTarget(WILDCARD_TARGET), created];
  }
  return targets.map((each) =>
    each === viewer || each === WILDCARD_TARGET
      ? forTarget(each)
      : [' AND t.target = ? AND t.createdBy = ?', [each, viewer]],
  );
}
