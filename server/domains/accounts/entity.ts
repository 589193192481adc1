/** An account: the tenant that owns everything else. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';
import type { Tier } from '../../platform/principal.ts';

export interface AccountRow {
  accountId: string;
  name: string;
  tier: Tier;
  createdAt: number;
  /** When an operator removed it: its keys are refused from then on, and a job deletes its rows. */
  removedAt: number | null;
}

export const Account = new EntitySchema<AccountRow>({
  name: 'Account',
  tableName: 'accounts',
  columns: {
    accountId: column.id({ primary: true }),
    name: column.string(),
    tier: column.shortString(),
    createdAt: column.timestamp(),
    removedAt: column.timestamp({ nullable: true }),
  },
});
