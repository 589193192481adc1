/** The rules of sessions. Pure: each is handed the time. */
import type { components } from '../../openapi/generated/types.ts';
import type { Tier } from '../accounts/entity.ts';
import { SECOND } from '../clock.ts';
import { Fault } from '../faults.ts';
import type { SessionRow } from './entity.ts';

export type SessionCreate = components['schemas']['SessionCreate'];
export type SessionUpdate = components['schemas']['SessionUpdate'];

/** How many sessions of an account may be active at once. */
export const CONCURRENT: Readonly<Record<Tier, number>> = {
  free: 1,
  pro: 5,
  team: 10,
  unlimited: Number.POSITIVE_INFINITY,
};

type Life = Pick<SessionRow, 'state' | 'archived' | 'successor' | 'lastHeartbeat' | 'updatedAt'>;

/** Live by its own word: neither complete nor archived nor succeeded. */
export const isLive = ({ state, archived, successor }: Life): boolean =>
  state !== 'complete' && !archived && successor === null;

/** The later of heartbeat and update. */
export const lastSign = ({ lastHeartbeat, updatedAt }: Life): number => Math.max(lastHeartbeat, updatedAt);

/** Live but silent for longer than `staleAfterMs`. */
export const isStale = (session: Life, now: number, staleAfterMs: number): boolean =>
  isLive(session) && now - lastSign(session) > staleAfterMs;

/** Working and alive, but without progress for longer than `stuckAfterMs`. */
export const isStuck = (session: SessionRow, now: number, staleAfterMs: number, stuckAfterMs: number): boolean =>
  session.state === 'working' &&
  isLive(session) &&
  !isStale(session, now, staleAfterMs) &&
  now - session.lastProgressAt > stuckAfterMs;

/** Counts towards the concurrent sessions of its account. A crashed agent (stale) must not lock its owner out. */
export const holdsSlot = (session: Life, now: number, staleAfterMs: number): boolean =>
  isLive(session) && !isStale(session, now, staleAfterMs);

/** True when the change needs a slot that the session does not hold: it is new, or it comes back. */
export const takesSlot = (before: SessionRow | null, after: SessionRow, now: number, staleAfterMs: number): boolean =>
  holdsSlot(after, now, staleAfterMs) && !(before && holdsSlot(before, now, staleAfterMs));

/** A new session. Making it counts as its first heartbeat. */
export function opened(
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
    handoffRequired: create.handoffRequired ?? false,
    createdAt: now,
    updatedAt: now,
    lastHeartbeat: now,
    lastProgressAt: now,
    completedAt: state === 'complete' ? now : null,
    archived: false,
    archivedAt: null,
    archiveReason: null,
    successor: null,
  };
}

/** An existing session, created again: the sent fields replace the stored ones, and it comes back to life. */
export function reopened(session: SessionRow, create: SessionCreate, now: number): SessionRow {
  const state = create.state ?? (session.state === 'complete' ? 'working' : session.state);
  return { ...changed(session, { ...create, state }, now), name: create.name, lastHeartbeat: now };
}

/** The session after an update. Throws `session-superseded` when another has taken over. */
export function updated(session: SessionRow, update: SessionUpdate, now: number): SessionRow {
  const after = changed(session, update, now);
  return update.lastHeartbeat === true ? { ...after, lastHeartbeat: now } : after;
}

type Change = Omit<SessionUpdate, 'status' | 'lastHeartbeat'> & { readonly status?: string };

function changed(session: SessionRow, change: Change, now: number): SessionRow {
  refuseSuperseded(session);
  const state = change.state ?? session.state;
  const after: SessionRow = {
    ...session,
    status: change.status ?? session.status,
    state,
    progress: change.progress ?? session.progress,
    projectName: change.projectName ?? session.projectName,
    contextBytes: change.contextBytes ?? session.contextBytes,
    contextLimitBytes: change.contextLimitBytes ?? session.contextLimitBytes,
    handoffRequired: change.handoffRequired ?? session.handoffRequired,
    updatedAt: now,
    completedAt: state === 'complete' ? (session.completedAt ?? now) : null,
  };
  // A late word from a complete session leaves it where it was put; any other session that speaks is back.
  const back = state !== 'complete' || session.state !== 'complete';
  const unarchived = back ? { ...after, archived: false, archivedAt: null, archiveReason: null } : after;
  return hasProgressed(session, unarchived) ? { ...unarchived, lastProgressAt: now } : unarchived;
}

const PROGRESS = ['state', 'status', 'progress', 'contextBytes'] as const;

const hasProgressed = (before: SessionRow, after: SessionRow): boolean =>
  PROGRESS.some((field) => before[field] !== after[field]);

/** Fencing: a process that was paused and wakes up must not write over its successor's work. */
function refuseSuperseded({ sessionId, successor }: SessionRow): void {
  if (successor === null) return;
  throw new Fault('session-superseded', `Session '${sessionId}' was taken over by '${successor}'. Stop working.`, {
    successor,
  });
}

/** Two thirds of the time after which silence reads stale: 10 minutes of 15. */
export const nextHeartbeatInSeconds = (staleAfterMs: number): number =>
  Math.max(1, Math.floor((staleAfterMs * 2) / 3 / SECOND));
