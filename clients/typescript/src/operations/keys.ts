import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { KeyId } from '../generated/types.js';
import type { CallOptions } from '../options.js';

export interface Keys {
  create(key: Schemas['KeyCreate'], options?: CallOptions): ApiPromise<Schemas['NewKey']>;
  list(query?: Query<'listKeys'>, options?: CallOptions): ApiPromise<Schemas['KeyPage']>;
  /** The keys of every page. */
  all(query?: Query<'listKeys'>, options?: CallOptions): AsyncGenerator<Schemas['Key'], void, undefined>;
  get(keyId: KeyId, options?: CallOptions): ApiPromise<Schemas['Key']>;
  /** Also revokes what it was rotated into and, with `withDescendants`, all keys that it created. */
  revoke(keyId: KeyId, options?: CallOptions & { readonly withDescendants?: boolean }): Promise<void>;
  /** Replaces a key; the old one stays valid for 30 seconds. With `renew` it replaces a program's own key before it expires; the old one works until then. */
  rotate(keyId: KeyId, options?: CallOptions & { readonly renew?: boolean }): ApiPromise<Schemas['NewKey']>;
}

export function keysApi({ operation }: Connection): Keys {
  const [list, all] = operation.list('/v1/keys');
  const revoke = operation('DELETE', '/v1/keys/{keyId}', 'query');
  const rotate = operation('POST', '/v1/keys/{keyId}/rotate', 'query');
  return {
    list,
    all,
    create: operation('POST', '/v1/keys', 'body'),
    get: operation('GET', '/v1/keys/{keyId}'),
    revoke: (keyId, { withDescendants, ...options } = {}) =>
      revoke(keyId, withDescendants === undefined ? {} : { withDescendants }, options),
    rotate: (keyId, { renew, ...options } = {}) => rotate(keyId, renew === undefined ? {} : { renew }, options),
  };
}
