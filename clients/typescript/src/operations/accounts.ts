import type { CallOptions, Connection } from '../connection.js';
import { answered } from '../error.js';
import { everyItem } from '../pages.js';
import type { Query, Schemas } from '../shapes.js';

export interface Accounts {
  create(account: Schemas['AccountCreate'], options?: CallOptions): Promise<Schemas['NewAccount']>;
  list(query?: Query<'listAccounts'>, options?: CallOptions): Promise<Schemas['AccountPage']>;
  /** The accounts of every page. */
  all(query?: Query<'listAccounts'>, options?: CallOptions): AsyncGenerator<Schemas['Account'], void, undefined>;
  update(accountId: string, update: Schemas['AccountUpdate'], options?: CallOptions): Promise<Schemas['Account']>;
}

export function accountsOf({ api, how }: Connection): Accounts {
  const accounts: Accounts = {
    create: (body, options) => answered(api.POST('/v1/accounts', { body, ...how(options) })),
    list: (query = {}, options) => answered(api.GET('/v1/accounts', { params: { query }, ...how(options) })),
    all: (query = {}, options) =>
      everyItem(
        (each) => accounts.list(each, options),
        (page) => page.accounts,
        query,
      ),
    update: (accountId, body, options) =>
      answered(api.PATCH('/v1/accounts/{accountId}', { params: { path: { accountId } }, body, ...how(options) })),
  };
  return accounts;
}

export interface Audit {
  list(query?: Query<'listAudit'>, options?: CallOptions): Promise<Schemas['AuditPage']>;
  /** The entries of every page. */
  all(query?: Query<'listAudit'>, options?: CallOptions): AsyncGenerator<Schemas['AuditEntry'], void, undefined>;
}

export function auditOf({ api, how }: Connection): Audit {
  const audit: Audit = {
    list: (query = {}, options) => answered(api.GET('/v1/audit', { params: { query }, ...how(options) })),
    all: (query = {}, options) =>
      everyItem(
        (each) => audit.list(each, options),
        (page) => page.audit,
        query,
      ),
  };
  return audit;
}
