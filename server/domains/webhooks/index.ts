/** What the rest of the server may use of webhooks. */
export { readDeliveryBacklog } from './backlog.ts';
export { createDeliverySlots } from './delivery-slots.ts';
export { Dispatcher } from './dispatcher.ts';
export { Webhook, WebhookDelivery } from './entity.ts';
export { createGuardedFetch } from './guarded-fetch.ts';
export { webhookHandlers, webhookPreparations } from './handlers.ts';
export { disableWebhooksOfKeys, moveWebhooksToKey } from './key-changes.ts';
export { createSendOptions } from './send.ts';
export { WebhookService } from './service.ts';
