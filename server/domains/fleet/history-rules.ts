/** The rules of the fleet's history: how what was seen is kept, and how quarters of an hour become periods. Pure. */
import { DAY, HOUR, MINUTE } from '../../platform/clock.ts';

export const QUARTER_MS = 15 * MINUTE;
const QUARTERS_PER_DAY = DAY / QUARTER_MS;

/** Bits, so that several things seen in one quarter are kept together, and seeing one again changes nothing. */
export const ACTIVITY = { asked: 1, worked: 2, silent: 4, idle: 8 } as const;

/** A period's letter in the contract. */
type Letter = 'a' | 'w' | 's' | 'i' | '-' | '?';

/** The most telling first: of a quarter in which several were seen, it is the one that counts. */
const LETTERS: readonly (readonly [bit: number, letter: Letter])[] = [
  [ACTIVITY.asked, 'a'],
  [ACTIVITY.worked, 'w'],
  [ACTIVITY.silent, 's'],
  [ACTIVITY.idle, 'i'],
];

export type HistoryRange = '24h' | '7d' | '30d';

const RANGES: Readonly<Record<HistoryRange, { readonly periodMs: number; readonly periods: number }>> = {
  '24h': { periodMs: QUARTER_MS, periods: 96 },
  '7d': { periodMs: 2 * HOUR, periods: 84 },
  '30d': { periodMs: 8 * HOUR, periods: 90 },
};

export const startOfQuarter = (at: number): number => Math.floor(at / QUARTER_MS) * QUARTER_MS;
export const startOfDay = (at: number): number => Math.floor(at / DAY) * DAY;

/** The periods of a range at `now`, aligned in UTC: the last one is that of `now`. */
export function resolveRange(range: HistoryRange, now: number) {
  const { periodMs, periods } = RANGES[range];
  return { from: (Math.floor(now / periodMs) - periods + 1) * periodMs, periodMs, periods };
}

const indexInDay = (quarter: number): number => (quarter - startOfDay(quarter)) / QUARTER_MS;

/** The quarters of a day with `bits` added to one. Adding is in any order, and twice is once. */
export function addBits(quarters: string | undefined, quarter: number, bits: number): string {
  const digits = (quarters ?? '').padEnd(QUARTERS_PER_DAY, '0');
  const index = indexInDay(quarter);
  const merged = (Number.parseInt(digits.charAt(index), 16) | bits).toString(16);
  return digits.slice(0, index) + merged + digits.slice(index + 1);
}

/** The quarters of several days, by the beginning of the day. */
export type Days = ReadonlyMap<number, string>;

const bitsAt = (days: Days, quarter: number): number =>
  Number.parseInt(days.get(startOfDay(quarter))?.charAt(indexInDay(quarter)) || '0', 16);

function letterOfQuarter(bits: number, wasObserved: boolean): Letter {
  const found = LETTERS.find(([bit]) => (bits & bit) !== 0);
  if (found) return found[1];
  return wasObserved ? '-' : '?';
}

/** The letter that most quarters have, of those in which a session was live; the more telling one of two that are equal. */
function letterOfPeriod(quarters: readonly Letter[]): Letter {
  const count = (letter: Letter) => quarters.filter((each) => each === letter).length;
  const [most] = LETTERS.map(([, letter]) => letter).sort((one, other) => count(other) - count(one));
  if (most !== undefined && count(most) > 0) return most;
  return quarters.includes('-') ? '-' : '?';
}

/** The letters of a range, the oldest first. `activity` and `observed` have the quarters of its days. */
export function toPeriods(activity: Days, observed: Days, range: ReturnType<typeof resolveRange>): string {
  return Array.from({ length: range.periods }, (_period, index) => {
    const start = range.from + index * range.periodMs;
    const quarters = Array.from({ length: range.periodMs / QUARTER_MS }, (_quarter, nth) => start + nth * QUARTER_MS);
    return letterOfPeriod(
      quarters.map((quarter) => letterOfQuarter(bitsAt(activity, quarter), bitsAt(observed, quarter) > 0)),
    );
  }).join('');
}
