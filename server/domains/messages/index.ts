/** What the rest of the server may use of messages. */
export { Delivery, Message } from './entity.ts';
export { messageHandlers } from './handlers.ts';
export { MessageService } from './service.ts';
export { toReceivedView } from './view.ts';
