/**
 * Tells, once, that a session has become stale or stuck. Both are derived from the time, so nobody's request causes them:
 * the sweep looks for them in bounded pages and notes on the session, under its lock, what it has told.
 */
import { type Clock, MINUTE } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import type { Settings } from '../../platform/settings.ts';
import { Session, type SessionRow } from './entity.ts';
import { isStale, isStuck, LIVE_STATES, lastSeenCutoff, STUCK_STATES } from './liveness.ts';
import { toSessionEvent } from './save-session.ts';
import { findSilentSessions, type ScanPosition } from './sweep-queries.ts';

const PAGE_SIZE = 500;

interface NotificationKind {
  readonly kind: 'stale' | 'stuck';
  readonly states: readonly SessionRow['state'][];
  /** Remembers the moment since which it is so; another moment is another silence. */
  readonly notifiedColumn: 'staleNotifiedFor' | 'stuckNotifiedFor';
  readonly sinceColumn: 'updatedAt' | 'lastProgressAt';
  readonly applies: (session: SessionRow, now: number, settings: Settings) => boolean;
}

const STALE: NotificationKind = {
  kind: 'stale',
  states: LIVE_STATES,
  notifiedColumn: 'staleNotifiedFor',
  sinceColumn: 'updatedAt',
  applies: (session, now, { staleAfterMs }) => isStale(session, now, staleAfterMs),
};
const STUCK: NotificationKind = {
  kind: 'stuck',
  states: STUCK_STATES,
  notifiedColumn: 'stuckNotifiedFor',
  sinceColumn: 'lastProgressAt',
  applies: (session, now, { staleAfterMs, stuckAfterMs }) => isStuck(session, now, staleAfterMs, stuckAfterMs),
};

export class StaleNotifier {
  /** Everything silent since before this was looked at; so a run costs what became silent since the last one. */
  #scannedUntil = 0;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** One run over all accounts. It stops early when `renew` says that another process has taken over. */
  async run(renew: () => Promise<boolean>): Promise<void> {
    const silentSince = lastSeenCutoff(this.clock.now(), this.settings.staleAfterMs) - 1;
    const from = Math.min(this.#scannedUntil, silentSince);
    if (!(await this.#scan(STALE, from, silentSince, renew))) return;
    this.#scannedUntil = silentSince;
    // The clocks of other servers may be a little ahead.
    await this.#scan(STUCK, silentSince, this.clock.now() + MINUTE, renew);
  }

  /** Looks at the sessions whose last sign of life lies within; false when it was to stop. */
  async #scan(kind: NotificationKind, from: number, to: number, renew: () => Promise<boolean>): Promise<boolean> {
    for (const state of kind.states) {
      for (let after: ScanPosition = { accountId: '', sessionId: '', updatedAt: from }; ; ) {
        const page = await this.store.read((manager) => findSilentSessions(manager, state, after, to, PAGE_SIZE));
        after = page.at(-1) ?? after;
        const now = this.clock.now();
        const unnotified = page.filter(
          (row) => kind.applies(row, now, this.settings) && row[kind.notifiedColumn] !== row[kind.sinceColumn],
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

  /** Looks again under the lock: a heartbeat that landed meanwhile wins, and of two servers one tells it. */
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
      const now = this.clock.now();
      const unnotified = rows.filter(
        (row) => applies(row, now, this.settings) && row[notifiedColumn] !== row[sinceColumn],
      );
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
        now,
        unnotified.map((row) => toSessionEvent(kind, row)),
      );
    });
  }
}
