/** A program: a named agent identity. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';

export interface ProgramRow {
  accountId: string;
  programId: string;
  /** Null until a person gives one; then the id stands in for it. */
  displayName: string | null;
  createdAt: number;
  /** When a person asked it to pause; null while it may work. */
  pausedAt: number | null;
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
  },
});
