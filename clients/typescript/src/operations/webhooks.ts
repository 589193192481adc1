import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import { unwrapResponse } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

type Delivery = Schemas['WebhookDelivery'];

export interface Webhooks {
  /** The only answer that contains the secret. */
  create(webhook: Schemas['WebhookCreate'], options?: CallOptions): Promise<Schemas['NewWebhook']>;
  list(query?: Query<'listWebhooks'>, options?: CallOptions): Promise<Schemas['WebhookPage']>;
  /** The webhooks of every page. */
  all(query?: Query<'listWebhooks'>, options?: CallOptions): AsyncGenerator<Schemas['Webhook'], void, undefined>;
  get(webhookId: string, options?: CallOptions): Promise<Schemas['Webhook']>;
  update(webhookId: string, update: Schemas['WebhookUpdate'], options?: CallOptions): Promise<Schemas['Webhook']>;
  remove(webhookId: string, options?: CallOptions): Promise<void>;
  /** Replaces the secret; for 24 hours deliveries are signed with both. */
  rotate(webhookId: string, options?: CallOptions): Promise<Schemas['NewWebhook']>;
  /** Sends a test delivery now and resolves with its result. Never retried, because each call sends one. */
  test(webhookId: string, options?: CallOptions): Promise<Delivery>;
  /** The deliveries, newest first, with every attempt. */
  deliveries(
    webhookId: string,
    query?: Query<'listWebhookDeliveries'>,
    options?: CallOptions,
  ): Promise<Schemas['WebhookDeliveryPage']>;
  /** The deliveries of every page. */
  allDeliveries(
    webhookId: string,
    query?: Query<'listWebhookDeliveries'>,
    options?: CallOptions,
  ): AsyncGenerator<Delivery, void, undefined>;
}

export function webhooksApi({ api, requestOptions }: Connection): Webhooks {
  const pathParams = (webhookId: string) => ({ path: { webhookId } });
  const webhooks: Webhooks = {
    create: (body, options) => unwrapResponse(api.POST('/v1/webhooks', { body, ...requestOptions(options) })),
    list: (query = {}, options) =>
      unwrapResponse(api.GET('/v1/webhooks', { params: { query }, ...requestOptions(options) })),
    all: (query, options) => paginate((each) => webhooks.list(each, options), query),
    get: (webhookId, options) =>
      unwrapResponse(
        api.GET('/v1/webhooks/{webhookId}', { params: pathParams(webhookId), ...requestOptions(options) }),
      ),
    update: (webhookId, body, options) =>
      unwrapResponse(
        api.PATCH('/v1/webhooks/{webhookId}', { params: pathParams(webhookId), body, ...requestOptions(options) }),
      ),
    remove: (webhookId, options) =>
      unwrapResponse(
        api.DELETE('/v1/webhooks/{webhookId}', { params: pathParams(webhookId), ...requestOptions(options) }),
      ),
    rotate: (webhookId, options) =>
      unwrapResponse(
        api.POST('/v1/webhooks/{webhookId}/rotate', { params: pathParams(webhookId), ...requestOptions(options) }),
      ),
    test: (webhookId, options) =>
      unwrapResponse(
        api.POST('/v1/webhooks/{webhookId}/test', { params: pathParams(webhookId), ...requestOptions(options) }),
      ),
    deliveries: (webhookId, query = {}, options) => {
      const params = { ...pathParams(webhookId), query };
      return unwrapResponse(api.GET('/v1/webhooks/{webhookId}/deliveries', { params, ...requestOptions(options) }));
    },
    allDeliveries: (webhookId, query, options) =>
      paginate((each) => webhooks.deliveries(webhookId, each, options), query),
  };
  return webhooks;
}
