/**
 * Caps on what one account may store. They protect the disk, so they may be exceeded by the requests that run at the same
 * moment; counting under a lock would make all writers of an account wait for each other.
 */
import { LRUCache } from 'lru-cache';
import type { EntityManager } from 'typeorm';
import { SECOND } from '../clock.ts';
import { Fault } from '../faults.ts';

export type CapName =
  | 'programs'
  | 'keys'
  | 'sessions'
  | 'openTasks'
  | 'unreadMessages'
  | 'openQuestions'
  | 'openInvitations';

export interface Cap {
  /** What is counted, as the problem names it. */
  readonly noun: string;
  readonly max: number;
  /** How to make room. */
  readonly advice: string;
  /** SELECT of one row for each that counts, of an account: `?` is its id, `@now` the time. Reads an index alone. */
  readonly rows: string;
}

/** While at most this share of what is free has been used since the last count, nothing is counted. */
const UNCOUNTED_SHARE = 0.1;
const UNCOUNTED_MS = 10 * SECOND;
const MAX_ENTRIES = 10_000;

export interface Addition {
  /** How many are added; 1 by default. */
  readonly adding?: number;
  /** Whether they are inserted already, within this transaction, so that a count includes them. */
  readonly inserted?: boolean;
}

export class AccountCaps {
  /** How many each account may add before it is counted again. */
  readonly #uncounted = new LRUCache<string, { left: number }>({
    max: MAX_ENTRIES,
    ttl: UNCOUNTED_MS,
    ttlResolution: 0,
  });

  constructor(private readonly caps: Readonly<Record<CapName, Cap>>) {}

  /** Throws `account-limit-reached` when the account has as many as it may have. */
  async require(
    manager: EntityManager,
    name: CapName,
    accountId: string,
    now: number,
    { adding = 1, inserted = false }: Addition = {},
  ): Promise<void> {
    const entry = `${name} ${accountId}`;
    const allowance = this.#uncounted.get(entry);
    if (allowance && allowance.left >= adding) {
      allowance.left -= adding;
      return;
    }
    const { max, noun, advice } = this.caps[name];
    const own = inserted ? adding : 0;
    const existing = (await this.#count(manager, name, accountId, now, max + own + 1)) - own;
    if (existing + adding > max) {
      throw new Fault(
        'account-limit-reached',
        `This account may have ${max} ${noun} and has ${existing >= max ? existing : `${existing}, to which ${adding} would be added`}. ${advice}`,
        { limit: max, active: Math.max(existing, 0) },
      );
    }
    this.#uncounted.set(entry, { left: Math.floor((max - existing - adding) * UNCOUNTED_SHARE) });
  }

  async #count(manager: EntityManager, name: CapName, accountId: string, now: number, limit: number): Promise<number> {
    const values: unknown[] = [];
    const select = this.caps[name].rows.replace(/\?|@now/g, (mark) => {
      values.push(mark === '?' ? accountId : now);
      return '?';
    });
    const [row] = await manager.query<{ count: number | string }[]>(
      `SELECT COUNT(*) AS count FROM (${select} LIMIT ${limit}) AS counted`,
      values,
    );
    return Number(row?.count ?? 0);
  }
}
