import { type EntityManager, IsNull } from 'typeorm';
import { Fault } from '../../platform/faults.ts';
import { Program, type ProgramRow } from './entity.ts';

/** Throws `program-not-found` when the account has no such program. */
export async function requireProgram(
  manager: EntityManager,
  { accountId, programId }: Pick<ProgramRow, 'accountId' | 'programId'>,
): Promise<void> {
  if (await manager.existsBy(Program, { accountId, programId, removedAt: IsNull() })) return;
  throw new Fault(
    'program-not-found',
    `No program '${programId}' in this account. It exists from the moment that a key is made for it.`,
  );
}
