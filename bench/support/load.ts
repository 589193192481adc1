/** Starts the load generator process once and sends it orders. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';

const PROGRAM = fileURLToPath(new URL('load-process.ts', import.meta.url));

export interface LoadOptions {
  readonly port: number;
  /** For each connection the requests that it repeats, as HTTP/1.1 text. */
  readonly connections: readonly (readonly string[])[];
  /** Maximum duration. */
  readonly seconds: number;
  /** Sends each request once. */
  readonly once?: boolean;
  /** Requests per second over all connections; as fast as responses arrive when omitted. */
  readonly perSecond?: number;
  /** A response without this text is a failure, whatever its status. */
  readonly expect?: string;
}

export interface LoadOutcome {
  readonly answers: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** The number of responses by status. */
  readonly statuses: Readonly<Record<string, number>>;
  /** The first few failed responses. */
  readonly failures: readonly string[];
}

export class LoadGenerator {
  constructor(private readonly child: ChildProcess) {}

  static start(bench: Bench): LoadGenerator {
    const child = fork(PROGRAM, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    bench.defer(() => void child.kill('SIGKILL'));
    return new LoadGenerator(child);
  }

  /** Rejects when a response failed, or when none arrives until a minute after the order's duration. */
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

/** The request as HTTP/1.1 text. */
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
