/** The public part of the messages domain. */
export { deleteMessages } from './delete-messages.ts';
export { Delivery, Message } from './entity.ts';
export { fillDeliveries } from './fill-deliveries.ts';
export { messageHandlers } from './handlers.ts';
export { MessageService } from './service.ts';
export { toReceivedView } from './view.ts';
