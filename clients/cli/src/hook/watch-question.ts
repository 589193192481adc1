/**
 * Notices how a permission dialog was answered. No hook tells: an allowed tool reports only when it has finished, and a
 * denied one never. But a command that was allowed becomes a process below the agent, and Claude Code ends the hook of a
 * question that its user has refused.
 */
import { readAgentProcess } from './abandoned.ts';
import { findAgentProcess, hasEnded, listCommandsBelow } from './agent-process.ts';
import type { ParsedHook } from './parse-hook.ts';
import type { HookEvent } from './spool.ts';

const LOOK_EVERY_MS = 500;
/** Whether the command runs is told by as much of it; shells quote the rest in ways of their own. */
const COMPARED_LENGTH = 80;

/** Without an answer it gives up; the session stays blocked then, as it is. */
const GIVE_UP_MS = 3_600_000;

export const isWatched = ({ event, command }: Pick<ParsedHook, 'event' | 'command'>): boolean =>
  event?.moment === 'ask' && command !== null;

/** Resolves when the question is answered or its agent is gone. `report` sends an event, and returns at once. */
export async function watchQuestion(parsed: ParsedHook, report: (event: HookEvent) => void): Promise<void> {
  const { cache, toEvent, command } = parsed;
  const denied = () => {
    if (cache.read('blocked') !== null) report(toEvent('interrupt'));
    process.exit(0);
  };
  process.once('SIGTERM', denied).once('SIGINT', denied);
  // Behind a shell that has returned this process has no agent above it: the start has kept which it is.
  const agent = readAgentProcess(cache) ?? findAgentProcess(process.ppid);
  const until = Date.now() + GIVE_UP_MS;
  while (Date.now() < until && cache.read('blocked') !== null && agent !== null && !hasEnded(agent)) {
    if (command !== null && listCommandsBelow(agent.pid).some((line) => matchesCommand(line, command)))
      return report(toEvent('tool'));
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

const matchesCommand = (line: string, command: string): boolean =>
  strip(line).includes(strip(command).slice(0, COMPARED_LENGTH)) &&
  !/ hook (PermissionRequest|Notification) /.test(line);

/** Without what a shell's quoting adds or changes. */
const strip = (text: string): string => text.replace(/[\s'"\\]+/g, '');
