/** Creating and changing accounts. Each change and its audit row are one transaction. */
import { v7 as timeOrderedId } from 'uuid';
import type { components } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import { type PageRequest, paginateNewestFirst } from '../../platform/database/paginate.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { Account, type AccountRow } from './entity.ts';

type Schemas = components['schemas'];

/** What accounts need from the domain of keys. */
export interface AccountKeys {
  /** Creates the first admin key of an account, within the given transaction. */
  createFirst(
    transaction: Transaction,
    operator: Principal,
    accountId: string,
    now: number,
  ): Promise<{ keyId: string; key: string }>;
  /** Drops the account's keys from the cache. */
  forgetAccount(accountId: string): void;
}

export class AccountService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly keys: AccountKeys,
  ) {}

  /** Creates an account and its first admin key, whose secret is returned once and stored nowhere. */
  async create(principal: Principal, { name, tier = 'free' }: Schemas['AccountCreate']) {
    const now = this.clock.now();
    const account: AccountRow = { accountId: timeOrderedId(), name, tier, createdAt: now };
    const { accountId } = account;
    const made = await this.store.write(async (transaction) => {
      const { manager } = transaction;
      await manager.insert(Account, account);
      const key = await this.keys.createFirst(transaction, principal, accountId, now);
      await recordAuditEntry(
        manager,
        principal,
        { action: 'createAccount', subject: accountId, detail: `tier ${tier}` },
        now,
      );
      return key;
    });
    return { account, ...made };
  }

  /** A page of all accounts, the newest first. */
  list(pageRequest: PageRequest) {
    return this.store.read((manager) =>
      paginateNewestFirst(manager.createQueryBuilder(Account, 'account'), ['createdAt', 'accountId'], pageRequest),
    );
  }

  /** Throws `account-not-found`. */
  async get(accountId: string): Promise<AccountRow> {
    const account = await this.store.read((manager) => manager.findOneBy(Account, { accountId }));
    return account ?? rejectUnknownAccount(accountId);
  }

  /** Changes the name or the tier. The row is locked, so that a session taking a slot sees one tier or the other. */
  async update(principal: Principal, accountId: string, update: Schemas['AccountUpdate']): Promise<AccountRow> {
    const row = await this.store.write(async ({ manager, forUpdate }) => {
      const query = manager
        .createQueryBuilder(Account, 'account')
        .where('account.accountId = :accountId', { accountId });
      const before = (await forUpdate(query).getOne()) ?? rejectUnknownAccount(accountId);
      const after = { ...before, name: update.name ?? before.name, tier: update.tier ?? before.tier };
      await manager.update(Account, { accountId }, { name: after.name, tier: after.tier });
      const detail = before.tier === after.tier ? null : `tier ${before.tier} to ${after.tier}`;
      await recordAuditEntry(
        manager,
        principal,
        { action: 'updateAccount', subject: accountId, detail },
        this.clock.now(),
      );
      return after;
    });
    this.keys.forgetAccount(accountId);
    return row;
  }
}

function rejectUnknownAccount(accountId: string): never {
  throw new Fault('account-not-found', `No account '${accountId}' on this server.`);
}
