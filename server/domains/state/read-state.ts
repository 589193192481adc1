import type { EntityManager } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import type { Principal } from '../../platform/principal.ts';
import { recordRead } from '../audit/index.ts';
import { requireProgram } from '../programs/index.ts';
import { type ProgramKey, State } from './entity.ts';
import { getCurrentVersion, getVersionAsOf } from './history.ts';
import { requireReader } from './permissions.ts';
import { matchesIfNoneMatch } from './rules.ts';

interface StateDeps {
  readonly store: Store;
  readonly clock: Clock;
}

/**
 * Runs `work` on one snapshot of a program's state, so it never sees half of a write. A read of another program's state is
 * audited first (see `recordRead`). Throws `forbidden`, `program-not-found`.
 */
export async function readState<T>(
  deps: StateDeps,
  principal: Principal,
  programId: string,
  action: string,
  work: (manager: EntityManager, owner: ProgramKey) => Promise<T>,
): Promise<T> {
  const owner = await authorizeRead(deps, principal, programId, action);
  return deps.store.snapshot(async (manager) => {
    if (!(await manager.existsBy(State, owner))) await requireProgram(manager, owner);
    return work(manager, owner);
  });
}

/**
 * The version that a read would return, current or as of an instant, when `If-None-Match` names it; null otherwise. Authorised
 * and audited like `readState`, but reads only the version number. Throws `forbidden`, `program-not-found`, `state-version-not-found`.
 */
export async function findUnchangedVersion(
  deps: StateDeps,
  principal: Principal,
  programId: string,
  action: string,
  { ifNoneMatch, asOf }: { readonly ifNoneMatch: string | undefined; readonly asOf?: number | undefined },
): Promise<number | null> {
  if (ifNoneMatch === undefined) return null;
  const owner = await authorizeRead(deps, principal, programId, action);
  const version = await deps.store.read(async (manager) => {
    const now = await getCurrentVersion(manager, owner);
    if (now === 0) await requireProgram(manager, owner);
    return asOf === undefined ? now : getVersionAsOf(manager, owner, now, asOf, deps.clock.now());
  });
  return matchesIfNoneMatch(ifNoneMatch, version) ? version : null;
}

async function authorizeRead({ store, clock }: StateDeps, principal: Principal, programId: string, action: string) {
  requireReader(principal, programId);
  if (principal.programId !== programId) await recordRead(store, clock, principal, { action, subject: programId });
  return { accountId: principal.accountId, programId };
}
