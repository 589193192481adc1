/**
 * Heartbeats for those who watch. They are not events and nothing is written for them: they are read from the sessions
 * themselves, once for all watchers of an account.
 */
import type { EntityManager } from 'typeorm';
import { SECOND } from '../clock.ts';
import type { Store } from '../database/store.ts';
import type { SessionPulse } from './rules.ts';

/** A session and its last heartbeat or update. */
export interface PulseRow {
  readonly sessionId: string;
  readonly updatedAt: number;
  readonly pulse: SessionPulse;
}

/** Reads the live sessions that were updated after `after`, in the order of their updates; at most `limit`. */
export type ReadPulses = (
  manager: EntityManager,
  accountId: string,
  after: Pick<PulseRow, 'updatedAt' | 'sessionId'>,
  limit: number,
) => Promise<PulseRow[]>;

const PAGE_SIZE = 1_000;
/** Further sessions are sent in the next round. */
const MAX_PAGES = 20;
/** How far late commits and other servers' clocks may be behind: this much is read twice. */
const OVERLAP_MS = 2 * SECOND;

export class PulseReader {
  #since: number;
  /** What was already sent of the time that is read twice, by session. */
  #sent = new Map<string, number>();

  /** Begins with heartbeats from `now` on. */
  constructor(
    private readonly accountId: string,
    private readonly readPulsesAfter: ReadPulses,
    now: number,
  ) {
    this.#since = now;
  }

  /** The heartbeats since the last round. */
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
