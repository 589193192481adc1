/** What a request with an Idempotency-Key was answered, kept so that its retry gets the same. */
import { EntitySchema } from 'typeorm';
import * as column from '../database/columns.ts';

export interface StoredResponseRow {
  /** The credential that sent the request; keys of two credentials never meet. */
  keyId: string;
  idempotencyKey: string;
  /** The credential's account: an answer lies where its effect does, also when accounts are spread over databases. */
  accountId: string;
  /** SHA-256 of the operation, its address and its body, in hex. */
  requestHash: string;
  /** The answer, encrypted: see seal.ts. */
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
