/** A write that finds the file locked by another process is done as soon as the lock is gone, however often that happens. */
import libsql from 'libsql';
import { expect, test } from 'vitest';
import { openStore } from '../../../server/platform/database/open.ts';
import { schema } from '../../../server/schema/index.ts';
import { createSqliteDatabase } from '../../support/test-database.ts';

test('the lock of another writer is waited for, time and again', async () => {
  const database = createSqliteDatabase();
  const store = await openStore(database.url, schema);
  const other = new libsql(database.url.replace('sqlite:', ''), { timeout: 1 });
  other.exec('CREATE TABLE other (n)');
  for (let round = 0; round < 5; round += 1) {
    other.exec('BEGIN IMMEDIATE');
    other.exec('INSERT INTO other VALUES (1)');
    const written = store.write(({ manager }) => manager.query('INSERT INTO other VALUES (2)'));
    // More statements than the driver's cache holds: what it drops is ended only when it is collected.
    for (let n = 0; n < 150; n += 1) await store.read((manager) => manager.query(`SELECT ${round * 1_000 + n} AS n`));
    await new Promise((resolve) => setTimeout(resolve, 50));
    other.exec('COMMIT');
    other.exec('INSERT INTO other VALUES (3)');
    await written;
  }
  const [row] = await store.read((manager) => manager.query<{ n: number }[]>('SELECT COUNT(*) AS n FROM other'));
  expect(Number(row?.n)).toBe(15);
  other.close();
  await store.close();
  await database.remove();
});
