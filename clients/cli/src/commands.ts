/** The table of commands. Each is loaded only when it is called, or when its help is. */
import type { Command } from './command.ts';

export const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  connect: () => import('./connect/command.ts'),
  hook: () => import('./hook/command.ts'),
  status: () => import('./status/command.ts'),
};
