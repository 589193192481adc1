/** A program's state as the contract shows it, judged at a moment. Decay is a way of looking: nothing is deleted. */
import type { components } from '../../openapi/generated/types.ts';
import { instant, instantOrNull } from '../clock.ts';
import type { PatternRow, StateRow } from './entity.ts';
import { isSummaryExpired, stalePatterns } from './rules.ts';
import { DEFAULTS } from './sections.ts';
import type { StoredState, WrittenState } from './service.ts';

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
    updatedAt: instantOrNull(row?.updatedAt ?? null),
  };
}

export function writtenView({ row, added, reinforced, stored }: WrittenState, now: number): Schemas['WrittenState'] {
  return {
    programId: row.programId,
    exists: true,
    version: row.version,
    sessionId: row.sessionId,
    ...sectionsView(row, now),
    updatedAt: instant(row.updatedAt),
    patternsAdded: added,
    patternsReinforced: reinforced,
    patternsStored: stored,
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

const patternView = (row: PatternRow, stale: boolean): Schemas['LearnedPattern'] => ({
  id: row.patternId,
  domain: row.domain,
  pattern: row.pattern,
  confidence: row.confidence,
  evidence: row.evidence,
  status: row.status,
  promoted: row.promoted,
  stale,
  reinforcements: row.reinforcements,
  discoveredAt: instant(row.discoveredAt),
  lastReinforcedAt: instant(row.lastReinforcedAt),
});
