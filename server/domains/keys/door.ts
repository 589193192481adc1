/** The door that REST and MCP share: whose credential it is, asked on behalf of the address that sent it. */
import type { Principal } from '../../platform/context.ts';
import type { RequestAuthenticator } from '../../platform/http/security.ts';
import type { RateLimits } from '../../platform/limits/service.ts';
import type { Counter } from '../../platform/metrics/metrics.ts';
import type { Proof } from './key-ring.ts';

/** Who knows the holders of one kind of credential. */
interface Ring {
  holderOf(credential: string): Promise<Principal | null>;
  /** True for one that was valid when it was last looked up here. Asks nobody. */
  knows(credential: string): boolean;
}

interface KeyRing extends Ring {
  /** The proof of a key that was looked up in the last moment; null for every other. Asks nobody. */
  proofOf(key: string): Proof | null;
  /** The holder of the key that was proved, or null when that was too long ago. */
  holderBy(proof: Proof): Principal | null;
}

export class Door implements RequestAuthenticator {
  /** The key that each connection has shown last. */
  readonly #shown = new WeakMap<object, { readonly key: string; readonly proof: Proof }>();

  constructor(
    private readonly keys: KeyRing,
    private readonly webSessions: Ring,
    private readonly limits: RateLimits,
    private readonly refusals: Counter,
  ) {}

  /**
   * The holder of a key that was looked up in the last moment; null for every other, whether it is valid or not. Who shows
   * the same key again and again over one connection has it compared once in that moment: what is remembered is compared
   * with nothing but what came over the same connection, so no other caller can learn from how long it takes.
   */
  knownHolderOf(key: string, connection: object): Principal | null {
    const shown = this.#shown.get(connection);
    const holder = shown?.key === key ? this.keys.holderBy(shown.proof) : null;
    if (holder) return holder;
    const proof = this.keys.proofOf(key);
    if (proof) this.#shown.set(connection, { key, proof });
    return proof && this.keys.holderBy(proof);
  }

  /**
   * The holder of a key, or null. An address that has sent too many refused keys gets `too-many-requests` before the
   * database is asked, except for keys that are known here: valid callers behind the same address are not harmed.
   * A request from within the process has no address, and came through this door once already.
   */
  holderOf(key: string, address: string | undefined): Promise<Principal | null> {
    const proof = this.keys.proofOf(key);
    const known = proof && this.keys.holderBy(proof);
    if (known) return Promise.resolve(known);
    return this.#admit(address, this.keys.knows(key), () => this.keys.holderOf(key));
  }

  /** The same for the token of a cookie. */
  holderOfCookie(token: string, address: string | undefined): Promise<Principal | null> {
    return this.#admit(address, this.webSessions.knows(token), () => this.webSessions.holderOf(token));
  }

  /** The same for a one-time link, which nobody knows before it is used. */
  holderOfLink(use: () => Promise<Principal | null>, address: string | undefined): Promise<Principal | null> {
    return this.#admit(address, false, use);
  }

  async #admit(
    address: string | undefined,
    isKnown: boolean,
    look: () => Promise<Principal | null>,
  ): Promise<Principal | null> {
    if (address !== undefined && !isKnown) await this.limits.requireTrusted(address);
    const principal = await look();
    if (principal) return principal;
    this.refusals.inc();
    if (address !== undefined) await this.limits.noteRefused(address);
    return null;
  }
}
