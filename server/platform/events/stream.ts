/** One follower's stream: it catches up from the table, then receives what the account's feed reads. */

import type { Sink, StreamingBody } from '../sink.ts';
import type { Feed } from './feed.ts';
import { type Frame, KEEP_ALIVE, positionFrame, RETRY } from './frame.ts';
import type { ConfirmedAt } from './stream-authorization.ts';
import type { EventView } from './view.ts';

/** Frames of a stream's view behind a number, and the number up to which there are no others. */
export interface FramePage {
  readonly frames: readonly Frame[];
  readonly upTo: number;
}

export interface StreamOptions {
  readonly feed: Feed;
  readonly view: EventView;
  readonly keyId: string;
  /** The web session that opened it in place of the key. */
  readonly webSession?: string | undefined;
  readonly confirmedAt: ConfirmedAt;
  /** The number behind which it begins. */
  readonly after: number;
  /** Reads from the table, for a stream that is behind the feed. Null when some of it was deleted meanwhile. */
  readonly readPage: (after: number) => Promise<FramePage | null>;
  /** Resolves when the stream's credential is valid, or has ended the stream. */
  readonly confirm: (stream: EventStream) => Promise<void>;
  readonly onClose: (stream: EventStream) => void;
}

export class EventStream implements StreamingBody {
  /** When the credential was last found valid. */
  confirmedAt: ConfirmedAt;
  readonly #options: StreamOptions;
  #sink: Sink | undefined;
  #position: number;
  /** The last number that the client knows of. */
  #sentPosition: number;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.confirmedAt = options.confirmedAt;
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

  get isOpen(): boolean {
    return this.#sink?.isOpen ?? true;
  }

  /** Every event up to this one was sent, or is not of this stream's view. */
  get position(): number {
    return this.#position;
  }

  /** Resolves when the stream has joined the feed, or has ended. */
  async run(sink: Sink): Promise<void> {
    const { feed, onClose } = this.#options;
    this.#sink = sink;
    sink.onClose(() => {
      feed.leave(this);
      onClose(this);
    });
    sink.write(RETRY + positionFrame(this.#position));
    try {
      await this.#catchUp(sink);
    } catch {
      // The database cannot be asked: the client resumes, and gets the reason as the answer.
      sink.end();
    }
  }

  async #catchUp(sink: Sink): Promise<void> {
    const { feed, readPage, confirm } = this.#options;
    for (;;) {
      await confirm(this);
      if (!sink.isOpen || feed.join(this)) return;
      const page = await readPage(this.#position);
      // Events that are still to come were deleted meanwhile. The client resumes, and is told so.
      if (!page) return sink.end();
      await confirm(this);
      if (!sink.isOpen) return;
      this.push(page.frames);
      this.#position = Math.max(this.#position, page.upTo);
      await sink.drained();
    }
  }

  /** Sends what is behind its position; `chunk` is the same frames as bytes, where another stream needed them already. */
  push(frames: readonly Frame[], chunk: Buffer | string = this.view.encode(frames, this.#position)): void {
    const last = frames.at(-1)?.sequence ?? 0;
    if (last <= this.#position) return;
    this.#position = last;
    if (chunk.length === 0) return;
    this.#sentPosition = last;
    this.#sink?.write(chunk);
  }

  /** Sends something that has no number. */
  send(text: Buffer | string): void {
    this.#sink?.write(text);
  }

  /** Keeps the connection in use. With `position` the client also learns how far it got without an event of its view. */
  keepAlive({ position }: { readonly position: boolean }): void {
    const isKnown = !position || this.#sentPosition === this.#position;
    this.send(isKnown ? KEEP_ALIVE : positionFrame(this.#position));
    if (!isKnown) this.#sentPosition = this.#position;
  }

  end(): void {
    this.#sink?.end();
  }
}
