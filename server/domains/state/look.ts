import type { EntityManager } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import type { Principal } from '../../platform/context.ts';
import type { Store } from '../../platform/database/store.ts';
import { recordLook } from '../audit/record-look.ts';
import { requireProgram } from '../programs/known.ts';
import { State, type StateRow } from './entity.ts';
import { versionAt, versionNow } from './history.ts';
import { requireReader } from './rights.ts';
import { isKnown } from './rules.ts';

type Owner = Pick<StateRow, 'accountId' | 'programId'>;
interface Tools {
  readonly store: Store;
  readonly clock: Clock;
}

/**
 * Looks at a program's state as it is at one moment. Looking changes nothing, but a look at another program's is noted in
 * the audit first, once in a while. Throws `forbidden`, `program-not-found`.
 */
export async function look<T>(
  tools: Tools,
  principal: Principal,
  programId: string,
  action: string,
  work: (manager: EntityManager, owner: Owner) => Promise<T>,
): Promise<T> {
  const owner = await admitted(tools, principal, programId, action);
  return tools.store.snapshot(async (manager) => {
    if (!(await manager.existsBy(State, owner))) await requireProgram(manager, owner);
    return work(manager, owner);
  });
}

/**
 * The version that a look would show, now or as of an instant, if the looker has it already (`If-None-Match`); else null.
 * It is a look as any other, but asks for one number. Throws `forbidden`, `program-not-found`, `state-version-not-found`.
 */
export async function knownVersion(
  tools: Tools,
  principal: Principal,
  programId: string,
  action: string,
  { ifNoneMatch, asOf }: { readonly ifNoneMatch: string | undefined; readonly asOf?: number | undefined },
): Promise<number | null> {
  if (ifNoneMatch === undefined) return null;
  const owner = await admitted(tools, principal, programId, action);
  const version = await tools.store.read(async (manager) => {
    const now = await versionNow(manager, owner);
    if (now === 0) await requireProgram(manager, owner);
    return asOf === undefined ? now : versionAt(manager, owner, now, asOf);
  });
  return isKnown(ifNoneMatch, version) ? version : null;
}

async function admitted({ store, clock }: Tools, principal: Principal, programId: string, action: string) {
  requireReader(principal, programId);
  if (principal.programId !== programId) await recordLook(store, clock, principal, { action, subject: programId });
  return { accountId: principal.accountId, programId };
}
