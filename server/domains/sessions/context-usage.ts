/** How full a session's context window is. */

export interface ContextUsage {
  readonly contextBytes: number | null;
  readonly contextLimitBytes: number | null;
}

/** Above this share of its context window a session should hand over. */
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
 * When the window will be full if its use goes on rising as it has since the rise began: a straight line through the two
 * ends of the rise. Null while the limit is unknown or nothing has risen.
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
  // Beyond the last instant that a Date can hold nothing useful can be said.
  return full <= 8.64e15 ? full : null;
}

export const handoffAdvised = ({ contextBytes, contextLimitBytes }: ContextUsage): boolean =>
  contextBytes !== null && contextLimitBytes !== null && contextBytes / contextLimitBytes > HANDOFF_ADVISED_ABOVE;
