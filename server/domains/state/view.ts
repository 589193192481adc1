/** Program state as the schemas of the contract. Staleness is derived at `now`; nothing is deleted. */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant } from '../../platform/clock.ts';
import { toStoredPattern } from './document.ts';
import type { PatternRow, StateRow } from './entity.ts';
import type { StateVersionRow } from './history-entities.ts';
import { isSummaryExpired, stalePatterns } from './rules.ts';
import { DEFAULTS } from './sections.ts';
import type { StoredState } from './undo.ts';
import type { WrittenState } from './write.ts';

type Schemas = components['schemas'];

export const etag = (version: number): string => `"${version}"`;

export function toStateView(programId: string, { row, patterns }: StoredState, now: number): Schemas['ProgramState'] {
  const sections = toSectionsView(row, now);
  const stale = stalePatterns(patterns, sections.decay, now);
  return {
    programId,
    exists: row !== null,
    version: row?.version ?? 0,
    sessionId: row?.sessionId ?? null,
    ...sections,
    learnedPatterns: patterns.map((pattern) => toPatternView(pattern, stale.has(pattern.patternId))),
    updatedAt: row && formatUpdatedAt(row),
  };
}

export function toWrittenStateView({ row, added, reinforced }: WrittenState, now: number): Schemas['WrittenState'] {
  return {
    programId: row.programId,
    exists: true,
    version: row.version,
    sessionId: row.sessionId,
    ...toSectionsView(row, now),
    updatedAt: formatUpdatedAt(row),
    patternsAdded: added,
    patternsReinforced: reinforced,
    patternsStored: row.patternCount,
  };
}

function toSectionsView(row: StateRow | null, now: number) {
  const decay = { ...DEFAULTS.decay, ...row?.decay };
  return {
    contextSummary: { ...DEFAULTS.contextSummary, ...row?.contextSummary },
    contextSummaryExpired: row !== null && isSummaryExpired(row, decay, now),
    config: { ...DEFAULTS.config, ...row?.config },
    baselines: { ...DEFAULTS.baselines, ...row?.baselines },
    decay,
  };
}

const formatUpdatedAt = ({ updatedAt }: StateRow): string | null => (updatedAt === 0 ? null : formatInstant(updatedAt));

export const toPatternView = (row: PatternRow, stale: boolean): Schemas['LearnedPattern'] => ({
  ...toStoredPattern(row),
  stale,
});

export const toChangedPatternView = (row: StateRow, pattern: PatternRow): Schemas['WrittenPattern'] => ({
  programId: row.programId,
  version: row.version,
  pattern: toStoredPattern(pattern),
});

export const toVersionView = (row: StateVersionRow): Schemas['StateVersion'] => ({
  version: row.version,
  at: formatInstant(row.at),
  cause: row.cause,
  restoredVersion: row.restoredVersion,
  sessionId: row.sessionId,
  keyId: row.keyId,
  sections: row.sections as Schemas['StateVersion']['sections'],
  patternsAdded: row.patternsAdded,
  patternsChanged: row.patternsChanged,
  patternsRemoved: row.patternsRemoved,
});
