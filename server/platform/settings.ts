/** The durations and switches that rules and jobs depend on. `config.ts` reads them from the environment. */
export interface Settings {
  /** A live session without a heartbeat for longer than this is stale. Milliseconds. */
  readonly staleAfterMs: number;
  /** A working session that sends heartbeats but makes no progress for longer than this is stuck. Milliseconds. */
  readonly stuckAfterMs: number;
  /** A live, unpinned session without a heartbeat for this long is archived. Milliseconds. */
  readonly archiveSilentAfterMs: number;
  /** The same for an idle session. Milliseconds. */
  readonly archiveIdleAfterMs: number;
  /** A completed session is archived after this. Milliseconds. */
  readonly archiveCompleteAfterMs: number;
  /** The time between two sweeps. Milliseconds. */
  readonly sweepEveryMs: number;
  /** Retention of audit rows. Milliseconds. */
  readonly auditRetentionMs: number;
  /** Retention of events. Milliseconds. */
  readonly eventRetentionMs: number;
  /** A web session expires when it is not used for longer than this. Milliseconds. */
  readonly webSessionIdleMs: number;
  /** A web session expires after this, even if it is used. Milliseconds. */
  readonly webSessionMaxMs: number;
  /** The interval at which due webhook deliveries are polled. Milliseconds. */
  readonly webhooksEveryMs: number;
  /** The time between two looks for questions that are due to be closed. Milliseconds. */
  readonly questionsEveryMs: number;
  /** Whether webhooks may use private addresses and plain HTTP. */
  readonly allowPrivateWebhooks: boolean;
  /** The ports that webhooks may use. Empty means 443 and 8443, and from 1024 on at private addresses if those are allowed. */
  readonly webhookPorts: readonly number[];
  /** Retention of webhook deliveries. Milliseconds. */
  readonly deliveryRetentionMs: number;
  /** Retention of archived sessions. Milliseconds. */
  readonly sessionRetentionMs: number;
  /** Retention of completed and expired tasks. Milliseconds. */
  readonly taskRetentionMs: number;
  /** Retention of read and expired messages. Milliseconds. */
  readonly messageRetentionMs: number;
  /** Caps of one account: `domains/retention/caps.ts`. */
  readonly maxPrograms: number;
  readonly maxKeys: number;
  readonly maxSessions: number;
  readonly maxOpenTasks: number;
  readonly maxUnreadMessages: number;
  readonly maxOpenQuestions: number;
  /** The interval between two runs of the retention jobs. Milliseconds. */
  readonly retentionEveryMs: number;
}
