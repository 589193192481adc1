/** A hostile account: everything that one account's keys, sockets and webhook endpoints can do to a server, from a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** What the attacker has: servers, keys of one account, and rows to fight over. */
export interface HostileOrders {
  readonly servers: readonly string[];
  readonly adminKey: string;
  readonly agents: readonly { readonly programId: string; readonly key: string }[];
  readonly sessionId: string;
  readonly taskId: string;
  readonly questionId: string;
}

/** How often each kind of attack got each response, such as `{ imports: { 429: 40, 413: 2 } }`. */
export type AttackCounts = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface HostileAccount {
  /** The kinds of attacks that it runs. */
  readonly kinds: readonly string[];
  /** What was sent since the start. */
  count(): Promise<AttackCounts>;
  start(): Promise<void>;
  /** Ends the attack and closes every connection; returns what was sent since the start. */
  stop(): Promise<AttackCounts>;
  close(): Promise<void>;
}

/** Resolves when its webhooks are registered; their endpoints answer, or do not, until it is closed. */
export async function createHostileAccount(orders: HostileOrders): Promise<HostileAccount> {
  const program = fileURLToPath(new URL('hostile-account-process.ts', import.meta.url));
  const child = fork(program, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const ended = exited.then(([code]) => Promise.reject(new Error(`The attacker ended with ${code}`)));
  ended.catch(() => undefined);
  const command = async (message: HostileOrders | 'start' | 'count' | 'stop'): Promise<unknown> => {
    child.send(message);
    return (await Promise.race([once(child, 'message'), ended]))[0];
  };
  const kinds = (await command(orders)) as string[];
  return {
    kinds,
    count: async () => (await command('count')) as AttackCounts,
    start: async () => void (await command('start')),
    stop: async () => (await command('stop')) as AttackCounts,
    async close() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
