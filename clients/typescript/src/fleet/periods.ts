/** What a program did over time, as `fleet.history` tells it: one letter for each period. Pure. */
import { formatDuration } from './duration.js';

/** The most telling first; of two that are equally frequent it is the one that counts. */
export const ACTIVITIES = [
  { letter: 'a', word: 'asked' },
  { letter: 'w', word: 'worked' },
  { letter: 's', word: 'silent' },
  { letter: 'i', word: 'idle' },
] as const;

const MINUTE = 60_000;
const count = (periods: string, letter: string): number => periods.split(letter).length - 1;

/** How long each activity took, in milliseconds, as far as there was any. */
export const measureActivities = (periods: string, periodMinutes: number) =>
  ACTIVITIES.map(({ letter, word }) => ({ letter, word, ms: count(periods, letter) * periodMinutes * MINUTE })).filter(
    ({ ms }) => ms > 0,
  );

/** `worked 3h, asked 30m`; rounded down to whole units, and `no session` without any. */
export function describePeriods(periods: string, periodMinutes: number): string {
  const measured = measureActivities(periods, periodMinutes);
  if (measured.length > 0) return measured.map(({ word, ms }) => `${word} ${formatDuration(ms)}`).join(', ');
  return periods.includes('-') ? 'no session' : 'unknown';
}

/** The same in fewer and longer periods: each has the letter of most of its parts, of those with a session. */
export function mergePeriods(periods: string, size: number): string {
  const parts = Array.from({ length: Math.ceil(periods.length / size) }, (_part, index) =>
    periods.slice(index * size, (index + 1) * size),
  );
  return parts
    .map((part) => {
      const [most] = [...ACTIVITIES].sort((one, other) => count(part, other.letter) - count(part, one.letter));
      if (most && part.includes(most.letter)) return most.letter;
      return part.includes('-') ? '-' : '?';
    })
    .join('');
}
