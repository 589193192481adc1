/** One follower's stream: it catches up from the table, then is handed what the account's feed reads. */

import type { Sink, StreamingBody } from '../sink.ts';
import type { Feed } from './feed.ts';
import { type Frame, KEEP_ALIVE, positionFrame, RETRY } from './frame.ts';
import type { EventView } from './view.ts';

export interface StreamOptions {
  readonly feed: Feed;
  readonly view: EventView;
  readonly keyId: string;
  /** The web session that opened it in place of the key. */
  readonly webSession?: string | undefined;
  /** The number behind which it begins. */
  readonly after: number;
  /** Reads from the table, for who is behind the feed. */
  readonly read: (after: number) => Promise<readonly Frame[]>;
  readonly onClose: (stream: EventStream) => void;
}

export class EventStream implements StreamingBody {
  readonly #options: StreamOptions;
  #sink: Sink | undefined;
  #position: number;
  /** The last number that the client knows of. */
  #sentPosition: number;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#position = this.#sentPosition = options.after;
  }

  get view(): EventView {
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
      this.push(frames);
      await sink.drained();
    }
  }

  /** Shows what of these is behind its position; `chunk` is the same frames as bytes, where somebody has made them already. */
  push(frames: readonly Frame[], chunk: Buffer | string = this.view.encode(frames, this.#position)): void {
    const last = frames.at(-1)?.sequence ?? 0;
    if (last <= this.#position) return;
    this.#position = last;
    if (chunk.length === 0) return;
    this.#sentPosition = last;
    this.#sink?.write(chunk);
  }

  /** Tells something that has no number. */
  send(text: Buffer | string): void {
    this.#sink?.write(text);
  }

  /** Keeps the connection in use, and lets the client know how far it got when nothing of it was for this stream. */
  keepAlive(): void {
    this.#sink?.write(this.#sentPosition === this.#position ? KEEP_ALIVE : positionFrame(this.#position));
    this.#sentPosition = this.#position;
  }

  end(): void {
    this.#sink?.end();
  }
}
