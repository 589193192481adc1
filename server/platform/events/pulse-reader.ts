/**
 * Heartbeats for those who watch. They are no events, and nothing is written for them: the last signs of life are read
 * from the sessions themselves, once for all watchers of an account.
 */
import type { EntityManager } from 'typeorm';
import { SECOND } from '../clock.ts';
import type { Store } from '../database/store.ts';
import type { SessionPulse } from './rules.ts';

/** A session and its last sign of life. */
export interface PulseRow {
  readonly sessionId: string;
  readonly updatedAt: number;
  readonly pulse: SessionPulse;
}

/** Reads the live sessions whose last sign of life is behind `after`, in the order of those signs; at most `limit`. */
export type ReadPulses = (
  manager: EntityManager,
  accountId: string,
  after: Pick<PulseRow, 'updatedAt' | 'sessionId'>,
  limit: number,
) => Promise<PulseRow[]>;

const PAGE_SIZE = 1_000;
/** More sessions than this are told of in the next round. */
const MAX_PAGES = 20;
/** Transactions that commit late, and other servers' clocks, may be behind by so much. */
const OVERLAP_MS = 2 * SECOND;

export class PulseReader {
  #since: number;
  /** What was told of the time that is looked at twice. */
  #sent = new Map<string, number>();

  /** Begins with the signs of life from `now` on. */
  constructor(
    private readonly accountId: string,
    private readonly readPulsesAfter: ReadPulses,
    now: number,
  ) {
    this.#since = now;
  }

  /** Who has given a sign of life since the last round. */
  async readNext(store: Store, now: number): Promise<SessionPulse[]> {
    // A clock that was set back must not silence the pulse.
    let cursor = { updatedAt: Math.min(this.#since, now) - OVERLAP_MS, sessionId: '' };
    const found: PulseRow[] = [];
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const rows = await store.read((manager) => this.readPulsesAfter(manager, this.accountId, cursor, PAGE_SIZE));
      found.push(...rows);
      cursor = rows.at(-1) ?? cursor;
      if (rows.length < PAGE_SIZE) break;
    }
    const unsent = found.filter(({ sessionId, updatedAt }) => this.#sent.get(sessionId) !== updatedAt);
    this.#since = found.at(-1)?.updatedAt ?? Math.min(this.#since, now);
    const overlapping = found.filter(({ updatedAt }) => updatedAt > Math.min(this.#since, now) - OVERLAP_MS);
    this.#sent = new Map(overlapping.map(({ sessionId, updatedAt }) => [sessionId, updatedAt]));
    return unsent.map(({ pulse }) => pulse);
  }
}
