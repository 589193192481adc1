/** Migrations for the fencing of programs' writes, and for the last version of each day. */
import { extendTableMigration } from '../platform/database/table-migration.ts';

export const fenceMigrations = [
  extendTableMigration({
    name: 'programs',
    timestamp: 1763800000320,
    columns: { sessionRequiredAt: 'integer?' },
  }),
  extendTableMigration({
    name: 'state_versions',
    timestamp: 1763800000321,
    columns: { undoesTo: 'integer?', keptUntil: 'integer?' },
  }),
];
