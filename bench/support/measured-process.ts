/** Programs under test, each a process of its own: the built server and the baselines. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';

const SERVER = fileURLToPath(new URL('../../dist/server/main.js', import.meta.url));
const BASELINES = new URL('../baselines/', import.meta.url);
const MAX_OUTPUT_LENGTH = 8_000;

export interface MeasuredProcess {
  readonly port: number;
  readonly pid: number;
  /** How long it took from its start to the line that says that it listens, in milliseconds. */
  readonly startMs: number;
  stop(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

/** The built server, with the settings that it has in production unless told otherwise. */
export function startServerProcess(
  bench: Bench,
  environment: Environment,
  nodeOptions: readonly string[] = [],
): Promise<MeasuredProcess> {
  if (!existsSync(SERVER)) throw new Error('There is no built server to measure: run `make build` first');
  return spawnProcess(bench, ['--enable-source-maps', ...nodeOptions, SERVER], environment);
}

/** A program of bench/baselines, by its file's name. */
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

/** Reads the outputs to their ends, so that the program never waits for a reader. */
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

/** The processor time that a process has used so far, in milliseconds; NaN where /proc does not tell it. */
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

/** The memory of a process that is in RAM, in megabytes; NaN where /proc does not tell it. */
export function memoryMb(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;
  } catch {
    return Number.NaN;
  }
}
