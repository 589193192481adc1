/**
 * Which versions of a state are kept: the newest, and before them the last of each day for a while. Days are those of UTC. The
 * caller of everything that writes holds the lock of the state's row.
 */
import { Between, type EntityManager, In, LessThanOrEqual } from 'typeorm';
import { DAY } from '../../platform/clock.ts';
import type { ProgramKey } from './entity.ts';
import { PatternUndo, type PatternUndoRow, StateVersion, type StateVersionRow } from './history-entities.ts';
import { foldWrites } from './undo.ts';

/** The newest versions, which are all kept. */
export const MAX_VERSIONS = 100;
/** How long the last version of a day is kept beyond them. */
export const KEEP_DAYS = 30;
/** Folding rewrites rows, so versions that are no longer kept wait until this many are. They are hidden meanwhile. */
const FOLD_SIZE = 50;

export const startOfDay = (at: number): number => at - (at % DAY);

/** Whether a version beyond the newest is kept. */
export const isKept = ({ keptUntil }: Pick<StateVersionRow, 'keptUntil'>, now: number): boolean =>
  keptUntil !== null && keptUntil > now;

/** Before the first write of a day: the version before it was the last of its day. */
export async function keepLastOfDay(
  manager: EntityManager,
  { accountId, programId }: ProgramKey,
  version: number,
  now: number,
): Promise<void> {
  await manager.query(
    `UPDATE state_versions SET keptUntil = at + ? WHERE accountId = ? AND programId = ? AND version = ? AND at < ?`,
    [KEEP_DAYS * DAY, accountId, programId, version, startOfDay(now)],
  );
}

/** Removes the versions that are no longer kept. `newest` is the one just written. */
export async function pruneVersions(
  manager: EntityManager,
  owner: ProgramKey,
  newest: number,
  now: number,
  batchSize: number,
): Promise<void> {
  const limit = newest - MAX_VERSIONS;
  if (limit < 1) return;
  const { accountId, programId } = owner;
  const beyond = await manager.find(StateVersion, {
    select: { version: true, keptUntil: true },
    where: { accountId, programId, version: LessThanOrEqual(limit) },
    order: { version: 'ASC' },
  });
  const oldestKept = beyond.find((row) => isKept(row, now))?.version ?? newest;
  // Nothing is rebuilt through what is older than the oldest that is kept.
  await deleteVersions(
    manager,
    owner,
    beyond.filter(({ version }) => version < oldestKept),
  );
  const dropped = beyond.filter((row) => row.version > oldestKept && !isKept(row, now));
  if (dropped.length >= FOLD_SIZE) await fold(manager, owner, { from: oldestKept + 1, limit, now, batchSize });
}

interface Folding {
  readonly from: number;
  /** The newest version that may be dropped. */
  readonly limit: number;
  readonly now: number;
  readonly batchSize: number;
}

/** Folds each run of dropped versions into the kept one that follows: undoing that one then undoes them all. */
async function fold(manager: EntityManager, owner: ProgramKey, { from, limit, now, batchSize }: Folding) {
  const { accountId, programId } = owner;
  const where = { accountId, programId, version: Between(from, limit + 1) };
  const versions = await manager.find(StateVersion, { where, order: { version: 'ASC' } });
  const undos = await manager.find(PatternUndo, { where });
  let run: StateVersionRow[] = [];
  for (const row of versions) {
    if (row.version <= limit && !isKept(row, now)) {
      run.push(row);
      continue;
    }
    if (run.length > 0) await foldInto(manager, row, run, undos, batchSize);
    run = [];
  }
}

async function foldInto(
  manager: EntityManager,
  target: StateVersionRow,
  run: readonly StateVersionRow[],
  undos: readonly PatternUndoRow[],
  batchSize: number,
): Promise<void> {
  const { accountId, programId, version } = target;
  const owner = { accountId, programId };
  const writes = [...run, target].map((row) => ({
    ...row,
    images: undos.filter((undo) => undo.version === row.version),
  }));
  const { undo, undoesTo, images } = foldWrites(writes);
  await deleteVersions(manager, owner, run);
  await manager.delete(PatternUndo, { ...owner, version });
  for (let at = 0; at < images.length; at += batchSize) {
    const rows = images.slice(at, at + batchSize).map((image) => ({ ...owner, ...image, version }));
    await manager.insert(PatternUndo, rows);
  }
  await manager.update(StateVersion, { ...owner, version }, { undo, undoesTo });
}

async function deleteVersions(
  manager: EntityManager,
  { accountId, programId }: ProgramKey,
  rows: readonly Pick<StateVersionRow, 'version'>[],
): Promise<void> {
  if (rows.length === 0) return;
  const where = { accountId, programId, version: In(rows.map(({ version }) => version)) };
  await manager.delete(StateVersion, where);
  await manager.delete(PatternUndo, where);
}
