/** The event stream: one for the whole application, from sign-in to sign-out. */
import { type Fleetbeat, FleetbeatError, type FleetEvent, type SessionPulse } from '@fleetbeat/client';
import { batch, signal } from '@preact/signals';
import { advanceServerClock, now } from './clock.ts';

export interface StreamUpdate {
  readonly events: readonly FleetEvent[];
  readonly pulses: readonly SessionPulse[];
}
type Listener = (update: StreamUpdate) => void;

/** The state of the connection; `starting` until the first answer. */
export const connection = signal<'starting' | 'open' | 'lost'>('starting');
/** When it was lost, in milliseconds of the server's clock. */
export const lostSince = signal(0);
/**
 * Increases when the stream starts, and when it restarts because the server no longer stores the events in between: then
 * everything shown must be reloaded. A connection that resumes where it was lost does not change it.
 */
export const generation = signal(0);

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

/** Follows the stream until the signal aborts or the server rejects the user. */
export async function followStream(fleetbeat: Fleetbeat, stop: AbortSignal): Promise<void> {
  connection.value = 'starting';
  while (!stop.aborted) {
    let opened = false;
    const onConnection = (state: 'open' | 'lost') => {
      if (state === 'lost' && connection.value !== 'lost') lostSince.value = now.peek();
      connection.value = state;
      if (state === 'open' && !opened) {
        opened = true;
        generation.value += 1;
      }
    };
    try {
      const onPulse = (pulses: readonly SessionPulse[]) => enqueue([], pulses);
      for await (const event of fleetbeat.events({ signal: stop, onConnection, onPulse })) enqueue([event], []);
    } catch (error) {
      // The events in between are no longer stored: start from now.
      if (!(error instanceof FleetbeatError) || error.kind !== 'events-gone') throw error;
    }
  }
}
