/**
 * The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header): a retry with the same key has no second effect
 * and gets the first response, even after a restart. The response is stored in the transaction of the effect, so neither
 * exists without the other.
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
  /** The caller's credential, from which the response's encryption key is derived. */
  readonly secret: string;
  readonly idempotencyKey: string;
  /** What identifies the request: operation, path, query, body. */
  readonly request: readonly unknown[];
}

interface IdempotentResult<Answer> {
  readonly result: Answer;
  /** Whether this is the response of an earlier request. */
  readonly replayed: boolean;
}

/**
 * Runs `work` unless a response for this key is stored. Of two concurrent requests the second waits on the primary key
 * until the first commits, then returns its response. A failure stores nothing, so a retry runs again. Throws
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
  const requestHash = createHash('sha256').update(JSON.stringify(options.request, sortKeys)).digest('hex');
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

/** A replacer: what a request says does not depend on the order of its fields (RFC 8259, section 4). */
const sortKeys = (_key: string, value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
