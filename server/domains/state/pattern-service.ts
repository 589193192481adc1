/** Lists, searches and changes the learned patterns of a program. Every change of a pattern is a write of the state. */
import { type EntityManager, In } from 'typeorm';
import type { components, operations } from '../../../openapi/generated/types.ts';
import type { Clock } from '../../platform/clock.ts';
import { decodeCursor, toPage } from '../../platform/cursor.ts';
import type { Store } from '../../platform/database/store.ts';
import { Fault, invalidField } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import { Pattern, type PatternRow, type ProgramKey, State, type StateRow } from './entity.ts';
import type { WriteCause } from './history-entities.ts';
import { applyStatus, byFreshness, matchesFilter, promotePattern, reinforcePattern } from './pattern-rules.ts';
import { isOwnProgram, requireCurator, requireOwnProgram } from './permissions.ts';
import { readState } from './read-state.ts';
import { stalePatterns } from './rules.ts';
import { DEFAULTS } from './sections.ts';
import { matchesWords, splitWords, toIndexTerms } from './text-search.ts';
import { writeState } from './write.ts';

type Schemas = components['schemas'];
type PatternQuery = NonNullable<operations['listPatterns']['parameters']['query']>;
/** The pattern to change, and the conditions of the change. */
export interface PatternRequest {
  readonly programId: string;
  readonly patternId: string;
  readonly ifMatch: string | undefined;
  readonly sessionId: string | undefined;
}

export interface ChangedPattern {
  readonly row: StateRow;
  readonly pattern: PatternRow;
}

const LIST_COLUMNS = {
  patternId: true,
  domain: true,
  confidence: true,
  status: true,
  promoted: true,
  lastReinforcedAt: true,
};

export class PatternService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** A page of patterns, and the ids of the stale ones. All filters apply before the limit. */
  list(principal: Principal, programId: string, query: PatternQuery) {
    const { limit = 10, cursor, text, domain, minConfidence, stale, status = 'active', promoted } = query;
    const filter = { domain, minConfidence, stale, status, promoted };
    const after = decodeCursor(cursor);
    const words = text === undefined ? null : parseSearchText(text);
    const deps = { store: this.store, clock: this.clock };
    return readState(deps, principal, programId, 'listPatterns', async (manager, owner) => {
      const state = await manager.findOneBy(State, owner);
      const all = await manager.find(Pattern, { select: LIST_COLUMNS, where: owner });
      const found = words && (await this.#searchIds(manager, owner, words));
      const staleIds = stalePatterns(all, { ...DEFAULTS.decay, ...state?.decay }, this.clock.now());
      const listed = all
        .filter(
          (row) => matchesFilter(row, staleIds.has(row.patternId), filter) && (!found || found.has(row.patternId)),
        )
        .filter((row) => !after || byFreshness({ lastReinforcedAt: after[0], patternId: after[1] }, row) < 0)
        .sort(byFreshness);
      const { page, nextCursor } = toPage(listed, limit, (row) => [row.lastReinforcedAt, row.patternId]);
      const rows = await manager.findBy(Pattern, { ...owner, patternId: In(page.map((row) => row.patternId)) });
      return { rows: rows.sort(byFreshness), stale: staleIds, nextCursor };
    });
  }

  /** A pattern, and whether it is stale, which depends on the others. Throws `forbidden`, `pattern-not-found`. */
  get(principal: Principal, programId: string, patternId: string) {
    const deps = { store: this.store, clock: this.clock };
    return readState(deps, principal, programId, 'getPattern', async (manager, owner) => {
      const row = await manager.findOneBy(Pattern, { ...owner, patternId });
      if (!row) throw patternNotFound(owner, patternId);
      const state = await manager.findOneBy(State, owner);
      const all = await manager.find(Pattern, { select: LIST_COLUMNS, where: owner });
      return {
        row,
        isStale: stalePatterns(all, { ...DEFAULTS.decay, ...state?.decay }, this.clock.now()).has(patternId),
      };
    });
  }

  /** Throws `forbidden`, `pattern-not-found`, and what `writeState` throws. */
  reinforce(
    principal: Principal,
    request: PatternRequest,
    reinforcement: Schemas['Reinforcement'],
  ): Promise<ChangedPattern> {
    requireOwnProgram(principal, request.programId);
    return this.#change(principal, request, 'reinforce', (row, _manager, now) =>
      reinforcePattern(row, reinforcement, now),
    );
  }

  /** Throws `forbidden`, `pattern-not-found`, and what `writeState` throws. */
  promote(principal: Principal, request: PatternRequest, promotion: Schemas['Promotion']): Promise<ChangedPattern> {
    requireCurator(principal, request.programId);
    return this.#change(principal, request, 'promote', (row) => promotePattern(row, promotion));
  }

  /** Throws `forbidden`, `pattern-not-found`, `invalid-request` for a wrong successor, and what `writeState` throws. */
  setStatus(
    principal: Principal,
    request: PatternRequest,
    statusChange: Schemas['PatternStatusChange'],
  ): Promise<ChangedPattern> {
    requireCurator(principal, request.programId);
    return this.#change(principal, request, 'status', async (row, manager) => {
      const after = applyStatus(row, statusChange);
      const { accountId, programId, supersededBy } = after;
      if (supersededBy === null) return after;
      if (await manager.existsBy(Pattern, { accountId, programId, patternId: supersededBy })) return after;
      throw invalidField('body', '/supersededBy', `the program has no pattern '${supersededBy}'`);
    });
  }

  /** Throws `forbidden`, `pattern-not-found`, and what `writeState` throws. */
  async remove(principal: Principal, request: PatternRequest): Promise<StateRow> {
    requireCurator(principal, request.programId);
    return (await this.#write(principal, request, 'remove', () => null)).row;
  }

  async #change(
    principal: Principal,
    request: PatternRequest,
    cause: Exclude<keyof typeof OPERATIONS, 'remove'>,
    change: (row: PatternRow, manager: EntityManager, now: number) => PatternRow | Promise<PatternRow>,
  ): Promise<ChangedPattern> {
    const { row, patterns } = await this.#write(principal, request, cause, change);
    return { row, pattern: patterns[0]?.after as PatternRow };
  }

  #write(
    principal: Principal,
    { programId, patternId, ifMatch, sessionId }: PatternRequest,
    cause: keyof typeof OPERATIONS,
    change: (row: PatternRow, manager: EntityManager, now: number) => PatternRow | null | Promise<PatternRow | null>,
  ) {
    const owner = { accountId: principal.accountId, programId };
    const audited = isOwnProgram(principal, programId) ? undefined : OPERATIONS[cause];
    const writeRequest = { owner, cause, ifMatch, sessionId, audited };
    return writeState({ store: this.store, clock: this.clock }, principal, writeRequest, async (base, manager, now) => {
      const before = await manager.findOneBy(Pattern, { ...owner, patternId });
      if (!before) throw patternNotFound(owner, patternId);
      const row = { ...base, sessionId: sessionId ?? base.sessionId, updatedAt: now };
      return { row, patterns: [{ before, after: await change(before, manager, now) }] };
    });
  }

  /** The full-text index finds candidates; `matchesWords` then decides, so that every database gives the same result. */
  async #searchIds(manager: EntityManager, owner: ProgramKey, words: readonly string[]): Promise<ReadonlySet<string>> {
    const { sql, parameters } = this.store.patternSearchCondition('pattern', toIndexTerms(owner, words));
    const candidates = await manager
      .createQueryBuilder(Pattern, 'pattern')
      .where('pattern.accountId = :accountId AND pattern.programId = :programId', owner)
      .andWhere(sql, parameters)
      .getMany();
    return new Set(candidates.filter((row) => matchesWords(row, words)).map((row) => row.patternId));
  }
}

/** The operation of each cause, as the audit names it. */
const OPERATIONS = {
  reinforce: 'reinforcePattern',
  promote: 'promotePattern',
  status: 'setPatternStatus',
  remove: 'removePattern',
} as const satisfies Partial<Record<WriteCause, string>>;

const patternNotFound = ({ programId }: ProgramKey, patternId: string): Fault =>
  new Fault('pattern-not-found', `The program '${programId}' has no pattern '${patternId}'.`);

function parseSearchText(text: string): string[] {
  const words = splitWords(text);
  if (words.length === 0) throw invalidField('query', '/text', 'must have a letter or a digit');
  return words;
}
