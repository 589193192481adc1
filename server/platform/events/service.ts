/** Following events: one feed for each account that somebody follows, and the periodic work for open streams. */
import { SECOND } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { FairPool } from '../fair-pool.ts';
import { Fault } from '../faults.ts';
import type { Log } from '../log.ts';
import type { Counter } from '../metrics/metrics.ts';
import type { Principal } from '../principal.ts';
import { CatchUpReader } from './catch-up-reader.ts';
import { Feed } from './feed.ts';
import { type Frame, toFrame } from './frame.ts';
import { OpenStreams } from './open-streams.ts';
import { PulseReader, type ReadPulses } from './pulse-reader.ts';
import { readEventRange, readEventsAfter } from './query.ts';
import { canResume, type EventFilter, type EventRange } from './rules.ts';
import { sendHeartbeats } from './send-heartbeats.ts';
import { EventStream } from './stream.ts';
import { type AuthorizationDeps, StreamAuthorization } from './stream-authorization.ts';
import { createView } from './view.ts';

const PAGE_SIZE = 500;
const KEEP_ALIVE_EVERY_MS = 15 * SECOND;
const PULSE_EVERY_MS = 2 * SECOND;
/** Below the two seconds within which the end of a credential ends its streams. */
const CHECK_KEYS_EVERY_MS = 1 * SECOND;

export interface FollowRequest extends EventFilter {
  /** The number behind which the stream begins; omitted: with what happens from now on. */
  readonly after?: number | undefined;
  readonly pulse: boolean;
}

interface WatchedAccount {
  readonly feed: Feed;
  /** How many streams use it, including those that still catch up. */
  users: number;
  pulseReader?: PulseReader | undefined;
  isReadingPulses: boolean;
}

/** Accounts whose heartbeats are read at once. */
const PULSE_SHARES = { limit: 4, perOwner: 1 };

interface EventServiceDeps extends AuthorizationDeps {
  readonly store: Store;
  readonly readPulsesAfter: ReadPulses;
  readonly log: Log;
  /** Counts the readers that were cut off for being too slow. */
  readonly slowReaders: Counter;
}

export class EventService {
  readonly #watched = new Map<string, WatchedAccount>();
  readonly #streams = new OpenStreams();
  readonly #catchUps: CatchUpReader;
  readonly #pulseReads = new FairPool(PULSE_SHARES);
  readonly #authorization: StreamAuthorization;
  readonly #unlisten: () => void;
  #timers: readonly NodeJS.Timeout[] = [];
  #isStopping = false;
  #isChecking = false;

  constructor(private readonly deps: EventServiceDeps) {
    this.#authorization = new StreamAuthorization(deps);
    this.#catchUps = new CatchUpReader(deps.store);
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
      const view = createView(principal, request);
      const stream = new EventStream({
        feed: watched.feed,
        view,
        keyId,
        webSession: principal.web?.tokenHash,
        confirmedAt: this.#authorization.ofNewStream(),
        after,
        readPage: (position) => this.#catchUps.readPage(accountId, view, position),
        confirm: (opened) => this.#authorization.confirm([opened]),
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

  /** Ends every stream and refuses new ones: a server that stops does not wait for its followers. */
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
      read: (after) => this.#readFrames(accountId, after),
      confirm: (streams) => this.#authorization.confirm(streams),
      isConfirmed: (stream) => this.#authorization.isConfirmed(stream),
      onFailure: (error) => this.deps.log.warn({ err: error }, 'events cannot be read; trying again'),
    });
    const created: WatchedAccount = { feed, users: 0, isReadingPulses: false };
    this.#watched.set(accountId, created);
    return created;
  }

  async #readFrames(accountId: string, after: number): Promise<readonly Frame[]> {
    return (await this.deps.store.read((manager) => readEventsAfter(manager, accountId, after, PAGE_SIZE))).map(
      toFrame,
    );
  }

  #startTimers(): void {
    if (this.#timers.length > 0) return;
    this.#timers = [
      setInterval(() => this.#keepAlive(), KEEP_ALIVE_EVERY_MS),
      setInterval(() => void this.#checkCredentials(), CHECK_KEYS_EVERY_MS),
      setInterval(() => this.#sendHeartbeats(), PULSE_EVERY_MS),
    ];
  }

  #stopTimers(): void {
    for (const timer of this.#timers) clearInterval(timer);
    this.#timers = [];
  }

  #keepAlive(): void {
    for (const stream of this.#streams) stream.keepAlive({ position: this.#authorization.isConfirmed(stream) });
  }

  /** Ends the streams of keys that were revoked, here or elsewhere, or have expired, and of web sessions that have ended. */
  async #checkCredentials(): Promise<void> {
    if (this.#isChecking) return;
    this.#isChecking = true;
    try {
      await this.#authorization.check([...this.#streams]);
    } catch (error) {
      this.deps.log.debug({ err: error }, 'credentials of streams cannot be checked; nothing is sent meanwhile');
    } finally {
      this.#isChecking = false;
    }
  }

  #sendHeartbeats(): void {
    for (const [accountId, watched] of this.#watched) {
      const streams = [...watched.feed.streams].filter(({ view }) => view.wantsPulses);
      if (streams.length === 0) watched.pulseReader = undefined;
      else if (!watched.isReadingPulses) void this.#sendAccountHeartbeats(accountId, watched, streams);
    }
  }

  /** Never rejects. One account that is slow to read delays no other. */
  async #sendAccountHeartbeats(
    accountId: string,
    watched: WatchedAccount,
    streams: readonly EventStream[],
  ): Promise<void> {
    const { store, clock, log, readPulsesAfter } = this.deps;
    watched.isReadingPulses = true;
    watched.pulseReader ??= new PulseReader(accountId, readPulsesAfter, clock.now() - PULSE_EVERY_MS);
    const { pulseReader } = watched;
    try {
      await this.#authorization.confirm(streams);
      const pulses = await this.#pulseReads.run(accountId, () => pulseReader.readNext(store, clock.now()));
      sendHeartbeats(
        streams.filter((stream) => this.#authorization.isConfirmed(stream)),
        pulses,
      );
    } catch (error) {
      log.debug({ err: error }, 'heartbeats cannot be read; trying again');
    } finally {
      watched.isReadingPulses = false;
    }
  }
}

function eventsGone(after: number, { oldest, latest }: EventRange): Fault {
  const range = oldest === null ? 'No event is kept.' : `The oldest event that is kept is ${oldest}.`;
  const why = after > latest ? `There is no event ${after} yet; the newest is ${latest}.` : range;
  const detail = `${why} Read what you show anew, and follow from now on.`;
  return new Fault('events-gone', detail, { oldestEvent: oldest, latestEvent: latest });
}
