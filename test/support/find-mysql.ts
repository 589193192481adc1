import { execFile, spawnSync } from 'node:child_process';
import { accessSync, constants, realpathSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename, delimiter, join } from 'node:path';
import { lastLines, type MysqlServer, type PrivateMysql, startPrivateMysql, waitUntilReady } from './private-mysql.ts';

export type { MysqlServer };

/** A server program; `installer` is MariaDB's program that initialises a data folder, which MySQL's server does itself. */
interface Engine {
  readonly program: string;
  readonly installer?: string;
}

const MINUTE_MS = 60_000;
export const DEFAULT_PROGRAM_FOLDERS = [
  '/usr/sbin',
  '/usr/bin',
  '/usr/local/sbin',
  '/usr/local/bin',
  '/opt/homebrew/bin',
];
const PACKAGES = ['mariadb-server-core', 'mariadb-client-core'];
const IMAGE = 'mysql:9';
const COMMON_OPTIONS = ['--skip-log-bin', '--max-connections=500'];
const MYSQL_OPTIONS = ['--mysqlx=OFF', '--secure-file-priv=NULL'];
const HELP = `What you can do:
  Debian, Ubuntu   apt-get install mariadb-server-core mariadb-client-core (as root; no service is started)
  macOS            brew install mariadb
  elsewhere        TEST_MYSQL_URL=mysql://user:password@127.0.0.1:3306, of any MySQL or MariaDB server whose user may
                   create databases; or start Docker`;

/**
 * A MySQL-family server whose user may create databases. The first that is there of: the server that TEST_MYSQL_URL
 * names, if it is not empty; a mysqld or mariadbd of this machine, started privately; MariaDB from apt, then started
 * privately; MySQL 9 in Docker. Character set, collation, sql-mode and time zone are the server's own defaults.
 * A server that is there and fails throws; when there is none, the error tells what was tried and what to do.
 */
export async function obtainMysql(env: NodeJS.ProcessEnv = process.env): Promise<MysqlServer> {
  const { TEST_MYSQL_URL: given } = env;
  if (given) return useConfiguredServer(given);
  const tried = ['TEST_MYSQL_URL: not set'];
  let server: MysqlServer | undefined = await startInstalled(env, tried);
  if (server === undefined && (await installWithApt(env, tried, PACKAGES))) server = await startInstalled(env, tried);
  server ??= await startInDocker(env, tried);
  if (server !== undefined) return server;
  throw new Error(`No MySQL-family server for the tests. Tried:\n- ${tried.join('\n- ')}\n${HELP}`);
}

/** A private server that may be killed and frozen: mysqld or mariadbd of this machine, or MariaDB from apt; with these options. */
export async function startBreakableMysql(
  env: NodeJS.ProcessEnv = process.env,
  options: readonly string[] = [],
): Promise<PrivateMysql> {
  const tried: string[] = [];
  let server = await startInstalled(env, tried, options);
  if (server === undefined && (await installWithApt(env, tried, PACKAGES)))
    server = await startInstalled(env, tried, options);
  if (server !== undefined) return server;
  throw new Error(`No MySQL-family server that a test may kill. Tried:\n- ${tried.join('\n- ')}\n${HELP}`);
}

async function useConfiguredServer(given: string): Promise<MysqlServer> {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol !== 'mysql:' || url.hostname === '') {
    throw new Error('TEST_MYSQL_URL must look like mysql://user:password@127.0.0.1:3306');
  }
  url.pathname = '';
  const version = await waitUntilReady(url.href).catch((cause: Error) => {
    throw new Error(`TEST_MYSQL_URL: ${cause.message}`, { cause });
  });
  return { url: url.href, version, stop: async () => {} };
}

async function startInstalled(
  env: NodeJS.ProcessEnv,
  tried: string[],
  options: readonly string[] = [],
): Promise<PrivateMysql | undefined> {
  const engine = await findEngine(env, tried);
  if (engine === undefined) return undefined;
  return startPrivateMysql(env, async (folder) => {
    const asRoot = process.getuid?.() === 0 ? ['--user=root'] : [];
    const data = ['--no-defaults', `--datadir=${join(folder, 'data')}`, ...asRoot];
    await initializeDataFolder(engine, data, { ...env, TMPDIR: folder });
    const port = await freePort();
    const files = [`--socket=${join(folder, 's.sock')}`, `--pid-file=${join(folder, 'pid')}`];
    const net = ['--bind-address=127.0.0.1', `--port=${port}`];
    const own = engine.installer === undefined ? MYSQL_OPTIONS : [];
    return { program: engine.program, args: [...data, ...files, ...net, ...own, ...COMMON_OPTIONS, ...options], port };
  });
}

async function initializeDataFolder(engine: Engine, data: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const { program, installer } = engine;
  const initOptions = installer
    ? ['--auth-root-authentication-method=normal', '--skip-test-db']
    : ['--initialize-insecure'];
  const output = await runForOutput(installer ?? program, [...data, ...initOptions], env, 2 * MINUTE_MS);
  if (output instanceof Error) throw new Error(`${installer ?? program} made no data folder: ${output.message}`);
}

async function findEngine(env: NodeJS.ProcessEnv, tried: string[]): Promise<Engine | undefined> {
  const { PATH: path = '' } = env;
  const folders = [...path.split(delimiter).filter((folder) => folder !== ''), ...DEFAULT_PROGRAM_FOLDERS];
  const programs = findPrograms(folders, ['mysqld', 'mariadbd']);
  if (programs.length === 0) tried.push(`mysqld, mariadbd: not in ${[...new Set(folders)].join(', ')}`);
  for (const program of programs) {
    const version = await runForOutput(program, ['--no-defaults', '--version'], env);
    if (version instanceof Error) {
      tried.push(`${program} --version: ${version.message}`);
      continue;
    }
    if (!version.includes('MariaDB')) return { program };
    const installer = findPrograms(folders, ['mariadb-install-db', 'mysql_install_db'])[0];
    if (installer !== undefined) return { program, installer };
    tried.push(`${program}: is MariaDB, and there is no mariadb-install-db to make its data folder`);
  }
  return undefined;
}

/** The executables with these names, in order of the folders, each once even if several links lead to it. */
export function findPrograms(folders: readonly string[], names: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const path of folders.flatMap((folder) => names.map((name) => join(folder, name)))) {
    const file = resolveExecutable(path);
    if (file !== undefined && !found.has(file)) found.set(file, path);
  }
  return [...found.values()];
}

function resolveExecutable(path: string): string | undefined {
  try {
    accessSync(path, constants.X_OK);
    return realpathSync(path);
  } catch {
    return undefined;
  }
}

export async function installWithApt(
  env: NodeJS.ProcessEnv,
  tried: string[],
  packages: readonly string[],
): Promise<boolean> {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const aptGet = [
    ...sudo,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    '--yes',
    '--option=DPkg::Lock::Timeout=120',
  ];
  const install = [...aptGet, 'install', '--no-install-recommends', ...packages];
  for (const step of [['apt-get', '--version'], [...sudo, 'true'], [...aptGet, 'update'], install]) {
    const [program = '', ...args] = step;
    const output = await runForOutput(program, args, env, 10 * MINUTE_MS);
    if (!(output instanceof Error)) continue;
    tried.push(`${step.join(' ')}: ${output.message}`);
    return false;
  }
  tried.push(`apt-get: installed ${packages.join(' and ')}`);
  return true;
}

async function startInDocker(env: NodeJS.ProcessEnv, tried: string[]): Promise<MysqlServer | undefined> {
  const daemon = await runForOutput('docker', ['info', '--format', '{{.ServerVersion}}'], env);
  const ready = daemon instanceof Error ? daemon : await pullImage(env);
  if (ready instanceof Error) {
    tried.push(`docker: ${ready.message}`);
    return undefined;
  }
  return startPrivateMysql(env, async (folder) => {
    const port = await freePort();
    const name = basename(folder);
    const access = [`--publish=127.0.0.1:${port}:3306`, '--env=MYSQL_ALLOW_EMPTY_PASSWORD=yes'];
    const cleanUp = () => spawnSync('docker', ['rm', '--force', '--volumes', name], { env, stdio: 'ignore' });
    const args = ['run', '--rm', `--name=${name}`, ...access, IMAGE, '--mysqlx=OFF', ...COMMON_OPTIONS];
    return { program: 'docker', args, port, cleanUp };
  });
}

async function pullImage(env: NodeJS.ProcessEnv): Promise<string | Error> {
  const here = await runForOutput('docker', ['image', 'inspect', IMAGE], env);
  return here instanceof Error ? runForOutput('docker', ['pull', '--quiet', IMAGE], env, 10 * MINUTE_MS) : here;
}

/** The standard output of the program; an Error with the end of its output if it failed. */
function runForOutput(program: string, args: readonly string[], env: NodeJS.ProcessEnv, timeout = MINUTE_MS) {
  return new Promise<string | Error>((resolve) => {
    execFile(program, args, { env, timeout }, (error, stdout, stderr) => {
      resolve(error === null ? stdout : new Error(lastLines(stderr || stdout || error.message), { cause: error }));
    });
  });
}

/** A free port of 127.0.0.1. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
