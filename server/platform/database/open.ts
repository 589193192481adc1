/** Opens the configured database and runs pending migrations. */
import { DataSource, type DataSourceOptions, type EntitySchema, type MigrationInterface } from 'typeorm';
import type { Dialect } from './dialects/dialect.ts';
import type { OnFailover } from './dialects/mysql-failover/primary-tracker.ts';
import { Store } from './store.ts';

/** The entities, and the migrations that create their tables, in order. */
export interface Schema {
  readonly entities: EntitySchema[];
  readonly migrations: (new () => MigrationInterface)[];
}

/**
 * The dialect for `sqlite:<path>` or `mysql://…`; `config.ts` has validated the URL. `onFailover` is called when the primary of
 * several hosts changes. Only the driver that is needed is loaded.
 */
export async function createDialect(url: string, onFailover: OnFailover = () => undefined): Promise<Dialect> {
  if (url.startsWith('sqlite:')) return (await import('./dialects/sqlite.ts')).sqlite(url.slice('sqlite:'.length));
  return (await import('./dialects/mysql.ts')).mysql(url.replace(/^mariadb:/, 'mysql:'), onFailover);
}

/** Resolves after connecting and running all migrations. Safe for several processes at once. */
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
