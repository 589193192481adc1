/**
 * The sweep: archives sessions that have been silent, or complete, for long enough. Each bounded page is a transaction of its
 * own, so a crash loses at most the current page and the next run continues from there.
 */
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import type { Store, Transaction } from '../../platform/database/store.ts';
import { appendEvents } from '../../platform/events/outbox.ts';
import type { Settings } from '../../platform/settings.ts';
import { Session, type SessionRow } from './entity.ts';
import { couldHearFor, getLastSeenAt, lastSeenCutoff, livenessAt, staleCutoff } from './liveness.ts';
import {
  detectMassSilence,
  isSpared,
  MassSilence,
  type MassSilenceRow,
  overlaps,
  toMassSilenceEvent,
} from './mass-silence.ts';
import { archivalReason } from './rules.ts';
import { toSessionEvent } from './save-session.ts';
import {
  type ArchivalCriteria,
  type Candidate,
  COMPLETE,
  countLive,
  findAccountsWithCandidates,
  findCandidates,
  findLastSeenTimes,
  IDLE,
  SILENT,
} from './sweep-queries.ts';
import { SessionChange, toChangeRow } from './timeline.ts';

const PAGE_SIZE = 200;

/** The name of the job's lease; readiness and metrics report when it last ran. */
export const SWEEP = 'sweep';

export class ArchivalSweep {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** One run over all accounts. It stops early when `renew` resolves with false: another process holds the lease. */
  async run(renew: () => Promise<boolean>): Promise<void> {
    if (!this.#isGracePeriodOver()) return;
    const { archiveSilentAfterMs, archiveIdleAfterMs, archiveCompleteAfterMs } = this.settings;
    for (const search of [SILENT, IDLE, COMPLETE]) {
      const at = livenessAt(this.clock, this.settings);
      const cutoff =
        search === COMPLETE
          ? at.now - archiveCompleteAfterMs
          : lastSeenCutoff(at, search === IDLE ? archiveIdleAfterMs : archiveSilentAfterMs);
      for (const accountId of await this.store.read((manager) => findAccountsWithCandidates(manager, search, cutoff))) {
        const silence = search === SILENT ? await this.#detectMassSilence(accountId) : null;
        if (!(await this.#sweepAccount(accountId, search, cutoff, silence, renew))) return;
      }
    }
  }

  /** For one stale period after an outage nothing is archived, complete sessions included: their agents may revive them. */
  #isGracePeriodOver(): boolean {
    return couldHearFor(livenessAt(this.clock, this.settings), this.settings.staleAfterMs);
  }

  async #sweepAccount(
    accountId: string,
    criteria: ArchivalCriteria,
    cutoff: number,
    silence: MassSilenceRow | null,
    renew: () => Promise<boolean>,
  ) {
    for (const state of criteria.states) {
      for (let after: Candidate | undefined; ; ) {
        const page = await this.store.read((manager) =>
          findCandidates(manager, { criteria, accountId, state, cutoff, after, limit: PAGE_SIZE }),
        );
        after = page.at(-1);
        if (!after) break;
        await this.#archive(accountId, page, silence);
        if (!(await renew())) return false;
      }
    }
    return true;
  }

  /** Archives the sessions of a page that still qualify once their rows are locked: a heartbeat that arrived meanwhile wins. */
  async #archive(accountId: string, page: readonly Candidate[], silence: MassSilenceRow | null): Promise<void> {
    await this.store.write(async (transaction) => {
      const at = livenessAt(this.clock, this.settings);
      const { now } = at;
      if (!this.#isGracePeriodOver()) return;
      const locked = await lockCandidates(transaction, accountId, page);
      const archived = locked.flatMap((row): SessionRow[] => {
        const reason = isSpared(silence, getLastSeenAt(row), now) ? null : archivalReason(row, at, this.settings);
        return reason
          ? [{ ...row, archived: true, archivedAt: now, archiveReason: reason, changes: row.changes + 1 }]
          : [];
      });
      if (archived.length === 0) return;
      await saveArchived(transaction.manager, accountId, archived, now);
      const events = archived.map((row) => toSessionEvent('archived', row));
      appendEvents(transaction, accountId, now, events);
    });
  }

  /** The account's latest mass silence, null when there was none. A new one is stored and published as an event. */
  #detectMassSilence(accountId: string): Promise<MassSilenceRow | null> {
    return this.store.write(async (transaction) => {
      const { manager } = transaction;
      const at = livenessAt(this.clock, this.settings);
      const { now } = at;
      const previous = await manager.findOneBy(MassSilence, { accountId });
      const lastSeenTimes = await findLastSeenTimes(manager, accountId, staleCutoff(at));
      const found = detectMassSilence(lastSeenTimes, await countLive(manager, accountId));
      if (!found || now >= found.sparedUntil || (previous && overlaps(previous, found))) return previous;
      const row = { accountId, ...found };
      if (previous) await manager.update(MassSilence, { accountId }, found);
      else await manager.insert(MassSilence, row);
      appendEvents(transaction, accountId, now, [toMassSilenceEvent(found)]);
      return row;
    });
  }
}

function lockCandidates(
  { manager, forUpdate }: Transaction,
  accountId: string,
  page: readonly Candidate[],
): Promise<SessionRow[]> {
  const ids = page.map((candidate) => candidate.sessionId);
  const query = manager
    .createQueryBuilder(Session, 'session')
    .where('session.accountId = :accountId AND session.sessionId IN (:...ids)', { accountId, ids })
    .orderBy('session.sessionId');
  return forUpdate(query).getMany();
}

async function saveArchived(
  manager: EntityManager,
  accountId: string,
  rows: readonly SessionRow[],
  now: number,
): Promise<void> {
  for (const reason of new Set(rows.map((row) => row.archiveReason))) {
    const ids = rows.filter((row) => row.archiveReason === reason).map((row) => row.sessionId);
    await manager
      .createQueryBuilder()
      .update(Session)
      .set({ archived: true, archivedAt: now, archiveReason: reason, changes: () => 'changes + 1' })
      .where('accountId = :accountId AND sessionId IN (:...ids)', { accountId, ids })
      .execute();
  }
  await manager.insert(
    SessionChange,
    rows.map((row) => toChangeRow('archived', row, now)),
  );
}
