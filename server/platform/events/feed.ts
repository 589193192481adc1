/**
 * The one reader of an account's events in this process, however many streams follow. The table is the truth: what this
 * process commits only wakes the reader, and what other processes commit is found by looking again and again.
 */
import type { Frame } from './frame.ts';
import type { Stream } from './stream.ts';

/** How often it looks for what other processes have written. */
const LOOK_EVERY_MS = 400;
/** The least time between two looks: what is written meanwhile is read, and sent, together. */
const AT_LEAST_MS = 50;
/** The newest frames are kept, so that a follower who reconnects costs no query. */
const RECENT = 1_000;

export interface FeedOptions {
  /** The number behind which it begins. */
  readonly position: number;
  /** The next frames, at most `page`. */
  readonly read: (after: number) => Promise<readonly Frame[]>;
  readonly page: number;
  /** Told of the first look in a row that failed; the next one comes as ever. */
  readonly onFailure: (error: unknown) => void;
}

export class Feed {
  readonly #options: FeedOptions;
  readonly #streams = new Set<Stream>();
  #position: number;
  #recent: Frame[] = [];
  #timer: NodeJS.Timeout | undefined;
  #dueAt = 0;
  #isLooking = false;
  #wasRung = false;
  #lookedAt = 0;
  #isFailing = false;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#position = options.position;
  }

  get streams(): ReadonlySet<Stream> {
    return this.#streams;
  }

  /** Takes a stream in when it has caught up, or nearly so; false while it is further behind than the feed remembers. */
  join(stream: Stream): boolean {
    const isNear = (this.#recent[0]?.sequence ?? Number.POSITIVE_INFINITY) <= stream.position + 1;
    if (stream.position < this.#position && !isNear) return false;
    if (stream.position > this.#position && this.#streams.size === 0) this.#begin(stream.position);
    stream.take(this.#recent);
    this.#streams.add(stream);
    this.#plan(0);
    return true;
  }

  leave(stream: Stream): void {
    this.#streams.delete(stream);
    if (this.#streams.size > 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Something was committed: look soon. */
  ring(): void {
    this.#wasRung = true;
    if (!this.#isLooking) this.#plan(Math.max(0, this.#lookedAt + AT_LEAST_MS - performance.now()));
  }

  /** Nobody followed for a while: what lies between was read by nobody and is needed by nobody. */
  #begin(position: number): void {
    this.#position = position;
    this.#recent = [];
  }

  /** Looks after this time, or earlier if that was planned already. */
  #plan(ms: number): void {
    const dueAt = performance.now() + ms;
    if (this.#streams.size === 0 || this.#isLooking || (this.#timer && this.#dueAt <= dueAt)) return;
    clearTimeout(this.#timer);
    this.#dueAt = dueAt;
    this.#timer = setTimeout(() => void this.#look(), ms);
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    this.#isLooking = true;
    this.#wasRung = false;
    let isMore = false;
    try {
      const frames = await this.#options.read(this.#position);
      this.#take(frames);
      isMore = frames.length === this.#options.page;
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#options.onFailure(error);
      this.#isFailing = true;
    }
    this.#isLooking = false;
    this.#lookedAt = performance.now();
    this.#plan(isMore ? 0 : this.#wasRung ? AT_LEAST_MS : LOOK_EVERY_MS);
  }

  #take(frames: readonly Frame[]): void {
    const [first] = frames;
    if (!first) return;
    // What lies between was forgotten before it could be read: whoever resumes is told so.
    if (first.sequence !== this.#position + 1) for (const stream of this.#streams) stream.end();
    this.#position = frames.at(-1)?.sequence ?? this.#position;
    this.#recent = [...this.#recent, ...frames].slice(-RECENT);
    const chunks = new Map<string, Buffer | string>();
    for (const stream of this.#streams) {
      if (stream.position >= first.sequence) {
        stream.take(frames);
        continue;
      }
      const { view } = stream;
      const chunk = chunks.get(view.key) ?? view.chunkOf(frames, 0);
      chunks.set(view.key, chunk);
      stream.take(frames, chunk);
    }
  }
}
