/**
 * Reading and writing what a program remembers. A write locks the state's row first, so writes of one program come one
 * after the other and each merges into what the one before it has stored: none is lost.
 */
import { type EntityManager, In } from 'typeorm';
import { recordAct } from '../audit/record.ts';
import type { Clock } from '../clock.ts';
import { isAdmin, type Principal } from '../context.ts';
import { Fault } from '../faults.ts';
import { Program } from '../programs/entity.ts';
import { Session } from '../sessions/entity.ts';
import type { Store, Transaction } from '../storage/store.ts';
import { Pattern, type PatternRow, State, type StateRow } from './entity.ts';
import {
  discovered,
  MAX_PATTERNS,
  reinforced,
  requireDistinct,
  requireVersion,
  type StateUpdate,
  written,
} from './rules.ts';

export interface StoredState {
  readonly row: StateRow | null;
  readonly patterns: readonly PatternRow[];
}

export interface WrittenState {
  readonly row: StateRow;
  readonly added: number;
  readonly reinforced: number;
  readonly stored: number;
}

type Owner = Pick<StateRow, 'accountId' | 'programId'>;

export class StateService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** What is stored, untouched by the reading. Throws `forbidden`, `program-not-found`. */
  async read(principal: Principal, programId: string): Promise<StoredState> {
    const mayRead = principal.role === 'auditor' || isAdmin(principal) || principal.programId === programId;
    if (!mayRead) throw new Fault('forbidden', 'A program reads its own state only; admins and auditors read any.');
    const owner = { accountId: principal.accountId, programId };
    if (principal.programId !== programId) await this.#noteForeignRead(principal, programId);
    return this.store.read(async (manager) => {
      const row = await manager.findOneBy(State, owner);
      if (!row) await requireProgram(manager, owner);
      const patterns = await manager.find(Pattern, { where: owner, order: { discoveredAt: 'ASC', patternId: 'ASC' } });
      return { row, patterns };
    });
  }

  async #noteForeignRead(principal: Principal, programId: string): Promise<void> {
    const act = { action: 'getProgramState', subject: programId };
    await this.store.write(({ manager }) => recordAct(manager, principal, act, this.clock.now()));
  }

  /** Merges an update. Throws `forbidden`, `version-mismatch`, `session-superseded`, `state-full`, and `invalid-request` for the patterns. */
  write(
    principal: Principal,
    programId: string,
    update: StateUpdate,
    ifMatch: string | undefined,
  ): Promise<WrittenState> {
    if (principal.role !== 'program' || principal.programId !== programId) {
      throw new Fault('forbidden', 'Only the program itself may write its state.');
    }
    const patterns = update.learnedPatterns ?? [];
    requireDistinct(patterns);
    const owner = { accountId: principal.accountId, programId };
    return this.store.write(async (transaction) => {
      const { manager, forUpdate } = transaction;
      if (update.sessionId !== undefined) await refuseSuperseded(transaction, owner.accountId, update.sessionId);
      const locked = manager
        .createQueryBuilder(State, 'state')
        .where('state.accountId = :accountId AND state.programId = :programId', owner);
      const before = await forUpdate(locked).getOne();
      requireVersion(ifMatch, before?.version ?? 0);
      const now = this.clock.now();
      const row = written(owner, before, update, now);
      // Two first writes at once: the loser's insert fails on the primary key, and it starts again as a merge.
      if (before) await manager.update(State, owner, row);
      else await manager.insert(State, row);
      return { row, ...(await mergePatterns(transaction, owner, patterns, now)) };
    });
  }
}

/**
 * Fencing: a process that was paused and wakes up must not write over its successor's work. The session's row is locked,
 * and before the state's, so that a handover comes either before this write or after it.
 */
async function refuseSuperseded({ manager, forUpdate }: Transaction, accountId: string, sessionId: string) {
  const locked = manager
    .createQueryBuilder(Session, 'session')
    .where('session.accountId = :accountId AND session.sessionId = :sessionId', { accountId, sessionId });
  const successor = (await forUpdate(locked).getOne())?.successor ?? null;
  if (successor === null) return;
  throw new Fault('session-superseded', `Session '${sessionId}' was taken over by '${successor}'. Stop working.`, {
    successor,
  });
}

async function mergePatterns(
  { manager }: Transaction,
  owner: Owner,
  updates: NonNullable<StateUpdate['learnedPatterns']>,
  now: number,
) {
  const ids = updates.map((update) => update.id);
  const known = ids.length > 0 ? await manager.findBy(Pattern, { ...owner, patternId: In(ids) }) : [];
  const knownById = new Map(known.map((row) => [row.patternId, row]));
  const rows = updates.map((update, index) => {
    const row = knownById.get(update.id);
    return row ? reinforced(row, update, now) : discovered(owner, update, index, now);
  });
  const fresh = rows.filter((row) => !knownById.has(row.patternId));
  const again = rows.filter((row) => knownById.has(row.patternId));
  const stored = (await manager.countBy(Pattern, owner)) + fresh.length;
  if (fresh.length > 0 && stored > MAX_PATTERNS) throw full(stored);
  if (fresh.length > 0) await manager.insert(Pattern, fresh);
  for (const row of again) await manager.update(Pattern, { ...owner, patternId: row.patternId }, row);
  return { added: fresh.length, reinforced: again.length, stored };
}

async function requireProgram(manager: EntityManager, owner: Owner): Promise<void> {
  if (await manager.existsBy(Program, owner)) return;
  throw new Fault(
    'program-not-found',
    `No program '${owner.programId}' in this account. It exists from the moment that a key is made for it.`,
  );
}

const full = (stored: number): Fault =>
  new Fault(
    'state-full',
    `A program keeps at most ${MAX_PATTERNS} patterns and this write would make ${stored}. Remove some first.`,
    {
      limit: MAX_PATTERNS,
      active: stored,
    },
  );
