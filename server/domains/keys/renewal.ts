/** Renewing a program's key before it expires, and finding the keys that nobody renews. */
import type { SelectQueryBuilder } from 'typeorm';
import type { Transaction } from '../../platform/database/store.ts';
import { EXPIRY_NOTICE_MS, type Principal } from '../../platform/principal.ts';
import { Key, type KeyRow } from './entity.ts';
import { lockKey, rejectUnknownKey } from './locks.ts';
import { renewKeyRow } from './rules.ts';

/**
 * Both rows of a renewal. The key that allowed it is locked first, and found valid: a renewal never comes after its
 * revocation. Throws `forbidden`, `key-not-found`, `key-not-rotatable`.
 */
export async function lockAndRenew(
  transaction: Transaction,
  principal: Principal,
  keyId: string,
  secret: { readonly keyId: string; readonly secretHash: string },
  now: number,
): Promise<{ readonly successor: KeyRow; readonly old: KeyRow }> {
  const { accountId } = principal;
  const seen = await transaction.manager.findOneBy(Key, { accountId, keyId });
  const lockGrantor = async (id: string | null) => (id === null ? null : lockKey(transaction, accountId, id));
  let grantor = await lockGrantor(seen?.renewalGrantedBy ?? null);
  const key = (await lockKey(transaction, accountId, keyId)) ?? rejectUnknownKey(keyId);
  // It was rotated in between. This lock is out of order: should that deadlock, the transaction is retried.
  if (key.renewalGrantedBy !== (grantor?.keyId ?? null)) grantor = await lockGrantor(key.renewalGrantedBy);
  return renewKeyRow(principal, { key, grantor }, secret, now);
}

/**
 * After a rotation the new key answers for the renewals, signed-in browsers and open invitations of the old one. Web
 * sessions and invitations depend on keys, so their tables are named here.
 */
export async function movePromisesToKey(
  { manager }: Transaction,
  accountId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await manager.query('UPDATE api_keys SET renewalGrantedBy = ? WHERE accountId = ? AND renewalGrantedBy = ?', [
    to,
    accountId,
    from,
  ]);
  await manager.query(
    `UPDATE api_keys SET createdBy = ? WHERE accountId = ? AND createdBy = ? AND keyId IN
     (SELECT w.keyId FROM web_sessions w WHERE w.accountId = ? AND w.ownsKey = 1)`,
    [to, accountId, from, accountId],
  );
  await manager.query(
    'UPDATE invitations SET createdBy = ? WHERE accountId = ? AND createdBy = ? AND usedAt IS NULL AND withdrawnAt IS NULL',
    [to, accountId, from],
  );
}

/** Only keys that still work, expire soon and have to be replaced by somebody: no tokens, and none behind a signed-in browser. */
export function onlyExpiring(query: SelectQueryBuilder<KeyRow>, now: number): void {
  query
    .andWhere('api_key.expiresAt > :now AND api_key.expiresAt <= :soon', { now, soon: now + EXPIRY_NOTICE_MS })
    .andWhere('api_key.revokedAt IS NULL AND api_key.rotatedTo IS NULL AND api_key.connectionId IS NULL')
    .andWhere(
      `NOT EXISTS (SELECT 1 FROM web_sessions w
       WHERE w.accountId = api_key.accountId AND w.keyId = api_key.keyId AND w.ownsKey = 1)`,
    );
}
