/** A delivery: one message as one recipient has it. A message to everybody has a delivery for each program. */
import { EntitySchema } from 'typeorm';
import * as column from '../storage/columns.ts';

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
    createdAt: column.moment(),
    readAt: column.moment({ nullable: true }),
    expiresAt: column.moment({ nullable: true }),
  },
});
