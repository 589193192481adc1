/** A lease: one process at a time runs a job, and another takes over when that one dies. */
import { EntitySchema } from 'typeorm';
import { v7 as timeOrderedId } from 'uuid';
import { type Clock, MINUTE, SECOND } from '../clock.ts';
import * as column from '../database/columns.ts';
import type { Store } from '../database/store.ts';

export interface LeaseRow {
  name: string;
  holder: string;
  /** When it expires; then any process may take it. */
  until: number;
  /** When the job last completed. */
  lastRunAt: number | null;
}

export const Lease = new EntitySchema<LeaseRow>({
  name: 'Lease',
  tableName: 'leases',
  columns: {
    name: column.id({ primary: true }),
    holder: column.id(),
    until: column.timestamp(),
    lastRunAt: column.timestamp({ nullable: true }),
  },
});

/** Longer than any page of a job takes; a job renews it after each page. */
const LEASE_MS = 15 * SECOND;
/** How far the clocks of two servers may differ. A lease held for longer is from before a clock was set back. */
const MAX_CLOCK_SKEW_MS = 1 * MINUTE;

export class Leases {
  readonly #holder = timeOrderedId();

  constructor(
    private readonly store: Store,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /** Takes or renews the lease; false while another process holds it. Its row is locked, so two never get it at once. */
  acquire(name: string): Promise<boolean> {
    return this.store.write(async ({ manager, forUpdate }) => {
      const now = this.clock.now();
      const lease = { holder: this.#holder, until: now + LEASE_MS };
      const query = manager.createQueryBuilder(Lease, 'lease').where('lease.name = :name', { name });
      const row = await forUpdate(query).getOne();
      const isHeld = row !== null && row.until > now && row.until <= now + LEASE_MS + MAX_CLOCK_SKEW_MS;
      if (isHeld && row.holder !== this.#holder) return false;
      if (row) await manager.update(Lease, { name }, lease);
      else await manager.insert(Lease, { name, lastRunAt: null, ...lease });
      return true;
    });
  }

  /** Releases the lease after a completed run. */
  async release(name: string): Promise<void> {
    const now = this.clock.now();
    await this.store.write(({ manager }) =>
      manager.update(Lease, { name, holder: this.#holder }, { until: now, lastRunAt: now }),
    );
  }

  /** When the job last completed, in any process; null when it never did. */
  async lastRunAt(name: string): Promise<number | null> {
    return (await this.store.read((manager) => manager.findOneBy(Lease, { name })))?.lastRunAt ?? null;
  }
}
