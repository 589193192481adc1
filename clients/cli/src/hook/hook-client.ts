/** The client of the hooks: each request has a time limit, and each error one of six meanings. */
import { createFleetbeat, type Fleetbeat } from '@fleetbeat/client';
import type { ProgramConnection } from './paths.ts';

/** Retries nothing: what failed waits in the spool. */
export const createHookClient = ({ url, key }: ProgramConnection, timeoutMs: number): Fleetbeat =>
  createFleetbeat({ baseUrl: url, key, timeoutMs, retries: 0 });

/** A problem in an answer, where the client threw no `FleetbeatError`. */
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
 * `away`: the server is unavailable. `refused`: it does not accept the key. `wait`: this session is refused for now. `gone`:
 * there is no such session. `fenced`: another has taken over. `never`: a retry would fail too.
 */
export type DeliveryErrorKind = 'away' | 'refused' | 'wait' | 'gone' | 'fenced' | 'never';

/** Whether everything of the program has to wait, and not only this event. */
export const concernsAll = (kind: DeliveryErrorKind): boolean => kind === 'away' || kind === 'refused';

export function classifyError(error: unknown): DeliveryErrorKind {
  const { kind, status } = error as { kind?: string; status?: number };
  // No answer.
  if (kind === undefined || status === undefined) return 'away';
  if (kind === 'session-not-found') return 'gone';
  if (kind === 'session-superseded') return 'fenced';
  if (status === 401) return 'refused';
  // The limit of sessions, or the session of another program: other sessions must not wait for it.
  if (status === 409 || status === 403) return 'wait';
  // A server comes back, and a proxy in between may answer anything.
  return status === 400 || status === 404 || status === 413 ? 'never' : 'away';
}
