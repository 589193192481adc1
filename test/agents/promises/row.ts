/** One promise of the README or of docs/connect-an-agent.md, tried with a real agent. */
import { execFileSync } from 'node:child_process';
import type { Lab } from '../lab.ts';
import type { AgentName } from '../model/start-model.ts';

export interface Row {
  readonly promise: string;
  /** It is kept without hooks as well: by an agent that connect gives the MCP server alone. */
  readonly withoutHooks?: true;
  /** Why an agent cannot keep it. */
  readonly cannot?: Readonly<Partial<Record<AgentName, string>>>;
  /** Resolves with null when the promise is kept, else with what was seen instead. Rows of a lab run in order. */
  check(lab: Lab): Promise<string | null>;
}

/** Of an agent that has one: only those without hooks have none. */
export function select<Value>(values: Readonly<Partial<Record<AgentName, Value>>>, { agent }: Lab): Value {
  const value = values[agent];
  if (value === undefined) throw new Error(`this row knows nothing of ${agent}`);
  return value;
}

export const expectThat = (holds: boolean, seen: () => string): string | null => (holds ? null : seen());

/** Long, since only what fails waits for it: a machine in CI may be ten times slower. */
const WAIT_MS = 60_000;

/**
 * Whether it becomes true in time. Hooks send in the background, so nothing is there at once. A probe that throws is not true
 * yet: its session may not be known, or its file be half written.
 */
export async function comesTrue(probe: () => Promise<boolean> | boolean, withinMs = WAIT_MS): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until; ) {
    try {
      if (await probe()) return true;
    } catch {
      // The next look may find it.
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

const NOMINAL_START_MS = 60;

/**
 * A bound in milliseconds as this machine keeps it now: longer by as much as starting Node takes longer than on a quiet one.
 */
export function scaleToMachine(boundMs: number): number {
  const times = Array.from({ length: 3 }, () => {
    const startedAt = performance.now();
    execFileSync(process.execPath, ['-e', '0']);
    return performance.now() - startedAt;
  });
  return boundMs * Math.max(1, Math.max(...times) / NOMINAL_START_MS);
}

export const shorten = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 300);
