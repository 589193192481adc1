/** Opens a session: a new one, or an existing one that is created again. */
import type { Clock } from '../../platform/clock.ts';
import type { Transaction } from '../../platform/database/store.ts';
import type { AccountCaps } from '../../platform/limits/account-caps.ts';
import type { Principal } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import { registerProgram } from '../programs/index.ts';
import { handoverAfterCreate, newSession, reopenSession } from './creation-rules.ts';
import type { SessionRow } from './entity.ts';
import { writeHandovers } from './handover.ts';
import { livenessAt } from './liveness.ts';
import { lockSession } from './queries.ts';
import { hasSessionLimit, needsSlot, requireOwner, type SessionCreate } from './rules.ts';
import { saveSession } from './save-session.ts';
import { lockSlots, requireSlot } from './slots.ts';

export interface SessionDeps {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly caps: AccountCaps;
}

export interface OpenedSession {
  readonly created: boolean;
  readonly session: SessionRow;
}

/**
 * `createSession`, within a transaction. Throws `forbidden`, `session-limit-reached`, `session-superseded`,
 * `account-limit-reached`, `program-being-removed`.
 */
export async function openSession(
  transaction: Transaction,
  { clock, settings, caps }: SessionDeps,
  principal: Principal,
  create: SessionCreate & { sessionId: string },
  programId: string | null,
  /** True for a new run even if a session with this id is live. */
  isNewRun = false,
): Promise<OpenedSession> {
  const { accountId } = principal;
  const { sessionId } = create;
  const tier = hasSessionLimit(principal.tier) ? await lockSlots(transaction, accountId) : principal.tier;
  const before = await lockSession(transaction, accountId, sessionId);
  if (before) requireOwner(principal, before, create.programId);
  const at = livenessAt(clock, settings);
  const { now } = at;
  const after = before
    ? reopenSession(before, create, now, isNewRun)
    : newSession({ accountId, sessionId, programId }, create, now);
  if (hasSessionLimit(tier) && needsSlot(before, after, at))
    await requireSlot(transaction, { accountId, sessionId, tier }, at);
  if (!before || before.archived) await caps.require(transaction.manager, 'sessions', accountId, now);
  // An admin may open a session for a program that has no key yet, and thereby registers the program.
  if (!before && programId !== null) await registerProgram(transaction, caps, accountId, programId, now);
  await saveSession(transaction, before, after, now);
  const handover = handoverAfterCreate(before, create, isNewRun);
  if (handover !== undefined) writeHandovers(transaction, [{ accountId, sessionId, handover }]);
  return { created: !before, session: after };
}
