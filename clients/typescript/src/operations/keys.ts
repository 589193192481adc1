import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import { unwrapResponse } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

export interface Keys {
  create(key: Schemas['KeyCreate'], options?: CallOptions): Promise<Schemas['NewKey']>;
  list(query?: Query<'listKeys'>, options?: CallOptions): Promise<Schemas['KeyPage']>;
  /** The keys of every page. */
  all(query?: Query<'listKeys'>, options?: CallOptions): AsyncGenerator<Schemas['Key'], void, undefined>;
  get(keyId: string, options?: CallOptions): Promise<Schemas['Key']>;
  /** Also revokes what it was rotated into and, with `withDescendants`, all keys that it created. */
  revoke(keyId: string, options?: CallOptions & { readonly withDescendants?: boolean }): Promise<void>;
  /** Replaces a key; the old one stays valid for 30 seconds. */
  rotate(keyId: string, options?: CallOptions): Promise<Schemas['NewKey']>;
}

export function keysApi({ api, requestOptions }: Connection): Keys {
  const pathParams = (keyId: string) => ({ path: { keyId } });
  const keys: Keys = {
    create: (body, options) => unwrapResponse(api.POST('/v1/keys', { body, ...requestOptions(options) })),
    list: (query = {}, options) =>
      unwrapResponse(api.GET('/v1/keys', { params: { query }, ...requestOptions(options) })),
    all: (query, options) => paginate((each) => keys.list(each, options), query),
    get: (keyId, options) =>
      unwrapResponse(api.GET('/v1/keys/{keyId}', { params: pathParams(keyId), ...requestOptions(options) })),
    revoke: (keyId, { withDescendants, ...options } = {}) => {
      const query = withDescendants === undefined ? {} : { withDescendants };
      const params = { ...pathParams(keyId), query };
      return unwrapResponse(api.DELETE('/v1/keys/{keyId}', { params, ...requestOptions(options) }));
    },
    rotate: (keyId, options) =>
      unwrapResponse(api.POST('/v1/keys/{keyId}/rotate', { params: pathParams(keyId), ...requestOptions(options) })),
  };
  return keys;
}
