/** Making, listing, rotating and revoking keys. Each act and its audit row are one transaction. */

import type { Clock } from '../../platform/clock.ts';
import type { Principal } from '../../platform/context.ts';
import { newestPage, type PageAsked } from '../../platform/database/newest-page.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { announce } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import { hashOf, keyOf, newKey } from '../../platform/secret.ts';
import { recordAct } from '../audit/record.ts';
import { registerProgram } from '../programs/register.ts';
import { Key, type KeyRow } from './entity.ts';
import type { KeyRing } from './key-ring.ts';
import { isRevoked, type KeyCreate, minted, requireMintable, rotated } from './rules.ts';

/** A key with its secret, which is in this answer and nowhere else. */
export interface MadeKey {
  readonly row: KeyRow;
  readonly key: string;
}

export class KeyService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ring: KeyRing,
  ) {}

  /** Makes a key; its program exists from then on. Throws `forbidden`, `invalid-request`. */
  async create(principal: Principal, create: KeyCreate): Promise<MadeKey> {
    const parts = newKey();
    const now = this.clock.now();
    const row = minted(principal, create, { keyId: parts.keyId, secretHash: hashOf(parts.secret) }, now);
    await this.store.write(async (transaction) => {
      if (row.programId !== null) await registerProgram(transaction, row.accountId, row.programId, now);
      await transaction.manager.insert(Key, row);
      await recordAct(transaction.manager, principal, { action: 'createKey', subject: row.keyId }, now);
      tell(transaction, 'key.created', row, now);
    });
    return { row, key: keyOf(parts) };
  }

  /** Creates the first admin key of a new account, within the transaction that creates the account. */
  async createFirst({ manager }: Transaction, accountId: string, now: number): Promise<{ keyId: string; key: string }> {
    const parts = newKey();
    await manager.insert(Key, {
      keyId: parts.keyId,
      accountId,
      programId: null,
      role: 'admin',
      label: 'Made with the account',
      secretHash: hashOf(parts.secret),
      createdAt: now,
      expiresAt: null,
      revokedAt: null,
      rotatedTo: null,
      lastUsedAt: null,
    });
    return { keyId: parts.keyId, key: keyOf(parts) };
  }

  /** Drops the cached keys of an account whose name or tier has changed. */
  forgetAccount(accountId: string): void {
    this.ring.forgetAccount(accountId);
  }

  /** A page of the account's keys, the newest first. */
  list(principal: Principal, filter: PageAsked & { readonly programId: string | undefined }) {
    return this.store.read(async (manager) => {
      const query = manager
        .createQueryBuilder(Key, 'api_key')
        .where('api_key.accountId = :accountId', { accountId: principal.accountId });
      if (filter.programId !== undefined)
        query.andWhere('api_key.programId = :programId', { programId: filter.programId });
      return newestPage(query, ['createdAt', 'keyId'], filter);
    });
  }

  /**
   * Replaces a key. The old one's row is locked first, so that of two rotations at once the second finds it rotated.
   * Throws `key-not-found`, `key-not-rotatable`, `forbidden`.
   */
  async rotate(principal: Principal, keyId: string): Promise<MadeKey> {
    const parts = newKey();
    const row = await this.store.write(async (transaction) => {
      const now = this.clock.now();
      const key = await lockedKey(transaction, principal, keyId);
      const { successor, old } = rotated(principal, key, { keyId: parts.keyId, secretHash: hashOf(parts.secret) }, now);
      await transaction.manager.update(Key, { keyId }, { revokedAt: old.revokedAt, rotatedTo: old.rotatedTo });
      await transaction.manager.insert(Key, successor);
      await recordAct(
        transaction.manager,
        principal,
        { action: 'rotateKey', subject: keyId, detail: `to ${parts.keyId}` },
        now,
      );
      tell(transaction, 'key.rotated', old, now);
      return successor;
    });
    this.ring.forget(keyId);
    return { row, key: keyOf(parts) };
  }

  /** Revokes a key of the account; one that is revoked already stays as it is. Throws `key-not-found`, `forbidden`. */
  async revoke(principal: Principal, keyId: string): Promise<void> {
    await this.store.write(async (transaction) => {
      const now = this.clock.now();
      const key = await lockedKey(transaction, principal, keyId);
      requireMintable(principal, key.role);
      if (isRevoked(key, now)) return;
      await transaction.manager.update(Key, { keyId }, { revokedAt: now });
      await recordAct(transaction.manager, principal, { action: 'revokeKey', subject: keyId }, now);
      tell(transaction, 'key.revoked', key, now);
    });
    this.ring.forget(keyId);
  }
}

type KeyNews = 'key.created' | 'key.rotated' | 'key.revoked';

/** Which key it was, and never more than its id and its rights. */
function tell(transaction: Transaction, kind: KeyNews, key: KeyRow, now: number): void {
  const { accountId, programId, keyId, role, rotatedTo } = key;
  const data = { keyId, role, ...(kind === 'key.rotated' && { rotatedTo }) };
  announce(transaction, accountId, now, [{ kind, programId, sessionId: null, data }]);
}

/**
 * A key of the caller's account, locked. Who may not manage keys sees only its own: any other is forbidden, known or not.
 */
async function lockedKey({ manager, forUpdate }: Transaction, principal: Principal, keyId: string): Promise<KeyRow> {
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
