/** The server's clock, estimated on this device. Ages use it because a phone's clock may be wrong. */
import { computed, signal } from '@preact/signals';

/** The difference to this device's clock, in milliseconds. */
const offset = signal<number | null>(null);
const tick = signal(Date.now());

/** The server's time in milliseconds; updated once a second while the page is visible, for all ages at once. */
export const now = computed(() => tick.value + (offset.value ?? 0));

/** Advances the estimate: the server's clock shows at least this, in milliseconds. */
export function advanceServerClock(atLeast: number): void {
  if (offset.value === null || Date.now() + offset.value < atLeast) offset.value = atLeast - Date.now();
}

/** Corrects the estimate: the server's clock shows about this, in milliseconds, and not less. 0 is ignored. */
export function syncServerClock(about: number): void {
  if (about === 0) return;
  const shown = Date.now() + (offset.value ?? 0);
  if (offset.value === null || Math.abs(shown - about) > TOLERANCE_MS) offset.value = about - Date.now();
}
/** The precision of ages in whole seconds. */
const TOLERANCE_MS = 2000;

const SECOND = 1000;
const updateTick = (): void => {
  if (!document.hidden) tick.value = Date.now();
};
if (typeof document !== 'undefined') {
  setInterval(updateTick, SECOND);
  document.addEventListener('visibilitychange', updateTick);
}
