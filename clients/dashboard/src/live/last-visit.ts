/** When this browser last showed the dashboard, and up to which event, so that it can say what happened since. */
import { signal } from '@preact/signals';
import { streamPosition } from './stream.ts';

export interface Visit {
  /** In milliseconds of this device's clock. */
  readonly at: number;
  /** The number of the last event before it. */
  readonly sequence: number;
}

/** The visit before this one, when it is long enough ago; null after a dismissal. */
export const lastVisit = signal<Visit | null>(null);

/** Shorter absences need no report. */
const AWAY_MS = 10 * 60_000;
const SAVE_EVERY_MS = 60_000;

/** Follows the visits of one account in this browser. Returns the function that ends it. */
export function followVisits(accountId: string): () => void {
  const storageKey = `fleetbeat.last-visit.${accountId}`;
  const greet = () => {
    const visit = load(storageKey);
    if (visit && Date.now() - visit.at >= AWAY_MS) lastVisit.value = visit;
  };
  const save = () => {
    if (streamPosition.peek() > 0) store(storageKey, { at: Date.now(), sequence: streamPosition.peek() });
  };
  const onVisibility = () => (document.hidden ? save() : greet());
  greet();
  const timer = setInterval(() => !document.hidden && save(), SAVE_EVERY_MS);
  // Also at the beginning: a page that is killed is never hidden.
  let isSaved = false;
  const unsubscribe = streamPosition.subscribe((position) => {
    if (position === 0 || isSaved || document.hidden) return;
    isSaved = true;
    save();
  });
  document.addEventListener('visibilitychange', onVisibility);
  return () => {
    clearInterval(timer);
    unsubscribe();
    document.removeEventListener('visibilitychange', onVisibility);
    lastVisit.value = null;
  };
}

function load(key: string): Visit | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') as Visit | null;
  } catch {
    return null;
  }
}

function store(key: string, visit: Visit): void {
  try {
    localStorage.setItem(key, JSON.stringify(visit));
  } catch {
    // Storage may be blocked: then nothing is said of an absence.
  }
}
