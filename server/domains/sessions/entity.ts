/** A session: one run of a program. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';

export type SessionState = 'working' | 'blocked' | 'complete' | 'pinned';

export interface SessionRow {
  accountId: string;
  sessionId: string;
  programId: string | null;
  name: string;
  status: string | null;
  state: SessionState;
  progress: number | null;
  projectName: string | null;
  contextBytes: number | null;
  contextLimitBytes: number | null;
  /** When the context use last changed. */
  contextAt: number | null;
  /** Where the present rise of the context use began: the two ends of a rise give its slope. */
  contextRiseAt: number | null;
  contextRiseBytes: number | null;
  handoffRequired: boolean;
  createdAt: number;
  /** Moves with every write of the session's own, so it is never earlier than lastHeartbeat: the last sign of life. */
  updatedAt: number;
  lastHeartbeat: number;
  lastProgressAt: number;
  completedAt: number | null;
  /** Why it is complete, when it was not its own word. */
  completeReason: 'handed-off' | 'succeeded' | null;
  archived: boolean;
  archivedAt: number | null;
  archiveReason: 'silent' | 'complete' | null;
  /** The session that took over; from then on this one may write nothing. */
  successor: string | null;
  /** The last sign of life, and the last progress, after which it was told to be stale or stuck. */
  staleTold: number | null;
  stuckTold: number | null;
  /** How many changes its timeline has counted. */
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
    progress: column.double({ nullable: true }),
    projectName: column.id({ nullable: true }),
    contextBytes: column.integer({ nullable: true }),
    contextLimitBytes: column.integer({ nullable: true }),
    contextAt: column.timestamp({ nullable: true }),
    contextRiseAt: column.timestamp({ nullable: true }),
    contextRiseBytes: column.integer({ nullable: true }),
    handoffRequired: column.boolean(),
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
    staleTold: column.timestamp({ nullable: true }),
    stuckTold: column.timestamp({ nullable: true }),
    changes: column.integer(),
  },
});
