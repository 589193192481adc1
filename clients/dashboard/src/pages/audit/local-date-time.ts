/** Times of the fields `datetime-local`. Pure. */

/** The instant of a local date and time, as the server takes it; undefined for none and for what is no time. */
export function parseLocalDateTime(local: string): string | undefined {
  const at = local === '' ? Number.NaN : Date.parse(local);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}
