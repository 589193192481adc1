/** What happens in an account, as an async iterable that outlives its connections. */
import { linkAbort } from './abort.js';
import { delay, realClock } from './clock.js';
import { type EventStreamTarget, openStream, readMessages, throwProblem } from './event-connection.js';
import type { components, operations } from './generated/types.js';

export type FleetEvent = components['schemas']['FleetEvent'];
export type SessionPulse = components['schemas']['SessionPulse'];
type Query = NonNullable<operations['streamEvents']['parameters']['query']>;

/** The events of some kinds: `EventOf<'task.created'>['data']` is the data of a created task. */
export type EventOf<Kind extends FleetEvent['kind']> = [FleetEvent['kind']] extends [Kind]
  ? FleetEvent
  : NarrowedEvent<FleetEvent, Kind>;
/** Distributes over the members of the union, each of which has several kinds. */
type NarrowedEvent<Event extends FleetEvent, Kind> = Event extends { readonly kind: infer Own }
  ? Extract<Own, Kind> extends never
    ? never
    : Event & { readonly kind: Extract<Own, Kind> }
  : never;

export interface EventOptions<Kind extends FleetEvent['kind'] = FleetEvent['kind']>
  extends Pick<Query, 'programId' | 'after'> {
  /** Only events of these kinds; all kinds by default. */
  readonly kinds?: readonly Kind[];
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
export async function* followEvents<Kind extends FleetEvent['kind']>(
  connection: EventStreamTarget,
  { programId, kinds, after, signal, onConnection, onPosition, onPulse }: EventOptions<Kind> = {},
): AsyncGenerator<EventOf<Kind>, void, undefined> {
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
    ...(kinds && { kinds: kinds.join(',') }),
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
          } else if ('kind' in item && item.sequence > (position ?? 0)) {
            position = item.sequence;
            // The server sends only the kinds that were asked for.
            yield item as unknown as EventOf<Kind>;
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
