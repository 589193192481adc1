/** Creating, listing, rotating and revoking keys. Each change and its audit row are one transaction. */
import type { Clock } from '../../platform/clock.ts';
import { type PageRequest, paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { AccountCaps } from '../../platform/limits/account-caps.ts';
import type { Principal } from '../../platform/principal.ts';
import { formatKey, generateKey, hashSecret } from '../../platform/secret.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { registerProgram } from '../programs/index.ts';
import { moveWebhooksToKey } from '../webhooks/index.ts';
import type { KeyCache } from './authenticator.ts';
import { endConnectionsOfProgram, moveConnectionsToKey } from './connections.ts';
import { Key, type KeyRow } from './entity.ts';
import { lockKeyTree } from './key-tree.ts';
import { lockChangeableKey, lockValidCaller, rejectUnknownKey } from './locks.ts';
import { lockAndRenew, movePromisesToKey, onlyExpiring } from './renewal.ts';
import { publishKeyEvent, revokeLockedKeys } from './revoke-keys.ts';
import { type KeyCreate, type KeyCreator, newKeyRow, requireMintable, rotateKeyRow } from './rules.ts';

/** A key with its secret, which is returned once and stored nowhere. */
export interface CreatedKey {
  readonly row: KeyRow;
  readonly key: string;
}

interface KeyFilter extends PageRequest {
  readonly programId: string | undefined;
  /** Only keys that this key created. */
  readonly createdBy: string | undefined;
  /** Only keys that expire soon and that somebody has to replace. */
  readonly expiring: boolean;
}

export class KeyService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly keyCache: KeyCache,
    private readonly caps: AccountCaps,
  ) {}

  /**
   * Creates a key, and its program unless that exists. The caller's key is locked, so that a revocation which takes its
   * descendants along misses none. Throws `forbidden`, `invalid-request`, `program-being-removed`, `account-limit-reached`.
   */
  async create(principal: Principal, create: KeyCreate): Promise<CreatedKey> {
    return this.store.write(async (transaction) => {
      const now = this.clock.now();
      await lockValidCaller(transaction, principal, now);
      const created = await this.createWithin(transaction, principal, create, now);
      const entry = { action: 'createKey', subject: created.row.keyId };
      await recordAuditEntry(transaction.manager, principal, entry, now);
      return created;
    });
  }

  /**
   * The same within a transaction that holds the lock of the creator's key, found valid, and writes the audit row. Throws
   * the same.
   */
  async createWithin(
    transaction: Transaction,
    creator: KeyCreator,
    create: KeyCreate,
    now: number,
  ): Promise<CreatedKey> {
    const parts = generateKey();
    const row = newKeyRow(creator, create, { keyId: parts.keyId, secretHash: hashSecret(parts.secret) }, now);
    await this.caps.require(transaction.manager, 'keys', row.accountId, now);
    if (row.programId !== null) await registerProgram(transaction, this.caps, row.accountId, row.programId, now);
    await transaction.manager.insert(Key, row);
    publishKeyEvent(transaction, 'key.created', row, now);
    return { row, key: formatKey(parts) };
  }

  /**
   * Creates the first admin key of a new account, within the transaction that creates the account. It expires with the
   * operator's key.
   */
  async createFirst(
    { manager }: Transaction,
    operator: Principal,
    accountId: string,
    now: number,
  ): Promise<{ keyId: string; key: string }> {
    const parts = generateKey();
    await manager.insert(Key, {
      keyId: parts.keyId,
      accountId,
      programId: null,
      role: 'admin',
      label: 'Made with the account',
      secretHash: hashSecret(parts.secret),
      // The operator's key belongs to another account, of which this one may see nothing.
      createdBy: null,
      createdAt: now,
      expiresAt: operator.expiresAt,
      revokedAt: null,
      rotatedTo: null,
      lastUsedAt: null,
      connectionId: null,
      clientName: null,
      renewalGrantedBy: null,
    });
    return { keyId: parts.keyId, key: formatKey(parts) };
  }

  /**
   * Creates the key behind the browser of a person whom an organisation vouches for, within the transaction that opens the
   * web session. No key of ours has created it. Throws `account-limit-reached`.
   */
  async createForPerson(
    transaction: Transaction,
    person: Pick<KeyRow, 'accountId' | 'role' | 'label' | 'expiresAt'>,
    now: number,
  ): Promise<KeyRow> {
    const { keyId, secret } = generateKey();
    await this.caps.require(transaction.manager, 'keys', person.accountId, now);
    const ends = { revokedAt: null, rotatedTo: null, lastUsedAt: null, connectionId: null, clientName: null };
    const own = { keyId, secretHash: hashSecret(secret), programId: null, createdBy: null, createdAt: now };
    const row: KeyRow = { ...person, ...own, ...ends, renewalGrantedBy: null };
    await transaction.manager.insert(Key, row);
    publishKeyEvent(transaction, 'key.created', row, now);
    return row;
  }

  /** Drops the cached keys of an account whose name or tier has changed. */
  forgetAccount(accountId: string): void {
    this.keyCache.invalidateAccount(accountId);
  }

  /** Revokes every key of an account, within the transaction that removes it. */
  async revokeAll({ manager }: Transaction, accountId: string, now: number): Promise<void> {
    await manager.query(
      'UPDATE api_keys SET revokedAt = ? WHERE accountId = ? AND (revokedAt IS NULL OR revokedAt > ?)',
      [now, accountId, now],
    );
  }

  /** Revokes the keys of a program, within the transaction that removes it: see `ProgramKeys`. */
  async revokeOfProgram(
    transaction: Transaction,
    principal: Principal,
    programId: string,
    now: number,
  ): Promise<string[]> {
    const query = transaction.manager
      .createQueryBuilder(Key, 'api_key')
      .where('api_key.accountId = :accountId AND api_key.programId = :programId', {
        accountId: principal.accountId,
        programId,
      });
    const keys = await transaction.forUpdate(query).getMany();
    if (keys.some(({ keyId }) => keyId === principal.keyId))
      throw new Fault('removal-refused', `The key in use belongs to the program '${programId}'.`);
    for (const { role } of keys) requireMintable(principal, role);
    await endConnectionsOfProgram(transaction, principal.accountId, programId, now);
    return revokeLockedKeys(transaction, principal, keys, { now, cause: programId });
  }

  /** Drops keys from the cache that were revoked within another service's transaction. */
  forget(keyIds: readonly string[]): void {
    this.keyCache.invalidate(keyIds);
  }

  /** A page of the account's keys, the newest first. */
  list(principal: Principal, filter: KeyFilter) {
    return this.store.read(async (manager) => {
      const query = manager
        .createQueryBuilder(Key, 'api_key')
        .where('api_key.accountId = :accountId', { accountId: principal.accountId });
      if (filter.programId !== undefined)
        query.andWhere('api_key.programId = :programId', { programId: filter.programId });
      if (filter.createdBy !== undefined)
        query.andWhere('api_key.createdBy = :createdBy', { createdBy: filter.createdBy });
      if (filter.expiring) onlyExpiring(query, this.clock.now());
      return paginateNewestFirst(query, ['createdAt', 'keyId'], filter);
    });
  }

  /** Throws `key-not-found`. */
  async get({ accountId }: Principal, keyId: string): Promise<KeyRow> {
    const key = await this.store.read((manager) => manager.findOneBy(Key, { accountId, keyId }));
    return key ?? rejectUnknownKey(keyId);
  }

  /**
   * Replaces a key. Its row is locked, so that of two concurrent rotations the second finds it rotated. With `renew` the
   * caller's own key gets another life: see `renewKeyRow`. Throws `key-not-found`, `key-not-rotatable`, `forbidden`.
   */
  async rotate(principal: Principal, keyId: string, { renew = false } = {}): Promise<CreatedKey> {
    const parts = generateKey();
    const secret = { keyId: parts.keyId, secretHash: hashSecret(parts.secret) };
    const row = await this.store.write(async (transaction) => {
      const now = this.clock.now();
      if (principal.keyId !== keyId) await lockValidCaller(transaction, principal, now);
      const { successor, old } = renew
        ? await lockAndRenew(transaction, principal, keyId, secret, now)
        : rotateKeyRow(principal, await lockChangeableKey(transaction, principal, keyId), secret, now);
      await transaction.manager.update(Key, { keyId }, { revokedAt: old.revokedAt, rotatedTo: old.rotatedTo });
      await transaction.manager.insert(Key, successor);
      const move = { from: keyId, to: successor.keyId };
      await moveConnectionsToKey(transaction, old.accountId, move);
      await movePromisesToKey(transaction, old.accountId, move);
      await moveWebhooksToKey(transaction, old.accountId, move);
      const detail = `to ${parts.keyId}${renew ? ', which renews it' : ''}`;
      await recordAuditEntry(transaction.manager, principal, { action: 'rotateKey', subject: keyId, detail }, now);
      publishKeyEvent(transaction, 'key.rotated', old, now);
      return successor;
    });
    this.keyCache.invalidate([keyId]);
    return { row, key: formatKey(parts) };
  }

  /**
   * Revokes a key of the account with its successors by rotation and all that it let in by OAuth, and with `withDescendants` all keys that they created.
   * Of those, the caller's own key is spared. Keys that are revoked already stay as they are. Throws `key-not-found`,
   * `forbidden`.
   */
  async revoke(principal: Principal, keyId: string, withDescendants: boolean): Promise<void> {
    const revoked = await this.store.write(async (transaction) => {
      const now = this.clock.now();
      const key = await lockChangeableKey(transaction, principal, keyId);
      const tree = await lockKeyTree(transaction, key, withDescendants);
      const affected = tree.filter((each) => each === key || each.keyId !== principal.keyId);
      for (const { role } of affected) requireMintable(principal, role);
      return revokeLockedKeys(transaction, principal, affected, { now, cause: keyId });
    });
    this.keyCache.invalidate(revoked);
  }
}
