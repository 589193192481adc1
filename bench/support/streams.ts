/** Readers of event streams, in a separate process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';

const PROGRAM = fileURLToPath(new URL('stream-process.ts', import.meta.url));
const REPLY_TIMEOUT_MS = 120_000;

export interface StreamRequest {
  readonly port: number;
  readonly streams: readonly { readonly key: string; readonly path: string }[];
  readonly maxConcurrent: number;
}

export interface StreamResults {
  /** For every event of every stream, the milliseconds from its time to its arrival. */
  readonly delays: readonly number[];
  /** The event numbers of each stream, in order of arrival. */
  readonly sequences: readonly (readonly number[])[];
}

export interface StreamReaders {
  /** Resolves when all are following. */
  open(order: StreamRequest): Promise<void>;
  /** The number of events that arrived so far, over all streams. */
  count(): Promise<number>;
  close(): Promise<StreamResults>;
}

export function startStreamReaders(bench: Bench): StreamReaders {
  const child = fork(PROGRAM, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  bench.defer(() => void child.kill('SIGKILL'));
  const sendCommand = async (message: StreamRequest | 'close' | 'count'): Promise<unknown> => {
    child.send(message);
    const [answer] = await once(child, 'message', { signal: AbortSignal.timeout(REPLY_TIMEOUT_MS) });
    const { error } = answer as { error?: string };
    if (error) throw new Error(error);
    return answer;
  };
  return {
    open: async (order) => void (await sendCommand(order)),
    count: async () => (await sendCommand('count')) as number,
    close: async () => (await sendCommand('close')) as StreamResults,
  };
}
