/** Opens the configured database and runs pending migrations. */
import { DataSource, type DataSourceOptions, type EntitySchema, type MigrationInterface } from 'typeorm';
import type { Dialect } from './dialects/dialect.ts';
import { checkSchema, refuseForeignTables } from './schema-check.ts';
import { Store } from './store.ts';

type Warn = (message: string) => void;

/** The entities, and the migrations that create their tables, in order. */
export interface Schema {
  readonly entities: EntitySchema[];
  readonly migrations: (new () => MigrationInterface)[];
}

/**
 * The dialect for `sqlite:<path>` or `mysql://…`; `config.ts` has validated the URL. `warn` receives what an operator
 * should know, such as a new primary of several hosts. Only the driver that is needed is loaded.
 */
export async function createDialect(url: string, warn: Warn = () => undefined): Promise<Dialect> {
  if (url.startsWith('sqlite:'))
    return (await import('./dialects/sqlite.ts')).sqlite(url.slice('sqlite:'.length), warn);
  return (await import('./dialects/mysql.ts')).mysql(url.replace(/^mariadb:/, 'mysql:'), warn);
}

/**
 * Resolves after connecting, running all migrations and checking the tables. Safe for several processes at once. Throws
 * DatabaseRefused when the server must not work on this database.
 */
export async function openStore(url: string, schema: Schema, warn?: Warn): Promise<Store> {
  const dialect = await createDialect(url, warn);
  const dataSource = await new DataSource({ ...dialect.options, ...schema } as DataSourceOptions)
    .initialize()
    .catch((error: unknown) => {
      dialect.close();
      throw error;
    });
  try {
    for (const weakness of await dialect.checkSettings((sql) => dataSource.query(sql))) warn?.(weakness);
    await dialect.withMigrationLock(dataSource, async () => {
      await refuseForeignTables(dataSource, dialect);
      await dataSource.runMigrations({ transaction: 'none' });
      for (const problem of await checkSchema(dataSource, dialect)) warn?.(problem);
    });
  } catch (error) {
    dialect.close();
    await dataSource.destroy();
    throw error;
  }
  return new Store(dataSource, dialect);
}
