/**
 * A silence of our own kills nobody: when more than half of an account's live sessions fall silent together, the cause is
 * a network or a server rather than so many agents, and the sweep spares them for a while.
 */
import { EntitySchema } from 'typeorm';
import { formatInstant, HOUR, MINUTE } from '../../platform/clock.ts';
import * as column from '../../platform/database/columns.ts';
import type { NewEvent } from '../../platform/events/outbox.ts';

/** The last mass silence of an account. */
export interface MassSilenceRow {
  accountId: string;
  /** The last sign of life of the first session that fell silent, and of the last. */
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
 * The largest group of the sessions that fell silent within five minutes, when it is a mass silence: at least five, and
 * more than half of the `live` ones. `lastSigns` are those of the silent sessions, in ascending order.
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

/** The event of a new one. */
export const toMassSilenceEvent = (found: Omit<MassSilenceRow, 'accountId'>): NewEvent => ({
  kind: 'mass-silence',
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

/** The same silence, seen again: also one that an admin has ended is not raised a second time. */
export const overlaps = (a: Span, b: Span): boolean => a.since <= b.until && b.since <= a.until;

/** Spared from archival: it fell silent in that silence, and the time has not run out. */
export const isSpared = (silence: MassSilenceRow | null, lastSeenAt: number, now: number): boolean =>
  silence !== null && now < silence.sparedUntil && silence.since <= lastSeenAt && lastSeenAt <= silence.until;
