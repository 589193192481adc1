/** One promise of the README or of docs/connect-an-agent.md, tried with a real agent. */
import type { Lab } from '../lab.ts';
import type { AgentName } from '../model/start-model.ts';

export interface Row {
  readonly promise: string;
  /** Why an agent cannot keep it. */
  readonly cannot?: Readonly<Partial<Record<AgentName, string>>>;
  /** Resolves with null when the promise is kept, else with what was seen instead. Rows of a lab run in order. */
  check(lab: Lab): Promise<string | null>;
}

export const expectThat = (holds: boolean, seen: () => string): string | null => (holds ? null : seen());

const WAIT_MS = 15_000;

/** Whether it becomes true in time. Hooks send in the background, so nothing is there at once. */
export async function comesTrue(probe: () => Promise<boolean>, withinMs = WAIT_MS): Promise<boolean> {
  for (const until = Date.now() + withinMs; Date.now() < until; ) {
    if (await probe()) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

export const shorten = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 300);
