/** Context use as the points of a chart. Pure. */
import type { Change } from './changes.ts';

export interface ContextPoints {
  /** Seconds since 1970, the oldest first. */
  readonly at: number[];
  /** Percent if the size of the window is always known, else bytes. */
  readonly used: number[];
  readonly unit: 'percent' | 'bytes';
}

/** The points of all changes with context use, oldest first; a point equal to both neighbours is left out. */
export function toContextPoints(changes: readonly Change[]): ContextPoints {
  const reported = changes.filter(({ contextBytes }) => contextBytes !== null).reverse();
  const limits = reported.every(({ contextLimitBytes }) => contextLimitBytes !== null);
  const unit = limits ? 'percent' : 'bytes';
  const used = reported.map(({ contextBytes, contextLimitBytes }) => {
    const bytes = contextBytes ?? 0;
    return unit === 'percent' ? (bytes / (contextLimitBytes ?? 1)) * 100 : bytes;
  });
  const isDrawn = used.map((value, index) => index === 0 || value !== used[index - 1] || value !== used[index + 1]);
  return {
    at: reported.filter((_, index) => isDrawn[index]).map(({ at }) => Date.parse(at) / 1000),
    used: used.filter((_, index) => isDrawn[index]),
    unit,
  };
}
