/** Values of `datetime-local` fields. Pure. */

/** A local date and time as an ISO instant; undefined if empty or invalid. */
export function parseLocalDateTime(local: string): string | undefined {
  const at = local === '' ? Number.NaN : Date.parse(local);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
