/**
 * The keys that were used in the last moments, so that a request need not ask the database who calls. A key revoked in
 * this process is forgotten at once; one revoked in another is refused when its entry has expired.
 */
import { In } from 'typeorm';
import { type Clock, SECOND } from '../../platform/clock.ts';
import type { Principal } from '../../platform/context.ts';
import { Batching, type Outcome } from '../../platform/database/batching.ts';
import type { Store } from '../../platform/database/store.ts';
import { isSecret, partsOf } from '../../platform/secret.ts';
import { Account, type AccountRow } from '../accounts/entity.ts';
import { Key, type KeyRow } from './entity.ts';
import { isValid } from './rules.ts';

/** Below the two seconds within which every replica refuses a revoked key. */
const TRUSTED_MS = 1 * SECOND;
const MOST = 10_000;
const AT_ONCE = 500;

/** That a key was compared with what is stored of it, and is the same. */
export interface Proof {
  readonly key: KeyRow;
}

interface Entry extends Proof {
  readonly principal: Principal;
  readonly readAt: number;
}

export class KeyRing {
  readonly #entries = new Map<string, Entry>();
  /** When each key was last used; written behind by `writeUses`. */
  #uses = new Map<string, number>();
  /** Keys that are asked for at once, as those of a fleet are when a second is over, are looked up together. */
  readonly #read = new Batching<string, Entry | null>({
    work: (keyIds) => this.#readAll(keyIds),
    isShared: () => true,
    most: AT_ONCE,
  });
  /** Grows with every revocation, so that a read that began before one is not kept after it. */
  #revocations = 0;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  async holderOf(key: string): Promise<Principal | null> {
    const parts = partsOf(key);
    const entry = parts && (this.#fresh(parts.keyId) ?? (await this.#read.add(parts.keyId)));
    return entry && isSecret(parts.secret, entry.key.secretHash) ? this.#used(entry) : null;
  }

  /** The proof of a key that was looked up in the last moment; null for every other. Asks nobody. */
  proofOf(key: string): Proof | null {
    const parts = partsOf(key);
    const entry = parts && this.#fresh(parts.keyId);
    return entry && isSecret(parts.secret, entry.key.secretHash) ? entry : null;
  }

  /** The holder of the key that was proved, for as long as it would be found by the key itself without asking anybody. */
  holderBy(proof: Proof): Principal | null {
    const entry = this.#fresh(proof.key.keyId);
    return entry === proof ? this.#used(entry) : null;
  }

  /** The holder of a key by its id, for a web session that was opened with the whole key. */
  async holderOfId(keyId: string): Promise<Principal | null> {
    const entry = this.#fresh(keyId) ?? (await this.#read.add(keyId));
    return entry && this.#used(entry);
  }

  /** True for a key that was valid when it was last looked up here. Asks nobody. */
  knows(key: string): boolean {
    const parts = partsOf(key);
    const entry = parts && this.#entries.get(parts.keyId);
    return !!entry && isSecret(parts.secret, entry.key.secretHash) && isValid(entry.key, this.clock.now());
  }

  /** Those of the keys that are still valid, whoever has revoked one. It asks the database, and counts as no use. */
  async stillValid(keyIds: readonly string[]): Promise<ReadonlySet<string>> {
    const valid = new Set<string>();
    for (let from = 0; from < keyIds.length; from += AT_ONCE) {
      const some = keyIds.slice(from, from + AT_ONCE);
      const keys = await this.store.read((manager) => manager.findBy(Key, { keyId: In(some) }));
      for (const key of keys) if (isValid(key, this.clock.now())) valid.add(key.keyId);
    }
    return valid;
  }

  /** Writes down when keys were last used, off the path of requests. A use lost in a crash is no harm. */
  async writeUses(): Promise<void> {
    const uses = this.#uses;
    this.#uses = new Map();
    for (const [keyId, lastUsedAt] of uses) {
      await this.store.write(({ manager }) => manager.update(Key, { keyId }, { lastUsedAt }));
    }
  }

  forget(keyId: string): void {
    this.#revocations += 1;
    this.#entries.delete(keyId);
  }

  /** After a change of an account, which every entry of its keys holds a part of. */
  forgetAccount(accountId: string): void {
    this.#revocations += 1;
    for (const [keyId, entry] of this.#entries) {
      if (entry.key.accountId === accountId) this.#entries.delete(keyId);
    }
  }

  /** The holder of a key that is valid now; its use is noted. */
  #used({ key, principal }: Entry): Principal | null {
    const now = this.clock.now();
    if (!isValid(key, now)) return null;
    this.#uses.set(key.keyId, now);
    return principal;
  }

  #fresh(keyId: string): Entry | undefined {
    const entry = this.#entries.get(keyId);
    // A monotonic clock: no step of the wall clock may lengthen the trust.
    return entry && performance.now() - entry.readAt < TRUSTED_MS ? entry : undefined;
  }

  async #readAll(keyIds: readonly string[]): Promise<Outcome<Entry | null>[]> {
    const revocations = this.#revocations;
    const readAt = performance.now();
    const { keys, accounts } = await this.store.read(async (manager) => {
      const keys = await manager.findBy(Key, { keyId: In([...new Set(keyIds)]) });
      const accountIds = [...new Set(keys.map((key) => key.accountId))];
      return { keys, accounts: await manager.findBy(Account, { accountId: In(accountIds) }) };
    });
    const accountOf = new Map(accounts.map((account) => [account.accountId, account]));
    const entries = new Map<string, Entry>();
    for (const key of keys) {
      const account = accountOf.get(key.accountId);
      if (account) entries.set(key.keyId, { key, readAt, principal: principalOf(key, account) });
    }
    if (revocations === this.#revocations) for (const [keyId, entry] of entries) this.#keep(keyId, entry);
    return keyIds.map((keyId) => ({ result: entries.get(keyId) ?? null }));
  }

  #keep(keyId: string, entry: Entry): void {
    this.#entries.delete(keyId);
    this.#entries.set(keyId, entry);
    const oldest = this.#entries.keys().next().value;
    if (this.#entries.size > MOST && oldest !== undefined) this.#entries.delete(oldest);
  }
}

const principalOf = (
  { keyId, accountId, role, programId, label, expiresAt }: KeyRow,
  { name, tier }: AccountRow,
): Principal => ({ accountId, accountName: name, tier, keyId, role, programId, label, expiresAt });
