const STEP_MS = 50;

/**
 * The time for a timer that is set for every request, a little longer than asked for: Node keeps a list for each duration, and making
 * one for every fraction of a millisecond was a tenth of a heartbeat's time.
 */
export const toTimerMs = (ms: number): number => Math.max(0, Math.ceil(ms / STEP_MS) * STEP_MS);
