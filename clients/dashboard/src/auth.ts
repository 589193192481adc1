/** Who is signed in, and the client that speaks for them. The only place that makes a client. */
import { type components, createFleetbeat, FleetbeatError } from '@fleetbeat/client';
import { signal } from '@preact/signals';

export type Me = components['schemas']['Me'];

/** `undefined` while it is being found out, null when nobody is signed in. */
export const me = signal<Me | null | undefined>(undefined);
/** Why it could not be found out, or why the sign-in that was tried by itself was refused. */
export const signInError = signal<unknown>(null);

/** The browser sends its cookie by itself; what changes something also carries the token that only this page can read. */
const client = createFleetbeat({ baseUrl: location.origin, csrfToken: () => me.peek()?.csrfToken ?? null });

/** The client of whoever is signed in. */
export const fleetbeat = () => client;

/** As the server prints it at its start: `/#link=…`, good once. */
const LINK_PATTERN = /^#link=(.+)$/;

/** Finds out whether this browser is signed in, or signs in by the link that it was opened with. */
export async function restoreSignIn(): Promise<void> {
  const link = LINK_PATTERN.exec(location.hash)?.[1];
  // The link must stay neither in the address nor in the history.
  if (link !== undefined) history.replaceState(null, '', location.pathname + location.search);
  signInError.value = null;
  try {
    me.value = link === undefined ? await client.me() : (await client.signIn({ link })).me;
  } catch (error) {
    const refused = error instanceof FleetbeatError && error.status < 500;
    if (refused) me.value = null;
    if (!refused || link !== undefined) signInError.value = error;
  }
}

/** Signs in with a key. Rejects with the server's problem when it is refused. */
export async function signIn(key: string): Promise<void> {
  me.value = (await client.signIn({ key })).me;
  signInError.value = null;
}

/** Ends the sign-in of this browser, also on the server. */
export async function signOut(): Promise<void> {
  await client.signOut();
  me.value = null;
}

/** Ends the sign-in of every browser that this key has signed in; tells how many there were. */
export async function signOutEverywhere(): Promise<number> {
  const { ended } = await client.signOutEverywhere('key');
  me.value = null;
  return ended;
}

/** To be told of every error of a call: a 401 means that the sign-in has ended. */
export function signOutOnUnauthorized(error: unknown): void {
  if (error instanceof FleetbeatError && error.status === 401) me.value = null;
}

/** Whether who is signed in may manage the fleet: its health, keys, pauses. */
export const isAdmin = (): boolean => me.value?.role === 'admin' || me.value?.role === 'operator';
/** Whether who is signed in may send messages and give tasks. */
export const mayWrite = (): boolean => me.value?.role !== 'auditor';
