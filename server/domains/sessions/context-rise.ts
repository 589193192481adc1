import type { SessionRow } from './entity.ts';

/**
 * The fields that describe the current rise of the context usage, after a change of it. A fall (a compaction) or another unit
 * begins a new rise. Pure.
 */
export function trackContextRise(
  before: SessionRow | null,
  after: Pick<SessionRow, 'contextUsedPercent' | 'contextBytes'>,
  now: number,
) {
  const isPercent = after.contextUsedPercent !== null;
  const used = isPercent ? after.contextUsedPercent : after.contextBytes;
  const previous = before && (isPercent ? before.contextUsedPercent : before.contextBytes);
  const sameUnit = before !== null && isPercent === (before.contextUsedPercent !== null);
  if (used === null) return { contextAt: null, contextRiseAt: null, contextRiseBytes: null, contextRisePercent: null };
  if (sameUnit && before.contextRiseAt !== null && previous !== null && used >= previous) {
    const { contextRiseAt, contextRiseBytes, contextRisePercent } = before;
    return { contextAt: now, contextRiseAt, contextRiseBytes, contextRisePercent };
  }
  return {
    contextAt: now,
    contextRiseAt: now,
    contextRiseBytes: isPercent ? null : used,
    contextRisePercent: isPercent ? used : null,
  };
}
