/** The rules of program state. Pure: each is handed the time. */
import type { components } from '../../../openapi/generated/types.ts';
import { DAY } from '../../platform/clock.ts';
import { Fault, invalidField } from '../../platform/faults.ts';
import type { PatternRow, StateRow } from './entity.ts';
import { mergePatch } from './merge.ts';
import { type Decay, SECTIONS } from './sections.ts';

export type StateUpdate = Omit<components['schemas']['ProgramStateUpdate'], 'programId'>;
type PatternUpdate = components['schemas']['PatternUpdate'];

export const MAX_PATTERNS = 1_000;
const MAX_SECTION_BYTES = 256 * 1024;
const DEFAULT_CONFIDENCE = 0.5;

type ProgramKey = Pick<StateRow, 'accountId' | 'programId'>;

/** What a state is before its first write. */
export const emptyState = ({ accountId, programId }: ProgramKey): StateRow => ({
  accountId,
  programId,
  version: 0,
  sessionId: null,
  contextSummary: {},
  contextSummaryAt: null,
  config: {},
  baselines: {},
  decay: {},
  patternCount: 0,
  updatedAt: 0,
});

/** The state after a write; its sections merge field by field. Throws `state-full`. */
export function applyStateUpdate(
  owner: ProgramKey,
  before: StateRow | null,
  update: StateUpdate,
  now: number,
): StateRow {
  const base = before ?? emptyState(owner);
  const after: StateRow = {
    ...base,
    version: base.version + 1,
    sessionId: update.sessionId ?? base.sessionId,
    contextSummaryAt: update.contextSummary ? now : base.contextSummaryAt,
    updatedAt: now,
  };
  for (const section of SECTIONS) {
    if (update[section] === undefined) continue;
    after[section] = requireSectionFits(section, mergePatch(base[section], update[section]) as object);
  }
  return after;
}

/** The section as it may be stored. Throws `state-full` when it has grown beyond what is kept. */
export function requireSectionFits(section: string, content: object): object {
  if (Buffer.byteLength(JSON.stringify(content)) <= MAX_SECTION_BYTES) return content;
  throw new Fault(
    'state-full',
    `The section ${section} would grow beyond 256 kB. Remove what is no longer needed: null takes a field away.`,
  );
}

/** A pattern that is not known yet. Throws `invalid-request` when it lacks what a new one needs. */
export function newPattern(owner: ProgramKey, update: PatternUpdate, index: number, now: number): PatternRow {
  const { id, domain, pattern } = update;
  if (domain === undefined) throw missingField(index, 'domain', id);
  if (pattern === undefined) throw missingField(index, 'pattern', id);
  return {
    accountId: owner.accountId,
    programId: owner.programId,
    patternId: id,
    domain,
    pattern,
    confidence: update.confidence ?? DEFAULT_CONFIDENCE,
    evidence: update.evidence ?? null,
    status: 'active',
    supersededBy: null,
    promoted: false,
    reinforcements: 0,
    discoveredAt: now,
    lastReinforcedAt: now,
  };
}

/** A known pattern that was written again: updated, and reinforced by it. */
export const mergePattern = (row: PatternRow, update: PatternUpdate, now: number): PatternRow => ({
  ...row,
  domain: update.domain ?? row.domain,
  pattern: update.pattern ?? row.pattern,
  confidence: update.confidence ?? row.confidence,
  evidence: update.evidence === undefined ? row.evidence : update.evidence,
  reinforcements: row.reinforcements + 1,
  lastReinforcedAt: now,
});

/** Throws `invalid-request` when one call names a pattern twice. */
export function requireUniqueIds(patterns: readonly { readonly id: string }[], at = '/learnedPatterns'): void {
  const seen = new Set<string>();
  for (const [index, { id }] of patterns.entries()) {
    if (seen.has(id)) throw invalidField('body', `${at}/${index}/id`, `'${id}' stands in this call already`);
    seen.add(id);
  }
}

/** Throws `version-mismatch` when `If-Match` (RFC 9110, 13.1.1) names another version than the stored one. */
export function requireIfMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch === `"${version}"` || (ifMatch === '*' && version > 0)) return;
  const asked = ifMatch.replaceAll('"', '');
  throw new Fault(
    'version-mismatch',
    `The state is at version ${version}, not ${asked}. Read it again and repeat the change.`,
    {
      currentVersion: version,
    },
  );
}

/**
 * Whether a reader has the version already: `If-None-Match` (RFC 9110, 13.1.2) names it, be it as a weak ETag. `*` stands
 * for every version that was written.
 */
export const matchesIfNoneMatch = (ifNoneMatch: string, version: number): boolean =>
  ifNoneMatch === '*'
    ? version > 0
    : [...ifNoneMatch.matchAll(/"([^"]*)"/g)].some(([, tag]) => tag === String(version));

/** A context summary older than its TTL may be out of date. It is still there. */
export const isSummaryExpired = (row: StateRow, decay: Decay, now: number): boolean =>
  row.contextSummaryAt !== null && now - row.contextSummaryAt > decay.contextSummaryTTLDays * DAY;

/**
 * The ids of the patterns that read stale: unreinforced for longer than `learnedPatternMaxAge` days, or, of those that
 * remain, beyond `maxUnpromotedPatterns` (the weakest confidence first, then the longest unreinforced). Promoted ones
 * never do, and those that no longer hold (superseded, refuted) take no place from the others.
 */
export function stalePatterns(patterns: readonly PatternRow[], decay: Decay, now: number): ReadonlySet<string> {
  const unpromoted = patterns.filter((row) => !row.promoted);
  const isOld = (row: PatternRow) => now - row.lastReinforcedAt > decay.learnedPatternMaxAge * DAY;
  const overLimit = unpromoted
    .filter((row) => row.status === 'active' && !isOld(row))
    .sort(byStrength)
    .slice(decay.maxUnpromotedPatterns);
  return new Set([...unpromoted.filter(isOld), ...overLimit].map((row) => row.patternId));
}

const byStrength = (a: PatternRow, b: PatternRow): number =>
  b.confidence - a.confidence || b.lastReinforcedAt - a.lastReinforcedAt || (a.patternId < b.patternId ? -1 : 1);

const missingField = (index: number, field: string, id: string): Fault =>
  invalidField(
    'body',
    `/learnedPatterns/${index}/${field}`,
    `is needed for a new pattern, and '${id}' is not known yet`,
  );
