/** What the rest of the server may use of webhooks. */
export { readDeliveryBacklog } from './backlog.ts';
export { createDeliverySlots } from './delivery-slots.ts';
export { Dispatcher } from './dispatcher.ts';
export { Webhook, WebhookDelivery } from './entity.ts';
export { createGuardedFetch } from './guarded-fetch.ts';
export { describeError, postGuarded } from './guarded-post.ts';
export { webhookHandlers, webhookPreparations } from './handlers.ts';
export { disableWebhooksOfKeys, moveWebhooksToKey } from './key-changes.ts';
export { parseRetryAfter } from './rules.ts';
export { createSendOptions, type SendOptions } from './send.ts';
export { WebhookService } from './service.ts';
export { requireAllowedUrl } from './ssrf-guard.ts';
