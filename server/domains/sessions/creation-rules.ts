/** The rules of creating sessions, and of opening them again under their ids. Pure functions: the caller passes the time. */
import { Fault } from '../../platform/faults.ts';
import { isAdmin, type Principal } from '../../platform/principal.ts';
import { trackContextRise } from './context-rise.ts';
import type { SessionRow } from './entity.ts';
import type { Handover } from './handover.ts';
import { isLive } from './liveness.ts';
import { applyChange, asChanged, beginRun, type SessionCreate, withCounts, withHeartbeat } from './rules.ts';

/** The program of a new session: the key's own, or any program for an admin. Throws `forbidden`. */
export function resolveProgramId(principal: Principal, requestedProgramId: string | undefined): string | null {
  if (requestedProgramId === undefined || requestedProgramId === principal.programId || isAdmin(principal))
    return requestedProgramId ?? principal.programId;
  throw new Fault(
    'forbidden',
    `A program's key opens sessions of its own program only, not of '${requestedProgramId}'.`,
  );
}

/** A new session. Its creation counts as its first heartbeat. */
export function newSession(
  owner: Pick<SessionRow, 'accountId' | 'sessionId' | 'programId'>,
  create: SessionCreate,
  now: number,
): SessionRow {
  const state = create.state ?? 'working';
  const use = {
    contextUsedPercent: create.contextUsedPercent ?? null,
    contextBytes: create.contextBytes ?? null,
    contextLimitBytes: create.contextLimitBytes ?? null,
  };
  return {
    ...owner,
    name: create.name,
    status: create.status ?? null,
    state,
    idleSince: create.idle === true && state !== 'complete' ? now : null,
    progress: create.progress ?? null,
    projectName: create.projectName ?? null,
    ...use,
    ...trackContextRise(null, use, now),
    handoffRequired: create.handoffRequired ?? false,
    killedAt: null,
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

/**
 * An existing session after another create with its id: sent fields replace stored ones, and it counts as a heartbeat. A session
 * that was not live, or any with `isNewRun`, begins a new run. Throws `session-superseded`.
 */
export function reopenSession(session: SessionRow, create: SessionCreate, now: number, isNewRun = false): SessionRow {
  assertIdIsFree(session);
  const begins = beginsRunByCreate(session, create, isNewRun);
  const change = begins ? { state: 'working' as const, ...create } : create;
  const after = withCounts(session, applyChange(begins ? beginRun(session) : session, change, now), now);
  return withHeartbeat(begins ? { ...after, ...asChanged(session, now) } : after, session, now);
}

/** The handover after a create or update: undefined leaves the stored one, null removes it. A new run has none of the run before. */
export const handoverAfterCreate = (
  before: SessionRow | null,
  create: SessionCreate,
  isNewRun = false,
): Handover | null | undefined =>
  create.handover ?? (before && beginsRunByCreate(before, create, isNewRun) ? null : undefined);

const beginsRunByCreate = (session: SessionRow, create: SessionCreate, isNewRun: boolean): boolean =>
  isNewRun || (!isLive(session) && create.state !== 'complete');

/** The id of a session that was taken over is used up. Throws `session-superseded`. */
function assertIdIsFree({ sessionId, successor }: SessionRow): void {
  if (successor === null) return;
  throw new Fault(
    'session-superseded',
    `Session '${sessionId}' was taken over by '${successor}', so its id can't be used again. Create a session with another sessionId, or without one.`,
    { successor },
  );
}
