/** A Redis server for tests: the one of this machine, or apt's, started privately. It can be taken away and brought back. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DEFAULT_PROGRAM_FOLDERS, findPrograms, freePort, installWithApt } from './find-mysql.ts';

export interface RedisServer {
  /** Stays the same when the server is started again. */
  readonly url: string;
  /** Does nothing while it runs. */
  start(): Promise<void>;
  /** Lets it take requests and answer none, until it is ended. */
  freeze(): void;
  /** Ends it at once, with everything that it has counted. */
  stop(): Promise<void>;
  /** Ends it and removes what it left. */
  remove(): Promise<void>;
}

/** A started server, or a text that tells why there is none. */
export async function obtainRedis(env: NodeJS.ProcessEnv = process.env): Promise<RedisServer | string> {
  const tried: string[] = [];
  const find = () =>
    findPrograms(
      [...(env['PATH'] ?? '').split(delimiter).filter(Boolean), ...DEFAULT_PROGRAM_FOLDERS],
      PROGRAM_NAMES,
    )[0];
  const program = find() ?? ((await installWithApt(env, tried, ['redis-server'])) ? find() : undefined);
  if (program === undefined) {
    return `No redis-server for the tests of shared rate limits. Tried: ${tried.join('; ')}. On Debian and Ubuntu: apt-get install redis-server; on macOS: brew install redis.`;
  }
  const server = createPrivateRedis(program, await freePort(), mkdtempSync(join(tmpdir(), 'fleetbeat-redis-')));
  await server.start();
  return server;
}

const PROGRAM_NAMES = ['redis-server', 'valkey-server'];
const READY_TIMEOUT_MS = 30_000;

function createPrivateRedis(program: string, port: number, folder: string): RedisServer {
  let child: ChildProcess | undefined;
  process.on('exit', () => child?.kill('SIGKILL'));
  const isRunning = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  const stop = async () => {
    if (!child || !isRunning()) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      if (isRunning()) return;
      const memoryOnly = ['--save', '', '--appendonly', 'no', '--dir', folder];
      child = spawn(program, ['--bind', '127.0.0.1', '--port', String(port), ...memoryOnly], { stdio: 'ignore' });
      await waitUntilReady(port);
    },
    freeze: () => void child?.kill('SIGSTOP'),
    stop,
    async remove() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function waitUntilReady(port: number): Promise<void> {
  for (const deadline = Date.now() + READY_TIMEOUT_MS; Date.now() < deadline; await pause(50)) {
    if (await isReady(port)) return;
  }
  throw new Error(`redis-server did not answer on port ${port}`);
}

const isReady = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (chunk) => finish(chunk.toString().startsWith('+PONG')));
    socket.once('error', () => finish(false));
  });
