/** The delivery status of a sent message. Pure. */

/** The number of recipients, and how many have acknowledged it. */
export function formatDeliveryStatus({
  delivered,
  read,
}: {
  readonly delivered: number;
  readonly read: number;
}): string {
  if (delivered === 0) return 'Nobody was there to get it';
  if (delivered === 1) return read === 1 ? 'Dealt with' : 'Waits in the inbox';
  return `Dealt with by ${read} of ${delivered}`;
}
