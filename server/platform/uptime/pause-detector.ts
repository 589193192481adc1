/**
 * Notices that this process did not run for a while: its event loop stood still (a stopped process, a paused container), or
 * the time of day left the monotonic clock behind (a suspended machine, whose monotonic clock stands still too).
 */
import { SECOND } from '../clock.ts';

/** A pause that is longer than this is noticed. */
const PAUSE_MS = 2 * SECOND;
const CHECK_EVERY_MS = SECOND / 2;

/** A moment by both clocks of the process. */
export interface ClockReading {
  readonly monotonic: number;
  /** The time of day minus the elapsed time. */
  readonly wallOffset: number;
}

export class PauseDetector {
  #timer: NodeJS.Timeout | null = null;
  #lastRanAt: ClockReading | null = null;

  constructor(
    private readonly readClocks: () => ClockReading,
    private readonly onPause: () => void,
  ) {}

  start(): void {
    this.#timer ??= setInterval(() => this.check(), CHECK_EVERY_MS).unref();
  }

  stop(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#lastRanAt = null;
  }

  /** Calls `onPause` when there was one before this very moment: a request may be handled before the timer runs. */
  check(): void {
    if (!this.#timer) return;
    const now = this.readClocks();
    const last = this.#lastRanAt;
    this.#lastRanAt = now;
    if (last && !isContinuous(last, now, PAUSE_MS)) this.onPause();
  }
}

/** Whether less than `gapMs` lie between the two by each of the clocks. */
export const isContinuous = (from: ClockReading, to: ClockReading, gapMs: number): boolean =>
  to.monotonic - from.monotonic <= gapMs && Math.abs(to.wallOffset - from.wallOffset) <= gapMs;
