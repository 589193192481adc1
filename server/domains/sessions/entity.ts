/** A session: one run of a program. */
import { EntitySchema } from 'typeorm';
import type { components } from '../../../openapi/generated/types.ts';
import * as column from '../../platform/database/columns.ts';
import { createRowCodec } from '../../platform/database/columns.ts';

export type SessionState = components['schemas']['SessionState'];

export interface SessionRow {
  accountId: string;
  sessionId: string;
  programId: string | null;
  name: string;
  status: string | null;
  state: SessionState;
  /** Since when it waits for its person; null while it does not. */
  idleSince: number | null;
  progress: number | null;
  projectName: string | null;
  /** As the session says itself; it counts more than the bytes. */
  contextUsedPercent: number | null;
  contextBytes: number | null;
  contextLimitBytes: number | null;
  /** When the context usage last changed. */
  contextAt: number | null;
  /** Where the current rise of the context usage began; the two ends of a rise give its slope. */
  contextRiseAt: number | null;
  /** The usage at that beginning, in the unit of the rise; the other is null. */
  contextRiseBytes: number | null;
  contextRisePercent: number | null;
  handoffRequired: boolean;
  /** When its process was reported dead; null once it is heard again. */
  killedAt: number | null;
  createdAt: number;
  /** Moves with every write by the session itself, so it is never earlier than `lastHeartbeat`. */
  updatedAt: number;
  lastHeartbeat: number;
  lastProgressAt: number;
  completedAt: number | null;
  /** Set when a takeover completed the session, rather than the session itself. */
  completeReason: 'handed-off' | 'killed' | 'succeeded' | null;
  archived: boolean;
  archivedAt: number | null;
  archiveReason: 'silent' | 'idle' | 'complete' | null;
  /** The session that took over; this one can no longer write. */
  successor: string | null;
  /** `updatedAt` when the session was last reported stale: each silence is reported once. */
  staleNotifiedFor: number | null;
  /** `lastProgressAt` when the session was last reported stuck. */
  stuckNotifiedFor: number | null;
  /** The number of its latest change in the timeline. */
  changes: number;
}

export const Session = new EntitySchema<SessionRow>({
  name: 'Session',
  tableName: 'sessions',
  columns: {
    accountId: column.id({ primary: true }),
    sessionId: column.id({ primary: true }),
    programId: column.id({ nullable: true }),
    name: column.string(),
    status: column.string({ nullable: true }),
    state: column.shortString(),
    idleSince: column.timestamp({ nullable: true }),
    progress: column.double({ nullable: true }),
    projectName: column.id({ nullable: true }),
    contextUsedPercent: column.double({ nullable: true }),
    contextBytes: column.integer({ nullable: true }),
    contextLimitBytes: column.integer({ nullable: true }),
    contextAt: column.timestamp({ nullable: true }),
    contextRiseAt: column.timestamp({ nullable: true }),
    contextRiseBytes: column.integer({ nullable: true }),
    contextRisePercent: column.double({ nullable: true }),
    handoffRequired: column.boolean(),
    killedAt: column.timestamp({ nullable: true }),
    createdAt: column.timestamp(),
    updatedAt: column.timestamp(),
    lastHeartbeat: column.timestamp(),
    lastProgressAt: column.timestamp(),
    completedAt: column.timestamp({ nullable: true }),
    completeReason: column.shortString({ nullable: true }),
    archived: column.boolean(),
    archivedAt: column.timestamp({ nullable: true }),
    archiveReason: column.shortString({ nullable: true }),
    successor: column.id({ nullable: true }),
    staleNotifiedFor: column.timestamp({ nullable: true }),
    stuckNotifiedFor: column.timestamp({ nullable: true }),
    changes: column.integer(),
  },
});

/** Reads and writes sessions in plain SQL. */
export const sessionCodec = createRowCodec(Session);
