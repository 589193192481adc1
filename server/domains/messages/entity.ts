/** A message, and one delivery per recipient. A broadcast has a delivery for every program but its sender. */
import { EntitySchema } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import * as column from '../../platform/database/columns.ts';

export interface MessageRow {
  accountId: string;
  messageId: string;
  /** The sending program; null when it was sent by an admin key without a program. */
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

/** A message in the inbox of one recipient. */
export interface DeliveryRow {
  accountId: string;
  recipient: string;
  messageId: string;
  createdAt: number;
  /** When its text first reached an agent of the recipient. */
  deliveredAt: number | null;
  /** When the recipient acknowledged it. */
  readAt: number | null;
  /** When the recipient first replied to it. */
  answeredAt: number | null;
  expiresAt: number | null;
  /** Copies of the message's, so that an index can find them in an inbox. Null as long as `stage` is. */
  kind: MessageRow['kind'] | null;
  sender: string | null;
  /**
   * The sum of DELIVERED and READ as far as they apply, for indices: they cannot serve `IS NULL` and any value alike. Null in a row
   * that a server of an older version wrote, until `fillDeliveries` has seen it; such a server may also leave it too low.
   */
  stage: number | null;
}

/** The parts of a delivery's `stage`. */
export const DELIVERED = 1;
export const READ = 2;

export const Delivery = new EntitySchema<DeliveryRow>({
  name: 'Delivery',
  tableName: 'message_deliveries',
  columns: {
    accountId: column.id({ primary: true }),
    recipient: column.id({ primary: true }),
    messageId: column.id({ primary: true }),
    createdAt: column.timestamp(),
    deliveredAt: column.timestamp({ nullable: true }),
    readAt: column.timestamp({ nullable: true }),
    answeredAt: column.timestamp({ nullable: true }),
    expiresAt: column.timestamp({ nullable: true }),
    kind: column.shortString({ nullable: true }),
    sender: column.id({ nullable: true }),
    stage: column.integer({ nullable: true }),
  },
});
