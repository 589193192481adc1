/** The changes of a single learned pattern, and the filters and order of the list. Pure functions. */
import type { components } from '../../../openapi/generated/types.ts';
import { invalidField } from '../../platform/faults.ts';
import type { PatternRow } from './entity.ts';

type Schemas = components['schemas'];

/** Counts a reinforcement; the pattern's age starts again. */
export const reinforcePattern = (
  row: PatternRow,
  { confidence }: Schemas['Reinforcement'],
  now: number,
): PatternRow => ({
  ...row,
  confidence: confidence ?? row.confidence,
  reinforcements: row.reinforcements + 1,
  lastReinforcedAt: now,
});

export const promotePattern = (row: PatternRow, { promoted = true }: Schemas['Promotion']): PatternRow => ({
  ...row,
  promoted,
});

/** Throws `invalid-request` when the status and the successor contradict each other. */
export function applyStatus(
  row: PatternRow,
  { status, supersededBy: successor }: Schemas['PatternStatusChange'],
): PatternRow {
  const supersededBy = successor ?? null;
  const problem = findSuccessorProblem(row.patternId, status, supersededBy);
  if (problem) throw invalidField('body', '/supersededBy', problem);
  return { ...row, status, supersededBy };
}

/** The error in the successor that is named for the pattern `id`; null when there is none. */
export function findSuccessorProblem(
  id: string,
  status: PatternRow['status'],
  supersededBy: string | null,
): string | null {
  if (status === 'superseded' && supersededBy === null) return 'is needed with the status superseded';
  if (status !== 'superseded' && supersededBy !== null) return 'stands only with the status superseded';
  return supersededBy === id ? 'must name another pattern' : null;
}

export interface PatternFilter {
  readonly domain: string | undefined;
  readonly minConfidence: number | undefined;
  readonly stale: boolean | undefined;
  readonly status: PatternRow['status'] | 'all';
  readonly promoted: boolean | undefined;
}

/** The columns by which a list of patterns is filtered and sorted. */
export type ListedPattern = Pick<
  PatternRow,
  'patternId' | 'domain' | 'confidence' | 'status' | 'promoted' | 'lastReinforcedAt'
>;

export const matchesFilter = (row: ListedPattern, isStale: boolean, filter: PatternFilter): boolean =>
  (filter.domain === undefined || row.domain === filter.domain) &&
  (filter.minConfidence === undefined || row.confidence >= filter.minConfidence) &&
  (filter.stale === undefined || isStale === filter.stale) &&
  (filter.status === 'all' || row.status === filter.status) &&
  (filter.promoted === undefined || row.promoted === filter.promoted);

/** Sorts by the last reinforcement, newest first, then by id. */
export const byFreshness = (
  a: Pick<ListedPattern, 'lastReinforcedAt' | 'patternId'>,
  b: Pick<ListedPattern, 'lastReinforcedAt' | 'patternId'>,
): number => b.lastReinforcedAt - a.lastReinforcedAt || (a.patternId < b.patternId ? -1 : 1);
