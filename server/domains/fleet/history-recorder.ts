/**
 * Records what programs do. Once a minute it looks at all live sessions, and at those that were completed in this quarter of
 * an hour, in bounded pages. A heartbeat never waits for it, and it writes only what a quarter does not show yet: at most
 * four times per program and quarter.
 *
 * Safe with several servers: the job has a lease. When two run nevertheless, because a lease has expired, the row of the
 * program is the lock of its activity, and bits are only added, so looking twice is looking once.
 */
import { type Clock, MINUTE } from '../../platform/clock.ts';
import { placeholders } from '../../platform/database/sql.ts';
import type { Store } from '../../platform/database/store.ts';
import type { RenewLease } from '../../platform/jobs/run-in-pages.ts';
import type { Settings } from '../../platform/settings.ts';
import { couldHearFor, LIVE_STATES, livenessAt } from '../sessions/index.ts';
import { type ScannedSession, type ScanPosition, scanSessions } from './history-queries.ts';
import { addBits, startOfDay, startOfQuarter } from './history-rules.ts';
import { observeSession } from './observe-session.ts';

/** Sessions that one query reads; the programs of one transaction are at most as many. */
const PAGE_SIZE = 500;

/** By program: what it was seen doing. */
type Activities = ReadonlyMap<string, number>;

export class HistoryRecorder {
  /** The quarter that `#recorded` is about. */
  #quarter = 0;
  /** By account and program: what is known to be stored of this quarter. */
  #recorded = new Map<string, Map<string, number>>();
  #isObserved = false;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** One look at all accounts. It stops early when `renew` resolves with false. */
  async run(renew: RenewLease): Promise<void> {
    const at = livenessAt(this.clock, this.settings);
    const quarter = startOfQuarter(at.now);
    if (quarter !== this.#quarter) {
      this.#quarter = quarter;
      this.#recorded = new Map();
      this.#isObserved = false;
    }
    for (const state of [...LIVE_STATES, 'complete'] as const) {
      const since = state === 'complete' ? quarter : 0;
      for (let after: ScanPosition = { accountId: '', sessionId: '', updatedAt: since }; ; ) {
        // The clocks of other servers may be a little ahead.
        const to = at.now + MINUTE;
        const page = await this.store.read((manager) => scanSessions(manager, state, after, to, PAGE_SIZE));
        after = page.at(-1) ?? after;
        const seen = groupActivities(page, (session) => observeSession(session, at, quarter));
        for (const accountId of [...seen.keys()].sort())
          await this.#record(accountId, quarter, seen.get(accountId) ?? new Map());
        if (page.length < PAGE_SIZE) break;
        if (!(await renew())) return;
      }
    }
    // Before that, a session that nobody has heard of since an outage may be alive or not.
    if (couldHearFor(at, at.staleAfterMs)) await this.#markObserved(quarter);
  }

  async #record(accountId: string, quarter: number, seen: Activities): Promise<void> {
    const recorded = this.#recorded.get(accountId) ?? new Map<string, number>();
    const isNew = ([programId, bits]: readonly [string, number]) =>
      ((recorded.get(programId) ?? 0) | bits) !== (recorded.get(programId) ?? 0);
    const fresh = new Map([...seen].filter(isNew));
    if (fresh.size === 0) return;
    await this.#add(accountId, quarter, fresh);
    for (const [programId, bits] of fresh) recorded.set(programId, (recorded.get(programId) ?? 0) | bits);
    this.#recorded.set(accountId, recorded);
  }

  /** The lock on the programs' rows keeps a program whose rows are being deleted from getting a new one. */
  #add(accountId: string, quarter: number, seen: Activities): Promise<void> {
    const day = startOfDay(quarter);
    const ids = [...seen.keys()].sort();
    return this.store.write(async ({ selectForUpdate, manager, upsert }) => {
      const programs = await selectForUpdate<{ programId: string }>(
        `SELECT programId FROM programs
         WHERE accountId = ? AND programId IN (${placeholders(ids)}) AND removedAt IS NULL ORDER BY programId`,
        [accountId, ...ids],
      );
      const rows = await manager.query<{ programId: string; quarters: string }[]>(
        `SELECT programId, quarters FROM program_activity WHERE accountId = ? AND day = ? AND programId IN (${placeholders(ids)})`,
        [accountId, day, ...ids],
      );
      const stored = new Map(rows.map(({ programId, quarters }) => [programId, quarters]));
      upsert(
        'program_activity',
        ['accountId', 'programId', 'day'],
        programs.map(({ programId }) => ({
          accountId,
          programId,
          day,
          quarters: addBits(stored.get(programId), quarter, seen.get(programId) ?? 0),
        })),
      );
    });
  }

  async #markObserved(quarter: number): Promise<void> {
    if (this.#isObserved) return;
    const day = startOfDay(quarter);
    await this.store.write(async ({ selectForUpdate, upsert }) => {
      const [row] = await selectForUpdate<{ quarters: string }>('SELECT quarters FROM observed_days WHERE day = ?', [
        day,
      ]);
      upsert('observed_days', ['day'], [{ day, quarters: addBits(row?.quarters, quarter, 1) }]);
    });
    this.#isObserved = true;
  }
}

/** By account, and there by program: the bits of its sessions. */
function groupActivities(
  page: readonly ScannedSession[],
  observe: (session: ScannedSession) => number,
): Map<string, Map<string, number>> {
  const groups = new Map<string, Map<string, number>>();
  for (const session of page) {
    const bits = observe(session);
    if (session.programId === null || bits === 0) continue;
    const programs = groups.get(session.accountId) ?? new Map<string, number>();
    programs.set(session.programId, (programs.get(session.programId) ?? 0) | bits);
    groups.set(session.accountId, programs);
  }
  return groups;
}
