import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import { type ApiPromise, unwrapResponse } from '../error.js';
import type { MessageId } from '../generated/types.js';
import type { CallOptions } from '../options.js';

export interface Messages {
  /** Sends a message to a program, or with `to: '*'` to every other program. */
  send(message: Schemas['MessageSend'], options?: CallOptions): ApiPromise<Schemas['SentMessage']>;
  /** A message that the program has sent or got, with how far it has come. Reading does not acknowledge. */
  get(messageId: MessageId, options?: CallOptions): ApiPromise<Schemas['SentMessage']>;
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
  /**
   * Says that the texts of messages have reached the agent; returns those that had not before. They stay in the inbox. With
   * the session that was shown them it rejects with `session-superseded` once another one has taken over.
   */
  confirmDelivery(
    messageIds: readonly MessageId[],
    query?: Query<'confirmDelivery'> & Pick<Schemas['DeliveryConfirmation'], 'sessionId'>,
    options?: CallOptions,
  ): Promise<string[]>;
  /** Acknowledges a message of the inbox. */
  acknowledge(
    messageId: MessageId,
    query?: Query<'acknowledgeMessage'>,
    options?: CallOptions,
  ): ApiPromise<Schemas['Message']>;
}

export function messagesApi({ operation, sendCall }: Connection): Messages {
  const [list, all] = operation.list('/v1/messages');
  const [sent, allSent] = operation.list('/v1/messages/sent');
  return {
    list,
    all,
    sent,
    allSent,
    send: operation('POST', '/v1/messages', 'body'),
    get: operation('GET', '/v1/messages/{messageId}'),
    async confirmDelivery(messageIds, { sessionId, ...query } = {}, options) {
      const parts = { body: { messageIds, sessionId }, query };
      const confirmed = sendCall<Schemas['ConfirmedDelivery']>('POST', '/v1/messages/deliveries', parts, options);
      return (await unwrapResponse(confirmed)).messageIds;
    },
    acknowledge: operation('POST', '/v1/messages/{messageId}/acknowledge', 'query'),
  };
}
