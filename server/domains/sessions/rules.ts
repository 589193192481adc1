/** The rules of sessions. Pure: each is handed the time. */
import type { components } from '../../../openapi/generated/types.ts';
import { MINUTE, SECOND } from '../../platform/clock.ts';
import { Fault } from '../../platform/faults.ts';
import type { Tier } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import type { SessionRow } from './entity.ts';

export type SessionCreate = components['schemas']['SessionCreate'];
export type SessionUpdate = Omit<components['schemas']['SessionUpdate'], 'sessionId'>;

/** How many sessions of an account may be active at once. */
export const MAX_CONCURRENT_SESSIONS: Readonly<Record<Tier, number>> = {
  free: 1,
  pro: 5,
  team: 10,
  unlimited: Number.POSITIVE_INFINITY,
};

type LivenessFields = Pick<SessionRow, 'state' | 'archived' | 'successor' | 'lastHeartbeat' | 'updatedAt'>;

/** Live by its own word: neither complete nor archived nor succeeded. */
export const isLive = ({ state, archived, successor }: LivenessFields): boolean =>
  state !== 'complete' && !archived && successor === null;

/** The later of heartbeat and update. */
export const getLastSeenAt = ({ lastHeartbeat, updatedAt }: LivenessFields): number =>
  Math.max(lastHeartbeat, updatedAt);

/** Live but silent for longer than `staleAfterMs`. */
export const isStale = (session: LivenessFields, now: number, staleAfterMs: number): boolean =>
  isLive(session) && now - getLastSeenAt(session) > staleAfterMs;

/** Working and alive, but without progress for `stuckAfterMs`. */
export const isStuck = (session: SessionRow, now: number, staleAfterMs: number, stuckAfterMs: number): boolean =>
  session.state === 'working' &&
  isLive(session) &&
  !isStale(session, now, staleAfterMs) &&
  now - session.lastProgressAt >= stuckAfterMs;

/**
 * Why a session is to be archived now; null while it stays. Pinned alone exempts a live session.
 */
export function archivalReason(session: SessionRow, now: number, settings: Settings): SessionRow['archiveReason'] {
  if (session.archived) return null;
  if (session.state === 'complete') {
    return session.completedAt !== null && now - session.completedAt >= settings.archiveCompleteAfterMs
      ? 'complete'
      : null;
  }
  return session.state !== 'pinned' && now - getLastSeenAt(session) >= settings.archiveSilentAfterMs ? 'silent' : null;
}

/** Counts towards the concurrent sessions of its account. A crashed agent (stale) must not lock its owner out. */
export const holdsSlot = (session: LivenessFields, now: number, staleAfterMs: number): boolean =>
  isLive(session) && !isStale(session, now, staleAfterMs);

/** True when the change needs a slot that the session does not hold: it is new, or it comes back. */
export const needsSlot = (before: SessionRow | null, after: SessionRow, now: number, staleAfterMs: number): boolean =>
  holdsSlot(after, now, staleAfterMs) && !(before && holdsSlot(before, now, staleAfterMs));

/** A new session. Making it counts as its first heartbeat. */
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
    staleTold: null,
    stuckTold: null,
    changes: 1,
  };
}

/** An existing session, created again: the sent fields replace the stored ones, and it comes back to life. */
export function reopenSession(session: SessionRow, create: SessionCreate, now: number): SessionRow {
  const state = create.state ?? (session.state === 'complete' ? 'working' : session.state);
  return { ...applyChange(session, { ...create, state }, now), lastHeartbeat: advanceTime(session.lastHeartbeat, now) };
}

/** The session after an update. Throws `session-superseded` when another has taken over. */
export function applyUpdate(session: SessionRow, update: SessionUpdate, now: number): SessionRow {
  const after = applyChange(session, update, now);
  return update.lastHeartbeat === true ? { ...after, lastHeartbeat: advanceTime(session.lastHeartbeat, now) } : after;
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
  // A late word from a complete session leaves it where it was put; any other session that speaks is back.
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

/** A clock that was set back, or another server's that is behind, moves no sign of life back: each is later than the one before. */
const advanceTime = (before: number, now: number): number => (now >= before ? now : before + 1);

/** Where the context use stands in its rise; a use that falls (a compaction) begins a new one. */
function trackContextRise(before: SessionRow | null, bytes: number | null, now: number) {
  const { contextBytes = null, contextAt = null, contextRiseAt = null, contextRiseBytes = null } = before ?? {};
  if (bytes === contextBytes) return { contextAt, contextRiseAt, contextRiseBytes };
  if (contextBytes === null || (bytes ?? 0) < contextBytes)
    return { contextAt: now, contextRiseAt: now, contextRiseBytes: bytes };
  return { contextAt: now, contextRiseAt, contextRiseBytes };
}

/** What counts as progress. */
const PROGRESS_FIELDS = ['state', 'status', 'progress', 'contextBytes'] as const;
/** What the timeline tells of; a heartbeat that changes none of it is no change. */
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

/** Fencing: a process that was paused and wakes up must not write over its successor's work. */
export function assertNotSuperseded({ sessionId, successor }: SessionRow): void {
  if (successor === null) return;
  throw new Fault('session-superseded', `Session '${sessionId}' was taken over by '${successor}'. Stop working.`, {
    successor,
  });
}

/** A session that the next run of its program takes over from: it asked for a successor, or it died. */
export const needsSuccessor = (session: SessionRow, now: number, staleAfterMs: number): boolean =>
  session.successor === null &&
  (session.archived
    ? session.archiveReason === 'silent'
    : isLive(session) && (session.handoffRequired || isStale(session, now, staleAfterMs)));

/** The session after another has taken over: complete, its slot free, and from now on it may write nothing. */
export const markSucceeded = (session: SessionRow, successor: string, now: number): SessionRow => ({
  ...session,
  state: 'complete',
  completedAt: now,
  completeReason: session.handoffRequired ? 'handed-off' : 'succeeded',
  successor,
  changes: session.changes + 1,
});

/** Two runs that start within this time after the same predecessor are rivals, not a program that runs twice. */
const RIVAL_WINDOW_MS = 1 * MINUTE;

/** The session that has just taken over from `previous`, when it is another than `sessionId` and alive. */
export function findRival(
  previous: SessionRow,
  successor: SessionRow | null,
  sessionId: string,
  now: number,
  staleAfterMs: number,
): string | null {
  if (!successor || successor.sessionId === sessionId || !holdsSlot(successor, now, staleAfterMs)) return null;
  return now - (previous.completedAt ?? 0) <= RIVAL_WINDOW_MS ? successor.sessionId : null;
}

/** Two thirds of the time after which silence reads stale: 10 minutes of 15. */
export const nextHeartbeatInSeconds = (staleAfterMs: number): number =>
  Math.max(1, Math.floor((staleAfterMs * 2) / 3 / SECOND));
