import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

export interface Keys {
  create(key: Schemas['KeyCreate'], options?: CallOptions): ApiPromise<Schemas['NewKey']>;
  list(query?: Query<'listKeys'>, options?: CallOptions): ApiPromise<Schemas['KeyPage']>;
  /** The keys of every page. */
  all(query?: Query<'listKeys'>, options?: CallOptions): AsyncGenerator<Schemas['Key'], void, undefined>;
  get(keyId: string, options?: CallOptions): ApiPromise<Schemas['Key']>;
  /** Also revokes what it was rotated into and, with `withDescendants`, all keys that it created. */
  revoke(keyId: string, options?: CallOptions & { readonly withDescendants?: boolean }): Promise<void>;
  /** Replaces a key; the old one stays valid for 30 seconds. */
  rotate(keyId: string, options?: CallOptions): ApiPromise<Schemas['NewKey']>;
}

export function keysApi({ http }: Connection): Keys {
  const pathParams = (keyId: string) => ({ path: { keyId } });
  const keys: Keys = {
    create: (body, options) => http.POST('/v1/keys', { body }, options),
    list: (query = {}, options) => http.GET('/v1/keys', { params: { query } }, options),
    all: (query, options) => paginate((each) => keys.list(each, options), query),
    get: (keyId, options) => http.GET('/v1/keys/{keyId}', { params: pathParams(keyId) }, options),
    revoke: (keyId, { withDescendants, ...options } = {}) => {
      const query = withDescendants === undefined ? {} : { withDescendants };
      const params = { ...pathParams(keyId), query };
      return http.DELETE('/v1/keys/{keyId}', { params }, options);
    },
    rotate: (keyId, options) => http.POST('/v1/keys/{keyId}/rotate', { params: pathParams(keyId) }, options),
  };
  return keys;
}
