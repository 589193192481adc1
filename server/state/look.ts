import type { EntityManager } from 'typeorm';
import { recordLook } from '../audit/record-look.ts';
import type { Clock } from '../clock.ts';
import type { Principal } from '../context.ts';
import { requireKnownProgram } from '../programs/known.ts';
import type { Store } from '../storage/store.ts';
import { State, type StateRow } from './entity.ts';
import { requireReader } from './rights.ts';

type Owner = Pick<StateRow, 'accountId' | 'programId'>;

/**
 * Looks at a program's state as it is at one moment. Looking changes nothing, but a look at another program's is noted in
 * the audit first, once in a while. Throws `forbidden`, `program-not-found`.
 */
export async function look<T>(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  principal: Principal,
  programId: string,
  action: string,
  work: (manager: EntityManager, owner: Owner) => Promise<T>,
): Promise<T> {
  requireReader(principal, programId);
  const owner = { accountId: principal.accountId, programId };
  if (principal.programId !== programId) await recordLook(store, clock, principal, { action, subject: programId });
  return store.snapshot(async (manager) => {
    if (!(await manager.existsBy(State, owner))) await requireKnownProgram(manager, owner);
    return work(manager, owner);
  });
}
