/**
 * Tells, once, that a session has become stale or stuck. Both are derived from the time, so nobody's request causes them:
 * the sweep looks for them in bounded pages and notes on the session, under its lock, what it has told.
 */
import { type Clock, MINUTE } from '../../platform/clock.ts';
import type { Store } from '../../platform/database/store.ts';
import { announce } from '../../platform/events/outbox.ts';
import type { Settings } from '../../platform/settings.ts';
import { Session, type SessionRow } from './entity.ts';
import { announcementOf } from './keep.ts';
import { isStale, isStuck } from './rules.ts';
import { type Quiet, quietSessions } from './sweep-query.ts';

const PAGE = 500;

interface Kind {
  readonly kind: 'stale' | 'stuck';
  readonly states: readonly SessionRow['state'][];
  /** Remembers the moment since which it is so; another moment is another silence. */
  readonly mark: 'staleTold' | 'stuckTold';
  readonly since: 'updatedAt' | 'lastProgressAt';
  readonly holds: (session: SessionRow, now: number, settings: Settings) => boolean;
}

const STALE: Kind = {
  kind: 'stale',
  states: ['working', 'blocked', 'pinned'],
  mark: 'staleTold',
  since: 'updatedAt',
  holds: (session, now, { staleAfterMs }) => isStale(session, now, staleAfterMs),
};
const STUCK: Kind = {
  kind: 'stuck',
  states: ['working'],
  mark: 'stuckTold',
  since: 'lastProgressAt',
  holds: (session, now, { staleAfterMs, stuckAfterMs }) => isStuck(session, now, staleAfterMs, stuckAfterMs),
};

export class Silence {
  /** Everything silent since before this was looked at; so a run costs what became silent since the last one. */
  #lookedUpTo = 0;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** One run over all accounts. It stops early when `renew` says that another process has taken over. */
  async run(renew: () => Promise<boolean>): Promise<void> {
    const silentSince = this.clock.now() - this.settings.staleAfterMs - 1;
    const from = Math.min(this.#lookedUpTo, silentSince);
    if (!(await this.#tell(STALE, from, silentSince, renew))) return;
    this.#lookedUpTo = silentSince;
    // The clocks of other servers may be a little ahead.
    await this.#tell(STUCK, silentSince, this.clock.now() + MINUTE, renew);
  }

  /** Looks at the sessions whose last sign of life lies within; false when it was to stop. */
  async #tell(kind: Kind, from: number, to: number, renew: () => Promise<boolean>): Promise<boolean> {
    for (const state of kind.states) {
      for (let after: Quiet = { accountId: '', sessionId: '', updatedAt: from }; ; ) {
        const page = await this.store.read((manager) => quietSessions(manager, state, after, to, PAGE));
        after = page.at(-1) ?? after;
        const now = this.clock.now();
        const untold = page.filter((row) => kind.holds(row, now, this.settings) && row[kind.mark] !== row[kind.since]);
        for (const accountId of [...new Set(untold.map((row) => row.accountId))].sort()) {
          const own = untold.filter((row) => row.accountId === accountId);
          await this.#announce(
            kind,
            accountId,
            own.map((row) => row.sessionId),
          );
        }
        if (page.length < PAGE) break;
        if (!(await renew())) return false;
      }
    }
    return true;
  }

  /** Looks again under the lock: a heartbeat that landed meanwhile wins, and of two servers one tells it. */
  async #announce({ kind, mark, since, holds }: Kind, accountId: string, sessionIds: readonly string[]): Promise<void> {
    await this.store.write(async (transaction) => {
      const query = transaction.manager
        .createQueryBuilder(Session, 'session')
        .where('session.accountId = :accountId AND session.sessionId IN (:...sessionIds)', { accountId, sessionIds })
        .orderBy('session.sessionId');
      const rows = await transaction.forUpdate(query).getMany();
      const now = this.clock.now();
      const untold = rows.filter((row) => holds(row, now, this.settings) && row[mark] !== row[since]);
      if (untold.length === 0) return;
      await transaction.manager
        .createQueryBuilder()
        .update(Session)
        .set({ [mark]: () => since })
        .where('accountId = :accountId AND sessionId IN (:...ids)', {
          accountId,
          ids: untold.map((row) => row.sessionId),
        })
        .execute();
      announce(
        transaction,
        accountId,
        now,
        untold.map((row) => announcementOf(kind, row)),
      );
    });
  }
}
