/** Thousands of simultaneous connections, from a separate process. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type ConnectionPoolCommand =
  | { readonly open: number; readonly port: number }
  /** One request for each connection, in order. */
  | { readonly requests: readonly string[] };

export interface ConnectionPoolReply {
  readonly open?: number;
  /** The number of each response. */
  readonly answers?: Readonly<Record<string, number>>;
}

export interface ConnectionPool {
  /** Resolves when all are connected. */
  open(baseUrl: string, count: number): Promise<void>;
  /** Sends all requests at once; resolves when every connection is closed. */
  requestAll(requests: readonly string[]): Promise<Readonly<Record<string, number>>>;
  close(): void;
}

export function startConnectionPool(): ConnectionPool {
  const program = fileURLToPath(new URL('connection-pool-process.ts', import.meta.url));
  const child = fork(program, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The crowd ended with ${code}`);
  });
  ended.catch(() => undefined);
  const sendCommand = async (order: ConnectionPoolCommand): Promise<ConnectionPoolReply> => {
    child.send(order);
    const [findings] = await Promise.race([once(child, 'message'), ended]);
    return findings as ConnectionPoolReply;
  };
  return {
    open: async (baseUrl, count) => void (await sendCommand({ open: count, port: Number(new URL(baseUrl).port) })),
    requestAll: async (requests) => (await sendCommand({ requests })).answers ?? {},
    close: () => void child.kill('SIGKILL'),
  };
}
