/** One-time links: a server on loopback gives one to whoever sees its terminal, so that a first visit needs no pasting. */
import { type Clock, MINUTE } from '../../platform/clock.ts';
import { hashSecret } from '../../platform/secret.ts';
import { generateToken } from './token.ts';

const LINK_TTL_MS = 10 * MINUTE;

/** Kept in memory, as hashes: a link is of this process, and ends with it. */
export class OneTimeLinks {
  readonly #expiresAt = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** A new link's secret, good once, for ten minutes. */
  create(): string {
    const secret = generateToken();
    this.#expiresAt.set(hashSecret(secret), this.clock.elapsed() + LINK_TTL_MS);
    return secret;
  }

  /** True once. Nothing is awaited between the look and the removal, so of two at once one gets it. */
  redeem(secret: string): boolean {
    const hash = hashSecret(secret);
    const expiresAt = this.#expiresAt.get(hash);
    this.#expiresAt.delete(hash);
    return expiresAt !== undefined && this.clock.elapsed() < expiresAt;
  }
}
