import type { Transaction } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { AccountCaps } from '../../platform/limits/account-caps.ts';
import { Program } from './entity.ts';

/**
 * Creates the program unless it exists. Safe when another process does the same: the primary key decides. Throws
 * `program-being-removed`, `account-limit-reached`.
 */
export async function registerProgram(
  { manager }: Transaction,
  caps: AccountCaps,
  accountId: string,
  programId: string,
  now: number,
): Promise<void> {
  const existing = await manager.findOneBy(Program, { accountId, programId });
  if (existing && existing.removedAt !== null)
    throw new Fault(
      'program-being-removed',
      `The program '${programId}' was removed, and what it had is still being deleted. Use another id or wait a few minutes.`,
    );
  if (existing) return;
  await caps.require(manager, 'programs', accountId, now);
  const row = {
    accountId,
    programId,
    displayName: null,
    createdAt: now,
    pausedAt: null,
    sessionRequiredAt: null,
    removedAt: null,
  };
  await manager.createQueryBuilder().insert().into(Program).values(row).orIgnore().execute();
}
