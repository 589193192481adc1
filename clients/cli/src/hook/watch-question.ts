/**
 * Notices how a permission dialog of Claude Code was answered. No hook tells: an allowed tool reports only when it has
 * finished, and a denied one never. But the agent ends the hook of the question when its user says no, and a command that
 * was allowed becomes a process below the agent.
 */
import { findAgentProcess, hasEnded, listChildCommands } from './agent-process.ts';
import type { ParsedHook } from './parse-hook.ts';
import type { HookEvent } from './spool.ts';

const LOOK_EVERY_MS = 500;
/** Whether the command runs is told by as much of it; shells quote the rest in ways of their own. */
const COMPARED_LENGTH = 80;

/** Whether the agent lets this hook run beside its dialog, and ends it with that. */
export const isWatched = ({ client, name }: Pick<ParsedHook, 'client' | 'name'>): boolean =>
  client === 'claude-code' && name === 'PermissionRequest';

/** Resolves when the question is answered or its agent is gone. `report` sends an event, and returns at once. */
export async function watchQuestion(parsed: ParsedHook, report: (event: HookEvent) => void): Promise<void> {
  const { cache, toEvent, command } = parsed;
  const denied = () => {
    if (cache.read('blocked') !== null) report(toEvent('interrupt'));
    process.exit(0);
  };
  process.once('SIGTERM', denied).once('SIGINT', denied);
  const agent = findAgentProcess(process.ppid);
  while (cache.read('blocked') !== null && agent !== null && !hasEnded(agent)) {
    if (command !== null && listChildCommands(agent.pid).some((line) => isOf(line, command)))
      return report(toEvent('tool'));
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

const isOf = (line: string, command: string): boolean =>
  strip(line).includes(strip(command).slice(0, COMPARED_LENGTH)) && !line.includes(' hook PermissionRequest ');

/** Without what a shell's quoting adds or changes. */
const strip = (text: string): string => text.replace(/[\s'"\\]+/g, '');
