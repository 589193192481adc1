/**
 * Mass silence: when more than half of an account's live sessions fall silent together, the cause is probably a network or
 * a server and not the agents, so the sweep exempts them from archival for six hours.
 */
import { EntitySchema } from 'typeorm';
import { formatInstant, HOUR, MINUTE } from '../../platform/clock.ts';
import * as column from '../../platform/database/columns.ts';
import type { NewEvent } from '../../platform/events/outbox.ts';

/** The last mass silence of an account. */
export interface MassSilenceRow {
  accountId: string;
  /** When the first and the last of the silent sessions were last seen. */
  since: number;
  until: number;
  sessions: number;
  sparedUntil: number;
}

export const MassSilence = new EntitySchema<MassSilenceRow>({
  name: 'MassSilence',
  tableName: 'mass_silences',
  columns: {
    accountId: column.id({ primary: true }),
    since: column.timestamp(),
    until: column.timestamp(),
    sessions: column.integer(),
    sparedUntil: column.timestamp(),
  },
});

const WINDOW_MS = 5 * MINUTE;
const MIN_SESSIONS = 5;
const SPARED_MS = 6 * HOUR;

/**
 * The largest group of sessions that fell silent within five minutes of each other, when it is a mass silence: at least five
 * sessions, and more than half of the `live` ones. `lastSeenTimes` are those of the silent sessions, in ascending order.
 */
export function detectMassSilence(
  lastSeenTimes: readonly number[],
  live: number,
): Omit<MassSilenceRow, 'accountId'> | null {
  let first = 0;
  let best: { since: number; until: number; sessions: number } | null = null;
  for (const [last, until] of lastSeenTimes.entries()) {
    while (until - (lastSeenTimes[first] ?? until) > WINDOW_MS) first += 1;
    const sessions = last - first + 1;
    if (sessions > (best?.sessions ?? 0)) best = { since: lastSeenTimes[first] ?? until, until, sessions };
  }
  if (!best || best.sessions < MIN_SESSIONS || best.sessions * 2 <= live) return null;
  return { ...best, sparedUntil: best.until + SPARED_MS };
}

/** The event of a new mass silence. */
export const toMassSilenceEvent = (found: Omit<MassSilenceRow, 'accountId'>): NewEvent => ({
  type: 'mass-silence',
  programId: null,
  sessionId: null,
  data: {
    since: formatInstant(found.since),
    until: formatInstant(found.until),
    sessions: found.sessions,
    sparedUntil: formatInstant(found.sparedUntil),
  },
});

type Span = Pick<MassSilenceRow, 'since' | 'until'>;

/** Whether both are the same silence. One that an admin has ended is not reported again. */
export const overlaps = (a: Span, b: Span): boolean => a.since <= b.until && b.since <= a.until;

/** Whether a session last seen at `lastSeenAt` is exempt from archival: it fell silent in the mass silence, which has not expired. */
export const isSpared = (silence: MassSilenceRow | null, lastSeenAt: number, now: number): boolean =>
  silence !== null && now < silence.sparedUntil && silence.since <= lastSeenAt && lastSeenAt <= silence.until;
