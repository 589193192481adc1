/** The fleet as a whole. */
import { MoreThan } from 'typeorm';
import { recordAct } from '../audit/record.ts';
import type { Clock } from '../clock.ts';
import type { Principal } from '../context.ts';
import { Fault } from '../faults.ts';
import { MassSilence, type MassSilenceRow } from '../sessions/mass-silence.ts';
import type { Settings } from '../settings.ts';
import type { Store } from '../storage/store.ts';
import { programNews, programSigns } from './query.ts';

export class FleetService {
  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /** Every program of the account, as it is now. */
  health({ accountId }: Principal) {
    const now = this.clock.now();
    return this.store.read((manager) => programSigns(manager, accountId, now, now - this.settings.staleAfterMs));
  }

  /** The silence whose sessions are spared from archival now; null when there is none. */
  async massSilence({ accountId }: Principal): Promise<MassSilenceRow | null> {
    const row = await this.store.read((manager) => manager.findOneBy(MassSilence, { accountId }));
    return row && this.clock.now() < row.sparedUntil ? row : null;
  }

  /** Lets the sweep archive the silent again. Throws `mass-silence-not-found`. */
  async endMassSilence(principal: Principal): Promise<void> {
    const { accountId } = principal;
    await this.store.write(async ({ manager }) => {
      const now = this.clock.now();
      const ended = await manager.update(MassSilence, { accountId, sparedUntil: MoreThan(now) }, { sparedUntil: now });
      if (!ended.affected) throw new Fault('mass-silence-not-found', 'No sessions are spared from archival now.');
      await recordAct(manager, principal, { action: 'endMassSilence', subject: null }, now);
    });
  }

  /** What a program should know after a write of its session. */
  async news({ accountId }: Principal, programId: string | null) {
    if (programId === null) return { tasks: 0, messages: 0, paused: false };
    const now = this.clock.now();
    const since = now - this.settings.staleAfterMs;
    return this.store.read((manager) => programNews(manager, accountId, programId, now, since));
  }
}
