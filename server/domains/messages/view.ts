/** Messages as the schemas of the contract, for the recipient and for the sender. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull } from '../../platform/clock.ts';
import type { DeliveryRow, MessageRow } from './entity.ts';

type Schemas = components['schemas'];

export interface ReceivedMessage {
  readonly message: MessageRow;
  readonly delivery: DeliveryRow;
}

export interface SentMessage {
  readonly message: MessageRow;
  readonly delivered: number;
  readonly read: number;
}

export const toReceivedView = ({ message, delivery }: ReceivedMessage): Schemas['Message'] => ({
  ...toContent(message),
  recipient: delivery.recipient,
  readAt: formatInstantOrNull(delivery.readAt),
});

export const toSentView = ({ message, delivered, read }: SentMessage): Schemas['SentMessage'] => ({
  ...toContent(message),
  delivered,
  read,
});

const toContent = (row: MessageRow) => ({
  messageId: row.messageId,
  sender: row.sender,
  senderKeyId: row.senderKeyId,
  to: row.target,
  kind: row.kind,
  text: row.text,
  replyTo: row.replyTo,
  createdAt: formatInstant(row.createdAt),
  expiresAt: formatInstantOrNull(row.expiresAt),
});
