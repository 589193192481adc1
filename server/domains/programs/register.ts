import type { Transaction } from '../../platform/database/store.ts';
import { Program } from './entity.ts';

/** Makes the program unless it exists. Safe against another process that does the same: the primary key decides. */
export async function registerProgram(
  { manager }: Transaction,
  accountId: string,
  programId: string,
  now: number,
): Promise<void> {
  const row = { accountId, programId, displayName: null, createdAt: now, pausedAt: null };
  await manager.createQueryBuilder().insert().into(Program).values(row).orIgnore().execute();
}
