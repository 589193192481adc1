/** The handlers of messages. */
import { created, type Handlers } from '../../platform/operations.ts';
import type { MessageService } from './service.ts';
import { toReceivedView, toSentView } from './view.ts';

export const messageHandlers: Handlers<
  'sendMessage' | 'getMessage' | 'listMessages' | 'listSentMessages' | 'confirmDelivery' | 'acknowledgeMessage',
  { readonly messages: MessageService }
> = {
  async sendMessage({ body }, { principal, services }) {
    const message = toSentView(await services.messages.send(principal, body));
    return created(`/v1/messages/${message.messageId}`, message);
  },

  async getMessage({ path }, { principal, services }) {
    return { status: 200, body: toSentView(await services.messages.get(principal, path.messageId)) };
  },

  async listMessages({ query }, { principal, services }) {
    const { messages, nextCursor } = await services.messages.inbox(principal, query);
    return { status: 200, body: { messages: messages.map(toReceivedView), nextCursor } };
  },

  async listSentMessages({ query }, { principal, services }) {
    const { messages, nextCursor } = await services.messages.sent(principal, query);
    return { status: 200, body: { messages: messages.map(toSentView), nextCursor } };
  },

  async confirmDelivery({ body, query }, { principal, services }) {
    const messageIds = await services.messages.confirmDelivery(principal, body, query.programId);
    return { status: 200, body: { messageIds } };
  },

  async acknowledgeMessage({ path, query }, { principal, services }) {
    return {
      status: 200,
      body: toReceivedView(await services.messages.acknowledge(principal, path.messageId, query)),
    };
  },
};
