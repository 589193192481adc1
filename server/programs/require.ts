import type { EntityManager } from 'typeorm';
import { Fault } from '../faults.ts';
import { Program, type ProgramRow } from './entity.ts';

/** Throws `program-not-found` unless the program exists. */
export async function requireProgram(
  manager: EntityManager,
  program: Pick<ProgramRow, 'accountId' | 'programId'>,
): Promise<void> {
  if (await manager.existsBy(Program, program)) return;
  throw new Fault(
    'program-not-found',
    `No program '${program.programId}' in this account. It exists from the moment that a key is made for it.`,
  );
}
