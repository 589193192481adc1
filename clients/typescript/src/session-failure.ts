import { FleetbeatError, FleetbeatUnreachable } from './error.js';

/** What went wrong with a session that sends heartbeats. */
export type SessionFailure =
  /** The server is away; heartbeats go on, and the next report says that it is back. Told once in an outage. */
  | { readonly kind: 'lost'; readonly error: unknown }
  /** Another session took over and this one can write nothing any more: stop working. */
  | { readonly kind: 'superseded'; readonly error: FleetbeatError; readonly successor: string | undefined }
  /** The server knows the key or the session no longer. Heartbeats have ended. */
  | { readonly kind: 'refused'; readonly error: FleetbeatError };

const FATAL_KINDS = ['unauthenticated', 'forbidden', 'session-not-found'];

/** Null when the fault lies in what was sent: then whoever sent it is told, and the session goes on. */
export function classifyFailure(error: unknown): SessionFailure | null {
  if (!(error instanceof FleetbeatError)) return error instanceof FleetbeatUnreachable ? { kind: 'lost', error } : null;
  if (error.kind === 'session-superseded') return { kind: 'superseded', error, successor: error.problem.successor };
  if (FATAL_KINDS.includes(error.kind)) return { kind: 'refused', error };
  return error.status >= 500 || error.status === 429 || error.kind === 'about:blank' ? { kind: 'lost', error } : null;
}
