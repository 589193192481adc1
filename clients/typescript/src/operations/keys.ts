import type { CallOptions, Connection } from '../connection.js';
import { answered } from '../error.js';
import { everyItem } from '../pages.js';
import type { Query, Schemas } from '../shapes.js';

export interface Keys {
  create(key: Schemas['KeyCreate'], options?: CallOptions): Promise<Schemas['NewKey']>;
  list(query?: Query<'listKeys'>, options?: CallOptions): Promise<Schemas['KeyPage']>;
  /** The keys of every page. */
  all(query?: Query<'listKeys'>, options?: CallOptions): AsyncGenerator<Schemas['Key'], void, undefined>;
  revoke(keyId: string, options?: CallOptions): Promise<void>;
  /** Replaces a key; the old one lives for 30 more seconds. */
  rotate(keyId: string, options?: CallOptions): Promise<Schemas['NewKey']>;
}

export function keysOf({ api, how }: Connection): Keys {
  const one = (keyId: string) => ({ path: { keyId } });
  const keys: Keys = {
    create: (body, options) => answered(api.POST('/v1/keys', { body, ...how(options) })),
    list: (query = {}, options) => answered(api.GET('/v1/keys', { params: { query }, ...how(options) })),
    all: (query = {}, options) =>
      everyItem(
        (each) => keys.list(each, options),
        (page) => page.keys,
        query,
      ),
    revoke: async (keyId, options) =>
      void (await answered(api.DELETE('/v1/keys/{keyId}', { params: one(keyId), ...how(options) }))),
    rotate: (keyId, options) => answered(api.POST('/v1/keys/{keyId}/rotate', { params: one(keyId), ...how(options) })),
  };
  return keys;
}
