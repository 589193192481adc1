import { FleetbeatError, FleetbeatUnreachable } from './error.js';

/** What went wrong with a session that sends heartbeats. */
export type SessionFailure =
  /** The server cannot be reached. Heartbeats continue; the next report means that it is back. Once per outage. */
  | { readonly kind: 'lost'; readonly error: unknown }
  /** Another session took over and this one can write nothing any more: stop working. */
  | { readonly kind: 'superseded'; readonly error: FleetbeatError; readonly successor: string | undefined }
  /** The server no longer accepts the key or the session. Heartbeats have ended. */
  | { readonly kind: 'refused'; readonly error: FleetbeatError }
  /** The block of the session ended, but nobody has completed it, or the server did not confirm that: it becomes stale. */
  | { readonly kind: 'not-completed'; readonly error: unknown };

const FATAL_KINDS = ['unauthenticated', 'forbidden', 'session-not-found'];

/** Null when the request itself was wrong: the caller gets the error, and the session continues. */
export function classifyFailure(error: unknown): SessionFailure | null {
  if (!(error instanceof FleetbeatError)) return error instanceof FleetbeatUnreachable ? { kind: 'lost', error } : null;
  if (error.kind === 'session-superseded') return { kind: 'superseded', error, successor: error.problem.successor };
  if (FATAL_KINDS.includes(error.kind)) return { kind: 'refused', error };
  return error.status >= 500 || error.status === 429 || error.kind === 'about:blank' ? { kind: 'lost', error } : null;
}
