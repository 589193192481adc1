/**
 * The keys that were used in the last moments, so that a request need not ask the database who calls. A key revoked in
 * this process is forgotten at once; one revoked in another is refused when its entry has expired.
 */
import { In } from 'typeorm';
import { type Clock, SECOND } from '../../platform/clock.ts';
import { Batcher, type BatchOutcome } from '../../platform/database/batcher.ts';
import type { Store } from '../../platform/database/store.ts';
import type { Principal } from '../../platform/principal.ts';
import { parseKey, verifySecret } from '../../platform/secret.ts';
import { Account, type AccountRow } from '../accounts/index.ts';
import { Key, type KeyRow } from './entity.ts';
import { isValid } from './rules.ts';

/** Below the two seconds within which every replica refuses a revoked key. */
const TTL_MS = 1 * SECOND;
const MAX_ENTRIES = 10_000;
const MAX_BATCH = 500;

/** That a key was compared with what is stored of it, and is the same. */
export interface Proof {
  readonly key: KeyRow;
}

interface Entry extends Proof {
  readonly principal: Principal;
  readonly readAt: number;
}

export class KeyCache {
  readonly #entries = new Map<string, Entry>();
  /** When each key was last used; written behind by `writeUses`. */
  #lastUses = new Map<string, number>();
  /** Keys that are asked for at once, as those of a fleet are when a second is over, are looked up together. */
  readonly #loader = new Batcher<string, Entry | null>({
    runBatch: (keyIds) => this.#loadAll(keyIds),
    failsWholeBatch: () => true,
    maxSize: MAX_BATCH,
  });
  /** Grows with every revocation, so that a read that began before one is not kept after it. */
  #invalidations = 0;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  async findPrincipal(key: string): Promise<Principal | null> {
    const parts = parseKey(key);
    const entry = parts && (this.#getFresh(parts.keyId) ?? (await this.#loader.add(parts.keyId)));
    return entry && verifySecret(parts.secret, entry.key.secretHash) ? this.#recordUse(entry) : null;
  }

  /** The proof of a key that was looked up in the last moment; null for every other. Asks nobody. */
  getProof(key: string): Proof | null {
    const parts = parseKey(key);
    const entry = parts && this.#getFresh(parts.keyId);
    return entry && verifySecret(parts.secret, entry.key.secretHash) ? entry : null;
  }

  /** The holder of the key that was proved, for as long as it would be found by the key itself without asking anybody. */
  getPrincipal(proof: Proof): Principal | null {
    const entry = this.#getFresh(proof.key.keyId);
    return entry === proof ? this.#recordUse(entry) : null;
  }

  /** The holder of a key by its id, for a web session that was opened with the whole key. */
  async findPrincipalByKeyId(keyId: string): Promise<Principal | null> {
    const entry = this.#getFresh(keyId) ?? (await this.#loader.add(keyId));
    return entry && this.#recordUse(entry);
  }

  /** True for a key that was valid when it was last looked up here. Asks nobody. */
  has(key: string): boolean {
    const parts = parseKey(key);
    const entry = parts && this.#entries.get(parts.keyId);
    return !!entry && verifySecret(parts.secret, entry.key.secretHash) && isValid(entry.key, this.clock.now());
  }

  /** Those of the keys that are still valid, whoever has revoked one. It asks the database, and counts as no use. */
  async filterValid(keyIds: readonly string[]): Promise<ReadonlySet<string>> {
    const valid = new Set<string>();
    for (let from = 0; from < keyIds.length; from += MAX_BATCH) {
      const batch = keyIds.slice(from, from + MAX_BATCH);
      const keys = await this.store.read((manager) => manager.findBy(Key, { keyId: In(batch) }));
      for (const key of keys) if (isValid(key, this.clock.now())) valid.add(key.keyId);
    }
    return valid;
  }

  /** Writes down when keys were last used, off the path of requests. A use lost in a crash is no harm. */
  async flushLastUses(): Promise<void> {
    const uses = this.#lastUses;
    this.#lastUses = new Map();
    for (const [keyId, lastUsedAt] of uses) {
      await this.store.write(({ manager }) => manager.update(Key, { keyId }, { lastUsedAt }));
    }
  }

  invalidate(keyId: string): void {
    this.#invalidations += 1;
    this.#entries.delete(keyId);
  }

  /** After a change of an account, which every entry of its keys holds a part of. */
  invalidateAccount(accountId: string): void {
    this.#invalidations += 1;
    for (const [keyId, entry] of this.#entries) {
      if (entry.key.accountId === accountId) this.#entries.delete(keyId);
    }
  }

  /** The holder of a key that is valid now; its use is noted. */
  #recordUse({ key, principal }: Entry): Principal | null {
    const now = this.clock.now();
    if (!isValid(key, now)) return null;
    this.#lastUses.set(key.keyId, now);
    return principal;
  }

  #getFresh(keyId: string): Entry | undefined {
    const entry = this.#entries.get(keyId);
    // A monotonic clock: no step of the wall clock may lengthen the trust.
    return entry && performance.now() - entry.readAt < TTL_MS ? entry : undefined;
  }

  async #loadAll(keyIds: readonly string[]): Promise<BatchOutcome<Entry | null>[]> {
    const invalidations = this.#invalidations;
    const readAt = performance.now();
    const { keys, accounts } = await this.store.read(async (manager) => {
      const keys = await manager.findBy(Key, { keyId: In([...new Set(keyIds)]) });
      const accountIds = [...new Set(keys.map((key) => key.accountId))];
      return { keys, accounts: await manager.findBy(Account, { accountId: In(accountIds) }) };
    });
    const accountsById = new Map(accounts.map((account) => [account.accountId, account]));
    const entries = new Map<string, Entry>();
    for (const key of keys) {
      const account = accountsById.get(key.accountId);
      if (account) entries.set(key.keyId, { key, readAt, principal: toPrincipal(key, account) });
    }
    if (invalidations === this.#invalidations) for (const [keyId, entry] of entries) this.#set(keyId, entry);
    return keyIds.map((keyId) => ({ result: entries.get(keyId) ?? null }));
  }

  #set(keyId: string, entry: Entry): void {
    this.#entries.delete(keyId);
    this.#entries.set(keyId, entry);
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > MAX_ENTRIES && oldest !== undefined) this.#entries.delete(oldest);
  }
}

const toPrincipal = (
  { keyId, accountId, role, programId, label, expiresAt }: KeyRow,
  { name, tier }: AccountRow,
): Principal => ({ accountId, accountName: name, tier, keyId, role, programId, label, expiresAt });
