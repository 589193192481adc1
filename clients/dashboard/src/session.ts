/** Who is signed in, and the client that speaks for them. The only place that makes a client. */
import { type components, createFleetbeat, type Fleetbeat, FleetbeatError } from '@fleetbeat/client';
import { signal } from '@preact/signals';

export type Me = components['schemas']['Me'];

/** `undefined` while it is being found out, null when nobody is signed in. */
export const me = signal<Me | null | undefined>(undefined);

let client: Fleetbeat | null = null;

/** The client of whoever is signed in. Pages are shown only then. */
export function fleetbeat(): Fleetbeat {
  if (!client) throw new Error('Nobody is signed in.');
  return client;
}

/** Finds out whether this browser is signed in. */
export async function resume(): Promise<void> {
  me.value = null;
}

/** Signs in with a key. Rejects with the server's problem when it is refused. */
export async function signIn(key: string): Promise<void> {
  const candidate = createFleetbeat({ baseUrl: location.origin, key });
  const identity = await candidate.me();
  client = candidate;
  me.value = identity;
}

export async function signOut(): Promise<void> {
  client = null;
  me.value = null;
}

/** To be told of every error of a call: a 401 means that the sign-in has ended. */
export function noteRefusal(error: unknown): void {
  if (!(error instanceof FleetbeatError) || error.status !== 401) return;
  client = null;
  me.value = null;
}

/** Whether who is signed in may manage the fleet: its health, keys, pauses. */
export const isAdmin = (): boolean => me.value?.role === 'admin' || me.value?.role === 'operator';
/** Whether who is signed in may send messages and give tasks. */
export const mayWrite = (): boolean => me.value?.role !== 'auditor';
