/** The events that sessions listen to: one stream for each program, shared, and open only while somebody listens. */
import { FleetbeatError } from './error.js';
import type { EventOptions, FleetEvent } from './events.js';

/** Receives null when events may have been missed: what is shown must be read anew. */
export type HubListener = (event: FleetEvent | null) => void;
type Follow = (options: EventOptions) => AsyncGenerator<FleetEvent, void, undefined>;

const TYPES = [
  'session.succeeded',
  'program.updated',
  'task.created',
  'task.released',
  'message.sent',
] as const satisfies FleetEvent['type'][];

interface Feed {
  readonly listeners: Set<HubListener>;
  readonly controller: AbortController;
}

export class EventHub {
  readonly #feeds = new Map<string, Feed>();

  constructor(private readonly follow: Follow) {}

  /** Calls the listener with what concerns the program, until the returned function is called. */
  subscribe(programId: string, listener: HubListener): () => void {
    let feed = this.#feeds.get(programId);
    if (!feed) {
      feed = { listeners: new Set(), controller: new AbortController() };
      this.#feeds.set(programId, feed);
      void this.#run(programId, feed);
    }
    const { listeners, controller } = feed;
    listeners.add(listener);
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      controller.abort();
      this.#feeds.delete(programId);
    };
  }

  /** Ends when nobody listens any more, or when the key may not follow events: then heartbeats alone bring the news. */
  async #run(programId: string, { listeners, controller }: Feed): Promise<void> {
    const { signal } = controller;
    const publish = (event: FleetEvent | null) => {
      for (const listener of [...listeners]) listener(event);
    };
    const onConnection = (state: 'open' | 'lost') => void (state === 'open' && publish(null));
    while (!signal.aborted) {
      try {
        for await (const event of this.follow({ programId, types: [...TYPES], signal, onConnection })) publish(event);
      } catch (error) {
        // The server no longer has what came after the position: go on from now.
        if (!(error instanceof FleetbeatError && error.kind === 'events-gone')) return;
      }
    }
  }
}
