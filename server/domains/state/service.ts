/** Reading and writing what a program remembers. */
import { In } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import type { Principal } from '../../platform/context.ts';
import type { Store } from '../../platform/database/store.ts';
import { instantOf } from '../../platform/instant.ts';
import { Pattern } from './entity.ts';
import { stateAt, stateNow, versionAt } from './history.ts';
import { knownVersion, look } from './look.ts';
import { requireItself } from './rights.ts';
import { discovered, reinforced, requireDistinct, type StateUpdate, written } from './rules.ts';
import type { StoredState } from './undo.ts';
import { type Planner, type WrittenState, writeState } from './write.ts';

export class StateService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /**
   * What is stored, or what was at an instant, and the instant by which it is to be judged. The reading changes nothing.
   * Throws `forbidden`, `program-not-found`, `state-version-not-found`.
   */
  async read(principal: Principal, programId: string, asOf?: string): Promise<StoredState & { judgedAt: number }> {
    const judgedAt = asOf === undefined ? this.clock.now() : instantOf('query', '/asOf', asOf);
    const tools = { store: this.store, clock: this.clock };
    const stored = await look(tools, principal, programId, 'getProgramState', async (manager, owner) => {
      const now = await stateNow(manager, owner);
      if (asOf === undefined || !now.row) return now;
      const version = await versionAt(manager, owner, now.row.version, judgedAt);
      return version === 0 ? { row: null, patterns: [] } : stateAt(manager, owner, now, version);
    });
    return { ...stored, judgedAt };
  }

  /** The version that a read would show, if the reader has it already; else null. Throws as `read` does. */
  async known(
    principal: Principal,
    programId: string,
    ifNoneMatch: string | undefined,
    asOf?: string,
  ): Promise<number | null> {
    const instant = asOf === undefined ? undefined : instantOf('query', '/asOf', asOf);
    const tools = { store: this.store, clock: this.clock };
    return knownVersion(tools, principal, programId, 'getProgramState', { ifNoneMatch, asOf: instant });
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
    requireItself(principal, programId);
    requireDistinct(update.learnedPatterns ?? []);
    const owner = { accountId: principal.accountId, programId };
    const tools = { store: this.store, clock: this.clock };
    const writing = { owner, cause: 'write' as const, ifMatch, sessionId: update.sessionId };
    return writeState(tools, principal, writing, merging(update));
  }
}

const merging =
  (update: StateUpdate): Planner =>
  async (base, manager, now) => {
    const { accountId, programId } = base;
    const row = written(base, base, update, now);
    const updates = update.learnedPatterns ?? [];
    if (updates.length === 0) return { row, patterns: [] };
    const ids = updates.map((each) => each.id);
    const known = await manager.findBy(Pattern, { accountId, programId, patternId: In(ids) });
    const byId = new Map(known.map((pattern) => [pattern.patternId, pattern]));
    const patterns = updates.map((each, index) => {
      const before = byId.get(each.id) ?? null;
      return { before, after: before ? reinforced(before, each, now) : discovered(base, each, index, now) };
    });
    return { row, patterns };
  };
