/** Operation → service → view, for the operations of keys. */
import { created, type Handlers } from '../../platform/operations.ts';
import type { KeyService } from './service.ts';
import { toKeyView, toMeView, toNewKeyView } from './view.ts';

export const keyHandlers: Handlers<
  'createKey' | 'listKeys' | 'getKey' | 'revokeKey' | 'rotateKey' | 'whoAmI',
  { readonly keys: KeyService }
> = {
  async createKey({ body }, { principal, services }) {
    const { row, key } = await services.keys.create(principal, body);
    return created(`/v1/keys/${row.keyId}`, toNewKeyView(row, key));
  },

  async listKeys({ query: { programId, createdBy, expiring = false, limit = 10, cursor } }, { principal, services }) {
    const { page, nextCursor } = await services.keys.list(principal, { programId, createdBy, expiring, limit, cursor });
    return { status: 200, body: { keys: page.map(toKeyView), nextCursor } };
  },

  async getKey({ path }, { principal, services }) {
    return { status: 200, body: toKeyView(await services.keys.get(principal, path.keyId)) };
  },

  async revokeKey({ path, query: { withDescendants = false } }, { principal, services }) {
    await services.keys.revoke(principal, path.keyId, withDescendants);
    return { status: 204, body: undefined };
  },

  async rotateKey({ path, query: { renew = false } }, { principal, services: { keys } }) {
    const { row, key } = await keys.rotate(principal, path.keyId, { renew });
    return created(`/v1/keys/${row.keyId}`, toNewKeyView(row, key));
  },

  async whoAmI(_request, { principal }) {
    return { status: 200, body: toMeView(principal) };
  },
};
