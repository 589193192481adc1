/** Starts `agent-process.mjs` and reads its output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';

export interface AgentReport {
  readonly did: 'claim' | 'beat' | 'remember';
  readonly step: number;
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface AgentProcess {
  /** Its output so far. */
  readonly reports: readonly AgentReport[];
  /** Resolves after this many more lines of output. */
  waitForReports(count: number): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** Kills it with SIGKILL and waits until it has ended. */
  kill(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export function startAgentProcess(...given: readonly string[]): AgentProcess {
  const child = spawn(process.execPath, [fileURLToPath(new URL('agent-process.mjs', import.meta.url)), ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.add(child);
  const reports: AgentReport[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => reports.push(JSON.parse(line)));
  return {
    reports,
    async waitForReports(count) {
      const enough = reports.length + count;
      await eventually(async () => reports.length >= enough);
    },
    signal: (signal) => void child.kill(signal),
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'close');
      running.delete(child);
    },
  };
}
