import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import { unwrapResponse } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

export interface Accounts {
  create(account: Schemas['AccountCreate'], options?: CallOptions): Promise<Schemas['NewAccount']>;
  list(query?: Query<'listAccounts'>, options?: CallOptions): Promise<Schemas['AccountPage']>;
  /** The accounts of every page. */
  all(query?: Query<'listAccounts'>, options?: CallOptions): AsyncGenerator<Schemas['Account'], void, undefined>;
  get(accountId: string, options?: CallOptions): Promise<Schemas['Account']>;
  update(accountId: string, update: Schemas['AccountUpdate'], options?: CallOptions): Promise<Schemas['Account']>;
  /** Removes an account and everything it has. */
  remove(accountId: string, options?: CallOptions): Promise<void>;
}

export function accountsApi({ api, requestOptions }: Connection): Accounts {
  const accounts: Accounts = {
    create: (body, options) => unwrapResponse(api.POST('/v1/accounts', { body, ...requestOptions(options) })),
    list: (query = {}, options) =>
      unwrapResponse(api.GET('/v1/accounts', { params: { query }, ...requestOptions(options) })),
    all: (query, options) => paginate((each) => accounts.list(each, options), query),
    get: (accountId, options) =>
      unwrapResponse(
        api.GET('/v1/accounts/{accountId}', { params: { path: { accountId } }, ...requestOptions(options) }),
      ),
    update: (accountId, body, options) =>
      unwrapResponse(
        api.PATCH('/v1/accounts/{accountId}', { params: { path: { accountId } }, body, ...requestOptions(options) }),
      ),
    remove: async (accountId, options) =>
      void (await unwrapResponse(
        api.DELETE('/v1/accounts/{accountId}', { params: { path: { accountId } }, ...requestOptions(options) }),
      )),
  };
  return accounts;
}

export interface Audit {
  list(query?: Query<'listAudit'>, options?: CallOptions): Promise<Schemas['AuditPage']>;
  /** The entries of every page. */
  all(query?: Query<'listAudit'>, options?: CallOptions): AsyncGenerator<Schemas['AuditEntry'], void, undefined>;
}

export function auditApi({ api, requestOptions }: Connection): Audit {
  const audit: Audit = {
    list: (query = {}, options) =>
      unwrapResponse(api.GET('/v1/audit', { params: { query }, ...requestOptions(options) })),
    all: (query, options) => paginate((each) => audit.list(each, options), query),
  };
  return audit;
}
