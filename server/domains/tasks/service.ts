/**
 * The story of each change of a task, in one transaction. The task's row is locked before it is judged, so that of many
 * claimants one wins and the others see it. Order of locks: session, then task, then the counter of events.
 */
import { In } from 'typeorm';
import { v7 as timeOrderedId } from 'uuid';
import type { components, operations } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import type { EventKind } from '../../platform/events/entity.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import { isAdmin, type Principal } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { requireProgram } from '../programs/index.ts';
import {
  assertNotSuperseded,
  CURRENT_SESSION_ALIAS,
  isAlive,
  type LivenessContext,
  lockCurrentSession,
  lockSession,
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
  newTask,
  requireAlive,
  type TaskSnapshot,
} from './rules.ts';

type Schemas = components['schemas'];
type TaskQuery = NonNullable<operations['listTasks']['parameters']['query']>;

export class TaskService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  #livenessContext(): LivenessContext {
    return { now: this.clock.now(), staleAfterMs: this.settings.staleAfterMs };
  }

  /** Makes a task. Throws `program-not-found`. */
  create(principal: Principal, create: Schemas['TaskCreate']): Promise<TaskSnapshot> {
    const { accountId, programId: createdBy, keyId: createdByKey } = principal;
    const taskId = timeOrderedId();
    return this.store.write(async (transaction) => {
      const { manager } = transaction;
      if (create.target !== WILDCARD_TARGET) await requireProgram(manager, { accountId, programId: create.target });
      const now = this.clock.now();
      const task = newTask({ accountId, taskId, createdBy, createdByKey }, create, now);
      await manager.insert(Task, task);
      publishTaskEvent(transaction, 'task.created', task, now);
      return { task, isHeld: false, now };
    });
  }

  /** One task. Throws `task-not-found`. */
  get({ accountId }: Principal, taskId: string): Promise<TaskSnapshot> {
    return this.store.read(async (manager) => {
      const task = await manager.findOneBy(Task, { accountId, taskId });
      return loadTaskSnapshot(manager, task ?? throwTaskNotFound(taskId), this.#livenessContext());
    });
  }

  /** A page of the account's tasks, the most urgent first, then the oldest. */
  list({ accountId }: Principal, query: TaskQuery) {
    const { target, claimedBy, limit = 10, cursor } = query;
    const state = query.state ?? (claimedBy === undefined ? 'pending' : 'claimed');
    const filter = { accountId, state, target, claimedBy, limit, cursor, at: this.#livenessContext() };
    return this.store.read((manager) => listTasks(manager, filter));
  }

  /**
   * Moves the claims of sessions to the one that has taken over from them. Their rows and the successor's are locked by
   * the takeover that this is part of.
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
   * Takes a task for a session. The session is locked first, so that it cannot be succeeded meanwhile. Throws
   * `session-not-found`, `session-superseded`, `session-not-live`, `forbidden`, `task-not-found`, `task-completed`,
   * `task-taken`, `task-expired`.
   */
  claim(principal: Principal, taskId: string, sessionId = CURRENT_SESSION_ALIAS): Promise<TaskSnapshot> {
    return this.store.write(async (transaction) => {
      const session = await lockOwnSession(transaction, principal, sessionId);
      const row = await requireLockedTask(transaction, principal, taskId);
      // Judged when every lock is held.
      const at = this.#livenessContext();
      requireAlive(session, isAlive(session, at));
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
   * Gives a claimed task back. Throws `task-not-found`, `task-completed`, `task-not-claimed`, `task-taken`,
   * `claim-lapsed`, and what is wrong with the session if one is named.
   */
  release(principal: Principal, taskId: string, sessionId?: string): Promise<TaskSnapshot> {
    return this.#endClaim(principal, taskId, sessionId, 'release', applyRelease);
  }

  /** Ends a task with its outcome; throws what `release` throws. An admin may end one that nobody has claimed. */
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

  /** An admin who acts for a program leaves an audit row. */
  #recordAudit({ manager }: Transaction, principal: Principal, action: string, { taskId }: TaskRow): Promise<void> {
    return recordAuditEntry(manager, principal, { action, subject: taskId }, this.clock.now());
  }
}

/** The caller's session, locked. Throws `session-not-found`, and `forbidden` for one that the caller may not act for. */
async function lockOwnSession(transaction: Transaction, principal: Principal, sessionId: string): Promise<SessionRow> {
  if (sessionId === CURRENT_SESSION_ALIAS && principal.programId === null)
    throw new Fault('forbidden', 'This key has no program, so it has no current session. Name a session of a program.');
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

const requireLockedTask = async (
  transaction: Transaction,
  { accountId }: Principal,
  taskId: string,
): Promise<TaskRow> => (await lockTask(transaction, accountId, taskId)) ?? throwTaskNotFound(taskId);

async function saveTask({ manager }: Transaction, { accountId, taskId, ...fields }: TaskRow): Promise<void> {
  await manager.update(Task, { accountId, taskId }, fields);
}

/** Appends the event; for a change after creation it names the claimant. */
function publishTaskEvent(transaction: Transaction, kind: EventKind, task: TaskRow, now: number): void {
  const { accountId, taskId, title, target, priority, createdBy, claimedBy, claimedSession: sessionId, outcome } = task;
  const programId = claimedBy ?? (target === WILDCARD_TARGET ? null : target);
  const data = { taskId, title, target, priority, createdBy, ...(outcome && { outcome }) };
  appendEvents(transaction, accountId, now, [{ kind, programId, sessionId, data }]);
}

function throwTaskNotFound(taskId: string): never {
  throw new Fault('task-not-found', `No task '${taskId}' in this account.`);
}
