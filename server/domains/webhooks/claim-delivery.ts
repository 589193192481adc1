/**
 * The turns of a webhook: who may send for it now, which events are for it, and what is sent next. Its row is locked in
 * each of them, so one process at a time sends for it, and each event becomes one delivery.
 */
import { v7 as timeOrderedId } from 'uuid';
import { formatInstant, MINUTE, SECOND } from '../../platform/clock.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { Event, EventCounter, type EventRow } from '../../platform/events/entity.ts';
import { Webhook, WebhookDelivery, type WebhookDeliveryRow, type WebhookRow } from './entity.ts';

/**
 * Longer than an attempt takes (10 s), and renewed with each. A process that dies meanwhile holds its webhooks up for no
 * longer than this; one that is only slower has its delivery sent twice, with the same id.
 */
const CLAIM_MS = 15 * SECOND;
const MAX_EVENTS = 200;
/** By so much the clocks of two servers may differ. What lies further ahead is from before a clock was set back. */
const MAX_CLOCK_SKEW_MS = 1 * MINUTE;

export type WebhookKey = Pick<WebhookRow, 'accountId' | 'webhookId'>;

export const findWebhookForUpdate = ({ manager, forUpdate }: Transaction, { accountId, webhookId }: WebhookKey) =>
  forUpdate(
    manager
      .createQueryBuilder(Webhook, 'webhook')
      .where('webhook.accountId = :accountId AND webhook.webhookId = :webhookId', { accountId, webhookId }),
  ).getOne();

export interface ClaimedDelivery {
  readonly webhook: WebhookRow;
  readonly delivery: WebhookDeliveryRow;
}

/** Claims the webhook, makes deliveries of new events, and hands out the one that is due. Null, and unclaimed, when none is. */
export async function claimNextDelivery(
  transaction: Transaction,
  which: WebhookKey,
  holder: string,
  now: number,
): Promise<ClaimedDelivery | null> {
  const { manager } = transaction;
  const webhook = await findWebhookForUpdate(transaction, which);
  if (!webhook?.enabled || (isClaimed(webhook, now) && webhook.claimedBy !== holder)) return null;
  const seenSeq = await createDeliveries(transaction, webhook, now);
  const delivery = await manager
    .createQueryBuilder(WebhookDelivery, 'delivery')
    .where('delivery.accountId = :accountId AND delivery.webhookId = :webhookId', which)
    .andWhere(`delivery.state = 'pending' AND ${IS_DUE}`, { now, ahead: now + MAX_CLOCK_SKEW_MS })
    .orderBy('delivery.nextAttemptAt', 'ASC')
    .addOrderBy('delivery.seq', 'ASC')
    .limit(1)
    .getOne();
  const claimedUntil = delivery ? now + CLAIM_MS : now;
  await manager.update(Webhook, toWebhookKey(webhook), { seenSeq, claimedBy: holder, claimedUntil });
  return delivery && { webhook, delivery };
}

const isClaimed = ({ claimedUntil }: WebhookRow, now: number): boolean =>
  now < claimedUntil && claimedUntil <= now + CLAIM_MS + MAX_CLOCK_SKEW_MS;

const IS_UNCLAIMED = '(webhook.claimedUntil <= :now OR webhook.claimedUntil > :unclaimed)';

/** Its time has come, or was set by a clock that has been set back since: then it is sent rather now than much later. */
const IS_DUE = '(delivery.nextAttemptAt <= :now OR delivery.createdAt > :ahead)';

/** Lets others send for it, after a turn that came to no end. */
export const releaseClaim = async ({ manager }: Transaction, { accountId, webhookId }: WebhookKey, holder: string) =>
  void (await manager.update(Webhook, { accountId, webhookId, claimedBy: holder }, { claimedUntil: 0 }));

const toWebhookKey = ({ accountId, webhookId }: WebhookKey): WebhookKey => ({ accountId, webhookId });

/** Events are numbered without gaps in the order of their commits, so none can appear behind the last one that was seen. */
async function createDeliveries({ manager }: Transaction, webhook: WebhookRow, now: number): Promise<number> {
  const { accountId, seenSeq, kinds, programId } = webhook;
  const events = await manager
    .createQueryBuilder(Event, 'event')
    .where('event.accountId = :accountId AND event.seq > :seenSeq', { accountId, seenSeq })
    .orderBy('event.seq', 'ASC')
    .limit(MAX_EVENTS)
    .getMany();
  const wanted = events.filter(
    (event) => kinds.includes(event.kind) && (programId === null || event.programId === programId),
  );
  const rows = wanted.map((event) => ({
    ...toWebhookKey(webhook),
    deliveryId: timeOrderedId(),
    kind: event.kind,
    seq: event.seq,
    payload: buildPayload(event),
    state: 'pending' as const,
    attempts: [],
    createdAt: now,
    nextAttemptAt: now,
  }));
  if (rows.length > 0) await manager.insert(WebhookDelivery, rows);
  return events.at(-1)?.seq ?? seenSeq;
}

/** As Standard Webhooks advises: type, timestamp, data. */
const buildPayload = ({ kind, at, seq, programId, sessionId, data }: EventRow): string =>
  JSON.stringify({ type: kind, timestamp: formatInstant(at), data: { sequence: seq, programId, sessionId, ...data } });

/**
 * Webhooks that have something to do, those that waited longest first. What the holder has claimed itself is among them:
 * it may have been unable to give it back.
 */
export const findDueWebhooks = (
  manager: Transaction['manager'],
  holder: string,
  now: number,
  limit: number,
): Promise<WebhookKey[]> =>
  manager
    .createQueryBuilder(Webhook, 'webhook')
    .leftJoin(EventCounter.options.name, 'counter', 'counter.accountId = webhook.accountId')
    .select(['webhook.accountId', 'webhook.webhookId'])
    .where(`webhook.enabled = 1 AND (webhook.claimedBy = :holder OR ${IS_UNCLAIMED})`, {
      holder,
      now,
      ahead: now + MAX_CLOCK_SKEW_MS,
      unclaimed: now + CLAIM_MS + MAX_CLOCK_SKEW_MS,
    })
    .andWhere(
      `(counter.seq > webhook.seenSeq OR EXISTS (SELECT 1 FROM webhook_deliveries delivery
        WHERE delivery.accountId = webhook.accountId AND delivery.webhookId = webhook.webhookId
        AND delivery.state = 'pending' AND ${IS_DUE}))`,
    )
    .orderBy('webhook.claimedUntil', 'ASC')
    .limit(limit)
    .getMany();
