/** Lists, reads, compares and restores the versions of a state. */
import type { components } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import { decodeCursor, toPage } from '../../platform/cursor.ts';
import type { Store } from '../../platform/database/store.ts';
import type { Principal } from '../../platform/principal.ts';
import type { StateRow } from './entity.ts';
import { findPatterns, findVersions, getCurrentState, getStateAtVersion } from './history.ts';
import { requireCurator } from './permissions.ts';
import { readState } from './read-state.ts';
import { diffPatterns, type StoredState } from './undo.ts';
import { type WrittenState, writeState } from './write.ts';

export class StateHistoryService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** A page of versions, the newest first. Throws `forbidden`, `program-not-found`. */
  list(principal: Principal, programId: string, { limit, cursor }: { limit: number; cursor: string | undefined }) {
    const before = decodeCursor(cursor)?.[0] ?? null;
    return readState(this.#deps, principal, programId, 'listStateVersions', async (manager, owner) =>
      toPage(await findVersions(manager, owner, { before, limit: limit + 1, now: this.clock.now() }), limit, (row) => [
        row.version,
        row.programId,
      ]),
    );
  }

  /** The state of a version. Throws `forbidden`, `program-not-found`, `state-version-not-found`. */
  get(principal: Principal, programId: string, version: number): Promise<StoredState> {
    return readState(this.#deps, principal, programId, 'getStateVersion', async (manager, owner) =>
      getStateAtVersion(manager, owner, await getCurrentState(manager, owner), version, this.clock.now()),
    );
  }

  /** Two versions of one state. Throws what `get` throws. */
  getPair(principal: Principal, programId: string, from: number, to: number): Promise<[StoredState, StoredState]> {
    return readState(this.#deps, principal, programId, 'diffState', async (manager, owner) => {
      const stored = await getCurrentState(manager, owner);
      const at = (version: number) => getStateAtVersion(manager, owner, stored, version, this.clock.now());
      return [await at(from), await at(to)];
    });
  }

  /**
   * Writes a new version with the sections and patterns of an earlier one. Throws `forbidden`, `state-version-not-found`,
   * and what `writeState` throws.
   */
  async restore(
    principal: Principal,
    programId: string,
    { version, sessionId }: components['schemas']['Restoration'],
    ifMatch: string | undefined,
  ): Promise<WrittenState> {
    requireCurator(principal, programId);
    const owner = { accountId: principal.accountId, programId };
    const audited = 'restoreState';
    const request = { owner, cause: 'restore' as const, ifMatch, sessionId, restoredVersion: version, audited };
    return writeState(this.#deps, principal, request, async (base, manager, now) => {
      const present = await findPatterns(manager, owner);
      const then = await getStateAtVersion(
        manager,
        owner,
        { row: base.version > 0 ? base : null, patterns: present },
        version,
        now,
      );
      const old = then.row as StateRow;
      const restored = { ...old, sessionId: sessionId ?? base.sessionId, updatedAt: now };
      return { row: restored, patterns: diffPatterns(present, then.patterns) };
    });
  }

  get #deps() {
    return { store: this.store, clock: this.clock };
  }
}
