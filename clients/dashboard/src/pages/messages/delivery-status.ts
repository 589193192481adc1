/** How far a message has come. Pure. */
import type { components } from '@fleetbeat/client';

type Schemas = components['schemas'];

/** For the sender: how many recipients there are, and how many of them it has reached, acknowledged and answered it. */
export function formatDeliveryStatus({
  recipients,
  delivered,
  acknowledged,
  answered,
}: Pick<Schemas['SentMessage'], 'recipients' | 'delivered' | 'acknowledged' | 'answered'>): string {
  if (recipients === 0) return 'Nobody was there to get it';
  if (recipients === 1) {
    if (answered === 1) return acknowledged === 1 ? 'Answered and dealt with' : 'Answered';
    if (acknowledged === 1) return 'Dealt with';
    return delivered === 1 ? 'Its agent has read it' : 'Waits in the inbox';
  }
  const parts = [`Reached ${delivered} of ${recipients}`, `dealt with by ${acknowledged}`];
  return [...parts, ...(answered > 0 ? [`answered by ${answered}`] : [])].join(', ');
}

/** For an inbox: the status of a message that is not acknowledged. */
export function formatInboxStatus({
  deliveredAt,
  answeredAt,
}: Pick<Schemas['Message'], 'deliveredAt' | 'answeredAt'>): string {
  if (answeredAt !== null) return 'Answered, not dealt with yet';
  return deliveredAt === null ? 'Has not reached the agent yet' : 'The agent has it, not dealt with yet';
}
