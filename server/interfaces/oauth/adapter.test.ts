import { expect, test } from 'vitest';
import { createAdapterFactory } from './adapter.ts';
import type { Records } from './ports.ts';

/** oidc-provider revokes each kind of token of a grant and destroys the grant at the same time, in any order. */
test('whoever destroys a grant ends its connection, and never deletes the row that leads to it', async () => {
  const done: string[] = [];
  const records: Records = {
    upsert: async () => undefined,
    find: async () => undefined,
    consume: async () => true,
    destroy: async (model, id) => void done.push(`destroy ${model} ${id}`),
    revokeGrant: async (grantId) => void done.push(`end ${grantId}`),
  };
  const createAdapter = createAdapterFactory(records);
  await createAdapter('Grant').destroy('a');
  for (const model of ['AccessToken', 'RefreshToken', 'AuthorizationCode'])
    await createAdapter(model).revokeByGrantId('a');
  await createAdapter('RefreshToken').destroy('b');
  expect(done).toEqual(['end a', 'destroy RefreshToken b']);
});
