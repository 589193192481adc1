/** Reads and writes of a whole program state. */
import { In } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import { parseInstant } from '../../platform/parse-instant.ts';
import type { Principal } from '../../platform/principal.ts';
import { Pattern } from './entity.ts';
import { getCurrentState, getStateAtVersion, getVersionAsOf } from './history.ts';
import { requireOwnProgram } from './permissions.ts';
import { findUnchangedVersion, readState } from './read-state.ts';
import { applyStateUpdate, mergePattern, newPattern, requireUniqueIds, type StateUpdate } from './rules.ts';
import type { StoredState } from './undo.ts';
import { type WritePlanner, type WrittenState, writeState } from './write.ts';

export class StateService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /**
   * The current state, or the state at the instant `asOf`, and the instant at which to judge its age. Reading changes nothing.
   * Throws `forbidden`, `program-not-found`, `state-version-not-found`.
   */
  async read(principal: Principal, programId: string, asOf?: string): Promise<StoredState & { judgedAt: number }> {
    const judgedAt = asOf === undefined ? this.clock.now() : parseInstant('query', '/asOf', asOf);
    const deps = { store: this.store, clock: this.clock };
    const stored = await readState(deps, principal, programId, 'getProgramState', async (manager, owner) => {
      const now = await getCurrentState(manager, owner);
      if (asOf === undefined || !now.row) return now;
      const version = await getVersionAsOf(manager, owner, now.row.version, judgedAt, this.clock.now());
      return version === 0
        ? { row: null, patterns: [] }
        : getStateAtVersion(manager, owner, now, version, this.clock.now());
    });
    return { ...stored, judgedAt };
  }

  /** The version that `read` would return when `ifNoneMatch` names it, null otherwise. Throws what `read` throws. */
  async findUnchangedVersion(
    principal: Principal,
    programId: string,
    ifNoneMatch: string | undefined,
    asOf?: string,
  ): Promise<number | null> {
    const instant = asOf === undefined ? undefined : parseInstant('query', '/asOf', asOf);
    const deps = { store: this.store, clock: this.clock };
    return findUnchangedVersion(deps, principal, programId, 'getProgramState', { ifNoneMatch, asOf: instant });
  }

  /**
   * Merges an update. Throws `forbidden`, `session-superseded`, `version-mismatch`, `state-full`, and `invalid-request`
   * for the patterns.
   */
  async write(
    principal: Principal,
    programId: string,
    update: StateUpdate,
    ifMatch: string | undefined,
  ): Promise<WrittenState> {
    requireOwnProgram(principal, programId);
    requireUniqueIds(update.learnedPatterns ?? []);
    const owner = { accountId: principal.accountId, programId };
    const deps = { store: this.store, clock: this.clock };
    const request = { owner, cause: 'write' as const, ifMatch, sessionId: update.sessionId };
    return writeState(deps, principal, request, planUpdate(update));
  }
}

const planUpdate =
  (update: StateUpdate): WritePlanner =>
  async (base, manager, now) => {
    const { accountId, programId } = base;
    const row = applyStateUpdate(base, base, update, now);
    const updates = update.learnedPatterns ?? [];
    if (updates.length === 0) return { row, patterns: [] };
    const ids = updates.map((each) => each.id);
    const existing = await manager.findBy(Pattern, { accountId, programId, patternId: In(ids) });
    const byId = new Map(existing.map((pattern) => [pattern.patternId, pattern]));
    const patterns = updates.map((each, index) => {
      const before = byId.get(each.id) ?? null;
      return { before, after: before ? mergePattern(before, each, now) : newPattern(base, each, index, now) };
    });
    return { row, patterns };
  };
