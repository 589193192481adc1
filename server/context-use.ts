/** How full a session's context window is. */

export interface ContextUse {
  readonly contextBytes: number | null;
  readonly contextLimitBytes: number | null;
}

/** Above this share of its context window a session should hand over. */
const HANDOFF_ADVISED_ABOVE = 0.6;

/** In percent with one decimal, at most 100; null while either number is unknown. */
export function contextUsedPercent({ contextBytes, contextLimitBytes }: ContextUse): number | null {
  if (contextBytes === null || contextLimitBytes === null) return null;
  return Math.min(100, Math.round((contextBytes / contextLimitBytes) * 1000) / 10);
}

export const handoffAdvised = ({ contextBytes, contextLimitBytes }: ContextUse): boolean =>
  contextBytes !== null && contextLimitBytes !== null && contextBytes / contextLimitBytes > HANDOFF_ADVISED_ABOVE;
