/**
 * The story of each change of a session, in one transaction. The session's row is locked before it is judged, so that of
 * two writers the second sees what the first has stored. Order of locks: account, then session.
 */
import { v7 as timeOrderedId } from 'uuid';
import type { operations } from '../../openapi/generated/types.ts';
import type { Clock } from '../clock.ts';
import { isAdmin, type Principal } from '../context.ts';
import { decodeCursor, pageOf } from '../cursor.ts';
import { announce } from '../events/outbox.ts';
import { Fault, invalidField } from '../faults.ts';
import { registerProgram } from '../programs/register.ts';
import type { Settings } from '../settings.ts';
import type { Store, Transaction } from '../storage/store.ts';
import { Session, type SessionRow } from './entity.ts';
import { CURRENT, currentOf, currentSession, lockedSession, sessionById, sessionPage } from './find.ts';
import { opened, reopened, type SessionCreate, type SessionUpdate, takesSlot, updated } from './rules.ts';
import { isLimited, lockSlots, requireSlot } from './slots.ts';
import { changeRow, changesOf, noteChange } from './timeline.ts';

type SessionQuery = NonNullable<operations['listSessions']['parameters']['query']>;

export class SessionService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Registers a session or updates the one with its id. Throws `forbidden`, `session-limit-reached`, `session-superseded`. */
  create(principal: Principal, create: SessionCreate): Promise<{ made: boolean; session: SessionRow }> {
    if (create.sessionId === CURRENT)
      throw invalidField('body', '/sessionId', `'${CURRENT}' is reserved; choose another id`);
    const programId = programFor(principal, create.programId);
    const sessionId = create.sessionId ?? timeOrderedId();
    return this.store.write(async (transaction) => {
      const { accountId } = principal;
      const tier = isLimited(principal.tier) ? await lockSlots(transaction, accountId) : principal.tier;
      const before = create.sessionId ? await lockedSession(transaction, accountId, sessionId) : null;
      if (before) requireOwner(principal, before, create.programId);
      const now = this.clock.now();
      const after = before ? reopened(before, create, now) : opened({ accountId, sessionId, programId }, create, now);
      if (takesSlot(before, after, now, this.settings.staleAfterMs)) await this.#take(transaction, after, tier, now);
      if (before) {
        await save(transaction, after);
      } else {
        // An admin may open a session for a program that has no key yet; from then on the program exists.
        if (programId !== null) await registerProgram(transaction, accountId, programId, now);
        // Two creates of one id at once: the loser's insert fails on the primary key, and it starts again as an update.
        await transaction.manager.insert(Session, after);
      }
      await told(transaction, before, after, now);
      return { made: !before, session: after };
    });
  }

  /** Changes a session. Throws `session-not-found`, `forbidden`, `session-limit-reached`, `session-superseded`. */
  async update(principal: Principal, sessionId: string, update: SessionUpdate): Promise<SessionRow> {
    const attempt = (holdsAccount: boolean) =>
      this.store.write((transaction) => this.#update(transaction, principal, sessionId, update, holdsAccount));
    // Only a session that comes back needs a slot, so the account is locked only then.
    return (
      (await attempt(false)) ??
      (await attempt(true)) ??
      raise(new Error('An update that holds the account is always decided'))
    );
  }

  /** One session. Throws `session-not-found`. */
  async get(principal: Principal, sessionId: string): Promise<SessionRow> {
    const found = await this.store.read((manager) =>
      (sessionId === CURRENT
        ? currentSession(manager, principal)
        : sessionById(manager, principal.accountId, sessionId)
      ).getOne(),
    );
    return found ?? raise(absent(sessionId));
  }

  /** A page of the account's sessions, the most recently updated first. */
  list({ accountId }: Principal, query: SessionQuery) {
    const { programId, state = 'all', includeArchived = false, limit = 10, cursor } = query;
    return this.store.read((manager) =>
      sessionPage(manager, { accountId, programId, state, includeArchived, limit, cursor }),
    );
  }

  /** A page of a session's changes, the newest first. Throws `session-not-found`. */
  async timeline(
    principal: Principal,
    sessionId: string,
    { limit, cursor }: { limit: number; cursor: string | undefined },
  ) {
    const { accountId, sessionId: id } = await this.get(principal, sessionId);
    const before = decodeCursor(cursor)?.[0] ?? null;
    const rows = await this.store.read((manager) =>
      changesOf(manager, { accountId, sessionId: id }, before, limit + 1),
    );
    return pageOf(rows, limit, (row) => [row.number, row.sessionId]);
  }

  async #update(
    transaction: Transaction,
    principal: Principal,
    sessionId: string,
    update: SessionUpdate,
    holdsAccount: boolean,
  ) {
    const tier = holdsAccount ? await lockSlots(transaction, principal.accountId) : principal.tier;
    const before =
      sessionId === CURRENT
        ? await currentOf(transaction, principal)
        : await lockedSession(transaction, principal.accountId, sessionId);
    if (!before) throw absent(sessionId);
    requireOwner(principal, before);
    const now = this.clock.now();
    const after = updated(before, update, now);
    if (takesSlot(before, after, now, this.settings.staleAfterMs) && isLimited(tier)) {
      if (!holdsAccount) return null;
      await this.#take(transaction, after, tier, now);
    }
    await save(transaction, after);
    await told(transaction, before, after, now);
    return after;
  }

  async #take(transaction: Transaction, { accountId, sessionId }: SessionRow, tier: Principal['tier'], now: number) {
    if (!isLimited(tier)) return;
    await requireSlot(transaction, { accountId, sessionId, tier, since: now - this.settings.staleAfterMs });
  }
}

/** The program of a new session: the key's own, or any when an admin asks. */
function programFor(principal: Principal, asked: string | undefined): string | null {
  if (asked === undefined || asked === principal.programId || isAdmin(principal)) return asked ?? principal.programId;
  throw new Fault('forbidden', `A program's key opens sessions of its own program only, not of '${asked}'.`);
}

function requireOwner(principal: Principal, session: SessionRow, asked?: string): void {
  if (!isAdmin(principal) && session.programId !== principal.programId) {
    throw new Fault('forbidden', `Session '${session.sessionId}' belongs to another program.`);
  }
  if (asked !== undefined && asked !== session.programId) {
    throw invalidField(
      'body',
      '/programId',
      `session '${session.sessionId}' belongs to another program and stays there`,
    );
  }
}

async function save({ manager }: Transaction, { accountId, sessionId, ...fields }: SessionRow): Promise<void> {
  await manager.update(Session, { accountId, sessionId }, fields);
}

/** Tells the timeline and the stream of events of a change; a heartbeat that changes nothing else is none. */
async function told(
  transaction: Transaction,
  before: SessionRow | null,
  after: SessionRow,
  now: number,
): Promise<void> {
  if (before?.changes === after.changes) return;
  const kind = before ? 'updated' : 'created';
  await noteChange(transaction.manager, changeRow(kind, after, now));
  const { accountId, sessionId, programId, state, status, progress, handoffRequired } = after;
  const data = { state, status, progress, handoffRequired };
  await announce(transaction, accountId, now, [{ kind: `session.${kind}`, sessionId, programId, data }]);
}

const absent = (sessionId: string): Fault =>
  sessionId === CURRENT
    ? new Fault('session-not-found', 'The program has no live session. Create one first (createSession).')
    : new Fault('session-not-found', `No session '${sessionId}' in this account. Create it first (createSession).`);

const raise = (error: Error): never => {
  throw error;
};
