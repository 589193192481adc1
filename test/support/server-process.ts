/** The built server as a process of its own: started, watched, signalled and ended as an operator does it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createFleetbeat, type Fleetbeat } from '../../clients/typescript/src/index.ts';

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

export type Environment = Readonly<Record<string, string>>;

export interface ExitStatus {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything that it has written so far, to both outputs. */
  output(): string;
  /** Resolves when it has written a log line with this message. */
  waitForLog(message: string): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when the process is gone and its outputs are read to their ends. */
  readonly ended: Promise<ExitStatus>;
  /** Kills it with SIGKILL and waits until it has ended. */
  kill(): Promise<void>;
  client(key: string): Fleetbeat;
  /** Stops reading its outputs for good, as a log reader does that dies. */
  closeOutputs(): void;
}

interface WatchedProcess {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<ExitStatus>;
  /** Calls back for every piece of output until it is told to stop. */
  watch(listener: () => void): () => void;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Resolves when it listens; rejects with what it said when it ends before that. The port is a free one unless given. It works
 * in `folder`, by default the project's, and runs `program`, by default the built server: arguments of Node.
 */
export async function startServerProcess(
  environment: Environment,
  folder?: string,
  program?: readonly string[],
): Promise<ServerProcess> {
  const watched = spawnServer(environment, folder, program);
  const { child, output, ended, watch } = watched;
  const waitForLog = (message: string) =>
    new Promise<void>((resolve, reject) => {
      const unwatch = watch(() => {
        if (!findLogLine(output(), message)) return;
        unwatch();
        resolve();
      });
      void ended.then((end) =>
        reject(new Error(`No '${message}' before its end (${JSON.stringify(end)}):\n${output()}`)),
      );
    });
  await waitForLog('listening');
  const { port } = JSON.parse(findLogLine(output(), 'listening') ?? '{}') as { port: number };
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    pid: child.pid ?? 0,
    output,
    waitForLog,
    ended,
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    client: (key) => createFleetbeat({ baseUrl: url, key, retries: 0 }),
    closeOutputs() {
      child.stdout?.destroy();
      child.stderr?.destroy();
    },
  };
}

/** Starts a server that is expected to fail; returns its exit and output. */
export async function runFailingStart(environment: Environment): Promise<ExitStatus & { output: string }> {
  const { child, output, ended, watch } = spawnServer(environment);
  watch(() => {
    if (findLogLine(output(), 'listening')) child.kill('SIGKILL');
  });
  return { ...(await ended), output: output() };
}

/** Starts a server and kills it with SIGKILL after this time. */
export async function startAndKill(environment: Environment, afterMs: number): Promise<void> {
  const { child, ended } = spawnServer(environment);
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  await ended;
  clearTimeout(timer);
}

/** Inherits nothing of this process's environment except PATH. */
function spawnServer(environment: Environment, folder?: string, program: readonly string[] = [MAIN]): WatchedProcess {
  if (!existsSync(MAIN)) throw new Error('There is no built server to start: run `make build` first');
  const env = { PATH: process.env['PATH'], PORT: '0', ...environment };
  const child = spawn(process.execPath, ['--enable-source-maps', ...program], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder !== undefined && { cwd: folder }),
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const listeners = new Set<() => void>();
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      for (const listener of [...listeners]) listener();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }) as ExitStatus);
  const watch = (listener: () => void) => {
    listeners.add(listener);
    listener();
    return () => listeners.delete(listener);
  };
  return { child, output: () => text, ended, watch };
}

const findLogLine = (output: string, message: string): string | undefined =>
  output.split('\n').find((line) => line.startsWith('{') && line.endsWith(`"msg":"${message}"}`));
