/** One follower's stream: it catches up from the table, then is handed what the account's feed reads. */
import type { Feed } from './feed.ts';
import { type Frame, KEEP_ALIVE, positionFrame, RETRY } from './frame.ts';
import type { View } from './view.ts';

/** Where a stream is written to: in the end the answer to a request. */
export interface Sink {
  /** False as soon as the other side is gone, or was cut off for being too slow. */
  readonly isOpen: boolean;
  write(chunk: Buffer | string): void;
  /** Resolves when all that was written has been taken, or the sink is closed. */
  drained(): Promise<void>;
  end(): void;
  onClose(listener: () => void): void;
}

export interface StreamOptions {
  readonly feed: Feed;
  readonly view: View;
  readonly keyId: string;
  /** The web session that opened it in place of the key. */
  readonly webSession?: string | undefined;
  /** The number behind which it begins. */
  readonly after: number;
  /** Reads from the table, for who is behind the feed. */
  readonly read: (after: number) => Promise<readonly Frame[]>;
  readonly onClose: (stream: Stream) => void;
}

export class Stream {
  readonly #options: StreamOptions;
  #sink: Sink | undefined;
  #position: number;
  /** The last number that the client knows of. */
  #told: number;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#position = this.#told = options.after;
  }

  get view(): View {
    return this.#options.view;
  }

  get keyId(): string {
    return this.#options.keyId;
  }

  get webSession(): string | undefined {
    return this.#options.webSession;
  }

  /** Every event up to this one has been shown, or is none that this stream shows. */
  get position(): number {
    return this.#position;
  }

  /** Resolves when the stream goes with the feed, or has ended. */
  async run(sink: Sink): Promise<void> {
    const { feed, read, onClose } = this.#options;
    this.#sink = sink;
    sink.onClose(() => {
      feed.leave(this);
      onClose(this);
    });
    sink.write(RETRY + positionFrame(this.#position));
    while (sink.isOpen && !feed.join(this)) {
      const frames = await read(this.#position).catch(() => []);
      // What is to come was forgotten meanwhile, or cannot be read: whoever resumes is told which.
      if (frames[0]?.sequence !== this.#position + 1) return sink.end();
      this.take(frames);
      await sink.drained();
    }
  }

  /** Shows what of these is behind its position; `chunk` is the same frames as bytes, where somebody has made them already. */
  take(frames: readonly Frame[], chunk: Buffer | string = this.view.chunkOf(frames, this.#position)): void {
    const last = frames.at(-1)?.sequence ?? 0;
    if (last <= this.#position) return;
    this.#position = last;
    if (chunk.length === 0) return;
    this.#told = last;
    this.#sink?.write(chunk);
  }

  /** Tells something that has no number. */
  tell(text: Buffer | string): void {
    this.#sink?.write(text);
  }

  /** Keeps the connection in use, and lets the client know how far it got when nothing of it was for this stream. */
  keepAlive(): void {
    this.#sink?.write(this.#told === this.#position ? KEEP_ALIVE : positionFrame(this.#position));
    this.#told = this.#position;
  }

  end(): void {
    this.#sink?.end();
  }
}
