/** Migrations for the fencing of programs' writes. */
import { extendTableMigration } from '../platform/database/table-migration.ts';

export const fenceMigrations = [
  extendTableMigration({
    name: 'programs',
    timestamp: 1763800000320,
    columns: { sessionRequiredAt: 'integer?' },
  }),
];
