/** Starts `scripted-agent.mjs` and communicates with it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Workstation } from './workstation.ts';

const AGENT = fileURLToPath(new URL('./scripted-agent.mjs', import.meta.url));

export interface ScriptedAgent {
  /** Something happens in the agent; resolves with what its hooks ended with and what they add to its context. */
  emitEvent(event: string, fields?: Readonly<Record<string, unknown>>): Promise<{ codes: number[]; context: string }>;
  /** Kills it with SIGKILL. */
  kill(): Promise<void>;
}

export function startScriptedAgent(workstation: Workstation, sessionId: string): ScriptedAgent {
  const settings = join(workstation.project, '.claude/settings.json');
  const child = spawn(process.execPath, [AGENT, sessionId, settings], {
    cwd: workstation.project,
    env: workstation.environment,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async emitEvent(event, fields = {}) {
      child.stdin.write(`${JSON.stringify({ event, ...fields })}\n`);
      return JSON.parse((await answers.next()).value as string);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
