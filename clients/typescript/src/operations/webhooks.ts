import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

type Delivery = Schemas['WebhookDelivery'];

export interface Webhooks {
  /** The only answer that contains the secret. */
  create(webhook: Schemas['WebhookCreate'], options?: CallOptions): ApiPromise<Schemas['NewWebhook']>;
  list(query?: Query<'listWebhooks'>, options?: CallOptions): ApiPromise<Schemas['WebhookPage']>;
  /** The webhooks of every page. */
  all(query?: Query<'listWebhooks'>, options?: CallOptions): AsyncGenerator<Schemas['Webhook'], void, undefined>;
  get(webhookId: string, options?: CallOptions): ApiPromise<Schemas['Webhook']>;
  update(webhookId: string, update: Schemas['WebhookUpdate'], options?: CallOptions): ApiPromise<Schemas['Webhook']>;
  remove(webhookId: string, options?: CallOptions): Promise<void>;
  /** Replaces the secret; for 24 hours deliveries are signed with both. */
  rotate(webhookId: string, options?: CallOptions): ApiPromise<Schemas['NewWebhook']>;
  /** Sends a test delivery now and resolves with its result. Never retried, because each call sends one. */
  test(webhookId: string, options?: CallOptions): ApiPromise<Delivery>;
  /** The deliveries, newest first, with every attempt. */
  deliveries(
    webhookId: string,
    query?: Query<'listWebhookDeliveries'>,
    options?: CallOptions,
  ): ApiPromise<Schemas['WebhookDeliveryPage']>;
  /** The deliveries of every page. */
  allDeliveries(
    webhookId: string,
    query?: Query<'listWebhookDeliveries'>,
    options?: CallOptions,
  ): AsyncGenerator<Delivery, void, undefined>;
}

export function webhooksApi({ http }: Connection): Webhooks {
  const pathParams = (webhookId: string) => ({ path: { webhookId } });
  const webhooks: Webhooks = {
    create: (body, options) => http.POST('/v1/webhooks', { body }, options),
    list: (query = {}, options) => http.GET('/v1/webhooks', { params: { query } }, options),
    all: (query, options) => paginate((each) => webhooks.list(each, options), query),
    get: (webhookId, options) => http.GET('/v1/webhooks/{webhookId}', { params: pathParams(webhookId) }, options),
    update: (webhookId, body, options) =>
      http.PATCH('/v1/webhooks/{webhookId}', { params: pathParams(webhookId), body }, options),
    remove: (webhookId, options) => http.DELETE('/v1/webhooks/{webhookId}', { params: pathParams(webhookId) }, options),
    rotate: (webhookId, options) =>
      http.POST('/v1/webhooks/{webhookId}/rotate', { params: pathParams(webhookId) }, options),
    test: (webhookId, options) =>
      http.POST('/v1/webhooks/{webhookId}/test', { params: pathParams(webhookId) }, options),
    deliveries: (webhookId, query = {}, options) => {
      const params = { ...pathParams(webhookId), query };
      return http.GET('/v1/webhooks/{webhookId}/deliveries', { params }, options);
    },
    allDeliveries: (webhookId, query, options) =>
      paginate((each) => webhooks.deliveries(webhookId, each, options), query),
  };
  return webhooks;
}
