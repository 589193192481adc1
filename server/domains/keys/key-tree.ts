/** What depends on a key: the keys that replaced it, the tokens of what it let in, and the keys that it created. */
import { Brackets } from 'typeorm';
import type { Transaction } from '../../platform/database/store.ts';
import { Key, type KeyRow } from './entity.ts';

/**
 * The key with its successors by rotation and the tokens of clients that these let in; with `withDescendants` also the keys that these created, and so on. All rows
 * are locked, level by level. Creating a key locks its creator, so no key can be added behind a level that was read.
 */
export async function lockKeyTree(
  { manager, forUpdate }: Transaction,
  key: KeyRow,
  withDescendants: boolean,
): Promise<KeyRow[]> {
  const tree = new Map([[key.keyId, key]]);
  let level: readonly KeyRow[] = [key];
  while (level.length > 0) {
    const successorIds = level.flatMap(({ rotatedTo }) => rotatedTo ?? []);
    const creatorIds = level.map(({ keyId }) => keyId);
    const created = `api_key.createdBy IN (:...creatorIds)${withDescendants ? '' : ' AND api_key.connectionId IS NOT NULL'}`;
    const query = manager
      .createQueryBuilder(Key, 'api_key')
      .where('api_key.accountId = :accountId', { accountId: key.accountId })
      .andWhere(
        new Brackets((related) => {
          if (successorIds.length > 0) related.orWhere('api_key.keyId IN (:...successorIds)', { successorIds });
          related.orWhere(created, { creatorIds });
        }),
      );
    level = (await forUpdate(query).getMany()).filter(({ keyId }) => !tree.has(keyId));
    for (const each of level) tree.set(each.keyId, each);
  }
  return [...tree.values()];
}
