/**
 * A silence of our own kills nobody: when more than half of an account's live sessions fall silent together, the cause is
 * a network or a server rather than so many agents, and the sweep spares them for a while.
 */
import { EntitySchema } from 'typeorm';
import { HOUR, instant, MINUTE } from '../../platform/clock.ts';
import * as column from '../../platform/database/columns.ts';
import type { Announcement } from '../../platform/events/outbox.ts';

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
    since: column.moment(),
    until: column.moment(),
    sessions: column.whole(),
    sparedUntil: column.moment(),
  },
});

const TOGETHER_MS = 5 * MINUTE;
const AT_LEAST = 5;
const SPARED_MS = 6 * HOUR;

/**
 * The largest group of the sessions that fell silent within five minutes, when it is a mass silence: at least five, and
 * more than half of the `live` ones. `lastSigns` are those of the silent sessions, in ascending order.
 */
export function massSilence(lastSigns: readonly number[], live: number): Omit<MassSilenceRow, 'accountId'> | null {
  let first = 0;
  let best: { since: number; until: number; sessions: number } | null = null;
  for (const [last, until] of lastSigns.entries()) {
    while (until - (lastSigns[first] ?? until) > TOGETHER_MS) first += 1;
    const sessions = last - first + 1;
    if (sessions > (best?.sessions ?? 0)) best = { since: lastSigns[first] ?? until, until, sessions };
  }
  if (!best || best.sessions < AT_LEAST || best.sessions * 2 <= live) return null;
  return { ...best, sparedUntil: best.until + SPARED_MS };
}

/** The event of a new one. */
export const massSilenceNews = (found: Omit<MassSilenceRow, 'accountId'>): Announcement => ({
  kind: 'mass-silence',
  programId: null,
  sessionId: null,
  data: {
    since: instant(found.since),
    until: instant(found.until),
    sessions: found.sessions,
    sparedUntil: instant(found.sparedUntil),
  },
});

type Span = Pick<MassSilenceRow, 'since' | 'until'>;

/** The same silence, seen again: also one that an admin has ended is not raised a second time. */
export const isSame = (a: Span, b: Span): boolean => a.since <= b.until && b.since <= a.until;

/** Spared from archival: it fell silent in that silence, and the time has not run out. */
export const isSpared = (silence: MassSilenceRow | null, lastSign: number, now: number): boolean =>
  silence !== null && now < silence.sparedUntil && silence.since <= lastSign && lastSign <= silence.until;
