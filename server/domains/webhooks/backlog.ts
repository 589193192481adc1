/** How far deliveries are behind, over all accounts: for the metrics. */
import type { EntityManager } from 'typeorm';

export interface Backlog {
  readonly pending: number;
  /** Since when the oldest has waited, an event that is not a delivery yet included. Null when nothing waits. */
  readonly oldestAt: number | null;
}

/** Whether the last attempt at the endpoint succeeded. What waits for a failing one says nothing about this server. */
export type EndpointHealth = 'answering' | 'failing';

const PENDING = `SELECT webhook.failures > 0 AS failing, COUNT(*) AS pending, MIN(delivery.createdAt) AS oldestAt
  FROM webhook_deliveries delivery
  JOIN webhooks webhook ON webhook.accountId = delivery.accountId AND webhook.webhookId = delivery.webhookId
  WHERE delivery.state = 'pending' AND webhook.enabled = 1 GROUP BY webhook.failures > 0`;
const UNSEEN = `SELECT webhook.failures > 0 AS failing, MIN(event.at) AS oldestAt FROM webhooks webhook
  JOIN events event ON event.accountId = webhook.accountId AND event.seq = webhook.seenSeq + 1
  WHERE webhook.enabled = 1 GROUP BY webhook.failures > 0`;

type Count = number | string;

export async function readDeliveryBacklog(manager: EntityManager): Promise<Readonly<Record<EndpointHealth, Backlog>>> {
  const pending = await manager.query<{ failing: Count; pending: Count; oldestAt: Count }[]>(PENDING);
  const unseen = await manager.query<{ failing: Count; oldestAt: Count }[]>(UNSEEN);
  const ofEndpoints = (failing: number): Backlog => {
    const waiting = pending.find((row) => Number(row.failing) === failing);
    const event = unseen.find((row) => Number(row.failing) === failing);
    const timestamps = [waiting, event].flatMap((row) => (row ? [Number(row.oldestAt)] : []));
    return { pending: Number(waiting?.pending ?? 0), oldestAt: timestamps.length > 0 ? Math.min(...timestamps) : null };
  };
  return { answering: ofEndpoints(0), failing: ofEndpoints(1) };
}
