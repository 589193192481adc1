/** A response body that is written over time, and where it is written to. */

/** Where a stream is written to: the response to a request, or a subscription. */
export interface Sink {
  /** False once the reader has disconnected, or was cut off for being too slow. */
  readonly isOpen: boolean;
  write(chunk: Buffer | string): void;
  /** Resolves when the reader keeps up again, or the sink has closed. */
  drained(): Promise<void>;
  end(): void;
  onClose(listener: () => void): void;
}

/** A body that writes itself for as long as the sink is open. */
export interface StreamingBody {
  run(sink: Sink): Promise<void>;
}
