/** Migrations for the fleet's history. */
import { createTableMigration } from '../platform/database/table-migration.ts';

export const historyMigrations = [
  createTableMigration({
    name: 'program_activity',
    timestamp: 1763800000440,
    columns: { accountId: 'id', programId: 'id', day: 'integer', quarters: 'id' },
    primaryKey: ['accountId', 'programId', 'day'],
    indices: { program_activity_oldest: ['day'] },
  }),
  createTableMigration({
    name: 'observed_days',
    timestamp: 1763800000441,
    columns: { day: 'integer', quarters: 'id' },
    primaryKey: ['day'],
  }),
];
