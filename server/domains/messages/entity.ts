/** A message, and its deliveries: one for each recipient. A message to everybody has one for each other program. */
import { EntitySchema } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import * as column from '../../platform/database/columns.ts';

export interface MessageRow {
  accountId: string;
  messageId: string;
  /** Null when an admin's key without a program has sent it. */
  sender: string | null;
  senderKeyId: string;
  target: string;
  kind: components['schemas']['MessageKind'];
  text: string;
  replyTo: string | null;
  createdAt: number;
  expiresAt: number | null;
}

export const Message = new EntitySchema<MessageRow>({
  name: 'Message',
  tableName: 'messages',
  columns: {
    accountId: column.id({ primary: true }),
    messageId: column.id({ primary: true }),
    sender: column.id({ nullable: true }),
    senderKeyId: column.id(),
    target: column.id(),
    kind: column.shortString(),
    text: column.text(),
    replyTo: column.id({ nullable: true }),
    createdAt: column.timestamp(),
    expiresAt: column.timestamp({ nullable: true }),
  },
});

/** A message as one recipient has it. */
export interface DeliveryRow {
  accountId: string;
  recipient: string;
  messageId: string;
  createdAt: number;
  readAt: number | null;
  expiresAt: number | null;
}

export const Delivery = new EntitySchema<DeliveryRow>({
  name: 'Delivery',
  tableName: 'message_deliveries',
  columns: {
    accountId: column.id({ primary: true }),
    recipient: column.id({ primary: true }),
    messageId: column.id({ primary: true }),
    createdAt: column.timestamp(),
    readAt: column.timestamp({ nullable: true }),
    expiresAt: column.timestamp({ nullable: true }),
  },
});
