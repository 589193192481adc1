import type { Schemas } from './contract-types.js';
import type { ProgramId } from './generated/types.js';
import type { Programs } from './operations/fleet.js';
import type { Sessions } from './operations/sessions.js';
import type { CallOptions } from './options.js';
import { Session, type SessionDeps } from './session.js';
import type { SessionListeners } from './session-writer.js';

export interface SessionOpening extends SessionListeners, CallOptions {}

/** A session opened by `boot`, with what the program's last run left behind. */
export interface BootedSession extends Session {
  readonly brief: Schemas['Boot'];
}

export type OpenSessionDeps = SessionDeps & { readonly sessions: Sessions; readonly programs: Programs };

/** The status until the first update. Heartbeats repeat the status, so there must be one. */
const INITIAL_STATUS = 'Started.';

export async function openSession(
  deps: OpenSessionDeps,
  given: Schemas['SessionCreate'] & SessionOpening,
): Promise<Session> {
  const { opening, listeners, options } = splitOptions(given);
  return new Session(deps, await deps.sessions.create(opening, options), listeners);
}

export async function bootSession(
  deps: OpenSessionDeps,
  programId: ProgramId,
  given: Schemas['BootRequest'] & SessionOpening,
): Promise<BootedSession> {
  const { opening, listeners, options } = splitOptions(given);
  const brief = await deps.programs.boot(programId, opening, options);
  return Object.assign(new Session(deps, brief.session, listeners), { brief });
}

/** What is the call's and the listeners', and what goes to the server. */
export function splitOptions<Given extends SessionOpening & { status?: string }>(given: Given) {
  const { onReport, onError, signal, retries, timeoutMs, within, headers, idempotencyKey, ...opening } = given;
  const listeners = { ...(onReport && { onReport }), ...(onError && { onError }) };
  const options = Object.fromEntries(
    Object.entries({ signal, retries, timeoutMs, within, headers, idempotencyKey }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as CallOptions;
  return { opening: { status: INITIAL_STATUS, ...opening }, listeners, options };
}
