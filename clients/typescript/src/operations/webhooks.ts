import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { WebhookId } from '../generated/types.js';
import type { CallOptions } from '../options.js';

type Delivery = Schemas['WebhookDelivery'];

export interface Webhooks {
  /** The only answer that contains the secret. */
  create(webhook: Schemas['WebhookCreate'], options?: CallOptions): ApiPromise<Schemas['NewWebhook']>;
  list(query?: Query<'listWebhooks'>, options?: CallOptions): ApiPromise<Schemas['WebhookPage']>;
  /** The webhooks of every page. */
  all(query?: Query<'listWebhooks'>, options?: CallOptions): AsyncGenerator<Schemas['Webhook'], void, undefined>;
  get(webhookId: WebhookId, options?: CallOptions): ApiPromise<Schemas['Webhook']>;
  update(webhookId: WebhookId, update: Schemas['WebhookUpdate'], options?: CallOptions): ApiPromise<Schemas['Webhook']>;
  remove(webhookId: WebhookId, options?: CallOptions): Promise<void>;
  /** Replaces the secret; for 24 hours deliveries are signed with both. */
  rotate(webhookId: WebhookId, options?: CallOptions): ApiPromise<Schemas['NewWebhook']>;
  /** Sends a test delivery now and resolves with its result. Never retried, because each call sends one. */
  test(webhookId: WebhookId, options?: CallOptions): ApiPromise<Delivery>;
  /** The deliveries, newest first, with every attempt. */
  deliveries(
    webhookId: WebhookId,
    query?: Query<'listWebhookDeliveries'>,
    options?: CallOptions,
  ): ApiPromise<Schemas['WebhookDeliveryPage']>;
  /** The deliveries of every page. */
  allDeliveries(
    webhookId: WebhookId,
    query?: Query<'listWebhookDeliveries'>,
    options?: CallOptions,
  ): AsyncGenerator<Delivery, void, undefined>;
}

export function webhooksApi({ operation }: Connection): Webhooks {
  const [list, all] = operation.list('/v1/webhooks');
  const [deliveries, allDeliveries] = operation.list('/v1/webhooks/{webhookId}/deliveries');
  return {
    list,
    all,
    deliveries,
    allDeliveries,
    create: operation('POST', '/v1/webhooks', 'body'),
    get: operation('GET', '/v1/webhooks/{webhookId}'),
    update: operation('PATCH', '/v1/webhooks/{webhookId}', 'body'),
    remove: operation('DELETE', '/v1/webhooks/{webhookId}'),
    rotate: operation('POST', '/v1/webhooks/{webhookId}/rotate'),
    test: operation('POST', '/v1/webhooks/{webhookId}/test'),
  };
}
