/** Opening a session: a new one, or an existing one that is created again. */
import type { Clock } from '../../platform/clock.ts';
import type { Transaction } from '../../platform/database/store.ts';
import type { Principal } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import { registerProgram } from '../programs/index.ts';
import type { SessionRow } from './entity.ts';
import { requireOwner } from './ownership.ts';
import { lockSession } from './queries.ts';
import { needsSlot, newSession, reopenSession, type SessionCreate } from './rules.ts';
import { saveSession } from './save-session.ts';
import { hasSessionLimit, lockSlots, requireSlot } from './slots.ts';

export interface SessionDeps {
  readonly clock: Clock;
  readonly settings: Settings;
}

export interface OpenedSession {
  readonly created: boolean;
  readonly session: SessionRow;
}

/** The part of `createSession` that is one transaction. Throws `forbidden`, `session-limit-reached`, `session-superseded`. */
export async function openSession(
  transaction: Transaction,
  { clock, settings }: SessionDeps,
  principal: Principal,
  create: SessionCreate & { sessionId: string },
  programId: string | null,
  /** A new run under the id of an old one begins with an empty context window and asks for nobody. */
  isNewRun = false,
): Promise<OpenedSession> {
  const { accountId } = principal;
  const { sessionId } = create;
  const tier = hasSessionLimit(principal.tier) ? await lockSlots(transaction, accountId) : principal.tier;
  const before = await lockSession(transaction, accountId, sessionId);
  if (before) requireOwner(principal, before, create.programId);
  const now = clock.now();
  const after = before
    ? reopenSession(before, isNewRun ? { handoffRequired: false, contextBytes: 0, ...create } : create, now)
    : newSession({ accountId, sessionId, programId }, create, now);
  if (hasSessionLimit(tier) && needsSlot(before, after, now, settings.staleAfterMs)) {
    await requireSlot(transaction, { accountId, sessionId, tier, since: now - settings.staleAfterMs });
  }
  // An admin may open a session for a program that has no key yet; from then on the program exists.
  if (!before && programId !== null) await registerProgram(transaction, accountId, programId, now);
  await saveSession(transaction, before, after, now);
  return { created: !before, session: after };
}
