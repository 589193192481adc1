/** A program's state as the contract shows it, judged at a moment. Decay is a way of looking: nothing is deleted. */
import type { components } from '../../../openapi/generated/types.ts';
import { instant } from '../../platform/clock.ts';
import { storedPatternView } from './document.ts';
import type { PatternRow, StateRow } from './entity.ts';
import type { StateVersionRow } from './history.ts';
import { isSummaryExpired, stalePatterns } from './rules.ts';
import { DEFAULTS } from './sections.ts';
import type { StoredState } from './undo.ts';
import type { WrittenState } from './write.ts';

type Schemas = components['schemas'];

export const etag = (version: number): string => `"${version}"`;

export function stateView(programId: string, { row, patterns }: StoredState, now: number): Schemas['ProgramState'] {
  const sections = sectionsView(row, now);
  const stale = stalePatterns(patterns, sections.decay, now);
  return {
    programId,
    exists: row !== null,
    version: row?.version ?? 0,
    sessionId: row?.sessionId ?? null,
    ...sections,
    learnedPatterns: patterns.map((pattern) => patternView(pattern, stale.has(pattern.patternId))),
    updatedAt: row && writtenAt(row),
  };
}

export function writtenView({ row, added, reinforced }: WrittenState, now: number): Schemas['WrittenState'] {
  return {
    programId: row.programId,
    exists: true,
    version: row.version,
    sessionId: row.sessionId,
    ...sectionsView(row, now),
    updatedAt: writtenAt(row),
    patternsAdded: added,
    patternsReinforced: reinforced,
    patternsStored: row.patternCount,
  };
}

function sectionsView(row: StateRow | null, now: number) {
  const decay = { ...DEFAULTS.decay, ...row?.decay };
  return {
    contextSummary: { ...DEFAULTS.contextSummary, ...row?.contextSummary },
    contextSummaryExpired: row !== null && isSummaryExpired(row, decay, now),
    config: { ...DEFAULTS.config, ...row?.config },
    baselines: { ...DEFAULTS.baselines, ...row?.baselines },
    decay,
  };
}

const writtenAt = ({ updatedAt }: StateRow): string | null => (updatedAt === 0 ? null : instant(updatedAt));

export const patternView = (row: PatternRow, stale: boolean): Schemas['LearnedPattern'] => ({
  ...storedPatternView(row),
  stale,
});

export const changedPatternView = (row: StateRow, pattern: PatternRow): Schemas['WrittenPattern'] => ({
  programId: row.programId,
  version: row.version,
  pattern: storedPatternView(pattern),
});

export const versionView = (row: StateVersionRow): Schemas['StateVersion'] => ({
  version: row.version,
  at: instant(row.at),
  cause: row.cause,
  restoredVersion: row.restoredVersion,
  sessionId: row.sessionId,
  keyId: row.keyId,
  sections: row.sections as Schemas['StateVersion']['sections'],
  patternsAdded: row.patternsAdded,
  patternsChanged: row.patternsChanged,
  patternsRemoved: row.patternsRemoved,
});
