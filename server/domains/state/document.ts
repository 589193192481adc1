/**
 * A state as a document, and what a state becomes by one. Pure. A document holds what is stored and nothing else, its
 * fields in one order, so that a state that went through a document gives the same document again, to the byte.
 */
import type { components } from '../../../openapi/generated/types.ts';
import { instant, instantOrNull } from '../../platform/clock.ts';
import { invalidField } from '../../platform/faults.ts';
import { instantOf } from '../../platform/instant.ts';
import type { PatternRow, StateRow } from './entity.ts';
import { mergePatch } from './merge.ts';
import { wrongSuccessor } from './pattern-rules.ts';
import { fitting, requireDistinct } from './rules.ts';
import { SECTIONS } from './sections.ts';
import type { StoredState } from './undo.ts';

type Schemas = components['schemas'];
type Document = Schemas['StateDocument'];
type Mode = NonNullable<Schemas['StateImport']['mode']>;
type Owner = Pick<StateRow, 'accountId' | 'programId'>;

export function documentOf(programId: string, { row, patterns }: StoredState): Document {
  const section = (name: (typeof SECTIONS)[number]) => sorted(row?.[name] ?? {}) as object;
  return {
    format: 'fleetbeat-state',
    formatVersion: 1,
    programId,
    sessionId: row?.sessionId ?? null,
    contextSummary: section('contextSummary'),
    contextSummaryAt: instantOrNull(row?.contextSummaryAt ?? null),
    config: section('config'),
    baselines: section('baselines'),
    decay: section('decay'),
    updatedAt: row && row.updatedAt > 0 ? instant(row.updatedAt) : null,
    learnedPatterns: [...patterns].sort((a, b) => (a.patternId < b.patternId ? -1 : 1)).map(storedPatternView),
  };
}

export const storedPatternView = (row: PatternRow): Schemas['StoredPattern'] => ({
  id: row.patternId,
  domain: row.domain,
  pattern: row.pattern,
  confidence: row.confidence,
  evidence: row.evidence,
  status: row.status,
  supersededBy: row.supersededBy,
  promoted: row.promoted,
  reinforcements: row.reinforcements,
  discoveredAt: instant(row.discoveredAt),
  lastReinforcedAt: instant(row.lastReinforcedAt),
});

/** The same value with the fields of every object in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  // fromEntries defines own properties, so a field called __proto__ stays an ordinary field.
  return Object.fromEntries(fields.map(([name, inner]) => [name, sorted(inner)]));
}

const AT = '/document/learnedPatterns';

/** The patterns of a document. Throws `invalid-request` for what no schema can see. */
export function patternsIn({ accountId, programId }: Owner, { learnedPatterns }: Document): PatternRow[] {
  requireDistinct(learnedPatterns, AT);
  return learnedPatterns.map(({ id, discoveredAt, lastReinforcedAt, ...rest }, index) => {
    const wrong = wrongSuccessor(id, rest.status, rest.supersededBy);
    if (wrong) throw invalidField('body', `${AT}/${index}/supersededBy`, wrong);
    return {
      accountId,
      programId,
      patternId: id,
      ...rest,
      discoveredAt: instantOf('body', `${AT}/${index}/discoveredAt`, discoveredAt),
      lastReinforcedAt: instantOf('body', `${AT}/${index}/lastReinforcedAt`, lastReinforcedAt),
    };
  });
}

type Base = StoredState & { readonly row: StateRow };

/** The state after an import; where nothing was stored (version 0) it is the document's. Throws `state-full`. */
export function imported(base: Base, document: Document, given: readonly PatternRow[], mode: Mode, now: number): Base {
  const { row } = base;
  const summaryAt = momentIn(document, 'contextSummaryAt');
  const writtenAt = momentIn(document, 'updatedAt') ?? 0;
  const anew = mode === 'overwrite' || row.version === 0;
  const after: StateRow = anew
    ? { ...row, sessionId: document.sessionId, contextSummaryAt: summaryAt, updatedAt: writtenAt }
    : {
        ...row,
        contextSummaryAt: mode === 'skip' ? (row.contextSummaryAt ?? summaryAt) : later(row, summaryAt),
        updatedAt: now,
      };
  for (const section of SECTIONS) {
    const own = mergePatch({}, document[section]);
    const content = anew ? own : mode === 'skip' ? mergePatch(own, row[section]) : mergePatch(row[section], own);
    after[section] = fitting(section, content as object);
  }
  const [first, second] = mode === 'skip' ? [given, base.patterns] : [base.patterns, given];
  const byId = new Map([...(anew ? [] : first), ...(anew ? given : second)].map((each) => [each.patternId, each]));
  return { row: after, patterns: [...byId.values()] };
}

const momentIn = (document: Document, name: 'contextSummaryAt' | 'updatedAt'): number | null => {
  const text = document[name];
  return text === null ? null : instantOf('body', `/document/${name}`, text);
};

const later = ({ contextSummaryAt }: StateRow, other: number | null): number | null =>
  contextSummaryAt === null || other === null ? (contextSummaryAt ?? other) : Math.max(contextSummaryAt, other);
