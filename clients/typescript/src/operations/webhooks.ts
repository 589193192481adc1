import type { CallOptions, Connection } from '../connection.js';
import { answered } from '../error.js';
import { everyItem } from '../pages.js';
import type { Query, Schemas } from '../shapes.js';

type Delivery = Schemas['WebhookDelivery'];

export interface Webhooks {
  /** The secret is in this answer and nowhere else. */
  create(webhook: Schemas['WebhookCreate'], options?: CallOptions): Promise<Schemas['NewWebhook']>;
  list(query?: Query<'listWebhooks'>, options?: CallOptions): Promise<Schemas['WebhookPage']>;
  /** The webhooks of every page. */
  all(query?: Query<'listWebhooks'>, options?: CallOptions): AsyncGenerator<Schemas['Webhook'], void, undefined>;
  get(webhookId: string, options?: CallOptions): Promise<Schemas['Webhook']>;
  update(webhookId: string, update: Schemas['WebhookUpdate'], options?: CallOptions): Promise<Schemas['Webhook']>;
  remove(webhookId: string, options?: CallOptions): Promise<void>;
  /** Replaces the secret; the old one signs too for 24 hours. */
  rotate(webhookId: string, options?: CallOptions): Promise<Schemas['NewWebhook']>;
  /** Sends a delivery now and tells what became of it. Each call sends one, so it is not tried again by itself. */
  test(webhookId: string, options?: CallOptions): Promise<Delivery>;
  /** What was sent, the newest first, with every attempt. */
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

export function webhooksOf({ api, how }: Connection): Webhooks {
  const at = (webhookId: string) => ({ path: { webhookId } });
  const webhooks: Webhooks = {
    create: (body, options) => answered(api.POST('/v1/webhooks', { body, ...how(options) })),
    list: (query = {}, options) => answered(api.GET('/v1/webhooks', { params: { query }, ...how(options) })),
    all: (query = {}, options) =>
      everyItem(
        (each) => webhooks.list(each, options),
        (page) => page.webhooks,
        query,
      ),
    get: (webhookId, options) =>
      answered(api.GET('/v1/webhooks/{webhookId}', { params: at(webhookId), ...how(options) })),
    update: (webhookId, body, options) =>
      answered(api.PATCH('/v1/webhooks/{webhookId}', { params: at(webhookId), body, ...how(options) })),
    remove: async (webhookId, options) =>
      void (await answered(api.DELETE('/v1/webhooks/{webhookId}', { params: at(webhookId), ...how(options) }))),
    rotate: (webhookId, options) =>
      answered(api.POST('/v1/webhooks/{webhookId}/rotate', { params: at(webhookId), ...how(options) })),
    test: (webhookId, options) =>
      answered(
        api.POST('/v1/webhooks/{webhookId}/test', { params: at(webhookId), ...how({ retries: 0, ...options }) }),
      ),
    deliveries: (webhookId, query = {}, options) => {
      const params = { ...at(webhookId), query };
      return answered(api.GET('/v1/webhooks/{webhookId}/deliveries', { params, ...how(options) }));
    },
    allDeliveries: (webhookId, query = {}, options) =>
      everyItem(
        (each) => webhooks.deliveries(webhookId, each, options),
        (page) => page.deliveries,
        query,
      ),
  };
  return webhooks;
}
