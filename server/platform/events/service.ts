/** Following events: one feed for each account that somebody follows, and what keeps the open streams honest. */
import { type Clock, SECOND } from '../clock.ts';
import type { Principal } from '../context.ts';
import type { Store } from '../database/store.ts';
import { Fault } from '../faults.ts';
import type { Log } from '../log.ts';
import type { Counter } from '../metrics/metrics.ts';
import { Feed } from './feed.ts';
import { type Frame, frameOf } from './frame.ts';
import { OpenStreams } from './open-streams.ts';
import { Pulses, type ReadSigns } from './pulse.ts';
import { tellPulses } from './pulse-telling.ts';
import { eventsAfter, spanOf } from './query.ts';
import { canResume, type Filter, type Span } from './rules.ts';
import { Stream } from './stream.ts';
import { viewOf } from './view.ts';

const PAGE = 500;
const KEEP_ALIVE_EVERY_MS = 15 * SECOND;
const PULSE_EVERY_MS = 2 * SECOND;
/** Below the two seconds within which the end of a key ends its streams. */
const CHECK_KEYS_EVERY_MS = 1 * SECOND;

export interface Asked extends Filter {
  /** The number behind which the stream begins; omitted: with what happens from now on. */
  readonly after?: number | undefined;
  readonly pulse: boolean;
}

interface Watched {
  readonly feed: Feed;
  /** How many streams hold it, those that still catch up too. */
  users: number;
  pulses?: Pulses | undefined;
}

/** Which keys are still valid, whoever has revoked one. */
interface Keys {
  stillValid(keyIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Which web sessions, by the hashes of their tokens, are still open. */
interface WebSessions {
  stillOpen(tokenHashes: readonly string[]): Promise<ReadonlySet<string>>;
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly ring: Keys;
  readonly webSessions: WebSessions;
  readonly signsAfter: ReadSigns;
  readonly log: Log;
  /** Counts the readers that were too slow. */
  readonly cuts: Counter;
}

export class EventService {
  readonly #watched = new Map<string, Watched>();
  readonly #streams = new OpenStreams();
  readonly #reads = new Map<string, Promise<readonly Frame[]>>();
  readonly #unlisten: () => void;
  #timers: readonly NodeJS.Timeout[] = [];
  #isStopping = false;

  constructor(private readonly parts: Parts) {
    this.#unlisten = parts.store.listen((accountId) => this.#watched.get(accountId)?.feed.ring());
  }

  /** How many streams are open in this process. */
  get open(): number {
    return this.#streams.size;
  }

  readonly noteCut = (): void => this.parts.cuts.inc();

  /** A stream, to be run at once. Throws `events-gone`, `too-many-requests`, `unavailable` while the server stops. */
  async follow(principal: Principal, asked: Asked): Promise<Stream> {
    const { accountId, keyId } = principal;
    this.#refuseWhenStopping();
    const release = this.#streams.reserve(principal);
    try {
      const span = await this.parts.store.read((manager) => spanOf(manager, accountId));
      this.#refuseWhenStopping();
      const after = asked.after ?? span.latest;
      if (!canResume(after, span)) throw gone(after, span);
      const watched = this.#watch(accountId, span.latest);
      const stream = new Stream({
        feed: watched.feed,
        view: viewOf(principal, asked),
        keyId,
        webSession: principal.web?.tokenHash,
        after,
        read: (position) => this.#read(accountId, position),
        onClose: (closed) => {
          release();
          this.#streams.remove(closed);
          watched.users -= 1;
          if (watched.users === 0) this.#watched.delete(accountId);
          if (this.#streams.size === 0) this.#stopTimers();
        },
      });
      watched.users += 1;
      this.#streams.add(stream);
      this.#startTimers();
      return stream;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Ends every stream and lets no new one begin: a server that stops does not wait for its followers. */
  stop(): void {
    this.#isStopping = true;
    for (const stream of this.#streams) stream.end();
  }

  close(): void {
    this.stop();
    this.#stopTimers();
    this.#unlisten();
  }

  #refuseWhenStopping(): void {
    if (this.#isStopping) throw new Fault('unavailable', 'The server is stopping. Try again in a moment.');
  }

  #watch(accountId: string, position: number): Watched {
    const known = this.#watched.get(accountId);
    if (known) return known;
    const feed = new Feed({
      position,
      page: PAGE,
      read: (after) => this.#read(accountId, after),
      onFailure: (error) => this.parts.log.warn({ err: error }, 'events cannot be read; trying again'),
    });
    const made: Watched = { feed, users: 0 };
    this.#watched.set(accountId, made);
    return made;
  }

  /** The next page behind a number. Streams that ask for the same at the same time share one query. */
  #read(accountId: string, after: number): Promise<readonly Frame[]> {
    const what = `${accountId} ${after}`;
    const known = this.#reads.get(what);
    if (known) return known;
    const read = this.parts.store
      .read((manager) => eventsAfter(manager, accountId, after, PAGE))
      .then((rows) => rows.map(frameOf))
      .finally(() => this.#reads.delete(what));
    this.#reads.set(what, read);
    return read;
  }

  #startTimers(): void {
    if (this.#timers.length > 0) return;
    this.#timers = [
      setInterval(() => void this.#keepAlive(), KEEP_ALIVE_EVERY_MS),
      setInterval(() => void this.#checkKeys(), CHECK_KEYS_EVERY_MS),
      setInterval(() => void this.#pulse(), PULSE_EVERY_MS),
    ];
  }

  #stopTimers(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }

  #keepAlive(): void {
    for (const stream of this.#streams) stream.keepAlive();
  }

  /** Ends the streams of keys that were revoked, here or elsewhere, or have expired, and of web sessions that have ended. */
  async #checkKeys(): Promise<void> {
    try {
      const { keyIds, webSessions } = this.#streams;
      const [valid, open] = await Promise.all([
        this.parts.ring.stillValid(keyIds),
        this.parts.webSessions.stillOpen(webSessions),
      ]);
      const isGone = (webSession: string) => webSessions.includes(webSession) && !open.has(webSession);
      for (const stream of this.#streams) {
        const isSignedOut = stream.webSession !== undefined && isGone(stream.webSession);
        if ((keyIds.includes(stream.keyId) && !valid.has(stream.keyId)) || isSignedOut) stream.end();
      }
    } catch (error) {
      this.parts.log.debug({ err: error }, 'keys of streams cannot be checked; trying again');
    }
  }

  async #pulse(): Promise<void> {
    const { store, clock, log } = this.parts;
    for (const [accountId, watched] of this.#watched) {
      const streams = [...watched.feed.streams].filter(({ view }) => view.wantsPulse);
      if (streams.length === 0) watched.pulses = undefined;
      else {
        watched.pulses ??= new Pulses(accountId, this.parts.signsAfter, clock.now() - PULSE_EVERY_MS);
        await watched.pulses
          .next(store, clock.now())
          .then((pulses) => tellPulses(streams, pulses))
          .catch((error) => log.debug({ err: error }, 'heartbeats cannot be read; trying again'));
      }
    }
  }
}

function gone(after: number, { oldest, latest }: Span): Fault {
  const kept = oldest === null ? 'No event is kept.' : `The oldest event that is kept is ${oldest}.`;
  const why = after > latest ? `There is no event ${after} yet; the newest is ${latest}.` : kept;
  const detail = `${why} Read what you show anew, and follow from now on.`;
  return new Fault('events-gone', detail, { oldestEvent: oldest, latestEvent: latest });
}
