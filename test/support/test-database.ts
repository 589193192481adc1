/** A new, empty database of the kind that this run is for. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mysql from 'mysql2/promise';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** `sqlite`, or the URL of a server of the MySQL family. */
    databaseServer: string;
  }
}

export interface TestDatabase {
  /** The value of DATABASE_URL for a server. */
  readonly url: string;
  readonly kind: 'sqlite' | 'mysql';
  remove(): Promise<void>;
}

export const createTestDatabase = (): Promise<TestDatabase> => {
  const server = inject('databaseServer');
  return server === 'sqlite' ? Promise.resolve(createSqliteDatabase()) : createMysqlDatabase(server);
};

/** A file of its own. */
export function createSqliteDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-'));
  return {
    url: `sqlite:${join(folder, 'fleetbeat.db')}`,
    kind: 'sqlite',
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A database on a given server of the MySQL family. */
export async function createMysqlDatabase(server: string): Promise<TestDatabase> {
  const name = `fleetbeat_${randomBytes(6).toString('hex')}`;
  const run = async (statement: string) => {
    const connection = await mysql.createConnection(server);
    await connection.query(statement);
    await connection.end();
  };
  await run(`CREATE DATABASE ${name}`);
  return { url: `${server.replace(/\/$/, '')}/${name}`, kind: 'mysql', remove: () => run(`DROP DATABASE ${name}`) };
}
