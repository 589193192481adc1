/** The table of commands. Each is loaded only when it is called, or when its help is. */
import type { Command } from './command.ts';

export const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  status: () => import('./status/command.ts'),
};
