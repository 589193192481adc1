/** A session as the dashboard follows it: read once, then kept up to date by events and heartbeats. Pure. */
import type { components, FleetEvent, SessionPulse } from '@fleetbeat/client';

type Session = components['schemas']['Session'];
export type SessionEvent = Extract<FleetEvent, { kind: `session.${string}` }>;

/** What both a read and an event tell of a session, and what only the server's clock can say. */
export type SessionSnapshot = Pick<
  Session,
  | 'sessionId'
  | 'programId'
  | 'name'
  | 'status'
  | 'state'
  | 'progress'
  | 'projectName'
  | 'contextBytes'
  | 'contextLimitBytes'
  | 'handoffRequired'
  | 'archived'
  | 'successor'
  | 'updatedAt'
  | 'lastHeartbeat'
  | 'lastProgressAt'
  | 'stale'
  | 'stuck'
>;

/** Of a read and what events have told meanwhile, the later one. */
export const pickNewer = (known: SessionSnapshot | undefined, read: Session): SessionSnapshot =>
  known && Date.parse(known.updatedAt) > Date.parse(read.updatedAt) ? known : read;

/** The session after an event. An event says what the session was like; whether it is silent follows from its kind. */
export function applyEvent(known: SessionSnapshot | undefined, event: SessionEvent): SessionSnapshot {
  const { kind, sessionId, programId, data } = event;
  const progressed = !known || Date.parse(data.lastProgressAt) > Date.parse(known.lastProgressAt);
  return {
    sessionId,
    programId,
    ...data,
    stale: kind === 'session.stale' || (kind !== 'session.updated' && kind !== 'session.created' && !!known?.stale),
    stuck: kind === 'session.stuck' || (!progressed && !!known?.stuck),
  };
}

/** The session after a heartbeat: it is not silent. */
export function applyPulse(known: SessionSnapshot, { lastHeartbeat, updatedAt }: SessionPulse): SessionSnapshot {
  if (Date.parse(updatedAt) < Date.parse(known.updatedAt)) return known;
  return { ...known, lastHeartbeat, updatedAt, stale: false };
}

/** Above this a handoff is advised, in percent. */
export const HANDOFF_ADVISED_PERCENT = 60;

/** The share of the context window in use, in percent; null while it is not known. */
export const contextPercent = ({
  contextBytes,
  contextLimitBytes,
}: Pick<Session, 'contextBytes' | 'contextLimitBytes'>) =>
  contextBytes === null || contextLimitBytes === null ? null : Math.min(100, (contextBytes / contextLimitBytes) * 100);
