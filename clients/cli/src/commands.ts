/** The table of commands, in the order of the help. Each is loaded only when it is called, or when its help is. */
import type { Command } from './command.ts';

export const commands: Readonly<Record<string, () => Promise<{ readonly command: Command }>>> = {
  serve: () => import('./serve/command.ts'),
  login: () => import('./login/command.ts'),
  logout: () => import('./logout/command.ts'),
  doctor: () => import('./doctor/command.ts'),
  connect: () => import('./connect/command.ts'),
  hook: () => import('./hook/command.ts'),
  mcp: () => import('./mcp/command.ts'),
  status: () => import('./status/command.ts'),
  top: () => import('./top/command.ts'),
  sessions: () => import('./sessions/command.ts'),
  programs: () => import('./programs/command.ts'),
  state: () => import('./state/command.ts'),
  export: () => import('./export/command.ts'),
  import: () => import('./import/command.ts'),
  tasks: () => import('./tasks/command.ts'),
  send: () => import('./send/command.ts'),
  inbox: () => import('./inbox/command.ts'),
  questions: () => import('./questions/command.ts'),
  answer: () => import('./answer/command.ts'),
  keys: () => import('./keys/command.ts'),
  accounts: () => import('./accounts/command.ts'),
  audit: () => import('./audit/command.ts'),
  completion: () => import('./completion/command.ts'),
};
