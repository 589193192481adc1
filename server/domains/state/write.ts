/**
 * The one story of every write of a state. It locks the state's row first, so the writes of one program come one after
 * the other and each changes what the one before it has stored: none is lost. Order of locks: session, state, the
 * account's counter of events.
 */
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import type { Principal } from '../../platform/context.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { announce } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import { recordAct } from '../audit/record.ts';
import { requireProgram } from '../programs/known.ts';
import { requireNotSuperseded } from '../sessions/fence.ts';
import { Pattern, type PatternInsert, type PatternRow, State, type StateRow } from './entity.ts';
import { type Cause, keepVersion } from './history.ts';
import { MAX_PATTERNS, nothingYet, requireVersion } from './rules.ts';
import { SECTIONS } from './sections.ts';
import { imageOf, type PatternChange, undoOf } from './undo.ts';
import { searchText } from './words.ts';

/** How many rows one statement writes: a thousand of the longest patterns would be too long for one. */
const BATCH = 100;

type Owner = Pick<StateRow, 'accountId' | 'programId'>;

/** What a write is, whatever it changes. */
export interface Writing {
  readonly owner: Owner;
  readonly cause: Cause;
  readonly ifMatch: string | undefined;
  /** The session that the caller says it is. */
  readonly sessionId: string | undefined;
  readonly restoredVersion?: number;
  /** The operation, when it leaves an audit row. */
  readonly audited?: string | undefined;
}

/** The state as it is to be stored (its version and count are set here) and the patterns that change. */
interface Plan {
  readonly row: StateRow;
  readonly patterns: readonly PatternChange[];
}

/** What a write has stored. */
export interface WrittenState extends Plan {
  readonly added: number;
  readonly reinforced: number;
}

/** Works out the change. `base` is what is stored, or an empty state of version 0. */
export type Planner = (base: StateRow, manager: EntityManager, now: number) => Plan | Promise<Plan>;

/** Throws `session-superseded`, `program-not-found`, `version-mismatch`, `state-full`, and what the planner throws. */
export function writeState(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  principal: Principal,
  writing: Writing,
  plan: Planner,
): Promise<WrittenState> {
  const { owner, sessionId } = writing;
  return store.write(async (transaction) => {
    const { manager } = transaction;
    if (sessionId !== undefined) await requireNotSuperseded(transaction, owner.accountId, sessionId);
    const before = await lockedState(transaction, owner);
    if (!before) await requireProgram(manager, owner);
    const base = before ?? nothingYet(owner);
    requireVersion(writing.ifMatch, base.version);
    const now = clock.now();
    const { row, patterns } = await plan(base, manager, now);
    const after = { ...row, version: base.version + 1, patternCount: counted(base, patterns) };
    // Two first writes at once: the loser's insert fails on the primary key, and it starts again as a merge.
    if (before) await manager.update(State, owner, changedColumns(base, after));
    else await manager.insert(State, after);
    await writePatterns(manager, owner, patterns);
    await remember(manager, principal, writing, { base, after, patterns, now });
    if (writing.audited)
      await recordAct(manager, principal, { action: writing.audited, subject: owner.programId }, now);
    const data = { version: after.version, cause: writing.cause };
    const news = { kind: 'state.written' as const, programId: owner.programId, sessionId: sessionId ?? null, data };
    await announce(transaction, owner.accountId, now, [news]);
    const { patternsAdded, patternsChanged } = counts(patterns);
    return { row: after, patterns, added: patternsAdded, reinforced: patternsChanged };
  });
}

const lockedState = ({ manager, forUpdate }: Transaction, owner: Owner): Promise<StateRow | null> =>
  forUpdate(
    manager
      .createQueryBuilder(State, 'state')
      .where('state.accountId = :accountId AND state.programId = :programId', owner),
  ).getOne();

const counts = (patterns: readonly PatternChange[]) => ({
  patternsAdded: patterns.filter(({ before }) => !before).length,
  patternsChanged: patterns.filter(({ before, after }) => before && after).length,
  patternsRemoved: patterns.filter(({ after }) => !after).length,
});

/** Throws `state-full` when a write that adds patterns would leave more than there may be. */
function counted({ patternCount }: StateRow, patterns: readonly PatternChange[]): number {
  const { patternsAdded, patternsRemoved } = counts(patterns);
  const stored = patternCount + patternsAdded - patternsRemoved;
  if (patternsAdded === 0 || stored <= MAX_PATTERNS) return stored;
  throw new Fault(
    'state-full',
    `A program keeps at most ${MAX_PATTERNS} patterns and this write would make ${stored}. Remove some first.`,
    { limit: MAX_PATTERNS, active: stored },
  );
}

const changedSections = (before: StateRow, after: StateRow) => {
  const undo = undoOf(before, after);
  return SECTIONS.filter((section) => section in undo);
};

/** Sections can be large; those that stay are not written again. */
function changedColumns(before: StateRow, after: StateRow): Partial<StateRow> {
  const { version, sessionId, contextSummaryAt, patternCount, updatedAt } = after;
  const sections = changedSections(before, after).map((section) => [section, after[section]]);
  return { version, sessionId, contextSummaryAt, patternCount, updatedAt, ...Object.fromEntries(sections) };
}

async function writePatterns(manager: EntityManager, owner: Owner, changes: readonly PatternChange[]): Promise<void> {
  const added: PatternInsert[] = [];
  for (const { before, after } of changes) {
    if (!before && after) added.push(indexed(after));
    else if (after) await manager.update(Pattern, { ...owner, patternId: after.patternId }, indexed(after));
    else if (before) await manager.delete(Pattern, { ...owner, patternId: before.patternId });
  }
  for (let from = 0; from < added.length; from += BATCH) await manager.insert(Pattern, added.slice(from, from + BATCH));
}

const indexed = (row: PatternRow): PatternInsert => ({ ...row, searchText: searchText(row) });

async function remember(
  manager: EntityManager,
  { keyId }: Principal,
  { owner, cause, sessionId, restoredVersion }: Writing,
  { base, after, patterns, now }: Pick<Plan, 'patterns'> & { base: StateRow; after: StateRow; now: number },
): Promise<void> {
  const { version } = after;
  const row = {
    ...owner,
    version,
    at: now,
    cause,
    restoredVersion: restoredVersion ?? null,
    sessionId: sessionId ?? null,
    keyId,
    sections: changedSections(base, after),
    ...counts(patterns),
    undo: undoOf(base, after),
  };
  const undos = patterns.map(({ before, after: made }) => ({
    ...owner,
    version,
    patternId: (before ?? made)?.patternId ?? '',
    before: before && imageOf(before),
  }));
  await keepVersion(manager, row, undos, BATCH);
}
