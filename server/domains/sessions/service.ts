/**
 * Reads and changes of sessions, each change in one transaction. The session's row is locked before it is read, so the second
 * of two concurrent writers sees what the first has stored. Lock order: account, session.
 */
import { v7 as timeOrderedId } from 'uuid';
import type { components, operations } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import { decodeCursor, invalidCursor, toPage } from '../../platform/cursor.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { REQUEST_MS } from '../../platform/database/time-limits.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { invalidField } from '../../platform/faults.ts';
import type { AccountCaps } from '../../platform/limits/account-caps.ts';
import type { Principal, Tier } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import { getDeadline, startBy } from '../../platform/with-timeout.ts';
import { requireNamedSession } from '../programs/index.ts';
import { resolveProgramId } from './creation-rules.ts';
import type { SessionRow } from './entity.ts';
import { assertHandoverFits, findHandover, type Handover } from './handover.ts';
import { livenessAt } from './liveness.ts';
import { type OpenedSession, openSession } from './open.ts';
import {
  CURRENT_SESSION_ALIAS,
  currentSessionQuery,
  listSessions,
  lockCurrentSession,
  lockSession,
  sessionByIdQuery,
  sessionNotFound,
} from './queries.ts';
import { assertLive, hasSessionLimit, requireOwner, type SessionCreate, type SessionUpdate } from './rules.ts';
import { formatTurnLimit } from './set-status.ts';
import { lockSlots, requireSlot } from './slots.ts';
import { openSuccessor, type Succession } from './succession.ts';
import { findChanges } from './timeline.ts';
import { evaluateUpdate, toRowKey, writeUpdates } from './update-batch.ts';
import { UpdateLanes } from './update-lanes.ts';

type TurnLimit = components['schemas']['TurnLimit'];
type SessionQuery = NonNullable<operations['listSessions']['parameters']['query']>;

export class SessionService {
  /** Group commit: updates that arrive together share a transaction, except those whose rows are locked. */
  readonly #updates: UpdateLanes;

  constructor(
    private readonly store: Store,
    readonly clock: Clock,
    readonly settings: Settings,
    readonly caps: AccountCaps,
    onBatch?: (size: number, waitedSeconds: number) => void,
  ) {
    this.#updates = new UpdateLanes(store, this, onBatch);
  }

  /** For how long the update that came first has waited; 0 when none waits. */
  oldestUpdateMs(): number {
    return this.#updates.oldestWaitMs();
  }

  /** Registers a session or updates the one with its id. Throws `forbidden`, `session-limit-reached`, `session-superseded`. */
  create(principal: Principal, create: SessionCreate): Promise<OpenedSession> {
    if (create.handover) assertHandoverFits(create.handover);
    const programId = resolveProgramId(principal, create.programId);
    const named = withSessionId(create);
    return this.store.write((transaction) => openSession(transaction, this, principal, named, programId));
  }

  /**
   * Opens a session that takes over from those of its program that asked for a successor or died. Throws what `create`
   * throws, and `session-superseded` when another has just taken over.
   */
  createSuccessor(principal: Principal, programId: string, create: SessionCreate): Promise<Succession> {
    const owner = resolveProgramId(principal, programId) ?? programId;
    const named = withSessionId(create);
    return this.store.write((transaction) => openSuccessor(transaction, this, principal, named, owner));
  }

  /**
   * Changes a session. Throws `session-not-found`, `session-required` for `current`, `forbidden`, `session-limit-reached`,
   * `session-superseded`.
   */
  async update(principal: Principal, sessionId: string, update: SessionUpdate): Promise<SessionRow> {
    if (update.handover) assertHandoverFits(update.handover);
    const deadline = getDeadline(REQUEST_MS);
    const isCurrent = sessionId === CURRENT_SESSION_ALIAS;
    if (isCurrent) await this.store.read((manager) => requireNamedSession(manager, principal, 'path'));
    for (;;) {
      const findId = async () => (await this.get(principal, CURRENT_SESSION_ALIAS)).sessionId;
      const id = isCurrent ? await startBy(deadline, findId) : sessionId;
      const result = await this.#updates.add({ principal, sessionId: id, update, isCurrent }, deadline);
      // The session comes back to life in a limited account: only then must the account be locked, for a slot.
      if (result === 'needs-slot') return this.#updateWithSlot(principal, id, update, deadline);
      if (typeof result !== 'string') return result;
    }
  }

  /**
   * Blocks a live session, with what it waits for as its status, within a transaction that the caller has opened. Resolves
   * with the session before and after. Throws what `update` throws, and `session-not-live`.
   */
  async block(
    transaction: Transaction,
    principal: Principal,
    sessionId: string,
    status: string,
  ): Promise<{ readonly before: SessionRow; readonly after: SessionRow }> {
    if (sessionId === CURRENT_SESSION_ALIAS) await requireNamedSession(transaction.manager, principal);
    // The account comes first in the lock order, wherever its sessions are limited.
    const isLimited = hasSessionLimit(principal.tier);
    const tier = isLimited ? await lockSlots(transaction, principal.accountId) : principal.tier;
    const before =
      sessionId === CURRENT_SESSION_ALIAS
        ? await lockCurrentSession(transaction, principal)
        : await lockSession(transaction, principal.accountId, sessionId);
    if (!before) throw sessionNotFound(sessionId);
    requireOwner(principal, before);
    assertLive(before);
    const update = { state: 'blocked', status } as const;
    return { before, after: await this.#updateLocked(transaction, { principal, update, tier }, before) };
  }

  /**
   * Blocks the session of an agent that has gone on by itself too often, and publishes that. The session's row is locked, so a takeover comes before or
   * after both. Throws what `block` throws.
   */
  reportTurnLimit(principal: Principal, sessionId: string, limit: TurnLimit): Promise<SessionRow> {
    return this.store.write(async (transaction) => {
      if (sessionId === CURRENT_SESSION_ALIAS) await requireNamedSession(transaction.manager, principal, 'path');
      const { after } = await this.block(transaction, principal, sessionId, formatTurnLimit(limit));
      appendEvents(transaction, after.accountId, this.clock.now(), [
        { type: 'turn-limit', programId: after.programId, sessionId: after.sessionId, data: { ...limit } },
      ]);
      return after;
    });
  }

  /** One session. Throws `session-not-found`. */
  async get(principal: Principal, sessionId: string): Promise<SessionRow> {
    const found = await this.store.read((manager) =>
      (sessionId === CURRENT_SESSION_ALIAS
        ? currentSessionQuery(manager, principal)
        : sessionByIdQuery(manager, principal.accountId, sessionId)
      ).getOne(),
    );
    return found ?? raise(sessionNotFound(sessionId));
  }

  /** What is recorded of a session without its doing; null when nothing is. */
  handover(session: SessionRow): Promise<Handover | null> {
    return this.store.read((manager) => findHandover(manager, session));
  }

  /** A page of the account's sessions, most recently updated first. */
  list({ accountId }: Principal, query: SessionQuery) {
    const { programId, state = 'all', includeArchived = false, limit = 10, cursor } = query;
    return this.store.read((manager) =>
      listSessions(manager, { accountId, programId, state, includeArchived, limit, cursor }),
    );
  }

  /** A page of a session's timeline, newest first. Throws `session-not-found`. */
  async timeline(
    principal: Principal,
    sessionId: string,
    { limit, cursor }: { limit: number; cursor: string | undefined },
  ) {
    const session = await this.get(principal, sessionId);
    const after = decodeCursor(cursor);
    // `current` may be another session by now.
    if (after && after[1] !== session.sessionId) throw invalidCursor();
    const before = after?.[0] ?? null;
    const rows = await this.store.read((manager) => findChanges(manager, session, before, limit + 1));
    return toPage(rows, limit, (row) => [row.number, row.sessionId]);
  }

  async #updateWithSlot(
    principal: Principal,
    sessionId: string,
    update: SessionUpdate,
    deadline: number,
  ): Promise<SessionRow> {
    const { accountId } = principal;
    const work = async (transaction: Transaction) => {
      const tier = await lockSlots(transaction, accountId);
      const before = await lockSession(transaction, accountId, sessionId);
      if (!before) throw sessionNotFound(sessionId);
      return this.#updateLocked(transaction, { principal, update, tier }, before);
    };
    const { bulkhead } = this.store;
    return bulkhead.run({ accountId, resource: 'slots' }, deadline, () => this.store.write(work, { deadline }));
  }

  /** Updates a session whose row, and whose account where its sessions are limited, the transaction has locked. */
  async #updateLocked(
    transaction: Transaction,
    { principal, update, tier }: { principal: Principal; update: SessionUpdate; tier: Tier },
    before: SessionRow,
  ): Promise<SessionRow> {
    const at = livenessAt(this.clock, this.settings);
    const { after, handover, requiresSlot } = evaluateUpdate({ principal, update }, before, tier, at);
    if (requiresSlot)
      await requireSlot(transaction, { accountId: after.accountId, sessionId: after.sessionId, tier }, at);
    const key = toRowKey(after);
    writeUpdates(transaction, {
      stored: new Map([[key, before]]),
      rows: new Map([[key, after]]),
      changes: after.changes === before.changes ? [] : [{ before, after }],
      handovers: handover ? [handover] : [],
      now: at.now,
    });
    return after;
  }
}

function withSessionId(create: SessionCreate): SessionCreate & { sessionId: string } {
  if (create.sessionId !== CURRENT_SESSION_ALIAS) return { ...create, sessionId: create.sessionId ?? timeOrderedId() };
  throw invalidField('body', '/sessionId', `'${CURRENT_SESSION_ALIAS}' is reserved; choose another id`);
}

const raise = (error: Error): never => {
  throw error;
};
