/** Context use as the points of a chart. Pure. */
import type { Change } from './changes.ts';

export interface ContextPoints {
  /** Seconds since 1970, the oldest first. */
  readonly at: number[];
  /** Percent if that is always known, else bytes. */
  readonly used: number[];
  readonly unit: 'percent' | 'bytes';
}

/** The points of all changes with context use, oldest first; a point equal to both neighbours is left out. */
export function toContextPoints(changes: readonly Change[]): ContextPoints {
  const all = changes.filter(
    ({ contextBytes, contextUsedPercent }) => contextBytes !== null || contextUsedPercent !== null,
  );
  const unit = all.every((change) => toPercent(change) !== null) || !all.some(hasBytes) ? 'percent' : 'bytes';
  const reported = all.filter((change) => unit === 'percent' || hasBytes(change)).reverse();
  const used = reported.map((change) => (unit === 'percent' ? toPercent(change) : change.contextBytes) ?? 0);
  const isDrawn = used.map((value, index) => index === 0 || value !== used[index - 1] || value !== used[index + 1]);
  return {
    at: reported.filter((_, index) => isDrawn[index]).map(({ at }) => Date.parse(at) / 1000),
    used: used.filter((_, index) => isDrawn[index]),
    unit,
  };
}

const hasBytes = ({ contextBytes }: Change): boolean => contextBytes !== null;

/** Changes of earlier versions have the bytes only. */
function toPercent({ contextUsedPercent, contextBytes, contextLimitBytes }: Change): number | null {
  if (contextUsedPercent !== null) return contextUsedPercent;
  return contextBytes === null || contextLimitBytes === null ? null : (contextBytes / contextLimitBytes) * 100;
}
