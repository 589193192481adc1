/** A program: a named agent identity. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';

export interface ProgramRow {
  accountId: string;
  programId: string;
  /** Null until an admin sets one; the id is shown instead. */
  displayName: string | null;
  createdAt: number;
  /** When an admin asked it to pause; null while it is not paused. */
  pausedAt: number | null;
  /** Since when its writes must name their session; null while they need not. */
  sessionRequiredAt: number | null;
  /** When an admin removed it: it is hidden from then on, and a job deletes its rows. */
  removedAt: number | null;
}

export const Program = new EntitySchema<ProgramRow>({
  name: 'Program',
  tableName: 'programs',
  columns: {
    accountId: column.id({ primary: true }),
    programId: column.id({ primary: true }),
    displayName: column.string({ nullable: true }),
    createdAt: column.timestamp(),
    pausedAt: column.timestamp({ nullable: true }),
    sessionRequiredAt: column.timestamp({ nullable: true }),
    removedAt: column.timestamp({ nullable: true }),
  },
});
