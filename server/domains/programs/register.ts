import type { Transaction } from '../../platform/database/store.ts';
import { Program } from './entity.ts';

/** Creates the program unless it exists. Safe when another process does the same: the primary key decides. */
export async function registerProgram(
  { manager }: Transaction,
  accountId: string,
  programId: string,
  now: number,
): Promise<void> {
  const row = { accountId, programId, displayName: null, createdAt: now, pausedAt: null };
  await manager.createQueryBuilder().insert().into(Program).values(row).orIgnore().execute();
}
