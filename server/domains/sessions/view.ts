/** Sessions as the schemas of the contract. Staleness is derived at `now`. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull } from '../../platform/clock.ts';
import type { Settings } from '../../platform/settings.ts';
import type { SessionRow } from './entity.ts';
import { isStale, isStuck } from './liveness.ts';
import type { SessionChangeRow } from './timeline.ts';

export function toSessionView(row: SessionRow, now: number, settings: Settings): components['schemas']['Session'] {
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
    stale: isStale(row, now, settings.staleAfterMs),
    stuck: isStuck(row, now, settings.staleAfterMs, settings.stuckAfterMs),
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
  progress: row.progress,
  projectName: row.projectName,
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

export interface ContextUsage {
  readonly contextBytes: number | null;
  readonly contextLimitBytes: number | null;
}

/** A session that uses more than this share of its context window should hand over. */
const HANDOFF_ADVISED_ABOVE = 0.6;

/** In percent with one decimal, at most 100; null while either number is unknown. */
export function contextUsedPercent({ contextBytes, contextLimitBytes }: ContextUsage): number | null {
  if (contextBytes === null || contextLimitBytes === null) return null;
  return Math.min(100, Math.round((contextBytes / contextLimitBytes) * 1000) / 10);
}

interface ContextGrowth extends ContextUsage {
  readonly contextAt: number | null;
  readonly contextRiseAt: number | null;
  readonly contextRiseBytes: number | null;
}

/**
 * When the context window will be full if its usage keeps rising as it has since the rise began: a straight line through both
 * ends of the rise, in milliseconds since the epoch. Null while the limit is unknown or the usage has not risen.
 */
export function contextFullAt({
  contextBytes,
  contextLimitBytes,
  contextAt,
  contextRiseAt,
  contextRiseBytes,
}: ContextGrowth): number | null {
  if (contextBytes === null || contextLimitBytes === null || contextAt === null || contextRiseAt === null) return null;
  if (contextBytes >= contextLimitBytes) return contextAt;
  const bytes = contextBytes - (contextRiseBytes ?? 0);
  const ms = contextAt - contextRiseAt;
  if (bytes <= 0 || ms <= 0) return null;
  const full = contextAt + Math.round(((contextLimitBytes - contextBytes) * ms) / bytes);
  // A Date can't hold a later instant.
  return full <= 8.64e15 ? full : null;
}

export const handoffAdvised = ({ contextBytes, contextLimitBytes }: ContextUsage): boolean =>
  contextBytes !== null && contextLimitBytes !== null && contextBytes / contextLimitBytes > HANDOFF_ADVISED_ABOVE;
