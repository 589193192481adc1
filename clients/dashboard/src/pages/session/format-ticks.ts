/** The labels of a time axis, in the words of the reader's language. */

const MINUTE_S = 60;
const DAY_S = 86_400;

const optionsFor = (incrementS: number): Intl.DateTimeFormatOptions => {
  if (incrementS >= DAY_S) return { day: 'numeric', month: 'short' };
  const toTheMinute = { hour: '2-digit', minute: '2-digit' } as const;
  return incrementS >= MINUTE_S ? toTheMinute : { ...toTheMinute, second: '2-digit' };
};

/**
 * One label for each tick, a Unix time in seconds: days, minutes or seconds, as the ticks are that far apart. Ticks between
 * two seconds have none.
 */
export function formatTicks(ticks: readonly number[], incrementS: number, locale?: string): (string | null)[] {
  const format = new Intl.DateTimeFormat(locale, optionsFor(incrementS));
  return ticks.map((tick) => (Number.isInteger(tick) ? format.format(tick * 1_000) : null));
}
