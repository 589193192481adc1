/**
 * The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header): a request that is sent again with the same key
 * has no second effect and gets the first answer, also after a restart. The answer is kept in the same transaction as the
 * effect, so there is never one without the other.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { Fault } from '../faults.ts';
import { StoredResponse } from './entity.ts';
import { seal, unseal } from './seal.ts';

export interface IdempotentRequest {
  readonly accountId: string;
  readonly keyId: string;
  /** The caller's credential, from which the answer's encryption is derived. */
  readonly secret: string;
  readonly idempotencyKey: string;
  /** Everything that makes the request this request: operation, address, body. */
  readonly request: readonly unknown[];
}

interface IdempotentResult<Answer> {
  readonly result: Answer;
  /** True when it is the answer of an earlier request. */
  readonly replayed: boolean;
}

/**
 * Runs `work` unless a request with this key was answered already. Of two at once the second waits at the primary key for
 * the first to commit, and then finds its answer. A failure keeps nothing: the retry runs again. Throws
 * `idempotency-key-reused` when the key came with another request.
 */
export async function runIdempotent<Result>(
  store: Store,
  clock: Clock,
  options: IdempotentRequest,
  work: () => Promise<Result>,
): Promise<IdempotentResult<Result>> {
  const { accountId, keyId, idempotencyKey, secret } = options;
  const key = { accountId, keyId, idempotencyKey };
  const requestHash = createHash('sha256').update(JSON.stringify(options.request)).digest('hex');
  return store.runInTransaction(async ({ manager }) => {
    const stored = await manager.findOneBy(StoredResponse, key);
    if (stored) {
      if (stored.requestHash !== requestHash) {
        throw new Fault(
          'idempotency-key-reused',
          'This Idempotency-Key came with another request before. Use a new one for each request.',
        );
      }
      return { result: JSON.parse(unseal(stored.sealed, secret, idempotencyKey)) as Result, replayed: true };
    }
    const row = { ...key, requestHash, createdAt: clock.now(), sealed: '' };
    await manager.insert(StoredResponse, row);
    const result = await work();
    await manager.update(StoredResponse, key, { sealed: seal(JSON.stringify(result), secret, idempotencyKey) });
    return { result, replayed: false };
  });
}
