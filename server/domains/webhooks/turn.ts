/**
 * The turns of a webhook: who may send for it now, which events are for it, and what is sent next. Its row is locked in
 * each of them, so one process at a time sends for it, and each event becomes one delivery.
 */
import { v7 as timeOrderedId } from 'uuid';
import { instant, MINUTE, SECOND } from '../../platform/clock.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { Event, EventCounter, type EventRow } from '../../platform/events/entity.ts';
import { Webhook, WebhookDelivery, type WebhookDeliveryRow, type WebhookRow } from './entity.ts';

/**
 * Longer than an attempt takes (10 s), and renewed with each. A process that dies meanwhile holds its webhooks up for no
 * longer than this; one that is only slower has its delivery sent twice, with the same id.
 */
const CLAIMED_MS = 15 * SECOND;
const MOST_EVENTS = 200;
/** By so much the clocks of two servers may differ. What lies further ahead is from before a clock was set back. */
const CLOCKS_DIFFER_MS = 1 * MINUTE;

export type WebhookId = Pick<WebhookRow, 'accountId' | 'webhookId'>;

export const lockedWebhook = ({ manager, forUpdate }: Transaction, { accountId, webhookId }: WebhookId) =>
  forUpdate(
    manager
      .createQueryBuilder(Webhook, 'webhook')
      .where('webhook.accountId = :accountId AND webhook.webhookId = :webhookId', { accountId, webhookId }),
  ).getOne();

export interface Turn {
  readonly webhook: WebhookRow;
  readonly delivery: WebhookDeliveryRow;
}

/** Claims the webhook, makes deliveries of new events, and hands out the one that is due. Null, and unclaimed, when none is. */
export async function nextTurn(
  transaction: Transaction,
  which: WebhookId,
  holder: string,
  now: number,
): Promise<Turn | null> {
  const { manager } = transaction;
  const webhook = await lockedWebhook(transaction, which);
  if (!webhook?.enabled || (isClaimed(webhook, now) && webhook.claimedBy !== holder)) return null;
  const seenSeq = await collect(transaction, webhook, now);
  const delivery = await manager
    .createQueryBuilder(WebhookDelivery, 'delivery')
    .where('delivery.accountId = :accountId AND delivery.webhookId = :webhookId', which)
    .andWhere(`delivery.state = 'pending' AND ${IS_DUE}`, { now, ahead: now + CLOCKS_DIFFER_MS })
    .orderBy('delivery.nextAttemptAt', 'ASC')
    .addOrderBy('delivery.seq', 'ASC')
    .limit(1)
    .getOne();
  const claimedUntil = delivery ? now + CLAIMED_MS : now;
  await manager.update(Webhook, idOf(webhook), { seenSeq, claimedBy: holder, claimedUntil });
  return delivery && { webhook, delivery };
}

const isClaimed = ({ claimedUntil }: WebhookRow, now: number): boolean =>
  now < claimedUntil && claimedUntil <= now + CLAIMED_MS + CLOCKS_DIFFER_MS;

const IS_UNCLAIMED = '(webhook.claimedUntil <= :now OR webhook.claimedUntil > :unclaimed)';

/** Its time has come, or was set by a clock that has been set back since: then it is sent rather now than much later. */
const IS_DUE = '(delivery.nextAttemptAt <= :now OR delivery.createdAt > :ahead)';

/** Lets others send for it, after a turn that came to no end. */
export const release = async ({ manager }: Transaction, { accountId, webhookId }: WebhookId, holder: string) =>
  void (await manager.update(Webhook, { accountId, webhookId, claimedBy: holder }, { claimedUntil: 0 }));

const idOf = ({ accountId, webhookId }: WebhookId): WebhookId => ({ accountId, webhookId });

/** Events are numbered without gaps in the order of their commits, so none can appear behind the last one that was seen. */
async function collect({ manager }: Transaction, webhook: WebhookRow, now: number): Promise<number> {
  const { accountId, seenSeq, kinds, programId } = webhook;
  const events = await manager
    .createQueryBuilder(Event, 'event')
    .where('event.accountId = :accountId AND event.seq > :seenSeq', { accountId, seenSeq })
    .orderBy('event.seq', 'ASC')
    .limit(MOST_EVENTS)
    .getMany();
  const wanted = events.filter(
    (event) => kinds.includes(event.kind) && (programId === null || event.programId === programId),
  );
  const rows = wanted.map((event) => ({
    ...idOf(webhook),
    deliveryId: timeOrderedId(),
    kind: event.kind,
    seq: event.seq,
    payload: payloadOf(event),
    state: 'pending' as const,
    attempts: [],
    createdAt: now,
    nextAttemptAt: now,
  }));
  if (rows.length > 0) await manager.insert(WebhookDelivery, rows);
  return events.at(-1)?.seq ?? seenSeq;
}

/** As Standard Webhooks advises: type, timestamp, data. */
const payloadOf = ({ kind, at, seq, programId, sessionId, data }: EventRow): string =>
  JSON.stringify({ type: kind, timestamp: instant(at), data: { sequence: seq, programId, sessionId, ...data } });

/**
 * Webhooks that have something to do, those that waited longest first. What the holder has claimed itself is among them:
 * it may have been unable to give it back.
 */
export const dueWebhooks = (
  manager: Transaction['manager'],
  holder: string,
  now: number,
  most: number,
): Promise<WebhookId[]> =>
  manager
    .createQueryBuilder(Webhook, 'webhook')
    .leftJoin(EventCounter.options.name, 'counter', 'counter.accountId = webhook.accountId')
    .select(['webhook.accountId', 'webhook.webhookId'])
    .where(`webhook.enabled = 1 AND (webhook.claimedBy = :holder OR ${IS_UNCLAIMED})`, {
      holder,
      now,
      ahead: now + CLOCKS_DIFFER_MS,
      unclaimed: now + CLAIMED_MS + CLOCKS_DIFFER_MS,
    })
    .andWhere(
      `(counter.seq > webhook.seenSeq OR EXISTS (SELECT 1 FROM webhook_deliveries delivery
        WHERE delivery.accountId = webhook.accountId AND delivery.webhookId = webhook.webhookId
        AND delivery.state = 'pending' AND ${IS_DUE}))`,
    )
    .orderBy('webhook.claimedUntil', 'ASC')
    .limit(most)
    .getMany();
