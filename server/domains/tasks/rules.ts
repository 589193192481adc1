/** The rules of tasks. Pure functions: a snapshot carries the time, and whether the claim holds at that time. */
import type { components } from '../../../openapi/generated/types.ts';
import { SECOND } from '../../platform/clock.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import type { SessionRow } from '../sessions/index.ts';
import { type TaskRow, WILDCARD_TARGET } from './entity.ts';

type Schemas = components['schemas'];

/** A task at the instant `now`. */
export interface TaskSnapshot {
  readonly task: TaskRow;
  /** Claimed by a session that is alive. So the session's heartbeats extend the claim. */
  readonly isHeld: boolean;
  readonly now: number;
}

const DEFAULT_PRIORITY = 3;
const MAX_PRIORITY = 5;
/** Larger than any instant in milliseconds, so that `turn` sorts by priority first. */
const PRIORITY_WEIGHT = 1e14;

/** A new, unclaimed task. */
export function newTask(
  creator: Pick<TaskRow, 'accountId' | 'taskId' | 'createdBy' | 'createdByKey'>,
  { title, target, instructions = '', priority = DEFAULT_PRIORITY, ttlSeconds }: Schemas['TaskCreate'],
  now: number,
): TaskRow {
  return {
    ...creator,
    title,
    target,
    instructions,
    priority,
    turn: (MAX_PRIORITY - priority) * PRIORITY_WEIGHT + now,
    createdAt: now,
    expiresAt: ttlSeconds === undefined ? null : now + ttlSeconds * SECOND,
    completedAt: null,
    outcome: null,
    result: null,
    ...UNCLAIMED,
  };
}

const UNCLAIMED = { state: 'created', claimedBy: null, claimedSession: null, claimedAt: null } as const;

/** Expired without a claim that holds. */
export const isExpired = ({ task, isHeld, now }: TaskSnapshot): boolean =>
  task.state !== 'completed' && !isHeld && isPastExpiry(task, now);

/** The task as it reads now: a claim that has lapsed reads as unclaimed. */
export const effectiveTask = ({ task, isHeld }: TaskSnapshot): TaskRow =>
  task.state === 'claimed' && !isHeld ? { ...task, ...UNCLAIMED } : task;

/**
 * Whether a caller may know of a task: a program only when the task is for it or for all, or when it created or claimed
 * it. Auditors and admins see every task of their account.
 */
export const isVisibleTo = (
  { role, programId }: Pick<Principal, 'role' | 'programId'>,
  { target, createdBy, claimedBy }: TaskRow,
): boolean => role !== 'program' || [target, createdBy, claimedBy].includes(programId) || target === WILDCARD_TARGET;

/**
 * The task after a claim by a live session; the same row when the session already has the task. Throws `forbidden`,
 * `task-completed`, `task-taken`, `task-expired`.
 */
export function applyClaim({ task, isHeld, now }: TaskSnapshot, session: SessionRow): TaskRow {
  if (task.target !== WILDCARD_TARGET && task.target !== session.programId)
    throw new Fault('forbidden', `Task '${task.taskId}' is for the program '${task.target}' only.`);
  if (task.state === 'completed') throw taskCompleted(task);
  if (isHeld) {
    if (task.claimedSession === session.sessionId) return task;
    throw taskTaken(task, 'Take another one.');
  }
  if (isPastExpiry(task, now))
    throw new Fault('task-expired', `Task '${task.taskId}' was not claimed in its time. Take another one.`);
  const { programId, sessionId } = session;
  return { ...task, state: 'claimed', claimedBy: programId, claimedSession: sessionId, claimedAt: now };
}

/** Who completes or releases a claim: a program, optionally as one of its sessions, or an admin for any program. */
export interface ClaimActor {
  readonly programId: string | null;
  readonly sessionId: string | undefined;
  readonly isAdmin: boolean;
}

/** The task after a release. Throws `task-completed`, `task-not-claimed`, `task-taken`, `claim-lapsed`. */
export function applyRelease(snapshot: TaskSnapshot, actor: ClaimActor): TaskRow {
  requireClaim(snapshot, actor);
  if (snapshot.task.state === 'created') throw taskNotClaimed(snapshot.task);
  return { ...snapshot.task, ...UNCLAIMED };
}

/** The completed task. Throws `task-completed`, `task-not-claimed`, `task-taken`, `claim-lapsed`. */
export function applyCompletion(
  snapshot: TaskSnapshot,
  actor: ClaimActor,
  { outcome, result }: Pick<Schemas['TaskCompletion'], 'outcome' | 'result'>,
): TaskRow {
  requireClaim(snapshot, actor);
  return { ...effectiveTask(snapshot), state: 'completed', outcome, result: result ?? null, completedAt: snapshot.now };
}

function requireClaim({ task, isHeld }: TaskSnapshot, actor: ClaimActor): void {
  if (task.state === 'completed') throw taskCompleted(task);
  if (actor.isAdmin && actor.sessionId === undefined) return;
  const isOwn =
    (actor.isAdmin || task.claimedBy === actor.programId) &&
    (actor.sessionId === undefined || task.claimedSession === actor.sessionId);
  if (isHeld) {
    if (isOwn) return;
    throw taskTaken(task, 'If you were working on it, stop.');
  }
  if (task.state === 'created' || !isOwn) throw taskNotClaimed(task);
  throw new Fault(
    'claim-lapsed',
    `Session '${task.claimedSession}' was silent for too long or has ended, so its claim of task '${task.taskId}' has lapsed. ` +
      'Send its heartbeat or claim the task again first.',
  );
}

const isPastExpiry = ({ expiresAt }: TaskRow, now: number): boolean => expiresAt !== null && expiresAt <= now;

const taskNotClaimed = ({ taskId }: TaskRow): Fault =>
  new Fault('task-not-claimed', `Nobody has claimed task '${taskId}'. Claim it first (claimTask).`);

const taskCompleted = ({ taskId, outcome }: TaskRow): Fault =>
  new Fault('task-completed', `Task '${taskId}' is completed (${outcome}). Nothing changes it any more.`);

const taskTaken = ({ taskId, claimedBy, claimedSession }: TaskRow, advice: string): Fault =>
  new Fault(
    'task-taken',
    `Task '${taskId}' is claimed by '${claimedBy}' in its session '${claimedSession}'. ${advice}`,
    { ...(claimedBy !== null && { claimedBy }), ...(claimedSession !== null && { claimedSession }) },
  );
