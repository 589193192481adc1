/** Finds a MySQL 8.4 or 9 server program with group replication; MariaDB's clustering differs. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DEFAULT_PROGRAM_FOLDERS, findPrograms, freePort } from './find-mysql.ts';
import { type PrivateMysql, startPrivateMysql } from './private-mysql.ts';

export interface Mysqld {
  readonly program: string;
  /** Options that must come first. */
  readonly args: readonly string[];
  readonly version: string;
}

const INSTALLER = fileURLToPath(new URL('../../../shared/tools/mysql9', import.meta.url));
const run = promisify(execFile);

/** MYSQLD, one on the PATH, or one unpacked from Debian's archive; throws with the attempts. */
export async function findMysqld(env: NodeJS.ProcessEnv = process.env): Promise<Mysqld> {
  const folders = [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...DEFAULT_PROGRAM_FOLDERS];
  const programs = env['MYSQLD'] ? [env['MYSQLD']] : findPrograms(folders, ['mysqld']);
  const tried: string[] = [];
  for (const program of programs) {
    const found = await checkMysqld(program, ['--no-defaults']);
    if (typeof found !== 'string') return found;
    tried.push(`${program}: ${found}`);
  }
  const unpacked = existsSync(INSTALLER) ? await unpack(env) : 'there is no tool that unpacks one';
  if (typeof unpacked !== 'string') return unpacked;
  throw new Error(
    `No MySQL 8.4 or 9 for the tests of a group. MYSQLD can name its mysqld. Tried:\n- ${[...tried, unpacked].join('\n- ')}`,
  );
}

/** A private MySQL 8.4 or 9, never MariaDB, with these options. */
export async function startMysqld(options: readonly string[]): Promise<PrivateMysql> {
  const { program, args } = await findMysqld();
  return startPrivateMysql(process.env, async (folder) => {
    const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
    const data = [...args, `--datadir=${join(folder, 'data')}`, ...asRoot];
    await run(program, [...data, '--initialize-insecure'], { env: { ...process.env, TMPDIR: folder } });
    const port = await freePort();
    const files = [`--socket=${join(folder, 's.sock')}`, `--pid-file=${join(folder, 'pid')}`];
    const own = ['--bind-address=127.0.0.1', `--port=${port}`, '--mysqlx=OFF', '--secure-file-priv=NULL'];
    return { program, args: [...data, ...files, ...own, ...options], port };
  });
}

async function unpack(env: NodeJS.ProcessEnv): Promise<Mysqld | string> {
  try {
    await run(INSTALLER, ['install'], { env });
  } catch (error) {
    return `${INSTALLER} install: ${(error as Error).message}`;
  }
  const root = join(env['MYSQL9_HOME'] ?? join(homedir(), '.cache', 'mysql9'), 'root');
  const libraries = join(root, 'usr/lib/x86_64-linux-gnu');
  return checkMysqld(join(libraries, 'ld-linux-x86-64.so.2'), [
    '--library-path',
    `${libraries}:${join(root, 'usr/lib')}`,
    join(root, 'usr/sbin/mysqld'),
    '--no-defaults',
    `--basedir=${join(root, 'usr')}`,
    `--lc-messages-dir=${join(root, 'usr/share/mysql')}`,
    `--plugin-dir=${join(root, 'usr/lib/mysql/plugin')}`,
  ]);
}

async function checkMysqld(program: string, args: readonly string[]): Promise<Mysqld | string> {
  try {
    const { stdout } = await run(program, [...args, '--version']);
    const version = /Ver ([\d.]+)/.exec(stdout)?.[1] ?? '';
    const isRecent = !stdout.includes('MariaDB') && Number(version.split('.').slice(0, 2).join('.')) >= 8.4;
    return isRecent ? { program, args, version } : `it is ${stdout.trim()}`;
  } catch (error) {
    return (error as Error).message;
  }
}
