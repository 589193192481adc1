/** The product's tables, which the database layer opens and migrates. */
import type { Schema } from '../platform/database/open.ts';
import { entities } from './entities.ts';
import { migrations } from './migrations.ts';
import { renameMigrations } from './rename-columns.ts';

export const schema: Schema = { entities, migrations: [...migrations, ...renameMigrations] };
