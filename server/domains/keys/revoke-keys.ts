/** Revoking locked keys, and the events of keys. Part of the caller's transaction. */
import type { Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import type { Principal } from '../../platform/principal.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { disableWebhooksOfKeys } from '../webhooks/index.ts';
import { endConnectionsOfKeys } from './connections.ts';
import { Key, type KeyRow } from './entity.ts';
import { lockKeyTree } from './key-tree.ts';
import { lockKey } from './locks.ts';
import { isRevoked } from './rules.ts';

/** Revokes those of the locked keys that are not revoked yet, and resolves with their ids. `cause` is what took them along. */
export async function revokeLockedKeys(
  transaction: Transaction,
  principal: Principal,
  keys: readonly KeyRow[],
  { now, cause }: { readonly now: number; readonly cause: string },
): Promise<string[]> {
  const valid = keys.filter((each) => !isRevoked(each, now));
  for (const each of valid) {
    const detail = each.keyId === cause ? null : `with ${cause}`;
    await transaction.manager.update(Key, { keyId: each.keyId }, { revokedAt: now });
    const entry = { action: 'revokeKey', subject: each.keyId, detail };
    await recordAuditEntry(transaction.manager, principal, entry, now);
    publishKeyEvent(transaction, 'key.revoked', each, now);
  }
  const keyIds = valid.map((each) => each.keyId);
  await endConnectionsOfKeys(transaction, principal.accountId, keys, now);
  await disableWebhooksOfKeys(transaction, principal, keyIds, now);
  return keyIds;
}

/**
 * Revokes keys whose only use was a web session that has ended, with their successors by rotation. Resolves with the ids,
 * to be dropped from the cache after the commit.
 */
export async function revokeWithWebSessions(
  transaction: Transaction,
  principal: Principal,
  keyIds: readonly string[],
  now: number,
): Promise<string[]> {
  const revoked: string[] = [];
  for (const keyId of keyIds.toSorted()) {
    const key = await lockKey(transaction, principal.accountId, keyId);
    if (!key) continue;
    const tree = await lockKeyTree(transaction, key, false);
    revoked.push(...(await revokeLockedKeys(transaction, principal, tree, { now, cause: keyId })));
  }
  return revoked;
}

type KeyEventType = 'key.created' | 'key.rotated' | 'key.revoked';

/** The event has the id of the key and its rights, never more. */
export function publishKeyEvent(transaction: Transaction, type: KeyEventType, key: KeyRow, now: number): void {
  const { accountId, programId, keyId, role, rotatedTo } = key;
  const data = { keyId, role, ...(type === 'key.rotated' && { rotatedTo }) };
  appendEvents(transaction, accountId, now, [{ type, programId, sessionId: null, data }]);
}
