/** One thing with its properties, a line each. */
import type { Paint } from './paint.ts';
import { displayWidth, manyLines, padTo } from './text.ts';

export type KeyValue = readonly [name: string, value: string | number | boolean | null | undefined];

/** Properties without a value are left out; further lines of a long text stand under its first. */
export function formatKeyValues(facts: readonly KeyValue[], paint: Paint): string {
  const shown = facts.filter(([, value]) => value !== null && value !== undefined && value !== '' && value !== false);
  const width = Math.max(0, ...shown.map(([name]) => displayWidth(name)));
  const indent = `\n${' '.repeat(width + 2)}`;
  return shown
    .map(([name, value]) => {
      const text = value === true ? 'yes' : manyLines(String(value));
      return `${paint.dim(padTo(name, width))}  ${text.replaceAll('\n', indent)}`;
    })
    .join('\n');
}

/** `2026-02-24 10:30:00Z (5m ago)` */
export function formatInstant(
  instant: string | null,
  now: number,
  age: (instant: string, now: number) => string,
): string {
  return instant === null ? '' : `${instant.replace('T', ' ').replace(/\.\d+Z$/, 'Z')} (${age(instant, now)})`;
}
