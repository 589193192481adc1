/**
 * A connection: a client that a person let in by OAuth, with the rights that the person chose. Its tokens are keys with its
 * id. It belongs to the keys because it ends with them: with one of its tokens, or with the key of the person.
 */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';
import type { Role } from '../../platform/principal.ts';

export interface ConnectionRow {
  accountId: string;
  connectionId: string;
  /** The key of the person who let it in, or the one that this was rotated into. */
  keyId: string;
  role: Role;
  programId: string | null;
  clientId: string;
  clientName: string | null;
  /** SHA-256 in hex of the ticket with which the browser goes on; null once it was used. */
  ticketHash: string | null;
  createdAt: number;
  expiresAt: number;
  endedAt: number | null;
}

export const Connection = new EntitySchema<ConnectionRow>({
  name: 'Connection',
  tableName: 'connections',
  columns: {
    accountId: column.id({ primary: true }),
    connectionId: column.id({ primary: true }),
    keyId: column.id(),
    role: column.shortString(),
    programId: column.id({ nullable: true }),
    clientId: column.text(),
    clientName: column.string({ nullable: true }),
    ticketHash: column.id({ nullable: true }),
    createdAt: column.timestamp(),
    expiresAt: column.timestamp(),
    endedAt: column.timestamp({ nullable: true }),
  },
});
