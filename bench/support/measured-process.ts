/** Processes under test: the built server and the baselines. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';

const SERVER = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const BASELINES = new URL('../baselines/', import.meta.url);
const MAX_OUTPUT_LENGTH = 8_000;

export interface MeasuredProcess {
  readonly port: number;
  readonly pid: number;
  /** Milliseconds from its start to its "listening" line. */
  readonly startMs: number;
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** The built server, with production settings unless overridden. */
export function startServerProcess(
  bench: Bench,
  environment: Environment,
  nodeOptions: readonly string[] = [],
): Promise<MeasuredProcess> {
  if (!existsSync(SERVER)) throw new Error('There is no built server to measure: run `make build` first');
  return spawnProcess(bench, ['--enable-source-maps', ...nodeOptions, SERVER], environment);
}

/** A program in bench/baselines, by file name. */
export const startBaseline = (bench: Bench, name: string, environment: Environment = {}): Promise<MeasuredProcess> =>
  spawnProcess(
    bench,
    ['--enable-source-maps', '--import', 'tsx', fileURLToPath(new URL(`${name}.ts`, BASELINES))],
    environment,
  );

async function spawnProcess(bench: Bench, args: readonly string[], environment: Environment): Promise<MeasuredProcess> {
  const env = { PATH: process.env['PATH'], PORT: '0', NODE_ENV: 'production', ...environment };
  const begun = performance.now();
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    const killTimer = setTimeout(() => child.kill('SIGKILL'), 15_000);
    if (child.exitCode === null && child.signalCode === null) await ended;
    clearTimeout(killTimer);
  };
  bench.defer(stop, () => void child.kill('SIGKILL'));
  const port = await readPort(child);
  return { port, pid: child.pid ?? 0, startMs: performance.now() - begun, stop };
}

/** Drains the outputs, so that the program never blocks on them. */
function readPort(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (piece: string) => {
        text = (text + piece).slice(-MAX_OUTPUT_LENGTH);
        const line = text.split('\n').find((each) => each.startsWith('{') && each.includes('"msg":"listening"'));
        if (line?.endsWith('}')) resolve((JSON.parse(line) as { port: number }).port);
      });
    }
    child.once('exit', (code) => reject(new Error(`It ended with ${code} before it listened:\n${text}`)));
  });
}

/**
 * Processor time of a process in milliseconds, precise to microseconds, however busy the machine is. Of threads that have ended
 * nothing is counted.
 */
export const preciseCpuMs = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => sum + readThreadCpuMs(pid, thread), 0);

function readThreadCpuMs(pid: number, thread: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return 0;
  }
}

/** Processor time of a process in milliseconds, in steps of 10; NaN without /proc. */
export function cpuMs(pid: number): number {
  const [user, system] = readCpuTicks(pid);
  return (Number(user) + Number(system)) * 10;
}

const readCpuTicks = (pid: number): (string | undefined)[] => {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13) ?? [];
  } catch {
    return [];
  }
};

/** Resident memory of a process in megabytes; NaN without /proc. */
export function memoryMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return Number.NaN;
  }
}
