/** Sessions as the schemas of the contract. Liveness is derived on reading. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull } from '../../platform/clock.ts';
import type { SessionRow } from './entity.ts';
import { isIdle, isStale, isStuck, type LivenessContext } from './liveness.ts';
import type { SessionChangeRow } from './timeline.ts';

export function toSessionView(row: SessionRow, at: LivenessContext): components['schemas']['Session'] {
  const used = contextUsedPercent(row);
  return {
    sessionId: row.sessionId,
    programId: row.programId,
    name: row.name,
    status: row.status,
    state: row.state,
    progress: row.progress,
    projectName: row.projectName,
    contextBytes: row.contextBytes,
    contextLimitBytes: row.contextLimitBytes,
    ...(used === null ? {} : { contextUsedPercent: used }),
    contextFullAt: formatInstantOrNull(contextFullAt(row)),
    handoffRequired: row.handoffRequired,
    handoffAdvised: handoffAdvised(row),
    stale: isStale(row, at),
    stuck: isStuck(row, at),
    idle: isIdle(row),
    archived: row.archived,
    archiveReason: row.archiveReason,
    successor: row.successor,
    createdAt: formatInstant(row.createdAt),
    updatedAt: formatInstant(row.updatedAt),
    lastHeartbeat: formatInstant(row.lastHeartbeat),
    lastProgressAt: formatInstant(row.lastProgressAt),
    completedAt: formatInstantOrNull(row.completedAt),
    completeReason: row.completeReason,
    archivedAt: formatInstantOrNull(row.archivedAt),
  };
}

/** The session in an event, without values that depend on the time of reading. */
export const toSessionNews = (row: SessionRow): components['schemas']['SessionNews'] => ({
  name: row.name,
  status: row.status,
  state: row.state,
  idle: isIdle(row),
  progress: row.progress,
  projectName: row.projectName,
  contextUsedPercent: contextUsedPercent(row),
  contextBytes: row.contextBytes,
  contextLimitBytes: row.contextLimitBytes,
  handoffRequired: row.handoffRequired,
  archived: row.archived,
  archiveReason: row.archiveReason,
  successor: row.successor,
  updatedAt: formatInstant(row.updatedAt),
  lastHeartbeat: formatInstant(row.lastHeartbeat),
  lastProgressAt: formatInstant(row.lastProgressAt),
});

export const toChangeView = ({
  accountId: _a,
  sessionId: _s,
  at,
  ...change
}: SessionChangeRow): components['schemas']['SessionChange'] => ({
  ...change,
  at: formatInstant(at),
});

export type ContextUse = Readonly<Pick<SessionRow, 'contextUsedPercent' | 'contextBytes' | 'contextLimitBytes'>>;
/** A session that uses more than this share of its context window should hand over. */
const HANDOFF_ADVISED_ABOVE = 0.6;

/** The used share of the window, at most 1: as the session says itself, or else from its bytes. Null while it is unknown. */
function getUsedShare({ contextUsedPercent, contextBytes, contextLimitBytes }: ContextUse): number | null {
  if (contextUsedPercent !== null) return contextUsedPercent / 100;
  if (contextBytes === null || contextLimitBytes === null) return null;
  return Math.min(1, contextBytes / contextLimitBytes);
}

/** In percent with one decimal, at most 100; null while it is unknown. */
export function contextUsedPercent(use: ContextUse): number | null {
  const share = getUsedShare(use);
  return share === null ? null : Math.round(share * 1000) / 10;
}

export const handoffAdvised = (use: ContextUse): boolean => (getUsedShare(use) ?? 0) > HANDOFF_ADVISED_ABOVE;

/**
 * When the context window will be full if its usage keeps rising as it has since the rise began: a straight line through both
 * ends of the rise, in milliseconds since the epoch. Null while the limit is unknown or the usage has not risen.
 */
export function contextFullAt(
  session: ContextUse &
    Readonly<Pick<SessionRow, 'contextAt' | 'contextRiseAt' | 'contextRiseBytes' | 'contextRisePercent'>>,
): number | null {
  const { contextAt, contextRiseAt, contextRiseBytes, contextRisePercent } = session;
  const isPercent = session.contextUsedPercent !== null;
  const used = isPercent ? session.contextUsedPercent : session.contextBytes;
  const limit = isPercent ? 100 : session.contextLimitBytes;
  if (used === null || limit === null || contextAt === null || contextRiseAt === null) return null;
  if (used >= limit) return contextAt;
  const risen = used - ((isPercent ? contextRisePercent : contextRiseBytes) ?? 0);
  const ms = contextAt - contextRiseAt;
  if (risen <= 0 || ms <= 0) return null;
  const full = contextAt + Math.round(((limit - used) * ms) / risen);
  // A Date can't hold a later instant.
  return full <= 8.64e15 ? full : null;
}
