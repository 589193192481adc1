/** Making, listing, rotating and revoking keys. Each act and its audit row are one transaction. */

import type { Clock } from '../../platform/clock.ts';
import { type PageRequest, paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { formatKey, generateKey, hashSecret } from '../../platform/secret.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { registerProgram } from '../programs/index.ts';
import { Key, type KeyRow } from './entity.ts';
import type { KeyCache } from './key-cache.ts';
import { isRevoked, type KeyCreate, newKeyRow, requireMintable, rotateKeyRow } from './rules.ts';

/** A key with its secret, which is in this answer and nowhere else. */
export interface CreatedKey {
  readonly row: KeyRow;
  readonly key: string;
}

export class KeyService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly keyCache: KeyCache,
  ) {}

  /** Makes a key; its program exists from then on. Throws `forbidden`, `invalid-request`. */
  async create(principal: Principal, create: KeyCreate): Promise<CreatedKey> {
    const parts = generateKey();
    const now = this.clock.now();
    const row = newKeyRow(principal, create, { keyId: parts.keyId, secretHash: hashSecret(parts.secret) }, now);
    await this.store.write(async (transaction) => {
      if (row.programId !== null) await registerProgram(transaction, row.accountId, row.programId, now);
      await transaction.manager.insert(Key, row);
      await recordAuditEntry(transaction.manager, principal, { action: 'createKey', subject: row.keyId }, now);
      publishKeyEvent(transaction, 'key.created', row, now);
    });
    return { row, key: formatKey(parts) };
  }

  /** Creates the first admin key of a new account, within the transaction that creates the account. */
  async createFirst({ manager }: Transaction, accountId: string, now: number): Promise<{ keyId: string; key: string }> {
    const parts = generateKey();
    await manager.insert(Key, {
      keyId: parts.keyId,
      accountId,
      programId: null,
      role: 'admin',
      label: 'Made with the account',
      secretHash: hashSecret(parts.secret),
      createdAt: now,
      expiresAt: null,
      revokedAt: null,
      rotatedTo: null,
      lastUsedAt: null,
    });
    return { keyId: parts.keyId, key: formatKey(parts) };
  }

  /** Drops the cached keys of an account whose name or tier has changed. */
  forgetAccount(accountId: string): void {
    this.keyCache.invalidateAccount(accountId);
  }

  /** A page of the account's keys, the newest first. */
  list(principal: Principal, filter: PageRequest & { readonly programId: string | undefined }) {
    return this.store.read(async (manager) => {
      const query = manager
        .createQueryBuilder(Key, 'api_key')
        .where('api_key.accountId = :accountId', { accountId: principal.accountId });
      if (filter.programId !== undefined)
        query.andWhere('api_key.programId = :programId', { programId: filter.programId });
      return paginateNewestFirst(query, ['createdAt', 'keyId'], filter);
    });
  }

  /**
   * Replaces a key. The old one's row is locked first, so that of two rotations at once the second finds it rotated.
   * Throws `key-not-found`, `key-not-rotatable`, `forbidden`.
   */
  async rotate(principal: Principal, keyId: string): Promise<CreatedKey> {
    const parts = generateKey();
    const row = await this.store.write(async (transaction) => {
      const now = this.clock.now();
      const key = await lockKey(transaction, principal, keyId);
      const { successor, old } = rotateKeyRow(
        principal,
        key,
        { keyId: parts.keyId, secretHash: hashSecret(parts.secret) },
        now,
      );
      await transaction.manager.update(Key, { keyId }, { revokedAt: old.revokedAt, rotatedTo: old.rotatedTo });
      await transaction.manager.insert(Key, successor);
      await recordAuditEntry(
        transaction.manager,
        principal,
        { action: 'rotateKey', subject: keyId, detail: `to ${parts.keyId}` },
        now,
      );
      publishKeyEvent(transaction, 'key.rotated', old, now);
      return successor;
    });
    this.keyCache.invalidate([keyId]);
    return { row, key: formatKey(parts) };
  }

  /** Revokes a key of the account; one that is revoked already stays as it is. Throws `key-not-found`, `forbidden`. */
  async revoke(principal: Principal, keyId: string): Promise<void> {
    await this.store.write(async (transaction) => {
      const now = this.clock.now();
      const key = await lockKey(transaction, principal, keyId);
      requireMintable(principal, key.role);
      if (isRevoked(key, now)) return;
      await transaction.manager.update(Key, { keyId }, { revokedAt: now });
      await recordAuditEntry(transaction.manager, principal, { action: 'revokeKey', subject: keyId }, now);
      publishKeyEvent(transaction, 'key.revoked', key, now);
    });
    this.keyCache.invalidate([keyId]);
  }
}

type KeyEventKind = 'key.created' | 'key.rotated' | 'key.revoked';

/** Which key it was, and never more than its id and its rights. */
function publishKeyEvent(transaction: Transaction, kind: KeyEventKind, key: KeyRow, now: number): void {
  const { accountId, programId, keyId, role, rotatedTo } = key;
  const data = { keyId, role, ...(kind === 'key.rotated' && { rotatedTo }) };
  appendEvents(transaction, accountId, now, [{ kind, programId, sessionId: null, data }]);
}

/**
 * A key of the caller's account, locked. Who may not manage keys sees only its own: any other is forbidden, known or not.
 */
async function lockKey({ manager, forUpdate }: Transaction, principal: Principal, keyId: string): Promise<KeyRow> {
  if ((principal.role === 'program' || principal.role === 'auditor') && principal.keyId !== keyId) {
    throw new Fault('forbidden', 'Only an admin may change a key that is not its own.');
  }
  const of = { keyId, accountId: principal.accountId };
  const query = manager
    .createQueryBuilder(Key, 'api_key')
    .where('api_key.keyId = :keyId AND api_key.accountId = :accountId', of);
  const key = await forUpdate(query).getOne();
  if (!key) throw new Fault('key-not-found', `No key '${keyId}' in this account.`);
  return key;
}
