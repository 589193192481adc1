/** Export and import of a whole program state. */
import type { components } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import type { Principal } from '../../platform/principal.ts';
import { applyDocument, parsePatterns } from './document.ts';
import { findPatterns, getCurrentState } from './history.ts';
import { requireCurator } from './permissions.ts';
import { findUnchangedVersion, readState } from './read-state.ts';
import { diffPatterns, type StoredState } from './undo.ts';
import { type WrittenState, writeState } from './write.ts';

export class StateTransferService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** The whole stored state. Throws `forbidden`, `program-not-found`. */
  export(principal: Principal, programId: string): Promise<StoredState> {
    return readState({ store: this.store, clock: this.clock }, principal, programId, 'exportState', getCurrentState);
  }

  /** The version that `export` would return when `ifNoneMatch` names it, null otherwise. Throws what `export` throws. */
  findUnchangedVersion(
    principal: Principal,
    programId: string,
    ifNoneMatch: string | undefined,
  ): Promise<number | null> {
    const deps = { store: this.store, clock: this.clock };
    return findUnchangedVersion(deps, principal, programId, 'exportState', { ifNoneMatch });
  }

  /** Imports a document. Throws `forbidden`, `invalid-request`, and what `writeState` throws. */
  async import(
    principal: Principal,
    programId: string,
    { document, mode = 'merge', sessionId }: components['schemas']['StateImport'],
    ifMatch: string | undefined,
  ): Promise<WrittenState> {
    requireCurator(principal, programId);
    const owner = { accountId: principal.accountId, programId };
    const incoming = parsePatterns(owner, document, this.clock.now());
    const request = { owner, cause: 'import' as const, ifMatch, sessionId, audited: 'importState' };
    const deps = { store: this.store, clock: this.clock };
    return writeState(deps, principal, request, async (base, manager, now) => {
      const present = await findPatterns(manager, owner);
      const after = applyDocument({ row: base, patterns: present }, document, incoming, mode, now);
      return {
        row: { ...after.row, sessionId: sessionId ?? after.row.sessionId },
        patterns: diffPatterns(present, after.patterns),
      };
    });
  }
}
