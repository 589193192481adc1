/** What programs did, by quarters of an hour: one row for each program and day, so that a month of a program is 31 rows. */
import { EntitySchema } from 'typeorm';
import * as column from '../../platform/database/columns.ts';

export interface ProgramActivityRow {
  accountId: string;
  programId: string;
  /** When the day began, in UTC. */
  day: number;
  /** One hexadecimal digit for each of its 96 quarters: the ACTIVITY bits of `history-rules.ts`. */
  quarters: string;
}

export const ProgramActivity = new EntitySchema<ProgramActivityRow>({
  name: 'ProgramActivity',
  tableName: 'program_activity',
  columns: {
    accountId: column.id({ primary: true }),
    programId: column.id({ primary: true }),
    day: column.timestamp({ primary: true }),
    quarters: column.id(),
  },
});

/** In which quarters the installation could tell what every program did. One row for each day, of all accounts. */
export interface ObservedDayRow {
  day: number;
  /** `1` for each observed quarter, else `0`. */
  quarters: string;
}

export const ObservedDay = new EntitySchema<ObservedDayRow>({
  name: 'ObservedDay',
  tableName: 'observed_days',
  columns: { day: column.timestamp({ primary: true }), quarters: column.id() },
});
