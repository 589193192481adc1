import { invalidField } from './faults.ts';

type FieldLocation = Parameters<typeof invalidField>[0];

/**
 * The milliseconds of an RFC 3339 text. Throws `invalid-request` for a day that does not exist: the validator accepts
 * February 30, and Date turns it into March 2.
 */
export function parseInstant(location: FieldLocation, pointer: string, text: string): number {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  const exists = day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
  const ms = Date.parse(text);
  if (exists && !Number.isNaN(ms)) return ms;
  throw invalidField(location, pointer, 'must be an instant that exists, for example 2026-02-24T10:30:00Z');
}
