/**
 * Publishes one event when a session becomes stale or stuck. Both follow from the passing of time and not from a request, so
 * the sweep looks for them, in bounded pages, and records on the session, under its lock, which silence it has reported.
 */
import { type Clock, MINUTE } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import type { Settings } from '../../platform/settings.ts';
import { Session, type SessionRow } from './entity.ts';
import {
  couldHearFor,
  isStale,
  isStuck,
  LIVE_STATES,
  type LivenessContext,
  livenessAt,
  STUCK_STATES,
  staleCutoff,
} from './liveness.ts';
import { toSessionEvent } from './save-session.ts';
import { findSilentSessions, type ScanPosition } from './sweep-queries.ts';

/** Sessions that one query reads and one transaction updates. */
const PAGE_SIZE = 500;

interface NotificationKind {
  readonly kind: 'stale' | 'stuck';
  readonly states: readonly SessionRow['state'][];
  /** Stores the value of `sinceColumn` that was reported; another value is another silence. */
  readonly notifiedColumn: 'staleNotifiedFor' | 'stuckNotifiedFor';
  readonly sinceColumn: 'updatedAt' | 'lastProgressAt';
  readonly applies: (session: SessionRow, at: LivenessContext) => boolean;
}

const STALE: NotificationKind = {
  kind: 'stale',
  states: LIVE_STATES,
  notifiedColumn: 'staleNotifiedFor',
  sinceColumn: 'updatedAt',
  applies: isStale,
};
const STUCK: NotificationKind = {
  kind: 'stuck',
  states: STUCK_STATES,
  notifiedColumn: 'stuckNotifiedFor',
  sinceColumn: 'lastProgressAt',
  applies: isStuck,
};

export class StaleNotifier {
  /** Sessions last seen before this have been checked, so a run costs only what became silent since the last one. */
  #scannedUntil = 0;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** One run over all accounts. It stops early when `renew` resolves with false: another process holds the lease. */
  async run(renew: () => Promise<boolean>): Promise<void> {
    const at = livenessAt(this.clock, this.settings);
    const silentSince = staleCutoff(at) - 1;
    const from = Math.min(this.#scannedUntil, silentSince);
    if (!(await this.#scan(STALE, from, silentSince, renew))) return;
    this.#scannedUntil = silentSince;
    if (!couldHearFor(at, at.stuckAfterMs - 1)) return;
    // The clocks of other servers may be a little ahead.
    await this.#scan(STUCK, silentSince, at.now + MINUTE, renew);
  }

  /** Checks the sessions last seen between `from` and `to`; false when it stopped early. */
  async #scan(kind: NotificationKind, from: number, to: number, renew: () => Promise<boolean>): Promise<boolean> {
    for (const state of kind.states) {
      for (let after: ScanPosition = { accountId: '', sessionId: '', updatedAt: from }; ; ) {
        const page = await this.store.read((manager) => findSilentSessions(manager, state, after, to, PAGE_SIZE));
        after = page.at(-1) ?? after;
        const at = livenessAt(this.clock, this.settings);
        const unnotified = page.filter(
          (row) => kind.applies(row, at) && row[kind.notifiedColumn] !== row[kind.sinceColumn],
        );
        for (const accountId of [...new Set(unnotified.map((row) => row.accountId))].sort()) {
          const own = unnotified.filter((row) => row.accountId === accountId);
          await this.#notify(
            kind,
            accountId,
            own.map((row) => row.sessionId),
          );
        }
        if (page.length < PAGE_SIZE) break;
        if (!(await renew())) return false;
      }
    }
    return true;
  }

  /** Checks again under the lock: a heartbeat that arrived meanwhile wins, and only one of two servers publishes. */
  async #notify(
    { kind, notifiedColumn, sinceColumn, applies }: NotificationKind,
    accountId: string,
    sessionIds: readonly string[],
  ): Promise<void> {
    await this.store.write(async (transaction) => {
      const query = transaction.manager
        .createQueryBuilder(Session, 'session')
        .where('session.accountId = :accountId AND session.sessionId IN (:...sessionIds)', { accountId, sessionIds })
        .orderBy('session.sessionId');
      const rows = await transaction.forUpdate(query).getMany();
      const at = livenessAt(this.clock, this.settings);
      const unnotified = rows.filter((row) => applies(row, at) && row[notifiedColumn] !== row[sinceColumn]);
      if (unnotified.length === 0) return;
      await transaction.manager
        .createQueryBuilder()
        .update(Session)
        .set({ [notifiedColumn]: () => sinceColumn })
        .where('accountId = :accountId AND sessionId IN (:...ids)', {
          accountId,
          ids: unnotified.map((row) => row.sessionId),
        })
        .execute();
      appendEvents(
        transaction,
        accountId,
        at.now,
        unnotified.map((row) => toSessionEvent(kind, row)),
      );
    });
  }
}
