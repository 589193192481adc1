/** A backup that is taken while a server works, and what its restore undoes (docs/operations.md, docs/back-up.md). */
import { execFileSync } from 'node:child_process';
import Database from 'libsql';
import { expect, inject, test } from 'vitest';
import { findPrograms } from '../../support/find-mysql.ts';
import { createTestDatabase, type TestDatabase } from '../../support/test-database.ts';
import { startTestServer } from '../../support/test-server.ts';

const FOLDERS = (process.env['PATH'] ?? '').split(':');
const [dump] = findPrograms(FOLDERS, ['mariadb-dump', 'mysqldump']);
const [shell] = findPrograms(FOLDERS, ['mariadb', 'mysql']);
const isPossible = inject('databaseServer') === 'sqlite' || (dump !== undefined && shell !== undefined);

/** Copies one database into another, empty one, by the means of the documents. */
function copyDatabase(from: TestDatabase, to: TestDatabase): void {
  if (from.kind === 'sqlite') {
    const path = ({ url }: TestDatabase) => url.slice('sqlite:'.length);
    new Database(path(from)).exec(`VACUUM INTO '${path(to)}'`);
    return;
  }
  const [source, target] = [from, to].map(({ url }) => new URL(url));
  const login = (url: URL) => [
    '-h',
    url.hostname,
    '-P',
    url.port,
    '-u',
    url.username,
    `--password=${url.password}`,
    url.pathname.slice(1),
  ];
  if (!source || !target) return;
  // Without the place in the binary log, which this server does not keep.
  const options = { maxBuffer: 100_000_000 };
  const text = execFileSync(dump ?? '', ['--single-transaction', ...login(source)], options);
  execFileSync(shell ?? '', login(target), { ...options, input: text });
}

test.runIf(isPossible)(
  'a restore has everything up to the backup; what was made since is gone, what was revoked since is back',
  async () => {
    const [database, restored] = [await createTestDatabase(), await createTestDatabase()];
    const server = await startTestServer({ database });
    const before = await server.createProgram();
    await before.client.sessions.create({ sessionId: 's-1', name: 'Before ü 🚀' });
    const doomed = await server.admin.keys.create({ programId: before.programId });
    copyDatabase(database, restored);
    await server.admin.keys.revoke(doomed.keyId);
    const after = await server.createProgram();
    await before.client.sessions.create({ sessionId: 's-2', name: 'After' });
    await server.close();

    const again = await startTestServer({ database: restored });
    const { sessions } = await again.client(before.key).sessions.list();
    expect(sessions).toMatchObject([{ sessionId: 's-1', name: 'Before ü 🚀' }]);
    await expect(again.client(after.key).me()).rejects.toMatchObject({ status: 401 });
    expect(await again.client(doomed.key).me()).toMatchObject({ programId: before.programId });
    await again.close();
    await Promise.all([database.remove(), restored.remove()]);
  },
);
