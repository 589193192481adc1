/** An empty database for a bench, on the requested kind of server. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { freePort, obtainMysql } from '../../test/support/find-mysql.ts';
import type { Bench } from './bench.ts';

export interface BenchDatabase {
  readonly kind: 'sqlite' | 'mysql' | 'mariadb';
  /** The value of the option. */
  readonly requested: string;
  /** For display: `MySQL 9.7.4`. */
  readonly name: string;
  /** The durability settings. */
  readonly durability: string;
  /** The value of DATABASE_URL. */
  readonly url: string;
}

/** An optional script that starts MySQL 9 on machines whose distribution has none. */
const MYSQL9 = fileURLToPath(new URL('../../../shared/tools/mysql9', import.meta.url));
const run = promisify(execFile);

/** Null, with a message, when there is no such server. */
export async function openDatabase(bench: Bench, requested: string): Promise<BenchDatabase | null> {
  if (requested === 'sqlite') return sqlite(bench);
  const server = await serverUrl(bench, requested);
  return server === null ? null : createOnServer(bench, requested, server);
}

function sqlite(bench: Bench): BenchDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-bench-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  bench.defer(remove, remove);
  const durability = 'WAL, synchronous = FULL';
  return {
    kind: 'sqlite',
    requested: 'sqlite',
    name: 'SQLite',
    durability,
    url: `sqlite:${join(folder, 'fleetbeat.db')}`,
  };
}

const servers = new Map<string, Promise<string | null>>();

/** The URL of a MySQL or MariaDB server, shared by all databases of a bench; null when there is none. */
export function serverUrl(bench: Bench, requested: string): Promise<string | null> {
  const serverPromise = servers.get(requested) ?? startServer(bench, requested);
  servers.set(requested, serverPromise);
  return serverPromise;
}

async function startServer(bench: Bench, requested: string): Promise<string | null> {
  if (/^(mysql|mariadb):/.test(requested)) return requested.replace(/^mariadb:/, 'mysql:');
  const variable = `BENCH_${requested.toUpperCase()}_URL`;
  const given = process.env[variable];
  if (given) return given;
  if (requested === 'mysql' && existsSync(MYSQL9)) return startMysql9(bench);
  if (requested === 'mariadb') {
    const server = await obtainMysql({ ...process.env, TEST_MYSQL_URL: '' });
    bench.defer(() => server.stop());
    if (server.version.startsWith('MariaDB')) return server.url;
  }
  bench.log(`no ${requested} here: ${variable} is not set`);
  return null;
}

/** In its own home, so that `stop` ends this server only. */
async function startMysql9(bench: Bench): Promise<string> {
  const home = mkdtempSync(join(tmpdir(), 'fleetbeat-mysql9-'));
  const installed = join(process.env['MYSQL9_HOME'] ?? join(homedir(), '.cache/mysql9'), 'root');
  await run(MYSQL9, ['install'], { timeout: 600_000 });
  symlinkSync(realpathSync(installed), join(home, 'root'));
  const env = { ...process.env, MYSQL9_HOME: home };
  bench.defer(async () => {
    await run(MYSQL9, ['stop'], { env, timeout: 60_000 });
    rmSync(home, { recursive: true, force: true });
  });
  const { stdout } = await run(MYSQL9, ['start', String(await freePort())], { env, timeout: 180_000 });
  return stdout.trim().split('\n').at(-1) ?? '';
}

async function createOnServer(bench: Bench, requested: string, server: string): Promise<BenchDatabase> {
  const url = new URL(server);
  url.pathname = `/fleetbeat_bench_${randomBytes(4).toString('hex')}`;
  const name = url.pathname.slice(1);
  const root = new URL(server);
  root.pathname = '/';
  const connection = await createConnection(root.href);
  try {
    await connection.query(`CREATE DATABASE ${name}`);
    bench.defer(() => runStatement(root.href, `DROP DATABASE ${name}`));
    const [[serverVariables] = []] = await connection.query<RowDataPacket[]>(
      `SELECT version() AS version, @@innodb_flush_log_at_trx_commit AS flush, @@log_bin AS log, @@sync_binlog AS sync`,
    );
    const isMaria = String(serverVariables?.['version']).includes('MariaDB');
    const number = /^[\d.]+/.exec(String(serverVariables?.['version']))?.[0];
    const binlog =
      Number(serverVariables?.['log']) === 1
        ? `binary log with sync_binlog = ${serverVariables?.['sync']}`
        : 'no binary log';
    return {
      kind: isMaria ? 'mariadb' : 'mysql',
      requested,
      name: `${isMaria ? 'MariaDB' : 'MySQL'} ${number}`,
      durability: `innodb_flush_log_at_trx_commit = ${serverVariables?.['flush']}, ${binlog}`,
      url: url.href,
    };
  } finally {
    await connection.end();
  }
}

async function runStatement(url: string, statement: string): Promise<void> {
  const connection = await createConnection(url);
  await connection.query(statement).finally(() => connection.end());
}
