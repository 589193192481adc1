/** The streams of events of a fake server. */
import type { Schemas } from '../contract-types.js';

type Frame = { readonly event: string; readonly data: { readonly sequence: number } };

export class FakeStreams {
  #sequence = 0;
  readonly #open = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly #frames: Frame[] = [];

  /** A stream from now on, or after an event. */
  open(after: number | undefined, signal: AbortSignal | null | undefined): Response {
    const opened: ReadableStreamDefaultController<Uint8Array>[] = [];
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        opened.push(controller);
        this.#open.add(controller);
        controller.enqueue(encode({ event: 'position', data: { sequence: after ?? this.#sequence } }));
        for (const frame of this.#frames)
          if (after !== undefined && frame.data.sequence > after) controller.enqueue(encode(frame));
      },
      cancel: () => {
        for (const controller of opened) this.#open.delete(controller);
      },
    });
    signal?.addEventListener('abort', () => {
      for (const controller of opened) this.#close(controller);
    });
    return new Response(body, { headers: { 'Content-Type': 'text/event-stream' } });
  }

  publish(event: Omit<Schemas['FleetEvent'], 'sequence'>): void {
    this.#sequence += 1;
    const frame = { event: event.type, data: { ...event, sequence: this.#sequence } };
    this.#frames.push(frame);
    for (const controller of this.#open) controller.enqueue(encode(frame));
  }

  /** Ends every stream, as a server does that stops. */
  closeAll(): void {
    for (const controller of this.#open) this.#close(controller);
  }

  #close(controller: ReadableStreamDefaultController<Uint8Array>): void {
    if (this.#open.delete(controller)) controller.close();
  }
}

const encode = ({ event, data }: Frame): Uint8Array =>
  new TextEncoder().encode(`id: ${data.sequence}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
