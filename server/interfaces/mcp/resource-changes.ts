/**
 * Change notifications for `subscriptions/listen`. Each stream follows the account's events with the caller's rights, and
 * ends when the key becomes invalid or the server stops.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerEvent, ServerEventBus } from '@modelcontextprotocol/server';
import type { components } from '../../../openapi/generated/types.ts';
import type { EventType } from '../../platform/events/entity.ts';
import type { EventService } from '../../platform/events/service.ts';
import type { EventStream } from '../../platform/events/stream.ts';
import type { Principal } from '../../platform/principal.ts';
import type { Sink } from '../../platform/sink.ts';
import { sessionUris, stateUris } from './resources.ts';

type FleetEvent = components['schemas']['FleetEvent'];
type Listener = (event: ServerEvent) => void;

const WATCHED_TYPES: readonly EventType[] = [
  'session.created',
  'session.updated',
  'session.stale',
  'session.stuck',
  'session.archived',
  'session.succeeded',
  'state.written',
];
/** Events that change the list of resources. */
const LIST_CHANGING_TYPES: readonly EventType[] = ['session.created', 'session.archived', 'session.succeeded'];

/** The stream of one request, until the request's handler takes it. */
interface PendingSubscription {
  readonly stream: EventStream;
  readonly principal: Principal;
  readonly abort: AbortController;
  sink: EventSink | undefined;
}

export class ResourceChanges implements ServerEventBus {
  readonly #pending = new AsyncLocalStorage<PendingSubscription>();

  constructor(private readonly events: Pick<EventService, 'follow'>) {}

  /**
   * Serves a `subscriptions/listen` request. The stream is opened first, so that no event is lost between acknowledgement
   * and first read. Throws what `EventService.follow` throws.
   */
  async serve(principal: Principal, respond: (ended: AbortSignal) => Promise<Response>): Promise<Response> {
    const stream = await this.events.follow(principal, { types: WATCHED_TYPES, pulse: false });
    const pending: PendingSubscription = { stream, principal, abort: new AbortController(), sink: undefined };
    try {
      return await this.#pending.run(pending, () => respond(pending.abort.signal));
    } finally {
      // The handler rejected the request, so nothing consumes the stream.
      if (!pending.sink) this.#attachSink(pending, () => undefined).end();
    }
  }

  subscribe(listener: Listener): () => void {
    const pending = this.#pending.getStore();
    if (!pending) throw new Error('A subscription has no stream to follow');
    const sink = this.#attachSink(pending, (event) => {
      for (const change of toServerEvents(event, pending.principal)) listener(change);
    });
    return () => sink.end();
  }

  /** Does nothing: the account's events are the only source. */
  publish(): void {}

  #attachSink(subscription: PendingSubscription, onEvent: (event: FleetEvent) => void): EventSink {
    const sink = new EventSink(onEvent);
    subscription.sink = sink;
    sink.onClose(() => subscription.abort.abort());
    void subscription.stream.run(sink);
    return sink;
  }
}

function toServerEvents({ type, sessionId, programId }: FleetEvent, reader: Principal): ServerEvent[] {
  const isOwn = programId !== null && programId === reader.programId;
  const uris =
    type === 'state.written' ? stateUris(programId ?? '') : sessionId === null ? [] : sessionUris(sessionId, isOwn);
  const updates = uris.map((uri): ServerEvent => ({ kind: 'resource_updated', uri }));
  return LIST_CHANGING_TYPES.includes(type) ? [...updates, { kind: 'resources_list_changed' }] : updates;
}

/** Parses the frames of an event stream. It buffers nothing: the client's own stream does. */
class EventSink implements Sink {
  readonly #closed = new AbortController();

  constructor(private readonly onEvent: (event: FleetEvent) => void) {}

  get isOpen(): boolean {
    return !this.#closed.signal.aborted;
  }

  write(chunk: Buffer | string): void {
    for (const frame of chunk.toString().split('\n\n')) {
      const [type, json] = ['event', 'data'].map((field) => new RegExp(`^${field}: (.*)$`, 'm').exec(frame)?.[1]);
      if (this.isOpen && json && (WATCHED_TYPES as readonly (string | undefined)[]).includes(type))
        this.onEvent(JSON.parse(json));
    }
  }

  async drained(): Promise<void> {}

  end(): void {
    this.#closed.abort();
  }

  onClose(listener: () => void): void {
    if (this.isOpen) this.#closed.signal.addEventListener('abort', listener, { once: true });
    else queueMicrotask(listener);
  }
}
