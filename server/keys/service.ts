/** Making, listing and revoking keys, and finding out who holds one. */
import type { Clock } from '../clock.ts';
import type { Principal } from '../context.ts';
import { decodeCursor, pageOf } from '../cursor.ts';
import { Fault } from '../faults.ts';
import { registerProgram } from '../programs/register.ts';
import type { Store } from '../storage/store.ts';
import { Key, type KeyRow } from './entity.ts';
import { KeyRing } from './key-ring.ts';
import { type KeyCreate, minted } from './rules.ts';
import { hashOf, keyOf, newKey } from './secret.ts';

export class KeyService {
  readonly #ring: KeyRing;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {
    this.#ring = new KeyRing(store, clock);
  }

  /** Who holds this key; null when it is unknown, wrong, expired or revoked. */
  holderOf(key: string): Promise<Principal | null> {
    return this.#ring.holderOf(key);
  }

  /** Makes a key; its program exists from then on. The secret is in the answer and nowhere else. */
  async create(principal: Principal, create: KeyCreate): Promise<{ row: KeyRow; key: string }> {
    const parts = newKey();
    const now = this.clock.now();
    const row = minted(principal, create, { keyId: parts.keyId, secretHash: hashOf(parts.secret) }, now);
    await this.store.write(async (transaction) => {
      if (row.programId !== null) await registerProgram(transaction, row.accountId, row.programId, now);
      await transaction.manager.insert(Key, row);
    });
    return { row, key: keyOf(parts) };
  }

  /** A page of the account's keys, the newest first. */
  list(principal: Principal, filter: { programId: string | undefined; limit: number; cursor: string | undefined }) {
    const after = decodeCursor(filter.cursor);
    return this.store.read(async (manager) => {
      const query = manager
        .createQueryBuilder(Key, 'api_key')
        .where('api_key.accountId = :accountId', principal)
        .orderBy('api_key.createdAt', 'DESC')
        .addOrderBy('api_key.keyId', 'DESC')
        .limit(filter.limit + 1);
      if (filter.programId !== undefined)
        query.andWhere('api_key.programId = :programId', { programId: filter.programId });
      if (after) {
        query.andWhere('(api_key.createdAt < :at OR (api_key.createdAt = :at AND api_key.keyId < :keyId))', {
          at: after[0],
          keyId: after[1],
        });
      }
      return pageOf(await query.getMany(), filter.limit, (row) => [row.createdAt, row.keyId]);
    });
  }

  /** Revokes a key of the account; one that is revoked already stays as it is. Throws `key-not-found`. */
  async revoke(principal: Principal, keyId: string): Promise<void> {
    const of = { keyId, accountId: principal.accountId };
    await this.store.write(async ({ manager }) => {
      const row = await manager.findOneBy(Key, of);
      if (!row) throw new Fault('key-not-found', `No key '${keyId}' in this account.`);
      if (row.revokedAt === null) await manager.update(Key, of, { revokedAt: this.clock.now() });
    });
    this.#ring.forget(keyId);
  }
}
