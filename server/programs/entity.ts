/** A program: a named agent identity. */
import { EntitySchema } from 'typeorm';
import * as column from '../storage/columns.ts';

export interface ProgramRow {
  accountId: string;
  programId: string;
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
    createdAt: column.moment(),
    pausedAt: column.moment({ nullable: true }),
  },
});
