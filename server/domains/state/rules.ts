/** The rules of program state. Pure functions: the caller passes the time. */
import type { components } from '../../../openapi/generated/types.ts';
import { DAY } from '../../platform/clock.ts';
import { Fault, invalidField } from '../../platform/faults.ts';
import type { PatternRow, ProgramKey, StateRow } from './entity.ts';
import { mergePatch } from './merge.ts';
import { type Decay, SECTIONS } from './sections.ts';

export type StateUpdate = Omit<components['schemas']['ProgramStateUpdate'], 'programId'>;
type PatternUpdate = components['schemas']['PatternUpdate'];

export const MAX_PATTERNS = 1_000;
const MAX_SECTION_BYTES = 256 * 1024;
const DEFAULT_CONFIDENCE = 0.5;

/** The state before its first write. */
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

/** The state after an update, whose sections merge field by field. Throws `state-full`. */
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

/** Returns the section's content. Throws `state-full` when it is larger than a section may be. */
export function requireSectionFits(section: string, content: object): object {
  if (Buffer.byteLength(JSON.stringify(content)) <= MAX_SECTION_BYTES) return content;
  throw new Fault(
    'state-full',
    `The section ${section} would grow beyond 256 kB. Remove what is no longer needed: null takes a field away.`,
  );
}

/** A new pattern. Throws `invalid-request` when a required field is missing. `index` is its place in the request. */
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

/** An existing pattern after it was written again, which also reinforces it. */
export const mergePattern = (row: PatternRow, update: PatternUpdate, now: number): PatternRow => ({
  ...row,
  domain: update.domain ?? row.domain,
  pattern: update.pattern ?? row.pattern,
  confidence: update.confidence ?? row.confidence,
  evidence: update.evidence === undefined ? row.evidence : update.evidence,
  reinforcements: row.reinforcements + 1,
  lastReinforcedAt: now,
});

/** Throws `invalid-request` when a request names a pattern twice. */
export function requireUniqueIds(patterns: readonly { readonly id: string }[], at = '/learnedPatterns'): void {
  const seen = new Set<string>();
  for (const [index, { id }] of patterns.entries()) {
    if (seen.has(id)) throw invalidField('body', `${at}/${index}/id`, `'${id}' stands in this call already`);
    seen.add(id);
  }
}

/**
 * Throws `version-mismatch` unless `If-Match` (RFC 9110, 13.1.1) names the stored version. Weak ETags never match, because the
 * comparison is strong; `*` matches every version that was written, which version 0 was not.
 */
export function requireIfMatch(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || (ifMatch === '*' ? version > 0 : namesVersion(ifMatch, version, 'strong'))) return;
  throw new Fault(
    'version-mismatch',
    `The state is at version ${version}, and If-Match has ${ifMatch.slice(0, 100)}. Read it again and repeat the change.`,
    {
      currentVersion: version,
    },
  );
}

/**
 * Whether `If-None-Match` (RFC 9110, 13.1.2) names the version, also as a weak ETag. `*` matches every version that was
 * written, which version 0 was not.
 */
export const matchesIfNoneMatch = (ifNoneMatch: string, version: number): boolean =>
  ifNoneMatch === '*' ? version > 0 : namesVersion(ifNoneMatch, version, 'weak');

/** Whether a list of entity tags has one of the version, by strong or weak comparison (RFC 9110, 8.8.3.2). */
const namesVersion = (tags: string, version: number, comparison: 'strong' | 'weak'): boolean =>
  [...tags.matchAll(/(W\/)?"([^"]*)"/g)].some(
    ([, isWeak, tag]) => tag === String(version) && (comparison === 'weak' || !isWeak),
  );

/** Whether the context summary is older than its TTL. It stays readable; it may only be out of date. */
export const isSummaryExpired = (row: StateRow, decay: Decay, now: number): boolean =>
  row.contextSummaryAt !== null && now - row.contextSummaryAt > decay.contextSummaryTTLDays * DAY;

/**
 * The ids of the stale patterns: those not reinforced for `learnedPatternMaxAge` days, and of the others the weakest beyond
 * `maxUnpromotedPatterns` (lowest confidence first, then longest without reinforcement). Promoted patterns are never stale.
 * Superseded and refuted patterns do not count towards the limit.
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
