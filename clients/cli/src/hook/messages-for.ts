/** The hooks that bring messages to an agent. Pure. */
import type { HookClient } from './lifecycle-events.ts';

/** The events whose output an agent adds to its context, and those whose output makes it go on. */
const ADDING: Readonly<Partial<Record<HookClient, readonly string[]>>> = {
  'claude-code': ['UserPromptSubmit', 'PostToolUse', 'PostToolUseFailure'],
  codex: ['UserPromptSubmit', 'PostToolUse'],
  gemini: ['BeforeAgent', 'AfterTool'],
};
export const CONTINUING: Readonly<Partial<Record<HookClient, string>>> = {
  'claude-code': 'Stop',
  codex: 'Stop',
  gemini: 'AfterAgent',
};

export const bringsMessages = (client: HookClient, name: string): boolean =>
  ADDING[client]?.includes(name) === true || CONTINUING[client] === name;
