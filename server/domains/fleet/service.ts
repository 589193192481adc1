/** The fleet as a whole. */
import { MoreThan } from 'typeorm';
import type { Clock } from '../../platform/clock.ts';
import type { Principal } from '../../platform/context.ts';
import { Batching, type Outcome } from '../../platform/database/batching.ts';
import type { Store } from '../../platform/database/store.ts';
import { Fault } from '../../platform/faults.ts';
import type { Settings } from '../../platform/settings.ts';
import { recordAct } from '../audit/record.ts';
import { MassSilence, type MassSilenceRow } from '../sessions/mass-silence.ts';
import { type ProgramNews, programNews, programSigns } from './query.ts';

/** Values of one statement are bounded. */
const MOST_IN_A_QUERY = 256;
const NO_NEWS: ProgramNews = { tasks: 0, messages: 0, paused: false };

interface Asked {
  readonly accountId: string;
  readonly programId: string;
}

export class FleetService {
  /** Sessions that were updated together ask together: the news of all their programs are one query. */
  readonly #asked = new Batching<Asked, ProgramNews>({
    work: (asked) => this.#newsOf(asked),
    isShared: () => true,
    most: MOST_IN_A_QUERY,
  });

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
  async news({ accountId }: Principal, programId: string | null): Promise<ProgramNews> {
    if (programId === null) return NO_NEWS;
    const asked = { accountId, programId };
    if (!this.store.isTogether) return this.#asked.add(asked);
    return (await this.#read(accountId, [programId])).get(programId) ?? NO_NEWS;
  }

  async #newsOf(asked: readonly Asked[]): Promise<Outcome<ProgramNews>[]> {
    const news = new Map<string, Map<string, ProgramNews>>();
    for (const accountId of new Set(asked.map((each) => each.accountId))) {
      const own = asked.filter((each) => each.accountId === accountId);
      news.set(accountId, await this.#read(accountId, [...new Set(own.map((each) => each.programId))]));
    }
    return asked.map(({ accountId, programId }) => ({ result: news.get(accountId)?.get(programId) ?? NO_NEWS }));
  }

  #read(accountId: string, programIds: readonly string[]): Promise<Map<string, ProgramNews>> {
    const now = this.clock.now();
    const since = now - this.settings.staleAfterMs;
    return this.store.read((manager) => programNews(manager, accountId, programIds, now, since));
  }
}
