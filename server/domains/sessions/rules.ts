/** The rules of sessions. Pure functions: the caller passes the time. */
import type { components } from '../../../openapi/generated/types.ts';
import { MINUTE, SECOND } from '../../platform/clock.ts';
import { Fault, invalidField } from '../../platform/faults.ts';
import { isAdmin, type Principal, type Tier } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import type { SessionRow } from './entity.ts';
import { getLastSeenAt, isAlive, isLive, isSilentTooLong, isStale, type LivenessContext } from './liveness.ts';

export type SessionCreate = components['schemas']['SessionCreate'];
export type SessionUpdate = Omit<components['schemas']['SessionUpdate'], 'sessionId'>;

/** How many sessions of an account may be active at once. */
export const MAX_CONCURRENT_SESSIONS: Readonly<Record<Tier, number>> = {
  free: 1,
  pro: 5,
  team: 10,
  unlimited: Number.POSITIVE_INFINITY,
};

export const hasSessionLimit = (tier: Tier): boolean => Number.isFinite(MAX_CONCURRENT_SESSIONS[tier]);

/** Why a session should be archived now; null when it should not. */
export function archivalReason(session: SessionRow, now: number, settings: Settings): SessionRow['archiveReason'] {
  if (session.archived) return null;
  if (session.state === 'complete') {
    return session.completedAt !== null && now - session.completedAt >= settings.archiveCompleteAfterMs
      ? 'complete'
      : null;
  }
  return isSilentTooLong(session, now, settings.archiveSilentAfterMs) ? 'silent' : null;
}

/**
 * Whether the change needs a slot of the tier that the session does not hold yet: it is new, or it comes back to life. A
 * stale session holds none, so that a crashed agent does not lock its owner out.
 */
export const needsSlot = (before: SessionRow | null, after: SessionRow, at: LivenessContext): boolean =>
  isAlive(after, at) && !(before && isAlive(before, at));

/** A new session. Its creation counts as its first heartbeat. */
export function newSession(
  owner: Pick<SessionRow, 'accountId' | 'sessionId' | 'programId'>,
  create: SessionCreate,
  now: number,
): SessionRow {
  const state = create.state ?? 'working';
  return {
    ...owner,
    name: create.name,
    status: create.status ?? null,
    state,
    progress: create.progress ?? null,
    projectName: create.projectName ?? null,
    contextBytes: create.contextBytes ?? null,
    contextLimitBytes: create.contextLimitBytes ?? null,
    ...trackContextRise(null, create.contextBytes ?? null, now),
    handoffRequired: create.handoffRequired ?? false,
    createdAt: now,
    updatedAt: now,
    lastHeartbeat: now,
    lastProgressAt: now,
    completedAt: state === 'complete' ? now : null,
    completeReason: null,
    archived: false,
    archivedAt: null,
    archiveReason: null,
    successor: null,
    staleNotifiedFor: null,
    stuckNotifiedFor: null,
    changes: 1,
  };
}

/** An existing session after another create with its id: sent fields replace stored ones, and it comes back to life. */
export function reopenSession(session: SessionRow, create: SessionCreate, now: number): SessionRow {
  const state = create.state ?? (session.state === 'complete' ? 'working' : session.state);
  return { ...applyChange(session, { ...create, state }, now), lastHeartbeat: advanceTime(session.lastHeartbeat, now) };
}

/** The session after an update. Throws `session-superseded` when another session has taken over. */
export function applyUpdate(session: SessionRow, update: SessionUpdate, now: number): SessionRow {
  const after = applyChange(session, update, now);
  return update.lastHeartbeat === true ? { ...after, lastHeartbeat: advanceTime(session.lastHeartbeat, now) } : after;
}

/** The session with another state and status, which the server sets; the agent has not been heard. */
export const withStatus = (
  session: SessionRow,
  change: Pick<SessionRow, 'state' | 'status'>,
  now: number,
): SessionRow => ({
  ...session,
  ...change,
  lastProgressAt: Math.max(now, session.lastProgressAt),
  changes: session.changes + 1,
});

/** Throws `session-superseded`, and `session-not-live` for one that is complete or archived. */
export function assertLive(session: SessionRow): void {
  assertNotSuperseded(session);
  if (isLive(session)) return;
  const state = session.archived ? 'archived' : 'complete';
  throw new Fault(
    'session-not-live',
    `Session '${session.sessionId}' is ${state}. Bring it back first (createSession with its id).`,
  );
}

type Change = Omit<SessionUpdate, 'status' | 'lastHeartbeat'> & { readonly name?: string; readonly status?: string };

function applyChange(session: SessionRow, change: Change, now: number): SessionRow {
  assertNotSuperseded(session);
  const state = change.state ?? session.state;
  const after: SessionRow = {
    ...session,
    name: change.name ?? session.name,
    status: change.status ?? session.status,
    state,
    progress: change.progress ?? session.progress,
    projectName: change.projectName ?? session.projectName,
    contextBytes: change.contextBytes ?? session.contextBytes,
    ...trackContextRise(session, change.contextBytes ?? session.contextBytes, now),
    contextLimitBytes: change.contextLimitBytes ?? session.contextLimitBytes,
    handoffRequired: change.handoffRequired ?? session.handoffRequired,
    updatedAt: advanceTime(getLastSeenAt(session), now),
    completedAt: state === 'complete' ? (session.completedAt ?? now) : null,
  };
  // A late update leaves a complete session complete and archived; any other session comes back with its next update.
  const isRevived = state !== 'complete' || session.state !== 'complete';
  const unarchived = isRevived ? { ...after, archived: false, archivedAt: null, archiveReason: null } : after;
  return {
    ...unarchived,
    lastProgressAt: hasAnyChanged(PROGRESS_FIELDS, session, unarchived)
      ? Math.max(now, session.lastProgressAt)
      : session.lastProgressAt,
    changes: hasAnyChanged(TIMELINE_FIELDS, session, unarchived) ? session.changes + 1 : session.changes,
  };
}

/** The new time of a heartbeat or update. Always later than the one before, also when the clock was set back or another server's is behind. */
const advanceTime = (before: number, now: number): number => (now >= before ? now : before + 1);

/** The fields that describe the current rise of the context usage. A fall (a compaction) begins a new rise. */
function trackContextRise(before: SessionRow | null, bytes: number | null, now: number) {
  const { contextBytes = null, contextAt = null, contextRiseAt = null, contextRiseBytes = null } = before ?? {};
  if (bytes === contextBytes) return { contextAt, contextRiseAt, contextRiseBytes };
  if (contextBytes === null || (bytes ?? 0) < contextBytes)
    return { contextAt: now, contextRiseAt: now, contextRiseBytes: bytes };
  return { contextAt: now, contextRiseAt, contextRiseBytes };
}

/** A change of one of these counts as progress. */
const PROGRESS_FIELDS = ['state', 'status', 'progress', 'contextBytes'] as const;
/** A change of one of these is an entry in the timeline and an event; a heartbeat that changes none of them is neither. */
const TIMELINE_FIELDS = [
  ...PROGRESS_FIELDS,
  'contextLimitBytes',
  'handoffRequired',
  'archived',
  'name',
  'projectName',
] as const;

const hasAnyChanged = (fields: readonly (keyof SessionRow)[], before: SessionRow, after: SessionRow): boolean =>
  fields.some((field) => before[field] !== after[field]);

/** Fencing: a paused process that wakes up must not overwrite its successor's work. Throws `session-superseded`. */
export function assertNotSuperseded({ sessionId, successor }: SessionRow): void {
  if (successor === null) return;
  throw new Fault('session-superseded', `Session '${sessionId}' was taken over by '${successor}'. Stop working.`, {
    successor,
  });
}

/** A session claims tasks only while it is alive. Throws `session-superseded`, `session-not-live`. */
export function assertCanClaim(session: SessionRow, at: LivenessContext): void {
  assertNotSuperseded(session);
  if (isAlive(session, at)) return;
  const what = session.archived ? 'archived' : session.state === 'complete' ? 'complete' : 'stale';
  throw new Fault(
    'session-not-live',
    `Session '${session.sessionId}' is ${what} and can claim nothing. Send its heartbeat first (updateSession).`,
  );
}

/** Whether the next run of the program takes over from this session: it asked for a successor, or it died. */
export const needsSuccessor = (session: SessionRow, now: number, staleAfterMs: number): boolean =>
  session.successor === null &&
  (session.archived
    ? session.archiveReason === 'silent'
    : isLive(session) && (session.handoffRequired || isStale(session, now, staleAfterMs)));

/** The session after a takeover: complete, without a slot, and unable to write from now on. `isLive` relies on `complete`. */
export const markSucceeded = (session: SessionRow, successor: string, now: number): SessionRow => ({
  ...session,
  state: 'complete',
  completedAt: now,
  completeReason: session.handoffRequired ? 'handed-off' : 'succeeded',
  successor,
  changes: session.changes + 1,
});

/** Two runs that start after the same predecessor within this time are rivals: the program was started twice by mistake. */
const RIVAL_WINDOW_MS = 1 * MINUTE;

/** The live session other than `sessionId` that has just taken over from `previous`; null when there is none. */
export function findRival(
  previous: SessionRow,
  successor: SessionRow | null,
  sessionId: string,
  now: number,
  staleAfterMs: number,
): string | null {
  if (!successor || successor.sessionId === sessionId || !isAlive(successor, { now, staleAfterMs })) return null;
  return now - (previous.completedAt ?? 0) <= RIVAL_WINDOW_MS ? successor.sessionId : null;
}

/** Two thirds of the time after which silence reads stale: 10 minutes of 15. */
export const nextHeartbeatInSeconds = (staleAfterMs: number): number =>
  Math.max(1, Math.floor((staleAfterMs * 2) / 3 / SECOND));

/** The program of a new session: the key's own, or any program for an admin. Throws `forbidden`. */
export function resolveProgramId(principal: Principal, requestedProgramId: string | undefined): string | null {
  if (requestedProgramId === undefined || requestedProgramId === principal.programId || isAdmin(principal))
    return requestedProgramId ?? principal.programId;
  throw new Fault(
    'forbidden',
    `A program's key opens sessions of its own program only, not of '${requestedProgramId}'.`,
  );
}

/** Throws `forbidden` for another program's session, and `invalid-request` when the request would change the session's program. */
export function requireOwner(principal: Principal, session: SessionRow, requestedProgramId?: string): void {
  if (session.programId !== principal.programId && !isAdmin(principal)) {
    throw new Fault('forbidden', `Session '${session.sessionId}' belongs to another program.`);
  }
  if (requestedProgramId !== undefined && requestedProgramId !== session.programId) {
    throw invalidField(
      'body',
      '/programId',
      `session '${session.sessionId}' belongs to another program and stays there`,
    );
  }
}
