/**
 * Which process sends for a webhook, which events are for it, and what is sent next. The webhook's row is locked in each
 * of these transactions, so one process at a time sends for it, and each event becomes one delivery.
 */
import { v7 as timeOrderedId } from 'uuid';
import { MINUTE, SECOND } from '../../platform/clock.ts';
import type { Transaction } from '../../platform/database/store.ts';
import { Event, EventCounter } from '../../platform/events/entity.ts';
import { Webhook, WebhookDelivery, type WebhookDeliveryRow, type WebhookRow } from './entity.ts';
import { buildPayload } from './format.ts';
import { isPaused, LONGEST_PAUSE_MS, PAUSE_AFTER_FAILURES } from './rules.ts';

/**
 * Longer than an attempt takes (10 s); renewed with each batch. A process that dies delays its webhooks by no more than
 * this. One that is only slower has a delivery sent twice, with the same id.
 */
const CLAIM_MS = 15 * SECOND;
/** Of one claim: events that become deliveries, and events that are looked at. */
const MAX_EVENTS = 200;
const MAX_SCANNED_EVENTS = 2_000;
/** How far the clocks of two servers may differ. A claim further ahead is from before a clock was set back. */
const MAX_CLOCK_SKEW_MS = 1 * MINUTE;

export type WebhookKey = Pick<WebhookRow, 'accountId' | 'webhookId'>;

export interface ClaimedDeliveries {
  readonly webhook: WebhookRow;
  /** At least one. */
  readonly deliveries: readonly WebhookDeliveryRow[];
}

export interface ClaimOptions {
  readonly holder: string;
  readonly now: number;
  /** How many deliveries to hand out at most. */
  readonly limit: number;
  /** The address of the dashboard; empty when the server knows none. */
  readonly publicUrl: string;
  /** Deliveries that this transaction has recorded already: their rows are written at its commit. */
  readonly except?: readonly string[];
}

export const toWebhookKey = ({ accountId, webhookId }: WebhookKey): WebhookKey => ({ accountId, webhookId });

export const findWebhookForUpdate = ({ manager, forUpdate }: Transaction, { accountId, webhookId }: WebhookKey) =>
  forUpdate(
    manager
      .createQueryBuilder(Webhook, 'webhook')
      .where('webhook.accountId = :accountId AND webhook.webhookId = :webhookId', { accountId, webhookId }),
  ).getOne();

/**
 * Claims a webhook whose row is locked, creates deliveries for new events and returns those that are due. Null, and
 * unclaimed, when nothing is due or nothing may be sent. A failing endpoint is tried with one delivery at a time.
 */
export async function claimDueDeliveries(
  transaction: Transaction,
  webhook: WebhookRow,
  { holder, now, limit, publicUrl, except = [] }: ClaimOptions,
): Promise<ClaimedDeliveries | null> {
  const { manager } = transaction;
  const key = toWebhookKey(webhook);
  if (isClaimed(webhook, now) && webhook.claimedBy !== holder) return null;
  if (limit === 0 || !webhook.enabled || isPaused(webhook, now)) {
    await manager.update(Webhook, key, { claimedBy: holder, claimedUntil: now });
    return null;
  }
  const seenSeq = await createDeliveries(transaction, webhook, { now, publicUrl });
  const query = manager
    .createQueryBuilder(WebhookDelivery, 'delivery')
    .where('delivery.accountId = :accountId AND delivery.webhookId = :webhookId', key)
    .andWhere(`delivery.state = 'pending' AND ${IS_DUE}`, { now, ahead: now + MAX_CLOCK_SKEW_MS });
  if (except.length > 0) query.andWhere('delivery.deliveryId NOT IN (:...except)', { except });
  const deliveries = await query
    .orderBy('delivery.nextAttemptAt', 'ASC')
    .addOrderBy('delivery.seq', 'ASC')
    .limit(webhook.failures >= PAUSE_AFTER_FAILURES ? 1 : limit)
    .getMany();
  const claimedUntil = deliveries.length > 0 ? now + CLAIM_MS : now;
  await manager.update(Webhook, key, { seenSeq, claimedBy: holder, claimedUntil });
  return deliveries.length > 0 ? { webhook, deliveries } : null;
}

const isClaimed = ({ claimedUntil }: WebhookRow, now: number): boolean =>
  now < claimedUntil && claimedUntil <= now + CLAIM_MS + MAX_CLOCK_SKEW_MS;

const IS_UNCLAIMED = '(webhook.claimedUntil <= :now OR webhook.claimedUntil > :unclaimed)';
const IS_UNPAUSED = '(webhook.pausedUntil IS NULL OR webhook.pausedUntil <= :now OR webhook.pausedUntil > :unpaused)';

/** Its time has come, or was set by a clock that has been set back since: then it is better sent early than much later. */
const IS_DUE = '(delivery.nextAttemptAt <= :now OR delivery.createdAt > :ahead)';

/** Lets other processes send for it, after a failure in between. */
export const releaseClaim = async (
  { manager }: Transaction,
  { accountId, webhookId }: WebhookKey,
  holder: string,
  now: number,
) => void (await manager.update(Webhook, { accountId, webhookId, claimedBy: holder }, { claimedUntil: now }));

/**
 * Events appear in the order of their numbers, so none can appear behind the last one that was seen. Numbers may be missing:
 * a removed program's events are deleted.
 */
async function createDeliveries(
  { manager }: Transaction,
  webhook: WebhookRow,
  { now, publicUrl }: Pick<ClaimOptions, 'now' | 'publicUrl'>,
): Promise<number> {
  const { accountId, seenSeq, types, programId } = webhook;
  const range = 'event.accountId = :accountId AND event.seq > :seenSeq AND event.seq <= :last';
  // Read first: every event up to this number is visible below, unless it was deleted.
  const latest = (await manager.findOneBy(EventCounter, { accountId }))?.seq ?? 0;
  const last = Math.min(latest, seenSeq + MAX_SCANNED_EVENTS);
  if (last <= seenSeq) return seenSeq;
  const query = manager
    .createQueryBuilder(Event, 'event')
    .where(range, { accountId, seenSeq, last })
    .andWhere('event.type IN (:...types)', { types });
  if (programId !== null) query.andWhere('event.programId = :programId', { programId });
  const events = await query.orderBy('event.seq', 'ASC').limit(MAX_EVENTS).getMany();
  const rows = events.map((event) => ({
    ...toWebhookKey(webhook),
    deliveryId: timeOrderedId(),
    type: event.type,
    seq: event.seq,
    payload: buildPayload(event, { format: webhook.format ?? 'standard', url: webhook.url, publicUrl }),
    state: 'pending' as const,
    attempts: [],
    createdAt: now,
    nextAttemptAt: now,
  }));
  if (rows.length > 0) await manager.insert(WebhookDelivery, rows);
  return events.length < MAX_EVENTS ? last : (events.at(-1)?.seq ?? last);
}

/**
 * Webhooks with something to send, those first that have waited longest. Webhooks that the holder has claimed itself are
 * among them, because it may have been unable to release one.
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
    .where(`webhook.enabled = 1 AND (webhook.claimedBy = :holder OR ${IS_UNCLAIMED}) AND ${IS_UNPAUSED}`, {
      holder,
      now,
      ahead: now + MAX_CLOCK_SKEW_MS,
      unclaimed: now + CLAIM_MS + MAX_CLOCK_SKEW_MS,
      unpaused: now + 2 * LONGEST_PAUSE_MS,
    })
    .andWhere(
      `(counter.seq > webhook.seenSeq OR EXISTS (SELECT 1 FROM webhook_deliveries delivery
        WHERE delivery.accountId = webhook.accountId AND delivery.webhookId = webhook.webhookId
        AND delivery.state = 'pending' AND ${IS_DUE}))`,
    )
    .orderBy('webhook.claimedUntil', 'ASC')
    .limit(limit)
    .getMany();
