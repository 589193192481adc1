/** Operation → service → view, for the operations of accounts. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant } from '../../platform/clock.ts';
import { created, type Handlers } from '../../platform/operations.ts';
import type { AccountRow } from './entity.ts';
import type { AccountService } from './service.ts';

export const accountHandlers: Handlers<
  'createAccount' | 'listAccounts' | 'getAccount' | 'updateAccount' | 'removeAccount',
  { readonly accounts: AccountService }
> = {
  async createAccount({ body }, { principal, services }) {
    const { account, keyId, key } = await services.accounts.create(principal, body);
    const { accountId, name, tier } = account;
    return created(`/v1/accounts/${accountId}`, { accountId, name, tier, keyId, key });
  },

  async listAccounts({ query: { limit = 10, cursor } }, { services }) {
    const { page, nextCursor } = await services.accounts.list({ limit, cursor });
    return { status: 200, body: { accounts: page.map(toAccountView), nextCursor } };
  },

  async getAccount({ path }, { services }) {
    return { status: 200, body: toAccountView(await services.accounts.get(path.accountId)) };
  },

  async updateAccount({ path, body }, { principal, services }) {
    return { status: 200, body: toAccountView(await services.accounts.update(principal, path.accountId, body)) };
  },

  async removeAccount({ path }, { principal, services }) {
    const removedAt = await services.accounts.remove(principal, path.accountId);
    return { status: 202, body: { accountId: path.accountId, removedAt: formatInstant(removedAt) } };
  },
};

const toAccountView = ({ accountId, name, tier, createdAt }: AccountRow): components['schemas']['Account'] => ({
  accountId,
  name,
  tier,
  createdAt: formatInstant(createdAt),
});
