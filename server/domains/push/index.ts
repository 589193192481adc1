/** What the rest of the server may use of Web Push. */
export { PushDispatcher } from './dispatcher.ts';
export { PushKeys, PushSubscription } from './entity.ts';
export { pushHandlers, pushPreparations } from './handlers.ts';
export { PushService } from './service.ts';
export { openVapidKeys, toContact } from './vapid.ts';
