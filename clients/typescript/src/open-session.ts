import type { CallOptions } from './connection.js';
import type { Programs } from './operations/fleet.js';
import type { Sessions } from './operations/sessions.js';
import { Session, type SessionListeners, type SessionParts } from './session.js';
import type { Schemas } from './shapes.js';

export interface SessionOpening extends SessionListeners, CallOptions {}

/** A session that was opened by `boot`, with what the program's last run left behind. */
export interface BootedSession extends Session {
  readonly brief: Schemas['Boot'];
}

type Parts = SessionParts & { readonly sessions: Sessions; readonly programs: Programs };

/** What a dashboard shows until the session says more; heartbeats repeat the status, so there is always one. */
const FIRST_STATUS = 'Started.';

export async function openSession(parts: Parts, given: Schemas['SessionCreate'] & SessionOpening): Promise<Session> {
  const { opening, listeners, options } = sorted(given);
  return new Session(parts, await parts.sessions.create(opening, options), listeners);
}

export async function bootSession(
  parts: Parts,
  programId: string,
  given: Schemas['BootRequest'] & SessionOpening,
): Promise<BootedSession> {
  const { opening, listeners, options } = sorted(given);
  const brief = await parts.programs.boot(programId, opening, options);
  return Object.assign(new Session(parts, brief.session, listeners), { brief });
}

function sorted<Given extends SessionOpening & { status?: string }>(given: Given) {
  const { onReport, onTrouble, signal, retries, timeoutMs, idempotencyKey, ...opening } = given;
  const listeners = { ...(onReport && { onReport }), ...(onTrouble && { onTrouble }) };
  const options = Object.fromEntries(
    Object.entries({ signal, retries, timeoutMs, idempotencyKey }).filter(([, value]) => value !== undefined),
  ) as CallOptions;
  return { opening: { status: FIRST_STATUS, ...opening }, listeners, options };
}
