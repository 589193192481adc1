/** Following events: one feed for each account that somebody follows, and what keeps the open streams honest. */
import { type Clock, SECOND } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { Fault } from '../faults.ts';
import type { Log } from '../log.ts';
import type { Counter } from '../metrics/metrics.ts';
import type { Principal } from '../principal.ts';
import { Feed } from './feed.ts';
import { type Frame, toFrame } from './frame.ts';
import { OpenStreams } from './open-streams.ts';
import { PulseReader, type ReadPulses } from './pulse-reader.ts';
import { readEventRange, readEventsAfter } from './query.ts';
import { canResume, type EventFilter, type EventRange } from './rules.ts';
import { sendHeartbeats } from './send-heartbeats.ts';
import { EventStream } from './stream.ts';
import { createView } from './view.ts';

const PAGE_SIZE = 500;
const KEEP_ALIVE_EVERY_MS = 15 * SECOND;
const PULSE_EVERY_MS = 2 * SECOND;
/** Below the two seconds within which the end of a key ends its streams. */
const CHECK_KEYS_EVERY_MS = 1 * SECOND;

export interface FollowRequest extends EventFilter {
  /** The number behind which the stream begins; omitted: with what happens from now on. */
  readonly after?: number | undefined;
  readonly pulse: boolean;
}

interface WatchedAccount {
  readonly feed: Feed;
  /** How many streams hold it, those that still catch up too. */
  users: number;
  pulseReader?: PulseReader | undefined;
}

/** Which keys are still valid, whoever has revoked one. */
interface Keys {
  filterValid(keyIds: readonly string[]): Promise<ReadonlySet<string>>;
}

/** Which web sessions, by the hashes of their tokens, are still open. */
interface WebSessions {
  filterOpen(tokenHashes: readonly string[]): Promise<ReadonlySet<string>>;
}

interface EventServiceDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly keyCache: Keys;
  readonly webSessions: WebSessions;
  readonly readPulsesAfter: ReadPulses;
  readonly log: Log;
  /** Counts the readers that were too slow. */
  readonly slowReaders: Counter;
}

export class EventService {
  readonly #watched = new Map<string, WatchedAccount>();
  readonly #streams = new OpenStreams();
  readonly #reads = new Map<string, Promise<readonly Frame[]>>();
  readonly #unlisten: () => void;
  #timers: readonly NodeJS.Timeout[] = [];
  #isStopping = false;

  constructor(private readonly deps: EventServiceDeps) {
    this.#unlisten = deps.store.listen((accountId) => this.#watched.get(accountId)?.feed.wake());
  }

  /** How many streams are open in this process. */
  get open(): number {
    return this.#streams.size;
  }

  readonly countSlowReader = (): void => this.deps.slowReaders.inc();

  /** A stream, to be run at once. Throws `events-gone`, `too-many-requests`, `unavailable` while the server stops. */
  async follow(principal: Principal, request: FollowRequest): Promise<EventStream> {
    const { accountId, keyId } = principal;
    this.#refuseWhenStopping();
    const release = this.#streams.reserve(principal);
    try {
      const span = await this.deps.store.read((manager) => readEventRange(manager, accountId));
      this.#refuseWhenStopping();
      const after = request.after ?? span.latest;
      if (!canResume(after, span)) throw eventsGone(after, span);
      const watched = this.#watchAccount(accountId, span.latest);
      const stream = new EventStream({
        feed: watched.feed,
        view: createView(principal, request),
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

  #watchAccount(accountId: string, position: number): WatchedAccount {
    const existing = this.#watched.get(accountId);
    if (existing) return existing;
    const feed = new Feed({
      position,
      pageSize: PAGE_SIZE,
      read: (after) => this.#read(accountId, after),
      onFailure: (error) => this.deps.log.warn({ err: error }, 'events cannot be read; trying again'),
    });
    const created: WatchedAccount = { feed, users: 0 };
    this.#watched.set(accountId, created);
    return created;
  }

  /** The next page behind a number. Streams that ask for the same at the same time share one query. */
  #read(accountId: string, after: number): Promise<readonly Frame[]> {
    const readKey = `${accountId} ${after}`;
    const known = this.#reads.get(readKey);
    if (known) return known;
    const read = this.deps.store
      .read((manager) => readEventsAfter(manager, accountId, after, PAGE_SIZE))
      .then((rows) => rows.map(toFrame))
      .finally(() => this.#reads.delete(readKey));
    this.#reads.set(readKey, read);
    return read;
  }

  #startTimers(): void {
    if (this.#timers.length > 0) return;
    this.#timers = [
      setInterval(() => void this.#keepAlive(), KEEP_ALIVE_EVERY_MS),
      setInterval(() => void this.#closeUnauthorized(), CHECK_KEYS_EVERY_MS),
      setInterval(() => void this.#sendHeartbeats(), PULSE_EVERY_MS),
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
  async #closeUnauthorized(): Promise<void> {
    try {
      const { keyIds, webSessions } = this.#streams;
      const [valid, open] = await Promise.all([
        this.deps.keyCache.filterValid(keyIds),
        this.deps.webSessions.filterOpen(webSessions),
      ]);
      const isGone = (webSession: string) => webSessions.includes(webSession) && !open.has(webSession);
      for (const stream of this.#streams) {
        const isSignedOut = stream.webSession !== undefined && isGone(stream.webSession);
        if ((keyIds.includes(stream.keyId) && !valid.has(stream.keyId)) || isSignedOut) stream.end();
      }
    } catch (error) {
      this.deps.log.debug({ err: error }, 'keys of streams cannot be checked; trying again');
    }
  }

  async #sendHeartbeats(): Promise<void> {
    const { store, clock, log } = this.deps;
    for (const [accountId, watched] of this.#watched) {
      const streams = [...watched.feed.streams].filter(({ view }) => view.wantsPulses);
      if (streams.length === 0) watched.pulseReader = undefined;
      else {
        watched.pulseReader ??= new PulseReader(accountId, this.deps.readPulsesAfter, clock.now() - PULSE_EVERY_MS);
        await watched.pulseReader
          .readNext(store, clock.now())
          .then((pulses) => sendHeartbeats(streams, pulses))
          .catch((error) => log.debug({ err: error }, 'heartbeats cannot be read; trying again'));
      }
    }
  }
}

function eventsGone(after: number, { oldest, latest }: EventRange): Fault {
  const kept = oldest === null ? 'No event is kept.' : `The oldest event that is kept is ${oldest}.`;
  const why = after > latest ? `There is no event ${after} yet; the newest is ${latest}.` : kept;
  const detail = `${why} Read what you show anew, and follow from now on.`;
  return new Fault('events-gone', detail, { oldestEvent: oldest, latestEvent: latest });
}
