import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

export interface Messages {
  /** Sends a message to a program, or with `to: '*'` to every other program. */
  send(message: Schemas['MessageSend'], options?: CallOptions): ApiPromise<Schemas['SentMessage']>;
  /** The inbox, oldest message first; unread messages by default. Reading does not consume. */
  list(query?: Query<'listMessages'>, options?: CallOptions): ApiPromise<Schemas['MessagePage']>;
  /** The inbox messages of every page. */
  all(query?: Query<'listMessages'>, options?: CallOptions): AsyncGenerator<Schemas['Message'], void, undefined>;
  /** The messages that the program has sent, newest first. */
  sent(query?: Query<'listSentMessages'>, options?: CallOptions): ApiPromise<Schemas['SentMessagePage']>;
  /** The sent messages of every page. */
  allSent(
    query?: Query<'listSentMessages'>,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['SentMessage'], void, undefined>;
  /** Says that the texts of messages have reached the agent; returns those that had not before. They stay in the inbox. */
  confirmDelivery(
    messageIds: readonly string[],
    query?: Query<'confirmDelivery'>,
    options?: CallOptions,
  ): Promise<string[]>;
  /** Acknowledges a message of the inbox. */
  acknowledge(
    messageId: string,
    query?: Query<'acknowledgeMessage'>,
    options?: CallOptions,
  ): ApiPromise<Schemas['Message']>;
}

export function messagesApi({ http }: Connection): Messages {
  const messages: Messages = {
    send: (body, options) => http.POST('/v1/messages', { body }, options),
    list: (query = {}, options) => http.GET('/v1/messages', { params: { query } }, options),
    all: (query, options) => paginate((each) => messages.list(each, options), query),
    sent: (query = {}, options) => http.GET('/v1/messages/sent', { params: { query } }, options),
    allSent: (query, options) => paginate((each) => messages.sent(each, options), query),
    confirmDelivery: async (messageIds, query = {}, options) => {
      const body = { messageIds: [...messageIds] };
      return (await http.POST('/v1/messages/deliveries', { body, params: { query } }, options)).messageIds;
    },
    acknowledge: (messageId, query = {}, options) =>
      http.POST(
        '/v1/messages/{messageId}/acknowledge',
        {
          params: { path: { messageId }, query },
        },
        options,
      ),
  };
  return messages;
}
