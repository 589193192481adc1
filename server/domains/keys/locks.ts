/** Locks on rows of keys, held until the end of the transaction. */
import type { Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { Key, type KeyRow } from './entity.ts';
import { isValid } from './rules.ts';

/** Locks a key of the account. Null when there is none. */
export function lockKey({ manager, forUpdate }: Transaction, accountId: string, keyId: string): Promise<KeyRow | null> {
  const query = manager
    .createQueryBuilder(Key, 'api_key')
    .where('api_key.keyId = :keyId AND api_key.accountId = :accountId', { keyId, accountId });
  return forUpdate(query).getOne();
}

/** Locks the caller's key. Throws `unauthenticated` when it was revoked since the request was authenticated. */
export async function lockValidCaller(
  transaction: Transaction,
  { accountId, keyId }: Pick<Principal, 'accountId' | 'keyId'>,
  now: number,
): Promise<void> {
  const key = await lockKey(transaction, accountId, keyId);
  if (!key || !isValid(key, now)) throw new Fault('unauthenticated', 'The key in use was just revoked.');
}

/**
 * Locks a key that the caller may change. For programs and auditors any key but their own is forbidden, whether it exists
 * or not. Throws `forbidden`, `key-not-found`.
 */
export async function lockChangeableKey(
  transaction: Transaction,
  principal: Principal,
  keyId: string,
): Promise<KeyRow> {
  if ((principal.role === 'program' || principal.role === 'auditor') && principal.keyId !== keyId) {
    throw new Fault('forbidden', 'Only an admin may change a key that is not its own.');
  }
  return (await lockKey(transaction, principal.accountId, keyId)) ?? rejectUnknownKey(keyId);
}

export function rejectUnknownKey(keyId: string): never {
  throw new Fault('key-not-found', `No key '${keyId}' in this account.`);
}
