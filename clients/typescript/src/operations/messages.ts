import type { CallOptions, Connection } from '../connection.js';
import { answered } from '../error.js';
import { everyItem } from '../pages.js';
import type { Query, Schemas } from '../shapes.js';

export interface Messages {
  /** Sends a message to a program, or with `to` `*` to every other one. */
  send(message: Schemas['MessageSend'], options?: CallOptions): Promise<Schemas['SentMessage']>;
  /** The inbox, the oldest message first; unread ones unless the query says otherwise. Reading does not consume. */
  list(query?: Query<'listMessages'>, options?: CallOptions): Promise<Schemas['MessagePage']>;
  /** The inbox' messages of every page. */
  all(query?: Query<'listMessages'>, options?: CallOptions): AsyncGenerator<Schemas['Message'], void, undefined>;
  /** What the program has sent, the newest first. */
  sent(query?: Query<'listSentMessages'>, options?: CallOptions): Promise<Schemas['SentMessagePage']>;
  /** The sent messages of every page. */
  allSent(
    query?: Query<'listSentMessages'>,
    options?: CallOptions,
  ): AsyncGenerator<Schemas['SentMessage'], void, undefined>;
  /** Marks a message of the inbox as dealt with. */
  acknowledge(
    messageId: string,
    query?: Query<'acknowledgeMessage'>,
    options?: CallOptions,
  ): Promise<Schemas['Message']>;
}

export function messagesOf({ api, how }: Connection): Messages {
  const messages: Messages = {
    send: (body, options) => answered(api.POST('/v1/messages', { body, ...how(options) })),
    list: (query = {}, options) => answered(api.GET('/v1/messages', { params: { query }, ...how(options) })),
    all: (query = {}, options) =>
      everyItem(
        (each) => messages.list(each, options),
        (page) => page.messages,
        query,
      ),
    sent: (query = {}, options) => answered(api.GET('/v1/messages/sent', { params: { query }, ...how(options) })),
    allSent: (query = {}, options) =>
      everyItem(
        (each) => messages.sent(each, options),
        (page) => page.messages,
        query,
      ),
    acknowledge: (messageId, query = {}, options) =>
      answered(
        api.POST('/v1/messages/{messageId}/acknowledge', { params: { path: { messageId }, query }, ...how(options) }),
      ),
  };
  return messages;
}
