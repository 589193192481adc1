/** One-time sign-in links: a server on loopback prints one at start, so that the first visit needs no pasted key. */
import { type Clock, MINUTE } from '../../platform/clock.ts';
import { hashSecret } from '../../platform/secret.ts';
import { generateToken } from './token.ts';

const LINK_TTL_MS = 10 * MINUTE;

/** Stored in memory, as hashes: links do not outlive the process. */
export class OneTimeLinks {
  readonly #expiresAt = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** The secret of a new link, valid once, for ten minutes. */
  create(): string {
    const secret = generateToken();
    this.#expiresAt.set(hashSecret(secret), this.clock.elapsed() + LINK_TTL_MS);
    return secret;
  }

  /** True once. Nothing is awaited between lookup and removal, so only one of two concurrent calls gets it. */
  redeem(secret: string): boolean {
    const hash = hashSecret(secret);
    const expiresAt = this.#expiresAt.get(hash);
    this.#expiresAt.delete(hash);
    return expiresAt !== undefined && this.clock.elapsed() < expiresAt;
  }
}
