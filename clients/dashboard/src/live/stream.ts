/** The stream of events: one for the whole application, from sign-in to sign-out. */
import { type Fleetbeat, FleetbeatError, type FleetEvent, type SessionPulse } from '@fleetbeat/client';
import { batch, signal } from '@preact/signals';
import { advanceServerClock, now } from './clock.ts';

export interface StreamUpdate {
  readonly events: readonly FleetEvent[];
  readonly pulses: readonly SessionPulse[];
}
type Listener = (update: StreamUpdate) => void;

/** Whether news arrives. `starting` until the first answer. */
export const connection = signal<'starting' | 'open' | 'lost'>('starting');
/** Since when it is lost, as the server's clock has it, in milliseconds. */
export const lostSince = signal(0);
/**
 * Grows when the stream begins, and when it begins anew because the server no longer has what came in between: what is
 * shown has to be asked for again. A connection that comes back and goes on where it was lost changes nothing here.
 */
export const generation = signal(0);

const listeners = new Set<Listener>();

/** Calls back with every event, in order, each once, and with the heartbeats. Returns what ends it. */
export function subscribe(listener: Listener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Calls back when events may have been missed since now. Returns what ends it. */
export function onGap(listener: () => void): () => void {
  const known = generation.peek();
  // The first opening is no gap: who asks before it sees what is new since.
  return generation.subscribe((count) => {
    if (count > Math.max(known, 1)) listener();
  });
}

/** News that comes in the same moment is handed over together, so that a thousand changes are one drawing. */
const BATCH_WINDOW_MS = 50;
let pendingUpdate: { events: FleetEvent[]; pulses: SessionPulse[] } | null = null;

function enqueue(events: readonly FleetEvent[], pulses: readonly SessionPulse[]): void {
  if (!pendingUpdate) {
    pendingUpdate = { events: [], pulses: [] };
    // In the background timers wait for a minute: a notification must not.
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

/** Follows the stream until the signal says stop, or the server says that this reader may not. */
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
      // What came in between is no longer kept: begin with now.
      if (!(error instanceof FleetbeatError) || error.kind !== 'events-gone') throw error;
    }
  }
}
