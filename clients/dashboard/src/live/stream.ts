/** The event stream: one for the whole application and all of its tabs, from sign-in to sign-out. */
import { type Fleetbeat, FleetbeatError, type FleetEvent, type SessionPulse } from '@fleetbeat/client';
import { batch, signal } from '@preact/signals';
import { advanceServerClock, now } from './clock.ts';
import { shareStream } from './shared-stream.ts';

export interface StreamUpdate {
  readonly events: readonly FleetEvent[];
  readonly pulses: readonly SessionPulse[];
}
type Listener = (update: StreamUpdate) => void;

type ConnectionState = 'starting' | 'open' | 'lost';

/** The state of the connection; `starting` until the first answer. */
export const connection = signal<ConnectionState>('starting');
/** When it was lost, in milliseconds of the server's clock. */
export const lostSince = signal(0);
/**
 * Increases when the stream starts, and when it restarts because the server no longer stores the events in between: then
 * everything shown must be reloaded. A connection that resumes where it was lost does not change it.
 */
export const generation = signal(0);

/** The number of the account's last event that is known to have passed; 0 until the stream says where it stands. */
export const streamPosition = signal(0);

const listeners = new Set<Listener>();

/** Calls back with every event, once and in order, and with heartbeats. Returns the function that unsubscribes. */
export function subscribe(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Calls back when events may have been missed. Returns the function that unsubscribes. */
export function onGap(listener: () => void): () => void {
  const initial = generation.peek();
  // The first start is no gap: subscribers before it have missed nothing.
  return generation.subscribe((count) => {
    if (count > Math.max(initial, 1)) listener();
  });
}

/** Updates of the same moment are delivered together, so that a thousand changes cause one render. */
const BATCH_WINDOW_MS = 50;
let pendingUpdate: { events: FleetEvent[]; pulses: SessionPulse[] } | null = null;

function enqueue(events: readonly FleetEvent[], pulses: readonly SessionPulse[]): void {
  if (!pendingUpdate) {
    pendingUpdate = { events: [], pulses: [] };
    // Browsers delay background timers by up to a minute: notifications cannot wait for that.
    setTimeout(flush, BATCH_WINDOW_MS);
    if (document.hidden) queueMicrotask(flush);
  }
  pendingUpdate.events.push(...events);
  pendingUpdate.pulses.push(...pulses);
}

function flush(): void {
  const update = pendingUpdate;
  pendingUpdate = null;
  if (!update) return;
  const last = update.events.at(-1);
  if (last) advanceServerClock(Date.parse(last.at));
  batch(() => {
    for (const listener of listeners) listener(update);
  });
}

type Message =
  | { readonly connection: ConnectionState; readonly position?: number }
  | { readonly position: number }
  | { readonly restarted: true }
  | { readonly events: readonly FleetEvent[] }
  | { readonly pulses: readonly SessionPulse[] };

/**
 * Follows the stream until the signal aborts or the server rejects the user. The tabs of one user share it: `user` is their
 * name for that.
 */
export async function followStream(fleetbeat: Fleetbeat, user: string, stop: AbortSignal): Promise<void> {
  connection.value = 'starting';
  streamPosition.value = 0;
  let hasStarted = false;
  /** The last event that this tab has received, in whichever tab the stream is read. */
  let position: number | undefined;
  const receive = (message: Message) => {
    if (stop.aborted) return;
    if ('position' in message) streamPosition.value = Math.max(streamPosition.peek(), message.position ?? 0);
    if ('pulses' in message) enqueue([], message.pulses);
    else if ('restarted' in message) {
      hasStarted = false;
      position = undefined;
    } else if ('events' in message) {
      // Two tabs read the stream for a moment when one takes over from the other.
      const unseen = message.events.filter(({ sequence }) => sequence > (position ?? 0));
      position = unseen.at(-1)?.sequence ?? position;
      streamPosition.value = Math.max(streamPosition.peek(), position ?? 0);
      if (unseen.length > 0) enqueue(unseen, []);
    } else if ('connection' in message) setConnection(message.connection);
  };
  const setConnection = (state: ConnectionState) => {
    if (state === 'lost' && connection.value !== 'lost') lostSince.value = now.peek();
    connection.value = state;
    if (state !== 'open' || hasStarted) return;
    hasStarted = true;
    generation.value += 1;
  };
  const lead = async (turn: AbortSignal, send: (message: Message) => void) => {
    while (!turn.aborted) {
      // Whatever happened since another tab read the stream is unknown: start from now.
      if (position === undefined) send({ restarted: true });
      try {
        const events = fleetbeat.events({
          ...(position !== undefined && { after: position }),
          signal: turn,
          onConnection: (state) => send({ connection: state }),
          onPosition: (passed) => send({ position: passed }),
          onPulse: (pulses) => send({ pulses }),
        });
        for await (const event of events) send({ events: [event] });
      } catch (error) {
        if (!(error instanceof FleetbeatError) || error.kind !== 'events-gone') throw error;
        // The events in between are no longer stored.
        position = undefined;
      }
    }
  };
  const summarize = (): Message => ({ connection: connection.peek(), position: streamPosition.peek() });
  await shareStream({ name: `fleetbeat-events:${user}`, lead, receive, summarize }, stop);
}
