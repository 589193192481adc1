/** The door that REST and MCP share: whose credential it is, asked on behalf of the address that sent it. */

import type { RequestAuthenticator } from '../../platform/http/authentication.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import type { Counter } from '../../platform/metrics/metrics.ts';
import type { Principal } from '../../platform/principal.ts';
import type { Proof } from './key-cache.ts';

/** Who knows the holders of one kind of credential. */
interface CredentialCache {
  findPrincipal(credential: string): Promise<Principal | null>;
  /** True for one that was valid when it was last looked up here. Asks nobody. */
  has(credential: string): boolean;
}

interface KeyCredentialCache extends CredentialCache {
  /** The proof of a key that was looked up in the last moment; null for every other. Asks nobody. */
  getProof(key: string): Proof | null;
  /** The holder of the key that was proved, or null when that was too long ago. */
  getPrincipal(proof: Proof): Principal | null;
}

export class Authenticator implements RequestAuthenticator {
  /** The key that each connection has shown last. */
  readonly #lastKeys = new WeakMap<object, { readonly key: string; readonly proof: Proof }>();

  constructor(
    private readonly keyCache: KeyCredentialCache,
    private readonly webSessions: CredentialCache,
    private readonly limits: RateLimits,
    private readonly refusals: Counter,
  ) {}

  /**
   * The holder of a key that was looked up in the last moment; null for every other, whether it is valid or not. Who shows
   * the same key again and again over one connection has it compared once in that moment: what is remembered is compared
   * with nothing but what came over the same connection, so no other caller can learn from how long it takes.
   */
  authenticateCached(key: string, connection: object): Principal | null {
    const last = this.#lastKeys.get(connection);
    const principal = last?.key === key ? this.keyCache.getPrincipal(last.proof) : null;
    if (principal) return principal;
    const proof = this.keyCache.getProof(key);
    if (proof) this.#lastKeys.set(connection, { key, proof });
    return proof && this.keyCache.getPrincipal(proof);
  }

  /**
   * The holder of a key, or null. An address that has sent too many refused keys gets `too-many-requests` before the
   * database is asked, except for keys that are known here: valid callers behind the same address are not harmed.
   * A request from within the process has no address, and came through this door once already.
   */
  authenticate(key: string, address: string | undefined): Promise<Principal | null> {
    const proof = this.keyCache.getProof(key);
    const cached = proof && this.keyCache.getPrincipal(proof);
    if (cached) return Promise.resolve(cached);
    return this.#limitGuesses(address, this.keyCache.has(key), () => this.keyCache.findPrincipal(key));
  }

  /** The same for the token of a cookie. */
  authenticateCookie(token: string, address: string | undefined): Promise<Principal | null> {
    return this.#limitGuesses(address, this.webSessions.has(token), () => this.webSessions.findPrincipal(token));
  }

  /** The same for a one-time link, which nobody knows before it is used. */
  authenticateLink(use: () => Promise<Principal | null>, address: string | undefined): Promise<Principal | null> {
    return this.#limitGuesses(address, false, use);
  }

  async #limitGuesses(
    address: string | undefined,
    isCached: boolean,
    lookUp: () => Promise<Principal | null>,
  ): Promise<Principal | null> {
    if (address !== undefined && !isCached) await this.limits.requireNotBlocked(address);
    const principal = await lookUp();
    if (principal) return principal;
    this.refusals.inc();
    if (address !== undefined) await this.limits.countRefusedKey(address);
    return null;
  }
}
