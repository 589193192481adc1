/**
 * The clock of the service: one time for all servers of a database, and since when they can hear. On MySQL it is the
 * database's time, so servers whose own clocks differ judge alike. On SQLite there is one server, and its clock is the
 * database's.
 *
 * Each server renews one shared row. A gap between two renewals is an outage: nobody could be heard, so `upSince` begins anew.
 * The row is kept in memory and believed until it should have been renewed, so no request ever reads it.
 */
import type { EntityManager } from 'typeorm';
import { type Clock, SECOND, type SystemClock, systemClock } from '../clock.ts';
import type { Store } from '../database/store.ts';
import { REQUEST_MS } from '../database/time-limits.ts';
import { UPTIME, Uptime } from './entity.ts';
import { type ClockReading, isContinuous, PauseDetector } from './pause-detector.ts';
import { TimeEstimate } from './time-estimate.ts';

const MAX_GAP_MS = 10 * SECOND;
const MIN_GAP_MS = 1 * SECOND;
const RENEWALS_PER_GAP = 5;

/** The database's time, between these two of `elapsed`, and the row; null without one. */
interface Reading {
  readonly time: number;
  readonly askedAt: number;
  readonly repliedAt: number;
  readonly upSince: number | null;
}

/** What this process knows of the shared row. */
interface Renewal extends ClockReading {
  readonly upSince: number;
}

export class ServiceClock implements Clock {
  /** A longer time between two renewals is an outage. */
  readonly #gapMs: number;
  /** The database's time; null where it is that of `system`. */
  readonly #databaseTime: TimeEstimate | null;
  readonly #pauses: PauseDetector;
  readonly #pauseListeners: (() => void)[] = [];
  #renewal: Renewal | null = null;
  #renewing: Promise<void> | null = null;
  #isStarted = false;
  /** When what this process remembers became doubtful, in monotonic time. */
  #doubtedAt = Number.NEGATIVE_INFINITY;

  private constructor(
    private readonly store: Store,
    private readonly system: SystemClock,
    staleAfterMs: number,
  ) {
    // An outage below the gap counts as silence. Agents heartbeat after two thirds of the period, so a quarter harms none.
    this.#gapMs = Math.max(MIN_GAP_MS, Math.min(MAX_GAP_MS, staleAfterMs / 4));
    this.#databaseTime = store.nowSql !== null && system === systemClock ? new TimeEstimate() : null;
    this.#pauses = new PauseDetector(
      () => this.#readClocks(),
      () => this.doubt(),
    );
  }

  /** Another clock than `systemClock` stands for the database's too. Throws `unavailable`. */
  static async open(store: Store, system: SystemClock, { staleAfterMs }: { readonly staleAfterMs: number }) {
    const clock = new ServiceClock(store, system, staleAfterMs);
    store.listenForDoubts(() => clock.doubt());
    clock.#setTime(await clock.#read());
    // Without room on its disk the database can be read only. That must not prevent the start.
    await clock.renew().catch(() => undefined);
    return clock;
  }

  get renewEveryMs(): number {
    return Math.round(this.#gapMs / RENEWALS_PER_GAP);
  }

  now(): number {
    return this.#databaseTime?.at(this.system.elapsed()) ?? this.system.now();
  }

  elapsed(): number {
    return this.system.elapsed();
  }

  upSince(): number {
    const renewal = this.#renewal;
    const isKnown = renewal !== null && (!this.#isStarted || this.#isContinuousSince(renewal));
    return isKnown ? renewal.upSince : this.now();
  }

  /** From now on the row is renewed by a job, and memory is doubted after a pause. */
  start(): void {
    this.#isStarted = true;
    this.#pauses.start();
  }

  stop(): void {
    this.#isStarted = false;
    this.#pauses.stop();
  }

  /** Calls `listener` when nothing that was read before now may be believed. */
  onDoubt(listener: () => void): void {
    this.#pauseListeners.push(listener);
  }

  /** Makes `isTrusted` false until a renewal that begins after this. */
  doubt(): void {
    this.#doubtedAt = performance.now();
    for (const listener of this.#pauseListeners) listener();
  }

  /**
   * False after a pause of this process: meanwhile others may have changed everything, and a database that was paused with it
   * may no longer be the primary without knowing. A committed renewal proves that it is: a group commits by majority. An
   * embedded database has no other server.
   */
  isTrusted(): boolean {
    if (this.store.nowSql === null) return true;
    this.#pauses.check();
    return (this.#renewal?.monotonic ?? Number.NEGATIVE_INFINITY) >= this.#doubtedAt || !this.#isStarted;
  }

  /** Resolves once `isTrusted`. Throws `unavailable`. */
  async confirm(): Promise<void> {
    while (!this.isTrusted()) await this.renew();
  }

  /** Renews the shared row. Concurrent calls share one renewal. Throws `unavailable`. */
  renew(): Promise<void> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async #renew(): Promise<void> {
    const startedAt = this.#readClocks();
    const deadline = performance.now() + REQUEST_MS;
    const { sql, values } = this.#renewStatement();
    // It commits by itself, in one round trip: a server that is frozen now must not keep the row locked.
    await this.store.read((manager) => manager.query(sql, values), { deadline });
    const reading = await this.#read(deadline);
    const upSince = reading.upSince ?? (await this.#insert());
    // Both at once: after a step of the database's clock, a session must not look silent in between.
    this.#setTime(reading);
    this.#renewal = { ...startedAt, upSince };
  }

  #renewStatement() {
    // By the system's own time a step can be told from an outage. By the database's time, both are gaps of the row.
    const hasHeard =
      this.#databaseTime === null && this.#renewal !== null && this.#isContinuousSince(this.#renewal) ? 1 : 0;
    const time = this.#databaseTime === null ? '?' : this.store.nowSql;
    const now = this.#databaseTime === null ? [this.system.now()] : [];
    return {
      sql: `UPDATE uptime SET
        upSince = CASE WHEN ? = 1 OR (renewedAt >= ${time} - ? AND renewedAt <= ${time} + ?) THEN upSince ELSE ${time} END,
        renewedAt = ${time} WHERE name = ?`,
      values: [hasHeard, ...now, this.#gapMs, ...now, this.#gapMs, ...now, ...now, UPTIME],
    };
  }

  #read(deadline = performance.now() + REQUEST_MS): Promise<Reading> {
    const read = async (manager: EntityManager) => {
      const askedAt = this.elapsed();
      const [row] = await manager.query<{ upSince: number | string | null; time: number | string }[]>(
        `SELECT ${this.store.nowSql ?? '0'} AS time, (SELECT upSince FROM uptime WHERE name = ?) AS upSince`,
        [UPTIME],
      );
      const upSince = row?.upSince == null ? null : Number(row.upSince);
      return { upSince, time: Number(row?.time), askedAt, repliedAt: this.elapsed() };
    };
    return this.store.read(read, { deadline });
  }

  #setTime({ time, askedAt, repliedAt }: Reading): void {
    this.#databaseTime?.update(time, askedAt, repliedAt);
  }

  /** The first server of a database creates the row. */
  async #insert(): Promise<number> {
    const now = this.now();
    const row = { name: UPTIME, upSince: now, renewedAt: now };
    await this.store.write(async ({ upsert }) => upsert(Uptime.options.tableName ?? '', ['name'], [row]));
    return now;
  }

  #isContinuousSince(moment: ClockReading): boolean {
    return isContinuous(moment, this.#readClocks(), this.#gapMs);
  }

  /** The time that passes between two calls is real, also where a test moves `system`: only its steps are looked at. */
  #readClocks(): ClockReading {
    return { monotonic: performance.now(), wallOffset: this.system.now() - this.system.elapsed() };
  }
}
