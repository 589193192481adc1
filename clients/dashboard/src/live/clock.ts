/** The server's clock as this device knows it. Ages are told by it: the clock of a phone may be wrong. */
import { computed, signal } from '@preact/signals';

/** What is to be added to this device's clock, in milliseconds. */
const offset = signal<number | null>(null);
const tick = signal(Date.now());

/** The server's time in milliseconds; moves once a second while the page is seen. All ages on a page tick together. */
export const now = computed(() => tick.value + (offset.value ?? 0));

/** The server's clock shows at least this, in milliseconds: taken from what it says. */
export function advanceServerClock(atLeast: number): void {
  if (offset.value === null || Date.now() + offset.value < atLeast) offset.value = atLeast - Date.now();
}

/** The server's clock shows about this, in milliseconds, and not less; 0 is no word at all. */
export function syncServerClock(about: number): void {
  if (about === 0) return;
  const shown = Date.now() + (offset.value ?? 0);
  if (offset.value === null || Math.abs(shown - about) > TOLERANCE_MS) offset.value = about - Date.now();
}
/** As exact as ages in whole seconds are. */
const TOLERANCE_MS = 2000;

const SECOND = 1000;
const updateTick = (): void => {
  if (!document.hidden) tick.value = Date.now();
};
if (typeof document !== 'undefined') {
  setInterval(updateTick, SECOND);
  document.addEventListener('visibilitychange', updateTick);
}
