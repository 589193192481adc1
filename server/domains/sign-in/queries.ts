/** What signing in reads of keys. */
import { type EntityManager, In } from 'typeorm';
import type { Principal } from '../../platform/principal.ts';
import { Key, type KeyRow } from '../keys/index.ts';
import type { WebSessionRow } from './entity.ts';

/** The roles of the keys of these web sessions. */
export async function findRoles(
  manager: EntityManager,
  { accountId }: Principal,
  rows: readonly WebSessionRow[],
): Promise<Map<string, KeyRow['role']>> {
  const keyIds = [...new Set(rows.map(({ keyId }) => keyId))];
  const keys = await manager.find(Key, {
    where: { accountId, keyId: In(keyIds) },
    select: { keyId: true, role: true },
  });
  return new Map(keys.map(({ keyId, role }) => [keyId, role]));
}

/** The account's operator keys when the caller is none itself: no admin acts on an operator. Empty for an operator. */
export async function findOperatorKeyIds(manager: EntityManager, { accountId, role }: Principal): Promise<string[]> {
  if (role === 'operator') return [];
  const keys = await manager.find(Key, { where: { accountId, role: 'operator' }, select: { keyId: true } });
  return keys.map(({ keyId }) => keyId);
}
