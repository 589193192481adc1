/** The built server as a process of its own: started, watched, signalled and ended as an operator does it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createFleetbeat, type Fleetbeat } from '../../clients/typescript/src/index.ts';

const MAIN = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));

export type Environment = Readonly<Record<string, string>>;

export interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  /** Everything that it has written so far, to both outputs. */
  output(): string;
  /** Resolves when it has written a log line with this message. */
  logged(message: string): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** Resolves when the process is gone and its outputs are read to their ends. */
  readonly ended: Promise<End>;
  /** Ends it as `kill -9` does and waits until it is gone. */
  kill(): Promise<void>;
  client(key: string): Fleetbeat;
  /** Stops reading its outputs for good, as a log reader does that dies. */
  closeOutputs(): void;
}

interface Watched {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly ended: Promise<End>;
  /** Calls back for every piece of output until it is told to stop. */
  watch(look: () => void): () => void;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * Resolves when it listens; rejects with what it said when it ends before that. The port is a free one unless given. It works
 * in `folder`, by default the project's.
 */
export async function startServer(environment: Environment, folder?: string): Promise<ServerProcess> {
  const watched = launch(environment, folder);
  const { child, output, ended, watch } = watched;
  const logged = (message: string) =>
    new Promise<void>((resolve, reject) => {
      const unwatch = watch(() => {
        if (!lineOf(output(), message)) return;
        unwatch();
        resolve();
      });
      ended.then((end) => reject(new Error(`No '${message}' before its end (${JSON.stringify(end)}):\n${output()}`)));
    });
  await logged('listening');
  const { port } = JSON.parse(lineOf(output(), 'listening') ?? '{}') as { port: number };
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    pid: child.pid ?? 0,
    output,
    logged,
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

/** A start that is expected to fail: how it ended and what it said. */
export async function failingStart(environment: Environment): Promise<End & { output: string }> {
  const { child, output, ended, watch } = launch(environment);
  watch(() => {
    if (lineOf(output(), 'listening')) child.kill('SIGKILL');
  });
  return { ...(await ended), output: output() };
}

/** A start that is ended as `kill -9` does after this time, however far it then is. */
export async function killedStart(environment: Environment, afterMs: number): Promise<void> {
  const { child, ended } = launch(environment);
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  await ended;
  clearTimeout(timer);
}

/** With nothing of this process' own environment but the PATH. */
function launch(environment: Environment, folder?: string): Watched {
  if (!existsSync(MAIN)) throw new Error('There is no built server to start: run `make build` first');
  const env = { PATH: process.env['PATH'], PORT: '0', ...environment };
  const child = spawn(process.execPath, ['--enable-source-maps', MAIN], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder !== undefined && { cwd: folder }),
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const looks = new Set<() => void>();
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      for (const look of [...looks]) look();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal }) as End);
  const watch = (look: () => void) => {
    looks.add(look);
    look();
    return () => looks.delete(look);
  };
  return { child, output: () => text, ended, watch };
}

const lineOf = (output: string, message: string): string | undefined =>
  output.split('\n').find((line) => line.startsWith('{') && line.endsWith(`"msg":"${message}"}`));
