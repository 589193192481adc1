/** A program's whole state as one document, out and in. */
import type { components } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Principal } from '../../platform/context.ts';
import type { Store } from '../../platform/database/store.ts';
import { imported, patternsIn } from './document.ts';
import { patternsOf, stateNow } from './history.ts';
import { knownVersion, look } from './look.ts';
import { requireCurator } from './rights.ts';
import { changesBetween, type StoredState } from './undo.ts';
import { type WrittenState, writeState } from './write.ts';

export class StateTransferService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** Everything that is stored. Throws `forbidden`, `program-not-found`. */
  export(principal: Principal, programId: string): Promise<StoredState> {
    return look({ store: this.store, clock: this.clock }, principal, programId, 'exportState', stateNow);
  }

  /** The version that an export would hold, if the caller has it already; else null. Throws as `export` does. */
  known(principal: Principal, programId: string, ifNoneMatch: string | undefined): Promise<number | null> {
    const tools = { store: this.store, clock: this.clock };
    return knownVersion(tools, principal, programId, 'exportState', { ifNoneMatch });
  }

  /** Takes a document in. Throws `forbidden`, `invalid-request`, and what every write does. */
  async import(
    principal: Principal,
    programId: string,
    { document, mode = 'merge', sessionId }: components['schemas']['StateImport'],
    ifMatch: string | undefined,
  ): Promise<WrittenState> {
    requireCurator(principal, programId);
    const owner = { accountId: principal.accountId, programId };
    const given = patternsIn(owner, document);
    const writing = { owner, cause: 'import' as const, ifMatch, sessionId, audited: 'importState' };
    const tools = { store: this.store, clock: this.clock };
    return writeState(tools, principal, writing, async (base, manager, now) => {
      const present = await patternsOf(manager, owner);
      const after = imported({ row: base, patterns: present }, document, given, mode, now);
      return {
        row: { ...after.row, sessionId: sessionId ?? after.row.sessionId },
        patterns: changesBetween(present, after.patterns),
      };
    });
  }
}
