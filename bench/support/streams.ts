/** Readers of event streams, in a process of their own. */
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
  /** Milliseconds from the moment that the event tells to its arrival, of every event of every stream. */
  readonly delays: readonly number[];
  /** Of each stream the numbers of its events, in the order of their arrival. */
  readonly sequences: readonly (readonly number[])[];
}

export interface StreamReaders {
  /** Resolves when all of them follow. */
  open(order: StreamRequest): Promise<void>;
  /** How many events have arrived so far, in all streams together. */
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
