/** What the rest of the server may use of webhooks. */
export { Dispatcher } from './dispatcher.ts';
export { Webhook, WebhookDelivery } from './entity.ts';
export { webhookHandlers } from './handlers.ts';
export { WebhookService } from './service.ts';
