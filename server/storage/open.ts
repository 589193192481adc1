/** Opens the database that the settings name and brings its tables up to date. */
import { DataSource } from 'typeorm';
import type { Dialect } from './dialects/dialect.ts';
import { mysql } from './dialects/mysql.ts';
import { sqlite } from './dialects/sqlite.ts';
import { Store } from './store.ts';

/** `sqlite:<path>` or `mysql://…`; `config.ts` has checked the form. */
export const dialectOf = (url: string): Dialect =>
  url.startsWith('sqlite:') ? sqlite(url.slice('sqlite:'.length)) : mysql(url.replace(/^mariadb:/, 'mysql:'));

/** Resolves when the database answers and every migration is done. Several processes may do this at once. */
export async function openStore(url: string): Promise<Store> {
  const dialect = dialectOf(url);
  const dataSource = await new DataSource(dialect.options).initialize();
  try {
    await dialect.migrating(dataSource, async () => void (await dataSource.runMigrations({ transaction: 'none' })));
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return new Store(dataSource, dialect);
}
