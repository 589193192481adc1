/** Authentication of keys, cookies and one-time links, shared by REST and MCP. */
import type { LookupLane } from '../../platform/credentials/credential-cache.ts';
import type { RequestAuthenticator } from '../../platform/http/authentication.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import type { Log } from '../../platform/log.ts';
import type { Counter } from '../../platform/metrics/metrics.ts';
import type { Principal } from '../../platform/principal.ts';
import { parseKey } from '../../platform/secret.ts';
import type { KeyCache, Proof } from './key-cache.ts';

/** Where web sessions are found by the token of their cookie. */
interface WebSessions {
  findPrincipal(token: string, lane: LookupLane): Promise<Principal | null>;
}

export interface AuthenticatorDependencies {
  readonly keyCache: Pick<KeyCache, 'findPrincipal' | 'getProof' | 'getPrincipal'>;
  readonly webSessions: WebSessions;
  readonly limits: RateLimits;
  /** Counts failed authentications. */
  readonly failures: Counter;
  readonly log: Log;
}

/** What the log says of a credential: never its secret. */
type CredentialDescription =
  | { readonly credential: 'key'; readonly keyId: string | null }
  | { readonly credential: 'cookie' | 'link' };

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
    const { keyCache } = this.deps;
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

  /** The same for a one-time link, which `redeem` uses up. */
  authenticateLink(redeem: () => Promise<Principal | null>, address: string | undefined): Promise<Principal | null> {
    return this.#authenticate(address, { credential: 'link' }, redeem);
  }

  async #authenticate(
    address: string | undefined,
    description: CredentialDescription,
    findPrincipal: (lane: LookupLane) => Promise<Principal | null>,
  ): Promise<Principal | null> {
    const { limits } = this.deps;
    const isSuspect = address !== undefined && (await limits.isSuspect(address));
    const principal = await findPrincipal(isSuspect ? 'suspect' : 'normal');
    if (!principal) await this.#recordFailure(address, description);
    return principal;
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
