/** The signed-in user and their client. The only place that creates a client. */
import { type components, createFleetbeat, FleetbeatError } from '@fleetbeat/client';
import { signal } from '@preact/signals';

export type Me = components['schemas']['Me'];

/** `undefined` while loading, null when nobody is signed in. */
export const me = signal<Me | null | undefined>(undefined);
/** Why loading failed, or why the automatic sign-in by an invitation was rejected. */
export const signInError = signal<unknown>(null);

/** The browser sends its cookie itself; writes also carry the CSRF token, which only this page can read. */
const client = createFleetbeat({ baseUrl: location.origin, retries: 3, csrfToken: () => me.peek()?.csrfToken ?? null });

/** The client of the signed-in user. */
export const fleetbeat = () => client;

/** An invitation of this browser, from a QR code or the link that the server prints at startup: valid once. */
const INVITATION_PATTERN = /^#link=(.+)$/;

/** The code that the page was opened with, until the server has answered it. */
let pendingCode: string | undefined;

/** Loads who is signed in, or signs in by the invitation that the page was opened with. Can be repeated until there is an answer. */
export async function restoreSignIn(): Promise<void> {
  pendingCode = INVITATION_PATTERN.exec(location.hash)?.[1] ?? pendingCode;
  const code = pendingCode;
  // The code must not remain in the URL or the history.
  if (code !== undefined) history.replaceState(null, '', location.pathname + location.search);
  try {
    if (code === undefined) me.value = await client.me();
    else await signInByInvitation(code);
    signInError.value = null;
    pendingCode = undefined;
  } catch (error) {
    const refused = error instanceof FleetbeatError && error.status < 500 && error.status !== 429;
    if (refused) {
      me.value = null;
      pendingCode = undefined;
    }
    signInError.value = refused && code === undefined ? null : error;
  }
}

/** Signs in with the code of an invitation. Rejects with the server's problem. */
export async function signInByInvitation(code: string): Promise<void> {
  const { signedIn } = await client.invitations.redeem({ code, grants: 'web-session' });
  me.value = signedIn?.me ?? null;
  signInError.value = null;
}

/** Signs in with a key, or with the code of an invitation. Rejects with the server's problem. */
export async function signIn(credential: string): Promise<void> {
  if (!credential.startsWith('fb_')) return signInByInvitation(credential);
  me.value = (await client.signIn({ key: credential })).me;
  signInError.value = null;
}

/** Signs this browser out, also on the server. */
export async function signOut(): Promise<void> {
  await client.signOut();
  me.value = null;
}

/** Signs out every browser of this key; resolves with how many there were. */
export async function signOutEverywhere(): Promise<number> {
  const { ended } = await client.signOutEverywhere('key');
  me.value = null;
  return ended;
}

/** Call with every error of a request: a 401 means that the sign-in has expired. */
export function signOutOnUnauthorized(error: unknown): void {
  if (error instanceof FleetbeatError && error.status === 401) me.value = null;
}

/** Whether the user may manage the fleet: health, keys, pauses. */
export const isAdmin = (): boolean => me.value?.role === 'admin' || me.value?.role === 'operator';
/** Whether the user may send messages and create tasks. */
export const mayWrite = (): boolean => me.value?.role !== 'auditor';
