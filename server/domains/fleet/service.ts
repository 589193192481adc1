/** Fleet health, mass silence, and the notices of programs. */
import { MoreThan } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import { Batcher, type BatchOutcome } from '../../platform/database/batcher.ts';
import type { Store } from '../../platform/database/store.ts';
import { REQUEST_MS } from '../../platform/database/time-limits.ts';
import { Fault } from '../../platform/faults.ts';
import type { Principal } from '../../platform/principal.ts';
import type { Settings } from '../../platform/settings.ts';
import { getDeadline } from '../../platform/with-timeout.ts';
import { recordAuditEntry } from '../audit/index.ts';
import { type LivenessContext, livenessAt, MassSilence, type MassSilenceRow } from '../sessions/index.ts';
import { findFleetStatus, findProgramNotices, type ProgramNotices } from './queries.ts';

/** Databases limit the number of values in a statement. */
const MAX_PROGRAMS_PER_QUERY = 256;
const NO_NOTICES: ProgramNotices = { tasks: 0, messages: 0, paused: false };

interface NoticesRequest {
  readonly accountId: string;
  readonly programId: string;
}

export class FleetService {
  /** Requests that arrive together share one query: heartbeats that share a commit ask at the same time. */
  readonly #noticesBatcher = new Batcher<NoticesRequest, ProgramNotices>({
    runBatch: (requests, deadline) => this.#readBatch(requests, deadline),
    failsWholeBatch: () => true,
    maxSize: MAX_PROGRAMS_PER_QUERY,
  });

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** The current status of every program of the account. */
  health({ accountId }: Principal) {
    return this.store.read((manager) => findFleetStatus(manager, accountId, this.#livenessContext()));
  }

  /** The mass silence whose sessions are exempt from archival now; null when there is none. */
  async massSilence({ accountId }: Principal): Promise<MassSilenceRow | null> {
    const row = await this.store.read((manager) => manager.findOneBy(MassSilence, { accountId }));
    return row && this.clock.now() < row.sparedUntil ? row : null;
  }

  /** Ends the exemption from archival. Throws `mass-silence-not-found`. */
  async endMassSilence(principal: Principal): Promise<void> {
    const { accountId } = principal;
    await this.store.write(async ({ manager }) => {
      const now = this.clock.now();
      const ended = await manager.update(MassSilence, { accountId, sparedUntil: MoreThan(now) }, { sparedUntil: now });
      if (!ended.affected) throw new Fault('mass-silence-not-found', 'No sessions are spared from archival now.');
      await recordAuditEntry(manager, principal, { action: 'endMassSilence', subject: null }, now);
    });
  }

  /** The notices that the answer to a session update carries. `deadline`: that of the request (`performance.now()`). */
  async getProgramNotices(
    { accountId }: Principal,
    programId: string | null,
    deadline = getDeadline(REQUEST_MS),
  ): Promise<ProgramNotices> {
    if (programId === null) return NO_NOTICES;
    const request = { accountId, programId };
    if (!this.store.inTransaction) return this.#noticesBatcher.add(request, performance.now(), deadline);
    return (await this.#readNotices(accountId, [programId])).get(programId) ?? NO_NOTICES;
  }

  async #readBatch(requests: readonly NoticesRequest[], deadline: number): Promise<BatchOutcome<ProgramNotices>[]> {
    const noticesByAccount = new Map<string, Map<string, ProgramNotices>>();
    for (const accountId of new Set(requests.map((each) => each.accountId))) {
      const own = requests.filter((each) => each.accountId === accountId);
      noticesByAccount.set(
        accountId,
        await this.#readNotices(accountId, [...new Set(own.map((each) => each.programId))], deadline),
      );
    }
    return requests.map(({ accountId, programId }) => ({
      result: noticesByAccount.get(accountId)?.get(programId) ?? NO_NOTICES,
    }));
  }

  #readNotices(
    accountId: string,
    programIds: readonly string[],
    deadline?: number,
  ): Promise<Map<string, ProgramNotices>> {
    return this.store.read(
      (manager) => findProgramNotices(manager, accountId, programIds, this.#livenessContext()),
      deadline === undefined ? {} : { deadline },
    );
  }

  #livenessContext(): LivenessContext {
    return livenessAt(this.clock, this.settings);
  }
}
