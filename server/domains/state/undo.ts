/** Taking writes back. Pure. */
import type { PatternRow, StateRow } from './entity.ts';
import { SECTIONS } from './sections.ts';

/** A state as it is stored, now or at a version; `row` is null while nothing was. */
export interface StoredState {
  readonly row: StateRow | null;
  readonly patterns: readonly PatternRow[];
}

/** One pattern before and after a write; null where there is none. Never null on both sides. */
export interface PatternChange {
  readonly before: PatternRow | null;
  readonly after: PatternRow | null;
}

type ProgramKey = Pick<StateRow, 'accountId' | 'programId'>;

/** A pattern without whose it is. */
export type PatternImage = Omit<PatternRow, keyof ProgramKey>;

const FIELDS = [...SECTIONS, 'sessionId', 'contextSummaryAt', 'updatedAt'] as const;

/** What the fields held that a write has changed. */
export type StateUndo = Partial<Pick<StateRow, (typeof FIELDS)[number]>>;

const isJsonEqual = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

export const buildUndo = (before: StateRow, after: StateRow): StateUndo =>
  Object.fromEntries(
    FIELDS.filter((field) => !isJsonEqual(before[field], after[field])).map((field) => [field, before[field]]),
  );

export const toPatternImage = (row: PatternRow): PatternImage => ({
  patternId: row.patternId,
  domain: row.domain,
  pattern: row.pattern,
  confidence: row.confidence,
  evidence: row.evidence,
  status: row.status,
  supersededBy: row.supersededBy,
  promoted: row.promoted,
  reinforcements: row.reinforcements,
  discoveredAt: row.discoveredAt,
  lastReinforcedAt: row.lastReinforcedAt,
});

export const toPatternRow = ({ accountId, programId }: ProgramKey, image: PatternImage): PatternRow => ({
  accountId,
  programId,
  ...image,
});

/** What must be written to have the patterns `after` where there are those of `before`. */
export function diffPatterns(before: readonly PatternRow[], after: readonly PatternRow[]): PatternChange[] {
  const afterById = new Map(after.map((row) => [row.patternId, row]));
  const beforeById = new Map(before.map((row) => [row.patternId, row]));
  const removed = before.filter((row) => !afterById.has(row.patternId)).map((row) => ({ before: row, after: null }));
  const written = after
    .map((row) => ({ before: beforeById.get(row.patternId) ?? null, after: row }))
    .filter((change) => !change.before || !isJsonEqual(toPatternImage(change.before), toPatternImage(change.after)));
  return [...removed, ...written];
}

/** The state of `version`: `now` with the writes after it taken back, which are handed over the newest first. */
export function rewindState(
  { row, patterns }: StoredState,
  version: number,
  writes: readonly { readonly undo: StateUndo }[],
  images: readonly { readonly patternId: string; readonly before: PatternRow | null }[],
): StoredState {
  const byId = new Map(patterns.map((pattern) => [pattern.patternId, pattern]));
  for (const { patternId, before } of images) {
    if (before) byId.set(patternId, before);
    else byId.delete(patternId);
  }
  const then = Object.assign({}, row as StateRow, ...writes.map(({ undo }) => undo)) as StateRow;
  const found = [...byId.values()].sort(
    (a, b) => a.discoveredAt - b.discoveredAt || (a.patternId < b.patternId ? -1 : 1),
  );
  return { row: { ...then, version, patternCount: found.length }, patterns: found };
}
