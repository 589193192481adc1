/** The limit of concurrent sessions: a slot is counted and taken in the transaction that needs it. */
import type { Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { Tier } from '../../platform/principal.ts';
import { Account } from '../accounts/index.ts';
import { Session } from './entity.ts';
import { aliveSql, type LivenessContext, staleCutoff } from './liveness.ts';
import { MAX_CONCURRENT_SESSIONS } from './rules.ts';

const MAX_LISTED = 50;

/**
 * Locks the account's row and returns its tier. Every transaction that takes a slot calls this first, so they run one after
 * the other and each counts what the one before has committed. Lock the account before any session: the other order deadlocks.
 */
export async function lockSlots({ manager, forUpdate }: Transaction, accountId: string): Promise<Tier> {
  const query = manager.createQueryBuilder(Account, 'account').where('account.accountId = :accountId', { accountId });
  return (await forUpdate(query).getOneOrFail()).tier;
}

/** Throws `session-limit-reached` when no slot is free for `sessionId`. The caller must hold the lock of `lockSlots`. */
export async function requireSlot(
  { manager }: Transaction,
  slot: { accountId: string; sessionId: string; tier: Tier },
  at: LivenessContext,
): Promise<void> {
  const limit = MAX_CONCURRENT_SESSIONS[slot.tier];
  const active = manager
    .createQueryBuilder(Session, 'session')
    .select('session.sessionId', 'sessionId')
    .where('session.accountId = :accountId', slot)
    .andWhere(aliveSql('session.', ':cutoff'), { cutoff: staleCutoff(at) })
    .andWhere('session.sessionId <> :sessionId', slot)
    .orderBy('session.updatedAt', 'DESC');
  const count = await active.getCount();
  if (count < limit) return;
  const inTheWay = await active.limit(MAX_LISTED).getRawMany<{ sessionId: string }>();
  throw new Fault(
    'session-limit-reached',
    `The tier ${slot.tier} allows ${limit} concurrent session${limit === 1 ? '' : 's'} and ${count} ${count === 1 ? 'is' : 'are'} active. ` +
      'Complete one of those in inTheWay first, or move to a higher tier.',
    { tier: slot.tier, limit, active: count, inTheWay: inTheWay.map((row) => row.sessionId) },
  );
}
