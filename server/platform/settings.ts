/** The durations and sizes by which the rules judge. `config.ts` reads them from the environment. */
export interface Settings {
  /** A live session that is silent for longer than this reads stale. Milliseconds. */
  readonly staleAfterMs: number;
  /** A working session that is alive but without progress for longer than this reads stuck. Milliseconds. */
  readonly stuckAfterMs: number;
  /** A live, unpinned session that is silent for this long is archived. Milliseconds. */
  readonly archiveSilentAfterMs: number;
  /** A session is archived this long after its completion. Milliseconds. */
  readonly archiveCompleteAfterMs: number;
  /** The time between two sweeps. Milliseconds. */
  readonly sweepEveryMs: number;
  /** For how long the audit is kept. Milliseconds. */
  readonly auditRetentionMs: number;
  /** For how long events are kept. Milliseconds. */
  readonly eventRetentionMs: number;
  /** A web session ends when it is not used for longer than this. Milliseconds. */
  readonly webSessionIdleMs: number;
  /** A web session ends after this time, however much it is used. Milliseconds. */
  readonly webSessionMaxMs: number;
  /** The time between two looks for webhook deliveries that are due. Milliseconds. */
  readonly webhooksEveryMs: number;
  /** Whether deliveries may go to private addresses, and over plain HTTP. */
  readonly allowPrivateWebhooks: boolean;
  /** The ports that deliveries may go to; empty for 443 and 8443, and any where private addresses are allowed. */
  readonly webhookPorts: readonly number[];
  /** For how long deliveries are kept. Milliseconds. */
  readonly deliveryRetentionMs: number;
  /** The time between two runs of the jobs that forget what is too old. Milliseconds. */
  readonly retentionEveryMs: number;
}
