/** The tables of this product: what the database layer opens and migrates. */
import type { Schema } from '../platform/database/open.ts';
import { entities } from './entities.ts';
import { migrations } from './migrations.ts';

export const schema: Schema = { entities, migrations };
