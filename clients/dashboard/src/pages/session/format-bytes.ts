/** Sizes as text. Pure. */
const UNITS = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const;

/** Bytes in readable units: 812 B, 120 kB, 1.5 MB. */
export function formatBytes(count: number): string {
  const [unit, size] = UNITS.find(([, each]) => count >= each) ?? ['B', 1];
  const amount = count / size;
  return `${amount < 10 && size > 1 ? Number(amount.toFixed(1)) : Math.round(amount)} ${unit}`;
}
