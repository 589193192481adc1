/** The rules of sessions. Pure functions: the caller passes the time. */
import type { components } from '../../../openapi/generated/types.ts';
import { MINUTE, SECOND } from '../../platform/clock.ts';
import { Fault } from '../../platform/faults.ts';
import { isAdmin, type Principal, type Tier } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import { trackContextRise } from './context-rise.ts';
import type { SessionRow } from './entity.ts';
import type { Handover } from './handover.ts';
import { getLastSeenAt, isAlive, isIdle, isLive, isSilentTooLong, isStale, type LivenessContext } from './liveness.ts';

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
export function archivalReason(session: SessionRow, at: LivenessContext, settings: Settings) {
  if (session.archived) return null;
  if (session.state === 'complete') {
    return session.completedAt !== null && at.now - session.completedAt >= settings.archiveCompleteAfterMs
      ? 'complete'
      : null;
  }
  if (isIdle(session)) return isSilentTooLong(session, at, settings.archiveIdleAfterMs) ? 'idle' : null;
  return isSilentTooLong(session, at, settings.archiveSilentAfterMs) ? 'silent' : null;
}

/**
 * Whether the change needs a slot of the tier that the session does not hold yet: it is new, or it comes back to life. A
 * stale session holds none, so that a crashed agent does not lock its owner out.
 */
export const needsSlot = (before: SessionRow | null, after: SessionRow, at: LivenessContext): boolean =>
  isAlive(after, at) && !(before && isAlive(before, at));

/** The session after an update. Throws `session-superseded` when another session has taken over. */
export function applyUpdate(session: SessionRow, update: SessionUpdate, now: number): SessionRow {
  assertNotSuperseded(session);
  const current = beginsRunByUpdate(session, update) ? beginRun(session) : session;
  const after = applyChange(current, update, now);
  const { killed, lastHeartbeat, handoffRequired } = update;
  const killedAt = killed ? now : lastHeartbeat || killed === false ? null : current.killedAt;
  // One that was taken for dead asked for a successor by that alone.
  const asks = killed ? true : current.killedAt !== null && killedAt === null ? false : after.handoffRequired;
  const reported = withCounts(session, { ...after, killedAt, handoffRequired: handoffRequired ?? asks }, now);
  return lastHeartbeat ? withHeartbeat(reported, session, now) : reported;
}

/** The handover after an update: undefined leaves the stored one, null removes it. */
export const handoverAfterUpdate = (before: SessionRow, update: SessionUpdate): Handover | null | undefined =>
  update.handover ?? (beginsRunByUpdate(before, update) ? null : undefined);

/** A complete session is at its end; one that was archived for its silence goes on with its run. */
const beginsRunByUpdate = ({ state }: SessionRow, update: SessionUpdate): boolean =>
  state === 'complete' && update.state !== undefined && update.state !== 'complete';

/** The session at the start of another run under its id: without what described the run before. */
export const beginRun = (session: SessionRow): SessionRow => ({
  ...session,
  status: null,
  idleSince: null,
  progress: null,
  contextUsedPercent: null,
  // The window is empty again, and as large as before.
  contextBytes: session.contextBytes === null ? null : 0,
  contextAt: null,
  contextRiseAt: null,
  handoffRequired: false,
  killedAt: null,
  completedAt: null,
  completeReason: null,
});

/** The time of progress and the number of changes after another change. */
export const asChanged = ({ lastProgressAt, changes }: SessionRow, now: number) => ({
  lastProgressAt: Math.max(now, lastProgressAt),
  changes: changes + 1,
});

export type Change = Omit<SessionUpdate, 'status' | 'lastHeartbeat' | 'killed'> & {
  readonly name?: string;
  readonly status?: string;
};

export function applyChange(session: SessionRow, change: Change, now: number): SessionRow {
  const state = change.state ?? session.state;
  const use = {
    contextUsedPercent: orStored(change.contextUsedPercent, session.contextUsedPercent),
    contextBytes: orStored(change.contextBytes, session.contextBytes),
    contextLimitBytes: orStored(change.contextLimitBytes, session.contextLimitBytes),
  };
  const after: SessionRow = {
    ...session,
    name: change.name ?? session.name,
    status: change.status ?? session.status,
    state,
    idleSince: state !== 'complete' && isIdleAfter(session, change) ? (session.idleSince ?? now) : null,
    progress: orStored(change.progress, session.progress),
    projectName: orStored(change.projectName, session.projectName),
    ...use,
    ...(isSameUse(session, use) ? {} : trackContextRise(session, use, now)),
    handoffRequired: change.handoffRequired ?? session.handoffRequired,
    updatedAt: advanceTime(getLastSeenAt(session), now),
    completedAt: state === 'complete' ? (session.completedAt ?? now) : null,
  };
  // A late update leaves a complete session complete and archived; any other session comes back with its next update.
  const isRevived = state !== 'complete' || session.state !== 'complete';
  return isRevived ? { ...after, archived: false, archivedAt: null, archiveReason: null } : after;
}

const isSameUse = (one: SessionRow, other: Pick<SessionRow, 'contextUsedPercent' | 'contextBytes'>): boolean =>
  one.contextUsedPercent === other.contextUsedPercent && one.contextBytes === other.contextBytes;

/** Null is a value: it clears. */
const orStored = <Value>(sent: Value | undefined, stored: Value): Value => (sent === undefined ? stored : sent);

/** Whoever reports a status or state without saying that it is idle has begun its next turn. */
const isIdleAfter = ({ idleSince }: SessionRow, { idle, status, state }: Change): boolean =>
  idle ?? (idleSince !== null && status === undefined && state === undefined);

export const withHeartbeat = (after: SessionRow, before: SessionRow, now: number): SessionRow => ({
  ...after,
  lastHeartbeat: advanceTime(before.lastHeartbeat, now),
});

/** The new time of a heartbeat or update. Always later than the one before, also when the clock was set back or another server's is behind. */
const advanceTime = (before: number, now: number): number => (now >= before ? now : before + 1);

/** A change of one of these counts as progress. */
const PROGRESS_FIELDS = [
  'state',
  'status',
  'idleSince',
  'progress',
  'contextUsedPercent',
  'contextBytes',
] as const satisfies readonly (keyof SessionRow)[];
/** A change of one of these is an entry in the timeline and an event; a heartbeat that changes none of them is neither. */
const TIMELINE_FIELDS = [
  ...PROGRESS_FIELDS,
  'contextLimitBytes',
  'handoffRequired',
  'archived',
  'name',
  'projectName',
] as const satisfies readonly (keyof SessionRow)[];

/** The session with its time of progress and its number of changes, both by comparison with the one before. */
export const withCounts = (before: SessionRow, after: SessionRow, now: number): SessionRow => ({
  ...after,
  lastProgressAt: hasAnyChanged(PROGRESS_FIELDS, before, after)
    ? Math.max(now, before.lastProgressAt)
    : before.lastProgressAt,
  changes: hasAnyChanged(TIMELINE_FIELDS, before, after) ? before.changes + 1 : before.changes,
});

const hasAnyChanged = (fields: readonly (keyof SessionRow)[], before: SessionRow, after: SessionRow): boolean =>
  fields.some((field) => before[field] !== after[field]);

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
  const silent = isIdle(session) ? 'idle and silent' : 'stale';
  const what = session.archived ? 'archived' : session.state === 'complete' ? 'complete' : silent;
  throw new Fault(
    'session-not-live',
    `Session '${session.sessionId}' is ${what} and can claim nothing. Send its heartbeat first (updateSession).`,
  );
}

/**
 * Whether the next run of the program takes over from this session: it asked for a successor, or it died. An idle one waits for
 * its person, however long it is silent.
 */
export const needsSuccessor = (session: SessionRow, at: LivenessContext): boolean =>
  session.successor === null &&
  (session.archived
    ? session.archiveReason === 'silent' || (session.archiveReason === 'idle' && session.handoffRequired)
    : isLive(session) && (session.handoffRequired || isStale(session, at)));

/** The session after a takeover: complete, without a slot, and unable to write from now on. `isLive` relies on `complete`. */
export const markSucceeded = (session: SessionRow, successor: string, now: number): SessionRow => ({
  ...session,
  state: 'complete',
  completedAt: now,
  completeReason: session.killedAt !== null ? 'killed' : session.handoffRequired ? 'handed-off' : 'succeeded',
  idleSince: null,
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
  at: LivenessContext,
): string | null {
  if (!successor || successor.sessionId === sessionId || !isAlive(successor, at)) return null;
  return at.now - (previous.completedAt ?? 0) <= RIVAL_WINDOW_MS ? successor.sessionId : null;
}

/** Two thirds of the time after which silence reads stale: 10 minutes of 15. */
export const nextHeartbeatInSeconds = (staleAfterMs: number): number =>
  Math.max(1, Math.floor((staleAfterMs * 2) / 3 / SECOND));

/** Throws `forbidden` for another program's session, and `session-of-another-program` when the request would move it. */
export function requireOwner(principal: Principal, session: SessionRow, requestedProgramId?: string): void {
  if (session.programId !== principal.programId && !isAdmin(principal)) {
    throw new Fault('forbidden', `Session '${session.sessionId}' belongs to another program.`);
  }
  if (requestedProgramId !== undefined && requestedProgramId !== session.programId) {
    throw new Fault(
      'session-of-another-program',
      `Session '${session.sessionId}' belongs to another program and stays there. Leave out programId, or use another sessionId.`,
    );
  }
}
