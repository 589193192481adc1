/** Queries of invitations. */
import { type EntityManager, In } from 'typeorm';
import { placeholders } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { MINTABLE_ROLES, type Principal } from '../../platform/principal.ts';
import { isValid, Key } from '../keys/index.ts';
import { Invitation, type InvitationRow } from './entity.ts';
import { getInvitationState, MAX_TYPED_TRIES, MAX_TYPED_TRIES_OF_ACCOUNT, TYPED_TRIES_WINDOW_MS } from './rules.ts';
import type { ListedInvitation } from './view.ts';

/** Locks an invitation until the end of the transaction. Null when there is none. */
export function lockInvitation(
  { manager, forUpdate }: Transaction,
  accountId: string,
  invitationId: string,
): Promise<InvitationRow | null> {
  const query = manager
    .createQueryBuilder(Invitation, 'invitation')
    .where('invitation.accountId = :accountId AND invitation.invitationId = :invitationId', {
      accountId,
      invitationId,
    });
  return forUpdate(query).getOne();
}

/** Those with one of these hashes of codes, in any state. */
export async function findByCodes(
  manager: EntityManager,
  codeHashes: readonly string[],
): Promise<ReadonlyMap<string, InvitationRow>> {
  const rows = await manager.findBy(Invitation, { codeHash: In([...codeHashes]) });
  return new Map(rows.map((row) => [row.codeHash, row]));
}

/** Adds the state that each has now, which depends on the key that created it. */
export async function withStates(
  manager: EntityManager,
  accountId: string,
  rows: readonly InvitationRow[],
  now: number,
): Promise<ListedInvitation[]> {
  const keyIds = [...new Set(rows.map(({ createdBy }) => createdBy))];
  const keys = await manager.findBy(Key, { accountId, keyId: In(keyIds) });
  const valid = new Set(keys.filter((key) => isValid(key, now)).map(({ keyId }) => keyId));
  return rows.map((row) => ({ row, state: getInvitationState(row, valid.has(row.createdBy), now) }));
}

/**
 * Withdraws the open invitations of browsers that this key has created or, with the scope `account`, all of the account
 * whose role the caller may give. One that is being used meanwhile is waited for.
 */
export async function withdrawOfBrowsers(
  { manager }: Transaction,
  { accountId, keyId, role }: Principal,
  scope: 'key' | 'account',
  now: number,
): Promise<void> {
  const mine = scope === 'key' ? 'createdBy = ?' : `role IN (${placeholders(MINTABLE_ROLES[role])})`;
  const values = scope === 'key' ? [keyId] : MINTABLE_ROLES[role];
  await manager.query(
    `UPDATE invitations SET withdrawnAt = ? WHERE accountId = ? AND grants = 'web-session' AND usedAt IS NULL
     AND withdrawnAt IS NULL AND expiresAt > ? AND ${mine}`,
    [now, accountId, now, ...values],
  );
}

/**
 * Takes one try of a typed code. The row is locked, so that concurrent guesses get no more tries than there are. False
 * when it, or its account, has none left.
 */
export async function takeTry(
  transaction: Transaction,
  { accountId, invitationId }: InvitationRow,
  now: number,
): Promise<boolean> {
  const row = await lockInvitation(transaction, accountId, invitationId);
  if (!row || row.typedTries >= MAX_TYPED_TRIES) return false;
  const { manager } = transaction;
  const [sum] = await manager.query<{ tries: number | string | null }[]>(
    'SELECT SUM(typedTries) AS tries FROM invitations WHERE accountId = ? AND createdAt > ?',
    [accountId, now - TYPED_TRIES_WINDOW_MS],
  );
  if (Number(sum?.tries ?? 0) >= MAX_TYPED_TRIES_OF_ACCOUNT) return false;
  await manager.update(Invitation, { invitationId }, { typedTries: row.typedTries + 1 });
  return true;
}
