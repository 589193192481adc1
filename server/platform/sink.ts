/** A response body that is written piece by piece, and where it is written to. */

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

/** A body that writes itself, for as long as the sink is open. */
export interface StreamingBody {
  run(sink: Sink): Promise<void>;
}
