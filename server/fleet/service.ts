/** Looking at the fleet. It changes nothing. */
import type { Clock } from '../clock.ts';
import type { Principal } from '../context.ts';
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

  /** What a program should know after a write of its session. */
  async news({ accountId }: Principal, programId: string | null) {
    if (programId === null) return { tasks: 0, messages: 0, paused: false };
    return this.store.read((manager) => programNews(manager, accountId, programId, this.clock.now()));
  }
}
