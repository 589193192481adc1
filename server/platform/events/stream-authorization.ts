/**
 * Whether open streams may still be written to. Any server may revoke a key or end a web session, and this one learns of
 * it only by asking the database. So a stream knows when its credential was last found valid, and is sent nothing when
 * that is longer ago than revocations may take: while the database cannot be asked, or right after this process was
 * paused, streams wait.
 */
import { type Clock, SECOND } from '../clock.ts';
import type { EventStream } from './stream.ts';

/** Within this time the end of a credential ends its streams. */
const MAX_AGE_MS = 2 * SECOND;
/** A request's credential may have been looked up this long before: the caches of keys and web sessions trust it for so long. */
const CACHED_FOR_MS = 1 * SECOND;

/** By two clocks: the monotonic one stands still while a machine sleeps, and the other may be set. */
export interface ConfirmedAt {
  readonly monotonic: number;
  readonly wall: number;
}

/** Which keys are still valid, whoever has revoked one. */
interface Keys {
  filterValid(keyIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Which web sessions, by the hashes of their tokens, are still open. */
interface WebSessions {
  filterOpen(tokenHashes: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Whether what the database says may be believed: right after this process was paused, it may not. */
interface Freshness {
  /** Resolves once it may. Throws `unavailable`. */
  confirm(): Promise<void>;
}

export interface AuthorizationDeps {
  readonly keyCache: Keys;
  readonly webSessions: WebSessions;
  readonly clock: Clock & Freshness;
}

export class StreamAuthorization {
  constructor(private readonly deps: AuthorizationDeps) {}

  /** For the stream of a request that was authenticated just now. */
  ofNewStream(): ConfirmedAt {
    const { monotonic, wall } = this.#now();
    return { monotonic: monotonic - CACHED_FOR_MS, wall };
  }

  isConfirmed({ confirmedAt }: EventStream): boolean {
    const { monotonic, wall } = this.#now();
    return monotonic - confirmedAt.monotonic < MAX_AGE_MS && Math.abs(wall - confirmedAt.wall) < MAX_AGE_MS;
  }

  /** Resolves when each of these streams is confirmed or has ended. Rejects while their credentials cannot be checked. */
  async confirm(streams: Iterable<EventStream>): Promise<void> {
    const unconfirmed = this.#findUnconfirmed(streams);
    if (unconfirmed.length === 0) return;
    await this.check(unconfirmed);
    if (this.#findUnconfirmed(unconfirmed).length > 0) throw new Error('The check of credentials took too long');
  }

  /** Asks the database about all of these, and ends those whose key or web session has ended. */
  async check(streams: readonly EventStream[]): Promise<void> {
    await this.deps.clock.confirm();
    // What was found is as old as the question.
    const askedAt = this.#now();
    const [valid, open] = await Promise.all([
      this.deps.keyCache.filterValid([...new Set(streams.map(({ keyId }) => keyId))]),
      this.deps.webSessions.filterOpen([...new Set(streams.flatMap(({ webSession }) => webSession ?? []))]),
    ]);
    for (const stream of streams) {
      const isValid = valid.has(stream.keyId) && (stream.webSession === undefined || open.has(stream.webSession));
      if (isValid) stream.confirmedAt = askedAt;
      else stream.end();
    }
  }

  #findUnconfirmed(streams: Iterable<EventStream>): EventStream[] {
    const unconfirmed: EventStream[] = [];
    for (const stream of streams) if (stream.isOpen && !this.isConfirmed(stream)) unconfirmed.push(stream);
    return unconfirmed;
  }

  #now(): ConfirmedAt {
    return { monotonic: this.deps.clock.elapsed(), wall: this.deps.clock.now() };
  }
}
