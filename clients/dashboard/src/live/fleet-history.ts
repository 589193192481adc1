/** What each program did in the last 24 hours: loaded once the fleet is shown, and again every few minutes. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { fleetbeat, isAdmin, signOutOnUnauthorized } from '../auth.ts';

const PAGE_SIZE = 200;
const REFRESH_MS = 5 * 60_000;
export const DAY_PERIOD_MINUTES = 15;

/** By program; empty until it is known, and for users who may not read it. */
export const dayActivity = signal<ReadonlyMap<string, string>>(new Map());
let loadedAt = Number.NEGATIVE_INFINITY;

async function load(): Promise<void> {
  loadedAt = performance.now();
  const found = new Map<string, string>();
  try {
    for await (const { programId, periods } of fleetbeat().fleet.allHistory({ limit: PAGE_SIZE }))
      found.set(programId, periods);
    dayActivity.value = found;
  } catch (error) {
    // The fleet itself says when the server cannot be reached; the next round tries again.
    loadedAt = Number.NEGATIVE_INFINITY;
    signOutOnUnauthorized(error);
  }
}

/** Keeps `dayActivity` up to date while the page is seen. */
export function useDayActivity(): void {
  useEffect(() => {
    if (!isAdmin()) return;
    const refresh = () => {
      if (!document.hidden && performance.now() - loadedAt >= REFRESH_MS) void load();
    };
    refresh();
    const timer = setInterval(refresh, REFRESH_MS / 10);
    return () => clearInterval(timer);
  }, []);
}
