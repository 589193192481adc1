/** What happens in an account, as an async iterable that outlives its connections. */
import { linkAbort } from './abort.js';
import { delay, realClock } from './clock.js';
import { type EventStreamTarget, openStream, readMessages, throwProblem } from './event-connection.js';
import type { components, operations } from './generated/types.js';

export type FleetEvent = components['schemas']['FleetEvent'];
export type SessionPulse = components['schemas']['SessionPulse'];
type Query = NonNullable<operations['streamEvents']['parameters']['query']>;

/** The events of some types: `EventOf<'task.created'>['data']` is the data of a created task. */
export type EventOf<Type extends FleetEvent['type']> = [FleetEvent['type']] extends [Type]
  ? FleetEvent
  : NarrowedEvent<FleetEvent, Type>;
/** Distributes over the members of the union, each of which has several types. */
type NarrowedEvent<Event extends FleetEvent, Type> = Event extends { readonly type: infer Own }
  ? Extract<Own, Type> extends never
    ? never
    : Event & { readonly type: Extract<Own, Type> }
  : never;

export interface EventOptions<Type extends FleetEvent['type'] = FleetEvent['type']>
  extends Pick<Query, 'programId' | 'after'> {
  /** Only events of these types; all types by default. */
  readonly types?: readonly Type[];
  /** Ends the iteration, without an error. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the stream opens and when it is lost; it reconnects by itself. */
  readonly onConnection?: ((state: 'open' | 'lost') => void) | undefined;
  /** Called with the number up to which every event was yielded, or is none of these: read what you show after the first. */
  readonly onPosition?: ((sequence: number) => void) | undefined;
  /** Called with heartbeats that change nothing else, a few seconds after the fact. They are no events. */
  readonly onPulse?: ((pulses: readonly SessionPulse[]) => void) | undefined;
}

const NEVER = /* @__PURE__ */ new AbortController().signal;
const MAX_BACKOFF_MS = 30_000;
/** Refusals that may pass with time. */
const isTransient = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/**
 * Every event after `after`, by default from now on, each once and in order. A lost connection is reopened with growing
 * waits and resumes where it was lost. Rejects with a `FleetbeatError` when the key may not read events (401, 403) or the
 * events after `after` are no longer stored (410).
 */
export async function* followEvents<Type extends FleetEvent['type']>(
  connection: EventStreamTarget,
  { programId, types, after, signal, onConnection, onPosition, onPulse }: EventOptions<Type> = {},
): AsyncGenerator<EventOf<Type>, void, undefined> {
  const { clock = realClock, random = Math.random } = connection;
  let position = after;
  let retryMs = 1_000;
  let state: 'open' | 'lost' | undefined;
  const notifyConnection = (now: 'open' | 'lost') => {
    if (state !== now && !signal?.aborted) onConnection?.(now);
    state = now;
  };
  const onRetry = (ms: number) => {
    retryMs = ms;
  };
  const query = new URLSearchParams({
    ...(programId !== undefined && { programId }),
    ...(types && { types: types.join(',') }),
    ...(onPulse && { pulse: 'true' }),
  });
  for (let failures = 0; !signal?.aborted; failures += 1) {
    const link = linkAbort(signal);
    let waitMs = 0;
    try {
      const response = await openStream(connection, query, position, link).catch(() => undefined);
      if (response && !response.ok) {
        if (!isTransient(response.status)) await throwProblem(response);
        waitMs = 1_000 * Number(response.headers.get('retry-after') ?? 0);
      } else if (response?.body) {
        notifyConnection('open');
        for await (const { event, data } of readMessages(response.body, link, clock, onRetry)) {
          failures = 0;
          const item = JSON.parse(data) as components['schemas']['StreamItem'];
          if ('pulses' in item) onPulse?.(item.pulses);
          else if (event === 'position') {
            position = Math.max(position ?? 0, item.sequence);
            onPosition?.(position);
          } else if ('type' in item && item.sequence > (position ?? 0)) {
            position = item.sequence;
            // The server sends only the types that were asked for.
            yield item as unknown as EventOf<Type>;
            if (signal?.aborted) return;
          }
        }
      }
    } finally {
      link.abort();
    }
    notifyConnection('lost');
    const backOffMs = Math.min(MAX_BACKOFF_MS, retryMs * 2 ** failures);
    // Half of it is random: otherwise all followers of a restarted server would reconnect at once.
    const pauseMs = Math.max(waitMs, backOffMs * (0.5 + random() / 2));
    await delay(clock, pauseMs, signal ?? NEVER).catch(() => undefined);
  }
}
