/**
 * Changes of tasks, each in one transaction. The task's row is locked before it is read, so that one of several claimants
 * wins and the others learn who has it. Lock order: session, task, the account's event counter.
 */
import { In } from 'typeorm';
import { v7 as timeOrderedId } from 'uuid';
import type { components, operations } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import type { EventType } from '../../platform/events/entity.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import type { AccountCaps } from '../../platform/limits/account-caps.ts';
import { isAdmin, type Principal } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { requireNamedSession, requireProgram } from '../programs/index.ts';
import {
  assertCanClaim,
  assertNotSuperseded,
  CURRENT_SESSION_ALIAS,
  type LivenessContext,
  livenessAt,
  lockCurrentSession,
  lockSession,
  requireFence,
  type SessionRow,
  sessionNotFound,
} from '../sessions/index.ts';
import { Task, type TaskRow, WILDCARD_TARGET } from './entity.ts';
import { listTasks, loadTaskSnapshot, lockTask } from './queries.ts';
import {
  applyClaim,
  applyCompletion,
  applyRelease,
  type ClaimActor,
  isVisibleTo,
  newTask,
  type TaskSnapshot,
} from './rules.ts';

type Schemas = components['schemas'];
type TaskQuery = NonNullable<operations['listTasks']['parameters']['query']>;

export class TaskService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly caps: AccountCaps,
  ) {}

  #livenessContext(): LivenessContext {
    return livenessAt(this.clock, this.settings);
  }

  /** Creates a task. Throws `program-not-found`, `account-limit-reached`, and what `requireFence` throws. */
  create(principal: Principal, create: Schemas['TaskCreate']): Promise<TaskSnapshot> {
    const { accountId, programId: createdBy, keyId: createdByKey } = principal;
    const taskId = timeOrderedId();
    return this.store.write(async (transaction) => {
      const { manager } = transaction;
      await requireFence(transaction, principal, create.sessionId);
      if (create.target !== WILDCARD_TARGET) await requireProgram(manager, { accountId, programId: create.target });
      const now = this.clock.now();
      await this.caps.require(manager, 'openTasks', accountId, now);
      const task = newTask({ accountId, taskId, createdBy, createdByKey }, create, now);
      await manager.insert(Task, task);
      publishTaskEvent(transaction, 'task.created', task, now);
      return { task, isHeld: false, now };
    });
  }

  /** One task. Throws `task-not-found`. */
  get(principal: Principal, taskId: string): Promise<TaskSnapshot> {
    const { accountId } = principal;
    return this.store.read(async (manager) => {
      const task = requireVisible(principal, taskId, await manager.findOneBy(Task, { accountId, taskId }));
      return loadTaskSnapshot(manager, task, this.#livenessContext());
    });
  }

  /** A page of the tasks that the caller may see, the most urgent first, then the oldest. */
  list({ accountId, role, programId }: Principal, query: TaskQuery) {
    const viewer = role === 'program' ? programId : null;
    const { target, claimedBy, limit = 10, cursor } = query;
    const state = query.state ?? (claimedBy === undefined ? 'pending' : 'claimed');
    const filter = { accountId, viewer, state, target, claimedBy, limit, cursor, at: this.#livenessContext() };
    return this.store.read((manager) => listTasks(manager, filter));
  }

  /**
   * Moves the claims of sessions to their successor. Call it in the transaction of the takeover, which has locked the rows of
   * all these sessions.
   */
  async handOver(
    { accountId }: Principal,
    from: readonly { sessionId: string }[],
    claimedSession: string,
  ): Promise<void> {
    if (from.length === 0) return;
    const ids = from.map((session) => session.sessionId);
    await this.store.write(({ manager }) =>
      manager.update(Task, { accountId, state: 'claimed', claimedSession: In(ids) }, { claimedSession }),
    );
  }

  /**
   * Claims a task for a session. The session is locked first, so that it can't be superseded meanwhile. Throws
   * `session-not-found`, `session-required`, `session-superseded`, `session-not-live`, `forbidden`, `task-not-found`, `task-completed`,
   * `task-taken`, `task-expired`.
   */
  claim(principal: Principal, taskId: string, sessionId = CURRENT_SESSION_ALIAS): Promise<TaskSnapshot> {
    return this.store.write(async (transaction) => {
      const session = await lockOwnSession(transaction, principal, sessionId);
      const row = await requireLockedTask(transaction, principal, taskId);
      // Read the clock once all locks are held: waiting for them takes time.
      const at = this.#livenessContext();
      assertCanClaim(session, at);
      const task = applyClaim(await loadTaskSnapshot(transaction.manager, row, at), session);
      if (task !== row) {
        await saveTask(transaction, task);
        if (session.programId !== principal.programId)
          await this.#recordAudit(transaction, principal, 'claimTask', task);
        publishTaskEvent(transaction, 'task.claimed', task, at.now);
      }
      return { task, isHeld: true, now: at.now };
    });
  }

  /**
   * Releases a claimed task. Throws `task-not-found`, `task-completed`, `task-not-claimed`, `task-taken`, `claim-lapsed`,
   * `session-required`, and for a named session `session-not-found`, `session-superseded`, `forbidden`.
   */
  release(principal: Principal, taskId: string, sessionId?: string): Promise<TaskSnapshot> {
    return this.#endClaim(principal, taskId, sessionId, 'release', applyRelease);
  }

  /** Completes a task; throws what `release` throws. An admin may complete an unclaimed task. */
  complete(principal: Principal, taskId: string, completion: Schemas['TaskCompletion']): Promise<TaskSnapshot> {
    return this.#endClaim(principal, taskId, completion.sessionId, 'complete', (snapshot, actor) =>
      applyCompletion(snapshot, actor, completion),
    );
  }

  #endClaim(
    principal: Principal,
    taskId: string,
    sessionId: string | undefined,
    verb: 'release' | 'complete',
    apply: (snapshot: TaskSnapshot, actor: ClaimActor) => TaskRow,
  ): Promise<TaskSnapshot> {
    return this.store.write(async (transaction) => {
      const session = sessionId === undefined ? null : await lockOwnSession(transaction, principal, sessionId);
      if (session) assertNotSuperseded(session);
      else await requireNamedSession(transaction.manager, principal);
      const row = await requireLockedTask(transaction, principal, taskId);
      const at = this.#livenessContext();
      const { programId } = principal;
      const actor = { programId, sessionId: session?.sessionId, isAdmin: isAdmin(principal) };
      const task = apply(await loadTaskSnapshot(transaction.manager, row, at), actor);
      await saveTask(transaction, task);
      const isOwn = programId !== null && row.claimedBy === programId;
      if (!isOwn) await this.#recordAudit(transaction, principal, `${verb}Task`, task);
      const { claimedBy, claimedSession } = verb === 'release' ? row : task;
      publishTaskEvent(transaction, `task.${verb}d`, { ...task, claimedBy, claimedSession }, at.now);
      return { task, isHeld: false, now: at.now };
    });
  }

  /** Audits an admin's act on behalf of a program. */
  #recordAudit({ manager }: Transaction, principal: Principal, action: string, { taskId }: TaskRow): Promise<void> {
    return recordAuditEntry(manager, principal, { action, subject: taskId }, this.clock.now());
  }
}

/** Locks the session that the caller acts for. Throws `session-not-found`, `session-required`, or `forbidden` when it may not act for it. */
async function lockOwnSession(transaction: Transaction, principal: Principal, sessionId: string): Promise<SessionRow> {
  if (sessionId === CURRENT_SESSION_ALIAS && principal.programId === null)
    throw new Fault('forbidden', 'This key has no program, so it has no current session. Name a session of a program.');
  if (sessionId === CURRENT_SESSION_ALIAS) await requireNamedSession(transaction.manager, principal);
  const session =
    sessionId === CURRENT_SESSION_ALIAS
      ? await lockCurrentSession(transaction, principal)
      : await lockSession(transaction, principal.accountId, sessionId);
  if (!session) throw sessionNotFound(sessionId);
  if (session.programId === null)
    throw new Fault('forbidden', `Session '${sessionId}' belongs to no program, so it can take no task.`);
  if (!isAdmin(principal) && session.programId !== principal.programId)
    throw new Fault('forbidden', `Session '${sessionId}' belongs to another program.`);
  return session;
}

const requireLockedTask = async (transaction: Transaction, principal: Principal, taskId: string): Promise<TaskRow> =>
  requireVisible(principal, taskId, await lockTask(transaction, principal.accountId, taskId));

async function saveTask({ manager }: Transaction, { accountId, taskId, ...fields }: TaskRow): Promise<void> {
  await manager.update(Task, { accountId, taskId }, fields);
}

/** Appends the event of a change. The event's program and session are the claimant's, where there is one. */
function publishTaskEvent(transaction: Transaction, type: EventType, task: TaskRow, now: number): void {
  const { accountId, taskId, title, target, priority, createdBy, claimedBy, claimedSession: sessionId, outcome } = task;
  const programId = claimedBy ?? (target === WILDCARD_TARGET ? null : target);
  const data = { taskId, title, target, priority, createdBy, ...(outcome && { outcome }) };
  appendEvents(transaction, accountId, now, [{ type, programId, sessionId, data }]);
}

/** Throws `task-not-found`, also for a task that the caller may not see: it must not learn that the task exists. */
function requireVisible(principal: Principal, taskId: string, task: TaskRow | null): TaskRow {
  if (!task || !isVisibleTo(principal, task))
    throw new Fault('task-not-found', `No task '${taskId}' that you may see.`);
  return task;
}
