/** Reads the fleet's history. */
import { type Clock, formatInstant, MINUTE, SECOND } from '../../platform/clock.ts';
import { decodeCursor, toPage } from '../../platform/cursor.ts';
import type { PageRequest } from '../../platform/database/paginate.ts';
import type { Store } from '../../platform/database/store.ts';
import type { Principal } from '../../platform/principal.ts';
import { findActivity, findObservedDays, findProgramIds, findQuestionFigures } from './history-queries.ts';
import { type HistoryRange, resolveRange, startOfDay, toPeriods } from './history-rules.ts';

export class FleetHistoryService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  /** What one page of the account's programs did in the range. */
  read(
    { accountId }: Principal,
    { range, programId, limit, cursor }: PageRequest & { range: HistoryRange; programId: string | undefined },
  ) {
    const now = this.clock.now();
    const periods = resolveRange(range, now);
    const days = { from: startOfDay(periods.from), to: startOfDay(now) };
    const after = decodeCursor(cursor)?.[1] ?? '';
    return this.store.read(async (manager) => {
      const found = await findProgramIds(manager, accountId, { programId, after, limit });
      const { page, nextCursor } = toPage(found, limit, (id) => [0, id]);
      const head = { from: formatInstant(periods.from), periodMinutes: toMinutes(periods.periodMs), nextCursor };
      if (page.length === 0) return { ...head, programs: [] };
      const observed = await findObservedDays(manager, days);
      const activity = await findActivity(manager, accountId, page, days);
      const questions = await findQuestionFigures(manager, accountId, page, periods.from);
      const programs = page.map((id) => ({
        programId: id,
        periods: toPeriods(activity.get(id) ?? new Map(), observed, periods),
        questionsAsked: questions.get(id)?.asked ?? 0,
        medianAnswerSeconds: toSeconds(questions.get(id)?.medianAnswerMs ?? null),
      }));
      return { ...head, programs };
    });
  }
}

/** The contract lists them. */
const toMinutes = (ms: number) => (ms / MINUTE) as 15 | 120 | 480;
const toSeconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / SECOND));
