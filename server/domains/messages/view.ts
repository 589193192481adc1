/** Messages as the schemas of the contract, for the recipient and for the sender. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull } from '../../platform/clock.ts';
import type { DeliveryRow, MessageRow } from './entity.ts';

type Schemas = components['schemas'];

export interface ReceivedMessage {
  readonly message: MessageRow;
  readonly delivery: DeliveryRow;
}

/** For how many recipients a message has come how far. */
export type DeliveryCounts = Pick<Schemas['SentMessage'], 'recipients' | 'delivered' | 'acknowledged' | 'answered'>;

export interface SentMessage {
  readonly message: MessageRow;
  readonly counts: DeliveryCounts;
}

export const toReceivedView = ({ message, delivery }: ReceivedMessage): Schemas['Message'] => ({
  ...toContent(message),
  recipient: delivery.recipient,
  deliveredAt: formatInstantOrNull(delivery.deliveredAt),
  acknowledgedAt: formatInstantOrNull(delivery.readAt),
  answeredAt: formatInstantOrNull(delivery.answeredAt),
});

export const toSentView = ({ message, counts }: SentMessage): Schemas['SentMessage'] => ({
  ...toContent(message),
  ...counts,
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
