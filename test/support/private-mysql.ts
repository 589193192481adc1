import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** A MySQL or MariaDB server for tests. */
export interface MysqlServer {
  /** `mysql://user:password@127.0.0.1:port`, without a database. */
  readonly url: string;
  /** For example `MariaDB 10.11.19` or `MySQL 9.7.4`. */
  readonly version: string;
  /** Stops the server and removes its files, if it was started for the tests; may be called more than once. */
  stop(): Promise<void>;
}

/** A private server that a test may break. */
export interface PrivateMysql extends MysqlServer {
  /** Kills its process with SIGKILL, and waits until it has ended. */
  kill(): Promise<void>;
  /** Restarts it on its data, and waits until it answers. */
  restart(): Promise<void>;
  /** Stops its process (SIGSTOP): connections stay open, and nothing is answered. */
  freeze(): void;
  /** Continues a stopped process. */
  thaw(): void;
}

/** A program that runs in the foreground and serves MySQL on a port of 127.0.0.1, to root without a password. */
export interface ServerCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly port: number;
  /** Synchronously stops what survives the program. */
  readonly cleanUp?: () => void;
}

interface RunningProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<void>;
  /** How it ended; undefined while it runs. */
  exitReason?: string;
}

interface Identity extends RowDataPacket {
  readonly version: string;
  readonly mark?: string;
}

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 30_000;
const exitCleanups = new Set<() => void>();

export function lastLines(text: string, count = 15): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}

/**
 * Makes a throw-away folder, runs the command that `prepare` makes for it, and waits until that server answers.
 * Server and folder go with stop(), and also when this process exits or is ended by SIGINT, SIGTERM or SIGHUP;
 * only SIGKILL of this process leaves them behind. Throws with the end of the server's log when it does not come up.
 */
export async function startPrivateMysql(
  env: NodeJS.ProcessEnv,
  prepare: (folder: string) => Promise<ServerCommand>,
): Promise<PrivateMysql> {
  const folder = mkdtempSync(join(tmpdir(), 'fleetbeat-mysql-'));
  const logFile = join(folder, 'log');
  let server: RunningProcess | undefined;
  let cleanUpCommand: (() => void) | undefined;
  const kill = (signal: NodeJS.Signals) => server?.child.kill(signal);
  const cleanUp = () => {
    cleanUpCommand?.();
    removeFolder(folder);
  };
  const killAndCleanUp = () => {
    kill('SIGKILL');
    cleanUp();
  };
  const stop = async () => {
    server?.child.ref();
    kill('SIGTERM');
    const killTimer = setTimeout(() => kill('SIGKILL'), STOP_TIMEOUT_MS);
    await server?.ended;
    clearTimeout(killTimer);
    cleanUp();
    exitCleanups.delete(killAndCleanUp);
  };
  registerExitCleanup(killAndCleanUp);
  try {
    const command = await prepare(folder);
    cleanUpCommand = command.cleanUp;
    const mark = basename(folder);
    const url = `mysql://root@127.0.0.1:${command.port}`;
    const start = async () => {
      // A server deletes the temporary tables in its TMPDIR when it starts, and MariaDB crashes when somebody deletes its own.
      const ownEnv = { ...env, TMPDIR: folder };
      const running = launch(command.program, [...command.args, `--report-host=${mark}`], ownEnv, logFile);
      server = running;
      const version = await waitUntilReady(url, mark, () => running.exitReason).catch((error: Error) => {
        const log = lastLines(readFileSync(logFile, 'utf8'));
        throw new Error(`${command.program}: ${error.message}; its log ends:\n${log}`, { cause: error });
      });
      running.child.unref();
      return version;
    };
    const version = await start();
    return {
      url,
      version,
      stop,
      async kill() {
        server?.child.ref();
        kill('SIGKILL');
        await server?.ended;
      },
      restart: async () => void (await start()),
      freeze: () => void kill('SIGSTOP'),
      thaw: () => void kill('SIGCONT'),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function launch(program: string, args: readonly string[], env: NodeJS.ProcessEnv, logFile: string): RunningProcess {
  const log = openSync(logFile, 'a');
  const child = spawn(program, args, { env, stdio: ['ignore', log, log] });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    const setExitReason = (reason: string) => {
      running.exitReason = reason;
      resolve();
    };
    child.once('error', (error) => setExitReason(`could not be run: ${error.message}`));
    child.once('exit', (code, signal) => setExitReason(`it ended early with ${signal ?? `exit code ${code}`}`));
  });
  const running: RunningProcess = { child, ended };
  return running;
}

/**
 * Waits until the server answers, and tells its version as in `MysqlServer`. Where `mark` is given, only a server
 * started with `--report-host=<mark>` counts, so that a stranger on the same port is not taken for it. Gives up after
 * 60 seconds, at once when access is denied, and with what `end` tells as soon as it tells something.
 */
export async function waitUntilReady(
  url: string,
  mark?: string,
  getExitReason?: () => string | undefined,
): Promise<string> {
  const deadline = Date.now() + READY_TIMEOUT_MS;
  for (;;) {
    const reason = getExitReason?.();
    if (reason !== undefined) throw new Error(reason);
    try {
      return await queryVersion(url, mark);
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const hopeless = code === 'ER_ACCESS_DENIED_ERROR' || Date.now() >= deadline;
      if (hopeless) throw new Error(`no usable answer on ${new URL(url).host}: ${message || code}`, { cause: error });
    }
    await sleep(100);
  }
}

async function queryVersion(url: string, mark: string | undefined): Promise<string> {
  const connection = await createConnection({ uri: url, connectTimeout: 2_000 });
  try {
    const sql = `select version() as version${mark === undefined ? '' : ', @@report_host as mark'}`;
    const [rows] = await connection.query<Identity[]>({ sql, timeout: 5_000 });
    const version = rows[0]?.version ?? '';
    if (rows[0]?.mark !== mark) throw new Error('another server has this port');
    return `${version.includes('MariaDB') ? 'MariaDB' : 'MySQL'} ${/^[\d.]+/.exec(version)?.[0] ?? version}`;
  } finally {
    connection.destroy();
  }
}

/** Removes the folder even while a program that is stopping still creates files in it. */
function removeFolder(folder: string, attempts = 40): void {
  try {
    rmSync(folder, { recursive: true, force: true });
  } catch (error) {
    if (attempts === 1) throw error;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    removeFolder(folder, attempts - 1);
  }
}

function runExitCleanups(): void {
  for (const cleanUp of exitCleanups) {
    try {
      cleanUp();
    } catch (error) {
      console.error(error);
    }
  }
  exitCleanups.clear();
}

/** Leaves the signal to other listeners in this process: they decide, and 'exit' follows. */
function runExitCleanupsOnSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  runExitCleanups();
  process.off(signal, runExitCleanupsOnSignal);
  process.kill(process.pid, signal);
}

/** Calls `end` when this process exits or is ended by SIGINT, SIGTERM or SIGHUP, unless what it returns was called before. */
export function registerExitCleanup(cleanUp: () => void): () => void {
  if (!process.listeners('exit').includes(runExitCleanups)) {
    process.on('exit', runExitCleanups);
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, runExitCleanupsOnSignal);
  }
  exitCleanups.add(cleanUp);
  return () => exitCleanups.delete(cleanUp);
}
