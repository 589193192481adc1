/** The durations and sizes by which the rules judge. `config.ts` reads them from the environment. */
export interface Settings {
  /** A live session that is silent for longer than this reads stale. Milliseconds. */
  readonly staleAfterMs: number;
  /** A working session that is alive but without progress for longer than this reads stuck. Milliseconds. */
  readonly stuckAfterMs: number;
}
