/**
 * Every write of a program state goes through here. The state's row is locked first, so concurrent writes of one program run
 * one after the other and none is lost. Lock order: session, state, the account's event counter.
 */
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { requireProgram } from '../programs/index.ts';
import { requireFence } from '../sessions/index.ts';
import { Pattern, type PatternInsert, type PatternRow, type ProgramKey, State, type StateRow } from './entity.ts';
import { saveVersion } from './history.ts';
import type { WriteCause } from './history-entities.ts';
import { emptyState, MAX_PATTERNS, requireIfMatch } from './rules.ts';
import { SECTIONS } from './sections.ts';
import { buildSearchText } from './text-search.ts';
import { buildUndo, type PatternChange, toPatternImage } from './undo.ts';

/** Rows per statement. A thousand of the longest patterns would exceed the size of a packet. */
const BATCH_SIZE = 100;

/** The parts of a write that do not depend on what it changes. */
export interface WriteRequest {
  readonly owner: ProgramKey;
  readonly cause: WriteCause;
  readonly ifMatch: string | undefined;
  /** The session that the request names as its own. */
  readonly sessionId: string | undefined;
  readonly restoredVersion?: number;
  /** The operation's name in the audit; undefined when the write leaves no audit row. */
  readonly audited?: string | undefined;
}

/** The new state, whose version and pattern count `writeState` sets, and the patterns that change. */
interface WritePlan {
  readonly row: StateRow;
  readonly patterns: readonly PatternChange[];
}

/** The result of a write. */
export interface WrittenState extends WritePlan {
  readonly added: number;
  readonly reinforced: number;
}

/** Computes the change. `base` is the stored state, or an empty state of version 0. */
export type WritePlanner = (base: StateRow, manager: EntityManager, now: number) => WritePlan | Promise<WritePlan>;

/** Writes in one transaction. Throws what `requireFence` throws, `program-not-found`, `version-mismatch`, `state-full`, and what the planner throws. */
export function writeState(
  { store, clock }: { readonly store: Store; readonly clock: Clock },
  principal: Principal,
  request: WriteRequest,
  plan: WritePlanner,
): Promise<WrittenState> {
  const { owner, sessionId } = request;
  return store.write(async (transaction) => {
    const { manager } = transaction;
    await requireFence(transaction, principal, sessionId, request.cause === 'remove' ? 'query' : 'body');
    const before = await lockState(transaction, owner);
    if (!before) await requireProgram(manager, owner);
    const base = before ?? emptyState(owner);
    requireIfMatch(request.ifMatch, base.version);
    const now = clock.now();
    const { row, patterns } = await plan(base, manager, now);
    if (before && request.cause === 'write' && changesNothing(base, row, patterns)) {
      const { contextSummaryAt } = row;
      // What was written again is fresh, which is no other content.
      await manager.update(State, owner, { contextSummaryAt });
      return { row: { ...base, contextSummaryAt }, patterns, added: 0, reinforced: 0 };
    }
    const after = { ...row, version: base.version + 1, patternCount: countStoredPatterns(base, patterns) };
    // Of two concurrent first writes, the loser's insert fails on the primary key; the retry merges into the winner's state.
    if (before) await manager.update(State, owner, changedColumns(base, after));
    else await manager.insert(State, after);
    await writePatterns(manager, owner, patterns);
    await recordVersion(manager, principal, request, { base, after, patterns, now });
    if (request.audited)
      await recordAuditEntry(manager, principal, { action: request.audited, subject: owner.programId }, now);
    const data = { version: after.version, cause: request.cause };
    const event = { type: 'state.written' as const, programId: owner.programId, sessionId: sessionId ?? null, data };
    appendEvents(transaction, owner.accountId, now, [event]);
    const { patternsAdded, patternsChanged } = countChanges(patterns);
    return { row: after, patterns, added: patternsAdded, reinforced: patternsChanged };
  });
}

const lockState = ({ manager, forUpdate }: Transaction, owner: ProgramKey): Promise<StateRow | null> =>
  forUpdate(
    manager
      .createQueryBuilder(State, 'state')
      .where('state.accountId = :accountId AND state.programId = :programId', owner),
  ).getOne();

const countChanges = (patterns: readonly PatternChange[]) => ({
  patternsAdded: patterns.filter(({ before }) => !before).length,
  patternsChanged: patterns.filter(({ before, after }) => before && after).length,
  patternsRemoved: patterns.filter(({ after }) => !after).length,
});

/** The number of patterns after the write. Throws `state-full` when the write adds patterns beyond the limit. */
function countStoredPatterns({ patternCount }: StateRow, patterns: readonly PatternChange[]): number {
  const { patternsAdded, patternsRemoved } = countChanges(patterns);
  const stored = patternCount + patternsAdded - patternsRemoved;
  if (patternsAdded === 0 || stored <= MAX_PATTERNS) return stored;
  throw new Fault(
    'state-full',
    `A program keeps at most ${MAX_PATTERNS} patterns and this write would make ${stored}. Remove some first.`,
    { limit: MAX_PATTERNS, active: stored },
  );
}

const changedSections = (before: StateRow, after: StateRow) => {
  const undo = buildUndo(before, after);
  return SECTIONS.filter((section) => section in undo);
};

/** Whether a state would read as before. A pattern that is sent again is reinforced, so that is a change. */
const changesNothing = (before: StateRow, after: StateRow, patterns: readonly PatternChange[]): boolean =>
  patterns.length === 0 && before.sessionId === after.sessionId && changedSections(before, after).length === 0;

/** The columns to write. Sections can be large, so unchanged ones are left out. */
function changedColumns(before: StateRow, after: StateRow): Partial<StateRow> {
  const { version, sessionId, contextSummaryAt, patternCount, updatedAt } = after;
  const sections = changedSections(before, after).map((section) => [section, after[section]]);
  return { version, sessionId, contextSummaryAt, patternCount, updatedAt, ...Object.fromEntries(sections) };
}

async function writePatterns(
  manager: EntityManager,
  owner: ProgramKey,
  changes: readonly PatternChange[],
): Promise<void> {
  const added: PatternInsert[] = [];
  for (const { before, after } of changes) {
    if (!before && after) added.push(toInsertRow(after));
    else if (after) await manager.update(Pattern, { ...owner, patternId: after.patternId }, toInsertRow(after));
    else if (before) await manager.delete(Pattern, { ...owner, patternId: before.patternId });
  }
  for (let from = 0; from < added.length; from += BATCH_SIZE)
    await manager.insert(Pattern, added.slice(from, from + BATCH_SIZE));
}

const toInsertRow = (row: PatternRow): PatternInsert => ({ ...row, searchText: buildSearchText(row) });

async function recordVersion(
  manager: EntityManager,
  { keyId }: Principal,
  { owner, cause, sessionId, restoredVersion }: WriteRequest,
  { base, after, patterns, now }: Pick<WritePlan, 'patterns'> & { base: StateRow; after: StateRow; now: number },
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
    ...countChanges(patterns),
    undo: buildUndo(base, after),
    undoesTo: null,
    keptUntil: null,
  };
  const undos = patterns.map((change) => ({
    ...owner,
    version,
    patternId: (change.before ?? change.after)?.patternId ?? '',
    before: change.before && toPatternImage(change.before),
  }));
  await saveVersion(manager, row, undos, {
    batchSize: BATCH_SIZE,
    writtenBefore: base.version > 0 ? base.updatedAt : null,
  });
}
