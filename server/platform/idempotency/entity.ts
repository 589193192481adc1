/** The response to a request with an Idempotency-Key, stored so that a retry gets the same. */
import { EntitySchema } from 'typeorm';
import * as column from '../database/columns.ts';

export interface StoredResponseRow {
  /** The credential that sent the request. Idempotency keys of different credentials are independent. */
  keyId: string;
  idempotencyKey: string;
  /** The credential's account: the response is stored beside its effect even if accounts are sharded. */
  accountId: string;
  /** SHA-256 of operation, path, query and body, in hex. */
  requestHash: string;
  /** The response, encrypted: see seal.ts. */
  sealed: string;
  createdAt: number;
}

export const StoredResponse = new EntitySchema<StoredResponseRow>({
  name: 'KeptAnswer',
  tableName: 'kept_answers',
  columns: {
    keyId: column.id({ primary: true }),
    idempotencyKey: column.string({ primary: true }),
    accountId: column.id({ primary: true }),
    requestHash: column.id(),
    sealed: column.text(),
    createdAt: column.timestamp(),
  },
});
