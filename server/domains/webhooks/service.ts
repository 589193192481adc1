/** Webhooks as admins manage them. Each change and its audit row are one transaction. */
import { v7 as timeOrderedId } from 'uuid';
import type { components } from '../../../openapi/generated/types.ts';
import { HOUR } from '../../platform/clock.ts';
import type { CredentialWatch } from '../../platform/credentials/credential-watch.ts';
import { type PageRequest, paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { EventCounter, type EventType } from '../../platform/events/entity.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import type { FairPool } from '../../platform/fair-pool.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { Account } from '../accounts/index.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { findWebhookForUpdate } from './claim-deliveries.ts';
import { type AttemptResult, Webhook, WebhookDelivery, type WebhookDeliveryRow, type WebhookRow } from './entity.ts';
import { buildTestPayload, requireUrlOfFormat, type WebhookFormat } from './format.ts';
import { applyAttempt, applyUpdate } from './rules.ts';
import { type SendOptions, sendDelivery } from './send.ts';
import { generateSecret } from './signature.ts';
import { requireAllowedUrl } from './ssrf-guard.ts';

type Schemas = components['schemas'];

const MAX_WEBHOOKS = 20;
const SECRET_OVERLAP_MS = 24 * HOUR;
/** By then an endpoint that says nothing has timed out. */
const RETRY_TEST_AFTER_SECONDS = 10;

export class WebhookService {
  constructor(
    private readonly store: Store,
    private readonly sendOptions: SendOptions,
    private readonly slots: FairPool,
    private readonly credentials: CredentialWatch,
  ) {}

  /** Throws `invalid-request` for a URL that deliveries may not go to. It asks name servers: never within a transaction. */
  async checkUrl({ accountId }: Principal, url: string, format: WebhookFormat): Promise<void> {
    requireUrlOfFormat(format, url);
    await requireAllowedUrl(url, accountId, this.sendOptions);
  }

  /**
   * Creates a webhook whose URL was checked by `checkUrl`. Throws `webhook-limit-reached`. The account's row is locked, so
   * that of two concurrent calls the second counts the first one's webhook.
   */
  async create(principal: Principal, create: Schemas['WebhookCreate']): Promise<WebhookRow> {
    const { accountId, keyId } = principal;
    return this.store.write(async (transaction) => {
      const { manager, forUpdate } = transaction;
      const now = this.sendOptions.clock.now();
      await forUpdate(
        manager.createQueryBuilder(Account, 'account').where('account.accountId = :accountId', { accountId }),
      ).getOneOrFail();
      if ((await manager.countBy(Webhook, { accountId })) >= MAX_WEBHOOKS) {
        throw new Fault('webhook-limit-reached', `The account has ${MAX_WEBHOOKS} webhooks. Remove one first.`, {
          limit: MAX_WEBHOOKS,
        });
      }
      const row: WebhookRow = {
        accountId,
        webhookId: timeOrderedId(),
        url: create.url,
        types: create.types,
        format: create.format ?? 'standard',
        programId: create.programId ?? null,
        description: create.description ?? null,
        createdByKey: keyId,
        createdAt: now,
        updatedAt: now,
        enabled: true,
        disabledReason: null,
        failures: 0,
        failingSince: null,
        pausedUntil: null,
        secret: generateSecret(),
        previousSecret: null,
        previousSecretUntil: null,
        seenSeq: await readLastSeq(transaction, accountId),
        claimedBy: null,
        claimedUntil: 0,
      };
      await manager.insert(Webhook, row);
      await recordAuditEntry(manager, principal, { action: 'createWebhook', subject: row.webhookId }, now);
      publishWebhookEvent(transaction, 'webhook.created', row, now);
      return row;
    });
  }

  /** A page of the account's webhooks, the newest first. */
  list({ accountId }: Principal, pageRequest: PageRequest) {
    return this.store.read((manager) => {
      const own = manager.createQueryBuilder(Webhook, 'webhook').where('webhook.accountId = :accountId', { accountId });
      return paginateNewestFirst(own, ['createdAt', 'webhookId'], pageRequest);
    });
  }

  /** Throws `webhook-not-found`. */
  async get({ accountId }: Principal, webhookId: string): Promise<WebhookRow> {
    return requireFound(
      await this.store.read((manager) => manager.findOneBy(Webhook, { accountId, webhookId })),
      webhookId,
    );
  }

  /** Enabling a webhook makes it the caller's. A new URL must have passed `checkUrl`. Throws `webhook-not-found`. */
  async update(principal: Principal, webhookId: string, change: Schemas['WebhookUpdate']): Promise<WebhookRow> {
    return this.#change(principal, webhookId, 'updateWebhook', async (row, transaction, now) => ({
      ...applyUpdate(row, change, await readLastSeq(transaction, row.accountId), now),
      ...(change.enabled === true && { createdByKey: principal.keyId }),
    }));
  }

  /** A new secret; the old one signs too for 24 hours. Throws `webhook-not-found`. */
  rotate(principal: Principal, webhookId: string): Promise<WebhookRow> {
    return this.#change(principal, webhookId, 'rotateWebhookSecret', async (row, _transaction, now) => ({
      ...row,
      secret: generateSecret(),
      previousSecret: row.secret,
      previousSecretUntil: now + SECRET_OVERLAP_MS,
      updatedAt: now,
    }));
  }

  /** Nothing shows its deliveries any more; retention removes them. Throws `webhook-not-found`. */
  async remove(principal: Principal, webhookId: string): Promise<void> {
    const { accountId } = principal;
    await this.store.write(async (transaction) => {
      const now = this.sendOptions.clock.now();
      const row = requireFound(await findWebhookForUpdate(transaction, { accountId, webhookId }), webhookId);
      await transaction.manager.delete(Webhook, { accountId, webhookId });
      await recordAuditEntry(transaction.manager, principal, { action: 'deleteWebhook', subject: webhookId }, now);
      publishWebhookEvent(transaction, 'webhook.deleted', row, now);
    });
  }

  /**
   * Sends a test delivery now, outside of any transaction, and stores the result. Throws `webhook-not-found`,
   * `too-many-requests` while too many of the account's deliveries are in flight, and `unauthenticated` when the caller's
   * credential ends meanwhile.
   */
  async test(principal: Principal, webhookId: string): Promise<WebhookDeliveryRow> {
    const webhook = await this.get(principal, webhookId);
    const now = this.sendOptions.clock.now();
    const delivery: WebhookDeliveryRow = {
      accountId: webhook.accountId,
      webhookId,
      deliveryId: timeOrderedId(),
      type: 'webhook.test',
      seq: null,
      payload: buildTestPayload(webhookId, now, {
        format: webhook.format ?? 'standard',
        url: webhook.url,
        publicUrl: this.sendOptions.publicUrl,
      }),
      state: 'pending',
      attempts: [],
      createdAt: now,
      nextAttemptAt: null,
    };
    const result = await this.credentials.run(principal, (ended) => this.#sendTest(webhook, delivery, ended));
    const row = { ...delivery, ...applyAttempt(delivery, result, now, 0) };
    await this.store.write(async ({ manager }) => {
      await manager.insert(WebhookDelivery, row);
      await recordAuditEntry(manager, principal, { action: 'testWebhook', subject: webhookId }, now);
    });
    return row;
  }

  async #sendTest(webhook: WebhookRow, delivery: WebhookDeliveryRow, ended: AbortSignal): Promise<AttemptResult> {
    const { accountId } = webhook;
    if (this.slots.tryTake(accountId, 1) === 0) {
      const detail = 'Too many deliveries of this account wait for their endpoints. Try again in a moment.';
      throw new Fault('too-many-requests', detail, { retryAfterSeconds: RETRY_TEST_AFTER_SECONDS });
    }
    try {
      return await sendDelivery(this.sendOptions, webhook, delivery, ended);
    } finally {
      this.slots.release(accountId, 1);
    }
  }

  /** A page of a webhook's deliveries, the newest first. Throws `webhook-not-found`. */
  async deliveries(
    principal: Principal,
    webhookId: string,
    filter: PageRequest & { readonly state: WebhookDeliveryRow['state'] | undefined },
  ) {
    const { accountId } = await this.get(principal, webhookId);
    return this.store.read(async (manager) => {
      const query = manager
        .createQueryBuilder(WebhookDelivery, 'delivery')
        .where('delivery.accountId = :accountId AND delivery.webhookId = :webhookId', { accountId, webhookId });
      if (filter.state !== undefined) query.andWhere('delivery.state = :state', { state: filter.state });
      return paginateNewestFirst(query, ['createdAt', 'deliveryId'], filter);
    });
  }

  /** Changes a locked row, and writes its audit row and event with it. */
  #change(
    principal: Principal,
    webhookId: string,
    action: string,
    next: (row: WebhookRow, transaction: Transaction, now: number) => Promise<WebhookRow>,
  ): Promise<WebhookRow> {
    const { accountId } = principal;
    return this.store.write(async (transaction) => {
      const now = this.sendOptions.clock.now();
      const row = requireFound(await findWebhookForUpdate(transaction, { accountId, webhookId }), webhookId);
      const after = await next(row, transaction, now);
      await transaction.manager.update(Webhook, { accountId, webhookId }, after);
      await recordAuditEntry(transaction.manager, principal, { action, subject: webhookId }, now);
      publishWebhookEvent(transaction, 'webhook.updated', after, now);
      return after;
    });
  }
}

/** The event names the webhook only: its URL may carry a credential. */
function publishWebhookEvent(transaction: Transaction, type: EventType, row: WebhookRow, now: number): void {
  const { accountId, programId, webhookId } = row;
  appendEvents(transaction, accountId, now, [{ type, programId, sessionId: null, data: { webhookId } }]);
}

function requireFound(row: WebhookRow | null, webhookId: string): WebhookRow {
  if (!row) throw new Fault('webhook-not-found', `No webhook '${webhookId}' in this account.`);
  return row;
}

const readLastSeq = async ({ manager }: Transaction, accountId: string): Promise<number> =>
  (await manager.findOneBy(EventCounter, { accountId }))?.seq ?? 0;
