/** Making and changing accounts. Each act and its audit row are one transaction. */
import { v7 as timeOrderedId } from 'uuid';
import type { components } from '../../../openapi/generated/types.ts';
import { recordAct } from '../audit/record.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Principal } from '../../platform/context.ts';
import { Fault } from '../../platform/faults.ts';
import { Key } from '../keys/entity.ts';
import type { KeyRing } from '../keys/key-ring.ts';
import { hashOf, keyOf, newKey } from '../../platform/secret.ts';
import { newestPage, type PageAsked } from '../../platform/database/newest-page.ts';
import type { Store } from '../../platform/database/store.ts';
import { Account, type AccountRow } from './entity.ts';

type Schemas = components['schemas'];

export class AccountService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly ring: KeyRing,
  ) {}

  /** Makes an account and its first admin key, whose secret is in this answer and nowhere else. */
  async create(principal: Principal, { name, tier = 'free' }: Schemas['AccountCreate']) {
    const parts = newKey();
    const now = this.clock.now();
    const account: AccountRow = { accountId: timeOrderedId(), name, tier, createdAt: now };
    const { accountId } = account;
    await this.store.write(async ({ manager }) => {
      await manager.insert(Account, account);
      await manager.insert(Key, {
        keyId: parts.keyId,
        accountId,
        programId: null,
        role: 'admin',
        label: 'Made with the account',
        secretHash: hashOf(parts.secret),
        createdAt: now,
        expiresAt: null,
        revokedAt: null,
        rotatedTo: null,
        lastUsedAt: null,
      });
      await recordAct(manager, principal, { action: 'createAccount', subject: accountId, detail: `tier ${tier}` }, now);
    });
    return { account, keyId: parts.keyId, key: keyOf(parts) };
  }

  /** A page of all accounts, the newest first. */
  list(asked: PageAsked) {
    return this.store.read((manager) =>
      newestPage(manager.createQueryBuilder(Account, 'account'), ['createdAt', 'accountId'], asked),
    );
  }

  /** Changes the name or the tier. The row is locked, so a session that takes a slot sees the tier before or after. */
  async update(principal: Principal, accountId: string, update: Schemas['AccountUpdate']): Promise<AccountRow> {
    const row = await this.store.write(async ({ manager, forUpdate }) => {
      const query = manager
        .createQueryBuilder(Account, 'account')
        .where('account.accountId = :accountId', { accountId });
      const before = await forUpdate(query).getOne();
      if (!before) throw new Fault('account-not-found', `No account '${accountId}' on this server.`);
      const after = { ...before, name: update.name ?? before.name, tier: update.tier ?? before.tier };
      await manager.update(Account, { accountId }, { name: after.name, tier: after.tier });
      const detail = before.tier === after.tier ? null : `tier ${before.tier} to ${after.tier}`;
      await recordAct(manager, principal, { action: 'updateAccount', subject: accountId, detail }, this.clock.now());
      return after;
    });
    this.ring.forgetAccount(accountId);
    return row;
  }
}
