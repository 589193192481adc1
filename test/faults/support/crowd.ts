/** Thousands of connections at once, from a process of their own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export type CrowdOrder =
  | { readonly open: number; readonly port: number }
  /** Each connection sends one of these, the first connection the first. */
  | { readonly requests: readonly string[] };

export interface CrowdFindings {
  readonly open?: number;
  /** How many got which answer. */
  readonly answers?: Readonly<Record<string, number>>;
}

export interface Crowd {
  /** Resolves when all are connected. */
  open(baseUrl: string, count: number): Promise<void>;
  /** All at the same moment; resolves when every connection has been closed. */
  ask(requests: readonly string[]): Promise<Readonly<Record<string, number>>>;
  close(): void;
}

export function startCrowd(): Crowd {
  const program = fileURLToPath(new URL('crowd-process.ts', import.meta.url));
  const child = fork(program, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`The crowd ended with ${code}`);
  });
  ended.catch(() => undefined);
  const ask = async (order: CrowdOrder): Promise<CrowdFindings> => {
    child.send(order);
    const [findings] = await Promise.race([once(child, 'message'), ended]);
    return findings as CrowdFindings;
  };
  return {
    open: async (baseUrl, count) => void (await ask({ open: count, port: Number(new URL(baseUrl).port) })),
    ask: async (requests) => (await ask({ requests })).answers ?? {},
    close: () => void child.kill('SIGKILL'),
  };
}
