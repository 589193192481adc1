import type { Connection } from '../connection.js';
import type { Query, Schemas } from '../contract-types.js';
import type { ApiPromise } from '../error.js';
import type { AccountId } from '../generated/types.js';
import type { CallOptions } from '../options.js';

export interface Accounts {
  create(account: Schemas['AccountCreate'], options?: CallOptions): ApiPromise<Schemas['NewAccount']>;
  list(query?: Query<'listAccounts'>, options?: CallOptions): ApiPromise<Schemas['AccountPage']>;
  /** The accounts of every page. */
  all(query?: Query<'listAccounts'>, options?: CallOptions): AsyncGenerator<Schemas['Account'], void, undefined>;
  get(accountId: AccountId, options?: CallOptions): ApiPromise<Schemas['Account']>;
  update(accountId: AccountId, update: Schemas['AccountUpdate'], options?: CallOptions): ApiPromise<Schemas['Account']>;
  /** Removes an account and everything it has. */
  remove(accountId: AccountId, options?: CallOptions): Promise<void>;
}

export function accountsApi({ operation }: Connection): Accounts {
  const [list, all] = operation.list('/v1/accounts');
  const remove = operation('DELETE', '/v1/accounts/{accountId}');
  return {
    list,
    all,
    create: operation('POST', '/v1/accounts', 'body'),
    get: operation('GET', '/v1/accounts/{accountId}'),
    update: operation('PATCH', '/v1/accounts/{accountId}', 'body'),
    remove: async (...given) => void (await remove(...given)),
  };
}

export interface Audit {
  list(query?: Query<'listAudit'>, options?: CallOptions): ApiPromise<Schemas['AuditPage']>;
  /** The entries of every page. */
  all(query?: Query<'listAudit'>, options?: CallOptions): AsyncGenerator<Schemas['AuditEntry'], void, undefined>;
}

export function auditApi({ operation }: Connection): Audit {
  const [list, all] = operation.list('/v1/audit');
  return { list, all };
}
