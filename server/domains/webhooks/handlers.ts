/** Operation → service → view, for webhooks. */
import { created, type Handlers, type Preparations } from '../../platform/operations.ts';
import type { WebhookService } from './service.ts';
import { toDeliveryView, toNewWebhookView, toWebhookView } from './view.ts';

export const webhookHandlers: Handlers<
  | 'createWebhook'
  | 'listWebhooks'
  | 'getWebhook'
  | 'updateWebhook'
  | 'deleteWebhook'
  | 'rotateWebhookSecret'
  | 'testWebhook'
  | 'listWebhookDeliveries',
  { readonly webhooks: WebhookService }
> = {
  async createWebhook({ body }, { principal, services }) {
    const webhook = toNewWebhookView(await services.webhooks.create(principal, body));
    return created(`/v1/webhooks/${webhook.webhookId}`, webhook);
  },

  async listWebhooks({ query: { limit = 10, cursor } }, { principal, services }) {
    const { page, nextCursor } = await services.webhooks.list(principal, { limit, cursor });
    return { status: 200, body: { webhooks: page.map(toWebhookView), nextCursor } };
  },

  async getWebhook({ path }, { principal, services }) {
    return { status: 200, body: toWebhookView(await services.webhooks.get(principal, path.webhookId)) };
  },

  async updateWebhook({ path, body }, { principal, services }) {
    return { status: 200, body: toWebhookView(await services.webhooks.update(principal, path.webhookId, body)) };
  },

  async deleteWebhook({ path }, { principal, services }) {
    await services.webhooks.remove(principal, path.webhookId);
    return { status: 204, body: undefined };
  },

  async rotateWebhookSecret({ path }, { principal, services }) {
    const webhook = toNewWebhookView(await services.webhooks.rotate(principal, path.webhookId));
    return created(`/v1/webhooks/${webhook.webhookId}`, webhook);
  },

  async testWebhook({ path }, { principal, services }) {
    return { status: 200, body: toDeliveryView(await services.webhooks.test(principal, path.webhookId)) };
  },

  async listWebhookDeliveries({ path, query: { state, limit = 10, cursor } }, { principal, services }) {
    const filter = { state, limit, cursor };
    const { page, nextCursor } = await services.webhooks.deliveries(principal, path.webhookId, filter);
    return { status: 200, body: { deliveries: page.map(toDeliveryView), nextCursor } };
  },
};

/** A host name is looked up before the transaction opens: a slow name server must not hold its locks. */
export const webhookPreparations: Preparations<
  'createWebhook' | 'updateWebhook',
  { readonly webhooks: WebhookService }
> = {
  createWebhook: ({ body }, { principal, services }) =>
    services.webhooks.checkUrl(principal, body.url, body.format ?? 'standard'),
  async updateWebhook({ path, body }, { principal, services }) {
    if (body.url === undefined) return;
    const { format } = await services.webhooks.get(principal, path.webhookId);
    await services.webhooks.checkUrl(principal, body.url, format ?? 'standard');
  },
};
