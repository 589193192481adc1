/**
 * The versions of a state. Each write stores the previous values of what it changed; an earlier version is rebuilt from the
 * current state by undoing the later writes, newest first. So history costs no more than the changes.
 */
import { type EntityManager, EntitySchema, LessThanOrEqual, MoreThan } from 'typeorm';
import * as column from '../../platform/database/columns.ts';
import { Fault } from '../../platform/faults.ts';
import { Pattern, type PatternRow, type ProgramKey, State } from './entity.ts';
import { type PatternImage, rewindState, type StateUndo, type StoredState, toPatternRow } from './undo.ts';

export type WriteCause = 'write' | 'reinforce' | 'promote' | 'status' | 'remove' | 'restore' | 'import';

export interface StateVersionRow {
  accountId: string;
  programId: string;
  version: number;
  at: number;
  cause: WriteCause;
  restoredVersion: number | null;
  /** The session that the write named. */
  sessionId: string | null;
  keyId: string;
  sections: readonly string[];
  patternsAdded: number;
  patternsChanged: number;
  patternsRemoved: number;
  undo: StateUndo;
}

export const StateVersion = new EntitySchema<StateVersionRow>({
  name: 'StateVersion',
  tableName: 'state_versions',
  columns: {
    accountId: column.id({ primary: true }),
    programId: column.id({ primary: true }),
    version: column.integer({ primary: true }),
    at: column.timestamp(),
    cause: column.shortString(),
    restoredVersion: column.integer({ nullable: true }),
    sessionId: column.id({ nullable: true }),
    keyId: column.id(),
    sections: column.json(),
    patternsAdded: column.integer(),
    patternsChanged: column.integer(),
    patternsRemoved: column.integer(),
    undo: column.json(),
  },
});

export interface PatternUndoRow {
  accountId: string;
  programId: string;
  version: number;
  patternId: string;
  /** The pattern before the write; null when there was none. */
  before: PatternImage | null;
}

export const PatternUndo = new EntitySchema<PatternUndoRow>({
  name: 'PatternUndo',
  tableName: 'pattern_undos',
  columns: {
    accountId: column.id({ primary: true }),
    programId: column.id({ primary: true }),
    version: column.integer({ primary: true }),
    patternId: column.id({ primary: true }),
    before: column.json({ nullable: true }),
  },
});

/** The newest versions, which can be read and restored. */
const MAX_VERSIONS = 100;

/** Adds a version and deletes the one beyond the limit. The caller holds the lock of the state's row. */
export async function saveVersion(
  manager: EntityManager,
  version: StateVersionRow,
  undos: readonly PatternUndoRow[],
  batchSize: number,
): Promise<void> {
  await manager.insert(StateVersion, version);
  for (let from = 0; from < undos.length; from += batchSize) {
    await manager.insert(PatternUndo, undos.slice(from, from + batchSize));
  }
  if (version.version <= MAX_VERSIONS) return;
  const { accountId, programId } = version;
  const old = { accountId, programId, version: version.version - MAX_VERSIONS };
  await manager.delete(StateVersion, old);
  await manager.delete(PatternUndo, old);
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
): Promise<StoredState> {
  if (!row || version > row.version || version <= row.version - MAX_VERSIONS)
    throw versionNotFound(row?.version ?? 0, version);
  const later = { where: { ...owner, version: MoreThan(version) }, order: { version: 'DESC' } } as const;
  const versions = await manager.find(StateVersion, later);
  const undos = await manager.find(PatternUndo, later);
  const images = undos.map(({ patternId, before }) => ({ patternId, before: before && toPatternRow(owner, before) }));
  return rewindState({ row, patterns }, version, versions, images);
}

/** The version that was current at an instant; 0 when nothing was stored yet. Throws `state-version-not-found`. */
export async function getVersionAsOf(
  manager: EntityManager,
  owner: ProgramKey,
  current: number,
  instant: number,
): Promise<number> {
  const [held] = await manager.find(StateVersion, {
    select: { version: true },
    where: { ...owner, at: LessThanOrEqual(instant) },
    order: { version: 'DESC' },
    take: 1,
  });
  if (held) return held.version;
  if (current <= MAX_VERSIONS) return 0;
  throw new Fault(
    'state-version-not-found',
    `The history no longer reaches back to then: it has the newest ${MAX_VERSIONS} versions.`,
    { currentVersion: current },
  );
}

/** A page of the versions before `before`, newest first. */
export const findVersions = (
  manager: EntityManager,
  owner: ProgramKey,
  before: number | null,
  limit: number,
): Promise<StateVersionRow[]> => {
  const query = manager
    .createQueryBuilder(StateVersion, 'state_version')
    .where('state_version.accountId = :accountId AND state_version.programId = :programId', owner)
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
      : `There is no version ${version} to read. Versions ${Math.max(1, current - MAX_VERSIONS + 1)} to ${current} are kept.`,
    { currentVersion: current },
  );
