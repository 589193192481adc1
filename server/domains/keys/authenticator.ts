/** Authentication of keys, cookies and invitations, shared by REST and MCP; and the cache of keys with their principals. */

import { type EntityManager, In } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import { CredentialCache, type LookupLane, loadInBatches } from '../../platform/credentials/credential-cache.ts';
import type { Store } from '../../platform/database/store.ts';
import type { RequestAuthenticator } from '../../platform/http/authentication.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import type { Log } from '../../platform/log.ts';
import type { Counter } from '../../platform/metrics/metrics.ts';
import type { Principal } from '../../platform/principal.ts';
import { parseKey, verifySecret } from '../../platform/secret.ts';
import { Account, type AccountRow } from '../accounts/index.ts';
import { Key, type KeyRow } from './entity.ts';
import { isValid } from './rules.ts';

/** Where web sessions are found by the token of their cookie. */
interface WebSessions {
  findPrincipal(token: string, lane: LookupLane): Promise<Principal | null>;
}

/** Whether what this process has read before may still be believed. */
interface Freshness {
  isTrusted(): boolean;
  /** Resolves once it may. Throws `unavailable`. */
  confirm(): Promise<void>;
}

export interface AuthenticatorDependencies {
  readonly keyCache: Pick<KeyCache, 'findPrincipal' | 'getProof' | 'getPrincipal'>;
  readonly webSessions: WebSessions;
  readonly limits: RateLimits;
  /** Counts failed authentications. */
  readonly failures: Counter;
  readonly log: Log;
  readonly freshness: Freshness;
}

/** What the log says of a credential: never its secret. */
type CredentialDescription =
  | { readonly credential: 'key'; readonly keyId: string | null }
  | { readonly credential: 'cookie' | 'invitation' };

export class Authenticator implements RequestAuthenticator {
  /** The last key that each connection presented, with its proof. */
  readonly #lastKeys = new WeakMap<object, { readonly key: string; readonly proof: Proof }>();

  constructor(private readonly deps: AuthenticatorDependencies) {}

  /**
   * The principal of a cached key; null for every other key, valid or not. Never queries. A key that the same connection
   * presents again is compared with that connection's last key instead of being hashed: the comparison is not constant
   * in time, but it reveals nothing that this client did not send itself.
   */
  authenticateCached(key: string, connection: object): Principal | null {
    const { keyCache, freshness } = this.deps;
    if (!freshness.isTrusted()) return null;
    const last = this.#lastKeys.get(connection);
    const principal = last?.key === key ? keyCache.getPrincipal(last.proof) : null;
    if (principal) return principal;
    const proof = keyCache.getProof(key);
    if (proof) this.#lastKeys.set(connection, { key, proof });
    return proof && keyCache.getPrincipal(proof);
  }

  /**
   * The principal of a key; null when it is invalid. Throws `too-many-requests` in place of null when the address has
   * spent its budget of invalid credentials. A valid key is never refused for what else came from its address: secrets
   * are too long to guess, so the budget need only bound the cost of guesses. `address` is undefined for requests from
   * within the process.
   */
  authenticate(key: string, address: string | undefined): Promise<Principal | null> {
    const description = { credential: 'key', keyId: parseKey(key)?.keyId ?? null } as const;
    return this.#authenticate(address, description, (lane) => this.deps.keyCache.findPrincipal(key, lane));
  }

  /** The same for the token of a cookie. */
  authenticateCookie(token: string, address: string | undefined): Promise<Principal | null> {
    return this.#authenticate(address, { credential: 'cookie' }, (lane) =>
      this.deps.webSessions.findPrincipal(token, lane),
    );
  }

  /** The same for the code of an invitation: resolves with what `find` found by it. `find` may be called more than once. */
  authenticateCode<Found>(
    find: (lane: LookupLane) => Promise<Found | null>,
    address: string | undefined,
  ): Promise<Found | null> {
    return this.#authenticate(address, { credential: 'invitation' }, find);
  }

  async #authenticate<Found>(
    address: string | undefined,
    description: CredentialDescription,
    find: (lane: LookupLane) => Promise<Found | null>,
  ): Promise<Found | null> {
    const { limits, freshness } = this.deps;
    const isSuspect = address !== undefined && (await limits.isSuspect(address));
    await freshness.confirm();
    let found = await find(isSuspect ? 'suspect' : 'normal');
    while (!freshness.isTrusted()) {
      // This process was paused during the lookup, so its result may be outdated.
      await freshness.confirm();
      found = await find(isSuspect ? 'suspect' : 'normal');
    }
    if (!found) await this.#recordFailure(address, description);
    return found;
  }

  async #recordFailure(address: string | undefined, description: CredentialDescription): Promise<void> {
    const { failures, limits, log } = this.deps;
    failures.inc();
    const status = address === undefined ? null : await limits.countInvalidCredential(address);
    // Guesses beyond the budget are logged at debug level: an attacker must not be able to fill the disk.
    log[status?.exceeded ? 'debug' : 'warn']({ address, ...description }, 'authentication failed');
    if (status?.remaining === 0 && !status.exceeded)
      log.warn({ address, forSeconds: status.resetSeconds }, 'budget of invalid credentials spent');
    if (status) limits.requireWithinBudget([status]);
  }
}

/** A cached row whose secret was compared with the one presented, and matched. */
export interface Proof {
  readonly key: KeyRow;
}

interface Entry extends Proof {
  readonly principal: Principal;
}

export class KeyCache {
  readonly #entries = new CredentialCache<Entry>((keyIds, deadline) => this.#load(keyIds, deadline));
  /** When each key was last used, until `flushLastUses` writes it. */
  #lastUses = new Map<string, number>();

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** The principal of a valid key; null for any other text. */
  async findPrincipal(key: string, lane: LookupLane): Promise<Principal | null> {
    const parts = parseKey(key);
    const entry = parts && (await this.#entries.find(parts.keyId, lane));
    return entry && verifySecret(parts.secret, entry.key.secretHash) ? this.#recordUse(entry) : null;
  }

  /** The proof of a cached key; null for every other. Never queries. */
  getProof(key: string): Proof | null {
    const parts = parseKey(key);
    const entry = parts && this.#entries.peek(parts.keyId);
    return entry && verifySecret(parts.secret, entry.key.secretHash) ? entry : null;
  }

  /** The principal of a proven key while the same entry is still cached. */
  getPrincipal(proof: Proof): Principal | null {
    const entry = this.#entries.peek(proof.key.keyId);
    return entry === proof ? this.#recordUse(entry) : null;
  }

  /** The principal of a key by its id, for a web session that was opened with the whole key. */
  async findPrincipalByKeyId(keyId: string): Promise<Principal | null> {
    const entry = await this.#entries.find(keyId);
    return entry && this.#recordUse(entry);
  }

  /** Those of the keys that are valid in the database now. Does not count as a use. */
  async filterValid(keyIds: readonly string[]): Promise<ReadonlySet<string>> {
    const keys = await loadInBatches(keyIds, (batch) =>
      this.store.read((manager) => manager.findBy(Key, { keyId: In(batch) })),
    );
    return new Set(keys.filter((key) => isValid(key, this.clock.now())).map(({ keyId }) => keyId));
  }

  /** Writes when keys were last used. Not part of a request, so a crash may lose the last minute. */
  async flushLastUses(): Promise<void> {
    const uses = this.#lastUses;
    this.#lastUses = new Map();
    for (const [keyId, lastUsedAt] of uses) {
      await this.store.write(({ manager }) => manager.update(Key, { keyId }, { lastUsedAt }));
    }
  }

  /** After keys were revoked or rotated. */
  invalidate(keyIds: readonly string[]): void {
    const changed = new Set(keyIds);
    this.#entries.invalidate((_entry, keyId) => changed.has(keyId));
  }

  /** When nothing cached may be believed any more. */
  clear(): void {
    this.#entries.clear();
  }

  /** After a change of an account: every entry of its keys holds its name and tier. */
  invalidateAccount(accountId: string): void {
    this.#entries.invalidate(({ key }) => key.accountId === accountId);
  }

  #recordUse({ key, principal }: Entry): Principal | null {
    const now = this.clock.now();
    if (!isValid(key, now)) return null;
    this.#lastUses.set(key.keyId, now);
    return principal;
  }

  async #load(keyIds: readonly string[], deadline: number): Promise<ReadonlyMap<string, Entry>> {
    const read = async (manager: EntityManager) => {
      const keys = await manager.findBy(Key, { keyId: In([...keyIds]) });
      const accountIds = [...new Set(keys.map((key) => key.accountId))];
      return { keys, accounts: await manager.findBy(Account, { accountId: In(accountIds) }) };
    };
    const { keys, accounts } = await this.store.read(read, { deadline });
    const accountsById = new Map(accounts.map((account) => [account.accountId, account]));
    const entries = new Map<string, Entry>();
    for (const key of keys) {
      const account = accountsById.get(key.accountId);
      if (account && account.removedAt === null) entries.set(key.keyId, { key, principal: toPrincipal(key, account) });
    }
    return entries;
  }
}

const toPrincipal = (
  { keyId, accountId, role, programId, label, expiresAt, connectionId, renewalGrantedBy }: KeyRow,
  { name, tier }: AccountRow,
): Principal => ({
  accountId,
  accountName: name,
  tier,
  keyId,
  role,
  programId,
  label,
  expiresAt,
  ...(connectionId !== null && { connectionId }),
  ...(renewalGrantedBy !== null && { renewable: true }),
});
