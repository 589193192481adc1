/** An account: the tenant that owns everything else. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';
import type { Tier } from '../../platform/principal.ts';

export interface AccountRow {
  accountId: string;
  name: string;
  tier: Tier;
  createdAt: number;
}

export const Account = new EntitySchema<AccountRow>({
  name: 'Account',
  tableName: 'accounts',
  columns: {
    accountId: column.id({ primary: true }),
    name: column.string(),
    tier: column.shortString(),
    createdAt: column.timestamp(),
  },
});
