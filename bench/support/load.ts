/** The load generator as a process that this one starts once and gives order after order. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';

const PROGRAM = fileURLToPath(new URL('load-process.ts', import.meta.url));

export interface LoadOptions {
  readonly port: number;
  /** For each connection the requests that it repeats, each as the text of a whole HTTP/1.1 request. */
  readonly connections: readonly (readonly string[])[];
  /** The most that it takes. */
  readonly seconds: number;
  /** Sends each request once and is done then. */
  readonly once?: boolean;
  /** So many requests a second by all connections together; as many as are answered when it is left out. */
  readonly perSecond?: number;
  /** An answer that does not hold this text is a failure, whatever its status. */
  readonly expect?: string;
}

export interface LoadOutcome {
  readonly answers: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** How many answers had each status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** The first few answers that were no success. */
  readonly failures: readonly string[];
}

export class LoadGenerator {
  constructor(private readonly child: ChildProcess) {}

  static start(bench: Bench): LoadGenerator {
    const child = fork(PROGRAM, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    bench.defer(() => void child.kill('SIGKILL'));
    return new LoadGenerator(child);
  }

  /** Rejects when an answer is no success, or none comes for a minute longer than the order takes. */
  async run(order: LoadOptions): Promise<LoadOutcome> {
    const { child } = this;
    const signal = AbortSignal.timeout(Math.round(order.seconds * 1_000) + 60_000);
    child.send(order);
    const [{ outcome, error }] = (await once(child, 'message', { signal })) as [
      { outcome?: LoadOutcome; error?: string },
    ];
    if (!outcome) throw new Error(`Load: ${error}`);
    if (outcome.failures.length > 0)
      throw new Error(`Answers that are no success (${JSON.stringify(outcome.statuses)}):\n${outcome.failures[0]}`);
    return outcome;
  }
}

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  readonly key: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The request as it goes over the wire. */
export function formatHttpRequest({ method, path, key, headers = {}, body }: HttpRequest): string {
  const content = body === undefined ? '' : JSON.stringify(body);
  const all: Record<string, string> = {
    host: '127.0.0.1',
    authorization: `Bearer ${key}`,
    ...headers,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(content)) }),
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${content}`;
}
