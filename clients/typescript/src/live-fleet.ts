/** The fleet as it is now, and again whenever it changes. */
import { linkAbort } from './abort.js';
import { type Clock, type Duration, delay, toMilliseconds } from './clock.js';
import { isProblem } from './error.js';
import type { EventOptions } from './events.js';
import type { FleetHealth } from './generated/types.js';
import type { Fleet } from './operations/fleet.js';
import { backOffMs } from './retry.js';
import { classifyFailure } from './session-failure.js';

/** What `fleet.health` returns, and whether it is still so. */
export interface LiveFleet extends FleetHealth {
  /** `lost`: the server cannot be reached. This is what was last known, or an empty fleet if nothing was. */
  readonly connection: 'live' | 'lost';
}

export interface LiveOptions {
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal | undefined;
  /** How often the fleet is read at most while it changes; every second by default. */
  readonly every?: Duration | undefined;
}

export interface FleetLive {
  /**
   * The fleet as it is, and again whenever it changes, without a gap: `for await (const { programs } of
   * fleetbeat.fleet.live())`. Outlives its connections and says when it has none. Ends with `signal`, or when the loop over it
   * ends. Rejects with a `FleetbeatError` when the key may not see the fleet.
   */
  live(options?: LiveOptions): AsyncGenerator<LiveFleet, void, undefined>;
}

interface LiveDeps {
  readonly fleet: Pick<Fleet, 'health'>;
  readonly follow: (options: EventOptions) => AsyncGenerator<unknown, void, undefined>;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Ages grow also while nothing happens. */
const REFRESH_MS = 30_000;

/** What is known before the first answer. */
const NOTHING: FleetHealth = { massSilence: null, pendingTasksForAll: 0, programs: [] };

/**
 * First the fleet as it is, then each change of it, read anew. There is no gap: the first read comes after the stream's
 * position, so what happens during it is told by an event, and read again.
 */
export async function* followFleet(
  deps: LiveDeps,
  { signal: source, every = '1s' }: LiveOptions = {},
): AsyncGenerator<LiveFleet, void, undefined> {
  const { fleet, clock, random } = deps;
  const everyMs = toMilliseconds(every);
  const link = linkAbort(source);
  const { signal } = link;
  const stream = new FleetStream(deps, signal);
  let known: FleetHealth = NOTHING;
  let told: LiveFleet['connection'] | undefined;
  let failures = 0;
  try {
    while (!signal.aborted) {
      await stream.waitForNews(told);
      const isRead = stream.takeChange();
      try {
        if (isRead) known = await fleet.health({ signal, retries: 0 });
        if (isRead) failures = 0;
      } catch (error) {
        if (!signal.aborted && classifyFailure(error)?.kind !== 'lost') throw error;
        stream.markChanged();
        failures += 1;
      }
      if (signal.aborted) return;
      const connection = stream.isLost || failures > 0 ? 'lost' : 'live';
      if ((isRead && failures === 0) || (connection === 'lost' && told !== 'lost')) {
        told = connection;
        yield show(known, connection);
      }
      const pauseMs = failures === 0 ? everyMs : Math.max(everyMs, backOffMs(failures, random, 1_000, 30_000));
      await delay(clock, pauseMs, signal).catch(() => undefined);
    }
  } finally {
    link.abort();
  }
}

const show = (known: FleetHealth, connection: LiveFleet['connection']): LiveFleet => ({ ...known, connection });

/** Whether the fleet has changed since it was last read, by the stream of events. */
class FleetStream {
  isLost = false;
  #hasChanged = false;
  #failure: unknown;
  #wake: () => void = () => undefined;

  constructor(
    private readonly deps: LiveDeps,
    private readonly signal: AbortSignal,
  ) {
    signal.addEventListener('abort', () => this.#wake());
    this.#listen().catch((error: unknown) => {
      this.#failure = error;
      this.#wake();
    });
  }

  /** Resolves when there is something to read, or another connection to tell, and after a while in any case. */
  async waitForNews(told: LiveFleet['connection'] | undefined): Promise<void> {
    const hasNews = () => this.#hasChanged || this.#failure || (told !== 'lost' && this.isLost) || this.signal.aborted;
    if (!hasNews()) {
      const cancel = this.deps.clock.after(REFRESH_MS, () => this.markChanged(), true);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      cancel();
    }
    if (this.#failure) throw this.#failure;
  }

  markChanged(): void {
    this.#hasChanged = true;
    this.#wake();
  }

  takeChange(): boolean {
    const hasChanged = this.#hasChanged;
    this.#hasChanged = false;
    return hasChanged;
  }

  async #listen(): Promise<void> {
    const { signal } = this;
    const markChanged = () => this.markChanged();
    const onConnection = (state: 'open' | 'lost') => {
      this.isLost = state === 'lost';
      if (this.isLost) this.#wake();
    };
    while (!signal.aborted) {
      try {
        const options = { signal, onConnection, onPosition: markChanged, onPulse: markChanged };
        for await (const _ of this.deps.follow(options)) markChanged();
      } catch (error) {
        // The server no longer has what came after the position: go on from now.
        if (!isProblem(error, 'events-gone')) throw error;
      }
    }
  }
}
