/** The server as hooks speak to it: each request has a limit of time, and what went wrong has one of five meanings. */
import { createFleetbeat, type Fleetbeat } from '@fleetbeat/client';
import type { ProgramConnection } from './paths.ts';

/** Nothing is tried again here: what failed waits in the spool. */
export const createHookClient = ({ url, key }: ProgramConnection, timeoutMs: number): Fleetbeat =>
  createFleetbeat({ baseUrl: url, key, timeoutMs, retries: 0 });

/** A problem that came as an answer and not as a `FleetbeatError`. */
export class ProblemError extends Error {
  readonly kind: string;

  constructor(
    problem: { readonly type?: string; readonly detail?: string } | undefined,
    readonly status: number,
  ) {
    super(problem?.detail ?? `HTTP ${status}`);
    this.kind = problem?.type?.replace(/^.*\//, '') ?? '';
  }
}

/**
 * `away`: nothing works now, all of it may later. `wait`: this session does not work now. `gone`: there is no such session.
 * `fenced`: another has taken over. `never`: as it is, it will not work.
 */
export type DeliveryErrorKind = 'away' | 'wait' | 'gone' | 'fenced' | 'never';

export function classifyError(error: unknown): DeliveryErrorKind {
  const { kind, status } = error as { kind?: string; status?: number };
  // No answer.
  if (kind === undefined || status === undefined) return 'away';
  if (kind === 'session-not-found') return 'gone';
  if (kind === 'session-superseded') return 'fenced';
  // The limit of sessions, or the session of another program: others must not wait for it.
  if (status === 409 || status === 403) return 'wait';
  // A key can be mended, a server comes back, and what is in between may answer anything.
  return status === 400 || status === 404 || status === 413 ? 'never' : 'away';
}
