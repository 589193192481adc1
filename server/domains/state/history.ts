/**
 * The versions of a state. Each write stores the previous values of what it changed; an earlier version is rebuilt from the
 * current state by undoing the later writes, newest first. So history costs no more than the changes.
 */
import { type EntityManager, LessThanOrEqual, MoreThan } from 'typeorm';
import { Fault } from '../../platform/faults.ts';
import { Pattern, type PatternRow, type ProgramKey, State } from './entity.ts';
import { PatternUndo, type PatternUndoRow, StateVersion, type StateVersionRow } from './history-entities.ts';
import { isKept, KEEP_DAYS, keepLastOfDay, MAX_VERSIONS, pruneVersions, startOfDay } from './prune-versions.ts';
import { leadsTo, rewindState, type StoredState, toPatternRow } from './undo.ts';

/**
 * Adds a version and removes what is no longer kept. The caller holds the lock of the state's row. `writtenBefore` is when the
 * state was written before, or earlier.
 */
export async function saveVersion(
  manager: EntityManager,
  version: StateVersionRow,
  undos: readonly PatternUndoRow[],
  { batchSize, writtenBefore }: { readonly batchSize: number; readonly writtenBefore: number | null },
): Promise<void> {
  const isFirstOfDay = writtenBefore !== null && writtenBefore < startOfDay(version.at);
  if (isFirstOfDay) await keepLastOfDay(manager, version, version.version - 1, version.at);
  await manager.insert(StateVersion, version);
  for (let from = 0; from < undos.length; from += batchSize) {
    await manager.insert(PatternUndo, undos.slice(from, from + batchSize));
  }
  await pruneVersions(manager, version, version.version, version.at, batchSize);
}

export const findPatterns = (manager: EntityManager, owner: ProgramKey): Promise<PatternRow[]> =>
  manager.find(Pattern, { where: owner, order: { discoveredAt: 'ASC', patternId: 'ASC' } });

/** The stored state. */
export async function getCurrentState(manager: EntityManager, owner: ProgramKey): Promise<StoredState> {
  return { row: await manager.findOneBy(State, owner), patterns: await findPatterns(manager, owner) };
}

/** The number of the stored version, without its content; 0 when nothing was stored yet. */
export async function getCurrentVersion(manager: EntityManager, owner: ProgramKey): Promise<number> {
  const row = await manager.findOne(State, { select: { version: true }, where: owner });
  return row?.version ?? 0;
}

/** The state at a version, rebuilt from the stored state. Throws `state-version-not-found`. */
export async function getStateAtVersion(
  manager: EntityManager,
  owner: ProgramKey,
  { row, patterns }: StoredState,
  version: number,
  now: number,
): Promise<StoredState> {
  if (!row || version > row.version || !(await isReadable(manager, owner, row.version, version, now)))
    throw versionNotFound(row?.version ?? 0, version);
  const later = { where: { ...owner, version: MoreThan(version) }, order: { version: 'DESC' } } as const;
  const versions = await manager.find(StateVersion, later);
  if (!leadsTo(version, row.version, versions)) throw versionNotFound(row.version, version);
  const undos = await manager.find(PatternUndo, later);
  const images = undos.map(({ patternId, before }) => ({ patternId, before: before && toPatternRow(owner, before) }));
  return rewindState({ row, patterns }, version, versions, images);
}

async function isReadable(
  manager: EntityManager,
  { accountId, programId }: ProgramKey,
  current: number,
  version: number,
  now: number,
): Promise<boolean> {
  if (version > current - MAX_VERSIONS) return true;
  const found = await manager.findOneBy(StateVersion, { accountId, programId, version });
  return found !== null && isKept(found, now);
}

/** The version that was current at an instant; 0 when nothing was stored yet. Throws `state-version-not-found`. */
export async function getVersionAsOf(
  manager: EntityManager,
  { accountId, programId }: ProgramKey,
  current: number,
  instant: number,
  now: number,
): Promise<number> {
  const owner = { accountId, programId };
  const [held] = await manager.find(StateVersion, {
    select: { version: true, at: true, keptUntil: true },
    where: { ...owner, at: LessThanOrEqual(instant) },
    order: { version: 'DESC' },
    take: 1,
  });
  if (!held && current <= MAX_VERSIONS) return 0;
  if (held && held.version > current - MAX_VERSIONS) return held.version;
  if (held && isKept(held, now)) {
    // Later on the same day, or before the next version, which is stored: no version between them was dropped.
    const isExact =
      startOfDay(instant) === startOfDay(held.at) ||
      (await manager.existsBy(StateVersion, { ...owner, version: held.version + 1 }));
    if (isExact) return held.version;
  }
  throw new Fault(
    'state-version-not-found',
    `The history does not say how it was then: it has the newest ${MAX_VERSIONS} versions, and of those before the last of each day for ${KEEP_DAYS} days.`,
    { currentVersion: current },
  );
}

/** A page of the versions before `before`, newest first. */
export const findVersions = async (
  manager: EntityManager,
  owner: ProgramKey,
  { before, limit, now }: { readonly before: number | null; readonly limit: number; readonly now: number },
): Promise<StateVersionRow[]> => {
  const newest = (await getCurrentVersion(manager, owner)) - MAX_VERSIONS;
  const query = manager
    .createQueryBuilder(StateVersion, 'state_version')
    .where('state_version.accountId = :accountId AND state_version.programId = :programId', owner)
    .andWhere('(state_version.version > :newest OR state_version.keptUntil > :now)', { newest, now })
    .orderBy('state_version.version', 'DESC')
    .limit(limit);
  if (before !== null) query.andWhere('state_version.version < :before', { before });
  return query.getMany();
};

const versionNotFound = (current: number, version: number): Fault =>
  new Fault(
    'state-version-not-found',
    current === 0
      ? 'Nothing was stored yet, so there is no version.'
      : `There is no version ${version} to read. Versions ${Math.max(1, current - MAX_VERSIONS + 1)} to ${current} are kept, and of those before the last of each day for ${KEEP_DAYS} days.`,
    { currentVersion: current },
  );
