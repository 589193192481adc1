/** Needs that a person has put aside on this device: for a while, or until something changes. */
import { computed, signal } from '@preact/signals';
import { now } from './clock.ts';
import { lastHumanMessageAt } from './fleet.ts';
import { attentionQueue } from './fleet-store.ts';
import { pendingSends } from './pending-sends.ts';
import type { SessionSnapshot } from './session-snapshot.ts';

/** What was put aside: until a time in milliseconds of the server's clock, or null until the session changes. */
interface Hidden {
  readonly until: number | null;
  readonly fingerprint: string;
}
type HiddenBySession = Readonly<Record<string, Hidden>>;

const STORAGE_KEY = 'fleetbeat.hidden-needs';
/** The quarter of an hour in which one fetches a coffee or finishes a thought. */
export const SNOOZE_MS = 15 * 60_000;

const hidden = signal<HiddenBySession>(load());

/** The needs that are shown, in the order of the queue. */
export const inbox = computed(() => attentionQueue.value.filter((session) => !isHidden(session)));

/** Whether a person has written since the session last moved on, or is about to. */
export function isAnswered({ programId, sessionId, lastProgressAt }: SessionSnapshot): boolean {
  if (pendingSends.value.some((each) => each.sessionId === sessionId)) return true;
  const at = programId === null ? undefined : lastHumanMessageAt.value.get(programId);
  return at !== undefined && at > Date.parse(lastProgressAt);
}

/** How many wait for a person and have no answer yet. */
export const unansweredCount = computed(() => inbox.value.filter((session) => !isAnswered(session)).length);

/** What a person decides by. A heartbeat changes none of it. */
const getFingerprint = ({ state, status, lastProgressAt, stale, stuck, handoffRequired }: SessionSnapshot): string =>
  JSON.stringify([state, status, lastProgressAt, stale, stuck, handoffRequired]);

function isHidden(session: SessionSnapshot): boolean {
  const found = hidden.value[session.sessionId];
  if (!found || found.fingerprint !== getFingerprint(session)) return false;
  return found.until === null || now.value < found.until;
}

/** Hides sessions until they change, or for `SNOOZE_MS` at most. */
export function hideNeeds(sessions: readonly SessionSnapshot[], forMs: number | null): void {
  const until = forMs === null ? null : now.peek() + forMs;
  const added = sessions.map((each) => [each.sessionId, { until, fingerprint: getFingerprint(each) }] as const);
  store({ ...hidden.peek(), ...Object.fromEntries(added) });
}

/** Shows them again. */
export function showNeeds(sessionIds: readonly string[]): void {
  store(Object.fromEntries(Object.entries(hidden.peek()).filter(([id]) => !sessionIds.includes(id))));
}

/** Old entries go first: what was hidden long ago has changed or is gone. */
const MAX_ENTRIES = 500;

function store(value: HiddenBySession): void {
  hidden.value = Object.fromEntries(Object.entries(value).slice(-MAX_ENTRIES));
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(hidden.peek()));
  } catch {
    // Storage may be blocked: then it lasts until the page is closed.
  }
}

function load(): HiddenBySession {
  try {
    return JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as HiddenBySession;
  } catch {
    return {};
  }
}
