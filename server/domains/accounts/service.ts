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
  /** Revokes every key of an account that is removed, within the given transaction. */
  revokeAll(transaction: Transaction, accountId: string, now: number): Promise<void>;
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
    const account: AccountRow = { accountId: timeOrderedId(), name, tier, createdAt: now, removedAt: null };
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
      paginateNewestFirst(
        manager.createQueryBuilder(Account, 'account').where('account.removedAt IS NULL'),
        ['createdAt', 'accountId'],
        pageRequest,
      ),
    );
  }

  /** Throws `account-not-found`. */
  async get(accountId: string): Promise<AccountRow> {
    const account = await this.store.read((manager) => manager.findOneBy(Account, { accountId }));
    return account && account.removedAt === null ? account : rejectUnknownAccount(accountId);
  }

  /** Changes the name or the tier. The row is locked, so that a session taking a slot sees one tier or the other. */
  async update(principal: Principal, accountId: string, update: Schemas['AccountUpdate']): Promise<AccountRow> {
    const row = await this.store.write(async (transaction) => {
      const { manager } = transaction;
      const before = await lockAccount(transaction, accountId);
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

  /**
   * Removes an account: its keys are refused from now on, and `RemovalJob` deletes its rows. Resolves with the instant.
   * Throws `account-not-found`, and `removal-refused` for the caller's own account.
   */
  async remove(principal: Principal, accountId: string): Promise<number> {
    if (accountId === principal.accountId)
      throw new Fault('removal-refused', `The key in use belongs to the account '${accountId}'.`);
    const removedAt = await this.store.write(async (transaction) => {
      const { manager } = transaction;
      const now = this.clock.now();
      const { name } = await lockAccount(transaction, accountId);
      await manager.update(Account, { accountId }, { removedAt: now });
      await this.keys.revokeAll(transaction, accountId, now);
      await recordAuditEntry(manager, principal, { action: 'removeAccount', subject: accountId, detail: name }, now);
      return now;
    });
    this.keys.forgetAccount(accountId);
    return removedAt;
  }
}

/** Locks the account's row. Throws `account-not-found`, also for an account that was removed. */
async function lockAccount({ manager, forUpdate }: Transaction, accountId: string): Promise<AccountRow> {
  const query = manager.createQueryBuilder(Account, 'account').where('account.accountId = :accountId', { accountId });
  const row = await forUpdate(query).getOne();
  return row && row.removedAt === null ? row : rejectUnknownAccount(accountId);
}

function rejectUnknownAccount(accountId: string): never {
  throw new Fault('account-not-found', `No account '${accountId}' on this server.`);
}
