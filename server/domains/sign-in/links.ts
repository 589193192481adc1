/** One-time links: a server on loopback gives one to whoever sees its terminal, so that a first visit needs no pasting. */
import { type Clock, MINUTE } from '../../platform/clock.ts';
import { hashOf } from '../../platform/secret.ts';
import { newToken } from './token.ts';

const GOOD_MS = 10 * MINUTE;

/** Kept in memory, as hashes: a link is of this process, and ends with it. */
export class OneTimeLinks {
  readonly #goodUntil = new Map<string, number>();

  constructor(private readonly clock: Clock) {}

  /** A new link's secret, good once, for ten minutes. */
  offer(): string {
    const secret = newToken();
    this.#goodUntil.set(hashOf(secret), this.clock.elapsed() + GOOD_MS);
    return secret;
  }

  /** True once. Nothing is awaited between the look and the removal, so of two at once one gets it. */
  use(secret: string): boolean {
    const hash = hashOf(secret);
    const until = this.#goodUntil.get(hash);
    this.#goodUntil.delete(hash);
    return until !== undefined && this.clock.elapsed() < until;
  }
}
