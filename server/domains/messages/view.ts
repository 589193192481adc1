/** A message as the contract shows it: as its recipient or as its sender has it. */
import type { components } from '../../../openapi/generated/types.ts';
import { instant, instantOrNull } from '../../platform/clock.ts';
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

export const receivedView = ({ message, delivery }: ReceivedMessage): Schemas['Message'] => ({
  ...contentOf(message),
  recipient: delivery.recipient,
  readAt: instantOrNull(delivery.readAt),
});

export const sentView = ({ message, delivered, read }: SentMessage): Schemas['SentMessage'] => ({
  ...contentOf(message),
  delivered,
  read,
});

const contentOf = (row: MessageRow) => ({
  messageId: row.messageId,
  sender: row.sender,
  senderKeyId: row.senderKeyId,
  to: row.target,
  kind: row.kind,
  text: row.text,
  replyTo: row.replyTo,
  createdAt: instant(row.createdAt),
  expiresAt: instantOrNull(row.expiresAt),
});
