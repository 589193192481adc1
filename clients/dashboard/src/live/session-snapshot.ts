/** A session as the dashboard follows it: loaded once, then updated by events and heartbeats. Pure. */
import type { components, FleetEvent, SessionPulse } from '@fleetbeat/client';

type Session = components['schemas']['Session'];
export type SessionEvent = Extract<FleetEvent, { type: `session.${string}` }>;

interface ContextUse extends Pick<Session, 'contextBytes' | 'contextLimitBytes'> {
  /** Null in events, and missing in reads, while it is unknown. */
  readonly contextUsedPercent?: number | null;
}

/** The fields that reads and events have in common, and those that depend on the server's clock. */
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
  | 'idle'
> &
  ContextUse;

/** The newer of a read and what events have said since. */
export const pickNewer = (current: SessionSnapshot | undefined, read: Session): SessionSnapshot =>
  current && Date.parse(current.updatedAt) > Date.parse(read.updatedAt) ? current : read;

/** The session after an event. The event carries the fields; `stale` and `stuck` follow from its type. */
export function applyEvent(current: SessionSnapshot | undefined, event: SessionEvent): SessionSnapshot {
  const { type, sessionId, programId, data } = event;
  const progressed = !current || Date.parse(data.lastProgressAt) > Date.parse(current.lastProgressAt);
  return {
    sessionId,
    programId,
    ...data,
    idle: data.idle ?? false,
    stale: type === 'session.stale' || (type !== 'session.updated' && type !== 'session.created' && !!current?.stale),
    stuck: type === 'session.stuck' || (!progressed && !!current?.stuck),
  };
}

/** The session after a heartbeat, which ends its silence. */
export function applyPulse(current: SessionSnapshot, { lastHeartbeat, updatedAt }: SessionPulse): SessionSnapshot {
  if (Date.parse(updatedAt) < Date.parse(current.updatedAt)) return current;
  return { ...current, lastHeartbeat, updatedAt, stale: false };
}

/** Above this a handoff is advised, in percent. */
export const HANDOFF_ADVISED_PERCENT = 60;

/** The used share of the context window in percent; null if unknown. */
export function contextPercent({ contextUsedPercent, contextBytes, contextLimitBytes }: ContextUse): number | null {
  if (contextUsedPercent !== undefined) return contextUsedPercent;
  return contextBytes === null || contextLimitBytes === null
    ? null
    : Math.min(100, (contextBytes / contextLimitBytes) * 100);
}
