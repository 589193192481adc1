/** Computes and applies the undo data of writes. Pure functions. */
import type { PatternRow, ProgramKey, StateRow } from './entity.ts';
import { SECTIONS } from './sections.ts';

/** A stored state, current or at a version. `row` is null when nothing was stored. */
export interface StoredState {
  readonly row: StateRow | null;
  readonly patterns: readonly PatternRow[];
}

/** A pattern before and after a write: null before when it was added, null after when it was removed, never both. */
export interface PatternChange {
  readonly before: PatternRow | null;
  readonly after: PatternRow | null;
}

/** A pattern without its program. */
export type PatternImage = Omit<PatternRow, keyof ProgramKey>;

const FIELDS = [...SECTIONS, 'sessionId', 'contextSummaryAt', 'updatedAt'] as const;

/** The previous values of the fields that a write changed. */
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

/** The changes that turn the patterns `before` into `after`. */
export function diffPatterns(before: readonly PatternRow[], after: readonly PatternRow[]): PatternChange[] {
  const afterById = new Map(after.map((row) => [row.patternId, row]));
  const beforeById = new Map(before.map((row) => [row.patternId, row]));
  const removed = before.filter((row) => !afterById.has(row.patternId)).map((row) => ({ before: row, after: null }));
  const written = after
    .map((row) => ({ before: beforeById.get(row.patternId) ?? null, after: row }))
    .filter((change) => !change.before || !isJsonEqual(toPatternImage(change.before), toPatternImage(change.after)));
  return [...removed, ...written];
}

interface FoldableWrite<Image> {
  readonly version: number;
  readonly undo: StateUndo;
  readonly undoesTo: number | null;
  readonly images: readonly Image[];
}

/** The undo data of several writes as one: what each changed goes back to its value before the first. They come oldest first. */
export function foldWrites<Image extends { readonly patternId: string }>(
  writes: readonly FoldableWrite<Image>[],
): { readonly undo: StateUndo; readonly undoesTo: number; readonly images: readonly Image[] } {
  const [first] = writes;
  const newestFirst = writes.toReversed();
  const images = new Map(
    newestFirst.flatMap((write) => write.images.map((image) => [image.patternId, image] as const)),
  );
  return {
    undo: Object.assign({}, ...newestFirst.map(({ undo }) => undo)),
    undoesTo: first ? (first.undoesTo ?? first.version - 1) : 0,
    images: [...images.values()],
  };
}

/** Whether undoing these writes, the newest first, leads from one version to the other. */
export function leadsTo(
  version: number,
  current: number,
  writes: readonly { readonly version: number; readonly undoesTo: number | null }[],
): boolean {
  let reached = current;
  for (const write of writes) {
    if (write.version !== reached) return false;
    reached = write.undoesTo ?? write.version - 1;
  }
  return reached === version;
}

/** The state at `version`: the given state without the writes after it. `writes` and `images` come newest first. */
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
