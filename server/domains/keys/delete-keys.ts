import type { EntityManager } from 'typeorm';
import { placeholders } from '../../platform/database/sql.ts';
import type { Transaction } from '../../platform/database/store.ts';

export const KEY_DELETION_PAGE = 200;

/**
 * Deletes keys. The keys that these have created become those of their creators, so that revoking a key with its
 * descendants still reaches them. The rows are locked first: a revocation that walks through them sees all of it or nothing.
 */
export async function deleteKeys(
  { manager, selectForUpdate }: Transaction,
  accountId: string,
  keyIds: readonly string[],
): Promise<void> {
  if (keyIds.length === 0) return;
  const these = `accountId = ? AND keyId IN (${placeholders(keyIds)})`;
  const rows = await selectForUpdate<{ keyId: string }>(
    `SELECT keyId FROM api_keys WHERE ${these} ORDER BY createdAt, keyId`,
    [accountId, ...keyIds],
  );
  for (const { keyId } of rows) {
    // Read anew for each: its creator may have been deleted just now.
    const [key] = await manager.query<{ createdBy: string | null }[]>(
      'SELECT createdBy FROM api_keys WHERE keyId = ? AND accountId = ?',
      [keyId, accountId],
    );
    await manager.query('UPDATE api_keys SET createdBy = ? WHERE accountId = ? AND createdBy = ?', [
      key?.createdBy ?? null,
      accountId,
      keyId,
    ]);
  }
  await manager.query(`DELETE FROM api_keys WHERE ${these}`, [accountId, ...keyIds]);
}

/**
 * A page of keys that ended before the cutoff and that nothing depends on: no successor by rotation, unless that counts as
 * created by the key. Operators' keys stay: a revoked FLEETBEAT_ADMIN_KEY must not become a new key at the next start.
 */
export async function findDeletableKeys(manager: EntityManager, accountId: string, cutoff: number): Promise<string[]> {
  const rows = await manager.query<{ keyId: string }[]>(
    `SELECT k.keyId AS keyId FROM api_keys k
     WHERE k.accountId = ? AND k.role <> 'operator' AND (k.revokedAt <= ? OR k.expiresAt <= ?)
     AND NOT EXISTS (SELECT 1 FROM api_keys s WHERE s.keyId = k.rotatedTo AND s.accountId = k.accountId
       AND (s.createdBy IS NULL OR s.createdBy <> k.keyId))
     LIMIT ${KEY_DELETION_PAGE}`,
    [accountId, cutoff, cutoff],
  );
  return rows.map(({ keyId }) => keyId);
}
