/** Opens the database that the settings name and brings its tables up to date. */
import { DataSource, type DataSourceOptions, type EntitySchema, type MigrationInterface } from 'typeorm';
import type { Dialect } from './dialects/dialect.ts';
import type { OnFailover } from './dialects/mysql-failover/primary-tracker.ts';
import { Store } from './store.ts';

/** The tables, and the migrations that lead to them, in the order in which they run. */
export interface Schema {
  readonly entities: EntitySchema[];
  readonly migrations: (new () => MigrationInterface)[];
}

/**
 * `sqlite:<path>` or `mysql://…`; `config.ts` has checked the form. `tell` hears of moves between several servers. The driver
 * of the other kind is not loaded.
 */
export async function createDialect(url: string, onFailover: OnFailover = () => undefined): Promise<Dialect> {
  if (url.startsWith('sqlite:')) return (await import('./dialects/sqlite.ts')).sqlite(url.slice('sqlite:'.length));
  return (await import('./dialects/mysql.ts')).mysql(url.replace(/^mariadb:/, 'mysql:'), onFailover);
}

/** Resolves when the database answers and every migration is done. Several processes may do this at once. */
export async function openStore(url: string, schema: Schema, onFailover?: OnFailover): Promise<Store> {
  const dialect = await createDialect(url, onFailover);
  const dataSource = await new DataSource({ ...dialect.options, ...schema } as DataSourceOptions)
    .initialize()
    .catch((error: unknown) => {
      dialect.close();
      throw error;
    });
  try {
    await dialect.withMigrationLock(
      dataSource,
      async () => void (await dataSource.runMigrations({ transaction: 'none' })),
    );
  } catch (error) {
    dialect.close();
    await dataSource.destroy();
    throw error;
  }
  return new Store(dataSource, dialect);
}
