/**
 * The one reader of an account's events in this process, however many streams follow. The table is the truth: a commit of
 * this process only wakes the reader, and commits of other processes are found by polling.
 */
import type { Frame } from './frame.ts';
import type { EventStream } from './stream.ts';

/** How often it polls for what other processes have written. */
const POLL_INTERVAL_MS = 400;
/** The least time between two polls: what is written meanwhile is read, and sent, together. */
const MIN_POLL_INTERVAL_MS = 50;
/** The newest frames are kept, so that a follower who reconnects costs no query. */
const MAX_RECENT_FRAMES = 1_000;

export interface FeedOptions {
  /** The number behind which it begins. */
  readonly position: number;
  /** The next frames, at most `page`. */
  readonly read: (after: number) => Promise<readonly Frame[]>;
  readonly pageSize: number;
  /** Resolves when each of the streams may be written to, or has ended. */
  readonly confirm: (streams: Iterable<EventStream>) => Promise<void>;
  readonly isConfirmed: (stream: EventStream) => boolean;
  /** Called for the first poll in a row that failed; polling goes on. */
  readonly onFailure: (error: unknown) => void;
}

export class Feed {
  readonly #options: FeedOptions;
  readonly #streams = new Set<EventStream>();
  #position: number;
  #recent: Frame[] = [];
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #isPolling = false;
  #wasWoken = false;
  #polledAt = 0;
  #isFailing = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#position = options.position;
  }

  get streams(): ReadonlySet<EventStream> {
    return this.#streams;
  }

  /** Adds a stream that has caught up, or nearly so; false while it is further behind than the frames kept here. */
  join(stream: EventStream): boolean {
    const isNear = (this.#recent[0]?.sequence ?? Number.POSITIVE_INFINITY) <= stream.position + 1;
    if (stream.position < this.#position && !isNear) return false;
    if (stream.position > this.#position && this.#streams.size === 0) this.#resetTo(stream.position);
    stream.push(this.#recent);
    this.#streams.add(stream);
    this.#schedulePoll(0);
    return true;
  }

  leave(stream: EventStream): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Something was committed: polls soon. */
  wake(): void {
    this.#wasWoken = true;
    if (!this.#isPolling) this.#schedulePoll(Math.max(0, this.#polledAt + MIN_POLL_INTERVAL_MS - performance.now()));
  }

  /** Without followers nothing was read for a while, and nobody needs what lies between. */
  #resetTo(position: number): void {
    this.#position = position;
    this.#recent = [];
  }

  /** Polls after this time, or earlier if that was planned already. */
  #schedulePoll(ms: number): void {
    const dueAt = performance.now() + ms;
    if (this.#streams.size === 0 || this.#isPolling || (this.#timer && this.#dueAt <= dueAt)) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => void this.#poll(), ms);
  }

  async #poll(): Promise<void> {
    this.#timer = undefined;
    this.#isPolling = true;
    this.#wasWoken = false;
    let hasMore = false;
    try {
      const frames = await this.#options.read(this.#position);
      // After the read: a credential that ended before these events happened must not get them.
      if (frames.length > 0) await this.#options.confirm(this.#streams);
      this.#push(frames);
      hasMore = frames.length === this.#options.pageSize;
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#options.onFailure(error);
      this.#isFailing = true;
    }
    this.#isPolling = false;
    this.#polledAt = performance.now();
    this.#schedulePoll(hasMore ? 0 : this.#wasWoken ? MIN_POLL_INTERVAL_MS : POLL_INTERVAL_MS);
  }

  #push(frames: readonly Frame[]): void {
    const [first] = frames;
    if (!first) return;
    // What lies between was deleted before it could be read: a client that resumes is told so.
    if (first.sequence !== this.#position + 1) for (const stream of this.#streams) stream.end();
    this.#position = frames.at(-1)?.sequence ?? this.#position;
    this.#recent = [...this.#recent, ...frames].slice(-MAX_RECENT_FRAMES);
    const chunks = new Map<string, Buffer | string>();
    for (const stream of this.#streams) {
      // It joined while the others were confirmed, and that took long. It resumes without a gap.
      if (!this.#options.isConfirmed(stream)) {
        stream.end();
        continue;
      }
      if (stream.position >= first.sequence) {
        stream.push(frames);
        continue;
      }
      const { view } = stream;
      const chunk = chunks.get(view.key) ?? view.encode(frames, 0);
      chunks.set(view.key, chunk);
      stream.push(frames, chunk);
    }
  }
}
