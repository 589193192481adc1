/**
 * Export and import of a state as a document. Pure functions. A document holds only stored values, in a fixed field order, so
 * that exporting, importing and exporting again gives the same bytes.
 */
import type { components } from '../../../openapi/generated/types.ts';
import { formatInstant, formatInstantOrNull, MINUTE } from '../../platform/clock.ts';
import { invalidField } from '../../platform/faults.ts';
import { parseInstant } from '../../platform/parse-instant.ts';
import type { PatternRow, ProgramKey, StateRow } from './entity.ts';
import { mergePatch } from './merge.ts';
import { findSuccessorProblem } from './pattern-rules.ts';
import { requireSectionFits, requireUniqueIds } from './rules.ts';
import { SECTIONS } from './sections.ts';
import type { StoredState } from './undo.ts';

type Schemas = components['schemas'];
type Document = Schemas['StateDocument'];
type Mode = NonNullable<Schemas['StateImport']['mode']>;
export function toStateDocument(programId: string, { row, patterns }: StoredState): Document {
  const section = (name: (typeof SECTIONS)[number]) => sortKeys(row?.[name] ?? {}) as object;
  return {
    format: 'fleetbeat-state',
    formatVersion: 1,
    programId,
    sessionId: row?.sessionId ?? null,
    contextSummary: section('contextSummary'),
    contextSummaryAt: formatInstantOrNull(row?.contextSummaryAt ?? null),
    config: section('config'),
    baselines: section('baselines'),
    decay: section('decay'),
    updatedAt: row && row.updatedAt > 0 ? formatInstant(row.updatedAt) : null,
    learnedPatterns: [...patterns].sort((a, b) => (a.patternId < b.patternId ? -1 : 1)).map(toStoredPattern),
  };
}

export const toStoredPattern = (row: PatternRow): Schemas['StoredPattern'] => ({
  id: row.patternId,
  domain: row.domain,
  pattern: row.pattern,
  confidence: row.confidence,
  evidence: row.evidence,
  status: row.status,
  supersededBy: row.supersededBy,
  promoted: row.promoted,
  reinforcements: row.reinforcements,
  discoveredAt: formatInstant(row.discoveredAt),
  lastReinforcedAt: formatInstant(row.lastReinforcedAt),
});

/** The value with the fields of every object sorted by name. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // fromEntries defines own properties, so a field called __proto__ stays an ordinary field.
  return Object.fromEntries(fields.map(([name, inner]) => [name, sortKeys(inner)]));
}

const PATTERNS_POINTER = '/document/learnedPatterns';

/** The patterns of a document. Throws `invalid-request` for errors that the schema cannot express. */
export function parsePatterns(
  { accountId, programId }: ProgramKey,
  { learnedPatterns }: Document,
  now: number,
): PatternRow[] {
  requireUniqueIds(learnedPatterns, PATTERNS_POINTER);
  return learnedPatterns.map(({ id, discoveredAt, lastReinforcedAt, ...rest }, index) => {
    const problem = findSuccessorProblem(id, rest.status, rest.supersededBy);
    if (problem) throw invalidField('body', `${PATTERNS_POINTER}/${index}/supersededBy`, problem);
    return {
      accountId,
      programId,
      patternId: id,
      ...rest,
      discoveredAt: parsePastInstant(`${PATTERNS_POINTER}/${index}/discoveredAt`, discoveredAt, now),
      lastReinforcedAt: parsePastInstant(`${PATTERNS_POINTER}/${index}/lastReinforcedAt`, lastReinforcedAt, now),
    };
  });
}

/** What another server has exported a moment ago may be ahead of this one's clock by so much. */
const MAX_CLOCK_SKEW_MS = MINUTE;

/** Throws `invalid-request` for the future: a pattern of tomorrow would be fresher than whatever is learned until then. */
function parsePastInstant(pointer: string, text: string, now: number): number {
  const ms = parseInstant('body', pointer, text);
  if (ms > now + MAX_CLOCK_SKEW_MS) throw invalidField('body', pointer, 'must not be in the future');
  return ms;
}

type ExistingState = StoredState & { readonly row: StateRow };

/** The state after an import. It replaces an empty state (version 0) in every mode. Throws `state-full`. */
export function applyDocument(
  base: ExistingState,
  document: Document,
  incoming: readonly PatternRow[],
  mode: Mode,
  now: number,
): ExistingState {
  const { row } = base;
  const summaryAt = parseInstantField(document, 'contextSummaryAt', now);
  const writtenAt = parseInstantField(document, 'updatedAt', now) ?? 0;
  const replaces = mode === 'overwrite' || row.version === 0;
  const after: StateRow = replaces
    ? { ...row, sessionId: document.sessionId, contextSummaryAt: summaryAt, updatedAt: writtenAt }
    : {
        ...row,
        contextSummaryAt: mode === 'skip' ? (row.contextSummaryAt ?? summaryAt) : later(row, summaryAt),
        updatedAt: now,
      };
  for (const section of SECTIONS) {
    const own = mergePatch({}, document[section]);
    const content = replaces ? own : mode === 'skip' ? mergePatch(own, row[section]) : mergePatch(row[section], own);
    after[section] = requireSectionFits(section, content as object);
  }
  const [first, second] = mode === 'skip' ? [incoming, base.patterns] : [base.patterns, incoming];
  const byId = new Map(
    [...(replaces ? [] : first), ...(replaces ? incoming : second)].map((each) => [each.patternId, each]),
  );
  return { row: after, patterns: [...byId.values()] };
}

const parseInstantField = (document: Document, name: 'contextSummaryAt' | 'updatedAt', now: number): number | null => {
  const text = document[name];
  return text === null ? null : parsePastInstant(`/document/${name}`, text, now);
};

const later = ({ contextSummaryAt }: StateRow, other: number | null): number | null =>
  contextSummaryAt === null || other === null ? (contextSummaryAt ?? other) : Math.max(contextSummaryAt, other);
