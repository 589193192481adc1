import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { CallOptions } from '../options.js';
import { paginate } from '../pages.js';

export interface Accounts {
  create(account: Schemas['AccountCreate'], options?: CallOptions): ApiPromise<Schemas['NewAccount']>;
  list(query?: Query<'listAccounts'>, options?: CallOptions): ApiPromise<Schemas['AccountPage']>;
  /** The accounts of every page. */
  all(query?: Query<'listAccounts'>, options?: CallOptions): AsyncGenerator<Schemas['Account'], void, undefined>;
  get(accountId: string, options?: CallOptions): ApiPromise<Schemas['Account']>;
  update(accountId: string, update: Schemas['AccountUpdate'], options?: CallOptions): ApiPromise<Schemas['Account']>;
  /** Removes an account and everything it has. */
  remove(accountId: string, options?: CallOptions): Promise<void>;
}

export function accountsApi({ http }: Connection): Accounts {
  const accounts: Accounts = {
    create: (body, options) => http.POST('/v1/accounts', { body }, options),
    list: (query = {}, options) => http.GET('/v1/accounts', { params: { query } }, options),
    all: (query, options) => paginate((each) => accounts.list(each, options), query),
    get: (accountId, options) => http.GET('/v1/accounts/{accountId}', { params: { path: { accountId } } }, options),
    update: (accountId, body, options) =>
      http.PATCH('/v1/accounts/{accountId}', { params: { path: { accountId } }, body }, options),
    remove: async (accountId, options) =>
      void (await http.DELETE('/v1/accounts/{accountId}', { params: { path: { accountId } } }, options)),
  };
  return accounts;
}

export interface Audit {
  list(query?: Query<'listAudit'>, options?: CallOptions): ApiPromise<Schemas['AuditPage']>;
  /** The entries of every page. */
  all(query?: Query<'listAudit'>, options?: CallOptions): AsyncGenerator<Schemas['AuditEntry'], void, undefined>;
}

export function auditApi({ http }: Connection): Audit {
  const audit: Audit = {
    list: (query = {}, options) => http.GET('/v1/audit', { params: { query } }, options),
    all: (query, options) => paginate((each) => audit.list(each, options), query),
  };
  return audit;
}
