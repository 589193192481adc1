/** The public part of the messages domain. */
export { Delivery, Message } from './entity.ts';
export { messageHandlers } from './handlers.ts';
export { MessageService } from './service.ts';
export { toReceivedView } from './view.ts';
