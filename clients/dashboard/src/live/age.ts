/** Lengths of time in words. Pure. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const UNITS = [
  ['d', 'day', DAY],
  ['h', 'hour', HOUR],
  ['m', 'minute', MINUTE],
  ['s', 'second', SECOND],
] as const;

const parts = (ms: number) => {
  const [short, long, size] = UNITS.find(([, , each]) => ms >= each) ?? UNITS[3];
  return { short, long, count: Math.max(0, Math.floor(ms / size)) };
};

/** Rounded down, as the server's own text: 45s, 2m, 17m, 3h, 2d. */
export function ageText(ms: number): string {
  const { short, count } = parts(ms);
  return `${count}${short}`;
}

/** For screen readers: 2 minutes. */
export function ageWords(ms: number): string {
  const { long, count } = parts(ms);
  return `${count} ${long}${count === 1 ? '' : 's'}`;
}
