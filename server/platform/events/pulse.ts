/**
 * Heartbeats for those who watch. They are no events, and nothing is written for them: the last signs of life are read
 * from the sessions themselves, once for all watchers of an account.
 */
import type { EntityManager } from 'typeorm';
import { SECOND } from '../clock.ts';
import type { Store } from '../database/store.ts';
import type { SessionPulse } from './rules.ts';

/** A session and its last sign of life. */
export interface Sign {
  readonly sessionId: string;
  readonly updatedAt: number;
  readonly pulse: SessionPulse;
}

/** Reads the live sessions whose last sign of life is behind `after`, in the order of those signs; at most `limit`. */
export type ReadSigns = (
  manager: EntityManager,
  accountId: string,
  after: Pick<Sign, 'updatedAt' | 'sessionId'>,
  limit: number,
) => Promise<Sign[]>;

const PAGE = 1_000;
/** More sessions than this are told of in the next round. */
const MOST_PAGES = 20;
/** Transactions that commit late, and other servers' clocks, may be behind by so much. */
const OVERLAP_MS = 2 * SECOND;

export class Pulses {
  #since: number;
  /** What was told of the time that is looked at twice. */
  #told = new Map<string, number>();

  /** Begins with the signs of life from `now` on. */
  constructor(
    private readonly accountId: string,
    private readonly signsAfter: ReadSigns,
    now: number,
  ) {
    this.#since = now;
  }

  /** Who has given a sign of life since the last round. */
  async next(store: Store, now: number): Promise<SessionPulse[]> {
    // A clock that was set back must not silence the pulse.
    let cursor = { updatedAt: Math.min(this.#since, now) - OVERLAP_MS, sessionId: '' };
    const found: Sign[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const signs = await store.read((manager) => this.signsAfter(manager, this.accountId, cursor, PAGE));
      found.push(...signs);
      cursor = signs.at(-1) ?? cursor;
      if (signs.length < PAGE) break;
    }
    const news = found.filter(({ sessionId, updatedAt }) => this.#told.get(sessionId) !== updatedAt);
    this.#since = found.at(-1)?.updatedAt ?? Math.min(this.#since, now);
    const twice = found.filter(({ updatedAt }) => updatedAt > Math.min(this.#since, now) - OVERLAP_MS);
    this.#told = new Map(twice.map(({ sessionId, updatedAt }) => [sessionId, updatedAt]));
    return news.map(({ pulse }) => pulse);
  }
}
