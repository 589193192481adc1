/** Sessions for unit tests. */
import type { SessionEvent, SessionSnapshot } from '../live/session-snapshot.ts';

/** A moment on the test day: `10:30` or `10:30:05`. */
export const at = (time: string): string => `2026-02-24T${time.length === 5 ? `${time}:00` : time}.000Z`;

/** A working session that needs nothing, with overrides. */
export const buildSession = (overrides: Partial<SessionSnapshot> = {}): SessionSnapshot => ({
  sessionId: 'builder-1',
  programId: 'builder',
  name: 'Auth refactor',
  status: 'Running tests',
  state: 'working',
  progress: 50,
  projectName: null,
  contextBytes: null,
  contextLimitBytes: null,
  handoffRequired: false,
  archived: false,
  successor: null,
  updatedAt: at('10:00'),
  lastHeartbeat: at('10:00'),
  lastProgressAt: at('10:00'),
  stale: false,
  stuck: false,
  idle: false,
  ...overrides,
});

/** An event with the session's current values. */
export function buildSessionEvent(type: SessionEvent['type'], session: SessionSnapshot, sequence = 1): SessionEvent {
  const { sessionId, programId, stale: _stale, stuck: _stuck, ...data } = session;
  return { sequence, type, at: session.updatedAt, programId, sessionId, data: { ...data, archiveReason: null } };
}
